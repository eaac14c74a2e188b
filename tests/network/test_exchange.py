"""The JSON formats and Kumu's tables are written and read again: equal counts, evidence kept, nothing that runs."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

from migkg.network.exchange import (
    KUMU_CONNECTION,
    KUMU_ELEMENT,
    write_cytoscape,
    write_kumu,
    write_kumu_connections,
    write_kumu_elements,
    write_node_link,
)
from migkg.network.formats import write_gexf, write_graphml

WRITERS = (write_cytoscape, write_node_link, write_kumu, write_kumu_elements, write_kumu_connections)


def written(write: Callable[..., None], graph: "nx.MultiDiGraph[str]") -> bytes:
    file = io.BytesIO()
    write(graph, file)
    return file.getvalue()


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def from_kumu(elements: list[dict[str, Any]], connections: list[dict[str, Any]], keys: tuple[str, ...]) -> Any:
    """What Kumu does at import: elements by their id, connections between ids."""
    identity, start, end, kind = keys
    again: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    again.add_nodes_from((element[identity], element) for element in elements)
    for connection in connections:
        assert connection[start] in again and connection[end] in again
        again.add_edge(connection[start], connection[end], connection[kind], **connection)
    return again


def read_again(kind: str, graph: "nx.MultiDiGraph[str]") -> Any:
    if kind == "graphml":
        return nx.read_graphml(io.BytesIO(written(write_graphml, graph)), force_multigraph=True)
    if kind == "gexf":
        return nx.read_gexf(io.BytesIO(written(write_gexf, graph)))
    if kind == "cytoscape":
        return nx.cytoscape_graph(json.loads(written(write_cytoscape, graph)))
    if kind == "node-link":
        return nx.node_link_graph(json.loads(written(write_node_link, graph)), edges="edges")
    if kind == "kumu":
        blueprint = json.loads(written(write_kumu, graph))
        return from_kumu(blueprint["elements"], blueprint["connections"], ("id", "from", "to", "type"))
    tables = [table(written(write, graph)) for write in (write_kumu_elements, write_kumu_connections)]
    return from_kumu(*tables, ("ID", "From", "To", "Type"))


@pytest.mark.parametrize("kind", ["graphml", "gexf", "cytoscape", "node-link", "kumu", "kumu tables"])
def test_reads_back_with_equal_counts(graph: "nx.MultiDiGraph[str]", kind: str) -> None:
    again = read_again(kind, graph)
    assert set(again) == set(graph)
    assert sorted(again.edges()) == sorted(graph.edges())
    ends = again.get_edge_data("urn:jp", "urn:iom")
    assert len(ends) == 2  # two relations between the same two are two edges
    assert any("Japan gives 2 million" in str(edge.values()) for edge in ends.values())


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_graph_gives_the_same_bytes(graph: "nx.MultiDiGraph[str]", write: Callable[..., None]) -> None:
    assert written(write, graph) == written(write, graph.copy())


@pytest.mark.parametrize("write", [write_cytoscape, write_node_link, write_kumu])
def test_nothing_is_empty_and_no_control_is_left(graph: "nx.MultiDiGraph[str]", write: Callable[..., None]) -> None:
    data = written(write, graph).decode("utf-8")
    assert "null" not in data and '""' not in data
    assert "\\u0000" not in data and "\\u000b" not in data


def test_cytoscape_has_dates_and_evidence_and_ids_of_its_own(graph: "nx.MultiDiGraph[str]") -> None:
    elements = json.loads(written(write_cytoscape, graph))["elements"]
    identities = [part["data"]["id"] for part in (*elements["nodes"], *elements["edges"])]
    assert len(set(identities)) == len(identities) == 7
    (organises,) = [e["data"] for e in elements["edges"] if e["data"]["predicate"] == "organises"]
    assert (organises["start"], organises["end"], organises["quote"]) == ("2013-03-18", "2013-03-19", "-1+1")


def test_kumu_blueprint_tells_direction_and_sums(graph: "nx.MultiDiGraph[str]") -> None:
    connections = {c["type"]: c for c in json.loads(written(write_kumu, graph))["connections"]}
    assert connections["cooperatesWith"]["direction"] == "mutual"
    assert connections["funds"]["amounts"] == "2000000 USD"
    assert connections["funds"]["tags"] == ["stated", "denied"]
    assert connections["funds"]["addresses"] == "https://example.org/1"


def test_kumu_tables_have_the_columns_of_its_manual_and_no_formula(graph: "nx.MultiDiGraph[str]") -> None:
    elements, connections = (written(w, graph) for w in (write_kumu_elements, write_kumu_connections))
    assert tuple(table(elements)[0]) == KUMU_ELEMENT
    assert tuple(table(connections)[0]) == KUMU_CONNECTION
    assert "'=cmd()" in [row["Label"] for row in table(elements)]
    assert "'-1+1" in [row["Description"] for row in table(connections)]


def test_gexf_has_colours_and_places(graph: "nx.MultiDiGraph[str]") -> None:
    file = io.BytesIO()
    write_gexf(graph, file, {"Government": "#D55E00", "Event": "ink", "Place": "red; x"})
    again = nx.read_gexf(io.BytesIO(file.getvalue()))
    look = again.nodes["urn:jp"]["viz"]
    assert look["color"] == {"r": 213, "g": 94, "b": 0, "a": 1.0}
    assert len({tuple(again.nodes[n]["viz"]["position"].values()) for n in again}) == len(again)
    assert "color" not in again.nodes["urn:ev"]["viz"]
