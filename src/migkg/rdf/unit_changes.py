"""What became of units between two pages, as changes of organisations with both pages as their evidence.

A unit that keeps its address and takes another name gets a ``mg:FormerName``, as every body does (decision 14); all
else is an ``org:ChangeEvent``. When it happened is known as a period only: between the dates of the two pages.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migkg.lines import write_literal
from migkg.model.identifiers import digest
from migkg.rdf import namespaces as ns

_A = f"{ns.RDF}type"


@dataclass(frozen=True, slots=True)
class UnitEvent:
    """One change of one unit; IRIs, ``None`` where there is none.

    Attributes:
        kind: ``created``, ``renamed``, ``moved`` or ``abolished``.
        old, new: the unit on the earlier and on the later page.
        old_parent, new_parent: what it is part of there, or would be where a page does not show it.
        names: what either page calls it; empty where it does not show it.
        language: of the pages.
        when: the period as an EDTF interval, where both pages are dated.
        note: what was read, and how sure it is.
        evidence: the two pages and the claims.
    """

    kind: str
    old: str | None
    new: str | None
    old_parent: str
    new_parent: str
    names: tuple[str, str]
    language: str | None
    when: str | None
    note: str
    evidence: tuple[str, ...]


def write_unit_changes(events: Iterable[UnitEvent]) -> Iterator[str]:
    """N-Triples lines, in no order."""
    for event in events:
        if event.kind == "renamed" and event.old == event.new:
            yield from _former_name(event)
        else:
            yield from _change(event)


def _former_name(event: UnitEvent) -> Iterator[str]:
    name = f"<{ns.NAME}{digest(event.old or '', event.names[0], event.language or '')}>"
    yield f"<{event.old}> <{ns.SKOSXL}altLabel> {name} ."
    yield f"{name} <{_A}> <{ns.MG}FormerName> ."
    yield f"{name} <{ns.SKOSXL}literalForm> {write_literal(event.names[0], event.language)} ."
    yield from _evidence(name, event)


def _change(event: UnitEvent) -> Iterator[str]:
    node = f"<{ns.CHANGE}{digest(event.kind, event.old or '', event.new or '', *event.evidence[:2])}>"
    moved = event.kind == "moved"
    same = event.old == event.new
    before = {event.old_parent if event.old is None else None if moved and same else event.old}
    after = {event.new_parent if event.new is None else None if moved and same else event.new}
    before |= {event.old_parent} if moved else set()
    after |= {event.new_parent} if moved else set()
    yield f"{node} <{_A}> <{ns.ORG}ChangeEvent> ."
    yield from (f"{node} <{ns.ORG}originalOrganization> <{iri}> ." for iri in before if iri)
    yield from (f"{node} <{ns.ORG}resultingOrganization> <{iri}> ." for iri in after - before if iri)
    if event.old:
        yield f"<{event.old}> <{ns.ORG}changedBy> {node} ."
    if event.new and not same:
        yield f"<{event.new}> <{ns.ORG}resultedFrom> {node} ."
    label = " → ".join(dict.fromkeys(filter(None, event.names)))
    yield f"{node} <{ns.SKOS}prefLabel> {write_literal(label, event.language)} ."
    if event.when:
        yield f"{node} <{ns.MG}when> {write_literal(event.when)} ."
    yield from _evidence(node, event)


def _evidence(node: str, event: UnitEvent) -> Iterator[str]:
    yield f"{node} <{ns.SKOS}editorialNote> {write_literal(event.note)} ."
    yield from (f"{node} <{ns.PROV}wasDerivedFrom> <{iri}> ." for iri in event.evidence)
