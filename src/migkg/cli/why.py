"""``migkg why``: why a thing of the graph is one thing."""

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.options import store_options
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.build.why import Match

FORMATS = ("table", "json")


@click.command()
@click.argument("entity")
@store_options()
@click.option("--verdicts", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The verdict file.  [default: the one the store knows, else DIR.verdicts.csv]")  # fmt: skip
@click.option("--format", "kind", type=click.Choice(FORMATS), default="table", show_default=True, help="How to say it.")
@click.option("--all", "all_of_it", is_flag=True, help="Show every source, not only the first ones.")
def why(entity: str, store: Path, verdicts: Path | None, kind: str, all_of_it: bool) -> int:
    """Say why a thing is one thing: who speaks of it, and by which evidence or verdict it was brought together.

    ENTITY is an IRI, the end of one (org/iom), or a name in any language. Where several things bear the name, they are
    listed. Also shown: what the authority tables know of it, and what was nearly merged with it.

    \b
    Examples:
      migkg why 'Ministry of Public Security' --store migkg-store
      migkg why org/iom --store migkg-store --format json
    """
    from migkg.build.why import explain, find_things

    matches = find_things(store, entity)
    if not matches:
        raise UsageError(f"the store {store} knows nothing by the name or IRI {entity!r}")
    chosen = matches if kind == "json" or len(matches) == 1 else []
    explanations = explain(store, [match.iri for match in chosen], verdicts, all_of_it)
    if kind == "json":
        shown = [explanation.to_json() for explanation in explanations]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1).encode() + b"\n", nl=False)
        return 0
    if not chosen:
        click.echo(_list(matches).encode(), nl=False)
        click.echo(f"({len(matches)} things bear this name; ask again with one of the IRIs)", err=True)
        return 0
    from migkg.render.why import show_explanation

    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    for explanation in explanations:
        click.echo(show_explanation(explanation, width, terminal, all_of_it).encode(), nl=False)
    return 0


def _list(matches: "list[Match]") -> str:
    from migkg.query.parameters import shorten
    from migkg.render.table import to_table
    from migkg.store.base import Rows, Term

    integer = "http://www.w3.org/2001/XMLSchema#integer"
    rows = tuple(
        (
            Term("uri", match.iri),
            Term("literal", match.label),
            Term("literal", match.type),
            Term("literal", match.country),
            Term("literal", str(match.sources), None, integer),
        )
        for match in matches
    )
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    return to_table(Rows(("thing", "name", "type", "country", "sources"), rows), width, shorten, terminal)
