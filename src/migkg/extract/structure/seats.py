"""Offices named by their seat in a chart or table: "Regional Offices: Dakar (Senegal), Nairobi"."""

import re
from itertools import pairwise

from migkg.extract.structure.boxes import Box, Span
from migkg.extract.structure.entries import Entries
from migkg.extract.structure.labels import Label
from migkg.extract.structure.lexicon import word_list
from migkg.extract.structure.page import Page
from migkg.lexicon.names import towns
from migkg.text.normalize import fold
from migkg.text.tokens import tokenize

LARGE_TOWN = 100_000  # a first word that is one says where a unit is: "Brussels Mission"
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")


class SeatReader:
    """Makes units of seats, and says where units are."""

    def __init__(self, page: Page, entries: Entries) -> None:
        self.page, self.entries, self.lexicon = page, entries, page.lexicon
        ands = "|".join(map(re.escape, sorted(page.lexicon.words["and_words"], key=len, reverse=True)))
        self._joints = re.compile(rf"(\s*(?:[,;]|\s(?:{ands})\s)\s*)")

    def singular(self, label: Label) -> str:
        """The grouping label in the singular, as it goes into the names of its items ("Regional Office")."""
        return self.lexicon.make_singular(self.page.surface(label.core))

    def is_place(self, label: Label, head: str) -> bool:
        """Whether a line under a grouping label names a seat: a place, with its country or known as a town."""
        if label.kind not in {"topic", "place", "person"} or head not in self.lexicon.seat_heads:
            return False
        return self._is_seat(label.core, bool(label.notes) and self.country(label.notes[0]) is not None)

    def _is_seat(self, span: Span, in_brackets: bool) -> bool:
        words = word_list(self.page.surface(span))
        if in_brackets or not 0 < len(words) <= 4:
            return in_brackets and 0 < len(words) <= 4
        if any(w in self.lexicon.words["region_words"] for w in words):
            return False
        known = any((h.start, h.end) == span for h in self.entries.hits_in(*span))
        return known or bool(towns().get(fold(self.page.surface(span))))

    def country(self, span: Span) -> Box | None:
        """The first country in a stretch, as a place."""
        for hit in self.entries.hits_in(*span):
            if any(e.kind == "country" for e in hit.entries):
                box = self.entries.authority(hit)
                return box if box is not None and box.kind == "place" else None
        return None

    # -- offices --------------------------------------------------------------------------------------------------

    def seat(self, label: Label, group: str, span: Span) -> Box:
        """The office of a line such as "Dakar (Senegal)"."""
        for note in label.notes:
            self.country(note)
        return self.office(label.core, group, span)

    def office(self, place: Span, group: str, span: Span) -> Box:
        """The office of a kind ("Regional Office") at a place, with its seat."""
        name = self.lexicon.templates["seat_name"].format(head=group, place=self.page.surface(place))
        known = self.page.find("unit", name)
        words = fold(group).split() or [""]
        head = words[0] if self.lexicon.head_first else words[-1]
        box = known[-1] if known else self.page.add("unit", name, [], "seat", head=head)
        box.mention(*span, "seat")
        self.page.state(box, "basedIn", self.place(place), span, "seat", 0.9)
        return box

    def place(self, span: Span) -> Box:
        """The box of a place: a town, or a country where it is not also a capital's name."""
        for hit in self.entries.hits_in(*span):
            kinds = {e.kind for e in hit.entries}
            if (hit.start, hit.end) == span and "country" in kinds and "capital" not in kinds:
                box = self.entries.authority(hit)
                if box is not None and box.kind == "place":
                    return box
        return self.entries.place(span)

    def inline(self, group: str, head: str, rest: Span) -> list[tuple[Box, Span]]:
        """The offices in the rest of a grouping line: "one in New York (United States) and another in Addis Ababa"."""
        if head not in self.lexicon.seat_heads:
            return []
        folded = fold(self.page.text[rest[0] : rest[1]])
        found: list[tuple[Box, Span]] = []
        for match in self.lexicon.spots["one_seat"].finditer(folded):
            place = self._place_at(rest[0] + match.end(), rest[1])
            if place is not None:
                span = (rest[0] + match.start(), self._with_country(place[1], rest[1]))
                found.append((self.office(place, group, span), span))
        if found:
            return found
        spans = [(place, (place[0], self._with_country(place[1], rest[1]))) for place in self._listed(rest)]
        return [(self.office(place, group, span), span) for place, span in spans]

    def _listed(self, rest: Span) -> list[Span]:
        """The places of "Dakar (Senegal), Nairobi and Pretoria"; empty where the rest is something else."""
        places: list[Span] = []
        at = rest[0]
        for i, piece in enumerate(self._joints.split(self.page.text[rest[0] : rest[1]])):
            if i % 2 == 0 and piece.strip():
                place = self._place_at(at + len(piece) - len(piece.lstrip()), at + len(piece))
                tail = self.page.text[place[1] : at + len(piece)].strip(" .") if place else ""
                bracketed = bool(tail) and _BRACKETS.fullmatch(tail) is not None
                if place is None or (tail and not bracketed) or not self._is_seat(place, bracketed):
                    return []
                places.append(place)
            at += len(piece)
        return places

    def _place_at(self, start: int, end: int) -> Span | None:
        """The capitalised run that begins at ``start``."""
        tokens = tokenize(self.page.text, start, min(end, start + 80))
        last = 0
        while last < len(tokens) and last < 6:
            link = tokens[last].norm in self.lexicon.words["name_particles"] and last + 1 < len(tokens)
            if not tokens[last].capital and not (last and link and tokens[last + 1].capital):
                break
            last += 1
        return (tokens[0].start, tokens[last - 1].end) if last else None

    def _with_country(self, at: int, end: int) -> int:
        match = _BRACKETS.match(self.page.text, at, end)
        return match.end() if match and self.country((match.start(1), match.end(1))) else at

    # -- where a unit is ------------------------------------------------------------------------------------------

    def cell(self, box: Box, cell: Span, evidence: Span) -> None:
        """The seat in a cell: its first town, or its country where it names no town."""
        first = next((h for h in self.entries.hits_in(*cell) if h.start == cell[0]), None)
        if first is not None and any(e.kind in {"country", "capital"} for e in first.entries):
            self.page.state(box, "basedIn", self.place((first.start, first.end)), evidence, "table", 0.9)
            return
        place = self._place_at(*cell)
        if place is not None:
            self._with_country(place[1], cell[1])
            self.page.state(box, "basedIn", self.place(place), evidence, "table", 0.85)

    def note(self, box: Box, span: Span) -> None:
        """A place in brackets after the name of a unit is its seat."""
        if self._is_seat(span, False):
            self.page.state(box, "basedIn", self.place(span), span, "seat", 0.8)

    def inside(self, box: Box, span: Span) -> None:
        """A town or country in the name of an office is its seat: "Regional Office in Dakar", "Brussels Mission"."""
        heads = {box.head, box.head.split(" ")[-1]}
        if not heads & self.lexicon.seat_heads:
            return
        if self.page.says(box, "basedIn"):
            hits = [
                h
                for h in self.entries.hits_in(*span)
                if not self.page.find("place", self.page.surface((h.start, h.end)))
            ]
            for hit in hits:
                self.country((hit.start, hit.end))
            return
        seat = self._seat_in(*span)
        if seat is not None:
            self.page.state(box, "basedIn", self.place(seat), span, "seat in name", 0.8)

    def _seat_in(self, start: int, end: int) -> Span | None:
        hits = [h for h in self.entries.hits_in(start, end) if any(e.kind != "organisation" for e in h.entries)]
        after = [h for h in hits if h.start > start and self.entries.after_preposition(h.start)]
        if after:
            return after[-1].start, after[-1].end
        tokens = tokenize(self.page.text, start, end)
        for before, token in pairwise(tokens):
            place = self._place_at(token.start, end) if token.capital else None
            if place is not None and self._is_named_seat(before.norm, place, end):
                return place
        if self.lexicon.head_first or not tokens:
            return None
        bare = [h for h in hits if h.start == start or h.end == end]
        if bare:
            return bare[0].start, bare[0].end
        large = len(tokens) == 2 and towns().get(tokens[0].norm, 0) > LARGE_TOWN
        return (tokens[0].start, tokens[0].end) if large else None

    def _is_named_seat(self, before: str, place: Span, end: int) -> bool:
        """ "Office in X" for any X that is no region, "Délégation de X" for a known town that ends the name."""
        if before in self.lexicon.words["place_links"]:
            words = word_list(self.page.surface(place))
            return not any(w in self.lexicon.words["region_words"] for w in words)
        known = bool(towns().get(fold(self.page.surface(place))))
        return before in self.lexicon.words["links"] and place[1] == end and known
