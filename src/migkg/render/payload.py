"""What the network page knows beside the drawing: names, facts, claims and sources, as plain JSON values.

Nodes, edges and sources are lists, and refer to each other by their place in the list.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from migkg.network.evidence import Claim, Source
from migkg.network.projection import edges_of, strengths

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

# The only addresses that the page links to. Anything else (javascript:, data:, file:) is shown by no link at all.
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}\x00-\x20]+", re.IGNORECASE)

# Longest texts that the page shows, in characters: a word of 100,000 letters keeps a browser busy for minutes.
LONGEST = {"url": 2000, "iri": 2000}
LONGEST_NAME = 400
LONGEST_QUOTE = 4000


def page_data(graph: "Graph", countries: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The content of the page.

    Args:
        graph: a projection (see ``migkg.network.projection.project``).
        countries: name of each country by its ISO code, for each language that the page speaks.

    Returns:
        ``nodes`` (strongest first: label and its languages, type, other names each with its languages, country, date,
        number of neighbours, iri), ``edges`` (from, to, relation, claims), ``sources``, ``quotes``, ``countries``
        (names of the countries of the nodes by code and language), and ``about`` (what was read, what is left out).
    """
    order = ranked(graph)
    place = {iri: number for number, iri in enumerate(order)}
    strength = strengths(graph)
    sources: dict[str, int] = {}
    documents: list[Source] = []
    quotes: dict[str, int] = {}  # one sentence often shows several edges
    edges = []
    for subject, predicate, object_, claims in edges_of(graph):
        for claim in claims:
            if claim.source.iri not in sources:
                sources[claim.source.iri] = len(documents)
                documents.append(claim.source)
        edges.append(
            {
                "from": place[subject],
                "to": place[object_],
                "relation": predicate,
                "claims": [
                    _claim(claim, sources[claim.source.iri], quotes.setdefault(claim.quote, len(quotes)))
                    for claim in claims
                ],
            }
        )
    return {
        "nodes": [_node(iri, graph.nodes[iri], strength[iri][0]) for iri in order],
        "edges": edges,
        "sources": [_source(source) for source in documents],
        "quotes": [clip(quote, LONGEST_QUOTE) for quote in quotes],
        "countries": _countries(graph, countries),
        "about": _about(graph),
    }


def ranked(graph: "Graph") -> list[str]:
    """All nodes, the strongest (most neighbours, then most claims) first."""
    strength = strengths(graph)
    return sorted(graph, key=lambda iri: (-strength[iri][0], -strength[iri][1], iri))


def web_address(text: str | None) -> str | None:
    """The text if it is an http(s) address that is safe to link to, else ``None``."""
    return text if text and len(text) <= 2000 and _WEB_ADDRESS.fullmatch(text) else None


def clip(value: Any, longest: int = LONGEST_NAME) -> Any:
    """A text, cut and marked with an ellipsis where it is longer than that; in lists every text; the rest as it is."""
    if isinstance(value, list):
        return [clip(part, longest) for part in value]
    return value[: longest - 1] + "…" if isinstance(value, str) and len(value) > longest else value


def _countries(graph: "Graph", countries: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The names of the countries that nodes have: by code, then by language."""
    codes = sorted({facts["country"] for facts in graph.nodes.values() if facts["country"]})
    named = {code: {language: names[code] for language, names in countries.items() if code in names} for code in codes}
    return {code: names for code, names in named.items() if names}


def _node(iri: str, data: dict[str, Any], neighbours: int) -> dict[str, Any]:
    languages: dict[str, list[str]] = {name: [] for name in (*data["labels"].values(), *data["aliases"])}
    for language, name in data["labels"].items():
        languages[name] += [language] if language else []
    facts = {
        "label": data["label"],
        "type": data["type"],
        "spoken": languages.get(data["label"], []),
        "names": [[name, *codes] for name, codes in languages.items() if name != data["label"]],
        "country": data["country"],
        "when": data["when"],
        "links": neighbours,
        "iri": iri,
    }
    return _present(facts)


def _claim(claim: Claim, source: int, quote: int) -> dict[str, Any]:
    facts = {
        "quote": quote,
        "source": source,
        "status": claim.status,
        "confidence": None if claim.confidence is None else round(claim.confidence, 3),
        "amounts": [[amount.value, amount.currency, amount.kind] for amount in claim.amounts],
        "post": claim.post,
    }
    return _present(facts)


def _source(source: Source) -> dict[str, Any]:
    facts = {
        "title": source.title or source.name,
        "url": web_address(source.url),
        "issued": source.issued,
        "language": source.language,
        "publisher": source.publisher,
    }
    return _present(facts)


def _about(graph: "Graph") -> dict[str, Any]:
    facts = graph.graph
    focus = facts.get("focus")
    about = {name: facts.get(name, 0) for name in ("documents", "dated", "left_out")}
    about["languages"] = {clip(language): count for language, count in facts.get("languages", {}).items()}
    about["focus"] = clip(graph.nodes[focus]["label"]) if focus else None
    return about


def _present(facts: dict[str, Any]) -> dict[str, Any]:
    absent: Sequence[Any] = (None, "", [], ())
    return {name: clip(value, LONGEST.get(name, LONGEST_NAME)) for name, value in facts.items() if value not in absent}
