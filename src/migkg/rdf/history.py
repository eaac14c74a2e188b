"""Names and organisations in time, as the entities graph holds them.

A body that only takes another name keeps its IRI and has a ``mg:FormerName``; a merger, a split or a succession is an
``org:ChangeEvent`` between IRIs. Why: docs/decisions/0014-names-in-time.md.
"""

from collections.abc import Iterable, Iterator

from migkg.lines import write_literal
from migkg.model.authority import AuthorityRecord, FormerName, Succession
from migkg.model.identifiers import digest
from migkg.rdf import namespaces as ns

_A = f"{ns.RDF}type"


def name_iri(iri: str, name: FormerName) -> str:
    """The IRI of a former name of a thing."""
    return ns.NAME + digest(iri, name.text, name.language or "")


def change_iri(change: Succession) -> str:
    """The IRI of a merger, split or succession."""
    return ns.CHANGE + change.key


def change_facts(iri: str, changes: Iterable[Succession]) -> Iterator[tuple[str, str]]:
    """What ties an organisation to the changes that it has a part in: predicates and objects."""
    for change in changes:
        if iri in change.original:
            yield f"{ns.ORG}changedBy", f"<{change_iri(change)}>"
        if iri in change.resulting:
            yield f"{ns.ORG}resultedFrom", f"<{change_iri(change)}>"


def describe_names(record: AuthorityRecord) -> list[str]:
    """The lines of the former names of a thing in the entities graph."""
    return [line for name in record.former for line in _describe_name(name_iri(record.iri, name), name)]


def describe_change(change: Succession, names: dict[str, dict[str, str]]) -> list[str]:
    """The lines of a merger, split or succession in the entities graph, sorted.

    Args:
        names: preferred names of its members by language, by IRI; one without a name in a language has its English one.
    """
    facts = [(_A, f"<{ns.ORG}ChangeEvent>"), (f"{ns.SKOS}editorialNote", write_literal(change.note))]
    facts += [(f"{ns.ORG}originalOrganization", f"<{iri}>") for iri in change.original]
    facts += [(f"{ns.ORG}resultingOrganization", f"<{iri}>") for iri in change.resulting]
    for language in sorted({language for known in names.values() for language in known}):
        sides = [[_name(names.get(iri, {}), language) for iri in side] for side in (change.original, change.resulting)]
        if all(all(side) for side in sides):
            label = " → ".join(", ".join(side) for side in sides)
            facts.append((f"{ns.SKOS}prefLabel", write_literal(label, language)))
    if change.when:
        facts.append((f"{ns.MG}when", write_literal(change.when)))
    return _lines(change_iri(change), facts)


def _describe_name(iri: str, name: FormerName) -> list[str]:
    facts = [
        (_A, f"<{ns.MG}FormerName>"),
        (f"{ns.SKOSXL}literalForm", write_literal(name.text, name.language)),
        (f"{ns.SKOS}editorialNote", write_literal(name.note)),
    ]
    if name.when:
        facts.append((f"{ns.MG}when", write_literal(name.when)))
    if name.position:
        facts.append((f"{ns.MG}position", write_literal(str(name.position), datatype=f"{ns.XSD}integer")))
    return _lines(iri, facts)


def _name(names: dict[str, str], language: str) -> str:
    return names.get(language) or names.get("en", "")


def _lines(subject: str, facts: Iterable[tuple[str, str]]) -> list[str]:
    return sorted(f"<{subject}> <{predicate}> {value} <{ns.ENTITIES_GRAPH}> ." for predicate, value in facts)
