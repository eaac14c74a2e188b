"""A time that a text says, and how two that stand beside each other become one ("Monday and Tuesday")."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migkg.text.dates import DateWords

GAP = 24  # characters between two parts of one date, at most
DAYS_AT_MOST = 45  # between the first and the last day of a range of weekdays


@dataclass(frozen=True, slots=True)
class MomentWords:
    """The words of one language for times counted from the publication, folded; compiled where a text is searched.

    Attributes:
        dates: the names of months and days.
        counted: "last week", "hier", each with its unit (day, week, month, year) and how many from the publication.
        search: finds any of these, the names of months and days, years, and ranges in figures.
        last, next: beside a day or month, the one before or after the publication.
        joined, spanned: between two days: both, or from the one to the other.
        fillers: what else may stand between the parts of one date.
        openers: what stands before a month that is a date.
        future: what makes a sentence look ahead.
    """

    dates: DateWords
    counted: dict[str, tuple[str, int]]
    search: re.Pattern[str]
    last: re.Pattern[str]
    next: re.Pattern[str]
    joined: re.Pattern[str]
    spanned: re.Pattern[str]
    fillers: re.Pattern[str]
    openers: re.Pattern[str]
    future: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at ``text[start:end]``.

    Attributes:
        first: first day, month or year, ISO 8601, ``--MM-DD`` or ``--MM`` where no year is to be had.
        last: last one, for a range.
        unit: day, month or year.
        bare: a year alone: it may be part of a name or of another date.
        weekday: 1 for Monday to 7, where only the day of the week is said.
    """

    start: int
    end: int
    first: str
    last: str | None = None
    unit: str = "day"
    bare: bool = False
    weekday: int = 0


def merge_moments(found: list[Moment], folded: str, words: MomentWords) -> Iterator[Moment]:
    """Make one of two times that say one: "Monday and Tuesday", "this week (22-23/05)", "Monday 6 December"."""
    at = 0
    while at < len(found):
        moment = found[at]
        at += 1
        while at < len(found):
            other = found[at]
            joined = _join(moment, other, folded[moment.end : other.start], words)
            if joined is None:
                break
            moment, at = joined, at + 1
        yield moment


def _join(one: Moment, other: Moment, gap: str, words: MomentWords) -> Moment | None:
    if len(gap) > GAP or one.bare or other.bare:
        return None
    if gap.strip(" ,(") == "" or words.fillers.fullmatch(gap):
        if one.weekday and not other.weekday and _falls_on(other, one.weekday):
            return replace(other, start=one.start)
        said = other if _says(other, one) else one if _says(one, other) else None
        return replace(said, start=one.start, end=other.end) if said else None
    if one.unit != other.unit or one.last or other.last:
        return None
    spanned = words.spanned.fullmatch(gap)
    first, last = (one.first, other.first) if spanned else sorted((one.first, other.first))
    days = _between(first, last) if spanned or words.joined.fullmatch(gap) else None
    if days is None or not 0 < days <= (DAYS_AT_MOST if spanned else 1):
        return None
    return Moment(one.start, other.end, first, last)


def _falls_on(moment: Moment, weekday: int) -> bool:
    """Whether an exact day is the day of the week that stands before it: "Friday (14/09)"."""
    if moment.last or moment.unit != "day" or moment.first.startswith("--"):
        return False
    return datetime.date.fromisoformat(moment.first).isoweekday() == weekday


def _says(one: Moment, other: Moment) -> bool:
    """Whether the one says all that the other does: it is a range around that day, or lies in that month."""
    if other.last:
        return False
    if one.last and len(one.first) == len(other.first):
        return one.first <= other.first <= one.last
    return one.first.startswith(other.first)


def _between(first: str, last: str) -> int | None:
    """Days between two days; ``None`` for months and years."""
    try:
        one, other = (datetime.date.fromisoformat(d.replace("--", "2001-")) for d in (first, last))
    except ValueError:
        return None
    return (other - one).days
