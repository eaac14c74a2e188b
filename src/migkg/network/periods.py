"""First and last day of an EDTF date, for tools that only know whole days."""

import calendar
import re

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


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
