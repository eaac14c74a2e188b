"""Where bodies and units are, in prose: "a Mission in Brussels", "offices in Lima and Quito", "based in Halden"."""

from itertools import pairwise

from migkg.extract.structure.boxes import Box
from migkg.extract.structure.clauses import Use
from migkg.extract.structure.mentions import Mention
from migkg.extract.structure.page import Page
from migkg.extract.structure.seats import SeatReader
from migkg.extract.structure.sentence import Sentence
from migkg.text.tokens import tokenize

PLACES = frozenset({"place", "run"})


class LocationReader:
    """Reads the seats that sentences tell."""

    def __init__(self, page: Page, seats: SeatReader) -> None:
        self.page, self.seats, self.lexicon = page, seats, page.lexicon

    def beside(self, mentions: list[Mention]) -> None:
        """A unit, a head word or a group of offices, and a place with only "in" between them."""
        for one, two in pairwise(mentions):
            if one.kind not in {"unit", "lone", "group"} or two.kind not in PLACES or one.name is None:
                continue
            between = tokenize(self.page.text, one.end, two.start)
            if not between or between[-1].norm not in self.lexicon.words["place_links"]:
                continue
            if one.kind == "group" and 1 < len(between) < 5 and between[0].norm in self.lexicon.words["links"]:
                one.end = between[-2].end  # "oficinas de enlace en Lima"
            elif len(between) > 1:
                continue
            if one.name.head in self.lexicon.seat_heads and not (one.kind == "lone" and one.name.definite):
                self._locate(one, two, mentions)

    def _locate(self, one: Mention, two: Mention, mentions: list[Mention]) -> None:
        place = (two.start, two.end)
        if one.kind == "group":
            self.found(one, [m for m in mentions if m.start >= two.start])
        elif one.kind == "lone":
            name = self.page.surface((one.start, one.end))
            one.kind, one.boxes = "unit", [self.seats.office(place, name, (one.start, two.end))]
        else:
            self.page.state(one.boxes[0], "basedIn", self.seats.place(place), (one.start, two.end), "seat", 0.85)
            one.boxes[0].mention(one.start, two.end, "seat")

    def found(self, group: Mention, following: list[Mention]) -> None:
        """Make a unit for each place of "offices in Lima (Perú) and Montevideo"; the group stands for all of them."""
        name = self.lexicon.make_singular(self.page.surface((group.start, group.end)))
        words = self.lexicon.words
        small = words["place_links"] | words["and_words"] | words["articles"] | {",", "(", ")"}
        end = following[0].start if following else group.end
        for mention in following:
            between = [t.norm for t in tokenize(self.page.text, end, mention.start)]
            if mention.kind not in PLACES or any(w not in small for w in between):
                break
            if "(" not in between:
                span = (mention.start, mention.end)
                group.boxes.append(self.seats.office(span, name, span))
            end = mention.end
        group.kind = "unit" if group.boxes else group.kind

    def settle(self, owners: list[Box], right: list[Mention], use: Use, sentence: Sentence) -> None:
        """State the seats of a body: the most exact places only ("in Vienna, Austria": Vienna)."""
        places = [m for m in right if m.kind in PLACES]
        for owner in owners:
            for i, mention in enumerate(places):
                box = mention.boxes[0] if mention.boxes else self.seats.place((mention.start, mention.end))
                between = self.page.text[places[i - 1].end : mention.start].strip() if i else ""
                wider = bool(i and box.country and between in {",", "("})
                if not wider and not (i + 1 < len(places) and self._is_region(mention, places[i + 1])):
                    self.page.state(owner, "basedIn", box, sentence.span, use.turn.id, 0.8)

    def _is_region(self, mention: Mention, following: Mention) -> bool:
        """ "en Loire-Atlantique, à Nantes": a region, and the town in it."""
        before = [t.norm for t in tokenize(self.page.text, max(0, mention.start - 8), mention.start)]
        after = [t.norm for t in tokenize(self.page.text, mention.end, following.start)]
        region = self.lexicon.words["region_links"]
        return bool(before) and before[-1] in region and after[:1] == [","] and after[-1] not in region
