"""The Python interface over a store and files of RDF: the same answers, as plain values, frames and graphs."""

import html
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import migkg
from migkg.errors import MigkgError, QueryError, UsageError
from migkg.graph import Answer, Graph, open_graph
from migkg.rdf.export import RDF_WRITERS
from migkg.store import open_store
from migkg.store.base import Rows, Term, Triples

XSD = "http://www.w3.org/2001/XMLSchema#"
ID = "https://w3id.org/migkg/id/"
MG = "https://w3id.org/migkg/ont#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
S1, S2 = f"{ID}source/1", f"{ID}source/2"
NAMES = f"{ID}graph/entities"


def quad(subject: str, predicate: str, object_: str, graph: str) -> str:
    """A line from short words: ``id/…`` and ``mg/…`` are IRIs, everything else is written as it stands."""

    def iri(text: str) -> str:
        for short, full in (("id/", ID), ("mg/", MG), ("rdf/", RDF)):
            if text.startswith(short):
                return f"<{full}{text.removeprefix(short)}>"
        return text

    return f"{iri(subject)} {iri(predicate)} {iri(object_)} <{graph}> ."


def claim(number: int, subject: str, predicate: str, object_: str, quote: str, source: str) -> list[str]:
    node, graph = f"id/claim/{number}", source
    return [
        quad(node, "rdf/type", "mg/Claim", graph),
        quad(node, "rdf/subject", subject, graph),
        quad(node, "rdf/predicate", predicate, graph),
        quad(node, "rdf/object", object_, graph),
        quad(node, "mg/status", "id/status/stated", graph),
        quad(node, "mg/source", f"<{source}>", graph),
        quad(node, "mg/quote", f'"{quote}"', graph),
        quad(subject, predicate, object_, graph),
        quad(object_, "rdf/type", "mg/Programme", graph),
    ]


SOURCES = {
    S1: [
        quad(f"<{S1}>", "rdf/type", "mg/Source", S1),
        quad(f"<{S1}>", "<http://purl.org/dc/terms/issued>", '"2013-03"', S1),
        quad("id/programme/p", "mg/covers", "id/country/VNM", S1),
        quad("id/country/VNM", "mg/country", '"VNM"', S1),
        quad("id/funding/1", "<https://schema.org/funder>", "id/government/CAN", S1),
        quad("id/funding/1", "<https://schema.org/fundedItem>", "id/programme/p", S1),
        quad("id/funding/1", "mg/amount", f'"2500000.50"^^<{XSD}decimal>', S1),
        quad("id/funding/1", "<https://schema.org/currency>", '"CAD"', S1),
        *claim(1, "id/government/CAN", "mg/funds", "id/programme/p", "Canada <b>pays</b>", S1),
    ],
    S2: [
        quad(f"<{S2}>", "rdf/type", "mg/Source", S2),
        *claim(2, "id/government/CAN", "mg/funds", "id/programme/p", "again", S2),
        *claim(3, "id/org/iom", "mg/implements", "id/programme/p", "IOM runs it", S2),
    ],
    NAMES: [
        quad("id/government/CAN", "<http://www.w3.org/2004/02/skos/core#prefLabel>", '"Canada <script>"@en', NAMES),
        quad("id/org/iom", "<http://www.w3.org/2004/02/skos/core#prefLabel>", '"IOM"@en', NAMES),
        quad("id/org/iom", "rdf/type", "mg/IntergovernmentalOrganisation", NAMES),
        quad("id/government/CAN", "rdf/type", "mg/Government", NAMES),
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store, and the same graph as Turtle and N-Quads."""
    folder = tmp_path_factory.mktemp("graph")
    store = open_store(folder / "store")
    store.replace_graphs(SOURCES, (line for lines in SOURCES.values() for line in lines))
    for form, name in (("turtle", "graph.ttl"), ("nquads", "graph.nq")):
        (folder / name).write_text("".join(RDF_WRITERS[form](store.dump())), encoding="utf-8")
    store.close()
    return folder


@pytest.fixture(params=["store", "graph.ttl", "graph.nq"])
def graph(request: pytest.FixtureRequest, folder: Path) -> Iterator[Graph]:
    with open_graph(folder / request.param) as opened:
        yield opened


def test_a_named_question_gives_rows_of_plain_values(graph: Graph) -> None:
    answer = graph.query("funders-of", country="VNM")
    assert answer.rows == [
        {
            "funder": f"{ID}government/CAN",
            "funderName": "Canada <script>",
            "funded": f"{ID}programme/p",
            "fundedName": f"{ID}programme/p",
            "sources": 2,
            "sourcesRead": 2,
        }
    ]
    assert list(answer) == answer.rows == answer[:]
    assert answer.column("sources") == [2]
    assert (len(answer), bool(answer)) == (1, True)


def test_sums_are_decimals_and_dates_stay_as_said(graph: Graph) -> None:
    assert graph.query("commitments-in", country="Viet Nam")[0]["amount"] == Decimal("2500000.50")
    dates = graph.sparql("SELECT ?when { ?s dcterms:issued ?when }")
    assert dates.rows == [{"when": "2013-03"}]
    assert graph.sparql("SELECT ?s ?when { ?s a mg:Source OPTIONAL { ?s dcterms:issued ?when } } ORDER BY ?s").column(
        "when"
    ) == ["2013-03", None]


def test_parameters_are_values_and_python_s_own_words_take_an_underscore(graph: Graph) -> None:
    assert graph.query("meeting-network", from_=2010).rows == graph.query("meeting-network", {"from": 2010}).rows
    text = '"} UNION { ?s ?p ?o } #'
    assert not graph.sparql("SELECT ?s { ?s mg:quote ?quote }", quote=text)
    assert len(graph.sparql("SELECT ?s { ?s mg:quote ?quote }", quote="again")) == 1


def test_evidence_find_and_questions(graph: Graph) -> None:
    quotes = graph.evidence("government:CAN", "funds", "id:programme/p").column("quote")
    assert sorted(map(str, quotes)) == ["Canada <b>pays</b>", "again"]
    assert graph.find("iom").column("thingName") == ["IOM"]
    assert len(graph.questions("fr")) > 40
    assert graph.questions()[0]["name"] == "about"


def test_network_and_rdflib(graph: Graph) -> None:
    network = graph.network(types=["actor", "Programme"], isolated=True)
    assert f"{ID}programme/p" in network
    triples = graph.sparql("CONSTRUCT { ?a mg:funds ?b } { ?a mg:funds ?b }")
    assert len(triples.to_rdflib()) == 1
    assert triples[0] == {
        "subject": f"{ID}government/CAN",
        "predicate": f"{MG}funds",
        "object": f"{ID}programme/p",
    }
    assert len(graph.to_rdflib()) == len(graph.sparql("SELECT * { ?s ?p ?o }"))


def test_a_view_is_the_page_of_the_command_in_a_frame_of_its_own(graph: Graph, tmp_path: Path) -> None:
    from migkg.network.projection import project
    from migkg.render.page import render_page

    view = graph.view(lang="fr", title='A "title" <b>', height=300)
    wanted = render_page(project(graph.store, language="fr"), language="fr", title='A "title" <b>')
    assert view.page == wanted
    assert view.save(tmp_path / "network.html").read_text(encoding="utf-8") == view.page
    frame = view._repr_html_()
    assert frame.count("<") == 2  # the page itself is a value, in which nothing ends the attribute
    assert html.unescape(frame.split('srcdoc="')[1].split('"')[0]) == view.page
    assert "allow-same-origin" not in frame
    assert "height: 300px" in frame
    assert repr(view).startswith("<migkg network: ")


def test_a_view_of_an_answer_shows_what_it_names(graph: Graph) -> None:
    answer = graph.sparql("SELECT ?who ?what { ?who mg:funds ?what }")
    assert answer.things == {row[name] for row in answer for name in ("who", "what")}
    triples = graph.sparql("CONSTRUCT { ?who mg:funds ?what } WHERE { ?who mg:funds ?what }")
    assert triples.things == answer.things
    everything, part = graph.view(), graph.view(answer)
    assert repr(part) != repr(everything)
    assert repr(graph.view(answer, relations=["FUNDS"])) == repr(graph.view(triples, relations=["funds"]))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lang": "de"}, "de"),
        ({"types": ["Ship"]}, "Ship"),
        ({"relations": ["sinks"]}, "sinks"),
        ({"country": "Atlantis"}, "Atlantis"),
        ({"min_confidence": 1.0}, "nothing is left to draw"),
    ],
)
def test_what_cannot_be_viewed_is_said(graph: Graph, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        graph.view(**options)


def test_frames(graph: Graph) -> None:
    answer = graph.query("commitments-in", country="VNM")
    panda, polar = answer.to_pandas(), answer.to_polars()
    assert list(panda.columns) == polar.columns == list(answer.columns)
    assert panda.loc[0, "amount"] == polar["amount"][0] == Decimal("2500000.50")
    assert (panda["announced"].sum(), polar["announced"].sum()) == (2, 2)
    assert str(panda["announced"].dtype) == str(polar["announced"].dtype) == "Int64"
    empty = graph.query("firms")
    assert empty.to_pandas().shape == empty.to_polars().shape == (0, len(empty.columns))


INTEGER, DECIMAL = f"{XSD}integer", f"{XSD}decimal"


@pytest.mark.parametrize(
    ("terms", "values"),
    [
        pytest.param([Term("literal", "7", None, INTEGER), None], [7, None], id="a gap among whole numbers"),
        pytest.param([Term("literal", "1.50", None, DECIMAL), Term("literal", "2", None, DECIMAL)],
                     [Decimal("1.50"), Decimal("2")], id="decimals of different length"),
        pytest.param([Term("literal", "7x", None, INTEGER)], ["7x"], id="a number that is none"),
        pytest.param([Term("literal", "2013", None, f"{XSD}gYear")], ["2013"], id="a date stays text"),
        pytest.param([Term("literal", "2013-03-18", None, f"{XSD}date")], ["2013-03-18"], id="a day stays text"),
        pytest.param([Term("literal", "true", None, f"{XSD}boolean")], [True], id="yes"),
        pytest.param([Term("literal", "1", None, INTEGER), Term("literal", "x")], [1, "x"], id="numbers and texts"),
        pytest.param([Term("literal", "9" * 30, None, INTEGER)], [int("9" * 30)], id="a number of thirty digits"),
        pytest.param([Term("bnode", "b1")], ["b1"], id="a blank node"),
    ],
)  # fmt: skip
def test_values_and_their_frames(terms: list[Term | None], values: list[object]) -> None:
    answer = Answer(Rows(("v",), tuple((term,) for term in terms)))
    assert answer.column("v") == values
    assert len(answer.to_pandas()) == len(answer.to_polars()) == len(values)


def test_a_notebook_shows_text_and_says_how_much_is_left_out() -> None:
    rows = tuple((Term("literal", "<img src=x onerror=alert(1)>"),) for _ in range(25))
    page = Answer(Rows(("<b>",), rows), "who & whom?")._repr_html_()
    assert "<img" not in page
    assert "<b>" not in page
    assert page.count("<tr>") == 21
    assert "<p>20 of 25 rows</p>" in page
    assert "who &amp; whom?" in page


def test_representations(graph: Graph) -> None:
    assert repr(graph).startswith("<migkg graph ")
    assert repr(graph.query("firms")).startswith("<answer: 0 rows of company, companyName")
    yes = graph.sparql("ASK { ?s a mg:Source }")
    assert (bool(yes), repr(yes), yes._repr_html_()) == (True, "<answer: yes>", "<p>yes</p>")
    assert repr(Answer(Triples(()))) == "<answer: 0 triples of subject, predicate, object>"


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda g: g.query("funder-of"), UsageError, "there is no question 'funder-of'; did you mean funders-of"),
        (lambda g: g.query("funders-of"), UsageError, "the query funders-of needs -p country"),
        (lambda g: g.query("funders-of", country="Atlantis"), UsageError, "country='Atlantis' is no country"),
        (lambda g: g.query("firms", colour="red"), UsageError, "the query firms has no parameter 'colour'"),
        (lambda g: g.sparql("SELEKT"), QueryError, "line 1"),
        (lambda g: g.sparql("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }"), QueryError, "line 1"),
        (lambda g: g.sparql("CLEAR ALL"), QueryError, "line 1"),
        (lambda g: g.query("firms").column("x"), UsageError, "the answer has no column 'x'"),
        (lambda g: g.query("firms").to_rdflib(), UsageError, "the answer has rows, not triples"),
        (lambda g: g.questions("de"), UsageError, "questions are asked in en, es, fr"),
        (lambda g: g.network(focus="nobody"), UsageError, "nothing in the graph is called 'nobody'"),
    ],
)
def test_errors_are_of_the_family_and_say_what_to_do(graph: Graph, call, kind, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(kind) as caught:
        call(graph)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("absent", None, "there is no store"),
        ("notes.txt", "hello", "this ending is no RDF that can be asked"),
        ("broken.ttl", "<http://e/a> <http://e/b> .", "is malformed"),
        ("broken.nq", "<relative> <http://e/b> <http://e/c> .\n", "is malformed"),
        ("bytes.ttl", b"\xff\xfe\x00", "is malformed"),
    ],
)
def test_what_cannot_be_opened(tmp_path: Path, name: str, text: str | bytes | None, message: str) -> None:
    if text is not None:
        (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(MigkgError, match=message):
        open_graph(tmp_path / name)


def test_a_file_is_copied_and_the_copy_goes(folder: Path) -> None:
    before = (folder / "graph.ttl").read_bytes()
    graph = open_graph(folder / "graph.ttl")
    copy = Path(graph.store._folder.name)  # type: ignore[attr-defined]
    assert copy.exists()
    graph.close()
    assert not copy.exists()
    assert (folder / "graph.ttl").read_bytes() == before


def test_without_pandas_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    answer = Answer(Rows(("a",), ()))
    with pytest.raises(MigkgError, match=r"^pandas is not installed: pip install pandas$"):
        answer.to_pandas()
    with pytest.raises(MigkgError, match=r"^polars is not installed: pip install polars$"):
        answer.to_polars()


def test_importing_migkg_imports_no_engine() -> None:
    code = "import sys, migkg; print([m for m in ('rdflib', 'pyoxigraph', 'networkx', 'yaml') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
    assert migkg.open_graph is open_graph
    with pytest.raises(AttributeError):
        _ = migkg.nothing
