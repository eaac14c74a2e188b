"""``migkg update``: fetching what is new or changed of some sources, and reading only that into a store."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.engines import chosen_engine, engine_options
from migkg.cli.extractors import chosen_extractor, extractor_options, say_dropped
from migkg.cli.lines import align_lines, one_line
from migkg.cli.options import selection_options, store_options
from migkg.errors import MigkgError, UsageError

if TYPE_CHECKING:
    from migkg.build import Report
    from migkg.build.upkeep import Change, Plan
    from migkg.fetch import Report as Fetched
    from migkg.model.verdict import Rulings


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--all", "all_of_them", is_flag=True, help="Every source that has a folder in the archive.")
@store_options()
@click.option(
    "--archive",
    type=click.Path(path_type=Path, file_okay=False),
    default="fetched",
    show_default=True,
    metavar="DIR",
    help="The folder with a folder for each source, as migkg fetch keeps them.",
)
@click.option(
    "--contact",
    envvar="MIGKG_CONTACT",
    metavar="ADDRESS",
    help="Your e-mail or web address, which the sites are told; or $MIGKG_CONTACT. Needed to fetch.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Ask for N pages of a source at most; the next run goes on after them.",
)
@click.option("--again", is_flag=True, help="Ask for every page, also those that were asked for not long ago.")
@click.option("--no-fetch", is_flag=True, help="Send nothing: read what is kept already.")
@click.option("--dry-run", is_flag=True, help="Only say which pages would be read; sends and changes nothing.")
@selection_options
@extractor_options
@engine_options
def update(
    sources: tuple[str, ...],
    all_of_them: bool,
    store: Path,
    archive: Path,
    contact: str | None,
    limit: int | None,
    again: bool,
    no_fetch: bool,
    dry_run: bool,
    people: str,
    min_confidence: float,
    verdicts: Path | None,
) -> int:
    """Fetch what is new or changed on some sources, and read only that into a store.

    Each SOURCE is a name that "migkg sources" lists, or the path of a description of your own. Each page that was
    read is one line on standard output: what has become of it (new, changed, withdrawn, back, again), the source
    and the address. Say the same --people and --min-confidence each time. A source that fails stops no other; it is
    listed, and the exit code is 1. A run that was stopped is simply started again.

    \b
    Examples:
      migkg update iom-en iom-fr iom-es --contact you@example.org --store migkg-store
      migkg update --all --no-fetch --dry-run
      MIGKG_CONTACT=you@example.org migkg update --all --limit 200
    """
    folders = _find_folders(sources, archive, all_of_them)
    is_silent = no_fetch or dry_run
    failed = {} if is_silent else _fetch_all(folders, contact, limit, again)
    if dry_run:
        return _say_plan(list(folders.values()), store, people, min_confidence)
    plan, report, dropped = _read(list(folders.values()), store, people, min_confidence, verdicts)
    _say_changes(plan.changes)
    _say_report(plan, report, dropped)
    for source, reason in failed.items():
        click.echo(f"failed {one_line(source)}: {one_line(reason)}", err=True)
    return 1 if failed or report.skipped else 0


def _find_folders(sources: tuple[str, ...], archive: Path, all_of_them: bool) -> dict[str, Path]:
    """The folder of each source, by what the user called it."""
    from migkg.sources.fetched import INDEX
    from migkg.sources.sites import find_site

    if bool(sources) == all_of_them:
        raise UsageError("name the sources to update, or say --all for those in the archive")
    if all_of_them:
        folders = {path.parent.name: path.parent for path in sorted(archive.glob(f"*/{INDEX}"))}
        if not folders:
            raise UsageError(f"nothing was fetched into {archive} yet; name the sources to begin with")
        return folders
    return {source: archive / find_site(source).name for source in sources}


def _fetch_all(folders: dict[str, Path], contact: str | None, limit: int | None, again: bool) -> dict[str, str]:
    """Fetch the sources one after the other; those that failed, and why."""
    from migkg.cli.progress import show_progress
    from migkg.fetch import fetch
    from migkg.fetch.run import agent_of
    from migkg.sources.sites import find_site

    if contact is None:
        raise UsageError("say with --contact whom the sites can write to; --no-fetch reads what is kept already")
    agent_of(contact)
    failed: dict[str, str] = {}
    for source, folder in folders.items():
        try:
            with show_progress(f"fetching {folder.name}", None) as done:
                report = fetch(find_site(source), folder, contact, again, limit, done)
        except MigkgError as error:
            failed[source] = str(error)
            continue
        _say_fetched(source, report)
        if report.stopped or report.skipped:
            failed[source] = report.stopped or f"{len(report.skipped):,} addresses were skipped"
    return failed


def _read(
    folders: list[Path], store: Path, people: str, min_confidence: float, verdicts: Path | None
) -> "tuple[Plan, Report, list[tuple[str, str]]]":
    from migkg.build.places import read_rulings, remember_verdicts
    from migkg.build.reading import Kept
    from migkg.build.upkeep import plan_update, update
    from migkg.cli.progress import show_progress

    extractor = chosen_extractor()
    kept = Kept(people, min_confidence, extractor)  # type: ignore[arg-type]  # one of PEOPLE
    rulings: Rulings | None = read_rulings(store, verdicts)
    total = len(plan_update(folders, store, kept).versions)
    with chosen_engine(total, extractor) as engine, show_progress("reading", total) as done:
        plan, report = update(folders, store, kept, done, rulings, engine)
    remember_verdicts(store, verdicts)
    return plan, report, say_dropped(extractor)


def _say_plan(folders: list[Path], store: Path, people: str, min_confidence: float) -> int:
    from migkg.build.reading import Kept
    from migkg.build.upkeep import plan_update

    kept = Kept(people, min_confidence, chosen_extractor())  # type: ignore[arg-type]  # one of PEOPLE
    plan = plan_update(folders, store, kept)
    _say_changes(plan.changes)
    for line in align_lines(_change_lines(plan.changes)):
        click.echo(line, err=True)
    for skip in plan.skipped:
        click.echo(f"skipped {one_line(skip.source)}: {one_line(skip.reason)}", err=True)
    return 1 if plan.skipped else 0


def _say_changes(changes: "list[Change]") -> None:
    """The pages, a line each, on standard output."""
    for change in changes:
        click.echo("\t".join((change.kind, one_line(change.folder.name), one_line(change.url))))
    sys.stdout.flush()


def _change_lines(changes: "list[Change]") -> list[tuple[str, str]]:
    counts = Counter(change.kind for change in changes)
    return [
        ("new", f"{counts['new']:,}"),
        ("changed", f"{counts['changed']:,}"),
        ("withdrawn", f"{counts['withdrawn']:,}"),
        ("back", f"{counts['back']:,}"),
        ("read again", f"{counts['again']:,}"),
    ]


def _say_fetched(source: str, report: "Fetched") -> None:
    """One line on a source, on standard error, and what of it was skipped."""
    asked = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    left = f", {report.left:,} left for the next run" if report.left else ""
    click.echo(f"fetched {one_line(source)}: {asked}{left}; {report.requests:,} requests", err=True)
    for skip in report.skipped:
        click.echo(f"skipped {one_line(skip.source)}: {one_line(skip.reason)}", err=True)


def _say_report(plan: "Plan", report: "Report", dropped: list[tuple[str, str]]) -> None:
    """The summary of a run, on standard error, what was skipped at its end."""
    lines = [
        *_change_lines(plan.changes),
        ("merged with others", f"{report.removed:,}"),
        ("claims read", f"{report.claims:,}"),
        *dropped,
        ("documents in the store", f"{report.documents:,}"),
        ("entities in the store", f"{sum(report.entities.values()):,}"),
        ("skipped", f"{len(report.skipped):,}"),
        ("seconds", f"{report.seconds:.1f}"),
    ]
    for line in align_lines(lines):
        click.echo(line, err=True)
    for skip in report.skipped:
        click.echo(f"skipped {one_line(skip.source)}: {one_line(skip.reason)}", err=True)
