"""What the graph holds of one thing: its names, what is known of it, and its links with their sentences."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from migkg.lines import is_iri
from migkg.model.vocabulary import RELATIONS
from migkg.rdf.namespaces import DCTERMS, MG, PREFIXES, RDF, RDFS, SKOS
from migkg.store.base import Rows, Store, Term, Triples

NAMED_GRAPH = "http://www.w3.org/ns/sparql-service-description#NamedGraph"
LINKS = 100  # of one page
SENTENCES = 10  # of one link

_HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_FACTS = "SELECT ?p ?o { ?thing ?p ?o } ORDER BY ?p ?o"
# Direct edges. The parts of a claim are no links: they are shown as its sentence.
_EDGES = """SELECT DISTINCT ?s ?p ?o {
  { ?thing ?p ?o BIND(?thing AS ?s) FILTER(ISIRI(?o)) } UNION { ?s ?p ?thing BIND(?thing AS ?o) }
  FILTER(?p NOT IN (rdf:type, rdf:subject, rdf:object, rdf:predicate)) }"""
# A claim may say more than the edges do: what is planned or denied is no edge. What pages said before is passed over.
_CLAIMS = """SELECT ?s ?p ?o ?claim {
  { ?claim rdf:subject ?thing ; rdf:predicate ?p ; rdf:object ?o BIND(?thing AS ?s) }
  UNION { ?claim rdf:object ?thing ; rdf:predicate ?p ; rdf:subject ?s BIND(?thing AS ?o) }
  FILTER NOT EXISTS { ?claim a mg:FormerClaim } }"""
_SENTENCES = """SELECT ?claim ?source ?quote ?status ?title ?issued ?url ?withdrawn { VALUES ?claim { %s }
  ?claim mg:quote ?quote ; mg:source ?source .
  OPTIONAL { ?claim mg:status ?status }
  OPTIONAL { ?source dcterms:title ?title }
  OPTIONAL { ?source dcterms:issued ?issued }
  OPTIONAL { ?source mg:withdrawn ?withdrawn }
  OPTIONAL { ?source schema:url ?url } } ORDER BY ?claim ?title ?issued ?url"""
_NAMES = """SELECT ?thing ?rank ?name { VALUES ?thing { %s }
  { ?thing skos:prefLabel ?name BIND(0 AS ?rank) } UNION { ?thing rdfs:label ?name BIND(1 AS ?rank) }
  UNION { ?thing dcterms:title ?name BIND(2 AS ?rank) } UNION { ?thing mg:quote ?name BIND(3 AS ?rank) } }"""
_TYPES = "SELECT ?thing ?type { VALUES ?thing { %s } ?thing a ?type } ORDER BY ?thing ?type"
# Things in one query, and characters of one: together they stay below what the guard lets pass.
_TOGETHER, _LONGEST = 200, 300
_DATA = (
    "CONSTRUCT { ?thing ?p ?o } { ?thing ?p ?o }",
    "CONSTRUCT { ?s ?p ?thing } { ?s ?p ?thing }",
    "CONSTRUCT { ?c ?p ?o } { { ?c rdf:subject ?thing } UNION { ?c rdf:object ?thing } ?c ?p ?o }",
    "CONSTRUCT { ?other skos:prefLabel ?name } { { ?thing ?p ?other } UNION { ?other ?p ?thing } "
    "?other skos:prefLabel ?name }",
    "CONSTRUCT { ?source dcterms:title ?title } { { ?c rdf:subject ?thing } UNION { ?c rdf:object ?thing } "
    "?c mg:source ?source . ?source dcterms:title ?title }",
)
_PREFERRED = (f"{SKOS}prefLabel", f"{RDFS}label", f"{DCTERMS}title", f"{MG}quote")
_OTHER = (f"{SKOS}altLabel", f"{SKOS}notation")
# What has sentences stands first.
_RELATIONS = frozenset(MG + name for name in RELATIONS)
Edge = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One source that says a link; ``status`` is ``stated``, ``planned`` or ``denied``.

    ``withdrawn`` is the day on which it was first noticed that the page is gone.
    """

    quote: str
    source: str
    status: str = "stated"
    title: str | None = None
    issued: str | None = None
    url: str | None = None
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to another thing: ``inverse`` when this thing is its object; at most ``SENTENCES`` of ``said`` are kept."""

    predicate: str
    other: str
    inverse: bool
    sentences: tuple[Sentence, ...]
    said: int


@dataclass(slots=True)
class Record:
    """All that one page shows of a thing.

    Attributes:
        iri: the thing.
        names: language (or ``""``) to its names there; the preferred one is first.
        others: other names and acronyms, with their languages.
        types: IRIs of its classes.
        facts: property and value, of all values that are no things of the graph.
        links: those of this page.
        first: number of the first of them, from 0.
        total: how many there are.
        labels: names of the other things, by IRI and language.
        kinds: a class of each of the other things that have no name, by IRI.
    """

    iri: str
    names: dict[str, list[str]] = field(default_factory=dict)
    others: list[tuple[str, str]] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    facts: list[tuple[str, Term]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    first: int = 0
    total: int = 0
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


def read_record(store: Store, iri: str, first: int = 0) -> Record | None:
    """What the graph holds of a thing; ``None`` when it holds nothing.

    Args:
        store: the store.
        iri: the thing.
        first: number of the first link to give; ``LINKS`` are given from there on.
    """
    if not is_iri(iri):
        return None
    thing = {"thing": Term("uri", iri)}
    facts = [(p.value, o) for p, o in _rows(store, _FACTS, thing) if p and o]
    claims = _read_claims(store, thing)
    direct = ((s.value, p.value, o.value) for s, p, o in _rows(store, _EDGES, thing) if s and p and o)
    edges = sorted({*direct, *claims}, key=lambda edge: (edge[1] not in _RELATIONS, edge[1], edge[0] != iri, edge))
    if not facts and not edges:
        return Record(iri, types=[NAMED_GRAPH]) if _is_graph(store, iri) else None
    record = Record(iri, first=first, total=len(edges))
    _describe(record, facts)
    shown = edges[first : first + LINKS]
    sentences = _read_sentences(store, [claim for edge in shown for claim in claims.get(edge, [])[:SENTENCES]])
    for edge in shown:
        said = claims.get(edge, [])
        kept = sorted((sentences[c] for c in said if c in sentences), key=lambda found: found.issued or "")
        other, inverse = (edge[2], False) if edge[0] == iri else (edge[0], True)
        record.links.append(Link(edge[1], other, inverse, tuple(kept), len(said)))
    others = [link.other for link in record.links]
    record.labels = _read_names(store, others)
    unnamed = sorted(set(others) - record.labels.keys())
    record.kinds = {thing.value: kind.value for thing, kind in _about(store, _TYPES, unnamed) if thing and kind}
    return record


def read_data(store: Store, iri: str) -> tuple[str, ...]:
    """The triples about a thing, the claims about its links and the names of what it is linked to, as sorted lines."""
    if not is_iri(iri):
        return ()
    lines: set[str] = set()
    for query in _DATA:
        answer = store.query(_HEAD + query, {"thing": Term("uri", iri)})
        assert isinstance(answer, Triples)
        lines |= set(answer.lines)
    if not lines and _is_graph(store, iri):
        return (f"<{iri}> <{RDF}type> <{NAMED_GRAPH}> .",)
    return tuple(sorted(lines))


def _is_graph(store: Store, iri: str) -> bool:
    """Whether it is the name of a graph, of which the graph itself says nothing more."""
    return store.query("ASK { GRAPH ?thing { ?s ?p ?o } }", {"thing": Term("uri", iri)}) is True


def _describe(record: Record, facts: Iterable[tuple[str, Term]]) -> None:
    for predicate, value in facts:
        if predicate == f"{RDF}type":
            record.types.append(value.value)
        elif predicate in _PREFERRED and value.kind == "literal":
            record.names.setdefault(value.language or "", []).append(value.value)
        elif predicate in _OTHER:
            record.others.append((value.value, value.language or ""))
        elif value.kind == "literal":
            record.facts.append((predicate, value))


def _read_claims(store: Store, thing: dict[str, Term]) -> dict[Edge, list[str]]:
    """The claims about a thing by what they say, sorted."""
    claims: dict[Edge, list[str]] = defaultdict(list)
    for s, p, o, claim in sorted(_rows(store, _CLAIMS, thing), key=str):
        if s and p and o and claim:
            claims[s.value, p.value, o.value].append(claim.value)
    return {edge: list(dict.fromkeys(found)) for edge, found in claims.items()}


def _read_sentences(store: Store, claims: list[str]) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for claim, source, *said in _about(store, _SENTENCES, claims):
        if claim and source:
            quote, status, title, issued, url, gone = (term.value if term else None for term in said)
            state = (status or "stated").rpartition("/")[2]
            # A source with two titles gives two rows for one claim.
            sentence = Sentence(quote or "", source.value, state, title, issued, url, gone[:10] if gone else None)
            found.setdefault(claim.value, sentence)
    return found


def _read_names(store: Store, things: Iterable[str]) -> dict[str, dict[str, str]]:
    ranked: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for thing, rank, name in _about(store, _NAMES, sorted(set(things))):
        if thing and rank and name:
            language, said = name.language or "", (rank.value, name.value)
            ranked[thing.value][language] = min(ranked[thing.value].get(language, said), said)
    return {iri: {language: name for language, (_, name) in names.items()} for iri, names in ranked.items()}


def _about(store: Store, sparql: str, things: list[str]) -> Iterator[tuple[Term | None, ...]]:
    """The rows of a query about some things, asked for a few of them at a time."""
    iris = [f"<{iri}>" for iri in things if is_iri(iri) and len(iri) < _LONGEST]
    for start in range(0, len(iris), _TOGETHER):
        yield from _rows(store, sparql % " ".join(iris[start : start + _TOGETHER]))


def _rows(store: Store, sparql: str, bindings: dict[str, Term] | None = None) -> tuple[tuple[Term | None, ...], ...]:
    answer = store.query(_HEAD + sparql, bindings)
    assert isinstance(answer, Rows)
    return answer.rows
