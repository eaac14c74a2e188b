"""The verdicts of one person at work: reading what was said, adding to it, taking back."""

import getpass
import subprocess
from pathlib import Path

from migkg.errors import UsageError
from migkg.model.verdict import Choice, Rulings, Verdict
from migkg.resolve.verdict_file import append_verdict, load_verdicts, next_moment, write_line
from migkg.resolve.verdicts import weigh_verdicts
from migkg.text.contacts import has_contact

_TAKES_BACK = frozenset({"withdrawn", "undone"})


class VerdictLog:
    """A verdict file that one person adds to. Nothing is held open or remembered: others may write to it meanwhile."""

    def __init__(self, path: Path, who: str) -> None:
        """Begin to write under a name.

        Raises:
            UsageError: the name is empty or an address, or the file cannot be read.
            DataFileError: a line of the file is malformed.
        """
        if not who.strip():
            raise UsageError("who decides? give --who NAME, or set user.name for git")
        if has_contact(who):
            raise UsageError("--who is a name, without an e-mail address or telephone number: others will read it")
        self.path = path
        self.who = " ".join(who.split())
        self.verdicts()

    def verdicts(self) -> tuple[Verdict, ...]:
        """All that was said, in the order of its moments."""
        return load_verdicts(self.path)

    def rulings(self) -> Rulings:
        """What follows from it."""
        return weigh_verdicts(self.verdicts())

    def add(self, left: str, choice: Choice, right: str, why: str = "", labels: tuple[str, str] = ("", "")) -> Verdict:
        """Write one verdict; it is on the disk when this returns.

        Args:
            left, right: IRIs of two forms; for ``split`` of a form and a source.
            labels: their names, for readers of the file.

        Raises:
            UsageError: the reason holds a contact detail.
            MigkgError: the file cannot be written.
        """
        if has_contact(why):
            raise UsageError("the reason holds an e-mail address or telephone number; contact details are not kept")
        moment = next_moment(self.verdicts())
        verdict = Verdict(left, right, choice, self.who, moment, why, *labels)
        check_verdict(verdict)
        append_verdict(self.path, verdict)
        return verdict

    def undo(self) -> Verdict | None:
        """Take back the latest verdict of this person that still counts, in whatever session it was given.

        Returns:
            The verdict that was taken back; ``None`` when there is none.
        """
        mine: dict[tuple[str, str], Verdict] = {}
        for verdict in self.verdicts():
            if verdict.choice == "undone" or (verdict.choice == "withdrawn" and verdict.who == self.who):
                mine.pop(verdict.pair, None)
            elif verdict.who == self.who:
                mine[verdict.pair] = verdict
        last = max(mine.values(), key=lambda verdict: verdict.when, default=None)
        if last is not None:
            self.add(last.left, "withdrawn", last.right, labels=(last.left_label, last.right_label))
        return last


def guess_name() -> str:
    """Name of whoever sits here: as git knows it, else as the system does; empty when neither does."""
    try:
        run = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False)
        name = run.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        name = ""
    if name and not has_contact(name):
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def check_verdict(verdict: Verdict) -> None:
    """Whether a verdict would be read again as it is.

    Raises:
        UsageError: it would not; the message says why.
    """
    from migkg.errors import DataFileError
    from migkg.resolve.verdict_file import COLUMNS, read_verdicts

    try:
        read_verdicts([",".join(COLUMNS), write_line(verdict)], "verdict")
    except DataFileError as error:
        raise UsageError(str(error).partition(": ")[2]) from error
