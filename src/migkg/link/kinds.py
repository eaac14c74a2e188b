"""Kinds and countries of registers in the terms of migkg."""

from collections.abc import Iterable
from functools import cache

from migkg.errors import DataFileError
from migkg.lexicon.gazetteer import read_table
from migkg.lexicon.language import read_yaml
from migkg.model.vocabulary import ENTITY_TYPES
from migkg.resolve import authority_iris
from migkg.resources import data_path
from migkg.text.normalize import fold


@cache
def kinds_of(register: str) -> dict[str, frozenset[str]]:
    """Entity types by kind of a register (``ror``), as ``data/linking/kinds.yaml`` has them.

    Raises:
        DataFileError: the file is malformed.
    """
    path = data_path("linking/kinds.yaml")
    try:
        kinds = {str(kind): frozenset(types) for kind, types in read_yaml(path)[register].items()}
    except (KeyError, AttributeError, TypeError) as error:
        raise DataFileError(f"{path}: {register}: kinds with lists of types are expected") from error
    for kind, types in kinds.items():
        if unknown := types - ENTITY_TYPES:
            raise DataFileError(f"{path}: {register}: {kind}: no such type: {', '.join(sorted(unknown))}")
    return kinds


def types_of(kinds: Iterable[str], known: dict[str, frozenset[str]]) -> frozenset[str]:
    """The entity types that some kinds go with; empty when none of them says anything."""
    return frozenset().union(*(known.get(kind, frozenset()) for kind in kinds))


def read_country(text: str) -> str | None:
    """The alpha-3 code for an ISO 3166-1 code or the name of a country in any language of the tables."""
    return _countries().get(fold(text.strip().rstrip("/").rpartition("/")[2]))


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in read_table("countries"):
        if row["kind"] == "historic":
            continue
        columns = [column for column in row if column.startswith(("name_", "official_"))]
        for form in (row["iso3"], row["iso2"], *(row[column] for column in columns)):
            if form:
                found.setdefault(fold(form), row["iso3"])
    return found


@cache
def seats() -> dict[str, str]:
    """Countries of organisations by IRI, as the authority tables have them: of national bodies, and of NGOs by seat."""
    iris = authority_iris()
    return {iris[f"org:{row['key']}"]: row["country"] for row in read_table("organisations") if row["country"]}


@cache
def country_name(code: str) -> str | None:
    """The English name of a country, for services that are asked for one."""
    return next((row["name_en"] for row in read_table("countries") if row["iso3"] == code), None)
