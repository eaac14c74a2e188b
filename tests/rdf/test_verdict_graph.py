"""Verdicts as RDF: who said what, when and why, in a graph of its own that contradicts nothing."""

from datetime import UTC, datetime

import owlrl
import pytest
from rdflib import Graph

from migkg.lines import split_line
from migkg.model.verdict import Choice, Verdict
from migkg.rdf import namespaces as ns
from migkg.rdf.export import RDF_WRITERS
from migkg.rdf.shapes import validate
from migkg.rdf.verdicts import VERDICTS_GRAPH, write_verdicts
from migkg.resolve.verdicts import weigh_verdicts
from migkg.resources import ontology_path

WHEN = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
A, B, C = (f"{ns.ID}government-body/{name}" for name in "abc")
SOURCE, SPLIT = f"{ns.SOURCE}0123456789abcdef", f"{ns.ID}government-body/a-split"
SAME, DIFFERENT = f"<{ns.SKOS}exactMatch>", f"<{ns.OWL}differentFrom>"


def say(left: str, choice: Choice, right: str, who: str = "Ana", why: str = "") -> Verdict:
    return Verdict(left, right, choice, who, WHEN, why)


def write(*verdicts: Verdict) -> list[str]:
    return write_verdicts(weigh_verdicts(verdicts), {(A, SOURCE): SPLIT})


def direct(lines: list[str]) -> set[tuple[str, str, str]]:
    quads = [split_line(line) for line in lines]
    return {(q.subject, q.predicate, q.object) for q in quads if q.predicate in {SAME, DIFFERENT}}


@pytest.mark.parametrize(
    ("verdicts", "triples"),
    [
        pytest.param([say(A, "same", B)], {(A, SAME, B)}, id="same"),
        pytest.param([say(A, "different", B)], {(A, DIFFERENT, B)}, id="different"),
        pytest.param([say(A, "split", SOURCE)], {(A, DIFFERENT, SPLIT)}, id="split"),
        pytest.param([say(A, "unsure", B)], set(), id="unsure says nothing"),
        pytest.param([say(A, "same", B), say(A, "undone", B)], set(), id="taken back"),
        pytest.param([say(A, "same", B), say(A, "different", B, "Bo")], {(A, DIFFERENT, B)}, id="two people differ"),
        pytest.param(
            [say(A, "same", B), say(B, "same", C), say(A, "different", C)],
            {(A, DIFFERENT, C)},
            id="a chain that contradicts: no exactMatch leads from one to the other",
        ),
    ],
)
def test_only_what_is_followed_is_a_triple(verdicts: list[Verdict], triples: set[tuple[str, str, str]]) -> None:
    lines = write(*verdicts)
    assert direct(lines) == {(f"<{s}>", p, f"<{o}>") for s, p, o in triples}
    assert all(line.endswith(f" <{VERDICTS_GRAPH}> .") for line in lines)
    assert "_:" not in "".join(lines)


def test_every_side_of_a_contradiction_is_told_with_its_person() -> None:
    text = "\n".join(write(say(A, "same", B, why="one seal"), say(A, "different", B, "Bo", "two countries")))
    for part in ('"Ana"', '"Bo"', '"one seal"', '"two countries"', '"2026-11-25T04:30:00.000Z"'):
        assert part in text


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("ask ana@example.org", "ask"),
        ("call +33 1 23 45 67 89", "call"),
        ('a "quote" \\ and «accents»', 'a \\"quote\\" \\\\ and «accents»'),
    ],
)
def test_reasons_are_text_without_contact_details(why: str, told: str) -> None:
    comments = [line for line in write(say(A, "same", B, why=why)) if f"<{ns.RDFS}comment>" in line]
    assert [split_line(line).object for line in comments] == [f'"{told}"']


def test_graph_of_verdicts_conforms_and_is_consistent_with_a_merged_pair() -> None:
    """A and C are said to be different, but the chain A = B = C merges them: owl:differentFrom must not clash."""
    lines = write(
        say(A, "same", B), say(B, "same", C), say(A, "different", C, "Bo"), say(A, "split", SOURCE, why="another body")
    )
    turtle = "".join(RDF_WRITERS["turtle"](lines))
    graph = Graph().parse(data=turtle, format="turtle")
    assert len(graph) == len({line.rsplit(" <", 1)[0] for line in lines})
    graph.parse(data=f"<{A}> a <{ns.MG}GovernmentBody> ; <{ns.RDFS}label> 'a'@en .", format="turtle")
    assert not [found for found in validate(graph) if found.severity == "violation"]
    for name in ("migkg.ttl", "alignments.ttl"):
        graph.parse(ontology_path(name))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert not any(str(predicate).endswith("agent-ont#error") for predicate in graph.predicates())
