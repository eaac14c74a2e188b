"""An experimental language is a set of files: read where the user names it, and nowhere else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "experimental"


def run(*arguments: str, experiments: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MIGKG_EXPERIMENTAL": experiments}
    command = [sys.executable, "-m", "migkg", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)


def test_portuguese_is_read_where_it_is_named() -> None:
    done = run("evaluate", str(FOLDER), experiments="pt")
    assert done.returncode == 0, done.stderr
    figures = {name: float(f1) for name, f1 in re.findall(r"^(\w+) +\S+ +\S+ +(\S+) ", done.stdout, re.MULTILINE)}
    assert figures["entities"] >= 0.85 and figures["relations"] >= 0.70, done.stdout


def test_portuguese_is_skipped_where_it_is_not_named() -> None:
    done = run("extract", str(FOLDER / "reuniao-trafico-praia.pt.txt"))
    assert done.returncode == 1
    assert "language pt is not supported" in done.stderr


@pytest.mark.parametrize(
    ("experiments", "text"),
    [
        ("pt", "La OIM y el Gobierno de Ghana firmaron ayer un memorando de entendimiento en Accra."),
        ("pt", "L’OIM organise à Bamako un atelier sur la traite des personnes, financé par le Japon."),
        ("pt, it", "The workshop in Praia was funded by the Government of Portugal and run by IOM with da Silva."),
    ],
)
def test_an_experiment_changes_nothing_for_the_other_languages(tmp_path: Path, experiments: str, text: str) -> None:
    source = tmp_path / "release.txt"
    source.write_text(text, encoding="utf-8")
    usual, tried = run("extract", str(source)), run("extract", str(source), experiments=experiments)
    assert usual.stdout == tried.stdout != ""
