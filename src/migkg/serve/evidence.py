"""The sentences behind an edge: what each source says, in which words, and when."""

from collections.abc import Mapping
from typing import Any

from migkg.errors import ServiceRefusal
from migkg.lines import is_iri
from migkg.rdf.namespaces import PREFIXES
from migkg.store.base import Rows, Store, Term

PARTS = ("subject", "predicate", "object")
MOST = 500

_HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
# One row for each claim: a source with two titles or publishers must not double what it says.
CLAIMS = f"""{_HEAD}SELECT ?claim ?subject ?predicate ?object ?source (MIN(?words) AS ?quote) (MIN(?state) AS ?status)
       (MIN(?trust) AS ?confidence) (MIN(STR(?heading)) AS ?title) (MIN(STR(?date)) AS ?issued)
       (MIN(STR(?code)) AS ?language) (MIN(STR(?page)) AS ?url) (MIN(STR(?moment)) AS ?withdrawn)
       (MIN(STR(COALESCE(?houseName, ?house))) AS ?publisher)
WHERE {{
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; mg:source ?source ; mg:quote ?words .
  OPTIONAL {{ ?claim mg:status ?state }}
  OPTIONAL {{ ?claim mg:confidence ?trust }}
  OPTIONAL {{ ?source dcterms:title ?heading }}
  OPTIONAL {{ ?source dcterms:issued ?date }}
  OPTIONAL {{ ?source dcterms:language ?code }}
  OPTIONAL {{ ?source schema:url ?page }}
  OPTIONAL {{ ?source mg:withdrawn ?moment }}
  OPTIONAL {{ ?source dcterms:publisher|mg:publisherName ?house OPTIONAL {{ ?house skos:prefLabel ?houseName }} }}
}}
GROUP BY ?claim ?subject ?predicate ?object ?source
ORDER BY ?issued ?source ?claim
LIMIT {MOST + 1}"""


def read_evidence(store: Store, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The claims of an edge, or of all edges of a thing.

    Args:
        store: the store.
        asked: ``subject``, ``predicate`` and ``object``, full IRIs; at least a subject or an object.

    Returns:
        ``claims``, in the order of publication, and ``complete``, false where there are more than are given.

    Raises:
        ServiceRefusal: 400, neither end is given, or a value is no IRI.
    """
    bindings = {name: Term("uri", str(asked[name])) for name in PARTS if asked.get(name)}
    if not {"subject", "object"} & bindings.keys():
        raise ServiceRefusal(400, "say whose evidence: subject, object or both, as full IRIs")
    for name, term in bindings.items():
        if not is_iri(term.value):
            raise ServiceRefusal(400, f"{name} must be a full IRI")
    answer = store.query(CLAIMS, bindings)
    assert isinstance(answer, Rows)
    claims = [
        {name: term.value for name, term in zip(answer.columns, row, strict=True) if term} for row in answer.rows[:MOST]
    ]
    for claim in claims:
        claim |= {name: term.value for name, term in bindings.items()}
        claim["status"] = claim.get("status", "").rpartition("/")[2]
    return {"claims": claims, "complete": len(answer.rows) <= MOST}
