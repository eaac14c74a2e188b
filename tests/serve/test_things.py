"""Linked data: every address of the graph leads to a page and to data; whatever a text holds stays text."""

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
import rdflib

from migkg.lines import write_literal
from migkg.rdf.namespaces import DCTERMS, ENTITIES_GRAPH, ID, MG, RDF, RDFS, SCHEMA, SKOS
from migkg.store import open_store
from serve.conftest import check_alive
from support.browsing import Browser, open_chromium
from support.service import Service, serving

JAPAN = f"{ID}government/JPN"


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html", "doc"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "doc"),
        ("text/turtle", "data"),
        ("application/ld+json", "data"),
        ("application/rdf+xml", "data"),
        ("application/n-triples", "data"),
        ("text/html;q=0.5, text/turtle", "data"),
        ("image/png", None),
    ],
)
def test_a_thing_is_no_document(service: Service, accept: str, target: str | None) -> None:
    response = service.get("/id/government/JPN", accept)
    if target is None:
        assert response.status == 406
        return
    assert response.status == 303
    with_language = service.get("/id/government/JPN", accept, lang="fr").headers["location"]
    assert with_language == f"{response.headers['location']}?lang=fr"
    assert response.headers["vary"] == "Accept"
    place = urljoin("/id/government/JPN", response.headers["location"])
    assert place == f"/{target}/government/JPN"
    found = service.get(place, accept)
    assert found.status == 200 and found.media_type in accept


def test_every_address_of_the_graph_has_a_page_and_data(service: Service) -> None:
    """Subjects, objects and graph names under the project's own namespace, all of them."""
    graph = rdflib.Dataset().parse(data=service.get("/graph.nq").body, format="nquads")
    names = {str(term) for quad in graph.quads() for term in quad if isinstance(term, rdflib.URIRef)}
    own = sorted(name for name in names if name.startswith(ID))
    assert len(own) > 500
    # names of graphs too, of which one says nothing of itself
    for name in {*own[:: max(1, len(own) // 150)], ENTITIES_GRAPH}:
        place = quote(name.removeprefix(ID), safe="/:")
        assert service.get(f"/doc/{place}").status == 200, name
        assert service.get(f"/data/{place}", "application/n-triples").body.count(f"<{name}>".encode()), name


@pytest.mark.parametrize(
    ("language", "name", "relation", "kind"),
    [
        ("en", "Government of Japan", "funds", "Government"),
        ("fr", "Gouvernement du Japon", "finance", "Gouvernement"),
        ("es", "Gobierno del Japón", "financia", "Gobierno"),
    ],
)
def test_the_page_of_a_thing(service: Service, language: str, name: str, relation: str, kind: str) -> None:
    for page in (
        service.get("/doc/government/JPN", lang=language),
        service.send("GET", "/doc/government/JPN", headers={"Accept-Language": f"{language}-XX,de;q=0.5"}),
    ):
        assert page.media_type == "text/html"
        assert f'<html lang="{language}">' in page.text
        assert f"<h1>{name}</h1>" in page.text
        assert f'<p class="types">{kind}</p>' in page.text
        assert f'<span class="relation">{relation}</span>' in page.text
        assert all(
            other in page.text for other in ("Government of Japan", "Gouvernement du Japon", "Gobierno del Japón")
        )
        assert "220 million Japanese yen" in page.text
        assert '<a href="../../doc/source/' in page.text


@pytest.mark.parametrize(("language", "kind"), [("en", "funding"), ("fr", "financement"), ("es", "financiación")])
def test_a_thing_without_a_name_is_called_by_its_kind(service: Service, language: str, kind: str) -> None:
    page = service.get("/doc/government/JPN", lang=language).text
    found = re.search(rf'<a href="../../doc/funding/([0-9a-f]+)">{kind} \1</a>', page)
    assert found
    assert f"<h1>{kind} {found[1]}</h1>" in service.get(f"/doc/funding/{found[1]}", lang=language).text


def test_pages_lead_to_pages(service: Service) -> None:
    """All links of a page lead somewhere."""
    page = service.get("/doc/government/JPN").text
    links = {urljoin("/doc/government/JPN", html.unescape(link)) for link in re.findall(r'href="([^"]+)"', page)}
    inner = sorted(link for link in links if link.startswith("/"))
    assert len(inner) > 10
    assert {service.get(link).status for link in inner if "?" not in link} == {200}
    assert {service.send("GET", link).status for link in inner if "?" in link} == {200}


@pytest.mark.parametrize("kind", ["turtle", "nt", "json-ld", "xml"])
def test_the_data_of_a_thing(service: Service, kind: str) -> None:
    data = rdflib.Graph().parse(data=service.get("/data/government/JPN", format=kind).body, format=kind)
    japan = rdflib.URIRef(JAPAN)
    assert len(set(data.objects(japan, rdflib.URIRef(f"{MG}funds")))) > 1
    claims = set(data.subjects(rdflib.RDF.subject, japan))
    assert claims and all(data.value(claim, rdflib.URIRef(f"{MG}quote")) for claim in claims)
    assert data.value(japan, rdflib.SKOS.prefLabel)


@pytest.mark.parametrize("where", ["id", "doc", "data"])
@pytest.mark.parametrize("path", ["nothing", "", "government/XXX", "a%20b", "%3Cscript%3E", "%00", "..%2fetc", "é"])
def test_an_unknown_thing(service: Service, where: str, path: str) -> None:
    response = service.get(f"/{where}/{quote(path, safe='%/')}")
    if where == "id":
        assert response.status == 303
        assert not response.headers["location"].startswith(("http", "//"))
        return
    assert response.status == 404
    assert response.media_type == "text/plain"


def test_id_redirects_stay_here(service: Service) -> None:
    """An address in the path must not become the address of the redirect."""
    for path in ("//evil.example/", "/evil.example", "%2f%2fevil.example", "https://evil.example/"):
        response = service.get(f"/id/{path}", "text/html")
        assert response.status == 303
        assert urljoin("http://here/id/" + path, response.headers["location"]).startswith("http://here/doc/")


@pytest.mark.parametrize(
    ("suffix", "kind", "media_type"),
    [
        ("ttl", "turtle", "text/turtle"),
        ("nt", "nt", "application/n-triples"),
        ("nq", "nquads", "application/n-quads"),
        ("trig", "trig", "application/trig"),
        ("jsonld", "json-ld", "application/ld+json"),
    ],
)
def test_downloads_hold_the_whole_graph(service: Service, suffix: str, kind: str, media_type: str) -> None:
    response = service.get(f"/graph.{suffix}")
    assert (response.status, response.media_type) == (200, media_type)
    assert int(response.headers["content-length"]) == len(response.body)
    parsed = rdflib.Dataset(default_union=True).parse(data=response.body, format=kind)
    triples = {(s, p, o) for s, p, o, _ in parsed.quads()}
    assert len(triples) == json.loads(service.get("/summary.json").body)["triples"]
    again = service.send("GET", f"/graph.{suffix}", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status, again.body) == (304, b"")


def test_the_ontology_is_served(service: Service) -> None:
    response = service.get("/ont")
    assert len(rdflib.Graph().parse(data=response.body, format="turtle")) > 100


# ---------------------------------------------------------------------------------------------------------------------
# Texts that want to be markup, and addresses that want to be scripts

_EVIL = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</dd></dl><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><svg onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>*{background:url(https://evil.example/)}</style>",
    "<link rel=stylesheet href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example/><button>x</button></form>",
    "<!--<script>alert(1)//-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{{ 7*7 }} {% raw %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "\u2028<script>alert(1)</script>\u2029",
    "\u202e<script>alert(1)</script>",
    'x" onmouseover="alert(1)',
    "x' onfocus='alert(1)' autofocus='",
    "<svg><script xlink:href=https://evil.example/></svg>",
]
_ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/",
    'https://e.example/"><script>alert(1)</script>',
    "http:evil",
    " https://e.example/",
    "https://[broken",
]
_FORMULAS = [
    f"{start}{rest} budget"
    for start in ("=", "+", "-", "@", "\t=", "\r=")
    for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("https://evil.example/")', "SUM(A1:A9)", "-2")
]
_PLACES = (f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{RDFS}label", f"{DCTERMS}title")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A graph in which every text is an attack."""
    folder = tmp_path_factory.mktemp("hostile") / "store"
    source, lines = f"{ID}source/s", []

    def say(subject: str, predicate: str, value: str) -> None:
        lines.append(f"<{subject}> <{predicate}> {value} <{source}> .")

    for i, text in enumerate(_EVIL):
        thing, claim = f"{ID}programme/p-{i}", f"{ID}claim/c-{i}"
        say(thing, f"{RDF}type", f"<{MG}Programme>")
        for place in _PLACES:
            say(thing, place, write_literal(text, "en"))
        say(thing, f"{MG}country", write_literal(text))
        say(f"{ID}org/funder", f"{MG}funds", f"<{thing}>")
        for part, value in (("subject", f"{ID}org/funder"), ("predicate", f"{MG}funds"), ("object", thing)):
            say(claim, f"{RDF}{part}", f"<{value}>")
        say(claim, f"{MG}quote", write_literal(text))
        say(claim, f"{MG}source", f"<{source}>")
        say(claim, f"{MG}status", f"<{ID}status/stated>")
    say(source, f"{RDF}type", f"<{MG}Source>")
    say(source, f"{DCTERMS}title", write_literal(_EVIL[0], "en"))
    say(source, f"{DCTERMS}issued", write_literal(_EVIL[3]))
    for i, text in enumerate(_FORMULAS):
        say(f"{ID}programme/f-{i}", f"{RDF}type", f"<{MG}Programme>")
        say(f"{ID}programme/f-{i}", f"{SKOS}prefLabel", write_literal(text, "en"))
    for text in _ADDRESSES:
        say(source, f"{SCHEMA}url", write_literal(text))
    store = open_store(folder)
    store.replace_graph(source, lines)
    store.close()
    with serving(folder, "--workers", "1") as running:
        yield running


class _Reader(HTMLParser):
    """What a browser would make of a page: its elements, their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


_ELEMENTS = {"html", "head", "meta", "title", "link", "body", "header", "nav", "a", "h1", "p", "main", "section"}
_ELEMENTS |= {"h2", "dl", "dt", "dd", "small", "code", "ul", "li", "span", "blockquote", "footer", "b", "time"}
_ATTRIBUTES = {"lang", "charset", "name", "content", "rel", "type", "href", "hreflang", "class"}


_PAGES = [*(f"programme/p-{i}" for i in range(len(_EVIL))), "org/funder", "source/s", "claim/c-0"]


@pytest.mark.parametrize("path", _PAGES)
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_texts_stay_texts(hostile: Service, path: str, language: str) -> None:
    page = hostile.get(f"/doc/{path}", lang=language)
    assert page.status == 200
    reader = _Reader()
    reader.feed(page.text)
    assert reader.elements <= _ELEMENTS
    assert {name for name, _ in reader.attributes} <= _ATTRIBUTES
    for name, value in reader.attributes:
        if name == "href":
            assert re.match(r"(?:\.\./)+|\?|https://e\.example/", value), value
    if path.startswith("programme"):
        assert _EVIL[int(path.rpartition("-")[2])] in reader.text
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_spreadsheets_run_nothing(hostile: Service) -> None:
    """The CSV of a question is for spreadsheets: no cell begins like a formula. That of the protocol is exact."""
    assert len(_FORMULAS) == 30
    table = hostile.get("/questions/find", text="budget", format="csv").text
    names = [row["thingName"] for row in csv.DictReader(io.StringIO(table, newline=""))]
    assert sorted(names) == sorted(f"'{text}" for text in _FORMULAS)
    query = f'SELECT ?name {{ ?s <{SKOS}prefLabel> ?name FILTER(STRENDS(?name, " budget")) }}'
    exact = hostile.get("/sparql", query=query, format="csv").body.decode()
    assert sorted(row[0] for row in list(csv.reader(io.StringIO(exact, newline="")))[1:]) == sorted(_FORMULAS)


@pytest.mark.browser
def test_no_text_runs_in_a_browser(hostile: Service, tmp_path: Path) -> None:
    """Nothing of the graph is run, nothing but our own files is asked for, and the browser has no complaint."""
    browser = Browser(open_chromium(tmp_path))
    try:
        for path in _PAGES:
            browser.visit(f"{hostile.address}doc/{path}?lang=fr", "document.readyState === 'complete'")
            assert browser.run("return window.__pwn") is None
            assert browser.run("return document.querySelectorAll('script, iframe, svg, img, form, style').length") == 0
            assert browser.errors() == [] and browser.console() == []
            assert {url.removeprefix(hostile.address) for url in browser.requests()} <= {"record.css", "page/icon.svg"}
    finally:
        browser.driver.quit()


@pytest.mark.parametrize("kind", ["json", "xml", "csv", "tsv"])
def test_results_are_never_taken_for_pages(hostile: Service, kind: str) -> None:
    response = hostile.get("/sparql", query="SELECT * { ?s ?p ?o }", format=kind)
    assert response.status == 200 and response.media_type != "text/html"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_errors_do_not_repeat_markup_as_markup(hostile: Service) -> None:
    for path in (
        "/<script>",
        "/doc/<script>",
        "/questions/<script>",
        "/sparql?query=<script>",
        "/evidence?subject=<script>",
    ):
        response = hostile.send("GET", quote(path, safe="/?="))
        assert response.status in {400, 404}
        assert response.media_type == "text/plain"


# ---------------------------------------------------------------------------------------------------------------------
# Parameters that want to be part of the query

_QUOTES = ['"', "'", '"""', "\\", "\\\\"]
_BITS = [*_QUOTES, "}", "{", ")", "#", "\n", "\r\n", "\t", ">", "<", "?x", "$lang", "@en", "^^", ";", "."]
_TAILS = [
    "",
    " } DROP ALL #",
    " . ?s ?p ?o",
    " UNION { ?s ?p ?o }",
    "\\u0022 } #",
    "' } SERVICE <http://127.0.0.1/> { } #",
]


@pytest.mark.parametrize("tail", _TAILS)
def test_parameters_stay_values(service: Service, tail: str) -> None:
    """A text is looked for as it stands: no attack finds anything, since no name holds it."""
    nothing = json.loads(service.get("/questions/find", text="zzzz nothing is called so").body)
    for first in _BITS:
        for second in ("", *_QUOTES[:3]):
            text = f"zzzz{first}{second}{tail}"
            response = service.get("/questions/find", text=text)
            assert response.status == 200, (text, response.text)
            assert json.loads(response.body)["results"] == nothing["results"]


@pytest.mark.parametrize("name", ["country", "lang"])
def test_parameters_of_other_kinds_are_checked(service: Service, name: str) -> None:
    for bit in _BITS:
        values = {"country": "MRT", "lang": "en"} | {name: f"MRT{bit} }}"}
        assert service.get("/questions/funders-of", **values).status == 400
    check_alive(service)
