"""When the events of a release take place: every time that it names goes to the event that it is said of, or to none.

A time belongs to an event of its own clause: "a workshop which UNODC concluded today", "hizo en diciembre una visita".
A relative clause belongs to what stands right before it, so that "the agreement that was signed in 2009" dates no
meeting. The verb and the preposition tell the first day from the last one and from the whole.
"""

import re
from collections import defaultdict

from migkg.extract.cast import Cast, Thing
from migkg.extract.lead import Lead
from migkg.extract.periods import Said, Timed, settle_period
from migkg.extract.sentence import COUNTRY, DATE, EVENT, INSTRUMENT, LOCATION, MONEY, PROGRAMME, Marker, Sentence
from migkg.lexicon.moments import event_words, moment_words
from migkg.model import Document
from migkg.text.moments import find_moments
from migkg.text.times import Moment

DATELINE = 6  # tokens before the date of a dateline, at most
FAR = 250  # characters between an event and its date, at most
NEAR = 40  # characters between an event and its year, at most
VERB = 160  # characters before a date in which a verb says whether it is the first or the last day
RIVAL = 30  # characters after an agreement or a programme in which a date is its own
PART = 20  # characters between "the opening" and what it opens, at most
OPENING = 25  # characters in which a sentence shows that it goes on about the event before it
_BRACKETS = re.compile(r"\([^()]*\)")
_HARD = re.compile(r"[;:!?()\"“”«»]|\.\s|\s-\s")


def date_events(cast: Cast, sentences: list[Sentence], document: Document, folded: str) -> None:
    """Give the events of a document their first and last day, as exactly as the text says them.

    Args:
        folded: the folded text of the document.
    """
    if any(t.type == "Event" for t in cast.things):
        _Dates(cast, sentences, document, folded).settle()


class _Dates:
    """The times of one document and the events that they are said of."""

    def __init__(self, cast: Cast, sentences: list[Sentence], document: Document, folded: str) -> None:
        self.cast, self.document, self.folded = cast, document, folded
        self.sentences = [s for s in sentences if not s.contact]
        self.words = event_words(cast.language.code)
        self.times = moment_words(cast.language.code)
        self.said: dict[int, list[Said]] = defaultdict(list)
        self.timed: list[Timed] = []
        self.published = document.published or self._dateline()

    def settle(self) -> None:
        """Read all sentences and date the events."""
        before: Sentence | None = None
        for sentence in self.sentences:
            self._read(sentence, before)
            before = sentence if not sentence.heading else before
        events = [t for t in self.cast.things if t.type == "Event"]
        for thing in events:
            settle_period(thing, self.said[id(thing)], self._lasting(thing))
        Lead(self.document, self.folded, self.sentences, self.timed, self.words.acts).date(events)

    def _moments(self, sentence: Sentence) -> list[Moment]:
        text = self.document.text
        found = find_moments(text, self.folded, sentence.start, sentence.end, self.times, self.published)
        names = [m for m in sentence.markers if m.code not in {DATE, EVENT}]
        return [
            m for m in found
            if not _is_dateline(sentence, m) and not any(n.start < m.end and m.start < n.end for n in names)
        ]  # fmt: skip

    def _dateline(self) -> str | None:
        """The day of the dateline where it has no year: what "today" means, as far as it is known."""
        for sentence in [s for s in self.sentences if not s.heading][:2]:
            for moment in find_moments(self.document.text, self.folded, sentence.start, sentence.end, self.times, None)[
                :1
            ]:
                if _is_dateline(sentence, moment) and moment.unit == "day" and not moment.last:
                    return moment.first if moment.first.startswith("--") else None
        return None

    def _read(self, sentence: Sentence, before: Sentence | None) -> None:
        events = [m for m in sentence.markers if m.code == EVENT and m.thing is not None and not self._another(m)]
        focus = self._focus(sentence, before) if not any(m.code == EVENT for m in sentence.markers) else None
        for moment in self._moments(sentence):
            role = self._preposition(sentence, moment)
            if role is None or self._quoted(sentence, moment):
                continue
            timed = Timed(moment, sentence, role)
            owner, rank = self._owner(sentence, events, timed)
            if owner is None and focus is not None and moment.unit == "day" and self._goes_on(sentence, moment):
                timed.owner, rank = focus, 1
            elif owner is not None:
                timed.owner = owner.thing
            if not moment.bare or timed.owner:
                self.timed.append(timed)
            if timed.owner is not None:
                role = self._verb(sentence, owner, timed)
                self.said[id(timed.owner)].append(Said(moment, role, rank))
                self._hand_on(events, owner, timed, rank)
        self._share(sentence, events)

    def _hand_on(self, events: list[Marker], part: Marker | None, timed: Timed, rank: int) -> None:
        """The day of "the opening of the conference" is the first one of the conference."""
        following = next((m for m in events if part is not None and 0 < m.start - part.end < PART), None)
        if part is None or following is None or timed.moment.last or timed.moment.unit != "day":
            return
        for pattern, role in ((self.words.begins, "first"), (self.words.ends, "last")):
            if pattern.search(self.folded, part.start, part.end):
                self.said[id(following.thing)].append(Said(timed.moment, role, rank))

    def _share(self, sentence: Sentence, events: list[Marker]) -> None:
        """An event without a date of its own shares the one date of its sentence."""
        own = [t for t in self.timed if t.sentence is sentence and not t.moment.bare and t.role == "whole"]
        if len(own) != 1 or own[0].moment.unit == "year":
            return
        for marker in events:
            if not self.said[id(marker.thing)] and not self._is_parted(marker, own[0].moment):
                self.said[id(marker.thing)].append(Said(own[0].moment, "whole", 3))

    def _another(self, marker: Marker) -> bool:
        """Whether it is said to be a different event than the one named so before: "the next meeting"."""
        thing = marker.thing
        if thing is None or all(start >= marker.start for start, _, _ in thing.spans):
            return False
        words = self.folded[max(0, marker.start - 12) : marker.start + 12].split()
        return any(self.cast.language.has("others", w) for w in words)

    def _is_parted(self, marker: Marker, moment: Moment) -> bool:
        """Whether the clause of an event ends between it and a date, or the two are too far apart."""
        start, end = (marker.end, moment.start) if marker.end <= moment.start else (moment.end, marker.start)
        gap = self.folded[start:end] if start <= end else ""
        return _parted(gap) or bool(self._clauses(start, end)) or len(gap) > FAR

    def _owner(self, sentence: Sentence, events: list[Marker], timed: Timed) -> tuple[Marker | None, int]:
        """The event of a moment, and how surely it is the one (0 is the surest)."""
        moment = timed.moment
        inside = next((m for m in events if m.start <= moment.start and moment.end <= m.end), None)
        if inside is not None:
            return (None, 9) if moment.bare else (inside, 0)
        left = max((m for m in events if m.end <= moment.start), key=lambda m: m.end, default=None)
        right = min((m for m in events if m.start >= moment.end), key=lambda m: m.start, default=None)
        if left is not None and not self._reaches(sentence, left, moment):
            left = None
        if right is not None and (timed.role != "whole" or self._is_parted(right, moment)):
            right = None
        if left is not None and right is not None and self._nearer(left, right, moment):
            left = None
        owner = left or right
        if owner is None:
            return None, 9
        if moment.unit == "year" and not self._beside(owner, moment):
            return None, 9
        return owner, 2 if moment.unit == "year" else 0 if owner is left else 1

    def _nearer(self, left: Marker, right: Marker, moment: Moment) -> bool:
        """Whether a comma parts the event before a date from it, and none the event after it."""
        before, after = self.folded[left.end : moment.start], self.folded[moment.end : right.start]
        return "," in before and "," not in after and len(after) < len(before)

    def _beside(self, marker: Marker, moment: Moment) -> bool:
        start, end = (marker.end, moment.start) if marker.end <= moment.start else (moment.end, marker.start)
        gap = self.folded[start:end]
        return len(gap) <= NEAR and "," not in gap and (not moment.bare or marker.end <= moment.start)

    def _reaches(self, sentence: Sentence, event: Marker, moment: Moment) -> bool:
        """Whether what is said of an event goes on up to a date after it."""
        gap = self.folded[event.end : moment.start]
        if len(gap) > FAR or _parted(gap):
            return False
        rivals = [m for m in sentence.markers if m.code in {INSTRUMENT, PROGRAMME} and event.end <= m.start]
        if any(0 <= moment.start - m.end < RIVAL and "," not in self.folded[m.end : moment.start] for m in rivals):
            return False
        clauses = self._clauses(event.end, moment.start)
        if not clauses:
            return True
        between = [m for m in sentence.markers if event.end <= m.start and m.end <= clauses[-1].start()]
        if all(m.code in {DATE, MONEY, LOCATION, COUNTRY} for m in between):
            return True
        # "the workshop, which Japan funded, was held on 3 May": the clause about the other thing has closed.
        return "," in self.folded[clauses[-1].end() : moment.start]

    def _clauses(self, start: int, end: int) -> list[re.Match[str]]:
        """The words that open relative clauses; "WHO" is none."""
        found = self.words.relatives.finditer(self.folded, start, max(start, end))
        return [m for m in found if not self.document.text[m.start() : m.end()].isupper()]

    def _preposition(self, sentence: Sentence, moment: Moment) -> str | None:
        """ "first" or "last" day by the word before a date, else "whole"; ``None`` where it only lies around it."""
        if moment.last:
            return "whole"
        before = self.folded[max(sentence.start, moment.start - 24) : moment.start]
        before = re.sub(r"(?<=[\s'])(?:le|la|el|los|the|l'|ce|este)\s*$", "", before)
        if self.words.around.search(before):
            return None
        return "first" if self.words.since.search(before) else "last" if self.words.until.search(before) else "whole"

    def _verb(self, sentence: Sentence, owner: Marker | None, timed: Timed) -> str:
        """The role of a date by the verb nearest before it, or between it and the event after it."""
        moment = timed.moment
        if moment.last or timed.role != "whole" or moment.unit != "day":
            return timed.role
        start = max(sentence.start, moment.start - VERB)
        clear = _BRACKETS.sub(lambda m: " " * len(m.group()), self.folded[start : moment.start - 1])
        stretches = [(max([start, *(start + m.end() for m in _HARD.finditer(clear))]), moment.start)]
        if owner is not None and owner.start >= moment.end:
            stretches.append((moment.end, owner.start))
        for begin, end in stretches:
            found = [
                (match.start(), role)
                for pattern, role in (
                    (self.words.begins, "first"), (self.words.ends, "last"), (self.words.takes_place, "whole")
                )
                for match in pattern.finditer(self.folded, begin, end)
            ]  # fmt: skip
            if found:
                return max(found)[1]
        return "whole"

    def _focus(self, sentence: Sentence, before: Sentence | None) -> Thing | None:
        """The event that a sentence without one goes on about."""
        if before is None or before.block < sentence.block - 1:
            return None
        markers = [m for m in before.markers if m.code in {EVENT, INSTRUMENT, PROGRAMME} and m.thing is not None]
        things = {id(m.thing): m.thing for m in markers if m.code == EVENT}
        last = max(markers, key=lambda m: m.start, default=None)
        return last.thing if last is not None and last.code == EVENT and len(things) == 1 else None

    def _goes_on(self, sentence: Sentence, moment: Moment) -> bool:
        """Whether a sentence says of the event before it when it takes place: "Held from …", "It started on …"."""
        opening = self.folded[sentence.start : sentence.start + OPENING]
        verbs = (self.words.begins, self.words.ends, self.words.takes_place)
        spoken = any(v.search(self.folded, sentence.start, moment.start) for v in verbs)
        opens = self.words.pronouns.match(opening) or any(v.search(opening) for v in verbs)
        rivals = [m for m in sentence.markers if m.code in {INSTRUMENT, PROGRAMME} and m.end <= moment.start]
        return bool(spoken and opens) and not rivals and not _HARD.search(self.folded, sentence.start, moment.start)

    def _quoted(self, sentence: Sentence, moment: Moment) -> bool:
        """Whether somebody quoted says it: a speaker's "today" is no date of the event."""
        said = self.document.text[self.document.blocks[sentence.block].start : moment.start]
        return said.count("“") > said.count("”") or said.count("«") > said.count("»") or said.count('"') % 2 == 1

    def _lasting(self, thing: Thing) -> int | None:
        """How many days the text says that an event lasts."""
        for start, end, _ in thing.spans:
            match = self.words.lasting.search(self.folded, max(0, start - 12), end + 16)
            if match:
                number = re.search(r"\w+(?=[\s-]+\w+$)", match.group())
                return self.words.numbers.get(number.group()) if number else None
        return None


def _parted(gap: str) -> bool:
    """Whether a clause ends in a gap; what stands in brackets, and the end of a quoted name, does not end one."""
    return bool(_HARD.search(_BRACKETS.sub("", gap).lstrip('»”"').rstrip(" (")))


def _is_dateline(sentence: Sentence, moment: Moment) -> bool:
    """Whether a date stands in a dateline ("GENEVA, 4 June 2004 -"): the day of the release, not of what it tells."""
    first = next((i for i, t in enumerate(sentence.tokens) if t.end > moment.start), len(sentence.tokens))
    last = next((i for i, t in enumerate(sentence.tokens) if t.start >= moment.end), len(sentence.tokens))
    short = last == len(sentence.tokens) and not any(m.code == EVENT for m in sentence.markers)
    return first <= DATELINE and moment.unit == "day" and (sentence.norm(last) in {"-", ".", ":", ")", "|"} or short)
