"""Checks a graph against ontology/shapes.ttl: pySHACL for the core constraints, one SPARQL query for each other check.

pySHACL runs a SPARQL constraint once for each node; here its SELECT runs once for the whole graph with ``$this`` left
open, which gives the same answers in a fraction of the time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import ResultRow
from rdflib.term import Node

from migkg.errors import DataFileError
from migkg.rdf.namespaces import MG, RDF, RDFS, SCHEMA, SH, SHAPES
from migkg.rdf.parsing import one_line, parse_graph
from migkg.rdf.violations import VIOLATION, WARNING, Place, Teller, Violation, sort_violations
from migkg.resources import ontology_path

_Triple = tuple[Node, Node, Node]


@dataclass(frozen=True, slots=True)
class Check:
    """One SPARQL constraint of the shapes, as a query over a whole graph.

    Attributes:
        sparql: a SELECT whose columns are ``this`` and, where they apply, ``path`` and ``value``.
        across: whether it must see all sources at once, so that checking them in portions is not enough.
    """

    shape: str
    severity: str
    message: str
    sparql: str
    across: bool


def validate(data: Graph | Iterable[str], form: str = "nquads", across: bool = True) -> list[Violation]:
    """Check a graph against the shapes.

    Args:
        data: a graph, or lines of RDF in ``form``. A graph is the same afterwards.
        across: also run the checks that must see all sources at once; ``False`` when the caller runs them itself.

    Returns:
        What was found, violations before warnings, sorted; empty when the graph conforms.

    Raises:
        UsageError: the lines are not RDF of this form.
    """
    graph = data if isinstance(data, Graph) else parse_graph(data, form)
    added = [triple for triple in _schema() if triple not in graph]
    for triple in added:
        graph.add(triple)
    try:
        teller = Teller(graph)
        wanted = [check for check in checks() if across or not check.across]
        return sort_violations([*_core_violations(graph, teller), *_check_violations(graph, teller, wanted)])
    finally:
        for triple in added:
            graph.remove(triple)


def validate_across(graph: Graph) -> list[Violation]:
    """Run only the checks that must see all sources at once; see ``validate``."""
    return sort_violations(_check_violations(graph, Teller(graph), [check for check in checks() if check.across]))


def count_sources(graph: Graph) -> int:
    """How many sources (``mg:Source``) a graph has."""
    return sum(1 for _ in graph.subjects(URIRef(RDF + "type"), URIRef(MG + "Source")))


def checks() -> tuple[Check, ...]:
    """The SPARQL constraints of the shapes, sorted by shape."""
    return _shapes()[1]


def _core_violations(graph: Graph, teller: Teller) -> Iterator[Violation]:
    import pyshacl

    shapes = _shapes()[0]
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inplace=True, inference="none", advanced=False)
    for result in report.objects(None, _sh("result")):
        shape = report.value(result, _sh("sourceShape"))
        place = Place(
            focus=report.value(result, _sh("focusNode")),
            path=report.value(result, _sh("resultPath")),
            value=report.value(result, _sh("value")),
            relation=_relation(shape),
        )
        severity = _severity(report.value(result, _sh("resultSeverity")))
        message = str(report.value(result, _sh("resultMessage")))
        yield teller.tell(severity, str(shape).removeprefix(SHAPES), message, place)


def _check_violations(graph: Graph, teller: Teller, wanted: Iterable[Check]) -> Iterator[Violation]:
    for check in wanted:
        for row in graph.query(_prepared(check.sparql)):
            assert isinstance(row, ResultRow)
            found = row.asdict()
            place = Place(found["this"], found.get("path"), found.get("value"))
            yield teller.tell(check.severity, check.shape, check.message, place)


@cache
def _schema() -> tuple[_Triple, ...]:
    """The triples of the ontology that the shapes look at: the hierarchies, and what relations may link."""
    wanted = (RDFS + "subClassOf", RDFS + "subPropertyOf", SCHEMA + "domainIncludes", SCHEMA + "rangeIncludes")
    graph = _load("migkg.ttl")
    return tuple(triple for name in wanted for triple in graph.triples((None, URIRef(name), None)))


@cache
def _shapes() -> tuple[Graph, tuple[Check, ...]]:
    """The core constraints as a graph for pySHACL, and the SPARQL constraints as checks."""
    graph = _load("shapes.ttl")
    declared = sorted(
        (str(graph.value(d, _sh("prefix"))), str(graph.value(d, _sh("namespace"))))
        for d in graph.objects(None, _sh("declare"))
    )
    prefixes = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in declared)
    found = []
    for shape, constraint in list(graph.subject_objects(_sh("sparql"))):
        graph.remove((shape, _sh("sparql"), constraint))
        check = Check(
            shape=str(shape).removeprefix(SHAPES),
            severity=_severity(graph.value(shape, _sh("severity"))),
            message=str(graph.value(constraint, _sh("message"))),
            sparql=prefixes + str(graph.value(constraint, _sh("select"))).replace("$this", "?this"),
            across=graph.value(constraint, URIRef(SHAPES + "acrossSources")) is not None,
        )
        found.append(check)
    return graph, tuple(sorted(found, key=lambda check: check.shape))


@cache
def _relation(shape: Node) -> tuple[URIRef, str] | None:
    """The relation whose one end a shape is about, and which end that is."""
    for target, end in (("targetSubjectsOf", "subject"), ("targetObjectsOf", "object")):
        relations = list(_shapes()[0].objects(shape, _sh(target)))
        if len(relations) == 1 and isinstance(relations[0], URIRef) and str(relations[0]).startswith(MG):
            return relations[0], end
    return None


@cache
def _prepared(sparql: str) -> Query:
    return prepareQuery(sparql)


def _load(name: str) -> Graph:
    path = ontology_path(name)
    try:
        return Graph().parse(path)
    except Exception as error:
        raise DataFileError(f"{path}: {one_line(error)}") from error


def _sh(name: str) -> URIRef:
    return URIRef(SH + name)


def _severity(term: Node | None) -> str:
    return WARNING if term in (_sh("Warning"), _sh("Info")) else VIOLATION
