"""``migkg build``, ``migkg remove`` and ``migkg info``: filling, emptying and describing a store."""

import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.engines import chosen_engine, engine_options
from migkg.cli.extractors import chosen_extractor, extractor_options, say_dropped
from migkg.cli.lines import align_lines, one_line
from migkg.cli.options import selection_options, store_options

if TYPE_CHECKING:
    from migkg.build import Report, Summary

# Themes that are listed, the most frequent first.
MOST_THEMES = 10
Lines = list[tuple[str, str]]


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@store_options()
@selection_options
@extractor_options
@engine_options
def build(sources: tuple[str, ...], store: Path, people: str, min_confidence: float, verdicts: Path | None) -> int:
    """Read documents and put what they say into a store.

    A SOURCE is a file, a folder, a glob, a URL, or - for standard input. What is unchanged since the last run is not
    read again; what has changed takes the place of its old version. Exit code 1 when something was skipped.

    \b
    Examples:
      migkg build data/samples --store migkg-store
      migkg build 'releases/**/*.html' --people roles
      curl -s https://example.org/release.html | migkg build -
      migkg build releases --engine dask:tcp://10.0.0.5:8786
    """
    from migkg.build import build as run
    from migkg.build.places import read_rulings, remember_verdicts
    from migkg.cli.progress import show_progress

    extractor = chosen_extractor()
    rulings = read_rulings(store, verdicts)
    total = _count(sources)
    with chosen_engine(total, extractor) as engine, show_progress("reading", total) as done:
        report = run(sources, store, people, done, min_confidence, extractor, rulings, engine)  # type: ignore[arg-type]  # one of PEOPLE
    remember_verdicts(store, verdicts)
    _say_lines([*_read_lines(report), *say_dropped(extractor)], report)
    if rulings and rulings.contradictions:
        count = len(rulings.contradictions)
        click.echo(
            f"{count} contradictions among verdicts; the pairs stay apart: migkg review --contradictions", err=True
        )
    return 1 if report.skipped else 0


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@store_options()
@click.option(
    "--erase/--no-erase",
    default=True,
    show_default=True,
    help="Write the store anew, so that their words are in none of its files; --no-erase is quicker on big stores.",
)
def remove(sources: tuple[str, ...], store: Path, erase: bool) -> int:
    """Take documents out of a store, with all that only they said.

    A SOURCE is what was given to "migkg build" (file, folder, glob, URL), whether or not it still exists, or the IRI of
    a source in the graph. Exit code 1 when the store holds nothing of one of them.

    \b
    Examples:
      migkg remove releases/2013-03-18.html --store migkg-store
      migkg remove 'releases/2012/*' --store migkg-store
    """
    from migkg.build import remove as run

    report = run(sources, store, erase)
    _say_lines([("removed", f"{report.removed:,}")], report)
    return 1 if report.skipped else 0


@click.command()
@store_options()
@click.option(
    "--format", "kind", type=click.Choice(("table", "json")), default="table", show_default=True, help="How to say it."
)
def info(store: Path, kind: str) -> None:
    """Say what a store holds.

    \b
    Example:
      migkg info --store migkg-store
    """
    from migkg.build import summarise
    from migkg.store import open_store

    with closing(open_store(store, read_only=True)) as opened:
        summary = summarise(opened)
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    if kind == "json":
        click.echo(json.dumps({"store": str(store), "bytes": size, **summary.to_json()}, ensure_ascii=False, indent=2))
        return
    for line in align_lines(_info_lines(summary, store, size)):
        click.echo(line)


def _count(sources: Iterable[str]) -> int:
    from migkg.sources import list_sources

    return sum(1 for _ in list_sources(sources))


def _read_lines(report: "Report") -> Lines:
    return [
        ("new", f"{report.added:,}"),
        ("replaced", f"{report.replaced:,}"),
        ("unchanged", f"{report.unchanged:,}"),
        ("mentions read", f"{report.mentions:,}"),
        ("claims read", f"{report.claims:,}"),
    ]


def _say_lines(lines: Lines, report: "Report") -> None:
    """The summary of a run, on standard error, what was skipped at its end."""
    lines = [
        *lines,
        ("documents in the store", f"{report.documents:,}"),
        *_entity_lines(report.entities),
        ("skipped", f"{len(report.skipped):,}"),
        ("seconds", f"{report.seconds:.1f}"),
    ]
    for line in align_lines(lines):
        click.echo(line, err=True)
    for skip in report.skipped:
        click.echo(f"skipped {one_line(skip.source)}: {one_line(skip.reason)}", err=True)


def _info_lines(summary: "Summary", store: Path, size: int) -> Lines:
    dated = f"{summary.dated:,} ({summary.dated / summary.documents:.0%})" if summary.documents else "0"
    return [
        ("store", str(store)),
        ("size on disk", f"{size / 1e6:,.1f} MB"),
        ("documents", f"{summary.documents:,}"),
        ("  dated", dated),
        *((f"  {name}", f"{number:,}") for name, number in (summary.kinds | summary.languages).items()),
        ("claims", f"{sum(summary.claims.values()):,}"),
        *((f"  {name}", f"{number:,}") for name, number in summary.claims.items()),
        *((f"  {name}", f"{number:,}") for name, number in summary.relations.items()),
        ("themes", f"{len(summary.themes):,}"),
        *((f"  {name}", f"{number:,}") for name, number in list(summary.themes.items())[:MOST_THEMES]),
        *_entity_lines(summary.entities),
    ]


def _entity_lines(entities: dict[str, int]) -> Lines:
    total = ("entities in the store", f"{sum(entities.values()):,}")
    return [total, *((f"  {name}", f"{number:,}") for name, number in entities.items())]
