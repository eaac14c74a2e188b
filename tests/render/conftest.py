"""A browser with the network off, and small graphs to draw."""

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from migkg.network.evidence import Amount, Claim, Source
from migkg.render.page import render_page
from support.browsing import Browser, node, open_chromium


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    driver = open_chromium(tmp_path_factory.mktemp("chromium"))
    network = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", network)
    yield Browser(driver)
    driver.quit()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    chromium.prefer("light")
    yield chromium
    chromium.driver.get("about:blank")


@pytest.fixture
def graph() -> "nx.MultiDiGraph[str]":
    """Japan pays a project that IOM runs; a meeting in Hanoi of which a second source speaks."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("urn:jpn", **node("Government of Japan", "Government", country="JPN"))
    names = {"en": "International Organization for Migration", "fr": "Organisation internationale pour les migrations"}
    iom = node(names["en"], "IntergovernmentalOrganisation", labels=names, aliases=("OIM", "Organización Migración"))
    graph.add_node("urn:iom", **iom)
    graph.add_node("urn:project", **node("Border project", "Programme", when="2015-03/2017-03"))
    graph.add_node("urn:meeting", **node("Meeting in Hanoï", "Event", when="XXXX-02-27"))
    first = Source("urn:s1", "Japan funds borders", "https://example.org/1", "2015-03-02", "en", "IOM")
    second = Source("urn:s2", "Réunion à Hanoï", None, None, "fr", withdrawn="2026-04-01")
    paid = Claim(
        "urn:c1", "Japan gives USD 2 million to the project", first, "stated", 0.9, (Amount("2000000", "USD"),)
    )
    refused = Claim("urn:c2", "Le Japon ne finance pas le projet", second, "denied", 0.6)
    graph.add_edge("urn:jpn", "urn:project", "funds", claims=(paid, refused))
    graph.add_edge("urn:iom", "urn:project", "implements", claims=(Claim("urn:c3", "IOM’s project", first),))
    graph.add_edge("urn:iom", "urn:meeting", "organises", claims=(Claim("urn:c4", "L’OIM organise à Hanoï", second),))
    graph.add_edge("urn:jpn", "urn:meeting", "participatesIn", claims=())
    graph.graph.update(documents=2, dated=1, languages={"en": 1, "fr": 1}, left_out=0, focus=())
    return graph


@pytest.fixture
def page(graph: "nx.MultiDiGraph[str]", tmp_path: Path) -> Path:
    path = tmp_path / "network.html"
    path.write_text(render_page(graph), encoding="utf-8")
    return path
