"""The authority tables as identities: which key is which thing, and what the tables know of it."""

from collections.abc import Iterator
from functools import cache

from migkg.lexicon.gazetteer import read_table, table_languages
from migkg.model.authority import AuthorityRecord, ThemeRecord
from migkg.model.identifiers import ID, mint

# Rows of two tables that are one body.
_SAME = {"process:unnm-forum": "org:unnm"}


@cache
def authority_iris() -> dict[str, str]:
    """IRI by key (``org:iom``, ``process:bali-process``, ``country:VNM``, ``government:VNM``, ``capital:VNM``)."""
    iris: dict[str, str] = {}
    for row in read_table("countries"):
        code = row["iso3"]
        iris[f"country:{code}"] = f"{ID}country/{code}"
        iris[f"government:{code}"] = f"{ID}government/{code}"
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
        aliases = [(row[f"official_{code}"], code) for code in table_languages() if row[f"official_{code}"]]
        aliases += [(form, code) for code in table_languages() for form in _values(row[f"variants_{code}"])]
        yield AuthorityRecord(
            iri=authority_iris()[f"country:{row['iso3']}"],
            names=_names(row),
            aliases=tuple(aliases),
            acronyms=tuple(filter(None, (row["iso3"], row["iso2"]))),
            matches=_matches(row),
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
        yield AuthorityRecord(
            iri=authority_iris()[f"process:{row['key']}"],
            names=_names(row),
            aliases=tuple((form, None) for form in _values(row["other_names"])),
            acronyms=_acronyms(row),
        )


def _organisations() -> Iterator[AuthorityRecord]:
    """After the processes, so that the fuller row of a body in both tables stands."""
    for row in read_table("organisations"):
        yield AuthorityRecord(
            iri=authority_iris()[f"org:{row['key']}"],
            names=_names(row),
            aliases=tuple((form, None) for form in _values(row["other_names"])),
            acronyms=_acronyms(row),
            matches=_matches(row),
            parent=authority_iris().get(f"org:{row['parent_key']}"),
        )


def _names(row: dict[str, str]) -> dict[str, str]:
    return {code: row[f"name_{code}"] for code in table_languages() if row[f"name_{code}"]}


def _acronyms(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for code in table_languages() for form in _values(row[f"acronyms_{code}"])))


def _matches(row: dict[str, str]) -> tuple[str, ...]:
    found = []
    if row.get("wikidata_id"):
        found.append(f"http://www.wikidata.org/entity/{row['wikidata_id']}")
    if row.get("ror_id"):
        found.append(f"https://ror.org/{row['ror_id']}")
    return tuple(found)


def _values(cell: str) -> list[str]:
    return [value.strip() for value in cell.split("|") if value.strip()]
