"""``migkg export``: the graph in the formats of other tools."""

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from migkg.cli.options import open_reading, store_options

if TYPE_CHECKING:
    from migkg.store.base import Store

RDF_FORMATS = ("turtle", "nquads", "trig", "jsonld")
NETWORK_FORMATS = ("graphml", "gexf", "csv")
_BY_SUFFIX = {
    ".ttl": "turtle",
    ".nq": "nquads",
    ".trig": "trig",
    ".jsonld": "jsonld",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".csv": "csv",
}


@click.command()
@store_options(read=True)
@click.option(
    "--format",
    "kind",
    type=click.Choice(RDF_FORMATS + NETWORK_FORMATS),
    help="Default: by the suffix of FILE, else turtle.",
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Default: - (standard output).")
def export(store: Path, endpoint: str | None, kind: str | None, output: str) -> None:
    """Write the graph as RDF (Turtle, N-Quads, TriG, JSON-LD) or its network (GraphML, GEXF, CSV).

    Turtle and JSON-LD hold all sources as one graph, N-Quads and TriG keep one named graph for each source. The same
    graph gives the same bytes. A file is replaced as a whole or not at all.

    \b
    Examples:
      migkg export --store migkg-store -o graph.ttl
      migkg export --store migkg-store --format nquads | gzip > graph.nq.gz
      migkg export --store migkg-store -o network.gexf
    """
    chosen = kind or _BY_SUFFIX.get(Path(output).suffix.casefold(), "turtle")
    write = _write_rdf if chosen in RDF_FORMATS else _write_network
    with closing(open_reading(store, endpoint)) as opened:
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
    from migkg.network import formats, projection

    writers = {"graphml": formats.write_graphml, "gexf": formats.write_gexf, "csv": formats.write_csv}
    writers[kind](projection.project(store, isolated=True), file)
