"""What the network page knows beside the drawing: names, facts, claims and sources, as plain JSON values.

Nodes, edges and sources are lists, and refer to each other by their place in the list. They are kept by columns, since
those deflate to half of what records do. Sentences and sources stand apart: the page unpacks them when first asked.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from migkg.network.evidence import Claim, Source
from migkg.network.layout import Layout, node_radius
from migkg.network.periods import edge_years, years
from migkg.network.projection import edges_of, strengths
from migkg.rdf import namespaces as ns
from migkg.render.packing import Dictionary, steps

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]
    Names = Mapping[str, Mapping[str, str]]
    Edge = tuple[int, int, str, tuple[Claim, ...]]

# The only addresses that the page links to. Anything else (javascript:, data:, file:) is shown by no link at all.
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}\x00-\x20]+", re.IGNORECASE)

# Longest texts that the page shows, in characters: a word of 100,000 letters keeps a browser busy for minutes.
LONGEST = {"url": 2000, "iri": 2000}
LONGEST_NAME = 400
LONGEST_QUOTE = 4000


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a page.

    Attributes:
        graph: what the page needs to draw and filter: ``nodes``, ``edges``, ``groups``, ``languages``, ``themes`` and
            ``about`` (what was read, what is left out).
        evidence: the claims of the edges in their order, ``sources`` and ``quotes``.
    """

    graph: dict[str, Any]
    evidence: dict[str, Any]


def page_data(graph: "Graph", layout: Layout, countries: "Names", themes: "Names") -> Content:
    """The content of the page.

    Args:
        graph: a projection (see ``migkg.network.projection.project``).
        layout: where its nodes lie.
        countries: for each language that the page speaks the name of each country by its ISO code.
        themes: for each of these languages the name of each theme by its code.
    """
    strength = strengths(graph)
    order = rank(strength)
    place = {iri: number for number, iri in enumerate(order)}
    edges = sorted((place[s], place[o], p, claims) for s, p, o, claims in edges_of(graph))
    languages, themed = Dictionary(), Dictionary()
    content: dict[str, Any] = {
        "nodes": _nodes(graph, order, layout, {iri: links for iri, (links, _) in strength.items()}),
        "edges": _edges(graph, order, edges, languages, themed),
        "groups": len(layout.groups),
        "about": _about(graph),
    }
    content["languages"] = [clip(list(some)) for some in languages.values()]
    content["themes"] = [clip(list(some)) for some in themed.values()]
    content["countries"] = _spoken(filter(None, (data["country"] for data in graph.nodes.values())), countries)
    content["theme_names"] = _spoken((code for some in themed.values() for code in some), themes)
    return Content(content, _evidence(edges))


def rank(strength: Mapping[str, tuple[int, int]]) -> list[str]:
    """All nodes, the strongest (most neighbours, then most claims) first."""
    return sorted(strength, key=lambda iri: (-strength[iri][0], -strength[iri][1], iri))


def web_address(text: str | None) -> str | None:
    """The text if it is an http(s) address that is safe to link to, else ``None``."""
    return text if text and len(text) <= 2000 and _WEB_ADDRESS.fullmatch(text) else None


def clip(value: Any, longest: int = LONGEST_NAME) -> Any:
    """A text, cut and marked with an ellipsis where it is longer than that; in lists every text; the rest as it is."""
    if isinstance(value, list):
        return [clip(part, longest) for part in value]
    return value[: longest - 1] + "…" if isinstance(value, str) and len(value) > longest else value


def _spoken(codes: Iterable[str], names: "Names") -> dict[str, dict[str, str]]:
    """The names of some codes: by code, then by language; without codes that have no name."""
    named = {code: {lang: known[code] for lang, known in names.items() if code in known} for code in sorted(set(codes))}
    return {code: known for code, known in named.items() if known}


def _nodes(graph: "Graph", order: list[str], layout: Layout, links: Mapping[str, int]) -> dict[str, Any]:
    types, tongues = Dictionary(), Dictionary()
    group = {iri: number for number, members in enumerate(layout.groups) for iri in members}
    facts = [graph.nodes[iri] for iri in order]
    return {
        "label": [clip(data["label"]) for data in facts],
        "spoken": [tongues.place(_tongues(data)) for data in facts],
        "tongues": clip([list(some) for some in tongues.values()]),
        "type": [types.place(data["type"]) for data in facts],
        "types": types.values(),
        "iri": [clip(iri, LONGEST["iri"]) for iri in order],
        "links": [links[iri] for iri in order],
        "x": [round(layout.positions[iri][0]) for iri in order],
        "y": [round(layout.positions[iri][1]) for iri in order],
        "size": [node_radius(links[iri]) for iri in order],
        "group": [group[iri] for iri in order],
        # Few nodes have these; what they have is kept by their places.
        "country": _sparse(data["country"] for data in facts),
        "when": _sparse(data["when"] for data in facts),
        "names": _sparse(_other_names(data) for data in facts),
        "matches": _sparse(_matches(data) for data in facts),
    }


def _tongues(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages in which a node has the name that is shown."""
    return tuple(language for language, name in data["labels"].items() if language and name == data["label"])


def _other_names(data: Mapping[str, Any]) -> list[list[str]]:
    languages: dict[str, list[str]] = {name: [] for name in (*data["labels"].values(), *data["aliases"])}
    for language, name in data["labels"].items():
        languages[name] += [language] if language else []
    return [[name, *codes] for name, codes in languages.items() if name != data["label"]]


def _matches(data: Mapping[str, Any]) -> list[list[str]]:
    return [[match, kind] for match, kind in data.get("matches", ()) if web_address(match)]


def _edges(
    graph: "Graph", order: list[str], edges: "list[Edge]", languages: Dictionary, themes: Dictionary
) -> dict[str, Any]:
    relations = Dictionary()
    dates = [graph.nodes[iri]["when"] for iri in order]
    about = [graph.nodes[iri].get("themes", ()) for iri in order]
    latest = max((span[1] for span in map(years, _dates_in(dates, edges)) if span), default=None)
    spans = [edge_years((dates[o], dates[s]), (c.source.issued for c in claims), latest) for s, o, _, claims in edges]
    return {
        "from": steps(subject for subject, *_ in edges),
        "to": [object_ for _, object_, *_ in edges],
        "relation": [relations.place(predicate) for *_, predicate, _ in edges],
        "relations": relations.values(),
        "count": [len(claims) for *_, claims in edges],
        "first": [span[0] if span else 0 for span in spans],
        "years": [span[1] - span[0] + 1 if span else 0 for span in spans],
        "confidence": [_confidence(claims) for *_, claims in edges],
        "languages": [languages.place(_union([c.source.language] for c in claims)) for *_, claims in edges],
        "themes": [
            themes.place(_union([about[s], about[o], *(claim.source.themes for claim in claims)]))
            for s, o, _, claims in edges
        ],
    }


def _dates_in(dates: Iterable[str | None], edges: "list[Edge]") -> set[str | None]:
    return {*dates, *(claim.source.issued for *_, claims in edges for claim in claims)}


def _union(parts: Iterable[Iterable[str | None]]) -> tuple[str, ...]:
    return tuple(sorted({value for part in parts for value in part if value}))


def _confidence(claims: Sequence[Claim]) -> int:
    """The best confidence in percent, -1 where there is none."""
    return max((round(100 * claim.confidence) for claim in claims if claim.confidence is not None), default=-1)


def _evidence(edges: "list[Edge]") -> dict[str, Any]:
    """The claims of all edges one after the other, by columns; one sentence often shows several edges."""
    claims = [claim for *_, some in edges for claim in some]
    documents = sorted({claim.source.iri: claim.source for claim in claims}.values(), key=lambda source: source.iri)
    source = {document.iri: number for number, document in enumerate(documents)}
    # Sentences of one document stand together: what is alike and near deflates best.
    said = dict.fromkeys(quote for _, quote in sorted((source[claim.source.iri], claim.quote) for claim in claims))
    quote = {text: number for number, text in enumerate(said)}
    statuses, amounts = Dictionary(), (([[a.value, a.currency, a.kind] for a in claim.amounts]) for claim in claims)
    return {
        "quote": [quote[claim.quote] for claim in claims],
        "source": [source[claim.source.iri] for claim in claims],
        "status": [statuses.place(clip(claim.status)) for claim in claims],
        "statuses": statuses.values(),
        "confidence": [-1 if claim.confidence is None else round(1000 * claim.confidence) for claim in claims],
        "amounts": _sparse(amounts),
        "post": _sparse(claim.post for claim in claims),
        "iri": [clip(claim.iri.removeprefix(ns.ID), LONGEST["iri"]) for claim in claims],
        "base": ns.ID,
        "sources": [_source(document) for document in documents],
        "quotes": [clip(text, LONGEST_QUOTE) for text in said],
    }


def _source(source: Source) -> dict[str, Any]:
    facts = {
        "title": source.title or source.name,
        "url": web_address(source.url),
        "issued": source.issued,
        "language": source.language,
        "publisher": source.publisher,
        "withdrawn": source.withdrawn,
    }
    return {name: clip(value, LONGEST.get(name, LONGEST_NAME)) for name, value in facts.items() if value}


def _about(graph: "Graph") -> dict[str, Any]:
    facts = graph.graph
    about = {name: facts.get(name, 0) for name in ("documents", "dated", "left_out")}
    about["languages"] = {clip(language): count for language, count in facts.get("languages", {}).items()}
    about["focus"] = clip([graph.nodes[iri]["label"] for iri in facts.get("focus") or () if iri in graph])
    about["part"] = {name: clip(value) for name, value in facts.get("part", {}).items()}
    return about


def _sparse(values: Iterable[Any]) -> dict[str, Any]:
    """The places that have a value, in steps, and the values; absent are ``None``, empty texts and lists."""
    present = [(place, clip(value)) for place, value in enumerate(values) if value]
    return {"at": steps(place for place, _ in present), "values": [value for _, value in present]}
