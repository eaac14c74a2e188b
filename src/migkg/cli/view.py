"""``migkg view``: the network of a store as one HTML page."""

from pathlib import Path

import click

from migkg.cli.options import open_reading, store_options
from migkg.errors import StoreError, UsageError


@click.command(
    epilog="""\b
Examples:
  migkg view --store migkg-store -o network.html
  migkg view --focus UNHCR --depth 2 --lang es -o unhcr.html
  migkg view --types actor,Programme --min-confidence 0.7
"""
)
@store_options(read=True)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="network.html",
    show_default=True,
    help="Where the page goes; - for standard output.",
)
@click.option("--focus", metavar="NAME|IRI", help="Show only what is around this node; accents and case do not matter.")
@click.option("--depth", type=click.IntRange(1, 9), default=1, show_default=True, help="Links from the focus outwards.")
@click.option("--types", metavar="TYPE,...", multiple=True, help="Node types to show; 'actor' is all eight of them.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0, help="Leave out claims less sure than this.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=400,
    show_default=True,
    help="Show this many nodes, the most connected first; 0 for all.",
)
@click.option("--lang", default="en", show_default=True, help="Language of the page: en, fr or es.")
@click.option("--title", help="Heading of the page.")
def view(
    store: Path,
    endpoint: str | None,
    output: Path,
    focus: str | None,
    depth: int,
    types: tuple[str, ...],
    min_confidence: float,
    limit: int,
    lang: str,
    title: str | None,
) -> None:
    """Write the network as one HTML page that works offline.

    The page opens by double click and asks no server for anything. Click a node for its links, a link for the
    sentences that say so and the release they stand in.
    """
    from migkg.network.projection import parse_types, project
    from migkg.render.page import render_page
    from migkg.render.words import load_words

    load_words(lang)  # a wrong language or type is said before anything is read
    wanted = [name for names in types for name in names.split(",") if name.strip()]
    parse_types(wanted)
    source = open_reading(store, endpoint)
    try:
        graph = project(
            source,
            focus=focus,
            depth=depth,
            types=wanted,
            min_confidence=min_confidence,
            limit=limit or None,
            language=lang,
        )
    finally:
        source.close()
    if not graph:
        if wanted or min_confidence or focus:
            raise UsageError("nothing is left to draw; ask for more types, a lower confidence or another focus")
        raise StoreError(f"{endpoint or store}: holds no links to draw; build it from documents first")
    page = render_page(graph, language=lang, title=title)
    _write(page, output)
    left_out = graph.graph["left_out"]
    rest = f" ({left_out} weaker nodes left out; --limit 0 shows all)" if left_out else ""
    click.echo(f"{output}: {len(graph)} nodes, {graph.number_of_edges()} links{rest}", err=str(output) == "-")


def _write(page: str, output: Path) -> None:
    if str(output) == "-":
        click.echo(page, nl=False)
        return
    from migkg.files import replace_file

    with replace_file(output) as file:
        file.write(page.encode("utf-8"))
