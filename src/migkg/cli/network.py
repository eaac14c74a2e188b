"""``migkg network``: measures of the network among actors."""

import json
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.options import input_option, open_input, store_options
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.network.actors import Ties
    from migkg.network.measures import Table
    from migkg.store.base import Rows, Store

MEASURES = ("centrality", "bridges", "communities")
FORMATS = ("table", "csv", "json", "graphml")
_BY_SUFFIX = {".csv": "csv", ".json": "json", ".graphml": "graphml"}


@click.command()
@click.argument("measure", type=click.Choice(MEASURES))
@store_options(read=True)
@input_option
@click.option("--ties", metavar="KIND,...", multiple=True,
              help="Which ties count: direct, meetings, programmes, instruments.  [default: all]")  # fmt: skip
@click.option("--types", metavar="TYPE,...", multiple=True, help="Types of actors to keep.  [default: all]")
@click.option("--resolution", type=click.FloatRange(min=0.01), default=1.0, show_default=True,
              help="Communities: above 1 for more and smaller ones.")  # fmt: skip
@click.option("--pivots", type=click.IntRange(min=0), metavar="N",
              help="Centrality: estimate betweenness from N actors; 0: from all.  [default: by size]")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Start of the methods that draw by lot.")
@click.option(
    "--lang", type=click.Choice(("en", "fr", "es")), default="en", show_default=True, help="Language of names."
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Show the first N rows only.")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Default: by the suffix of FILE, else table.")
@click.option("-o", "--output", metavar="FILE", default="-", help="Default: - (standard output).")
def network(
    measure: str,
    store: Path,
    endpoint: str | None,
    file: Path | None,
    ties: tuple[str, ...],
    types: tuple[str, ...],
    resolution: float,
    pivots: int | None,
    seed: int,
    lang: str,
    limit: int | None,
    kind: str | None,
    output: str,
) -> None:
    """Measure the network among actors: what SPARQL cannot compute.

    \b
    centrality   degree, strength, betweenness, eigenvector and core of each actor
    bridges      bodies that stand between regional processes (question 5)
    communities  groups that are tied more among themselves, and who crosses them (question 25)

    Two actors are tied by what a document states of them (cooperatesWith, funds, memberOf) and by a part that both have
    in one event, programme or agreement. To be at the same meeting is not to cooperate: count kinds apart with --ties.
    The same graph and seed give the same answer. What it was measured on is said on standard error.

    \b
    Examples:
      migkg network bridges --store migkg-store
      migkg network communities --ties meetings --format csv > communities.csv
      migkg network centrality --input graph.ttl -o centrality.graphml
    """
    chosen = kind or _BY_SUFFIX.get(Path(output).suffix.casefold(), "table")
    with closing(open_input(store, endpoint, file)) as opened:
        graph, table = _measure(opened, measure, _split(ties), _split(types), (lang, seed, resolution, pivots))
    _write(output, _show(measure, graph, table, chosen, limit))
    for line in _notes(table, limit):
        click.echo(line, err=True)


def _split(values: tuple[str, ...]) -> list[str]:
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def _measure(
    store: "Store", measure: str, ties: list[str], types: list[str], options: tuple[str, int, float, int | None]
) -> "tuple[Ties, Table]":
    from migkg.network.actors import KINDS, read_actors, tie_actors, tie_processes
    from migkg.network.measures import find_bridges, find_communities, measure_actors
    from migkg.network.projection import parse_types

    if measure == "bridges" and (ties or types):
        raise UsageError("bridges are found by memberships and meetings of processes: --ties and --types do not apply")
    wanted = parse_types(types) if types else frozenset()
    lang, seed, resolution, pivots = options
    actors = read_actors(store, themes=measure == "communities")
    if measure == "bridges":
        graph = tie_processes(actors)
        return graph, find_bridges(actors, graph, lang, seed)
    graph = tie_actors(actors, ties or tuple(KINDS), wanted)
    if measure == "centrality":
        return graph, measure_actors(actors, graph, lang, seed, pivots)
    return graph, find_communities(actors, graph, lang, seed, resolution)


def _show(measure: str, graph: "Ties", table: "Table", kind: str, limit: int | None) -> bytes:
    from migkg.network.formats import write_measures

    if kind == "graphml":
        return write_measures(graph, table)
    rows = table.rows[:limit]
    if kind == "json":
        shown = [dict(zip(table.columns, row, strict=True)) for row in rows]
        said = {"measure": measure, "read": table.summary, "rows": shown}
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
    from migkg.query.parameters import shorten
    from migkg.render.table import to_csv, to_table

    answer = _rows(table, limit)
    if kind == "csv":
        return to_csv(answer).encode()
    terminal = sys.stdout.isatty()
    return to_table(answer, shutil.get_terminal_size().columns if terminal else None, shorten, terminal).encode()


def _rows(table: "Table", limit: int | None) -> "Rows":
    from migkg.rdf.namespaces import XSD
    from migkg.store.base import Rows, Term

    def term(column: int, cell: object) -> "Term | None":
        if cell is None:
            return None
        if column == 0:
            return Term("uri", str(cell))
        kinds = {int: f"{XSD}integer", float: f"{XSD}decimal"}
        return Term("literal", f"{cell:.6f}" if isinstance(cell, float) else str(cell), datatype=kinds.get(type(cell)))

    rows = (tuple(term(column, cell) for column, cell in enumerate(row)) for row in table.rows[:limit])
    return Rows(tuple(table.columns), tuple(rows))


def _write(output: str, data: bytes) -> None:
    if output == "-":
        click.echo(data, nl=False)
        return
    from migkg.files import replace_file

    with replace_file(Path(output)) as file:
        file.write(data)


def _notes(table: "Table", limit: int | None) -> list[str]:
    """What the measures were taken on: a share means little without it."""
    read = dict(table.summary)
    documents, dated, languages = read.pop("documents"), read.pop("dated"), read.pop("languages")
    spoken = ", ".join(f"{code} {number}" for code, number in languages.items()) if isinstance(languages, dict) else ""
    facts = "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in read.items() if value is not None)
    shown = f"{min(limit, len(table.rows))} of {len(table.rows)}" if limit is not None else str(len(table.rows))
    return [f"({shown} rows; documents read {documents}, {dated} of them dated; {spoken})", f"({facts})"]
