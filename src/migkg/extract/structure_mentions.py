"""Mentions in the prose of a structure page: names of boxes known so far, of the authority tables, and new names."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migkg.extract.places import towns
from migkg.extract.structure_grammar import NameReader
from migkg.extract.structure_lexicon import word_list
from migkg.extract.structure_names import Name
from migkg.extract.structure_page import ACTORS, Box, Page, Span
from migkg.extract.structure_people import has_given_name, name_shape
from migkg.extract.structure_titles import Titles
from migkg.lexicon.gazetteer import Hit, load_gazetteer
from migkg.text.normalize import fold
from migkg.text.tokens import tokenize

ACRONYM = re.compile(r"\s*\((?:the\s|la\s|le\s|el\s)?([A-Z][A-Za-z&/-]*[A-Z][A-Za-z]?)\)")
SMALL_TOWN = 50_000  # a town of this size is one also without a preposition before it


@dataclass(slots=True)
class Mention:
    """A stretch of prose that stands for boxes of the page.

    Attributes:
        kind: kind of its box, or ``group`` (parts without a name), ``pronoun``, ``list`` (the list that follows).
        boxes: what it stands for; empty for a group or pronoun that is not resolved yet.
        name: the name it was read from, where there is one.
    """

    kind: str
    start: int
    end: int
    boxes: list[Box]
    name: Name | None = None


class MentionReader:
    """Finds mentions and makes the boxes they need."""

    def __init__(self, page: Page, titles: Titles) -> None:
        self.page, self.titles = page, titles
        self.lexicon = page.lexicon
        self.reader = NameReader(page.lexicon)
        kinds = {"organisation", "country", "capital"}
        found = load_gazetteer().find(page.text, fold(page.text), page.document.language)
        self.hits = [h for h in found if any(e.kind in kinds for e in h.entries)]
        self._starts = [h.start for h in self.hits]

    # -- what stands in a stretch ---------------------------------------------------------------------------------

    def read(self, start: int, end: int, near: Iterable[Box] = ()) -> list[Mention]:
        """The mentions of ``text[start:end]`` in order.

        Args:
            near: boxes that "the Department" may point back to, the nearest first.
        """
        found: list[tuple[int, int, int, object]] = []
        for span, box in self._known(start, end):
            found.append((span[0] - span[1], 0, span[0], (span, box)))
        for hit in self.hits_in(start, end):
            found.append((hit.start - hit.end, 1, hit.start, hit))
        for name in self.reader.read(self.page.text, start, end):
            weight = name.start - name.end if name.kind != "run" else 0  # a run of capitals yields to any name in it
            found.append((weight, 2, name.start, name))
        for span in self._instruments(start, end):
            found.append((span[0] - span[1], 1, span[0], span))
        found.sort(key=lambda f: f[:3])
        taken: list[tuple[int, int]] = []
        mentions: list[Mention] = []
        near = list(near)
        for size, _, begin, thing in found:
            stop = thing.end if isinstance(thing, Name) else begin - size
            if any(begin < e and s < stop for s, e in taken):
                continue
            mention = self._mention(thing, near)
            if mention is not None:
                taken.append((begin, stop))
                mentions.append(mention)
        self._read_acronyms(mentions)
        mentions += self._pronouns(start, end, taken)
        return sorted(mentions, key=lambda m: m.start)

    def _instruments(self, start: int, end: int) -> Iterator[Span]:
        """Laws and agreements, without an article before them."""
        words = self.lexicon.words
        for turn in self.lexicon.instruments:
            for match in turn.pattern.finditer(self.page.text, start, end):
                tokens = tokenize(self.page.text, *match.span())
                while len(tokens) > 1 and tokens[0].norm in words["articles"] | words["links"] | words["definite"]:
                    tokens.pop(0)
                yield tokens[0].start, match.end()

    def is_place(self, span: Span) -> bool:
        """Whether a stretch is the name of a country, a capital or a large town."""
        known = any((h.start, h.end) == span and h.entries[0].type == "Place" for h in self.hits_in(*span))
        return known or towns().get(fold(self.page.surface(span)), 0) >= SMALL_TOWN

    def hits_in(self, start: int, end: int) -> list[Hit]:
        """Names of the authority tables in a stretch: bodies, countries and capitals."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [h for h in self.hits[first:last] if h.end <= end]

    def _known(self, start: int, end: int) -> list[tuple[Span, Box]]:
        tokens = [t for t in tokenize(self.page.text, start, end) if t.text[0].isalnum() or t.text == "&"]
        norms = [t.norm for t in tokens]
        found = []
        for i, norm in enumerate(norms):
            for alias, box in self.page.aliases_of(norm):
                last = i + len(alias)
                if tuple(norms[i:last]) != alias:
                    continue
                if len(alias) == 1 and not self._stands_alone(tokens[i].text, box):
                    continue
                found.append(((tokens[i].start, tokens[last - 1].end), box))
        return found

    def _stands_alone(self, word: str, box: Box) -> bool:
        """Whether one word is enough to name a box: acronyms and surnames are, topics ("Research") are not."""
        if word.isupper() and len(word) > 1:
            return True
        if box.kind in {"organisation", "outer", "place"}:
            return word[0].isupper()
        return box.kind in {"unit", "board", "post"} and bool(box.head) and word[0].isupper()

    # -- mentions from what was found -----------------------------------------------------------------------------

    def _mention(self, thing: object, near: list[Box]) -> Mention | None:
        if isinstance(thing, tuple) and isinstance(thing[0], int):
            return self._instrument((thing[0], thing[1]))
        if isinstance(thing, tuple):
            (start, end), box = thing
            state = self.page.keyed(f"government:{box.country}") if box.kind == "place" else None
            if state is not None and not self._after_preposition(start):
                box = state
            box.mention(start, end, "known")
            name = Name("post", start, end, box.head, definite=True) if box.kind == "post" else None
            return Mention(box.kind, start, end, [box], name)
        if isinstance(thing, Hit):
            return self._from_tables(thing)
        assert isinstance(thing, Name)
        if thing.kind == "group":
            return Mention("group", thing.start, thing.end, [], thing)
        if thing.kind == "run":
            return self._from_run(thing)
        if thing.kind == "pointer":
            known = self.page.lone_unit(thing, near)
            return Mention(known.kind, thing.start, thing.end, [known], thing) if known is not None else None
        if thing.kind == "post":
            return self._from_title(thing, near)
        if thing.lone:
            return self._from_lone(thing, near)
        box = self.box_of(thing)
        return Mention(box.kind, thing.start, thing.end, [box], thing) if box else None

    def _instrument(self, span: Span) -> Mention:
        label = self.page.surface(span)
        known = self.page.find("instrument", label)
        box = known[0] if known else self.page.add("instrument", label, [], "instrument")
        box.mention(*span, "instrument")
        return Mention("instrument", span[0], span[1], [box])

    def _from_tables(self, hit: Hit) -> Mention | None:
        box = self.authority(hit)
        return Mention(box.kind, hit.start, hit.end, [box]) if box else None

    def authority(self, hit: Hit) -> Box | None:
        """The box of a body, country or capital of the tables."""
        page, span = self.page, (hit.start, hit.end)
        label = page.surface(span)
        entry = next((e for e in hit.entries if e.kind in {"organisation", "country", "capital"}), None)
        if entry is None:
            return None
        state = page.keyed(f"government:{entry.country}")
        if entry.kind == "country" and state is not None and not self._after_preposition(hit.start):
            state.mention(*span, "authority")
            return state
        known_box = page.keyed(entry.key) if entry.kind != "capital" else None
        if known_box is not None:
            known_box.mention(*span, "authority")
            page.name(known_box, label)
            return known_box
        if entry.kind == "organisation":
            known = page.find("outer", label)
            if known:
                known[0].mention(*span, "authority")
                return known[0]
            country = entry.country if entry.type == "GovernmentBody" else None
            name = entry.label if entry.acronym else label
            return page.add("outer", name, [span], "authority", type=entry.type, key=entry.key, country=country)
        return self.place(span, entry.country if entry.kind == "country" else None)

    def place(self, span: Span, country: str | None = None) -> Box:
        """The box of a place."""
        page = self.page
        label = page.surface(span)
        known = [b for b in page.find("place", label) if (b.country is None) == (country is None)]
        if known:
            known[0].mention(*span, "place")
            return known[0]
        key = f"country:{country}" if country else None
        return page.add("place", page.tidy(label), [span], "place", country=country, key=key)

    def _from_title(self, name: Name, near: list[Box]) -> Mention:
        """A title: a Post where it has a definite article and names one office of this body."""
        if name.inner is not None and not name.inner.lone:
            self.box_of(name.inner)
        bare = name.lone and " " not in name.head and "-" not in name.head
        if (
            name.definite
            and not name.plural
            and (not bare or self.page.find("post", self.page.surface((name.start, name.end))))
        ):
            unit = self.titles.stands_in(name, next((b for b in near if b.inner), None))
            box = self.titles.office(name, unit, (name.start, name.end), "title")
            if box is not None:
                return Mention("post", name.start, name.end, [box], name)
        return Mention("title", name.start, name.end, [], name)

    def person_of(self, mention: Mention) -> Box | None:
        """The person that a run of capitals names, where it can be one."""
        tokens = tokenize(self.page.text, mention.start, mention.end)
        return self.person((mention.start, mention.end)) if name_shape(tokens, self.lexicon) else None

    def _from_run(self, name: Name) -> Mention | None:
        page = self.page
        tokens = tokenize(page.text, name.start, name.end)
        if len(tokens) == 1 and tokens[0].norm in self.lexicon.words["honorifics"]:
            return None
        population = towns().get(fold(page.surface((name.start, name.end))), 0)
        if population >= SMALL_TOWN or (population and self._after_preposition(name.start)):
            box = self.place((name.start, name.end))
            return Mention("place", name.start, name.end, [box], name)
        honoured = self.honorific_before(name.start)
        if self.lexicon.lists["honorifics"].match([t.norm for t in tokens], 0) and len(tokens) > 1:
            return self._person_mention(name)
        known = page.find("person", page.surface((name.start, name.end)))
        if known or (name_shape(tokens, self.lexicon) and (honoured or has_given_name(tokens, self.lexicon))):
            return self._person_mention(name)
        return Mention("run", name.start, name.end, [], name)

    def _person_mention(self, name: Name) -> Mention:
        box = self.person((name.start, name.end))
        return Mention("person", name.start, name.end, [box], name)

    def honorific_before(self, start: int) -> bool:
        """Whether "Dr.", "Mme" … stands before an offset."""
        line = self.page.text[max(0, start - 16) : start].rpartition("\n")[2]
        before = [t.norm for t in tokenize(line)]
        dotted = len(before) > 1 and before[-1] == "."
        word = before[-2] if dotted else before[-1] if before else ""
        return word in self.lexicon.words["honorifics"] and (dotted or not word[:1].isupper())

    def _after_preposition(self, start: int) -> bool:
        before = [t.norm for t in tokenize(self.page.text[max(0, start - 12) : start].rpartition("\n")[2])]
        return bool(before) and before[-1] in self.lexicon.words["place_links"]

    def person(self, span: Span) -> Box:
        """The box of a person, found again by the name without titles."""
        page = self.page
        tokens = tokenize(page.text, *span)
        first = 0
        honorifics = self.lexicon.words["honorifics"]
        while first < len(tokens) - 1 and (tokens[first].norm in honorifics or tokens[first].text == "."):
            first += 1
        label = page.surface((tokens[first].start, span[1]))
        known = page.find("person", label)
        if known:
            known[0].mention(*span, "person")
            return known[0]
        return page.add("person", page.tidy(label), [span], "person")

    def _from_lone(self, name: Name, near: list[Box]) -> Mention | None:
        """ "the Council", "le service": a box of that head, or a new board or secretariat of the body."""
        page = self.page
        known = page.lone_unit(name, near)
        if known is not None and (name.definite or name.kind in {"outer", "board"}):
            known.mention(name.start, name.end, "lone")
            return Mention(known.kind, name.start, name.end, [known], name)
        named = name.definite or name.kind == "board"
        if name.kind != "outer" and named and name.head in self.lexicon.words["lone_heads"]:
            box = self.box_of(name)
            return Mention(box.kind, name.start, name.end, [box], name) if box else None
        return Mention("lone", name.start, name.end, [], name) if name.kind != "outer" else None

    def box_of(self, name: Name) -> Box | None:
        """The box of a name, made where it is new."""
        page, span = self.page, (name.start, name.end)
        label = page.tidy(page.surface(span))
        known = page.find(name.kind, label)
        if known:
            known[-1].mention(*span, "name")
            return known[-1]
        shorter = self._fuller(name, label)
        if shorter is not None:
            shorter.mention(*span, "short name")
            return shorter
        return page.add(name.kind, label, [span], "name", type=name.type or None, head=name.head)

    def _fuller(self, name: Name, label: str) -> Box | None:
        """The one box with the same head whose name has all the words of this shorter one ("the Governing Council")."""
        if not name.definite or name.kind == "post":
            return None
        mine = self.page.content(label)
        head = frozenset(name.head.split())
        if not mine - head:
            return None
        fits = [b for b in self.page.boxes if b.inner and b.head == name.head and mine < self.page.content(b.label)]
        return fits[0] if len(fits) == 1 else None

    def _read_acronyms(self, mentions: list[Mention]) -> None:
        """ "… (DGEF)": an acronym in brackets is a further name."""
        for mention in mentions:
            match = ACRONYM.match(self.page.text, mention.end)
            if match and mention.boxes and mention.boxes[0].kind in ACTORS:
                self.page.name(mention.boxes[0], match.group(1))
                mention.boxes[0].mention(match.start(1), match.end(1), "acronym")

    def read_label(self, span: Span) -> Box | None:
        """The body that a whole label names: known, of the tables, or new."""
        page = self.page
        label = page.surface(span)
        for box in [*page.find("outer", label)]:
            box.mention(*span, "label")
            return box
        for hit in self.hits_in(*span):
            if (hit.start, hit.end) == span:
                found = self.authority(hit)
                return (
                    page.government(found) if found is not None and found.country and found.kind == "place" else found
                )
        tokens = tokenize(page.text, *span)
        if not any(t.capital for t in tokens):
            return None
        typed = self.reader.heads.type_of([t.norm for t in tokens])
        kind = typed.type or ("GovernmentBody" if typed.kind in {"unit", "board"} else "NonGovernmentalOrganisation")
        return page.add("outer", page.tidy(label), [span], "label", type=kind)

    def owner_in(self, span: Span, head: str) -> Hit | None:
        """The body in the name of a unit that is only it and a head word ("UN Network on Migration Secretariat")."""
        for hit in self.hits_in(*span):
            if any(e.kind == "organisation" for e in hit.entries) and (hit.start, hit.end) != span:
                rest = self.page.text[span[0] : hit.start] + " " + self.page.text[hit.end : span[1]]
                if [w for w in word_list(rest) if w not in self.page.small] == word_list(head):
                    return hit
        return None

    # -- words that point back ------------------------------------------------------------------------------------

    def _pronouns(self, start: int, end: int, taken: list[tuple[int, int]]) -> list[Mention]:
        found = []
        norms = [t for t in tokenize(self.page.text, start, end) if t.text[0].isalnum()]
        words = [t.norm for t in norms]
        for i, token in enumerate(norms):
            several = self.lexicon.lists["plural_pronouns"].match(words, i)
            if several and not any(s <= token.start < e for s, e in taken):
                found.append(Mention("pronouns", token.start, norms[i + several[0] - 1].end, []))
                continue
            match = self.lexicon.lists["pronouns"].match(words, i)
            if match and not any(s <= token.start < e for s, e in taken):
                found.append(Mention("pronoun", token.start, norms[i + match[0] - 1].end, []))
        return found
