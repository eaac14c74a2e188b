"""A sentence as a row of units, the form in which the relation patterns read it.

First every mention is a unit of its own; then appositions and lists are drawn together ("the Foreign Minister of
Brazil, Celso Amorim" is one person, "Cambodia, Laos and Thailand" one list); then what stands between commas and can
be left out is left out.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from migkg.extract.sentence import (
    ACTOR,
    COUNTRY,
    DATE,
    LOCATION,
    MONEY,
    PERSON,
    PRONOUN,
    Sentence,
    Unit,
)
from migkg.lexicon.language import Language, load_language
from migkg.lexicon.patterns import JOINTLY, THROUGH, load_triggers


def single_units(sentence: Sentence) -> list[Unit]:
    """Words and single mentions."""
    units, i = [], 0
    while i < len(sentence.tokens):
        marker = sentence.marker_at(i)
        if marker is None:
            units.append(Unit(sentence.tokens[i].norm, i, i + 1))
            i += 1
        else:
            units.append(Unit("", i, marker.last, marker.code, [marker]))
            i = marker.last
    return units


def write(units: list[Unit]) -> str:
    """The row as one string, a space before and after every unit."""
    return "".join(f"⟨{u.code}{n}⟩ " if u.code else f"{u.text} " for n, u in enumerate(units))


@cache
def _letters(code: str) -> dict[str, str]:
    """What a word that is no mention looks like in a shape."""
    language = load_language(code)
    letters = {phrase[0]: "h" for phrase in language.phrases["honorifics"] if len(phrase) == 1}
    letters |= dict.fromkeys(language.words["list_prefixes"], "p")
    letters |= {phrase[0]: "&" for phrase in language.phrases["and"] if len(phrase) == 1}
    letters |= dict.fromkeys(language.words["genitive"], "s")
    verbs = {p[0] for p in load_triggers(language.code) if len(p) == 1}  # they never stand inside a list
    letters |= dict.fromkeys((verbs | language.words["relation_nouns"]) - letters.keys(), "x")
    return letters | {",": ",", JOINTLY: "j", THROUGH: "v"}


class Shapes:
    """Lists and appositions, found on a string with one letter a unit."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._and = sorted(language.phrases["and"], key=len, reverse=True)
        joints = dict.fromkeys(language.phrases["jointly"], JOINTLY) | dict.fromkeys(
            language.phrases["through"], THROUGH
        )
        plain_and = next(p[0] for p in self._and if len(p) == 1 and p[0].isalpha())
        phrases = {p: plain_and for p in self._and if len(p) > 1} | dict(
            sorted(joints.items(), key=lambda j: -len(j[0]))
        )
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, text in phrases.items():
            self._by_first.setdefault(phrase[0], []).append((phrase, text))
        self._letters = _letters(language.code)

    def shape(self, units: list[Unit]) -> str:
        """One letter a unit: the code of a mention, ``,`` a comma, ``&`` and, ``h`` a form of address, ``p`` a word
        repeated in lists, ``s`` a genitive, ``x`` the verb of a relation, ``.`` other signs, ``w`` other words."""
        known = self._letters
        return "".join(u.code or known.get(u.text) or ("w" if u.text[0].isalnum() else ".") for u in units)

    def possession(self, form: str) -> bool:
        """Whether a word stands between a part and its whole ("of")."""
        return self._language.has("possession", form)

    def article(self, form: str) -> bool:
        """Whether a word is an article within or between names."""
        return self._language.has("name_articles", form)

    def relative(self, form: str) -> bool:
        """Whether a pronoun stands for what is said right before it."""
        return self._language.has("relatives", form)

    def join_phrases(self, units: list[Unit]) -> list[Unit]:
        """Phrases such as "as well as" and "in cooperation with" become one unit each."""
        joined, i = [], 0
        while i < len(units):
            for phrase, text in self._by_first.get(units[i].text, ()):
                if tuple(u.text for u in units[i : i + len(phrase)]) == phrase:
                    joined.append(Unit(text, units[i].first, units[i + len(phrase) - 1].last))
                    i += len(phrase)
                    break
            else:
                joined.append(units[i])
                i += 1
        return joined


_PERSON_AFTER = re.compile(r"P,(?:p*[ACG]s?p*)?(?:p|w){0,2}T(?:(?:p|w){0,3}[ACGLE]){0,3}(?:p[pw]{0,4})?(?=[,.]|$|&)")
_PERSON_BEFORE = re.compile(r"(?:[ACG]s?p*)?T(?:p*[ACGL]){0,3}(?:p[pw&]{1,8}(?:,p*w)?(?:&p*w)?(?=,))?,?(?:h\.?){0,3}P")
_POST_OF = re.compile(r"Tp*[ACG]")
_ACTOR_APPOSITION = re.compile(r"A,p*A(?=,|$|&|\.)")
_LISTS = (
    re.compile(r"G(?:(?:,&?|&)p*[GAC])+"),
    re.compile(r"[AC](?:(?:,&?|&)p*(?:w{0,1}p+)?[AC])+"),
    re.compile(r"[LC](?:(?:,&?|&)p*[LC])+"),
    re.compile(r"[AC](?:(?:,&?|&)p*[ACP])+"),
    re.compile(r"P(?:(?:,&?|&|\.)p*P)+"),
    re.compile(r"R(?:(?:,&?|&)p*R)+"),
)


def grouped_units(sentence: Sentence, shapes: Shapes) -> list[Unit]:
    """Appositions and lists drawn together; worked out once for a sentence, when all its mentions are known."""
    if sentence.grouped is None:
        sentence.grouped = _group(sentence, shapes)
    return sentence.grouped


def _group(sentence: Sentence, shapes: Shapes) -> list[Unit]:
    """Appositions and lists drawn together."""
    units = _without_asides(shapes.join_phrases(single_units(sentence)))
    joins = ((_PERSON_BEFORE, _person), (_PERSON_AFTER, _person), (_ACTOR_APPOSITION, _same_actor), (_POST_OF, _post))
    for pattern, join in joins:
        units = _draw(units, shapes, pattern, join)
    units = _owned(units, shapes)
    shape = shapes.shape(units)
    for pattern in _LISTS:
        if pattern.search(shape):
            units = _lists(units, shapes, pattern, shape)
            shape = shapes.shape(units)
    return _partners(_relatives(units, shapes), shapes)


def _without_asides(units: list[Unit]) -> list[Unit]:
    """Without short brackets that hold a sum, a date or a few words, so that lists run on past them."""
    result: list[Unit] = []
    i = 0
    while i < len(units):
        if units[i].text == "(" and not units[i].code and result:
            close = next((k for k in range(i + 1, min(i + 8, len(units))) if units[k].text == ")"), 0)
            if close and all(u.code in {"", MONEY, DATE} for u in units[i + 1 : close]):
                result[-1] = replace(result[-1], last=units[close].last)
                i = close + 1
                continue
        result.append(units[i])
        i += 1
    return result


def _owned(units: list[Unit], shapes: Shapes) -> list[Unit]:
    """ "the Immigration Department of the Ministry": the part acts, its whole only says whose it is."""
    result: list[Unit] = []
    i = 0
    while i < len(units):
        last = result[-1] if result else None
        if last is not None and last.code == ACTOR and shapes.possession(units[i].text) and not units[i].code:
            k = i + 1
            while k < len(units) and shapes.article(units[k].text) and not units[k].code:
                k += 1
            if k < len(units) and units[k].code == ACTOR:
                result[-1] = Unit("", last.first, units[k].last, ACTOR, last.members, last.partners, last.channels)
                i = k + 1
                continue
        result.append(units[i])
        i += 1
    return result


def _relatives(units: list[Unit], shapes: Shapes) -> list[Unit]:
    """A relative pronoun right after a mention, or after it and a comma, stands for all that it joins."""
    for number, unit in enumerate(units):
        if unit.code == PRONOUN and shapes.relative(unit.members[0].name) and number:
            before = units[number - 1]
            if not before.code and before.text in {",", ")"} and number > 1:
                before = units[number - 2]
            if any(u.code and u.code != PRONOUN for u in units[number + 1 : number + 3]):
                units[number] = Unit(unit.members[0].name, unit.first, unit.last)  # "which *Denmark* pays for"
                continue
            if before.code and before.code != PRONOUN:
                units[number] = Unit(
                    unit.members[0].name, unit.first, unit.last, before.code, before.members, before.partners
                )
    return units


_PARTNERS = re.compile(r"[AC],?[jv]p*w{0,2}[AC](?:,?[jv]p*w{0,2}[AC])?")


def _partners(units: list[Unit], shapes: Shapes) -> list[Unit]:
    """ "IOM, in cooperation with X and Y,": one unit, whose partners are kept apart from its members."""
    shape = shapes.shape(units)
    result, at = [], 0
    for match in _PARTNERS.finditer(shape):
        inside = [u for u in units[match.start() : match.end()] if u.code]
        joint = [u.text for u in units[match.start() : match.end()] if u.text in (JOINTLY, THROUGH)]
        result += units[at : match.start()]
        whole = Unit("", units[match.start()].first, units[match.end() - 1].last, inside[0].code, inside[0].members)
        for unit, how in zip(inside[1:], joint, strict=True):
            (whole.partners if how == JOINTLY else whole.channels).extend(unit.members)
        result.append(whole)
        at = match.end()
        if at < len(units) and units[at].text == "," and "," in shape[match.start() : match.end()]:
            result[-1].last = units[at].last
            at += 1
    return result + units[at:]


def _draw(
    units: list[Unit], shapes: Shapes, pattern: re.Pattern[str], join: Callable[[list[Unit]], tuple[Unit, bool] | None]
) -> list[Unit]:
    """The row with each stretch that fits the pattern drawn into one unit.

    Args:
        join: the unit for a stretch, and whether a comma after it belongs to it; ``None`` leaves the stretch as it is.
    """
    result, at = [], 0
    for match in pattern.finditer(shapes.shape(units)):
        joined = join(units[match.start() : match.end()]) if match.start() >= at else None
        if joined is None:
            continue
        unit, comma = joined
        result += [*units[at : match.start()], unit]
        at = match.end()
        if comma and at < len(units) and units[at].text == ",":
            unit.last = units[at].last
            at += 1
    return result + units[at:]


def _person(inside: list[Unit]) -> tuple[Unit, bool]:
    """ "Celso Amorim, the Foreign Minister of Brazil," is one person."""
    people = [m for u in inside if u.code == PERSON for m in u.members]
    return Unit("", inside[0].first, inside[-1].last, PERSON, people), inside[0].code == PERSON


def _same_actor(inside: list[Unit]) -> tuple[Unit, bool] | None:
    """ "ACNUR, la Agencia de la ONU para los Refugiados," is one actor."""
    one, other = inside[0].members[0], inside[-1].members[0]
    return (Unit("", inside[0].first, inside[-1].last, ACTOR, [one]), True) if one.thing is other.thing else None


def _post(inside: list[Unit]) -> tuple[Unit, bool]:
    """ "the Governor of *Bamako District*": an office holder without a name stands for the body."""
    return replace(inside[-1], first=inside[0].first), False


def _lists(units: list[Unit], shapes: Shapes, pattern: re.Pattern[str], shape: str) -> list[Unit]:
    result, at = [], 0
    for match in pattern.finditer(shape):
        inside = units[match.start() : match.end()]
        if "&" not in match.group() and sum(bool(u.code) for u in inside) < 3:
            continue  # "Thanks to A, B …": two with a comma between them are no list
        members = [m for u in inside for m in u.members]
        codes = {u.code for u in inside if u.code}
        code = PERSON if codes == {PERSON} else ACTOR if ACTOR in codes else LOCATION if LOCATION in codes else COUNTRY
        code = next(iter(codes)) if len(codes) == 1 else code
        result += units[at : match.start()]
        result.append(Unit("", inside[0].first, inside[-1].last, code, members))
        at = match.end()
    return result + units[at:]


def semicolon_list(units: list[Unit]) -> list[Unit] | None:
    """The row with what stands first after each semicolon drawn into the list before the first one.

    "Taking part were A; for the host, B and C; and the embassies of D and E" names one list. ``None`` where the
    sentence has fewer than two semicolons, or no mention before the first.
    """
    cuts = [n for n, u in enumerate(units) if u.text == ";"]
    if len(cuts) < 2:
        return None
    head = next((n for n in range(cuts[0] - 1, -1, -1) if units[n].code in {ACTOR, COUNTRY, PERSON}), None)
    if head is None:
        return None
    members = list(units[head].members)
    for cut, following in zip(cuts, [*cuts[1:], len(units)], strict=True):
        first = next((u for u in units[cut + 1 : min(following, cut + 9)] if u.code in {ACTOR, COUNTRY, PERSON}), None)
        members += first.members if first is not None else []
    codes = {m.code for m in members}
    whole = Unit("", units[head].first, units[-1].last, next(iter(codes)) if len(codes) == 1 else ACTOR, members)
    return [*units[:head], whole]
