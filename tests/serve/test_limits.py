"""An answer is whole or an error; headers that keep other pages out; who may ask, how much, and how slowly."""

import asyncio
import concurrent.futures
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from migkg.errors import ServiceRefusal
from migkg.serve import answers, connection
from migkg.serve.pool import Pool, open_pool
from migkg.serve.settings import Settings
from serve.conftest import check_alive, check_refused
from support.service import Service, serving

_NUMBERS = "SELECT * {{ VALUES ?a {{ {} }} VALUES ?b {{ {} }} }}"


def _product(first: int, second: int) -> str:
    return _NUMBERS.format(" ".join(map(str, range(first))), " ".join(map(str, range(second))))


@pytest.mark.parametrize("kind", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param(_product(40, 25), 200, id="as many rows as may be"),
        pytest.param(_product(13, 77), 422, id="one row more"),
        pytest.param("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", None, id="far more rows, and too long"),
        pytest.param("SELECT * { ?a ?b ?c } LIMIT 1001", 422, id="more rows, limited"),
    ],
)
def test_rows_are_never_cut(strict: Service, kind: str, query: str, status: int | None) -> None:
    response = strict.get("/sparql", query=query, format=kind)
    if status == 200:
        assert (response.status, response.headers["migkg-rows"]) == (200, "1000")
        return
    check_refused(response)
    assert status in {None, response.status}
    assert "migkg-rows" not in response.headers


@pytest.mark.parametrize("kind", ["turtle", "ntriples", "jsonld", "rdfxml"])
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT { ?a ?e ?f } { ?a ?b ?c . ?d ?e ?f }"])
def test_graphs_are_never_cut(strict: Service, kind: str, query: str) -> None:
    check_refused(strict.get("/sparql", query=query, format=kind))


def test_a_question_with_too_many_rows_is_an_error(sample_store: Path) -> None:
    with serving(sample_store, "--max-rows", "3", "--workers", "1") as service:
        assert service.get("/questions/sources").status == 422
        assert service.get("/questions/about", thing="org:iom").status == 422


@pytest.mark.parametrize("path", ["/", "/sparql", "/sparql?query=ASK%7B%7D", "/nothing", "/doc/government/JPN"])
def test_headers_of_every_answer(strict: Service, path: str) -> None:
    headers = strict.send("GET", path, headers={"Origin": "https://evil.example"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "script-src 'self'" in policy and "unsafe-eval" not in policy
    assert not [name for name in headers if name.startswith("access-control")]
    assert "server" not in headers


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_no_other_page_may_ask(strict: Service, method: str) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": method}
    response = strict.send("OPTIONS", "/sparql", headers=headers)
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.fixture(scope="module")
def shared(sample_store: Path) -> Iterator[Service]:
    """A service that one other page may ask."""
    with serving(sample_store, "--allow-origin", "https://atlas.example", "--workers", "1") as running:
        yield running


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://atlas.example", "https://atlas.example"),
        ("https://atlas.example.evil.example", None),
        ("http://atlas.example", None),
        ("null", None),
    ],
)
def test_listed_origins_may_ask(shared: Service, origin: str, allowed: str | None) -> None:
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    answer = shared.send("GET", "/sparql?query=ASK%7B%7D", headers=headers)
    before = shared.send("OPTIONS", "/sparql", headers={**headers, "Access-Control-Request-Method": "POST"})
    assert answer.status == (200 if allowed else 403)
    assert answer.headers.get("access-control-allow-origin") == allowed
    assert before.headers.get("access-control-allow-origin") == allowed


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Host": "evil.example"}, 421, id="a name that was made to point here"),
        pytest.param({"Host": "evil.example:8765"}, 421, id="the same with a port"),
        pytest.param({"Host": "127.0.0.1.evil.example"}, 421, id="a name that begins like ours"),
        pytest.param({"Host": "localhost.evil.example"}, 421, id="another one"),
        pytest.param({"Host": "[::1"}, 421, id="broken"),
        pytest.param({"Host": "localhost:1"}, 200, id="localhost"),
        pytest.param({"Host": "[::1]:80"}, 200, id="loopback of version six"),
        pytest.param({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403, id="an image elsewhere"),
        pytest.param({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200, id="a link elsewhere"),
        pytest.param({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200, id="our own page"),
    ],
)
def test_who_may_ask(strict: Service, headers: dict[str, str], status: int) -> None:
    assert strict.send("GET", "/sparql?query=ASK%7B%7D", headers=headers).status == status


def test_behind_a_proxy_its_name_is_known(sample_store: Path) -> None:
    options = ("--public-url", "https://graph.example/migration", "--workers", "1")
    with serving(sample_store, *options) as service:
        headers = {"Host": "graph.example", "X-Forwarded-For": "203.0.113.9", "Accept": "text/turtle"}
        assert service.send("GET", "/sparql?query=ASK%7B%7D", headers={"Host": "other.example"}).status == 421
        response = service.send("GET", "/sparql", headers=headers)
    assert response.status == 200
    assert "<https://graph.example/migration/sparql>" in response.text


def test_who_asks_too_much_is_told_to_wait(sample_store: Path) -> None:
    """A quarter of the places in the queue is for one client; all are full before others are turned away."""
    settings = Settings(sample_store, workers=1, timeout=0.3, per_client=1, waiting=8)

    async def ask(pool: Pool, client: str) -> int:
        query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        try:
            return (await pool.run({"do": "query", "query": query}, client)).status
        except ServiceRefusal as error:
            assert error.status == 504 or error.headers == {"Retry-After": "5"}
            return error.status

    async def run() -> tuple[list[int], list[int]]:
        async with open_pool(settings) as pool:
            one = await asyncio.gather(*(ask(pool, "one") for _ in range(5)))
            many = await asyncio.gather(*(ask(pool, f"client {i // 2}") for i in range(12)))
            return one, many

    one, many = asyncio.run(run())
    assert one == [504] * 3 + [429] * 2
    assert many == [504] * 8 + [503] * 4


def test_a_client_that_leaves_frees_its_worker(sample_store: Path) -> None:
    """Its query is ended, long before the limit."""
    with serving(sample_store, "--workers", "1", "--timeout", "120") as service:
        connection = http.client.HTTPConnection(service.host, service.port)
        body = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        connection.request("POST", "/sparql", body, {"Content-Type": "application/sparql-query"})
        time.sleep(0.5)
        connection.close()
        check_alive(service)


def test_the_same_question_at_the_same_time_is_asked_once(sample_store: Path) -> None:
    """Ten clients wait for the one worker with the same slow query: all get the answer of one run."""
    slow = "SELECT (COUNT(*) AS ?n) (UUID() AS ?run) { ?a ?b ?c . ?d a ?e }"
    with (
        serving(sample_store, "--workers", "1", "--timeout", "60") as service,
        concurrent.futures.ThreadPoolExecutor(10) as pool,
    ):
        bodies = {response.body for response in pool.map(service.ask, [slow] * 10)}
    assert len(bodies) == 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"GET /sparql HTTP/1.1\r\nHost: x\r\n" + b"X: " + b"y" * 400_000, id="a head without end"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00", id="TLS where there is none"),
        pytest.param(b"GET / HTTP/9.9\r\n\r\n", id="a version that does not exist"),
        pytest.param(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", id="a negative length"),
        pytest.param(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            id="two lengths",
        ),
        pytest.param(b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n", id="NUL in a header"),
        pytest.param(b"\r\n" * 1000, id="empty lines"),
    ],
)
def test_broken_requests_end_their_connection_only(strict: Service, data: bytes) -> None:
    with socket.create_connection((strict.host, strict.port), timeout=10) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(1000)
    assert not answer or answer.startswith(b"HTTP/1.1 4")
    check_alive(strict)


def test_slow_heads_do_not_keep_others_waiting(strict: Service) -> None:
    """Connections that never finish their request hold no worker."""
    open_ones = [socket.create_connection((strict.host, strict.port)) for _ in range(100)]
    try:
        for connection in open_ones:
            connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n")
        check_alive(strict)
    finally:
        for connection in open_ones:
            connection.close()


def test_unfinished_heads_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline of the connection, with a short one."""
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.3)

    async def app(scope: object, receive: object, send: object) -> None:
        """Nobody comes that far."""

    async def run() -> bytes:
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, http=connection.Connection, lifespan="off", log_config=None))
        serving_task = asyncio.ensure_future(server.serve([listener]))
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(b"GET / HTTP/1.1\r\nHost:")
        await writer.drain()
        ended = await asyncio.wait_for(reader.read(), 5)
        server.should_exit = True
        writer.close()
        await serving_task
        return ended

    outcome: list[bytes] = []
    thread = threading.Thread(target=lambda: outcome.append(asyncio.run(run())))
    thread.start()
    thread.join(20)
    assert outcome == [b""]


def test_long_answers_have_a_place_of_limited_size(sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What clients are still reading counts; when nobody reads it any more, there is room again."""
    monkeypatch.setattr(answers, "SPOOL_BYTES", 100_000)
    monkeypatch.setattr(answers, "CACHE_BYTES", 0)

    async def run() -> list[int]:
        async def receive() -> Message:
            await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        async def ask(desk: answers.Desk, number: int) -> Response:
            job = {"do": "query", "query": f"SELECT * {{ ?s ?p ?o }} # {number}"}
            return await desk.respond(Request({"type": "http", "method": "GET", "headers": []}, receive), job)

        async with open_pool(Settings(sample_store, workers=1)) as pool:
            desk = answers.Desk(pool)
            read = await ask(desk, 1)
            with pytest.raises(ServiceRefusal) as refused:
                await ask(desk, 2)
            del read
            await asyncio.sleep(0.2)
            return [refused.value.status, (await ask(desk, 3)).status_code]

    assert asyncio.run(run()) == [503, 200]
