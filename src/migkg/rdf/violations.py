"""What a check of the graph found, told so that a reader can find the place: names, edges in words, quotes."""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from migkg.rdf.namespaces import ID, MG, PREFIXES, RDF, RDFS, SKOS

VIOLATION = "violation"
WARNING = "warning"

_SUBJECT, _PREDICATE, _OBJECT = (URIRef(RDF + name) for name in ("subject", "predicate", "object"))
_SOURCE, _QUOTE = URIRef(MG + "source"), URIRef(MG + "quote")


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that a shape found.

    Attributes:
        severity: ``violation`` (the graph is wrong) or ``warning`` (a reader should look).
        shape: local name of the shape in ontology/shapes.ttl, for example ``ClaimHasQuote``.
        message: what is wrong and what to do.
        focus: IRI of the thing that it was found on.
        label: name of that thing; for a claim its edge, in words.
        path: the property that was looked at, abbreviated (``mg:quote``), where there is one.
        value: the value that is wrong, where there is one.
        quote: words of the source behind it, where a claim has them.
        source: IRI of that source.
    """

    severity: str
    shape: str
    message: str
    focus: str
    label: str
    path: str | None = None
    value: str | None = None
    quote: str | None = None
    source: str | None = None


def sort_violations(found: Iterable[Violation]) -> list[Violation]:
    """Each once and in the same order every time: violations before warnings, then by shape and thing."""
    return sorted(
        set(found), key=lambda v: (v.severity, v.shape, v.focus, v.path or "", v.value or "", v.quote or "", v.label)
    )


def shorten(iri: str) -> str:
    """An IRI with the prefix that the project writes it with (``id:org/iom``), or unchanged."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shape looked: a node and, where there are such, the property and the value.

    Attributes:
        relation: for a shape of one end of a relation, that relation and which end (``subject`` or ``object``).
    """

    focus: Node
    path: Node | None = None
    value: Node | None = None
    relation: tuple[URIRef, str] | None = None


class Teller:
    """Finds in a graph what a reader needs to know of a node."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def tell(self, severity: str, shape: str, message: str, place: Place) -> Violation:
        """The violation at a place, with names and evidence from the graph."""
        claim = self._claim(place)
        quote = self.graph.value(claim, _QUOTE) if claim is not None else None
        source = self.graph.value(claim if claim is not None else place.focus, _SOURCE)
        value = place.value if place.value is not None and place.value != place.focus else None
        return Violation(
            severity,
            shape,
            message,
            focus=str(place.focus),
            label=self.name(place.focus),
            path=shorten(str(place.path)) if isinstance(place.path, URIRef) else None,
            value=self._value(value) if value is not None else None,
            quote=str(quote) if quote is not None else None,
            source=str(source) if source is not None else None,
        )

    def name(self, node: Node) -> str:
        """The name of a thing, English first; the edge of a claim in words; else its abbreviated IRI."""
        edge = [self.graph.value(node, part) for part in (_SUBJECT, _PREDICATE, _OBJECT)]
        if any(part is not None for part in edge):
            return " ".join("?" if part is None else self.name(part) for part in edge)
        for property_ in (SKOS + "prefLabel", RDFS + "label", "http://purl.org/dc/terms/title"):
            labels = [label for label in self.graph.objects(node, URIRef(property_)) if isinstance(label, Literal)]
            if labels:
                return str(min(labels, key=lambda label: (label.language != "en", -len(label), str(label))))
        return shorten(str(node)).removeprefix("mg:") if str(node).startswith(MG) else shorten(str(node))

    def _value(self, node: Node) -> str:
        if isinstance(node, Literal):
            return str(node)
        return f"{self.name(node)} ({shorten(str(node))})" if str(node).startswith(ID) else shorten(str(node))

    def _claim(self, place: Place) -> Node | None:
        """The claim that a place is about: the node itself, or the first one of the edge that the shape looked at."""
        graph = self.graph
        if (place.focus, _PREDICATE, None) in graph or (place.focus, _QUOTE, None) in graph:
            return place.focus
        if place.relation is not None:
            relation, end = place.relation
            claims = graph.subjects(URIRef(RDF + end), place.focus)
            return min((c for c in claims if (c, _PREDICATE, relation) in graph), default=None, key=str)
        if place.path is None or place.value is None:
            return None
        claims = graph.subjects(_SUBJECT, place.focus)
        edge = (c for c in claims if (c, _PREDICATE, place.path) in graph and (c, _OBJECT, place.value) in graph)
        return min(edge, default=None, key=str)
