"""``migkg fetch`` and ``migkg sources``: fetching the pages of described sources, and the descriptions themselves."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.lines import align_lines, one_line

if TYPE_CHECKING:
    from migkg.fetch import Report
    from migkg.sources.site import Site


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder in which everything is kept.  [default: fetched/SOURCE]",
)
@click.option(
    "--contact",
    envvar="MIGKG_CONTACT",
    required=True,
    metavar="ADDRESS",
    help="Your e-mail or web address, which the site is told so that it can write to you; or $MIGKG_CONTACT.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Ask for N pages at most; the next run goes on after them."
)
@click.option("--again", is_flag=True, help="Ask for every page, also those that were asked for not long ago.")
def fetch(source: str, output: Path | None, contact: str, limit: int | None, again: bool) -> int:
    """Fetch the pages of a source that are new or changed.

    SOURCE is a name that "migkg sources" lists, or the path of a description of your own (a file that ends in .yaml).
    robots.txt is obeyed, one request is made at a time with a pause after it, and all that was read is kept as WARC in
    DIR, which "migkg build DIR" reads. A run that was stopped goes on where it was. Exit code 1 when something was
    skipped, or when the site is not as it is described.

    \b
    Examples:
      migkg fetch iom-en --contact you@example.org --limit 20
      migkg build fetched/iom-en --store migkg-store
      migkg fetch my-source.yaml -o archive --contact https://example.org/about
    """
    from migkg.cli.progress import show_progress
    from migkg.fetch import fetch as run
    from migkg.sources.sites import find_site

    site = find_site(source)
    if not site.shape.tried:
        click.echo(f"{site.name}: described from what is known of the site, not tried against it yet", err=True)
    with show_progress("fetching", None) as done:
        report = run(site, output or Path("fetched") / site.name, contact, again, limit, done)
    _say(report)
    return 1 if report.skipped or report.stopped else 0


def _say(report: "Report") -> None:
    """What a run did, on standard error, what was skipped at its end."""
    lines = [
        ("pages found", f"{report.found:,}"),
        ("new", f"{report.new:,}"),
        ("changed", f"{report.changed:,}"),
        ("unchanged", f"{report.unchanged:,}"),
        ("same as another page", f"{report.identical:,}"),
        ("not asked for again", f"{report.fresh:,}"),
        ("left for the next run", f"{report.left:,}"),
        ("skipped", f"{len(report.skipped):,}"),
        ("requests", f"{report.requests:,}"),
        ("seconds", f"{report.seconds:.1f}"),
    ]
    for line in align_lines(lines):
        click.echo(line, err=True)
    for skip in report.skipped:
        click.echo(f"skipped {one_line(skip.source)}: {one_line(skip.reason)}", err=True)
    if report.stopped:
        click.echo(f"stopped: {one_line(report.stopped)}", err=True)


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
def sources(names: tuple[str, ...]) -> None:
    """List the described sources, or say what the description of some says.

    Each SOURCE is a name, or the path of a description (a file that ends in .yaml), which is checked. The names stand
    first in each line, so that other programs can take them.

    \b
    Examples:
      migkg sources
      migkg sources iom-fr
      migkg sources my-source.yaml
    """
    from migkg.sources.sites import find_site, load_sites

    if not names:
        for line in _columns([_row(site) for site in load_sites().values()]):
            click.echo(line)
        return
    for i, site in enumerate([find_site(name) for name in names]):
        if i:
            click.echo()
        for line in align_lines(_details(site)):
            click.echo(line)


def _row(site: "Site") -> tuple[str, ...]:
    return site.name, " ".join(site.languages), "tried" if site.shape.tried else "not tried", site.title


def _details(site: "Site") -> list[tuple[str, str]]:
    return [
        ("source", site.name),
        ("title", site.title),
        ("publisher", site.publisher),
        ("languages", " ".join(site.languages)),
        ("licence", site.licence),
        ("terms", site.terms or "-"),
        ("shape", site.shape.as_of),
        ("tried", "yes" if site.shape.tried else "no"),
        *((start.kind, start.url) for start in site.starts),
        *(("pages", pattern.pattern) for pattern in site.include),
        ("delay", f"{site.politeness.delay:g} seconds"),
        ("pages expected", f"{site.expected.least:,} to {site.expected.most:,}"),
    ]


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Aligned columns; tabs where another program reads."""
    if not sys.stdout.isatty():
        return ["\t".join(row) for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))] if rows else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
