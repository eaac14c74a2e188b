"""Lines of N-Quads, and files that are whole or not there."""

import stat
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migkg.errors import MigkgError
from migkg.files import replace_file
from migkg.lines import is_iri, read_literal, sort_lines, split_line, write_literal


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from([None, "en", "fr-CA"]))
def test_literals_are_written_as_oxigraph_writes_them(text: str, language: str | None) -> None:
    written = write_literal(text, language)
    assert written == str(pyoxigraph.Literal(text, language=language.lower() if language else None))
    parts = read_literal(written)
    assert (parts.text, parts.language) == (text, language.lower() if language else None)


def test_half_a_character_is_no_text() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        write_literal("a\ud800b")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("<http://e/s> <http://e/p> <http://e/o> .", ("<http://e/s>", "<http://e/p>", "<http://e/o>", "")),
        ('<e:s> <e:p> "a b . \\"c\\" <d>"@en <e:g> .', ("<e:s>", "<e:p>", '"a b . \\"c\\" <d>"@en', "<e:g>")),
        ('_:s <e:p> "1"^^<e:d> .', ("_:s", "<e:p>", '"1"^^<e:d>', "")),
        ("<e:s> <e:p> _:o _:g .", ("<e:s>", "<e:p>", "_:o", "_:g")),
    ],
)
def test_taking_lines_apart(line: str, parts: tuple[str, str, str, str]) -> None:
    assert split_line(line) == parts


@pytest.mark.parametrize(
    "line",
    [
        "",
        "# comment",
        "<e:s> <e:p> <e:o>",
        "<e:s> <e:p> <e:o> . ",
        "<e:s> <e:p> <e:o> <e:g> <e:h> .",
        '<e:s> "p" <e:o> .',
        '"s" <e:p> <e:o> .',
        "<e:s s> <e:p> <e:o> .",
        '<e:s> <e:p> "open .',
        '<e:s> <e:p> "two\nlines" .',
        "<e:s> <e:p> <e:o> .\n",
    ],
)
def test_what_is_no_line(line: str) -> None:
    with pytest.raises(ValueError, match="not a line"):
        split_line(line)


@pytest.mark.parametrize(
    "bad", ["a", "", "/a/b", "e:a b", "e:<", "e:a\n", "e:{", "e:\\u0020", "1e:a", "e:\ud800", "<e:a>"]
)
def test_what_is_no_iri(bad: str) -> None:
    assert not is_iri(bad)


@pytest.mark.parametrize("good", ["e:", "http://e/é?x=1#y", "urn:isbn:1", "javascript:alert(1)"])
def test_what_is_an_iri(good: str) -> None:
    assert is_iri(good)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=5), max_size=60))
def test_sorting_in_pieces_is_sorting(lines: list[str]) -> None:
    assert list(sort_lines(lines, run=7)) == sorted(set(lines))


# --- Files ---


def test_a_file_is_written(tmp_path: Path) -> None:
    with replace_file(tmp_path / "a") as file:
        file.write(b"new")
        assert not (tmp_path / "a").exists()
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replace_file(tmp_path / "a") as file:
        file.write(b"new" * 100_000)
        raise ZeroDivisionError
    assert (tmp_path / "a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_the_mode_of_a_file_is_kept_and_a_new_one_is_readable(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o640)
    for name in "ab":
        with replace_file(tmp_path / name) as file:
            file.write(b"new")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640
    assert (tmp_path / "b").stat().st_mode & 0o600 == 0o600


@pytest.mark.parametrize("where", ["no/such/folder", "a-folder"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, where: str) -> None:
    (tmp_path / "a-folder").mkdir()
    with pytest.raises(MigkgError, match="cannot write"), replace_file(tmp_path / where) as file:
        file.write(b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a-folder"]
