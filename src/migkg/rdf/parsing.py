"""Reads RDF of any form into one rdflib graph, fetching nothing."""

import json
import re
from collections.abc import Iterable
from typing import Any

from rdflib import Dataset, Graph

from migkg.errors import UsageError

_WITH_GRAPHS = {"nquads", "trig", "json-ld"}


def parse_graph(lines: Iterable[str], form: str = "nquads", name: str = "the input") -> Graph:
    """Read RDF into one graph; the names of graphs are dropped.

    Args:
        lines: the text, line by line, with or without line ends.
        form: ``nquads``, ``nt``, ``turtle``, ``trig``, ``json-ld`` or ``xml``.
        name: what an error message calls the input.

    Raises:
        UsageError: the text is not RDF of this form, or names a JSON-LD context that would have to be fetched; the
            message has the reason on one line.
    """
    text = "\n".join(line.rstrip("\r\n") for line in lines) + "\n"
    target = Dataset(default_union=True) if form in _WITH_GRAPHS else Graph()
    try:
        if form == "json-ld":
            _refuse_contexts(json.loads(text))
        target.parse(data=text, format=form)
    except Exception as error:  # each parser of rdflib raises exceptions of its own
        raise UsageError(f"{name} is not {form}: {one_line(error)}") from error
    if not isinstance(target, Dataset):
        return target
    graph = Graph()
    for subject, predicate, value, _ in target.quads((None, None, None, None)):
        graph.add((subject, predicate, value))
    return graph


def one_line(error: Exception) -> str:
    """The message of an exception on one line, cut where it is long; its name where it has none."""
    return re.sub(r"\s+", " ", str(error)).strip()[:200] or type(error).__name__


def _refuse_contexts(value: Any) -> None:
    """Raise ``ValueError`` for a JSON-LD context that is an address: rdflib would fetch it."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item
        if not isinstance(item, dict):
            continue
        for key, inner in item.items():
            contexts = inner if isinstance(inner, list) else [inner]
            for context in contexts if key in {"@context", "@import"} else ():
                if isinstance(context, str):
                    raise ValueError(f"its context {context} stands elsewhere and nothing is fetched; write it out")
        waiting += item.values()
