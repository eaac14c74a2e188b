"""From patterns to statements: who is linked with whom, in the words of which stretch of the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from migkg.extract.cast import Cast, Thing
from migkg.extract.insertions import without_insertions
from migkg.extract.roles import Roles
from migkg.extract.sentence import COUNTRY, LOCATION, Marker, Sentence, Unit
from migkg.extract.units import Shapes, grouped_units, semicolon_list, single_units, write
from migkg.lexicon.language import Language
from migkg.lexicon.patterns import PARTNER, Pattern, load_patterns
from migkg.model.statement import Status
from migkg.model.vocabulary import RELATIONS
from migkg.text.normalize import fold


@dataclass(slots=True)
class Draft:
    """A statement between things, before the document's entities have their ids."""

    subject: Thing
    predicate: str
    object_: Thing
    start: int
    end: int
    rule: str
    confidence: float
    status: Status = "stated"
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence in one of its written forms."""

    units: list[Unit]
    text: str
    raw: bool

    def search(self, pattern: Pattern) -> Iterator[re.Match[str]]:
        """Every place where the pattern begins; a mention at its beginning says where to look."""
        if not pattern.opens:
            yield from pattern.regex.finditer(self.text)
            return
        at = self.text.find("⟨")
        while at >= 0:
            found = pattern.regex.match(self.text, at) if self.text[at + 1] in pattern.opens else None
            if found is not None:
                yield found
            at = self.text.find("⟨", at + 3)


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in a row: the units it covers and those that fill its slots."""

    pattern: Pattern
    inside: list[Unit]
    after: list[Unit]
    slots: dict[str, Unit]

    def span(self, sentence: Sentence) -> tuple[int, int]:
        return sentence.tokens[self.inside[0].first].start, sentence.tokens[self.inside[-1].last - 1].end


class Reader:
    """Applies the patterns of one language to the sentences of one document."""

    def __init__(self, cast: Cast, language: Language) -> None:
        self._cast = cast
        self._language = language
        self._shapes = Shapes(language)
        self._roles = Roles(cast, language)

    def read(self, sentence: Sentence) -> Iterator[Draft]:
        """Every statement that a pattern finds in the sentence."""
        if not sentence.markers:
            return
        patterns = self._possible(sentence)
        for row in self.rows(sentence) if patterns else ():
            for pattern in patterns:
                if row.raw == pattern.raw:
                    for found in row.search(pattern):
                        match = _match(pattern, row, found)
                        if match is not None:
                            yield from self._drafts(sentence, match)

    def _possible(self, sentence: Sentence) -> list[Pattern]:
        """The patterns of which the sentence has a word, and mentions for all slots; this saves most searches."""
        index, always = _by_word(self._language.code)
        numbers = set(always)
        for word in {t.norm for t in sentence.tokens} & index.keys():
            numbers.update(index[word])
        codes = {m.code for m in sentence.markers}
        patterns = load_patterns(self._language.code)
        found = (patterns[n] for n in sorted(numbers))
        return [p for p in found if not any(need.isdisjoint(codes) for need in p.needs)]

    def rows(self, sentence: Sentence) -> list[Row]:
        """The sentence as the patterns read it: single mentions; lists drawn together; insertions left out."""
        single = single_units(sentence)
        grouped = grouped_units(sentence, self._shapes)
        rows = [Row(single, write(single), True), Row(grouped, write(grouped), False)]
        shorter = without_insertions(grouped, self._language)
        if shorter:
            rows.append(Row(shorter, write(shorter), False))
        listed = semicolon_list(grouped)
        if listed:
            rows.append(Row(listed, write(listed), False))
        return rows

    def _drafts(self, sentence: Sentence, match: Match) -> Iterator[Draft]:
        predicate = match.pattern.predicate
        relation = RELATIONS[predicate]
        subject = match.slots.get("subject")
        object_ = match.slots.get("object") or match.slots.get("main_object")
        for unit, wanted in ((subject, relation.subjects), (object_, relation.objects)):
            everybody = [*unit.members, *unit.partners, *unit.channels] if unit is not None else []
            if unit is not None and not self._roles.fillable(everybody, wanted, sentence):
                return
        objects = self._end(sentence, match, object_, relation.objects)
        if not objects:
            return
        if predicate == "worksFor" and subject is not None:
            yield from self._office(sentence, match, objects, object_)
            return
        if subject is None:
            for thing in self._end(sentence, match, None, relation.subjects):
                for other in objects:
                    yield self._draft(sentence, match, thing, predicate, other)
            return
        for thing, said in self._subjects(sentence, predicate, subject):
            for other in objects:
                if thing is not other and thing.type in RELATIONS[said].subjects:
                    yield self._draft(sentence, match, thing, said, other)

    def _end(self, sentence: Sentence, match: Match, unit: Unit | None, wanted: frozenset[str]) -> list[Thing]:
        """The things at one end; where the pattern has no slot for it, what the text is about."""
        if unit is not None:
            return self._roles.fill(unit.members, wanted, sentence)
        kinds = frozenset(match.pattern.focus.split("|")) if match.pattern.focus else wanted
        said = {m.thing for u in match.slots.values() for m in u.members if m.thing is not None}
        focus = self._roles.focus(sentence, kinds & wanted, said)
        return [focus] if focus is not None else []

    def _subjects(self, sentence: Sentence, predicate: str, unit: Unit) -> Iterator[tuple[Thing, str]]:
        """Those who do it, and those who do it with them, each with the relation that this makes."""
        wanted = RELATIONS[predicate].subjects
        for thing in self._roles.fill(unit.members, wanted, sentence):
            yield thing, predicate
        if predicate in PARTNER:
            for thing in self._roles.fill(unit.partners, wanted, sentence):
                yield thing, PARTNER[predicate]
        if predicate == "funds":
            for thing in self._roles.fill(unit.channels, wanted, sentence):
                yield thing, predicate

    def _draft(self, sentence: Sentence, match: Match, subject: Thing, predicate: str, object_: Thing) -> Draft:
        start, end = match.span(sentence)
        status = self._status(sentence, match)
        return Draft(subject, predicate, object_, start, end, match.pattern.id, match.pattern.confidence, status)

    def _office(self, sentence: Sentence, match: Match, bodies: list[Thing], object_: Unit | None) -> Iterator[Draft]:
        """Who holds an office, and where: a chief of mission in a country works for the unit there."""
        post = match.slots["post"].members[0] if "post" in match.slots else None
        if post is not None and match.pattern.focus == "Government" and not self._of_state(post):
            return
        if post is not None and match.pattern.focus == "Government":
            bodies = [self._ministry(post) or b for b in bodies]
        people = self._roles.fill(match.slots["subject"].members, RELATIONS["worksFor"].subjects, sentence)
        for body in bodies:
            employer = body
            seat = _seat(match, object_, self._language) if object_ is not None else None
            if (
                post is not None
                and seat is not None
                and self._mission(post)
                and body.named
                and not body.label.islower()
            ):
                employer = self._unit(sentence, match, body, seat)
                yield _reaching(self._draft(sentence, match, employer, "partOf", body), seat)
                location = self._roles.fill([seat], frozenset({"Place"}), sentence)
                if location:
                    yield _reaching(self._draft(sentence, match, employer, "basedIn", location[0]), seat)
            for person in people:
                draft = self._draft(sentence, match, person, "worksFor", employer)
                draft.post = self._cast.text[post.start : post.end] if post is not None else None
                yield draft

    def _of_state(self, post: Marker) -> bool:
        """Whether an office is one of the state that a text speaks of: minister, governor."""
        return tuple(str(post.value).split()) in self._language.phrases["government_posts"]

    def _ministry(self, post: Marker) -> Thing | None:
        """The ministry of the same field, where the document names it ("ministre des Affaires sociales")."""
        said = fold(self._cast.text[post.start : post.start + 150]).partition(" ")[2]
        for thing in self._cast.things:
            field = fold(thing.label).partition(" ")[2] if thing.type == "GovernmentBody" else ""
            if len(field) > 8 and said.startswith(field):
                return thing
        return None

    def _mission(self, post: Marker) -> bool:
        return tuple(str(post.value).split()) in self._language.phrases["mission_posts"]

    def _unit(self, sentence: Sentence, match: Match, body: Thing, seat: Marker) -> Thing:
        """The unit of an organisation at a place, with the words that name both as its mention."""
        label = self._language.unit_label.format(organisation=_shortest(body), place=seat.name)
        unit = self._cast.named("OrganisationalUnit", label, "actor")
        marker = next((m for u in match.inside for m in u.members if m.thing is body), None)
        if marker is not None:
            first, last = min(marker.start, seat.start), max(marker.end, seat.end)
            unit.mention(first, last, match.pattern.id)
        return unit

    def _status(self, sentence: Sentence, match: Match) -> Status:
        used = [u for k, u in match.slots.items() if k != "post"]
        low, high = min(u.first for u in used), max(u.last for u in used)
        high = max(high, match.inside[-1].last)
        words = [
            sentence.norm(i) for u in match.inside if not u.code for i in range(u.first, u.last) if low <= i < high
        ]
        if any(w in self._language.words["negation"] for w in words):
            return "denied"
        if any(w in self._language.words["undecided"] for w in words):
            return "planned"
        return "stated"


@cache
def _by_word(code: str) -> tuple[dict[str, list[int]], list[int]]:
    """For each trigger word the numbers of its patterns, and the patterns that need no certain word."""
    index: dict[str, list[int]] = {}
    always: list[int] = []
    for number, pattern in enumerate(load_patterns(code)):
        if not pattern.triggers or "*" in pattern.triggers:
            always.append(number)
        else:
            for word in pattern.triggers:
                index.setdefault(word, []).append(number)
    return index, always


def _match(pattern: Pattern, row: Row, found: re.Match[str]) -> Match | None:
    slots = {k: row.units[int(v)] for k, v in found.groupdict().items() if v and k != "end_"}
    first = row.text.count(" ", 0, found.start())
    last = row.text.count(" ", 0, found.end("end_"))
    if not slots.keys() & {"subject", "object"} or first >= last:
        return None
    return Match(pattern, row.units[first:last], row.units[last : last + 4], slots)


def _reaching(draft: Draft, place: Marker) -> Draft:
    """The draft with the words that name the place in its evidence."""
    draft.start, draft.end = min(draft.start, place.start), max(draft.end, place.end)
    return draft


def _seat(match: Match, body: Unit, language: Language) -> Marker | None:
    """The place that an office is for: in its own slot, else right after the body or the post ("… in Tanzania")."""
    if "place" in match.slots:
        return match.slots["place"].members[0]
    units = [*match.inside, *match.after]
    for anchor in (body, match.slots.get("post")):
        if anchor is None or anchor not in units:
            continue
        following = units[units.index(anchor) + 1 : units.index(anchor) + 4]
        if len(following) > 1 and following[0].text in language.words["unit_prepositions"]:
            place = following[1] if following[1].code else following[-1]
            if place.code in {COUNTRY, LOCATION}:
                return place.members[0]
    return None


def _shortest(thing: Thing) -> str:
    """An acronym where the thing has one, else its name."""
    return min((a for a in thing.aliases if a.isupper()), key=len, default=thing.label)
