"""Which programmes and events are in which country, as far as documents say so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from migkg.errors import QueryError
from migkg.network.compare import Tie
from migkg.network.evidence import Claim
from migkg.rdf.namespaces import PREFIXES
from migkg.store.base import Rows, Store

_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
# A town lies in a country by an authority table, not by a document: dcterms:isPartOf and not mg:partOf.
COUNTRIES = """SELECT DISTINCT ?place ?code {
  ?place a mg:Place .
  { ?place mg:country ?code } UNION { ?place dcterms:isPartOf+ ?whole . ?whole mg:country ?code } }"""

# What leads from a thing to a place, and the type of that thing.
RELATIONS = {"covers": "Programme", "takesPlaceIn": "Event"}
TYPES = tuple(RELATIONS.values())


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing in one place: ``relation`` leads from ``thing`` to ``place`` (IRIs)."""

    thing: str
    relation: str
    place: str
    claims: tuple[Claim, ...]


@dataclass(slots=True)
class Located:
    """Where things are.

    Attributes:
        countries: spots by ISO 3166-1 alpha-3 code, both sorted.
        regions: spots in places of which no table says that they lie in one country ("West Africa"), by thing.
        placeless: things of which no document says where they are, by type.
        totals: how many things there are, by type.
    """

    countries: dict[str, list[Spot]]
    regions: list[Spot] = field(default_factory=list)
    placeless: dict[str, list[str]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)

    def count(self, country: str, kind: str) -> int:
        """How many things of a type there are in a country; one that is in two towns of it counts once."""
        relation = {kind: name for name, kind in RELATIONS.items()}[kind]
        return len({spot.thing for spot in self.countries[country] if spot.relation == relation})


def read_countries(store: Store) -> dict[str, str]:
    """ISO 3166-1 alpha-3 code by place, for places that lie in exactly one country."""
    answer = store.query(_PREFIXES + COUNTRIES)
    if not isinstance(answer, Rows):
        raise QueryError("the store did not answer a SELECT with rows")
    codes: dict[str, set[str]] = defaultdict(set)
    for place, code in answer.rows:
        if place and code:
            codes[place.value].add(code.value)
    return {place: min(found) for place, found in sorted(codes.items()) if len(found) == 1}


def locate(nodes: Mapping[str, Mapping[str, Any]], ties: Iterable[Tie], within: Mapping[str, str]) -> Located:
    """Programmes by the countries that they cover, events by the country that they take place in.

    Args:
        nodes: ``type`` of each thing.
        ties: edges with their claims, as ``migkg.network.projection.edges_of`` gives them.
        within: country by place, see ``read_countries``.
    """
    countries: dict[str, list[Spot]] = defaultdict(list)
    regions, found = [], set()
    for subject, predicate, object_, claims in ties:
        if RELATIONS.get(predicate) != nodes[subject]["type"]:
            continue
        spot, country = Spot(subject, predicate, object_, claims), within.get(object_)
        found.add(subject)
        if country:
            countries[country].append(spot)
        else:
            regions.append(spot)
    things = {kind: sorted(iri for iri, data in nodes.items() if data["type"] == kind) for kind in TYPES}

    def order(spot: Spot) -> tuple[str, str, str]:
        return spot.relation, spot.thing, spot.place

    return Located(
        {country: sorted(countries[country], key=order) for country in sorted(countries)},
        sorted(regions, key=order),
        {kind: [iri for iri in iris if iri not in found] for kind, iris in things.items()},
        {kind: len(iris) for kind, iris in things.items()},
    )
