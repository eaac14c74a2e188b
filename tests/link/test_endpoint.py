"""SPARQL endpoints as registers: a real Oxigraph server, and answers of a server that misbehaves."""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from migkg.errors import UsageError
from migkg.link import Outcome, Thing, link, read_things
from migkg.link.asking import Manners
from migkg.link.cache import Cache, cache_path
from migkg.link.endpoint import Endpoint
from migkg.store import open_store
from support.endpoint import serve

GRAPH = "<http://register.example/g>"
LABEL, ALT = "<http://www.w3.org/2000/01/rdf-schema#label>", "<http://www.w3.org/2004/02/skos/core#altLabel>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
COUNTRY = "<https://schema.org/addressCountry>"
LINES = [
    f'<http://register.example/1> {LABEL} "Norwegian Refugee Council"@en {GRAPH} .',
    f"<http://register.example/1> {TYPE} <http://register.example/NGO> {GRAPH} .",
    f'<http://register.example/2> {ALT} "Department for International Development" {GRAPH} .',
    f'<http://register.example/2> {COUNTRY} "GB" {GRAPH} .',
    f'<http://register.example/3> {LABEL} "Centre de Recherche sur les Frontières du Sénégal"@fr {GRAPH} .',
    f"<http://register.example/3> {COUNTRY} <http://places.example/country/SEN> {GRAPH} .",
    f'<http://register.example/4> {LABEL} "Danish Refugee Council"@en {GRAPH} .',
    f'_:b {LABEL} "Norwegian Refugee Council"@en {GRAPH} .',
]
KINDS = {"http://register.example/NGO": frozenset({"NonGovernmentalOrganisation"})}
NGO_ONLY = """SELECT ?item ?label WHERE {
  VALUES ?label { {{labels}} }
  ?item <http://www.w3.org/2000/01/rdf-schema#label> ?label ; a <http://register.example/NGO>
}"""
Answered = tuple[int, bytes]


@pytest.fixture
def things(built: Path) -> list[Thing]:
    with closing(open_store(built / "store", read_only=True)) as store:
        return read_things(store)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(cache_path(tmp_path / "store"))) as opened:
        yield opened


def ask(address: str, things: list[Thing], cache: Cache, **more: Any) -> Outcome:
    manners = Manners(timeout=5.0, wait=lambda seconds: None)
    return link(things, Endpoint(address, cache, manners, **more))


def matches(outcome: Outcome) -> dict[str, tuple[str, str]]:
    return {each.label: (each.match, each.identifier.rpartition("/")[2]) for each in outcome.links}


def test_things_are_found(things: list[Thing], cache: Cache, tmp_path: Path) -> None:
    with serve(LINES, tmp_path) as address:
        outcome = ask(address, things, cache, kinds=KINDS)
        assert matches(outcome) == {
            "Norwegian Refugee Council": ("exact", "1"),
            "Department for International Development": ("exact", "2"),
            # The graph does not say its country, so Senegal there agrees with nothing.
            "Centre de Recherche sur les Frontières du Sénégal": ("proposed", "3"),
        }
        assert matches(ask(address, things, cache, template=NGO_ONLY)) == {
            "Norwegian Refugee Council": ("proposed", "1")
        }
    # The server has ended: what was asked before is answered by the cache.
    assert matches(ask(address, things, cache, kinds=KINDS)) == matches(outcome)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        pytest.param("SELECT ?item ?label { ?item ?p ?label }", "once", id="no place for names"),
        pytest.param("SELECT ?item { VALUES ?label { {{labels}} {{labels}} } }", "once", id="two places"),
        pytest.param("SELECT ?item { VALUES ?label { {{labels}} ", "line 1", id="not closed"),
        pytest.param("ASK { VALUES ?label { {{labels}} } }", "is a SELECT", id="an ASK"),
        pytest.param("DROP ALL # {{labels}}", "only SELECT", id="an update"),
        pytest.param("SELECT * { SERVICE <http://e/> { VALUES ?l { {{labels}} } } }", "SERVICE", id="another machine"),
    ],
)
def test_a_query_that_cannot_be_asked(cache: Cache, template: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Endpoint("http://127.0.0.1:9/", cache, Manners(), template)


def test_names_cannot_leave_their_quotes(cache: Cache, tmp_path: Path) -> None:
    """A name from a hostile release is a value, whatever it holds."""
    name = 'x" } ?s ?p ?o } # \\" }} {{labels}} \n'
    thing = Thing("https://w3id.org/migkg/id/x/1", name, ((name, "en"),))
    with serve(LINES, tmp_path) as address:
        outcome = ask(address, [thing], cache)
    assert (outcome.links, outcome.skipped, outcome.asked) == ([], {}, 1)


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
    finally:
        server.shutdown()
        server.server_close()


def results(*rows: dict[str, tuple[str, str]], columns: tuple[str, ...] = ("item", "label")) -> bytes:
    bindings = [{name: {"type": kind, "value": value} for name, (kind, value) in row.items()} for row in rows]
    return json.dumps({"head": {"vars": columns}, "results": {"bindings": bindings}}).encode()


LABELLED = ("literal", "Norwegian Refugee Council")


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        pytest.param(200, b"{", "not with SPARQL results", id="cut"),
        pytest.param(200, results(columns=("s", "p")), "no columns item and label", id="other columns"),
        pytest.param(200, b'{"boolean": true}', "true or false", id="an ASK"),
        pytest.param(400, b"no", "refuses the query: 400 no", id="refused"),
        pytest.param(200, b" " * (17 << 20), "bigger than 16 MB", id="too big"),
        pytest.param(
            200,
            results({"item": ("uri", "javascript:alert(1)"), "label": LABELLED}),
            "no http address",
            id="an identifier that is a script",
        ),
        pytest.param(
            200, results({"item": ("uri", "http://e/<x>"), "label": LABELLED}), "no http address", id="no IRI at all"
        ),
    ],
)
def test_an_answer_that_is_none(things: list[Thing], cache: Cache, status: int, body: bytes, said: str) -> None:
    with answering(status, body) as address:
        outcome = ask(address, things, cache)
    assert outcome.links == []
    ((reason, _),) = outcome.skipped.items()
    assert said in reason and "\n" not in reason


def test_rows_of_things_that_nobody_asked_for_are_nothing(things: list[Thing], cache: Cache) -> None:
    rows = [{"item": ("uri", f"http://e/{n}"), "label": ("literal", f"Body number {n}")} for n in range(50)]
    with answering(200, results(*rows, {"item": ("literal", "x"), "label": LABELLED})) as address:
        assert ask(address, things, cache).links == []
