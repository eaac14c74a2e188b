"""What is refused before any engine sees a query.

Deep or very long queries end the whole process inside the engines' parsers and optimisers (measured with pyoxigraph
0.5.13: 2,000 nested groups, 3,500 OPTIONALs in a row, 20,000 operators), and SERVICE would call other machines. So
size, depth and form are checked here, on the words of the query, and the engines get only what passed.
"""

import re
from typing import Literal

from migkg.errors import QueryError
from migkg.store.binding import Token, tokens

MAX_LENGTH = 64 * 1024
MAX_DEPTH = 64
MAX_GROUPS = 512
MAX_OPERATORS = 2048
MAX_TOKENS = 16_384

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
FORMS: dict[str, Form] = {"SELECT": "SELECT", "ASK": "ASK", "CONSTRUCT": "CONSTRUCT", "DESCRIBE": "DESCRIBE"}
_OPERATORS = frozenset("!+*/|&^=<>-")
# Engines read \uXXXX before they read the query, so an escaped quote or bracket would hide from the guard.
_ESCAPED = re.compile(r"\\[uU]([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})?")


def check_query(sparql: str) -> Form:
    """Let a query pass, and say which form it has.

    Raises:
        QueryError: too long, too deep, not one of the four query forms, or a SERVICE call; with line and column.
    """
    if len(sparql) > MAX_LENGTH:
        raise QueryError(f"the query is too long: {len(sparql):,} characters, at most {MAX_LENGTH:,}")
    _check_characters(sparql)
    size = _Size(sparql)
    form: Form | None = None
    declares = False
    for token in tokens(sparql):
        if token.kind in {"space", "comment"}:
            continue
        size.add(token)
        if token.kind == "word":
            word = token.text.upper()
            if word == "SERVICE":
                raise refuse(sparql, token.start, "SERVICE is refused: a query may not call other machines")
            if form is None and not declares:
                form = _read_form(sparql, token)
                declares = form is None
        elif token.kind == "iri":
            declares = False
    if form is None:
        raise QueryError(f"there is no query: {', '.join(FORMS)} is missing")
    return form


def refuse(sparql: str, offset: int, reason: str) -> QueryError:
    """The error for a place in a query."""
    line = sparql.count("\n", 0, offset) + 1
    column = offset - sparql.rfind("\n", 0, offset)
    return QueryError(f"line {line}, column {column}: {reason}")


def _check_characters(sparql: str) -> None:
    for match in _ESCAPED.finditer(sparql):
        codes = [int(match[1], 16)] + ([int(match[1] + match[2], 16)] if match[2] else [])
        if any(code < 0x80 or 0xD800 <= code < 0xE000 for code in codes):
            raise refuse(sparql, match.start(), f"write this character itself, not as {match[0]}")
    try:
        sparql.encode()
    except UnicodeEncodeError as error:
        raise refuse(sparql, error.start, "half of a character (a lone surrogate)") from error


def _read_form(sparql: str, token: Token) -> Form | None:
    """The form that a keyword opens; ``None`` for the declarations that stand before it."""
    word = token.text.upper()
    if word in {"PREFIX", "BASE"}:
        return None
    if word not in FORMS:
        reason = f"{token.text!r} is no query: only {', '.join(FORMS)} are answered, and nothing is changed"
        raise refuse(sparql, token.start, reason)
    return FORMS[word]


class _Size:
    """Counts what makes engines run deep, and refuses what is too much."""

    def __init__(self, sparql: str) -> None:
        self.sparql = sparql
        self.depth = self.groups = self.operators = self.number = 0

    def add(self, token: Token) -> None:
        self.number += 1
        inside = 0
        if token.kind == "mark":
            self.depth += (token.text in "{([") - (token.text in "})]")
            self.groups += token.text == "{"
            self.operators += token.text in _OPERATORS
        elif token.kind == "word":
            self.operators += token.text.upper() == "AS"
        elif token.kind == "iri":
            # What looks like an IRI may be "less than" to the engine: the brackets in it count while it is read.
            inside = sum(token.text.count(bracket) for bracket in "([")
        if self.depth + inside > MAX_DEPTH:
            raise refuse(self.sparql, token.start, f"brackets are nested more than {MAX_DEPTH} deep")
        if self.groups > MAX_GROUPS or self.operators > MAX_OPERATORS or self.number > MAX_TOKENS:
            raise refuse(self.sparql, token.start, "the query is too big: too many groups, operators or words")
