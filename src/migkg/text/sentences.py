"""Sentence boundaries inside one block, with a guard for the abbreviations of the language.

A splitter of our own, because the fast library that was measured breaks French "M." and "c.-à-d." (see
docs/decisions/): the guard is a list in each language's folder.
"""

import re
from collections.abc import Collection, Iterator

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[¿¡–-]*\s*[A-ZÀ-ÖØ-Þ0-9¿¡«“\"])")
_LAST_WORD = re.compile(r"[^\s(«“\"]+$")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.)+$")
LIMIT = 1500  # characters: a text without a full stop is cut, so that every later step stays linear


def split_sentences(text: str, start: int, end: int, abbreviations: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) offsets of the sentences of ``text[start:end]``.

    Args:
        abbreviations: folded forms with their full stop (``mr.``, ``art.``) after which no sentence ends.
    """
    begin = start
    for match in _END.finditer(text, start, end):
        if text[match.start()] == "." and _is_abbreviation(text, begin, match.start() + 1, abbreviations):
            continue
        yield from _pieces(text, begin, match.end())
        begin = match.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield from _pieces(text, begin, end)


def _is_abbreviation(text: str, begin: int, dot: int, abbreviations: Collection[str]) -> bool:
    word = _LAST_WORD.search(text, max(begin, dot - 40), dot)
    if word is None:
        return False
    return word.group().lower() in abbreviations or bool(_INITIALS.match(word.group()))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LIMIT:
        cut = text.rfind(" ", start, start + LIMIT)
        cut = cut if cut > start else start + LIMIT
        yield start, cut
        start = cut
    yield start, end
