"""Dates as a text says them, in ISO 8601; a year that is not said and not certain stays unknown (``--02-27``)."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

DAY = r"(\d{1,2})(?:\s?(?:er|st|nd|rd|th|º|ª|o))?"
YEAR = r"((?:19|20)\d\d)"
HORIZON = 183  # days: a date without a year belongs to the year that brings it nearer than this to the publication


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date at ``text[start:end]``: first and last day, ISO 8601 or ``--MM-DD`` where no year is to be had."""

    start: int
    end: int
    first: str
    last: str | None = None


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of one language that dates are made of, folded; how it reads 07/08/2020, as in ``text.wording``."""

    months: tuple[tuple[str, int], ...]
    weekdays: tuple[tuple[str, int], ...]
    today: frozenset[str]
    yesterday: frozenset[str]
    tomorrow: frozenset[str]
    future: frozenset[str] = frozenset()
    numeric_dates: str = "unknown"


def find_dates(folded: str, start: int, end: int, words: DateWords, published: str | None) -> list[DateSpan]:
    """Dates in ``folded[start:end]``, none overlapping, in text order.

    Args:
        folded: the folded document.
        published: publication date (``2013-03-18``), which gives the year of a near date and the day of "yesterday".
    """
    found: list[DateSpan] = []
    for date in _all(folded, start, end, words, _day(published)):
        if not any(date.start < other.end and other.start < date.end for other in found):
            found.append(date)
    return sorted(found, key=lambda d: d.start)


def _all(folded: str, start: int, end: int, words: DateWords, published: datetime.date | None) -> Iterator[DateSpan]:
    """Candidates, the surest first."""
    if _FIGURE.search(folded, start, end):
        yield from _in_figures(folded, start, end, words, published)
    if published is None:
        return
    *_, relative, weekdays = _patterns(words)
    for match in relative.finditer(folded, start, end):
        shift = _shift(match.group(), words)
        yield DateSpan(match.start(), match.end(), (published + datetime.timedelta(days=shift)).isoformat())
    coming = any(f" {w} " in f" {folded[start:end]} " for w in words.future)
    for match in weekdays.finditer(folded, start, end):
        day = _weekday(dict(words.weekdays)[match.group()], published, coming)
        yield DateSpan(match.start(), match.end(), day.isoformat())


def _in_figures(
    folded: str, start: int, end: int, words: DateWords, published: datetime.date | None
) -> Iterator[DateSpan]:
    """Dates with a day or a year."""
    months = dict(words.months)
    ranges, singles, month_years, *_ = _patterns(words)
    for pattern in ranges:
        for match in pattern.finditer(folded, start, end):
            yield from _range(match, months, published)
    for pattern in singles:
        for match in pattern.finditer(folded, start, end):
            value = _iso(match["year"], months[match["month"]], int(match["day"]), published)
            if value:
                yield DateSpan(match.start(), match.end(), value)
    for match in _NUMERIC.finditer(folded, start, end):
        value = _numeric(match, words.numeric_dates, published)
        if value:
            yield DateSpan(match.start(), match.end(), value)
    for match in month_years.finditer(folded, start, end):
        yield DateSpan(match.start(), match.end(), f"{match['year']}-{months[match['month']]:02d}")


_FIGURE = re.compile(r"\d")
# Without a year only "12/03" is a date: "2.5" is a number, "3/4" a part of something and "24/7" always.
_NUMERIC = re.compile(
    r"(?<![\d/.,-])(?:(?P<one>\d{1,2})(?P<mark>[/.])(?P<two>\d{1,2})[/.](?P<year>(?:19|20)\d\d)|(?P<d>\d\d)/(?P<m>\d\d))"
    r"(?![\d/.]\d|\d|\s?%)"
)


@cache
def _patterns(
    words: DateWords,
) -> tuple[list[re.Pattern[str]], list[re.Pattern[str]], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted((re.escape(m) for m, _ in words.months), key=len, reverse=True))
    days = "|".join(sorted((re.escape(d) for d, _ in words.weekdays), key=len, reverse=True))
    day = r"{}(?:\s?(?:er|st|nd|rd|th|º|ª))?"
    one, two = day.format(r"(?P<day>\d{1,2})"), day.format(r"(?P<until>\d{1,2})")
    of = r"\s+(?:de\s+|of\s+)?"
    year = r"(?:,?\s+(?:de\s+|del\s+|of\s+)?(?P<year>(?:19|20)\d\d))?(?!\d)"
    between = (
        r"\s*(?:-|\ba\b|\bau\b|\bet\b|\bto\b|\band\b|\by\b|\bal\b|\buntil\b|\bthrough\b|\bhasta(?:\s+el)?\b|\bjusqu'au\b)\s*(?:el\s+|le\s+|the\s+)?(?:(?:"
        + days
        + r")\s+)?"
    )
    month = rf"(?P<month>{names})\.?"
    ranges = [
        re.compile(rf"(?<!\d){one}(?:{of}(?P<from>{names}))?{between}{two}{of}{month}{year}"),
        re.compile(rf"\b{month}\s+{one}{between}{two}{year}"),
        re.compile(
            rf"\b(?P<from>{names})\s+(?:de\s+)?(?P<since>(?:19|20)\d\d){between}{month}\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)"
        ),
    ]
    singles = [
        re.compile(rf"(?<![\d.,]){one}{of}{month}(?![a-z]){year}"),
        re.compile(rf"\b{month}\s+{one}(?!\d)(?:,?\s+(?P<year>(?:19|20)\d\d))?(?!\s*(?:%|percent|million))"),
    ]
    month_years = re.compile(rf"(?<!\d )\b{month},?\s+(?:de\s+|del\s+|of\s+)?(?P<year>(?:19|20)\d\d)\b")
    near = "|".join(map(re.escape, sorted(words.today | words.yesterday | words.tomorrow, key=lambda w: (-len(w), w))))
    # "la mañana" is the morning and not tomorrow.
    relative = re.compile(rf"(?<!\bla )\b(?:{near})\b")
    return ranges, singles, month_years, relative, re.compile(rf"\b(?:{days})\b")


def _range(match: re.Match[str], months: dict[str, int], published: datetime.date | None) -> Iterator[DateSpan]:
    values = match.groupdict()
    if values.get("since"):
        first = f"{values['since']}-{months[values['from']]:02d}"
        yield DateSpan(match.start(), match.end(), first, f"{values['year']}-{months[values['month']]:02d}")
        return
    month = months[values["month"]]
    first_month = months[values["from"]] if values.get("from") else month
    first_day = _iso(values["year"], first_month, int(values["day"]), published)
    last_day = _iso(values["year"], month, int(values["until"]), published)
    if first_day and last_day and (first_month, int(values["day"])) < (month, int(values["until"])):
        yield DateSpan(match.start(), match.end(), first_day, last_day)


def _numeric(match: re.Match[str], order: str, published: datetime.date | None) -> str | None:
    """The day of 25/06/2010; ``None`` where its language leaves open which of two numbers is the month."""
    one, two = int(match["one"] or match["d"]), int(match["two"] or match["m"])
    readings = set()
    if order != "month-first" or match["mark"] == ".":
        readings.add(_iso(match["year"], two, one, published))
    if order != "day-first" and match["mark"] != ".":
        readings.add(_iso(match["year"], one, two, published))
    readings.discard(None)
    return readings.pop() if len(readings) == 1 else None


def _iso(year: str | None, month: int, day: int, published: datetime.date | None) -> str | None:
    try:
        datetime.date(int(year) if year else 2000, month, day)
    except ValueError:
        return None
    if year:
        return f"{year}-{month:02d}-{day:02d}"
    near = _nearest(month, day, published)
    return near.isoformat() if near else f"--{month:02d}-{day:02d}"


def _nearest(month: int, day: int, published: datetime.date | None) -> datetime.date | None:
    """The day in the year that brings it near to the publication; ``None`` where that is not certain."""
    if published is None:
        return None
    for year in (published.year, published.year - 1, published.year + 1):
        try:
            candidate = datetime.date(year, month, day)
        except ValueError:
            continue
        if abs((candidate - published).days) < HORIZON:
            return candidate
    return None


def _weekday(day: int, published: datetime.date, coming: bool) -> datetime.date:
    """The day that a weekday names: the last one up to the publication, or the next one where the sentence looks ahead.

    Args:
        day: 1 for Monday to 7 for Sunday.
        coming: whether the sentence speaks of the future.
    """
    back = (published.isoweekday() - day) % 7
    return published + datetime.timedelta(days=(7 - back) % 7 if coming and back else -back)


def _shift(word: str, words: DateWords) -> int:
    return -1 if word in words.yesterday else 1 if word in words.tomorrow else 0


def _day(published: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(published) if published else None
    except ValueError:
        return None
