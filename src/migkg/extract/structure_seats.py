"""Offices named by their seat: "Regional Offices: Dakar (Senegal), Nairobi", "Liaison Office in New York"."""

import re
from itertools import pairwise

from migkg.extract.places import towns
from migkg.extract.structure_labels import Label
from migkg.extract.structure_lexicon import word_list
from migkg.extract.structure_mentions import Mention, MentionReader
from migkg.extract.structure_page import Box, Page, Span
from migkg.text.normalize import fold
from migkg.text.tokens import tokenize


class SeatReader:
    """Makes units of seats, and says where they are."""

    def __init__(self, page: Page, mentions: MentionReader) -> None:
        self.page, self.mentions = page, mentions
        self.lexicon = page.lexicon

    def singular(self, label: Label) -> str:
        """The grouping label in the singular, as it goes into the names of its items ("Regional Office")."""
        words = tokenize(self.page.text, *label.core)
        numbers = self.lexicon.words["numbers"]
        while len(words) > 1 and (words[0].norm in numbers or words[0].text.isdigit()):
            words.pop(0)
        text = self.page.surface((words[0].start, words[-1].end)) if words else ""
        return self.lexicon.make_singular(text)

    def is_place(self, label: Label, head: str) -> bool:
        """Whether a line under a grouping label names a seat: a place, with its country or known as a town."""
        if label.kind not in {"topic", "place", "person"} or head not in self.lexicon.seat_heads:
            return False
        return self._is_seat(label.core, bool(label.notes) and self.country(label.notes[0]) is not None)

    def _is_seat(self, span: Span, in_brackets: bool) -> bool:
        text = self.page.surface(span)
        words = word_list(text)
        if (
            not words
            or len(words) > 4
            or (any(w in self.lexicon.words["region_words"] for w in words) and not in_brackets)
        ):
            return False
        return (
            in_brackets
            or bool(towns().get(fold(text)))
            or any(h.start == span[0] and h.end == span[1] for h in self.mentions.hits_in(*span))
        )

    def country(self, span: Span) -> Box | None:
        for hit in self.mentions.hits_in(*span):
            if any(e.kind == "country" for e in hit.entries):
                box = self.mentions.authority(hit)
                return box if box is not None and box.kind == "place" else None
        return None

    def seat(self, label: Label, group: str, span: Span) -> Box | None:
        """The office of a line such as "Dakar (Senegal)"."""
        for note in label.notes:
            self.country(note)
        return self._office(label.core, group, span)

    def _office(self, place_span: Span, group: str, span: Span) -> Box:
        page = self.page
        name = self.lexicon.templates["seat_name"].format(head=group, place=page.surface(place_span))
        known = page.find("unit", name)
        if known:
            box = known[-1]
        else:
            box = page.add(
                "unit",
                name,
                [],
                "seat",
                head=fold(group).split()[0] if self.lexicon.head_first else fold(group).split()[-1],
            )
        box.mention(*span, "seat")
        place = self._place(place_span)
        page.state(box, "basedIn", place, span, "seat", 0.9)
        return box

    def _place(self, span: Span) -> Box:
        for hit in self.mentions.hits_in(*span):
            kinds = {e.kind for e in hit.entries}
            if (hit.start, hit.end) == span and "country" in kinds and "capital" not in kinds:
                box = self.mentions.authority(hit)
                if box is not None and box.kind == "place":
                    return box
        return self.mentions.place(span)

    def inline(self, group: str, head: str, rest: Span) -> list[tuple[Box, Span]]:
        """The offices in the rest of a grouping line: "one in New York (United States) and another in Addis Ababa"."""
        if head not in self.lexicon.seat_heads:
            return []
        found: list[tuple[Box, Span]] = []
        folded = fold(self.page.text[rest[0] : rest[1]])
        for match in self.lexicon.spots["one_seat"].finditer(folded):
            start = rest[0] + match.start()
            place = self._place_at(rest[0] + match.end(), rest[1])
            if place is not None:
                span = (start, self._with_country(place[1], rest[1]))
                found.append((self._office(place, group, span), span))
        if not found:
            for place in self._listed(rest):
                span = (place[0], self._with_country(place[1], rest[1]))
                found.append((self._office(place, group, span), span))
        return found

    def _listed(self, rest: Span) -> list[Span]:
        """The places of "Dakar (Senegal), Nairobi and Pretoria"; empty where the rest is something else."""
        places, at = [], rest[0]
        pieces = re.split(r"(\s*(?:[,;]|\s(?:and|et|y|e)\s)\s*)", self.page.text[rest[0] : rest[1]])
        for i, piece in enumerate(pieces):
            if i % 2 == 0 and piece.strip():
                start = at + len(piece) - len(piece.lstrip())
                place = self._place_at(start, at + len(piece))
                tail = self.page.text[place[1] : at + len(piece)].strip(" .") if place else piece
                if place is None or (tail and not re.fullmatch(r"\(.*\)", tail)):
                    return []
                if not self._is_seat(place, bool(tail)):
                    return []
                places.append(place)
            at += len(piece)
        return places

    def _place_at(self, start: int, end: int) -> Span | None:
        """The capitalised run that begins at (or after white space and an article) ``start``."""
        tokens = tokenize(self.page.text, start, end)
        last = 0
        while last < len(tokens) and last < 6:
            link = tokens[last].norm in self.lexicon.words["name_particles"] and last + 1 < len(tokens)
            if tokens[last].capital or (last and link and tokens[last + 1].capital):
                last += 1
            else:
                break
        return (tokens[0].start, tokens[last - 1].end) if last else None

    def _with_country(self, at: int, end: int) -> int:
        match = re.compile(r"\s*\(([^()]*)\)").match(self.page.text, at, end)
        if match and self.country((match.start(1), match.end(1))):
            return match.end()
        return at

    def cell(self, box: Box, cell: Span, evidence: Span) -> None:
        """The seat in a cell: its first town, or its country where it names no town."""
        for hit in self.mentions.hits_in(*cell):
            if hit.start == cell[0] and any(e.kind in {"country", "capital"} for e in hit.entries):
                self.page.state(box, "basedIn", self._place((hit.start, hit.end)), evidence, "table", 0.9)
                return
        place = self._place_at(*cell)
        if place is not None:
            self._with_country(place[1], cell[1])
            self.page.state(box, "basedIn", self._place(place), evidence, "table", 0.85)

    def note(self, box: Box, span: Span) -> None:
        """A place in brackets after the name of a unit is its seat."""
        if self._is_seat(span, False):
            self.page.state(box, "basedIn", self._place(span), span, "seat", 0.8)

    def inside(self, box: Box) -> None:
        """A town or country in the name of an office is its seat: "Regional Office in Dakar", "Brussels Mission"."""
        if box.head.split(" ")[-1] not in self.lexicon.seat_heads and box.head not in self.lexicon.seat_heads:
            return
        if any(e.subject is box and e.predicate == "basedIn" for e in self.page.edges_of(box)):
            return
        start, end, _ = box.spans[-1]
        span = self._seat_in(start, end)
        if span is not None:
            self.page.state(box, "basedIn", self._place(span), (start, end), "seat in name", 0.8)

    def _seat_in(self, start: int, end: int) -> Span | None:
        hits = [
            h for h in self.mentions.hits_in(start, end) if any(e.kind in {"country", "capital"} for e in h.entries)
        ]
        after = [h for h in hits if self._follows_preposition(h.start, start)]
        if after:
            return after[-1].start, after[-1].end
        tokens = tokenize(self.page.text, start, end)
        for i, token in enumerate(tokens):
            if i and tokens[i - 1].norm in self.lexicon.words["place_links"] and token.capital:
                place = self._place_at(token.start, end)
                if place is not None and not any(
                    w in self.lexicon.words["region_words"] for w in word_list(self.page.surface(place))
                ):
                    return place
            if i and token.capital and tokens[i - 1].norm in self.lexicon.words["links"]:
                place = self._place_at(token.start, end)
                if place is not None and place[1] == end and towns().get(fold(self.page.surface(place))):
                    return place
        bare = [h for h in hits if h.start == start or h.end == end]
        if bare and not self.lexicon.head_first:
            return bare[0].start, bare[0].end
        first = (tokens[0].start, tokens[0].end) if tokens else None
        if first and len(tokens) == 2 and not self.lexicon.head_first and towns().get(tokens[0].norm, 0) > 100_000:
            return first
        return None

    def _follows_preposition(self, at: int, start: int) -> bool:
        before = [t.norm for t in tokenize(self.page.text, max(start, at - 8), at)]
        return bool(before) and before[-1] in self.lexicon.words["place_links"]

    def _several(self, group: Mention, following: list[Mention]) -> None:
        """ "offices in Lima (Perú) and in Montevideo": a unit for each place; the group stands for all of them."""
        name = self.lexicon.make_singular(self.page.surface((group.start, group.end)))
        end = group.end
        small = self.lexicon.words["place_links"] | self.lexicon.words["and_words"] | self.lexicon.words["articles"]
        for mention in following:
            between = self.page.text[end : mention.start]
            if any(t.norm not in small and t.text not in ",()" for t in tokenize(between)) or mention.kind not in {
                "place",
                "run",
            }:
                break
            if "(" not in between:
                group.boxes.append(self._office((mention.start, mention.end), name, (mention.start, mention.end)))
            end = mention.end
        group.kind = "unit" if group.boxes else group.kind

    def beside(self, sentence_mentions: list[Mention]) -> None:
        """ "a Mission in Brussels", "a Regional Office in Malta": a unit and a place with only "in" between them."""
        for one, two in pairwise(sentence_mentions):
            if one.kind not in {"unit", "lone", "group"} or two.kind not in {"place", "run"} or one.name is None:
                continue
            between = tokenize(self.page.text, one.end, two.start)
            if not between or between[-1].norm not in self.lexicon.words["place_links"]:
                continue
            if one.kind == "group" and 1 < len(between) < 5 and between[0].norm in self.lexicon.words["links"]:
                one.end = between[-2].end  # "oficinas de enlace en Lima"
            elif len(between) > 1:
                continue
            if one.name.head not in self.lexicon.seat_heads or (one.kind == "lone" and one.name.definite):
                continue
            place_span = (two.start, two.end)
            if one.kind == "group":
                self._several(one, [m for m in sentence_mentions if m.start >= two.start])
            elif one.kind == "lone":
                box = self._office(place_span, self.page.surface((one.start, one.end)), (one.start, two.end))
                one.kind, one.boxes = "unit", [box]
            else:
                self.page.state(one.boxes[0], "basedIn", self._place(place_span), (one.start, two.end), "seat", 0.85)
                one.boxes[0].mention(one.start, two.end, "seat")
