"""Dates as the graph writes them: EDTF, with an unknown year left unknown."""

import datetime
import re
from functools import lru_cache

_DATE = re.compile(r"(\d{4}|-)(?:-(\d{2})(?:-(\d{2}))?)?")
_LEAP_YEAR = 2000


@lru_cache(maxsize=4096)
def write_point(date: str | None) -> str | None:
    """An ISO 8601 date of the model (``2013``, ``2013-03``, ``2013-03-18``, ``--03-18``) as EDTF.

    Returns:
        ``XXXX-03-18`` where the year is not known; ``None`` for what is no date of the calendar.
    """
    match = _DATE.fullmatch(date or "")
    if not match:
        return None
    year, month, day = match.groups()
    known = year != "-"
    if not known and not month:
        return None
    try:
        datetime.date(int(year) if known else _LEAP_YEAR, int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(filter(None, (year if known else "XXXX", month, day)))


def write_interval(start: str | None, end: str | None) -> str | None:
    """First and last day as one EDTF date or interval; ``None`` where neither is known."""
    first, last = write_point(start), write_point(end)
    if first and last and first != last:
        return f"{first}/{last}"
    if first or not last:
        return first
    return f"../{last}"
