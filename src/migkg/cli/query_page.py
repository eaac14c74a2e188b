"""``migkg query-page``: the page of the service with the graph inside, as one HTML file."""

from contextlib import closing
from pathlib import Path

import click

from migkg.cli.options import input_option, open_input, page_file_option, store_options


@click.command(
    epilog="""\b
Examples:
  migkg query-page --store migkg-store -o query.html
  migkg query-page --input graph.ttl -o query.html
  migkg query-page --query-time 60 -o query.html
"""
)
@store_options(read=True)
@input_option
@page_file_option("query.html")
@click.option(
    "--query-time",
    type=click.FloatRange(min=0.1, max=3600),
    metavar="SECONDS",
    help="Longest time for one query in the page.  [default: 20]",
)
def query_page(store: Path, endpoint: str | None, file: Path | None, output: Path, query_time: float | None) -> None:
    """Write the graph and an engine to ask it as one HTML page that works offline.

    The page opens by double click and asks no server for anything: the questions as forms, a SPARQL editor, tables,
    charts, networks, maps and timelines, and the sentences behind every tie, in English, French and Spanish.
    """
    from migkg.serve.query_page.page import render_query_page

    with closing(open_input(store, endpoint, file)) as graph:
        page = render_query_page(graph, query_time).encode("utf-8")
    if str(output) == "-":
        click.echo(page, nl=False)
        return
    from migkg.files import replace_file

    with replace_file(output) as written:
        written.write(page)
    click.echo(f"{output}: {len(page) / 1e6:.1f} MB")
