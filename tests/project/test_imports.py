"""The layers and fences of pyproject.toml hold, and a fence that is crossed is noticed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": "src"})


def test_imports_point_down_only(root: Path) -> None:
    run = lint(root)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("extract/crossed.py", "import rdflib"),
        ("build_crossed.py", "from migkg import build"),  # a new top-level module has to be given a layer
        ("query/crossed.py", "def f() -> None:\n    import pyoxigraph"),  # inside a function counts too
        ("text/crossed.py", "from migkg.lexicon import *"),
        ("store/crossed.py", "from migkg.rdf import *"),
    ],
)
def test_a_crossed_fence_is_noticed(root: Path, tmp_path: Path, module: str, line: str) -> None:
    shutil.copytree(root / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    (tmp_path / "src" / "migkg" / module).write_text(line + "\n")
    run = lint(tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "crossed" in run.stdout
