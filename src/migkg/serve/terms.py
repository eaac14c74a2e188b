"""The words for classes and properties in three languages, from the ontology."""

from collections.abc import Mapping
from functools import cache

from migkg.lines import read_literal, split_line
from migkg.model.vocabulary import LABELS
from migkg.query.catalogue import LANGUAGES
from migkg.rdf.namespaces import MG, RDFS, SKOS
from migkg.resources import ontology_path
from migkg.store.results import parse_triples

# IRI, then "label" or "definition", then language.
Terms = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def read_terms() -> Terms:
    """Labels and definitions of the ontology's terms, by IRI, kind and language; those of a reader go first."""
    parts = {f"<{RDFS}label>": "label", f"<{SKOS}definition>": "definition"}
    words: dict[str, dict[str, dict[str, str]]] = {}
    for line in parse_triples(ontology_path("migkg.ttl").read_bytes(), "text/turtle"):
        quad = split_line(line)
        if quad.predicate in parts:
            literal = read_literal(quad.object)
            if literal.language in LANGUAGES:
                words.setdefault(quad.subject[1:-1], {}).setdefault(parts[quad.predicate], {})[literal.language] = (
                    literal.text
                )
    for name, labels in LABELS.items():
        words.setdefault(MG + name, {})["label"] = dict(labels)
    return words
