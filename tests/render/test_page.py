"""The page as a file: its policy names its scripts, no text becomes markup, nothing points to the web."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from migkg.network.evidence import Claim, Source
from migkg.render.page import SCRIPTS, render_page
from migkg.render.payload import page_data, web_address
from support.browsing import node

if TYPE_CHECKING:
    import networkx as nx


class Page(HTMLParser):
    """The tags of a page, and what stands in its scripts and sheets."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.content: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in {"script", "style"} and data.strip():
            kind = self.tags[-1][0] + (self.tags[-1][1].get("type") or "")
            self.content.append((kind, data))

    def texts(self, kind: str) -> list[str]:
        return [text for name, text in self.content if name == kind]


def test_policy_names_exactly_the_scripts_and_sheets(graph: "nx.MultiDiGraph[str]") -> None:
    page = Page(render_page(graph))
    (policy,) = [a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy and policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    texts = page.texts("script") + page.texts("style")
    wanted = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
    assert re.findall(r"'sha256-([^']+)'", policy) == wanted
    assert len(wanted) == 3


def test_nothing_is_fetched(graph: "nx.MultiDiGraph[str]") -> None:
    page = Page(render_page(graph))
    assert [attrs for _, attrs in page.tags if {"src", "srcset", "action", "data"} & set(attrs)] == []
    assert [a["href"] for _, a in page.tags if "href" in a] == ["#details"]
    assert "sourceMappingURL" not in render_page(graph)


def test_hostile_texts_add_no_tag(graph: "nx.MultiDiGraph[str]") -> None:
    plain = [tag for tag, _ in Page(render_page(graph)).tags]
    text = "</script><script>alert(1)</script><img src=x onerror=alert(1)>]]><!--"
    graph.add_node(text, **node(text, "Event", aliases=(text,), country=text, when=text))
    graph.add_edge(text, "urn:iom", "funds", claims=(Claim(text, text, Source(text, text, text)),))
    assert [tag for tag, _ in Page(render_page(graph, title=text)).tags] == plain


def test_texts_are_kept_to_the_letter(graph: "nx.MultiDiGraph[str]") -> None:
    quote = "“L’OIM <b>&amp;</b> \u2028 \\u0041 {{ x }} ñ 移民"
    graph.add_edge("urn:iom", "urn:jpn", "cooperatesWith", claims=(Claim("c", quote, Source("s")),))
    (payload,) = Page(render_page(graph)).texts("scriptapplication/json")
    assert quote in json.loads(payload)["data"]["quotes"]


def test_the_same_graph_gives_the_same_page(graph: "nx.MultiDiGraph[str]") -> None:
    assert render_page(graph) == render_page(graph.copy())


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_stay_inside_their_tag_and_never_take_text_for_markup(name: str) -> None:
    script = (files("migkg.render") / "assets" / name).read_text(encoding="utf-8")
    assert "</script" not in script.lower()
    for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc"):
        assert sink not in script


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("https://www.iom.int/news/a-b?x=1&y=é#z", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" https://example.org", False),
        ("https://example.org/\" onclick='x", False),
        ("https://example.org/a b", False),
        ("https://example.org/\nx", False),
        ("https://example.org/\n", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https:", False),
        ("", False),
        (None, False),
        ("https://example.org/" + "a" * 2000, False),
    ],
)
def test_only_web_addresses_become_links(text: str | None, linked: bool) -> None:
    assert web_address(text) == (text if linked else None)


def test_page_data_ranks_and_counts(graph: "nx.MultiDiGraph[str]") -> None:
    data: dict[str, Any] = page_data(graph, {"en": {"JPN": "Japan"}, "fr": {"JPN": "Japon", "DEU": "Allemagne"}})
    by_label = {entry["label"]: entry for entry in data["nodes"]}
    assert by_label["Government of Japan"]["country"] == "JPN"
    assert data["countries"] == {"JPN": {"en": "Japan", "fr": "Japon"}}
    assert by_label["International Organization for Migration"]["spoken"] == ["en"]
    assert by_label["International Organization for Migration"]["names"] == [
        ["Organisation internationale pour les migrations", "fr"],
        ["OIM"],
        ["Organización Migración"],
    ]
    assert [len(edge.get("claims", ())) for edge in data["edges"]] == [
        len(claims) for *_, claims in sorted(graph.edges(keys=True, data="claims"), key=lambda e: (e[0], e[1], e[2]))
    ]
    assert len(data["sources"]) == 2
    links = [entry["links"] for entry in data["nodes"]]
    assert links == sorted(links, reverse=True)


def test_long_texts_are_cut(graph: "nx.MultiDiGraph[str]") -> None:
    graph.nodes["urn:jpn"]["label"] = "A" * 100_000
    (label,) = [entry["label"] for entry in page_data(graph, {})["nodes"] if entry["label"].startswith("AAA")]
    assert (len(label), label[-1]) == (400, "…")
