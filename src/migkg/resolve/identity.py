"""Gives every entity of a document its IRI. The rules and their reasons: docs/decisions/0007-identity-first-form.md."""

from collections import Counter
from dataclasses import replace

from migkg.model import Entity, Extraction
from migkg.model.identifiers import mint
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.resolve.authority import authority_iris
from migkg.resolve.concepts import read_concepts
from migkg.resolve.names import find_capitals, is_generic, is_relative, plain_name, tells_country, word_set

# Types whose names are given anew in each state or organisation: without a country or a parent they say little.
_LOCAL_ACTORS = frozenset({"GovernmentBody", "OrganisationalUnit"})


def resolve_extraction(extraction: Extraction, scope: str | None = None) -> Extraction:
    """The same extraction with ``iri`` set on each entity, the same on every machine and whatever else is built.

    Args:
        scope: id of the document in which things without a name of their own are the same; ``None``: this one. For an
            earlier version of a page it is the latest.
    """
    resolver = _Resolver(extraction, scope or extraction.document.id)
    entities = tuple(replace(entity, iri=resolver.iri(entity)) for entity in extraction.entities)
    return replace(extraction, entities=entities)


class _Resolver:
    """The identities of one document. Parents are resolved before what is scoped by them."""

    def __init__(self, extraction: Extraction, scope: str) -> None:
        self.document, self.scope = extraction.document, scope
        self.entities = {entity.id: entity for entity in extraction.entities}
        self.parents: dict[str, list[str]] = {}
        self.seats: dict[str, list[str]] = {}
        ties = {"partOf": self.parents, "basedIn": self.seats}
        for statement in extraction.statements:
            if statement.predicate in ties and statement.object in self.entities:
                ties[statement.predicate].setdefault(statement.subject, []).append(statement.object)
        self.numbers = _number(extraction.entities)
        self.countries = {entity.country for entity in extraction.entities if entity.country}
        self.known: dict[str, str] = {}

    def iri(self, entity: Entity, children: frozenset[str] = frozenset()) -> str:
        """The IRI of an entity; ``children`` are those that wait for it, so that circles of parents end."""
        if entity.id not in self.known:
            found = _authority_iri(entity) or self._capital_iri(entity)
            self.known[entity.id] = found or self._mint(entity, children | {entity.id})
        return self.known[entity.id]

    def _capital_iri(self, entity: Entity) -> str | None:
        """The capital that a place is by its name, where its country is known or at least in the document."""
        if entity.type != "Place" or not entity.named:
            return None
        allowed = {entity.country} if entity.country else self.countries
        keys = [key for country, key in find_capitals(entity.label).items() if country in allowed]
        return authority_iris().get(keys[0]) if len(keys) == 1 else None

    def _mint(self, entity: Entity, children: frozenset[str]) -> str:
        person = entity.type == "Person"
        name = plain_name(entity.label, person=person)
        if not entity.named or not name:
            return mint(entity.type, name, self.scope, str(self.numbers[entity.id]))
        if person:
            scope = "" if " " in name else self.scope
            return mint(entity.type, name, scope)
        return mint(entity.type, name, *self._scope(entity, children))

    def _scope(self, entity: Entity, children: frozenset[str]) -> tuple[str, ...]:
        """What tells a thing apart from others of its type and name."""
        country = entity.country or ""
        if entity.type == "Post":
            return (self._parent(entity, children) or self.scope,)
        if entity.type == "Event":
            year = entity.start[:4] if entity.start and entity.start[:4].isdigit() else ""
            return (country, year) if not is_generic(entity.label) else (country, year, self.scope)
        if entity.type == "OrganisationalUnit" and not tells_country(entity.label, self.document.language):
            return (country, self._parent(entity, children) or self.scope)
        if entity.type == "OrganisationalUnit" and not country and self._is_one_of_many(entity):
            return ("", self._seat(entity, children) or self.scope)
        if country or self._stands_alone(entity):
            return (country,)
        parent = self._parent(entity, children) if entity.type in ACTOR_TYPES else None
        return ("", parent or self.scope)

    def _stands_alone(self, entity: Entity) -> bool:
        """Whether the name alone says which thing is meant, in whatever document it stands."""
        if tells_country(entity.label, self.document.language):
            return True
        if entity.type in _LOCAL_ACTORS:
            return False
        return not is_generic(entity.label) and not (entity.type != "Place" and is_relative(entity.label))

    def _is_one_of_many(self, entity: Entity) -> bool:
        """Whether a name says no more than that it is an office of an organisation ("IOM Office")."""
        said = read_concepts(entity.label, self.document.language)
        light = word_set("light")
        own = {c for c in said.weights if not c.startswith(("kind:", "body:")) and c not in light}
        nowhere = not (own or said.countries or said.places)
        return nowhere and bool(said.bodies and said.kinds) and said.kinds <= word_set("mission")

    def _seat(self, entity: Entity, children: frozenset[str]) -> str | None:
        """The IRI of the place that the document says the entity is based in."""
        places = [self.entities[place] for place in self.seats.get(entity.id, ()) if place not in children]
        return min((self.iri(place, children) for place in places), default=None)

    def _parent(self, entity: Entity, children: frozenset[str]) -> str | None:
        """The IRI of what the document says that the entity is part of."""
        above = [self.entities[parent] for parent in self.parents.get(entity.id, ()) if parent not in children]
        return min((self.iri(parent, children) for parent in above), default=None)


def _authority_iri(entity: Entity) -> str | None:
    if entity.type == "Government" and entity.country:
        return authority_iris().get(f"government:{entity.country}")
    if entity.key and (entity.type == "Place") == entity.key.startswith(("country:", "capital:")):
        return authority_iris().get(entity.key)
    return None


def _number(entities: tuple[Entity, ...]) -> dict[str, int]:
    """Tells entities of one document apart that have neither a name nor a different description."""
    seen: Counter[tuple[str, str]] = Counter()
    numbers = {}
    for entity in entities:
        description = (entity.type, plain_name(entity.label))
        numbers[entity.id] = seen[description]
        seen[description] += 1
    return numbers
