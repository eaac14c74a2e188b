"""The words and the drawing style of the network page, read from data/interface/ and the table of countries."""

import csv
from typing import Any

import yaml

from migkg.errors import DataFileError, UsageError
from migkg.resources import data_path, interface_languages

# Words that the page of one language must have: the same keys as English.
REFERENCE = "en"

OTHER_PAGES = frozenset({"explain", "record"})  # sections of the words that the network page has no use for


def load_words(language: str) -> dict[str, Any]:
    """All words of the page in one language, sections and keys as in the file.

    Raises:
        UsageError: the page does not speak this language.
        DataFileError: the file is not valid YAML or lacks a key that English has.
    """
    return _load_words("interface", language)


def page_words(language: str) -> dict[str, Any]:
    """The words of one language that the network page needs: all but those of other pages.

    Raises:
        UsageError: the page does not speak this language.
        DataFileError: the file is not valid YAML or lacks a key that English has.
    """
    return {section: texts for section, texts in load_words(language).items() if section not in OTHER_PAGES}


def load_review_words(language: str) -> dict[str, Any]:
    """All words of the review page in one language, from data/interface/review/.

    Raises:
        UsageError: the page does not speak this language.
        DataFileError: the file is not valid YAML or lacks a key that English has.
    """
    return _load_words("interface/review", language)


def load_view_words(language: str) -> dict[str, Any]:
    """All words of the pages of compare, diff, chart, map, flow and network in a language, from data/interface/views/.

    Raises:
        UsageError: the page does not speak this language.
        DataFileError: the file is not valid YAML or lacks a key that English has.
    """
    return _load_words("interface/views", language)


def load_style() -> dict[str, Any]:
    """Colour and shape of each type, colour and line of each relation, in the order of the legend.

    Raises:
        DataFileError: the file is not valid YAML.
    """
    return _load("interface/style.yaml")


def country_names(language: str) -> dict[str, str]:
    """Name of each country in a language, by ISO 3166-1 alpha-3 code."""
    with data_path("authorities/countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row.get(f"name_{language}") or row["name_en"] for row in csv.DictReader(file)}


def theme_names(language: str) -> dict[str, str]:
    """Name of each theme in a language, by its code; the short one where there is one."""
    with data_path("authorities/migration_themes.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: row[f"short_{language}"] or row[f"name_{language}"] or row["name_en"]
            for row in csv.DictReader(file)
        }


def key_paths(values: dict[str, Any], above: str = "") -> set[str]:
    """All keys of nested mappings, as ``section.key``."""
    paths = set()
    for key, value in values.items():
        paths |= key_paths(value, f"{above}{key}.") if isinstance(value, dict) else {f"{above}{key}"}
    return paths


def _load_words(folder: str, language: str) -> dict[str, Any]:
    if language not in interface_languages():
        raise UsageError(f"the page does not speak {language!r}; it speaks {', '.join(interface_languages())}")
    words = _load(f"{folder}/{language}.yaml")
    if language != REFERENCE:
        missing = key_paths(_load(f"{folder}/{REFERENCE}.yaml")) - key_paths(words)
        if missing:
            raise DataFileError(f"data/{folder}/{language}.yaml: missing {', '.join(sorted(missing))}")
    return words


def _load(name: str) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(data_path(name).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DataFileError(f"data/{name}: {error}") from error
    if not isinstance(loaded, dict):
        raise DataFileError(f"data/{name}: not a mapping")
    return loaded
