"""``migkg export``: the graph in the formats of other tools."""

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from migkg.cli.options import input_option, open_input, store_options

if TYPE_CHECKING:
    from migkg.store.base import Store

RDF_FORMATS = ("turtle", "nquads", "trig", "jsonld")
NETWORK_FORMATS = (
    "graphml", "gexf", "csv", "cytoscape", "node-link", "kumu", "kumu-elements", "kumu-connections"
)  # fmt: skip
_BY_SUFFIX = {
    ".ttl": "turtle",
    ".nq": "nquads",
    ".trig": "trig",
    ".jsonld": "jsonld",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".csv": "csv",
    ".cyjs": "cytoscape",
}


@click.command()
@store_options(read=True)
@input_option
@click.option(
    "--format",
    "kind",
    type=click.Choice(RDF_FORMATS + NETWORK_FORMATS),
    help="Default: by the suffix of FILE, else turtle.",
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Default: - (standard output).")
def export(store: Path, endpoint: str | None, file: Path | None, kind: str | None, output: str) -> None:
    """Write the graph as RDF, or its network for the programs of analysts.

    Turtle and JSON-LD hold all sources as one graph, N-Quads and TriG keep one named graph for each source. The same
    graph gives the same bytes. A file is replaced as a whole or not at all.

    \b
    graphml           Cytoscape, yEd, igraph
    gexf              Gephi, with dates for its timeline
    csv               one row for each claim, with its sentence and source
    cytoscape         JSON for Cytoscape.js and Cytoscape
    node-link         JSON for networkx and D3
    kumu              JSON blueprint for Kumu
    kumu-elements,
    kumu-connections  the two CSV tables that Kumu imports

    \b
    Examples:
      migkg export --store migkg-store -o graph.ttl
      migkg export --store migkg-store --format nquads | gzip > graph.nq.gz
      migkg export --store migkg-store -o network.gexf
      migkg export --input graph.ttl --format kumu -o kumu.json
    """
    chosen = kind or _BY_SUFFIX.get(Path(output).suffix.casefold(), "turtle")
    write = _write_rdf if chosen in RDF_FORMATS else _write_network
    with closing(open_input(store, endpoint, file)) as opened:
        _to_target(output, lambda file: write(opened, chosen, file))


def _to_target(output: str, write: Callable[[BinaryIO], None]) -> None:
    if output == "-":
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    from migkg.files import replace_file

    with replace_file(Path(output)) as file:
        write(file)


def _write_rdf(store: "Store", kind: str, file: BinaryIO) -> None:
    from migkg.rdf.export import RDF_WRITERS

    for piece in RDF_WRITERS[kind](store.dump()):
        file.write(piece.encode())


def _write_network(store: "Store", kind: str, file: BinaryIO) -> None:
    from migkg.network import exchange, formats, projection

    graph = projection.project(store, isolated=True)
    if kind == "gexf":
        from migkg.render.words import load_style

        formats.write_gexf(graph, file, {name: look["colour"] for name, look in load_style()["types"].items()})
        return
    writers = {
        "graphml": formats.write_graphml,
        "csv": formats.write_csv,
        "cytoscape": exchange.write_cytoscape,
        "node-link": exchange.write_node_link,
        "kumu": exchange.write_kumu,
        "kumu-elements": exchange.write_kumu_elements,
        "kumu-connections": exchange.write_kumu_connections,
    }
    writers[kind](graph, file)
