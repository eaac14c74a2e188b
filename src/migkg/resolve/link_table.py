"""Files of links: one link a line, as CSV that people read, correct and keep in git."""

import csv
import datetime
import io
import re
from collections.abc import Iterable
from pathlib import Path

from migkg.errors import DataFileError, UsageError
from migkg.files import replace_file
from migkg.lines import is_iri
from migkg.model.identifiers import ID
from migkg.model.link import MATCHES, Link

COLUMNS = ("iri", "label", "authority", "identifier", "name", "match", "score", "why", "source", "date")
LARGEST = 64 * 1024 * 1024
_FORMULA = re.compile(r"'*[=+\-@]")  # what a spreadsheet would run, with or without our apostrophe before it
_LONGEST = 1_000
_ADDRESS = re.compile(r"https?://[^\s/]+/\S*")
_SUFFIX = ".links.csv"


def default_path(store: Path) -> Path:
    """Where the links of a store are kept unless another file is named: beside it, so that they outlive it."""
    folder = store.absolute()
    return folder.with_name(folder.name + _SUFFIX)


def is_address(text: str) -> bool:
    """Whether a text is an http or https IRI that can stand in the graph."""
    return bool(_ADDRESS.fullmatch(text)) and is_iri(text) and len(text) <= _LONGEST


def load_links(path: Path) -> tuple[Link, ...]:
    """All links of a file, in its order; none when there is no file.

    Raises:
        UsageError: this is no file that can be read.
        DataFileError: a line is malformed; the message has file, line and reason.
    """
    try:
        if path.exists() and path.stat().st_size > LARGEST:
            raise UsageError(f"the links {path} are larger than {LARGEST >> 20} MB")
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UsageError(f"the links {path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path}: not UTF-8 (byte {error.start + 1})") from error
    return tuple(_read_rows(text, path))


def save_links(path: Path, links: Iterable[Link]) -> None:
    """Write a file of links, sorted, as a whole or not at all.

    Raises:
        MigkgError: the file cannot be written.
    """
    with replace_file(path) as file:
        file.write(write_links(links).encode())


def write_links(links: Iterable[Link]) -> str:
    """The text of a file of links: by thing, the best first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for link in sorted(links, key=_order):
        cells = (link.iri, link.label, link.authority, link.identifier, link.name, link.match)
        writer.writerow([*map(_cell, cells), f"{link.score:.2f}", *map(_cell, (link.why, link.source, link.date))])
    return text.getvalue()


def merge_links(kept: Iterable[Link], found: Iterable[Link]) -> tuple[Link, ...]:
    """Both together. Of two lines for one thing and identifier the kept one stands: a person may have changed it."""
    lines = {(link.iri, link.identifier): link for link in found}
    lines |= {(link.iri, link.identifier): link for link in kept}
    return tuple(sorted(lines.values(), key=_order))


def _order(link: Link) -> tuple[object, ...]:
    return link.iri, MATCHES.index(link.match), -link.score, link.identifier


def _read_rows(text: str, path: Path) -> Iterable[Link]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = True
    try:
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            if header:
                header = False
                if tuple(cells) != COLUMNS:
                    raise DataFileError(f"{path}:{reader.line_num}: the first line is {','.join(COLUMNS)}")
                continue
            yield _read_row(cells, f"{path}:{reader.line_num}")
    except csv.Error as error:
        raise DataFileError(f"{path}:{reader.line_num}: not a line of CSV: {error}") from error


def _read_row(cells: list[str], place: str) -> Link:
    if len(cells) != len(COLUMNS):
        raise DataFileError(f"{place}: {len(cells)} cells where {len(COLUMNS)} are expected: {','.join(COLUMNS)}")
    row = {name: _text(cell) for name, cell in zip(COLUMNS, cells, strict=True)}
    match = next((name for name in MATCHES if name == row["match"].strip().lower()), None)
    if match is None:
        raise DataFileError(f"{place}: match is one of {', '.join(MATCHES)}, not {row['match'][:40]!r}")
    if not (row["iri"].startswith(ID) and is_iri(row["iri"])):
        raise DataFileError(f"{place}: iri is no IRI of a thing ({ID}…): {row['iri'][:80]!r}")
    if not is_address(row["identifier"]) or row["identifier"].startswith(ID):
        raise DataFileError(f"{place}: identifier is no http or https IRI of a register: {row['identifier'][:80]!r}")
    try:
        score = float(row["score"])
        datetime.date.fromisoformat(row["date"])
    except ValueError as error:
        raise DataFileError(f"{place}: the score is a number and the date a day (2026-11-25)") from error
    if not 0 <= score <= 1:
        raise DataFileError(f"{place}: the score is from 0 to 1")
    texts = {name: row[name] for name in ("iri", "label", "authority", "identifier", "name", "why", "source", "date")}
    return Link(match=match, score=score, **texts)


def _cell(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    flat = _flatten(text)
    return f"'{flat}" if _FORMULA.match(flat) else flat


def _text(cell: str) -> str:
    """What ``_cell`` was made of."""
    return _flatten(cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell)


def _flatten(text: str) -> str:
    """Controls and line ends as spaces, cut to a length."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST]
