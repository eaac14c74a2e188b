"""What people say of identity: the file that holds it, and what follows from it."""

import itertools
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from migkg.errors import DataFileError, MigkgError, UsageError
from migkg.model.identifiers import ID
from migkg.model.verdict import Choice, Contradiction, Rulings, Verdict
from migkg.resolve.verdict_file import (
    COLUMNS,
    append_verdict,
    default_path,
    load_verdicts,
    next_moment,
    read_verdicts,
    write_line,
)
from migkg.resolve.verdicts import weigh_verdicts

START = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
A, B, C, D = (f"{ID}government-body/{name}" for name in "abcd")
SOURCE = f"{ID}source/0123456789abcdef"
HEADER = ",".join(COLUMNS)
LINE = f"2026-11-25T04:30:00.000Z,Ana,same,{A},Ministerio,{B},Ministry,same body"


def say(left: str, choice: Choice, right: str, who: str = "Ana", minute: int = 0) -> Verdict:
    return Verdict(left, right, choice, who, START + timedelta(minutes=minute))


def links(rulings: Rulings) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    return set(rulings.must_link), set(rulings.cannot_link)


@pytest.mark.parametrize(
    ("verdicts", "must", "cannot"),
    [
        pytest.param([say(A, "same", B)], {(A, B)}, set(), id="one verdict"),
        pytest.param([say(B, "same", A)], {(A, B)}, set(), id="the order of the two does not matter"),
        pytest.param([say(A, "same", B), say(B, "different", A, minute=1)], set(), {(A, B)}, id="a changed mind"),
        pytest.param([say(A, "same", B), say(A, "undone", B, "Bo", 1)], set(), set(), id="taken back by anybody"),
        pytest.param(
            [say(A, "same", B), say(A, "undone", B, minute=1), say(A, "same", B, minute=2)],
            {(A, B)}, set(), id="said again after it was taken back",
        ),
        pytest.param(
            [say(A, "same", B), say(A, "same", B, "Bo"), say(A, "withdrawn", B, minute=1)],
            {(A, B)}, set(), id="one of two withdraws",
        ),
        pytest.param(
            [say(A, "same", B), say(A, "different", B, "Bo"), say(A, "withdrawn", B, minute=1)],
            set(), {(A, B)}, id="who withdraws ends the contradiction",
        ),
        pytest.param([say(A, "undone", B), say(A, "same", B, minute=1)], {(A, B)}, set(), id="taken back too early"),
        pytest.param([say(A, "unsure", B), say(A, "same", B, "Bo", 1)], {(A, B)}, set(), id="unsure leaves it open"),
        pytest.param([say(A, "same", B), say(A, "unsure", B, minute=1)], set(), set(), id="now unsure oneself"),
        pytest.param([say(A, "same", B, "Bo"), say(A, "same", B)], {(A, B)}, set(), id="two who agree"),
        pytest.param(
            [say(A, "same", B), say(B, "same", C), say(C, "different", D)],
            {(A, B), (B, C)}, {(C, D)}, id="a chain beside one that is different",
        ),
    ],
)  # fmt: skip
def test_verdicts_without_contradiction(
    verdicts: list[Verdict], must: set[tuple[str, str]], cannot: set[tuple[str, str]]
) -> None:
    rulings = weigh_verdicts(verdicts)
    assert links(rulings) == (must, cannot)
    assert rulings.contradictions == ()


def test_a_split_takes_one_source_out_of_a_form() -> None:
    rulings = weigh_verdicts([say(A, "split", SOURCE), say(A, "same", B)])
    assert (rulings.splits, rulings.must_link) == ({(A, SOURCE)}, {(A, B)})
    backs: tuple[Choice, ...] = ("undone", "withdrawn")
    for back in backs:
        assert weigh_verdicts([say(A, "split", SOURCE), say(A, back, SOURCE, minute=1)]).splits == frozenset()


@pytest.mark.parametrize(
    ("verdicts", "kind", "pair", "who", "must"),
    [
        pytest.param(
            [say(A, "same", B), say(A, "different", B, "Bo", 1)],
            "people", (A, B), ["Bo", "Ana"], set(), id="two people, the later one apart",
        ),
        pytest.param(
            [say(A, "different", B), say(A, "same", B, "Bo", 1)],
            "people", (A, B), ["Ana", "Bo"], set(), id="two people, the later one together: still apart",
        ),
        pytest.param(
            [say(A, "same", B), say(B, "same", C, "Bo", 1), say(A, "different", C, "Cy", 2)],
            "chain", (A, C), ["Cy", "Ana", "Bo"], set(), id="A=B, B=C, A≠C",
        ),
        pytest.param(
            [
                say(A, "different", C),
                say(A, "same", B, "Bo", 1),
                say(B, "same", C, "Bo", 2),
                say(C, "same", D, "Bo", 3),
            ],
            "chain", (A, C), ["Ana", "Bo", "Bo"], {(C, D)}, id="beside the chain",
        ),
        pytest.param(
            [say(A, "same", B), say(B, "same", D), say(A, "same", C), say(C, "same", D), say(A, "different", D, "Bo")],
            "chain", (A, D), ["Bo", "Ana", "Ana", "Ana", "Ana"], set(), id="both of two ways round",
        ),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_and_the_pair_stays_apart(
    verdicts: list[Verdict], kind: str, pair: tuple[str, str], who: list[str], must: set[tuple[str, str]]
) -> None:
    rulings = weigh_verdicts(verdicts)
    (found,) = rulings.contradictions
    assert isinstance(found, Contradiction)
    assert (found.kind, found.pair, [verdict.who for verdict in found.verdicts]) == (kind, pair, who)
    assert links(rulings) == (must, {pair})
    assert all(verdict.pair != pair or verdict.choice == "different" for verdict in rulings.standing)


def test_lines_in_any_order_give_the_same_rulings(tmp_path: Path) -> None:
    """A merge of git may leave the lines of two people in any order."""
    verdicts = [
        say(A, "same", B), say(B, "same", C, "Bo", 1), say(A, "different", C, "Cy", 2), say(C, "same", D, "Bo", 3),
        say(C, "undone", D, "Cy", 4),
    ]  # fmt: skip
    lines = [write_line(verdict) for verdict in verdicts]
    found = {weigh_verdicts(read_verdicts([HEADER, *order], "v")) for order in itertools.permutations(lines)}
    assert len(found) == 1


def test_two_branches_of_git_merge_without_a_conflict(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True)

    path = tmp_path / "store.verdicts.csv"
    git("init", "-b", "main")
    (tmp_path / ".gitattributes").write_text("*.verdicts.csv merge=union\n")
    append_verdict(path, say(A, "same", B))
    git("add", ".")
    git("commit", "-m", "first")
    git("checkout", "-b", "other")
    append_verdict(path, say(B, "same", C, "Bo", 1))
    git("commit", "-am", "other")
    git("checkout", "main")
    append_verdict(path, say(C, "different", D, "Cy", 2))
    git("commit", "-am", "main")
    git("merge", "other", "-m", "merged")
    assert links(weigh_verdicts(load_verdicts(path))) == ({(A, B), (B, C)}, {(C, D)})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("verdict,left\n", ":1: the first line names the columns", id="other columns"),
        pytest.param(f"{LINE}\n", ":1: the first line names the columns", id="no header"),
        pytest.param(f"{HEADER}\n{LINE}\n<<<<<<< HEAD\n{LINE}\n", ":3: git left a conflict here", id="conflict"),
        pytest.param(f"{HEADER}\n=======\n", ":2: git left a conflict here", id="middle of a conflict"),
        pytest.param(f"{HEADER}\n>>>>>>> branch\n", ":2: git left a conflict here", id="end of a conflict"),
        pytest.param(f"{HEADER}\na,b\n", ":2: 2 cells where 8 are expected", id="too few cells"),
        pytest.param(f"{HEADER}\n{LINE},more\n", ":2: 9 cells", id="too many cells"),
        pytest.param(f'{HEADER}\n{LINE},"open\n', ":2: not a line of CSV", id="open quote does not eat what follows"),
        pytest.param(f"{HEADER}\n{LINE.replace(',same,', ',equal,')}\n", ":2: the verdict is same,", id="verdict"),
        pytest.param(f"{HEADER}\n{LINE.replace('Ana', ' ')}\n", ":2: it does not say who", id="nobody"),
        pytest.param(f"{HEADER}\n{LINE.replace('.000Z', '')}\n", ":2: when is no moment with time zone", id="zone"),
        pytest.param(f"{HEADER}\n{LINE.replace('2026-11-25T04:30:00.000Z', '25/11/2026')}\n", ":2: when", id="date"),
        pytest.param(
            f"{HEADER}\n{LINE.replace('2026-11-25T04:30:00.000Z', '0001-01-01T00:00:00+14:00')}\n",
            ":2: when is out of range", id="before all time",
        ),
        pytest.param(f"{HEADER}\n{LINE.replace(A, 'javascript:alert(1)')}\n", ":2: left is no IRI", id="scheme"),
        pytest.param(f"{HEADER}\n{LINE.replace(A, A + '> <x')}\n", ":2: left is no IRI", id="injection"),
        pytest.param(f"{HEADER}\n{LINE.replace(B, A)}\n", ":2: left and right are the same", id="itself"),
        pytest.param(f"{HEADER}\n{LINE.replace(B, SOURCE)}\n", ":2: a source is no thing", id="same as a source"),
        pytest.param(f"{HEADER}\n{LINE.replace(',same,', ',split,')}\n", ":2: a split has the IRI", id="split of what"),
        pytest.param(f"{HEADER}\n{'x' * 30_000}\n", ":2: a line is longer", id="endless line"),
        pytest.param(f"{HEADER}\nMinist\udce8re\n", ":2: not UTF-8", id="another encoding"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_refused_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "v.csv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DataFileError) as caught:
        load_verdicts(path)
    assert f"{path}{reason}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_comments_blank_lines_marks_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_bytes(b"\xef\xbb\xbf# ours\r\n" + f"{HEADER}\r\n\r\n# 2026\r\n{LINE}\r\n{HEADER}\r\n".encode())
    (found,) = load_verdicts(path)
    assert (found.left, found.right, found.choice, found.who, found.why) == (A, B, "same", "Ana", "same body")


@pytest.mark.parametrize(
    "why",
    ["", "both, it says, are «one»", 'the "Office"', "=HYPERLINK(1)", "'=1", "''@x", "-1 day", "«l’été»", "# no"],
)
def test_what_was_written_is_read_again(why: str) -> None:
    verdict = Verdict(A, B, "same", "Ana", START, why, "=cmd", "+x")
    line = write_line(verdict)
    assert read_verdicts([HEADER, line], "v") == (verdict,)
    assert ",=" not in line
    assert ",+" not in line


def test_controls_never_make_a_second_line() -> None:
    line = write_line(Verdict(A, B, "same", "Ana\x1b[2J", START, f"one\nsecond,{LINE}\r\u2028\x00"))
    assert len(line.splitlines()) == 1
    (found,) = read_verdicts([HEADER, line], "v")
    assert found.who == "Ana [2J"


def test_a_line_is_added_after_one_without_a_line_end(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text(f"{HEADER}\n{LINE}")
    append_verdict(path, say(C, "same", D))
    assert len(load_verdicts(path)) == 2
    assert path.read_text().startswith(f"{HEADER}\n{LINE}\n")


def test_a_new_verdict_comes_after_those_it_answers() -> None:
    ahead = say(A, "same", B, minute=60)
    assert next_moment([], START) == START
    assert next_moment([ahead], START) == ahead.when + timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("store", "path"), [("graph", "graph.verdicts.csv"), ("a/graph/", "a/graph.verdicts.csv"), (".", "{}.verdicts.csv")]
)
def test_verdicts_stand_beside_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: str, path: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    wanted = tmp_path / path.format("here") if store == "." else tmp_path / "here" / path
    assert default_path(Path(store)) == wanted


def test_what_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    assert load_verdicts(tmp_path / "none.csv") == ()
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        load_verdicts(tmp_path)
    with pytest.raises(MigkgError, match="cannot be written: No such file"):
        append_verdict(tmp_path / "none" / "v.csv", say(A, "same", B))
