"""Themes in the graph: the tie, the concept, the claim, and what the ontology knows of them."""

from contextlib import closing
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph

from migkg.build import build, remove
from migkg.errors import UsageError
from migkg.extract import extract_document
from migkg.query.run import run
from migkg.rdf import to_nquads
from migkg.rdf.namespaces import DCTERMS, ENTITIES_GRAPH, MG, SKOS, THEME
from migkg.rdf.parsing import parse_graph
from migkg.rdf.shapes import validate
from migkg.resolve import resolve_extraction, theme_records
from migkg.resources import ontology_path
from migkg.sources import parse_document
from migkg.sources.raw import Raw
from migkg.store import open_store

HANOI = """Viet Nam and Canada Discuss Border Management

Hanoi, 18 March 2013 – The Government of Canada and the International Organization for Migration (IOM) organised a
workshop on border management in Hanoi. The workshop was funded by the Government of Canada.
"""
QUITO = """Taller sobre la trata de personas en Quito

Quito, 4 de mayo de 2014 – La Organización Internacional para las Migraciones (OIM) y el Gobierno del Ecuador
organizaron un taller sobre la trata de personas y la gestión de fronteras en Quito.
"""
BORDERS = f"<{THEME}iom:border-management>"


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    folder.mkdir()
    (folder / "hanoi.txt").write_text(HANOI, encoding="utf-8")
    (folder / "quito.txt").write_text(QUITO, encoding="utf-8")
    return folder


def dump(store: Path) -> list[str]:
    with closing(open_store(store, read_only=True)) as opened:
        return list(opened.dump())


def ask(store: Path, name: str, **parameters: str) -> list[dict[str, str]]:
    with closing(open_store(store, read_only=True)) as opened:
        answer = run(opened, name, parameters)
    return [
        {column: term.value for column, term in zip(answer.columns, row, strict=True) if term} for row in answer.rows
    ]


def written(text: str) -> Graph:
    raw = Raw("hanoi.txt", "/hanoi.txt", text.encode())
    return parse_graph(to_nquads(resolve_extraction(extract_document(parse_document(raw)))))


@pytest.mark.parametrize("text", [HANOI, QUITO], ids=["en", "es"])
def test_what_is_written_conforms_and_is_declared(text: str) -> None:
    graph = written(text)
    assert validate(graph) == []
    ontology = Graph().parse(ontology_path("migkg.ttl"))
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
    declared = {term for kind in kinds for term in ontology.subjects(RDF.type, kind)} | {RDF.type, RDFS.label}
    assert set(graph.predicates()) | set(graph.objects(None, RDF.type)) <= declared


def test_the_claim_quotes_the_text() -> None:
    raw = Raw("hanoi.txt", "/hanoi.txt", HANOI.encode())
    document = parse_document(raw)
    lines = to_nquads(resolve_extraction(extract_document(document)))
    claims = {line.split()[0] for line in lines if f"<{DCTERMS}subject> <https" in line and "claim/" in line}
    assert claims
    for claim in claims:
        facts = {line.split()[1]: line.split(" ", 2)[2] for line in lines if line.startswith(claim)}
        quote, start, end = (facts[f"<{MG}{name}>"].split('"')[1] for name in ("quote", "start", "end"))
        assert document.text[int(start) : int(end)] == quote


def test_concepts_stand_in_the_entities_graph_as_long_as_they_are_used(releases: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    build([str(releases)], store)
    concept = [line for line in dump(store) if line.startswith(BORDERS) and ENTITIES_GRAPH in line]
    assert [line for line in concept if f"<{SKOS}prefLabel>" in line and '"@fr' in line]
    assert len(concept) == 6  # type, code, scheme, three names
    remove([str(releases / "quito.txt")], store)
    assert [line for line in dump(store) if line.startswith(BORDERS) and ENTITIES_GRAPH in line] == concept
    assert not any("counter-trafficking" in line for line in dump(store))
    remove([str(releases / "hanoi.txt")], store)
    assert dump(store) == []


def test_the_order_of_building_leaves_no_trace(releases: Path, tmp_path: Path) -> None:
    build([str(releases)], tmp_path / "one")
    for name in ("quito.txt", "hanoi.txt"):
        build([str(releases / name)], tmp_path / "two")
    assert dump(tmp_path / "one") == dump(tmp_path / "two")


def test_queries_by_theme(releases: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    build([str(releases)], store)
    for value in ("iom:border-management", "border-management", "Inmigración y gestión de fronteras", "border control"):
        rows = ask(store, "on-theme", theme=value)
        assert {row["thingName"] for row in rows if row["type"] == "Source"} == {
            "Viet Nam and Canada Discuss Border Management",
            "Taller sobre la trata de personas en Quito",
        }
        assert {row["sourcesRead"] for row in rows} == {"2"}
    (row,) = ask(store, "theme-donors", theme="iom:border-management", lang="es")
    assert row["funder"].endswith("government/CAN") and row["sources"] == "1"
    years = {(row["code"], row["year"], row["documents"]) for row in ask(store, "themes", lang="fr")}
    assert ("iom:border-management", "2013", "1") in years and ("iom:counter-trafficking", "2014", "1") in years


@pytest.mark.parametrize(
    ("value", "message"),
    [("iom:remitances", "did you mean gcm:20 or iom:"), ("zzz", "is no theme: give a code"), ("<x>", "is no theme")],
)
def test_what_is_no_theme_is_said(value: str, message: str, tmp_path: Path, releases: Path) -> None:
    build([str(releases)], tmp_path / "store")
    with pytest.raises(UsageError, match=message):
        ask(tmp_path / "store", "on-theme", theme=value)


def test_every_concept_has_a_name() -> None:
    for code, record in theme_records().items():
        assert record.code == code and {"en", "fr"} <= set(record.names)
        assert all(len(name) < 180 for name in record.names.values())
