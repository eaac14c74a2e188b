"""What the page of a comparison shows: the ties of both sides, placed so that the changes can be read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from migkg.network.compare import KINDS, Change, Edge
from migkg.network.layout import lay_out, node_radius
from migkg.render.evidence import Evidence
from migkg.render.offline import about_data, render_offline, thing_data
from migkg.render.payload import clip
from migkg.render.words import country_names

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

MOST_DRAWN = 160  # ties; a drawing of more cannot be read, and the table has them all


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its name, and what was read (``documents``, ``dated``, ``languages``)."""

    name: str
    read: dict[str, Any]


def render_comparison(
    changes: Sequence[Change],
    nodes: Mapping[str, dict[str, Any]],
    sides: tuple[Side, Side],
    *,
    undated: int | None = None,
    language: str = "en",
    title: str | None = None,
) -> str:
    """The page as HTML.

    Args:
        changes: see ``migkg.network.compare.compare_ties``.
        nodes: attributes of each thing, as the nodes of a projection have them.
        sides: before and after.
        undated: ties that are in neither period for want of a date; ``None`` where graphs were compared.
        language: ``en``, ``fr`` or ``es``.
        title: heading of the page.
    """
    countries, evidence = country_names(language), Evidence()
    order = sorted({end for change in changes for end in (change.edge[0], change.edge[2])})
    place = {iri: number for number, iri in enumerate(order)}
    rows = [_row(change, place, evidence) for change in changes]
    drawn = _greatest(changes)
    chosen = {change.edge for change in drawn}
    view = {
        "sides": [{"name": clip(side.name), **about_data(side.read)} for side in sides],
        "undated": undated,
        "changes": rows,
        "drawn": [number for number, change in enumerate(changes) if change.edge in chosen],
        "spots": _spots(drawn, nodes, place),
    }
    data = {"things": [thing_data(nodes[iri], countries) for iri in order], **evidence.data(), "view": view}
    return render_offline("compare", data, language=language, title=title)


def _greatest(changes: Sequence[Change]) -> list[Change]:
    """The changes that are drawn, the greatest of the things with most of them.

    The kinds take turns, so that many ties of one kind do not hide the others.
    """
    links = Counter(end for change in changes if change.kind != "same" for end in (change.edge[0], change.edge[2]))

    def rank(change: Change) -> tuple[int, int, Edge]:
        subject, _, object_ = change.edge
        return -abs(change.after - change.before), -links[subject] - links[object_], change.edge

    kinds = [sorted((c for c in changes if c.kind == kind), key=rank) for kind in KINDS if kind != "same"]
    turns = zip_longest(*kinds)
    return [change for turn in turns for change in turn if change is not None][:MOST_DRAWN]


def _row(change: Change, place: dict[str, int], evidence: Evidence) -> list[Any]:
    subject, predicate, object_ = change.edge
    claims = [evidence.add(change.claims_before), evidence.add(change.claims_after)]
    return [KINDS.index(change.kind), place[subject], predicate, place[object_], change.before, change.after, *claims]


def _spots(
    changes: Sequence[Change], nodes: Mapping[str, dict[str, Any]], place: dict[str, int]
) -> list[tuple[int, float, float, float]]:
    """(thing, x, y, radius) of every thing that is drawn, the most changed first."""
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    for change in changes:
        subject, predicate, object_ = change.edge
        for iri in (subject, object_):
            graph.add_node(iri, type=nodes[iri]["type"])
        graph.add_edge(subject, object_, predicate, claims=(*change.claims_before, *change.claims_after))
    degree = {iri: len({*graph.successors(iri), *graph.predecessors(iri)} - {iri}) for iri in graph}
    positions = lay_out(graph).positions
    ranked = sorted(graph, key=lambda iri: (-degree[iri], iri))
    return [(place[n], round(positions[n][0], 1), round(positions[n][1], 1), node_radius(degree[n])) for n in ranked]
