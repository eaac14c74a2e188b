"""``migkg network``: measures of the network among actors."""

import json
import shutil
import sys
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migkg.cli.options import input_option, open_input, store_options
from migkg.cli.pages import read_note
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.network.actors import Actors, Ties
    from migkg.network.compare import Period
    from migkg.network.measures import Table
    from migkg.store.base import Rows, Store

MEASURES = ("centrality", "bridges", "communities", "pairs", "parts", "report")
FORMATS = ("table", "csv", "json", "graphml", "gexf", "html")
_BY_SUFFIX = {".csv": "csv", ".json": "json", ".graphml": "graphml", ".gexf": "gexf", ".html": "html", ".htm": "html"}
_ADDRESSES = frozenset({"actor", "other", "thing"})  # columns of IRIs


@dataclass(frozen=True, slots=True)
class Choice:
    """What is measured, and how."""

    measure: str
    ties: tuple[str, ...]
    types: frozenset[str]
    weight: str
    alpha: float | None
    resolution: float
    pivots: int | None
    seed: int
    lang: str


def _split(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[str]:
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


@click.command()
@click.argument("measure", type=click.Choice(MEASURES))
@store_options(read=True)
@input_option
@click.option("--ties", metavar="KIND,...", multiple=True, callback=_split,
              help="Which ties count: direct, meetings, programmes, instruments.  [default: all]")  # fmt: skip
@click.option("--types", metavar="TYPE,...", multiple=True, callback=_split,
              help="Types of actors to keep.  [default: all]")  # fmt: skip
@click.option("--weight", type=click.Choice(("count", "newman")), default="count", show_default=True,
              help="A thing in common counts 1, or 1/(n-1) where n actors have a part in it.")  # fmt: skip
@click.option("--by-year", is_flag=True, help="Measure each year, and apart from them what no document dates.")
@click.option("--period", metavar="FIRST..LAST", help="Count only what lies in these years, as 2009..2012.")
@click.option("--alpha", type=click.FloatRange(min=0, max=1, min_open=True), metavar="A",
              help="Pairs: keep the backbone, pairs whose significance is below A.")  # fmt: skip
@click.option("--resolution", type=click.FloatRange(min=0.01), default=1.0, show_default=True,
              help="Communities: above 1 for more and smaller ones.")  # fmt: skip
@click.option("--pivots", type=click.IntRange(min=0), metavar="N",
              help="Centrality: estimate betweenness from N actors; 0: from all.  [default: by size]")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Start of the methods that draw by lot.")
@click.option(
    "--lang", type=click.Choice(("en", "fr", "es")), default="en", show_default=True, help="Language of names."
)
@click.option("--title", help="Report: heading of the page.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Show the first N rows only.")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Default: by the suffix of FILE, else table.")
@click.option("-o", "--output", metavar="FILE", default="-", help="Default: - (standard output).")
def network(
    store: Path,
    endpoint: str | None,
    file: Path | None,
    by_year: bool,
    period: str | None,
    title: str | None,
    limit: int | None,
    kind: str | None,
    output: str,
    **options: Any,
) -> None:
    """Measure the network among actors: what SPARQL cannot compute.

    \b
    centrality   degree, strength, betweenness, eigenvector and core of each actor
    bridges      bodies that stand between regional processes (question 5)
    communities  groups that are tied more among themselves, and who crosses them (question 25)
    pairs        who is tied to whom, and which ties are the backbone of the network
    parts        actors with the events, programmes and agreements that they have a part in (two-mode)
    report       a page: the network of each year, who leads, communities, backbone with sentences

    Two actors are tied by what a document states of them (cooperatesWith, funds, memberOf) and by a part that both have
    in one event, programme or agreement. To be at the same meeting is not to cooperate: count kinds apart with --ties.
    The same graph and seed give the same answer. What it was measured on is said on standard error.

    \b
    Examples:
      migkg network bridges --store migkg-store
      migkg network communities --ties meetings --format csv > communities.csv
      migkg network pairs --weight newman --alpha 0.05 -o backbone.graphml
      migkg network centrality --by-year -o network.gexf
      migkg network report -o network.html
    """
    from migkg.network.compare import parse_period

    choice = _choose(options)
    chosen = kind or _BY_SUFFIX.get(Path(output).suffix.casefold(), "table")
    if (choice.measure == "report") != (chosen == "html"):
        raise UsageError("the report is a page, and no other measure is one: name a FILE.html, or --format html")
    if by_year and chosen == "graphml":
        raise UsageError("GraphML has no years: write GEXF, or name one --period without --by-year")
    span = parse_period(period) if period else None
    with closing(open_input(store, endpoint, file)) as opened:
        if choice.measure == "report":
            page, read = _report(opened, choice, span, title)
            _write(output, page.encode("utf-8", "replace"))
            click.echo(f"({read_note(read)})", err=True)
            return
        actors, slices = _slices(opened, choice, by_year, span)
    table = _join(actors, slices, by_year)
    _write(output, _show(choice, actors, slices, table, chosen, limit))
    for line in _notes(table, limit):
        click.echo(line, err=True)


def _choose(options: dict[str, Any]) -> Choice:
    from migkg.network.actors import KINDS
    from migkg.network.projection import parse_types

    if options["measure"] == "bridges" and (options["ties"] or options["types"]):
        raise UsageError("bridges are found by memberships and meetings of processes: --ties and --types do not apply")
    if options["alpha"] is not None and options["measure"] != "pairs":
        raise UsageError("--alpha keeps pairs: it applies to the measure pairs")
    options["types"] = parse_types(options["types"]) if options["types"] else frozenset()
    return Choice(**options | {"ties": tuple(options["ties"] or KINDS)})


def _slices(
    store: "Store", choice: Choice, by_year: bool, span: "Period | None"
) -> "tuple[Actors, list[tuple[int | str, Ties, Table]]]":
    from migkg.network.actors import read_actors
    from migkg.network.slices import date_edges

    actors = read_actors(store, themes=choice.measure == "communities")
    if not by_year and span is None:
        return actors, [("all", *_measure(actors, choice))]
    dated = date_edges(store, actors)
    if not by_year and span:
        return actors, [("all", *_measure(dated.within(span), choice))]
    found = [(year, *_measure(some, choice)) for year, some in dated.slices(span)]
    nothing = ("no year", *_measure(replace(actors, edges=[]), choice))  # its columns are shown where there are no rows
    return actors, [one for one in found if one[2].rows] or [nothing]


def _report(
    store: "Store", choice: Choice, span: "Period | None", title: str | None
) -> "tuple[str, dict[str, object]]":
    from migkg.network.actors import read_actors
    from migkg.network.slices import date_edges
    from migkg.render.analysis import Measured, render_analysis

    actors = read_actors(store, themes=True)
    dated = date_edges(store, actors)
    found = [(year, *_measure(some, replace(choice, measure="centrality"))) for year, some in dated.slices(span)]
    years = [one for one in found if one[2].rows]
    some = dated.within(span) if span else actors
    whole, communities = _measure(some, replace(choice, measure="communities"))
    measured = Measured(some, dated.claims, whole, communities, years, choice.ties)
    return render_analysis(measured, language=choice.lang, title=title), actors.read


def _measure(actors: "Actors", choice: Choice) -> "tuple[Ties, Table]":
    from migkg.network.actors import tie_actors, tie_processes
    from migkg.network.backbone import list_pairs, list_parts
    from migkg.network.measures import find_bridges, find_communities, measure_actors

    lang, seed = choice.lang, choice.seed
    if choice.measure == "bridges":
        graph = tie_processes(actors)
        return graph, find_bridges(actors, graph, lang, seed)
    if choice.measure == "parts":
        return list_parts(actors, choice.ties, choice.types, lang)
    graph = tie_actors(actors, choice.ties, choice.types, choice.weight)
    if choice.measure == "pairs":
        return list_pairs(actors, graph, lang, choice.alpha)
    if choice.measure == "centrality":
        return graph, measure_actors(actors, graph, lang, seed, choice.pivots)
    return graph, find_communities(actors, graph, lang, seed, choice.resolution)


def _join(actors: "Actors", slices: "list[tuple[int | str, Ties, Table]]", by_year: bool) -> "Table":
    from migkg.network.slices import join_tables

    if not by_year:
        return slices[0][2]
    return join_tables([(year, table) for year, _, table in slices], actors)


def _show(
    choice: Choice,
    actors: "Actors",
    slices: "list[tuple[int | str, Ties, Table]]",
    table: "Table",
    kind: str,
    limit: int | None,
) -> bytes:
    from migkg.network.dynamics import write_timeline
    from migkg.network.formats import write_measures

    if kind == "graphml":
        return write_measures(slices[0][1], table)
    if kind == "gexf":
        return write_timeline(actors, slices, choice.lang)
    rows = table.rows[:limit]
    if kind == "json":
        shown = [dict(zip(table.columns, row, strict=True)) for row in rows]
        said = {"measure": choice.measure, "read": table.summary, "rows": shown}
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

    def term(column: str, cell: object) -> "Term | None":
        if cell is None:
            return None
        if column in _ADDRESSES:
            return Term("uri", str(cell))
        kinds = {int: f"{XSD}integer", float: f"{XSD}decimal"}
        return Term("literal", f"{cell:.6f}" if isinstance(cell, float) else str(cell), datatype=kinds.get(type(cell)))

    rows = (
        tuple(term(column, cell) for column, cell in zip(table.columns, row, strict=True)) for row in table.rows[:limit]
    )
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
