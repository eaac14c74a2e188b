"""The verdict file: one verdict a line, as CSV that people read and git can merge.

Lines are only added. Their order in the file does not matter, because every line has its moment: so git may merge two
versions by keeping the lines of both (``merge=union`` in .gitattributes).
"""

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from migkg.errors import DataFileError, MigkgError, UsageError
from migkg.lines import is_iri
from migkg.model.identifiers import ID
from migkg.model.verdict import CHOICES, Verdict, is_source, write_moment

COLUMNS = ("when", "who", "verdict", "left", "left_label", "right", "right_label", "why")
LONGEST_LINE = 20_000
LONGEST_TEXT = 1_000  # characters of a name or a reason

_CONFLICT = re.compile(r"(?:<{7}|\|{7}|>{7})(?: |$)|={7}$")
_FORMULA = re.compile(r"'*[=+\-@]")  # what a spreadsheet would run, with or without our apostrophe before it
_SUFFIX = ".verdicts.csv"


def default_path(store: Path) -> Path:
    """Where the verdicts of a store are kept unless another file is named: beside it, so that they outlive it."""
    folder = Path(os.path.abspath(store))  # noqa: PTH100  (no links followed: beside the name that was given)
    return folder.with_name(folder.name + _SUFFIX)


def load_verdicts(path: Path) -> tuple[Verdict, ...]:
    """All verdicts of a file, in the order of their moments; none when there is no file.

    Raises:
        UsageError: this is no file that can be read.
        DataFileError: a line is malformed; the message has file, line and reason.
    """
    try:
        with path.open("rb") as file:
            return read_verdicts(_decode(file, str(path)), str(path))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UsageError(f"the verdicts {path} cannot be read: {error.strerror or error}") from error


def read_verdicts(lines: Iterable[str], name: str) -> tuple[Verdict, ...]:
    """The verdicts of some lines, in the order of their moments.

    Args:
        lines: with or without line ends; the first one that is no comment (``#``) names the columns.
        name: of the file, for messages.

    Raises:
        DataFileError: a line is malformed.
    """
    found = []
    header = False
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        place = f"{name}:{number}"
        if _CONFLICT.match(text):
            raise DataFileError(
                f"{place}: git left a conflict here: keep the lines of both sides, take out the marker lines (<<<<<<<, "
                "=======, >>>>>>>), and run again"
            )
        if not text.strip() or text.startswith("#"):
            continue
        cells = _split(text, place)
        if tuple(cells) == COLUMNS:
            header = True
        elif not header:
            raise DataFileError(f"{place}: the first line names the columns: {','.join(COLUMNS)}")
        else:
            found.append(_read(cells, place))
    # Two machines may have written at one moment: the words decide, so that the order of the lines never does.
    return tuple(sorted(found, key=lambda v: (v.when, v.who, v.choice, v.left, v.right, v.why)))


def write_line(verdict: Verdict) -> str:
    """A verdict as a line of the file, without line end."""
    labels = (_cell(verdict.left_label), _cell(verdict.right_label))
    moment, who = write_moment(verdict.when), _cell(verdict.who)
    cells = (moment, who, verdict.choice, verdict.left, labels[0], verdict.right, labels[1], _cell(verdict.why))
    return _join(cells)


def append_verdict(path: Path, verdict: Verdict) -> None:
    """Add a line to the file, made when it is missing; it is on the disk when this returns.

    Raises:
        MigkgError: the file cannot be written.
    """
    try:
        with path.open("ab+") as file, _held(file):
            size = file.seek(0, os.SEEK_END)
            start = f"{_join(COLUMNS)}\n" if not size else ""
            if size:
                file.seek(-1, os.SEEK_END)
                start = "" if file.read(1) == b"\n" else "\n"
            file.write(f"{start}{write_line(verdict)}\n".encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise MigkgError(f"the verdicts {path} cannot be written: {error.strerror or error}") from error


def next_moment(verdicts: Iterable[Verdict], now: datetime | None = None) -> datetime:
    """The moment of a new verdict: now, but after all that it may answer, even if a clock of theirs runs ahead."""
    last = max((verdict.when for verdict in verdicts), default=datetime.min.replace(tzinfo=UTC))
    now = (now or datetime.now(UTC)).astimezone(UTC)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    return now if now > last else last + timedelta(milliseconds=1)


@contextmanager
def _held(file: BinaryIO) -> Iterator[None]:
    """Two programs that write at once write one after the other, where the system can lock files."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_EX)
    yield


def _decode(file: BinaryIO, name: str) -> Iterator[str]:
    number = 0
    while data := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(data) > LONGEST_LINE:
            raise DataFileError(f"{name}:{number}: a line is longer than {LONGEST_LINE:,} bytes")
        try:
            yield data.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise DataFileError(f"{name}:{number}: not UTF-8 (byte {error.start + 1} of the line)") from error


def _split(text: str, place: str) -> list[str]:
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error as error:
        raise DataFileError(f"{place}: not a line of CSV: {error}") from error
    return rows[0] if rows else []


def _join(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def _read(cells: list[str], place: str) -> Verdict:
    if len(cells) != len(COLUMNS):
        raise DataFileError(f"{place}: {len(cells)} cells where {len(COLUMNS)} are expected: {','.join(COLUMNS)}")
    row = dict(zip(COLUMNS, cells, strict=True))
    choice = next((name for name in CHOICES if name == row["verdict"]), None)
    if choice is None:
        raise DataFileError(
            f"{place}: the verdict is {', '.join(CHOICES[:-1])} or {CHOICES[-1]}, not {row['verdict'][:40]!r}"
        )
    for side in ("left", "right"):
        if not (is_iri(row[side]) and row[side].startswith(ID)):
            raise DataFileError(f"{place}: {side} is no IRI of a thing ({ID}…): {row[side][:80]!r}")
    if not row["who"].strip():
        raise DataFileError(f"{place}: it does not say who decided")
    _check_sides(row["left"], row["right"], choice, place)
    moment = _moment(row["when"], place)
    texts = {name: _text(row[name]) for name in ("who", "why", "left_label", "right_label")}
    return Verdict(row["left"], row["right"], choice, when=moment, **texts)


def _check_sides(left: str, right: str, choice: str, place: str) -> None:
    if left == right:
        raise DataFileError(f"{place}: left and right are the same IRI")
    if is_source(left) or (is_source(right) and choice not in {"split", "withdrawn", "undone"}):
        raise DataFileError(f"{place}: a source is no thing; only a split has one, on the right")
    if choice == "split" and not is_source(right):
        raise DataFileError(f"{place}: a split has the IRI of a source ({ID}source/…) on the right")


def _moment(text: str, place: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise DataFileError(f"{place}: when is no moment with time zone (2026-11-25T04:30:00.000Z): {text[:40]!r}")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise DataFileError(f"{place}: when is out of range: {text[:40]!r}") from error


def _cell(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    flat = _flatten(text)
    return f"'{flat}" if _FORMULA.match(flat) else flat


def _text(cell: str) -> str:
    """What ``_cell`` was made of."""
    return _flatten(cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell)


def _flatten(text: str) -> str:
    """Controls and line ends as spaces, cut to a length."""
    if text.isprintable() and len(text) <= LONGEST_TEXT and "  " not in text:
        return text.strip(" ")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST_TEXT]
