"""A row of units without what stands between two commas or brackets and can be left out."""

from migkg.extract.sentence import Unit
from migkg.lexicon.language import Language


def without_insertions(units: list[Unit], language: Language) -> list[Unit] | None:
    """The row without what stands between two commas (or brackets) and can be left out; ``None`` if nothing can."""
    result: list[Unit] = []
    i, changed = 0, False
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
