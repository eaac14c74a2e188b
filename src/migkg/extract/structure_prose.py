"""Sentences of a structure page: who is part of what, who reports to whom, who heads, who is a member."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from migkg.extract.structure_clauses import ClauseReader, Use
from migkg.extract.structure_mentions import Mention, MentionReader
from migkg.extract.structure_page import Box, Page, Span
from migkg.extract.structure_relations import Relations
from migkg.extract.structure_seats import SeatReader
from migkg.extract.structure_titles import Titles
from migkg.text.normalize import fold
from migkg.text.sentences import split_sentences
from migkg.text.tokens import tokenize

PARTS = frozenset({"unit", "board", "post"})
UPPER = frozenset({"unit", "board", "post", "organisation", "outer", "government", "person"})
BODIES = frozenset({"unit", "board", "organisation", "outer"})


@dataclass(frozen=True, slots=True)
class ListFact:
    """What a sentence says of the list that follows it: a relation (seen from the members) and its target."""

    relation: str
    target: Box


@dataclass(slots=True)
class Sentence:
    """One sentence with its mentions and the boxes it may point back to."""

    span: Span
    near: list[Box]
    mentions: list[Mention] = field(default_factory=list)
    facts: list[ListFact] = field(default_factory=list)
    subject: Box | None = None


class ProseReader:
    """Reads the relations of prose into the page."""

    def __init__(self, page: Page, mentions: MentionReader, relations: Relations, titles: Titles) -> None:
        self.page, self.mentions, self.relations, self.titles = page, mentions, relations, titles
        self.lexicon = page.lexicon
        self.clauses = ClauseReader(page.lexicon)
        self.seats = SeatReader(page, mentions)
        self.deferred: list[Callable[[], None]] = []

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
        self._mark_abolished(sentence)
        self._read_holders(sentence)
        self.seats.beside(sentence.mentions)
        if listed:
            for mention in sentence.mentions:
                mention.kind = "list" if mention.kind == "group" else mention.kind
            sentence.mentions.append(Mention("list", end, end, []))
        uses = self.clauses.read(self.page.text, start, end, sentence.mentions)
        held = {id(m) for u in uses if u.fronted for m in u.right}
        sentence.subject = next(
            (m.boxes[0] for m in sentence.mentions if m.boxes and m.kind in UPPER and id(m) not in held), None
        )
        for use in uses:
            if use.status == "stated":
                self._apply(use, sentence)

    # -- turns of phrase ------------------------------------------------------------------------------------------

    def _apply(self, use: Use, sentence: Sentence) -> None:
        meaning = use.turn.meaning
        left, right = use.left, use.right
        if meaning in {"part", "report", "member"}:
            upper = [m for m in right if m.kind in UPPER | {"pronoun", "title"}][:1]
            if not left:
                left = self._after(upper, sentence) if use.fronted else []
            self._pair(left, upper, "member" if meaning == "member" else meaning, use, sentence)
        elif meaning in {"comprise", "supervise", "members"}:
            upper = [m for m in left if m.kind in UPPER | {"pronoun", "title"}]
            lower = [m for m in right if m.kind in PARTS | {"list", "outer", "person", "place", "government"}]
            self._pair(lower, upper, "member" if meaning == "members" else meaning, use, sentence)
        elif meaning == "headed":
            self._headed(left, right, use, sentence)
        elif meaning == "heads":
            self._headed(right, left, use, sentence)
        elif meaning == "chaired":
            self._headed(left, right, use, sentence, chair=True)
        elif meaning == "seat":
            self._seat(left, right, use, sentence)
        elif meaning == "cooperate":
            self._cooperate(left, right, use, sentence)

    def _after(self, upper: list[Mention], sentence: Sentence) -> list[Mention]:
        """The subjects of a fronted turn ("Under the Director are A and B") stand after its object."""
        if not upper:
            return []
        kinds = PARTS | {"list", "outer", "person", "group"}
        return [m for m in sentence.mentions if m.start >= upper[0].end and m.kind in kinds]

    def _pair(self, lower: list[Mention], upper: list[Mention], relation: str, use: Use, sentence: Sentence) -> None:
        context = sentence.near[:1] if self._bare_start(use, sentence) else []
        if relation == "member" and any(m.kind == "pronoun" for m in upper):
            targets = self._last_board(use.start) or context
        else:
            targets = self._boxes(upper, sentence) if upper else context
        children = lower or (
            [Mention("pronoun", use.start, use.start, context)] if relation in {"part", "report"} else []
        )
        for target in targets:
            for child in children:
                self._relate(child, relation, target, use, sentence)

    def _bare_start(self, use: Use, sentence: Sentence) -> bool:
        """Whether nothing that could be a subject stands before the turn in its sentence."""
        words = [t for t in tokenize(self.page.text, sentence.span[0], use.start) if t.text[0].isalnum()]
        return len(words) <= 3 or any(m.kind == "pronoun" and m.end <= use.start for m in sentence.mentions)

    def _last_board(self, before: int) -> list[Box]:
        boards = [
            (max((s for s, _, _ in b.spans if s < before), default=-1), i, b)
            for i, b in enumerate(self.page.boxes)
            if b.kind == "board"
        ]
        return [b for at, _, b in sorted(boards)[-1:] if at >= 0]

    def _relate(self, child: Mention, relation: str, target: Box, use: Use, sentence: Sentence) -> None:
        if child.kind == "list":
            sentence.facts.append(ListFact(relation, target))
            return
        if child.kind == "group":
            self._defer_group(child, relation, target, use, sentence)
            return
        for box in self._boxes([child], sentence):
            self.relations.relate(box, relation, target, sentence.span, use.turn.id)

    def _boxes(self, mentions: list[Mention], sentence: Sentence) -> list[Box]:
        """The boxes of mentions; a pronoun stands for what the passage is about."""
        found: list[Box] = []
        for mention in mentions:
            if mention.kind == "title" and mention.name is not None and mention.name.definite:
                unit = next((b for b in sentence.near if b.inner), None)
                post = self.titles.office(mention.name, unit, sentence.span, "title")
                mention.boxes = [post] if post is not None else []
            found += mention.boxes or (sentence.near[:1] if mention.kind == "pronoun" else [])
        return found

    def _defer_group(self, group: Mention, relation: str, target: Box, use: Use, sentence: Sentence) -> None:
        """ "Its six directorates report to …": all the parts of the body, once they are known."""
        before = fold(self.page.text[max(sentence.span[0], group.start - 40) : group.end])
        spots = self.lexicon.spots
        near = sentence.near
        if spots["last_parts"].search(before):
            self.deferred.append(lambda: self._relate_last(group, relation, target, use, sentence))
        elif spots["all_parts"].search(before):
            owner = next((b for b in near if b.inner or b.kind == "organisation"), None)
            self.deferred.append(lambda: self._relate_all(group, owner, relation, target, use, sentence))

    def _relate_all(
        self, group: Mention, owner: Box | None, relation: str, target: Box, use: Use, sentence: Sentence
    ) -> None:
        for box in self.page.boxes:
            parent = self.page.parents[box].object if box in self.page.parents else self.page.organisation
            if box.kind == "unit" and parent is owner and box is not target and not self.page.reports(box):
                self.relations.relate(box, relation, target, sentence.span, use.turn.id, 0.7)

    def _relate_last(self, group: Mention, relation: str, target: Box, use: Use, sentence: Sentence) -> None:
        for box in self._last_parts(group):
            self.relations.relate(box, relation, target, sentence.span, use.turn.id, 0.7)

    def _last_parts(self, group: Mention) -> list[Box]:
        """ "These last two sub-directorates": the boxes of that head named just before."""
        before = fold(self.page.text[max(0, group.start - 40) : group.start])
        numbers = ("deux", "two", "dos"), ("trois", "three", "tres"), ("quatre", "four", "cuatro")
        count = next((n for n, words in enumerate(numbers, 2) if any(w in before.split() for w in words)), 2)
        head = group.name.head if group.name else ""
        firsts = [(min(s for s, _, _ in b.spans), b) for b in self.page.boxes if b.inner and b.head == head and b.spans]
        earlier = sorted((at, i, b) for i, (at, b) in enumerate(firsts) if at < group.start)
        return [b for _, _, b in earlier[-count:]]

    # -- heads, seats, cooperation --------------------------------------------------------------------------------

    def _headed(
        self, units: list[Mention], heads: list[Mention], use: Use, sentence: Sentence, chair: bool = False
    ) -> None:
        targets = self._boxes([m for m in units if m.kind in BODIES or m.kind == "pronoun"], sentence)
        targets = [b for b in targets if b.kind in BODIES] or [b for b in sentence.near[:1] if b.kind in BODIES]
        for target in targets[:2]:
            people = [m for m in heads if m.kind in {"person", "run"}]
            for mention in people[:1]:
                person = mention.boxes[0] if mention.boxes else self.mentions.person_of(mention)
                title = next((m.name for m in heads if m.kind in {"post", "title"} and m.name), None)
                if person is None or (chair and target.kind == "organisation"):
                    continue
                if title is None and chair:
                    self.page.state(
                        person, "worksFor", target, sentence.span, use.turn.id, 0.7, self.lexicon.templates["chair"]
                    )
                elif not any(e.subject is person and e.object is target for e in self.page.edges):
                    self.titles.hold(person, title, target, sentence.span, use.turn.id)
            if chair:
                continue
            for mention in heads:
                if mention.kind == "post" and mention.boxes and mention.name:
                    post = mention.boxes[0]
                    home = self.titles.home(mention.name, post.label, target) or target
                    self.page.put(post, home, sentence.span, use.turn.id, 0.8)

    def _seat(self, left: list[Mention], right: list[Mention], use: Use, sentence: Sentence) -> None:
        owners = [b for b in self._boxes(left, sentence) if b.kind in BODIES] or [
            b for b in sentence.near if b.kind in BODIES
        ][:1]
        places = [m for m in right if m.kind in {"place", "run"}]
        for owner in owners[-1:]:
            for i, mention in enumerate(places):
                box = mention.boxes[0] if mention.boxes else self.mentions.place((mention.start, mention.end))
                between = self.page.text[places[i - 1].end : mention.start].strip() if i else ""
                if i and box.country and between in {",", "("}:
                    continue  # "in Vienna, Austria": the most exact place only
                self.page.state(owner, "basedIn", box, sentence.span, use.turn.id, 0.8)

    def _cooperate(self, left: list[Mention], right: list[Mention], use: Use, sentence: Sentence) -> None:
        partners = [m for m in right if m.kind in BODIES]
        subjects = left or (
            [m for m in sentence.mentions if right and m.start > right[-1].end][:1] if use.fronted else []
        )
        for mention in subjects:
            if mention.kind == "group" and mention.name:
                self.deferred.append(partial(self._cooperate_last, mention, partners, use, sentence))
            else:
                self._cooperate_all(self._boxes([mention], sentence), partners, use, sentence)

    def _cooperate_last(self, group: Mention, partners: list[Mention], use: Use, sentence: Sentence) -> None:
        self._cooperate_all(self._last_parts(group), partners, use, sentence)

    def _cooperate_all(self, subjects: list[Box], partners: list[Mention], use: Use, sentence: Sentence) -> None:
        for subject in subjects:
            for partner in partners:
                if subject.kind in BODIES:
                    self.page.state(subject, "cooperatesWith", partner.boxes[0], sentence.span, use.turn.id, 0.7)

    # -- people beside titles, parts that are gone ----------------------------------------------------------------

    def _read_holders(self, sentence: Sentence) -> None:
        """ "the Director General, Ana Lopez" and "Ana Lopez, Director of Finance"."""
        pairs = pairwise(sentence.mentions)
        for one, two in pairs:
            kinds = {one.kind, two.kind}
            if "person" not in kinds or not kinds & {"post", "title"}:
                continue
            gap = fold(self.page.text[one.end : two.start])
            words = [t.norm for t in tokenize(gap)]
            small = self.lexicon.words["articles"] | self.lexicon.words["definite"] | self.lexicon.words["honorifics"]
            if not all(w in small or w in {",", ":", "(", "-", "."} for w in words):
                continue
            title, person = (one, two) if one.kind != "person" else (two, one)
            if title is two and words and "," not in words and "(" not in words:
                continue
            if title.name and not self._is_former(title.start, sentence.span[0]):
                near = next((b for b in sentence.near if b.inner), self.page.organisation)
                self.titles.hold(person.boxes[0], title.name, near, sentence.span, "apposition")

    def _is_former(self, at: int, start: int) -> bool:
        before = [t.norm for t in tokenize(self.page.text, max(start, at - 30), at)]
        return any(w in self.lexicon.words["former_words"] for w in before[-3:])

    def _mark_abolished(self, sentence: Sentence) -> None:
        mentions = [m for m in sentence.mentions if m.boxes]
        for i, mention in enumerate(mentions):
            if not mention.boxes[0].inner:
                continue
            stop = mentions[i + 1].start if i + 1 < len(mentions) else sentence.span[1]
            after = [t.norm for t in tokenize(self.page.text, mention.end, stop)]
            gone = self.lexicon.lists["abolished_words"].find(after[:12])
            if gone or self._is_former(mention.start, sentence.span[0]):
                mention.boxes[0].abolished = True
