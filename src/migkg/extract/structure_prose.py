"""Sentences of a structure page: who is part of what, who reports to whom, who heads, who is a member."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from migkg.extract.structure_clauses import ClauseReader, Use
from migkg.extract.structure_lexicon import word_list
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
    board: Mention | None = None
    headed: set[int] = field(default_factory=set)


class ProseReader:
    """Reads the relations of prose into the page."""

    def __init__(self, page: Page, mentions: MentionReader, relations: Relations, titles: Titles) -> None:
        self.page, self.mentions, self.relations, self.titles = page, mentions, relations, titles
        self.lexicon = page.lexicon
        self.clauses = ClauseReader(page.lexicon)
        self.seats = SeatReader(page, mentions)
        self.subjects: list[Box] = []
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
        self.seats.beside(sentence.mentions)
        if listed:
            for mention in sentence.mentions:
                mention.kind = "list" if mention.kind == "group" else mention.kind
            sentence.mentions.append(Mention("list", end, end, []))
        uses = self.clauses.read(self.page.text, start, end, sentence.mentions)
        held = {id(m) for u in uses if u.fronted for m in u.right}
        sentence.subject = self._subject(sentence, held)
        self._note_sides(uses, sentence)
        self._name_offices(sentence)
        first = next((u.left for u in uses if u.left), [])
        subjects = [b for m in first for b in m.boxes]
        for use in uses:
            if use.status == "stated":
                self._apply(use, sentence)
            if use.turn.meaning == "aside":
                self._assistants(use, sentence)
            elif use.status == "denied" and use.turn.meaning in {"part", "under"}:
                self.page.outside.update(b for m in use.left for b in m.boxes)
        self._read_holders(sentence)
        self.subjects = subjects or self.subjects

    def _assistants(self, use: Use, sentence: Sentence) -> None:
        """ "assisted by a Deputy Director": no reporting line, but a Post."""
        for mention in use.right:
            before = [t.norm for t in tokenize(self.page.text, use.start, mention.start)]
            alone = bool(before) and before[-1] in self.lexicon.words["articles"] - self.lexicon.words["definite"]
            if mention.kind == "title" and mention.name is not None and alone and not mention.name.plural:
                self.titles.office(mention.name, self._near_unit(sentence, mention), sentence.span, use.turn.id)

    def _note_sides(self, uses: list[Use], sentence: Sentence) -> None:
        """Note which titles are said to head a unit, and which board's members are told."""
        for use in uses:
            if use.turn.meaning in {"headed", "chaired"}:
                sentence.headed |= {id(m) for m in use.right}
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
        left, right = use.left, use.right
        if meaning in {"part", "report", "under", "member"}:
            upper = [m for m in right if m.kind in UPPER | {"pronoun", "title"}][:1]
            if not left:
                left = self._after(upper, sentence, use.limit) if use.fronted else []
            self._pair(left, upper, "member" if meaning == "member" else meaning, use, sentence)
        elif meaning in {"comprise", "supervise", "members"}:
            upper = [m for m in left if m.kind in UPPER | {"pronoun", "title"}]
            lower = [m for m in right if m.kind in PARTS | {"list", "outer", "person", "place", "government"}]
            if meaning == "supervise" and not lower and use.turn.id.endswith("whom") and sentence.subject:
                lower = [Mention(sentence.subject.kind, use.start, use.start, [sentence.subject])]
            lower = [m for m in lower if m.kind not in {"place", "government"} or not self._is_located(m)]
            self._pair(lower, upper, "member" if meaning == "members" else meaning, use, sentence)
        elif use.fronted and not left and right:
            left = [m for m in sentence.mentions if right[-1].end <= m.start <= use.limit and m.kind in BODIES][:1]
        if meaning == "headed":
            self._headed(left, right, use, sentence)
        elif meaning == "heads":
            self._headed(right, left, use, sentence)
        elif meaning == "chaired":
            self._headed(left, right, use, sentence, chair=True)
        elif meaning == "seat":
            self._seat(left, right, use, sentence)
        elif meaning == "cooperate":
            self._cooperate(left, right, use, sentence)

    def _is_located(self, mention: Mention) -> bool:
        """Whether a place stands after "in" or in brackets."""
        before = [t.norm for t in tokenize(self.page.text, max(0, mention.start - 8), mention.start)]
        return bool(before) and (before[-1] in self.lexicon.words["place_links"] or before[-1] == "(")

    def _after(self, upper: list[Mention], sentence: Sentence, limit: int) -> list[Mention]:
        """The subjects of a fronted turn ("Under the Director are A and B") stand after its object."""
        if not upper:
            return []
        kinds = PARTS | {"list", "outer", "person", "group", "place", "government"}
        found: list[Mention] = []
        for mention in sentence.mentions:
            if upper[0].end <= mention.start <= limit and mention.kind in kinds:
                if found and not self.clauses.coordinated(self.page.text, found[-1].end, mention.start):
                    break
                found.append(mention)
        return found

    def _pair(self, lower: list[Mention], upper: list[Mention], relation: str, use: Use, sentence: Sentence) -> None:
        context = sentence.near[:1] if self._bare_start(use, sentence) else []
        if relation == "member" and any(m.kind == "pronoun" for m in upper):
            targets = self._last_board(use.start) or context
        elif upper and upper[0].kind == "pronoun" and upper[0].start >= use.end:
            held = {id(m) for m in lower}
            before = [m for m in sentence.mentions if m.end <= use.start and id(m) not in held and m.boxes]
            targets = [b for m in before[-1:] for b in m.boxes if b.kind in PARTS | {"outer"}] or context
        else:
            targets = self._boxes(upper, sentence) if upper else context
        pronoun = [Mention("pronoun", use.start, use.start, context)] if context else []
        children = lower or (pronoun if relation in {"part", "report", "under"} else [])
        for target in targets:
            for child in children:
                self._relate(child, relation, target, use, sentence)

    def _bare_start(self, use: Use, sentence: Sentence) -> bool:
        """Whether nothing that could be a subject stands before the turn in its sentence."""
        words = [t for t in tokenize(self.page.text, sentence.span[0], use.start) if t.text[0].isalnum()]
        verb = bool(words) and words[0].norm in self.lexicon.words["verbs"]
        return len(words) <= 3 or verb or any(m.kind == "pronoun" and m.end <= use.start for m in sentence.mentions)

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
        represented = relation in {"comprise", "member"} and target.kind == "board" and self._is_represented(child)
        for box in self._boxes([child], sentence):
            if represented and box.inner and box not in self.page.parents:
                box.kind, box.type = "outer", "NonGovernmentalOrganisation"
            said = "member" if represented else relation
            self.relations.relate(box, said, target, sentence.span, use.turn.id)

    def _is_represented(self, mention: Mention) -> bool:
        """ "one representative of the Bar Council": a body outside that has a seat."""
        before = [t.norm for t in tokenize(self.page.text, max(0, mention.start - 40), mention.start)]
        return any(w in self.lexicon.words["representative_titles"] for w in before[-4:])

    def _boxes(self, mentions: list[Mention], sentence: Sentence) -> list[Box]:
        """The boxes of mentions; a pronoun stands for what the passage is about."""
        found: list[Box] = []
        for mention in mentions:
            if mention.kind == "title" and mention.name is not None and mention.name.definite:
                unit = next((b for b in sentence.near if b.inner), None)
                post = self.titles.office(mention.name, unit, sentence.span, "title")
                mention.boxes = [post] if post is not None else []
            if mention.kind == "pronouns":
                mention.boxes = self._several(mention, sentence)
            found += mention.boxes or (sentence.near[:1] if mention.kind == "pronoun" else [])
        return found

    def _several(self, mention: Mention, sentence: Sentence) -> list[Box]:
        """What "both", "they" stands for: the deputies that the sentence speaks of, else the last subjects."""
        words = {t.norm for t in tokenize(self.page.text, sentence.span[0], mention.start)}
        spoken = words & self.lexicon.words["deputy_words"]
        if spoken:
            return [b for b in self.page.boxes if b.kind == "post" and spoken & set(word_list(b.label))]
        return self.subjects

    def _defer_group(self, group: Mention, relation: str, target: Box, use: Use, sentence: Sentence) -> None:
        """ "Its six directorates report to …": all the parts of the body, once they are known."""
        before = fold(self.page.text[max(sentence.span[0], group.start - 40) : group.end])
        spots = self.lexicon.spots
        near = sentence.near
        if spots["first_part"].search(before):
            self.deferred.append(partial(self._relate_first, group, relation, target, use, sentence))
        elif spots["last_parts"].search(before):
            self.deferred.append(lambda: self._relate_last(group, relation, target, use, sentence))
        elif spots["all_parts"].search(before):
            owner = next((b for b in near if b.inner or b.kind == "organisation"), None)
            self.deferred.append(lambda: self._relate_all(group, owner, relation, target, use, sentence))

    def _relate_all(
        self, group: Mention, owner: Box | None, relation: str, target: Box, use: Use, sentence: Sentence
    ) -> None:
        head = group.name.head if group.name is not None and not self._is_joined(group, sentence) else ""
        parts = [b for b in self.page.boxes if b.kind == "unit" and self.page.above(b) is owner and b is not target]
        alike = [b for b in parts if head and b.head.startswith(head)]
        for box in alike or parts:
            if not self.page.reports(box):
                self.relations.relate(box, relation, target, sentence.span, use.turn.id, 0.7)

    def _is_joined(self, group: Mention, sentence: Sentence) -> bool:
        """Whether two groups are named together: "its directorates and services" are all the parts."""
        others = [m for m in sentence.mentions if m.kind == "group" and m is not group]
        return any(
            self.clauses.coordinated(self.page.text, min(m.end, group.end), max(m.start, group.start)) for m in others
        )

    def _relate_first(self, group: Mention, relation: str, target: Box, use: Use, sentence: Sentence) -> None:
        """ "The first of these sub-directorates": the first box of that head on the page."""
        head = group.name.head if group.name else ""
        alike = [b for b in self.page.boxes if b.inner and b.head.startswith(head) and b.spans]
        for box in sorted(alike, key=lambda b: min(b.spans)[0])[:1]:
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
        title = next((m for m in heads if m.kind in {"post", "title"} and m.name), None)
        name = title.name if title is not None else None
        person = next((p for m in heads if m.kind in {"person", "run"} and (p := self._person(m)) is not None), None)
        for target in targets[:2]:
            if chair and target.kind != "board":
                continue
            if person is not None:
                said = self.page.surface((name.start, name.end)) if name is not None else None
                said = self.lexicon.templates["chair"] if said is None and chair else said
                self.page.state(person, "worksFor", target, sentence.span, use.turn.id, 0.8, said)
            if name is not None and not chair and (person is not None or name.definite):
                post = self.titles.office(name, target, sentence.span, use.turn.id)
                if post is not None and person is not None:
                    self.relations.offices[person] = post

    def _person(self, mention: Mention) -> Box | None:
        return mention.boxes[0] if mention.boxes else self.mentions.person_of(mention)

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
                if i + 1 < len(places) and self._is_region(mention, places[i + 1]):
                    continue
                self.page.state(owner, "basedIn", box, sentence.span, use.turn.id, 0.8)

    def _is_region(self, mention: Mention, following: Mention) -> bool:
        """ "en Loire-Atlantique, à Nantes": a region, and the town in it."""
        before = [t.norm for t in tokenize(self.page.text, max(0, mention.start - 8), mention.start)]
        after = [t.norm for t in tokenize(self.page.text, mention.end, following.start)]
        region = self.lexicon.words["region_links"]
        return bool(before) and before[-1] in region and after[:1] == [","] and after[-1] not in region

    def _cooperate(self, left: list[Mention], right: list[Mention], use: Use, sentence: Sentence) -> None:
        partners = [m for m in right if m.kind in BODIES]
        for mention in partners:
            for box in mention.boxes:
                if box.inner and len(box.spans) == 1 and box not in self.page.parents:
                    box.kind, box.type = "outer", "GovernmentBody"
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

    def _appositions(self, sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
        """(title, person) for "the Director General, Ana Lopez" and "Ana Lopez, Director of Finance"."""
        people = [m for m in sentence.mentions if m.kind in {"person", "post", "title", "run"}]
        words = self.lexicon.words
        small = words["articles"] | words["definite"] | words["honorifics"] | {",", ":", "(", "-", "."}
        last: Mention | None = None
        for one, two in pairwise(people):
            before, last = last, None
            if (one.kind in {"person", "run"}) == (two.kind in {"person", "run"}):
                last = one if "," in self.page.text[one.end : two.start] else None
                continue
            between = [t.norm for t in tokenize(self.page.text, one.end, two.start)]
            title, person = (two, one) if one.kind in {"person", "run"} else (one, two)
            parted = "," in between or "(" in between
            extra = words["copulas"] if title is one else frozenset()
            if any(w not in small | extra for w in between) or title.name is None or (title is two and not parted):
                continue
            if title is one and not between and before is not None and before.name is not None:
                title = before  # "the Director, Commissioner Amadou Ba": a rank before the name
            if self._take_person(person) and not self._is_former(title.start, sentence.span[0]):
                yield title, person

    def _take_person(self, mention: Mention) -> bool:
        """Make a run of capitals beside a title the person that it names, where it can be one."""
        if mention.kind == "run":
            person = self.mentions.person_of(mention)
            mention.kind, mention.boxes = ("person", [person]) if person is not None else ("run", [])
        return mention.kind == "person"

    def _name_offices(self, sentence: Sentence) -> None:
        """Note who holds which office, so that "Ana Lopez, who reports to …" is said of the office."""
        for title, person in self._appositions(sentence):
            assert title.name is not None
            if id(title) in sentence.headed:
                continue
            near = self._near_unit(sentence, title)
            post = title.boxes[0] if title.boxes else self.titles.office(title.name, near, sentence.span, "apposition")
            if post is not None:
                self.relations.offices[person.boxes[0]] = post

    def _near_unit(self, sentence: Sentence, title: Mention) -> Box | None:
        """The unit that a title stands in: the board whose members are told, else the unit that the text is about."""
        if sentence.board is not None and title.start > sentence.board.start:
            return sentence.board.boxes[0]
        unit = next((b for b in sentence.near if b.inner), None)
        stands = self.titles.stands_in(title.name, unit) if title.name is not None else None
        return stands or self.page.organisation

    def _read_holders(self, sentence: Sentence) -> None:
        held = {e.subject for e in self.page.edges if e.predicate == "worksFor" and (e.start, e.end) == sentence.span}
        for title, person in self._appositions(sentence):
            if person.boxes[0] not in held or sentence.board is not None:
                self.titles.hold(
                    person.boxes[0], title.name, self._near_unit(sentence, title), sentence.span, "apposition"
                )

    def _is_former(self, at: int, start: int) -> bool:
        before = [t.norm for t in tokenize(self.page.text, max(start, at - 30), at)]
        return any(w in self.lexicon.words["former_words"] for w in before[-3:])

    def _is_planned(self, mention: Mention, after: list[str], start: int) -> bool:
        """Whether a unit that is named once is only to come: "a Drone Unit may be set up"."""
        if len(mention.boxes[0].spans) > 1 or (mention.name is not None and mention.name.definite):
            return False
        before = [t.norm for t in tokenize(self.page.text, max(start, mention.start - 40), mention.start)]
        planned = self.lexicon.lists["planned_words"]
        return bool(planned.find(after[:6]) or planned.find(before[-6:]))

    def _mark_abolished(self, sentence: Sentence) -> None:
        mentions = [m for m in sentence.mentions if m.boxes]
        for i, mention in enumerate(mentions):
            if not mention.boxes[0].inner:
                continue
            stop = mentions[i + 1].start if i + 1 < len(mentions) else sentence.span[1]
            after = [t.norm for t in tokenize(self.page.text, mention.end, stop)]
            gone = self.lexicon.lists["abolished_words"].find(after[:12])
            once = len(mention.boxes[0].spans) == 1 and not (mention.name and mention.name.lone)
            if gone or (once and self._is_former(mention.start, sentence.span[0])):
                mention.boxes[0].abolished = True
            elif self._is_planned(mention, after, sentence.span[0]):
                self.page.drop(mention.boxes[0])
                mention.kind, mention.boxes = "run", []
