"""Communities of a network: nodes that are tied more among themselves than to others. The same on every run.

The Louvain method of Blondel and others 2008, with a queue of the nodes whose neighbourhood has changed (Traag and
others 2019) in place of sweeps over all nodes. Decision 32 says why networkx's own does not do here, decision 50 what
else was looked at for large networks.
"""

import random
from collections import deque
from collections.abc import Mapping, Sequence

Ties = Sequence[Mapping[int, float]]


def find_groups(ties: Ties, resolution: float = 1.0, seed: int | None = None) -> list[int]:
    """The community of each node.

    Args:
        ties: for each node, by number, the weight of its tie to each neighbour; symmetric. A tie to itself counts once.
        resolution: above 1 for more and smaller communities, below for fewer.
        seed: start of the lot that decides which node moves first; ``None``: in their order.

    Returns:
        For each node the number of its community, from 0, numbered by their first nodes.
    """
    member = list(range(len(ties)))
    lot = random.Random(seed) if seed is not None else None
    while True:
        moved = _number(_move(ties, resolution, lot))
        member = [moved[group] for group in member]
        if len(set(moved)) == len(ties):
            return _number(member)
        ties = _merge(ties, moved)


def split_groups(ties: Ties, group: Sequence[int]) -> list[int]:
    """Communities that hang together: what Louvain has put into one without a way between becomes several."""
    part = [-1] * len(ties)
    for first in range(len(ties)):
        if part[first] >= 0:
            continue
        part[first], waiting = first, [first]
        while waiting:
            for other in ties[waiting.pop()]:
                if part[other] < 0 and group[other] == group[first]:
                    part[other] = first
                    waiting.append(other)
    return _number(part)


def _move(ties: Ties, resolution: float = 1.0, lot: random.Random | None = None) -> list[int]:
    """Move one node at a time to the community where modularity grows most, until no move makes it grow."""
    strength = [sum(near.values()) for near in ties]
    whole = sum(strength) or 1.0
    group, total = list(range(len(ties))), strength.copy()
    order = list(range(len(ties)))
    if lot:
        lot.shuffle(order)
    queue, queued = deque(order), [True] * len(ties)
    while queue:
        node = queue.popleft()
        queued[node] = False
        own, share = group[node], resolution * strength[node] / whole
        met: dict[int, float] = {own: 0.0}
        for other, weight in ties[node].items():
            if other != node:
                met[group[other]] = met.get(group[other], 0.0) + weight
        total[own] -= strength[node]
        best, most = own, met[own] - share * total[own] + 1e-9  # a node stays where moving gains nothing
        for candidate, weight in met.items():
            gain = weight - share * total[candidate]
            if gain > most:
                best, most = candidate, gain
        total[best] += strength[node]
        if best != own:
            group[node] = best
            for other in ties[node]:
                if not queued[other] and group[other] != best:
                    queued[other] = True
                    queue.append(other)
    return group


def _merge(ties: Ties, group: Sequence[int]) -> list[dict[int, float]]:
    """The network of communities; what lies inside one is a tie to itself."""
    merged: list[dict[int, float]] = [{} for _ in range(max(group, default=-1) + 1)]
    for node, near in enumerate(ties):
        into = merged[group[node]]
        for other, weight in near.items():
            into[group[other]] = into.get(group[other], 0.0) + weight
    return merged


def _number(group: Sequence[int]) -> list[int]:
    numbers: dict[int, int] = {}
    return [numbers.setdefault(name, len(numbers)) for name in group]
