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
CLEAR_COUNT = 3
# With such a lead a smaller share is enough.
STRONG_LEAD = 5.0
STRONG_SHARE = 0.14
# Below this number of words a list of names is possible, and what the page declares of itself counts.
FEW_WORDS = 40

_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str, hint: str | None = None) -> str:
    """The language of a text.

    Args:
        text: the body, without menus.
        hint: what the page declares (``es-CO``); it only counts where a short text leaves the language open.

    Returns:
        The code of one of the languages under data/pages.

    Raises:
        SourceSkip: the text is in another language, or has no words.
    """
    words = _WORD.findall(text[:SAMPLE_CHARACTERS].casefold())
    if not words:
        raise SourceSkip("no words in the text")
    counts = _count(words)
    best, *others = sorted(counts, key=lambda code: (-counts[code], code))
    second = counts[others[0]] if others else 0
    leads = counts[best] > 0 and counts[best] >= CLEAR_LEAD * second
    share = STRONG_SHARE if counts[best] >= STRONG_LEAD * second else CLEAR_SHARE
    if leads and counts[best] >= max(share * len(words), CLEAR_COUNT):
        return best
    found = str(_identifier().classify(" ".join(words))[0])
    if found in counts:
        return found
    if leads and found in wordings()[best].confused_with:
        return best
    declared = re.split(r"[-_]", (hint or "").casefold())[0]
    if len(words) < FEW_WORDS and counts.get(declared, -1) == counts[best]:
        return declared
    raise SourceSkip(f"language {found} is not supported")


def _count(words: list[str]) -> dict[str, int]:
    """How many of the words are function words of each language."""
    return {code: sum(map(wording.stop_words.__contains__, words)) for code, wording in wordings().items()}


@cache
def _identifier() -> Any:
    """The model of py3langid, which takes half a second to load: only when a text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
