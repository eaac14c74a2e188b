"""The review page in a real browser, and what strangers may do with it: nothing."""

from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from migkg.model.proposal import Proposal
from migkg.resolve.verdict_file import load_verdicts
from review.conftest import WHO, reviewing
from support.browsing import Browser
from support.service import Service

LANGUAGES = {"en": "Are these two the same?", "fr": "Est-ce la même chose ?", "es": "¿Son lo mismo?"}


def said(store: Path) -> list[str]:
    return [verdict.choice for verdict in load_verdicts(store.with_name("graph.verdicts.csv"))]


def enter(service: Service) -> dict[str, str]:
    """Headers of a browser that has opened the printed address, and of the page's own script."""
    parts = urlsplit(service.address)
    opened = service.send("GET", f"/?{parts.query}")
    assert (opened.status, opened.headers["location"]) == (303, "/")
    cookie = next(iter(SimpleCookie(opened.headers["set-cookie"]).items()))
    assert cookie[1]["httponly"] and cookie[1]["samesite"].lower() == "strict"
    headers = {"Cookie": f"{cookie[0]}={cookie[1].value}", "Host": parts.netloc, "Origin": f"http://{parts.netloc}"}
    page = service.send("GET", "/", headers=headers)
    token = page.text.split('name="migkg-token" content="')[1].split('"')[0]
    return headers | {"X-Migkg-Token": token, "Content-Type": "application/json"}


@pytest.mark.browser
def test_keys_decide_and_write_to_the_file(store: Path, proposals: list[Proposal], online: Browser) -> None:
    with reviewing(store) as service:
        online.driver.get(service.address)
        online.wait("document.documentElement.dataset.ready")
        assert "token" not in online.driver.current_url
        assert online.text("#place").startswith(f"1 of {len(proposals)}")
        assert proposals[0].left.label in online.text("#pair")
        assert online.driver.find_elements("css selector", "blockquote mark")
        online.type("s")
        online.wait("document.querySelector('#status').textContent === 'Written: the same'")
        assert said(store) == ["same"]
        online.type("w")
        online.type("two bodies", "\ue007")
        online.type("d")
        online.wait("document.querySelector('#status').textContent === 'Written: different'")
        online.type("z")
        online.wait("document.querySelector('#status').textContent.startsWith('Taken back')")
        assert said(store) == ["same", "different", "withdrawn"]
        assert [v.why for v in load_verdicts(store.with_name("graph.verdicts.csv"))][1] == "two bodies"
        assert {v.who for v in load_verdicts(store.with_name("graph.verdicts.csv"))} == {WHO}
        assert proposals[1].left.label in online.text("#pair")
        assert online.errors() == []
        host = urlsplit(service.address).netloc
        assert {urlsplit(url).netloc for url in online.requests() if url.startswith("http")} == {host}


@pytest.mark.browser
def test_split_by_keyboard_alone(store: Path, proposals: list[Proposal], online: Browser) -> None:
    place = next(i for i, p in enumerate(proposals) if max(p.left.references, p.right.references) > 1)
    with reviewing(store) as service:
        online.driver.get(service.address)
        online.wait("document.documentElement.dataset.ready")
        for step in range(place):
            online.type("n")
            online.wait(f"document.querySelector('#place').textContent.startsWith('{step + 2} of')")
        online.type("x")
        online.wait("document.querySelector('#choose').open")
        online.type("1")
        online.wait("document.querySelector('#status').textContent === 'Written: split off'")
        assert said(store) == ["split"]


@pytest.mark.browser
def test_page_speaks_three_languages_in_light_and_dark(store: Path, online: Browser) -> None:
    from selenium.webdriver.support.ui import Select

    with reviewing(store) as service:
        online.driver.get(service.address)
        online.wait("document.documentElement.dataset.ready")
        for code, title in LANGUAGES.items():
            Select(online.driver.find_element("id", "language")).select_by_value(code)
            assert (online.text("h1"), online.run("return document.documentElement.lang")) == (title, code)
        papers = []
        for scheme in ("light", "dark"):
            online.prefer(scheme)
            papers.append(online.run("return getComputedStyle(document.body).backgroundColor"))
        online.prefer("light")
        assert papers == ["rgb(255, 255, 255)", "rgb(20, 24, 29)"]
        unnamed = online.run("return [...document.querySelectorAll('button, input, select')].filter("
                             "(e) => !e.textContent.trim() && !e.labels?.length).length")  # fmt: skip
        assert unnamed == 0


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({"Cookie": None}, 403, id="no cookie"),
        pytest.param({"Cookie": "migkg-review=guess"}, 403, id="guessed cookie"),
        pytest.param({"X-Migkg-Token": None}, 403, id="no token: a form of another site"),
        pytest.param({"X-Migkg-Token": "é"}, 403, id="strange token"),
        pytest.param({"Origin": "https://evil.example"}, 403, id="another origin"),
        pytest.param({"Origin": "null"}, 403, id="sandboxed frame"),
        pytest.param({"Origin": None}, 403, id="no origin"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="browser says it is another site"),
        pytest.param({"Host": "evil.example"}, 421, id="DNS rebinding"),
        pytest.param({"Host": "127.0.0.1:1"}, 421, id="another port"),
        pytest.param({"Content-Type": "text/plain"}, 415, id="what a form can send"),
        pytest.param({}, 200, id="the page itself"),
    ],
)
def test_only_the_page_itself_may_write(
    store: Path, proposals: list[Proposal], changes: dict[str, str | None], status: int
) -> None:
    body = f'{{"left": "{proposals[0].left.iri}", "right": "{proposals[0].right.iri}", "verdict": "same", "why": ""}}'
    with reviewing(store) as service:
        headers = {name: value for name, value in (enter(service) | changes).items() if value is not None}
        response = service.send("POST", "/decide", body.encode(), {k: v.encode("utf-8") for k, v in headers.items()})  # type: ignore[misc]
        assert response.status == status, response.text
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert "access-control-allow-origin" not in response.headers
    assert said(store) == (["same"] if status == 200 else [])


@pytest.mark.parametrize(
    ("path", "body", "status", "reason"),
    [
        ("/decide", "{", 400, "no JSON"),
        ("/decide", "[" * 9000, 400, "no JSON"),
        ("/decide", '{"left": 1}', 400, "JSON object with the texts"),
        ("/decide", '{"left": "a", "right": "b", "verdict": "undone", "why": ""}', 400, "the verdict is same"),
        ("/decide", '{"left": "javascript:1", "right": "b", "verdict": "same", "why": ""}', 400, "no IRI of a thing"),
        ("/decide", '{"x": "' + "x" * 20_000 + '"}', 413, "at most"),
        ("/nothing", "{}", 404, "Not Found"),
    ],
)
def test_what_is_malformed_is_refused_in_one_line(store: Path, path: str, body: str, status: int, reason: str) -> None:
    with reviewing(store) as service:
        response = service.send("POST", path, body, enter(service))
        assert (response.status, reason in response.text) == (status, True), response.text
        assert len(response.text.splitlines()) == 1
    assert said(store) == []


@pytest.mark.parametrize(
    "path", ["/", "/queue.json", "/detail.json", "/words.json", "/assets/review.js", "/?token=guess"]
)
def test_without_the_printed_address_nothing_is_shown(store: Path, path: str) -> None:
    with reviewing(store) as service:
        response = service.send("GET", path)
        assert (response.status, "token" in response.text) == (403, False)


@pytest.mark.browser
def test_hostile_names_stay_text(store: Path, proposals: list[Proposal], online: Browser) -> None:
    """A label that is HTML, in the file where the page has its names from."""
    import json
    import sqlite3

    label = '<img src=x onerror="window.__pwn=1"></script><script>window.__pwn=2</script>\u2028&lt;b&gt;'
    with sqlite3.connect(store / "references.sqlite") as database:
        rows = database.execute("SELECT form, record FROM forms").fetchall()
        for form, record in rows:
            changed = json.loads(record) | {"names": [[label, "en"]], "countries": [label]}
            database.execute("UPDATE forms SET record = ? WHERE form = ?", (json.dumps(changed), form))
    with reviewing(store) as service:
        online.driver.get(service.address)
        online.wait("document.documentElement.dataset.ready")
        assert "<img src=x" in online.text("#pair")
        assert online.run("return window.__pwn") is None
        assert online.errors() == []
