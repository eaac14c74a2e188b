"""What a store holds, in figures."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from migkg.model.vocabulary import ENTITY_TYPES
from migkg.rdf.namespaces import MG, PREFIXES, STATUS_SCHEME
from migkg.store.base import Rows, Store

_PREFIXES = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
_TYPES = " ".join(f"mg:{name}" for name in sorted(ENTITY_TYPES))
_ENTITIES = f"SELECT ?key (COUNT(?e) AS ?n) {{ VALUES ?key {{ {_TYPES} }} ?e a ?key }} GROUP BY ?key"
_DOCUMENTS = "SELECT (COUNT(?s) AS ?n) { ?s a mg:Source }"
_DATED = "SELECT (COUNT(?s) AS ?n) { ?s a mg:Source ; dcterms:issued ?date }"
_LANGUAGES = "SELECT ?key (COUNT(?s) AS ?n) { ?s a mg:Source ; dcterms:language ?key } GROUP BY ?key"
_KINDS = "SELECT ?key (COUNT(?s) AS ?n) { ?s a mg:Source ; mg:documentKind ?key } GROUP BY ?key"
_RELATION = f"FILTER(STRSTARTS(STR(?p), '{MG}'))"  # the claims of themes are not counted among the others
_STATUSES = f"SELECT ?key (COUNT(?c) AS ?n) {{ ?c rdf:predicate ?p ; mg:status ?key {_RELATION} }} GROUP BY ?key"
_PREDICATES = f"SELECT (?p AS ?key) (COUNT(?c) AS ?n) {{ ?c a mg:Claim ; rdf:predicate ?p {_RELATION} }} GROUP BY ?p"
_THEMES = "SELECT ?key (COUNT(?s) AS ?n) { ?s a mg:Source ; dcterms:subject ?t . ?t skos:notation ?key } GROUP BY ?key"


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a store; every mapping has the most frequent key first.

    Attributes:
        documents: number of sources.
        dated: how many of them have a date of publication.
        languages: documents by language.
        kinds: documents by kind (``release``, ``structure``).
        claims: claims by status, without those of themes.
        relations: claims by predicate.
        themes: documents by theme.
        entities: entities by type.
    """

    documents: int
    dated: int
    languages: dict[str, int]
    kinds: dict[str, int]
    claims: dict[str, int]
    relations: dict[str, int]
    themes: dict[str, int]
    entities: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """The figures as plain JSON values."""
        return asdict(self)


def summarise(store: Store) -> Summary:
    """Count what a store holds."""
    return Summary(
        documents=count_documents(store),
        dated=_number(store, _DATED),
        languages=_counts(store, _LANGUAGES),
        kinds=_counts(store, _KINDS),
        claims=_counts(store, _STATUSES),
        relations=_counts(store, _PREDICATES),
        themes=_counts(store, _THEMES),
        entities=count_entities(store),
    )


def count_documents(store: Store) -> int:
    """Number of documents in a store."""
    return _number(store, _DOCUMENTS)


def count_entities(store: Store) -> dict[str, int]:
    """Number of entities in a store by type, the most frequent first."""
    return _counts(store, _ENTITIES)


def _rows(store: Store, query: str) -> Rows:
    answer = store.query(_PREFIXES + query)
    assert isinstance(answer, Rows)
    return answer


def _number(store: Store, query: str) -> int:
    return next((int(row[0].value) for row in _rows(store, query).rows if row[0]), 0)


def _counts(store: Store, query: str) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for key, number in _rows(store, query).rows:
        if key and number:
            counts[key.value.removeprefix(MG).removeprefix(f"{STATUS_SCHEME}/")] += int(number.value)
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))
