import itertools
import math

import networkx as nx
import numpy as np
import pytest

from migkg.network.layout import ROOM, close_pairs, lay_out, separate


def ring_of_stars(stars: int, leaves: int) -> "nx.MultiDiGraph[str]":
    """Hubs tied in a ring, each with leaves of its own: as many communities as hubs."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for star in range(stars):
        graph.add_edge(f"hub{star}", f"hub{(star + 1) % stars}", "cooperatesWith", claims=())
        for leaf in range(leaves):
            graph.add_edge(f"hub{star}", f"leaf{star}-{leaf}", "organises", claims=())
    return graph


def test_positions_do_not_depend_on_the_order_of_building() -> None:
    graph = ring_of_stars(5, 8)
    shuffled: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    shuffled.add_nodes_from(sorted(graph, reverse=True))
    shuffled.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert lay_out(graph) == lay_out(shuffled)


def test_every_node_has_room() -> None:
    positions = lay_out(ring_of_stars(6, 12)).positions
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(positions.values(), 2))
    assert nearest >= ROOM * 0.95


def test_communities_lie_apart() -> None:
    graph = ring_of_stars(4, 10)
    layout = lay_out(graph)
    positions, groups = layout.positions, layout.groups
    assert len(groups) == 4
    for group in groups:
        centre = np.mean([positions[node] for node in group], axis=0)
        for node in set(graph) - set(group):
            own = next(other for other in groups if node in other)
            own_centre = np.mean([positions[member] for member in own], axis=0)
            assert math.dist(positions[node], own_centre) < math.dist(positions[node], centre)


@pytest.mark.parametrize("edges", [[], [("a", "a")], [("a", "b")], [("a", "b"), ("c", "d")]])
def test_small_graphs(edges: list[tuple[str, str]]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for subject, object_ in edges:
        graph.add_edge(subject, object_, "partOf", claims=())
    positions = lay_out(graph).positions
    assert set(positions) == set(graph)
    assert all(math.isfinite(value) for point in positions.values() for value in point)


def test_points_in_one_place_are_parted() -> None:
    points = separate(np.zeros((5, 2)), np.ones(5))
    assert min(math.dist(a, b) for a, b in itertools.combinations(points, 2)) > 1.9


@pytest.mark.parametrize(
    ("count", "reach"), [(0, 1.0), (1, 1.0), (2, 0.5), (60, 0.01), (60, 0.3), (60, 5.0), (300, 0.1)]
)
def test_close_pairs_are_all_found_and_only_once(count: int, reach: float) -> None:
    points = np.random.default_rng(7).uniform(-1, 1, (count, 2))
    first, second = close_pairs(points, reach)
    found = [frozenset(pair) for pair in zip(first.tolist(), second.tolist(), strict=True)]
    assert len(found) == len(set(found)) and all(len(pair) == 2 for pair in found)
    near = {
        frozenset((a, b)) for a, b in itertools.combinations(range(count), 2) if math.dist(points[a], points[b]) < reach
    }
    assert near <= set(found)
