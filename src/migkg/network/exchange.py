"""Writes a network as JSON for other tools (Cytoscape.js, Kumu, node-link) and as the two tables that Kumu imports.

Every format has the evidence of each edge; absent values are left out and lists joined, as in GraphML and GEXF.
"""

import csv
import io
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

from migkg.network.formats import flatten, safe_cell

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

KUMU_ELEMENT = ("Label", "Type", "Description", "Tags", "ID", "Country", "Date", "Start", "End")
KUMU_CONNECTION = (
    "From", "To", "Type", "Label", "Direction", "Description", "Tags", "ID", "Claims", "Confidence", "Quotes",
    "Amounts", "Posts", "Sources", "Addresses", "First said", "Last said", "Start", "End",
)  # fmt: skip
# Where each column of a connection comes from; the rest is worked out below.
_EVIDENCE = {
    "Claims": "claims",
    "Confidence": "confidence",
    "Quotes": "quotes",
    "Amounts": "amounts",
    "Posts": "posts",
    "Sources": "source_titles",
    "Addresses": "source_urls",
    "First said": "first_said",
    "Last said": "last_said",
    "Start": "start",
    "End": "end",
}
_MUTUAL = frozenset({"cooperatesWith"})


def write_cytoscape(graph: "Graph", target: BinaryIO) -> None:
    """Write the JSON that Cytoscape.js takes as ``elements``, and Cytoscape and networkx import."""
    flat = flatten(graph, dated=True)
    nodes = [{"data": {**flat.nodes[iri], "id": iri, "value": iri, "name": flat.nodes[iri]["label"]}} for iri in flat]
    edges = [
        {"data": {**data, "source": subject, "target": object_, "key": key}}
        for subject, object_, key, data in flat.edges(keys=True, data=True)
    ]
    document = {"data": [], "directed": True, "multigraph": True, "elements": {"nodes": nodes, "edges": edges}}
    _write_json(document, target)


def write_node_link(graph: "Graph", target: BinaryIO) -> None:
    """Write node-link JSON: ``nodes`` with ``id``, ``edges`` with ``source``, ``target`` and ``key``."""
    import networkx as nx

    _write_json(nx.node_link_data(flatten(graph, dated=True), edges="edges"), target)


def write_kumu(graph: "Graph", target: BinaryIO) -> None:
    """Write a Kumu blueprint: ``elements`` and ``connections``, which point to each other by ``id``."""
    elements, connections = _kumu(graph)
    document = {"elements": [_blueprint(row) for row in elements], "connections": [_blueprint(c) for c in connections]}
    _write_json(document, target)


def write_kumu_elements(graph: "Graph", target: BinaryIO) -> None:
    """Write the table of elements that Kumu imports; cells that a spreadsheet would run get an apostrophe in front."""
    _write_table(KUMU_ELEMENT, _kumu(graph)[0], target)


def write_kumu_connections(graph: "Graph", target: BinaryIO) -> None:
    """Write the table of connections that Kumu imports; ``From`` and ``To`` are the ``ID`` of elements."""
    _write_table(KUMU_CONNECTION, _kumu(graph)[1], target)


def _kumu(graph: "Graph") -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    flat = flatten(graph, dated=True)
    elements = []
    for iri in flat:
        node = flat.nodes[iri]
        # A label that is empty, or that only tells where it is from, would make Kumu drop the element.
        facts = {"Label": node.get("label") or iri, "Type": node.get("type"), "Description": node.get("aliases")}
        facts |= {"Tags": node.get("country"), "ID": iri, "Country": node.get("country"), "Date": node.get("when")}
        elements.append(facts | {"Start": node.get("start"), "End": node.get("end")})
    connections = []
    for subject, object_, predicate, edge in flat.edges(keys=True, data=True):
        facts = {"From": subject, "To": object_, "Type": predicate, "Label": predicate, "ID": edge["id"]}
        facts |= {"Direction": "mutual" if predicate in _MUTUAL else "directed", "Description": edge.get("quote")}
        facts |= {"Tags": edge.get("statuses")} | {column: edge.get(name) for column, name in _EVIDENCE.items()}
        connections.append(facts)
    return elements, connections


def _blueprint(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a Kumu object: keys in small letters, tags as a list, nothing empty."""
    kept: dict[str, Any] = {name.lower(): value for name, value in row.items() if value not in (None, "")}
    if "tags" in kept:
        kept["tags"] = str(kept["tags"]).split(" | ")
    return kept


def _write_table(columns: tuple[str, ...], rows: Iterable[dict[str, Any]], target: BinaryIO) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8", errors="replace", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    text.flush()
    text.detach()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else safe_cell(str(value))


def _write_json(document: dict[str, Any], target: BinaryIO) -> None:
    target.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
