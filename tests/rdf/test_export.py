"""Export: pretty, the same to the byte, and read back as the same graph by two engines."""

import json
import random

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from migkg.lines import sort_lines, split_line, write_literal
from migkg.rdf import namespaces as ns
from migkg.rdf import to_nquads
from migkg.rdf.export import RDF_WRITERS
from migkg.resolve import resolve_extraction
from support.gold import gold_files, read_gold

G = f"<{ns.ID}source/0123456789abcdef>"
SMALL = [
    f"<{ns.ID}org/iom> <{ns.RDF}type> <{ns.MG}IntergovernmentalOrganisation> {G} .",
    f'<{ns.ID}org/iom> <{ns.RDFS}label> "IOM"@en {G} .',
    f'<{ns.ID}org/iom> <{ns.RDFS}label> "OIM"@fr {G} .',
    f"<{ns.ID}org/iom> <{ns.SKOS}exactMatch> <http://www.wikidata.org/entity/Q472311> <{ns.ENTITIES_GRAPH}> .",
    f'<{ns.ID}org/iom> <{ns.RDFS}label> "IOM"@en <{ns.ID}source/other> .',
    f'<{ns.ID}claim/1> <{ns.MG}start> "12"^^<{ns.XSD}integer> {G} .',
    f'<{ns.ID}claim/1> <{ns.MG}confidence> "0.9"^^<{ns.XSD}decimal> {G} .',
    f'<{ns.ID}claim/1> <{ns.MG}quote> "a \\"b\\"\\n<script>" {G} .',
    f'<{ns.ID}funding/1> <{ns.MG}amount> "2000000"^^<{ns.XSD}decimal> {G} .',
]
TURTLE = """
<claim/1> mg:confidence 0.9 ;
    mg:quote "a \\"b\\"\\n<script>" ;
    mg:start 12 .

<funding/1> mg:amount "2000000"^^xsd:decimal .

<org/iom> a mg:IntergovernmentalOrganisation ;
    rdfs:label "IOM"@en, "OIM"@fr ;
    skos:exactMatch <http://www.wikidata.org/entity/Q472311> .
"""
TRIG = """
<graph/entities> {
    <org/iom> skos:exactMatch <http://www.wikidata.org/entity/Q472311> .
}

<source/0123456789abcdef> {
    <claim/1> mg:confidence 0.9 ;
        mg:quote "a \\"b\\"\\n<script>" ;
        mg:start 12 .

    <funding/1> mg:amount "2000000"^^xsd:decimal .

    <org/iom> a mg:IntergovernmentalOrganisation ;
        rdfs:label "IOM"@en, "OIM"@fr .
}

<source/other> {
    <org/iom> rdfs:label "IOM"@en .
}
"""
FORMATS = {
    "turtle": (pyoxigraph.RdfFormat.TURTLE, "turtle"),
    "nquads": (pyoxigraph.RdfFormat.N_QUADS, "nquads"),
    "trig": (pyoxigraph.RdfFormat.TRIG, "trig"),
    "jsonld": (pyoxigraph.RdfFormat.JSON_LD, "json-ld"),
}


def export(kind: str, lines: list[str]) -> str:
    return "".join(RDF_WRITERS[kind](sort_lines(lines)))


def real_lines() -> list[str]:
    return [line for path in gold_files()[:12] for line in to_nquads(resolve_extraction(read_gold(path)))]


def expected(kind: str, lines: list[str]) -> set[str]:
    """What the format holds of some lines: quads, or triples where it merges the graphs."""
    if kind in {"nquads", "trig"}:
        return set(lines)
    return {f"{quad.subject} {quad.predicate} {quad.object} ." for quad in map(split_line, lines)}


def read_with_pyoxigraph(kind: str, text: str) -> set[str]:
    quads = pyoxigraph.parse(text.encode(), FORMATS[kind][0])
    return {f"{quad} ." if quad.graph_name != pyoxigraph.DefaultGraph() else f"{quad.triple} ." for quad in quads}


def read_with_rdflib(kind: str, text: str) -> set[str]:
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=FORMATS[kind][1])
    found = set()
    for subject, predicate, value, graph in dataset.quads():
        name = f" <{graph}>" if graph is not None and kind in {"nquads", "trig"} else ""
        found.add(f"<{subject}> <{predicate}> {_write(value)}{name} .")
    return found


def _write(node: rdflib.term.Node) -> str:
    if isinstance(node, rdflib.Literal):
        return write_literal(str(node), node.language, str(node.datatype) if node.datatype else None)
    return f"<{node}>"


def test_turtle_is_grouped_and_short() -> None:
    head, _, body = export("turtle", SMALL).partition("\n\n")
    assert head.startswith(f"@base <{ns.ID}> .\n@prefix dcterms:")
    assert "\n" + body == TURTLE


def test_trig_keeps_the_sources_apart() -> None:
    _, _, body = export("trig", SMALL).partition("\n\n")
    assert "\n" + body == TRIG


def test_jsonld_needs_nothing_from_elsewhere() -> None:
    record = json.loads(export("jsonld", SMALL))
    assert all(isinstance(value, str) for value in record["@context"].values())
    assert record["@graph"][2] == {
        "@id": f"{ns.ID}org/iom",
        "@type": [f"{ns.MG}IntergovernmentalOrganisation"],
        "rdfs:label": [{"@value": "IOM", "@language": "en"}, {"@value": "OIM", "@language": "fr"}],
        "skos:exactMatch": {"@id": "http://www.wikidata.org/entity/Q472311"},
    }


@pytest.mark.parametrize("kind", FORMATS)
def test_the_order_of_the_lines_leaves_no_trace(kind: str) -> None:
    lines = real_lines()
    shuffled = lines + lines[:50]
    random.Random(5).shuffle(shuffled)
    assert export(kind, shuffled) == export(kind, lines)
    assert export(kind, lines).endswith("\n")


@pytest.mark.parametrize("kind", FORMATS)
def test_two_engines_read_back_what_was_written(kind: str) -> None:
    for lines in (SMALL, real_lines()):
        text = export(kind, lines)
        assert read_with_pyoxigraph(kind, text) == expected(kind, lines)
        assert read_with_rdflib(kind, text) == expected(kind, lines)


@pytest.mark.parametrize("kind", FORMATS)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40), language=st.sampled_from([None, "en", "fr"])
)
@settings(max_examples=60, deadline=None)
def test_any_text_survives(kind: str, text: str, language: str | None) -> None:
    line = f"<{ns.ID}claim/1> <{ns.MG}quote> {write_literal(text, language)} {G} ."
    written = export(kind, [line])
    assert read_with_pyoxigraph(kind, written) == expected(kind, [line])
    assert read_with_rdflib(kind, written) == expected(kind, [line])


@pytest.mark.parametrize(
    "iri",
    [
        f"{ns.MG}",
        f"{ns.MG}a.b",
        f"{ns.MG}1a",
        f"{ns.SCHEMA}a/b",
        f"{ns.ID}",
        f"{ns.ID}x",
        f"{ns.ID}a//b",
        f"{ns.ID}a/../b",
        f"{ns.ID}a/b?c#d",
        f"{ns.ID}a/b:c",
        f"{ns.ID}org/iom/",
        "urn:a:b",
        "https://e.org/%C3%B1é",
    ],
)
@pytest.mark.parametrize("kind", FORMATS)
def test_unusual_iris_survive(kind: str, iri: str) -> None:
    line = f"<{iri}> <{ns.DCTERMS}relation> <{iri}> {G} ."
    written = export(kind, [line])
    assert read_with_pyoxigraph(kind, written) == expected(kind, [line])
    assert read_with_rdflib(kind, written) == expected(kind, [line])


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_graph_is_a_valid_file(kind: str) -> None:
    assert read_with_pyoxigraph(kind, export(kind, [])) == set()
    assert read_with_rdflib(kind, export(kind, [])) == set()


def test_sorting_beyond_memory_gives_the_same(tmp_path: object) -> None:
    lines = [f"<http://e/{n % 977}> <http://e/p> <http://e/{n}> ." for n in range(3000)]
    random.Random(1).shuffle(lines)
    assert list(sort_lines(lines + lines[:10], run=100)) == sorted(lines)
