"""First and last day of an EDTF date, for tools that only know whole days."""

import calendar
import re
from collections.abc import Iterable, Sequence
from functools import cache

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


@cache
def period(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last day (``YYYY-MM-DD``) of an EDTF date or interval; ``None`` where the text does not say.

    ``2013-02`` gives the first and the last of February; a year that is not known gives no day at all.
    """
    if not edtf:
        return None, None
    first, slash, last = edtf.partition("/")
    start = _bounds(first)[0]
    end = _bounds(last if slash else first)[1]
    return start, end


@cache
def years(edtf: str | None, latest: int | None = None) -> tuple[int, int] | None:
    """First and last year of an EDTF date or interval; ``None`` where it has no known year.

    Args:
        latest: the year that stands for an end that is open (``2015/..``); without it such a date is its first year.
    """
    start, end = period(edtf)
    known = [int(day[:4]) for day in (start, end) if day]
    if not known:
        return None
    is_open = bool(start and not end and (edtf or "").endswith("/.."))
    return min(known), max(*known, latest) if is_open and latest else max(known)


def edge_years(ends: Sequence[str | None], issued: Iterable[str | None], latest: int | None) -> tuple[int, int] | None:
    """The years of an edge, or ``None`` where nothing dates it.

    Args:
        ends: when its object and its subject take place (EDTF): an edge lasts as long as its event or programme.
        issued: when the documents that say it were published: failing that it lasts from the first to the last.
        latest: the year that stands for an open end.
    """
    for when in ends:
        span = years(when, latest)
        if span:
            return span
    said = [span for span in map(years, issued) if span]
    return (min(first for first, _ in said), max(last for _, last in said)) if said else None


def _bounds(date: str) -> tuple[str | None, str | None]:
    match = _DATE.match(date.strip())
    if not match:
        return None, None
    year, month, day = match.groups()
    first_month, last_month = month or "01", month or "12"
    if int(year) < 1 or not 1 <= int(first_month) <= 12:
        return None, None
    length = calendar.monthrange(int(year), int(last_month))[1]
    if day and not 1 <= int(day) <= length:
        return None, None
    return f"{year}-{first_month}-{day or '01'}", f"{year}-{last_month}-{day or f'{length:02d}'}"
