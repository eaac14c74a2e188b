"""What the commands share that answer with a table in the terminal and with a page in a file."""

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.options import Command
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.store.base import Term

FORMATS = ("table", "csv", "json", "html")
_BY_SUFFIX = {".csv": "csv", ".json": "json", ".html": "html", ".htm": "html"}
Cell = str | int | float | None


def page_options(command: Command, formats: Sequence[str] = FORMATS) -> Command:
    """Add ``--lang``, ``--title``, ``--format`` and ``-o`` to a command; its function gets ``kind`` for the format."""
    suffixes = "By default the suffix of FILE decides; else it is a table."
    options = (
        click.option(
            "--lang",
            type=click.Choice(("en", "fr", "es")),
            default="en",
            show_default=True,
            help="Language of names and of the page.",
        ),
        click.option("--title", help="Heading of the page."),
        click.option("--format", "kind", type=click.Choice(formats), help=suffixes),
        click.option(
            "-o",
            "--output",
            metavar="FILE",
            default="-",
            help="Where the answer goes; FILE.html is the page.  [default: standard output]",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def deliver(
    output: str,
    kind: str | None,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    page: Callable[[], str],
    notes: Iterable[str],
) -> None:
    """Write an answer in the format that was asked for, and on standard error what it was taken from.

    Args:
        output: name of a file, or ``-``.
        kind: one of ``FORMATS``; ``None``: by the suffix of the file.
        columns, rows: the table; a column whose name ends in ``Iri`` holds addresses of the graph.
        page: makes the page.
        notes: lines such as how many documents were read.

    Raises:
        UsageError: the suffix of the file says no format.
    """
    suffix = Path(output).suffix.casefold()
    if kind is None and output != "-" and suffix not in _BY_SUFFIX:
        raise UsageError(f"{output}: give --format, or a file that ends in {', '.join(sorted(_BY_SUFFIX))}")
    chosen = kind or _BY_SUFFIX.get(suffix, "table")
    data = page() if chosen == "html" else _table(chosen, columns, rows, output == "-" and sys.stdout.isatty())
    if output == "-":
        click.echo(data.encode("utf-8", "replace"), nl=False)
    else:
        from migkg.files import replace_file

        with replace_file(Path(output)) as file:
            file.write(data.encode("utf-8", "replace"))  # half characters, as names of files may hold
    for note in notes:
        click.echo(note, err=True)


def read_note(read: dict[str, object]) -> str:
    """What was read, in one line: documents, how many are dated, languages."""
    languages = read.get("languages")
    spoken = ", ".join(f"{code} {count}" for code, count in languages.items()) if isinstance(languages, dict) else ""
    return f"documents read {read['documents']}, {read['dated']} of them dated; {spoken or 'no language'}"


def _table(kind: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], terminal: bool) -> str:
    if kind == "json":
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    from migkg.query.parameters import shorten
    from migkg.render.table import to_csv, to_table
    from migkg.store.base import Rows

    terms = (tuple(_term(cell, name) for cell, name in zip(row, columns, strict=True)) for row in rows)
    answer = Rows(tuple(columns), tuple(terms))
    if kind == "csv":
        return to_csv(answer)
    return to_table(answer, shutil.get_terminal_size().columns if terminal else None, shorten, terminal)


def _term(cell: Cell, column: str) -> "Term | None":
    from migkg.rdf.namespaces import XSD
    from migkg.store.base import Term

    if cell is None or cell == "":
        return None
    if column.endswith("Iri"):
        return Term("uri", str(cell))
    kinds = {int: f"{XSD}integer", float: f"{XSD}decimal"}
    return Term("literal", f"{cell:.12g}" if isinstance(cell, float) else str(cell), datatype=kinds.get(type(cell)))
