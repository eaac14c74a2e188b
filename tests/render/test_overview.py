"""A network of 700 nodes in a real browser: what is held and what is painted, labels, filters and years."""

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from migkg.network.evidence import Claim, Source
from migkg.render.page import render_page
from support.browsing import Browser, node

pytestmark = pytest.mark.browser

STARS, LEAVES = 14, 49


def many() -> "nx.MultiDiGraph[str]":
    """Programmes in a ring, each carried out by 49 bodies: of their own years, languages, themes and confidence."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for star in range(STARS):
        when = f"{2010 + star}/{2012 + star}" if star else None
        hub = node(f"Programme {star} for borders", "Programme", when=when, themes=("iom:avrr",) if star < 3 else ())
        graph.add_node(f"urn:hub{star}", **hub)
        source = Source(f"urn:s{star}", f"Release {star}", language=("en", "fr", "es")[star % 3])
        for leaf in range(LEAVES):
            iri = f"urn:leaf{star}-{leaf:02}"
            graph.add_node(iri, **node(f"Border body {leaf} of region {star}", "GovernmentBody"))
            claim = Claim(f"urn:c{star}-{leaf}", f"Sentence {leaf} of {star}", source, confidence=0.5 + star / 100)
            graph.add_edge(iri, f"urn:hub{star}", "implements", claims=(claim,))
    for star in range(STARS):
        graph.add_edge(f"urn:hub{star}", f"urn:hub{(star + 1) % STARS}", "partOf", claims=())
    read = {"documents": STARS, "dated": 0, "languages": {"en": 5, "fr": 5, "es": 4}, "left_out": 0, "focus": ()}
    graph.graph.update(read)
    return graph


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "network.html"
    path.write_text(render_page(many()), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Browser, large: Path) -> Iterator[Browser]:
    browser.open(large)
    yield browser
    assert browser.errors() == []
    assert browser.requests() == []


def shown(browser: Browser) -> tuple[int, int]:
    """Nodes and links that are shown, as the heading says too."""
    nodes, links = browser.run(
        "return [migkg.nodes.filter((n) => n.shown).length, migkg.edges.filter((e) => e.shown).length]"
    )
    assert f"{nodes:,} nodes, {links:,} links shown" in browser.text("#about")
    return nodes, links


def test_few_nodes_are_held_and_all_are_there(opened: Browser) -> None:
    assert opened.run("return migkg.nodes.length") == STARS * (LEAVES + 1)
    assert opened.run("return migkg.network.body.nodeIndices.length") == 300
    assert opened.run("return migkg.edges[0].claims === undefined")  # sentences are not unpacked yet


def test_a_click_on_a_painted_node_opens_it(opened: Browser) -> None:
    painted = opened.run("return migkg.nodes.findIndex((_, n) => !migkg.drawn.nodes.get(n))")
    spot = opened.run("return migkg.positionOf(arguments[0])", painted)
    opened.click_at(spot["x"], spot["y"])
    assert opened.run("return migkg.chosen()?.node") == painted
    assert opened.run("return Boolean(migkg.drawn.nodes.get(arguments[0]))", painted)
    assert opened.run("return migkg.network.body.nodeIndices.length") <= 400
    opened.run("migkg.choose(null)")
    assert opened.run("return migkg.network.body.nodeIndices.length") == 300  # and it is given back


def test_sentences_come_with_the_first_click(opened: Browser) -> None:
    link = opened.run("return migkg.edges.findIndex((e) => e.relation === 'implements')")
    opened.run("migkg.choose({edge: arguments[0]})", link)
    opened.wait("document.querySelector('#details blockquote')")
    assert "Sentence" in opened.text("#details blockquote")


@pytest.mark.parametrize("factor", [0.3, 1, 2.5, 8, 30])
def test_labels_never_lie_on_another(opened: Browser, factor: float) -> None:
    move = """const {x, y} = migkg.positionOf(0), done = arguments[1];
        migkg.network.moveTo({position: {x, y}, scale: migkg.network.getScale() * arguments[0]});
        migkg.network.body.emitter.emit("zoom");
        setTimeout(() => done(migkg.labels().map((box) => [...box])), 400)"""
    boxes = opened.driver.execute_async_script(move, factor)
    assert boxes
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[0] >= b[2] or a[2] <= b[0] or a[1] >= b[3] or a[3] <= b[1]


def test_far_away_communities_have_the_names_of_their_strongest(opened: Browser) -> None:
    opened.run("migkg.network.moveTo({scale: migkg.network.getScale() * 0.8}); migkg.applyFilters()")
    titles = opened.run("return migkg.labels().flatMap((box) => box.item.lines)")
    assert len([title for title in titles if title.startswith("Programme")]) >= 10
    assert f"+ {LEAVES}" in titles


def test_a_link_counts_in_each_year_of_its_programme(opened: Browser) -> None:
    titles = opened.run("return [...document.querySelectorAll('#bars span')].map((column) => column.title)")
    assert titles[0] == f"2011: {LEAVES + 1} links"  # the first programme alone, and its tie to the undated one
    assert titles[2].startswith("2013: ") and len(titles) == 2025 - 2011 + 1
    assert opened.text("#undated-count") == str(LEAVES)
    opened.run("Object.assign(migkg.shown, {from: 2011, until: 2011}); migkg.applyFilters()")
    assert shown(opened)[1] == LEAVES + 1 + LEAVES
    opened.driver.find_element("id", "undated").click()
    assert shown(opened)[1] == LEAVES + 1
    opened.driver.find_element("id", "reset").click()
    assert shown(opened) == (STARS * (LEAVES + 1), STARS * (LEAVES + 1))


def test_the_range_is_moved_by_keys(opened: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    field = opened.driver.find_element("id", "from-year")
    field.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    opened.wait("migkg.shown.from === 2013")
    assert opened.text("#period") == "2013 – 2025"


def test_the_years_are_played(opened: Browser) -> None:
    play = opened.driver.find_element("id", "play")
    play.click()
    assert opened.text("#period") == "2011"
    opened.wait("migkg.shown.from === 2012")
    play.click()
    stopped = opened.text("#period")
    assert play.get_attribute("aria-label") == "Play the years"
    assert opened.text("#period") == stopped


@pytest.mark.parametrize(
    ("action", "links"),
    [
        ("document.querySelector('[data-themes=\"iom:avrr\"]').click()", STARS * (LEAVES + 1) - 3 * LEAVES - 4),
        ("document.querySelector('[data-languages=en]').click()", STARS * (LEAVES + 1) - 5 * LEAVES),
        (
            "const f = document.getElementById('confidence'); f.value = 60; f.dispatchEvent(new Event('input'))",
            4 * LEAVES,
        ),
        ("document.querySelector('[data-relations=partOf]').click()", STARS * LEAVES),
    ],
    ids=["theme", "language", "confidence", "relation"],
)
def test_filters(opened: Browser, action: str, links: int) -> None:
    opened.run(action)
    assert shown(opened)[1] == links
    drawn = "return migkg.drawn.edges.get().filter((e) => !e.hidden).every((e) => migkg.edges[e.id].shown)"
    assert opened.run(drawn)
    assert not opened.run("return document.getElementById('reset').hidden")


def test_without_motion_the_view_is_there_at_once(opened: Browser) -> None:
    still = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": still})
    before = opened.run("return migkg.network.getScale()")
    assert opened.run("document.querySelector('[data-zoom]').click(); return migkg.network.getScale()") > before * 1.3


def test_the_same_network_gives_the_same_page() -> None:
    graph = many()
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert render_page(graph) == render_page(turned)
