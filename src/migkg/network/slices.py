"""The network among actors year by year. What no document dates stands apart: a year is never made up."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from migkg.errors import UsageError
from migkg.network import reading
from migkg.network.actors import PARTS, Actors
from migkg.network.compare import Period
from migkg.network.evidence import Claim
from migkg.network.measures import Table
from migkg.network.periods import edge_years, years
from migkg.store.base import Store

UNDATED = "undated"
MOST_YEARS = 200  # a date that a document got wrong must not ask for a thousand networks
Years = tuple[int, int]


@dataclass(slots=True)
class Dated:
    """Actors with the years of their edges.

    Attributes:
        actors: see ``migkg.network.actors.read_actors``.
        spans: first and last year of each edge; ``None`` where nothing dates it.
        claims: what documents say of each edge.
    """

    actors: Actors
    spans: dict[reading.Edge, Years | None]
    claims: dict[reading.Edge, tuple[Claim, ...]] = field(default_factory=dict)

    def slices(self, period: Period | None = None) -> Iterator[tuple[int | str, Actors]]:
        """Each year in which there is an edge, with the edges of that year; ``UNDATED`` last, with what has no year.

        Args:
            period: the years to keep; what is undated lies in none and is left out with it.

        Raises:
            UsageError: there are more than ``MOST_YEARS``.
        """
        kept = [
            year for year in self._years() if period is None or period.holds(f"{year:04}-01-01", f"{year:04}-12-31")
        ]
        if len(kept) > MOST_YEARS:
            raise UsageError(f"the ties reach over {len(kept)} years, {kept[0]} to {kept[-1]}: give a --period")
        for year in kept:
            yield year, self._only([e for e, span in self.spans.items() if span and span[0] <= year <= span[1]])
        if period is None and None in self.spans.values():
            yield UNDATED, self._only([edge for edge, span in self.spans.items() if span is None])

    def within(self, period: Period) -> Actors:
        """The actors with the edges of which at least a year lies in a period."""
        holds = {
            edge: span is not None and period.holds(f"{span[0]:04}-01-01", f"{span[1]:04}-12-31")
            for edge, span in self.spans.items()
        }
        return self._only([edge for edge, held in holds.items() if held])

    def _years(self) -> list[int]:
        marks: dict[int, int] = defaultdict(int)
        for first, last in filter(None, self.spans.values()):
            marks[first] += 1
            marks[last + 1] -= 1
        found: list[int] = []
        open_, places = 0, sorted(marks)
        for place, following in pairwise(places):
            open_ += marks[place]
            found += range(place, following) if open_ else ()
        return found

    def _only(self, edges: list[reading.Edge]) -> Actors:
        return replace(self.actors, edges=edges)


def date_edges(store: Store, actors: Actors) -> Dated:
    """The years of each edge.

    An edge lasts as long as its event or programme; failing that, from the first to the last dated document that states
    it. Parts in one thing share its years: of a thing without a date, those of all documents that state a part in it.
    """
    sources = reading.read_sources(store, actors.nodes)
    said: dict[reading.Edge, list[str]] = {}
    claims = {edge: tuple(found) for edge, found in reading.read_claims(store, sources).items()}
    for edge, found in claims.items():
        said[edge] = [c.source.issued for c in found if c.status == "stated" and c.source.issued]
    dates = [node.when for node in actors.nodes.values()] + [when for whens in said.values() for when in whens]
    latest = max((span[1] for span in map(years, dates) if span), default=None)
    shared: dict[str, list[str]] = defaultdict(list)
    for edge in actors.edges:
        if edge[1] in PARTS and not actors.is_actor(edge[2]):
            shared[edge[2]] += said.get(edge, ())
    spans: dict[reading.Edge, Years | None] = {}
    for edge in actors.edges:
        whens = (actors.nodes[edge[2]].when, actors.nodes[edge[0]].when)
        own = shared[edge[2]] if edge[1] in PARTS and edge[2] in shared else said.get(edge, ())
        spans[edge] = edge_years(whens, own, latest)
    return Dated(actors, spans, claims)


def join_tables(tables: list[tuple[int | str, Table]], actors: Actors) -> Table:
    """One table of those of several years, with the column ``year`` after the actor's facts.

    Args:
        tables: year, or ``UNDATED``, and what was measured in it.
        actors: of which they are slices.
    """
    columns: dict[str, str] = {}
    rows = []
    for year, table in tables:
        at = list(table.columns).index("country") + 1
        names = list(table.columns.items())
        columns = dict([*names[:at], ("year", "The year, or undated: what no document dates"), *names[at:]])
        rows += [(*row[:at], year, *row[at:]) for row in table.rows]
    summary: dict[str, object] = dict(actors.read)
    summary["years"] = ", ".join(str(year) for year, _ in tables)
    for name in ("betweenness", "betweenness_error", "seed", "resolution", "alpha"):
        told = {str(table.summary[name]) for _, table in tables if table.summary.get(name) is not None}
        if told:
            summary[name] = " / ".join(sorted(told))
    split = [f"{year} {value}" for year, table in tables if (value := table.summary.get("modularity")) is not None]
    if split:
        summary["modularity"] = ", ".join(split)
    return Table(columns, rows, summary)
