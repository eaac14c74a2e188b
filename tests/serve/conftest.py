"""One service over the sample documents for all tests that only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from migkg.build import build
from migkg.resources import data_path
from support.service import Service, serving


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
