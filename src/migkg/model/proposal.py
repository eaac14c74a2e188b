"""Pairs of identities as a person sees them who is to decide whether they are one thing."""

from dataclasses import dataclass
from typing import Any

from migkg.model.identity import Reason


@dataclass(frozen=True, slots=True)
class Witness:
    """What one source says of a thing.

    Attributes:
        source: IRI of the source.
        title, published, language, publisher, url: as the source gives them; empty where it does not.
        label: its name in this source.
        sentence: words of the source around the name; empty where none are kept.
        withdrawn: the day on which it was first noticed that its page is gone; empty while it is there.
        replaced: the day on which its page was first seen with another text; empty for the latest.
    """

    source: str
    label: str
    language: str = ""
    sentence: str = ""
    title: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    withdrawn: str = ""
    replaced: str = ""

    def to_json(self) -> dict[str, Any]:
        """The witness as plain JSON values; what is not known is left out."""
        names = (
            "source",
            "title",
            "published",
            "publisher",
            "language",
            "url",
            "label",
            "sentence",
            "withdrawn",
            "replaced",
        )
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two identities.

    Attributes:
        iri: of the form.
        node: IRI that it has in the graph, which is another one where it is merged with others.
        type: name of its type.
        names: (language, name), the most frequent of each language first.
        country: ISO 3166-1 alpha-3 code, or empty.
        when: its dates as an EDTF string, or empty.
        witnesses: what sources say of it; at most a few are here.
        references: how many sources speak of it.
    """

    iri: str
    node: str
    type: str
    names: tuple[tuple[str, str], ...]
    country: str = ""
    when: str = ""
    witnesses: tuple[Witness, ...] = ()
    references: int = 0

    @property
    def label(self) -> str:
        """One name to show where there is room for one."""
        return next((name for language, name in self.names if language == "en"), self.names[0][1] if self.names else "")

    def to_json(self) -> dict[str, Any]:
        """The side as plain JSON values."""
        return {
            "iri": self.iri,
            "node": self.node,
            "type": self.type,
            "names": [{"language": language, "name": name} for language, name in self.names],
            "country": self.country or None,
            "when": self.when or None,
            "references": self.references,
            "witnesses": [witness.to_json() for witness in self.witnesses],
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two identities that may be one.

    Attributes:
        score: 0 to 1.
        threshold: score from which pairs are merged without being asked.
        unsure: whether somebody has looked at it and was not sure.
    """

    left: Side
    right: Side
    score: float
    threshold: float
    reasons: tuple[Reason, ...] = ()
    unsure: bool = False

    def to_json(self) -> dict[str, Any]:
        """The proposal as plain JSON values."""
        return {
            "score": round(self.score, 4),
            "threshold": round(self.threshold, 4),
            "unsure": self.unsure,
            "reasons": [write_reason(reason) for reason in self.reasons],
            "left": self.left.to_json(),
            "right": self.right.to_json(),
        }


def write_reason(reason: Reason) -> dict[str, Any]:
    """A part of a score as plain JSON values."""
    return {"feature": reason.feature, "value": reason.value, "weight": round(reason.weight, 4)}
