"""``migkg compare``: what changed between two graphs, or between two periods of one."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migkg.cli.options import input_option, open_file, open_input, store_options
from migkg.cli.pages import deliver, page_options, read_note
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.network.compare import Change, Period, Tie
    from migkg.render.comparison import Side
    from migkg.store.base import Store

    Nodes = dict[str, dict[str, Any]]
    Compared = tuple[list[Change], Nodes, tuple[Side, Side], int | None]

COLUMNS = ("change", "subject", "predicate", "object", "before", "after", "subjectIri", "objectIri")


@click.command()
@click.argument("graphs", metavar="[BEFORE AFTER]", nargs=-1, type=click.Path(path_type=Path))
@store_options(read=True)
@input_option
@click.option("--periods", nargs=2, metavar="BEFORE AFTER", help="Two periods of one graph: 2009..2012 2013..2016.")
@click.option("--types", metavar="TYPE,...", multiple=True, help="Types of things to keep.  [default: all]")
@click.option("--unchanged", is_flag=True, help="List unchanged ties in the table too.")
@page_options
def compare(
    graphs: tuple[Path, ...],
    store: Path,
    endpoint: str | None,
    file: Path | None,
    periods: tuple[str, str] | None,
    types: tuple[str, ...],
    unchanged: bool,
    lang: str,
    title: str | None,
    kind: str | None,
    output: str,
) -> None:
    """Say which ties were added, are gone, stronger or weaker.

    BEFORE and AFTER are two stores or files of RDF; with --periods, two periods of one graph. A tie is stronger when
    more documents state it. A tie to an event or programme belongs to every period in which that takes place, any other
    to the period of the document; what has no date is counted apart.

    \b
    Examples:
      migkg compare --store migkg-store --periods 2009..2012 2013..2016
      migkg compare spring.ttl autumn.ttl -o compare.html
      migkg compare --periods ..2015 2016.. --types actor --format csv > changes.csv
    """
    from migkg.network.compare import count_changes

    wanted = [name for names in types for name in names.split(",") if name.strip()]
    if periods:
        if graphs:
            raise UsageError("give two graphs, or --periods of one, not both")
        compared = _compare_periods(store, endpoint, file, periods, wanted, lang)
    else:
        compared = _compare_graphs(graphs, wanted, lang)
    changes, nodes, sides, undated = compared
    listed = [change for change in changes if unchanged or change.kind != "same"]

    def page() -> str:
        from migkg.render.comparison import render_comparison

        return render_comparison(changes, nodes, sides, undated=undated, language=lang, title=title)

    counts = ", ".join(f"{name} {count}" for name, count in count_changes(changes).items())
    notes = [f"({counts})", *(f"({side.name}: {read_note(side.read)})" for side in sides)]
    if undated is not None:
        notes.append(f"({undated} ties have no date and are in neither period)")
    deliver(output, kind, COLUMNS, [_row(change, nodes) for change in listed], page, notes)


def _row(change: "Change", nodes: "Nodes") -> tuple[str | int, ...]:
    subject, predicate, object_ = change.edge
    names = (nodes[subject]["label"], predicate, nodes[object_]["label"])
    return (change.kind, *names, change.before, change.after, subject, object_)


def _compare_periods(
    store: Path, endpoint: str | None, file: Path | None, periods: tuple[str, str], types: list[str], lang: str
) -> "Compared":
    from migkg.network.compare import compare_ties, count_undated, parse_period, ties_in

    spans = (parse_period(periods[0]), parse_period(periods[1]))
    with closing(open_input(store, endpoint, file)) as opened:
        nodes, ties, _ = _read(opened, types, lang)
        sides = (_side(opened, spans[0]), _side(opened, spans[1]))
    whens = {iri: data["when"] for iri, data in nodes.items()}
    changes = compare_ties(ties_in(spans[0], ties, whens), ties_in(spans[1], ties, whens))
    return changes, nodes, sides, count_undated(ties, whens)


def _compare_graphs(graphs: tuple[Path, ...], types: list[str], lang: str) -> "Compared":
    from migkg.network.compare import compare_ties
    from migkg.render.comparison import Side
    from migkg.store import open_store

    if len(graphs) != 2:
        raise UsageError("give two stores or files, or --periods of one graph")
    nodes: Nodes = {}
    found, sides = [], []
    for path in graphs:
        with closing(open_store(path, read_only=True) if path.is_dir() else open_file(path)) as opened:
            more, ties, read = _read(opened, types, lang)
        nodes |= more
        found.append({(subject, predicate, object_): claims for subject, predicate, object_, claims in ties})
        sides.append(Side(path.name or str(path), read))
    return compare_ties(found[0], found[1]), nodes, (sides[0], sides[1]), None


def _read(store: "Store", types: list[str], lang: str) -> "tuple[Nodes, list[Tie], dict[str, Any]]":
    from migkg.network.projection import edges_of, project

    graph = project(store, types=types, language=lang)
    return {iri: dict(graph.nodes[iri]) for iri in graph}, list(edges_of(graph)), dict(graph.graph)


def _side(store: "Store", span: "Period") -> "Side":
    from migkg.network.compare import sources_in
    from migkg.network.projection import count_sources
    from migkg.network.reading import read_sources
    from migkg.render.comparison import Side

    return Side(span.name.replace("..", "–"), count_sources(sources_in(span, read_sources(store, {}).values())))
