"""Figures that an organisation gives of itself in the graph, each with a claim; and when a wording was seen."""

from collections.abc import Iterator

from migkg.lines import write_literal
from migkg.model import Document, Entity, Fact
from migkg.model.identifiers import digest
from migkg.rdf import namespaces as ns
from migkg.rdf.claims import write_claim
from migkg.rdf.dates import write_point


def write_facts(
    source: str, facts: tuple[Fact, ...], entities: dict[str, Entity], *, former: bool = False
) -> Iterator[str]:
    """The triples of the facts of one document, without line ends; facts of things that are not kept are left out.

    Args:
        former: whether an earlier version of a page says them: then there are claims only.
    """
    for fact in facts:
        thing = entities.get(fact.subject)
        if thing is None or thing.iri is None:
            continue
        is_year = fact.predicate == "foundingDate"
        predicate = (ns.SCHEMA if is_year else ns.MG) + fact.predicate
        value = write_literal(str(fact.value), datatype=ns.XSD + ("gYear" if is_year else "integer"))
        if not former:
            yield f"<{thing.iri}> <{predicate}> {value}"
        claim = (ns.FORMER_CLAIM if former else ns.CLAIM) + digest(thing.iri, fact.predicate, str(fact.value), source)
        yield from write_claim(
            claim,
            thing.iri,
            predicate,
            value,
            source,
            fact.evidence,
            "stated",
            fact.confidence,
            fact.rule,
            former=former,
        )


def write_seen(page: Document, boilerplate: Document) -> list[str]:
    """The N-Quads lines, in the graph of a page, that say which wording about its publisher it carries, and when."""
    graph, wording = (f"<{ns.SOURCE}{document.id}>" for document in (page, boilerplate))
    lines = [f"{graph} <{ns.DCTERMS}hasPart> {wording} {graph} ."]
    seen = write_point(page.published)
    if seen and not seen.startswith("X"):
        lines.append(f"{wording} <{ns.MG}seen> {write_literal(seen)} {graph} .")
    return lines
