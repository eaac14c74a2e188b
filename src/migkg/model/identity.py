"""Identity across documents: references, the forms that gather them, and the links between forms.

A *reference* is an entity of one document. Its *form* is the IRI that the document and the tables alone give it
(decision 7). *Links* say which forms are one thing; a *thing* is a cluster of forms and has the IRI in the graph.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from migkg.model.vocabulary import ACTOR_TYPES

Decision = Literal["same", "proposed", "different"]
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reference:
    """One entity of one source, with what is compared of it.

    Attributes:
        source: IRI of the source.
        entity: its id in that source.
        form: its first-form IRI.
        type: entity type.
        label: its name there.
        language: language of the source.
        named: whether it has a name of its own.
        country: ISO 3166-1 alpha-3.
        start, end: days of an event or programme, as said (``--05-08`` without a year).
        around: (role, form) of the things that the source links it with: ``parent``, ``place``, ``organiser``,
            ``funder``, ``implementer``, ``participant``, ``employer``, sorted.
        names: other forms of its name in the source: acronyms and long names.
        published: publication date of the source.
        sentence: the words around its first mention, without names of people who are not kept.
    """

    source: str
    entity: str
    form: str
    type: str
    label: str
    language: str
    named: bool = True
    country: str | None = None
    start: str | None = None
    end: str | None = None
    around: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    published: str | None = None
    sentence: str = ""

    def to_json(self) -> dict[str, Any]:
        """The reference as plain JSON values; absent facts are left out."""
        record: dict[str, Any] = {"source": self.source, "entity": self.entity, "form": self.form, "type": self.type}
        record |= {"label": self.label, "language": self.language, "named": self.named}
        for name in ("country", "start", "end", "published", "sentence"):
            if getattr(self, name):
                record[name] = getattr(self, name)
        if self.around:
            record["around"] = [list(pair) for pair in self.around]
        if self.names:
            record["names"] = list(self.names)
        return record

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> "Reference":
        around = tuple((role, form) for role, form in record.get("around", ()))
        return cls(**{**record, "around": around, "names": tuple(record.get("names", ()))})


@dataclass(frozen=True, slots=True)
class Form:
    """What the references of one first-form IRI say together.

    Attributes:
        iri: the form.
        group: ``Actor``, ``Person``, ``Place``, ``Programme``, ``Event``, ``Instrument`` or ``Post``; forms of two
            groups are never one thing, since the ontology keeps these classes apart.
        type: the type most references give.
        names: (name, language) pairs, sorted.
        countries: ISO 3166-1 alpha-3 codes that are said of it.
        dates: (first day, last day) as said.
        around: (role, form) of neighbours, sorted.
        published: months in which its sources were published, sorted.
        named: whether it has a name of its own.
        known: whether the form is a row of an authority table.
    """

    iri: str
    group: str
    type: str
    names: tuple[Name, ...]
    countries: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    around: tuple[tuple[str, str], ...] = ()
    published: tuple[str, ...] = ()
    named: bool = True
    known: bool = False

    def to_json(self) -> dict[str, Any]:
        """The form as plain JSON values."""
        return {
            "iri": self.iri,
            "group": self.group,
            "type": self.type,
            "names": [list(name) for name in self.names],
            "countries": list(self.countries),
            "dates": [list(days) for days in self.dates],
            "around": [list(pair) for pair in self.around],
            "published": list(self.published),
            "named": self.named,
            "known": self.known,
        }

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> "Form":
        pairs = {key: tuple((a, b) for a, b in record[key]) for key in ("names", "dates", "around")}
        return cls(
            **{**record, **pairs, "countries": tuple(record["countries"]), "published": tuple(record["published"])}
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against a link.

    Attributes:
        feature: what was compared (``name``, ``country``, ``head``, ``place``, ``date``, ``funder`` …).
        value: what was found, in words.
        weight: what it adds to the score, or takes from it.
    """

    feature: str
    value: str
    weight: float


@dataclass(frozen=True, slots=True)
class Link:
    """Two forms that may be one thing; ``left`` sorts before ``right``.

    Attributes:
        score: 0 to 1.
        decision: ``same``, ``proposed`` (for a person to decide) or ``different``.
        reasons: what the score is made of.
    """

    left: str
    right: str
    score: float
    decision: Decision
    reasons: tuple[Reason, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The link as plain JSON values."""
        reasons = [{"feature": r.feature, "value": r.value, "weight": r.weight} for r in self.reasons]
        ends = {"left": self.left, "right": self.right}
        return {**ends, "score": self.score, "decision": self.decision, "reasons": reasons}


def group_of(kind: str) -> str:
    """The group of an entity type: all actors are one group, every other type is its own."""
    return "Actor" if kind in ACTOR_TYPES else kind
