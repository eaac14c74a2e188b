"""What the graph holds of one thing: its names, what is known of it, and its links with their sentences."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from migkg.lines import is_iri
from migkg.model.vocabulary import RELATIONS
from migkg.rdf.namespaces import DCTERMS, MG, PREFIXES, RDF, RDFS, SKOS
from migkg.store.base import Rows, Store, Term, Triples

LINKS = 100  # of one page
SENTENCES = 10  # of one link

_HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_FACTS = "SELECT ?p ?o { ?thing ?p ?o } ORDER BY ?p ?o"
# What stands about a thing: direct edges, and claims, which are more where something is planned or denied. The parts of
# a claim are left out as links: they are shown as its sentence.
_LINKS = """SELECT DISTINCT ?s ?p ?o {
  { ?thing ?p ?o BIND(?thing AS ?s) FILTER(ISIRI(?o)) }
  UNION { ?s ?p ?thing BIND(?thing AS ?o) }
  UNION { ?c rdf:subject ?thing ; rdf:predicate ?p ; rdf:object ?o BIND(?thing AS ?s) }
  UNION { ?c rdf:object ?thing ; rdf:predicate ?p ; rdf:subject ?s BIND(?thing AS ?o) }
  FILTER(?p NOT IN (rdf:type, rdf:subject, rdf:object, rdf:predicate))
}"""
_CLAIMS = """SELECT ?s ?p ?o ?claim ?source ?quote ?status ?title ?issued ?url {
  VALUES (?s ?p ?o) { %s }
  ?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; mg:quote ?quote ; mg:source ?source .
  OPTIONAL { ?claim mg:status ?status }
  OPTIONAL { ?source dcterms:title ?title }
  OPTIONAL { ?source dcterms:issued ?issued }
  OPTIONAL { ?source schema:url ?url }
} ORDER BY ?issued ?claim ?title ?url"""
_NAMES = """SELECT ?thing ?p ?name { VALUES ?thing { %s }
  VALUES ?p { skos:prefLabel rdfs:label dcterms:title mg:quote } ?thing ?p ?name } ORDER BY ?thing ?name"""
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
    """One source that says a link; ``status`` is ``stated``, ``planned`` or ``denied``."""

    quote: str
    source: str
    status: str = "stated"
    title: str | None = None
    issued: str | None = None
    url: str | None = None


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
    found = ((s.value, p.value, o.value) for s, p, o in _rows(store, _LINKS, thing) if s and p and o)
    edges = sorted(found, key=lambda edge: (edge[1] not in _RELATIONS, edge[1], edge[0] != iri, edge))
    if not facts and not edges:
        return None
    record = Record(iri, first=first, total=len(edges))
    _describe(record, facts)
    shown = edges[first : first + LINKS]
    sentences = _read_sentences(store, shown)
    for edge in shown:
        said = sentences.get(edge, [])
        other, inverse = (edge[2], False) if edge[0] == iri else (edge[0], True)
        record.links.append(Link(edge[1], other, inverse, tuple(said[:SENTENCES]), len(said)))
    record.labels = _read_names(store, [link.other for link in record.links])
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
    return tuple(sorted(lines))


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


def _read_sentences(store: Store, edges: list[Edge]) -> dict[Edge, list[Sentence]]:
    found: dict[Edge, dict[str, Sentence]] = defaultdict(dict)
    rows = _rows(store, _CLAIMS % " ".join("(" + " ".join(f"<{iri}>" for iri in edge) + ")" for edge in edges))
    for s, p, o, claim, source, *said in rows if edges else ():
        if s and p and o and claim and source:
            quote, status, title, issued, url = (term.value if term else None for term in said)
            state = (status or "stated").rpartition("/")[2]
            sentence = Sentence(quote or "", source.value, state, title, issued, url)
            # A source with two titles gives two rows for one claim.
            found[s.value, p.value, o.value].setdefault(claim.value, sentence)
    return {edge: list(claims.values()) for edge, claims in found.items()}


def _read_names(store: Store, things: Iterable[str]) -> dict[str, dict[str, str]]:
    wanted = sorted({iri for iri in things if is_iri(iri)})
    ranked: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for thing, p, name in _rows(store, _NAMES % " ".join(f"<{iri}>" for iri in wanted)) if wanted else ():
        if thing and p and name:
            rank = (_PREFERRED.index(p.value), name.value)
            language = name.language or ""
            ranked[thing.value][language] = min(ranked[thing.value].get(language, rank), rank)
    return {iri: {language: name for language, (_, name) in names.items()} for iri, names in ranked.items()}


def _rows(store: Store, sparql: str, bindings: dict[str, Term] | None = None) -> tuple[tuple[Term | None, ...], ...]:
    answer = store.query(_HEAD + sparql, bindings)
    assert isinstance(answer, Rows)
    return answer.rows
