"""The documentation is up to date: generated pages, answers of commands, and a site that fetches nothing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
ANNOTATED = ("data/samples", "tests/gold", "tests/invented")
FETCHING = re.compile(r"""(?:src|srcset)="(?:https?:)?//|<link[^>]+href="(?:https?:)?//|@import|url\((?:https?:)?//""")


def run(root: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ, PYTHONPATH=str(root / "src"), NO_MKDOCS_2_WARNING="1")
    return subprocess.run([str(c) for c in command], cwd=root, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("script", ["generate_ontology_page.py", "generate_reference.py", "generate_vocabulary.py"])
def test_generated_files_are_up_to_date(root: Path, script: str) -> None:
    result = run(root, sys.executable, root / "scripts" / script, "--check")
    assert result.returncode == 0, result.stderr + "\nrun make docs"


@pytest.mark.parametrize("document", ["README.md", "docs/reference/api.md", "docs/tutorial.md"])
def test_commands_answer_as_shown(root: Path, document: str) -> None:
    """Every command of the page is run; what it answers is what the page shows."""
    result = run(
        root,
        BIN / "cog",
        "-I",
        "scripts",
        "-p",
        "from console import console, figures, passage, python",
        "--check",
        "--diff",
        document,
    )
    assert result.returncode == 0, result.stdout + result.stderr + "\nrun make docs"
    shown = re.findall(r"^(?:\$ migkg|from migkg)", (root / document).read_text(encoding="utf-8"), re.M)
    assert len(shown) >= 2, "the page runs nothing"


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    result = run(root, BIN / "mkdocs", "build", "--strict", "--site-dir", folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


def test_site_fetches_nothing_from_elsewhere(site: Path) -> None:
    pages = [*site.rglob("*.html"), *site.rglob("*.css")]
    assert len(pages) > 10
    fetching = {str(p.relative_to(site)): FETCHING.findall(p.read_text(encoding="utf-8")) for p in pages}
    assert not {name: found for name, found in fetching.items() if found}


def test_reference_describes_the_contracts(site: Path) -> None:
    page = (site / "reference" / "api.html").read_text(encoding="utf-8")
    for name in ("Document", "Extraction", "Statement", "WritableStore", "QueryError"):
        assert f"{name}</" in page or f".{name}" in page


@pytest.mark.parametrize("what", ["entities", "relations"])
def test_quality_page_shows_what_is_measured(root: Path, what: str) -> None:
    measured = run(root, sys.executable, "-m", "migkg", "evaluate", *ANNOTATED).stdout
    (counts,) = re.findall(rf"^{what} .* (\d+) right, (\d+) predicted, (\d+) gold$", measured, re.M)
    page = (root / "docs" / "quality.md").read_text(encoding="utf-8")
    shown = re.findall(rf"^\| {what} \|[ .\d|]*\| (\d+) \| (\d+) \| (\d+) \|$", page, re.M)
    assert shown == [counts], "run scripts/generate_quality.py"
