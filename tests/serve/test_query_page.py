"""The page in one file: it answers as the service does, keeps to itself, and cannot be broken by what is in it."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from migkg.cli import cli
from migkg.errors import DataFileError, MigkgError, ServiceRefusal
from migkg.query.catalogue import load_catalogue
from migkg.rdf.namespaces import ID
from migkg.serve.jobs import Context, answer
from migkg.serve.messages import Job
from migkg.serve.query_page.modules import join_modules
from migkg.serve.query_page.page import render_query_page
from migkg.store import open_store
from migkg.store.folder import FolderStore
from migkg.store.results import Limits
from support.browsing import Browser, open_chromium
from support.hostile import EVERYTHING, HOSTILE, HOSTILE_QUERIES, hostile_lines

SAID = """document.querySelector('#results .view')?.children.length
  || document.querySelector('#results p.error, #results .nothing, #results .yes-no')"""
# A value for every parameter that has to have one.
VALUES = {
    "country": "MRT",
    "donor": "government:JPN",
    "organisation": "org:iom",
    "subject": "org:iom",
    "thing": "org:iom",
}
VALUES |= {"text": "Organización", "theme": "iom:border-management", "year": "2015", "process": "process:colombo"}
FOREVER = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STRLEN(STR(?c)) > STRLEN(STR(?l))) }"
)


class Page(Browser):
    """A page that was opened once; what is asked next is told by the part of its address after #."""

    def ask(self, **link: str) -> None:
        """Ask something else and wait for what comes."""
        self.run("document.querySelector('#results').replaceChildren(); history.replaceState(null, '', '#')")
        self.run("location.hash = arguments[0]", urlencode({"ui": "en", **link}))
        self.wait(SAID)

    def shown(self) -> str:
        return str(self.run("return document.querySelector('#results').textContent"))

    def download(self, kind: str) -> str:
        """What the button of a format gives."""
        return str(self.driver.execute_async_script(DOWNLOAD, f"#results [data-format={kind}]"))

    def quiet(self) -> None:
        """Nothing went wrong, nothing ran that should not, and nothing was asked of anybody."""
        assert self.run("return window.__pwn ?? null") is None
        assert self.errors() == []
        assert self.console() == []
        assert [url for url in self.requests() if not url.startswith("blob:null/")] == []


DOWNLOAD = """const done = arguments[1], make = URL.createObjectURL, press = HTMLAnchorElement.prototype.click;
  let blob = null;
  URL.createObjectURL = (what) => ((blob = what), make.call(URL, what));
  HTMLAnchorElement.prototype.click = function () {
    [URL.createObjectURL, HTMLAnchorElement.prototype.click] = [make, press];
    blob.text().then(done);
  };
  document.querySelector(arguments[0]).dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));"""


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    driver = open_chromium(tmp_path_factory.mktemp("window"))
    offline = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def context(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """What a worker of the service answers from."""
    store = open_store(sample_store, read_only=True)
    yield Context(store, Limits(64 * 1024 * 1024, 500_000), tmp_path_factory.mktemp("spool"))
    store.close()


@pytest.fixture(scope="module")
def written(context: Context, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "query.html"
    path.write_text(render_query_page(context.store), encoding="utf-8")
    return path


@pytest.fixture
def page(driver: Any, written: Path) -> Page:
    """The page over the samples, opened again only where a test has opened another one."""
    page = Page(driver)
    if not driver.current_url.startswith(written.as_uri()):
        page.visit(written.as_uri() + "#ui=en")
    return page


def at_the_service(context: Context, **job: Any) -> str:
    """The answer of the service, or the line with which it refuses."""
    asked: Job = {"accept": "text/csv", "lang": "en", **job}
    try:
        return answer(context, asked).body.decode()
    except (ServiceRefusal, MigkgError) as refusal:
        return str(refusal)


def given(name: str) -> dict[str, str]:
    return {p.name: VALUES[p.name] for p in load_catalogue()[name].parameters if p.required}


@pytest.mark.browser
@pytest.mark.parametrize("name", load_catalogue())
def test_every_question_is_answered_as_at_the_service(page: Page, context: Context, name: str) -> None:
    parameters = given(name)
    page.ask(q=name, **{f"p.{key}": value for key, value in parameters.items()})
    triples = re.search(r"^CONSTRUCT", load_catalogue()[name].text, re.MULTILINE)
    kind, accept = ("nt", "application/n-triples") if triples else ("csv", "text/csv")
    wanted = at_the_service(context, do="question", name=name, parameters=parameters, accept=accept)
    if not triples and wanted.count("\n") == 1:
        assert "Nothing found" in page.shown()
    else:
        got = page.download(kind)
        # Where a question leaves the order of equal rows open, the engine may choose.
        assert got.split("\n")[0] == wanted.split("\n")[0]
        assert sorted(got.split("\n")) == sorted(wanted.split("\n"))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "values"),
    [
        pytest.param("funders-of", {"country": "Mauritanie"}, id="a country by its French name"),
        pytest.param("funders-of", {"country": "mauritania"}, id="by its folded English name"),
        pytest.param("funders-of", {"country": "MR"}, id="by its short code"),
        pytest.param("funders-of", {"country": "Nowhere"}, id="no country"),
        pytest.param("recipients-of", {"donor": "Government of Japan"}, id="a donor by name"),
        pytest.param("recipients-of", {"donor": f"{ID}government/JPN"}, id="by its IRI"),
        pytest.param("recipients-of", {"donor": "javascript:alert(1)>"}, id="what would leave an IRI"),
        pytest.param("on-theme", {"theme": "gestión de fronteras"}, id="a theme by its Spanish name"),
        pytest.param("on-theme", {"theme": "nothing of the kind"}, id="no theme"),
        pytest.param("partners-over-time", {"organisation": "OIM", "year": "15"}, id="half a year"),
        pytest.param("find", {"text": 'a" } SERVICE <http://x> {} "\\u0022'}, id="a text that tries to be syntax"),
        pytest.param("find", {"text": "l’or"}, id="an apostrophe"),
    ],
)
def test_values_mean_what_they_mean_at_the_service(
    page: Page, context: Context, name: str, values: Mapping[str, str]
) -> None:
    page.ask(q=name, **{f"p.{key}": value for key, value in values.items()})
    wanted = at_the_service(context, do="question", name=name, parameters=values)
    if "\r\n" not in wanted:
        assert page.run("return document.querySelector('#results .error').textContent")[:30] == wanted[:30]
    elif wanted.count("\n") == 1:
        assert "Nothing found" in page.shown()
    else:
        assert sorted(page.download("csv").split("\r\n")) == sorted(wanted.split("\r\n"))


@pytest.mark.browser
@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", id="service"),
        pytest.param("SELECT *\n{ ?s ?p 1 .SERVICE<http://e/>{} }", id="no space, second line"),
        pytest.param("SELECT * { e:a\\# SERVICE <http://e/> {} }", id="a name that ends in an escaped hash"),
        pytest.param("SELECT * { ?s ?p 'x\\u0027 } SERVICE ?x {} #' }", id="escaped quote"),
        pytest.param("INSERT DATA { <http://e/a> <http://e/b> 1 }", id="update"),
        pytest.param("PREFIX e: <http://e/> DELETE WHERE { ?s ?p ?o }", id="update after a prefix"),
        pytest.param("LOAD <http://127.0.0.1/>", id="load"),
        pytest.param("CLEAR ALL", id="clear"),
        pytest.param("SELECT * {" + "{" * 64 + "}" * 65, id="nested"),
        pytest.param("SELECT * {" + "OPTIONAL{?s ?p ?o}" * 600 + "}", id="many groups"),
        pytest.param("SELECT * {\n ?s ?p }", id="a mistake in the second line"),
        pytest.param("SELECT * { ?s ?p ?o", id="no end"),
    ],
)
def test_what_the_service_refuses_is_refused_in_the_same_words(page: Page, context: Context, query: str) -> None:
    page.ask(sparql=query)
    said = page.run("return document.querySelector('#results .error').textContent")
    assert said == at_the_service(context, do="query", query=query)


@pytest.mark.browser
@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT (1-0-1 AS ?x) (8/2/2 AS ?y) (8/2*2 AS ?z) {}", id="numbers without spaces"),
        pytest.param("SELECT (10 - 2*3*4/2/2 - 1 + 5 AS ?x) {}", id="sums of products"),
        pytest.param("SELECT (-1-2-3 AS ?x) (1 - -2 - -3 AS ?y) {}", id="signs"),
        pytest.param("SELECT ?x { VALUES ?a {5} BIND(STRLEN(STR(?a))-1-1 - -2 AS ?x) }", id="after a function"),
        pytest.param("SELECT ?x { VALUES ?x {5} FILTER(?x-1-1<4&&?x>2) }", id="less than, no IRI"),
        pytest.param("SELECT (SUM(DISTINCT ?a-1-?b) AS ?x) { VALUES (?a ?b) {(9 1) (8 2)} }", id="in an aggregate"),
        pytest.param("SELECT ?x { VALUES ?x {1 2 3} } ORDER BY (1-1-?x)", id="in the order"),
        pytest.param("SELECT (IF(1-1-1 < 0, 3-2-1, 9) AS ?x) { FILTER EXISTS { FILTER(3-2-1 = 0) } }", id="nested"),
        pytest.param("SELECT (STRLEN('a - b - c(') - 1 - 1 AS ?x) {} # a - b - c (", id="not in texts and comments"),
    ],
)
def test_sums_are_read_from_the_left_as_at_the_service(page: Page, context: Context, query: str) -> None:
    """The engine in the file reads them from the right unless it is helped."""
    page.ask(sparql=query)
    assert page.download("csv") == at_the_service(context, do="query", query=query)


@pytest.mark.browser
def test_paths_are_no_sums(page: Page, context: Context) -> None:
    mg = "https://w3id.org/migkg/ont#"
    query = f"SELECT DISTINCT ?y {{ ?x (<{mg}funds>|^<{mg}funds>)/<{mg}partOf>*/<{mg}country> ?y }} ORDER BY ?y"
    page.ask(sparql=query)
    assert page.download("csv") == at_the_service(context, do="query", query=query)


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["ttl", "nt", "jsonld"])
def test_triples_are_a_graph_and_files(page: Page, context: Context, kind: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o ; ?q ?r } WHERE { ?s a mg:Programme ; ?p ?o . ?s ?q ?r }"
    query = f"PREFIX mg: <https://w3id.org/migkg/ont#> {query}"
    page.ask(sparql=query, view="network")
    page.wait("document.querySelector('#results .stage')?.dataset.drawn")
    formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
    got = {str(quad.triple) for quad in ox.parse(page.download(kind).encode(), formats[kind])}
    wanted = at_the_service(context, do="query", query=query, accept="application/n-triples")
    assert got == {line.removesuffix(" .") for line in wanted.splitlines()}


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["ttl", "nq", "jsonld"])
def test_the_whole_graph_can_be_taken_out(page: Page, context: Context, kind: str) -> None:
    page.run("location.hash = 'ui=en'")
    page.wait("document.querySelector('.elsewhere')")
    place = {"ttl": 1, "nq": 2, "jsonld": 3}[kind]
    got = str(page.driver.execute_async_script(DOWNLOAD, f".elsewhere a:nth-of-type({place})"))
    lines = set(context.store.dump())
    if kind == "nq":
        assert set(got.splitlines()) == lines
    else:
        form = ox.RdfFormat.TURTLE if kind == "ttl" else ox.RdfFormat.JSON_LD
        triples = {str(quad.triple) for quad in ox.parse("\n".join(lines).encode(), ox.RdfFormat.N_QUADS)}
        assert {str(quad.triple) for quad in ox.parse(got.encode(), form)} == triples


@pytest.mark.browser
def test_a_row_leads_to_the_same_sentences_as_at_the_service(page: Page, context: Context) -> None:
    page.ask(q="funders-of", **{"p.country": "MRT"})
    page.run("document.querySelector('#results .evidence').click()")
    page.wait("document.querySelector('#evidence blockquote')")
    ends = page.run("return [...document.querySelectorAll('#evidence .end')].map((a) => a.href)")
    subject, object_ = (unquote(re.findall(r"DESCRIBE\+%3C(.+)%3E", end)[0]) for end in ends)
    job = {"do": "evidence", "subject": subject, "predicate": f"{ID[:-3]}ont#funds", "object": object_}
    claims = json.loads(at_the_service(context, **job))["claims"]
    quotes = page.run("return [...document.querySelectorAll('#evidence blockquote')].map((q) => q.textContent)")
    assert quotes == [claim["quote"] for claim in claims] != []


@pytest.mark.browser
def test_a_thing_leads_to_what_the_graph_says_of_it_inside_the_page(page: Page) -> None:
    page.ask(q="funders-of", **{"p.country": "MRT"})
    page.run("document.querySelector('#results td a').click()")
    page.wait("document.querySelector('#tab-sparql').getAttribute('aria-selected') === 'true'")
    page.wait("document.querySelector('#results [data-view=turtle]')")
    page.run("document.querySelector('#results [data-view=turtle]').click()")
    page.wait("document.querySelector('#results pre')")
    assert "skos:prefLabel" in page.shown()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_page_speaks_three_languages_and_asks_nobody(page: Page, written: Path, language: str) -> None:
    page.visit(f"{written.as_uri()}#ui={language}")
    assert page.run("return document.documentElement.lang") == language
    notes = {"en": "nothing is sent", "fr": "rien n’est envoyé", "es": "no se envía nada"}
    assert notes[language] in page.run("return document.querySelector('#sparql').textContent")
    page.ask(ui=language, q="hosts-and-funders", view="map")
    assert page.run("return document.querySelectorAll('#results svg.world path').length") > 150
    page.quiet()


@pytest.mark.browser
def test_the_policy_stops_what_a_text_might_try(page: Page) -> None:
    tried = """const script = document.createElement("script"); script.textContent = "window.__pwn = 1";
      document.body.append(script); const image = new Image(); image.src = "https://example.org/x.png";
      const kindOf = (act) => { try { return String(act()) } catch (error) { return error.name } };
      const worker = kindOf(() => new Worker("https://example.org/w.js"));
      const done = arguments[0], told = (e) => done([window.__pwn ?? null, worker, e.name]);
      fetch("https://example.org/").then(() => done("fetched"), told);"""
    assert page.driver.execute_async_script(tried) == [None, "SecurityError", "TypeError"]
    page.visit(page.driver.current_url)  # what was tried counts as an error of the page


@pytest.mark.browser
def test_a_long_query_is_stopped_and_the_next_one_answered(page: Page) -> None:
    page.run("location.hash = arguments[0]", urlencode({"ui": "en", "sparql": FOREVER}))
    page.wait("document.querySelector('#results .waiting button')")
    page.run("document.querySelector('#results .waiting button').click()")
    page.wait("!document.querySelector('#results .waiting')")
    page.ask(sparql="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert page.run("return document.querySelectorAll('#results .view').length") == 1


@pytest.mark.browser
def test_a_query_that_takes_too_long_is_ended(driver: Any, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "hasty.html"
    path.write_text(render_query_page(context.store, seconds=0.4), encoding="utf-8")
    page = Page(driver)
    page.visit(path.as_uri() + "#ui=fr")
    page.ask(ui="fr", sparql=FOREVER)
    assert page.shown() == "La requête a pris plus de 0.4 secondes et a été arrêtée."
    page.ask(ui="fr", sparql="ASK { ?s ?p ?o }")
    assert page.shown() == "Oui"
    page.quiet()


@pytest.mark.browser
def test_a_query_that_breaks_the_engine_is_said_and_the_next_one_answered(page: Page) -> None:
    """Two thousand terms in a sum: the guard lets them pass, and they run the engine out of its stack."""
    page.ask(sparql=f"SELECT ({'+'.join(['1'] * 2000)} AS ?x) {{}}")
    assert "more memory or more nesting than the browser gives" in page.shown()
    page.ask(sparql="ASK { ?s ?p ?o }")
    assert page.shown() == "Yes"


@pytest.mark.browser
def test_a_browser_that_cannot_run_the_engine_says_so(driver: Any, written: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.html"
    text = written.read_text(encoding="utf-8")
    broken = re.sub(r'(<script type="text/plain" id="engine">)[^<]+', r"\1AAAA", text)
    path.write_text(broken, encoding="utf-8")
    page = Page(driver)
    page.visit(path.as_uri() + "#ui=es")
    page.ask(ui="es", q="funders-of", **{"p.country": "MRT"})
    assert "no funciona en este navegador" in page.shown()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page over a graph whose every text tries to run."""
    folder = tmp_path_factory.mktemp("hostile")
    store = FolderStore(folder, read_only=False)
    try:
        store.replace_graph(f"{ID}source/bad", hostile_lines([text[:5000] for text in HOSTILE.values()]))
        (folder / "page.html").write_text(render_query_page(store), encoding="utf-8")
    finally:
        store.close()
    return folder / "page.html"


@pytest.mark.browser
@pytest.mark.parametrize("asked", HOSTILE_QUERIES)
def test_no_text_of_the_graph_runs(driver: Any, hostile: Path, asked: str) -> None:
    page = Page(driver)
    page.visit(f"{hostile.as_uri()}#{urlencode({'ui': 'en', **HOSTILE_QUERIES[asked]})}")
    page.wait(SAID)
    addresses = page.driver.execute_async_script(EVERYTHING)
    assert page.run("return document.querySelectorAll('#results *').length") > 20
    inside = hostile.as_uri() + "#"
    assert [address for address in addresses if not address.startswith(("http://", "https://", inside))] == []
    page.quiet()


def test_the_same_graph_gives_the_same_bytes(context: Context, written: Path) -> None:
    assert render_query_page(context.store).encode() == written.read_bytes()


def test_the_page_names_nothing_that_a_browser_would_load(written: Path) -> None:
    text = written.read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert rules["default-src"] == "'none'"
    assert set(rules) == {"default-src", "script-src", "style-src", "worker-src", "base-uri", "form-action"}
    assert not re.search(r"unsafe-inline|'unsafe-eval'|https?:|data:|\*", policy[1])
    assert rules["worker-src"] == "blob:"
    outside = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", text, flags=re.S)
    assert not re.search(r'(?:src|href)="(?!#)', outside)


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        pytest.param({"a.js": 'import x from "./b.js";', "b.js": ""}, "not a form of import", id="default import"),
        pytest.param({"a.js": 'const x = await import("./b.js");'}, "not a form of import", id="import as a call"),
        pytest.param({"a.js": "export default 1;"}, "not a form of import", id="default export"),
        pytest.param({"a.js": 'import { x } from "./b.js";', "b.js": ""}, "b.js exports no x", id="no such export"),
        pytest.param(
            {"a.js": 'import { x } from "./b.js";', "b.js": 'import { y } from "./a.js";\nexport const x = 1;'},
            "in a circle: a.js → b.js → a.js",
            id="circle",
        ),
        pytest.param(
            {
                "a.js": 'import { x } from "./b.js";\nimport { z } from "./c.js";',
                "b.js": "export let x = 1;\nexport const y = 2;",
                "c.js": "export let x = 2;\nexport const z = 2;",
            },
            "changing variable of one name",
            id="two changing variables",
        ),
        pytest.param(
            {"a.js": 'import { x as y } from "./b.js";', "b.js": "export let x = 1;"}, "cannot be renamed", id="renamed"
        ),
    ],
)
def test_modules_that_cannot_be_joined_are_said(modules: dict[str, str], said: str) -> None:
    with pytest.raises(DataFileError, match=said):
        join_modules("a.js", modules.__getitem__)


@pytest.mark.browser
def test_joined_modules_do_what_they_do_apart(driver: Any) -> None:
    modules = {
        "start.js": 'import { grow, size } from "./state.js";\nimport { show as tell } from "./show.js";\n'
        "const name = 1;\ngrow();\nwindow.__joined = tell(size) + name;",
        "show.js": 'import { size } from "./state.js";\nconst name = "x";\n'
        "export const show = (n) => `${name}${n}${size}`;",
        "state.js": "export let size = 1;\nexport function grow() {\n  size += 1;\n}",
    }
    driver.get("about:blank")
    driver.execute_script(join_modules("start.js", modules.__getitem__))
    assert driver.execute_script("return window.__joined") == "x221"


def test_the_command_takes_a_file_and_writes_a_whole_page(sample_store: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, arguments, standalone_mode=True)
        return result.exit_code, result.output

    graph, out = tmp_path / "graph.ttl", tmp_path / "query.html"
    assert run("export", "--store", str(sample_store), "-o", str(graph))[0] == 0
    code, said = run("query-page", "--input", str(graph), "-o", str(out))
    assert (code, said.startswith(f"{out}: ")) == (0, True)
    assert out.read_text(encoding="utf-8").rstrip().endswith("</html>")
