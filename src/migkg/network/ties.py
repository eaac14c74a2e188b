"""The pairs of nodes that are tied, as columns of numbers: what communities and positions are computed from."""

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Ties:
    """Each pair of tied nodes once.

    Attributes:
        count: number of nodes; a node is a number from 0.
        first, second: the two nodes of each pair, ``first`` below ``second``; pairs in ascending order.
        weight: how many edges there are between the two.
    """

    count: int
    first: Places
    second: Places
    weight: NDArray[np.float64]

    def near(self) -> list[dict[int, float]]:
        """For each node the weight of its tie to each neighbour, neighbours in order."""
        near: list[dict[int, float]] = [{} for _ in range(self.count)]
        for first, second, weight in zip(self.first.tolist(), self.second.tolist(), self.weight.tolist(), strict=True):
            near[first][second] = near[second][first] = weight
        return near

    def degrees(self) -> Places:
        """The number of neighbours of each node."""
        return np.bincount(self.first, minlength=self.count) + np.bincount(self.second, minlength=self.count)

    def matrix(self) -> NDArray[np.float64]:
        """The weights as a symmetric matrix of ``count`` by ``count``."""
        matrix = np.zeros((self.count, self.count))
        matrix[self.first, self.second] = matrix[self.second, self.first] = self.weight
        return matrix

    def between(self, group: Places) -> "Ties":
        """The ties between groups, given the group of each node; the weight is the sum."""
        return _unique(int(group.max(initial=-1)) + 1, group[self.first], group[self.second], self.weight)

    def inside(self, members: list[Places]) -> "list[Ties]":
        """For each group of nodes the ties inside it; a node is the number of its place in the group."""
        group, place = np.full(self.count, -1), np.zeros(self.count, dtype=np.intp)
        for number, nodes in enumerate(members):
            group[nodes], place[nodes] = number, np.arange(len(nodes))
        within = np.flatnonzero((group[self.first] == group[self.second]) & (group[self.first] >= 0))
        within = within[np.argsort(group[self.first[within]], kind="stable")]
        cuts = np.searchsorted(group[self.first[within]], np.arange(len(members) + 1))
        parts = [within[start:stop] for start, stop in itertools.pairwise(cuts.tolist())]
        return [
            _unique(len(nodes), place[self.first[part]], place[self.second[part]], self.weight[part])
            for nodes, part in zip(members, parts, strict=True)
        ]


def tie_nodes(graph: "Graph", order: list[str]) -> Ties:
    """The ties of a graph, whose nodes are numbered by their places in ``order``."""
    number = {iri: place for place, iri in enumerate(order)}
    ends = np.array([(number[a], number[b]) for a, b in graph.edges()], dtype=np.intp).reshape(-1, 2)
    return _unique(len(order), ends[:, 0], ends[:, 1], np.ones(len(ends)))


def _unique(count: int, first: Places, second: Places, weight: NDArray[np.float64]) -> Ties:
    apart = first != second
    low, high = np.minimum(first, second)[apart], np.maximum(first, second)[apart]
    keys, inverse = np.unique(low * max(count, 1) + high, return_inverse=True)
    summed = np.bincount(inverse, weight[apart], len(keys)).astype(np.float64)
    return Ties(count, keys // max(count, 1), keys % max(count, 1), summed)
