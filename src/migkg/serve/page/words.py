"""What the page of the service says in each language, as one value: its own words and those of the network page."""

from typing import Any

import yaml

from migkg.errors import DataFileError
from migkg.query.catalogue import load_catalogue
from migkg.render.words import REFERENCE, country_names, key_paths, load_style, load_words
from migkg.resources import data_path, interface_languages

# Sections of the network page that the page of the service uses too, so that both say the same of the same thing.
SHARED = ("amount_kinds", "details", "languages", "relations", "status", "types")

# The order of the words of one column in interface/columns.yaml.
COLUMN_LANGUAGES = ("en", "fr", "es")


def page_words(language: str) -> dict[str, Any]:
    """Everything that the page shows in words, and how it draws things.

    Args:
        language: ``en``, ``fr`` or ``es``.

    Returns:
        The sections of ``data/interface/service/<language>.yaml``, the shared ones of the network page, ``columns``,
        ``parameters`` and ``values`` (see ``load_column_words``), ``countries`` (ISO alpha-3 → name), ``style`` (see
        ``load_style``), ``menu`` (group → names of questions), ``interfaces`` (language → its name in itself).

    Raises:
        UsageError: the page does not speak this language.
        DataFileError: a file is not valid YAML, or lacks a key that English has.
    """
    shared = load_words(language)
    words = load_service_words(language)
    return {
        **{section: shared[section] for section in SHARED},
        **words,
        **load_column_words(language),
        "countries": country_names(language),
        "style": load_style(),
        "menu": load_menu(),
        "interfaces": {code: load_words(code)["name"] for code in interface_languages()},
    }


def load_service_words(language: str, folder: str = "service") -> dict[str, Any]:
    """The own words of the page in one language.

    Args:
        language: ``en``, ``fr`` or ``es``.
        folder: the folder of the words in data/interface/.

    Raises:
        DataFileError: the file is not valid YAML, or lacks a key that English has.
    """
    words = _load(f"interface/{folder}/{language}.yaml")
    missing = key_paths(_load(f"interface/{folder}/{REFERENCE}.yaml")) - key_paths(words)
    if missing:
        raise DataFileError(f"data/interface/{folder}/{language}.yaml: missing {', '.join(sorted(missing))}")
    return words


def load_column_words(language: str) -> dict[str, dict[str, Any]]:
    """What columns, parameters and codes of questions are called in a language.

    Returns:
        ``columns`` and ``parameters`` by name, ``values`` by column and code.

    Raises:
        DataFileError: the file is not valid YAML.
    """
    place = COLUMN_LANGUAGES.index(language)
    sections = _load("interface/columns.yaml")

    def choose(words: Any) -> Any:
        return words[place] if isinstance(words, list) else {name: choose(inner) for name, inner in words.items()}

    chosen: dict[str, dict[str, Any]] = choose(sections)
    return chosen


def load_menu() -> dict[str, list[str]]:
    """The named questions by group, in the order of the menu; a question that is in no group comes last, in ``other``.

    Raises:
        DataFileError: the file is not valid YAML, or names a question that there is not.
    """
    known = load_catalogue()
    menu: dict[str, list[str]] = _load("interface/menu.yaml")
    placed = [name for names in menu.values() for name in names]
    for name in placed:
        if name not in known:
            raise DataFileError(f"data/interface/menu.yaml: there is no question {name!r}")
    rest = [name for name in known if name not in placed]
    return {**menu, "other": rest} if rest else menu


def _load(name: str) -> dict[str, Any]:
    try:
        loaded = yaml.safe_load(data_path(name).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DataFileError(f"data/{name}: {error}") from error
    if not isinstance(loaded, dict):
        raise DataFileError(f"data/{name}: not a mapping")
    return loaded
