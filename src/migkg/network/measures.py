"""Measures of the network among actors: how central, between whom, in which community. The same on every run.

Degree, strength, k-core: Freeman 1979, Barrat and others 2004, Seidman 1983. Betweenness: Brandes 2001. Eigenvector:
Bonacich 1972. Communities: the Louvain method of Blondel and others 2008. ``migkg.network.engine`` computes them, with
networkx or, where a network is large, by faster ways.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from migkg.network.actors import Actors
from migkg.network.engine import (
    describe_betweenness,
    find_betweenness,
    find_cores,
    find_eigenvector,
    find_modularity,
    number_ties,
)
from migkg.network.engine import find_communities as find_communities_of

if TYPE_CHECKING:
    import networkx as nx

    Ties = nx.Graph[str]

DIGITS = 6
Cell = str | int | float | None
Row = tuple[Cell, ...]
Key = tuple[int | float | str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Measured rows.

    Attributes:
        columns: name to meaning, in order.
        rows: in order; the first cell is the IRI of the actor.
        summary: what all of them were measured on, and of the whole network.
    """

    columns: dict[str, str]
    rows: list[Row]
    summary: dict[str, object]


WHO = {
    "actor": "The actor",
    "actorName": "Its name",
    "type": "Its type",
    "country": "Its country, where it is known",
}
_TIES = {
    "degree": "Actors that it is tied to",
    "strength": "Ties to them: stated ones, and things in which both have a part",
}


_BETWEEN = {
    "betweenness": "Share of the shortest ways between two others that lead over it, from 0 to 1",
    "betweennessError": "Standard error of this share where it is an estimate, else 0; a guide for those who lead",
}


def measure_actors(
    actors: Actors, ties: "Ties", language: str = "en", seed: int = 1, pivots: int | None = None
) -> Table:
    """Degree, strength, betweenness, eigenvector and core of each actor, the most central first.

    Args:
        pivots: from how many nodes betweenness is estimated; 0: from all; ``None``: as the size of the network asks.
    """
    order, plain = number_ties(ties)
    between = find_betweenness(plain, seed, pivots)
    central, cores = find_eigenvector(plain), find_cores(plain)
    rows: list[tuple[Key, Row]] = []
    for number, iri in enumerate(order):
        degree, strength = len(ties[iri]), _strength(ties, iri)
        value = round(float(between.value[number]), DIGITS)
        measured = (value, round(float(between.error[number]), DIGITS), _rounded(central[number]), cores[number])
        row: Row = (iri, *describe(actors, iri, language), degree, strength, *measured)
        rows.append(((-value, -strength, iri), row))
    columns = WHO | _TIES | _BETWEEN
    columns["eigenvector"] = "How strongly it is tied to actors that are so themselves; the first has 1"
    columns["core"] = "Largest k such that it belongs to a part of the network where each has k ties"
    return Table(columns, _ranked(rows), size_of(actors, ties) | describe_betweenness(between))


def find_communities(
    actors: Actors, ties: "Ties", language: str = "en", seed: int = 1, resolution: float = 1.0
) -> Table:
    """The community of each actor, and how far it reaches into others; communities by size, those who cross first.

    Args:
        resolution: above 1 for more and smaller communities, below for fewer.
    """
    order, plain = number_ties(ties)
    found = find_communities_of(plain, seed, resolution)
    groups = sorted((sorted(order[n] for n in group) for group in found), key=lambda group: (-len(group), group[0]))
    place = {iri: number for number, group in enumerate(groups, 1) for iri in group}
    about = _themes_of(actors, place)
    names = [_name_group(actors, ties, group, language) for group in groups]
    rows: list[tuple[Key, Row]] = []
    for iri in order:
        met: dict[int, int | float] = defaultdict(int)
        for other, edge in ties[iri].items():
            met[place[other]] += edge["weight"]
        own, all_of_it = place[iri], sum(met.values())
        outside = round(100 * (all_of_it - met[own]) / all_of_it)
        shown = all_of_it if isinstance(all_of_it, int) else round(all_of_it, DIGITS)
        reach = round(1 - sum((ties_there / all_of_it) ** 2 for ties_there in met.values()), DIGITS)
        community = (own, names[own - 1], len(groups[own - 1]), about[own])
        reached = (shown, outside, len(met.keys() - {own}), reach)
        row: Row = (iri, *describe(actors, iri, language), *community, *reached)
        rows.append(((own, -reach, -all_of_it, iri), row))
    split = round(find_modularity(plain, [place[iri] for iri in order], resolution), DIGITS) if order else None
    columns = WHO | {
        "community": "Number of its community, the largest is 1",
        "communityName": "The three actors of the community with most ties",
        "members": "Actors in the community",
        "themes": "Themes of most of the things that its members have a part in",
        "strength": _TIES["strength"],
        "outside": "Percent of its ties that lead into other communities",
        "communitiesMet": "Other communities that it is tied to",
        "participation": "How evenly its ties are spread over communities: 0 for all in one, towards 1 for many",
    }
    whole = {"communities": len(groups), "modularity": split, "seed": seed, "resolution": resolution}
    return Table(columns, _ranked(rows), size_of(actors, ties) | whole)


def find_bridges(actors: Actors, ties: "Ties", language: str = "en", seed: int = 1) -> Table:
    """Bodies that stand between regional processes, those that alone link most pairs of them first.

    Args:
        ties: bodies and processes, see ``tie_processes``.
    """
    order, plain = number_ties(ties)
    between = find_betweenness(plain, seed)
    bodies = [iri for iri in order if not ties.nodes[iri]["process"]]
    common = Counter(pair for iri in bodies for pair in combinations(sorted(ties[iri]), 2))
    rows: list[tuple[Key, Row]] = []
    for number, iri in enumerate(order):
        if ties.nodes[iri]["process"] or len(ties[iri]) < 2:
            continue
        pairs = list(combinations(sorted(ties[iri]), 2))
        alone = sum(common[pair] == 1 for pair in pairs)
        listed = " | ".join(sorted(actors.names(ties[iri], language)))
        value = round(float(between.value[number]), DIGITS)
        row: Row = (iri, *describe(actors, iri, language), len(ties[iri]), listed, len(pairs), alone, value)
        rows.append(((-alone, -value, iri), row))
    columns = WHO | {
        "processes": "Regional processes that it is a member of or meets in",
        "processNames": "Their names",
        "pairs": "Pairs of these processes",
        "onlyLink": "Pairs that have no other body in common",
        "betweenness": "Share of the shortest ways, in the network of bodies and processes, that lead over it",
    }
    summary: dict[str, object] = {**actors.read, "processes": len(order) - len(bodies), "bodies": len(bodies)}
    return Table(columns, _ranked(rows), summary | describe_betweenness(between))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _strength(ties: "Ties", iri: str) -> int | float:
    whole = sum(edge["weight"] for edge in ties[iri].values())
    return whole if isinstance(whole, int) else round(whole, DIGITS)


def describe(actors: Actors, iri: str, language: str) -> tuple[str, str, str | None]:
    """Name, type and country of an actor."""
    node = actors.nodes[iri]
    return actors.names([iri], language)[0], node.type, node.country


def size_of(actors: Actors, ties: "Ties") -> dict[str, object]:
    """What was read, and how many actors and pairs the network has."""
    size = {"actors": len(ties), "pairs": ties.number_of_edges(), "actors_without_ties": ties.graph["alone"]}
    return {**actors.read, **size}


def _ranked(rows: list[tuple[Key, Row]]) -> list[Row]:
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _name_group(actors: Actors, ties: "Ties", group: list[str], language: str) -> str:
    strongest = sorted(group, key=lambda iri: (-_strength(ties, iri), iri))[:3]
    return ", ".join(actors.names(strongest, language))


def _themes_of(actors: Actors, place: dict[str, int]) -> dict[int, str]:
    """For each community the three themes that most of the things its members have a part in are about."""
    counts: dict[int, Counter[str]] = {number: Counter() for number in place.values()}
    for thing, members in actors.parts().items():
        for number in {place[member] for member in members if member in place}:
            counts[number].update(actors.themes.get(thing, ()))
    ranked = {n: sorted(found.items(), key=lambda item: (-item[1], item[0]))[:3] for n, found in counts.items()}
    return {number: ", ".join(theme for theme, _ in best) for number, best in ranked.items()}
