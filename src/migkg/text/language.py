"""The language of a text: function words first, a library where they leave a doubt."""

import re
from functools import cache
from typing import Any

from migkg.errors import SourceSkip
from migkg.text.wording import wordings

# Characters looked at; more do not change the answer.
SAMPLE_CHARACTERS = 4000
# Share of the words that are function words of the winner, and its lead over the second, to decide without the library.
CLEAR_SHARE = 0.18
CLEAR_LEAD = 2.0

_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str, hint: str | None = None) -> str:
    """The language of a text.

    Args:
        text: the body, without menus.
        hint: what the page declares (``es-CO``); it only settles what the words leave open.

    Returns:
        The code of one of the languages under data/pages.

    Raises:
        SourceSkip: the text is in another language, or has no words.
    """
    words = _WORD.findall(text[:SAMPLE_CHARACTERS].casefold())
    if not words:
        raise SourceSkip("no words in the text")
    counts = _count(words)
    best, second = sorted(counts, key=lambda code: (-counts[code], code))[:2]
    share = counts[best] / len(words)
    if share >= CLEAR_SHARE and counts[best] >= CLEAR_LEAD * counts[second]:
        return best
    found = _ask_library(" ".join(words))
    if found in counts:
        return found
    declared = (hint or "").split("-")[0].split("_")[0].casefold()
    if declared == best and counts[best] > counts[second] and share >= CLEAR_SHARE / 2:
        return best
    raise SourceSkip(f"language {found} is not supported")


def _count(words: list[str]) -> dict[str, int]:
    """How many of the words are function words of each language."""
    counts = {}
    for code, wording in wordings().items():
        stop_words = wording.stop_words
        counts[code] = sum(1 for word in words if word in stop_words)
    return counts


def _ask_library(text: str) -> str:
    return str(_identifier().classify(text)[0])


@cache
def _identifier() -> Any:
    """The model of py3langid: half a second to load, so only when a text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
