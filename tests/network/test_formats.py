"""Every format is written and read again: the counts are equal and hostile text stays text."""

import csv
import io
from collections.abc import Callable

import networkx as nx
import pytest

from migkg.network.formats import COLUMNS, safe_cell, write_csv, write_gexf, write_graphml
from support.hostile import MIXED


def test_graphml_reads_back(graph: "nx.MultiDiGraph[str]") -> None:
    file = io.BytesIO()
    write_graphml(graph, file)
    again = nx.read_graphml(io.BytesIO(file.getvalue()), force_multigraph=True)
    assert (len(again), again.number_of_edges()) == (4, 3)
    assert "<b>&amp;</b>" in again.nodes["urn:ev"]["label"]
    assert again.nodes["urn:iom"]["aliases"] == "OIM | OIM Genève"
    funds = again.edges["urn:jp", "urn:iom", "funds"]
    assert funds["quote"] == "Japan gives 2 million"
    assert (funds["amounts"], funds["statuses"], funds["claims"]) == ("2000000 USD", "stated | denied", 2)


def test_gexf_reads_back_with_dates(graph: "nx.MultiDiGraph[str]") -> None:
    file = io.BytesIO()
    write_gexf(graph, file)
    again = nx.read_gexf(io.BytesIO(file.getvalue()))
    assert (len(again), again.number_of_edges()) == (4, 3)
    assert again.graph["mode"] == "dynamic"
    assert (again.nodes["urn:ev"]["start"], again.nodes["urn:ev"]["end"]) == ("2013-03-18", "2013-03-19")
    edges = {(s, o, data["predicate"]): data for s, o, data in again.edges(data=True)}
    # An edge to an event has the event's time; another one starts when it is first said, or has no time.
    assert edges["urn:iom", "urn:ev", "organises"]["end"] == "2013-03-19"
    assert edges["urn:jp", "urn:iom", "funds"]["start"] == "2013-03-20"
    assert "start" not in edges["urn:jp", "urn:iom", "cooperatesWith"]


def test_csv_has_one_row_for_each_claim(graph: "nx.MultiDiGraph[str]") -> None:
    file = io.BytesIO()
    write_csv(graph, file)
    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode(), newline="")))
    assert len(rows) == 4  # three claims and one edge without any
    assert tuple(rows[0]) == COLUMNS
    by_claim = {row["claim_iri"]: row for row in rows}
    assert by_claim["urn:c1"]["amounts"] == "2000000 USD"
    assert by_claim["urn:c2"]["quote"] == MIXED
    assert by_claim["urn:c3"]["quote"] == "'-1+1"
    assert by_claim[""]["predicate"] == "cooperatesWith"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_formulas_are_disarmed(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["IOM", "1 = 1", "", "Côte d’Ivoire", "'=1"])
def test_plain_cells_stay(cell: str) -> None:
    assert safe_cell(cell) == cell


@pytest.mark.parametrize("write", [write_graphml, write_gexf, write_csv])
def test_the_same_graph_gives_the_same_bytes(graph: "nx.MultiDiGraph[str]", write: Callable[..., None]) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write(graph, first)
    write(graph.copy(), second)
    assert first.getvalue() == second.getvalue()
    assert b"lastmodified" not in first.getvalue()


def test_empty_graph() -> None:
    for write in (write_graphml, write_gexf, write_csv):
        file = io.BytesIO()
        write(nx.MultiDiGraph(), file)
        assert file.getvalue()
