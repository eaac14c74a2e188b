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
GIFT = 4  # tokens at the start of a sentence that says what a gift is worth
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
        marker = _of_giver(sentence, giver, shapes, language)
        if marker is not None:
            return _sum(sentence, marker, language)
    for sentence in own:
        following = next((s for s in sentences if s.index == sentence.index + 1), None)
        marker = _of_gift(sentence, following, giver, language)
        if following is not None and marker is not None:
            return _sum(following, marker, language)
    return None


def _sum(sentence: Sentence, marker: Marker, language: Language) -> Sum:
    amount, currency = _value(marker)
    return Sum(amount, currency, _kind(sentence, marker, language), sentence, marker)


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


def _of_giver(sentence: Sentence, giver: Thing, shapes: Shapes, language: Language) -> Marker | None:
    units = grouped_units(sentence, shapes)
    tied = [*_bracketed(sentence), *(t for t in _followed(sentence, language) if _alone(units, t[0]))]
    own = [money for holder, money in tied if _is(holder, giver)]
    if own:
        return own[0]
    taken = {id(money) for _, money in tied}
    sums = [
        n
        for n, u in enumerate(units)
        if u.code == MONEY and not _same_again(units, n) and id(u.members[0]) not in taken
    ]
    sums = _without_aside(sentence, units, sums, language)
    if not sums:
        return None
    for number, unit in enumerate(units):
        if any(_is(m, giver) for m in unit.members):
            if not _alone(units, unit.members[0]):
                return None  # a total of several givers is nobody's
            following = _next_sum(units, number, sums)
            return following if following is not None else _only_before(units, number, sums)
    return units[sums[0]].members[0] if len(sums) == 1 else None


def _alone(units: list[Unit], holder: Marker) -> bool:
    """Whether a giver stands in no list with others."""
    members = next((u.members for u in units if any(m is holder for m in u.members)), [])
    return len({id(m.thing) if m.thing else m.country for m in members if m.code in GIVERS}) <= 1


def _bracketed(sentence: Sentence) -> list[tuple[Marker, Marker]]:
    """Sums in brackets, each with the giver right before it: "Spain (2 million euros) and Italy (1 million euros)"."""
    found = []
    for money in (m for m in sentence.markers if m.code == MONEY):
        i = next((k for k in range(money.first - 1, max(-1, money.first - 4), -1) if sentence.norm(k) == "("), None)
        holder = sentence.marker_at(i - 1) if i else None
        if holder is not None and holder.code in GIVERS:
            found.append((holder, money))
    return found


def _followed(sentence: Sentence, language: Language) -> list[tuple[Marker, Marker]]:
    """Sums that a preposition ties to the giver right after them: "3 million euros from Finland and 1 million …"."""
    found = []
    for money in (m for m in sentence.markers if m.code == MONEY):
        i = money.last
        while i < money.last + 3 and (
            language.prepositions.get(sentence.norm(i)) in {"from", "of", "by"}
            or (i > money.last and language.has("articles", sentence.norm(i)))
        ):
            i += 1
        holder = sentence.marker_at(i) if i > money.last else None
        if holder is not None and holder.first == i and holder.code in GIVERS - {PROGRAMME, NATIONALITY}:
            found.append((holder, money))
    return found


def _without_aside(sentence: Sentence, units: list[Unit], sums: list[int], language: Language) -> list[int]:
    """Without a sum that an aside between commas tells of a giver of whom the sentence then tells another one."""
    kept = []
    for at, n in enumerate(sums):
        after = sums[at + 1] if at + 1 < len(sums) else None
        between = units[n + 1 : after] if after is not None else []
        goes_on = after is not None and not any(u.code in GIVERS - {PROGRAMME} for u in between)
        if not (goes_on and _in_aside(sentence, units[n].members[0], language)):
            kept.append(n)
    return kept


def _in_aside(sentence: Sentence, money: Marker, language: Language) -> bool:
    opened = next((i for i in range(money.first - 1, 0, -1) if sentence.norm(i) == ","), 0)
    if not opened or not language.has("asides", sentence.norm(opened + 1)):
        return False
    return any(sentence.norm(i) == "," for i in range(money.last, len(sentence.tokens)))


def _of_gift(told: Sentence, following: Sentence | None, giver: Thing, language: Language) -> Marker | None:
    """ "The grant, worth EUR 1.5 million, …": the sum of the one gift that the sentence before it tells."""
    if following is None or following.block != told.block:
        return None
    givers = {id(m.thing) for m in told.markers if m.code in GIVERS and m.thing is not None and m.code != PROGRAMME}
    opening = range(min(GIFT, len(following.tokens)))
    gift = next((i for i in opening if language.has("gifts", following.norm(i))), None)
    sums = [m for m in following.markers if m.code == MONEY]
    if gift is None or gift == 0 or not language.has("definite", following.norm(gift - 1)) or len(sums) != 1:
        return None
    before = any(m.code in GIVERS and m.first < sums[0].first for m in following.markers)
    return sums[0] if len(givers) <= 1 and not before and _names(told, giver) else None


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
