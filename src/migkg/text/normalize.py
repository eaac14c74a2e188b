"""Folding text for comparison: lower case, without accents, the same length as before so that offsets stay true."""

import unicodedata

_APOSTROPHES = "’‘ʼ`´′"
_DASHES = "‐‑‒–—−"


class _Fold(dict[int, str]):
    """A translation table that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _APOSTROPHES:
            folded = "'"
        elif character in _DASHES:
            folded = "-"
        else:
            folded = unicodedata.normalize("NFD", character)[0].lower()
            if len(folded) != 1:
                folded = character
        self[code] = folded
        return folded


_TABLE = _Fold()


def fold(text: str) -> str:
    """Lower case without accents, typographic apostrophes and dashes made plain; ``len(fold(t)) == len(t)``."""
    return text.translate(_TABLE)


def squeeze(text: str) -> str:
    """The text with every run of white space as one space, without white space at its ends."""
    return " ".join(text.split())
