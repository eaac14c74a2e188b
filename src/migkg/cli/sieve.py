"""``migkg sieve``: from big archives to a small one with what is in a language that is read and on migration."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from migkg.sources.sieve import Sieve
    from migkg.sources.sieved_files import Writer


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="An archive (.warc.gz) that build reads, or JSON Lines (.jsonl).  [default: JSON Lines to standard output]",
)
def sieve(sources: tuple[str, ...], output: Path | None) -> int:
    """Keep the texts of archives that are in English, French or Spanish and on migration.

    A SOURCE is a WET, WARC or WACZ file, or whatever else build takes. Nothing is extracted: the stems and limits of
    data/sieve.yaml decide, then the words of themes. Exit code 1 when an archive is broken or something else skipped.

    \b
    Examples:
      migkg sieve CC-MAIN-*.warc.wet.gz -o on-migration.warc.gz
      migkg build on-migration.warc.gz --store migkg-store
      migkg sieve crawl.warc.gz | jq -r .url
    """
    from migkg.errors import SourceSkip
    from migkg.model import Skip
    from migkg.sources import Raw, list_sources, open_source
    from migkg.sources.sieve import Sieve

    sieve, skipped = Sieve(), 0
    with _output(output) as (out, write):
        for source in list_sources(sources):
            for item in [source] if isinstance(source, Skip) else open_source(source):
                if isinstance(item, Skip):
                    skipped += 1
                    click.echo(f"skipped {item.source}: {item.reason}", err=True)
                elif isinstance(item, Raw):
                    try:
                        found = sieve.admit(item)
                    except SourceSkip as skip:
                        skipped += 1
                        click.echo(f"skipped {item.source}: {skip}", err=True)
                        continue
                    if found:
                        write(found, out)
    _say(sieve, skipped)
    return 1 if skipped else 0


@contextmanager
def _output(path: Path | None) -> "Iterator[tuple[BinaryIO, Writer]]":
    """Where the texts go, and the form in which they are written.

    Raises:
        UsageError: the name of the file is that of no form that can be written.
    """
    from migkg.errors import UsageError
    from migkg.files import replace_file
    from migkg.sources.sieved_files import write_line, write_record

    if path is None:
        yield sys.stdout.buffer, write_line
        return
    if not path.name.endswith((".warc.gz", ".wet.gz", ".jsonl")):
        raise UsageError(f"{path}: the name of the output is to end in .warc.gz or .jsonl")
    with replace_file(path) as file:
        yield file, write_line if path.suffix == ".jsonl" else write_record


def _say(sieve: "Sieve", skipped: int) -> None:
    total = sum(sieve.counts.values())
    lines = [("texts", total), ("passed", sieve.counts["passed"]), ("in another language", sieve.counts["language"])]
    lines += [("on something else", sieve.counts["matter"]), ("unreadable", sieve.counts["unreadable"])]
    for name, number in [*lines, ("skipped", skipped)]:
        click.echo(f"{name:<22}{number:>12,}", err=True)
    click.echo(f"{'megabytes':<22}{sieve.bytes / 1e6:>12,.1f}", err=True)
