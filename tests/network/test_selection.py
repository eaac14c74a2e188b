"""Which part of a network stays: links by theme, relation and period, nodes near to a country or to things."""

import networkx as nx
import pytest

from migkg.errors import UsageError
from migkg.network.evidence import Claim, Source
from migkg.network.selection import Part, drop_links, keep_near, of_country, of_things, parse_relations


@pytest.fixture
def graph() -> "nx.MultiDiGraph[str]":
    """Japan pays a project of three years; a meeting without a year; a programme that has not ended; a lone pair."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    whens = {"project": "2015/2017", "meeting": "XXXX-02-27", "open": "2019/.."}
    for iri in ("japan", "iom", "project", "meeting", "open", "a", "b"):
        themes = ("iom:avrr",) if iri == "project" else ()
        graph.add_node(iri, when=whens.get(iri), country="JPN" if iri == "japan" else None, themes=themes)
    said = Source("s", issued="2021-05-01", themes=("iom:labour",))
    graph.add_edge("japan", "project", "funds", claims=())
    graph.add_edge("iom", "project", "implements", claims=())
    graph.add_edge("iom", "meeting", "organises", claims=())
    graph.add_edge("iom", "open", "implements", claims=())
    graph.add_edge("a", "b", "cooperatesWith", claims=(Claim("c", "", said), Claim("d", "", Source("t"))))
    return graph


@pytest.mark.parametrize(
    ("part", "kept"),
    [
        (Part(), {"project", "meeting", "open", "b"}),
        (Part(relations=frozenset({"implements"})), {"project", "open"}),
        (Part(theme="iom:avrr"), {"project"}),  # of an end
        (Part(theme="iom:labour"), {"b"}),  # of a document
        (Part(first=2017, last=2017), {"project", "meeting"}),  # it lasts; what has no year is in every period
        (Part(first=2018), {"meeting", "open", "b"}),
        (Part(first=2021, last=2021), {"meeting", "open", "b"}),  # what is open lasts until the last year of all
        (Part(first=2022), {"meeting"}),
        (Part(last=2014), {"meeting"}),
    ],
)
def test_links_that_stay(graph: "nx.MultiDiGraph[str]", part: Part, kept: set[str]) -> None:
    drop_links(graph, part)
    assert {object_ for _, object_ in graph.edges()} == kept


@pytest.mark.parametrize(
    ("centers", "depth", "kept"),
    [
        (["japan"], 0, {"japan"}),
        (["japan"], 1, {"japan", "project"}),
        (["japan"], 2, {"japan", "project", "iom"}),
        (["japan", "a"], 1, {"japan", "project", "a", "b"}),
        (["meeting"], 9, {"japan", "project", "iom", "meeting", "open"}),
    ],
)
def test_what_is_near(graph: "nx.MultiDiGraph[str]", centers: list[str], depth: int, kept: set[str]) -> None:
    distance = keep_near(graph, centers, depth)
    assert set(graph) == set(distance) == kept


def test_nodes_of_a_country_and_of_an_answer(graph: "nx.MultiDiGraph[str]") -> None:
    assert of_country(graph, "JPN") == ["japan"]
    assert of_things(graph, {"iom", "elsewhere"}) == ["iom"]
    with pytest.raises(UsageError, match="of the country MRT"):
        of_country(graph, "MRT")
    with pytest.raises(UsageError, match="names nothing that can be drawn"):
        of_things(graph, {"elsewhere"})


def test_relations_in_any_case() -> None:
    assert parse_relations([" Funds", "PARTOF", ""]) == {"funds", "partOf"}
    with pytest.raises(UsageError, match="unknown relation 'loves'; known: basedIn, "):
        parse_relations(["loves"])
