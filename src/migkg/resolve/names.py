"""Names as they are compared, and whether a name alone tells which thing is meant."""

from functools import cache
from typing import Any

import yaml

from migkg.errors import DataFileError
from migkg.lexicon.gazetteer import load_gazetteer, read_table
from migkg.model.identifiers import fold_words
from migkg.resources import data_path
from migkg.text.normalize import fold


def plain_name(name: str, *, person: bool = False) -> str:
    """The words that count, folded: no articles, prepositions, punctuation, accents or forms of address."""
    words = fold_words(name)
    kept = [word for word in words if word not in word_set("dropped")]
    if person:
        # Initials and particles are part of a person's name; only what stands before it is not.
        kept = words
        while len(kept) > 2 and kept[0] in word_set("address"):
            kept = kept[1:]
    return " ".join(kept or words)


def tells_country(name: str, language: str) -> bool:
    """Whether a name holds the name of a country, of its people, of its capital or of a known organisation."""
    return bool(load_gazetteer().find(name, fold(name), language))


def find_capitals(name: str) -> dict[str, str]:
    """The capitals that bear a name, in any language: key (``capital:VNM``) by country code."""
    entries = load_gazetteer().lookup(name)
    return {entry.country: entry.key for entry in entries if entry.kind == "capital" and entry.country}


def is_generic(name: str) -> bool:
    """Whether a name has head words and relative words only ("Memorandum of Understanding", "the Foundation")."""
    return all(word in _heads() or word in word_set("relative") for word in plain_name(name).split())


def is_relative(name: str) -> bool:
    """Whether a name has a word that means another thing in each country ("National Migration Strategy")."""
    return any(word in word_set("relative") for word in fold_words(name))


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of words of ``data/identity.yaml``, folded; names with hyphens (kinds) stay as they are.

    Raises:
        DataFileError: there is no such list.
    """
    values = read_settings(name)
    if not all(isinstance(value, str) for value in values):
        raise DataFileError(f"{data_path('identity.yaml')}: {name}: a list of words is expected")
    return frozenset({*values, *(word for value in values for word in fold_words(value))})


@cache
def read_settings(name: str) -> list[Any]:
    """A list of ``data/identity.yaml`` as it stands.

    Raises:
        DataFileError: the file cannot be read, or has no such list.
    """
    path = data_path("identity.yaml")
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))[name]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise DataFileError(f"{path}: {name}: {error}") from error
    if not isinstance(values, list):
        raise DataFileError(f"{path}: {name}: a list is expected")
    return values


@cache
def _heads() -> frozenset[str]:
    """All words of the table of head words, in all languages and forms."""
    cells = [
        cell
        for row in read_table("org_head_words")
        for column in ("head_word", "other_forms", "plural_forms")
        for cell in row[column].split("|")
    ]
    return frozenset(word for cell in cells for word in plain_name(cell).split())
