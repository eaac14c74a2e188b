"""Files of links: what is written is read again, and what is wrong is one line with its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from migkg.errors import DataFileError, UsageError
from migkg.model.identifiers import ID
from migkg.model.link import Link
from migkg.resolve.link_table import COLUMNS, default_path, load_links, merge_links, save_links, write_links

LINK = Link(
    iri=f"{ID}org/nrc",
    label="Norwegian Refugee Council",
    authority="ROR",
    identifier="https://ror.org/02c9wqr42",
    name="Norwegian Refugee Council",
    match="exact",
    score=1.0,
    why="same name; same country; same kind",
    source="ror.json",
    date="2026-11-25",
)
HEAD = ",".join(COLUMNS)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param('Say "hello", or not', id="quotes and commas"),
        pytest.param("=HYPERLINK(1)", id="a formula"),
        pytest.param("'=1", id="an apostrophe before it"),
        pytest.param("-1", id="a number that a spreadsheet computes"),
        pytest.param("Ministère de l’Intérieur", id="letters of other languages"),
    ],
)
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / "l.csv"
    save_links(path, [replace(LINK, name=name)])
    assert load_links(path) == (replace(LINK, name=name),)
    assert not any(cell.startswith(("=", "-", "+", "@")) for cell in path.read_text(encoding="utf-8").split(","))


def test_controls_and_line_ends_stay_out(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    save_links(path, [replace(LINK, name="a\nb\x1b[31m\u2028c" + "x" * 5000)])
    (found,) = load_links(path)
    assert found.name.startswith("a b [31m c") and len(found.name) == 1000
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2


def test_lines_stand_in_order_however_they_come() -> None:
    links = [LINK, replace(LINK, identifier="https://ror.org/a", match="proposed"), replace(LINK, iri=f"{ID}org/a")]
    assert write_links(links) == write_links(reversed(links))
    assert [line.split(",")[0] for line in write_links(links).splitlines()] == [
        "iri",
        f"{ID}org/a",
        LINK.iri,
        LINK.iri,
    ]


def test_what_a_person_has_changed_stays() -> None:
    kept = replace(LINK, match="refused", why="another council")
    new = replace(LINK, identifier="https://ror.org/b")
    assert set(merge_links([kept], [LINK, new])) == {kept, new}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("iri,label\n", "f.csv:1: the first line is iri,label,authority", id="other columns"),
        pytest.param(f"{HEAD}\na,b\n", "f.csv:2: 2 cells where 10 are expected", id="too few cells"),
        pytest.param(
            f"{HEAD}\n{{}}".format(",".join(["x"] * 10)), "f.csv:2: match is one of exact", id="no such match"
        ),
        pytest.param(
            f"{HEAD}\nhttps://e/x,,,https://e/1,,exact,1,,,2026-01-01\n", "iri is no IRI of a thing", id="IRI"
        ),
        pytest.param(
            f"{HEAD}\n{ID}a,,,javascript:alert(1),,exact,1,,,2026-01-01\n", "no http or https IRI", id="script"
        ),
        pytest.param(f"{HEAD}\n{ID}a,,,https://e/<x>,,exact,1,,,2026-01-01\n", "no http or https IRI", id="brackets"),
        pytest.param(
            f"{HEAD}\n{ID}a,,,{ID}b,,exact,1,,,2026-01-01\n", "no http or https IRI of a register", id="its own"
        ),
        pytest.param(f"{HEAD}\n{ID}a,,,https://e/1,,exact,high,,,2026-01-01\n", "the score is a number", id="score"),
        pytest.param(f"{HEAD}\n{ID}a,,,https://e/1,,exact,nan,,,2026-01-01\n", "from 0 to 1", id="not a number"),
        pytest.param(f"{HEAD}\n{ID}a,,,https://e/1,,exact,1,,,yesterday\n", "the date a day", id="date"),
        pytest.param(f'{HEAD}\n"{ID}a\n', "not a line of CSV", id="an open quote"),
        pytest.param("<<<<<<< ours\n", "the first line is", id="a conflict of git"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "f.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as error:
        load_links(path)
    assert said in str(error.value) and "\n" not in str(error.value)


def test_files_that_are_none(tmp_path: Path) -> None:
    assert load_links(tmp_path / "missing.csv") == ()
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(DataFileError, match="not UTF-8"):
        load_links(tmp_path / "bytes.csv")
    with pytest.raises(UsageError):
        load_links(tmp_path)
    assert default_path(tmp_path / "store") == tmp_path / "store.links.csv"
