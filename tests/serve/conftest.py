"""Services over the sample documents, and what strangers may see of them."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from migkg.build import build
from migkg.resources import data_path
from support.service import Response, Service, serving

# Limits of the strict service.
TIMEOUT = 0.3
MAX_ROWS = 1000
_counter = itertools.count()


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder with the sample documents."""
    folder = tmp_path_factory.mktemp("served") / "store"
    build([str(data_path("samples"))], folder)
    return folder


@pytest.fixture(scope="session")
def service(sample_store: Path) -> Iterator[Service]:
    """The service over the sample documents."""
    with serving(sample_store) as running:
        yield running


@pytest.fixture(scope="session")
def strict(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with small limits."""
    log = tmp_path_factory.mktemp("strict") / "log"
    options = ("--timeout", str(TIMEOUT), "--memory", "96", "--max-rows", str(MAX_ROWS))
    with serving(sample_store, *options, errors=log) as running:
        yield running
    assert "Traceback" not in log.read_text(encoding="utf-8")


def check_alive(service: Service) -> None:
    """The process still runs, and a query that it has not seen before is answered."""
    assert service.process.poll() is None
    response = service.ask(f"SELECT ({next(_counter)} AS ?n) (COUNT(*) AS ?all) {{ ?s a ?type }}")
    assert response.status == 200, response.text
    assert json.loads(response.body)["results"]["bindings"][0]["all"]["value"] != "0"


def check_refused(response: Response) -> None:
    """It is an error, said in one line, and no part of an answer."""
    assert 400 <= response.status < 500 or response.status in {503, 504}, (response.status, response.text[:200])
    assert response.media_type == "text/plain"
    assert response.text.count("\n") == 1
