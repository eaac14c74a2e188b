"""What of an extraction may enter a store: no contact blocks, and people only as far as was asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from migkg.model import Document, Entity, Evidence, Extraction, Statement
from migkg.model.identifiers import ID, digest, fold_words, mint
from migkg.model.vocabulary import ACTOR_TYPES

People = Literal["named", "roles", "none"]
PEOPLE: tuple[People, ...] = ("named", "roles", "none")
HIDDEN = "[…]"
_AROUND = 200  # characters on each side of a mention
_STOP = re.compile(r"[.!?]\s+(?=[A-ZÀ-ÖØ-Þ«“¿¡])")
_EDGES = " \t\n\r,;:.–—-()[]«»“”\"'’"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is kept of one document.

    Attributes:
        title: its title, without the names of people who are not kept.
        entities: by local id.
        statements: stated and unasserted ones, with evidence that names no one who is not kept.
        publisher: the entity that published it, where it is one of those kept.
        sentences: by local id, the words around the first mention outside contact blocks, likewise without such names.
    """

    title: str | None
    entities: dict[str, Entity]
    statements: tuple[Statement, ...]
    publisher: Entity | None
    sentences: dict[str, str]


def select(extraction: Extraction, people: People = "named") -> Selection:
    """Keep what may be kept.

    Args:
        people: ``named`` keeps a person of whom the text says an office and an organisation; ``roles`` keeps the office
            without the name; ``none`` keeps neither.
    """
    contacts = [(block.start, block.end) for block in extraction.document.blocks if block.kind == "contact"]
    entities = {e.id: e for e in extraction.entities if not _only_in(contacts, e)}
    said = [
        statement
        for statement in (*extraction.statements, *extraction.unasserted)
        if statement.subject in entities
        and statement.object in entities
        and not _overlaps(contacts, statement.evidence.start, statement.evidence.end)
    ]
    kept, hidden = _choose_people(entities, said, people)
    names = _Names(hidden)
    kept = {key: names.hide_in_entity(entity) for key, entity in kept.items()}
    statements = [s for s in said if s.subject in kept and s.object in kept]
    if hidden:
        statements = [s for s in (names.hide_in_statement(s, kept) for s in statements) if s is not None]
    title = extraction.document.title
    title = names.hide(title) if title else None
    sentences = {key: names.hide(_words_around(extraction.document, e, contacts)) for key, e in kept.items()}
    return Selection(title, kept, tuple(statements), _find_publisher(extraction, kept.values()), sentences)


def _words_around(document: Document, entity: Entity, contacts: list[Span]) -> str:
    """The sentence of its first mention, cut to what a reader takes in at a glance."""
    mention = next((m for m in entity.mentions if not _overlaps(contacts, m.start, m.end)), None)
    if mention is None:
        return ""
    block = next((b for b in document.blocks if b.start <= mention.start < b.end), None)
    start = max(block.start if block else 0, mention.start - _AROUND)
    end = min(block.end if block else len(document.text), mention.end + _AROUND)
    before = list(_STOP.finditer(document.text, start, mention.start))
    after = _STOP.search(document.text, mention.end, end)
    return document.text[before[-1].end() if before else start : after.start() + 1 if after else end].strip()


def _only_in(contacts: list[Span], entity: Entity) -> bool:
    if not contacts or not entity.mentions:
        return False
    return all(_overlaps(contacts, mention.start, mention.end) for mention in entity.mentions)


def _overlaps(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(start < last and first < end for first, last in spans)


def _choose_people(
    entities: dict[str, Entity], said: list[Statement], people: People
) -> tuple[dict[str, Entity], list[Entity]]:
    """The entities that stay, and the people whose names do not."""
    offices: dict[str, Statement] = {}
    for statement in said:
        if statement.predicate == "worksFor" and statement.post and statement.status == "stated":
            offices.setdefault(statement.subject, statement)
    kept: dict[str, Entity] = {}
    hidden: list[Entity] = []
    for key, entity in entities.items():
        office = offices.get(key)
        if entity.type != "Person" or (people == "named" and office):
            kept[key] = entity
            continue
        hidden.append(entity)
        if people == "roles" and office:
            kept[key] = _role_holder(entity, office, entities[office.object])
    return kept, hidden


def _role_holder(person: Entity, office: Statement, organisation: Entity) -> Entity:
    """The holder of an office as such: two people who held it after each other are one."""
    label = f"{office.post}, {organisation.label}"
    iri = mint("role-holder", " ".join(fold_words(label)), organisation.iri or "")
    return replace(person, label=label, iri=iri, mentions=(), country=None, key=None)


def _find_publisher(extraction: Extraction, entities: Iterable[Entity]) -> Entity | None:
    name = fold_words(extraction.document.publisher or "")
    if not name:
        return None
    for entity in entities:
        if entity.type in ACTOR_TYPES:
            forms = {entity.label, *(mention.text for mention in entity.mentions)}
            if any(fold_words(form) == name for form in forms):
                return entity
    return None


class _Names:
    """The names of people that do not enter the store, and how they are taken out of what does."""

    def __init__(self, hidden: list[Entity]) -> None:
        self.spans = sorted((m.start, m.end) for entity in hidden for m in entity.mentions)
        forms = {form for e in hidden for form in (e.label, *(m.text for m in e.mentions)) if form.strip()}
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        self.pattern = re.compile("|".join(rf"(?<!\w){re.escape(f)}(?!\w)" for f in longest_first)) if forms else None

    def hide(self, text: str) -> str:
        """The text with a mark in the place of each name."""
        return self.pattern.sub(HIDDEN, text) if self.pattern else text

    def hide_in_entity(self, entity: Entity) -> Entity:
        """The entity without such names in its label and in its IRI; what is left of a label is no name of its own."""
        label = self.hide(entity.label)
        if label == entity.label or entity.iri is None:
            return entity
        folder = entity.iri.removeprefix(ID).split("/")[0]
        return replace(entity, label=label, named=False, iri=f"{ID}{folder}/{digest(entity.iri, length=16)}")

    def hide_in_statement(self, statement: Statement, entities: dict[str, Entity]) -> Statement | None:
        """The statement with the part of its evidence that says most without such names; ``None`` if none is left."""
        evidence = statement.evidence
        pieces = self._pieces(evidence)
        if len(pieces) == 1 and pieces[0] == (evidence.start, evidence.end):
            return statement
        ends = [entities[statement.subject], entities[statement.object]]
        shown = [(sum(_is_in(piece, end) for end in ends), piece[1] - piece[0], -piece[0], piece) for piece in pieces]
        if not shown:
            return None
        start, end = max(shown)[3]
        text = evidence.text[start - evidence.start : end - evidence.start]
        return replace(statement, evidence=Evidence(text, start, end, evidence.place))

    def _pieces(self, evidence: Evidence) -> list[Span]:
        """What lies between the names, trimmed."""
        cuts = [span for span in self.spans if span[0] < evidence.end and evidence.start < span[1]]
        if self.pattern:
            places = self.pattern.finditer(evidence.text)
            cuts += [(evidence.start + m.start(), evidence.start + m.end()) for m in places]
        if not cuts:
            return [(evidence.start, evidence.end)]
        pieces = []
        start = evidence.start
        for cut in [*sorted(cuts), (evidence.end, evidence.end)]:
            text = evidence.text[start - evidence.start : max(cut[0], start) - evidence.start]
            left = len(text) - len(text.lstrip(_EDGES))
            stripped = text.strip(_EDGES)
            if stripped:
                pieces.append((start + left, start + left + len(stripped)))
            start = max(start, cut[1])
        return pieces


def _is_in(piece: Span, entity: Entity) -> bool:
    return any(piece[0] <= mention.start and mention.end <= piece[1] for mention in entity.mentions)
