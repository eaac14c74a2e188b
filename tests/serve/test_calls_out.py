"""No query makes the service ask another machine or read a file: a listener and a secret file are never touched."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psutil
import pytest

from support.service import Service

CALLS = (
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { service <URL> { ?s ?p ?o } }",
    "SELECT * { sErViCe sIlEnT <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { SERVICE # <x:y>\n <URL> { ?s ?p ?o } }",
    "SELECT * {\tSERVICE\r\n<URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1 .SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { } UNION { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { BIND(<URL> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { SERVICE $x { ?s ?p ?o } } VALUES $x { <URL> }",
    "SELECT * { ?s ?p ?o BIND(EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) }",
    "SELECT (EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) {}",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "PREFIX u: <URL> SELECT * { SERVICE u: { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
    r"SELECT * { \u0053ERVICE <URL> { ?s ?p ?o } }",
    r"SELECT * { \U00000053ERVICE <URL> { ?s ?p ?o } }",
    r"SELECT * { S\u0045RVICE <URL> { ?s ?p ?o } }",
    r"SELECT * { ?s ?p 'x\u0027 . SERVICE <URL> { ?s ?p ?o } #' }",
    r'SELECT * { ?s ?p "x\u0022 . SERVICE <URL> { ?s ?p ?o } #" }',
    r"SELECT * { <http://e/\u003e> ?p ?o . SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { x:a\\# SERVICE <URL> { ?s ?p ?o } \n}",
    "SELECT * { ?s ?p '''a''' . SERVICE <URL> { ?s ?p ?o } ?s ?p '''b''' }",
    "SELECT * { ?s ?p '''it's''' . SERVICE <URL> { ?s ?p ?o } }",
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * from named <URL> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <FILE> { ?s ?p ?o }",
    "SELECT * FROM NAMED <FILE> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } FROM <URL> { ?s ?p ?o }",
    "ASK FROM <URL> { ?s ?p ?o }",
    "DESCRIBE ?s FROM <URL> { ?s ?p ?o }",
    "PREFIX u: <URL> SELECT * FROM u: { ?s ?p ?o }",
    "BASE <URL> SELECT * FROM <data> { ?s ?p ?o }",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <x:g>",
    "load <URL>",
    "LOAD <FILE>",
    "ASK {} ; LOAD <URL>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
)
# These name the address and are answered from the graph alone.
NAMES = (
    "DESCRIBE <URL>",
    "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
    "SELECT * { GRAPH <FILE> { ?s ?p ?o } }",
    "SELECT * { ?s <URL> ?o }",
    "SELECT (<URL>(1) AS ?x) {}",
    "SELECT * { ?s ?p ?o FILTER(<URL#f>(?o)) }",
    "CONSTRUCT { <URL> ?p ?o } { ?s ?p ?o } LIMIT 1",
)


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address of this machine, and who has come to it."""
    hits: list[bytes] = []

    def listen(server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                hits.append(connection.recv(1000))

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=listen, args=(server,), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/secret.ttl", hits
        server.shutdown(socket.SHUT_RDWR)


def test_number_of_queries() -> None:
    assert len(CALLS) + len(NAMES) == 60


@pytest.mark.parametrize("query", CALLS + NAMES)
def test_nothing_is_fetched(strict: Service, listener: tuple[str, list[bytes]], query: str, tmp_path: Path) -> None:
    address, hits = listener
    secret = tmp_path / "secret.ttl"
    secret.write_text('<http://e/secret> <http://e/p> "from a file" .', encoding="utf-8")
    response = strict.ask(query.replace("URL", address).replace("FILE", secret.as_uri()))
    if query in CALLS:
        assert response.status == 400, response.text
    assert "from a file" not in response.text
    assert "root:" not in response.text
    assert hits == []


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_graph_of_a_request_is_fetched(
    strict: Service, listener: tuple[str, list[bytes]], name: str, method: str
) -> None:
    address, hits = listener
    form = urlencode({"query": "SELECT * { ?s ?p ?o }", name: address})
    if method == "GET":
        response = strict.send("GET", f"/sparql?{form}")
    else:
        response = strict.send("POST", "/sparql", form, {"Content-Type": "application/x-www-form-urlencoded"})
    assert response.status == 400
    assert "none is fetched" in response.text
    assert hits == []


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are a matter of Linux")
def test_workers_have_no_network(strict: Service) -> None:
    """Where the system allows it, a worker stands in a network namespace of its own, which has no way out."""
    program = "import ctypes; c = ctypes.CDLL(None); raise SystemExit(c.unshare(0x40000000) and c.unshare(0x50000000))"
    allowed = subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
    ours = Path("/proc/self/ns/net").readlink()
    workers = [p for p in psutil.Process(strict.process.pid).children() if "migkg.serve.worker" in p.cmdline()]
    assert len(workers) >= 2
    for worker in workers:
        assert (Path(f"/proc/{worker.pid}/ns/net").readlink() != ours) == allowed
        if allowed:
            routes = Path(f"/proc/{worker.pid}/net/route").read_text(encoding="ascii").splitlines()
            assert len(routes) <= 1, "there is a way out"
