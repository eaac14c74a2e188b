"""A row of units without what can be left out: adverbs, and what stands between two commas or brackets."""

from migkg.extract.sentence import Unit
from migkg.lexicon.language import Language, Phrases


def without_insertions(units: list[Unit], language: Language) -> list[Unit] | None:
    """The row without adverbs and what stands between two commas (or brackets); ``None`` if nothing can be left out."""
    shorter = _without_adverbs(units, language)
    result: list[Unit] = []
    i, changed = 0, len(shorter) < len(units)
    units = shorter
    while i < len(units):
        if units[i].text in {",", "("} and result and i + 1 < len(units):
            close = _end_of_insertion(units, i, language)
            if close:
                i = close + 1
                changed = True
                continue
        result.append(units[i])
        i += 1
    return result if changed else None


def _without_adverbs(units: list[Unit], language: Language) -> list[Unit]:
    """The row without "également", "por su parte", and the commas that only set them apart."""
    adverbs = language.phrases["adverbs"]
    result: list[Unit] = []
    i = 0
    while i < len(units):
        size = _phrase_at(units, i, adverbs)
        if not size:
            result.append(units[i])
            i += 1
            continue
        i += size
        if result and result[-1].text == "," and i < len(units) and units[i].text == ",":
            result.pop()
            i += 1
        elif not result and i < len(units) and units[i].text == ",":
            i += 1
    return result


def _phrase_at(units: list[Unit], i: int, phrases: Phrases) -> int:
    """Number of units of the longest phrase that begins at a unit; 0 if none does."""
    longest = phrases.longest.get(units[i].text, 0) if not units[i].code else 0
    for size in range(min(longest, len(units) - i), 0, -1):
        if tuple(u.text for u in units[i : i + size]) in phrases:
            return size
    return 0


def _end_of_insertion(units: list[Unit], i: int, language: Language) -> int:
    bracket = units[i].text == "("
    opener = units[i + 1].text or (units[i + 1].members and _surface(units[i + 1]))
    if not bracket and opener not in language.words["insertions"]:
        return 0
    for k in range(i + 2, min(i + 26, len(units))):
        if (units[k].text == ")" and bracket) or (units[k].text == "," and not bracket):
            return k
    return 0


def _surface(unit: Unit) -> str:
    marker = unit.members[0]
    return marker.name if marker.code == "X" else ""
