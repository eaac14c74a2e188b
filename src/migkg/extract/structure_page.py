"""What a structure page says so far: its boxes (units, posts, people …) and the edges between them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from migkg.extract.structure_lexicon import StructureLexicon, word_list
from migkg.extract.structure_names import Name
from migkg.model import Document

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
        kind: ``organisation`` (what the page is about), ``unit``, ``board``, ``outer``, ``government``, ``post``,
            ``person`` or ``place``.
        head: its head word, folded.
        spans: (start, end, rule) of its mentions.
        aliases: folded words of its names.
        abolished: whether it is gone; such a part has no relations.
        unsure: a post that is dropped unless something reports to it (a bare title that comes back).
        drawn: the box above it, where it stands in a chart.
    """

    kind: str
    type: str
    label: str
    head: str = ""
    country: str | None = None
    key: str | None = None
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    aliases: set[tuple[str, ...]] = field(default_factory=set)
    abolished: bool = False
    unsure: bool = False
    drawn: "Box | None" = None

    @property
    def inner(self) -> bool:
        return self.kind in INNER

    def mention(self, start: int, end: int, rule: str) -> None:
        """Add a mention, once."""
        if all((s, e) != (start, end) for s, e, _ in self.spans):
            self.spans.append((start, end, rule))


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
    status: str = "stated"


class Page:
    """The boxes and edges of one document. Boxes are found again by the words of their names."""

    def __init__(self, document: Document, lexicon: StructureLexicon) -> None:
        self.document, self.text, self.lexicon = document, document.text, lexicon
        self.organisation: Box | None = None
        self.boxes: list[Box] = []
        self.edges: list[Edge] = []
        self.outside: set[Box] = set()
        self.parents: dict[Box, Edge] = {}
        self._by_key: dict[str, Box] = {}
        self._by_words: dict[tuple[str, frozenset[str]], list[Box]] = {}
        self._by_field: dict[frozenset[str], list[Box]] = {}
        self._by_first: dict[str, list[tuple[tuple[str, ...], Box]]] = {}
        self._reporting: set[Box] = set()
        self._edge_keys: set[tuple[Box, str, Box, str | None]] = set()
        words = lexicon.words
        self.small = words["articles"] | words["definite"] | words["links"] | words["and_words"] | words["place_links"]

    # -- boxes ----------------------------------------------------------------------------------------------------

    def add(self, kind: str, label: str, spans: Iterable[Span], rule: str, **facts: str | None) -> Box:
        """A new box."""
        made = Box(kind, facts.pop("type", None) or TYPES[kind], label, **facts)  # type: ignore[arg-type]
        for start, end in spans:
            made.mention(start, end, rule)
        self.boxes.append(made)
        if made.key is not None:
            self._by_key[made.key] = made
        self.name(made, label)
        return made

    def name(self, box: Box, label: str) -> None:
        """Let a further name stand for the box."""
        words = tuple(word_list(label))
        if words and words not in box.aliases:
            box.aliases.add(words)
            self._by_first.setdefault(words[0], []).append((words, box))
        content = self.content(label)
        boxes = self._by_words.setdefault((self._group(box.kind), content), [])
        self._by_field.setdefault(content - frozenset(box.head.split()), []).append(box)
        if box not in boxes:
            boxes.append(box)

    def aliases_of(self, first: str) -> list[tuple[tuple[str, ...], Box]]:
        """The names of boxes that begin with a folded word."""
        return self._by_first.get(first, [])

    @staticmethod
    def _group(kind: str) -> str:
        return "actor" if kind in ACTORS else kind

    def content(self, label: str) -> frozenset[str]:
        """The words of a name that tell it from others: no articles, no name of the organisation itself."""
        words = [w for w in word_list(label) if w not in self.small and w != "'s"]
        if self.organisation is not None:
            for alias in sorted(self.organisation.aliases, key=len, reverse=True):
                plain = [w for w in alias if w not in self.small]
                rest = _without(words, plain)
                if rest and len(rest) < len(words) and any(len(w) > 1 for w in rest):
                    words = rest
        return frozenset(words)

    def holds_own_name(self, label: str) -> bool:
        """Whether the name of the organisation itself is part of a longer name ("IOM Development Fund")."""
        return len(self.content(label)) < len({w for w in word_list(label) if w not in self.small})

    def find(self, kind: str, label: str) -> list[Box]:
        """The boxes of this kind (any actor for an actor) that have this name."""
        return self._by_words.get((self._group(kind), self.content(label)), [])

    def keyed(self, key: str) -> Box | None:
        """The box of a key of the authority tables."""
        return self._by_key.get(key)

    def units_with(self, content: frozenset[str]) -> list[Box]:
        """The units whose name has exactly these words beside its head word."""
        return [b for b in self._by_field.get(content, []) if b.inner and not b.abolished]

    def above(self, box: Box) -> Box:
        """What a box is part of: the unit it was put into, else the organisation, else itself."""
        if box in self.parents:
            return self.parents[box].object
        return self.organisation or box

    def edges_of(self, box: Box) -> list[Edge]:
        """The edges that begin at a box."""
        return [e for e in self.edges if e.subject is box]

    def drop(self, box: Box) -> None:
        """Take a box and its edges back."""
        self.boxes = [b for b in self.boxes if b is not box]
        self.edges = [e for e in self.edges if box not in (e.subject, e.object)]
        self.parents.pop(box, None)

    def reports(self, box: Box) -> bool:
        """Whether a reporting line of the box is known."""
        return box in self._reporting

    def government(self, place: Box) -> Box:
        """The state of a country as an actor; it is named where the country is."""
        key = f"government:{place.country}"
        known = self.keyed(key)
        if known is None:
            spans = [(s, e) for s, e, _ in place.spans]
            known = self.add(
                "government", place.label, spans, "member state", type="Government", country=place.country, key=key
            )
        return known

    def text_end(self, at: int) -> int:
        """The end of the line of text in which an offset stands."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def surface(self, span: Span) -> str:
        """The text of a span, with its white space made plain."""
        return " ".join(self.text[span[0] : span[1]].split())

    def tidy(self, label: str) -> str:
        """A label in capitals as it is written elsewhere: small words small, acronyms kept."""
        if not label.isupper() or " " not in label:
            return label
        words = label.split()
        small = self.small
        plain = [w.lower() if i and w.lower() in small else _capitalise(w) for i, w in enumerate(words)]
        return " ".join(plain)

    # -- edges ----------------------------------------------------------------------------------------------------

    def state(self, subject: Box, predicate: str, target: Box, span: Span, rule: str, confidence: float,
              post: str | None = None, status: str = "stated") -> None:  # fmt: skip
        """Add an edge, once; the first evidence stays."""
        key = (subject, predicate, target, post)
        if subject is target or key in self._edge_keys:
            return
        self._edge_keys.add(key)
        if predicate == "reportsTo":
            self._reporting.add(subject)
        self.edges.append(Edge(subject, predicate, target, span[0], span[1], rule, confidence, post, status))

    def put(self, child: Box, parent: Box, span: Span, rule: str, confidence: float) -> None:
        """Say that a part belongs to a body or unit: the narrowest one said stays."""
        if child is parent or self.within(parent, child):
            return
        if child.inner or child.kind == "post":
            if parent.kind == "outer":
                self.state(child, "partOf", parent, span, rule, confidence)
                return
            held = self.parents.get(child)
            if held is None or (held.object is not parent and self.within(parent, held.object)):
                self.parents[child] = Edge(child, "partOf", parent, span[0], span[1], rule, confidence)
        else:
            self.state(child, "partOf", parent, span, rule, confidence)

    def within(self, box: Box, above: Box) -> bool:
        """Whether ``box`` is ``above`` or stands somewhere under it."""
        seen: set[Box] = set()
        at: Box | None = box
        while at is not None and at not in seen:
            if at is above:
                return True
            seen.add(at)
            at = self.parents[at].object if at in self.parents else (self.organisation if at.inner else None)
        return False

    def lone_unit(self, name: Name, near: Iterable[Box]) -> Box | None:
        """What "the Department", "le conseil" points back to: one of the boxes near it, else the last such unit."""
        for box in near:
            if self._may_be(box, name):
                return box
        found: Box | None = None
        for box in self.boxes:
            if box.kind in ACTORS and self._may_be(box, name) and any(s < name.start for s, _, _ in box.spans):
                found = box
        return found

    @staticmethod
    def _may_be(box: Box, name: Name) -> bool:
        if name.type:
            return box.kind in {"organisation", "outer"} and name.head in word_list(box.label)[:2]
        return box.kind in ACTORS and (
            box.head == name.head or (box.kind == "organisation" and name.head in word_list(box.label))
        )


def _without(words: list[str], part: list[str]) -> list[str]:
    for i in range(len(words) - len(part) + 1):
        if part and words[i : i + len(part)] == part:
            return words[:i] + words[i + len(part) :]
    return words


def _capitalise(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), word)
