"""Boxes (the units, posts, people and bodies that a page shows) and the edges between them, in the making."""

from dataclasses import dataclass, field

Span = tuple[int, int]
INNER = frozenset({"unit", "board"})
ACTORS = frozenset({"organisation", "unit", "board", "outer", "government"})
TYPES = {
    "unit": "OrganisationalUnit",
    "board": "OrganisationalUnit",
    "post": "Post",
    "person": "Person",
    "place": "Place",
    "instrument": "Instrument",
}


@dataclass(eq=False, slots=True)
class Box:
    """One thing that the page shows.

    Attributes:
        kind: ``organisation`` (what the page is about), ``unit``, ``board``, ``outer`` (a body of its own),
            ``government``, ``post``, ``person``, ``place`` or ``instrument``.
        head: its head word, folded.
        mentions: the rule that found each of its mentions, by span.
        first: offset of its first mention.
        aliases: folded words of its names.
        abolished: whether it is gone; such a part has no relations.
        unsure: a post that is dropped unless something reports to it (a bare title that comes back).
        dropped: whether it has been taken back.
        drawn: the box above it, where it stands in a chart.
    """

    kind: str
    type: str
    label: str
    head: str = ""
    country: str | None = None
    key: str | None = None
    mentions: dict[Span, str] = field(default_factory=dict)
    first: int = -1
    aliases: set[tuple[str, ...]] = field(default_factory=set)
    abolished: bool = False
    unsure: bool = False
    dropped: bool = False
    drawn: "Box | None" = None

    @property
    def inner(self) -> bool:
        """Whether it is a part of the body."""
        return self.kind in INNER

    def mention(self, start: int, end: int, rule: str) -> None:
        """Add a mention, once."""
        self.mentions.setdefault((start, end), rule)
        self.first = start if self.first < 0 else min(self.first, start)


@dataclass(slots=True)
class Edge:
    """A statement in the making; ``post`` is the title said, for people."""

    subject: Box
    predicate: str
    object: Box
    start: int
    end: int
    rule: str
    confidence: float
    post: str | None = None
