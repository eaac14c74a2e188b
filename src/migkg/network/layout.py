"""Positions for a network, the same on every run: communities first, then the nodes inside each.

A force layout of everything at once gives one ball. Two levels give islands that a reader can name.
"""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from migkg.network.projection import edges_of

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]
    Simple = nx.Graph[str]

Points = NDArray[np.float64]

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
ROOM = 74.0  # least distance of two nodes, in units of the page
GAP = 60.0  # free space between two communities


def communities(graph: "Graph", seed: int = 1) -> list[list[str]]:
    """Groups of nodes that are tied more among themselves than to others, largest first, each sorted."""
    import networkx as nx

    found = nx.community.louvain_communities(_simple(graph), weight="weight", seed=seed)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group[0]))


def node_radius(neighbours: int) -> float:
    """How large a node is drawn: its area grows with the number of its neighbours."""
    return round(min(17 + 7 * math.sqrt(neighbours), 110), 1)


def lay_out(graph: "Graph", seed: int = 1) -> dict[str, tuple[float, float]]:
    """A position (x, y) for every node, y growing downwards, around (0, 0); no two nodes closer than ROOM."""
    if not graph:
        return {}
    simple, groups = _simple(graph), communities(graph, seed)
    sizes = {node: max(ROOM / 2, node_radius(len(simple[node])) + 10) for node in simple}
    shapes = [_place_nodes(simple, group, sizes) for group in groups]
    radii = np.array([float(np.quantile(np.hypot(*shape.T), 0.9)) + ROOM for shape in shapes])
    centers = _place_groups(simple, groups, radii)
    shapes = _turn(simple, groups, shapes, centers)
    nodes = [node for group in groups for node in group]
    points = np.concatenate([shape + center for shape, center in zip(shapes, centers, strict=True)])
    points = separate(points, np.array([sizes[node] for node in nodes]))
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    return {node: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(nodes, points, strict=True)}


def spring(weights: Points) -> Points:
    """Fruchterman and Reingold's layout: tied points attract, all others repel.

    Args:
        weights: symmetric n × n matrix, 0 where two points are not tied.

    Returns:
        n × 2 positions where tied points are about 1 apart, centred on (0, 0).
    """
    count = len(weights)
    rounds = max(40, min(200, 60_000_000 // max(count, 1) ** 2))  # a step costs time in the square of the points
    order = np.argsort(-weights.sum(axis=1), kind="stable")
    turns = np.empty(count)
    turns[order] = np.arange(count)
    radius = np.sqrt(turns) * 0.8
    points = np.stack([radius * np.cos(turns * GOLDEN_ANGLE), radius * np.sin(turns * GOLDEN_ANGLE)], axis=1)
    for step in range(rounds):
        squares = (points[:, :1] - points[:, 0]) ** 2 + (points[:, 1:] - points[:, 1]) ** 2
        np.maximum(squares, 0.0025, out=squares)
        forces = 1 / squares - weights * np.sqrt(squares)
        # The sum over j of force(i, j) times (point i - point j); einsum, because BLAS may add in another order.
        moves = points * forces.sum(axis=1, keepdims=True) - np.einsum("ij,jk->ik", forces, points) - 0.12 * points
        lengths = np.maximum(np.hypot(moves[:, 0], moves[:, 1]), 1e-9)
        heat = 0.6 * math.sqrt(count) * (1 - step / rounds) ** 2 * 0.3 + 0.01
        points = points + moves * (np.minimum(lengths, heat) / lengths)[:, None]
    centred: Points = points - points.mean(axis=0)
    return centred


def separate(points: Points, radii: NDArray[np.float64], rounds: int = 120) -> Points:
    """Push discs apart until none overlap by more than a hundredth (or the rounds are over)."""
    points, count = points.copy(), len(points)
    reach = 2 * float(radii.max(initial=0))
    for _ in range(rounds):
        first, second = close_pairs(points, reach)
        offsets = points[first] - points[second]
        distances, need = np.sqrt((offsets**2).sum(axis=1)), radii[first] + radii[second]
        hit = distances < 0.99 * need
        if not hit.any():
            break
        first, second, offsets, distances, need = first[hit], second[hit], offsets[hit], distances[hit], need[hit]
        # Two points in one place have no direction to part in; their number gives them one.
        same = distances < 1e-6
        offsets[same] = np.stack([np.cos(second[same]), np.sin(second[same])], axis=1)
        pushes = offsets * ((need - distances) / np.where(same, 1, distances))[:, None] / 2
        crowd = np.maximum(np.bincount(np.concatenate([first, second]), minlength=count), 1) ** 0.5
        for axis in (0, 1):
            moves = np.bincount(first, pushes[:, axis], count) - np.bincount(second, pushes[:, axis], count)
            points[:, axis] += moves / crowd
    return points


def close_pairs(points: Points, reach: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All pairs of points that may be nearer than ``reach``, each once: those of the same or of neighbouring cells."""
    cells = np.floor(points / max(reach, 1e-9)).astype(np.int64)
    cells -= cells.min(axis=0, initial=0)
    width = int(cells[:, 1].max(initial=0)) + 3
    keys = cells[:, 0] * width + cells[:, 1] + 1
    order = np.argsort(keys, kind="stable")
    ranks, sorted_keys = np.arange(len(order)), keys[order]
    firsts, seconds = [], []
    for step in (0, 1, width - 1, width, width + 1):
        start = np.searchsorted(sorted_keys, sorted_keys + step)
        stop = np.searchsorted(sorted_keys, sorted_keys + step, side="right")
        if step == 0:
            start = ranks + 1  # within a cell every pair is met once
        counts = np.maximum(stop - start, 0)
        first = np.repeat(ranks, counts)
        seconds.append(np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(start, counts))
        firsts.append(first)
    return order[np.concatenate(firsts)], order[np.concatenate(seconds)]


def _place_nodes(simple: "Simple", group: list[str], sizes: Mapping[str, float]) -> Points:
    index = {node: place for place, node in enumerate(group)}
    points = spring(_weights(simple, index)) * ROOM * 1.15
    apart = separate(points, np.array([sizes[node] for node in group]))
    centred: Points = apart - (apart.min(axis=0) + apart.max(axis=0)) / 2
    return centred


def _place_groups(simple: "Simple", groups: list[list[str]], radii: NDArray[np.float64]) -> Points:
    index = {node: number for number, group in enumerate(groups) for node in group}
    weights = np.log1p(_weights(simple, index))
    points = spring(weights) * radii.mean() * 1.2
    pull = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    for step in range(80):
        # Draw each island towards those it is tied to and to the middle, then part those that collide.
        points = points + (0.06 * (pull @ points - points) - 0.12 * points) * (1 - step / 80)
        points = separate(points, radii + GAP / 2, rounds=12)
    return separate(points, radii + GAP / 2, rounds=300)


def _turn(simple: "Simple", groups: list[list[str]], shapes: list[Points], centers: Points) -> list[Points]:
    """Turn each island so that its nodes look towards what they are tied to elsewhere."""
    home = {node: (number, place) for number, group in enumerate(groups) for place, node in enumerate(group)}
    turned = []
    for number, group in enumerate(groups):
        ties = [(home[a][1], home[b][0]) for a, b in simple.edges(group) if home[b][0] != number]
        if ties:
            own = shapes[number][[place for place, _ in ties]]
            aims = centers[[other for _, other in ties]] - centers[number]
            # The turn that minimises the squared lengths of all ties has a closed form (Procrustes in the plane).
            sine = float((own[:, 0] * aims[:, 1] - own[:, 1] * aims[:, 0]).sum())
            cosine = float((own * aims).sum())
            length = math.hypot(sine, cosine) or 1.0
            matrix = np.array([[cosine, sine], [-sine, cosine]]) / length if sine or cosine else np.eye(2)
            turned.append(shapes[number] @ matrix)
        else:
            turned.append(shapes[number])
    return turned


def _weights(simple: "Simple", index: Mapping[str, int]) -> Points:
    """Matrix of ties between the places that the index gives to nodes; ties within one place do not count."""
    matrix = np.zeros((max(index.values()) + 1,) * 2)
    for subject, object_ in simple.edges(index):
        weight = simple.edges[subject, object_]["weight"]
        if subject in index and object_ in index and index[subject] != index[object_]:
            matrix[index[subject], index[object_]] += weight
            matrix[index[object_], index[subject]] += weight
    return matrix


def _simple(graph: "Graph") -> "Simple":
    """The same nodes, each pair tied once; the weight is the number of edges between the two."""
    import networkx as nx

    simple: Simple = nx.Graph()
    simple.add_nodes_from(sorted(graph))
    for subject, _, object_, _ in edges_of(graph):
        if subject != object_:
            weight = simple.edges[subject, object_]["weight"] + 1 if simple.has_edge(subject, object_) else 1
            simple.add_edge(subject, object_, weight=weight)
    return simple
