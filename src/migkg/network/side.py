"""What one of two graphs says, as far as the other says something else: ties, sums, offices, properties, documents."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from migkg.lines import Quad, read_literal
from migkg.model.vocabulary import ENTITY_TYPES, RELATIONS
from migkg.network.evidence import Claim
from migkg.network.names import Names
from migkg.network.reading import local_name
from migkg.rdf import namespaces as ns

Edge = tuple[str, str, str]
Said = tuple[str, Claim]  # the document in its newest version, and what it says
Rename = Callable[[str, str], str]

THEME = "subject"  # the name of dcterms:subject among the relations
_TYPES = {f"<{ns.MG}{name}>": name for name in ENTITY_TYPES}
_EDGES = {f"<{ns.MG}{name}>": name for name in RELATIONS} | {f"<{ns.DCTERMS}subject>": THEME}
_OTHER = {f"<{ns.MG}FormerName>", f"<{ns.ORG}ChangeEvent>", f"<{ns.RDF}Statement>"}


@dataclass(slots=True)
class Side:
    """What one graph says of the subjects that differ. IRIs are those of the newer graph, without angle brackets.

    Attributes:
        subjects: all subjects of which all lines were read.
        edges: direct edges, each with the documents (graphs) that state it.
        claims: by edge; of a claim about a number or year the object is empty.
        things: types of each entity.
        properties: values by subject and predicate, each with the graphs that say so.
        offices: by person and organisation. sums: by funder and what is funded.
        documents, others: sources, and former names, changes and verdicts.
    """

    subjects: set[str] = field(default_factory=set)
    edges: dict[Edge, set[str]] = field(default_factory=lambda: defaultdict(set))
    claims: dict[Edge, list[Said]] = field(default_factory=lambda: defaultdict(list))
    things: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    properties: dict[tuple[str, str], dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    offices: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    sums: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    documents: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)


def read_side(quads: Mapping[str, list[Quad]], rename: Rename, names: Names) -> Side:
    """Read what one graph says.

    Args:
        quads: by subject.
        rename: gives (address of a thing, graph that speaks of it) its address in the newer graph; in angle brackets.
        names: for the documents of claims.
    """
    side = Side()
    for subject, told in quads.items():
        types = {quad.object for quad in told if quad.predicate == f"<{ns.RDF}type>"}
        if f"<{ns.MG}Claim>" in types:
            _read_claim(side, subject, told, rename, names)
        elif f"<{ns.MG}Funding>" in types:
            _read_sum(side, told, rename)
        elif f"<{ns.ORG}Membership>" in types:
            _read_office(side, told, rename)
        elif types & _TYPES.keys() or f"<{ns.MG}Source>" in types or types & _OTHER or not types:
            _read_thing(side, subject, told, types, rename)
    return side


def turn(edge: Edge) -> Edge:
    """An edge in the direction in which it is written: of those without direction, one of the two."""
    subject, predicate, object_ = edge
    return (object_, predicate, subject) if predicate == "cooperatesWith" and object_ < subject else edge


def _read_thing(side: Side, subject: str, told: list[Quad], types: set[str], rename: Rename) -> None:
    for quad in told:
        name = rename(subject, quad.graph)[1:-1]
        side.subjects.add(name)
        document = rename(quad.graph, "")[1:-1]
        if quad.predicate in _EDGES and quad.object.startswith("<"):
            edge = (name, _EDGES[quad.predicate], rename(quad.object, quad.graph)[1:-1])
            side.edges[turn(edge)].add(document)
        else:
            value = rename(quad.object, quad.graph) if quad.object.startswith("<") else quad.object
            side.properties[name, quad.predicate[1:-1]][value].add(document)
        if quad.predicate == f"<{ns.RDF}type>" and quad.object in _TYPES:
            side.things[name].add(_TYPES[quad.object])
    if not types & _TYPES.keys():
        kept = side.documents if f"<{ns.MG}Source>" in types else side.others
        kept.add(rename(subject, "")[1:-1])


def _read_claim(side: Side, claim: str, told: list[Quad], rename: Rename, names: Names) -> None:
    facts = _facts(told)
    source = facts.get(f"{ns.MG}source", "")
    subject, predicate, object_ = (facts.get(f"{ns.RDF}{part}", "") for part in ("subject", "predicate", "object"))
    if not (subject and predicate and source.startswith("<")):
        return
    is_thing = object_.startswith("<")
    edge = (
        rename(subject, source)[1:-1],
        _EDGES.get(predicate, local_name(predicate[1:-1])),
        rename(object_, source)[1:-1] if is_thing else "",
    )
    confidence = _text(facts.get(f"{ns.MG}confidence"))
    said = Claim(
        claim[1:-1],
        _text(facts.get(f"{ns.MG}quote")),
        names.source(source[1:-1]),
        local_name(facts.get(f"{ns.MG}status", "<stated>")[1:-1]),
        _number(confidence),
    )
    side.claims[turn(edge)].append((rename(source, "")[1:-1], said))


def _read_sum(side: Side, told: list[Quad], rename: Rename) -> None:
    facts = _facts(told)
    funder, item, source = (
        facts.get(name, "") for name in (f"{ns.SCHEMA}funder", f"{ns.SCHEMA}fundedItem", f"{ns.MG}source")
    )
    parts = [_text(facts.get(name)) for name in (f"{ns.MG}amount", f"{ns.SCHEMA}currency")]
    kind, when = local_name(facts.get(f"{ns.MG}amountKind", "<>")[1:-1]), _text(facts.get(f"{ns.MG}when"))
    more = ", ".join(filter(None, (kind, when)))
    if funder and item:
        ends = (rename(funder, source)[1:-1], rename(item, source)[1:-1])
        side.sums[ends].add(" ".join(filter(None, parts)) + (f" ({more})" if more else ""))


def _read_office(side: Side, told: list[Quad], rename: Rename) -> None:
    facts = _facts(told)
    person, body = facts.get(f"{ns.ORG}member", ""), facts.get(f"{ns.ORG}organization", "")
    name = _text(facts.get(f"{ns.MG}postName"))
    if person and body and name:
        side.offices[rename(person, told[0].graph)[1:-1], rename(body, told[0].graph)[1:-1]].add(name)


def _facts(told: Iterable[Quad]) -> dict[str, str]:
    """One value for each predicate, the first in code point order."""
    found: dict[str, str] = {}
    for quad in told:
        found.setdefault(quad.predicate[1:-1], quad.object)
    return found


def _text(term: str | None) -> str:
    return read_literal(term).text if term and term.startswith('"') else ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
