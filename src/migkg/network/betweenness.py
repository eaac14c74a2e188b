"""Betweenness of a large network: Brandes 2001, level by level in numpy, from all nodes or from pivots drawn by lot.

The values are those of networkx for the same pivots (Brandes and Pich 2007). Pivots are taken in shares of a fixed
size whose sums are added in a fixed order: the number of processes does not change one bit of the result.
"""

import math
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from migkg.network.ties import Ties

SHARE = 25  # pivots in one share
ALONE = 20_000_000  # steps (pivots times ties) that one process does in a few seconds: more are worth starting others
SURE = 0.9  # with which probability the bound of the error holds for all nodes together

Numbers = NDArray[np.float64]
Places = NDArray[np.int32]
Neighbours = tuple[NDArray[np.int64], Places]


@dataclass(frozen=True, slots=True)
class Betweenness:
    """What was computed.

    Attributes:
        value: for each node its share, from 0 to 1, of the shortest ways between two others.
        error: standard error of each value, from the spread over the pivots; zeros where the values are exact. It holds
            for the leading nodes; it is told too small for those whose value hangs on few others.
        pivots: from how many nodes it was computed.
    """

    value: Numbers
    error: Numbers
    pivots: int

    @property
    def bound(self) -> float:
        """By how much any value is wrong at most, with a probability of ``SURE`` (Hoeffding 1963, over all nodes)."""
        count = len(self.value)
        return math.sqrt(math.log(2 * count / (1 - SURE)) / (2 * self.pivots)) if self.pivots < count else 0.0


def measure_betweenness(
    ties: Ties, pivots: int | None = None, seed: int = 1, processes: int | None = None
) -> Betweenness:
    """Betweenness in steps of ties, whatever their weight.

    Args:
        ties: each pair once, none with itself.
        pivots: how many nodes are drawn, without putting back; ``None``: all nodes, which is exact.
        seed: start of the lot.
        processes: how many work side by side; by default as many as there are cores where that is worth it.
    """
    count = ties.count
    if count < 3:
        return Betweenness(np.zeros(count), np.zeros(count), count)
    exact = pivots is None or pivots >= count
    drawn = np.arange(count) if exact else np.sort(np.random.default_rng(seed).choice(count, pivots, replace=False))
    shares = [drawn[start : start + SHARE] for start in range(0, len(drawn), SHARE)]
    near, total, squares = neighbours(ties), np.zeros(count), np.zeros(count)
    for part, part_squares in _work(near, shares, _processes(len(drawn) * len(ties.first), processes)):
        total += part
        squares += part_squares
    number = len(drawn)
    value = total / number * count / ((count - 1) * (count - 2))
    if exact:
        return Betweenness(value, np.zeros(count), count)
    mean = total / number
    spread = np.maximum(squares / number - mean**2, 0) * number / max(number - 1, 1)
    error = np.sqrt(spread / number * (1 - number / count)) * count / ((count - 1) * (count - 2))
    return Betweenness(value, error, number)


def neighbours(ties: Ties) -> Neighbours:
    """Where the neighbours of each node begin in the second array, and the neighbours, in order."""
    ends = np.concatenate([ties.first, ties.second])
    others = np.concatenate([ties.second, ties.first])
    order = np.lexsort((others, ends))
    start = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=ties.count))]).astype(np.int64)
    return start, others[order].astype(np.int32)


def _processes(steps: int, wanted: int | None) -> int:
    if wanted is not None:
        return wanted
    return 1 if steps < ALONE else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2


def _work(near: Neighbours, shares: list[NDArray[np.int64]], processes: int) -> Iterator[tuple[Numbers, Numbers]]:
    """The sums of each share, in order."""
    if processes < 2:
        yield from (sum_share(near, share) for share in shares)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _keep, near) as pool:
        yield from pool.map(_sum_kept, shares)


_KEPT: list[Neighbours] = []  # in a worker, the network that it was started with


def _keep(start: NDArray[np.int64], others: Places) -> None:
    _KEPT[:] = [(start, others)]


def _sum_kept(share: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    return sum_share(_KEPT[0], share)


def sum_share(near: Neighbours, share: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """The dependencies of the pivots of one share on each node, summed, and the sum of their squares."""
    count = len(near[0]) - 1
    total, squares = np.zeros(count), np.zeros(count)
    for pivot in share.tolist():
        depends = _dependencies(near, pivot)
        total += depends
        squares += depends * depends
    return total, squares


def _dependencies(near: Neighbours, source: int) -> Numbers:
    """How much the shortest ways from one node depend on each other node (delta in Brandes 2001)."""
    start, others = near
    count = len(start) - 1
    seen = np.zeros(count, dtype=bool)
    seen[source] = True
    ways = np.zeros(count)
    ways[source] = 1.0
    front, levels = np.array([source]), []
    while len(front):
        length = start[front + 1] - start[front]
        offset = np.repeat(start[front] - np.cumsum(length) + length, length) + np.arange(length.sum())
        to, origin = others[offset], np.repeat(front, length)
        new = ~seen[to]
        to, origin = to[new], origin[new]
        arriving = np.bincount(to, ways[origin], count)
        front = np.flatnonzero(arriving)
        ways[front] = arriving[front]
        seen[front] = True
        levels.append((origin, to))
    depends = np.zeros(count)
    for origin, to in reversed(levels[1:]):  # the ways of the first level begin at the source itself
        share = (1.0 + depends) / np.where(ways > 0, ways, 1.0)
        depends += ways * np.bincount(origin, share[to], count)
    return depends
