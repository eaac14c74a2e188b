"""Details, search, paths, two-mode views, links to the view and keys, in a real browser opened by double click."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from migkg.network.evidence import Amount, Claim, Source
from migkg.render.page import render_page
from support.browsing import Browser, node

if TYPE_CHECKING:
    import networkx as nx

pytestmark = pytest.mark.browser


@pytest.fixture
def office(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """The small graph, with a person in office, sums in two currencies, and names that are hard to type."""
    release = Source("urn:s3", "Le bureau de l’OIM", "https://example.org/3", "2016-05", "fr", "OIM")
    works = Claim(
        "https://w3id.org/migkg/id/claim/c5", "Mme Ana Pérez, cheffe de mission", release, post="cheffe de mission"
    )
    again = Claim(
        "urn:c6", "Ana Pérez, cheffe de mission de l’OIM", Source("urn:s4", "B", None, "2014"), post="cheffe de mission"
    )
    euros = Claim(
        "urn:c7",
        "L’OIM reçoit 5 millions d’euros du Japon",
        release,
        "planned",
        0.8,
        (Amount("5000000", "EUR", "pledged"),),
    )
    graph.add_node("urn:ana", **node("Ana Pérez", "Person"))
    graph.add_node("urn:heart", **node("Œuvre du Sacré-Cœur, Weißstraße", "NonGovernmentalOrganisation"))
    graph.nodes["urn:iom"]["aliases"] = ("OIM", "IOM")
    graph.nodes["urn:iom"]["matches"] = (
        ("http://www.wikidata.org/entity/Q1", "exact"),
        ("javascript:alert(1)", "exact"),
    )
    graph.add_edge("urn:ana", "urn:iom", "worksFor", claims=(works, again))
    graph.add_edge("urn:jpn", "urn:iom", "funds", claims=(euros,))
    graph.add_edge("urn:heart", "urn:project", "partnersIn", claims=(Claim("urn:c8", "=cmd()", release),))
    return graph


@pytest.fixture
def opened(browser: Browser, office: "nx.MultiDiGraph[str]", tmp_path: Path) -> Iterator[Browser]:
    path = tmp_path / "network.html"
    path.write_text(render_page(office), encoding="utf-8")
    browser.open(path)
    yield browser
    assert browser.errors() == []
    assert browser.requests() == []


def choose(browser: Browser, **what: Any) -> None:
    """Choose nodes (by IRI) and wait for the sentences."""
    find = "(iri) => migkg.nodes.findIndex((n) => n.iri === iri)"
    browser.run(
        f"""const what = arguments[0], at = {find};
        for (const kind of ["node", "path", "tie"]) if (what[kind]) what[kind] = [what[kind]].flat().map(at);
        if (what.node) what.node = what.node[0];
        if (what.edge) what.edge = migkg.edges.findIndex((e) =>
          [migkg.nodes[e.from].iri, e.relation, migkg.nodes[e.to].iri].join(" ") === what.edge);
        migkg.choose(what)""",
        what,
    )
    browser.wait("migkg.edges[0].claims && !document.querySelector('#details [aria-busy]')")


def texts(browser: Browser, selector: str) -> list[str]:
    return [found.text for found in browser.driver.find_elements("css selector", selector)]


@pytest.mark.parametrize(
    ("iri", "parts", "absent"),
    [
        # sums by currency, each with what the source says of it, and never a total
        ("urn:jpn", ["Money given", "EUR 5,000,000 (pledged)", "USD 2,000,000", "planned"], ["7,000,000"]),
        ("urn:iom", ["Money received", "EUR 5,000,000"], ["Money given", "USD", "javascript"]),
        # an office once, with all dates on which it was said, each as exact as it was
        ("urn:ana", ["Offices", "cheffe de mission, International", "said 2014; May 2016"], []),
        ("urn:iom", ["cheffe de mission, Ana Pérez", "OIM", "wikidata.org/entity/Q1"], []),
        ("urn:project", ["March 2015 – March 2017 (2015-03/2017-03)", "has as partner"], []),
    ],
)  # fmt: skip
def test_what_is_known_of_a_node(opened: Browser, iri: str, parts: list[str], absent: list[str]) -> None:
    choose(opened, node=iri)
    details = opened.text("#details")
    assert [part for part in parts if part not in details] == []
    assert [part for part in absent if part in details] == []


@pytest.mark.parametrize(
    ("edge", "marked"),
    [
        ("urn:iom organises urn:meeting", [[("from", "OIM")]]),  # the acronym of another language
        ("urn:jpn funds urn:iom", [[("to", "OIM"), ("from", "Japon")]]),  # the country for its government, in French
        ("urn:ana worksFor urn:iom", [[("from", "Ana Pérez")], [("from", "Ana Pérez"), ("to", "OIM")]]),
    ],
)
def test_the_words_of_both_ends_are_marked(opened: Browser, edge: str, marked: list[list[tuple[str, str]]]) -> None:
    choose(opened, edge=edge)
    found = opened.run(
        """return [...document.querySelectorAll("#details blockquote")].map((quote) =>
        [...quote.querySelectorAll("mark")].map((mark) => [mark.className, mark.textContent]))"""
    )
    assert sorted(map(str, found)) == sorted(str([list(pair) for pair in pairs]) for pairs in marked)
    assert "Mme Ana Pérez, cheffe de mission" in opened.text("#details") or "ana" not in edge


def test_citation(opened: Browser) -> None:
    grant = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    opened.driver.execute_cdp_cmd("Browser.grantPermissions", grant)
    choose(opened, edge="urn:ana worksFor urn:iom")
    opened.driver.find_element("css selector", "#details .cite").click()
    opened.wait("document.getElementById('said').textContent.includes('copied')")
    text = opened.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0], String)")
    assert text.split("\n") == [
        "“Mme Ana Pérez, cheffe de mission”",
        "OIM, Le bureau de l’OIM, May 2016, https://example.org/3",
        "Ana Pérez works for International Organization for Migration (stated)",
        "https://w3id.org/migkg/id/claim/c5",
    ]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("oeuvre", "Œuvre du Sacré-Cœur, Weißstraße"),
        ("SACRE-COEUR", "Œuvre du Sacré-Cœur, Weißstraße"),
        ("weissstrasse", "Œuvre du Sacré-Cœur, Weißstraße"),
        ("perez ana", "Ana Pérez"),  # words in any order
        ("oim", "International Organization for Migration"),
    ],
)
def test_search_folds_letters(opened: Browser, typed: str, label: str) -> None:
    from selenium.webdriver.common.keys import Keys

    field = opened.driver.find_element("id", "search")
    field.send_keys(typed, Keys.ARROW_DOWN)
    assert field.get_attribute("aria-expanded") == "true"
    active = opened.driver.find_element("id", field.get_attribute("aria-activedescendant"))
    assert (active.get_attribute("role"), active.get_attribute("aria-selected")) == ("option", "true")
    assert label in active.text
    field.send_keys(Keys.ENTER)
    assert field.get_attribute("aria-expanded") == "false"
    assert opened.text("#details h2.name") == label


def test_shortest_path_is_asked_for_by_name_and_shows_its_evidence(opened: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    choose(opened, node="urn:ana")
    opened.driver.find_element("id", "path-to").send_keys("sacre", Keys.ENTER)
    assert texts(opened, "#details > .link") == [
        "Ana Pérez", "International Organization for Migration", "Border project", "Œuvre du Sacré-Cœur, Weißstraße",
    ]  # fmt: skip
    assert "IOM’s project" in opened.text("#details") and "=cmd()" in opened.text("#details")
    opened.driver.find_element("css selector", "[data-relations=implements]").click()  # another way is found …
    assert "Government of Japan" in opened.text("#details")
    opened.driver.find_element("css selector", "[data-relations=partnersIn]").click()  # … or none
    assert "No way leads there" in opened.text("#details")


def test_depth(opened: Browser) -> None:
    choose(opened, node="urn:ana")
    assert "1 of 1 nodes" in opened.text("#around")
    opened.driver.find_element("css selector", "[data-depth='2']").click()
    assert "4 of 4 nodes" in opened.text("#around")
    opened.driver.find_element("css selector", "[data-depth='3']").click()
    assert "5 of 5 nodes" in opened.text("#around")


def test_funders_through_programmes(opened: Browser) -> None:
    from selenium.webdriver.support.ui import Select

    modes = Select(opened.driver.find_element("id", "mode"))
    modes.select_by_value("programmes")
    # Only what leads to a programme is left; the pairs are those of its three actors.
    assert opened.run("return migkg.nodes.filter((n) => n.shown).map((n) => n.type).filter((t) => t === 'Event')") == []
    assert len(opened.driver.find_elements("css selector", "#details [data-tie]")) == 3
    choose(opened, tie=["urn:jpn", "urn:heart"])
    details = opened.text("#details")
    for part in ("Border project", "Japan gives USD 2 million", "=cmd()", "no statement that the two work together"):
        assert part in details
    modes.select_by_value("")
    assert opened.run("return migkg.nodes.every((n) => n.shown)")
    assert opened.run("return migkg.chosen()") is None


VIEWS = [
    ("#actor=urn:iom", "International Organization for Migration", {}),
    ("#actor=urn%3Aana&depth=2", "Ana Pérez", {"depth": 2}),
    ("#link=urn:jpn+funds+urn:project", "Japan gives USD 2 million to the project", {}),
    ("#path=urn:ana+urn:project&lang=fr", "Le plus court chemin", {"lang": "fr"}),
    ("#view=funders&tie=urn:jpn+urn:jpn", "Government of Japan", {"relations": ["funds"]}),
    ("#types=Government,Programme&relations=funds", "Click a node", {"shown": 1}),
    ("#types=-", "Click a node", {"shown": 0}),
    ("#actor=urn:iom&from=2015&to=2016&undated=no", "International", {"period": [2015, 2016, False]}),
    ("#actor=nobody&types=Nothing&from=x&confidence=x&view=__proto__&lang=xx", "Click a node", {"shown": 0}),
    ("#actor=%F0%28&link=a", "Click a node", {"shown": 7}),
]


@pytest.mark.parametrize(("fragment", "said", "state"), VIEWS, ids=[view[0] for view in VIEWS])
def test_a_link_brings_back_the_view(
    browser: Browser, office: "nx.MultiDiGraph[str]", tmp_path: Path, fragment: str, said: str, state: dict[str, Any]
) -> None:
    path = tmp_path / "network.html"
    path.write_text(render_page(office), encoding="utf-8")
    browser.visit(path.as_uri() + fragment, ready="document.documentElement.dataset.drawn")
    browser.wait(f"document.getElementById('details').innerText.includes({said!r})")
    now = browser.run(
        """const {relations, from, until, undated} = migkg.shown;
        return {lang: document.documentElement.lang, depth: migkg.chosen()?.depth, relations: [...relations],
        shown: migkg.edges.filter((e) => e.shown).length, period: [from, until, undated]}"""
    )
    assert {key: now[key] for key in state} == state
    # What the page writes into its own address brings back the same view.
    written = browser.run("return migkg.fragment()")
    panel = browser.text("#details")
    browser.visit(path.as_uri() + written, ready="document.documentElement.dataset.drawn")
    browser.wait(f"document.getElementById('details').innerText.includes({said!r})")
    assert browser.text("#details") == panel
    assert browser.run("return migkg.fragment()") == written
    assert browser.errors() == [] and browser.console() == []


def test_the_address_follows_what_is_chosen(opened: Browser) -> None:
    choose(opened, node="urn:iom")
    assert opened.driver.current_url.endswith("#actor=" + quote("urn:iom", safe=""))
    opened.driver.find_element("css selector", "[data-types=Event]").click()
    assert "types=" in opened.driver.current_url
    opened.run("location.hash = '#actor=urn:jpn'")  # someone puts another link into the address bar
    opened.wait("document.querySelector('#details h2.name')?.textContent === 'Government of Japan'")
    assert opened.run("return migkg.shown.types.has('Event')")


def test_the_drawing_by_keyboard(opened: Browser) -> None:
    from selenium.webdriver.common.keys import Keys

    opened.run("document.getElementById('mynetwork').focus()")
    opened.type(Keys.ARROW_RIGHT)  # the strongest node first
    first = opened.run("return migkg.chosen().node")
    assert first == 0
    spot = "const {x, y} = migkg.positionOf(arguments[0]); return [x, y]"
    moved = set()
    for key, axis, sign in (
        (Keys.ARROW_RIGHT, 0, 1),
        (Keys.ARROW_LEFT, 0, -1),
        (Keys.ARROW_DOWN, 1, 1),
        (Keys.ARROW_UP, 1, -1),
    ):
        opened.run("migkg.choose({node: 0})")
        opened.type(key)
        now = opened.run("return migkg.chosen().node")
        if now != first:
            moved.add(now)
            assert sign * (opened.run(spot, now)[axis] - opened.run(spot, first)[axis]) > 0
    assert len(moved) >= 2
    said = opened.run("return document.getElementById('said').textContent")
    assert "links: " in said
    opened.type(Keys.ENTER)
    assert opened.run("return document.activeElement.id") == "details"
    opened.type(Keys.ESCAPE)
    assert opened.run("return migkg.chosen()") is None
    assert "whole network" in opened.run("return document.getElementById('said').textContent")


def test_what_changes_is_said(opened: Browser) -> None:
    said = "return document.getElementById('said').textContent"
    assert opened.driver.find_element("id", "said").get_attribute("role") == "status"
    opened.driver.find_element("css selector", "[data-types=Event]").click()
    assert opened.run(said) == "5 nodes, 5 links shown"
    choose(opened, node="urn:ana")
    assert opened.run(said) == "Ana Pérez, Person, links: 1"
    opened.driver.find_element("id", "search").send_keys("zzz")
    assert opened.run(said) == "Nothing found"


def test_the_table_sorts_and_follows_the_choice(opened: Browser) -> None:
    opened.driver.find_element("id", "table-button").click()
    opened.wait("migkg.edges[0].claims")
    heads = "#table thead th"
    assert texts(opened, heads) == ["From", "Relation", "To", "Sentence", "Release", "Date"]
    opened.driver.find_element("css selector", f"{heads} [data-head=from]").click()
    rows = texts(opened, "#table tbody th")
    assert rows == sorted(rows, key=str.casefold) and len(rows) == 7
    sort = opened.driver.find_element("css selector", f"{heads}[aria-sort]")
    assert (sort.text, sort.get_attribute("aria-sort")) == ("From ↑", "ascending")
    names = opened.run("return [...document.querySelectorAll('#table tbody .plain')].map((b) => b.ariaLabel)")
    assert "Ana Pérez works for International Organization for Migration, 2 sentences" in names
    choose(opened, node="urn:heart")
    assert texts(opened, "#table [aria-current] th") == ["Œuvre du Sacré-Cœur, Weißstraße"]


def test_every_control_has_a_name(opened: Browser) -> None:
    choose(opened, node="urn:iom")
    opened.driver.find_element("id", "table-button").click()
    tree = opened.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = {"button", "combobox", "searchbox", "link", "application", "listbox", "region", "complementary", "table"}
    nameless = [
        n["role"]["value"] for n in tree
        if not n["ignored"] and n["role"]["value"] in roles and not n.get("name", {}).get("value")
    ]  # fmt: skip
    assert nameless == []
    assert len(tree) > 100


def test_motion_stops_for_those_who_want_none(opened: Browser) -> None:
    """The view jumps: it is there at once, without a frame in between."""
    features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    moved = opened.run(
        """const before = migkg.network.getScale();
        document.querySelector("[data-zoom]").click();
        return migkg.network.getScale() / before"""
    )
    assert moved == pytest.approx(1.4)
