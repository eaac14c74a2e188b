"""Statements: what one document says of two of its entities, with the words that say so."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Status = Literal["stated", "planned", "denied"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The shortest stretch of the body that shows a statement; ``text`` is exactly ``document.text[start:end]``.

    Attributes:
        place: where the source has it, if its parts have addresses: ``page 3``, ``transaction[2]``.
    """

    text: str
    start: int
    end: int
    place: str | None = None

    def to_json(self) -> dict[str, Any]:
        record: dict[str, Any] = {"text": self.text, "start": self.start, "end": self.end}
        return record if self.place is None else record | {"place": self.place}


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or year that a document says of one of its entities.

    Attributes:
        subject: local id of the organisation.
        predicate: ``memberCount``, ``countryCount`` or ``foundingDate``.
        value: the number, or the year.
        confidence: 0 to 1.
    """

    subject: str
    predicate: str
    value: int
    evidence: Evidence
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One edge as one document states it. Subject and object are local entity ids.

    Attributes:
        predicate: one of ``vocabulary.RELATIONS``.
        confidence: 0 to 1, the share of such statements that are right on the annotated documents.
        status: ``stated`` gives an edge; ``planned`` (a wish, an intention) and ``denied`` give a claim only.
        rule: id of the rule that fired.
        amount: sum of money said, for ``funds``.
        currency: ISO 4217 code of the sum.
        amount_kind: ``pledged``, ``committed``, ``disbursed`` or ``ceiling``, where the text says so.
        post: office held, for ``worksFor``.
        when: value date of the sum, ISO 8601, where a record of data gives it.
    """

    subject: str
    predicate: str
    object: str
    evidence: Evidence
    confidence: float = 0.5
    status: Status = "stated"
    rule: str = ""
    amount: Decimal | None = None
    currency: str | None = None
    amount_kind: str | None = None
    post: str | None = None
    when: str | None = None

    @property
    def id(self) -> str:
        """Hash of the edge and its place in the document, 12 hexadecimal digits."""
        parts = (self.subject, self.predicate, self.object, self.status, str(self.evidence.start))
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """The statement as plain JSON values; absent facts are left out."""
        record: dict[str, Any] = {
            "id": self.id,
            "subject": self.subject,
            "predicate": self.predicate,
            "object": self.object,
            "confidence": self.confidence,
            "status": self.status,
            "rule": self.rule,
        }
        if self.amount is not None:
            whole = self.amount == self.amount.to_integral_value()
            record["amount"] = int(self.amount) if whole else float(self.amount)
        for name in ("currency", "amount_kind", "post", "when"):
            value = getattr(self, name)
            if value is not None:
                record[name] = value
        record["evidence"] = self.evidence.to_json()
        return record

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> "Statement":
        values = {k: v for k, v in record.items() if k not in {"id", "evidence", "amount"}}
        amount = record.get("amount")
        return cls(
            evidence=Evidence(**record["evidence"]),
            amount=None if amount is None else Decimal(str(amount)),
            **values,
        )
