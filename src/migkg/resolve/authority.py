"""The authority tables as identities: which key is which thing, and what the tables know of it."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from migkg.lexicon.gazetteer import read_table, table_languages
from migkg.model.authority import AuthorityRecord, Succession, ThemeRecord
from migkg.model.identifiers import ID, mint
from migkg.resolve.history import former_names, read_successions, renamed_countries
from migkg.resolve.identifiers import country_identifiers, organisation_identifiers

# Rows of two tables that are one body.
_SAME = {"process:unnm-forum": "org:unnm"}


@cache
def authority_iris() -> dict[str, str]:
    """IRI by key (``org:iom``, ``process:bali-process``, ``country:VNM``, ``government:VNM``, ``capital:VNM``)."""
    iris: dict[str, str] = {}
    for row in read_table("countries"):
        code = row["iso3"]
        present = renamed_countries().get(code, code)
        iris[f"country:{code}"] = f"{ID}country/{present}"
        iris[f"government:{code}"] = f"{ID}government/{present}"
        if row["capital_en"]:
            iris[f"capital:{code}"] = mint("Place", _values(row["capital_en"])[0], "capital", code)
    for row in read_table("organisations"):
        own = f"{ID}government/{row['country']}" if row["kind"] == "Government" else f"{ID}org/{row['key']}"
        iris[f"org:{row['key']}"] = own
    for row in read_table("regional_processes"):
        key = f"process:{row['key']}"
        iris[key] = iris[_SAME[key]] if key in _SAME else f"{ID}process/{row['key']}"
    return iris


@cache
def authority_records() -> dict[str, AuthorityRecord]:
    """What the tables know, by IRI."""
    return {record.iri: record for record in (*_countries(), *_capitals(), *_processes(), *_organisations())}


@cache
def successions() -> dict[str, tuple[Succession, ...]]:
    """The mergers, splits and successions that an organisation has a part in, by its IRI."""
    found: dict[str, list[Succession]] = defaultdict(list)
    for succession in read_successions(authority_iris()):
        for iri in succession.members:
            found[iri].append(succession)
    return {iri: tuple(changes) for iri, changes in found.items()}


@cache
def theme_records() -> dict[str, ThemeRecord]:
    """What the table of themes knows, by code. A target of the 2030 Agenda goes by its short title."""
    records = {}
    for row in read_table("migration_themes"):
        forms = {code: (row[f"short_{code}"], row[f"name_{code}"]) for code in table_languages()}
        order = 0 if row["scheme"] == "sdg-target" else 1
        names = {code: pair[order] or pair[1 - order] for code, pair in forms.items()}
        records[row["code"]] = ThemeRecord(row["code"], {code: name for code, name in names.items() if name})
    return records


def _countries() -> Iterator[AuthorityRecord]:
    for row in read_table("countries"):
        if row["iso3"] in renamed_countries():
            continue
        key = f"country:{row['iso3']}"
        languages = table_languages()
        aliases: list[tuple[str, str | None]] = [(row[f"official_{c}"], c) for c in languages if row[f"official_{c}"]]
        aliases += [(form, code) for code in languages for form in _values(row[f"variants_{code}"])]
        identifiers = country_identifiers(row)
        yield AuthorityRecord(
            iri=authority_iris()[key],
            names=_names(row),
            aliases=_with_former(key, aliases),
            acronyms=identifiers.plain,
            codes=identifiers.codes,
            matches=identifiers.exact,
            close=identifiers.close,
            former=former_names().get(key, ()),
            note=_note("countries", row["iso3"], row),
        )


def _capitals() -> Iterator[AuthorityRecord]:
    for row in read_table("countries"):
        if not row["capital_en"]:
            continue
        forms = {code: _values(row[f"capital_{code}"]) for code in table_languages()}
        yield AuthorityRecord(
            iri=authority_iris()[f"capital:{row['iso3']}"],
            names={code: values[0] for code, values in forms.items() if values},
            aliases=tuple((form, code) for code, values in forms.items() for form in values[1:]),
            parent=authority_iris()[f"country:{row['iso3']}"],
        )


def _processes() -> Iterator[AuthorityRecord]:
    for row in read_table("regional_processes"):
        key = f"process:{row['key']}"
        yield AuthorityRecord(
            iri=authority_iris()[key],
            names=_names(row),
            aliases=_with_former(key, [(form, None) for form in _values(row["other_names"])]),
            acronyms=_acronyms(row),
            former=former_names().get(key, ()),
            note=_note("regional_processes", row["key"], row),
        )


def _organisations() -> Iterator[AuthorityRecord]:
    """After the processes, so that the fuller row of a body in both tables stands."""
    for row in read_table("organisations"):
        key = f"org:{row['key']}"
        identifiers = organisation_identifiers(row)
        yield AuthorityRecord(
            iri=authority_iris()[key],
            names=_names(row),
            aliases=_with_former(key, [(form, None) for form in _values(row["other_names"])]),
            acronyms=_acronyms(row),
            codes=identifiers.codes,
            matches=identifiers.exact,
            close=identifiers.close,
            former=former_names().get(key, ()),
            parent=authority_iris().get(f"org:{row['parent_key']}"),
            note=_note("organisations", row["key"], row),
        )


def _names(row: dict[str, str]) -> dict[str, str]:
    return {code: row[f"name_{code}"] for code in table_languages() if row[f"name_{code}"]}


def _acronyms(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for code in table_languages() for form in _values(row[f"acronyms_{code}"])))


def _with_former(key: str, aliases: list[tuple[str, str | None]]) -> tuple[tuple[str, str | None], ...]:
    """The aliases, and the former names in the language that the table of them knows."""
    former = [(name.text, name.language) for name in former_names().get(key, ())]
    spoken = {text for text, language in former if language}
    return tuple(dict.fromkeys([*(a for a in aliases if a[1] or a[0] not in spoken), *former]))


def _note(table: str, key: str, row: dict[str, str]) -> str:
    return f"{table}.csv {key}: {row['source_notes']}".rstrip(": ")


def _values(cell: str) -> list[str]:
    return [value.strip() for value in cell.split("|") if value.strip()]
