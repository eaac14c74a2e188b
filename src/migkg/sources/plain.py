"""Plain text into blocks: wrapped lines joined to paragraphs, lists kept as lists, headings on their own."""

import re
from dataclasses import dataclass
from itertools import pairwise

from migkg.sources.draft import Draft
from migkg.text.decode import clean

# A line is part of a wrapped paragraph when lines are about this long, in characters.
WRAP_RANGE = (35, 100)
SHORT_WORDS = 14
TAB = 4

_MARKER = re.compile(r"^(\s*)((?:[-–—*•·▪◦‣●○■]|-{2,20}>|={1,20}>|[0-9]{1,2}[.)]|[a-z]\))(?:\s+|$))(.*)$", re.S)
_END = re.compile(r"""[.!?:;…]["'”’»)\]]*$""")
_FINAL = re.compile(r"""[.!?…]["'”’»)\]]*$""")


@dataclass(slots=True)
class Line:
    """One line of the file.

    Attributes:
        text: cleaned, without its list marker.
        marker: the list marker in front of it, or "".
        indent: columns of white space before it (markers such as ``-->`` count by their length).
        chunk: number of the stretch between blank lines.
    """

    text: str
    marker: str
    indent: int
    chunk: int


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank. A marker alone on its line is a line with empty text."""
    lines: list[Line] = []
    chunk = 0
    blank = False
    for raw in text.splitlines():
        if not raw.strip():
            blank = True
            continue
        if blank and lines:
            chunk += 1
        blank = False
        lines.append(_read_line(raw.expandtabs(TAB), chunk))
    return lines


def _read_line(raw: str, chunk: int) -> Line:
    found = _MARKER.match(raw)
    if found:
        marker = found.group(2).strip()
        depth = len(found.group(1)) + (len(marker) if marker.endswith(">") else 0)
        return Line(clean(found.group(3)), marker, depth, chunk)
    body = raw.lstrip()
    return Line(clean(body), "", len(raw) - len(body), chunk)


def group_lines(lines: list[Line]) -> list[Draft]:
    """Blocks of the lines, in order, with levels and parents of list items."""
    lines = [line for line in lines if line.text]
    width = _wrap_width(lines)
    several = _has_paragraph_breaks(lines)
    drafts: list[Draft] = []
    items: list[tuple[int, Draft]] = []
    before: Line | None = None
    for line in lines:
        following = before is not None and before.chunk == line.chunk
        if line.marker:
            drafts.append(_add_item(line, items, drafts))
        elif before is not None and following and _continues(before, line, width, several, lines):
            drafts[-1].text = f"{drafts[-1].text} {line.text}"
        else:
            items.clear()
            drafts.append(Draft("paragraph", line.text, chunk=line.chunk))
        before = line
    return drafts


def _add_item(line: Line, items: list[tuple[int, Draft]], drafts: list[Draft]) -> Draft:
    """A list item below the last item that is indented less, or below the block that introduces the list."""
    while items and items[-1][0] >= line.indent:
        items.pop()
    parent = items[-1][1] if items else _introducer(drafts)
    item = Draft("item", line.text, level=len(items) + 1, parent=parent, chunk=line.chunk)
    items.append((line.indent, item))
    return item


def _introducer(drafts: list[Draft]) -> Draft | None:
    """The paragraph or heading before a list that begins."""
    for draft in reversed(drafts):
        if draft.kind != "item":
            return draft
    return None


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the lines are wrapped, 0 when each line is a paragraph of its own."""
    shortest, longest = WRAP_RANGE
    inner = [
        len(a.text)
        for a, b in pairwise(lines)
        if a.chunk == b.chunk and not a.marker and not b.marker and len(a.text) >= shortest and not _END.search(a.text)
    ]
    prose = [len(line.text) for line in lines if len(line.text) >= shortest and not line.marker]
    wrapped = [length for length in inner if length <= longest]
    return max(wrapped) if len(wrapped) >= 2 and len(wrapped) >= 0.4 * len(prose) else 0


def _has_paragraph_breaks(lines: list[Line]) -> bool:
    """Whether blank lines, and not only the ends of lines, part the paragraphs."""
    long_chunks = {line.chunk for line in lines if len(line.text) >= WRAP_RANGE[0]}
    return len(long_chunks) > 2


def _continues(before: Line, line: Line, width: int, several: bool, lines: list[Line]) -> bool:
    """Whether the line goes on with the paragraph or item of the line before."""
    if line.text[:1].islower() and not _FINAL.search(before.text) and len(before.text) >= WRAP_RANGE[0]:
        return True
    if before.marker:
        return bool(width) and line.indent >= before.indent + 2
    if not width or len(before.text) < WRAP_RANGE[0] // 2:
        return False
    first_word = line.text.split(" ", 1)[0]
    would_fit = len(before.text) + 1 + len(first_word) <= width
    if several:
        return not would_fit or not _FINAL.search(before.text) or len(before.text) >= 0.6 * width
    return not would_fit
