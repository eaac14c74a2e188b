"""``migkg chart``: the structure of one organisation."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migkg.cli.options import input_option, open_input, store_options
from migkg.cli.pages import deliver, page_options, read_note
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.network.structure import Structure

COLUMNS = ("level", "unit", "relation", "to", "post", "firstSaid", "documents", "unitIri")


@click.command()
@click.argument("organisation", metavar="ORGANISATION")
@store_options(read=True)
@input_option
@click.option("--at", metavar="DATE", help="What was said by this date (2015, 2015-06 or 2015-06-30).  [default: ever]")
@page_options
def chart(
    organisation: str,
    store: Path,
    endpoint: str | None,
    file: Path | None,
    at: str | None,
    lang: str,
    title: str | None,
    kind: str | None,
    output: str,
) -> None:
    """Show how an organisation is built: parts, posts, holders, reporting lines.

    ORGANISATION is a name, an acronym or an IRI; accents and case do not matter. Parts and reporting lines are told
    apart: a department may be part of an organisation and report to one of its directors. Sources seldom say since
    when; so a date asks for what was said by then, and what has no date is always shown and counted.

    \b
    Examples:
      migkg chart IOM --store migkg-store
      migkg chart "Direction générale des étrangers en France" --lang fr -o dgef.html
      migkg chart ICMPD --at 2020 --format csv > icmpd.csv
    """
    from migkg.network.projection import edges_of, project
    from migkg.network.structure import find_organisation, is_said, read_structure

    day = _last_day(at)
    with closing(open_input(store, endpoint, file)) as opened:
        graph = project(opened, language=lang)
    root = find_organisation(graph, organisation)
    nodes = {iri: dict(graph.nodes[iri]) for iri in graph}
    structure = read_structure(root, nodes, edges_of(graph))
    if len(structure.units) == 1 and not structure.reports and not structure.units[0].holders:
        raise UsageError(f"nothing is known of the structure of {nodes[root]['label']}")

    def page() -> str:
        from migkg.render.chart import render_chart

        return render_chart(structure, nodes, dict(graph.graph), day=day, language=lang, title=title)

    rows = [row for row, claims in _rows(structure, nodes) if is_said(claims, day)]
    undated = sum(not row[5] for row in rows)
    notes = [f"({read_note(dict(graph.graph))})", f"({len(rows)} lines, {undated} of them without a date)"]
    deliver(output, kind, COLUMNS, rows, page, notes)


def _last_day(text: str | None) -> str | None:
    from migkg.network.periods import period

    if text is None:
        return None
    day = period(text)[1]
    if day is None or "/" in text:
        raise UsageError(f"--at {text!r} is no date; write 2015, 2015-06 or 2015-06-30")
    return day


def _rows(structure: "Structure", nodes: dict[str, dict[str, Any]]) -> "Iterator[tuple[list[Any], tuple[Any, ...]]]":
    """One row for each line of the structure, with its claims."""
    from migkg.network.structure import first_said

    def row(level: int, who: str, relation: str, to: str | None, post: str, claims: tuple[Any, ...]) -> list[Any]:
        documents = len({claim.source.iri for claim in claims})
        names = (nodes[who]["label"], relation, nodes[to]["label"] if to else "")
        return [level, *names, post, first_said(claims), documents, who]

    for unit in structure.units:
        if unit.parent:
            yield row(unit.level, unit.iri, "partOf", unit.parent, "", unit.claims), unit.claims
        for whole, claims in unit.also:
            yield row(unit.level, unit.iri, "partOf", whole, "", claims), claims
        for post, claims in unit.posts:
            yield row(unit.level + 1, post, "partOf", unit.iri, "", claims), claims
        for holder in unit.holders:
            found = row(unit.level + 1, holder.person, "worksFor", unit.iri, holder.post, holder.claims)
            yield found, holder.claims
    for who, to, claims in structure.reports:
        yield row(0, who, "reportsTo", to, "", claims), claims
