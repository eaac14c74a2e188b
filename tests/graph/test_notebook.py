"""The notebook of the documentation runs from top to bottom, and what it shows is there."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NAME = "docs/notebooks/who-pays.ipynb"


@pytest.fixture(scope="module")
def shown(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text that each code cell shows when it is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(root / "src"))
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("stores")))
        notebook = nbformat.read(root / NAME, as_version=4)
        resources = {"metadata": {"path": str(tmp_path_factory.mktemp("work"))}}
        NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    return ["".join(map(_text, cell.outputs)) for cell in notebook.cells if cell.cell_type == "code"]


def _text(output: nbformat.NotebookNode) -> str:
    if output.output_type == "stream":
        return str(output.text)
    return str(output.data.get("text/html") or output.data["text/plain"])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (0, "<migkg graph "),
        (1, "16 documents, "),
        (2, "'name': 'about'"),
        (3, "<td>Government of Japan</td>"),
        (4, "Government of Japan"),
        (5, "stated | "),
        (6, "currency"),
        (7, "International Organization for Migration"),
        (8, " triples"),
        (9, ""),
    ],
)
def test_cells_show_what_the_text_says(shown: list[str], cell: int, text: str) -> None:
    assert text in shown[cell]


def test_no_output_is_stored(root: Path) -> None:
    notebook = nbformat.read(root / NAME, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) == 10
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
