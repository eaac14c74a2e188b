"""Reads from a store what a network needs: eight queries, whatever the size of the graph."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migkg.errors import QueryError
from migkg.model.vocabulary import ENTITY_TYPES, RELATIONS
from migkg.network.evidence import Amount, Claim, Source
from migkg.rdf.namespaces import MG, PREFIXES, THEME
from migkg.store.base import Rows, Store

_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())

TYPES = f"""SELECT DISTINCT ?node ?type {{
  VALUES ?type {{ {" ".join(f"mg:{t}" for t in sorted(ENTITY_TYPES))} }}
  ?node a ?type }}"""

FACTS = """SELECT DISTINCT ?node ?property ?value {
  VALUES ?property { rdfs:label skos:prefLabel skos:altLabel skos:notation mg:country mg:when }
  ?node ?property ?value }"""

EDGES = f"""SELECT DISTINCT ?subject ?predicate ?object {{
  VALUES ?predicate {{ {" ".join(f"mg:{r}" for r in sorted(RELATIONS))} }}
  ?subject ?predicate ?object }}"""

CLAIMS = """SELECT DISTINCT ?claim ?subject ?predicate ?object ?source ?quote ?status ?confidence {
  ?claim a mg:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
         mg:source ?source ; mg:quote ?quote .
  OPTIONAL { ?claim mg:status ?status } OPTIONAL { ?claim mg:confidence ?confidence } }"""

SOURCES = """SELECT DISTINCT ?source ?property ?value {
  ?source a mg:Source ; ?property ?value .
  VALUES ?property { dcterms:title dcterms:language dcterms:issued dcterms:identifier
                     dcterms:publisher mg:publisherName schema:url mg:withdrawn } }"""

THEMES = "SELECT DISTINCT ?thing ?theme { ?thing dcterms:subject ?theme }"

# The same thing in an authority (Wikidata, ROR …); decision 15 tells what exact and close mean.
MATCHES = """SELECT DISTINCT ?node ?property ?match {
  VALUES ?property { skos:exactMatch skos:closeMatch } ?node ?property ?match }"""

# Sums and offices stand on nodes of their own; both are tied to the edge by its two ends and the source.
DETAILS = """SELECT DISTINCT ?subject ?object ?source ?amount ?currency ?kind ?post {
  { ?node a mg:Funding ; schema:funder ?subject ; mg:amount ?amount ; mg:source ?source .
    { ?node schema:fundedItem ?object } UNION { ?node mg:recipient ?object }
    OPTIONAL { ?node schema:currency ?currency } OPTIONAL { ?node mg:amountKind ?kind } }
  UNION
  { GRAPH ?source { ?node org:member ?subject ; org:organization ?object ; mg:postName ?post } } }"""

Edge = tuple[str, str, str]


@dataclass(slots=True)
class Node:
    """A thing of the graph with its names; ``labels`` maps a language (or ``""``) to its preferred name.

    ``matches`` are the same thing in authorities: each an address and ``exact`` or ``close``.
    """

    iri: str
    type: str
    labels: dict[str, str] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    country: str | None = None
    when: str | None = None
    themes: tuple[str, ...] = ()
    matches: tuple[tuple[str, str], ...] = ()


def read_nodes(store: Store) -> dict[str, Node]:
    """All actors, programmes, events, places, instruments, posts and persons, by IRI."""
    nodes: dict[str, Node] = {}
    for iri, kind in _answer(store, TYPES):
        if iri and kind and (iri not in nodes or kind < MG + nodes[iri].type):
            nodes[iri] = Node(iri, local_name(kind))
    facts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    result = store.query(_PREFIXES + FACTS)
    for node, name, value in _rows(result).rows:
        if node and name and value and node.value in nodes:
            facts[node.value].append((local_name(name.value), value.language or "", value.value))
    for iri, node_facts in facts.items():
        _describe(nodes[iri], sorted(node_facts))
    matches: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for iri, property_, match in _answer(store, MATCHES):
        if iri in nodes and property_ and match:
            matches[iri].add((match, local_name(property_).removesuffix("Match")))
    for iri, found in matches.items():
        nodes[iri].matches = tuple(sorted(found))
    return nodes


def _describe(node: Node, facts: list[tuple[str, str, str]]) -> None:
    for name in ("prefLabel", "label"):
        for fact, language, value in facts:
            if fact == name:
                node.labels.setdefault(language, value)
    dates = [value for fact, _, value in facts if fact == "when"]
    countries = [value for fact, _, value in facts if fact == "country"]
    # Sources may differ: the first country in code order and the most exact date stand for the node.
    node.country = local_name(countries[0]) if countries else None
    node.when = max(dates, key=lambda date: (len(date.replace("X", "")), date)) if dates else None
    names = {value for fact, _, value in facts if fact in {"prefLabel", "label", "altLabel", "notation"}}
    node.aliases = names - set(node.labels.values())


def read_edges(store: Store) -> list[Edge]:
    """All direct edges as (subject, predicate name, object), sorted."""
    rows = _answer(store, EDGES)
    return sorted((s, local_name(p), o) for s, p, o in rows if s and p and o)


def read_themes(store: Store) -> dict[str, tuple[str, ...]]:
    """The codes of the themes of documents, programmes and events, sorted, by IRI."""
    themes: dict[str, set[str]] = defaultdict(set)
    for thing, theme in _answer(store, THEMES):
        if thing and theme and theme.startswith(THEME):
            themes[thing].add(theme.removeprefix(THEME))
    return {thing: tuple(sorted(codes)) for thing, codes in themes.items()}


def read_sources(
    store: Store, nodes: dict[str, Node], themes: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, Source]:
    """All documents, by IRI; a publisher that is a node is given by its name, themes as ``read_themes`` gives them."""
    facts: dict[str, dict[str, str]] = defaultdict(dict)
    for source, name, value in sorted(_answer(store, SOURCES), key=str):
        if source and name and value:
            facts[source].setdefault(local_name(name), value)
    return {iri: _source(iri, values, nodes, (themes or {}).get(iri, ())) for iri, values in facts.items()}


def _source(iri: str, facts: dict[str, str], nodes: dict[str, Node], themes: tuple[str, ...]) -> Source:
    publisher = facts.get("publisherName")
    known = nodes.get(facts.get("publisher", ""))
    if known:
        publisher = main_label(known)
    return Source(
        iri,
        facts.get("title", ""),
        facts.get("url"),
        facts.get("issued"),
        facts.get("language"),
        publisher,
        facts.get("identifier"),
        themes,
        facts.get("withdrawn", "")[:10] or None,
    )


def read_claims(store: Store, sources: dict[str, Source]) -> dict[Edge, list[Claim]]:
    """All claims by edge, each list with the best one first."""
    amounts, posts = _read_details(store)
    claims: dict[Edge, list[Claim]] = defaultdict(list)
    for iri, subject, predicate, object_, source, quote, status, confidence in _answer(store, CLAIMS):
        if not (iri and subject and predicate and object_ and source):
            continue
        edge, place = (subject, local_name(predicate), object_), (subject, object_, source)
        claim = Claim(
            iri,
            quote or "",
            sources.get(source) or Source(source),
            local_name(status or "stated"),
            float(confidence) if confidence else None,
            tuple(amounts.get(place, ())) if edge[1] == "funds" else (),
            posts.get(place) if edge[1] == "worksFor" else None,
        )
        claims[edge].append(claim)
    for edge_claims in claims.values():
        edge_claims.sort(key=lambda claim: claim.weight)
    return claims


def _read_details(store: Store) -> tuple[dict[Edge, list[Amount]], dict[Edge, str]]:
    amounts: dict[Edge, list[Amount]] = defaultdict(list)
    posts: dict[Edge, str] = {}
    for subject, object_, source, amount, currency, kind, post in sorted(_answer(store, DETAILS), key=str):
        place = (subject or "", object_ or "", source or "")
        if amount:
            amounts[place].append(Amount(amount, currency, local_name(kind) if kind else None))
        if post:
            posts[place] = f"{posts[place]}; {post}" if place in posts else post
    return amounts, posts


def main_label(node: Node, language: str = "en") -> str:
    """The name to show in a language: its preferred name there, else in English, else in any, else its IRI's end."""
    for wanted in (language, "en", "", *sorted(node.labels)):
        if wanted in node.labels:
            return node.labels[wanted]
    return min(node.aliases, default=local_name(node.iri))


def local_name(iri: str) -> str:
    """What follows the last ``#`` or ``/``."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _rows(answer: object) -> Rows:
    if not isinstance(answer, Rows):
        raise QueryError("the store did not answer a SELECT with rows")
    return answer


def _answer(store: Store, query: str) -> Iterator[tuple[str | None, ...]]:
    for row in _rows(store.query(_PREFIXES + query)).rows:
        yield tuple(term.value if term else None for term in row)
