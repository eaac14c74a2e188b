"""The terms of the ontology that extraction needs. Generated from ontology/migkg.ttl by scripts/generate_vocabulary.py."""

from typing import NamedTuple


class Relation(NamedTuple):
    """Which entity types a predicate may link."""

    subjects: frozenset[str]
    objects: frozenset[str]


ACTOR_TYPES: frozenset[str] = frozenset(
    {
        "AcademicInstitution",
        "Company",
        "Government",
        "GovernmentBody",
        "IntergovernmentalOrganisation",
        "NonGovernmentalOrganisation",
        "OrganisationalUnit",
        "RegionalProcess",
    }
)
ENTITY_TYPES: frozenset[str] = ACTOR_TYPES | {"Event", "Instrument", "Person", "Place", "Post", "Programme"}

RELATIONS: dict[str, Relation] = {
    "basedIn": Relation(ACTOR_TYPES, frozenset({"Place"})),
    "chairs": Relation(ACTOR_TYPES | {"Person"}, frozenset({"Event"})),
    "cooperatesWith": Relation(ACTOR_TYPES, ACTOR_TYPES),
    "covers": Relation(frozenset({"Programme"}), frozenset({"Place"})),
    "funds": Relation(ACTOR_TYPES | {"Programme"}, ACTOR_TYPES | {"Event", "Instrument", "Programme"}),
    "implements": Relation(ACTOR_TYPES, frozenset({"Programme"})),
    "memberOf": Relation(ACTOR_TYPES, ACTOR_TYPES),
    "organises": Relation(ACTOR_TYPES, frozenset({"Event"})),
    "partOf": Relation(ACTOR_TYPES | {"Event", "Post", "Programme"}, ACTOR_TYPES | {"Event", "Programme"}),
    "participatesIn": Relation(ACTOR_TYPES | {"Person"}, frozenset({"Event"})),
    "partnersIn": Relation(ACTOR_TYPES, frozenset({"Programme"})),
    "reportsTo": Relation(frozenset({"OrganisationalUnit", "Post"}), frozenset({"OrganisationalUnit", "Post"})),
    "signs": Relation(ACTOR_TYPES | {"Person"}, frozenset({"Instrument"})),
    "takesPlaceIn": Relation(frozenset({"Event"}), frozenset({"Place"})),
    "worksFor": Relation(frozenset({"Person"}), ACTOR_TYPES),
}
