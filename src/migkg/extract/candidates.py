"""Every pair of things that a relation could link, with what the text shows of the pair.

The features name only what is the same in all languages: kinds of mention, classes of verbs (the frames of the
lexicon), classes of prepositions, order, distance, and the rules that fired. So one model serves every language, and a
new language needs no training of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from migkg.extract.cast import Cast, Thing
from migkg.extract.relations import Draft
from migkg.extract.roles import Roles
from migkg.extract.sentence import COUNTRY, EVENT, NATIONALITY, PROGRAMME, PRONOUN, Marker, Sentence, Unit
from migkg.extract.units import Shapes, grouped_units
from migkg.lexicon.language import Language
from migkg.lexicon.patterns import load_triggers
from migkg.model.vocabulary import ACTOR_TYPES, RELATIONS

REACH = 45  # units between two mentions of a pair
NEAR = 6  # units beside a pair whose verbs still speak of it


@dataclass(slots=True, eq=False)
class Candidate:
    """A pair of things, with its features and the stretch of text that shows it best."""

    subject: Thing
    object_: Thing
    features: set[str] = field(default_factory=set)
    distance: int = 1000
    start: int = 0
    end: int = 0
    predicates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A thing at one place of a sentence."""

    thing: Thing
    unit: int
    marker: Marker | None
    role: str


class Pairs:
    """Collects the candidates of one document."""

    def __init__(self, cast: Cast, language: Language) -> None:
        self._cast = cast
        self._language = language
        self._shapes = Shapes(language)
        self._roles = Roles(cast, language)
        self._triggers = load_triggers(language.code)
        self._longest = max(map(len, self._triggers), default=1)
        self._found: dict[tuple[int, int], Candidate] = {}

    def collect(self, sentences: list[Sentence], drafts: Iterable[Draft]) -> list[Candidate]:
        """All candidates, with the rules that spoke for each among its features."""
        for sentence in sentences:
            self._sentence(sentence)
        for draft in drafts:
            self._rule(draft)
        self._document()
        return list(self._found.values())

    def _sentence(self, sentence: Sentence) -> None:
        units = grouped_units(sentence, self._shapes)
        cells = list(self._cells(sentence, units))
        if len(cells) < 2:
            return
        classes = self._classes(units)
        shape = self._shapes.shape(units)
        self._cells_now = cells
        self._money = "M" in shape
        self._gap = {}
        for one in cells:
            for other in cells:
                if one.thing is not other.thing and abs(one.unit - other.unit) <= REACH:
                    predicates = legal(one.thing.type, other.thing.type)
                    if predicates:
                        self._pair(sentence, units, shape, classes, one, other, predicates)

    def _cells(self, sentence: Sentence, units: list[Unit]) -> Iterator[Cell]:
        kinds: set[str] = set()
        for number, unit in enumerate(units):
            for role, markers in (("member", unit.members), ("partner", unit.partners), ("channel", unit.channels)):
                for marker in markers:
                    kinds.add(marker.code)
                    for thing in self._readings(sentence, marker):
                        yield Cell(thing, number, marker, role)
        for code, kind in ((EVENT, "Event"), (PROGRAMME, "Programme")):
            if code not in kinds:
                focus = self._roles.focus(sentence, frozenset({kind}))
                if focus is not None:
                    yield Cell(focus, len(units), None, "focus")

    def _readings(self, sentence: Sentence, marker: Marker) -> list[Thing]:
        if marker.code in {COUNTRY, NATIONALITY} and marker.country:
            state = self._cast.government(marker.country, marker.name, enter=False)
            place = self._cast.country(marker.country, marker.name, enter=False)
            return [state] if marker.code == NATIONALITY else [place] if marker.located else [state, place]
        if marker.code == PRONOUN:
            thing = self._roles.pronoun(marker, sentence)
            return [thing] if thing is not None else []
        return [marker.thing] if marker.thing is not None else []

    def _classes(self, units: list[Unit]) -> list[tuple[int, str]]:
        """(unit, class) of every verb of a frame in the row."""
        found = []
        texts = [u.text for u in units]
        for i in range(len(texts)):
            for size in range(min(self._longest, len(texts) - i), 0, -1):
                ids = self._triggers.get(tuple(texts[i : i + size]))
                if ids:
                    found += [(i, c) for c in ids]
                    break
        return found

    def _pair(
        self,
        sentence: Sentence,
        units: list[Unit],
        shape: str,
        classes: list[tuple[int, str]],
        one: Cell,
        other: Cell,
        predicates: tuple[str, ...],
    ) -> None:
        key = (id(one.thing), id(other.thing))
        candidate = self._found.get(key)
        if candidate is None:
            candidate = self._found[key] = Candidate(one.thing, other.thing, predicates=predicates)
        low, high = sorted((one.unit, other.unit))
        distance = high - low
        focus = "focus" in (one.role, other.role)
        features = candidate.features
        order = "v" if focus else "f" if one.unit <= other.unit else "r"
        features.update(self._between(units, shape, classes, low, high, order))
        features.add(f"{order}:d{_bucket(distance)}")
        for name, cell in (("s", one), ("o", other)):
            features.add(f"{name}:{cell.role}")
            if cell.marker is not None:
                features.add(f"{name}:c{cell.marker.code}")
                features.add(f"{name}:{order}p:{self._before(units, cell.unit)}")
                features.add(f"{name}:{order}n:{self._after(units, cell.unit)}")
                if units[cell.unit].members and cell.marker is not units[cell.unit].members[0]:
                    features.add(f"{name}:listed")
        features.update(self._rivals(one, other, order))
        features.update(self._grammar(shape, classes, one, other, order))
        if one.unit == other.unit:
            features.add(f"same:{one.role}:{other.role}")
        if sentence.heading:
            features.add("heading")
        if sentence.contact:
            features.add("contact")
        if distance + (50 if focus else 0) < candidate.distance:
            candidate.distance = distance + (50 if focus else 0)
            candidate.start, candidate.end = _span(sentence, units, one, other)

    def _rivals(self, one: Cell, other: Cell, order: str) -> Iterator[str]:
        """Whether another thing of the same kind stands nearer to the other end."""
        gap = abs(one.unit - other.unit)
        a, b = group(one.thing.type), group(other.thing.type)
        for c in self._cells_now:
            if c.thing is one.thing or c.thing is other.thing or c.role == "focus":
                continue
            if group(c.thing.type) == b and c.unit != other.unit and abs(c.unit - one.unit) < gap:
                yield f"o:rival{order}{'m' if (c.unit < one.unit) == (other.unit < one.unit) else 'x'}"
            if group(c.thing.type) == a and c.unit != one.unit and abs(c.unit - other.unit) < gap:
                yield f"s:rival{order}{'m' if (c.unit < other.unit) == (one.unit < other.unit) else 'x'}"

    def _grammar(self, shape: str, classes: list[tuple[int, str]], one: Cell, other: Cell, order: str) -> Iterator[str]:
        """The verbs next to each end with no other actor between, and those next to both."""
        near = {}
        for name, cell in (("s", one), ("o", other)):
            if cell.marker is None:
                continue
            found = set()
            for at, c in classes:
                low, high = (at, cell.unit) if at < cell.unit else (cell.unit + 1, at)
                if high - low <= 10 and not set(shape[low:high]) & set("ACPREIX"):
                    found.add((c, at))
                    yield f"{name}:{'l' if at < cell.unit else 'r'}v:{c}"
            near[name] = found
        if len(near) == 2:
            for c, _ in near["s"] & near["o"]:
                yield f"{order}sov:{c}"
        if self._money:
            yield "money"

    def _between(
        self, units: list[Unit], shape: str, classes: list[tuple[int, str]], low: int, high: int, order: str
    ) -> Iterator[str]:
        for at, name in classes:
            if low < at < high:
                yield f"{order}b:{name}"
            elif high <= at <= high + NEAR:
                yield f"{order}r:{name}"
            elif low - NEAR <= at < low:
                yield f"{order}l:{name}"
        middle = shape[low + 1 : high]
        for letter in set(middle) - {"w", "p"}:
            yield f"{order}m:{letter}"
        if order != "v":
            second = self._before(units, high)
            yield f"{order}p2:{second}"
            for at, name in classes:
                if low < at < high:
                    yield f"{order}bp:{name}:{second}"
            if high - low <= 3:
                yield f"{order}w:{' '.join(self._word(u) for u in units[low + 1 : high])}"

    def _word(self, unit: Unit) -> str:
        if unit.code:
            return unit.code
        if self._language.has("articles", unit.text) and unit.text not in self._language.prepositions:
            return "a"
        return self._language.prepositions.get(unit.text, unit.text if not unit.text[0].isalnum() else "w")

    def _before(self, units: list[Unit], at: int) -> str:
        i = at - 1
        while (
            i >= 0
            and self._language.has("articles", units[i].text)
            and units[i].text not in self._language.prepositions
        ):
            i -= 1
        return self._word(units[i]) if i >= 0 else "begin"

    def _after(self, units: list[Unit], at: int) -> str:
        return self._word(units[at + 1]) if at + 1 < len(units) else "end"

    def _rule(self, draft: Draft) -> None:
        """Let the pair know that a rule spoke for it, and of which relation."""
        subject, object_ = draft.subject, draft.object_
        key = (id(subject), id(object_))
        predicates = legal(subject.type, object_.type)
        if draft.predicate not in predicates:
            return
        candidate = self._found.get(key)
        if candidate is None:
            candidate = self._found[key] = Candidate(subject, object_, predicates=predicates)
            candidate.start, candidate.end = draft.start, draft.end
        rule = draft.rule.partition(".")[2] if draft.rule[2:3] == "." else draft.rule
        candidate.features.update(("rule", f"rule:{draft.predicate}"))
        candidate.features.add(f"rule:{rule}")
        if draft.status != "stated":
            candidate.features.add(f"status:{draft.status}")

    def _document(self) -> None:
        """What the whole document says of the two ends."""
        counts = {id(t): len(t.spans) for t in self._cast.things}
        top = max((t for t in self._cast.things if t.type in ACTOR_TYPES), key=lambda t: len(t.spans), default=None)
        sizes: dict[str, int] = {}
        for thing in self._cast.things:
            sizes[thing.type] = sizes.get(thing.type, 0) + 1
        for candidate in self._found.values():
            for name, thing in (("s", candidate.subject), ("o", candidate.object_)):
                candidate.features.add(f"{name}:t{thing.type}")
                candidate.features.add(f"{name}:n{min(counts.get(id(thing), 0), 4)}")
                if thing is top:
                    candidate.features.add(f"{name}:top")
                if not thing.named:
                    candidate.features.add(f"{name}:described")
                if thing.plural:
                    candidate.features.add(f"{name}:plural")
                if thing.type in {"Event", "Programme"} and sizes[thing.type] == 1:
                    candidate.features.add(f"{name}:only")


def group(kind: str) -> str:
    return "actor" if kind in ACTOR_TYPES else kind


def _bucket(distance: int) -> str:
    return (
        str(distance)
        if distance < 4
        else "4-6"
        if distance < 7
        else "7-11"
        if distance < 12
        else "12-20"
        if distance < 21
        else "far"
    )


def _span(sentence: Sentence, units: list[Unit], one: Cell, other: Cell) -> tuple[int, int]:
    spots = [units[c.unit] for c in (one, other) if c.unit < len(units)]
    if len(spots) < 2:
        return sentence.start, sentence.end
    return sentence.tokens[min(u.first for u in spots)].start, sentence.tokens[max(u.last for u in spots) - 1].end


_LEGAL: dict[tuple[str, str], tuple[str, ...]] = {}


def legal(subject: str, object_: str) -> tuple[str, ...]:
    """The relations that may link things of two types in a release."""
    key = (subject, object_)
    if key not in _LEGAL:
        _LEGAL[key] = tuple(
            p for p, r in RELATIONS.items() if p != "reportsTo" and subject in r.subjects and object_ in r.objects
        )
    return _LEGAL[key]
