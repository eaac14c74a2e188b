"""IATI files and tables: what they state, with the element or row as it stands in the file. All samples are invented."""

from decimal import Decimal
from pathlib import Path

import pytest

from migkg.errors import DataFileError
from migkg.model import Skip
from migkg.sources import Stated, open_source

HERE = Path(__file__).parent
ACTIVITIES = (HERE / "iati/activities.xml").read_text("utf-8")
MAPPING = (HERE / "csv/grants.csv.yaml").read_text("utf-8")
HEAD = '<iati-activities version="2.03">'


def read(path: Path) -> tuple[list[Stated], list[Skip]]:
    items = list(open_source(str(path)))
    return [x for x in items if isinstance(x, Stated)], [x for x in items if isinstance(x, Skip)]


def say(record: Stated) -> set[tuple[object, ...]]:
    """(subject, relation, object, status, place) by name."""
    names = {e.id: e.label for e in record.extraction.entities}
    statements = (*record.extraction.statements, *record.extraction.unasserted)
    return {(names[s.subject], s.predicate, names[s.object], s.status, s.evidence.place) for s in statements}


def test_iati_activity() -> None:
    (activity, planned), skips = read(HERE / "iati/activities.xml")
    title = "Gestion des frontières & des migrations au Niger (inventé)"
    iom, ngo = "Organisation internationale pour les migrations", "Aide Inventée Sans Frontières"
    assert say(activity) == {
        ("Gouvernement du Canada", "funds", title, "stated", "participating-org[1]"),
        (iom, "implements", title, "stated", "participating-org[2]"),  # named by its code alone
        (ngo, "partnersIn", title, "stated", "participating-org[3]"),
        (title, "covers", "Niger", "stated", "recipient-country[1]"),
        ("Gouvernement du Canada", "funds", title, "stated", "transaction[1]"),
        ("Gouvernement du Canada", "funds", iom, "stated", "transaction[1]"),  # the receiver is the reporting one
        (iom, "funds", title, "stated", "transaction[2]"),
        (iom, "funds", ngo, "stated", "transaction[2]"),
        (iom, "funds", title, "stated", "transaction[3]"),
        (iom, "funds", ngo, "stated", "transaction[3]"),
    }
    assert {s.status for s in planned.extraction.unasserted} == {"planned"}
    assert not planned.extraction.statements
    assert [(s.source.rsplit("#")[-1], s.reason) for s in skips] == [
        ("XX-INVENTED-1-0001/participating-org[4]", "no type, and not in the tables: Bureau Inconnu Inventé"),
        ("XX-INVENTED-1-0001/transaction[4]", "no sum above 0 with its currency"),
        ("XX-INVENTED-1-0003", "an activity that was cancelled"),
    ]


def test_iati_facts() -> None:
    activity = read(HERE / "iati/activities.xml")[0][0].extraction
    things = {e.label: e for e in activity.entities}
    programme = things["Gestion des frontières & des migrations au Niger (inventé)"]
    assert (programme.start, programme.end, programme.country) == ("2024-02-01", "2026-12-31", "NER")
    assert programme.labels == (("Border and migration management in Niger (invented)", "en"),)
    assert things["Organisation internationale pour les migrations"].key == "org:iom"
    assert (things["Gouvernement du Canada"].type, things["Gouvernement du Canada"].country) == ("Government", "CAN")
    sums = [(s.amount, s.currency, s.amount_kind, s.when) for s in activity.statements if s.amount]
    assert sums[::2] == [
        (Decimal(1500000), "CAD", "committed", "2024-01-21"),
        (Decimal("250000.50"), "EUR", "disbursed", "2024-03-02"),
        (Decimal("250000.50"), "EUR", "disbursed", "2024-06-02"),
    ]
    assert [(t.code, t.evidence[0].place) for t in activity.themes] == [("dac:15190", "sector[1]")]
    document = activity.document
    assert (document.kind, document.language, document.published) == ("data", "fr", "2025-11-03")
    assert document.name == "activities.xml#XX-INVENTED-1-0001"


@pytest.mark.parametrize("name", ["activities", "organisations"])
def test_quotes_are_in_the_file_to_the_letter(name: str) -> None:
    path = HERE / f"iati/{name}.xml"
    content = path.read_text("utf-8")
    for record in read(path)[0]:
        extraction = record.extraction
        assert "@" not in extraction.document.text  # neither contact details nor descriptions
        for shown in [s.evidence for s in (*extraction.statements, *extraction.unasserted)]:
            assert shown.text in content
            assert extraction.document.text[shown.start : shown.end] == shown.text
            assert shown.text.startswith("<")


def test_iati_organisation() -> None:
    (record,), skips = read(HERE / "iati/organisations.xml")
    fund, iom = "Invented Migration Fund", "International Organization for Migration"
    assert not skips
    assert say(record) == {
        (fund, "funds", iom, "stated", "recipient-org-budget[1]"),
        (fund, "funds", iom, "planned", "recipient-org-budget[2]"),
    }


@pytest.mark.parametrize(
    ("narratives", "label"),
    [
        pytest.param(
            '<narrative xml:lang="de">Grenzen</narrative><narrative>Borders</narrative>', "Borders", id="first"
        ),
        pytest.param('<narrative xml:lang="de">Grenzen</narrative>', "Grenzen", id="the only one"),
    ],
)
def test_a_name_of_another_language_is_not_taken_for_english(tmp_path: Path, narratives: str, label: str) -> None:
    file = tmp_path / "a.xml"
    file.write_text(
        f'{HEAD}<iati-activity xml:lang="en"><iati-identifier>XX-1</iati-identifier><title>{narratives}</title>'
        "</iati-activity></iati-activities>"
    )
    (record,), _ = read(file)
    assert [e.label for e in record.extraction.entities] == [label]


def test_iati_in_other_encodings(tmp_path: Path) -> None:
    wanted = [say(record) for record in read(HERE / "iati/activities.xml")[0]]
    for name in ("iso-8859-1", "utf-16"):
        path = tmp_path / f"{name}.xml"
        path.write_bytes(ACTIVITIES.replace('"UTF-8"', f'"{name}"').encode(name))
        assert [say(record) for record in read(path)[0]] == wanted


@pytest.mark.parametrize(
    ("content", "reason", "whole"),
    [
        (f'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>{HEAD}&b;</iati-activities>', "refused", 0),
        (f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{HEAD}&a;</iati-activities>', "refused", 0),
        (f'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/a.dtd">{HEAD}</iati-activities>', "refused", 0),
        (ACTIVITIES[: ACTIVITIES.index('<recipient-country code="HN"')], "broken or cut off", 1),
        (ACTIVITIES.replace('version="2.03"', 'version="1.05"'), "IATI of version 1.05", 0),
        (HEAD + "<iati-activity>" + "<a>" * 300, "nested more than", 0),
        (HEAD + "<iati-activity>" + " " * 11_000_000, "a record of more than", 0),
        (HEAD + "</iati-activities>", "without activities", 0),
    ],
)
def test_hostile_and_broken_iati(tmp_path: Path, content: str, reason: str, whole: int) -> None:
    path = tmp_path / "a.xml"
    path.write_text(content, "utf-8")
    records, skips = read(path)
    assert len(records) == whole
    assert reason in skips[-1].reason


def test_table() -> None:
    (border, returns, untyped), skips = read(HERE / "csv/grants.csv")
    project, place = "Postes frontières, phase 2 (inventé)", "row 2"
    assert say(border) == {
        ("Gouvernement du Japon", "funds", project, "stated", place),
        ("OIM", "implements", project, "stated", place),
        (project, "covers", "Niger", "stated", place),
    }
    (paid,) = [s for s in border.extraction.statements if s.amount]
    assert (paid.amount, paid.currency, paid.when) == (Decimal("1250000.50"), "USD", "2024-03-05")
    assert paid.evidence.text == (HERE / "csv/grants.csv").read_text("utf-8").splitlines()[1]
    assert border.extraction.document.name == "grants.csv#G-1"
    assert returns.extraction.document.published == "2023-11-17"
    assert not [s for s in untyped.extraction.statements if s.predicate == "funds"]
    assert [(s.source.rsplit("#")[-1], s.reason) for s in skips] == [
        ("row=5", "'zéro' is no sum above 0"),
        ("row=6", "contact details in the row, which are never kept"),
        ("row=7", "3 cells under 9 headings"),
    ]


def test_table_without_a_mapping_is_said(tmp_path: Path) -> None:
    path = tmp_path / "grants.csv"
    path.write_text("a,b\n1,2\n")
    _, (skip,) = read(path)
    assert "grants.csv.yaml beside it" in skip.reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("language: fr", "language: de", "en, fr or es"),
        ("type: Programme", "type: Project", "none that a table can give"),
        ("type: Programme", "type: Person", "none that a table can give"),
        ("relation: covers", "relation: pays", "none of the ontology"),
        ("subject: project", "subject: projet", "names of things"),
        ("kind: committed", "kind: given", "kind is one of"),
        ("decimal:", "decimals:", "unknown key decimals"),
    ],
)
def test_malformed_mapping(tmp_path: Path, old: str, new: str, reason: str) -> None:
    path = tmp_path / "grants.csv"
    path.write_text((HERE / "csv/grants.csv").read_text("utf-8"), "utf-8")
    (tmp_path / "grants.csv.yaml").write_text(MAPPING.replace(old, new), "utf-8")
    with pytest.raises(DataFileError, match=reason):
        read(path)
