"""``migkg export`` of the network: from a store, a file and an endpoint, in every format, with equal counts."""

import io
import json
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

from migkg.cli import cli
from migkg.cli.export import NETWORK_FORMATS
from migkg.rdf.mapping import graph_iri, to_nquads
from migkg.resolve import resolve_extraction
from migkg.store import open_store
from support.endpoint import serve
from support.gold import FOLDERS, read_gold


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "store"
    filled = open_store(folder)
    for path in sorted(FOLDERS[0].glob("*.json"))[:4]:
        extraction = resolve_extraction(read_gold(path))
        filled.replace_graph(graph_iri(extraction.document), to_nquads(extraction))
    filled.close()
    return folder


def export(*arguments: object) -> bytes:
    done = CliRunner().invoke(cli, ["export", *map(str, arguments)], prog_name="migkg")
    assert done.exit_code == 0, done.output
    return done.stdout_bytes


def test_every_format_has_the_same_nodes_and_edges(store: Path) -> None:
    made = {kind: export("--store", store, "--format", kind) for kind in NETWORK_FORMATS}
    gexf = nx.read_gexf(io.BytesIO(made["gexf"]))
    nodes, edges = len(gexf), gexf.number_of_edges()
    assert nodes > 20 and edges > 20
    graphml = nx.read_graphml(io.BytesIO(made["graphml"]), force_multigraph=True)
    linked = nx.node_link_graph(json.loads(made["node-link"]), edges="edges")
    assert {(len(g), g.number_of_edges()) for g in (graphml, linked)} == {(nodes, edges)}
    drawn, kumu = json.loads(made["cytoscape"])["elements"], json.loads(made["kumu"])
    assert (len(drawn["nodes"]), len(drawn["edges"])) == (nodes, edges)
    assert (len(kumu["elements"]), len(kumu["connections"])) == (nodes, edges)


def test_a_file_and_an_endpoint_give_what_the_store_gives(store: Path, tmp_path: Path) -> None:
    from_store = export("--store", store, "--format", "kumu")
    quads = tmp_path / "graph.nq"
    quads.write_bytes(export("--store", store, "--format", "nquads"))
    assert export("--input", quads, "--format", "kumu") == from_store
    opened = open_store(store, read_only=True)
    lines = list(opened.dump())
    opened.close()
    with serve(lines, tmp_path) as endpoint:
        assert export("--endpoint", endpoint, "--format", "kumu") == from_store


def test_a_store_and_a_file_at_once_are_refused(store: Path, tmp_path: Path) -> None:
    from migkg.errors import UsageError

    done = CliRunner().invoke(cli, ["export", "--store", str(store), "--input", str(tmp_path / "graph.nq")])
    assert isinstance(done.exception, UsageError)
