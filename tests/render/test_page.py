"""The page as a file: its policy names its scripts, no text becomes markup, nothing points to the web."""

import base64
import hashlib
import itertools
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import networkx as nx
import pytest

from migkg.network.evidence import Claim, Source
from migkg.network.layout import lay_out
from migkg.render.page import LIVE, SCRIPTS, render_page
from migkg.render.payload import Content, page_data, web_address
from support.browsing import node
from support.packed import unpack


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
    assert quote in unpack(render_page(graph))["quotes"]


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


NAMES = {"en": {"JPN": "Japan"}, "fr": {"JPN": "Japon", "DEU": "Allemagne"}}


def contents(graph: "nx.MultiDiGraph[str]") -> Content:
    return page_data(graph, lay_out(graph), NAMES, {"en": {"iom:avrr": "Return"}})


def test_page_data_ranks_and_counts(graph: "nx.MultiDiGraph[str]") -> None:
    content = contents(graph)
    nodes, edges = content.graph["nodes"], content.graph["edges"]
    assert nodes["links"] == sorted(nodes["links"], reverse=True)
    assert content.graph["countries"] == {"JPN": {"en": "Japan", "fr": "Japon"}}
    japan, iom = (
        nodes["label"].index("Government of Japan"),
        nodes["label"].index("International Organization for Migration"),
    )
    assert spread(nodes["country"], 4)[japan] == "JPN"
    assert nodes["tongues"][nodes["spoken"][iom]] == ["en"]
    assert spread(nodes["names"], 4)[iom] == [
        ["Organisation internationale pour les migrations", "fr"],
        ["OIM"],
        ["Organización Migración"],
    ]
    assert sum(edges["count"]) == len(content.evidence["quote"]) == 4
    assert len(content.evidence["sources"]) == 2


def spread(sparse: dict[str, Any], count: int) -> list[Any]:
    """One value for each place, from what is kept for a few."""
    values = dict(zip(itertools.accumulate(sparse["at"]), sparse["values"], strict=True))
    return [values.get(place) for place in range(count)]


def test_edges_have_what_the_filters_ask(graph: "nx.MultiDiGraph[str]") -> None:
    graph.nodes["urn:project"]["themes"] = ("iom:avrr",)
    content = contents(graph)
    nodes, edges = content.graph["nodes"], content.graph["edges"]
    labels = [nodes["label"][n] for n in itertools.accumulate(edges["from"])]
    found = {}
    for e, label in enumerate(labels):
        years = (edges["first"][e], edges["first"][e] + edges["years"][e] - 1) if edges["years"][e] else None
        languages, themes = (content.graph[k][edges[k][e]] for k in ("languages", "themes"))
        relation = edges["relations"][edges["relation"][e]]
        found[label.split()[-1], relation] = (years, edges["confidence"][e], languages, themes)
    assert found == {
        # A link lasts as long as its programme; the meeting has no year, and the release that tells of it no date.
        ("Japan", "funds"): ((2015, 2017), 90, ["en", "fr"], ["iom:avrr"]),
        ("Migration", "implements"): ((2015, 2017), -1, ["en"], ["iom:avrr"]),
        ("Migration", "organises"): (None, -1, ["fr"], []),
        ("Japan", "participatesIn"): (None, -1, [], []),
    }


def test_long_texts_are_cut(graph: "nx.MultiDiGraph[str]") -> None:
    graph.nodes["urn:jpn"]["label"] = "A" * 100_000
    (label,) = [label for label in contents(graph).graph["nodes"]["label"] if label.startswith("AAA")]
    assert (len(label), label[-1]) == (400, "…")


def test_a_large_network_gives_few_nodes_to_the_drawing() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for n in range(600):
        graph.add_node(f"urn:{n}", **node(f"Node {n}", "Event"))
    for n in range(600):
        graph.add_edge(f"urn:{n}", f"urn:{n * 7 % 40}", "partOf", claims=())
    (first, *_) = Page(render_page(graph)).texts("scriptapplication/json")
    drawn = json.loads(first)
    assert len(drawn["nodes"]) == LIVE
    assert all(edge["from"] < LIVE and edge["to"] < LIVE for edge in drawn["edges"])
