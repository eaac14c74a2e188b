"""Answers as text: whatever a label holds, it is text."""

import csv
import io
import json

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migkg.render.table import to_csv, to_json, to_plain, to_table, to_tsv
from migkg.store.base import Rows, Term

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBER = Term("literal", "12", datatype=XSD + "integer")
ROWS = Rows(
    ("name", "n"),
    (
        (Term("literal", "Côte d’Ivoire", "fr"), NUMBER),
        (Term("uri", "https://w3id.org/migkg/id/org/iom"), None),
    ),
)


def one(text: str) -> Rows:
    return Rows(("x",), ((Term("literal", text),),))


def test_aligned_without_a_terminal() -> None:
    assert to_table(ROWS) == (
        "name                                n\n"
        "---------------------------------  --\n"
        "Côte d’Ivoire                      12\n"
        "https://w3id.org/migkg/id/org/iom\n"
    )


def test_wide_characters_stay_in_line() -> None:
    lines = to_table(Rows(("a", "b"), ((Term("literal", "国际"), Term("literal", "x")),))).splitlines()
    assert lines[2] == "国际  x"


@pytest.mark.parametrize("width", [40, 80])
def test_a_terminal_table_fits_the_width(width: int) -> None:
    long = Rows(("a", "quote"), ((Term("literal", "x"), Term("literal", "word " * 60)),))
    lines = to_table(long, width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert " ".join(" ".join(lines).split()).count("word") == 60


def test_too_many_columns_become_records() -> None:
    many = Rows(tuple("abcdef"), (tuple(Term("literal", c * 3) for c in "abcdef"), (None,) * 5 + (NUMBER,)))
    assert to_table(many, width=40).split("\n\n")[1] == "f  12\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[bold red]x[/bold red] [/]", "[bold red]x[/bold red] [/]"),  # markup of rich
        (":smile:", ":smile:"),
        ("a\nb\tc", "a↵b c"),
        ("\x1b[31mred\x1b]8;;http://e\x07", "\\u001b[31mred\\u001b]8;;http://e\\u0007"),  # terminal control
        ("a\u202eb", "a\\u202eb"),  # right-to-left override
        ("\x9b31m", "\\u009b31m"),  # control introducer of eight bits
        ("<script>", "<script>"),
    ],
)
@pytest.mark.parametrize("width", [None, 100])
def test_hostile_labels_in_a_table(text: str, shown: str, width: int | None) -> None:
    assert to_plain(text) == shown
    assert to_table(one(text), width=width).splitlines()[-1].strip() == shown


@given(st.text(max_size=80))
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    assert all(c.isprintable() or c in " \u00a0\u202f\u200d" for c in to_plain(text))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_defused_unless_raw(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    assert list(csv.reader(io.StringIO(to_csv(one(text)), newline="")))[1] == [f"'{text}"]
    assert list(csv.reader(io.StringIO(to_csv(one(text), raw=True), newline="")))[1] == [text]
    assert to_tsv(one(text)).splitlines()[1].startswith("\"'")
    assert not to_tsv(one(text), raw=True).splitlines()[1].startswith("\"'")


def test_negative_numbers_are_no_formulas() -> None:
    number = Rows(("x",), ((Term("literal", "-3.50", datatype=XSD + "decimal"),),))
    assert to_csv(number) == "x\r\n-3.50\r\n"
    assert to_tsv(number) == "?x\n-3.50\n"
    lie = Rows(("x",), ((Term("literal", "-3+cmd()", datatype=XSD + "decimal"),),))
    assert to_csv(lie) == "x\r\n'-3+cmd()\r\n"


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=4))
def test_csv_reads_back(texts: list[str]) -> None:
    rows = Rows(tuple(f"c{i}" for i in range(len(texts))), (tuple(Term("literal", t) for t in texts),))
    assert list(csv.reader(io.StringIO(to_csv(rows, raw=True), newline="")))[1:] == [texts]


def test_csv_has_line_ends_of_the_standard() -> None:
    assert to_csv(ROWS) == "name,n\r\nCôte d’Ivoire,12\r\nhttps://w3id.org/migkg/id/org/iom,\r\n"


TERMS = st.one_of(
    st.builds(Term, st.just("literal"), st.text(st.characters(codec="utf-8"))),
    st.builds(Term, st.just("literal"), st.text(st.characters(codec="utf-8")), st.sampled_from(["en", "fr"])),
    st.builds(
        lambda n: Term("literal", str(n), datatype=XSD + "integer"), st.integers(min_value=-(2**60), max_value=2**60)
    ),
    st.just(Term("uri", "http://example.org/é?x=1#y")),
    st.none(),
)


@given(st.lists(st.tuples(TERMS, TERMS), max_size=4))
def test_json_and_tsv_are_read_by_another_engine(rows: list[tuple[Term | None, Term | None]]) -> None:
    table = Rows(("a", "b"), tuple(rows))
    for text, kind in (
        (to_json(table), pyoxigraph.QueryResultsFormat.JSON),
        (to_tsv(table, raw=True), pyoxigraph.QueryResultsFormat.TSV),
    ):
        parsed = pyoxigraph.parse_query_results(text, format=kind)
        assert [v.value for v in parsed.variables] == ["a", "b"]
        read = [tuple(None if t is None else t.value for t in row) for row in parsed]
        assert read == [tuple(None if t is None else t.value for t in row) for row in rows]


def test_a_yes_or_no() -> None:
    assert json.loads(to_json(True)) == {"head": {}, "boolean": True}
