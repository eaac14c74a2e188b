"""No query of a local store reaches another machine or a file."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from migkg.errors import QueryError
from migkg.store import memory_store, open_store
from migkg.store.base import Rows, Store, WritableStore


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server that counts who comes."""
    hits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/turtle")
            self.end_headers()
            self.wfile.write(b'<http://e/secret> <http://e/p> "fetched" .')

        do_POST = do_GET  # noqa: N815 (the library looks for this name)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/data.ttl", hits
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["oxigraph", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened: WritableStore = open_store(tmp_path / "store") if request.param == "oxigraph" else memory_store()
    opened.replace_graph("http://e/g", ['<http://e/a> <http://e/p> "x" <http://e/g> .'])
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ service <{url}> {{ ?s ?p ?o }} }} }}",
        "SELECT * {{ BIND(<{url}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "CONSTRUCT {{ ?s ?p ?o }} FROM <{url}> WHERE {{ ?s ?p ?o }}",
        "DESCRIBE <{url}>",
        "LOAD <{url}>",
    ],
)
def test_nothing_is_fetched(store: Store, query: str, listener: tuple[str, list[str]]) -> None:
    url, hits = listener
    try:
        answer = store.query(query.format(url=url))
    except QueryError:
        answer = None
    assert "fetched" not in repr(answer)
    assert hits == []


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_no_file_is_read(store: Store, clause: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text('<http://e/secret> <http://e/p> "from a file" .')
    query = f"SELECT * {clause} <{secret.as_uri()}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
    try:
        answer = store.query(query)
    except QueryError:
        return
    assert isinstance(answer, Rows)
    assert "from a file" not in repr(answer)
