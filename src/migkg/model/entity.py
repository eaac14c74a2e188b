"""Mentions (stretches of text) and local entities (what one document is about), before identity is resolved."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the body that names or refers to an entity.

    Attributes:
        text: exactly ``document.text[start:end]``.
        start: offset in the body.
        end: offset after the last character.
        rule: id of the rule or lexicon entry that found it.
    """

    text: str
    start: int
    end: int
    rule: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end, "rule": self.rule}


@dataclass(frozen=True, slots=True)
class Entity:
    """One real thing in one document, with all its mentions.

    Attributes:
        id: local reference, unique in the document (``e1``, ``e2`` …).
        type: one of ``vocabulary.ENTITY_TYPES``.
        label: the fullest form that the document supports.
        mentions: where it is mentioned, in text order.
        country: ISO 3166-1 alpha-3, where it is clear.
        start: first day of an Event or Programme, ISO 8601; ``--03-18`` where the year is not known.
        end: last day, likewise.
        key: key in an authority table, where it was found there (``org:iom``, ``process:bali-process``,
            ``country:VNM``).
        named: whether it has a name of its own; "the project" has none and is never merged across documents.
        iri: the resolved identity; ``None`` until the resolve stage.
        labels: names in other languages than that of the document: (name, language).
    """

    id: str
    type: str
    label: str
    mentions: tuple[Mention, ...] = field(default=())
    country: str | None = None
    start: str | None = None
    end: str | None = None
    key: str | None = None
    named: bool = True
    iri: str | None = None
    labels: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The entity as plain JSON values; absent facts are left out."""
        record: dict[str, Any] = {"id": self.id, "type": self.type, "label": self.label}
        for name in ("country", "start", "end", "key", "iri"):
            value = getattr(self, name)
            if value is not None:
                record[name] = value
        if self.labels:
            record["labels"] = [list(label) for label in self.labels]
        record["named"] = self.named
        record["mentions"] = [m.to_json() for m in self.mentions]
        return record

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> "Entity":
        values: dict[str, Any] = {k: record.get(k) for k in ("country", "start", "end", "key", "iri")}
        mentions = tuple(Mention(**m) for m in record["mentions"])
        values["labels"] = tuple((name, language) for name, language in record.get("labels", ()))
        return cls(record["id"], record["type"], record["label"], mentions, named=record.get("named", True), **values)
