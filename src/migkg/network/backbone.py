"""Pairs of actors with the backbone of the network, and the two-mode network of actors and what they have a part in."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from migkg.network.actors import KINDS, PARTS, Actors
from migkg.network.measures import DIGITS, WHO, Row, Table, describe, size_of
from migkg.network.reading import main_label

if TYPE_CHECKING:
    import networkx as nx

    Ties = nx.Graph[str]


def mark_backbone(ties: "Ties") -> None:
    """Give each edge its ``significance``: the disparity filter of Serrano, Boguñá and Vespignani 2009.

    It is how likely a share of the strength as large as this would be if an actor of so many ties spread it by chance:
    (1 - w/s)^(k-1), the smaller of the two ends. An end with a single tie tells nothing (1).
    """
    strength = {iri: sum(data["weight"] for data in near.values()) for iri, near in ties.adjacency()}
    for first, second, data in ties.edges(data=True):
        chances = [(1 - data["weight"] / strength[end]) ** (len(ties[end]) - 1) for end in (first, second)]
        data["significance"] = round(max(min(chances), 0.0), DIGITS)


def keep_backbone(ties: "Ties", alpha: float) -> "Ties":
    """The edges whose significance is below ``alpha``, and the actors that have one; ``alone`` counts the others."""
    kept = [(a, b) for a, b, data in ties.edges(data=True) if data["significance"] < alpha]
    backbone: Ties = ties.edge_subgraph(kept).copy()
    backbone.graph["alone"] = ties.graph["alone"] + len(ties) - len(backbone)
    return backbone


def list_pairs(actors: Actors, ties: "Ties", language: str = "en", alpha: float | None = None) -> "tuple[Ties, Table]":
    """Each pair of tied actors, the most significant first, and the network of those that are kept.

    Args:
        alpha: keep the pairs whose significance is below it; ``None``: all.
    """
    mark_backbone(ties)
    kept = ties if alpha is None else keep_backbone(ties, alpha)
    rows: list[Row] = []
    for first, second, data in sorted(kept.edges(data=True), key=lambda e: (e[2]["significance"], -e[2]["weight"])):
        one, other = sorted((first, second))
        counts = [int(data.get(kind, 0)) for kind in KINDS]
        others = describe(actors, other, language)
        rows.append(
            (one, *describe(actors, one, language), other, *others, *counts, data["weight"], data["significance"])
        )
    columns = WHO | {"other": "The other actor", "otherName": "Its name", "otherType": "Its type"}
    columns |= {"otherCountry": "Its country, where it is known", **_KINDS}
    columns["weight"] = "All ties together, by the weight that was asked for"
    columns["significance"] = "Chance of a share of all ties as large as this one: the smaller, the more it is backbone"
    summary = size_of(actors, ties) | {"alpha": alpha, "pairs_kept": kept.number_of_edges(), "actors_kept": len(kept)}
    rows.sort(key=lambda row: (float(str(row[-1])), -float(str(row[-2])), str(row[0]), str(row[4])))
    return kept, Table(columns, rows, summary)


_KINDS = {
    "direct": "Whether one is stated to cooperate with, fund or be a member of the other",
    "meetings": "Events in which both have a part",
    "programmes": "Programmes in which both have a part",
    "instruments": "Agreements that both sign",
}


def list_parts(
    actors: Actors, kinds: Iterable[str] = tuple(KINDS), types: Collection[str] = (), language: str = "en"
) -> "tuple[Ties, Table]":
    """The two-mode network: each actor with each event, programme or agreement in which it has a part.

    Args:
        kinds: which things count, of ``KINDS``; "direct" adds none.
        types: types of actors to keep; empty: all.
    """
    import networkx as nx

    wanted = {KINDS[kind] for kind in kinds} - {None}
    roles: dict[tuple[str, str], set[str]] = {}
    for subject, predicate, object_ in actors.edges:
        kept = actors.is_actor(subject) and (not types or actors.nodes[subject].type in types)
        if predicate in PARTS and kept and actors.nodes[object_].type in wanted:
            roles.setdefault((subject, object_), set()).add(predicate)
    graph: Ties = nx.Graph()
    graph.add_nodes_from(sorted({actor for actor, _ in roles}), mode="actor")
    graph.add_nodes_from(sorted({thing for _, thing in roles}), mode="thing")
    rows: list[Row] = []
    for (actor, thing), relations in sorted(roles.items()):
        graph.add_edge(actor, thing, weight=1, roles=" | ".join(sorted(relations)))
    for (actor, thing), relations in sorted(roles.items()):
        node = actors.nodes[thing]
        facts = (thing, main_label(node, language), node.type, node.when, " | ".join(sorted(relations)))
        rows.append((actor, *describe(actors, actor, language), *facts, len(graph[thing])))
    columns = WHO | {
        "thing": "Event, programme or agreement",
        "thingName": "Its name",
        "thingType": "Its type",
        "when": "When it takes place, where a document says so",
        "roles": "What the actor does in it",
        "actors": "Actors with a part in it",
    }
    sizes = {"actors": len({row[0] for row in rows}), "things": len({row[4] for row in rows}), "parts": len(rows)}
    return graph, Table(columns, rows, {**actors.read, **sizes})
