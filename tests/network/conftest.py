"""A small network with what breaks formats: hostile text, formulas, parallel edges, no dates, no claims."""

import networkx as nx
import pytest

from migkg.network.evidence import Amount, Claim, Source
from support.browsing import node
from support.hostile import MIXED


@pytest.fixture
def graph() -> "nx.MultiDiGraph[str]":
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    dated = Source("urn:s1", "Release 1", "https://example.org/1", "2013-03-20", "en", "IOM")
    bare = Source("urn:s2", MIXED, None, None, "fr")
    graph.add_node("urn:jp", **node("Government of Japan", "Government", country="JPN"))
    graph.add_node("urn:iom", **node("IOM", "IntergovernmentalOrganisation", aliases=("OIM", "OIM Genève")))
    graph.add_node("urn:ev", **node(MIXED, "Event", when="2013-03-18/2013-03-19"))
    graph.add_node("urn:alone", **node("=cmd()", "Place"))
    money = Claim("urn:c1", "Japan gives 2 million", dated, "stated", 0.9, (Amount("2000000", "USD"),))
    graph.add_edge("urn:jp", "urn:iom", "funds", claims=(money, Claim("urn:c2", MIXED, bare, "denied", 0.4)))
    graph.add_edge("urn:jp", "urn:iom", "cooperatesWith", claims=())
    graph.add_edge("urn:iom", "urn:ev", "organises", claims=(Claim("urn:c3", "-1+1", bare),))
    return graph
