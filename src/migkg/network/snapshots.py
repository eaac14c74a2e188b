"""What single pages say of the structure of one organisation, each page by itself, in the order of their dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from migkg.model.identifiers import fold_words
from migkg.network.compare import Tie
from migkg.network.evidence import Claim, Source
from migkg.network.names import Lookup
from migkg.network.periods import period
from migkg.network.projection import edges_of
from migkg.network.structure import Structure, Unit, read_structure
from migkg.rdf import namespaces as ns

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One unit as one page shows it.

    Attributes:
        iri: its address in the graph. name: what this page calls it.
        parent: the unit that it stands under; ``None`` for the organisation. level: 0 for the organisation.
        parts: what stands under it. heads: the people that it has, as folded names.
        acronyms: its short names. claims: what says where it stands.
    """

    iri: str
    name: str
    parent: str | None
    level: int
    parts: frozenset[str]
    heads: frozenset[str]
    acronyms: frozenset[str]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The structure of an organisation as one page shows it; the organisation itself is the first part."""

    source: Source
    root: str
    parts: dict[str, Part] = field(default_factory=dict)

    @property
    def day(self) -> str | None:
        """The date of the page as it is given; ``None`` where it has none."""
        return self.source.issued if period(self.source.issued)[0] else None


def read_snapshots(store: Lookup, graph: "Graph", name: str) -> list[Snapshot]:
    """One snapshot for each page on the structure of an organisation, the undated ones first, then by date.

    Args:
        store: tells which documents are pages on structure, and what each calls its things.
        graph: the projection of the store.
        name: name, acronym or IRI of the organisation. Pages may each have an address of their own for it.
    """
    ties: dict[str, list[Tie]] = {}
    sources: dict[str, Source] = {}
    for subject, predicate, object_, claims in edges_of(graph):
        for claim in claims:
            if claim.status == "stated" and predicate in {"partOf", "worksFor", "reportsTo"}:
                ties.setdefault(claim.source.iri, []).append((subject, predicate, object_, (claim,)))
                sources[claim.source.iri] = claim.source
    nodes = {iri: dict(graph.nodes[iri]) for iri in graph}
    found = []
    for iri, told in ties.items():
        kinds = {term.value for term, _ in store.values(iri, f"{ns.MG}documentKind")}
        if "structure" in kinds:
            best = max(
                (read_structure(root, nodes, told) for root in _roots(name, told, nodes)),
                key=lambda structure: (len(structure.units), structure.units[0].iri),
                default=None,
            )
            if best and len(best.units) > 1:
                found.append(_snapshot(store, sources[iri], best, nodes))
    return sorted(found, key=lambda snapshot: (snapshot.day or "", snapshot.source.iri))


def _roots(name: str, ties: Iterable[Tie], nodes: Mapping[str, dict[str, Any]]) -> list[str]:
    wholes = sorted({object_ for _, predicate, object_, _ in ties if predicate == "partOf"})
    if name in nodes:
        return [name]
    wanted = fold_words(name)
    return [iri for iri in wholes if any(fold_words(text) == wanted for text in _names(nodes[iri]))]


def _names(node: Mapping[str, Any]) -> set[str]:
    return {*node["labels"].values(), *node["aliases"]}


def _snapshot(store: Lookup, source: Source, structure: Structure, nodes: Mapping[str, dict[str, Any]]) -> Snapshot:
    below: dict[str, set[str]] = {}
    for unit in structure.units:
        if unit.parent:
            below.setdefault(unit.parent, set()).add(unit.iri)
    parts = {unit.iri: _part(store, source, unit, below.get(unit.iri, set()), nodes) for unit in structure.units}
    return Snapshot(source, structure.units[0].iri, parts)


def _part(store: Lookup, source: Source, unit: Unit, parts: set[str], nodes: Mapping[str, dict[str, Any]]) -> Part:
    said = sorted(term.value for term, graph in store.values(unit.iri, f"{ns.RDFS}label") if graph == source.iri)
    names = set(said) or _names(nodes[unit.iri])
    people = {" ".join(fold_words(nodes[holder.person]["label"])) for holder in unit.holders}
    return Part(
        unit.iri,
        max(said, key=len) if said else str(nodes[unit.iri]["label"]),
        unit.parent,
        unit.level,
        frozenset(parts),
        frozenset(people),
        frozenset(name.casefold() for name in names if _is_acronym(name)),
        unit.claims,
    )


def _is_acronym(name: str) -> bool:
    letters = [character for character in name if character.isalpha()]
    return " " not in name and 2 <= len(letters) <= 10 and sum(c.isupper() for c in letters) >= len(letters) - 1
