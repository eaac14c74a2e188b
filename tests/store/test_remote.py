"""The remote store against a real Oxigraph server, and against servers that misbehave."""

import base64
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from migkg.errors import QueryError, StoreError, UsageError
from migkg.store import connection, remote_store
from migkg.store.base import Term
from support.endpoint import serve

LINES = ['<http://e/a> <http://e/p> "x" <http://e/g> .']
RESULTS = "application/sparql-results+json"
ASK = "ASK { ?s ?p ?o }"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers every request as its server was told, and keeps what it was sent."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((dict(self.headers), body))  # type: ignore[attr-defined]
        status, kind, data = self.server.answer  # type: ignore[attr-defined]
        if status == 0:
            self.server.stop.wait(5)  # type: ignore[attr-defined]
            return
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST  # noqa: N815 (the library looks for this name)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def answering(status: int, kind: str = RESULTS, data: bytes = b"{}") -> Iterator[http.server.HTTPServer]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answer, server.seen, server.stop = (status, kind, data), [], threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.stop.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


def address(server: http.server.HTTPServer, user: str = "") -> str:
    return f"http://{user}127.0.0.1:{server.server_address[1]}/sparql"


def test_it_cannot_change_a_writable_server(tmp_path: Path) -> None:
    with serve(LINES, tmp_path) as endpoint:
        store = remote_store(endpoint)
        for update in ("DROP ALL", "INSERT DATA { <http://e/x> <http://e/p> 1 }", "# SELECT\nCLEAR ALL"):
            with pytest.raises(QueryError):
                store.query(update)
        assert list(store.dump()) == LINES
        assert not hasattr(store, "replace_graph")


def test_a_query_that_looks_like_another_form(tmp_path: Path) -> None:
    with serve(LINES, tmp_path) as endpoint:
        assert remote_store(endpoint).query("# DESCRIBE INSERT\nASK # SELECT\n{ ?construct ?p ?o }") is True


def test_a_long_query_goes_through(tmp_path: Path) -> None:
    with serve(LINES, tmp_path) as endpoint:
        values = " ".join(f'"value number {n}"' for n in range(2000))
        assert remote_store(endpoint).query(f"ASK {{ VALUES ?v {{ {values} }} ?s ?p ?o }}") is True


@pytest.mark.parametrize(
    ("status", "kind", "data", "error"),
    [
        pytest.param(400, "text/plain", b"bad query", QueryError, id="bad request"),
        pytest.param(401, "text/plain", b"", QueryError, id="not allowed"),
        pytest.param(404, "text/html", b"<h1>gone</h1>", QueryError, id="not found"),
        pytest.param(500, "text/plain", b"trouble\nin two lines", QueryError, id="server error"),
        pytest.param(503, "text/plain", b"busy", QueryError, id="busy"),
        pytest.param(200, "text/html", b"<html>a page</html>", QueryError, id="a page"),
        pytest.param(200, RESULTS, b'{"head": {"vars": ["s"]}, "results"', QueryError, id="cut off"),
        pytest.param(200, RESULTS, b"[]", QueryError, id="other JSON"),
        pytest.param(200, RESULTS, b"\xff\xfe", QueryError, id="not text"),
    ],
)  # fmt: skip
def test_a_server_that_misbehaves_gives_one_clear_line(
    status: int, kind: str, data: bytes, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_FIRST_PAUSE", 0.0)
    with answering(status, kind, data) as server, pytest.raises(error) as caught:
        remote_store(address(server)).query("SELECT ?s { ?s ?p ?o }")
    assert "\n" not in str(caught.value)


def test_triples_that_cannot_be_read() -> None:
    for kind, data in (("text/html", b"<p>"), ("text/turtle", b"<http://e/a> nonsense")):
        with answering(200, kind, data) as server, pytest.raises(QueryError, match="endpoint"):
            remote_store(address(server)).query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def test_turtle_is_read_where_a_server_has_no_lines() -> None:
    with answering(200, "text/turtle", b'@prefix e: <http://e/> . e:b e:p "y" ; e:o e:c .') as server:
        answer = remote_store(address(server)).query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert answer.lines == ("<http://e/b> <http://e/o> <http://e/c> .", '<http://e/b> <http://e/p> "y" .')  # type: ignore[union-attr]


def test_a_server_that_does_not_answer_in_time() -> None:
    with answering(0) as server, pytest.raises(StoreError, match="does not answer"):
        remote_store(address(server), timeout=1).query(ASK)


def test_no_server_at_all() -> None:
    with pytest.raises(StoreError, match="does not answer"):
        remote_store("http://127.0.0.1:9/sparql").query(ASK)


@pytest.mark.parametrize("how", ["address", "environment"])
def test_user_and_password_are_sent_and_never_shown(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGKG_ENDPOINT_AUTH", "me:s3:cret/" if how == "environment" else "")
    with answering(500, "text/plain", b"no") as server:
        user = "me:s3%3Acret%2F@" if how == "address" else ""
        with pytest.raises(QueryError) as caught:
            remote_store(address(server, user)).query(ASK)
        headers, body = server.seen[0]  # type: ignore[attr-defined]
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"me:s3:cret/").decode()
    assert b"cret" not in body
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize("bad", ["ftp://e.org/", "file:///etc/passwd", "e.org/sparql", "", "http://", "http://u:pw@"])
def test_what_is_no_address(bad: str) -> None:
    with pytest.raises(UsageError) as caught:
        remote_store(bad)
    assert "pw" not in str(caught.value)


def test_values_do_not_leak_into_other_fields_of_the_request() -> None:
    with answering(200, data=b'{"boolean": true}') as server:
        remote_store(address(server)).query("ASK { ?s ?p ?v }", {"v": Term("literal", "a&update=DROP ALL&query=b")})
        _, body = server.seen[0]  # type: ignore[attr-defined]
    assert body.count(b"query=") == 1
    assert b"&update" not in body
