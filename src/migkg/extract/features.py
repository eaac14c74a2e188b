"""What a sentence shows of a pair of things: the features that the trained model weighs.

They name only what is the same in all languages: kinds of mention, classes of verbs and cue words (the frames and cues
of the lexicon), classes of prepositions, order, distance, and who else stands nearer.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from migkg.extract.cast import Thing
from migkg.extract.sentence import COUNTRY, Marker, Sentence, Unit
from migkg.lexicon.language import Language, Words
from migkg.model.vocabulary import ACTOR_TYPES

LEAD = 3  # sentences at the beginning that say what the text is about
NEAR = 6  # units beside a pair whose verbs still speak of it
VERB_REACH = 10  # units between a verb and its subject or object
UNSAID = {"focus": "v", "main": "m", "before": "u"}  # what a sentence does not name, by how it comes in
_PARTING = frozenset(",;:(")  # signs after which a word is said of something else
_OTHERS = frozenset("ACPREIX")  # kinds of mention that may be the subject or object in place of an end


@dataclass(frozen=True, slots=True)
class Cell:
    """A thing at one place of a sentence: a member, partner or channel of a unit, or what the text is about."""

    thing: Thing
    unit: int
    marker: Marker | None
    role: str
    group: str


def group_of(kind: str) -> str:
    """``actor`` for every type of actor, else the type."""
    return "actor" if kind in ACTOR_TYPES else kind


class Scene:
    """A sentence with all that stands in it, ready to be asked about its pairs."""

    def __init__(
        self,
        sentence: Sentence,
        units: list[Unit],
        shape: str,
        cells: list[Cell],
        classes: list[tuple[int, str]],
        language: Language,
    ) -> None:
        self.units, self.cells = units, cells
        self._shape, self._classes, self._language = shape, classes, language
        self._articles: Words = language.words["articles"] - language.prepositions.keys()
        self._money = [n for n, letter in enumerate(shape) if letter == "M"]
        self._general = [n for n, said in (("heading", sentence.heading), ("contact", sentence.contact)) if said]
        if self._money:
            self._general.append("money")
        if sentence.index < LEAD:
            self._general.append("lead")
        words = language.words
        self._doubtful = [(n, x) for n, u in enumerate(units) for x in ("negation", "undecided") if u.text in words[x]]
        self._ruled: dict[int, list[str]] = {}
        self._own: dict[tuple[int, str], list[str]] = {}
        self._ordered: dict[tuple[int, str, str], list[str]] = {}
        self._verbs: dict[int, dict[tuple[int, str], str]] = {}
        self._span: dict[tuple[int, int, str], list[str]] = {}

    def collect(self, one: Cell, other: Cell, features: set[str]) -> None:
        """Add the features of the pair with ``one`` as subject and ``other`` as object."""
        order = next((UNSAID[c.role] for c in (one, other) if c.marker is None), "")
        order = order or ("f" if one.unit <= other.unit else "r")
        low, high = (one.unit, other.unit) if one.unit <= other.unit else (other.unit, one.unit)
        between = self._span.get((low, high, order))
        if between is None:
            between = self._span[low, high, order] = self._both(low, high, order)
        features.update(between, self._general)
        for name, cell in (("s", one), ("o", other)):
            features.update(self._end(name, cell), self._end_in(name, cell, order))
        self._rivals(one, other, order, features)
        if one.unit == other.unit:
            features.add(f"same:{one.role}:{other.role}")

    def doubts(self, one: Cell, other: Cell) -> frozenset[str]:
        """What denies or leaves open what is said of two names: ``negation`` or ``undecided``, ``:b`` between them."""
        low, high = sorted((one.unit, other.unit))
        return frozenset(self._doubts(low, high))

    def _both(self, low: int, high: int, order: str) -> list[str]:
        """What stands between two units, and the verbs that stand beside both."""
        unsaid = order not in "fr"
        high = min(high, len(self.units))
        found = [order + name for name in self._between(low, high, unsaid)]
        found.append(f"{order}:d{bucket(high - low)}")
        found += self._doubts(low, high)
        if not unsaid:
            found += [f"{order}ruled:{name}" for name in self._ruling(low) if name in self._ruling(high)]
            found += self._paid(low, high)
            verbs = self._verbs_at(high)
            found += [f"{order}sov:{verb[1]}" for verb in self._verbs_at(low) if verb in verbs]
        return found

    def _doubts(self, low: int, high: int) -> Iterator[str]:
        """Whether a word between two units, or soon after them in the clause, denies or leaves open what they say."""
        for at, name in self._doubtful:
            if low < at < high + NEAR and _PARTING.isdisjoint(u.text for u in self.units[high + 1 : at + 1]):
                yield f"{name}:{'b' if at < high else 'r'}"

    def _end(self, name: str, cell: Cell) -> list[str]:
        """What one end is and what stands beside it, wherever the other end is."""
        found = self._own.get((id(cell), name))
        if found is None:
            found = [f"{name}:{cell.role}"]
            if cell.marker is not None:
                found.append(f"{name}:c{cell.marker.code}")
                if cell.marker.code == COUNTRY:
                    sure = cell.marker.acts if cell.thing.type == "Government" else 1 - cell.marker.acts
                    found.append(f"{name}:sure{int(4 * sure)}")
                members = self.units[cell.unit].members
                if members and cell.marker is not members[0]:
                    found.append(f"{name}:listed")
                found.append(f"{name}:list{bucket(len(members))}")
                before = self._before(cell.unit)
                for (_, verb), side in self._verbs_at(cell.unit).items():
                    found.append(f"{name}:{side}v:{verb}")
                    if side == "l":
                        found.append(f"{name}:lp:{verb}:{before}")
            self._own[id(cell), name] = found
        return found

    def _end_in(self, name: str, cell: Cell, order: str) -> list[str]:
        """The words around one end, by where the other is; the verbs once more where the other is not named."""
        found = self._ordered.get((id(cell), name, order))
        if found is None:
            found = []
            if cell.marker is not None:
                found += [f"{name}:{order}p:{self._before(cell.unit)}", f"{name}:{order}n:{self._after(cell.unit)}"]
                found += [f"{name}:{order}g:{verb}" for verb in self._ruling(cell.unit)]
                if order not in "fr":
                    found += [f"{name}:{side}u:{verb}" for (_, verb), side in self._verbs_at(cell.unit).items()]
            self._ordered[id(cell), name, order] = found
        return found

    def _verbs_at(self, unit: int) -> dict[tuple[int, str], str]:
        """Verbs and cues beside a unit with no other actor or object between: (place, class) → left or right."""
        found = self._verbs.get(unit)
        if found is None:
            found = {}
            for at, name in self._classes:
                low, high = (at, unit) if at < unit else (unit + 1, at)
                if high - low <= VERB_REACH and _OTHERS.isdisjoint(self._shape[low:high]):
                    found[at, name] = "l" if at < unit else "r"
            self._verbs[unit] = found
        return found

    def _ruling(self, unit: int) -> list[str]:
        """The last verbs and cues before a unit, however long the list between, and what stands between in short."""
        found = self._ruled.get(unit)
        if found is None:
            at = max((a for a, _ in self._classes if a < unit), default=None)
            found = [] if at is None else [f"{n}" for a, n in self._classes if a == at]
            self._ruled[unit] = found
        return found

    def _paid(self, low: int, high: int) -> Iterator[str]:
        """How a sum of money stands to a pair: between its ends or beside them, with nobody nearer or somebody."""
        for at in self._money:
            side = "m" if low < at < high else "l" if at <= low else "r"
            parts = sorted((low, at, high))
            inside = "".join(self._shape[parts[0] + 1 : parts[2]])
            near = "near" if _OTHERS.isdisjoint(inside) else "far"
            yield f"paid:{side}:{near}"
            if side == "m":
                yield f"paid:{side}:{near}:{self._before(high)}:{bucket(high - at)}"

    def _rivals(self, one: Cell, other: Cell, order: str, found: set[str]) -> None:
        """Whether another thing of the same kind stands nearer to the other end, on the same side or beyond."""
        gap = abs(one.unit - other.unit)
        for cell in self.cells:
            if cell.thing is one.thing or cell.thing is other.thing or cell.marker is None:
                continue
            if cell.group == other.group and cell.unit != other.unit and abs(cell.unit - one.unit) < gap:
                same = (cell.unit < one.unit) == (other.unit < one.unit)
                found.add(f"o:rival{order}{'m' if same else 'x'}")
            if cell.group == one.group and cell.unit != one.unit and abs(cell.unit - other.unit) < gap:
                same = (cell.unit < other.unit) == (one.unit < other.unit)
                found.add(f"s:rival{order}{'m' if same else 'x'}")

    def _between(self, low: int, high: int, focus: bool) -> Iterator[str]:
        """The verbs, mentions and prepositions between two units and beside them."""
        for at, name in self._classes:
            if low < at < high:
                yield f"b:{name}"
            elif high <= at <= high + NEAR:
                yield f"r:{name}"
            elif low - NEAR <= at < low:
                yield f"l:{name}"
        for letter in set(self._shape[low + 1 : high]) - {"w", "p"}:
            yield f"m:{letter}"
        if not focus:
            second = self._before(high)
            yield f"p2:{second}"
            for at, name in self._classes:
                if low < at < high:
                    yield f"bp:{name}:{second}"
            if high - low <= 3:
                yield f"w:{' '.join(self._word(u) for u in self.units[low + 1 : high])}"

    def _word(self, unit: Unit) -> str:
        if unit.code:
            return unit.code
        if unit.text in self._articles:
            return "a"
        return self._language.prepositions.get(unit.text, unit.text if not unit.text[0].isalnum() else "w")

    def _before(self, at: int) -> str:
        i = at - 1
        while i >= 0 and self.units[i].text in self._articles:
            i -= 1
        return self._word(self.units[i]) if i >= 0 else "begin"

    def _after(self, at: int) -> str:
        return self._word(self.units[at + 1]) if at + 1 < len(self.units) else "end"


def bucket(distance: int) -> str:
    """A distance in units, coarser the longer it is."""
    if distance < 4:
        return str(distance)
    return "4-6" if distance < 7 else "7-11" if distance < 12 else "12-20" if distance < 21 else "far"
