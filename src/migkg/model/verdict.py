"""Verdicts: what a person says about the identity of two things, or of one thing in one source."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

Choice = Literal["same", "different", "unsure", "split", "withdrawn", "undone"]
CHOICES: tuple[Choice, ...] = get_args(Choice)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of a verdict file.

    Attributes:
        left: IRI of a form (the identity that one document and the tables alone give a thing).
        right: IRI of the other form; for ``split`` the IRI of the source in which ``left`` means something else.
        choice: ``same`` and ``different`` decide, ``unsure`` keeps the pair for somebody else, ``split`` takes one
            source's thing out of a form; ``withdrawn`` takes back what the same person said of the pair before,
            ``undone`` what anybody said of it.
        who: name of the person or program that decided.
        when: the moment, with time zone UTC.
        why: the reason in a sentence; may be empty.
        left_label, right_label: names at the time of the decision, for readers of the file only.
    """

    left: str
    right: str
    choice: Choice
    who: str
    when: datetime
    why: str = ""
    left_label: str = ""
    right_label: str = ""

    @property
    def pair(self) -> Pair:
        """What the verdict is about. Two forms are a pair in either order; a split has its form first."""
        return (self.left, self.right) if self.left < self.right or is_source(self.right) else (self.right, self.left)

    def to_json(self) -> dict[str, Any]:
        """The verdict as plain JSON values."""
        return {
            "when": write_moment(self.when),
            "who": self.who,
            "verdict": self.choice,
            "left": self.left,
            "leftLabel": self.left_label,
            "right": self.right,
            "rightLabel": self.right_label,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Verdicts that cannot all hold, and what is done until somebody takes one of them back.

    Attributes:
        kind: ``people`` when they differ on one pair; ``chain`` when two forms that are said to be different are the
            same by way of others.
        pair: the two forms that stay apart meanwhile.
        verdicts: all that take part, the one that keeps them apart first.
    """

    kind: Literal["people", "chain"]
    pair: Pair
    verdicts: tuple[Verdict, ...]

    def to_json(self) -> dict[str, Any]:
        """The contradiction as plain JSON values."""
        return {
            "kind": self.kind,
            "staysApart": list(self.pair),
            "verdicts": [verdict.to_json() for verdict in self.verdicts],
        }


@dataclass(frozen=True, slots=True)
class Rulings:
    """What follows from all verdicts together; it wins over every score.

    Attributes:
        must_link: pairs of forms that are one thing.
        cannot_link: pairs of forms that are never one thing.
        splits: (form, source) whose thing leaves the form.
        unsure: pairs that stay proposals and go to the end of the queue.
        standing: the verdicts that hold, by pair; of several people who agree, the earliest.
        contradictions: what could not be followed, sorted.
    """

    must_link: frozenset[Pair] = frozenset()
    cannot_link: frozenset[Pair] = frozenset()
    splits: frozenset[Pair] = frozenset()
    unsure: frozenset[Pair] = frozenset()
    standing: tuple[Verdict, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def is_source(iri: str) -> bool:
    """Whether an IRI names a source of the graph rather than a form."""
    from migkg.model.identifiers import ID

    return iri.startswith(f"{ID}source/")


def write_moment(when: datetime) -> str:
    """A moment in UTC to the millisecond, as ``2026-11-25T04:30:00.000Z``."""
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"
