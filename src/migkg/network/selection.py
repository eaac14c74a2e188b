"""The part of a network that a reader asked for: around actors, of a country, on a theme, in a period."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migkg.errors import UsageError
from migkg.model.vocabulary import RELATIONS
from migkg.network.evidence import Claim
from migkg.network.periods import edge_years, years

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]


@dataclass(frozen=True, slots=True)
class Part:
    """Which part is asked for; what is left empty asks for nothing.

    Attributes:
        country: nodes of this country (ISO 3166-1 alpha-3), and what is near to them.
        theme: links about this theme (its code): an end is about it, or a document that says so.
        things: nodes with these IRIs, such as an answer names, and what is near to them.
        relations: names of the relations to keep.
        first, last: links that last in some year from the first to the last one; those without a date stay.
    """

    country: str | None = None
    theme: str | None = None
    things: frozenset[str] | None = None
    relations: frozenset[str] = frozenset()
    first: int | None = None
    last: int | None = None


def parse_relations(names: Iterable[str]) -> frozenset[str]:
    """Relations from what a user wrote, in any case.

    Raises:
        UsageError: a name that is no relation.
    """
    known = {name.lower(): name for name in RELATIONS}
    wanted = [name.strip() for name in names if name.strip()]
    for name in wanted:
        if name.lower() not in known:
            raise UsageError(f"unknown relation {name!r}; known: {', '.join(sorted(RELATIONS))}")
    return frozenset(known[name.lower()] for name in wanted)


def drop_links(graph: "Graph", part: Part) -> None:
    """Take out the links that the part does not ask for."""
    dropped: list[tuple[str, str, str]] = []
    claims: tuple[Claim, ...]
    latest = _latest(graph) if part.first is not None or part.last is not None else None
    for (subject, object_, relation), data in graph.edges.items():
        claims = data["claims"]
        fits = not part.relations or relation in part.relations
        if fits and part.theme is not None:
            about = (graph.nodes[subject]["themes"], graph.nodes[object_]["themes"], *(c.source.themes for c in claims))
            fits = any(part.theme in themes for themes in about)
        if fits and latest is not None:
            ends = (graph.nodes[object_]["when"], graph.nodes[subject]["when"])
            span = edge_years(ends, (claim.source.issued for claim in claims), latest)
            fits = span is None or (span[1] >= (part.first or 0) and span[0] <= (part.last or 9999))
        if not fits:
            dropped.append((subject, object_, relation))
    for subject, object_, relation in dropped:
        graph.remove_edge(subject, object_, relation)


def keep_near(graph: "Graph", centers: Collection[str], depth: int) -> dict[str, int]:
    """Take out what is more than ``depth`` links from all centers; the distance of what is left."""
    distance, ring = dict.fromkeys(centers, 0), list(centers)
    for step in range(1, depth + 1):
        near = {other for node in ring for other in (*graph.successors(node), *graph.predecessors(node))}
        ring = [node for node in near if node not in distance]
        distance |= dict.fromkeys(ring, step)
    graph.remove_nodes_from([node for node in graph if node not in distance])
    return distance


def of_country(graph: "Graph", country: str) -> list[str]:
    """The nodes of a country.

    Raises:
        UsageError: the graph has none.
    """
    found = [iri for iri, data in graph.nodes.items() if data["country"] == country]
    if not found:
        raise UsageError(f"nothing in the graph is of the country {country}")
    return found


def of_things(graph: "Graph", things: Collection[str]) -> list[str]:
    """The nodes among some IRIs.

    Raises:
        UsageError: none of them is a node of the graph.
    """
    found = [iri for iri in graph if iri in things]
    if not found:
        raise UsageError("the answer to the question names nothing that can be drawn: no column holds such IRIs")
    return found


def _latest(graph: "Graph") -> int:
    """The last year of all dates: what is open lasts until then."""
    dates = {data["when"] for data in graph.nodes.values()}
    dates |= {claim.source.issued for data in graph.edges.values() for claim in data["claims"]}
    return max((span[1] for span in map(years, dates) if span), default=9999)
