"""One sentence of a structure page while it is read."""

from dataclasses import dataclass, field

from migkg.extract.structure.boxes import Box, Span
from migkg.extract.structure.mentions import Mention

PARTS = frozenset({"unit", "board", "post"})
BODIES = frozenset({"unit", "board", "organisation", "outer"})
UPPER = BODIES | {"post", "government", "person"}


@dataclass(frozen=True, slots=True)
class ListFact:
    """What a sentence says of the list that follows it: a relation (seen from the members) and its target."""

    relation: str
    target: Box


@dataclass(slots=True)
class Sentence:
    """A sentence with its mentions and the boxes it may point back to.

    Attributes:
        near: what the passage is about, the nearest first; pronouns point there.
        facts: what it says of a list that follows.
        subject: what the next sentence may point back to.
        board: the board whose members it tells.
        headed: ids of the mentions that are said to head or chair a unit.
    """

    span: Span
    near: list[Box]
    mentions: list[Mention] = field(default_factory=list)
    facts: list[ListFact] = field(default_factory=list)
    subject: Box | None = None
    board: Mention | None = None
    headed: set[int] = field(default_factory=set)

    @property
    def unit(self) -> Box | None:
        """The nearest unit that the passage is about."""
        return next((b for b in self.near if b.inner), None)
