"""Values of variables reach every place of a query and never become syntax."""

from collections.abc import Mapping

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset

from migkg.errors import QueryError
from migkg.query.catalogue import load_catalogue
from migkg.store.base import Term
from migkg.store.binding import Slot, bind, find_slots, to_sparql, tokens

IRI = Term("uri", "http://example.org/a")
VNM = Term("literal", "VNM")
DATA = """
<http://example.org/a> <http://example.org/country> "VNM" ; <http://example.org/n> 1 , 2 .
<http://example.org/b> <http://example.org/country> "CAN" ; <http://example.org/n> 1 .
"""
PREFIX = "PREFIX e: <http://example.org/> "


def both(sparql: str) -> list[tuple[str, ...]]:
    """The rows of a query, which Oxigraph and rdflib must agree on."""
    store = pyoxigraph.Store()
    store.load(DATA.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    solutions = store.query(PREFIX + sparql)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    ox = sorted(tuple("" if t is None else t.value for t in row) for row in solutions)
    dataset = Dataset()
    dataset.parse(data=DATA, format="turtle")
    rd = sorted(tuple("" if t is None else str(t) for t in row) for row in dataset.query(PREFIX + sparql))
    assert ox == rd
    return ox


@pytest.mark.parametrize(
    ("sparql", "rows"),
    [
        pytest.param("SELECT ?s { ?s e:country ?v }", [("http://example.org/a",)], id="pattern"),
        pytest.param("SELECT ?s ?v { ?s e:country ?v }", [("http://example.org/a", "VNM")], id="column stays"),
        pytest.param("SELECT ?s { ?s e:country $v }", [("http://example.org/a",)], id="dollar"),
        pytest.param("SELECT (COUNT(?s) AS ?n) { ?s e:country ?v }", [("1",)], id="aggregate"),
        pytest.param(
            "SELECT ?s ?n { { SELECT ?s (COUNT(?m) AS ?n) { ?s e:country ?v ; e:n ?m } GROUP BY ?s } }",
            [("http://example.org/a", "2")],
            id="subquery that does not show it",
        ),
        pytest.param(
            "SELECT ?v ?s { { SELECT ?v ?s { ?s e:country ?v } } }", [("VNM", "http://example.org/a")], id="both levels"
        ),
        pytest.param(
            "SELECT ?v (COUNT(?s) AS ?n) { ?s e:country ?v } GROUP BY ?v ORDER BY ?v", [("VNM", "1")], id="by"
        ),
        pytest.param(
            "SELECT ?s { ?s e:n 2 FILTER(!BOUND(?v) || ?v = 'VNM') }", [("http://example.org/a",)], id="bound in filter"
        ),
        pytest.param(
            "SELECT ?s { ?s e:n 2 FILTER bound ( ?v ) }", [("http://example.org/a",)], id="bound, no brackets"
        ),
        pytest.param("SELECT ?s { ?s e:country ?v # not ?v here\n }", [("http://example.org/a",)], id="comment"),
        pytest.param("SELECT ?s { ?s e:country ?v FILTER('?v' = \"?\" ) }", [], id="string"),
        pytest.param("SELECT ?s { ?s e:country ?vv FILTER(?vv = ?v) }", [("http://example.org/a",)], id="longer name"),
        pytest.param("SELECT ?s { ?s e:country ?v FILTER(STR(<http://example.org/?v>) = ?v) }", [], id="iri"),
    ],
)
def test_every_place_of_a_query(sparql: str, rows: list[tuple[str, ...]]) -> None:
    assert both(bind(PREFIX + sparql, {"v": VNM})) == rows


def test_an_iri_as_subject_and_in_a_template() -> None:
    query = bind(PREFIX + "CONSTRUCT { ?s e:is ?c } WHERE { ?s e:country ?c }", {"s": IRI})
    store = pyoxigraph.Store()
    store.load(DATA.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    assert [str(t.object) for t in store.query(query)] == ['"VNM"']


def test_unbound_variables_stay_free() -> None:
    query = "SELECT ?s { ?s e:country ?c FILTER(!BOUND(?v) || ?c = ?v) }"
    assert bind(query, {}) == query
    assert len(both(query)) == 2


@pytest.mark.parametrize(
    ("sparql", "term", "message"),
    [
        ("SELECT ?v { BIND(1 AS ?v) }", VNM, "assigns"),
        ("SELECT ?v { VALUES ?v { 1 } }", VNM, "assigns"),
        ("SELECT ?v { VALUES (?w ?v) { (1 2) } }", VNM, "assigns"),
        ("SELECT * { ?v ?p ?o }", Term("uri", "http://e/> ?x ?y . <http://e/"), "not an IRI"),
        ("SELECT * { ?v ?p ?o }", Term("uri", "http://e/a\n"), "not an IRI"),
        ("SELECT * { ?v ?p ?o }", Term("uri", "relative"), "not an IRI"),
        ("SELECT * { ?s ?p ?v }", Term("bnode", "b0"), "blank node"),
        ("SELECT * { ?s ?p ?v }", Term("literal", "a", language="en . } #"), "language tag"),
        ("SELECT * { ?s ?p ?v }", Term("literal", "\ud800"), "Unicode"),
    ],
)
def test_refused(sparql: str, term: Term, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        bind(sparql, {"v": term})


@given(st.text(st.characters(codec="utf-8"), max_size=40) | st.text("\\uU0041\"'\n\r\t{}#?$<>", max_size=30))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    query = bind("SELECT ?v { }", {"v": Term("literal", text)})
    (row,) = pyoxigraph.Store().query(query)
    assert row[0].value == text
    assert [str(r[0]) for r in Dataset().query(query)] == [text]


@given(st.text(max_size=60))
def test_tokens_leave_nothing_out(text: str) -> None:
    assert "".join(t.text for t in tokens(text)) == text


def test_typed_and_tagged_values() -> None:
    assert to_sparql(Term("literal", "Côte", language="fr")) == '"Côte"@fr'
    year = Term("literal", "2016", datatype="http://www.w3.org/2001/XMLSchema#integer")
    assert to_sparql(year) == '"2016"^^<http://www.w3.org/2001/XMLSchema#integer>'


def write(parts: list[str | Slot], values: Mapping[str, Term]) -> str:
    """A query of slots with values, as a page writes it."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
        elif part.variable not in values:
            text += part.free
        else:
            text += part.before + ("" if part.after is None else to_sparql(values[part.variable]) + part.after)
    return text


@pytest.mark.parametrize("name", load_catalogue())
def test_slots_give_what_binding_gives(name: str) -> None:
    query = load_catalogue()[name]
    names = [parameter.name for parameter in query.parameters]
    parts = find_slots(query.text, names)
    assert write(parts, {}) == query.text
    values = dict.fromkeys(names, IRI)
    assert write(parts, values) == bind(query.text, values)


def test_a_slot_for_each_way_to_stand_in_a_query() -> None:
    query = "SELECT ?v ?s { ?s ?p ?v FILTER(BOUND(?v) || ?v = 'a ?v') } ORDER BY ?v # ?v"
    slots = [part for part in find_slots(query, ["v"]) if isinstance(part, Slot)]
    assert [(slot.before, slot.after) for slot in slots] == [
        ("(", " AS ?v)"),
        ("", ""),
        ("", None),  # BOUND
        ("true", None),
        ("", ""),
        ("(", ")"),
    ]
    with pytest.raises(QueryError, match="the query assigns it"):
        find_slots("SELECT (1 AS ?v) {}", ["v"])
