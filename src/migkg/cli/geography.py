"""``migkg map`` and ``migkg flow``: where programmes and events are, and which way money goes."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migkg.cli.options import Command, input_option, open_input, store_options
from migkg.cli.pages import deliver, page_options, read_note

if TYPE_CHECKING:
    from migkg.network.compare import Tie
    from migkg.network.flow import Funding, Link
    from migkg.store.base import Store

Nodes = dict[str, dict[str, Any]]
MAP_COLUMNS = ("country", "code", "programmes", "events", "documents")
FLOW_COLUMNS = ("from", "relation", "to", "amount", "currency", "kind", "firstSaid", "documents", "fromIri", "toIri")


def period_option(command: Command) -> Command:
    """Add ``--period`` to a command."""
    option = click.option("--period", metavar="PERIOD", help="Only what is of this time: 2013..2016, ..2012, 2016..")
    return option(command)


@click.command("map")
@store_options(read=True)
@input_option
@period_option
@page_options
def draw_map(
    store: Path,
    endpoint: str | None,
    file: Path | None,
    period: str | None,
    lang: str,
    title: str | None,
    kind: str | None,
    output: str,
) -> None:
    """Count programmes and events by country, on a map of the world.

    A programme counts in every country that a document says it covers, an event in the country that it takes place in.
    What is in no one country ("West Africa"), and what no document places, is counted apart.

    \b
    Examples:
      migkg map --store migkg-store
      migkg map --store migkg-store --lang es -o map.html
      migkg map --input graph.ttl --period 2013..2016 --format csv > countries.csv
    """
    from migkg.network.places import locate, read_countries
    from migkg.render.words import country_names

    with closing(open_input(store, endpoint, file)) as opened:
        nodes, ties, read, name = _read(opened, period, lang)
        within = read_countries(opened)
    located, names = locate(nodes, ties, within), country_names(lang)
    rows: list[tuple[str, str, int, int, int]] = []
    for code, spots in located.countries.items():
        documents = len({claim.source.iri for spot in spots for claim in spot.claims})
        counts = (located.count(code, "Programme"), located.count(code, "Event"))
        rows.append((names.get(code, code), code, *counts, documents))
    rows.sort(key=lambda row: (-row[2] - row[3], -row[4], row[1]))

    def page() -> str:
        from migkg.render.geography import render_map

        return render_map(located, nodes, read, period=name, language=lang, title=title)

    missing = ", ".join(f"{len(iris)} of {located.totals[kind]} {kind}" for kind, iris in located.placeless.items())
    regions = len({spot.thing for spot in located.regions})
    notes = [f"({read_note(read)})", f"(without any place: {missing}; in no one country: {regions})"]
    deliver(output, kind, MAP_COLUMNS, rows, page, notes)


@click.command()
@store_options(read=True)
@input_option
@period_option
@page_options
def flow(
    store: Path,
    endpoint: str | None,
    file: Path | None,
    period: str | None,
    lang: str,
    title: str | None,
    kind: str | None,
    output: str,
) -> None:
    """Follow money from funder over programme and implementer to country.

    Sums stand as documents state them: never converted, and never added across currencies or where two documents may
    tell of the same money. Steps without a sum are listed too and counted apart.

    \b
    Examples:
      migkg flow --store migkg-store
      migkg flow --store migkg-store -o flow.html
      migkg flow --period 2013..2016 --format csv > money.csv
    """
    from migkg.network.flow import read_fundings, trace_money
    from migkg.network.places import read_countries

    with closing(open_input(store, endpoint, file)) as opened:
        nodes, ties, read, name = _read(opened, period, lang)
        fundings = list(_told(read_fundings(opened), ties)) if name else read_fundings(opened)
        within = read_countries(opened)
    links = trace_money(nodes, ties, fundings, within)

    def page() -> str:
        from migkg.render.money import render_flow

        return render_flow(links, nodes, read, period=name, language=lang, title=title)

    funded = [link for link in links if link.edge[1] == "funds"]
    paid = sum(1 for link in funded if link.amounts)
    notes = [f"({read_note(read)})", f"({len(funded)} funded steps, {paid} of them with a sum)"]
    rows = [row for link in links for row in _rows(link, nodes, lang)]
    deliver(output, kind, FLOW_COLUMNS, rows, page, notes)


def _read(store: "Store", period: str | None, lang: str) -> "tuple[Nodes, list[Tie], dict[str, Any], str | None]":
    """Things, ties of the period, what was read, and the name of the period."""
    from migkg.network.compare import parse_period, ties_in
    from migkg.network.projection import edges_of, project

    span = parse_period(period) if period else None
    graph = project(store, language=lang, isolated=True)
    nodes = {iri: dict(graph.nodes[iri]) for iri in graph}
    ties = list(edges_of(graph))
    if span is None:
        return nodes, ties, dict(graph.graph), None
    kept = ties_in(span, ties, {iri: data["when"] for iri, data in nodes.items()})
    name = span.name.replace("..", "–")
    return nodes, [(*edge, claims) for edge, claims in kept.items()], dict(graph.graph), name


def _told(fundings: "list[Funding]", ties: "list[Tie]") -> "Iterator[Funding]":
    """The sums that the claims of these ties tell of."""
    sources: dict[tuple[str, str], set[str]] = {}
    for subject, predicate, object_, claims in ties:
        if predicate == "funds":
            sources[subject, object_] = {claim.source.iri for claim in claims}
    for funding in fundings:
        if sources.get((funding.funder, funding.item), set()) & funding.sources:
            yield funding


def _rows(link: "Link", nodes: Nodes, lang: str) -> Iterator[tuple[str | float | int | None, ...]]:
    """One row for each sum of a step, one for a step without any."""
    from migkg.network.flow import worth
    from migkg.network.structure import first_said
    from migkg.render.words import country_names

    names = country_names(lang)
    ends = [nodes[iri]["label"] if iri in nodes else names.get(iri, iri) for _, iri in (link.source, link.target)]
    documents = len({claim.source.iri for claim in link.claims})
    tail = (first_said(link.claims), documents, link.source[1], link.target[1])
    for amount in link.amounts or (None,):
        money = (float(worth(amount)), amount.currency, amount.kind) if amount else (None, None, None)
        yield (ends[0], link.edge[1], ends[1], *money, *tail)
