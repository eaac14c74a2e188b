"""``migkg view``: the network of a store as one HTML page."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migkg.cli.options import input_option, open_input, page_file_option, store_options
from migkg.errors import StoreError, UsageError

if TYPE_CHECKING:
    from migkg.network.projection import Graph
    from migkg.store.base import Store

MOST_WHOLE = 50_000  # a larger network is shown in part, unless --size says otherwise
SHOWN = 20_000
REST = "'migkg export -o network.gexf' writes all of them"


@click.command(
    epilog="""\b
Examples:
  migkg view --store migkg-store -o network.html
  migkg view --focus UNHCR --focus IOM --depth 2 --language es -o un.html
  migkg view --country Niger --theme border-management --from 2015 --until 2020
  migkg view --query funders-of -p country=MRT --input graph.ttl -o funders.html
  migkg view --types actor,Programme --relations funds,implements --size 500
"""
)
@store_options(read=True)
@input_option
@page_file_option("network.html")
@click.option("--focus", metavar="NAME|IRI", multiple=True, help="Only what is around this node; may come repeatedly.")
@click.option("--country", metavar="NAME|CODE", help="Only what is around the nodes of this country.")
@click.option("--query", "question", metavar="NAME|FILE|-", help="Only what the answer to this question names.")
@click.option("-p", "--parameter", "parameters", metavar="NAME=VALUE", multiple=True, help="A value for --query.")
@click.option(
    "--depth",
    type=click.IntRange(0, 9),
    help="Links from there outwards; 0: none but those among them.  [default: 1; with --query 0]",
)
@click.option("--theme", metavar="NAME|CODE", help="Only links about this theme.")
@click.option("--from", "first", type=click.IntRange(1, 9999), metavar="YEAR", help="Only links from this year on.")
@click.option("--until", "last", type=click.IntRange(1, 9999), metavar="YEAR", help="Only links until this year.")
@click.option("--types", metavar="TYPE,...", multiple=True, help="Node types to show; 'actor' is all eight of them.")
@click.option("--relations", metavar="NAME,...", multiple=True, help="Relations to show, such as funds.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0, help="Leave out claims less sure than this.")
@click.option(
    "--size",
    "--limit",
    "size",
    type=click.IntRange(min=0),
    help=f"Show this many nodes, the most connected first; 0 for all.  "
    f"[default: all, and {SHOWN:,} of more than {MOST_WHOLE:,}]",
)
@click.option(
    "--language", "--lang", "lang", default="en", show_default=True, help="Language of the page: en, fr or es."
)
@click.option("--title", help="Heading of the page.")
def view(
    store: Path, endpoint: str | None, file: Path | None, output: Path, lang: str, title: str | None, **wishes: Any
) -> None:
    """Write the network as one HTML page that works offline.

    The page opens by double click and asks no server for anything. Click a node for its links, a link for the
    sentences that say so and the release they stand in. Links without a date are in every period; the page counts
    them apart.
    """
    from migkg.render.page import render_page
    from migkg.render.words import load_words

    load_words(lang)  # a wrong language, type or year is said before anything is read
    options = _read_options(wishes)
    source = open_input(store, endpoint, file)
    try:
        graph = _project(source, options, wishes, lang)
    finally:
        source.close()
    if not graph:
        if any(wishes[name] for name in wishes if name not in {"size", "depth"}):
            raise UsageError("nothing is left to draw; ask for more types, a lower confidence or another focus")
        raise StoreError(f"{endpoint or file or store}: holds no links to draw; build it from documents first")
    _write(render_page(graph, language=lang, title=title), output)
    left_out = graph.graph["left_out"]
    rest = f" ({left_out} weaker nodes left out; --size 0 shows all, {REST})" if left_out else ""
    click.echo(f"{output}: {len(graph)} nodes, {graph.number_of_edges()} links{rest}", err=str(output) == "-")


def _read_options(wishes: dict[str, Any]) -> dict[str, Any]:
    """What is asked for, checked before anything is read: options of ``project`` and the words of the page for it."""
    from migkg.network.projection import parse_types
    from migkg.network.selection import Part, parse_relations

    types, relations = (_split(wishes[name]) for name in ("types", "relations"))
    parse_types(types)
    if wishes["first"] and wishes["last"] and wishes["first"] > wishes["last"]:
        raise UsageError(f"the period ends before it begins: --from {wishes['first']} --until {wishes['last']}")
    if wishes["parameters"] and not wishes["question"]:
        raise UsageError("-p gives a value to a question: say which one with --query")
    country, theme = (_read_value(name, wishes[name]) for name in ("country", "theme"))
    depth = wishes["depth"] if wishes["depth"] is not None else 0 if wishes["question"] else 1
    part = Part(country, theme, None, parse_relations(relations), wishes["first"], wishes["last"])
    named = {"country": country, "theme": theme, "query": wishes["question"], "first": wishes["first"]}
    named |= {"last": wishes["last"], "relations": sorted(part.relations)}
    return {"types": types, "part": part, "depth": depth, "named": {n: v for n, v in named.items() if v}}


def _project(store: "Store", options: dict[str, Any], wishes: dict[str, Any], lang: str) -> "Graph":
    from dataclasses import replace

    from migkg.network.projection import keep_strongest, project

    part = options["part"]
    if wishes["question"]:
        part = replace(part, things=_ask(store, wishes["question"], wishes["parameters"], lang))
    graph = project(
        store,
        focus=wishes["focus"],
        depth=options["depth"],
        part=part,
        types=options["types"],
        min_confidence=wishes["min_confidence"],
        limit=wishes["size"] or None,
        language=lang,
    )
    if wishes["size"] is None and len(graph) > MOST_WHOLE:
        keep_strongest(graph, SHOWN)
    graph.graph["part"] = options["named"]
    return graph


def _ask(store: "Store", question: str, parameters: Sequence[str], lang: str) -> frozenset[str]:
    """All IRIs that the answer to a question names."""
    from migkg.cli.query import read_question
    from migkg.query.parameters import split_parameters
    from migkg.query.run import ask, prepare
    from migkg.store.base import Rows, Triples

    answer = ask(store, prepare(read_question(question), split_parameters(parameters), lang))
    if isinstance(answer, Rows):
        return frozenset(term.value for row in answer.rows for term in row if term and term.kind == "uri")
    if isinstance(answer, Triples):
        from migkg.lines import split_line

        ends = (term for line in answer.lines for term in (split_line(line).subject, split_line(line).object))
        return frozenset(term[1:-1] for term in ends if term.startswith("<"))
    raise UsageError(f"the answer to {question!r} is yes or no: it names nothing to draw")


def _read_value(name: str, value: str | None) -> str | None:
    """The code of a country or a theme from a code or a name in three languages."""
    from migkg.query.catalogue import Parameter
    from migkg.query.parameters import read_value
    from migkg.rdf.namespaces import THEME

    if not value:
        return None
    return read_value(Parameter(name, name, name), value).value.removeprefix(THEME)


def _split(values: Sequence[str]) -> list[str]:
    return [name for names in values for name in names.split(",") if name.strip()]


def _write(page: str, output: Path) -> None:
    if str(output) == "-":
        click.echo(page, nl=False)
        return
    from migkg.files import replace_file

    with replace_file(output) as file:
        file.write(page.encode("utf-8"))
