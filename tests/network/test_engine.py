"""What stands behind the measures on large networks says what networkx says, and the same on every run."""

import networkx as nx
import numpy as np
import pytest

from migkg.network import engine
from migkg.network.betweenness import measure_betweenness
from migkg.network.engine import find_betweenness, find_communities, find_cores, find_eigenvector, find_modularity
from migkg.network.groups import split_groups
from migkg.network.ties import Ties

Graph = nx.Graph  # of numbers or of texts: both are sorted and numbered


def karate() -> "nx.Graph[int]":
    return nx.karate_club_graph()  # has weights


def uneven(count: int, seed: int) -> "nx.Graph[int]":
    """Many with few ties and few with many, weights from 1 to 5, and a part of its own."""
    graph = nx.disjoint_union(nx.barabasi_albert_graph(count, 3, seed=seed), nx.path_graph(5))
    for number, edge in enumerate(sorted(graph.edges)):
        graph.edges[edge]["weight"] = 1 + number % 5
    return graph


def looped() -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.path_graph(4)
    graph.add_edge(1, 1, weight=9)
    return graph


NETWORKS = {
    "Zachary's club, weighted": karate(),
    "path": nx.path_graph(4),
    "star, on which a power iteration swings": nx.star_graph(6),
    "two-mode": nx.complete_bipartite_graph(3, 4),
    "two cliques and a bridge": nx.barbell_graph(5, 1),
    "two parts": nx.disjoint_union(nx.complete_graph(5), nx.cycle_graph(4)),
    "one node": nx.empty_graph(1),
    "two nodes": nx.path_graph(2),
    "no ties": nx.empty_graph(3),
    "nothing": nx.empty_graph(0),
    "a tie with itself": looped(),
    "uneven": uneven(300, 4),
}


def ties_of(graph: "nx.Graph[int]") -> Ties:
    return engine.number_ties(nx.relabel_nodes(graph, {node: f"{node:05}" for node in graph}))[1]


def plain(graph: "nx.Graph[int]") -> "nx.Graph[int]":
    bare = graph.copy()
    bare.remove_edges_from(list(nx.selfloop_edges(bare)))
    return bare


@pytest.mark.parametrize("name", NETWORKS)
def test_betweenness_and_cores_are_those_of_networkx(name: str) -> None:
    graph = plain(NETWORKS[name])
    expected = nx.betweenness_centrality(graph)
    found = measure_betweenness(ties_of(NETWORKS[name]))
    assert dict(enumerate(found.value)) == pytest.approx(expected, abs=1e-12)
    assert (found.bound, found.error.any()) == (0, False)
    assert dict(enumerate(find_cores(ties_of(NETWORKS[name])))) == nx.core_number(graph)


@pytest.mark.parametrize("name", [name for name, graph in NETWORKS.items() if len(graph)])
def test_eigenvector_in_the_largest_part(name: str) -> None:
    graph = plain(NETWORKS[name])
    largest = max(nx.connected_components(graph), key=lambda part: (len(part), -min(part)))
    # networkx refuses nothing here but scales otherwise: there the squares sum to 1, here the first has 1.
    expected = nx.eigenvector_centrality(graph.subgraph(largest), weight="weight", max_iter=5000, tol=1e-12)
    found = find_eigenvector(ties_of(NETWORKS[name]))
    assert {node for node, value in enumerate(found) if value is not None} == largest
    top = max(expected.values())
    assert {node: found[node] for node in largest} == pytest.approx({n: v / top for n, v in expected.items()}, abs=1e-6)


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("resolution", [1.0, 0.6])
def test_both_ways_find_communities_as_good(name: str, resolution: float, monkeypatch: pytest.MonkeyPatch) -> None:
    graph, ties = plain(NETWORKS[name]), ties_of(NETWORKS[name])
    quality = {}
    for limit in (10**9, -1):
        monkeypatch.setattr(engine, "LARGE", limit)
        groups = find_communities(ties, 3, resolution)
        assert sorted(node for group in groups for node in group) == sorted(graph)
        assert all(nx.is_connected(graph.subgraph(group)) for group in groups)
        place = [next(n for n, group in enumerate(groups) if node in group) for node in sorted(graph)]
        quality[limit] = find_modularity(ties, place, resolution)
        if graph.number_of_edges():
            parts = [set(group) for group in groups]
            assert quality[limit] == pytest.approx(nx.community.modularity(graph, parts, resolution=resolution))
    assert quality[10**9] == pytest.approx(quality[-1], abs=0.03)


def test_two_cliques_are_two_communities(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = ties_of(nx.barbell_graph(6, 0))
    for limit in (10**9, -1):
        monkeypatch.setattr(engine, "LARGE", limit)
        assert sorted(map(sorted, find_communities(ties))) == [list(range(6)), list(range(6, 12))]


def test_a_community_without_a_way_between_its_halves_is_two() -> None:
    near = [{1: 1.0}, {0: 1.0}, {3: 1.0}, {2: 1.0}, {}]
    assert split_groups(near, [7, 7, 7, 7, 7]) == [0, 0, 1, 1, 2]


@pytest.mark.parametrize("seed", [1, 2])
def test_pivots_are_those_of_networkx_and_the_number_of_processes_changes_no_bit(seed: int) -> None:
    graph = uneven(400, 9)
    ties = ties_of(graph)
    alone = measure_betweenness(ties, 60, seed, processes=1)
    shared = measure_betweenness(ties, 60, seed, processes=2)
    three = measure_betweenness(ties, 60, seed, processes=3)
    assert alone.value.tobytes() == shared.value.tobytes() == three.value.tobytes()
    assert alone.error.tobytes() == shared.error.tobytes()
    drawn = np.sort(np.random.default_rng(seed).choice(len(graph), 60, replace=False)).tolist()
    expected = nx.betweenness_centrality_subset(graph, drawn, list(graph))
    # There each way counts once for the pair; both ends are counted here as in the measure for all nodes.
    scale = len(graph) / (60 * (len(graph) - 1) * (len(graph) - 2)) * 2
    assert dict(enumerate(alone.value)) == pytest.approx({n: v * scale for n, v in expected.items()}, abs=1e-12)


def test_the_estimate_is_as_wrong_as_it_says() -> None:
    graph = uneven(1000, 5)
    exact, found = measure_betweenness(ties_of(graph)), measure_betweenness(ties_of(graph), 400)
    wrong = np.abs(exact.value - found.value)
    assert 0 < wrong.max() < found.bound
    leading = np.argsort(-found.value)[:50]  # further down a value hangs on few nodes, and the error is told too small
    assert (wrong[leading] < 2 * found.error[leading]).mean() > 0.9
    first = set(np.argsort(-exact.value)[:20]), set(np.argsort(-found.value)[:20])
    assert len(first[0] & first[1]) >= 17
    assert engine.describe_betweenness(found)["betweenness"] == "estimated from 400 of 1005 nodes"
    assert engine.describe_betweenness(exact) == {"betweenness": "exact"}


def test_the_seed_decides_pivots_and_communities(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = ties_of(uneven(400, 2))
    monkeypatch.setattr(engine, "LARGE", -1)
    assert find_communities(ties, 1) == find_communities(ties, 1) != find_communities(ties, 2)
    assert find_betweenness(ties, 1, 50).value.tobytes() != find_betweenness(ties, 2, 50).value.tobytes()
    assert find_betweenness(ties, 1, 0).value.tobytes() == find_betweenness(ties, 2, 0).value.tobytes()
