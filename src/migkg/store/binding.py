"""Bind variables of a SPARQL query to values, in the same way for every store.

The engines differ: rdflib's ``initBindings`` reach everywhere, pyoxigraph's ``substitutions`` only variables of the
outer projection, a remote endpoint has nothing of the kind. Here the query is read as tokens, and each token that is
the variable gives way to the value as one token of its own. A value can therefore never become syntax, and strings,
comments and IRIs that merely look like the variable stay as they are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from migkg.errors import QueryError
from migkg.store.base import Term

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^\x00-\x20<>"{}|^`]*>)
  | (?P<string>"{3}(?:(?:"|"")?(?:[^"\\]|\\.))*"{3} | '{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
              | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<word>(?:[^\W\d]|\d)(?:[\w.:%-]|\\.)*|:(?:[\w.:%-]|\\.)*)
  | (?P<mark>\\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LANGUAGE = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CLAUSES = {"select", "group", "order", "values"}
_CLAUSE_ENDS = {"from", "having", "limit", "offset", "where"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query.

    Attributes:
        kind: ``space``, ``comment``, ``iri``, ``string``, ``variable``, ``tag``, ``word`` or ``mark`` (one character,
            alone or after a backslash: the ``\\#`` of a prefixed name opens no comment).
        text: the token as it stands in the query.
        start: offset of its first character.
    """

    kind: str
    text: str
    start: int


def tokens(sparql: str) -> Iterator[Token]:
    """The tokens of a query, in order and without gaps: their texts joined are the query."""
    for match in _TOKEN.finditer(sparql):
        yield Token(match.lastgroup or "mark", match.group(), match.start())


def to_sparql(term: Term) -> str:
    """A term as one SPARQL token.

    Raises:
        QueryError: a blank node, or an IRI, language tag or text that SPARQL cannot hold.
    """
    if term.kind == "uri":
        return _iri(term.value)
    if term.kind != "literal":
        raise QueryError("a blank node cannot be the value of a variable")
    if any("\ud800" <= c <= "\udfff" for c in term.value):
        raise QueryError("the value of a variable is not valid Unicode text")
    text = "".join(_ESCAPES.get(c, c) for c in term.value)
    # rdflib, as the recommendation allows, expands \uXXXX before it looks for strings; the letter is written apart.
    text = re.sub(r"(?<=\\)[uU]", lambda m: f"\\U{ord(m.group()):08X}", text)
    if term.language is not None:
        if not _LANGUAGE.fullmatch(term.language):
            raise QueryError(f"not a language tag: {term.language!r}")
        return f'"{text}"@{term.language}'
    return f'"{text}"' if term.datatype is None else f'"{text}"^^{_iri(term.datatype)}'


def bind(sparql: str, bindings: Mapping[str, Term] | None) -> str:
    """The query with each variable of ``bindings`` (names without question mark) in place of its value.

    In a SELECT list the variable stays a column; ``BOUND(?v)`` becomes true; variables without a value are untouched.

    Raises:
        QueryError: a value cannot be written in SPARQL, or the query itself assigns the variable (AS, VALUES).
    """
    if not bindings:
        return sparql
    values = {name: to_sparql(term) for name, term in bindings.items()}
    return "".join(_Binder(values, list(tokens(sparql))).run())


class Slot(NamedTuple):
    """A place of a query that reads otherwise when a variable has a value.

    Attributes:
        variable: its name.
        before: what stands there then, up to the value.
        after: what follows the value; ``None`` where the value itself does not stand there.
        free: what stands there while the variable has no value.
    """

    variable: str
    before: str
    after: str | None
    free: str


def find_slots(sparql: str, names: Iterable[str]) -> list[str | Slot]:
    """A query as texts and slots, for whoever binds variables without reading SPARQL (a page in a browser).

    With values written as ``to_sparql`` writes them it means what ``bind`` gives.

    Args:
        sparql: the query.
        names: variables that may be given a value.

    Raises:
        QueryError: the query itself assigns one of them.
    """
    mark = "\x00"
    parts = list(tokens(sparql))
    written = list(_Binder(dict.fromkeys(names, mark), list(parts)).run())
    found: list[str | Slot] = []
    variable = ""
    for token, text in zip(reversed(parts), reversed(written), strict=True):
        if text == token.text:
            found.append(text)
            continue
        if token.kind == "variable":  # else it is the BOUND before the variable
            variable = token.text[1:]
        before, value, after = text.partition(mark)
        found.append(Slot(variable, before, after if value else None, token.text))
    found.reverse()
    return _join(found)


def _join(parts: list[str | Slot]) -> list[str | Slot]:
    joined: list[str | Slot] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _iri(value: str) -> str:
    if not _SCHEME.match(value) or _NOT_IN_IRI.search(value) or any("\ud800" <= c <= "\udfff" for c in value):
        raise QueryError(f"not an IRI: {value!r}")
    return f"<{value}>"


class _Binder:
    """Walks over the tokens and knows in which clause each variable stands."""

    def __init__(self, values: Mapping[str, str], parts: list[Token]) -> None:
        self.values = values
        self.parts = parts
        self.clause = ""
        self.braces = 0
        self.brackets = 0
        self.renamed = 0

    def run(self) -> Iterator[str]:
        """What stands in the place of each token."""
        solid = [i for i, t in enumerate(self.parts) if t.kind not in {"space", "comment"}]
        before = {right: left for left, right in pairwise(solid)}
        after = dict(pairwise(solid))
        for i, token in enumerate(self.parts):
            if token.kind == "variable" and token.text[1:] in self.values:
                previous = self.parts[before[i]].text.lower() if i in before else ""
                yield self._replace(token, self.values[token.text[1:]], previous)
            elif token.kind == "word" and token.text.lower() == "bound" and self._binds(i, after):
                yield ""
            else:
                self._notice(token)
                yield token.text

    def _binds(self, i: int, after: Mapping[int, int]) -> bool:
        """Whether ``BOUND`` at i asks for a bound variable: its brackets then hold ``true`` in place of it."""
        inner = after.get(after.get(i, -1), -1)
        if inner < 0 or self.parts[inner].kind != "variable" or self.parts[inner].text[1:] not in self.values:
            return False
        self.parts[inner] = Token("word", "true", self.parts[inner].start)
        return True

    def _notice(self, token: Token) -> None:
        """Keep track of the clause and the depth of brackets."""
        lower = token.text.lower()
        if token.kind == "mark":
            self.braces += {"{": 1, "}": -1}.get(lower, 0)
            self.brackets += {"(": 1, ")": -1}.get(lower, 0)
            if lower in "{}":
                self.clause = ""
        elif token.kind == "word":
            if lower in _CLAUSES:
                self.clause = lower
            elif lower in _CLAUSE_ENDS:
                self.clause = ""

    def _replace(self, token: Token, value: str, previous: str) -> str:
        if previous == "as" or self.clause == "values":
            raise QueryError(f"{token.text} cannot be given a value: the query assigns it")
        if self.brackets or self.clause not in {"select", "group", "order"}:
            return value
        if self.clause == "order":
            return f"({value})"
        if self.clause == "select" and self.braces == 0:
            return f"({value} AS {token.text})"
        self.renamed += 1  # A subquery needs a column and rdflib a name to group by; the outer query has its own.
        return f"({value} AS {token.text}_bound{self.renamed})"
