"""Names from the authority tables, found in a text in one pass.

Organisations and processes match under their names and acronyms in all languages of the tables; countries under their
names, adjectives and capitals. Acronyms match in capitals only, names with a capital initial.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from migkg.errors import DataFileError
from migkg.lexicon.language import languages, load_language, read_yaml
from migkg.lexicon.names import spellings
from migkg.resources import data_path
from migkg.text.normalize import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for.

    Attributes:
        kind: ``organisation``, ``country``, ``adjective``, ``nationals``, ``capital`` or ``region``.
        key: ``org:iom``, ``process:bali-process``, ``country:VNM``, ``capital:VNM``.
        type: entity type.
        country: ISO 3166-1 alpha-3 where the table has one.
        label: the name in the tables that matched.
        acronym: whether the form is an acronym.
        languages: languages in which the form is used; empty: any.
        former: whether it is a name that the thing no longer goes by.
    """

    kind: str
    key: str
    type: str
    country: str | None
    label: str
    acronym: bool = False
    languages: frozenset[str] = frozenset()
    former: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at ``text[start:end]``, with everything it may stand for."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Gazetteer:
    """All names of the authority tables in one automaton."""

    def __init__(self, names: dict[str, list[Entry]]) -> None:
        self._forms = sorted(names)
        self._entries = [tuple(names[form]) for form in self._forms]
        self._automaton = AhoCorasick(self._forms)

    def find(self, text: str, folded: str, language: str) -> list[Hit]:
        """Longest names first, none overlapping, in text order.

        Args:
            text: the document.
            folded: ``fold(text)``.
            language: code of the document's language; adjectives of other languages are left out.
        """
        hits = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if not _bounded(folded, start, end):
                continue
            entries = tuple(e for e in self._entries[index] if _fits(e, text, start, end, language))
            if entries:
                hits.append(Hit(start, end, entries))
        hits.sort(key=lambda h: (h.start - h.end, h.start))
        taken: list[Hit] = []
        covered = bytearray(len(text))
        for hit in hits:
            if not any(covered[hit.start : hit.end]):
                covered[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
                taken.append(hit)
        return sorted(taken, key=lambda h: h.start)

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Entries whose form is exactly this name, folded."""
        from bisect import bisect_left

        form = fold(name)
        index = bisect_left(self._forms, form)
        return self._entries[index] if index < len(self._forms) and self._forms[index] == form else ()


def _bounded(folded: str, start: int, end: int) -> bool:
    before = start == 0 or not folded[start - 1].isalnum()
    after = end == len(folded) or not folded[end].isalnum()
    return before and after


def _fits(entry: Entry, text: str, start: int, end: int, language: str) -> bool:
    if entry.languages and language not in entry.languages:
        return False
    surface = text[start:end]
    small = load_language(language).lower_names
    if entry.kind in {"country", "capital"} and not surface.split()[-1][0].isupper() and entry.kind not in small:
        return False
    if entry.kind in {"country", "capital"} and len(surface.split()) == 2 and surface.split()[-1].islower():
        return False  # "La réunion" is no island
    if entry.acronym:
        return surface.isupper() or surface == entry.label
    if entry.kind in {"adjective", "nationals"} and entry.kind in small:
        return True
    return surface[0].isupper() or any(w[0].isupper() for w in surface.split() if len(w) > 3)


@cache
def load_gazetteer() -> Gazetteer:
    """The automaton over all authority tables and the aliases of every language folder."""
    names: dict[str, list[Entry]] = defaultdict(list)
    for form, entry in _all_names():
        known = names[fold(form)]
        if len(form) > 1 and entry not in known:
            known.append(entry)
    return Gazetteer(names)


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of ``data/authorities/<name>.csv``.

    Raises:
        DataFileError: the file cannot be read.
    """
    path = data_path("authorities") / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise DataFileError(f"{path}: {error}") from error


@cache
def table_languages() -> tuple[str, ...]:
    """Codes of the languages in which the tables give names, in the order of the columns."""
    return tuple(column.removeprefix("name_") for column in read_table("countries")[0] if column.startswith("name_"))


@cache
def country_names(code: str) -> dict[str, str]:
    """Short name of every country by ISO 3166-1 alpha-3 code: of the table, else of the language's folder, else the
    English one."""
    own = {entry.country: form for form, entry in reversed(list(_own_countries(code))) if entry.kind == "country"}
    present = (r for r in read_table("countries") if r["kind"] != "historic")
    return {r["iso3"]: r.get(f"name_{code}") or own.get(r["iso3"]) or r["name_en"] for r in present}


@cache
def official_names(code: str) -> dict[str, str]:
    """Name of every organisation and process of the tables in one language, else in English, by entity key."""
    names = {}
    for table, prefix in (("organisations", "org"), ("regional_processes", "process")):
        for row in read_table(table):
            names[_key(row, prefix)] = row.get(f"name_{code}") or row["name_en"]
    return names


@cache
def country_forms(country: str) -> frozenset[str]:
    """Folded names and adjectives of a country in all languages of the table."""
    row = next((r for r in read_table("countries") if r["iso3"] == country and r["kind"] != "historic"), None)
    if row is None:
        return frozenset()
    columns = [c for c in row if c.startswith(("name_", "official_", "variants_", "adj_"))]
    return frozenset(fold(v) for c in columns for v in _values(row[c]))


def _key(row: dict[str, str], prefix: str) -> str:
    """Entity key of a row; the UN Network on Migration stands in two tables and is one body."""
    return "org:unnm" if row["key"] == "unnm-forum" else f"{prefix}:{row['key']}"


def _all_names() -> Iterator[tuple[str, Entry]]:
    by_key: dict[str, Entry] = {}
    for table, prefix in (("organisations", "org"), ("regional_processes", "process")):
        for row in read_table(table):
            yield from _organisation(row, prefix, by_key)
    for row in read_table("countries"):
        yield from _country(row)
    for row in read_table("former_names"):
        kind, _, iso = row["key"].partition(":")
        if kind == "country" and not row["homonym"]:
            yield row["name"], Entry("country", row["key"], "Place", iso, row["name"], former=True)
    for code in languages():
        yield from _own_countries(code)
        for phrase, key in load_language(code).phrases["aliases"].items():
            known = by_key.get(key)
            if known is None:
                raise DataFileError(f"data/lexicons/{code}/heads.yaml: aliases: no row {key} in the tables")
            alias = " ".join(phrase).replace("' ", "'")
            yield alias, Entry("organisation", key, known.type, known.country, known.label)


def _organisation(row: dict[str, str], prefix: str, by_key: dict[str, Entry]) -> Iterator[tuple[str, Entry]]:
    key = _key(row, prefix)
    kind = _types().get(row["key"]) or row.get("kind") or "RegionalProcess"
    country = row.get("country") or None if kind in {"GovernmentBody", "Government"} else None
    if kind == "Government":
        return  # composed from the table of countries, for every country alike
    for code in table_languages():
        name = row[f"name_{code}"]
        entry = Entry("organisation", key, kind, country, name or row["name_en"])
        by_key.setdefault(key, entry)
        for form in spellings(name):
            yield form, entry if not _is_acronym(form) else Entry("organisation", key, kind, country, form, True)
        for acronym in _values(row[f"acronyms_{code}"]):
            former = (key, acronym) in _former()
            yield acronym, Entry("organisation", key, kind, country, acronym, _is_acronym(acronym), former=former)
    for other in _values(row["other_names"]):
        former = (key, other) in _former()
        entry = Entry("organisation", key, kind, country, other, _is_acronym(other), former=former)
        for form in spellings(other):
            yield form, entry


@cache
def _former() -> frozenset[tuple[str, str]]:
    """Keys with each name that they no longer go by."""
    return frozenset((row["key"], row["name"]) for row in read_table("former_names"))


@cache
def _types() -> dict[str, str]:
    """Entity types that differ from the table's, by row key."""
    return {k: str(v) for k, v in read_yaml(data_path("authorities/types.yaml")).items()}


def _country(row: dict[str, str]) -> Iterator[tuple[str, Entry]]:
    iso = row["iso3"]
    if row["kind"] == "historic":
        return
    for code in table_languages():
        label = row[f"name_{code}"]
        for form in [label, row[f"official_{code}"]]:
            if form:
                yield form, Entry("country", f"country:{iso}", "Place", iso, form, _is_acronym(form))
        for form in _values(row[f"variants_{code}"]):  # "America" is a country in English only
            spoken = frozenset() if _is_acronym(form) else frozenset({code})
            yield form, Entry("country", f"country:{iso}", "Place", iso, form, _is_acronym(form), spoken)
        capital = row[f"capital_{code}"]
        for form in _values(capital):
            yield form, Entry("capital", f"capital:{iso}", "Place", iso, form)
    for column in row:  # adj_en, nationals_en, adj_fr_m …
        kind, _, rest = column.partition("_")
        if kind in _ADJECTIVES:
            own = frozenset({rest.partition("_")[0]})
            for form in _values(row[column]):
                yield form, Entry(_ADJECTIVES[kind], f"country:{iso}", "Government", iso, form, languages=own)


_ADJECTIVES = {"adj": "adjective", "nationals": "nationals"}


def _own_countries(code: str) -> Iterator[tuple[str, Entry]]:
    """What the folder of a language says of countries that the table does not: data/lexicons/<code>/countries.yaml."""
    path = data_path("lexicons") / code / "countries.yaml"
    content = read_yaml(path) if path.is_file() else {}
    own = frozenset({code})
    known = {r["iso3"] for r in read_table("countries") if r["kind"] != "historic"}
    for section, kind in _OWN_SECTIONS.items():
        forms = content.get(section) or {}
        if not isinstance(forms, dict) or not forms.keys() <= known:
            raise DataFileError(f"{path}: {section}: ISO 3166-1 alpha-3 codes with lists of words are expected")
        for iso, words in forms.items():
            key = f"capital:{iso}" if kind == "capital" else f"country:{iso}"
            type_ = "Government" if kind in {"adjective", "nationals"} else "Place"
            for form in words:
                yield form, Entry(kind, key, type_, iso, form, _is_acronym(form), own)


_OWN_SECTIONS = {"names": "country", "capitals": "capital", "adjectives": "adjective", "nationals": "nationals"}


def _values(cell: str | None) -> list[str]:
    return [v.strip() for v in (cell or "").split("|") if v.strip()]


def _is_acronym(form: str) -> bool:
    letters = re.sub(r"[^\w]", "", form)
    return len(letters) <= 12 and " " not in form and sum(c.isupper() for c in letters) >= max(2, len(letters) - 2)
