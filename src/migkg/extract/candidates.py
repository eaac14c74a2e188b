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
from migkg.extract.sentence import COUNTRY, EVENT, INSTRUMENT, NATIONALITY, PROGRAMME, PRONOUN, Marker, Sentence, Unit
from migkg.extract.units import Shapes, grouped_units
from migkg.lexicon.language import Language
from migkg.lexicon.patterns import load_triggers
from migkg.model.vocabulary import ACTOR_TYPES, RELATIONS

MOST = 80  # things looked at in one sentence: a list of hundreds would take a time that grows with its square
REACH = 45  # units between two mentions of a pair
VIRTUAL = 10_000  # the unit of what a sentence does not name


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
    times: int = 0  # sentences that name both ends
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
        self._main = self._principal()
        self._before: list[Thing] = []

    def collect(self, sentences: list[Sentence], drafts: Iterable[Draft]) -> list[Candidate]:
        """All candidates, with the rules that spoke for each among its features."""
        for sentence in sentences:
            self._sentence(sentence)
        drafts = list(drafts)
        for draft in drafts:
            self._rule(draft)
        self._document()
        self._neighbours(drafts)
        return list(self._found.values())

    def _sentence(self, sentence: Sentence) -> None:
        units = grouped_units(sentence, self._shapes)
        cells = list(islice(self._cells(sentence, units), MOST))
        topics = list(self._topics(sentence, cells)) if cells else []
        self._before = self._acting(cells) or self._before
        if len(cells) + len(topics) < 2:
            return
        classes = self._classes(units)
        scene = Scene(sentence, units, self._shapes.shape(units), cells, classes, self._language)
        for one in cells:
            for other in cells:
                if one.thing is not other.thing and abs(one.unit - other.unit) <= REACH:
                    predicates = legal(one.thing.type, other.thing.type)
                    if predicates:
                        self._pair(sentence, scene, one, other, predicates)
        for topic in topics:
            for cell in cells:
                if cell.marker is not None:
                    for one, other in ((cell, topic), (topic, cell)):
                        predicates = legal(one.thing.type, other.thing.type)
                        if predicates:
                            self._pair(sentence, scene, one, other, predicates)

    def _acting(self, cells: list[Cell]) -> list[Thing]:
        """The first organisation of a sentence."""
        actors = [
            c.thing for c in cells if c.marker is not None and c.group == "actor" and c.thing.type != "Government"
        ]
        return actors[:1]

    def _principal(self) -> list[Thing]:
        """The event, the programme and the process that the text names most often."""
        found = []
        for kind in ("Event", "Programme", "RegionalProcess"):
            things = [t for t in self._cast.things if t.type == kind and not t.plural and t.spans]
            if things:
                found.append(max(things, key=lambda t: len({s for s, _, _ in t.spans})))
        return found

    def _cells(self, sentence: Sentence, units: list[Unit]) -> Iterator[Cell]:
        kinds: set[str] = set()
        for number, unit in enumerate(units):
            for role, markers in (("member", unit.members), ("partner", unit.partners), ("channel", unit.channels)):
                for marker in markers:
                    kinds.add(marker.code)
                    for thing in self._readings(sentence, marker):
                        yield Cell(thing, number, marker, role, group_of(thing.type))
        for code, kind in ((EVENT, "Event"), (PROGRAMME, "Programme"), (INSTRUMENT, "Instrument")):
            if code not in kinds:
                focus = self._roles.focus(sentence, frozenset({kind}))
                if focus is not None:
                    yield Cell(focus, len(units), None, "focus", group_of(kind))

    def _topics(self, sentence: Sentence, cells: list[Cell]) -> Iterator[Cell]:
        """What the sentence does not name but may speak of: the main event and programme of the text, the process whose
        members it may list, and who acts in the sentence before."""
        here = {id(c.thing) for c in cells}
        for role, thing in (*(("main", t) for t in self._main), *(("before", t) for t in self._before)):
            if id(thing) not in here:
                here.add(id(thing))
                yield Cell(thing, VIRTUAL, None, role, group_of(thing.type))

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
        candidate.times += one.marker is not None and other.marker is not None
        distance = abs(one.unit - other.unit) + (50 if None in (one.marker, other.marker) else 0)
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
        known: dict[tuple[int, str], list[str]] = {}
        for candidate in self._found.values():
            subject, object_ = candidate.subject, candidate.object_
            candidate.features.add(f"both:{min(candidate.times, 3)}")
            candidate.features.add(f"types:{group_of(subject.type)}:{object_.type}")
            for name, thing in (("s", subject), ("o", object_)):
                key = (id(thing), name)
                if key not in known:
                    alone = thing.type in {"Event", "Programme"} and sizes[thing.type] == 1
                    known[key] = list(_traits(name, thing, counts.get(id(thing), 0), thing is top, alone))
                candidate.features.update(known[key])

    def _neighbours(self, drafts: list[Draft]) -> None:
        """What rules have found of the two ends with others: who has an employer already, what has an organiser."""
        said: dict[int, set[tuple[str, int]]] = {}
        for draft in drafts:
            if draft.status == "stated":
                subject, object_ = id(draft.subject), id(draft.object_)
                said.setdefault(subject, set()).add((f">{draft.predicate}", object_))
                said.setdefault(object_, set()).add((f"<{draft.predicate}", subject))
        for candidate in self._found.values():
            subject, object_ = id(candidate.subject), id(candidate.object_)
            candidate.features.update(f"s{what}" for what, other in said.get(subject, ()) if other != object_)
            candidate.features.update(f"o{what}" for what, other in said.get(object_, ()) if other != subject)


def _traits(name: str, thing: Thing, count: int, top: bool, alone: bool) -> Iterator[str]:
    """What the document says of one end: its type, how often and how it is named, whether it stands out."""
    yield f"{name}:t{thing.type}"
    yield f"{name}:n{min(count, 4)}"
    if top:
        yield f"{name}:top"
    if not thing.named:
        yield f"{name}:described"
    elif thing.spans:
        yield f"{name}:by:{'table' if thing.key else thing.spans[0][2].partition('.')[0]}"
    if thing.plural:
        yield f"{name}:plural"
    if alone:
        yield f"{name}:only"


def _span(sentence: Sentence, units: list[Unit], one: Cell, other: Cell) -> tuple[int, int]:
    spots = [units[c.unit] for c in (one, other) if c.unit < len(units)]
    if len(spots) < 2:
        return sentence.start, sentence.end
    return sentence.tokens[min(u.first for u in spots)].start, sentence.tokens[max(u.last for u in spots) - 1].end


_LEGAL: dict[tuple[str, str], tuple[str, ...]] = {}
ASSOCIATIONS = frozenset({"IntergovernmentalOrganisation", "NonGovernmentalOrganisation", "RegionalProcess"})
STATE_PARTS = frozenset({"GovernmentBody", "OrganisationalUnit"})


def legal(subject: str, object_: str) -> tuple[str, ...]:
    """The relations that may link things of two types in a release."""
    key = (subject, object_)
    if key not in _LEGAL:
        _LEGAL[key] = tuple(
            p
            for p, r in RELATIONS.items()
            if p != "reportsTo" and subject in r.subjects and object_ in r.objects and _sensible(p, subject, object_)
        )
    return _LEGAL[key]


def _sensible(predicate: str, subject: str, object_: str) -> bool:
    """What domain and range do not say: nobody is a member of a secretariat, and no agency a part of a project."""
    if predicate == "memberOf":
        return object_ in ASSOCIATIONS
    if predicate == "basedIn":
        return subject != "Government"
    if predicate == "partOf" and group_of(subject) == "actor":
        return (
            object_ in ACTOR_TYPES and subject != "Government" and (object_ != "Government" or subject in STATE_PARTS)
        )
    if predicate == "partOf" and subject == "Programme":
        return object_ == "Programme"
    return predicate != "partOf" or object_ in {"Event", "Programme"}
