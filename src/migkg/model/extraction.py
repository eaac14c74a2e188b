"""Everything that one document says: the unit that travels from extraction to identity to the graph."""

from dataclasses import dataclass, replace
from typing import Any

from migkg.model.document import Document
from migkg.model.entity import Entity
from migkg.model.statement import Evidence, Fact, Statement
from migkg.model.theme import Theme


@dataclass(frozen=True, slots=True)
class Extraction:
    """The entities, statements and themes of one document.

    Attributes:
        statements: what the document asserts (status ``stated``).
        unasserted: what it plans or denies: claims without an edge.
        themes: what the document, its programmes and its events are about, the strongest first for each of them.
        facts: figures that an organisation gives of itself, only where a page tells of its publisher.
    """

    document: Document
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    unasserted: tuple[Statement, ...] = ()
    themes: tuple[Theme, ...] = ()
    facts: tuple[Fact, ...] = ()

    def surer_than(self, confidence: float) -> "Extraction":
        """The extraction without statements of a lower confidence, and without what only they spoke of.

        Args:
            confidence: 0 to 1; planned and denied statements are kept whatever theirs is.
        """
        statements = tuple(s for s in self.statements if s.confidence >= confidence)
        used = {end for s in (*statements, *self.unasserted) for end in (s.subject, s.object)}
        lost = {end for s in self.statements for end in (s.subject, s.object)} - used
        entities = tuple(e for e in self.entities if e.named or e.id not in lost)
        kept = {e.id for e in entities}
        themes = tuple(t for t in self.themes if t.subject is None or t.subject in kept)
        return replace(self, entities=entities, statements=statements, themes=themes)

    def with_places(self) -> "Extraction":
        """The extraction with the place of each quote in the source, where the document knows them."""
        if not self.document.places:
            return self

        def place(evidence: Evidence) -> Evidence:
            return replace(evidence, place=evidence.place or self.document.place_of(evidence.start))

        statements, unasserted = (
            tuple(replace(s, evidence=place(s.evidence)) for s in part) for part in (self.statements, self.unasserted)
        )
        themes = tuple(replace(t, evidence=tuple(place(words) for words in t.evidence)) for t in self.themes)
        return replace(self, statements=statements, unasserted=unasserted, themes=themes)

    def to_json(self) -> dict[str, Any]:
        """One line of ``migkg extract``."""
        return {
            "document": self.document.to_json(),
            "entities": [e.to_json() for e in self.entities],
            "statements": [s.to_json() for s in self.statements],
            "unasserted": [s.to_json() for s in self.unasserted],
            "themes": [t.to_json() for t in self.themes],
        }
