"""Gives the triples of a graph without named graphs back to their sources, as far as the claims tell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from migkg.lines import Quad, split_line
from migkg.rdf import namespaces as ns

# Where triples stand that no claim ties to a source.
FILE_GRAPH = ns.ID + "graph/file"
_ENDS = (f"<{ns.RDF}subject>", f"<{ns.RDF}object>")
_EDGE = (_ENDS[0], f"<{ns.RDF}predicate>", _ENDS[1])
_SOURCE, _STATUS, _TYPE = f"<{ns.MG}source>", f"<{ns.MG}status>", f"<{ns.RDF}type>"
_STATED, _A_SOURCE = f"<{ns.STATUSES['stated']}>", f"<{ns.MG}Source>"


def place(lines: Iterable[str]) -> dict[str, set[str]]:
    """N-Quads lines by the IRI of their named graph.

    A direct edge belongs to each source whose claim states it, a claim to its own source, the type of a thing to each
    source that claims something of it, and what describes a source to that source. What only the graph of a source
    would tell (the names and dates that it gives to things) stays in ``FILE_GRAPH``.

    Args:
        lines: N-Triples lines.
    """
    triples = [split_line(line) for line in lines]
    facts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for triple in triples:
        if triple.predicate in {*_EDGE, _SOURCE, _STATUS, _TYPE}:
            facts[triple.subject][triple.predicate].add(triple.object)
    edges: dict[tuple[str, ...], set[str]] = defaultdict(set)
    ends: dict[str, set[str]] = defaultdict(set)
    for said in facts.values():
        if not all(said.get(part) for part in _EDGE):
            continue
        for part in _ENDS:
            ends[min(said[part])] |= said[_SOURCE]
        if _STATED in said[_STATUS]:
            edges[tuple(min(said[part]) for part in _EDGE)] |= said[_SOURCE]
    graphs: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        found = set(_graphs(triple, facts.get(triple.subject, {}), edges, ends)) or {f"<{FILE_GRAPH}>"}
        for graph in found:
            graphs[graph[1:-1]].add(f"{triple.subject} {triple.predicate} {triple.object} {graph} .")
    return dict(graphs)


def _graphs(
    triple: Quad, said: dict[str, set[str]], edges: dict[tuple[str, ...], set[str]], ends: dict[str, set[str]]
) -> Iterator[str]:
    yield from said.get(_SOURCE, ())
    yield from edges.get((triple.subject, triple.predicate, triple.object), ())
    if triple.predicate == _TYPE:
        yield from ends.get(triple.subject, ())
    if _A_SOURCE in said.get(_TYPE, ()):
        yield triple.subject
