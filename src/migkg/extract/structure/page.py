"""What a structure page says so far: its boxes, found again by their names, and the edges between them."""

import re
from collections import defaultdict
from collections.abc import Iterable

from migkg.extract.structure.boxes import ACTORS, TYPES, Box, Edge, Span
from migkg.extract.structure.lexicon import StructureLexicon, word_list
from migkg.extract.structure.names import Name
from migkg.model import Document

MANY = 40  # boxes of one name: what a longer list of them would still tell is not worth the time


class Page:
    """The boxes and edges of one document."""

    def __init__(self, document: Document, lexicon: StructureLexicon) -> None:
        self.document, self.text, self.lexicon = document, document.text, lexicon
        self.organisation: Box | None = None
        self.boxes: list[Box] = []
        self.edges: list[Edge] = []
        self.outside: set[Box] = set()
        self.parents: dict[Box, Edge] = {}
        self._by_key: dict[str, Box] = {}
        self._by_words: dict[tuple[str, frozenset[str]], list[Box]] = defaultdict(list)
        self._by_field: dict[frozenset[str], list[Box]] = defaultdict(list)
        self._by_head: dict[str, list[Box]] = defaultdict(list)
        self._by_alias: dict[tuple[str, ...], Box] = {}
        self._alias_sizes: dict[str, set[int]] = defaultdict(set)
        self._said: dict[Box, set[str]] = defaultdict(set)
        self._workers: dict[Span, set[Box]] = defaultdict(set)
        self._edge_keys: set[tuple[Box, str, Box, str | None]] = set()
        self._own_names: list[list[str]] = []
        words = lexicon.words
        self.small = words["articles"] | words["definite"] | words["links"] | words["and_words"] | words["place_links"]

    # -- making and naming boxes ----------------------------------------------------------------------------------

    def add(self, kind: str, label: str, spans: Iterable[Span], rule: str, **facts: str | None) -> Box:
        """A new box; ``facts`` are its ``type`` (else that of its kind), ``head``, ``country`` and ``key``."""
        made = Box(kind, facts.pop("type", None) or TYPES[kind], label, **facts)  # type: ignore[arg-type]
        for start, end in spans:
            made.mention(start, end, rule)
        self.boxes.append(made)
        if made.key is not None:
            self._by_key[made.key] = made
        for word in {made.head, *(word_list(label) if kind == "organisation" else ())} - {""}:
            self._by_head[word].append(made)
        self.name(made, label)
        return made

    def name(self, box: Box, label: str) -> None:
        """Let a further name stand for the box."""
        words = tuple(word_list(label))
        if not words or words in box.aliases:
            return
        box.aliases.add(words)
        known = self._by_alias.get(words)
        if known is None or known.dropped:
            self._by_alias[words] = box
        self._alias_sizes[words[0]].add(len(words))
        if box.kind == "organisation":
            own = [w for w in words if w not in self.small]
            self._own_names = sorted([*self._own_names, own], key=len, reverse=True)
        content = self.content(label)
        self._by_words[self._group(box.kind), content].append(box)
        self._by_field[content - frozenset(box.head.split())].append(box)

    def alias_at(self, norms: list[str], at: int) -> Iterable[tuple[int, Box]]:
        """(number of words, box) of every name that begins at a word."""
        for size in self._alias_sizes.get(norms[at], ()):
            box = self._by_alias.get(tuple(norms[at : at + size])) if at + size <= len(norms) else None
            if box is not None and not box.dropped:
                yield size, box

    def drop(self, box: Box) -> None:
        """Take a box and its edges back."""
        box.dropped = True
        self.parents.pop(box, None)

    def government(self, place: Box) -> Box:
        """The state of a country as an actor; it is named where the country is."""
        key = f"government:{place.country}"
        known = self.keyed(key)
        if known is not None:
            return known
        facts = {"type": "Government", "country": place.country, "key": key}
        return self.add("government", place.label, list(place.mentions), "member state", **facts)

    # -- finding boxes --------------------------------------------------------------------------------------------

    @staticmethod
    def _group(kind: str) -> str:
        return "actor" if kind in ACTORS else kind

    def content(self, label: str) -> frozenset[str]:
        """The words of a name that tell it from others: no articles, no name of the organisation itself."""
        words = [w for w in word_list(label) if w not in self.small and w != "'s"]
        for own in self._own_names:
            rest = _without(words, own)
            if rest and len(rest) < len(words) and any(len(w) > 1 for w in rest):
                words = rest
        return frozenset(words)

    def holds_own_name(self, label: str) -> bool:
        """Whether the name of the organisation itself is part of a longer name ("IOM Development Fund")."""
        return len(self.content(label)) < len({w for w in word_list(label) if w not in self.small})

    def find(self, kind: str, label: str) -> list[Box]:
        """The boxes of this kind (any actor for an actor) that have this name; the last ones, where there are many."""
        return self.find_words(kind, self.content(label))

    def find_words(self, kind: str, content: frozenset[str]) -> list[Box]:
        """The boxes of this kind whose name has exactly these words."""
        found = self._by_words.get((self._group(kind), content), ())
        return [b for b in found[-MANY:] if not b.dropped]

    def keyed(self, key: str | None) -> Box | None:
        """The box of a key of the authority tables."""
        return self._by_key.get(key) if key is not None else None

    def units_with(self, content: frozenset[str]) -> list[Box]:
        """The units whose name has exactly these words beside its head word."""
        found = self._by_field.get(content, ())
        return [b for b in found[-MANY:] if b.inner and not b.abolished and not b.dropped]

    def with_head(self, head: str) -> list[Box]:
        """The boxes with a head word, the last ones first."""
        return [b for b in self._by_head.get(head, ())[-MANY:] if not b.dropped][::-1]

    def posts(self) -> list[Box]:
        """The Posts of the page."""
        return [b for b in self.boxes if b.kind == "post" and not b.dropped]

    def boards(self) -> list[Box]:
        """The boards of the page, the last ones, where there are many."""
        return [b for b in self.boxes if b.kind == "board" and not b.dropped][-MANY:]

    def lone_unit(self, name: Name, near: Iterable[Box]) -> Box | None:
        """What "the Department", "le conseil" points back to: one of the boxes near it, else the last such unit."""
        for box in near:
            if self._may_be(box, name):
                return box
        heads = [name.head, *name.head.split()[:1]] if name.type else [name.head]
        found = (b for head in heads for b in self.with_head(head))
        return next((b for b in found if self._may_be(b, name) and -1 < b.first < name.start), None)

    @staticmethod
    def _may_be(box: Box, name: Name) -> bool:
        if name.type:
            return box.kind in {"organisation", "outer"} and name.head in word_list(box.label)[:2]
        own = box.kind == "organisation" and name.head in word_list(box.label)
        return box.kind in ACTORS and (box.head == name.head or own)

    # -- edges ----------------------------------------------------------------------------------------------------

    def state(self, subject: Box, predicate: str, target: Box, span: Span, rule: str, confidence: float,
              post: str | None = None) -> None:  # fmt: skip
        """Add an edge, once; the first evidence stays."""
        key = (subject, predicate, target, post)
        if subject is target or key in self._edge_keys:
            return
        self._edge_keys.add(key)
        self._said[subject].add(predicate)
        if predicate == "worksFor":
            self._workers[span].add(subject)
        self.edges.append(Edge(subject, predicate, target, span[0], span[1], rule, confidence, post))

    def says(self, subject: Box, predicate: str) -> bool:
        """Whether an edge of this kind begins at a box."""
        return predicate in self._said.get(subject, ())

    def said(self, box: Box) -> bool:
        """Whether any edge begins at a box, but for its place in the body."""
        return bool(self._said.get(box))

    def workers_in(self, span: Span) -> set[Box]:
        """The people whose place of work a sentence has told."""
        return self._workers.get(span, set())

    def put(self, child: Box, parent: Box, span: Span, rule: str, confidence: float) -> None:
        """Say that a part belongs to a body or unit: the narrowest one said stays."""
        if child is parent or self.within(parent, child):
            return
        if parent.kind == "outer" or not (child.inner or child.kind == "post"):
            self.state(child, "partOf", parent, span, rule, confidence)
            return
        held = self.parents.get(child)
        if held is None or (held.object is not parent and self.within(parent, held.object)):
            self.parents[child] = Edge(child, "partOf", parent, span[0], span[1], rule, confidence)

    def above(self, box: Box) -> Box:
        """What a box is part of: the unit it was put into, else the organisation, else itself."""
        return self.parents[box].object if box in self.parents else self.organisation or box

    def within(self, box: Box, above: Box) -> bool:
        """Whether ``box`` is ``above`` or stands somewhere under it."""
        seen: set[Box] = set()
        at: Box | None = box
        while at is not None and at not in seen and len(seen) < MANY:
            if at is above:
                return True
            seen.add(at)
            at = self.parents[at].object if at in self.parents else (self.organisation if at.inner else None)
        return False

    # -- text -----------------------------------------------------------------------------------------------------

    def text_end(self, at: int) -> int:
        """The end of the line of text in which an offset stands."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def surface(self, span: Span) -> str:
        """The text of a span, with its white space made plain."""
        return " ".join(self.text[span[0] : span[1]].split())

    def tidy(self, label: str) -> str:
        """A label in capitals as it is written elsewhere: small words small."""
        if not label.isupper() or " " not in label:
            return label
        words = label.split()
        return " ".join(w.lower() if i and w.lower() in self.small else _capitalise(w) for i, w in enumerate(words))


def _without(words: list[str], part: list[str]) -> list[str]:
    for i in range(len(words) - len(part) + 1):
        if part and words[i : i + len(part)] == part:
            return words[:i] + words[i + len(part) :]
    return words


def _capitalise(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), word)
