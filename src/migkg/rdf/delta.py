"""What two graphs have in common and what not: one pass over their sorted lines, one subject in memory at a time."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from migkg.errors import UsageError
from migkg.lines import split_line


class Touched(NamedTuple):
    """All lines of one subject in the old and in the new graph; none where the subject is new or gone."""

    subject: str
    old: list[str]
    new: list[str]


class Fingerprint:
    """Passes lines on and takes a fingerprint of them: equal graphs have equal ones, on every machine."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take sorted lines without line ends."""
        self._lines = lines
        self._hash = hashlib.sha256()
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._hash.update(f"{line}\n".encode())
            self.count += 1
            yield line

    @property
    def value(self) -> str:
        """The SHA-256 of the lines that were passed on, each with a line feed: that of the file of sorted N-Quads."""
        return self._hash.hexdigest()


def compare_lines(
    old: Iterable[str], new: Iterable[str], keep: Callable[[list[str]], bool] = lambda lines: False
) -> Iterator[Touched]:
    """The subjects of which the two graphs say different things, in code point order.

    Args:
        old, new: sorted N-Quads or N-Triples lines without line ends.
        keep: whether a subject with these lines is wanted although both graphs say the same of it.

    Raises:
        UsageError: what differs holds a blank node; nobody can say which one of the other graph it is.
    """
    left, right = _subjects(old), _subjects(new)
    before, after = next(left, None), next(right, None)
    while before or after:
        subject = min(group[0] for group in (before, after) if group)
        ours = before[1] if before and before[0] == subject else []
        theirs = after[1] if after and after[0] == subject else []
        if ours != theirs:
            _refuse_blank([*ours, *theirs])
        if ours != theirs or keep(ours):
            yield Touched(subject, ours, theirs)
        if ours:
            before = next(left, None)
        if theirs:
            after = next(right, None)


def count_lines(touched: Iterable[Touched]) -> tuple[int, int]:
    """How many lines the new graph has more, and how many it lacks."""
    added = removed = 0
    for _, old, new in touched:
        before, after = set(old), set(new)
        added += len(after - before)
        removed += len(before - after)
    return added, removed


def drop_graph(line: str) -> str:
    """A line as a triple, whichever graph it stands in."""
    subject, predicate, object_, graph = split_line(line)
    return f"{subject} {predicate} {object_} ." if graph else line


def _subjects(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    for subject, group in groupby(lines, key=lambda line: line.partition(" ")[0]):
        yield subject, list(group)


def _refuse_blank(lines: list[str]) -> None:
    for line in lines:
        if "_:" in line:
            quad = split_line(line)
            if any(term.startswith("_:") for term in quad):
                message = "what differs holds blank nodes, which have no name to compare them by; give them IRIs first"
                raise UsageError(f"{message} ({quad.subject} {quad.predicate})"[:300])
