"""Fixtures as stores: the same quads in Oxigraph on disk and in rdflib."""

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph

from migkg.query.parameters import shorten
from migkg.rdf.namespaces import ID, PREFIXES
from migkg.store import memory_store, open_store
from migkg.store.base import Rows, Store, Term, WritableStore

FIXTURES = Path(__file__).parent / "fixtures"
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()) + f"@base <{ID}> .\n"


def read_fixture(text: str) -> dict[str, list[str]]:
    """TriG without prefixes (IRIs are relative to https://w3id.org/migkg/id/) as N-Quads lines by named graph."""
    graphs: dict[str, list[str]] = defaultdict(list)
    for quad in pyoxigraph.parse(HEAD + text, pyoxigraph.RdfFormat.TRIG):
        graphs[quad.graph_name.value].append(f"{quad} .")
    return graphs


def fill(store: WritableStore, graphs: dict[str, list[str]]) -> WritableStore:
    for graph, lines in graphs.items():
        store.replace_graph(graph, lines)
    return store


def both(folder: Path, text: str) -> dict[str, Store]:
    """The two engines, each with the fixture."""
    graphs = read_fixture(text)
    return {"oxigraph": fill(open_store(folder / "store"), graphs), "rdflib": fill(memory_store(), graphs)}


def show(answer: Rows) -> list[tuple[str, ...]]:
    """Rows as short texts: IRIs of things without what all have in common, nothing for no value."""
    return [tuple(map(_show, row)) for row in answer.rows]


def _show(term: Term | None) -> str:
    if term is None:
        return ""
    return shorten(term.value).removeprefix("id:") if term.kind == "uri" else term.value


def values(row: tuple[str, ...]) -> tuple[object, ...]:
    """A shown row with its numbers as numbers: one engine writes 100, the other 100.0."""
    return tuple(map(_value, row))


def _value(text: str) -> object:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
