"""The servers that graphs are published to, each started once for all tests, and a store of the sample documents."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Server

from migkg.build import build
from migkg.store.connection import Access
from support.endpoint import serve_folder
from support.virtuoso import PASSWORD, USER, serve_virtuoso


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The store of the sample documents; not to be changed."""
    store = tmp_path_factory.mktemp("sample") / "store"
    build([str(root / "data/samples")], store)
    return store


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve_folder(tmp_path_factory.mktemp("oxigraph") / "served") as query:
        base = query.removesuffix("/query")
        yield Server("oxigraph", f"{base}/store", f"{base}/update", query, Access())


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve_virtuoso(tmp_path_factory.mktemp("virtuoso") / "served") as base:
        access = Access(USER, PASSWORD, scheme="digest")
        yield Server("virtuoso", f"{base}/sparql-graph-crud-auth", f"{base}/sparql-auth", f"{base}/sparql", access)


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each of the servers in turn, emptied of what other tests left."""
    chosen: Server = request.getfixturevalue(request.param)
    target = chosen.target()
    for graph in target.counts():
        if graph.startswith(("https://w3id.org/migkg/", "http://e/")):
            target.remove(graph)
    if chosen.name == "oxigraph":
        target.update("DROP ALL")
    target.close()
    return chosen
