"""Dumps of ROR in both schemas: real records (CC0) of two offices that are no more, and records with traps."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from migkg.errors import UsageError
from migkg.link import link, read_things
from migkg.link.ror import RorDump, read_record, read_records
from migkg.store import open_store
from support.registry import CENTRE, DFID, FIRST, NRC, SHOWN, dump, location, second


def look(built: Path, path: Path) -> tuple[dict[str, tuple[str, str]], dict[str, int]]:
    """The best link for each thing by the end of its IRI, and what was skipped."""
    store = open_store(built / "store", read_only=True)
    try:
        things = read_things(store)
    finally:
        store.close()
    outcome = link(things, RorDump(path))
    found: dict[str, tuple[str, str]] = {}
    for each in outcome.links:
        found.setdefault(each.label, (each.match, each.identifier.rpartition("/")[2]))
    return found, outcome.skipped


@pytest.mark.parametrize("nrc", [pytest.param(NRC, id="schema 2"), pytest.param(FIRST, id="schema 1")])
@pytest.mark.parametrize("indent", [None, 2])
def test_things_are_found(built: Path, tmp_path: Path, nrc: dict[str, Any], indent: int | None) -> None:
    found, skipped = look(built, dump(tmp_path / "ror.json", DFID, nrc, CENTRE, indent=indent))
    assert found == {
        "Norwegian Refugee Council": ("exact", "0000nrc00"),
        "Department for International Development": ("proposed", "05rf29967"),  # inactive: for a person to say
        "Centre de Recherche sur les Frontières du Sénégal": ("exact", "0000cen00"),
    }
    assert skipped == {}


def test_what_has_a_ror_already_is_not_looked_for(built: Path, tmp_path: Path) -> None:
    government = second("05wnh3t63", {"Government of the United Kingdom": SHOWN}, "GB", ["government"])
    assert look(built, dump(tmp_path / "ror.json", government)) == ({}, {})


def test_a_zip_is_read_by_its_newest_schema(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "v1.63-2025-04-03-ror-data.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v1.63-2025-04-03-ror-data.json", json.dumps([{**FIRST, "id": "https://ror.org/old"}]))
        archive.writestr("v1.63-2025-04-03-ror-data_schema_v2.json", json.dumps([NRC]))
        archive.writestr("v1.63-2025-04-03-ror-data.csv", "id,name\n")
    assert look(built, path)[0] == {"Norwegian Refugee Council": ("exact", "0000nrc00")}


@pytest.mark.parametrize(
    "record",
    [
        pytest.param("text", id="a string"),
        pytest.param(None, id="null"),
        pytest.param({}, id="empty"),
        pytest.param({**NRC, "id": 5}, id="a number as identifier"),
        pytest.param({**NRC, "id": "https://elsewhere.example/1"}, id="an identifier of another register"),
        pytest.param({**NRC, "id": "https://ror.org/<script>"}, id="an identifier that is no IRI"),
        pytest.param({**NRC, "names": []}, id="no names"),
        pytest.param({**NRC, "names": ["x", {"value": 5}, {"value": " "}]}, id="names of other shapes"),
        pytest.param({**NRC, "status": "withdrawn"}, id="withdrawn"),
        pytest.param({**FIRST, "name": None, "aliases": None, "labels": 7}, id="schema 1 without names"),
    ],
)
def test_a_record_that_is_none_is_left_out_and_counted(built: Path, tmp_path: Path, record: Any) -> None:
    assert read_record(record) is None
    found, skipped = look(built, dump(tmp_path / "ror.json", record, NRC))
    assert found == {"Norwegian Refugee Council": ("exact", "0000nrc00")} and sum(skipped.values()) == 1


@pytest.mark.parametrize(
    ("change", "country"),
    [
        pytest.param({}, "NOR", id="one place"),
        pytest.param({"locations": [location("NO"), location("NO")]}, "NOR", id="two places in one country"),
        pytest.param({"locations": [location("NO"), location("SE")]}, None, id="two countries"),
        pytest.param({"locations": [location("QQ")]}, None, id="no country of the tables"),
        pytest.param({"locations": "Oslo"}, None, id="another shape"),
    ],
)
def test_country(change: dict[str, Any], country: str | None) -> None:
    candidate = read_record(NRC | change)
    assert candidate and candidate.country == country


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "an array of JSON is expected", id="empty"),
        pytest.param(b'{"items": []}', "an array of JSON is expected", id="an object"),
        pytest.param(b'[{"id": "x"}', "ends in the middle", id="cut between records"),
        pytest.param(b'[{"id": "x', "not JSON", id="cut in a record"),
        pytest.param(b"[1, oops]", "not JSON", id="a word"),
        pytest.param(b"[" + b"[" * 200_000, "not JSON", id="nested too deep"),
        pytest.param(b"PK\x03\x04 no archive", "an array of JSON is expected", id="no archive"),
    ],
)
def test_a_file_that_is_no_dump(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "ror.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=said) as error:
        list(read_records(path))
    assert str(path) in str(error.value) and "\n" not in str(error.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        list(read_records(tmp_path / "missing.json"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "x")
    with pytest.raises(UsageError, match="holds no JSON"):
        list(read_records(tmp_path / "a.zip"))


def test_records_over_the_edges_of_what_is_read_at_once(tmp_path: Path) -> None:
    """Letters of several bytes and records longer than a portion come out whole."""
    records = [{"id": str(n), "name": "é" * (1 + n % 97) * 1000} for n in range(60)]
    assert list(read_records(dump(tmp_path / "ror.json", *records))) == records
