"""Tokens with their offsets. Elided articles (l’, d’) are tokens of their own; hyphenated words are one token."""

import re
from typing import NamedTuple

from migkg.text.normalize import fold

_TOKEN = re.compile(
    r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?"  # numbers with their separators
    r"|(?:[A-Z]\.){2,}"  # U.S., EE.
    r"|[^\W\d_]+(?:&[^\W\d_]+)+"  # R&DS
    r"|[^\W_]+(?:-[dl]['’][^\W\d_]+|-[^\W_]+)*"  # main-d’œuvre, Val-d'Oise
    r"|[^\w\s]",
)
# English compounds whose first part is a name of its own: "Canadian-funded", "Vienna-based".
_COMPOUND = re.compile(r"(?P<name>.+)(?P<dash>-)(?P<said>funded|financed|sponsored|backed|supported|led|run|based)$")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)$", re.IGNORECASE)


class Token(NamedTuple):
    """One word or sign: ``text`` is exactly ``document[start:end]``, ``norm`` its folded form."""

    text: str
    start: int
    end: int
    norm: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def acronym(self) -> bool:
        """Whether it is written in capitals, two or more of them."""
        return len(self.text) > 1 and self.text.isupper() and self.text[0].isalpha()


def tokenize(text: str, start: int = 0, end: int | None = None, compounds: bool = False) -> list[Token]:
    """Split ``text[start:end]`` into tokens; offsets refer to ``text``.

    Args:
        compounds: whether "Vienna-based" is three tokens (in releases; in charts it is part of a name).

    An apostrophe belongs to the elided word before it (``l’``, ``d’``); the English genitive is the token ``’s``.
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        if word in "'’‘" and tokens and tokens[-1].end == match.start():
            last = tokens[-1]
            if _ELISION.match(last.text):
                surface = text[last.start : match.end()]
                tokens[-1] = Token(surface, last.start, match.end(), fold(surface))
                continue
        if word in ("s", "S") and tokens and tokens[-1].norm == "'" and tokens[-1].end == match.start():
            last = tokens[-1]
            surface = text[last.start : match.end()]
            tokens[-1] = Token(surface, last.start, match.end(), "'s")
            continue
        compound = _COMPOUND.match(word) if compounds and word[0].isupper() else None
        if compound is None:
            tokens.append(Token(word, match.start(), match.end(), fold(word)))
            continue
        for part in compound.re.groupindex:
            begin, until = compound.span(part)
            tokens.append(
                Token(word[begin:until], match.start() + begin, match.start() + until, fold(word[begin:until]))
            )
    return tokens
