"""The queue in a real terminal of 80 columns: keys, screens, undo across sessions, and an end that loses nothing."""

from pathlib import Path

from migkg.model.proposal import Proposal
from migkg.resolve.verdict_file import load_verdicts
from review.conftest import WHO
from support.terminal import run_in_terminal

KEYS = "q quit"


def review(store: Path, *options: str, columns: int = 80):  # type: ignore[no-untyped-def]
    return run_in_terminal("review", "--store", str(store), "--who", WHO, *options, columns=columns)


def said(store: Path) -> list[tuple[str, str]]:
    return [(v.choice, v.left) for v in load_verdicts(store.with_name("graph.verdicts.csv"))]


def test_keys_write_verdicts_at_once_and_undo_takes_back(store: Path, proposals: list[Proposal]) -> None:
    first, second, third = (p.left.iri for p in proposals[:3])
    with review(store, "--no-apply") as terminal:
        screen = terminal.wait_for(KEYS)
        assert f"1 of {len(proposals)}" in screen
        assert terminal.widest() <= 80
        terminal.press("s")
        terminal.wait_for("written: same")
        assert said(store) == [("same", first)]
        terminal.press("du")
        terminal.wait_for("written: unsure")
        terminal.press("z")
        terminal.wait_for("taken back: unsure")
        terminal.press("q")
        assert terminal.end() == 0
        assert "4 verdicts written to" in terminal.screen()
    assert said(store) == [("same", first), ("different", second), ("unsure", third), ("withdrawn", third)]


def test_undo_works_in_a_later_session(store: Path, proposals: list[Proposal]) -> None:
    for keys, seen in (("d", "written: different"), ("z", "taken back: different")):
        with review(store, "--no-apply") as terminal:
            terminal.wait_for(KEYS)
            terminal.press(keys)
            terminal.wait_for(seen)
            terminal.press("q")
            assert terminal.end() == 0
    assert [choice for choice, _ in said(store)] == ["different", "withdrawn"]


def test_keys_typed_ahead_are_not_lost(store: Path, proposals: list[Proposal]) -> None:
    with review(store, "--no-apply") as terminal:
        terminal.wait_for(KEYS)
        terminal.press("ddddq")
        assert terminal.end() == 0
    assert [choice for choice, _ in said(store)] == ["different"] * 4


def test_a_reason_is_written_beside_the_verdict(store: Path, proposals: list[Proposal]) -> None:
    with review(store, "--no-apply") as terminal:
        terminal.wait_for(KEYS)
        terminal.press("w")
        terminal.wait_for("reason for the next verdict")
        terminal.press("mismo órgano, dos lenguas\r")
        terminal.wait_for("reason: mismo órgano, dos lenguas")
        terminal.press("s")
        terminal.wait_for("written: same")
        terminal.press("q")
        terminal.end()
    (verdict,) = load_verdicts(store.with_name("graph.verdicts.csv"))
    assert verdict.why == "mismo órgano, dos lenguas"


def test_split_asks_for_the_source(store: Path, proposals: list[Proposal]) -> None:
    place = next(i for i, p in enumerate(proposals) if max(p.left.references, p.right.references) > 1)
    with review(store, "--no-apply") as terminal:
        terminal.wait_for(KEYS)
        terminal.press("n" * place + "x")
        terminal.wait_for("number (Enter to leave it)")
        terminal.press("99\r")
        terminal.wait_for("there is no number '99'")
        terminal.press("x")
        terminal.wait_for("number (Enter to leave it)")
        terminal.press("1\r")
        terminal.wait_for("written: split")
        terminal.press("q")
        terminal.end()
    assert [choice for choice, _ in said(store)] == ["split"]


def test_ctrl_c_ends_with_all_that_was_decided(store: Path, proposals: list[Proposal]) -> None:
    with review(store, "--no-apply") as terminal:
        terminal.wait_for(KEYS)
        terminal.press("d")
        terminal.wait_for("written: different")
        terminal.press("\x03")
        assert terminal.end() == 0
    assert len(said(store)) == 1


def test_a_narrow_terminal_shows_everything(store: Path, proposals: list[Proposal]) -> None:
    with review(store, "--no-apply", columns=50) as terminal:
        screen = terminal.wait_for("quit")
        assert terminal.widest() <= 50
        assert "score" in screen
        terminal.press("q")
        terminal.end()


def test_the_graph_is_brought_up_to_date_at_the_end(store: Path, proposals: list[Proposal]) -> None:
    with review(store) as terminal:
        terminal.wait_for(KEYS)
        terminal.press("s")
        terminal.wait_for("written: same")
        terminal.press("q")
        assert terminal.end() == 0
        assert "graph brought up to date" in terminal.screen()


def test_nothing_left_is_told(store: Path, proposals: list[Proposal]) -> None:
    with review(store, "--no-apply", "--limit", "1") as terminal:
        terminal.wait_for(KEYS)
        terminal.press("d")
        terminal.wait_for("There is nothing left to look at.")
        terminal.press("sdux")  # keys that need a pair do nothing
        terminal.press("q")
        assert terminal.end() == 0
    assert len(said(store)) == 1
