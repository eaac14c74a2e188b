"""The queue of ``migkg review`` in a terminal: one proposal on the screen, one key for each verdict."""

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from migkg.cli.keyboard import Keyboard
from migkg.errors import MigkgError, UsageError

if TYPE_CHECKING:
    from migkg.build.review import Review
    from migkg.model.proposal import Proposal, Side, Witness
    from migkg.model.verdict import Choice, Verdict

MOST_CHOICES = 20
Write = Callable[[str], None]


class TerminalQueue:
    """Shows proposals and writes what the reader decides, until the reader quits or nothing is left."""

    def __init__(self, review: "Review", color: bool) -> None:
        self._review = review
        self._color = color
        self._queue: list[Proposal] = review.proposals()
        self._place = 0
        self._why = ""
        self._full = False
        self._note = ""
        self.written = 0
        self._keyboard = Keyboard()
        self._keys: dict[str, Callable[[], None]] = {
            "s": lambda: self._decide("same"),
            "d": lambda: self._decide("different"),
            "u": lambda: self._decide("unsure"),
            "x": self._split,
            "z": self._undo,
            "n": lambda: self._go(1),
            "p": lambda: self._go(-1),
            "w": self._ask_why,
            "m": self._show_more,
        }

    def run(self) -> None:
        """Read keys until the reader quits (q, Escape, Ctrl-C, Ctrl-D)."""
        try:
            with self._keyboard:
                self._show()
                while (key := self._keyboard.read()) not in {"q", "\x1b"}:
                    self._follow(key)
        except (KeyboardInterrupt, EOFError):
            return

    def _follow(self, key: str) -> None:
        action = self._keys.get(key)
        if action is None or (not self._queue and key != "z"):
            return
        self._note = ""
        try:
            action()
        except click.Abort:
            self._note = "left as it is"
        except MigkgError as error:
            self._note = str(error)
        self._show()

    @property
    def _proposal(self) -> "Proposal":
        return self._queue[self._place]

    def _load(self) -> "Proposal":
        """The proposal on the screen, with its sentences, which are read when they are shown."""
        if not (self._proposal.left.witnesses or self._proposal.right.witnesses):
            self._queue[self._place] = self._review.detail(self._proposal)
        return self._proposal

    def _show(self) -> None:
        from migkg.render.review import KEYS, show_proposal
        from migkg.render.table import to_plain

        click.clear()
        if self._queue:
            place = f"{self._place + 1} of {len(self._queue)}"
            width = shutil.get_terminal_size().columns
            text = show_proposal(self._load(), place, width, self._color, full=self._full, why=self._why)
        else:
            text = "There is nothing left to look at.\n\n" + "  ".join(f"{k} {w}" for k, w in KEYS if k in "zq") + "\n"
        click.echo(text, nl=False)
        if self._note:
            click.echo(to_plain(self._note))

    def _decide(self, choice: "Choice", left: str | None = None, right: str | None = None) -> None:
        proposal = self._proposal
        self._review.decide(left or proposal.left.iri, choice, right or proposal.right.iri, self._why)
        self.written += 1
        self._note = f"written: {choice}"
        self._why, self._full = "", False
        del self._queue[self._place]
        self._place = max(0, min(self._place, len(self._queue) - 1))

    def _undo(self) -> None:
        verdict = self._review.undo()
        if verdict is None:
            self._note = "you have given no verdict that could be taken back"
            return
        self.written += 1
        self._queue = self._review.proposals()
        self._place = next((i for i, p in enumerate(self._queue) if _is_about(p, verdict)), 0)
        names = " – ".join(filter(None, (verdict.left_label, verdict.right_label)))
        self._note = f"taken back: {verdict.choice}, {names or verdict.left}"

    def _split(self) -> None:
        """Ask which source means something else."""
        choices = [
            (side, witness)
            for side in (self._proposal.left, self._proposal.right)
            if side.references > 1
            for witness in side.witnesses
        ][:MOST_CHOICES]
        if not choices:
            raise UsageError("only one source speaks of each of them, so there is nothing to split off")
        click.echo("\nWhich source means something else? It gets an identity of its own.")
        for number, (side, witness) in enumerate(choices, 1):
            click.echo(f"{number:>3}  {_describe(side, witness)}")
        answer = self._ask("number (Enter to leave it)")
        if not answer.strip():
            return
        if not answer.isdecimal() or not 0 < int(answer) <= len(choices):
            raise UsageError(f"there is no number {answer[:20]!r}")
        side, witness = choices[int(answer) - 1]
        self._decide("split", side.iri, witness.source)

    def _ask_why(self) -> None:
        self._why = self._ask("reason for the next verdict")

    def _ask(self, question: str) -> str:
        with self._keyboard.lines():
            return str(click.prompt(question, default="", show_default=False))

    def _show_more(self) -> None:
        self._full = not self._full

    def _go(self, step: int) -> None:
        self._full = False
        self._place = (self._place + step) % len(self._queue)


def _describe(side: "Side", witness: "Witness") -> str:
    from migkg.render.table import to_plain

    parts = (witness.label, witness.published or "undated", witness.language, witness.publisher, witness.title)
    return to_plain(", ".join(filter(None, parts)))


def _is_about(proposal: "Proposal", verdict: "Verdict") -> bool:
    return {verdict.left, verdict.right} <= {proposal.left.iri, proposal.right.iri}
