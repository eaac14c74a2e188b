"""The ontology and its alignments are consistent, and what is not is found by HermiT and by owlrl."""

import io
import shutil
from collections.abc import Callable

import owlready2
import owlrl
import pytest
from rdflib import Graph

from migkg.resources import ontology_path

VALID = sorted(ontology_path("examples/valid").glob("*.ttl"))
PREFIXES = """
    @prefix mg: <https://w3id.org/migkg/ont#> .
    @prefix id: <https://w3id.org/migkg/id/> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    @prefix org: <http://www.w3.org/ns/org#> .
"""
# What PROV-O and FOAF declare disjoint themselves: our alignments must not contradict it.
ELSEWHERE = (
    PREFIXES
    + """
    prov:Activity owl:disjointWith prov:Entity .
    foaf:Person owl:disjointWith foaf:Organization , foaf:Document .
    foaf:Organization owl:disjointWith foaf:Document .
"""
)
PLANTED = [
    pytest.param("id:geneva a mg:Company , mg:Place .", id="an organisation that is a place"),
    pytest.param("id:iom a mg:IntergovernmentalOrganisation , mg:Event .", id="an organisation that is an event"),
    pytest.param("id:a a mg:Funding , mg:Claim .", id="a funding that is a claim"),
    pytest.param("id:a a org:Membership , mg:Person .", id="a membership that is a person"),
    pytest.param("id:office mg:partOf id:office .", id="a part of itself"),
    pytest.param("id:a a mg:Event , prov:Entity .", id="an event that is a PROV entity, by alignment"),
    pytest.param("id:a a mg:Person , foaf:Organization .", id="a person that is a FOAF organisation, by alignment"),
]
Reasoner = Callable[[Graph], bool]


def ontology() -> Graph:
    graph = Graph()
    for name in ("migkg.ttl", "alignments.ttl"):
        graph.parse(ontology_path(name))
    return graph.parse(data=ELSEWHERE, format="turtle")


def hermit_agrees(graph: Graph) -> bool:
    """Whether HermiT finds the graph consistent and every class able to have members. Nothing is fetched."""
    if shutil.which("java") is None:
        pytest.skip("HermiT needs Java, and there is none; owlrl checks the same examples")
    world = owlready2.World()
    loaded = world.get_ontology("https://w3id.org/migkg/all#")
    loaded.load(fileobj=io.BytesIO(graph.serialize(format="nt", encoding="utf-8")), format="ntriples")
    try:
        with loaded:
            # xsd:date is no datatype of OWL 2; publication dates have it.
            owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return not list(world.inconsistent_classes())


def owlrl_agrees(graph: Graph) -> bool:
    """Whether the OWL 2 RL rules find no contradiction."""
    closure = Graph() + graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    return not any(str(predicate).endswith("agent-ont#error") for predicate in closure.predicates())


REASONERS = pytest.mark.parametrize("agrees", [hermit_agrees, owlrl_agrees], ids=["HermiT", "owlrl"])


@REASONERS
def test_ontology_with_alignments_is_consistent(agrees: Reasoner) -> None:
    assert agrees(ontology())


@REASONERS
def test_valid_examples_together_are_consistent(agrees: Reasoner) -> None:
    graph = ontology()
    for path in VALID:
        graph.parse(path)
    assert agrees(graph)


@pytest.mark.parametrize("planted", PLANTED)
def test_planted_error_is_found_by_owlrl(planted: str) -> None:
    assert not owlrl_agrees(ontology().parse(data=PREFIXES + planted, format="turtle"))


@pytest.mark.parametrize("planted", [PLANTED[0], PLANTED[4], PLANTED[6]])  # each run starts Java, so one of each sort
def test_planted_error_is_found_by_hermit(planted: str) -> None:
    assert not hermit_agrees(ontology().parse(data=PREFIXES + planted, format="turtle"))


@pytest.mark.parametrize(
    ("fact", "follows"),
    [
        ("id:a mg:chairs id:e .", "id:a mg:participatesIn id:e ."),
        ("id:a mg:cooperatesWith id:b .", "id:b mg:cooperatesWith id:a ."),
        ("id:a mg:funds id:b .", "id:a mg:relatesTo id:b ."),
        ("id:a mg:worksFor id:b .", "id:a org:memberOf id:b ."),
        ("id:a mg:organises id:e .", "id:e prov:wasAssociatedWith id:a ."),
    ],
    ids=["chairing is taking part", "cooperation goes both ways", "relatesTo", "org:memberOf", "inverse of PROV-O"],
)
def test_what_follows(fact: str, follows: str) -> None:
    closure = ontology().parse(data=PREFIXES + fact, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    assert set(Graph().parse(data=PREFIXES + follows, format="turtle")) <= set(closure)


@pytest.mark.parametrize(
    ("facts", "does_not_follow"),
    [
        ("id:a mg:organises id:e .", "id:a mg:participatesIn id:e ."),
        ("id:a mg:partOf id:b . id:b mg:partOf id:c .", "id:a mg:partOf id:c ."),
        ("id:a mg:funds id:b .", "id:a a mg:Organisation ."),
    ],
    ids=["organising is not attending", "partOf is not transitive", "a relation gives no type"],
)
def test_what_does_not_follow(facts: str, does_not_follow: str) -> None:
    closure = ontology().parse(data=PREFIXES + facts, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    assert not set(Graph().parse(data=PREFIXES + does_not_follow, format="turtle")) & set(closure)
