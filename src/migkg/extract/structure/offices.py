"""Titles and people in prose: who holds which office, who heads which unit, which parts are gone or only planned."""

from collections.abc import Iterator
from itertools import pairwise

from migkg.extract.structure.boxes import Box
from migkg.extract.structure.clauses import Use
from migkg.extract.structure.mentions import Mention, MentionReader
from migkg.extract.structure.page import Page
from migkg.extract.structure.relations import Relations
from migkg.extract.structure.sentence import Sentence
from migkg.extract.structure.titles import Titles
from migkg.text.tokens import tokenize


class OfficeReader:
    """Reads the offices of one sentence at a time into the page."""

    def __init__(self, page: Page, mentions: MentionReader, relations: Relations, titles: Titles) -> None:
        self.page, self.mentions, self.relations, self.titles = page, mentions, relations, titles
        self.lexicon = page.lexicon

    # -- titles beside people -------------------------------------------------------------------------------------

    def _appositions(self, sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
        """(title, person) for "the Director General, Ana Lopez" and "Ana Lopez, Director of Finance"."""
        people = [m for m in sentence.mentions if m.kind in {"person", "post", "title", "run"}]
        rank: Mention | None = None
        for one, two in pairwise(people):
            before, rank = rank, None
            between = [t.norm for t in tokenize(self.page.text, one.end, two.start)]
            if (one.kind in {"person", "run"}) == (two.kind in {"person", "run"}):
                rank = one if "," in between and self._are_beside(between, True) else None
                continue
            title, person = (two, one) if one.kind in {"person", "run"} else (one, two)
            if title.name is None or not self._are_beside(between, title is one):
                continue
            if title is one and not between and before is not None and before.name is not None:
                title = before  # "the Director, Commissioner Amadou Ba": a rank before the name
            if self._take_person(person) and not self.is_former(title.start, sentence.span[0]):
                yield title, person

    def _are_beside(self, between: list[str], title_first: bool) -> bool:
        """Whether only small words part a title and a person: a comma or bracket where the person comes first."""
        words = self.lexicon.words
        small = words["articles"] | words["definite"] | words["honorifics"] | {",", ":", "(", "-", "."}
        extra = words["copulas"] if title_first else frozenset()
        parted = "," in between or "(" in between
        return all(w in small | extra for w in between) and (title_first or parted)

    def _take_person(self, mention: Mention) -> bool:
        """Make a run of capitals beside a title the person that it names, where it can be one."""
        if mention.kind == "run":
            person = self.mentions.person_of(mention)
            mention.kind, mention.boxes = ("person", [person]) if person is not None else ("run", [])
        return mention.kind == "person"

    def note(self, sentence: Sentence) -> None:
        """Note who holds which office, so that "Ana Lopez, who reports to …" is said of the office."""
        for title, person in self._appositions(sentence):
            if id(title) in sentence.headed or title.name is None:
                continue
            near = self.near(sentence, title)
            post = title.boxes[0] if title.boxes else self.titles.office(title.name, near, sentence.span, "apposition")
            if post is not None:
                self.relations.offices[person.boxes[0]] = post

    def hold(self, sentence: Sentence) -> None:
        """State who holds which office, but for people whose place of work the sentence has told otherwise."""
        told = self.page.workers_in(sentence.span)
        for title, person in self._appositions(sentence):
            if person.boxes[0] not in told or sentence.board is not None:
                near = self.near(sentence, title)
                self.titles.hold(person.boxes[0], title.name, near, sentence.span, "apposition")

    def near(self, sentence: Sentence, title: Mention) -> Box | None:
        """The unit that a title stands in: the board whose members are told, else the unit that the text is about."""
        if sentence.board is not None and title.start > sentence.board.start:
            return sentence.board.boxes[0]
        stands = self.titles.stands_in(title.name, sentence.unit) if title.name is not None else None
        return stands or self.page.organisation

    # -- heads and assistants -------------------------------------------------------------------------------------

    def head(self, targets: list[Box], heads: list[Mention], use: Use, sentence: Sentence) -> None:
        """State who heads, or chairs, a unit: "The Unit is headed by its Director, Ana Lopez"."""
        chair = use.turn.meaning in {"chaired", "chairs"}
        inside = [m for m in sentence.mentions if use.start <= m.start < use.end]  # "whose director is"
        title = next((m.name for m in (*heads, *inside) if m.kind in {"post", "title"} and m.name), None)
        people = [m for m in heads if m.kind == "person" or (m.kind == "run" and self._take_person(m))]
        for target in targets[:2]:
            if chair and target.kind != "board":
                continue
            if people:
                said = self.page.surface((title.start, title.end)) if title is not None else None
                said = self.lexicon.templates["chair"] if said is None and chair else said
                person = people[0].boxes[0]
                self.page.state(person, "worksFor", target, sentence.span, use.turn.id, 0.8, said)
            sole = title is not None and not title.plural and target.kind == "organisation"
            if title is not None and not chair and (people or title.definite or sole):
                post = self.titles.office(title, target, sentence.span, use.turn.id)
                if post is not None and people:
                    self.relations.offices[people[0].boxes[0]] = post

    def assist(self, use: Use, sentence: Sentence) -> None:
        """ "assisted by a Deputy Director" (more than "a deputy"): no reporting line, but a Post."""
        for mention in use.right:
            before = [t.norm for t in tokenize(self.page.text, use.start, mention.start)]
            alone = bool(before) and before[-1] in self.lexicon.words["articles"] - self.lexicon.words["definite"]
            name = mention.name if mention.kind == "title" else None
            if name is not None and " " in self.page.text[name.start : name.end] and alone and not name.plural:
                self.titles.office(name, self.near(sentence, mention), sentence.span, use.turn.id)

    def leave(self, use: Use) -> None:
        """ "appointed by the President": take back a Post that was only read from such words."""
        for mention in use.right:
            if mention.kind == "post" and mention.boxes:
                box = mention.boxes[0]
                if len(box.mentions) == 1 and not self.page.said(box):
                    self.page.drop(box)
                    mention.kind, mention.boxes = "title", []

    # -- parts that are gone or to come ---------------------------------------------------------------------------

    def is_former(self, at: int, start: int) -> bool:
        """Whether "former", "outgoing" … stands before an offset of a sentence that begins at ``start``."""
        before = [t.norm for t in tokenize(self.page.text, max(start, at - 30), at)]
        return any(w in self.lexicon.words["former_words"] for w in before[-3:])

    def mark_gone(self, sentence: Sentence) -> None:
        """Mark the units that the sentence says are abolished; take back those that are only planned."""
        mentions = [m for m in sentence.mentions if m.boxes]
        for i, mention in enumerate(mentions):
            box = mention.boxes[0]
            if not box.inner:
                continue
            stop = mentions[i + 1].start if i + 1 < len(mentions) else sentence.span[1]
            after = [t.norm for t in tokenize(self.page.text, mention.end, stop)]
            once = len(box.mentions) == 1 and not (mention.name and mention.name.lone)
            gone = self.lexicon.lists["abolished_words"].find(after[:12])
            if gone or (once and self.is_former(mention.start, sentence.span[0])):
                box.abolished = True
            elif self._is_planned(mention, after, sentence.span[0]):
                self.page.drop(box)
                mention.kind, mention.boxes = "run", []

    def _is_planned(self, mention: Mention, after: list[str], start: int) -> bool:
        """Whether a unit that is named once is only to come: "a Drone Unit may be set up"."""
        if len(mention.boxes[0].mentions) > 1 or (mention.name is not None and mention.name.definite):
            return False
        before = [t.norm for t in tokenize(self.page.text, max(start, mention.start - 40), mention.start)]
        planned = self.lexicon.lists["planned_words"]
        return bool(planned.find(after[:6]) or planned.find(before[-6:]))
