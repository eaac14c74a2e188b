"""``migkg link``: looking for the things of a store in registers, and taking what a person has accepted."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.options import store_options
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.link import Outcome, Register, Thing
    from migkg.model.link import Link

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    epilog="""\b
Examples:
  migkg link --ror v1.63-2025-04-03-ror-data.zip --store migkg-store
  migkg link --service https://example.org/reconcile --kind Government=government
  migkg link --sparql https://example.org/sparql --query labels.rq -o links.csv
  migkg link --take --store migkg-store
"""
)
@store_options()
@click.option("--ror", metavar="FILE", type=_FILE, help="Look in a data dump of ROR (JSON, or the ZIP that holds it).")
@click.option("--service", metavar="URL", help="Ask a service that speaks the Reconciliation Service API 0.1 or 0.2.")
@click.option("--sparql", metavar="URL", help="Ask a SPARQL endpoint for things of the same name.")
@click.option(
    "--take", is_flag=True, help="Put the exact and close links of the file into the graph, instead of asking."
)
@click.option(
    "-o",
    "--links",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="The file of links; - writes to standard output. [default: beside the store, STORE.links.csv]",
)
@click.option(
    "--types",
    metavar="TYPE,...",
    multiple=True,
    help="Types of things to look for; 'actor' is all eight. [default: actor]",
)
@click.option(
    "--kind",
    "kinds",
    metavar="TYPE=ID",
    multiple=True,
    help="What a type is called by the service or endpoint (an identifier or IRI of a class); may be repeated.",
)
@click.option("--country-property", metavar="ID", help="The property of the service that a country is asked for by.")
@click.option(
    "--query", "query_file", metavar="FILE", type=_FILE, help="The SELECT for --sparql, with {{labels}} in it."
)
@click.option(
    "--delay", type=click.FloatRange(0, 3600), default=1.0, show_default=True, help="Seconds between two requests."
)
@click.option(
    "--timeout", type=click.FloatRange(1, 3600), default=30.0, show_default=True, help="Seconds for one request."
)
@click.option("--refresh", is_flag=True, help="Ask again what was asked before, instead of reading the kept answers.")
def link(
    store: Path,
    ror: Path | None,
    service: str | None,
    sparql: str | None,
    take: bool,
    file: Path | None,
    types: tuple[str, ...],
    kinds: tuple[str, ...],
    country_property: str | None,
    query_file: Path | None,
    delay: float,
    timeout: float,
    refresh: bool,
) -> int:
    """Look for the things of a store in a register, and propose links to its entries.

    Give one of --ror, --service, --sparql and --take. What is found goes into a file of links, one a line, for you to
    read: exact, close and refused are yours to set, proposed waits. Lines that the file already has stay as they are.
    --take then puts the exact and close ones into the graph; no link enters it otherwise.

    A service or endpoint is sent names, types and countries of things, never names of persons. Exit code 1 when
    something was skipped.
    """
    if sum(map(bool, (ror, service, sparql, take))) != 1:
        raise UsageError("give one of --ror, --service, --sparql and --take")
    if take:
        return _take(store, file)
    named = _read_kinds(kinds)
    things = _read_things(store, types)
    with _register(store, ror, service, sparql, (named, country_property, query_file), (delay, timeout), refresh) as at:
        outcome = _look(things, at)
    _write(store, file, outcome)
    return 1 if outcome.skipped else 0


def _take(store: Path, file: Path | None) -> int:
    from migkg.build.links import take_links
    from migkg.resolve.link_table import default_path

    path = file or default_path(store)
    if not path.exists():
        raise UsageError(f"there is no file of links at {path}; make one with --ror, --service or --sparql")
    report = take_links(path, store)
    click.echo(f"{path}: {report.added:,} links taken, {report.removed:,} taken out", err=True)
    return 0


@contextmanager
def _register(
    store: Path,
    ror: Path | None,
    service: str | None,
    sparql: str | None,
    asked: "tuple[dict[str, frozenset[str]], str | None, Path | None]",
    pace: tuple[float, float],
    refresh: bool,
) -> Iterator["Register"]:
    """The register that was named."""
    from migkg.link.asking import Manners
    from migkg.link.cache import Cache, cache_path
    from migkg.link.ror import RorDump

    kinds, country_property, query_file = asked
    if ror:
        yield RorDump(ror)
        return
    manners = Manners(delay=pace[0], timeout=pace[1])
    with closing(Cache(cache_path(store), refresh)) as cache:
        if service:
            from migkg.link.reconciliation import ReconciliationService

            yield ReconciliationService(service, cache, manners, kinds, country_property)
        elif sparql:
            from migkg.link.endpoint import Endpoint

            yield Endpoint(sparql, cache, manners, _read_query(query_file), kinds)


def _read_things(store: Path, types: tuple[str, ...]) -> "list[Thing]":
    from migkg.link import read_things
    from migkg.model.vocabulary import ACTOR_TYPES
    from migkg.store import open_store

    wanted = {name.strip() for names in types for name in names.split(",") if name.strip()} or {"actor"}
    if "actor" in wanted:
        wanted = (wanted - {"actor"}) | ACTOR_TYPES
    with closing(open_store(store, read_only=True)) as opened:
        return read_things(opened, frozenset(wanted))


def _look(things: "list[Thing]", register: "Register") -> "Outcome":
    from migkg.cli.progress import show_progress
    from migkg.link import link as run

    with show_progress("looking", len(things)) as done:
        return run(things, register, progress=done)


def _write(store: Path, file: Path | None, outcome: "Outcome") -> None:
    from migkg.resolve.link_table import default_path, load_links, merge_links, save_links, write_links

    path = file or default_path(store)
    if str(path) == "-":
        click.echo(write_links(outcome.links), nl=False)
    else:
        save_links(path, merge_links(load_links(path), outcome.links))
        click.echo(f"links written to {path}", err=True)
    _say(outcome.links, outcome)


def _say(links: "list[Link]", outcome: "Outcome") -> None:
    from migkg.model.link import MATCHES

    click.echo(f"things looked for  {outcome.asked:,}", err=True)
    for match in MATCHES[:3]:
        click.echo(f"{match:<17}  {sum(link.match == match for link in links):,}", err=True)
    for reason, number in sorted(outcome.skipped.items()):
        line = "".join(c if c.isprintable() else " " for c in reason)
        click.echo(f"skipped {number:,}: {line}", err=True)


def _read_kinds(kinds: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Entity types by what a register calls them."""
    from migkg.link import LINKABLE

    found: dict[str, frozenset[str]] = {}
    for pair in kinds:
        name, equals, identifier = (part.strip() for part in pair.partition("="))
        if not equals or not identifier or name not in LINKABLE:
            raise UsageError(f"--kind is TYPE=ID, with a type of {', '.join(sorted(LINKABLE))}; not {pair!r}")
        found[identifier] = found.get(identifier, frozenset()) | {name}
    return found


def _read_query(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the query {path} cannot be read: {error}") from error
