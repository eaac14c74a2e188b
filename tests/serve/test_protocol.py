"""The SPARQL 1.1 Protocol, query side, over real HTTP: what is asked, how, and what comes back.

The 20 cases of queries and the 14 of updates are those that the test suite of the recommendation names; they were
written anew from its text. Here every update has to be refused.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
import rdflib

from migkg.serve import description as description_module
from migkg.store import open_store
from migkg.store.base import Rows
from support.service import Response, Service, serving

A, B, C = (f"http://example.org/graph/{name}" for name in "abc")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
SPARQL_RESULTS = "{http://www.w3.org/2005/sparql-results#}"
# One triple in each graph; the first one stands in two.
LINES = {A: ["a"], B: ["b", "a"], C: ["c"]}


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over three small graphs."""
    folder = tmp_path_factory.mktemp("protocol") / "store"
    store = open_store(folder)
    triple = '<http://example.org/{0}> <http://example.org/p> "é{0}"@fr <{1}> .'
    lines = [triple.format(name, graph) for graph, names in LINES.items() for name in names]
    store.replace_graphs(LINES, lines)
    store.close()
    with serving(folder) as running:
        yield running


def _names(response: Response) -> list[str]:
    """The last letters of the IRIs in the column s, sorted."""
    assert response.status == 200, response.text
    rows = json.loads(response.body)["results"]["bindings"]
    return sorted(row["s"]["value"][-1] for row in rows)


def _ask(response: Response) -> bool:
    assert response.status == 200, response.text
    return bool(json.loads(response.body)["boolean"])


ALL = "SELECT ?s { ?s ?p ?o }"
NAMED = "SELECT ?s { GRAPH ?g { ?s ?p ?o } }"


# ---------------------------------------------------------------------------------------------------------------------
# Queries: 20 cases


def test_query_get(graphs: Service) -> None:
    assert _ask(graphs.get("/sparql", query="ASK {}"))


def test_query_post_form(graphs: Service) -> None:
    assert _ask(graphs.send("POST", "/sparql", "query=ASK%20%7B%7D", FORM))


def test_query_post_direct(graphs: Service) -> None:
    assert _ask(graphs.send("POST", "/sparql", "ASK {}", QUERY))


@pytest.mark.parametrize("way", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("default", "named", "query", "expected"),
    [
        pytest.param([], [], ALL, ["a", "b", "c"], id="without graphs: the union, each triple once"),
        pytest.param([], [], NAMED, ["a", "a", "b", "c"], id="without graphs: all of them by name"),
        pytest.param([A], [], ALL, ["a"], id="one default graph"),
        pytest.param([A, C], [], ALL, ["a", "c"], id="several default graphs are merged"),
        pytest.param([A], [], NAMED, [], id="default graphs only: none by name"),
        pytest.param([], [A, C], NAMED, ["a", "c"], id="named graphs"),
        pytest.param([], [A], ALL, [], id="named graphs only: the default graph is empty"),
        pytest.param([A], [B, C], NAMED, ["a", "b", "c"], id="both: by name"),
        pytest.param([A], [B, C], ALL, ["a"], id="both: by default"),
        pytest.param([A], [], f"SELECT ?s FROM <{C}> {{ ?s ?p ?o }}", ["a"], id="the request goes before FROM"),
        pytest.param([], [B], f"SELECT ?s FROM NAMED <{C}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", ["a", "b"], id="FROM NAMED"),
        pytest.param([], [], f"SELECT ?s FROM <{C}> {{ ?s ?p ?o }}", ["c"], id="FROM of a known graph"),
        pytest.param(
            [],
            [],
            "BASE <http://example.org/graph/> PREFIX g: <http://example.org/graph/> "
            "SELECT ?s FROM <a> FROM g:c { ?s ?p ?o }",
            ["a", "c"],
            id="FROM of relative and prefixed names",
        ),
    ],
)
def test_query_dataset(
    graphs: Service, way: str, default: list[str], named: list[str], query: str, expected: list[str]
) -> None:
    dataset = [("default-graph-uri", iri) for iri in default] + [("named-graph-uri", iri) for iri in named]
    if way == "get":
        response = graphs.send("GET", f"/sparql?{urlencode([('query', query), *dataset])}")
    elif way == "form":
        response = graphs.send("POST", "/sparql", urlencode([("query", query), *dataset]), FORM)
    else:
        response = graphs.send("POST", f"/sparql?{urlencode(dataset)}", query, QUERY)
    assert _names(response) == expected


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        ("SELECT (1 AS ?n) {}", "application/sparql-results+json", "application/sparql-results+json"),
        ("SELECT (1 AS ?n) {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT (1 AS ?n) {}", "text/csv", "text/csv"),
        ("SELECT (1 AS ?n) {}", "text/tab-separated-values", "text/tab-separated-values"),
        ("SELECT (1 AS ?n) {}", None, "application/sparql-results+json"),
        ("SELECT (1 AS ?n) {}", "*/*", "application/sparql-results+json"),
        ("SELECT (1 AS ?n) {}", "text/*", "text/csv"),
        ("SELECT (1 AS ?n) {}", "nonsense", "application/sparql-results+json"),
        ("SELECT (1 AS ?n) {}", ",;q=x,", "application/sparql-results+json"),
        ("SELECT (1 AS ?n) {}", "application/json", "application/json"),
        (
            "SELECT (1 AS ?n) {}",
            "text/csv;q=0.4, application/json;q=0.9",
            "application/json",
        ),
        ("SELECT (1 AS ?n) {}", "*/*;q=0.1, text/csv;q=0.2", "text/csv"),
        ("SELECT (1 AS ?n) {}", "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("SELECT (1 AS ?n) {}", "TEXT/CSV ; Q=1", "text/csv"),
        ("SELECT (1 AS ?n) {}", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("ASK {}", "application/sparql-results+json", "application/sparql-results+json"),
        ("DESCRIBE <http://example.org/a>", "text/turtle", "text/turtle"),
        ("DESCRIBE <http://example.org/a>", None, "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", "application/n-triples"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json", "application/ld+json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle;q=0.5, application/ld+json", "application/ld+json"),
    ],
)
def test_query_content_type(graphs: Service, query: str, accept: str | None, media_type: str) -> None:
    response = graphs.ask(query, accept)
    assert (response.status, response.media_type) == (200, media_type)
    if media_type.startswith("text/"):
        assert response.headers["content-type"].endswith("charset=utf-8")
    assert response.headers["vary"] == "Accept, Accept-Language"


TOO_LONG = "#" + "x" * 70_000


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        pytest.param("PUT", "/sparql?query=ASK%20%7B%7D", None, {}, 405, id="bad method: PUT"),
        pytest.param("DELETE", "/sparql?query=ASK%20%7B%7D", None, {}, 405, id="bad method: DELETE"),
        pytest.param("PATCH", "/sparql", "query=ASK%20%7B%7D", FORM, 405, id="bad method: PATCH"),
        pytest.param("GET", "/sparql?query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", None, {}, 400, id="two queries"),
        pytest.param("POST", "/sparql", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400, id="two queries in a form"),
        pytest.param("POST", "/sparql?query=ASK%20%7B%7D", "ASK {}", QUERY, 400, id="two queries, one in the body"),
        pytest.param("POST", "/sparql?query=ASK%20%7B%7D", "x=1", FORM, 400, id="a form beside a query in the address"),
        pytest.param("POST", "/sparql", "x=1", FORM, 400, id="a form without a query"),
        pytest.param("POST", "/sparql", "", FORM, 400, id="an empty form"),
        pytest.param("POST", "/sparql", "query=", FORM, 400, id="an empty query"),
        pytest.param("POST", "/sparql", "", QUERY, 400, id="an empty body"),
        pytest.param("GET", "/sparql?query=", None, {}, 400, id="an empty query in the address"),
        pytest.param("GET", f"/sparql?default-graph-uri={quote(A)}", None, {}, 400, id="graphs, but no query"),
        pytest.param("POST", "/sparql", "ASK {}", {"Content-Type": "text/plain"}, 415, id="wrong media type"),
        pytest.param("POST", "/sparql", "<x/>", {"Content-Type": "multipart/form-data"}, 415, id="multipart"),
        pytest.param("POST", "/sparql", "query=ASK%20%7B%7D", {}, 415, id="missing type of a form"),
        pytest.param("POST", "/sparql", "ASK {}", {}, 415, id="missing type of a query"),
        pytest.param(
            "POST", "/sparql", "ASK {}", {"Content-Type": "application/sparql-query; charset=utf-16"}, 415, id="charset"
        ),
        pytest.param("POST", "/sparql", "ASK { ?s ?p 'é' }".encode("utf-16"), QUERY, 400, id="no UTF-8 in the body"),
        pytest.param("POST", "/sparql", "ASK { ?s ?p 'é' }".encode("latin-1"), QUERY, 400, id="latin-1 in the body"),
        pytest.param("POST", "/sparql", b"query=ASK%20%7B%3Fs%20%3Fp%20%22%E9%22%7D", FORM, 400, id="latin-1, form"),
        pytest.param("GET", "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%22%E9%22%7D", None, {}, 400, id="latin-1 in a GET"),
        pytest.param("POST", "/sparql", "ASK { ?s ?p", QUERY, 400, id="bad syntax"),
        pytest.param("GET", "/sparql?query=ASK", None, {}, 400, id="bad syntax in the address"),
        pytest.param("POST", "/sparql", "ASK { x:a ?p ?o }", QUERY, 400, id="unknown prefix"),
        pytest.param("POST", "/sparql", TOO_LONG, QUERY, 413, id="a query that is too long"),
        pytest.param("POST", "/sparql", "x" * 1_100_000, QUERY, 413, id="a body that is too long"),
        pytest.param("GET", "/sparql?query=ASK%7B%7D", None, {"Accept": "image/png"}, 406, id="not acceptable"),
        pytest.param("GET", "/sparql?query=ASK%7B%7D", None, {"Accept": "text/turtle"}, 406, id="a graph format"),
        pytest.param("GET", "/sparql?query=ASK%7B%7D&format=xls", None, {}, 400, id="unknown format"),
        pytest.param(
            "GET",
            "/sparql?query=ASK%7B%7D&default-graph-uri=http://e/none",
            None,
            {},
            400,
            id="unknown graph",
        ),
        pytest.param("GET", "/sparql?query=ASK%7B%7D&named-graph-uri=x", None, {}, 400, id="a graph that is no IRI"),
        pytest.param("GET", "/nothing", None, {}, 404, id="no such address"),
    ],
)
def test_bad_query(
    graphs: Service, method: str, path: str, body: str | bytes | None, headers: dict[str, str], status: int
) -> None:
    response = graphs.send(method, path, body, headers)
    assert response.status == status
    assert response.media_type == "text/plain"
    assert response.text.count("\n") == 1, "the reason is one line"
    if status == 405:
        assert {m.strip() for m in response.headers["allow"].split(",")} == {"GET", "HEAD", "OPTIONS", "POST"}
    if status == 415 and "charset" not in str(headers):
        assert response.headers["accept-post"] == "application/x-www-form-urlencoded, application/sparql-query"


# ---------------------------------------------------------------------------------------------------------------------
# Updates: 14 cases, none of which may get through

INSERT = "INSERT DATA { <http://example.org/x> <http://example.org/p> 1 }"
CLEAR = "CLEAR ALL"
REFUSED_UPDATES = [
    pytest.param("POST", "/sparql", urlencode({"update": INSERT}), FORM, id="post form"),
    pytest.param("POST", "/sparql", INSERT, UPDATE, id="post direct"),
    pytest.param("POST", f"/sparql?using-graph-uri={quote(A)}", CLEAR, UPDATE, id="default graph"),
    pytest.param(
        "POST", f"/sparql?using-graph-uri={quote(A)}&using-graph-uri={quote(B)}", CLEAR, UPDATE, id="default graphs"
    ),
    pytest.param("POST", f"/sparql?using-named-graph-uri={quote(A)}", CLEAR, UPDATE, id="named graph"),
    pytest.param(
        "POST",
        "/sparql",
        urlencode([("update", CLEAR), ("using-graph-uri", A), ("using-named-graph-uri", B)]),
        FORM,
        id="full dataset",
    ),
    pytest.param("POST", "/sparql", "BASE <http://example.org/> " + INSERT, UPDATE, id="base IRI"),
    pytest.param("GET", f"/sparql?{urlencode({'update': INSERT})}", None, {}, id="GET"),
    pytest.param("POST", "/sparql", urlencode([("update", CLEAR), ("update", CLEAR)]), FORM, id="two updates"),
    pytest.param("POST", "/sparql", INSERT, {"Content-Type": "text/plain"}, id="wrong media type"),
    pytest.param("POST", "/sparql", urlencode({"update": INSERT}), {}, id="missing type of a form"),
    pytest.param("POST", "/sparql", INSERT.encode("utf-16"), UPDATE, id="no UTF-8"),
    pytest.param("POST", "/sparql", "INSERT { }", UPDATE, id="bad syntax"),
    pytest.param(
        "POST",
        "/sparql",
        urlencode([("update", f"WITH <{A}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}"), ("using-graph-uri", B)]),
        FORM,
        id="conflicting datasets",
    ),
]
# Each form of update where a query is expected.
FORMS = (
    INSERT,
    "DELETE DATA { <http://example.org/a> <http://example.org/p> 'éa'@fr }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    f"WITH <{A}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}",
    f"LOAD <file:///etc/passwd> INTO GRAPH <{A}>",
    "LOAD SILENT <http://127.0.0.1:9/>",
    CLEAR,
    "CLEAR DEFAULT",
    "DROP ALL",
    f"DROP SILENT GRAPH <{A}>",
    "CREATE GRAPH <http://example.org/new>",
    f"COPY <{A}> TO <{B}>",
    f"MOVE <{A}> TO DEFAULT",
    f"ADD <{A}> TO <{B}>",
    "PREFIX e: <http://example.org/> INSERT DATA { e:x e:p 1 }",
    "ASK {} ; DROP ALL",
    "insert data { <http://example.org/x> <http://example.org/p> 1 }",
    "# ASK {}\nDROP ALL",
)


@pytest.fixture
def unchanged(graphs: Service) -> Iterator[None]:
    """The graph is after the test what it was before."""
    before = graphs.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples").body
    yield
    # Written otherwise, so that the answer is not one from memory.
    query = f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o }} # {id(object())}"
    assert graphs.ask(query, "application/n-triples").body == before
    assert before.count(b"\n") == 3


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(("method", "path", "body", "headers"), REFUSED_UPDATES)
def test_updates_are_refused(
    graphs: Service, method: str, path: str, body: str | None, headers: dict[str, str]
) -> None:
    assert 400 <= graphs.send(method, path, body, headers).status < 500


@pytest.mark.usefixtures("unchanged")
def test_updates_in_place_of_a_query_are_refused(graphs: Service) -> None:
    for update in FORMS:
        assert graphs.get("/sparql", query=update).status == 400, update
        assert graphs.send("POST", "/sparql", urlencode({"query": update}), FORM).status == 400, update
        assert graphs.send("POST", "/sparql", update, QUERY).status == 400, update


def test_number_of_cases() -> None:
    assert len(REFUSED_UPDATES) == 14


# ---------------------------------------------------------------------------------------------------------------------
# What clients also rely on


def test_all_formats_of_rows_hold_the_same_values(graphs: Service) -> None:
    query = "SELECT ?s ?o ?none { ?s ?p ?o } ORDER BY ?s"
    values = ["éa", "éb", "éc"]
    rows = json.loads(graphs.ask(query).body)
    assert rows["head"]["vars"] == ["s", "o", "none"]
    assert [row["o"] for row in rows["results"]["bindings"]] == [
        {"type": "literal", "value": value, "xml:lang": "fr"} for value in values
    ]
    xml = ElementTree.fromstring(graphs.ask(query, "application/sparql-results+xml").body)
    assert [node.text for node in xml.iter(f"{SPARQL_RESULTS}literal")] == values
    text = graphs.ask(query, "text/csv").text
    assert [row["o"] for row in csv.DictReader(io.StringIO(text))] == values and text.endswith("\r\n")
    tsv = graphs.ask(query, "text/tab-separated-values").text.splitlines()
    assert tsv == ["?s\t?o\t?none", *(f'<http://example.org/{v[-1]}>\t"{v}"@fr\t' for v in values)]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_all_formats_of_graphs_hold_the_same_triples(graphs: Service, accept: str, kind: str) -> None:
    response = graphs.ask("CONSTRUCT WHERE { ?s ?p ?o }", accept)
    parsed = rdflib.Graph().parse(data=response.body, format=kind)
    assert {(str(s)[-1], str(o), o.language) for s, _, o in parsed if isinstance(o, rdflib.Literal)} == {
        (n, f"é{n}", "fr") for n in "abc"
    }
    assert response.headers["migkg-triples"] == "3"


@pytest.mark.parametrize(
    ("query", "accept"), [(q, a) for q in (ALL, "SELECT ?none { ?s ?p ?o }") for a in ("json", "xml", "csv", "tsv")]
)
def test_the_number_of_rows_is_said(graphs: Service, query: str, accept: str) -> None:
    assert graphs.get("/sparql", query=query, format=accept).headers["migkg-rows"] == "3"


def test_head_says_what_get_would(graphs: Service) -> None:
    path = "/sparql?query=ASK%20%7B%7D"
    get, head = graphs.send("GET", path), graphs.send("HEAD", path)
    assert head.status == 200 and head.body == b""
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.headers[name] == get.headers[name]


def test_options_say_what_can_be_done(graphs: Service) -> None:
    response = graphs.send("OPTIONS", "/sparql")
    assert response.status == 204
    assert {m.strip() for m in response.headers["allow"].split(",")} == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "access-control-allow-origin" not in response.headers


def test_an_answer_that_the_client_has_is_not_sent_again(graphs: Service) -> None:
    path = "/sparql?query=ASK%20%7B%7D"
    tag = graphs.send("GET", path).headers["etag"]
    again = graphs.send("GET", path, headers={"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")
    other = graphs.send("GET", path, headers={"If-None-Match": tag, "Accept": "application/sparql-results+xml"})
    assert other.status == 200 and other.headers["etag"] != tag


@pytest.mark.parametrize("headers", [{**QUERY, "Content-Type": "application/sparql-query; charset=UTF-8"}, QUERY])
def test_a_query_of_any_script(graphs: Service, headers: dict[str, str]) -> None:
    response = graphs.send("POST", "/sparql", "SELECT ('Ελλάδα 移民' AS ?x) {}", headers)
    assert json.loads(response.body)["results"]["bindings"][0]["x"]["value"] == "Ελλάδα 移民"


def test_control_characters_are_no_broken_xml(graphs: Service) -> None:
    response = graphs.ask("SELECT ('a\x01b' AS ?x) {}", "application/sparql-results+xml")
    assert response.status == 400 and "JSON" in response.text


@pytest.mark.parametrize(
    ("accept", "kind"), [("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")]
)
def test_the_service_describes_itself(graphs: Service, accept: str, kind: str) -> None:
    response = graphs.get("/sparql", accept)
    assert (response.status, response.media_type) == (200, accept)
    description = rdflib.Graph().parse(data=response.body, format=kind)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    endpoint = rdflib.URIRef(f"{graphs.address}sparql")
    assert (endpoint, sd.endpoint, endpoint) in description
    assert (endpoint, sd.supportedLanguage, sd.SPARQL11Query) in description
    assert (endpoint, sd.feature, sd.UnionDefaultGraph) in description
    assert list(description.objects(endpoint, sd.defaultDataset))
    assert len(list(description.objects(endpoint, sd.resultFormat))) == 8
    dataset = next(description.objects(endpoint, sd.defaultDataset))
    parts = list(description.objects(dataset, sd.namedGraph))
    assert all((part, rdflib.RDF.type, sd.NamedGraph) in description for part in parts)
    asked = json.loads(graphs.ask(description_module._LIST, "application/sparql-results+json").body)
    listed = [row["graph"]["value"] for row in asked["results"]["bindings"]]
    assert sorted(str(description.value(part, sd.name)) for part in parts) == listed != []


def test_of_very_many_graphs_the_description_says_where_they_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path / "store")
    for name in ("http://e/1", "http://e/2"):
        store.replace_graph(name, [f"<http://e/a> <http://e/p> <http://e/b> <{name}> ."])
    monkeypatch.setattr(description_module, "MAX_GRAPHS", 1)
    lines = description_module.describe_service(store, "http://localhost:1/")
    assert not [line for line in lines if "#namedGraph>" in line]
    assert sum('"2 ' in line for line in lines) == 3
    address = next(line.split()[2][1:-1] for line in lines if "#seeAlso>" in line)
    answer = store.query(parse_qs(urlsplit(address).query)["query"][0])
    assert isinstance(answer, Rows) and [row[0].value for row in answer.rows if row[0]] == ["http://e/1", "http://e/2"]
    store.close()


def test_a_browser_at_the_query_address_is_sent_to_the_page(graphs: Service) -> None:
    response = graphs.get("/sparql", "text/html,application/xhtml+xml,*/*;q=0.8")
    assert (response.status, response.headers["location"]) == (303, "./")


def test_the_graph_is_described_in_void(graphs: Service) -> None:
    response = graphs.get("/.well-known/void", "text/turtle")
    description = rdflib.Graph().parse(data=response.body, format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    dataset = next(description.subjects(void.sparqlEndpoint, rdflib.URIRef(f"{graphs.address}sparql")))
    assert description.value(dataset, void.triples) == rdflib.Literal(3)
    dumps = sorted(str(dump) for dump in description.objects(dataset, void.dataDump))
    assert dumps == sorted(f"{graphs.address}graph.{suffix}" for suffix in ("ttl", "nt", "nq", "trig", "jsonld"))
    for dump in dumps:
        assert graphs.send("HEAD", dump.removeprefix(graphs.address[:-1])).status == 200
