"""The first and last day of an event out of all that is said of them."""

import datetime
from dataclasses import dataclass

from migkg.extract.cast import Thing
from migkg.extract.sentence import Sentence
from migkg.text.times import Moment


@dataclass(frozen=True, slots=True)
class Said:
    """A time said of an event.

    Attributes:
        role: whether it is the "whole", the "first" or the "last" day.
        rank: how surely it is said of this event; 0 is the surest.
    """

    moment: Moment
    role: str
    rank: int


@dataclass(slots=True)
class Timed:
    """A time with its sentence, its role by the preposition before it, and the event that it is said of."""

    moment: Moment
    sentence: Sentence
    role: str
    owner: Thing | None = None


def settle_period(thing: Thing, said: list[Said], lasting: int | None) -> None:
    """Set the start and end of an event.

    Args:
        lasting: number of days that the text says it lasts; from its last day that gives the first one.
    """
    surest = sorted(said, key=lambda s: s.rank)
    whole = _whole([s.moment for s in surest if s.role == "whole"])
    first = next((s.moment.first for s in surest if s.role == "first" and s.rank < 3), None)
    last = next((s.moment.first for s in surest if s.role == "last" and s.rank < 3), None)
    if whole is not None and (whole.last or not (first and last)):
        start, end = whole.first, whole.last
        if whole.last is None and last is not None and _after(last, start) and len(last) == len(start):
            end = last
        elif whole.last is None and first is not None and first.startswith(start):
            start = first
    else:
        start, end = first or "", last
    if not start and end and lasting:
        start = _count_back(end, lasting) or ""
    if end and start and not _after(end, start):
        end = None
    thing.start, thing.end = start or None, end


def _whole(moments: list[Moment]) -> Moment | None:
    """The first of the times, or a later one that says the same more exactly."""
    chosen: Moment | None = None
    for moment in moments:
        if chosen is None or _refines(moment, chosen):
            chosen = moment
    return chosen


def _refines(moment: Moment, chosen: Moment) -> bool:
    if chosen.last:
        return False
    if moment.last and len(moment.first) == len(chosen.first):
        return moment.first <= chosen.first <= moment.last
    return len(moment.first) > len(chosen.first) and moment.first.startswith(chosen.first)


def _after(last: str, first: str) -> bool:
    size = min(len(last), len(first))
    return last[:size] >= first[:size] and last != first


def _count_back(last: str, days: int) -> str | None:
    """The first of so many days in a row; ``None`` where a leap year would move it."""
    if len(last) not in {7, 10} or (len(last) == 7 and not last.startswith("--")):
        return None
    years = ("2000", "2001") if last.startswith("--") else ("",)
    found = set()
    for year in years:
        try:
            day = datetime.date.fromisoformat(f"{year}{last[1:]}" if year else last)
        except ValueError:
            return None
        first = (day - datetime.timedelta(days=days - 1)).isoformat()
        found.add(f"--{first[5:]}" if year else first)
    return found.pop() if len(found) == 1 else None
