"""Every shape is broken on purpose by a file under ontology/examples/invalid, and by nothing else."""

import re
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, URIRef

from migkg.errors import UsageError
from migkg.model.vocabulary import RELATIONS
from migkg.rdf.namespaces import DCTERMS, MG, SCHEMA, SH, SHAPES
from migkg.rdf.parsing import parse_graph
from migkg.rdf.shapes import checks, validate
from migkg.rdf.violations import VIOLATION, WARNING, Violation
from migkg.resources import ontology_path

EXAMPLES = ontology_path("examples")
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))
SHAPES_GRAPH = Graph().parse(ontology_path("shapes.ttl"))


def shapes_announced(path: Path) -> set[str]:
    """The shapes that the first line of an invalid example says it violates."""
    first = re.match(r"# violates: (.+)", path.read_text(encoding="utf-8"))
    assert first, f"{path.name} must start with '# violates: SHAPE'"
    return set(first[1].split())


def shapes_that_can_fail() -> set[str]:
    """Named shapes with a constraint of their own, as opposed to those that only gather others."""
    structure = {"targetClass", "targetSubjectsOf", "targetObjectsOf", "property", "path", "severity", "message"}
    found = set()
    for kind in ("NodeShape", "PropertyShape"):
        for shape in SHAPES_GRAPH.subjects(RDF.type, URIRef(SH + kind)):
            terms = {str(p).removeprefix(SH) for p in SHAPES_GRAPH.predicates(shape) if str(p).startswith(SH)}
            if isinstance(shape, URIRef) and terms - structure:
                found.add(str(shape).removeprefix(SHAPES))
    return found


def read(path: Path) -> Graph:
    return parse_graph([path.read_text(encoding="utf-8")], "turtle", path.name)


def parse_turtle(text: str) -> Graph:
    return parse_graph([text], "turtle")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_example_conforms(path: Path) -> None:
    assert validate(read(path)) == []


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_example_violates_exactly_what_it_says(path: Path) -> None:
    assert {found.shape for found in validate(read(path))} == shapes_announced(path)


def test_every_shape_has_an_invalid_example() -> None:
    assert shapes_that_can_fail() == set().union(*(shapes_announced(path) for path in INVALID))


def test_examples_use_every_class_and_relation() -> None:
    graph = Graph()
    for path in VALID:
        graph.parse(path)
    written = {*graph.predicates(), *graph.objects(None, RDF.type)}
    written |= {o.datatype for o in graph.objects() if isinstance(o, Literal) and o.datatype}
    used = {str(term).removeprefix(MG) for term in written}
    ontology = Graph().parse(ontology_path("migkg.ttl"))
    terms = {str(s).removeprefix(MG) for s in ontology.subjects() if str(s).startswith(MG)}
    assert terms - used == {"Organisation", "relatesTo"}, "only the two umbrella terms are never written"


@pytest.mark.parametrize("relation", sorted(RELATIONS))
@pytest.mark.parametrize("end", ["From", "To"])
def test_shape_of_each_end_allows_what_the_ontology_says(relation: str, end: str) -> None:
    shape = URIRef(SHAPES + relation[0].upper() + relation[1:] + end)
    target = "targetSubjectsOf" if end == "From" else "targetObjectsOf"
    assert list(SHAPES_GRAPH.objects(shape, URIRef(SH + target))) == [URIRef(MG + relation)]
    allowed = set(SHAPES_GRAPH.objects(shape, URIRef(SH + "class")))
    for alternatives in SHAPES_GRAPH.objects(shape, URIRef(SH + "or")):
        for alternative in SHAPES_GRAPH.items(alternatives):
            allowed |= set(SHAPES_GRAPH.objects(alternative, URIRef(SH + "class")))
    ontology = Graph().parse(ontology_path("migkg.ttl"))
    includes = URIRef("https://schema.org/" + ("domainIncludes" if end == "From" else "rangeIncludes"))
    assert allowed == set(ontology.objects(URIRef(MG + relation), includes))


def test_claims_may_have_exactly_the_relations_of_the_ontology() -> None:
    (allowed,) = SHAPES_GRAPH.objects(URIRef(SHAPES + "ClaimHasPredicate"), URIRef(SH + "in"))
    facts = {DCTERMS + "subject", MG + "memberCount", MG + "countryCount", SCHEMA + "foundingDate"}
    assert {str(term) for term in SHAPES_GRAPH.items(allowed)} == {MG + name for name in RELATIONS} | facts


@pytest.mark.parametrize("shape", sorted(shapes_that_can_fail()))
def test_message_is_one_sentence_in_english_that_says_what_to_do(shape: str) -> None:
    node = URIRef(SHAPES + shape)
    constraint = SHAPES_GRAPH.value(node, URIRef(SH + "sparql"))
    messages = list(SHAPES_GRAPH.objects(constraint or node, URIRef(SH + "message")))
    assert len(messages) == 1 and messages[0].language == "en"
    assert re.fullmatch(r"[A-Z].{30,}\.", str(messages[0])) or str(messages[0]).startswith("mg:")
    assert SHAPES_GRAPH.value(node, URIRef(SH + "severity")) in {URIRef(SH + "Violation"), URIRef(SH + "Warning")}


WHEN = [
    ("2013", True),
    ("2013-03", True),
    ("2013-03-18", True),
    ("2012-02-29", True),
    ("XXXX-02-27", True),
    ("XXXX-02", True),
    ("XXXX-02-27/XXXX-02-28", True),
    ("2013-03-18/2013-03-20", True),
    ("2012/2014-06", True),
    ("2013-03/..", True),
    ("../2014", True),
    ("XXXX", False),  # says nothing
    ("--02-27", False),  # xsd:gMonthDay
    ("2013-02-30", False),
    ("2013-04-31", False),
    ("2013-13-01", False),
    ("2013-3-18", False),
    ("18 March 2013", False),
    ("2013-03-18T10:00:00", False),
    ("2013/", False),
    ("/2013", False),
    ("../..", False),
    ("2013-03-18 ", False),
    ("٢٠١٣", False),  # digits, but not ASCII ones
    ("", False),
]


@pytest.mark.parametrize(("when", "good"), WHEN, ids=[repr(when) for when, _ in WHEN])
def test_edtf(when: str, good: bool) -> None:
    graph = parse_turtle(
        f'@prefix mg: <{MG}> . <urn:e> a mg:Event ; <http://www.w3.org/2000/01/rdf-schema#label> "e"@en ; '
        f'mg:when "{when}" .',
    )
    assert {found.shape for found in validate(graph)} == (set() if good else {"WhenIsEdtf"})


def test_own_sparql_checks_agree_with_pyshacl() -> None:
    """pySHACL itself, running the SPARQL constraints node by node, gives the same findings as one query for all."""
    ontology = Graph().parse(ontology_path("migkg.ttl"))
    for path in INVALID:
        announced = shapes_announced(path)
        if not announced & {check.shape for check in checks()}:
            continue
        _, report, _ = pyshacl.validate(read(path) + ontology, shacl_graph=SHAPES_GRAPH, inference="none")
        assert isinstance(report, Graph)
        shapes = {str(s).removeprefix(SHAPES) for s in report.objects(None, URIRef(SH + "sourceShape"))}
        assert shapes == announced, path.name


def test_report_names_the_thing_and_shows_the_words() -> None:
    (found,) = validate(read(EXAMPLES / "invalid" / "works-for-to.ttl"))
    assert found == Violation(
        severity=VIOLATION,
        shape="WorksForTo",
        message="A person works for an organisation: correct the type of the object of mg:worksFor, or drop the edge.",
        focus="https://w3id.org/migkg/id/project",
        label="project",
        quote="Japan pays",
        source="https://w3id.org/migkg/id/s1",
    )


def test_report_tells_a_claim_as_its_edge() -> None:
    (found,) = validate(read(EXAMPLES / "invalid" / "claim-has-confidence.ttl"))
    assert (found.label, found.path, found.value) == ("Japan funds training", "mg:confidence", "1.2")


def test_warnings_are_told_from_violations() -> None:
    assert [v.severity for v in validate(read(EXAMPLES / "invalid" / "claim-has-rule.ttl"))] == [WARNING]


def test_hostile_text_is_only_text() -> None:
    graph = parse_turtle(
        r"<https://w3id.org/migkg/id/x> a <https://w3id.org/migkg/ont#Place> ; "
        r'<http://www.w3.org/2000/01/rdf-schema#label> "<script>\"\n{$this}</script>"@en ; '
        r'<https://w3id.org/migkg/ont#country> "vn\n{?value}" .',
    )
    (found,) = validate(graph)
    assert found.label == '<script>"\n{$this}</script>' and found.value == "vn\n{?value}"


def test_nquads_lines_and_the_graph_is_left_alone() -> None:
    graph = read(VALID[0])
    before = set(graph)
    validate(graph)
    assert set(graph) == before
    lines = [f"{line[:-2]} <urn:g> ." for line in graph.serialize(format="nt").splitlines() if line]
    assert validate(lines) == []
    assert validate([line + "\n" for line in lines]) == []


@pytest.mark.parametrize(
    ("text", "form"),
    [("<a> <b", "turtle"), ("not rdf at all", "nquads"), ('{"@id": ', "json-ld"), ("<x", "xml")],
    ids=["turtle", "nquads", "json-ld", "xml"],
)
def test_what_is_not_rdf_is_said_on_one_line(text: str, form: str) -> None:
    with pytest.raises(UsageError, match=r"^the file is not [^\n]+$"):
        parse_graph([text], form, "the file")


@pytest.mark.parametrize("form", ["nt", "nquads", "turtle"])
def test_line_separators_of_unicode_stay_in_their_text(form: str) -> None:
    label = "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg"
    line = f'<https://w3id.org/migkg/id/x> <http://www.w3.org/2000/01/rdf-schema#label> "{label}"@en .'
    (text,) = parse_graph([line], form).objects()
    assert str(text) == label


@pytest.mark.parametrize(
    "text",
    [
        '{"@context": "http://127.0.0.1:9/c.jsonld", "@id": "urn:x"}',
        '[{"@context": [{}, "c.jsonld"], "@id": "urn:x"}]',
        '{"@id": "urn:x", "urn:p": [{"@context": {"@import": "file:///etc/passwd"}}]}',
    ],
    ids=["address", "file beside", "import, deep inside"],
)
def test_no_context_is_fetched(text: str) -> None:
    with pytest.raises(UsageError, match="stands elsewhere and nothing is fetched"):
        parse_graph([text], "json-ld")
