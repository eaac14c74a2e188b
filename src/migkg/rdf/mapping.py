"""From what one document says to the lines of its named graph. Written as text: a library would take ten times as long.

What is written, and why, is the ontology's to say (ontology/migkg.ttl); decisions 1 and 10 in docs/decisions/ tell the
models of evidence and of money.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from migkg.errors import SourceSkip
from migkg.lines import write_literal
from migkg.model import Document, Entity, Extraction, SourceRecord, Statement
from migkg.model.identifiers import digest, fold_words
from migkg.model.record import describe_document
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.rdf import namespaces as ns
from migkg.rdf.addresses import write_address
from migkg.rdf.claims import write_claim
from migkg.rdf.dates import write_interval, write_point
from migkg.rdf.facts import write_facts
from migkg.rdf.selection import People, select
from migkg.rdf.themes import write_themes
from migkg.rdf.versions import write_former, write_moment

_A = f"<{ns.RDF}type>"
_LABEL = f"<{ns.RDFS}label>"
_DECIMAL, _DATE = f"{ns.XSD}decimal", f"{ns.XSD}date"
_ROLES = {"participatesIn": "participant", "chairs": "chair", "organises": "organiser"}
_DATED = frozenset({"Event", "Programme"})
_COUNTRY = re.compile(r"[A-Z]{3}")
_CURRENCY = re.compile(r"[A-Z]{3}")
Edge = tuple[str, str, str]


def graph_iri(document: Document) -> str:
    """The IRI of a document's named graph, which is also that of the source it describes."""
    return ns.SOURCE + document.id


def to_nquads(extraction: Extraction, people: People = "named") -> list[str]:
    """What a document says as sorted N-Quads lines (without line ends) of its named graph.

    Args:
        extraction: with an ``iri`` on each entity (see ``migkg.resolve``).
        people: which people are kept, see ``selection.select``.

    Raises:
        SourceSkip: the text cannot be written (half of a character).
    """
    return write_record(select_record(extraction, people))


def select_record(extraction: Extraction, people: People = "named") -> SourceRecord:
    """What is kept of a document, in the form in which a store keeps it.

    Args:
        extraction: with an ``iri`` on each entity.
        people: which people are kept, see ``selection.select``.
    """
    selection = select(extraction, people)
    return SourceRecord(
        **describe_document(extraction.document),
        title=selection.title,
        publisher=selection.publisher.id if selection.publisher else None,
        entities=tuple(selection.entities.values()),
        statements=selection.statements,
        themes=extraction.themes,
        facts=extraction.facts,
        sentences=selection.sentences,
    )


def write_record(record: SourceRecord) -> list[str]:
    """What is kept of a source as sorted N-Quads lines (without line ends) of its named graph.

    Raises:
        SourceSkip: the text cannot be written (half of a character).
    """
    graph = f"<{record.source}> ."
    entities = {entity.id: entity for entity in record.entities}
    try:
        triples = set(_former(record, entities) if record.former else _latest(record, entities))
    except ValueError as error:
        raise SourceSkip(str(error)) from error
    return sorted({*(f"{triple} {graph}" for triple in triples), *record.lines})


def _latest(record: SourceRecord, entities: dict[str, Entity]) -> Iterator[str]:
    yield from _source(record, entities)
    yield from _entities(record)
    yield from _statements(record.source, record.statements, entities)
    yield from write_themes(record.source, record.themes, entities)
    yield from write_facts(record.source, record.facts, entities)


def _former(record: SourceRecord, entities: dict[str, Entity]) -> Iterator[str]:
    """What an earlier version of a page said: claims, and the things that they are about; no edge."""
    yield from _source(record, {}, "FormerVersion")
    yield from write_former(record)
    yield from _entities(record)
    for (edge, _), statement in _best(record.statements, entities).items():
        yield from _claim(record.source, edge, statement, former=True)
    yield from write_facts(record.source, record.facts, entities, former=True)


def _source(record: SourceRecord, entities: dict[str, Entity], kind: str = "Source") -> Iterator[str]:
    source = f"<{record.source}>"
    yield f"{source} {_A} <{ns.MG}{kind}>"
    yield f"{source} <{ns.DCTERMS}language> {write_literal(record.language)}"
    yield f"{source} <{ns.DCTERMS}identifier> {write_literal(record.name)}"
    yield f"{source} <{ns.MG}documentKind> {write_literal(record.kind)}"
    yield f"{source} <{ns.MG}contentHash> {write_literal(record.id)}"
    if record.title and record.title.strip():
        yield f"{source} <{ns.DCTERMS}title> {write_literal(record.title, record.language)}"
    issued = write_point(record.published)
    if issued and not issued.startswith("X"):
        datatype = _DATE if len(issued) == 10 else None
        yield f"{source} <{ns.DCTERMS}issued> {write_literal(issued, datatype=datatype)}"
    address = write_address(record.url)
    if address:
        yield f"{source} <{ns.SCHEMA}url> <{address}>"
    if record.publisher in entities:
        yield f"{source} <{ns.DCTERMS}publisher> <{entities[record.publisher].iri}>"
    elif record.publisher_name and record.publisher_name.strip():
        yield f"{source} <{ns.MG}publisherName> {write_literal(record.publisher_name)}"
    if record.withdrawn:
        yield f"{source} <{ns.MG}withdrawn> {write_moment(record.withdrawn)}"


def _entities(record: SourceRecord) -> Iterator[str]:
    for entity in record.entities:
        if entity.iri is None:
            raise ValueError(f"the identity of {entity.label!r} is not resolved")
        thing = f"<{entity.iri}>"
        yield f"{thing} {_A} <{ns.MG}{entity.type}>"
        yield f"{thing} {_LABEL} {write_literal(entity.label, record.language)}"
        for name, language in entity.labels:
            yield f"{thing} {_LABEL} {write_literal(name, language)}"
        # What an earlier version alone says of a thing is no fact; a government without its country is none at all.
        if entity.country and _COUNTRY.fullmatch(entity.country) and (not record.former or entity.type == "Government"):
            yield f'{thing} <{ns.MG}country> "{entity.country}"'
        is_dated = entity.type in _DATED and not record.former
        when = write_interval(entity.start, entity.end) if is_dated else None
        if when:
            yield f'{thing} <{ns.MG}when> "{when}"'


def _statements(source: str, statements: Iterable[Statement], entities: dict[str, Entity]) -> Iterator[str]:
    statements = list(statements)
    for (edge, _), statement in _best(statements, entities).items():
        yield from _claim(source, edge, statement)
    ends = ((_edge(statement, entities), statement) for statement in statements if statement.status == "stated")
    stated = [(edge, statement) for edge, statement in ends if edge]
    for edge, statement in stated:
        yield from _parts(edge, statement)
    yield from _fundings(source, stated, entities)


def _best(statements: Iterable[Statement], entities: dict[str, Entity]) -> dict[tuple[Edge, str], Statement]:
    """The statement with the best evidence for each edge and status."""
    best: dict[tuple[Edge, str], Statement] = {}
    for statement in statements:
        edge = _edge(statement, entities)
        if edge is None:
            continue
        known = best.get((edge, statement.status))
        if known is None or _rank(statement) < _rank(known):
            best[edge, statement.status] = statement
    return best


def _edge(statement: Statement, entities: dict[str, Entity]) -> Edge | None:
    """The ends of a statement in the graph; ``None`` when both are one thing."""
    subject, object_ = entities[statement.subject].iri, entities[statement.object].iri
    if subject is None or object_ is None or subject == object_:
        return None
    if statement.predicate == "cooperatesWith" and object_ < subject:
        subject, object_ = object_, subject  # order does not matter, so one of the two is enough
    return subject, statement.predicate, object_


def _rank(statement: Statement) -> tuple[float, int, int, str]:
    """The best evidence first: the surest, then the shortest, then the first in the text."""
    evidence = statement.evidence
    return -statement.confidence, evidence.end - evidence.start, evidence.start, statement.rule


def _claim(source: str, edge: Edge, statement: Statement, former: bool = False) -> Iterator[str]:
    subject, predicate, object_ = edge
    if statement.status == "stated" and not former:
        yield f"<{subject}> <{ns.MG}{predicate}> <{object_}>"
    yield from write_claim(
        (ns.FORMER_CLAIM if former else ns.CLAIM) + digest(*edge, source, statement.status),
        subject,
        ns.MG + predicate,
        f"<{object_}>",
        source,
        statement.evidence,
        statement.status,
        statement.confidence,
        statement.rule,
        former=former,
    )


def _parts(edge: Edge, statement: Statement) -> Iterator[str]:
    """The part that someone has in an event, and the office that someone holds."""
    subject, predicate, object_ = edge
    role = _ROLES.get(predicate)
    if role:
        node = f"<{ns.PARTICIPATION}{digest(subject, object_, role)}>"
        yield f"<{object_}> <{ns.PROV}qualifiedAssociation> {node}"
        yield f"{node} {_A} <{ns.MG}Participation>"
        yield f"{node} <{ns.PROV}agent> <{subject}>"
        yield f"{node} <{ns.PROV}hadRole> <{ns.ROLES[role]}>"
    if predicate == "worksFor" and statement.post and statement.post.strip():
        node = f"<{ns.MEMBERSHIP}{digest(subject, object_, ' '.join(fold_words(statement.post)))}>"
        yield f"{node} {_A} <{ns.ORG}Membership>"
        yield f"{node} <{ns.ORG}member> <{subject}>"
        yield f"{node} <{ns.ORG}organization> <{object_}>"
        yield f"{node} <{ns.MG}postName> {write_literal(statement.post)}"


def _fundings(source: str, stated: list[tuple[Edge, Statement]], entities: dict[str, Entity]) -> Iterator[str]:
    """One node for each sum that a funder gives for a thing.

    A sum given "to IOM for the project" is one: the project is what it is for, IOM the recipient.
    """
    sums: dict[tuple[str, str, str, str], list[tuple[str, bool, str | None, str | None]]] = {}
    for (funder, predicate, item), statement in stated:
        amount = _write_amount(statement.amount)
        if predicate == "funds" and amount and statement.currency and _CURRENCY.fullmatch(statement.currency):
            is_actor = entities[statement.object].type in ACTOR_TYPES
            when = write_point(statement.when) or ""
            entry = (item, is_actor, statement.amount_kind, statement.evidence.place if when else None)
            sums.setdefault((funder, amount, statement.currency, when), []).append(entry)
    for (funder, amount, currency, when), given in sums.items():
        recipients = sorted({item for item, is_actor, *_ in given if is_actor})
        things = [entry for entry in given if not entry[1]]
        for item, is_actor, kind, place in things or given:
            # Instalments of the same sum are told apart by their value dates.
            node = f"<{ns.FUNDING}{digest(funder, item, amount, currency, *filter(None, [when]))}>"
            if when:
                yield f"{node} <{ns.MG}when> {write_literal(when)}"
            if place:
                yield f"{node} <{ns.MG}locator> {write_literal(place)}"
            yield f"{node} {_A} <{ns.MG}Funding>"
            yield f"{node} <{ns.SCHEMA}funder> <{funder}>"
            yield f"{node} <{ns.SCHEMA}fundedItem> <{item}>"
            yield f'{node} <{ns.MG}amount> "{amount}"^^<{_DECIMAL}>'
            yield f'{node} <{ns.SCHEMA}currency> "{currency}"'
            yield f"{node} <{ns.MG}source> <{source}>"
            for recipient in [item] if is_actor else recipients:
                yield f"{node} <{ns.MG}recipient> <{recipient}>"
            if kind in ns.AMOUNT_KINDS:
                yield f"{node} <{ns.MG}amountKind> <{ns.AMOUNT_KINDS[kind]}>"


def _write_amount(amount: Decimal | None) -> str | None:
    """The sum as stores write decimals; ``None`` for what is no sum."""
    if amount is None or not amount.is_finite() or amount <= 0:
        return None
    return format(amount.normalize(), "f")
