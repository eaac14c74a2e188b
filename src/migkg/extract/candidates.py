"""Every pair of things that a relation could link, with what the text shows of the pair.

One model serves every language (see ``extract.features``), and a new language needs no training of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from migkg.extract.cast import Cast, Thing
from migkg.extract.features import Cell, Scene, group_of
from migkg.extract.relations import Draft
from migkg.extract.roles import Roles
from migkg.extract.sentence import COUNTRY, EVENT, NATIONALITY, PROGRAMME, PRONOUN, Marker, Sentence, Unit
from migkg.extract.units import Shapes, grouped_units
from migkg.lexicon.language import Language
from migkg.lexicon.patterns import load_triggers
from migkg.model.vocabulary import ACTOR_TYPES, RELATIONS

MOST = 80  # things looked at in one sentence: a list of hundreds would take a time that grows with its square
REACH = 45  # units between two mentions of a pair


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
    doubts: frozenset[str] = frozenset()  # what the quoted words leave open or deny


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
        cells = list(islice(self._cells(sentence, units), MOST))
        if len(cells) < 2:
            return
        classes = self._classes(units)
        scene = Scene(sentence, units, self._shapes.shape(units), cells, classes, self._language)
        for one in cells:
            for other in cells:
                if one.thing is not other.thing and abs(one.unit - other.unit) <= REACH:
                    predicates = legal(one.thing.type, other.thing.type)
                    if predicates:
                        self._pair(sentence, scene, one, other, predicates)

    def _cells(self, sentence: Sentence, units: list[Unit]) -> Iterator[Cell]:
        kinds: set[str] = set()
        for number, unit in enumerate(units):
            for role, markers in (("member", unit.members), ("partner", unit.partners), ("channel", unit.channels)):
                for marker in markers:
                    kinds.add(marker.code)
                    for thing in self._readings(sentence, marker):
                        yield Cell(thing, number, marker, role, group_of(thing.type))
        for code, kind in ((EVENT, "Event"), (PROGRAMME, "Programme")):
            if code not in kinds:
                focus = self._roles.focus(sentence, frozenset({kind}))
                if focus is not None:
                    yield Cell(focus, len(units), None, "focus", group_of(kind))

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

    def _pair(self, sentence: Sentence, scene: Scene, one: Cell, other: Cell, predicates: tuple[str, ...]) -> None:
        key = (id(one.thing), id(other.thing))
        candidate = self._found.get(key)
        if candidate is None:
            candidate = self._found[key] = Candidate(one.thing, other.thing, predicates=predicates)
        scene.collect(one, other, candidate.features)
        distance = abs(one.unit - other.unit) + (50 if "focus" in (one.role, other.role) else 0)
        if distance < candidate.distance:
            candidate.distance = distance
            candidate.doubts = scene.doubts(one, other)
            candidate.start, candidate.end = _span(sentence, scene.units, one, other)

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
        candidate.features.update((f"rule:{rule}", f"rule:{draft.rule}"))
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
                elif thing.spans:
                    source = "table" if thing.key else thing.spans[0][2].partition(".")[0]
                    candidate.features.add(f"{name}:by:{source}")
                if thing.plural:
                    candidate.features.add(f"{name}:plural")
                if thing.type in {"Event", "Programme"} and sizes[thing.type] == 1:
                    candidate.features.add(f"{name}:only")


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
