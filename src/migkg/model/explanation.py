"""Why a thing of the graph is one thing: its forms, who speaks of each, and what brought them together."""

from dataclasses import dataclass
from typing import Any

from migkg.model.identity import Reason
from migkg.model.proposal import Side, write_reason
from migkg.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Tie:
    """What is known of two forms together.

    Attributes:
        left, right: IRIs of the forms.
        left_label, right_label: a name of each.
        decision: ``same``, ``proposed`` or ``different``.
        score: 0 to 1; ``None`` where nothing was compared because a person or a table decides.
        reasons: the parts of the score.
        verdicts: what people said of the two.
    """

    left: str
    left_label: str
    right: str
    right_label: str
    decision: str
    score: float | None = None
    reasons: tuple[Reason, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The tie as plain JSON values."""
        return {
            "left": self.left,
            "leftLabel": self.left_label,
            "right": self.right,
            "rightLabel": self.right_label,
            "decision": self.decision,
            "score": None if self.score is None else round(self.score, 4),
            "reasons": [write_reason(reason) for reason in self.reasons],
            "verdicts": [verdict.to_json() for verdict in self.verdicts],
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing of the graph, explained.

    Attributes:
        iri: its IRI in the graph.
        label: one name of it.
        type: name of its type.
        forms: the identities that it gathers, each with its sources; one of them for most things.
        ties: what brought the forms together, a tree: one tie fewer than there are forms.
        authority: (name of a fact, value) that the tables know of it; empty where no row is about it.
        near: what was nearly merged with it, and what is kept apart by a verdict.
    """

    iri: str
    label: str
    type: str
    forms: tuple[Side, ...]
    ties: tuple[Tie, ...] = ()
    authority: tuple[tuple[str, str], ...] = ()
    near: tuple[Tie, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The explanation as plain JSON values."""
        return {
            "iri": self.iri,
            "label": self.label,
            "type": self.type,
            "forms": [form.to_json() for form in self.forms],
            "mergedBy": [tie.to_json() for tie in self.ties],
            "authority": [{"fact": name, "value": value} for name, value in self.authority],
            "near": [tie.to_json() for tie in self.near],
        }
