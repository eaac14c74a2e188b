"""What the page needs to know before the first question: the questions, the words of the graph, and its size."""

from collections.abc import Callable, Mapping
from typing import Any

from migkg.model.vocabulary import ACTOR_TYPES, ENTITY_TYPES, LABELS
from migkg.query.catalogue import NamedQuery, load_catalogue
from migkg.rdf.namespaces import MG, PREFIXES
from migkg.serve.terms import read_terms
from migkg.store.base import Rows, Store

Value = dict[str, Any]

_HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_CLASSES = "SELECT ?term (COUNT(?s) AS ?uses) { ?s a ?term } GROUP BY ?term ORDER BY DESC(?uses) ?term"
_PROPERTIES = "SELECT ?term (COUNT(*) AS ?uses) { ?s ?term ?o } GROUP BY ?term ORDER BY DESC(?uses) ?term"
_COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "sources": "SELECT (COUNT(?s) AS ?n) { ?s a mg:Source }",
    "claims": "SELECT (COUNT(?c) AS ?n) { ?c a mg:Claim }",
    "dated": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a mg:Source ; dcterms:issued ?date }",
    "withPublisher": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a mg:Source ; dcterms:publisher|mg:publisherName ?p }",
    "publishers": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s a mg:Source ; dcterms:publisher|mg:publisherName ?p }",
}
_LANGUAGES = "SELECT ?key (COUNT(?s) AS ?n) { ?s a mg:Source ; dcterms:language ?key } GROUP BY ?key ORDER BY ?key"
_TYPES = "SELECT ?key (COUNT(DISTINCT ?s) AS ?n) { VALUES ?key { %s } ?s a ?key } GROUP BY ?key ORDER BY DESC(?n) ?key"
_YEARS = """SELECT (MIN(?y) AS ?first) (MAX(?y) AS ?last) {
  ?s a mg:Source ; dcterms:issued ?date BIND(SUBSTR(STR(?date), 1, 4) AS ?y) FILTER(REGEX(?y, "^[0-9]{4}$")) }"""


def list_questions(store: Store) -> Value:
    """All named questions, with what a form, a chart and an editor need of them."""
    return {"questions": [_question(query) for query in load_catalogue().values()]}


def describe_vocabulary(store: Store) -> Value:
    """Classes and properties that the graph uses, with how often, and their labels and meaning where we know them."""
    return {
        "prefixes": PREFIXES,
        "classes": [_term(iri, uses) for iri, uses in _pairs(store, _CLASSES)],
        "properties": [_term(iri, uses) for iri, uses in _pairs(store, _PROPERTIES)],
    }


def summarise(store: Store) -> Value:
    """What the graph is made from: whatever an answer counts is to be read against these numbers."""
    shown: Value = {name: _number(store, query) for name, query in _COUNTS.items()}
    sources = shown["sources"]
    shown["shareDated"] = round(shown["dated"] / sources, 4) if sources else None
    shown["languages"] = dict(_pairs(store, _LANGUAGES))
    kinds = _pairs(store, _TYPES % " ".join(f"mg:{name}" for name in sorted(ENTITY_TYPES)))
    shown["entities"] = [
        {"type": iri, "label": LABELS.get(iri.removeprefix(MG), {}), "number": number} for iri, number in kinds
    ]
    shown["actorTypes"] = [MG + name for name in sorted(ACTOR_TYPES)]
    first, last = _rows(store, _YEARS)[0]
    shown["years"] = [int(first), int(last)] if first and last else None
    return shown


PARTS: Mapping[str, Callable[[Store], Value]] = {
    "questions": list_questions,
    "vocabulary": describe_vocabulary,
    "summary": summarise,
}


def _question(query: NamedQuery) -> Value:
    return {
        "name": query.name,
        "title": query.title,
        "question": query.question,
        "stars": query.stars,
        "number": query.number,
        "command": query.command,
        "forms": query.forms,
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "description": p.description,
                "required": p.required,
                "default": p.default,
            }
            for p in query.parameters
        ],
        "columns": query.columns,
        "sparql": query.text,
    }


def _term(iri: str, uses: int) -> Value:
    found = read_terms().get(iri, {})
    return {"iri": iri, "uses": uses, "label": found.get("label", {}), "definition": found.get("definition", {})}


def _rows(store: Store, sparql: str) -> list[tuple[str | None, ...]]:
    answer = store.query(_HEAD + sparql)
    assert isinstance(answer, Rows)
    return [tuple(term.value if term else None for term in row) for row in answer.rows]


def _pairs(store: Store, sparql: str) -> list[tuple[str, int]]:
    return [(str(key), int(number or 0)) for key, number in _rows(store, sparql) if key]


def _number(store: Store, sparql: str) -> int:
    return int(_rows(store, sparql)[0][0] or 0)
