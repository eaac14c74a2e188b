"""Seconds for the measures of a network of 100,000 nodes and a million ties, and how good the estimates are.

The network is made: degrees fall off as a power, as those of actors in the news do, and seven of ten ties stay within
communities of very different size. Aim: betweenness (estimated) and communities in under a minute on two cores. The
estimate is compared with the exact values, which networkx computes, on a network of the same kind that is small enough.
"""

import resource
import time
from collections.abc import Callable
from typing import TypeVar

import networkx as nx
import numpy as np
import report
from numpy.typing import NDArray

from migkg.network.betweenness import measure_betweenness
from migkg.network.engine import (
    PIVOTS,
    find_communities,
    find_cores,
    find_eigenvector,
    find_modularity,
    number_ties,
    to_networkx,
)
from migkg.network.ties import Ties

Result = TypeVar("Result")
INSIDE = 0.7  # share of ties within communities


def make_network(nodes: int, ties: int, seed: int = 7) -> Ties:
    """A network whose degrees fall off with an exponent of about 2.6, with communities of 20 to 3,000 nodes."""
    lot = np.random.default_rng(seed)
    pull = (1 - lot.random(nodes)) ** (-1 / 1.6)
    pull = np.minimum(pull, pull.mean() * 200)
    sizes = np.minimum((1 - lot.random(nodes // 50)) ** (-1 / 1.3) * 20, 3000).astype(int)
    group = np.repeat(np.arange(len(sizes)), sizes)[:nodes]
    group = lot.permutation(np.concatenate([group, lot.integers(0, len(sizes), nodes - len(group))]))
    order = np.argsort(group, kind="stable")
    everywhere, inside = np.cumsum(pull), np.cumsum(pull[order])
    starts = np.searchsorted(group[order], np.arange(len(sizes) + 1))
    edges = np.concatenate([[0.0], inside])[starts]
    keys = np.empty(0, dtype=np.int64)
    while len(keys) < ties:
        count = ties - len(keys) + 1000
        first = np.searchsorted(everywhere, lot.random(count) * everywhere[-1])
        low, high = edges[group[first]], edges[group[first] + 1]
        near = order[np.minimum(np.searchsorted(inside, low + lot.random(count) * (high - low)), nodes - 1)]
        far = np.searchsorted(everywhere, lot.random(count) * everywhere[-1])
        second = np.where(lot.random(count) < INSIDE, near, far)
        apart = first != second
        pairs = np.minimum(first, second)[apart] * nodes + np.maximum(first, second)[apart]
        keys = np.unique(np.concatenate([keys, pairs]))
    keys = np.sort(lot.permutation(keys)[:ties])
    return Ties(nodes, keys // nodes, keys % nodes, np.ones(ties))


def timed(what: str, work: Callable[[], Result], rows: list[dict[str, object]]) -> Result:
    """Run something and note its seconds, those of its processes included."""
    started, before = time.perf_counter(), cpu()
    result = work()
    rows.append({"what": what, "wall s": time.perf_counter() - started, "CPU s": cpu() - before})
    return result


def cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def ranks(values: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.argsort(np.argsort(-values, kind="stable"), kind="stable")


def judge(nodes: int, ties: int) -> dict[str, object]:
    """The estimate against the exact betweenness of a smaller network."""
    small = make_network(nodes, ties)
    found = nx.betweenness_centrality(to_networkx(small))
    exact = np.array([found[node] for node in range(nodes)])
    estimate, ours = measure_betweenness(small, PIVOTS), measure_betweenness(small)
    order = np.argsort(-exact)
    first = {count: len({*order[:count]} & {*np.argsort(-estimate.value)[:count]}) for count in (20, 100)}
    leading = order[:100]
    within = np.abs(estimate.value - exact)[leading] < 2 * estimate.error[leading]
    return {
        "small_nodes": nodes,
        "small_ties": ties,
        "largest_difference_from_networkx": float(np.abs(ours.value - exact).max()),
        "of_the_first_20": first[20],
        "of_the_first_100": first[100],
        "first_100_within_two_errors": int(within.sum()),
        "largest_error": float(np.abs(estimate.value - exact).max()),
        "bound": estimate.bound,
        "rank_correlation_of_the_first_1000": float(
            np.corrcoef(ranks(exact[order[:1000]]), ranks(estimate.value[order[:1000]]))[0, 1]
        ),
    }


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--ties", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=5_000, help="nodes of the network with exact values")
    chosen = parser.parse_args()
    named: nx.Graph[str] = nx.Graph()
    made = make_network(chosen.nodes, chosen.ties)
    named.add_nodes_from(f"actor/{node:07}" for node in range(made.count))
    ends = zip(made.first.tolist(), made.second.tolist(), strict=True)
    named.add_edges_from((f"actor/{first:07}", f"actor/{second:07}") for first, second in ends)
    rows: list[dict[str, object]] = []
    _, ties = timed("from networkx to columns", lambda: number_ties(named), rows)
    between = timed(f"betweenness, {PIVOTS} pivots", lambda: measure_betweenness(ties, PIVOTS), rows)
    groups = timed("communities", lambda: find_communities(ties), rows)
    timed("eigenvector", lambda: find_eigenvector(ties), rows)
    timed("cores (networkx)", lambda: find_cores(ties), rows)
    place = np.empty(ties.count, dtype=np.intp)
    for number, group in enumerate(groups):
        place[group] = number
    alone = measure_betweenness(ties, PIVOTS, processes=1)
    facts: dict[str, object] = {
        "nodes": ties.count,
        "ties": len(ties.first),
        "highest_degree": int(ties.degrees().max()),
        "communities": len(groups),
        "modularity": find_modularity(ties, place.tolist()),
        "bound_of_betweenness": between.bound,
        "same_bytes_with_one_process": alone.value.tobytes() == between.value.tobytes(),
        "peak_MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    facts |= judge(chosen.small, chosen.small * 8)
    report.show("Measures of a large network", rows, chosen.json, **facts)


if __name__ == "__main__":
    main()
