"""What computes the measures: networkx on small networks, numpy and a queue of our own on large ones.

Both give the same values (tests compare them); communities of the two may differ as those of two seeds do. Decision 50
says why no compiled library stands behind networkx here.
"""

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from migkg.network.betweenness import SURE, Betweenness, measure_betweenness
from migkg.network.groups import find_groups, split_groups
from migkg.network.ties import Ties

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Plain = nx.Graph[int]

LARGE = 1500  # nodes above which networkx is slow: for the betweenness of 2,315 it takes 15 times as long as numpy
EXACT = 100_000_000  # nodes times pairs up to which betweenness is exact: some 2 to 4 seconds
PIVOTS = 400
TURNS, CLOSE = 1000, 1e-9  # of the power iteration


def number_ties(graph: "Graph") -> tuple[list[str], Ties]:
    """The nodes in order, and the ties between their numbers: sets of texts would come in another order on each run."""
    order = sorted(graph)
    number = {iri: place for place, iri in enumerate(order)}
    edges = [(number[a], number[b], w) for a, b, w in graph.edges(data="weight", default=1) if a != b]
    ends = np.array([sorted(edge[:2]) for edge in edges], dtype=np.intp).reshape(-1, 2)
    sequence = np.lexsort((ends[:, 1], ends[:, 0]))
    weight = np.array([edge[2] for edge in edges], dtype=np.float64)
    return order, Ties(len(order), ends[sequence, 0], ends[sequence, 1], weight[sequence])


def find_betweenness(ties: Ties, seed: int = 1, pivots: int | None = None) -> Betweenness:
    """Betweenness of each node, in steps of ties whatever their weight.

    Args:
        ties: each pair once.
        seed: start of the lot that draws the pivots.
        pivots: from how many nodes it is estimated; 0: from all; ``None``: from all up to ``EXACT``, else ``PIVOTS``.
    """
    if pivots is None:
        pivots = 0 if ties.count * len(ties.first) <= EXACT else PIVOTS
    if ties.count > LARGE or pivots:
        return measure_betweenness(ties, pivots or None, seed)
    import networkx as nx

    found = nx.betweenness_centrality(to_networkx(ties))
    value = np.array([found[node] for node in range(ties.count)], dtype=np.float64)
    return Betweenness(value, np.zeros(ties.count), ties.count)


def describe_betweenness(between: Betweenness) -> dict[str, object]:
    """How it was computed, for the summary of a table."""
    count = len(between.value)
    if between.pivots >= count:
        return {"betweenness": "exact"}
    how = f"estimated from {between.pivots} of {count} nodes"
    return {"betweenness": how, "betweenness_error": f"at most {between.bound:.3f} for all, {SURE:.0%} sure"}


def find_eigenvector(ties: Ties) -> list[float | None]:
    """Eigenvector centrality by the weights of ties, in the largest part that hangs together; the first has 1.

    Nodes outside of that part have ``None``: values of parts without a way between them cannot be compared.
    """
    inside = _largest_part(ties)
    value = np.where(inside, 1.0, 0.0)
    kept = inside[ties.first] if ties.count else np.zeros(0, dtype=bool)
    ends = np.concatenate([ties.first[kept], ties.second[kept]])
    others, weight = np.concatenate([ties.second[kept], ties.first[kept]]), np.tile(ties.weight[kept], 2)
    for _ in range(TURNS if len(ends) else 0):
        # One is added to the diagonal, so that a star or another two-mode network does not swing for ever.
        turned = value + np.bincount(ends, weight * value[others], ties.count) / weight.max()
        turned /= turned.max()
        done = np.abs(turned - value).max() < CLOSE
        value = turned
        if done:
            break
    return [float(one) if within else None for one, within in zip(value, inside, strict=True)]


def find_cores(ties: Ties) -> list[int]:
    """The core number of each node."""
    import networkx as nx

    found = nx.core_number(to_networkx(ties))
    return [found[node] for node in range(ties.count)]


def find_communities(ties: Ties, seed: int = 1, resolution: float = 1.0) -> list[list[int]]:
    """The communities, each hanging together, by the Louvain method; in no particular order."""
    near = ties.near()
    if ties.count <= LARGE:
        import networkx as nx

        found = nx.community.louvain_communities(to_networkx(ties), seed=seed, resolution=resolution)
        place = {node: number for number, group in enumerate(found) for node in group}
        group = [place[node] for node in range(ties.count)]
    else:
        group = find_groups(near, resolution, seed)
    members: dict[int, list[int]] = defaultdict(list)
    for node, number in enumerate(split_groups(near, group)):
        members[number].append(node)
    return list(members.values())


def find_modularity(ties: Ties, group: list[int], resolution: float = 1.0) -> float:
    """The modularity of a division (Newman and Girvan 2004); 0 where there is no tie."""
    number, whole = np.array(group, dtype=np.intp), float(ties.weight.sum())
    if not whole:
        return 0.0
    strength = np.bincount(ties.first, ties.weight, ties.count) + np.bincount(ties.second, ties.weight, ties.count)
    inside = float(ties.weight[number[ties.first] == number[ties.second]].sum()) / whole
    return inside - resolution * float(((np.bincount(number, strength) / (2 * whole)) ** 2).sum())


def to_networkx(ties: Ties) -> "Plain":
    """The same network as a networkx graph of numbers."""
    import networkx as nx

    plain: Plain = nx.Graph()
    plain.add_nodes_from(range(ties.count))
    rows = zip(ties.first.tolist(), ties.second.tolist(), ties.weight.tolist(), strict=True)
    plain.add_weighted_edges_from(rows)
    return plain


def _largest_part(ties: Ties) -> NDArray[np.bool_]:
    """Which nodes belong to the largest part that hangs together; of two as large, to that of the first node."""
    part = np.array(split_groups(ties.near(), [0] * ties.count), dtype=np.intp)
    inside: NDArray[np.bool_] = part == (int(np.bincount(part).argmax()) if ties.count else 0)
    return inside
