"""Mentions in the prose of a structure page: names of boxes known so far, of the authority tables, and new names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migkg.extract.structure.boxes import ACTORS, Box, Span
from migkg.extract.structure.complements import ComplementReader
from migkg.extract.structure.entries import Entries
from migkg.extract.structure.grammar import NameReader
from migkg.extract.structure.names import Name, Words
from migkg.extract.structure.page import Page
from migkg.extract.structure.people import has_given_name, name_shape
from migkg.extract.structure.runs import RunReader
from migkg.extract.structure.titles import Titles
from migkg.lexicon.gazetteer import Hit
from migkg.text.tokens import tokenize

ACRONYM = re.compile(r"\s*\((?:the\s|la\s|le\s|el\s)?([A-Z][A-Za-z&/-]{0,14}[A-Z][A-Za-z]?)\)")


@dataclass(slots=True)
class Mention:
    """A stretch of prose that stands for boxes of the page.

    Attributes:
        kind: kind of its box, or ``group`` (parts without a name), ``title`` (no Post, or not yet), ``lone`` (a head
            word that names nothing), ``run`` (capitals only), ``pronoun``, ``pronouns``, ``list`` (what follows).
        boxes: what it stands for; empty while it is not resolved.
        name: the name it was read from, where there is one.
    """

    kind: str
    start: int
    end: int
    boxes: list[Box]
    name: Name | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A name of a box that is on the page already."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Law:
    """The name of a law or agreement."""

    start: int
    end: int


Found = Known | Law | Hit | Name


class MentionReader:
    """Finds the mentions of a stretch of prose; the longest names win."""

    def __init__(self, page: Page, entries: Entries, titles: Titles) -> None:
        self.page, self.entries, self.titles = page, entries, titles
        self.lexicon = page.lexicon
        self.reader: NameReader = (ComplementReader if page.lexicon.head_first else RunReader)(page.lexicon)

    def read(self, start: int, end: int, near: Iterable[Box] = ()) -> list[Mention]:
        """The mentions of ``text[start:end]`` in order.

        Args:
            near: boxes that "the Department" may point back to, the nearest first.
        """
        near = list(near)
        found: list[Found] = [*self._known(start, end), *self._laws(start, end), *self.entries.hits_in(start, end)]
        found += self.reader.read(self.page.text, start, end)
        found.sort(key=lambda f: (self._weight(f), f.start))
        taken: list[Span] = []
        mentions: list[Mention] = []
        for thing in found:
            if any(thing.start < e and s < thing.end for s, e in taken):
                continue
            mention = self._mention(thing, near)
            if mention is not None:
                taken.append((thing.start, thing.end))
                mentions.append(mention)
        self._read_acronyms(mentions)
        groups = {m.start for m in mentions if m.kind == "group"}  # "both departments" is a group, not "both"
        mentions += [p for p in self._pronouns(start, end, taken) if p.end + 1 not in groups]
        return sorted(mentions, key=lambda m: m.start)

    @staticmethod
    def _weight(thing: Found) -> int:
        """Longer names come first; a run of capitals yields to any name in it."""
        return 0 if isinstance(thing, Name) and thing.kind == "run" else thing.start - thing.end

    def _known(self, start: int, end: int) -> Iterator[Known]:
        tokens = [t for t in tokenize(self.page.text, start, end) if t.text[0].isalnum() or t.text == "&"]
        norms = [t.norm for t in tokens]
        words = Words(tokens, norms)
        for i in range(len(norms)):
            for size, box in self.page.alias_at(norms, i):
                head = self.reader.heads.begins_at(words, i)
                if head is not None and (head[1] == "post") != (box.kind == "post") and box.head:
                    continue  # "Secretaria" is not "Secretaría"
                if size > 1 or self._stands_alone(tokens[i].text, box):
                    yield Known(tokens[i].start, tokens[i + size - 1].end, box)

    @staticmethod
    def _stands_alone(word: str, box: Box) -> bool:
        """Whether one word is enough to name a box: acronyms and head words are, topics ("Research") are not."""
        if word.isupper() and len(word) > 1:
            return True
        named = box.kind in {"organisation", "outer", "place"} or (box.kind in {"unit", "board", "post"} and box.head)
        return bool(named) and word[0].isupper()

    def _laws(self, start: int, end: int) -> Iterator[Law]:
        """Laws and agreements, without an article before them."""
        words = self.lexicon.words
        small = words["articles"] | words["links"] | words["definite"]
        for turn in self.lexicon.instruments:
            for match in turn.pattern.finditer(self.page.text, start, end):
                tokens = tokenize(self.page.text, *match.span())
                first = next((t for t in tokens if t.norm not in small), tokens[-1])
                yield Law(first.start, match.end())

    # -- mentions from what was found -----------------------------------------------------------------------------

    def _mention(self, thing: Found, near: list[Box]) -> Mention | None:
        if isinstance(thing, Known):
            return self._from_known(thing)
        if isinstance(thing, Law):
            return Mention("instrument", thing.start, thing.end, [self.entries.instrument((thing.start, thing.end))])
        if isinstance(thing, Hit):
            box = self.entries.authority(thing)
            return Mention(box.kind, thing.start, thing.end, [box]) if box is not None else None
        if thing.kind == "group":
            return Mention("group", thing.start, thing.end, [], thing)
        if thing.kind == "run":
            return self._from_run(thing)
        if thing.kind == "post":
            return self._from_title(thing, near)
        if thing.lone or thing.kind == "pointer":
            return self._from_lone(thing, near)
        box = self.entries.named(thing)
        return Mention(box.kind, thing.start, thing.end, [box], thing)

    def _from_known(self, thing: Known) -> Mention:
        box = thing.box
        state = self.page.keyed(f"government:{box.country}") if box.kind == "place" else None
        if state is not None and not self.entries.after_preposition(thing.start):
            box = state
        box.mention(thing.start, thing.end, "known")
        post = Name("post", thing.start, thing.end, box.head, definite=True) if box.kind == "post" else None
        return Mention(box.kind, thing.start, thing.end, [box], post)

    def _from_title(self, name: Name, near: list[Box]) -> Mention:
        """A title: a Post where it has a definite article and names one office of this body."""
        if name.inner is not None and not name.inner.lone:
            self.entries.named(name.inner)
        bare = name.lone and " " not in name.head and "-" not in name.head
        known = bool(self.page.find("post", self.page.surface((name.start, name.end)))) if bare else True
        if name.definite and not name.plural and known:
            unit = self.titles.stands_in(name, next((b for b in near if b.inner), None))
            box = self.titles.office(name, unit, (name.start, name.end), "title")
            if box is not None:
                return Mention("post", name.start, name.end, [box], name)
        return Mention("title", name.start, name.end, [], name)

    def _from_run(self, name: Name) -> Mention | None:
        span = (name.start, name.end)
        tokens = tokenize(self.page.text, *span)
        honoured = self.lexicon.lists["honorifics"].match([t.norm for t in tokens], 0) is not None
        if len(tokens) == 1 and honoured:
            return None
        if self.entries.is_town(span):
            return Mention("place", *span, [self.entries.place(span)], name)
        named = self.entries.honorific_before(name.start) or has_given_name(tokens, self.lexicon)
        known = bool(self.page.find("person", self.page.surface(span)))
        if known or (honoured and len(tokens) > 1) or (named and name_shape(tokens, self.lexicon)):
            return Mention("person", *span, [self.entries.person(span)], name)
        return Mention("run", *span, [], name)

    def person_of(self, mention: Mention) -> Box | None:
        """The person that a run of capitals names, where it can be one."""
        tokens = tokenize(self.page.text, mention.start, mention.end)
        return self.entries.person((mention.start, mention.end)) if name_shape(tokens, self.lexicon) else None

    def _from_lone(self, name: Name, near: list[Box]) -> Mention | None:
        """ "the Council", "le service": a box of that head, or a new board or secretariat of the body."""
        known = self.page.lone_unit(name, near)
        pointer = name.kind == "pointer"
        if known is not None and (name.definite or pointer or name.kind in {"outer", "board"}):
            if not pointer:
                known.mention(name.start, name.end, "lone")
            return Mention(known.kind, name.start, name.end, [known], name)
        if pointer or name.kind == "outer":
            return None
        named = name.head in self.lexicon.words["lone_heads"] or (name.kind == "board" and " " in name.head)
        if (name.definite or name.kind == "board") and named:
            box = self.entries.named(name)
            return Mention(box.kind, name.start, name.end, [box], name)
        return Mention("lone", name.start, name.end, [], name)

    def _read_acronyms(self, mentions: list[Mention]) -> None:
        """ "… (DGEF)": an acronym in brackets is a further name."""
        for mention in mentions:
            match = ACRONYM.match(self.page.text, mention.end)
            if match and mention.boxes and mention.boxes[0].kind in ACTORS:
                self.page.name(mention.boxes[0], match.group(1))
                mention.boxes[0].mention(match.start(1), match.end(1), "acronym")

    def _pronouns(self, start: int, end: int, taken: list[Span]) -> Iterator[Mention]:
        tokens = [t for t in tokenize(self.page.text, start, end) if t.text[0].isalnum()]
        words = [t.norm for t in tokens]
        for i, token in enumerate(tokens):
            for kind, table in (("pronouns", "plural_pronouns"), ("pronoun", "pronouns")):
                found = self.lexicon.lists[table].match(words, i)
                if found and not any(s <= token.start < e for s, e in taken):
                    yield Mention(kind, token.start, tokens[i + found[0] - 1].end, [])
                    break
