"""JSON-LD from sorted lines, with its context inside: nothing has to be fetched to read it."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from migkg.lines import Quad, read_literal, split_line
from migkg.rdf import namespaces as ns

_TYPE = f"<{ns.RDF}type>"
Value = str | dict[str, str]


def write_jsonld(lines: Iterable[str]) -> Iterator[str]:
    """The union of all graphs as JSON-LD, one node a line, in pieces that are to be written one after the other.

    Args:
        lines: N-Quads or N-Triples lines, sorted.

    Raises:
        ValueError: a line is malformed.
    """
    context = {prefix: namespace for prefix, namespace in sorted(ns.PREFIXES.items()) if namespace != ns.ID}
    yield f'{{"@context": {json.dumps(context)},\n"@graph": ['
    for number, (subject, quads) in enumerate(groupby(map(split_line, lines), key=lambda quad: quad.subject)):
        yield (",\n" if number else "\n") + json.dumps(_node(subject, quads), ensure_ascii=False)
    yield "\n]}\n"


def _node(subject: str, quads: Iterable[Quad]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _reference(subject)}
    facts: dict[str, list[Value]] = {}
    for quad in quads:
        values = facts.setdefault(quad.predicate, [])
        value = _value(quad.object)
        if value not in values:
            values.append(value)
    for predicate, values in facts.items():
        if predicate == _TYPE:
            node["@type"] = [value["@id"] for value in values if isinstance(value, dict)]
        else:
            node[_shorten(predicate[1:-1])] = values[0] if len(values) == 1 else values
    return node


def _value(term: str) -> Value:
    if not term.startswith('"'):
        return {"@id": _reference(term)}
    parts = read_literal(term)
    if parts.language:
        return {"@value": parts.text, "@language": parts.language}
    if parts.datatype:
        return {"@value": parts.text, "@type": _shorten(parts.datatype)}
    return parts.text


def _reference(term: str) -> str:
    return term if term.startswith("_:") else term[1:-1]


def _shorten(iri: str) -> str:
    """The IRI with a prefix, where what follows the namespace is a plain name."""
    for prefix, namespace in ns.PREFIXES.items():
        local = iri.removeprefix(namespace)
        if namespace != ns.ID and local != iri and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return iri
