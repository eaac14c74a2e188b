"""Themes: what a document, or a thing that it speaks of, is about, with the words that show it."""

from dataclasses import dataclass
from typing import Any

from migkg.model.statement import Evidence


@dataclass(frozen=True, slots=True)
class Theme:
    """One concept of the table of themes that one subject is about.

    Attributes:
        code: code of the concept in ``data/authorities/migration_themes.csv`` (``iom:border-management``).
        score: 0 to 1, how much of the text speaks of it; the title and the lead weigh more.
        evidence: the words that show it, in text order, never empty.
        subject: local id of the programme or event; ``None`` for the document itself.
    """

    code: str
    score: float
    evidence: tuple[Evidence, ...]
    subject: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The theme as plain JSON values; the subject is left out where it is the document."""
        record: dict[str, Any] = {"code": self.code, "score": self.score}
        if self.subject is not None:
            record["subject"] = self.subject
        record["evidence"] = [e.to_json() for e in self.evidence]
        return record

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> "Theme":
        evidence = tuple(Evidence(**words) for words in record["evidence"])
        return cls(record["code"], record["score"], evidence, record.get("subject"))
