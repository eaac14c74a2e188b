"""From a store to a networkx graph: one node for each thing, one edge for each direct edge, with its claims."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from migkg.errors import UsageError
from migkg.model.vocabulary import ACTOR_TYPES, ENTITY_TYPES
from migkg.network import reading
from migkg.network.evidence import Claim, Source
from migkg.network.reading import Node
from migkg.network.selection import Part, drop_links, keep_near, of_country, of_things
from migkg.store.base import Store
from migkg.text.normalize import fold, squeeze

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]


def project(
    store: Store,
    *,
    focus: str | Sequence[str] | None = None,
    depth: int = 1,
    part: Part | None = None,
    types: Collection[str] = (),
    min_confidence: float = 0.0,
    limit: int | None = None,
    language: str = "en",
    isolated: bool = False,
) -> "Graph":
    """The network that a store holds.

    Args:
        store: what to read; a query sees the union of its graphs.
        focus: name or IRI of a node, or several: only what is within ``depth`` edges of one of them is kept.
        depth: how far from the focus, country or things, in edges of either direction; 0: the links among them.
        part: what else is asked for: country, theme, relations, period, the things of an answer.
        types: entity types to keep (``Government``, any case; ``actor`` stands for all eight actors); empty: all.
        min_confidence: claims below this are left out, and edges that have no stated claim left; 0 to 1.
        limit: how many nodes to keep, the strongest (most neighbours, then most claims) first; ``None``: all.
        language: language of each node's ``label``.
        isolated: whether nodes without an edge are kept.

    Returns:
        A graph whose nodes (IRIs) have ``label``, ``labels`` (language → name), ``aliases``, ``type``, ``country``
        (ISO 3166-1 alpha-3 or ``None``), ``when`` (EDTF or ``None``), ``themes`` (codes) and ``matches``
        (address and ``exact`` or ``close`` of the same thing in authorities), and whose edges (key: predicate) have
        ``claims``, a tuple with the best first. ``graph.graph`` has ``documents``, ``dated`` and ``languages`` of
        all that was read, ``left_out`` (nodes dropped by the limit) and ``focus`` (IRIs).

    Raises:
        UsageError: unknown type, or a focus that names nothing or several things.
    """
    part = part or Part()
    wanted = parse_types(types)
    nodes = reading.read_nodes(store)
    themes = reading.read_themes(store)
    for iri, codes in themes.items():
        if iri in nodes:
            nodes[iri].themes = codes
    sources = reading.read_sources(store, nodes, themes)
    graph = _assemble(nodes, reading.read_edges(store), reading.read_claims(store, sources), min_confidence, language)
    graph.graph.update(count_sources(sources.values()), left_out=0, focus=())
    drop_links(graph, part)
    names = (focus,) if isinstance(focus, str) else tuple(focus or ())
    graph.graph["focus"] = centers = tuple(dict.fromkeys(find_node(graph, name) for name in names))
    graph.remove_nodes_from([n for n in graph if graph.nodes[n]["type"] not in wanted and n not in centers])
    distance = _narrow(graph, centers, part, depth)
    if not isolated:
        _drop_isolated(graph)
    if limit is not None and len(graph) > limit:
        keep_strongest(graph, limit, distance, isolated)
    return graph


def _narrow(graph: "Graph", centers: Collection[str], part: Part, depth: int) -> dict[str, int]:
    """Keep what is near to the focus, of the things, and of the country; the distances from the focus or the last."""
    if depth < 0:
        raise UsageError("the depth of a focus is 0 or more")
    distance: dict[str, int] = {}
    if part.country:
        distance = keep_near(graph, of_country(graph, part.country), depth)
    if part.things is not None:
        distance = keep_near(graph, of_things(graph, part.things), depth)
    if centers:
        kept = [center for center in centers if center in graph]
        distance = keep_near(graph, kept, depth) if kept else {}
        graph.remove_nodes_from([n for n in graph if n not in distance])
    return distance


def parse_types(names: Iterable[str]) -> frozenset[str]:
    """Entity types from what a user wrote; nothing written means all of them.

    Raises:
        UsageError: a name that is no type.
    """
    known = {name.lower(): frozenset({name}) for name in ENTITY_TYPES} | {"actor": ACTOR_TYPES}
    wanted: set[str] = set()
    for name in names:
        if name.strip().lower() not in known:
            raise UsageError(f"unknown type {name.strip()!r}; known: actor, {', '.join(sorted(ENTITY_TYPES))}")
        wanted |= known[name.strip().lower()]
    return frozenset(wanted) or ENTITY_TYPES


def count_sources(sources: Iterable[Source]) -> dict[str, object]:
    """How many documents were read, how many of them are dated, and how many there are in each language."""
    read = list(sources)
    languages = sorted(source.language for source in read if source.language)
    return {
        "documents": len(read),
        "dated": sum(1 for source in read if source.issued),
        "languages": {language: languages.count(language) for language in dict.fromkeys(languages)},
    }


def find_node(graph: "Graph", name: str) -> str:
    """The IRI of the node that a name or an IRI means; accents and case do not matter.

    Raises:
        UsageError: no node has this name (the message offers close ones), or several have it.
    """
    if name in graph:
        return name
    folded = fold(squeeze(name))
    names: dict[str, list[str]] = {}
    for iri in sorted(graph):
        data: dict[str, Any] = graph.nodes[iri]
        for text in {fold(squeeze(text)) for text in (*data["labels"].values(), *data["aliases"])}:
            names.setdefault(text, []).append(iri)
    found = names.get(folded) or sorted({iri for text, iris in names.items() if folded in text for iri in iris})
    if len(found) == 1:
        return found[0]
    if not found:
        close = difflib.get_close_matches(folded, names, n=3)
        hint = "; close names: " + ", ".join(graph.nodes[names[text][0]]["label"] for text in close) if close else ""
        raise UsageError(f"nothing in the graph is called {name!r}{hint}")
    choices = ", ".join(f"{graph.nodes[iri]['label']} <{iri}>" for iri in found[:5])
    more = f" and {len(found) - 5} more" if len(found) > 5 else ""
    raise UsageError(f"{name!r} may mean several things, give one IRI: {choices}{more}")


def edges_of(graph: "Graph") -> Iterator[tuple[str, str, str, tuple[Claim, ...]]]:
    """Every edge as (subject IRI, predicate, object IRI, claims), sorted."""
    for subject, object_, predicate in sorted(graph.edges(keys=True)):
        yield subject, str(predicate), object_, graph.edges[subject, object_, predicate]["claims"]


def strengths(graph: "Graph") -> dict[str, tuple[int, int]]:
    """For each node the number of its neighbours and the number of claims on its edges."""
    claims = dict.fromkeys(graph, 0)
    neighbours: dict[str, set[str]] = {node: set() for node in graph}
    edge_claims: tuple[Claim, ...]
    for subject, object_, edge_claims in graph.edges(data="claims"):
        for node, other in ((subject, object_), (object_, subject)):
            claims[node] += len(edge_claims)
            neighbours[node].add(other)
    return {node: (len(neighbours[node] - {node}), claims[node]) for node in graph}


def _assemble(
    nodes: dict[str, Node],
    edges: list[reading.Edge],
    claims: dict[reading.Edge, list[Claim]],
    min_confidence: float,
    language: str,
) -> "Graph":
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    for iri in sorted(nodes):
        node = nodes[iri]
        graph.add_node(
            iri,
            label=reading.main_label(node, language),
            labels=dict(sorted(node.labels.items())),
            aliases=tuple(sorted(node.aliases)),
            type=node.type,
            country=node.country,
            when=node.when,
            themes=node.themes,
            matches=node.matches,
        )
    for subject, predicate, object_ in edges:
        kept = tuple(
            claim
            for claim in claims.get((subject, predicate, object_), ())
            if not min_confidence or (claim.confidence or 0.0) >= min_confidence
        )
        said = any(claim.status == "stated" for claim in kept) or not min_confidence
        if said and subject in nodes and object_ in nodes:
            graph.add_edge(subject, object_, predicate, claims=kept)
    return graph


def keep_strongest(
    graph: "Graph", limit: int, distance: Mapping[str, int] = MappingProxyType({}), isolated: bool = False
) -> None:
    """Drop all but the strongest nodes (with a focus: the nearest, then the strongest); say how many went."""
    if limit < 1:
        raise UsageError("the limit of nodes is 1 or more")
    before, strength = len(graph), strengths(graph)
    ranked = sorted(graph, key=lambda n: (distance.get(n, 0), *(-value for value in strength[n]), n))
    graph.remove_nodes_from(ranked[limit:])
    if not isolated:
        _drop_isolated(graph)
    graph.graph["left_out"] = before - len(graph)


def _drop_isolated(graph: "Graph") -> None:
    import networkx as nx

    graph.remove_nodes_from([n for n in list(nx.isolates(graph)) if n not in graph.graph["focus"]])
