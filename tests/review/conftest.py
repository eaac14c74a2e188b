"""A store that has proposals, a copy of it for each test, and the review page in a browser."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from migkg.build import build
from migkg.model.proposal import Proposal
from migkg.resources import data_path
from migkg.store import open_store
from support.browsing import FLAGS, WATCH, Browser
from support.service import Service

WHO = "Ana Pérez"


@pytest.fixture(scope="session")
def sources(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample releases, and four releases of two meetings that are told in two languages."""
    folder = tmp_path_factory.mktemp("releases") / "releases"
    folder.mkdir()
    samples = [path for path in data_path("samples").iterdir() if path.suffix in {".txt", ".html"}]
    for path in (*samples, *root.glob("tests/gold/pair-*.txt")):
        shutil.copy(path, folder)
    # A second publisher of one release: what it names has two sources, so that one of them can be split off.
    shutil.copy(data_path("samples/sarajevo-dcpb-vehicles.en.html"), folder / "sarajevo-second-publisher.en.html")
    return folder


@pytest.fixture(scope="session")
def built(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of these releases, never changed."""
    folder = tmp_path_factory.mktemp("review") / "graph"
    build([str(sources)], folder)
    return folder


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A copy of the store that a test may change; its verdicts are in ``graph.verdicts.csv`` beside it."""
    return Path(shutil.copytree(built, tmp_path / "graph"))


@pytest.fixture
def proposals(store: Path) -> list[Proposal]:
    from migkg.build.review import Review

    found = Review(store, who=WHO).proposals()
    assert len(found) >= 5, "the releases give too few proposals for these tests"
    return found


def migkg(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a script does: no terminal."""
    environment = {**os.environ, "MIGKG_REVIEWER": WHO, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    command = [sys.executable, "-m", "migkg", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120
    )


def dump(store: Path) -> list[str]:
    """All lines of the graph."""
    with closing(open_store(store, read_only=True)) as opened:
        return list(opened.dump())


@contextmanager
def reviewing(store: Path) -> Iterator[Service]:
    """A running ``migkg review --page``; its address has the token."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    command = [sys.executable, "-m", "migkg", "review", "--store", str(store), "--who", WHO, "--page", "--no-apply"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and process.stderr is not None
        address = process.stdout.readline().strip()
        assert address, process.stderr.read()
        yield Service(address, process)
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture(scope="session")
def online(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium that may reach this machine."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("install chromium and chromium-driver")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service as Driver

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Driver(shutil.which("chromedriver")))
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    yield Browser(driver)
    driver.quit()
