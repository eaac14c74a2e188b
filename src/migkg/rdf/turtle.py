"""Turtle and TriG from sorted lines: grouped, prefixed, and the same to the byte for the same graph.

Library serialisers order by hash or by the order of insertion; here the order of the lines decides. One subject is in
memory at a time.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from migkg.lines import Quad, read_literal, sort_lines, split_line
from migkg.rdf import namespaces as ns

_TYPE = f"<{ns.RDF}type>"
_OWN = re.compile(r"[a-z-]+(?:/[A-Za-z0-9_-]+)+")
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_INTEGER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_BY_NAMESPACE = {namespace: prefix for prefix, namespace in ns.PREFIXES.items() if namespace != ns.ID}
_WIDTH = 90
_SPLIT = re.compile(r"<(.*[#/])([^#/]*)>")


def write_turtle(lines: Iterable[str]) -> Iterator[str]:
    """The union of all graphs as Turtle, in pieces that are to be written one after the other.

    Args:
        lines: N-Quads or N-Triples lines, sorted.

    Raises:
        ValueError: a line is malformed.
    """
    yield _head()
    for subject, quads in groupby(map(split_line, lines), key=lambda quad: quad.subject):
        yield "\n" + _block(subject, quads, "")


def write_trig(lines: Iterable[str]) -> Iterator[str]:
    """All graphs as TriG, in pieces that are to be written one after the other.

    Args:
        lines: N-Quads lines, in any order.

    Raises:
        ValueError: a line is malformed.
    """
    yield _head()
    by_graph = (_from_sorted(line) for line in sort_lines(_graph_first(line) for line in lines))
    for graph, quads in groupby(by_graph, key=lambda quad: quad.graph):
        indent = "    " if graph else ""
        yield f"\n{write_iri(graph)} {{\n" if graph else "\n"
        for number, (subject, group) in enumerate(groupby(quads, key=lambda quad: quad.subject)):
            yield ("\n" if number else "") + _block(subject, group, indent)
        yield "}\n" if graph else ""


def write_iri(iri: str) -> str:
    """An IRI (in angle brackets) as short as Turtle allows with the prefixes and the base of ``_head``."""
    if iri.startswith(f"<{ns.ID}") and _OWN.fullmatch(iri, len(ns.ID) + 1, len(iri) - 1):
        return f"<{iri[len(ns.ID) + 1 :]}"
    match = _SPLIT.fullmatch(iri)
    if match and match[1] in _BY_NAMESPACE and _LOCAL.fullmatch(match[2]):
        return f"{_BY_NAMESPACE[match[1]]}:{match[2]}"
    return iri


def _head() -> str:
    prefixes = {prefix: namespace for prefix, namespace in ns.PREFIXES.items() if namespace != ns.ID}
    lines = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items())]
    return f"@base <{ns.ID}> .\n" + "".join(lines)


def _block(subject: str, quads: Iterable[Quad], indent: str) -> str:
    """All that is said of one subject; its types come first."""
    facts: dict[str, list[str]] = {}
    for quad in quads:
        facts.setdefault(quad.predicate, []).append(quad.object)
    rows = []
    for predicate in sorted(facts, key=lambda name: (name != _TYPE, name)):
        objects = list(dict.fromkeys(_write_object(value) for value in facts[predicate]))
        name = "a" if predicate == _TYPE else write_iri(predicate)
        # Many or long values stand one on a line, so that a changed value is a changed line.
        wide = len(objects) > 1 and sum(map(len, objects)) > _WIDTH
        rows.append(f"{name} " + (f",\n{indent}        " if wide else ", ").join(objects))
    return f"{indent}{write_iri(subject)} " + f" ;\n{indent}    ".join(rows) + " .\n"


def _write_object(term: str) -> str:
    if not term.startswith('"'):
        return write_iri(term)
    if not term.endswith(">"):
        return term
    parts = read_literal(term)
    if parts.datatype == f"{ns.XSD}integer" and _INTEGER.fullmatch(parts.text):
        return parts.text
    if parts.datatype == f"{ns.XSD}decimal" and _DECIMAL.fullmatch(parts.text):
        return parts.text
    quoted = term[: term.rindex("^^")]
    return f"{quoted}^^{write_iri(f'<{parts.datatype}>')}"


def _graph_first(line: str) -> str:
    quad = split_line(line)
    return f"{quad.graph}\t{quad.subject} {quad.predicate} {quad.object} ."


def _from_sorted(line: str) -> Quad:
    graph, _, triple = line.partition("\t")
    return split_line(triple)._replace(graph=graph)
