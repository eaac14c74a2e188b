"""What things and documents of two graphs are called, looked up one by one: for answers that speak of few of many."""

from collections.abc import Iterator
from typing import Any, Protocol

from migkg.model.vocabulary import ENTITY_TYPES
from migkg.network.evidence import Source
from migkg.network.reading import Node, local_name, main_label
from migkg.rdf import namespaces as ns
from migkg.store.base import Term

_NAMES = {"prefLabel": f"{ns.SKOS}prefLabel", "label": f"{ns.RDFS}label"}
_SOURCE = {
    "title": f"{ns.DCTERMS}title",
    "url": f"{ns.SCHEMA}url",
    "issued": f"{ns.DCTERMS}issued",
    "language": f"{ns.DCTERMS}language",
    "name": f"{ns.DCTERMS}identifier",
    "publisher": f"{ns.MG}publisherName",
}


class Lookup(Protocol):
    """A store that can be asked for the values of one thing."""

    def values(self, subject: str, predicate: str) -> Iterator[tuple[Term, str]]:
        """The values of a predicate, each with the named graph that says so."""


class Names:
    """The names of what stands in either of two graphs; the newer one goes first."""

    def __init__(self, new: Lookup, old: Lookup, language: str = "en") -> None:
        self._stores = (new, old)
        self._language = language
        self._nodes: dict[str, dict[str, Any]] = {}
        self._sources: dict[str, Source] = {}

    def node(self, iri: str) -> dict[str, Any]:
        """``label``, ``type`` (empty: no thing of the graph), ``country`` and ``when`` of a thing."""
        if iri not in self._nodes:
            self._nodes[iri] = self._describe(iri)
        return self._nodes[iri]

    def label(self, iri: str) -> str:
        """The name of a thing or document; of what has none, the end of its address."""
        return str(self.node(iri)["label"])

    def source(self, iri: str) -> Source:
        """A document."""
        if iri not in self._sources:
            facts = {name: self._first(iri, predicate) for name, predicate in _SOURCE.items()}
            known = self._first(iri, f"{ns.DCTERMS}publisher")
            publisher = self.label(known) if known else facts["publisher"]
            self._sources[iri] = Source(
                iri,
                facts["title"] or "",
                facts["url"],
                facts["issued"],
                facts["language"],
                publisher,
                facts["name"],
            )
        return self._sources[iri]

    def has(self, side: int, subject: str, predicate: str, value: str) -> bool:
        """Whether one of the graphs (0: the newer one) holds a triple with this IRI as its object."""
        return any(
            term.kind == "uri" and term.value == value for term, _ in self._stores[side].values(subject, predicate)
        )

    def _describe(self, iri: str) -> dict[str, Any]:
        for store in self._stores:
            labels: dict[str, str] = {}
            for predicate in _NAMES.values():
                for language, text in sorted((t.language or "", t.value) for t, _ in store.values(iri, predicate)):
                    labels.setdefault(language, text)
            kinds = sorted(local_name(term.value) for term, _ in store.values(iri, f"{ns.RDF}type"))
            if labels or kinds:
                kind = next((name for name in kinds if name in ENTITY_TYPES), "")
                label = main_label(Node(iri, kind, labels), self._language)
                if kinds == ["Source"] and not labels:
                    source = self.source(iri)
                    label = source.title or source.name or label
                facts = {name: self._first(iri, ns.MG + name) for name in ("country", "when")}
                return {"label": label, "type": kind, **facts}
        return {"label": local_name(iri), "type": "", "country": None, "when": None}

    def _first(self, iri: str, predicate: str) -> str | None:
        for store in self._stores:
            found = sorted(term.value for term, _ in store.values(iri, predicate))
            if found:
                return found[0]
        return None
