"""HTTP to servers that are busy, hang up, lie, send on or never end; a real server on loopback plays each of them."""

import base64
import email.utils
import hashlib
import http.server
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from migkg.errors import QueryError, StoreError, UsageError
from migkg.store import remote_store
from migkg.store.base import Rows
from migkg.store.connection import Access, Connection
from migkg.store.remote import RemoteStore

RESULTS = "application/sparql-results+json"
YES = b'{"boolean": true}'
Headers = dict[str, str]
Play = Callable[["Server", "Handler"], None]


class Server(http.server.ThreadingHTTPServer):
    """Keeps what it was sent and lets a function answer."""

    daemon_threads = True

    def __init__(self, play: Play) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.play, self.seen = play, list[tuple[str, Headers, bytes]]()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql"


class Handler(http.server.BaseHTTPRequestHandler):
    """Hands each request over to its server."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.path, dict(self.headers), body))
        self.server.play(self.server, self)

    do_GET = do_PUT = do_DELETE = do_POST  # noqa: N815 (the library looks for these names)

    def say(self, status: int, body: bytes = b"", kind: str = RESULTS, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> None:
        """Reset the connection, as a server that dies does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def playing(play: Play) -> Iterator[Server]:
    server = Server(play)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def connect(server: Server, waited: list[float] | None = None, timeout: float = 5, **access: str) -> Connection:
    waits: list[float] = [] if waited is None else waited
    return Connection(server.address, Access(**access), timeout, waits.append)  # type: ignore[arg-type]


def in_twenty_seconds() -> str:
    return email.utils.formatdate(time.time() + 20, usegmt=True)


@pytest.mark.parametrize(
    ("first", "waited"),
    [
        pytest.param(lambda h: h.say(503), [0.5, 1.0], id="503 without a hint"),
        pytest.param(lambda h: h.say(429, Retry_After="7"), [7.0, 7.0], id="429 with seconds"),
        pytest.param(lambda h: h.say(503, Retry_After="soon"), [0.5, 1.0], id="a hint that says nothing"),
        pytest.param(lambda h: h.hang_up(), [0.5, 1.0], id="connection reset"),
        pytest.param(lambda h: h.say(502, b"<html>", "text/html"), [0.5, 1.0], id="a proxy without its server"),
    ],
)  # fmt: skip
def test_it_is_tried_again_after_a_while(first: Callable[[Handler], None], waited: list[float]) -> None:
    def play(server: Server, handler: Handler) -> None:
        first(handler) if len(server.seen) < 3 else handler.say(200, YES)

    waits: list[float] = []
    with playing(play) as server:
        reply = connect(server, waits).send("POST", server.address, b"query=ASK")
        assert (reply.status, reply.body) == (200, YES)
        assert waits == waited
        assert {body for _, _, body in server.seen} == {b"query=ASK"}


def test_a_date_to_come_back_at_is_kept_to() -> None:
    def play(server: Server, handler: Handler) -> None:
        handler.say(503, Retry_After=in_twenty_seconds()) if len(server.seen) < 2 else handler.say(200, YES)

    waits: list[float] = []
    with playing(play) as server:
        assert connect(server, waits).send("GET", server.address).status == 200
    assert len(waits) == 1 and 15 < waits[0] <= 20


def test_nobody_waits_for_an_hour() -> None:
    with playing(lambda s, h: h.say(503, Retry_After="3600")) as server, pytest.raises(StoreError, match="3,600"):
        connect(server).send("GET", server.address)


def test_it_is_not_tried_for_ever() -> None:
    with playing(lambda s, h: h.say(503, b"busy")) as server:
        assert connect(server).send("GET", server.address).status == 503
        assert len(server.seen) == 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
def test_what_will_not_get_better_is_not_tried_again(status: int) -> None:
    with playing(lambda s, h: h.say(status)) as server:
        assert connect(server).send("GET", server.address).status == status
        assert len(server.seen) == 1


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_query_follows_its_host_but_no_other(code: int) -> None:
    def play(server: Server, handler: Handler) -> None:
        if handler.path == "/sparql":
            handler.say(code, Location="/new/sparql")
        else:
            handler.say(200, YES)

    with playing(play) as server:
        reply = connect(server, user="me", password="secret").send("POST", server.address, b"query=ASK")
        assert reply.body == YES
        assert [(path, body) for path, _, body in server.seen] == [
            ("/sparql", b"query=ASK"),
            ("/new/sparql", b"query=ASK"),
        ]


@pytest.mark.parametrize("access", [{"user": "me", "password": "pw"}, {"token": "t0ken"}, {}])
@pytest.mark.parametrize(
    "target", ["http://localhost:{port}/", "http://127.0.0.1:{other}/", "file:///etc/passwd", "http://["]
)
def test_nothing_is_sent_on_to_another_place(target: str, access: dict[str, str]) -> None:
    with playing(lambda s, h: h.say(200, YES)) as stranger:
        other = stranger.server_address[1]

        def play(server: Server, handler: Handler) -> None:
            handler.say(307, Location=target.format(port=server.server_address[1], other=other))

        with playing(play) as server, pytest.raises(StoreError, match="sends on") as caught:
            connect(server, **access).send("POST", server.address, b"query=ASK")
        assert stranger.seen == []
        assert "pw" not in str(caught.value)


def test_a_circle_ends() -> None:
    with playing(lambda s, h: h.say(302, Location="/sparql")) as server, pytest.raises(StoreError, match="to the next"):
        connect(server).send("GET", server.address)


def test_an_answer_without_end_is_cut_off() -> None:
    def play(server: Server, handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        try:
            while True:
                handler.wfile.write(b" " * 65536)
        except OSError:
            return

    with playing(play) as server, pytest.raises(StoreError, match="bigger than 1 MB"):
        Connection(server.address, Access(), 5, max_bytes=1 << 20).send("GET", server.address)


def test_an_answer_in_drops_is_not_waited_for() -> None:
    def play(server: Server, handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        try:
            for _ in range(30):
                handler.wfile.write(b" ")
                time.sleep(0.1)
        except OSError:
            return

    with playing(play) as server, pytest.raises(StoreError, match="not complete after 1 seconds"):
        connect(server, timeout=1).send("GET", server.address)


def test_basic_goes_at_once_and_digest_only_after_a_challenge() -> None:
    nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c0"

    def play(server: Server, handler: Handler) -> None:
        sent = handler.headers.get("Authorization", "")
        if sent.startswith("Basic") or ('username="me"' in sent and _is_right(sent, nonce)):
            handler.say(200, YES)
        else:
            handler.say(401, WWW_Authenticate=f'Digest realm="SPARQL", nonce="{nonce}", qop="auth", algorithm=MD5')

    with playing(play) as server:
        assert connect(server, user="me", password="s:ecret").send("GET", server.address).status == 200
        expected = "Basic " + base64.b64encode(b"me:s:ecret").decode()
        assert [headers.get("Authorization") for _, headers, _ in server.seen] == [expected]
        server.seen.clear()
        digest = connect(server, user="me", password="s:ecret", scheme="digest")
        assert digest.send("POST", server.address, b"query=ASK").status == 200
        assert "Authorization" not in server.seen[0][1]
        assert all("s:ecret" not in str(headers) for _, headers, _ in server.seen)


def _is_right(header: str, nonce: str) -> bool:
    fields = dict(part.strip().split("=", 1) for part in header.removeprefix("Digest ").split(","))
    value = {name: text.strip('"') for name, text in fields.items()}
    first = hashlib.md5(b"me:SPARQL:s:ecret").hexdigest()
    second = hashlib.md5(f"POST:{value['uri']}".encode()).hexdigest()
    whole = f"{first}:{nonce}:{value['nc']}:{value['cnonce']}:{value['qop']}:{second}"
    return hashlib.md5(whole.encode()).hexdigest() == value["response"]


def test_a_token_of_the_environment_is_sent_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGKG_ENDPOINT_TOKEN", "very-secret")
    with playing(lambda s, h: h.say(403, b"no")) as server:
        with pytest.raises(QueryError) as caught:
            remote_store(server.address).query("ASK { ?s ?p ?o }")
        assert server.seen[0][1]["Authorization"] == "Bearer very-secret"
    shown = f"{caught.value} {Access.from_environment()!r} {Access('me', 'pass-word')!r}"
    assert "very-secret" not in shown and "pass-word" not in shown


def test_no_password_comes_from_files_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    with playing(lambda s, h: h.say(200, YES)) as server:
        connect(server).send("GET", server.address)
        assert "Authorization" not in server.seen[0][1]


def test_a_scheme_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGKG_ENDPOINT_SCHEME", "kerberos")
    with pytest.raises(UsageError, match="basic or digest"):
        Access.from_environment()


def capped(total: int, cap: int) -> Play:
    """A server with so many rows that gives at most ``cap`` at once, and does not say so."""

    def play(server: Server, handler: Handler) -> None:
        query = parse_qs(server.seen[-1][2].decode())["query"][0]
        cells = [{"s": {"type": "literal", "value": f"row {n:05}"}} for n in range(total)]
        if "migkg_count" in query:
            rows: list[dict[str, dict[str, str]]] = [{"s": {"type": "literal", "value": str(total)}}]
        elif "OFFSET" in query:
            rows = cells[int(query.rpartition("OFFSET")[2]) :][:cap]
        else:
            rows = cells[:cap]
        handler.say(200, json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": rows}}).encode())

    return play


def ask(server: Server, sparql: str) -> Rows:
    answer = RemoteStore(server.address, 10, Access()).query(sparql)
    assert isinstance(answer, Rows)
    return answer


def test_a_cut_answer_is_completed_where_it_has_an_order() -> None:
    with playing(capped(2345, 1000)) as server:
        answer = ask(server, "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s")
    assert [row[0].value for row in answer.rows if row[0]] == [f"row {n:05}" for n in range(2345)]


@pytest.mark.parametrize("sparql", ["SELECT ?s { ?s ?p ?o }", "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 2000"])
def test_a_cut_answer_without_an_order_is_refused(sparql: str) -> None:
    with playing(capped(2345, 1000)) as server, pytest.raises(QueryError, match="only 1,000 of 2,345 rows"):
        ask(server, sparql)


def test_a_whole_answer_is_counted_once_for_each_size() -> None:
    with playing(capped(500, 1000)) as server:
        store = RemoteStore(server.address, 10, Access())
        for _ in range(3):
            store.query("SELECT ?s { ?s ?p ?o }")
        assert len(server.seen) == 4
