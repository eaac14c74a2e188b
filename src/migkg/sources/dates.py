"""Publication dates as pages show them. What can be read in two ways is no date."""

import re
from datetime import date
from functools import cache

from migkg.sources.boilerplate import Trimmed
from migkg.text.wording import fold, wordings

FIRST_YEAR, LAST_YEAR = 1945, 2100

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/-])")


def parse_iso(value: str | None) -> str | None:
    """The day of an ISO 8601 date or timestamp, also one with a month only; ``None`` when it is neither."""
    found = re.match(r"\s*(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)", value or "")
    if not found:
        return None
    year, month, day = found.groups()
    if day is None:
        return f"{year}-{month}" if 1 <= int(month) <= 12 and FIRST_YEAR <= int(year) <= LAST_YEAR else None
    return make_date(int(year), int(month), int(day))


def make_date(year: int, month: int, day: int) -> str | None:
    """The date in ISO form, ``None`` when there is no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def find_dates(text: str, language: str | None = None) -> list[str]:
    """All full dates that the text shows, in order, as ISO dates: written out in any language, ISO, or unambiguous."""
    folded = fold(text)
    found: list[tuple[int, str]] = []
    for pattern in _written():
        for hit in pattern.finditer(folded):
            month = _months()[hit.group("month")]
            value = make_date(int(hit.group("year")), month, int(hit.group("day")))
            if value:
                found.append((hit.start(), value))
    for hit in _ISO.finditer(folded):
        value = make_date(int(hit.group(1)), int(hit.group(2)), int(hit.group(3)))
        if value:
            found.append((hit.start(), value))
    for hit in _NUMERIC.finditer(folded):
        values = read_numeric(int(hit.group(1)), hit.group(2), int(hit.group(3)), int(hit.group(4)), language)
        if len(values) == 1:
            found.append((hit.start(), values[0]))
    return [value for _, value in sorted(found)]


def read_numeric(first: int, separator: str, second: int, year: int, language: str | None) -> list[str]:
    """The readings of 07/08/2020: one where the language, the dots or the numbers settle it, else two."""
    order = wordings()[language].numeric_dates if language in wordings() else "unknown"
    readings = []
    if order != "month-first":
        readings.append(make_date(year, second, first))
    if order != "day-first" and separator != ".":
        readings.append(make_date(year, first, second))
    return sorted({reading for reading in readings if reading})


@cache
def _months() -> dict[str, int]:
    return {name: number for wording in wordings().values() for name, number in wording.months.items()}


@cache
def _written() -> tuple[re.Pattern[str], ...]:
    """ "4 June 2004", "1er mars 2013", "18 de marzo de 2013"; "June 4, 2004"."""
    alternatives = "|".join(re.escape(name) for name in sorted(_months(), key=lambda name: (-len(name), name)))
    month = rf"(?P<month>{alternatives})\.?"
    suffixes = {suffix for wording in wordings().values() for suffix in wording.day_suffixes}
    day = rf"(?<![\d.,/-])(?P<day>\d{{1,2}})(?:{'|'.join(map(re.escape, sorted(suffixes)))}|\.)?"
    words = {word for wording in wordings().values() for word in wording.date_connectors}
    link = rf"\s(?:(?:{'|'.join(map(re.escape, sorted(words)))})\s)?"
    year = r"(?P<year>\d{4})(?![\d])"
    return (
        re.compile(rf"{day}{link}{month},?{link}{year}"),
        re.compile(rf"(?<!\w){month}\s{day},?\s{year}"),
    )


def find_published(page: Trimmed, body: str, language: str) -> str | None:
    """The date of publication that the text itself shows: on a line near the top, or in the dateline."""
    for line in page.date_lines:
        dates = find_dates(line, language)
        if dates:
            return dates[0]
    return None
