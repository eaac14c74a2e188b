"""What changed between two graphs, or between two periods of one: ties added, gone, stronger and weaker."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from migkg.errors import UsageError
from migkg.network.evidence import Claim, Source
from migkg.network.periods import period

Edge = tuple[str, str, str]
Tie = tuple[str, str, str, tuple[Claim, ...]]
Ties = Mapping[Edge, tuple[Claim, ...]]

KINDS = ("added", "gone", "stronger", "weaker", "same")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: first and last day (``YYYY-MM-DD``), ``None`` where it is open; ``name`` as it was asked."""

    name: str
    first: str | None
    last: str | None

    def holds(self, first: str | None, last: str | None) -> bool:
        """Whether a span of days lies in it, wholly or in part; a span without any day does not."""
        if first is None and last is None:
            return False
        starts_in_time = self.last is None or first is None or first <= self.last
        return starts_in_time and (self.first is None or last is None or last >= self.first)


@dataclass(frozen=True, slots=True)
class Change:
    """One tie on both sides.

    Attributes:
        kind: one of ``KINDS``.
        edge: (subject, predicate, object).
        before, after: the number of documents that state it on each side.
        claims_before, claims_after: what they say; on a side without the tie also what denies or plans it.
    """

    kind: str
    edge: Edge
    before: int
    after: int
    claims_before: tuple[Claim, ...]
    claims_after: tuple[Claim, ...]


def parse_period(text: str) -> Period:
    """A period as ``2009..2012``, ``2013-03..2015-06-30``, ``..2012``, ``2016..`` or ``2015``.

    Raises:
        UsageError: it is none of these, or ends before it starts.
    """
    name = text.strip()
    first, dots, last = name.partition("..")
    start, end = period(first)[0], period(last if dots else first)[1]
    missing = (first and not start) or (last and not end) or not (first or last)
    if missing or "/" in name:
        raise UsageError(f"{text!r} is no period; write 2009..2012, 2013-03..2015, ..2012 or 2016..")
    if start and end and start > end:
        raise UsageError(f"the period {text!r} ends before it starts")
    return Period(name, start, end)


def time_of(claim: Claim, *whens: str | None) -> tuple[str | None, str | None]:
    """First and last day of what a claim says.

    Args:
        claim: the claim.
        whens: EDTF dates of the two ends of its edge; the first that has a year decides.

    Returns:
        The time of the event or programme; failing that the day on which the source came out; else ``(None, None)``.
    """
    for when in (*whens, claim.source.issued):
        span = period(when)
        if span != (None, None):
            return span
    return None, None


def ties_in(span: Period, ties: Iterable[Tie], whens: Mapping[str, str | None]) -> dict[Edge, tuple[Claim, ...]]:
    """The ties that are stated of a period, each with the claims of that period.

    A tie to an event or programme belongs to every period in which that takes place, whenever it was told of.

    Args:
        span: the period.
        ties: edges with their claims, as ``migkg.network.projection.edges_of`` gives them.
        whens: EDTF date of each thing that has one.
    """
    found: dict[Edge, tuple[Claim, ...]] = {}
    for subject, predicate, object_, claims in ties:
        times = (whens.get(object_), whens.get(subject))
        kept = tuple(claim for claim in claims if span.holds(*time_of(claim, *times)))
        if any(claim.status == "stated" for claim in kept):
            found[subject, predicate, object_] = kept
    return found


def count_undated(ties: Iterable[Tie], whens: Mapping[str, str | None]) -> int:
    """How many ties have no claim with a date: they are in no period."""
    return sum(
        all(time_of(claim, whens.get(object_), whens.get(subject)) == (None, None) for claim in claims)
        for subject, _, object_, claims in ties
    )


def sources_in(span: Period, sources: Iterable[Source]) -> list[Source]:
    """The documents that came out in a period."""
    return [source for source in sources if span.holds(*period(source.issued))]


def compare_ties(before: Ties, after: Ties) -> list[Change]:
    """Every tie of either side, the greatest changes of each kind first; the order depends on nothing else.

    A tie is stronger when more documents state it than before, weaker when fewer do.
    """
    changes = []
    for edge in before.keys() | after.keys():
        old, new = _strength(before.get(edge)), _strength(after.get(edge))
        changes.append(Change(_kind(old, new), edge, old, new, before.get(edge, ()), after.get(edge, ())))
    return sorted(changes, key=lambda c: (KINDS.index(c.kind), -abs(c.after - c.before), -c.after, c.edge))


def count_changes(changes: Iterable[Change]) -> dict[str, int]:
    """How many changes of each kind, all of ``KINDS``."""
    counts = dict.fromkeys(KINDS, 0)
    for change in changes:
        counts[change.kind] += 1
    return counts


def _kind(before: int, after: int) -> str:
    if not before or not after:
        return "added" if after else "gone"
    return "same" if before == after else "stronger" if after > before else "weaker"


def _strength(claims: tuple[Claim, ...] | None) -> int:
    """Documents that state a tie; a tie that stands in a graph without any claim counts as one."""
    if claims is None:
        return 0
    return len({claim.source.iri for claim in claims if claim.status == "stated"}) or 1
