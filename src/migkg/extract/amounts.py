"""Which sum of money belongs to which gift.

A sum belongs to a giver where a sentence names both and no other sum or giver comes between. A total of several givers
belongs to none of them, and a second sum in brackets is the same money in another currency.
"""

from dataclasses import dataclass
from decimal import Decimal

from migkg.extract.cast import Thing
from migkg.extract.sentence import ACTOR, COUNTRY, MONEY, NATIONALITY, PROGRAMME, Marker, Sentence, Unit
from migkg.extract.units import Shapes, grouped_units
from migkg.lexicon.language import Language

GIVERS = frozenset({ACTOR, COUNTRY, NATIONALITY, PROGRAMME})
WINDOW = 60  # characters around a sum in which a word says what kind of sum it is


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount with its currency, its kind where the text says it, and where the sentence stands."""

    amount: Decimal
    currency: str
    kind: str | None
    sentence: Sentence
    marker: Marker


def find_sum(
    giver: Thing,
    receiver: Thing,
    place: int,
    sentences: list[Sentence],
    shapes: Shapes,
    language: Language,
    only: bool = False,
) -> Sum | None:
    """The sum that ``giver`` gives to ``receiver``.

    Args:
        place: offset of the evidence; its sentence is looked at first, then every other that names both.
        only: whether the document tells of no other gift of this giver, so that naming the giver is enough.
    """
    own = [s for s in sentences if s.start <= place < s.end]
    others = [s for s in sentences if s not in own and not s.contact and _names(s, giver)]
    others = [s for s in others if only or _names(s, receiver)]
    for sentence in (*own, *others):
        marker = _of_giver(sentence, giver, shapes)
        if marker is not None:
            amount, currency = _value(marker)
            return Sum(amount, currency, _kind(sentence, marker, language), sentence, marker)
    return None


def _value(marker: Marker) -> tuple[Decimal, str]:
    assert isinstance(marker.value, tuple)
    return marker.value[0], marker.value[1]


def _names(sentence: Sentence, thing: Thing) -> bool:
    return any(_is(m, thing) for m in sentence.markers)


def _is(marker: Marker, thing: Thing) -> bool:
    if marker.thing is thing:
        return True
    same = marker.country is not None and marker.country == thing.country
    return marker.code in {COUNTRY, NATIONALITY} and same and thing.type == "Government"


def _of_giver(sentence: Sentence, giver: Thing, shapes: Shapes) -> Marker | None:
    units = grouped_units(sentence, shapes)
    sums = [n for n, u in enumerate(units) if u.code == MONEY and not _same_again(units, n)]
    if not sums:
        return None
    for number, unit in enumerate(units):
        if any(_is(m, giver) for m in unit.members):
            if len({id(m.thing) if m.thing else m.country for m in unit.members if m.code in GIVERS}) > 1:
                return None  # a total of several givers is nobody's
            following = _next_sum(units, number, sums)
            return following if following is not None else _only_before(units, number, sums)
    return units[sums[0]].members[0] if len(sums) == 1 else None


def _same_again(units: list[Unit], number: int) -> bool:
    """ "220 million yen (around USD 2 million)": the second says the first again."""
    opened = next((n for n in range(number - 1, max(-1, number - 4), -1) if units[n].text == "("), None)
    return opened is not None and opened > 0 and units[opened - 1].code == MONEY


def _next_sum(units: list[Unit], number: int, sums: list[int]) -> Marker | None:
    """The first sum after the giver, unless a preposition says that somebody else gives it in between."""
    after = [n for n in sums if n > number]
    return units[after[0]].members[0] if after else None


def _only_before(units: list[Unit], number: int, sums: list[int]) -> Marker | None:
    before = [n for n in sums if n < number]
    return units[before[-1]].members[0] if before else None


def _kind(sentence: Sentence, marker: Marker, language: Language) -> str | None:
    """What the words nearest to the sum say of it; a ceiling stands right before it."""
    beside = [
        " ".join(t.norm for t in sentence.tokens if marker.start - WINDOW <= t.start < marker.start),
        " ".join(t.norm for t in sentence.tokens if marker.end <= t.start < marker.end + WINDOW),
    ]
    for phrase, kind in language.money_kinds.items():
        if kind == "ceiling" and beside[0].endswith(phrase):
            return kind
    for text in beside:
        for phrase, kind in language.money_kinds.items():
            if kind != "ceiling" and f" {phrase} " in f" {text} ":
                return kind
    return None
