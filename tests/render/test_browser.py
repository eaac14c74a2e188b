"""The page in a real browser, opened by double click with no network: what a reader does and sees."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migkg.network.evidence import Amount, Claim, Source
from migkg.render.page import render_page
from support.browsing import Browser, node
from support.hostile import HOSTILE

if TYPE_CHECKING:
    import networkx as nx

pytestmark = pytest.mark.browser


def edge_middle(browser: Browser, edge: int) -> tuple[float, float]:
    middle = """const {from, to} = migkg.edges[arguments[0]], a = migkg.positionOf(from), b = migkg.positionOf(to);
        return [(a.x + b.x) / 2, (a.y + b.y) / 2]"""
    x, y = browser.run(middle, edge)
    return x, y


def place(browser: Browser, label: str) -> int:
    found: int = browser.run("return migkg.nodes.findIndex((n) => n.label === arguments[0])", label)
    return found


def test_opens_with_no_request_and_no_error(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.requests() == []
    assert browser.errors() == []
    assert browser.run("return migkg.network.body.nodeIndices.length") == 4
    assert browser.run("return migkg.network.body.edgeIndices.length") == 4
    coloured = """const canvas = document.querySelector("#mynetwork canvas"), {width, height} = canvas;
        const [r, g, b] = [0, 0x72, 0xb2], d = canvas.getContext("2d").getImageData(0, 0, width, height).data;
        let count = 0;
        for (let i = 0; i < d.length; i += 4) count += d[i] === r && d[i + 1] === g && d[i + 2] === b;
        return count"""
    assert browser.run(coloured) > 100  # the blue disc of IOM is drawn


def test_heading_says_what_was_read(browser: Browser, page: Path) -> None:
    browser.open(page)
    about = browser.text("#about")
    for part in ("2 documents read", "50 % dated", "English 1", "French 1", "4 nodes, 4 links shown"):
        assert part in about


def test_click_on_an_edge_shows_every_sentence_and_its_release(browser: Browser, page: Path) -> None:
    browser.open(page)
    funds = browser.run("return migkg.edges.findIndex((e) => e.relation === 'funds')")
    browser.click_at(*edge_middle(browser, funds))
    quotes = [q.text for q in browser.driver.find_elements("css selector", "#details blockquote")]
    assert quotes == ["Japan gives USD 2 million to the project", "Le Japon ne finance pas le projet"]
    link = browser.driver.find_element("css selector", "#details .origin a")
    assert (link.text, link.get_attribute("href")) == ("Japan funds borders", "https://example.org/1")
    assert link.get_attribute("rel") == "noopener noreferrer"
    details = browser.text("#details")
    for part in (
        "USD 2,000,000",
        "March 2, 2015",
        "denied",
        "date not given",
        "Réunion à Hanoï",
        "withdrawn, noticed April 1, 2026",
    ):
        assert part in details


def test_click_on_a_node_shows_names_dates_and_links(browser: Browser, page: Path) -> None:
    browser.open(page)
    spot = browser.run("return migkg.positionOf(arguments[0])", place(browser, "Meeting in Hanoï"))
    browser.click_at(spot["x"], spot["y"])
    details = browser.text("#details")
    for part in ("Meeting in Hanoï", "Event", "February 27 (year not given)", "organised by", "attended by"):
        assert part in details
    browser.driver.find_element("css selector", "#details .link").click()
    assert "L’OIM organise à Hanoï" in browser.text("#details")


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("japan", "Government of Japan"),
        ("organizacion migracion", "International Organization for Migration"),  # an alias, without its accents
        ("internationale pour", "International Organization for Migration"),  # the French name
        ("HANOI", "Meeting in Hanoï"),
    ],
)
def test_search_finds_by_keyboard(browser: Browser, page: Path, typed: str, label: str) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open(page)
    browser.driver.find_element("id", "search").click()
    browser.type(typed, Keys.ARROW_DOWN, Keys.ENTER)
    assert browser.text("#details h2.name") == label
    browser.type(Keys.ESCAPE)  # empties the field
    browser.type(Keys.ESCAPE)  # leaves the node
    assert browser.run("return migkg.chosen()") is None
    assert browser.errors() == []


def test_search_says_when_there_is_nothing(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.driver.find_element("id", "search").send_keys("zzz")
    assert browser.text("#found") == "Nothing found"


def test_legend_filters_drawing_and_table(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.driver.find_element("id", "table-button").click()
    rows = "return document.querySelectorAll('#table tbody tr').length"
    shown = (
        "return migkg.nodes.filter((_, i) => !migkg.network.body.nodes[i].options.hidden).map((n) => n.label).sort()"
    )
    assert browser.run(rows) == 4
    browser.driver.find_element("css selector", "[data-types=Event]").click()
    assert browser.run(rows) == 2
    assert "Meeting in Hanoï" not in browser.run(shown)
    browser.driver.find_element("css selector", "[data-relations=funds]").click()
    assert browser.run(rows) == 1
    assert browser.run(shown) == ["Border project", "International Organization for Migration"]
    assert "2 nodes, 1 links shown" in browser.text("#about")
    browser.driver.find_element("id", "reset").click()
    assert browser.run(rows) == 4


def test_table_row_opens_the_link(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.driver.find_element("id", "table-button").click()
    browser.driver.find_element("css selector", "#table tbody tr td:nth-child(4)").click()
    assert browser.driver.find_elements("css selector", "#details blockquote")


def test_dark_and_light(browser: Browser, page: Path) -> None:
    browser.open(page)
    light = browser.driver.get_screenshot_as_png()
    browser.prefer("dark")
    paper = "return getComputedStyle(document.body).backgroundColor"
    assert browser.run(paper) == "rgb(20, 24, 29)"
    browser.wait("migkg.theme.paper === '#14181d'")  # the drawing follows
    assert browser.driver.get_screenshot_as_png() != light


def test_paper_is_white(browser: Browser, page: Path) -> None:
    browser.prefer("dark")
    browser.open(page)
    assert browser.run("return migkg.theme.paper") == "#14181d"
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert browser.run("return migkg.theme.paper") == "#fff"
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert browser.run("return migkg.theme.paper") == "#14181d"


@pytest.mark.parametrize(("language", "word"), [("fr", "Chercher un nom"), ("es", "Buscar un nombre")])
def test_other_languages(
    browser: Browser, graph: "nx.MultiDiGraph[str]", tmp_path: Path, language: str, word: str
) -> None:
    path = tmp_path / "réseau « été ».html"
    path.write_text(render_page(graph, language=language), encoding="utf-8")
    browser.open(path)
    assert browser.driver.find_element("id", "search").get_attribute("placeholder") == word
    assert browser.errors() == []


def test_the_reader_changes_the_language(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.driver.find_element("id", "table-button").click()
    browser.run("migkg.choose({node: migkg.nodes.findIndex((n) => n.iri === 'urn:iom')})")
    field = browser.driver.find_element("css selector", "#language")
    assert [option.text for option in field.find_elements("tag name", "option")] == ["English", "Español", "Français"]
    field.send_keys("F")
    assert browser.run("return document.documentElement.lang") == "fr"
    assert browser.text("#details h2.name") == "Organisation internationale pour les migrations"
    assert "International Organization for Migration" in browser.text("#details dl")
    assert "met en œuvre" in browser.text("#details")
    assert browser.text("h1") == browser.driver.title == "Réseau d’acteurs"
    assert "2 documents lus" in browser.text("#about")
    assert "Gouvernements" in browser.text("#types")
    assert "Liens affichés" in browser.text("#table caption")
    assert browser.driver.find_element("id", "search").get_attribute("placeholder") == "Chercher un nom"
    browser.run("migkg.choose({node: migkg.nodes.findIndex((n) => n.iri === 'urn:jpn')})")
    assert "Japon" in browser.text("#details dl")
    assert browser.errors() == []


def test_every_control_is_reached_by_tab(browser: Browser, page: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open(page)
    reached = set()
    for _ in range(40):
        browser.type(Keys.TAB)
        reached.add(browser.run("const e = document.activeElement; return e.id || e.className || e.tagName"))
    assert {"table-button", "search", "mynetwork", "fit", "link"} <= reached


# Opens every view, list and field of the page, and writes every file; gives the links that were shown on the way.
USE_EVERYTHING = """
    const [text, done] = arguments, links = new Set();
    const click = (selector) => document.querySelectorAll(selector).forEach((button) => button.click());
    const enter = (selector) => document.querySelectorAll(selector).forEach((field) => {
      field.value = text.slice(0, 60);
      field.dispatchEvent(new Event("input"));
    });
    const hover = () => {
      for (const e of document.querySelectorAll("#details *, #table *, .found *"))
                e.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
      for (const link of document.links) links.add(link.href);
    };
    (async () => {
      await migkg.evidence();
      document.getElementById("table-button").click();
      const node = migkg.nodes.findIndex((n) => n.iri.startsWith("urn:x"));
      const touching = [...migkg.edges.keys()].filter((e) =>
        [migkg.edges[e].from, migkg.edges[e].to].includes(node));
      const views = [{node}, {node, depth: 3}, ...touching.map((edge) => ({edge})),
        {path: [0, node]}, {tie: [0, node]}];
      for (const language of ["fr", "es", "en"]) migkg.speak(language);
      for (const mode of ["events", "funders", "programmes", text, ""]) {
        migkg.switchMode(mode);
        for (const view of views) {
          migkg.choose(view);
          click("#details .more");
          enter("#path-to");
          hover();
        }
      }
      click("#table thead button");
      click("#details .cite");
      enter("#search");
      hover();
      for (const xml of [migkg.svgOf(), migkg.gexfOf(migkg.edgesToSave())]) {
        const read = new DOMParser().parseFromString(xml, "application/xml");
        if (read.querySelector("parsererror")) __errors.push(read.documentElement.textContent.slice(0, 200));
      }
      migkg.csvOf(migkg.edgesToSave());
      return [...links];
    })().then(done, (error) => (__errors.push(String(error)), done([])))"""


# No store holds half a character, but a title or a file may.
TEXTS = HOSTILE | {"half a character": "\ud800 half"}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_text_runs(browser: Browser, graph: "nx.MultiDiGraph[str]", tmp_path: Path, text: str) -> None:
    facts = node(text, "Programme", country=text, when=text, labels={"en": text, "": text, text: text}, aliases=(text,))
    graph.add_node(f"urn:x{text}", **facts)
    source = Source(text, text, text, text, text, text, text)
    bad_amounts = (Amount("1", text, text), Amount(text, text, text))
    claims = (Claim(text, text, source, text, 0.5, bad_amounts, text), Claim("urn:c9", text, source))
    graph.add_edge("urn:iom", f"urn:x{text}", "funds", claims=claims)
    graph.add_edge(f"urn:x{text}", f"urn:x{text}", "partOf", claims=claims)
    graph.graph.update(focus=(f"urn:x{text}",), languages={text: 3}, part={"query": text, "country": text})
    path = tmp_path / "x'\"&<img src=x onerror=alert(1)>.html"
    path.write_text(render_page(graph, title=text), encoding="utf-8", errors="strict")
    browser.console()  # what pages before wrote
    browser.open(path)
    text = text.encode("utf-8", "replace").decode()  # selenium takes no half of a character
    links = browser.driver.execute_async_script(USE_EVERYTHING, text)
    spot = browser.run("return migkg.positionOf(migkg.nodes.findIndex((n) => n.iri.startsWith('urn:x')))")
    browser.click_at(spot["x"], spot["y"])
    for place in ("actor", "path", "link", "types", "view", "lang"):
        browser.run("location.hash = `#${arguments[0]}=${arguments[1].slice(0, 2000)}`", place, text)
    assert browser.run("return window.__pwn ?? null") is None
    assert browser.errors() == []
    assert browser.console() == []
    assert browser.requests() == []
    assert [link for link in links if not link.startswith(("https://example.org/", path.as_uri()))] == []


def test_the_alarm_works(browser: Browser, tmp_path: Path) -> None:
    """A page that trusts a text is noticed: otherwise the cases above would prove nothing."""
    path = tmp_path / "trusting.html"
    path.write_text(f"<!doctype html><body><script>document.body.innerHTML = `{HOSTILE['image']}`</script>")
    browser.open(path, ready="window.__pwn ?? null")
    assert browser.run("return window.__pwn") == "text ran"
    assert [url.rsplit("/", 1)[-1] for url in browser.requests()] == ["x"]
    assert browser.errors()  # the picture that is not there
