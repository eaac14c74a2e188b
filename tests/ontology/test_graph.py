"""What the mapping writes for the annotated documents: it conforms, and the ontology knows every term of it."""

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from migkg.rdf import namespaces, to_nquads
from migkg.rdf.parsing import parse_graph
from migkg.rdf.shapes import validate
from migkg.resolve import resolve_extraction
from migkg.resources import ontology_path
from support.gold import gold_files, read_gold

ONTOLOGY = Graph().parse(ontology_path("migkg.ttl"))


@pytest.fixture(scope="module")
def written() -> dict[Path, list[str]]:
    return {path: to_nquads(resolve_extraction(read_gold(path))) for path in gold_files()}


def test_annotated_documents_conform(written: dict[Path, list[str]]) -> None:
    """All together, as a graph that is handed on."""
    assert len(written) > 50
    assert validate([line for lines in written.values() for line in lines]) == []


def test_every_term_that_is_written_is_declared(written: dict[Path, list[str]]) -> None:
    graph = parse_graph([line for lines in written.values() for line in lines])
    used = set(graph.predicates()) | set(graph.objects(None, RDF.type)) | set(graph.objects(None, RDF.predicate))
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
    declared = {term for kind in kinds for term in ONTOLOGY.subjects(RDF.type, kind)} | {RDF.type, RDFS.label}
    assert used - declared == set()
    concepts = set(ONTOLOGY.subjects(RDFS.isDefinedBy))
    links = ("MG", "status"), ("MG", "amountKind"), ("PROV", "hadRole")
    for namespace, name in links:
        assert set(graph.objects(None, URIRef(getattr(namespaces, namespace) + name))) <= concepts


@pytest.mark.parametrize(("dropped", "shape"), [("#Claim>", "EdgeHasClaim"), ("#quote>", "ClaimHasQuote")])
def test_what_is_taken_out_is_missed(written: dict[Path, list[str]], dropped: str, shape: str) -> None:
    lines = next(iter(written.values()))
    if dropped == "#Claim>":  # every triple of every claim
        claims = {line.split()[0] for line in lines if dropped in line}
        left = [line for line in lines if line.split()[0] not in claims]
    else:
        left = [line for line in lines if dropped not in line]
    assert len(left) < len(lines) and {found.shape for found in validate(left)} == {shape}
