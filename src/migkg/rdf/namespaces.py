"""IRIs that the graph is written with, as plain strings: importing this costs nothing.

Names follow the ontology: ``MG + "funds"`` is the property ``mg:funds`` of ontology/migkg.ttl.
"""

# The project's own: terms, the ontology document itself, and the things that are described.
MG = "https://w3id.org/migkg/ont#"
ONTOLOGY = "https://w3id.org/migkg/ont"
SHAPES = "https://w3id.org/migkg/shapes#"
ID = "https://w3id.org/migkg/id/"

# Vocabularies that are used unchanged. schema.org is written with https, never http.
CS = "http://purl.org/vocab/changeset/schema#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
XSD = "http://www.w3.org/2001/XMLSchema#"

# Prefixes that a graph of migkg is written with, in Turtle and in queries.
PREFIXES: dict[str, str] = {
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "id": ID,
    "mg": MG,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "skosxl": SKOSXL,
    "xsd": XSD,
}

# Where things of one kind stand.
SOURCE = ID + "source/"
VERSION = ID + "version/"
CLAIM = ID + "claim/"
FORMER_CLAIM = ID + "former-claim/"
FUNDING = ID + "funding/"
PARTICIPATION = ID + "participation/"
MEMBERSHIP = ID + "membership/"
THEME = ID + "theme/"
NAME = ID + "name/"
CHANGE = ID + "change/"
CHANGESET = ID + "changeset/"
STATE = ID + "state/"
STATEMENT = ID + "statement/"

# Authority things: their local part is the key of the table, the ISO 3166-1 alpha-3 code for states.
ORGANISATION = ID + "org/"
PROCESS = ID + "process/"
COUNTRY = ID + "country/"
GOVERNMENT = ID + "government/"

# Concept schemes; a concept is the scheme, a slash and its code.
STATUS_SCHEME = ID + "status"
ROLE_SCHEME = ID + "role"
AMOUNT_KIND_SCHEME = ID + "amount-kind"
THEME_SCHEME = ID + "theme"

STATUSES: dict[str, str] = {code: f"{STATUS_SCHEME}/{code}" for code in ("stated", "planned", "denied")}
ROLES: dict[str, str] = {code: f"{ROLE_SCHEME}/{code}" for code in ("participant", "chair", "organiser")}
AMOUNT_KINDS: dict[str, str] = {
    code: f"{AMOUNT_KIND_SCHEME}/{code}" for code in ("pledged", "committed", "disbursed", "ceiling")
}

# The derived graph of names and identifiers, recomputed from the source graphs and the authority tables.
ENTITIES_GRAPH = ID + "graph/entities"
