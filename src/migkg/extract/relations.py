"""From patterns to statements: who is linked with whom, in the words of which stretch of the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migkg.extract.cast import Cast, Thing
from migkg.extract.sentence import (
    COUNTRY,
    NATIONALITY,
    PRONOUN,
    Marker,
    Sentence,
)
from migkg.extract.units import Shapes, Unit, grouped_units, single_units, without_insertions, write
from migkg.lexicon.language import Language
from migkg.lexicon.patterns import Pattern, load_patterns
from migkg.model.statement import Status
from migkg.model.vocabulary import RELATIONS

# What a partner ("in cooperation with") is, where the first actor stands in one of these relations.
PARTNER = {
    "organises": "organises",
    "implements": "partnersIn",
    "signs": "signs",
    "partnersIn": "partnersIn",
    "participatesIn": "participatesIn",
}


@dataclass(slots=True)
class Draft:
    """A statement between things, before the document's entities have their ids."""

    subject: Thing
    predicate: str
    object: Thing
    start: int
    end: int
    rule: str
    confidence: float
    status: Status = "stated"
    post: str | None = None
    amount: object = None


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence in one of its written forms."""

    units: list[Unit]
    text: str
    raw: bool


class Reader:
    """Applies the patterns of one language to the sentences of one document."""

    def __init__(self, cast: Cast, language: Language) -> None:
        self._cast = cast
        self._language = language
        self._patterns = load_patterns(language.code)
        self._shapes = Shapes(language)

    def read(self, sentence: Sentence) -> Iterator[Draft]:
        """Every statement that a pattern finds in the sentence."""
        words = {t.norm for t in sentence.tokens}
        patterns = [
            p for p in self._patterns if not p.triggers or "*" in p.triggers or not p.triggers.isdisjoint(words)
        ]
        if not patterns or not sentence.markers:
            return
        rows = self._rows(sentence)
        for pattern in patterns:
            for row in rows:
                if row.raw != pattern.raw:
                    continue
                for match in pattern.regex.finditer(row.text):
                    yield from self._statements(sentence, pattern, row, match)

    def _rows(self, sentence: Sentence) -> list[Row]:
        single = single_units(sentence)
        grouped = grouped_units(sentence, self._shapes)
        rows = [Row(single, write(single), True), Row(grouped, write(grouped), False)]
        shorter = without_insertions(grouped, self._language)
        if shorter:
            rows.append(Row(shorter, write(shorter), False))
        return rows

    def _statements(self, sentence: Sentence, pattern: Pattern, row: Row, match: re.Match[str]) -> Iterator[Draft]:
        slots = {k: row.units[int(v)] for k, v in match.groupdict().items() if v and k != "end_"}
        first = row.text.count(" ", 0, match.start())
        last = row.text.count(" ", 0, match.end("end_"))
        inside = row.units[first:last]
        if not inside or not slots.keys() & {"subject", "object"}:
            return
        start, end = sentence.tokens[inside[0].first].start, sentence.tokens[inside[-1].last - 1].end
        relation = RELATIONS[pattern.predicate]
        subjects = self._ends(slots.get("subject"), relation.subjects, pattern, start, sentence)
        objects = self._ends(slots.get("object"), relation.objects, pattern, start, sentence)
        status = self._status(sentence, slots, inside)
        post = slots.get("post")
        beside = slots.get("subject", Unit("", 0, 0))
        extra: list[tuple[Thing, str]] = []
        if pattern.predicate in PARTNER:
            partners = self._things(beside.partners, relation.subjects, start, sentence)
            extra += [(t, PARTNER[pattern.predicate]) for t in partners]
        if pattern.predicate == "funds":
            extra += [(t, "funds") for t in self._things(beside.channels, relation.subjects, start, sentence)]
        for thing, predicate in [*((s, pattern.predicate) for s in subjects), *extra]:
            for other in objects:
                if (
                    thing is not other
                    and thing.type in RELATIONS[predicate].subjects
                    and other.type in RELATIONS[predicate].objects
                ):
                    draft = Draft(thing, predicate, other, start, end, pattern.id, pattern.confidence, status)
                    if post is not None:
                        draft.post = self._cast.text[post.members[0].start : post.members[0].end]
                    yield draft

    def _ends(
        self, unit: Unit | None, wanted: frozenset[str], pattern: Pattern, place: int, sentence: Sentence
    ) -> list[Thing]:
        """The things at one end of a relation; where the pattern has no slot for it, what the text is about."""
        if unit is not None:
            return self._things(unit.members, wanted, place, sentence)
        focus = self._focus(sentence, set(pattern.focus.split("|")) & wanted if pattern.focus else set(wanted))
        return [focus] if focus is not None else []

    def _things(self, markers: list[Marker], wanted: frozenset[str], place: int, sentence: Sentence) -> list[Thing]:
        found = []
        for marker in markers:
            marker.located = marker.located or (marker.code == COUNTRY and markers[0].located)
            thing = self._thing(marker, wanted, place, sentence)
            if thing is not None and thing not in found:
                found.append(thing)
        return found

    def _thing(self, marker: Marker, wanted: frozenset[str], place: int, sentence: Sentence) -> Thing | None:
        if marker.code in {COUNTRY, NATIONALITY} and marker.country:
            if "Government" in wanted and not marker.located:
                thing = self._cast.government(marker.country, marker.name)
                marker.used_as.add("Government")
            elif "Place" in wanted:
                thing = self._cast.country(marker.country, marker.name)
                marker.used_as.add("Place")
            else:
                return None
            thing.mention(marker.start, marker.end, "country")
            return thing
        if marker.code == PRONOUN:
            return self._pronoun(marker, wanted, sentence)
        thing = marker.thing
        if thing is None or thing.type not in wanted:
            return None
        return thing

    def _pronoun(self, marker: Marker, wanted: frozenset[str], sentence: Sentence) -> Thing | None:
        """The nearest thing before that can play the part: in this sentence, else the first of the one before."""
        kinds = wanted - {"Person", "Place", "Government"}
        before = [
            m for m in sentence.markers if m.end <= marker.start and m.thing is not None and m.thing.type in kinds
        ]
        if before:
            return max(before, key=lambda m: m.start).thing
        place = sentence.start
        near = [
            (min(s for s, _, _ in t.spans if place - 600 < s < place), t)
            for t in self._cast.things
            if t.type in kinds and any(place - 600 < s < place for s, _, _ in t.spans)
        ]
        return max(near, key=lambda n: n[0])[1] if near else None

    def _focus(self, sentence: Sentence, kinds: set[str]) -> Thing | None:
        """What the text is about: the thing of these types named last up to this sentence, else the next one."""
        kinds = kinds & {"Event", "Programme", "Instrument"}
        candidates = [t for t in self._cast.things if t.type in kinds and t.spans]
        before = [(max((s for s, _, _ in t.spans if s < sentence.end), default=-1), t) for t in candidates]
        before = [b for b in before if b[0] >= 0]
        if before:
            return max(before, key=lambda b: b[0])[1]
        after = [(min(s for s, _, _ in t.spans), t) for t in candidates]
        return min(after, key=lambda a: a[0])[1] if after else None

    def _status(self, sentence: Sentence, slots: dict[str, Unit], inside: list[Unit]) -> Status:
        used = [u for k, u in slots.items() if k != "post"]
        low, high = min(u.first for u in used), max(u.last for u in used)
        words = [
            sentence.tokens[i].norm
            for u in inside
            for i in range(u.first, u.last)
            if not u.code and low <= u.first < max(high, inside[-1].last)
        ]
        if any(w in self._language.words["negation"] for w in words):
            return "denied"
        if any(w in self._language.words["undecided"] for w in words):
            return "planned"
        return "stated"
