"""Plain text: its lines, and how wrapped lines are joined to paragraphs while lists and headings stay as they are."""

import re
from collections import Counter
from itertools import pairwise

from migkg.sources.charts import mark_indented, read_drawn
from migkg.sources.draft import Draft
from migkg.text.contacts import begins_contact
from migkg.text.decode import clean

# Lines of a wrapped paragraph are at least and at most this long, in characters.
WRAP_RANGE = (35, 132)
# From this share of the running lines on that end within a sentence, the whole text counts as wrapped.
WRAP_SHARE = 0.4
TAB_COLUMNS = 4
PAGE_BREAK = "\f"
# A line that ends in so short a word ("of", "la") does not end a paragraph.
PARTICLE = 3

_MARKER = re.compile(
    r"^(\s*)([-–—*•·▪◦‣●○■►]|-{2,20}>|={1,20}>|[0-9]{1,2}[.)](?=\s+[^\s\d])|[a-z]\))(?:\s+(.*)|$)", re.S
)
_STOP = re.compile(r"""[.!?:;…]["'”’»)\]]*$""")
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*$""")


def read_lines(text: str) -> list[Draft]:
    """The lines of a text, one draft each: items where a list marker stands in front, else paragraphs."""
    lines: list[Draft] = []
    chunk = 0
    blank = False
    pages = text.split(PAGE_BREAK)
    for page, raw in ((number, line) for number, part in enumerate(pages, 1) for line in part.splitlines()):
        if not raw.strip():
            blank = True
            continue
        if blank and lines:
            chunk += 1
        blank = False
        lines.append(_read_line(raw.expandtabs(TAB_COLUMNS), chunk))
        if len(pages) > 1:
            lines[-1].pages = ((0, page),)
    mark_indented(lines)
    sizes = Counter(line.chunk for line in lines)
    for line in lines:
        line.alone = sizes[line.chunk] == 1
    return lines


def _read_line(raw: str, chunk: int) -> Draft:
    found = _MARKER.match(raw)
    if found:
        marker = found.group(2)
        # "------>" is an indent that is drawn.
        depth = len(found.group(1)) + (len(marker) if marker.endswith(">") else 0)
        return Draft("item", clean(found.group(3) or ""), chunk=chunk, indent=depth, marked=True)
    drawn = read_drawn(raw)
    if drawn:
        return Draft("item", clean(drawn[1]), chunk=chunk, indent=drawn[0], marked=True)
    body = raw.lstrip()
    return Draft("paragraph", clean(body), chunk=chunk, indent=len(raw) - len(body))


def join_lines(lines: list[Draft]) -> list[Draft]:
    """Blocks of the lines, in order, with levels and parents of the list items."""
    lines = [line for line in lines if line.text]
    width = _wrap_width(lines)
    spaced = _is_spaced(lines)
    lists = {chunk for chunk, first in _first_lines(lines).items() if first.marked}
    drafts: list[Draft] = []
    parts: list[list[str]] = []
    items: list[tuple[int, Draft]] = []
    before: Draft | None = None
    for line in lines:
        if before is None or line.marked or before.chunk != line.chunk:
            goes_on = False
        elif drafts[-1].marked and line.chunk in lists:
            goes_on = _continues_item(before, line)
        else:
            goes_on = _continues(before, line, width, spaced, len(parts[-1]))
        before = line
        if goes_on:
            if line.pages and line.pages[0][1] != drafts[-1].pages[-1][1]:
                drafts[-1].pages += ((sum(map(len, parts[-1])) + len(parts[-1]), line.pages[0][1]),)
            parts[-1].append(line.text)
            continue
        if line.marked:
            _hang(line, items, drafts)
        else:
            items.clear()
        drafts.append(line)
        parts.append([line.text])
    for draft, texts in zip(drafts, parts, strict=True):
        draft.text = " ".join(texts)
    return drafts


def _hang(line: Draft, items: list[tuple[int, Draft]], drafts: list[Draft]) -> None:
    """Put a list item below the last item that is indented less, or below the block that introduces the list."""
    while items and items[-1][0] >= line.indent:
        items.pop()
    if items:
        line.parent = items[-1][1]
    else:
        above = drafts[-1] if drafts else None
        while above is not None and above.marked:
            above = above.parent
        line.parent = above
    line.level = len(items) + 1
    items.append((line.indent, line))


def _wrap_width(lines: list[Draft]) -> int:
    """The width at which the lines are wrapped, 0 when each line is a paragraph of its own."""
    shortest, longest = WRAP_RANGE
    inner = [
        len(a.text)
        for a, b in pairwise(lines)
        if a.chunk == b.chunk and not b.marked and shortest <= len(a.text) <= longest and not _STOP.search(a.text)
    ]
    running = sum(1 for line in lines if len(line.text) >= shortest and not line.marked)
    return max(inner) if len(inner) >= 2 and len(inner) >= WRAP_SHARE * running else 0


def _is_spaced(lines: list[Draft]) -> bool:
    """Whether blank lines, and not only the ends of lines, part the paragraphs."""
    long_lines = Counter(line.chunk for line in lines if len(line.text) >= WRAP_RANGE[0])
    return len(long_lines) > 2 or sum(1 for count in long_lines.values() if count > 1) > 1


def _first_lines(lines: list[Draft]) -> dict[int, Draft]:
    """The first line of each chunk."""
    first: dict[int, Draft] = {}
    for line in lines:
        first.setdefault(line.chunk, line)
    return first


def _continues_item(before: Draft, line: Draft) -> bool:
    """Whether a line without a marker is the rest of the item above it, in a list that blank lines set off."""
    return not _SENTENCE_END.search(before.text) and line.words <= 3 and not line.text.isupper()


def _continues(before: Draft, line: Draft, width: int, spaced: bool, lines: int) -> bool:
    """Whether a line goes on with the paragraph or item of the line before it.

    Args:
        width: where the lines are wrapped, 0 if they are not.
        spaced: whether blank lines part the paragraphs.
        lines: how many lines the paragraph has already.
    """
    if begins_contact(line.text):
        return False
    ended = bool(_SENTENCE_END.search(before.text))
    if line.text[0].islower() and not ended and (width or len(before.text) >= WRAP_RANGE[0]):
        return True
    last = before.text.rsplit(" ", 1)[-1]
    if len(before.text) >= WRAP_RANGE[0] and len(last) <= PARTICLE and last.isalpha() and last.islower():
        return True
    if before.marked or not width or len(before.text) < width // 2:
        return False
    if spaced and not ended:
        return True
    if lines > 1 and not ended and not before.text.endswith(":"):
        return True
    return len(before.text) + 1 + len(line.text.split(" ", 1)[0]) > width
