"""Whether a country that a text names is the state that acts or the place: "Japan funds", but "in Japan".

A trained weighing of what stands around the name (``data/models/states.json``, written by scripts/train_states.py). The
signs are the same in every language: classes of words, kinds of mention, places in lists.
"""

import json
import math
from collections.abc import Iterator
from functools import cache
from itertools import repeat

from migkg.errors import DataFileError
from migkg.extract.cast import Cast
from migkg.extract.sentence import COUNTRY, Marker, Sentence, Unit
from migkg.extract.units import Shapes, grouped_units
from migkg.lexicon.language import Language
from migkg.lexicon.patterns import load_triggers
from migkg.resources import data_path

THOUSANDTHS = 1000  # weights have three decimals
NEAR = 6  # units on either side in which verbs and other words still speak of the name


@cache
def load_model() -> dict[str, int]:
    """Weight of every sign in thousandths (whole numbers add up to the same in any order); "" is the bias.

    Raises:
        DataFileError: the file is not what the training script writes.
    """
    path = data_path("models/states.json")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {str(k): round(v * THOUSANDTHS) for k, v in content.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise DataFileError(f"{path}: {error}; train it again with scripts/train_states.py") from error


def weigh_states(cast: Cast, sentences: list[Sentence], shapes: Shapes, language: Language) -> None:
    """Set ``acts`` of every country mention: how surely it is the state, 0 to 1."""
    weights = load_model()
    for marker, signs in country_signs(cast, sentences, shapes, language):
        total = weights.get("", 0) + sum(map(weights.get, signs, repeat(0)))
        marker.acts = 1.0 / (1.0 + math.exp(-total / THOUSANDTHS))


def country_signs(
    cast: Cast, sentences: list[Sentence], shapes: Shapes, language: Language
) -> Iterator[tuple[Marker, set[str]]]:
    """Every country mention with the signs around it."""
    triggers = load_triggers(language.code)
    longest = max(map(len, triggers), default=1)
    counts: dict[str, int] = {}
    for sentence in sentences:
        for marker in sentence.markers:
            if marker.code == COUNTRY and marker.country:
                counts[marker.country] = counts.get(marker.country, 0) + 1
    states = {t.country for t in cast.things if t.type == "Government" and t.country}
    for sentence in sentences:
        if not any(m.code == COUNTRY for m in sentence.markers):
            continue
        units = grouped_units(sentence, shapes)
        classes = _classes(units, triggers, longest)
        for number, unit in enumerate(units):
            for position, marker in enumerate([*unit.members, *unit.partners, *unit.channels]):
                if marker.code == COUNTRY and marker.country:
                    signs = set(_around(sentence, units, number, classes, language))
                    signs.add(f"list:{min(len(unit.members), 5)}")
                    signs.add("first" if position == 0 else "later")
                    signs.add(f"count:{min(counts[marker.country], 4)}")
                    if marker.country in states:
                        signs.add("state named")
                    if marker.located:
                        signs.add("located")
                    elif _subject(sentence, units, number, language):
                        signs.add("subject")
                    if sentence.tokens[marker.first].text.isupper() and not sentence.heading:
                        signs.add("acronym")
                    yield marker, signs


def _classes(units: list[Unit], triggers: dict[tuple[str, ...], frozenset[str]], longest: int) -> list[tuple[int, str]]:
    texts = [u.text for u in units]
    found = []
    for i in range(len(texts)):
        for size in range(min(longest, len(texts) - i), 0, -1):
            ids = triggers.get(tuple(texts[i : i + size]))
            if ids:
                found += [(i, name) for name in ids]
                break
    return found


def _around(
    sentence: Sentence, units: list[Unit], number: int, classes: list[tuple[int, str]], language: Language
) -> Iterator[str]:
    before, after = _step(units, number, -1, language), _step(units, number, 1, language)
    second = _step(units, before, -1, language) if before is not None else None
    yield f"b:{_word(units, before, language)}"
    yield f"b2:{_word(units, second, language)}:{_word(units, before, language)}"
    yield f"a:{_word(units, after, language)}"
    yield f"ba:{_word(units, before, language)}:{_word(units, after, language)}"
    yield f"code:{units[number].code}"
    for at, name in classes:
        if 0 < at - number <= NEAR:
            yield f"r:{name}"
        elif 0 < number - at <= NEAR:
            yield f"l:{name}"
    for i in range(max(0, number - NEAR), number):
        if units[i].text in language.words["states"]:
            yield "l:states"
    if any(u.text in language.words["states"] for u in units):
        yield "states"
    for kind in {u.code for u in units if u.code}:
        yield f"k:{kind}"
    if sentence.heading:
        yield "heading"
    if sentence.contact:
        yield "contact"


def _subject(sentence: Sentence, units: list[Unit], number: int, language: Language) -> bool:
    """Whether a name stands where the subject of a sentence or clause stands."""
    before = [u.text for u in units[max(0, number - 3) : number] if u.text not in language.words["articles"]]
    follows = units[number + 1].text if number + 1 < len(units) else ""
    begins = not before or before[-1] in {"", ",", ":", ";", "«", '"'} or language.has("clause_openers", before[-1])
    return begins and follows not in {"", ",", ".", ")", ";", "-", ":"} and not sentence.heading


def _step(units: list[Unit], number: int | None, step: int, language: Language) -> int | None:
    """The next unit in a direction, articles left out (but not those that are prepositions as well)."""
    if number is None:
        return None
    i = number + step
    while 0 <= i < len(units) and language.has("articles", units[i].text):
        if units[i].text in language.prepositions:
            break
        i += step
    return i if 0 <= i < len(units) else None


def _word(units: list[Unit], number: int | None, language: Language) -> str:
    if number is None:
        return "edge"
    unit = units[number]
    if unit.code:
        return unit.code
    if unit.text in language.prepositions:
        return language.prepositions[unit.text]
    if (unit.text,) in language.phrases["and"]:
        return "and"
    if (unit.text,) in language.phrases["speech"]:
        return "speech"
    if language.has("auxiliaries", unit.text):
        return "aux"
    return unit.text if not unit.text[0].isalnum() else "w"
