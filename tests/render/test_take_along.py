"""What the page saves: tables and networks say the same as `migkg export`, pictures show what the view shows."""

import csv
import io
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from migkg.network.evidence import Amount, Claim, Source
from migkg.network.formats import safe_cell, write_csv, write_gexf
from migkg.network.periods import period
from migkg.render.page import render_page
from support.browsing import Browser, node

if TYPE_CHECKING:
    Graph = nx.MultiDiGraph[str]

pytestmark = pytest.mark.browser


def open_page(browser: Browser, graph: "Graph", folder: Path, **options: Any) -> None:
    path = folder / "network.html"
    path.write_text(render_page(graph, **options), encoding="utf-8")
    browser.open(path)


def ask(browser: Browser, expression: str) -> Any:
    """What an expression gives once the sentences are unpacked."""
    return browser.driver.execute_async_script(f"migkg.evidence().then(() => {expression}).then(arguments[0])")


@pytest.fixture
def dated(graph: "Graph") -> "Graph":
    """Edges that are parallel, undated, without claims, dated by an end or by a release."""
    third = Source("urn:s3", "Été, « 2016 »\n2", "https://example.org/3", "2016-02", "fr", "OIM")
    claims = (
        Claim("urn:c5", 'He said "yes", then\r\nno', third, "planned", 0.5, (Amount("5", "EUR", "pledged"),), "chief"),
        Claim("urn:c6", "\u0007bell", Source("urn:s4", "Plain", None, "2014-05-06", "en")),
    )
    graph.add_edge("urn:jpn", "urn:project", "partnersIn", claims=claims)
    graph.add_edge("urn:jpn", "urn:iom", "memberOf", claims=claims)
    return graph


def test_csv_is_that_of_the_command_line(browser: Browser, dated: "Graph", tmp_path: Path) -> None:
    open_page(browser, dated, tmp_path)
    text = ask(browser, "migkg.csvOf(migkg.edgesToSave())")
    assert text.startswith("\ufeff")
    target = io.BytesIO()
    write_csv(dated, target)
    rows = list(csv.reader(io.StringIO(target.getvalue().decode(), newline="")))
    assert list(csv.reader(io.StringIO(text[1:], newline=""))) == rows
    assert len(rows) == 10


FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1", "＠x", '=HYPERLINK("http://x","y")',
]  # fmt: skip


def test_no_cell_is_a_formula(browser: Browser, graph: "Graph", tmp_path: Path) -> None:
    for text in FORMULAS:
        graph.add_node(f"urn:x{text!r}", **node(text, "Event"))
        source = Source(f"urn:s{text!r}", text, None, text, text, text)
        graph.add_edge(f"urn:x{text!r}", "urn:project", "partOf", claims=(Claim(text, text, source, text, post=text),))
    open_page(browser, graph, tmp_path)
    rows = list(csv.reader(io.StringIO(ask(browser, "migkg.csvOf(migkg.edgesToSave())")[1:], newline="")))
    for text in FORMULAS:
        (row,) = [row for row in rows if f"urn:x{text!r}" in row]
        assert row.count(safe_cell(text)) >= 6, text
        assert [cell for cell in row if cell != safe_cell(cell)] == []


def read(text: str | bytes) -> "Graph":
    graph: Graph = nx.read_gexf(io.BytesIO(text if isinstance(text, bytes) else text.encode()))
    return nx.MultiDiGraph(graph)


def test_gexf_is_that_of_the_command_line(browser: Browser, dated: "Graph", tmp_path: Path) -> None:
    open_page(browser, dated, tmp_path)
    page = read(ask(browser, "migkg.gexfOf(migkg.edgesToSave())"))
    target = io.BytesIO()
    write_gexf(dated, target)
    command = read(target.getvalue())
    assert (len(page), page.number_of_edges()) == (len(command), command.number_of_edges()) == (4, 6)
    assert page.graph["mode"] == "dynamic"
    for iri, facts in command.nodes.items():
        shared = ("label", "type", "country", "when", "start", "end")
        assert {key: page.nodes[iri].get(key) for key in shared} == {key: facts.get(key) for key in shared}
        assert page.nodes[iri]["viz"]["size"] == facts["viz"]["size"]
    facts_of = {(s, o, data["predicate"]): data for s, o, data in page.edges(data=True)}
    for subject, object_, data in command.edges(data=True):
        found = facts_of[subject, object_, data["predicate"]]
        for key in data.keys() - {"id"}:
            assert found.get(key) == pytest.approx(data[key]), key


def test_only_what_is_shown_is_saved(browser: Browser, dated: "Graph", tmp_path: Path) -> None:
    open_page(browser, dated, tmp_path)
    browser.driver.find_element("css selector", "[data-relations=organises]").click()
    browser.driver.find_element("css selector", "[data-relations=participatesIn]").click()
    kept = read(ask(browser, "migkg.gexfOf(migkg.edgesToSave())"))
    assert (sorted(kept), kept.number_of_edges()) == (["urn:iom", "urn:jpn", "urn:project"], 4)
    rows = list(csv.reader(io.StringIO(ask(browser, "migkg.csvOf(migkg.edgesToSave())")[1:], newline="")))
    assert {row[2] for row in rows[1:]} == {"funds", "implements", "partnersIn", "memberOf"}
    root = ElementTree.fromstring(browser.run("return migkg.svgOf()"))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f".//{space}g[@id='links']/{space}line")) == 4
    assert len(root.findall(f".//{space}g[@id='nodes']/{space}use")) == 3


@pytest.mark.parametrize(
    "date",
    ["2015", "2015-02", "2016-02", "1900-02", "2000-02", "2015-03/2017-03", "2015/..", "../2015", "XXXX-02-27",
     "2015-13", "2015-02-30", "0000", "15", "", "2015-02-28/2015-03-01/2015", "tomorrow"],
)  # fmt: skip
def test_days_of_dates_as_in_python(chromium: Browser, graph: "Graph", tmp_path: Path, date: str) -> None:
    if not chromium.run("return window.migkg?.period ? 1 : 0"):
        open_page(chromium, graph, tmp_path)
    assert tuple(chromium.run("return migkg.period(arguments[0])", date)) == period(date)


def test_files_reach_the_disk(browser: Browser, dated: "Graph", tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    browser.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder), "eventsEnabled": False}
    )
    open_page(browser, dated, tmp_path, title="Été 2016: ../../<b>x</b>")
    for kind in ("png", "svg", "csv", "gexf"):
        browser.driver.find_element("css selector", "#save summary").click()
        browser.driver.find_element("css selector", f"[data-save={kind}]").click()
        path = folder / f"ete-2016-b-x-b.{kind}"
        for _ in range(100):
            if path.exists():
                break
            time.sleep(0.05)
        content = path.read_bytes()
        start = {"png": b"\x89PNG\r\n", "csv": b"\xef\xbb\xbfsubject,"}.get(kind, b"<?xml ")
        assert content.startswith(start), kind
    assert len(read((folder / "ete-2016-b-x-b.gexf").read_bytes())) == 4
    assert sorted(path.suffix for path in folder.iterdir()) == [".csv", ".gexf", ".png", ".svg"]
    assert browser.errors() == []
    assert [url for url in browser.requests() if not url.startswith("blob:")] == []
