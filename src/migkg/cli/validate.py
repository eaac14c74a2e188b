"""``migkg validate``: the graph against the shapes of the ontology."""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.options import open_reading, store_options
from migkg.cli.progress import show_progress
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.validation import Outcome


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@store_options(read=True)
@click.option(
    "--limit", type=click.IntRange(min=0), default=10, show_default=True, help="Places shown for each shape; 0: all."
)
def validate(files: tuple[str, ...], store: Path, endpoint: str | None, limit: int) -> int:
    """Check the graph against the shapes of the ontology.

    The graph is that of the store or endpoint, or that of RDF files (Turtle, N-Triples, N-Quads, TriG, JSON-LD,
    RDF/XML; "-" reads Turtle from standard input). Each finding says what to do and shows the words of the source.
    Exit code 0 when the graph conforms (warnings are allowed), 1 when it does not.

    \b
    Example:
      migkg validate --store migkg-store
      migkg validate out/graph.ttl
    """
    from migkg.render.report import report_lines

    outcome = _check_files(files) if files else _check_store(store, endpoint)
    for line in report_lines(outcome.found, limit):
        click.echo(line)
    click.echo(_summary(outcome))
    return 0 if outcome.conforms else 1


def _check_files(files: tuple[str, ...]) -> "Outcome":
    from migkg.validation import form_of, validate_files

    context = click.get_current_context()
    for name in ("store", "endpoint"):
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise UsageError(f"give either files or --{name}, not both")
    for file in files:
        form_of(file)
    return validate_files([(file, _read(file)) for file in files])


def _read(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: is not UTF-8, as RDF files are (byte {error.start + 1})") from error


def _check_store(store: Path, endpoint: str | None) -> "Outcome":
    from migkg.validation import validate_store

    with closing(open_reading(store, endpoint)) as opened:
        total = sum(1 for _ in opened.graphs()) if sys.stderr.isatty() else None
        with show_progress("checking", total) as done:
            return validate_store(opened, done)


def _summary(outcome: "Outcome") -> str:
    violations, warnings = outcome.count("violation"), outcome.count("warning")
    looked = f"{outcome.triples:,} triples of {outcome.sources:,} source{'s' if outcome.sources != 1 else ''}"
    if not outcome.triples:
        return "There is nothing to check: the graph is empty."
    verdict = "The graph conforms" if outcome.conforms else "The graph does not conform"
    return (
        f"{verdict}: {violations:,} violation{'s' if violations != 1 else ''} and "
        f"{warnings:,} warning{'s' if warnings != 1 else ''} in {looked}."
    )
