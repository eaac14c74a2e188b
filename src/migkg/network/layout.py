"""Positions for a network, the same on every run: communities first, then the nodes inside each.

A force layout of everything at once gives one ball. Two levels give islands that a reader can name; an island of
hundreds is made of smaller ones in the same way.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from migkg.network.groups import find_groups
from migkg.network.ties import Places, Ties, tie_nodes

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

Points = NDArray[np.float64]
Sizes = NDArray[np.float64]

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
ROOM = 74.0  # least distance of two nodes, in units of the page
GAP = 60.0  # free space between two communities
WHOLE = 120  # the most nodes that are laid out at once; the forces cost time in the square of them
MANY = 600  # a larger network is laid out with less care
PACKED = 150  # so many islands are put side by side one by one
ANGLES = 36  # the directions in which one may lie from another
FEW = 160  # up to so many, all pairs are looked at sooner than the near ones are found
EFFORT = 40_000_000  # pairs of points that are looked at, about, over all rounds and islands


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies.

    Attributes:
        positions: (x, y) of each node, y growing downwards, around (0, 0).
        groups: the communities, the largest first, the nodes of each sorted.
    """

    positions: dict[str, tuple[float, float]]
    groups: list[list[str]]


def node_radius(neighbours: int) -> float:
    """How large a node is drawn: its area grows with the number of its neighbours."""
    return round(min(17 + 7 * math.sqrt(neighbours), 110), 1)


def lay_out(graph: "Graph") -> Layout:
    """A position and a community for every node; no two nodes are closer than ROOM, in networks of MANY or fewer."""
    order = sorted(graph)
    if not order:
        return Layout({}, [])
    ties = tie_nodes(graph, order)
    sizes = np.array([max(ROOM / 2, node_radius(links) + 10) for links in ties.degrees().tolist()])
    members = _groups(ties)
    # So few make no islands: two of two nodes each would lie on one line.
    points = _place_islands(ties, members, sizes, ties.count) if ties.count > 12 else _place(ties, sizes, ties.count)
    points = separate(points, sizes, rounds=120 if ties.count <= MANY else 12)
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    positions = {iri: (round(x, 1), round(y, 1)) for iri, (x, y) in zip(order, points.tolist(), strict=True)}
    return Layout(positions, [[order[node] for node in group.tolist()] for group in members])


def _groups(ties: Ties) -> list[Places]:
    """The nodes of each community, the largest community first."""
    group = np.array(find_groups(ties.near()), dtype=np.intp)
    by_group = np.split(np.argsort(group, kind="stable"), np.cumsum(np.bincount(group))[:-1])
    return sorted(by_group, key=lambda nodes: (-len(nodes), int(nodes[0])))


def _place(ties: Ties, sizes: Sizes, whole: int) -> Points:
    """Positions around (0, 0) for the nodes of one community, of a network of ``whole`` nodes."""
    if ties.count > WHOLE:
        members = _groups(ties)
        if len(members) > 1 and len(members[0]) < 0.8 * ties.count:
            points = _place_islands(ties, members, sizes, whole)
        else:
            points = _wind(ties.degrees()) * ROOM * 0.62
    else:
        points = spring(ties.matrix(), _rounds(ties.count, whole)) * ROOM * 1.15
    apart = separate(points, sizes, rounds=120 if ties.count <= WHOLE else 20)
    centred: Points = apart - (apart.min(axis=0) + apart.max(axis=0)) / 2
    return centred


def _place_islands(ties: Ties, members: list[Places], sizes: Sizes, whole: int) -> Points:
    shapes = [_place(part, sizes[nodes], whole) for part, nodes in zip(ties.inside(members), members, strict=True)]
    radii = np.array([float(np.quantile(np.hypot(*shape.T), 0.9)) + ROOM for shape in shapes])
    group = np.empty(ties.count, dtype=np.intp)
    points = np.empty((ties.count, 2))
    for number, nodes in enumerate(members):
        group[nodes] = number
        points[nodes] = shapes[number]
    centers = _place_groups(ties.between(group), radii)
    return _turn(ties, group, points, centers) + centers[group]


def _rounds(count: int, whole: int) -> int:
    """How often ``count`` points are moved in a network of ``whole`` nodes."""
    return max(24, min(200 if whole <= MANY else 60, EFFORT // (whole * max(count, 1))))


def _place_groups(ties: Ties, radii: Sizes) -> Points:
    """Centres of islands: the largest in the middle, each next one where it lies near to what it is tied to.

    Those after the first PACKED are small; they take the area of their squares on a spiral around the others.
    """
    order = np.argsort(-radii, kind="stable")
    first, rest = order[:PACKED], order[PACKED:]
    centers = np.zeros((ties.count, 2))
    (inner,) = ties.inside([first])
    centers[first] = _pack(np.log1p(inner.matrix()), radii[first] + GAP / 2)
    far = float((np.hypot(*centers[first].T) + radii[first]).max(initial=0))
    areas = (2 * (radii[rest] + GAP / 2)) ** 2
    reach = np.sqrt(far**2 + (np.cumsum(areas) - areas / 2) / math.pi) + radii[rest]
    angles = np.arange(len(rest)) * GOLDEN_ANGLE
    centers[rest] = np.stack([reach * np.cos(angles), reach * np.sin(angles)], axis=1)
    return separate(centers, radii + GAP / 2, rounds=60) if len(rest) else centers


def _pack(weights: Points, radii: Sizes) -> Points:
    """Put discs beside each other, in their order, none over another.

    Each takes the place at the rim of one that lies already where its way to those it is tied to, and to the middle, is
    shortest.
    """
    turns = np.arange(ANGLES) * (2 * math.pi / ANGLES)
    rim = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    points = np.zeros((len(radii), 2))
    for disc in range(1, len(radii)):
        there = points[:disc]
        places = (there[:, None] + (radii[:disc] + radii[disc])[:, None, None] * rim).reshape(-1, 2)
        ways = np.hypot(*(np.subtract.outer(places[:, axis], there[:, axis]) for axis in (0, 1)))
        free = (ways >= (radii[:disc] + radii[disc]) * 0.999).all(axis=1)
        pull = weights[disc, :disc]
        costs = np.hypot(*places.T) + np.einsum("ij,j->i", ways, pull) / max(float(pull.sum()), 1e-9)
        points[disc] = places[np.argmin(np.where(free, np.round(costs, 3), np.inf))]
    return points


def _turn(ties: Ties, group: Places, points: Points, centers: Points) -> Points:
    """Turn each island so that its nodes look towards what they are tied to elsewhere.

    The turn that minimises the squared lengths of all ties has a closed form (Procrustes in the plane).
    """
    out = group[ties.first] != group[ties.second]
    own = np.concatenate([ties.first[out], ties.second[out]])
    aims = centers[group[np.concatenate([ties.second[out], ties.first[out]])]] - centers[group[own]]
    at, count = points[own], len(centers)
    sine = np.bincount(group[own], at[:, 0] * aims[:, 1] - at[:, 1] * aims[:, 0], count).astype(np.float64)
    cosine = np.bincount(group[own], at[:, 0] * aims[:, 0] + at[:, 1] * aims[:, 1], count).astype(np.float64)
    length = np.hypot(sine, cosine)
    still = length < 1e-9
    length[still], cosine[still] = 1, 1
    sine, cosine = sine / length, cosine / length
    x, y = points.T
    return np.stack([x * cosine[group] - y * sine[group], x * sine[group] + y * cosine[group]], axis=1)


def _wind(strength: Places) -> Points:
    """A spiral where the strongest are in the middle, two neighbours about 1 apart."""
    turns = np.empty(len(strength))
    turns[np.argsort(-strength, kind="stable")] = np.arange(len(strength))
    radius = np.sqrt(turns)
    return np.stack([radius * np.cos(turns * GOLDEN_ANGLE), radius * np.sin(turns * GOLDEN_ANGLE)], axis=1)


def spring(weights: Points, rounds: int = 200) -> Points:
    """Fruchterman and Reingold's layout: tied points attract, all others repel.

    Args:
        weights: symmetric n × n matrix, 0 where two points are not tied.
        rounds: how often the points are moved.

    Returns:
        n × 2 positions where tied points are about 1 apart, centred on (0, 0).
    """
    count = len(weights)
    points = _wind(weights.sum(axis=1)) * 0.8
    for step in range(rounds):
        across, down = (np.subtract.outer(axis, axis) for axis in points.T.copy())
        squares = across * across
        squares += down * down
        np.maximum(squares, 0.0025, out=squares)
        forces = 1 / squares
        forces -= weights * np.sqrt(squares)
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
    few = np.triu_indices(count, 1) if count <= FEW else None
    for _ in range(rounds):
        first, second = few or close_pairs(points, reach)
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
