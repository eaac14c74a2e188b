"""The tables of former names and successions: every row stands where it says, and leads to the right node."""

import csv
import re
from pathlib import Path

import pytest

from migkg.extract import extract_document
from migkg.model.identifiers import ID
from migkg.resolve import authority_iris, authority_records, resolve_extraction, successions
from migkg.sources import Raw, parse_document


def read(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "data/authorities" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cell(root: Path, source: str) -> str:
    """The cell that a source like ``organisations.csv iom other_names`` names."""
    table, key, column = re.fullmatch(r"(\w+)\.csv (\S+) (\w+)", source).groups()  # type: ignore[union-attr]
    (row,) = (r for r in read(root, table) if next(iter(r.values())) == key)
    return row[column]


def test_every_former_name_stands_in_the_cell_that_it_cites(root: Path) -> None:
    rows = read(root, "former_names")
    assert len(rows) > 150
    for row in rows:
        text = cell(root, row["source"])
        assert row["key"].partition(":")[2] == row["source"].split()[1]
        if "historic_names" in row["source"]:
            (part,) = (p for p in text.split("|") if re.search(rf"(?:^|/){re.escape(row['name'])}(?:/| \()", p))
            # Every year is of the cell, and every cell with a time gives one.
            assert row["when"] and set(re.findall(r"\d{4}", row["when"])) <= set(re.findall(r"\d{4}", part))
        else:
            assert row["name"] in text.split("|"), row
            assert not row["when"], "no table has a date of an organisation's name"


def test_every_succession_is_read_somewhere(root: Path) -> None:
    for row in read(root, "successions"):
        cited = row["source"].split("|")
        assert all(source.startswith("ROR ") or cell(root, source) for source in cited)
        years = set(re.findall(r"\d{4}", " ".join(cell(root, s) for s in cited if not s.startswith("ROR "))))
        assert not row["when"] or row["when"] in years
        assert all(key in authority_iris() for key in (*row["original"].split("|"), *row["resulting"].split("|")))


@pytest.mark.parametrize(
    ("text", "name", "iri"),
    [
        pytest.param("Geneva, 12 May 1975 – The ICEM organised a workshop in Geneva.", "ICEM", "org/iom", id="ICEM"),
        pytest.param(
            "Geneva, 1951 – The Intergovernmental Committee for European Migration held a meeting in Geneva.",
            "Intergovernmental Committee for European Migration",
            "org/iom",
            id="the long name",
        ),
        pytest.param("Bonn, 4 May 2005 – GTZ organised a seminar in Bonn.", "GTZ", "org/giz", id="one row, one body"),
        pytest.param(
            "London, 4 May 2005 – DFID organised a seminar in London.",
            "Department for International Development",
            "org/dfid",
            id="a row of its own",
        ),
    ],
)
def test_a_name_of_its_day_leads_to_the_body(text: str, name: str, iri: str) -> None:
    """And the entity keeps the name that the text gives it."""
    document = parse_document(Raw("a.txt", "a.txt", text.encode(), "text/plain"))
    found = {entity.label: entity.iri for entity in resolve_extraction(extract_document(document)).entities}
    assert found[name] == ID + iri


@pytest.mark.parametrize(
    ("old", "new"),
    [("ZAR", "COD"), ("BUR", "MMR"), ("HVO", "BFA"), ("DHY", "BEN"), ("RHO", "ZWE"), ("TMP", "TLS")],
)
def test_a_withdrawn_code_of_a_renamed_state_leads_to_the_present_one(old: str, new: str) -> None:
    for kind in ("country", "government"):
        assert authority_iris()[f"{kind}:{old}"] == authority_iris()[f"{kind}:{new}"] == f"{ID}{kind}/{new}"
    record = authority_records()[f"{ID}country/{new}"]
    assert new in [code for _, code in record.codes] and record.former


def test_states_that_broke_up_stay_themselves() -> None:
    assert authority_iris()["government:CSK"] == f"{ID}government/CSK"
    (change,) = successions()[f"{ID}government/CSK"]
    assert change.resulting == (f"{ID}government/CZE", f"{ID}government/SVK") and change.when == "1992"


@pytest.mark.parametrize(
    ("key", "exact", "close", "codes"),
    [
        pytest.param(
            "org:iom",
            [],
            ["http://www.wikidata.org/entity/Q472311"],
            [("iatiCode", "XM-DAC-47066"), ("dacChannelCode", "47066")],
            id="a QID that only supraverden has",
        ),
        pytest.param(
            "org:giz",
            [
                "http://www.wikidata.org/entity/Q462763",
                "https://ror.org/00q08t645",
                "https://isni.org/isni/0000000403901306",
            ],
            [],
            [("iatiCode", "XM-DAC-5-52")],
            id="its own ROR record",
        ),
        pytest.param("org:dfid", [], [], [("retiredIatiCode", "GB-1")], id="a retired IATI code"),
        pytest.param("org:dfat", [], ["https://ror.org/023wsvq95"], [("iatiCode", "AU-5")], id="a label of ROR only"),
        pytest.param(
            "country:VNM",
            ["http://www.wikidata.org/entity/Q881"],
            [],
            [("isoCode", "VNM"), ("isoCode", "VN"), ("isoCode", "704")],
            id="a country",
        ),
        pytest.param(
            "country:DNK",
            [],
            ["http://www.wikidata.org/entity/Q35"],
            [("isoCode", "DNK"), ("isoCode", "DK"), ("isoCode", "208")],
            id="sources differ",
        ),
        pytest.param("country:XKX", ["http://www.wikidata.org/entity/Q1246"], [], [], id="no code of the standard"),
    ],
)
def test_identifiers_are_worth_what_their_sources_are(
    key: str, exact: list[str], close: list[str], codes: list[tuple[str, str]]
) -> None:
    record = authority_records()[authority_iris()[key]]
    assert (list(record.matches), list(record.close), list(record.codes)) == (exact, close, codes)


def test_every_identifier_of_the_tables_is_in_a_record(root: Path) -> None:
    """None is lost, none is made up, and each says its row."""
    forms = {
        "wikidata_id": "http://www.wikidata.org/entity/{}",
        "ror_id": "https://ror.org/{}",
        "isni": "https://isni.org/isni/{}",
    }
    expected = {
        form.format(row[column])
        for table in ("organisations", "countries")
        for row in read(root, table)
        for column, form in forms.items()
        if row.get(column) and authority_iris().get(f"country:{row.get('iso3')}", "").endswith(row.get("iso3") or "")
    }
    records = authority_records().values()
    assert {match for record in records for match in (*record.matches, *record.close)} == expected
    assert all(record.note for record in records if record.matches or record.close or record.codes)
