"""Checks whole stores and files against the shapes of the ontology, a portion of the sources at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path

from migkg.errors import UsageError
from migkg.rdf.parsing import parse_graph
from migkg.rdf.shapes import checks, count_sources, validate, validate_across
from migkg.rdf.violations import VIOLATION, Violation, sort_violations
from migkg.store.base import Rows, Store, Term, Triples

# pySHACL needs its graph in memory. What a source says is checked within that source, so portions are enough.
AT_ONCE = 50
FORMS = {".ttl": "turtle", ".nt": "nt", ".nq": "nquads", ".trig": "trig", ".jsonld": "json-ld", ".rdf": "xml"}

_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?graph { ?s ?p ?o } }"
_THING = "CONSTRUCT { ?this ?p ?o } WHERE { ?this ?p ?o }"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check looked at and found.

    Attributes:
        found: violations and warnings, sorted.
        sources: how many sources (``mg:Source``) were looked at.
        triples: how many triples, each counted in every source that has it.
    """

    found: tuple[Violation, ...]
    sources: int
    triples: int

    @property
    def conforms(self) -> bool:
        """Whether there are no violations; warnings do not count."""
        return not any(found.severity == VIOLATION for found in self.found)

    def count(self, severity: str) -> int:
        """How many findings of this severity there are (``violation`` or ``warning``)."""
        return sum(found.severity == severity for found in self.found)


def validate_store(store: Store, done: Callable[[str], None] | None = None, at_once: int = AT_ONCE) -> Outcome:
    """Check every named graph of a store, and what only all of them together show.

    Args:
        done: called with the IRI of each named graph that has been checked.
        at_once: how many named graphs are held in memory together.

    Raises:
        StoreError, QueryError: the store cannot be read.
    """
    graphs = list(store.graphs())
    found: set[Violation] = set()
    sources = triples = 0
    for start in range(0, len(graphs), at_once):
        portion = graphs[start : start + at_once]
        lines = _read(store, portion)
        graph = parse_graph(lines, "nt", "the store")
        found.update(validate(graph, across=False))
        sources += count_sources(graph)
        triples += len(lines)
        if done is not None:
            for name in portion:
                done(name)
    found.update(validate_across(parse_graph(_suspects(store), "nt", "the store")))
    return Outcome(tuple(sort_violations(found)), sources, triples)


def validate_files(texts: Sequence[tuple[str, str]]) -> Outcome:
    """Check RDF files as one graph.

    Args:
        texts: for each file its name, whose ending says its form (Turtle where it has none), and its text.

    Raises:
        UsageError: a file is no RDF, or its ending is none of ``FORMS``.
    """
    graph = reduce(add, (parse_graph([text], form_of(name), name) for name, text in texts))
    return Outcome(tuple(validate(graph)), count_sources(graph), len(graph))


def form_of(name: str) -> str:
    """The RDF form that a file name stands for; ``-`` and names without an ending are Turtle.

    Raises:
        UsageError: the ending is unknown.
    """
    ending = Path(name).suffix.lower()
    if ending and ending not in FORMS:
        raise UsageError(f"{name}: {ending} is no RDF file; known are {', '.join(FORMS)}")
    return FORMS.get(ending, "turtle")


def _read(store: Store, graphs: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for graph in graphs:
        answer = store.query(_GRAPH, {"graph": Term("uri", graph)})
        assert isinstance(answer, Triples)
        lines += answer.lines
    return lines


def _suspects(store: Store) -> list[str]:
    """All triples of the things on which the store finds something that only all sources together show."""
    lines: list[str] = []
    for check in checks():
        if not check.across:
            continue
        answer = store.query(check.sparql)
        assert isinstance(answer, Rows)
        column = answer.columns.index("this")
        for thing in {term for row in answer.rows if (term := row[column]) is not None}:
            triples = store.query(_THING, {"this": thing})
            assert isinstance(triples, Triples)
            lines += triples.lines
    return lines
