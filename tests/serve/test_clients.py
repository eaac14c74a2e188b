"""The clients that researchers use: SPARQLWrapper, rdflib's SPARQLStore, curl, and migkg itself."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from migkg.rdf.namespaces import GOVERNMENT, MG
from migkg.store import open_store, remote_store
from migkg.store.base import Rows, Triples
from support.service import Service

JAPAN = rdflib.URIRef(f"{GOVERNMENT}JPN")
FUNDS = rdflib.URIRef(f"{MG}funds")
FUNDED = f"SELECT ?x {{ <{JAPAN}> <{FUNDS}> ?x }} ORDER BY ?x"
ABOUT = f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o FILTER(?s = <{JAPAN}>) }}"


@pytest.fixture(scope="module")
def funded(sample_store: Path) -> list[str]:
    """What Japan funds, as the store itself says."""
    store = open_store(sample_store, read_only=True)
    answer = store.query(FUNDED)
    store.close()
    assert isinstance(answer, Rows) and answer.rows
    return [row[0].value for row in answer.rows if row[0]]


def _wrapper(service: Service, query: str, kind: str, method: str = GET, request: str = URLENCODED) -> Wrapper:
    wrapper = Wrapper(f"{service.address}sparql")
    wrapper.setQuery(query)
    wrapper.setReturnFormat(kind)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request)
    return wrapper


@pytest.mark.parametrize(("method", "request_method"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_rows(service: Service, funded: list[str], method: str, request_method: str) -> None:
    found = _wrapper(service, FUNDED, JSON, method, request_method).query().convert()
    assert [row["x"]["value"] for row in found["results"]["bindings"]] == funded
    document = _wrapper(service, FUNDED, XML, method, request_method).query().convert()
    assert [node.firstChild.data for node in document.getElementsByTagName("uri")] == funded


@pytest.mark.parametrize("kind", [CSV, TSV])
def test_sparqlwrapper_tables(service: Service, funded: list[str], kind: str) -> None:
    lines = _wrapper(service, FUNDED, kind).query().convert().decode().split()
    assert [line.strip("<>") for line in lines[1:]] == funded


@pytest.mark.parametrize("kind", [TURTLE, N3, RDFXML, JSONLD, XML])
def test_sparqlwrapper_graphs(service: Service, kind: str) -> None:
    found = _wrapper(service, ABOUT, kind).query().convert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert len(list(graph.objects(JAPAN, FUNDS))) > 1


def test_sparqlwrapper_yes_no_and_errors(service: Service) -> None:
    assert _wrapper(service, f"ASK {{ <{JAPAN}> <{FUNDS}> ?x }}", JSON).query().convert() == {
        "head": {},
        "boolean": True,
    }
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        _wrapper(service, "SELECT * { ?s ?p", JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_sparqlstore(service: Service, funded: list[str], method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{service.address}sparql", method=method))
    assert sorted(str(x) for x in graph.objects(JAPAN, FUNDS)) == funded
    assert [str(row[0]) for row in graph.query(FUNDED)] == funded
    assert (JAPAN, FUNDS, rdflib.URIRef(funded[0])) in graph
    assert len(graph) == json.loads(service.get("/summary.json").body)["triples"]
    assert graph.query(f"ASK {{ <{JAPAN}> ?p ?o }}").askAnswer is True
    assert len(list(graph.query(ABOUT))) > 1


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl: apt-get install curl")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-G", "sparql", "--data-urlencode", "query=ASK {}"], '"boolean":true'),
        (["sparql", "--data-urlencode", "query=ASK {}"], '"boolean":true'),
        (["sparql", "-H", "Content-Type: application/sparql-query", "--data-binary", "ASK {}"], '"boolean":true'),
        (["-G", "sparql", "-H", "Accept: text/csv", "--data-urlencode", "query=SELECT (1 AS ?n) {}"], "n\r\n1\r\n"),
        (["-L", "id/government/JPN", "-H", "Accept: text/turtle"], "<government/JPN> a mg:Government"),
        (["-L", "--post302", "id/government/JPN", "-H", "Accept: text/html"], "<h1>Government of Japan</h1>"),
        (["questions/funders-of?country=MRT&format=tsv"], "?funder\t?funderName"),
        (["-I", "graph.ttl"], "attachment"),
        (["--compressed", "graph.nt"], "<https://w3id.org/migkg/ont#funds>"),
    ],
)
def test_curl(service: Service, arguments: list[str], expected: str) -> None:
    place = next(i for i, text in enumerate(arguments) if not text.startswith("-") and i in {0, 1, 2})
    command = ["curl", "-sS", "--fail", *arguments]
    command[3 + place] = service.address + arguments[place]
    result = subprocess.run(command, capture_output=True, check=True)
    assert expected in result.stdout.decode()


def test_migkg_asks_its_own_service(service: Service, sample_store: Path) -> None:
    """The remote store and the store in the folder answer the same."""
    local, remote = open_store(sample_store, read_only=True), remote_store(f"{service.address}sparql")
    try:
        for query in (FUNDED, ABOUT, f"ASK {{ <{JAPAN}> ?p ?o }}"):
            here, there = local.query(query), remote.query(query)
            assert here == there
            assert not isinstance(here, Rows | Triples) or (here.rows if isinstance(here, Rows) else here.lines)
        assert list(local.graphs()) == list(remote.graphs())
    finally:
        local.close()


def test_the_command_asks_the_service(service: Service) -> None:
    command = [sys.executable, "-m", "migkg", "query", "funders-of", "-p", "country=MRT", "--format", "csv"]
    sources = str(Path(__file__).resolve().parents[2] / "src")
    result = subprocess.run(
        [*command, "--endpoint", f"{service.address}sparql"],
        capture_output=True,
        check=True,
        env={"PYTHONPATH": sources},
    )
    assert result.stdout == service.get("/questions/funders-of", country="MRT", format="csv").body
