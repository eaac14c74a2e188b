"""The things of a store that links are looked for."""

from collections import defaultdict

from migkg.errors import UsageError
from migkg.link.kinds import seats
from migkg.link.model import Thing
from migkg.model.identifiers import ID
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.rdf.namespaces import MG, PREFIXES
from migkg.store.base import Rows, Store, Term

# Names of persons are not asked for anywhere; an office means nothing outside its organisation.
LINKABLE: frozenset[str] = ACTOR_TYPES | {"Event", "Instrument", "Place", "Programme"}
_PREFIXES = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("mg", "rdfs", "skos"))
_TYPES = "SELECT DISTINCT ?thing ?type WHERE { ?thing a ?type . VALUES ?type { %s } }"
_FACTS = """SELECT DISTINCT ?thing ?kind ?value WHERE {
  ?thing a ?type . VALUES ?type { %s }
  VALUES (?property ?kind) {
    (skos:prefLabel "preferred") (rdfs:label "name") (skos:altLabel "name") (skos:notation "acronym")
    (mg:country "country") (skos:exactMatch "match") (skos:closeMatch "match")
  }
  ?thing ?property ?value
}"""


def read_things(store: Store, types: frozenset[str] = ACTOR_TYPES) -> list[Thing]:
    """The named things of some types, by IRI.

    Args:
        types: entity types, of those in ``LINKABLE``.

    Raises:
        UsageError: a type is none that links are made for.
        StoreError, QueryError: the store cannot be read.
    """
    if unknown := sorted(types - LINKABLE):
        raise UsageError(f"no links are made for {', '.join(unknown)}; choose from {', '.join(sorted(LINKABLE))}")
    wanted = " ".join(f"mg:{name}" for name in sorted(types))
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for thing, kind in _ask(store, _TYPES % wanted):
        kinds[thing.value].add(kind.value.removeprefix(MG))
    facts: defaultdict[str, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for thing, kind, value in _ask(store, _FACTS % wanted):
        facts[thing.value][kind.value].append(value)
    made = (_make(iri, frozenset(kinds[iri]), facts[iri]) for iri in sorted(kinds) if iri.startswith(ID))
    return [thing for thing in made if thing.names]


def _make(iri: str, types: frozenset[str], facts: dict[str, list[Term]]) -> Thing:
    preferred = {(term.value, term.language or "") for term in facts.get("preferred", ())}
    names = sorted(preferred | {(term.value, term.language or "") for term in facts.get("name", ())})
    acronyms = sorted({term.value for term in facts.get("acronym", ()) if term.datatype is None})
    names = [entry for entry in names if entry[0] not in acronyms]
    shown = [name for name, language in preferred if language == "en"] or [name for name, _ in preferred or names]
    countries = sorted({term.value for term in facts.get("country", ())} or filter(None, [seats().get(iri)]))
    return Thing(
        iri=iri,
        label=max(sorted(shown), key=len, default=""),
        names=tuple(names),
        acronyms=tuple(acronyms),
        types=types,
        country=countries[0] if len(countries) == 1 else None,
        matches=frozenset(term.value for term in facts.get("match", ())),
    )


def _ask(store: Store, sparql: str) -> list[tuple[Term, ...]]:
    answer = store.query(_PREFIXES + sparql)
    assert isinstance(answer, Rows)
    return [tuple(term for term in row if term) for row in answer.rows if all(row)]
