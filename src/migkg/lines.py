"""N-Quads lines: how a value becomes part of one, how one is taken apart, and how very many are put in order.

All writers and stores of migkg share the canonical form, so that equal graphs are equal text.
"""

import heapq
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_ESCAPES = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
_MUST_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f\ufffe\uffff]')
_UNESCAPES = {escape[1]: char for char, escape in _ESCAPES.items()} | {"'": "'"}
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BAD_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\\ud800-\udfff]')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TERM = r'<[^<>"{}|^`\\\x00-\x20]*>|_:[^\s]+'
_LITERAL = r'"(?:[^"\\\n\r]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^<>"{}|^`\\\x00-\x20]*>)?'
_LINE = re.compile(rf"({_TERM}) (<[^>]*>) ({_TERM}|{_LITERAL})(?: ({_TERM}))? \.")
_LITERAL_PARTS = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<(.*)>)?', re.DOTALL)
_RUN = 500_000


class Quad(NamedTuple):
    """The parts of a line, each as it is written there; ``graph`` is empty in N-Triples."""

    subject: str
    predicate: str
    object: str
    graph: str


class LiteralParts(NamedTuple):
    """What a literal says: its text, and its language or its datatype (``None`` for plain strings)."""

    text: str
    language: str | None
    datatype: str | None


def is_iri(text: str) -> bool:
    """Whether the text can stand between angle brackets as an absolute IRI."""
    return bool(_SCHEME.match(text)) and not _BAD_IN_IRI.search(text)


def write_literal(text: str, language: str | None = None, datatype: str | None = None) -> str:
    """A literal as a line holds it.

    Raises:
        ValueError: the text holds a lone surrogate (half of a character), which no RDF file can carry.
    """
    if _SURROGATE.search(text):
        raise ValueError("the text holds a lone surrogate, half of a character")
    quoted = f'"{_MUST_ESCAPE.sub(_escape, text)}"'
    if language:
        return f"{quoted}@{language.lower()}"
    return quoted if datatype in {None, _STRING} else f"{quoted}^^<{datatype}>"


def read_literal(term: str) -> LiteralParts:
    """The parts of a literal that stands in a line.

    Raises:
        ValueError: this is no literal.
    """
    match = _LITERAL_PARTS.fullmatch(term)
    if not match:
        raise ValueError(f"not a literal: {term[:60]}")
    return LiteralParts(_ESCAPED.sub(_unescape, match[1]), match[2], match[3])


def split_line(line: str) -> Quad:
    """Take a line of N-Quads or N-Triples in canonical form apart.

    Raises:
        ValueError: the line is malformed.
    """
    match = _LINE.fullmatch(line)
    if not match:
        raise ValueError(f"not a line of N-Quads: {line[:80]!r}")
    return Quad(match[1], match[2], match[3], match[4] or "")


def sort_lines(lines: Iterable[str], run: int = _RUN) -> Iterator[str]:
    """The lines in code point order, each once. Beyond ``run`` lines they are sorted on disk: memory stays flat."""
    source = iter(lines)
    with ExitStack() as stack:
        folder: str | None = None
        files: list[TextIO] = []
        while chunk := sorted(islice(source, run)):
            if len(chunk) < run and not files:
                yield from _unique(chunk)
                return
            folder = folder or stack.enter_context(tempfile.TemporaryDirectory(prefix="migkg-sort-"))
            path = Path(folder, str(len(files)))
            path.write_text("".join(f"{line}\n" for line in chunk), encoding="utf-8", newline="\n")
            files.append(stack.enter_context(path.open(encoding="utf-8", newline="\n")))
        yield from _unique(heapq.merge(*((line[:-1] for line in file) for file in files)))


def _unique(lines: Iterable[str]) -> Iterator[str]:
    last = None
    for line in lines:
        if line != last:
            yield line
        last = line


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    if match[3] not in _UNESCAPES:
        raise ValueError(f"unknown escape \\{match[3]}")
    return _UNESCAPES[match[3]]
