"""Sentences of a structure page: who is part of what, who reports to whom, who heads, who is a member."""

from functools import partial

from migkg.extract.structure.boxes import Box
from migkg.extract.structure.clauses import ClauseReader, Use
from migkg.extract.structure.groups import Groups
from migkg.extract.structure.lexicon import word_list
from migkg.extract.structure.locations import LocationReader
from migkg.extract.structure.mentions import Mention, MentionReader
from migkg.extract.structure.offices import OfficeReader
from migkg.extract.structure.page import Page
from migkg.extract.structure.relations import Relations
from migkg.extract.structure.seats import SeatReader
from migkg.extract.structure.sentence import BODIES, PARTS, UPPER, ListFact, Sentence
from migkg.extract.structure.titles import Titles
from migkg.text.sentences import split_sentences
from migkg.text.tokens import tokenize

UPWARD = frozenset({"part", "report", "under", "member"})  # turns whose right-hand side is the upper end
DOWNWARD = frozenset({"comprise", "supervise", "members"})


class ProseReader:
    """Reads the relations of prose into the page."""

    def __init__(
        self, page: Page, mentions: MentionReader, seats: SeatReader, relations: Relations, titles: Titles
    ) -> None:
        self.page, self.mentions = page, mentions
        self.relations, self.titles, self.lexicon = relations, titles, page.lexicon
        self.clauses = ClauseReader(page.lexicon)
        self.groups = Groups(page, self.clauses)
        self.locations = LocationReader(page, seats)
        self.offices = OfficeReader(page, mentions, relations, titles)
        self._subjects: list[Box] = []
        self._board: Box | None = None

    def read(self, start: int, end: int, near: list[Box], follows: bool = False) -> list[ListFact]:
        """Read ``text[start:end]``; returns what the last sentence says of a list that follows.

        Args:
            near: boxes that the passage is about, the nearest first; pronouns point to them.
            follows: whether a list follows.
        """
        facts: list[ListFact] = []
        subject = list(near)
        spans = list(split_sentences(self.page.text, start, end, self.lexicon.words["abbreviations"]))
        for i, span in enumerate(spans):
            sentence = Sentence(span, subject)
            self._read_sentence(sentence, follows and i == len(spans) - 1)
            facts += sentence.facts
            subject = [sentence.subject, *near] if sentence.subject is not None else subject
        return facts

    def _read_sentence(self, sentence: Sentence, listed: bool) -> None:
        start, end = sentence.span
        sentence.mentions = self.mentions.read(start, end, sentence.near)
        self.offices.mark_gone(sentence)
        self.locations.beside(sentence.mentions)
        if listed:
            for mention in sentence.mentions:
                mention.kind = "list" if mention.kind == "group" else mention.kind
            sentence.mentions.append(Mention("list", end, end, []))
        uses = self.clauses.read(self.page.text, start, end, sentence.mentions)
        self._note_sides(uses, sentence)
        self.offices.note(sentence)
        subjects = [b for m in next((u.left for u in uses if u.left), []) for b in m.boxes]
        for use in uses:
            if use.status == "stated":
                self._apply(use, sentence)
            elif use.status == "denied" and use.turn.meaning in {"part", "under"}:
                self.page.outside.update(b for m in use.left for b in m.boxes)
        self.offices.hold(sentence)
        self._subjects = subjects or self._subjects
        self._board = self._board_before(end, sentence) or self._board

    def _note_sides(self, uses: list[Use], sentence: Sentence) -> None:
        """Note what the sentence is about, which titles head a unit, and which board's members are told."""
        held = {id(m) for u in uses if u.fronted for m in u.right}
        sentence.subject = self._subject(sentence, held)
        for use in uses:
            if use.turn.meaning in {"headed", "chaired"}:
                sentence.headed |= {
                    id(m) for m in sentence.mentions if m in use.right or use.start <= m.start < use.end
                }
            elif use.turn.meaning in {"comprise", "members"} and use.left and use.left[0].kind == "board":
                sentence.board = use.left[0] if use.left[0].boxes else None

    def _subject(self, sentence: Sentence, held: set[int]) -> Box | None:
        """What the next sentence may point back to: the first body or post that this one speaks of."""
        for mention in sentence.mentions:
            if mention.kind == "pronoun" and sentence.near:
                return sentence.near[0]
            if mention.boxes and mention.kind in UPPER - {"person"} and id(mention) not in held:
                return mention.boxes[0]
        return None

    # -- turns of phrase ------------------------------------------------------------------------------------------

    def _apply(self, use: Use, sentence: Sentence) -> None:
        meaning = use.turn.meaning
        if meaning in UPWARD:
            upper = [m for m in use.right if m.kind in UPPER | {"pronoun", "title"}][:1]
            left = use.left or (self._after(upper, sentence, use.limit) if use.fronted else [])
            self._pair(left, upper, meaning, use, sentence)
        elif meaning in DOWNWARD:
            upper = [m for m in use.left if m.kind in UPPER | {"pronoun", "title"}]
            self._pair(self._below(use, sentence), upper, "member" if meaning == "members" else meaning, use, sentence)
        elif meaning == "aside":
            self.offices.assist(use, sentence)
        elif meaning == "outside":
            self.offices.leave(use)
        else:
            self._apply_beside(use, sentence)

    def _apply_beside(self, use: Use, sentence: Sentence) -> None:
        """Turns that say something of a unit itself: its head, its seat, its partners."""
        left, right = use.left, use.right
        owned = {t.norm for t in tokenize(self.page.text, use.start, use.end)} & self.lexicon.words["possessives"]
        if use.fronted and not left and right and not owned:  # "Based in Halden, the Centre …"
            left = [m for m in sentence.mentions if right[-1].end <= m.start <= use.limit and m.kind in BODIES][:1]
        if use.turn.meaning in {"heads", "chairs"}:
            left, right = right, left
        if use.turn.meaning == "seat":
            owners = [b for b in self._boxes(left, sentence) if b.kind in BODIES]
            groups = [m for m in left if m.kind == "group" and m.name is not None]
            if groups and right and groups[-1].name and groups[-1].name.head in self.lexicon.seat_heads:
                self.locations.found(groups[-1], right)
                return
            owners = owners[-1:] or [b for b in sentence.near if b.kind in BODIES][:1]
            self.locations.settle(owners, right, use, sentence)
        elif use.turn.meaning == "cooperate":
            self._cooperate(left, right, use, sentence)
        else:
            targets = self._boxes([m for m in left if m.kind in BODIES or m.kind == "pronoun"], sentence)
            targets = [b for b in targets if b.kind in BODIES] or [b for b in sentence.near[:1] if b.kind in BODIES]
            self.offices.head(targets, right, use, sentence)

    def _below(self, use: Use, sentence: Sentence) -> list[Mention]:
        """What stands below, on the right of "comprises", "supervises"; places in brackets or after "in" do not."""
        kinds = PARTS | {"list", "outer", "person", "place", "government"}
        kinds = kinds | {"group"} if use.turn.meaning == "supervise" else kinds
        lower = [m for m in use.right if m.kind in kinds]
        if use.turn.meaning == "supervise" and not lower and use.turn.id.endswith("whom") and sentence.subject:
            return [Mention(sentence.subject.kind, use.start, use.start, [sentence.subject])]
        return [m for m in lower if m.kind not in {"place", "government"} or not self._is_located(m)]

    def _is_located(self, mention: Mention) -> bool:
        before = [t.norm for t in tokenize(self.page.text, max(0, mention.start - 8), mention.start)]
        return bool(before) and (before[-1] in self.lexicon.words["place_links"] or before[-1] == "(")

    def _after(self, upper: list[Mention], sentence: Sentence, limit: int) -> list[Mention]:
        """The subjects of a fronted turn ("Under the Director are A and B") stand after its object."""
        kinds = PARTS | {"list", "outer", "person", "group", "place", "government"}
        found: list[Mention] = []
        for mention in sentence.mentions if upper else []:
            if upper[0].end <= mention.start <= limit and mention.kind in kinds:
                if found and not self.clauses.coordinated(self.page.text, found[-1].end, mention.start):
                    break
                found.append(mention)
        return found

    # -- pairs ----------------------------------------------------------------------------------------------------

    def _pair(self, lower: list[Mention], upper: list[Mention], relation: str, use: Use, sentence: Sentence) -> None:
        inside = {t.norm for t in tokenize(self.page.text, use.start, use.end)}
        pointing = bool(inside & self.lexicon.words["object_pronouns"]) and not upper
        context = sentence.near[:1] if pointing or self._bare_start(use, sentence) else []
        begun = self.page.text.rfind(";", sentence.span[0], use.start)
        if (
            begun > 0
            and sentence.subject is not None
            and not any(begun < m.start < use.start for m in sentence.mentions)
        ):
            context = [sentence.subject]
        pronoun = [Mention("pronoun", use.start, use.start, context)] if context else []
        children = lower or (pronoun if relation in UPWARD - {"member"} else [])
        for target in self._targets(upper, lower, relation, context, use, sentence):
            for child in children:
                self._relate(child, relation, target, use, sentence)

    def _targets(self, upper: list[Mention], lower: list[Mention], relation: str, context: list[Box], use: Use,
                 sentence: Sentence) -> list[Box]:  # fmt: skip
        """The upper ends. A pronoun after the turn is a board for members, else what was named before the turn."""
        if not upper:
            return context
        if upper[0].kind != "pronoun" or (upper[0].start < use.end and relation != "member"):
            return self._boxes(upper, sentence)
        if relation == "member":
            board = self._board_before(use.start, sentence) or self._board
            return [board] if board is not None else context
        held = {id(m) for m in lower}
        before = [m for m in sentence.mentions if m.end <= use.start and id(m) not in held and m.boxes]
        return [b for m in before[-1:] for b in m.boxes if b.kind in PARTS | {"outer"}] or context

    def _board_before(self, at: int, sentence: Sentence) -> Box | None:
        boards = [b for m in sentence.mentions if m.end <= at for b in m.boxes if b.kind == "board"]
        return boards[-1] if boards else None

    def _bare_start(self, use: Use, sentence: Sentence) -> bool:
        """Whether nothing that could be a subject stands before the turn in its sentence."""
        words = [t for t in tokenize(self.page.text, sentence.span[0], use.start) if t.text[0].isalnum()]
        verb = bool(words) and words[0].norm in self.lexicon.words["verbs"]
        return len(words) <= 3 or verb or any(m.kind == "pronoun" and m.end <= use.start for m in sentence.mentions)

    def _relate(self, child: Mention, relation: str, target: Box, use: Use, sentence: Sentence) -> None:
        say = partial(self._say, relation=relation, target=target, use=use, sentence=sentence)
        if child.kind == "list":
            sentence.facts.append(ListFact(relation, target))
        elif child.kind == "group":
            self.groups.keep(child, sentence, say)
        elif relation in {"comprise", "member"} and target.kind == "board" and self._is_represented(child):
            for box in child.boxes:
                if box.inner and box not in self.page.parents:
                    box.kind, box.type = "outer", "NonGovernmentalOrganisation"
                self._say(box, "member", target, use, sentence)
        else:
            for box in self._boxes([child], sentence):
                say(box)

    def _say(self, box: Box, relation: str, target: Box, use: Use, sentence: Sentence) -> None:
        self.relations.relate(box, relation, target, sentence.span, use.turn.id)

    def _is_represented(self, mention: Mention) -> bool:
        """ "one representative of the Bar Council": a body outside that has a seat."""
        before = [t.norm for t in tokenize(self.page.text, max(0, mention.start - 40), mention.start)]
        return any(w in self.lexicon.words["representative_titles"] for w in before[-4:])

    def _boxes(self, mentions: list[Mention], sentence: Sentence) -> list[Box]:
        """The boxes of mentions; a pronoun stands for what the passage is about, "the Director" becomes a Post."""
        found: list[Box] = []
        for mention in mentions:
            if mention.kind == "title" and mention.name is not None and mention.name.definite:
                post = self.titles.office(mention.name, sentence.unit, sentence.span, "title")
                mention.boxes = [post] if post is not None else []
            if mention.kind == "pronouns":
                mention.boxes = self._several(mention, sentence)
            found += mention.boxes or (sentence.near[:1] if mention.kind == "pronoun" else [])
        return found

    def _several(self, mention: Mention, sentence: Sentence) -> list[Box]:
        """What "both", "they" stands for: the deputies that the sentence speaks of, else the last subjects."""
        words = {t.norm for t in tokenize(self.page.text, sentence.span[0], mention.start)}
        spoken = words & self.lexicon.words["deputy_words"]
        if not spoken:
            return self._subjects
        return [b for b in self.page.posts() if spoken & set(word_list(b.label))]

    def _cooperate(self, left: list[Mention], right: list[Mention], use: Use, sentence: Sentence) -> None:
        partners = [b for m in right if m.kind in BODIES for b in m.boxes]
        for box in partners:
            if box.inner and len(box.mentions) == 1 and box not in self.page.parents:
                box.kind, box.type = "outer", "GovernmentBody"  # named only as a partner
        for mention in left:
            say = partial(self._work_with, partners=partners, use=use, sentence=sentence)
            if mention.kind == "group":
                self.groups.keep(mention, sentence, say)
            for box in self._boxes([mention], sentence):
                say(box)

    def _work_with(self, box: Box, partners: list[Box], use: Use, sentence: Sentence) -> None:
        for partner in partners:
            if box.kind in BODIES:
                self.page.state(box, "cooperatesWith", partner, sentence.span, use.turn.id, 0.7)
