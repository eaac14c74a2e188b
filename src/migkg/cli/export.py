"""``migkg export``: the graph in the formats of other tools."""

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from migkg.cli.options import input_option, open_input, store_options
from migkg.errors import UsageError

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
@click.option(
    "--shards",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write N-Quads in many packed files with a manifest; what is complete there is not written again.",
)
def export(
    store: Path, endpoint: str | None, file: Path | None, kind: str | None, output: str, shards: Path | None
) -> None:
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
      migkg export --store migkg-store --shards graph-nquads
    """
    if shards:
        if kind not in {None, "nquads"} or output != "-":
            raise UsageError("--shards writes N-Quads into a folder; leave out --format and --output")
        with closing(open_input(store, endpoint, file)) as opened:
            _write_shards(opened, shards, store / "generation")
        return
    chosen = kind or _BY_SUFFIX.get(Path(output).suffix.casefold(), "turtle")
    write = _write_rdf if chosen in RDF_FORMATS else _write_network
    with closing(open_input(store, endpoint, file)) as opened:
        _to_target(output, lambda file: write(opened, chosen, file))


def _write_shards(store: "Store", folder: Path, generation: Path) -> None:
    from migkg.cli.progress import show_progress
    from migkg.publish.shards import write_shards
    from migkg.store.folder import FolderStore

    # Other stores than a folder have no word that changes with the graph.
    known = isinstance(store, FolderStore) and generation.is_file()
    with show_progress("shards", None) as done:
        made = write_shards(store, folder, generation.read_text(encoding="utf-8").strip() if known else "", done)
    click.echo(
        f"{made.written} shards written, {made.same} the same, {made.removed} removed; {made.quads:,} quads", err=True
    )


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
