"""The pages of compare, chart, map and flow in a real browser with the network off: what a reader does and sees."""

from collections.abc import Callable
from pathlib import Path

import pytest

from support.boards import NODES, READ, draw_pages, hostile, ties
from support.browsing import Browser
from support.hostile import HOSTILE

pytestmark = pytest.mark.browser
Open = Callable[[str], None]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("boards été")
    paths = {kind: folder / f"{kind}.html" for kind in ("compare", "diff", "chart", "map", "flow", "network")}
    for kind, page in draw_pages(NODES, ties(), READ).items():
        paths[kind].write_text(page, encoding="utf-8")
    return paths


def click(browser: Browser, selector: str) -> None:
    browser.driver.find_element("css selector", selector).click()


def quotes(browser: Browser) -> list[str]:
    return [quote.text for quote in browser.driver.find_elements("css selector", "#details blockquote")]


def colour(browser: Browser, selector: str) -> tuple[str, str]:
    look = browser.run(
        "const s = getComputedStyle(document.querySelector(arguments[0])); return [s.stroke, s.strokeDasharray]",
        selector,
    )
    return look[0], look[1]


@pytest.mark.parametrize("kind", ["compare", "chart", "map", "flow", "network"])
def test_opens_with_no_request_and_no_error_and_says_what_was_read(
    browser: Browser, files: dict[str, Path], kind: str
) -> None:
    browser.open(files[kind])
    assert browser.requests() == []
    assert browser.errors() == []
    about = browser.text("#about")
    for part in ("3 documents read", "67 % dated", "English 2, French 1"):
        assert part in about


def test_changes_are_told_by_colour_and_line_and_lead_to_both_sides(browser: Browser, files: dict[str, Path]) -> None:
    browser.open(files["compare"])
    looks = {kind: colour(browser, f".frame .tie.{kind}") for kind in ("added", "gone", "stronger")}
    assert len(set(looks.values())) == 3
    assert looks["added"][1] != looks["gone"][1]  # without colours too
    rows = "return document.querySelectorAll('#board tbody tr').length"
    assert browser.run(rows) == 9
    click(browser, "[data-kind=gone]")
    assert browser.run(rows) == 6
    assert browser.run(
        "return [...document.querySelectorAll('.hit[data-kind=gone]')].every((tie) => tie.hasAttribute('hidden'))"
    )
    stronger = "return migkg.changes.findIndex((change) => change.kind === 'stronger')"
    browser.run("document.querySelector(`[data-row='${arguments[0]}'] button`).click()", browser.run(stronger))
    details = browser.text("#details")
    assert "Documents that state it: 1 before, 2 after" in details
    assert "Another page says so too." in quotes(browser)
    browser.run(
        "document.querySelector('.frame .hit[data-kind=added]').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    assert "added" in browser.text("#details .verdict")


def test_a_difference_is_filtered_and_leads_to_the_sentences_of_both_sides(
    browser: Browser, files: dict[str, Path]
) -> None:
    browser.open(files["diff"])
    assert (browser.requests(), browser.errors()) == ([], [])
    rows = "return [...document.querySelectorAll('#board tbody tr')].map((row) => row.textContent)"
    assert len(browser.run(rows)) == 16
    assert "in the graph 30 lines more and 4 fewer" in browser.text("#about")
    click(browser, "[data-change=added]")
    click(browser, "[data-change=changed]")
    withdrawn = browser.run(rows)
    assert len(withdrawn) == 3 and all("withdrawn" in row for row in withdrawn)
    click(browser, "#board tbody button")
    assert "no document of the newer one does" in browser.text("#details")
    assert quotes(browser) == ["Government of Japan funds Border project."]
    click(browser, "[data-change=changed]")
    browser.run(
        "const kind = document.querySelector('#kind'); kind.value = 'identity'; kind.dispatchEvent(new Event('change'))"
    )
    (merged,) = browser.run(rows)
    assert "merged into one: urn:new → urn:old" in merged
    browser.run(
        "const kind = document.querySelector('#kind'); kind.value = ''; kind.dispatchEvent(new Event('change'))"
    )
    browser.driver.find_element("id", "search").send_keys("HANOI meeting")
    assert browser.run(rows) and all("Meeting in Hanoï" in row for row in browser.run(rows))


def test_the_chart_folds_and_follows_a_date(browser: Browser, files: dict[str, Path]) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open(files["chart"])
    names = "return [...document.querySelectorAll('.name')].filter((n) => n.offsetParent).map((n) => n.textContent)"
    assert browser.run(names) == ["International Organization for Migration", "Office of Research", "Data Desk"]
    click(browser, ".unit .unit .fold")
    assert browser.run(names) == ["International Organization for Migration", "Office of Research"]
    browser.run("document.querySelector('.unit .unit .name').focus()")
    browser.type(Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
    assert browser.run("return document.activeElement.textContent") == "Data Desk"
    holders = [h.text for h in browser.driver.find_elements("css selector", ".unit .unit .holder")]
    assert holders == ["Bo New June 2018", "Ana Old earlier, March 2015"]
    browser.driver.find_element("id", "date").send_keys("2016", Keys.ENTER)
    assert browser.run(names) == ["International Organization for Migration", "Office of Research"]
    assert "Bo New" not in browser.text("#board")
    assert (
        "as said by December 31, 2016 · 1 lines · 0 of them undated (dotted) · 1 said later are hidden"
        in browser.text("#said")
    )
    click(browser, ".unit .unit .line")
    assert quotes(browser) == ["Office of Research partOf International Organization for Migration."]


def test_reporting_lines_stand_apart(browser: Browser, files: dict[str, Path]) -> None:
    browser.open(files["chart"])
    click(browser, "[data-kind=reports]")
    boxes = [name.text for name in browser.driver.find_elements("css selector", ".tree.reports .name")]
    assert boxes == ["Director, Office of Research", "Data Desk"]
    assert "undated" in str(browser.driver.find_element("css selector", ".tree .line").get_attribute("class"))
    click(browser, ".tree .line")
    assert "reports to" in browser.text("#details .triple")
    assert quotes(browser) == ["Data Desk reportsTo Director, Office of Research."]


def test_a_country_leads_to_its_programmes_and_they_to_sentences(browser: Browser, files: dict[str, Path]) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.open(files["map"])
    browser.run("document.querySelector('[data-country=MLI]').focus()")
    browser.type(Keys.ENTER)
    assert browser.text("#details h2") == "Mali"
    click(browser, "#details .links button")
    assert quotes(browser) == ["Border project covers Mali."]
    assert "1 of 1 placed" in browser.text("#tools")
    click(browser, "[data-type=Programme]")
    assert browser.run("return [...document.querySelectorAll('.dot')].map((dot) => dot.dataset.country)") == ["VNM"]
    browser.type(Keys.ESCAPE)
    assert quotes(browser) == []


def test_a_sum_leads_to_its_sentence_and_what_has_none_is_thin(browser: Browser, files: dict[str, Path]) -> None:
    browser.open(files["flow"])
    widths = """return Object.fromEntries([...document.querySelectorAll('[data-link]')].map((g) => {
        const {strokeWidth} = getComputedStyle(g.querySelector('.band'));
        return [g.querySelector('title').textContent.replace(/\\s/g, ' '), parseFloat(strokeWidth)];
    }))"""
    found = browser.run(widths)
    paid = [width for title, width in found.items() if "USD 2,000,000" in title]
    thin = [width for title, width in found.items() if "no sum" in title]
    assert paid and thin and min(paid) > 100 > 3 > max(thin)
    assert "1 with a sum" in browser.text("#about")
    browser.run(
        "document.querySelector('.money').parentElement.dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    assert "USD 2,000,000" in browser.text("#details .sums")
    assert quotes(browser)[0] == "Government of Japan funds Border project."


def test_paper_is_white_and_the_dark_is_dark(browser: Browser, files: dict[str, Path]) -> None:
    browser.prefer("dark")
    browser.open(files["flow"])
    paper = "return getComputedStyle(document.body).backgroundColor"
    assert browser.run(paper) == "rgb(20, 24, 29)"
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert browser.run(paper) == "rgb(255, 255, 255)"


def test_measures_year_by_year_and_the_sentences_behind_a_tie(browser: Browser, files: dict[str, Path]) -> None:
    browser.open(files["network"])
    years = "return [...document.querySelectorAll('.year strong')].map((year) => year.textContent)"
    assert browser.run(years) == ["2015", "2018", "undated"]
    assert (
        browser.run("return document.querySelector('.year.undated figcaption').textContent")
        == "undated2 actors, 1 pairs"
    )
    press = "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    browser.run(press, "[data-pair]")
    assert set(quotes(browser)) >= {"Government of Japan cooperatesWith International Organization for Migration."}
    browser.run(press, "[data-rank]")
    assert "2015 2 (1)" in " ".join(browser.text("#details").split())
    assert browser.run("return document.querySelectorAll('.dot.marked').length") == 4  # three years and the backbone
    select = "const s = document.querySelectorAll('#tools select')[1]; s.value = '0.01';"
    browser.run(f"{select} s.dispatchEvent(new Event('change'))")
    assert browser.run("return document.querySelectorAll('[data-pair]').length") == 0  # one tie is no backbone
    assert browser.errors() == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_runs(browser: Browser, tmp_path: Path, text: str) -> None:
    nodes, told = hostile(text)
    read = {"documents": 3, "dated": 2, "languages": {text: 3}}
    for kind, page in draw_pages(nodes, told, read, title=text).items():
        path = tmp_path / f"{kind}'\"&<img src=x onerror=alert(1)>.html"
        path.write_text(page, encoding="utf-8", errors="strict")
        browser.open(path)
        use_everything = """
            const press = (selector) => document.querySelectorAll(selector).forEach((e) => {
              e.dispatchEvent(new MouseEvent("click", {bubbles: true}));
              e.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
            });
            press("#tools button"); press("#tools button"); press("#board button");
            press("#board .hit, #board .dot, #board tr"); press("#details button");
            return [...document.links].map((a) => a.href)"""
        links = browser.run(use_everything)
        assert browser.run("return window.__pwn ?? null") is None, kind
        assert browser.errors() == [], kind
        assert browser.requests() == [], kind
        assert [link for link in links if not link.startswith(("https://example.org/", path.as_uri()))] == [], kind
