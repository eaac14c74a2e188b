"""The terms of the ontology that extraction needs.

Generated from ontology/migkg.ttl by scripts/generate_vocabulary.py: change the ontology, never this file.
"""

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

# What a reader sees: types and relations in the three languages.
LABELS: dict[str, dict[str, str]] = {
    "AcademicInstitution": {
        "en": "academic institution",
        "fr": "établissement universitaire ou de recherche",
        "es": "institución académica",
    },
    "Company": {"en": "company", "fr": "entreprise", "es": "empresa"},
    "Event": {"en": "event", "fr": "événement", "es": "evento"},
    "Government": {"en": "government", "fr": "gouvernement", "es": "gobierno"},
    "GovernmentBody": {"en": "government body", "fr": "organisme public", "es": "organismo público"},
    "Instrument": {"en": "instrument", "fr": "instrument", "es": "instrumento"},
    "IntergovernmentalOrganisation": {
        "en": "intergovernmental organisation",
        "fr": "organisation intergouvernementale",
        "es": "organización intergubernamental",
    },
    "NonGovernmentalOrganisation": {
        "en": "non-governmental organisation",
        "fr": "organisation non gouvernementale",
        "es": "organización no gubernamental",
    },
    "OrganisationalUnit": {"en": "organisational unit", "fr": "unité organisationnelle", "es": "unidad organizativa"},
    "Person": {"en": "person", "fr": "personne", "es": "persona"},
    "Place": {"en": "place", "fr": "lieu", "es": "lugar"},
    "Post": {"en": "post", "fr": "poste", "es": "cargo"},
    "Programme": {"en": "programme", "fr": "programme", "es": "programa"},
    "RegionalProcess": {"en": "regional process", "fr": "processus régional", "es": "proceso regional"},
    "basedIn": {"en": "is based in", "fr": "a son siège à", "es": "tiene su sede en"},
    "chairs": {"en": "chairs", "fr": "préside", "es": "preside"},
    "cooperatesWith": {"en": "cooperates with", "fr": "coopère avec", "es": "coopera con"},
    "covers": {"en": "covers", "fr": "couvre", "es": "abarca"},
    "funds": {"en": "funds", "fr": "finance", "es": "financia"},
    "implements": {"en": "implements", "fr": "met en œuvre", "es": "ejecuta"},
    "memberOf": {"en": "is member of", "fr": "est membre de", "es": "es miembro de"},
    "organises": {"en": "organises", "fr": "organise", "es": "organiza"},
    "partOf": {"en": "is part of", "fr": "fait partie de", "es": "es parte de"},
    "participatesIn": {"en": "participates in", "fr": "participe à", "es": "participa en"},
    "partnersIn": {"en": "is partner in", "fr": "est partenaire de", "es": "es socio en"},
    "reportsTo": {"en": "reports to", "fr": "rend compte à", "es": "rinde cuentas a"},
    "signs": {"en": "signs", "fr": "signe", "es": "firma"},
    "takesPlaceIn": {"en": "takes place in", "fr": "a lieu à", "es": "tiene lugar en"},
    "worksFor": {"en": "works for", "fr": "travaille pour", "es": "trabaja para"},
}
