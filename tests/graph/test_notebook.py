"""The notebook of the documentation runs from top to bottom, and what it shows is there."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from support.browsing import Browser, open_chromium

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
        (8, "<iframe srcdoc="),
        (9, " triples"),
        (10, ""),
    ],
)
def test_cells_show_what_the_text_says(shown: list[str], cell: int, text: str) -> None:
    assert text in shown[cell]


@pytest.mark.browser
def test_the_network_is_drawn_in_its_cell_without_a_network(shown: list[str], tmp_path: Path) -> None:
    """As a notebook shows it: a frame that may run its own scripts, and is cut off from the page around it."""
    driver = open_chromium(tmp_path / "profile")
    try:
        offline = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
        notebook = tmp_path / "notebook.html"
        notebook.write_text(f'<!doctype html><meta charset="utf-8"><title>cell</title>{shown[8]}', encoding="utf-8")
        page = Browser(driver)
        page.visit(notebook.as_uri(), "document.querySelector('iframe')")
        driver.switch_to.frame(driver.find_element("css selector", "iframe"))
        page.wait("document.documentElement.dataset.drawn")
        page.run("migkg.choose({node: 0})")
        page.wait("document.body.textContent.includes('International Organization for Migration')")
        assert (
            page.run("try { parent.document; return 'reached' } catch (error) { return error.name }") == "SecurityError"
        )
        driver.switch_to.default_content()
        assert page.console() == []
        assert page.requests() == []
    finally:
        driver.quit()


def test_no_output_is_stored(root: Path) -> None:
    notebook = nbformat.read(root / NAME, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) == 11
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
