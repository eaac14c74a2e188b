"""The page of the service in a real browser: what a researcher does with it, and what a hostile graph tries."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from migkg.query.catalogue import load_catalogue
from migkg.rdf.namespaces import ID, MG, SKOS
from migkg.store.folder import FolderStore
from support.browsing import Browser, open_chromium
from support.hostile import EVERYTHING, HOSTILE, HOSTILE_QUERIES, hostile_lines
from support.service import Service, serving

pytestmark = pytest.mark.browser

ROWS = "return document.querySelectorAll('#results tbody tr').length"
SHOWN = "document.querySelector('#results .view')?.children.length"


class Page(Browser):
    """The page of one service."""

    address = ""

    def go(self, *, ready: str = "document.documentElement.dataset.ready", **link: str) -> None:
        """Open the page with what a link says."""
        self.visit(f"{self.address}#{urlencode({'ui': 'en', **link})}", ready)

    def find(self, selector: str) -> "Element":
        return self.driver.find_element("css selector", selector)  # type: ignore[no-any-return]

    def click(self, selector: str) -> None:
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", self.find(selector))
        self.find(selector).click()

    def quiet(self) -> None:
        """Nothing went wrong, and nothing was asked of anybody else."""
        assert self.errors() == []
        assert self.console() == []
        assert [url for url in self.requests() if not url.startswith((self.address, "blob:"))] == []


class Element:
    """What of selenium's elements is used here."""

    click: Callable[[], None]
    send_keys: Callable[..., None]
    text: str


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    driver = open_chromium(tmp_path_factory.mktemp("window"))
    grant = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    driver.execute_cdp_cmd("Browser.grantPermissions", grant)
    yield Page(driver)
    driver.quit()


@pytest.fixture
def page(window: Page, service: Service) -> Iterator[Page]:
    window.address = service.address
    window.prefer("light")
    yield window
    window.run("try { localStorage.clear() } catch {}")
    window.driver.get("about:blank")


def answered(page: Page) -> int:
    page.wait(SHOWN)
    rows: int = page.run(ROWS)
    return rows


def test_the_first_page_says_what_was_read_and_asks_nobody_else(page: Page) -> None:
    page.go()
    for part in ("16 documents read", "19 % dated", "English 8", "French 4", "Spanish 4"):
        assert part in page.text("#denominator")
    assert len(page.driver.find_elements("css selector", ".cards button")) == 12
    page.run("document.querySelector('.holdings').scrollIntoView()")
    page.click("#tab-sparql")
    page.quiet()


def test_the_policy_stops_what_the_page_does_not_do_itself(page: Page, service: Service) -> None:
    """The alarm works: a request elsewhere and a script in the page are stopped and noticed."""
    page.go()
    page.run("const image = new Image(); image.src = 'http://127.0.0.2:1/x.png'")
    page.run("const s = document.createElement('script'); s.textContent = 'window.__pwn = 1'; document.body.append(s)")
    page.wait("window.__errors.length > 1")
    assert page.run("return window.__pwn ?? null") is None
    assert "script-src 'self'" in service.get("/").headers["content-security-policy"]


def test_a_question_is_chosen_filled_in_and_answered(page: Page, service: Service) -> None:
    from selenium.webdriver.common.keys import Keys

    page.go()
    page.click("[data-question=funders-of]")
    page.wait("document.activeElement.id === 'p-country'")
    page.type("mauri")
    page.wait("!document.getElementById('p-country-list').hidden")
    page.type(Keys.ARROW_DOWN, Keys.ENTER)
    assert page.run("return document.getElementById('p-country').value") == "Mauritania"
    page.type(Keys.ENTER)
    expected = int(service.get("/questions/funders-of", country="MRT").headers["migkg-rows"])
    assert answered(page) == expected > 1
    assert "Government of Japan" in page.text("#results table")
    assert "Documents in the graph: 16" in page.text("#results .summary")
    assert page.run("return location.hash") == "#ui=en&q=funders-of&p.country=MRT&p.lang=en"
    page.quiet()


def test_an_actor_is_found_by_name(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.go(q="partners-of")
    page.click("#p-organisation")
    page.wait("document.querySelectorAll('#p-organisation-list li').length > 5")  # what most is said of
    page.type("organizacion internacional")
    page.wait("/International Organization/.test(document.getElementById('p-organisation-list').textContent)")
    page.type(Keys.ARROW_DOWN, Keys.ENTER, Keys.ENTER)
    assert answered(page) > 5
    assert f"p.organisation={ID}org/iom".replace(":", "%3A").replace("/", "%2F") in page.run("return location.hash")


def test_what_is_missing_is_asked_for(page: Page) -> None:
    page.go(q="funders-of")
    page.click("#run")
    assert page.run("return document.activeElement.id") == "p-country"
    assert page.run(ROWS) == 0


def test_a_row_leads_to_its_sentences_and_back(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.go(q="follow-the-money", **{"p.donor": "government:JPN"})
    answered(page)
    page.click("#results .evidence")
    page.wait("document.querySelectorAll('#evidence blockquote').length")
    assert "Japan" in page.text("#evidence .triple")
    assert "stated" in page.text("#evidence .claim")
    page.type(Keys.ESCAPE)
    assert page.run("return document.getElementById('evidence').hidden")
    assert page.run("return document.activeElement.className") == "evidence"
    page.quiet()


@pytest.mark.parametrize(
    ("name", "tie"),
    [
        ("Government of Japan", "funds projet de gestion des frontières"),
        ("Government of Mauritania", "funded by International Organization for Migration"),  # from the other end
    ],
)
def test_the_sentences_of_one_thing_say_what_it_is_tied_to(page: Page, name: str, tie: str) -> None:
    page.go(q="find", **{"p.text": name})
    answered(page)
    page.click("#results .evidence")
    page.wait("document.querySelectorAll('#evidence .tie a').length > 2")
    ties = page.run("return [...document.querySelectorAll('#evidence .tie')].map((tie) => tie.textContent)")
    assert tie in ties
    assert not [one for one in ties if "id:" in one or "https" in one]
    page.quiet()


def test_the_tabs_are_turned_by_arrow_keys(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.go()
    page.click("#tab-question")
    page.type(Keys.ARROW_RIGHT)
    assert page.run("return document.activeElement.id") == "tab-sparql"
    assert page.run(
        "return [document.getElementById('sparql').hidden, document.getElementById('question').hidden]"
    ) == [
        False,
        True,
    ]


def test_more_rows_than_the_page_keeps_are_said(page: Page, service: Service) -> None:
    query = "SELECT ?a ?p ?o ?r { ?a ?p ?o . ?b ?q ?r } LIMIT 20007"
    page.go(sparql=query)
    page.wait(SHOWN)
    assert "20,007 rows" in page.text("#results .summary h2")
    assert "the first 20,000 are shown here" in page.text("#results .summary h2")
    assert page.run(ROWS) == 200
    assert "first 200 of 20,000 rows" in page.text(".narrow")
    page.quiet()


def test_a_thing_leads_to_its_page(page: Page, service: Service) -> None:
    page.go(q="funders-of", **{"p.country": "MRT", "p.lang": "fr"}, ui="fr")
    answered(page)
    links = page.run("return [...document.querySelectorAll('#results td a')].map((a) => a.href)")
    assert f"{service.address}doc/org/iom?lang=fr" in links
    response = service.get(links[0].removeprefix(service.address.rstrip("/")))
    assert (response.status, response.media_type) == (200, "text/html")


def test_rows_are_sorted_and_narrowed(page: Page) -> None:
    page.go(q="find", **{"p.text": "government"})
    before = answered(page)
    counts = "return [...document.querySelectorAll('#results tbody td:last-child')].map((td) => Number(td.textContent))"
    for order, down in (("descending", True), ("ascending", False)):
        page.click("th[data-column=claims] button")
        assert page.run("return document.querySelector('th[data-column=claims]').ariaSort") == order
        assert page.run(counts) == sorted(page.run(counts), reverse=down)
    page.find(".narrow input").send_keys("JÁPAN")  # accents and capitals do not matter
    page.wait(f"document.querySelectorAll('#results tbody tr').length < {before}")
    assert page.run("return document.querySelector('#results tbody td a').textContent") == "Government of Japan"
    assert f"1 of {before} rows" in page.text(".narrow")


def test_columns_over_the_years_keep_the_undated_apart(page: Page) -> None:
    page.go(q="sources", view="chart")
    page.wait("document.querySelectorAll('#results .chart rect.series').length > 2")
    assert "no year: " in page.text("#results .chart")
    assert page.find("#results .chart .drawing")
    page.quiet()


def test_the_network_is_drawn_and_its_links_lead_to_sentences(page: Page) -> None:
    page.go(q="follow-the-money", view="network", **{"p.donor": "government:JPN"})
    page.wait("document.querySelector('#results .stage')?.dataset.drawn")
    types = set(page.run("return migkg.graph.nodes.map((node) => node.type)"))
    assert {"Government", "Programme"} <= types
    link = """const {edges} = migkg.graph, at = edges.findIndex((e) => e.from.endsWith('government/JPN'));
        const {x, y} = migkg.network.canvasToDOM(migkg.network.getBoundingBox
          ? migkg.network.body.edges[at].edgeType.getPoint(0.5) : {x: 0, y: 0});
        const box = document.querySelector('#results .stage').getBoundingClientRect();
        document.querySelector('#results .stage').scrollIntoView({block: 'center'});
        return [x - box.width / 2, y - box.height / 2]"""
    from selenium.webdriver.common.action_chains import ActionChains

    page.run("document.querySelector('#results .stage').scrollIntoView({block: 'center'})")
    page.wait("migkg.network.physics.physicsEnabled === false")
    right, down = page.run(link)
    stage = page.driver.find_element("css selector", "#results .stage")
    ActionChains(page.driver, duration=20).move_to_element_with_offset(stage, right, down).click().perform()
    page.wait("document.querySelectorAll('#evidence blockquote').length")
    assert "Japan" in page.text("#evidence .triple")
    page.quiet()


def test_a_network_that_is_too_dense_says_what_it_leaves_out(page: Page) -> None:
    query = f"SELECT ?a ?b {{ ?a <{MG}country> ?c . ?b <{MG}country> ?d FILTER(?a != ?b) }} LIMIT 1500"
    page.go(sparql=query, view="network")
    page.wait("document.querySelector('#results .stage')?.dataset.drawn")
    drawn, told = page.run("return migkg.graph.edges.length"), page.text("#results .network .hint")
    assert drawn == 600
    assert "900 links; the table has them" in told
    page.quiet()


def test_triples_are_a_network_a_table_and_turtle(page: Page) -> None:
    page.go(q="about", **{"p.thing": "government:JPN"})
    page.wait("document.querySelector('#results .stage')?.dataset.drawn")
    page.click("[data-view=turtle]")
    page.wait("document.querySelector('#results pre')")
    assert "mg:funds" in page.text("#results pre")
    page.click("[data-view=table]")
    assert answered(page) > 5
    page.quiet()


def test_dated_rows_are_a_timeline_and_undated_ones_are_counted(page: Page) -> None:
    query = f"""SELECT ?event ?eventName ?when {{
      ?event a <{MG}Event> ; <{SKOS}prefLabel> ?eventName OPTIONAL {{ ?event <{MG}when> ?when }} }}"""
    page.go(sparql=query, view="timeline")
    page.wait("document.querySelectorAll('#results .timeline .entry').length > 1")
    assert "without a known year" in page.text("#results .timeline h3")
    page.click("#results .timeline .entry")
    page.wait("document.querySelectorAll('#evidence blockquote').length")
    page.quiet()


def test_countries_are_a_map(page: Page) -> None:
    query = f"SELECT ?country (COUNT(*) AS ?things) {{ ?thing <{MG}country> ?country }} GROUP BY ?country"
    page.go(sparql=query, view="map")
    page.wait("document.querySelectorAll('#results .map circle').length > 10")
    assert page.run("return document.querySelectorAll('#results .map path.told').length") > 10
    assert page.run("return document.querySelector('[data-country=VNM] title').textContent").startswith("Viet Nam: ")
    page.quiet()


def test_a_question_goes_on_as_sparql_with_its_values(page: Page) -> None:
    page.go(q="funders-of", **{"p.country": "MRT"})
    rows = answered(page)
    page.click("#edit")
    page.wait("!document.getElementById('sparql').hidden")
    text = page.run("return migkg.editor.getValue()")
    assert '"MRT"' in text and "#+" not in text
    page.click("#run-sparql")
    page.wait("location.hash.includes('sparql=')")
    assert answered(page) == rows
    assert page.run("return migkg.editor.queryValid") is True
    page.quiet()


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("?a mg:fun", "mg:funds"),
        ("?a fun", "mg:funds"),  # without its prefix
        ("?a finan", "mg:funds"),  # its label in French and in Spanish
        ("?a a gobier", "mg:Government"),  # a class, by its label in Spanish
    ],
)
def test_the_editor_offers_the_terms_of_the_graph(page: Page, typed: str, term: str) -> None:
    from selenium.webdriver.common.keys import Keys

    page.go()
    page.click("#tab-sparql")
    page.run("migkg.editor.setValue('SELECT * {\\n\\n}'); migkg.editor.setCursor(1, 0); migkg.editor.focus()")
    page.type(typed)
    page.wait("document.querySelector('.CodeMirror-hint-active')")
    page.type(Keys.ENTER)
    page.wait("!document.querySelector('.CodeMirror-hint')")
    text = page.run("return migkg.editor.getValue()")
    assert term in text
    assert f"PREFIX mg: <{MG}>" in text
    page.quiet()


def test_an_error_in_a_query_is_one_readable_line(page: Page) -> None:
    page.go(sparql="SELECT * { ?a ?b }", ready="document.querySelector('#results .error')")
    assert "line 1" in page.text("#results .error")
    assert page.find(".CodeMirror .wrong")  # the line stands out
    page.run("document.querySelector('.parseErrorIcon').dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))")
    assert page.errors() == []  # the note of the editor has a style that the policy knows


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"sparql": "DROP ALL"}, "nothing is changed"),
        ({"sparql": "SELECT * { SERVICE <http://127.0.0.2/> { ?a ?b ?c } }"}, "SERVICE"),
        ({"q": "funders-of", "p.country": "Atlantis"}, "Atlantis"),
    ],
    ids=["update", "another service", "no such country"],
)
def test_what_is_refused_is_said(page: Page, link: dict[str, str], said: str) -> None:
    page.go(**link, ready="document.querySelector('#results .error')")
    assert said.lower() in page.text("#results .error").lower()
    assert "\n" not in page.text("#results .error")
    assert page.errors() == []


def test_an_empty_answer_says_what_it_does_not_mean(page: Page) -> None:
    page.go(q="funders-of", ready="document.querySelector('#results .nothing')", **{"p.country": "ISL"})
    assert "does not mean that it is not so" in page.text("#results")


def test_yes_and_no(page: Page) -> None:
    page.go(sparql="ASK { ?a ?b ?c }", ready="document.querySelector('#results .yes-no')")
    assert page.text("#results .yes-no") == "Yes"


def test_a_link_brings_back_question_values_view_and_language(page: Page) -> None:
    page.go(q="funders-of", **{"p.country": "MRT"})
    answered(page)
    page.click("[data-view=network]")
    page.wait("document.querySelector('#results .stage')?.dataset.drawn")
    page.click("#share")
    page.wait("document.getElementById('share').textContent === 'Copied'")
    link = page.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    page.visit(link)
    page.wait("document.querySelector('#results .stage')?.dataset.drawn")
    assert page.run("return document.getElementById('p-country').value") == "Mauritania"
    assert page.run("return document.querySelector('[data-view=network]').ariaPressed") == "true"


def test_back_goes_to_the_question_before(page: Page) -> None:
    page.go(q="sources")
    answered(page)
    page.click("[data-question=themes]")
    page.wait("document.querySelector('#question .title').textContent.includes('Theme')")
    page.driver.back()
    page.wait("document.querySelector('[data-question=sources]').ariaCurrent === 'true'")


def test_an_answer_is_downloaded_as_the_service_gives_it(page: Page, service: Service, tmp_path: Path) -> None:
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    page.go(q="funders-of", **{"p.country": "MRT"})
    answered(page)
    page.click("[data-format=csv]")
    page.wait("document.querySelector('[data-format=csv]').classList.contains('done')")
    from selenium.webdriver.support.ui import WebDriverWait

    file = tmp_path / "funders-of-MRT.csv"
    WebDriverWait(page.driver, 10).until(lambda _: file.exists())
    assert file.read_bytes() == service.get("/questions/funders-of", "text/csv", country="MRT", lang="en").body
    assert len(list(csv.DictReader(io.StringIO(file.read_text())))) > 1


@pytest.mark.parametrize(
    ("language", "heading", "documents"),
    [("fr", "Bailleurs d’un pays", "16 documents lus"), ("es", "Financiadores de un país", "16 documentos leídos")],
)
def test_another_language_keeps_what_was_asked(page: Page, language: str, heading: str, documents: str) -> None:
    page.go(q="funders-of", **{"p.country": "MRT"})
    answered(page)
    page.run(
        "const s = document.getElementById('language'); s.value = arguments[0]; s.dispatchEvent(new Event('change'))",
        language,
    )
    page.wait(f"document.documentElement.lang === '{language}' && location.hash.includes('ui={language}')")
    answered(page)
    assert page.text("#question .title") == heading
    assert documents in page.text("#denominator")
    page.driver.refresh()
    page.wait(SHOWN)
    assert page.run("return document.documentElement.lang") == language
    page.quiet()


def test_dark_and_light(page: Page) -> None:
    paper = "return getComputedStyle(document.body).backgroundColor"
    page.prefer("dark")
    page.go()
    assert page.run(paper) == "rgb(20, 24, 29)"
    page.click("#theme")
    assert page.run(paper) == "rgb(255, 255, 255)"
    page.go()  # remembered, whatever the system prefers
    assert page.run(paper) == "rgb(255, 255, 255)"


@pytest.mark.parametrize(
    "link", [{}, {"q": "who-pays", "p.country": "MRT"}, {"sparql": "SELECT * { ?a ?b ?c } LIMIT 9"}]
)
def test_every_control_has_a_name(page: Page, link: dict[str, str]) -> None:
    page.go(**link)
    if link:
        page.wait(SHOWN)
    nameless = """const controls = 'button, input, select, [role=button], [role=tab], a';
      return [...document.querySelectorAll(controls)].filter((e) => {
        const label = e.id && document.querySelector(`label[for="${e.id}"]`);
        return !(e.ariaLabel || (label && label.textContent.trim()) || e.textContent.trim() || e.title);
      }).filter((e) => e.offsetParent).map((e) => e.outerHTML.slice(0, 200))"""
    assert page.run(nameless) == []


@pytest.mark.parametrize("size", [(1280, 800), (1024, 768)])
def test_nothing_sticks_out_of_the_window(page: Page, size: tuple[int, int]) -> None:
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        page.go(q="who-pays", **{"p.country": "MRT"})
        answered(page)
        page.click("#results .evidence")
        page.wait("!document.getElementById('evidence').hidden")
        wide = """const main = document.getElementById("main");
            return [document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth]"""
        assert page.run(wide) == [0, 0]
    finally:
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.fixture(scope="module")
def hostile_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("hostile") / "store"
    folder.mkdir()
    store = FolderStore(folder, read_only=False)
    try:
        texts = [text[:5000] for text in HOSTILE.values()]
        store.replace_graph(f"{ID}source/bad", hostile_lines(texts))
    finally:
        store.close()
    with serving(folder) as running:
        yield running


@pytest.mark.parametrize("asked", HOSTILE_QUERIES)
def test_no_text_of_the_graph_runs(page: Page, hostile_service: Service, asked: str) -> None:
    page.address = hostile_service.address
    page.go(**HOSTILE_QUERIES[asked])
    page.wait(SHOWN)
    addresses = page.driver.execute_async_script(EVERYTHING)
    assert page.run("return window.__pwn ?? null") is None
    page.quiet()
    assert page.run("return document.querySelectorAll('#results *').length") > 20
    assert [address for address in addresses if not address.startswith(("http://", "https://"))] == []


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE.values() if len(text) < 2000], ids=[k for k in HOSTILE if k != "long"]
)
def test_no_text_of_a_link_runs(page: Page, text: str) -> None:
    """A link that somebody sends is as hostile as a graph."""
    link = {"q": "find", "p.text": text, "p.lang": text, "view": text, "p.__proto__": text, "ui": text}
    page.visit(f"{page.address}#{urlencode(link)}")
    page.visit(f"{page.address}#{urlencode({'sparql': text, 'view': text, 'q': text})}")
    page.wait("document.querySelector('#results').children.length || document.querySelector('.cards')")
    assert page.run("return window.__pwn ?? null") is None
    assert page.errors() == []
    assert [url for url in page.requests() if not url.startswith(page.address)] == []


@pytest.mark.parametrize("form", ["chart", "map", "network", "timeline"])
def test_every_form_that_a_question_asks_for_can_be_drawn(page: Page, form: str) -> None:
    """One question with this form, from the catalogue; what it draws is there."""
    asked = {
        "chart": {"q": "themes"},
        "map": {"q": "hosts-and-funders"},
        "network": {"q": "partners-of", "p.organisation": "org:iom"},
        "timeline": {"q": "trainings"},
    }[form]
    assert form in load_catalogue()[asked["q"]].forms
    page.go(view=form, **asked)
    drawn = """document.querySelector("#results .stage")?.dataset.drawn
        || document.querySelectorAll("#results svg.drawing *").length > 5"""
    page.wait(drawn if form != "timeline" else "document.querySelector('#results .timeline figcaption')")
    if form == "network":  # the organisation that was asked about is the middle of its network
        assert f"{ID}org/iom" in page.run("return migkg.graph.nodes.map((node) => node.iri)")
        assert page.run("return migkg.graph.edges.length") > 5
    page.quiet()
