"""What is known of the wording of pages in each language: data/pages/<lang>.yaml, one file a language."""

import os
import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from migkg.errors import DataFileError
from migkg.resources import data_path

_SETS = ("stop_words", "menu_lines", "link_labels", "block_names")
# An experimental language is read only where this variable names it: "pt", or "pt,it" for two.
EXPERIMENTS = "MIGKG_EXPERIMENTAL"
NUMERIC_DATES = ("day-first", "month-first", "unknown")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. All are lower case; apostrophes are straight.

    Attributes:
        language: ISO 639-1 code, the name of the file.
        name: what the language calls itself.
        stop_words: frequent function words, for telling languages apart.
        confused_with: codes of small languages that a library takes this one for.
        months: month names and short forms, each with its number 1-12.
        date_connectors: words between the parts of a date ("4 de junio").
        day_suffixes: endings of the number of the day ("1er", "4th").
        numeric_dates: how 07/08/2020 is read: one of ``NUMERIC_DATES``.
        published_cues: words next to the date of publication.
        modified_cues: words next to dates that are not the date of publication.
        menu_lines: whole lines that are labels or menus.
        menu_starts: beginnings of lines that are menus or paths.
        tail_starts: beginnings of lines after which the text is over.
        link_labels: links that lead on and say nothing.
        block_names: words in the class or id of elements without text of their own.
        about_starts: beginnings of the paragraph about the publisher under a release.
        credit_starts: beginnings of lines that name who took a picture.
        contact_starts: beginnings of contact blocks.
        contact_labels: words in front of a number or an address ("Tel").
        street_words: words that make a part of a contact line an address.
        structure_titles: words in the title of a page that shows how an organisation is built.
        structure_words: words for the parts of an organisation.
        news_words: words by which a text tells news.
        member_counts: how an organisation tells the number of its members (``#``).
        country_counts: how it tells the number of countries that it works in.
        founding_years: how it tells since which year it exists.
        experimental: whether the language is an experiment, read only where the user names it.
    """

    language: str
    name: str
    stop_words: frozenset[str]
    confused_with: tuple[str, ...]
    months: dict[str, int]
    date_connectors: tuple[str, ...]
    day_suffixes: tuple[str, ...]
    numeric_dates: str
    published_cues: tuple[str, ...]
    modified_cues: tuple[str, ...]
    menu_lines: frozenset[str]
    menu_starts: tuple[str, ...]
    tail_starts: tuple[str, ...]
    link_labels: frozenset[str]
    block_names: frozenset[str]
    about_starts: tuple[str, ...]
    credit_starts: tuple[str, ...]
    contact_starts: tuple[str, ...]
    contact_labels: tuple[str, ...]
    street_words: tuple[str, ...]
    structure_titles: tuple[str, ...]
    structure_words: tuple[str, ...]
    news_words: tuple[str, ...]
    member_counts: tuple[str, ...]
    country_counts: tuple[str, ...]
    founding_years: tuple[str, ...]
    experimental: bool = False


def fold(text: str) -> str:
    """Lower case, straight apostrophes, single spaces: the form in which lines are compared with the word lists."""
    return " ".join(text.casefold().replace("’", "'").replace("ʼ", "'").split())


@cache
def all_words(key: str) -> frozenset[str]:
    """The words that all languages together have under one key of their files."""
    return frozenset(word for wording in wordings().values() for word in getattr(wording, key))


@cache
def pattern_of(key: str) -> str:
    """A pattern (without groups) for the words of all languages under one key, the longest first."""
    ordered = sorted(all_words(key), key=lambda word: (-len(word), word))
    return rf"(?:{'|'.join(map(re.escape, ordered))})"


@cache
def wordings() -> dict[str, Wording]:
    """All languages that migkg reads, by code.

    Raises:
        DataFileError: a file is missing, malformed or lacks a key.
    """
    files = sorted(data_path("pages").glob("*.yaml"))
    if not files:
        raise DataFileError(f"{data_path('pages')}: no language files (*.yaml)")
    named = os.environ.get(EXPERIMENTS, "").replace(",", " ").split()
    known = map(load_wording, files)
    return {w.language: w for w in known if not w.experimental or w.language in named}


def load_wording(path: Path) -> Wording:
    """Read and check one language file.

    Raises:
        DataFileError: not readable, not YAML, a key missing, unknown or of the wrong type.
    """
    try:
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataFileError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(record, dict):
        raise DataFileError(f"{path}: a mapping of keys is expected")
    names = {field.name for field in fields(Wording)}
    record.setdefault("experimental", False)
    for key in sorted(names - record.keys(), key=str):
        raise DataFileError(f"{path}: key {key} is missing")
    for key in sorted(record.keys() - names, key=str):
        raise DataFileError(f"{path}: key {key} is unknown")
    if record["language"] != path.stem:
        raise DataFileError(f"{path}: language must be {path.stem}, the name of the file")
    if record["numeric_dates"] not in NUMERIC_DATES:
        raise DataFileError(f"{path}: numeric_dates must be one of {', '.join(NUMERIC_DATES)}")
    values: dict[str, Any] = {key: _check(path, key, value) for key, value in record.items()}
    return Wording(**values)


def _check(path: Path, key: str, value: Any) -> Any:
    if key == "experimental":
        if not isinstance(value, bool):
            raise DataFileError(f"{path}: experimental must be true or false")
        return value
    if key in ("language", "name", "numeric_dates"):
        if not isinstance(value, str) or not value:
            raise DataFileError(f"{path}: {key} must be text")
        return value
    if key == "months":
        return _check_months(path, value)
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise DataFileError(f"{path}: {key} must be a list of words (quote yes, no, on, off and words with a colon)")
    words = [fold(word) for word in value]
    return frozenset(words) if key in _SETS else tuple(words)


def _check_months(path: Path, value: Any) -> dict[str, int]:
    if not isinstance(value, dict) or list(value) != list(range(1, 13)):
        raise DataFileError(f"{path}: months must have the keys 1 to 12 in order")
    for number, names in value.items():
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            raise DataFileError(f"{path}: months: {number} must be a list of names")
    return {fold(name): number for number, names in value.items() for name in names}
