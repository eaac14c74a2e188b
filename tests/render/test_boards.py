"""The pages of compare, chart, map and flow as files: safe, complete, the same every time, in three languages."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from migkg.errors import UsageError
from migkg.network.compare import Tie, compare_ties
from migkg.network.evidence import Amount
from migkg.network.flow import Funding, trace_money
from migkg.render import comparison, money
from migkg.render.comparison import Side, render_comparison
from migkg.render.money import render_flow
from migkg.render.offline import KINDS
from migkg.render.words import key_paths, load_view_words
from support.boards import NODES, READ, draw_pages, hostile, ties
from support.browsing import node
from support.hostile import HOSTILE


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return draw_pages(NODES, ties(), READ)


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_script_and_the_sheet_of_the_page_may_run(pages: dict[str, str], kind: str) -> None:
    page = pages[kind]
    policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)[0]
    assert policy.startswith("default-src 'none'; ")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S) + re.findall(r"<style>(.*?)</style>", page, re.S)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    assert len(hashes) == 2
    assert sorted(re.findall(r"'sha256-([^']+)'", policy)) == sorted(hashes)
    assert "innerHTML" not in page and not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_knows_every_sentence_and_what_was_read(pages: dict[str, str], kind: str) -> None:
    text = re.findall(r'id="page-data">(.*?)</script>', pages[kind], re.S)[0]
    data = json.loads(text)["data"]
    assert data["claims"] and len(data["quotes"]) == len(set(data["quotes"]))
    assert all("quote" in claim and "source" in claim for claim in data["claims"])
    assert "javascript" not in json.dumps(data["sources"])
    if kind == "diff":
        assert data["view"]["counts"] == {"added": 6, "changed": 7, "withdrawn": 3}
        return
    read = data["view"]["sides"][0] if kind == "compare" else data["about"]
    assert {name: read[name] for name in READ} == READ


def test_the_same_graph_gives_the_same_pages(pages: dict[str, str]) -> None:
    mixed = dict(reversed(NODES.items()))
    assert draw_pages(mixed, ties(), READ) == pages


@pytest.mark.parametrize("text", [HOSTILE[name] for name in ("script end", "comment", "option", "quotes")])
def test_no_text_ends_the_data(text: str) -> None:
    for page in draw_pages(*hostile(text), READ, title=text).values():
        assert page.count("<script") == 2 and page.count("</script>") == 2


def test_long_texts_are_cut() -> None:
    for kind, page in draw_pages(*hostile("A" * 100_000), READ).items():
        assert "A" * 5_000 not in page, kind


@pytest.mark.parametrize(("language", "word"), [("fr", "Flux d’argent"), ("es", "Flujo de dinero")])
def test_pages_speak_the_three_languages(language: str, word: str) -> None:
    pages = draw_pages(NODES, ties(), READ, language=language)
    assert all(f'<html lang="{language}">' in page for page in pages.values())
    assert word in pages["flow"]


def test_another_language_is_refused() -> None:
    with pytest.raises(UsageError, match="speaks en, es, fr"):
        draw_pages(NODES, ties(), READ, language="de")


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_word_is_there_with_its_places_and_used(language: str, root: Path) -> None:
    english, words = load_view_words("en"), load_view_words(language)
    assert key_paths(words) == key_paths(english)
    folder = root / "src" / "migkg" / "render" / "assets" / "views"
    shared = "".join((folder / name).read_text(encoding="utf-8") for name in ("common.js", "evidence.js", "stage.js"))
    for section, texts in english.items():
        own = "" if section == "common" else (folder / f"{section}.js").read_text(encoding="utf-8")
        script = shared + own + (folder / "views.html.j2").read_text(encoding="utf-8")
        if section == "common":
            script += "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js")))
        for key, text in texts.items():
            assert re.search(rf"\b(?:say|common)\.{key}\b|\[kind\]|\"{key}\"", script), f"{section}.{key} is not used"
            places = sorted(re.findall(r"\{\w+\}", str(text)))
            assert sorted(re.findall(r"\{\w+\}", str(words[section][key]))) == places, f"{section}.{key}"


def test_a_drawing_has_the_greatest_and_the_table_all() -> None:
    funders = {f"urn:g{n}": node(f"Government {n}", "Government") for n in range(150)}
    things = funders | {"urn:p": node("Fund", "Programme"), "urn:q": node("Project", "Programme")}
    told: list[Tie] = [(iri, "funds", thing, ()) for iri in funders for thing in ("urn:p", "urn:q")]
    sums = [
        Funding(f"urn:f{n}", f"urn:g{n}", "urn:p", None, Amount(str(n + 1), "EUR"), frozenset()) for n in range(150)
    ]
    page = render_flow(trace_money(things, told, sums, {}), things, READ)
    euros, none = view_of(page)["drawings"]
    assert (len(euros["bands"]), len(euros["links"])) == (money.MOST_DRAWN, 150)
    assert euros["bands"][0][5] > euros["bands"][-1][5] * 0.5  # the largest sums, not the first names
    assert (none["currency"], len(none["links"])) == (None, 150)
    changes = compare_ties({edge[:3]: () for edge in told[::2]}, {edge[:3]: () for edge in told[1::2]})
    view = view_of(render_comparison(changes, things, (Side("a", READ), Side("b", READ))))
    assert (len(view["changes"]), len(view["drawn"])) == (300, comparison.MOST_DRAWN)
    assert {view["changes"][place][0] for place in view["drawn"]} == {0, 1}  # both kinds have their turn


def view_of(page: str) -> Any:
    return json.loads(re.findall(r'id="page-data">(.*?)</script>', page, re.S)[0])["data"]["view"]
