"""Who plays a part in a relation: from a mention in a sentence to the thing that it stands for."""

from collections.abc import Collection

from migkg.extract.cast import Cast, Thing
from migkg.extract.sentence import COUNTRY, NATIONALITY, PRONOUN, Marker, Sentence
from migkg.lexicon.language import Language
from migkg.model.vocabulary import ACTOR_TYPES

NEAR = 600  # characters: how far back a pronoun may reach
FOCUS = frozenset({"Event", "Programme", "Instrument"})


class Roles:
    """Resolves the mentions of one document."""

    def __init__(self, cast: Cast, language: Language) -> None:
        self._cast = cast
        self._language = language

    def fill(self, markers: list[Marker], wanted: frozenset[str], sentence: Sentence) -> list[Thing]:
        """The things that can play a part, one for each mention that has one.

        A country becomes its government where an actor is wanted, its place where a place is.
        """
        found: list[Thing] = []
        for marker in markers:
            marker.located = marker.located or (marker.code == COUNTRY and markers[0].located)
            thing = self._thing(marker, wanted, sentence)
            if thing is not None and thing not in found:
                found.append(thing)
        return found

    def fillable(self, markers: list[Marker], wanted: frozenset[str], sentence: Sentence) -> bool:
        """Whether ``fill`` would find anybody; nothing is entered in the cast."""
        for marker in markers:
            if marker.code in {COUNTRY, NATIONALITY}:
                located = marker.located or (marker.code == COUNTRY and markers[0].located)
                if ("Government" in wanted and not located) or "Place" in wanted:
                    return True
            elif marker.code == PRONOUN:
                if self._pronoun(marker, wanted, sentence) is not None:
                    return True
            elif marker.thing is not None and marker.thing.type in wanted:
                return True
        return False

    def _thing(self, marker: Marker, wanted: frozenset[str], sentence: Sentence) -> Thing | None:
        if marker.code in {COUNTRY, NATIONALITY} and marker.country:
            if "Government" in wanted and not marker.located:
                thing = self._cast.government(marker.country, marker.name, enter=False)
            elif "Place" in wanted:
                thing = self._cast.country(marker.country, marker.name, enter=False)
            else:
                return None
            return thing
        if marker.code == PRONOUN:
            return self._pronoun(marker, wanted, sentence)
        return marker.thing if marker.thing is not None and marker.thing.type in wanted else None

    def _pronoun(self, marker: Marker, wanted: frozenset[str], sentence: Sentence) -> Thing | None:
        """What a pronoun stands for: right before a relative one, else the nearest before, else the sentence before."""
        if self._language.has("relatives", marker.name):
            i = marker.first - 1
            while sentence.norm(i) in {",", "(", ")", "-"} and sentence.marker_at(i) is None:
                i -= 1
            near = sentence.marker_at(i)
            return near.thing if near is not None and near.thing is not None and near.thing.type in wanted else None
        kinds = wanted - {"Person", "Place", "Government"}
        before = [
            m for m in sentence.markers if m.end <= marker.start and m.thing is not None and m.thing.type in kinds
        ]
        if before:
            return max(before, key=lambda m: m.start).thing
        place = sentence.start
        nearby = [
            (min(s for s, _, _ in t.spans if place - NEAR < s < place), t)
            for t in self._cast.things
            if t.type in kinds and any(place - NEAR < s < place for s, _, _ in t.spans)
        ]
        return max(nearby, key=lambda n: n[0])[1] if nearby else None

    def pronoun(self, marker: Marker, sentence: Sentence) -> Thing | None:
        """What a pronoun most likely stands for, whatever part it plays."""
        return self._pronoun(marker, ACTOR_TYPES | FOCUS, sentence)

    def focus(self, sentence: Sentence, kinds: frozenset[str], but: Collection[Thing] = ()) -> Thing | None:
        """What the text is about just then: the thing of these types that the sentence names, else the one named last
        of those that are named more than once, else the next to come.

        Args:
            but: things that it cannot be.
        """
        if kinds == {"Government"}:
            country = self._cast.main_country()
            return self._cast.government(country, "") if country else None
        candidates = [t for t in self._cast.things if t.type in kinds & FOCUS and t.spans and t not in but]
        before = [(max((s for s, _, _ in t.spans if s < sentence.end), default=-1), t) for t in candidates]
        before = [b for b in before if b[0] >= 0]
        if before:
            return max(before, key=lambda b: (b[0] >= sentence.start, len({s for s, _, _ in b[1].spans}) > 1, b[0]))[1]
        after = [(min(s for s, _, _ in t.spans), t) for t in candidates]
        return min(after, key=lambda a: a[0])[1] if after else None
