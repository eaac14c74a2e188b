"""Publication dates as pages show them. What can be read in two ways is no date, unless the text settles it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from migkg.text.wording import all_words, fold, pattern_of, wordings

FIRST_YEAR, LAST_YEAR = 1945, 2100
# A release that tells of a day is published on that day or within the days after it.
NEWS_DAYS = 7
OPENING_CHARACTERS = 110
OPENING_WORDS = 9

_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_ISO_VALUE = re.compile(r"\s*(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/-])")
# A date in a language that is not read: number, word, year.
_FOREIGN = re.compile(r"(?<!\d)\d{1,2}\.?\s[^\W\d_]{3,12}\.?\s(?:19|20)\d{2}(?!\d)")
FOREIGN_WORDS = 6
# What may stand between the place and the date of a dateline, and behind the date.
_BEFORE_DATE = re.compile(r"(?:|.*(?:[,)–—-]|\ble|\ba))\s*")
_AFTER_DATE = re.compile(r"\)?\s?(?:[-–—:(/|]|\.\s?[-–—]?\s|\.$|$)")


def parse_iso(value: str | None) -> str | None:
    """The day (or month) of an ISO 8601 date or timestamp; ``None`` when it is neither or impossible."""
    found = _ISO_VALUE.match(value or "")
    if not found:
        return None
    year, month, day = found.groups()
    if day is None:
        return f"{year}-{month}" if 1 <= int(month) <= 12 and FIRST_YEAR <= int(year) <= LAST_YEAR else None
    return make_date(int(year), int(month), int(day))


def make_date(year: int, month: int, day: int) -> str | None:
    """The date in ISO form, ``None`` when there is no such day or the year is out of range."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def has_date(text: str) -> bool:
    """Whether a short line shows a date of any form, also one that cannot be read for sure."""
    if not any(character.isdigit() for character in text):
        return False
    if _ISO.search(text) or _NUMERIC.search(text) or _month_and_year().search(fold(text)):
        return True
    return text.count(" ") < FOREIGN_WORDS and bool(_FOREIGN.search(text))


def find_dates(text: str, language: str | None = None) -> list[tuple[int, int, tuple[str, ...]]]:
    """All full dates that a text shows, in order: start, end (in the folded text), readings as ISO dates.

    A date written out has one reading; 07/08/2020 has two where the language does not settle the order.
    """
    folded = fold(text)
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for pattern in _written():
        for hit in pattern.finditer(folded):
            value = make_date(int(hit["year"]), _months()[hit["month"]], int(hit["day"]))
            found.append((*hit.span(), (value,) if value else ()))
    for hit in _ISO.finditer(folded):
        value = make_date(int(hit[1]), int(hit[2]), int(hit[3]))
        found.append((*hit.span(), (value,) if value else ()))
    for hit in _NUMERIC.finditer(folded):
        found.append((*hit.span(), read_numeric(int(hit[1]), hit[2], int(hit[3]), int(hit[4]), language)))
    return sorted(item for item in found if item[2])


def read_numeric(first: int, separator: str, second: int, year: int, language: str | None) -> tuple[str, ...]:
    """The readings of 07/08/2020: one where the language, the dots or the numbers settle it, else two."""
    order = wordings()[language].numeric_dates if language in wordings() else "unknown"
    readings = set()
    if order != "month-first":
        readings.add(make_date(year, second, first))
    if order != "day-first" and separator != ".":
        readings.add(make_date(year, first, second))
    return tuple(sorted(reading for reading in readings if reading))


def find_published(lines: Iterable[str], paragraphs: Iterable[str], language: str) -> str | None:
    """The date of publication that a text itself shows.

    Args:
        lines: lines near the title that show a date, in order.
        paragraphs: the running text, for its dateline and for the dates that settle one with two readings.
        language: language of the text.
    """
    paragraphs = list(paragraphs)
    for line in lines:
        for readings in _published_in(line, language):
            if len(readings) == 1:
                return readings[0]
            settled = _settle(readings, paragraphs, language)
            if settled:
                return settled
    return _in_dateline(paragraphs[0], language) if paragraphs else None


def _published_in(line: str, language: str) -> Iterator[tuple[str, ...]]:
    """The dates of a line, without those that are called dates of modification."""
    folded = fold(line)
    before = 0
    for start, end, readings in find_dates(line, language):
        if not _modified().search(folded[before:start]):
            yield readings
        before = end


def _settle(readings: tuple[str, ...], paragraphs: list[str], language: str) -> str | None:
    """The one reading that lies on or shortly after a day that the text names."""
    days = [date.fromisoformat(d[2][0]) for text in paragraphs for d in find_dates(text, language) if len(d[2]) == 1]
    fitting = [
        reading
        for reading in readings
        if any(0 <= (date.fromisoformat(reading) - day).days <= NEWS_DAYS for day in days)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _in_dateline(paragraph: str, language: str) -> str | None:
    """The date with which a text begins: "GENEVA, 4 June 2004 - …", "28/04/2011 – …"."""
    opening = paragraph[:OPENING_CHARACTERS]
    for start, end, readings in find_dates(opening, language)[:1]:
        folded = fold(opening)
        before, after = folded[:start], folded[end:]
        short = before.count(" ") <= OPENING_WORDS
        if len(readings) == 1 and short and _BEFORE_DATE.fullmatch(before) and _AFTER_DATE.match(after):
            return readings[0]
    return None


@cache
def _months() -> dict[str, int]:
    return {name: number for wording in wordings().values() for name, number in wording.months.items()}


@cache
def _written() -> tuple[re.Pattern[str], ...]:
    """ "4 June 2004", "1er mars 2013", "18 de marzo de 2013"; and "June 4, 2004"."""
    month = rf"(?P<month>{_alternatives(_months())})\.?"
    day = rf"(?<![\d.,/-])(?P<day>\d{{1,2}})(?:{_alternatives(all_words('day_suffixes'))}|\.)?"
    link = rf"\s(?:(?:{_alternatives(all_words('date_connectors'))})\s)?"
    year = r"(?P<year>\d{4})(?!\d)"
    return (
        re.compile(rf"{day}{link}{month},?{link}{year}"),
        re.compile(rf"(?<!\w){month}\s{day},?\s{year}"),
    )


@cache
def _month_and_year() -> re.Pattern[str]:
    link = rf"\s(?:(?:{_alternatives(all_words('date_connectors'))})\s)?"
    return re.compile(
        rf"(?<!\w)(?:{_alternatives(_months())})\.?(?:\s\d{{1,2}}\w{{0,2}})?,?{link}(?:19|20)\d{{2}}(?!\d)"
    )


@cache
def _modified() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern_of('modified_cues')}(?!\w)")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
