"""Charts that are drawn in plain text: tree lines, repeated marks, numbers of several parts, indents alone."""

import re

from migkg.sources.draft import Draft

# A line longer than this, in characters, or one that ends like a sentence, is no box of a chart.
BOX_LENGTH = 90
# So many lines, with so many depths, make a chart of indents; with fewer depths it must stand after running text,
# because menus are indented too.
LEAST_LINES, SURE_DEPTHS = 3, 3
RUNNING_WORDS = 12

_TREE = re.compile(r"([\s│┃|¦]*)([├└╰┣┗┕+`\\|][─━┈–—-]{1,4}>?|[├└╰┣┗┕])\s*(?=\S)")
_REPEATED = re.compile(r"(\s*)([-–—*•>·.]{2,6}|>)\s+(?=\S)")
_NUMBER = re.compile(r"(\s*)(\d{1,2}(?:\.\d{1,2}){1,4}\.?)\s+(?=[A-ZÀ-ÖØ-Þ«\"“])")
_SENTENCE_END = re.compile(r"""[.!?:;…]["'”’»)\]]*$""")


def read_drawn(raw: str) -> tuple[int, str] | None:
    """(depth, text) of a line with a drawn mark before it: ``│   ├── Visa Unit``, ``** Visa Unit``, ``2.1 Visa Unit``.

    The depth is comparable with the indent of the other lines; ``None`` where nothing is drawn.
    """
    found = _TREE.match(raw)
    if found:
        return len(found.group(1)) + 1, raw[found.end() :]
    found = _REPEATED.match(raw)
    if found:
        return len(found.group(1)) + len(found.group(2)), raw[found.end() :]
    found = _NUMBER.match(raw)
    if found:
        return len(found.group(1)) + 2 * found.group(2).strip(".").count("."), raw[found.end() :]
    return None


def mark_indented(lines: list[Draft]) -> None:
    """Mark the lines of charts that are drawn by indents alone as list items, in place."""
    running = False
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and lines[stop].chunk == lines[at].chunk and _is_box(lines[stop]):
            stop += 1
        depths = {line.indent for line in lines[at:stop]}
        enough = len(depths) >= (2 if running else SURE_DEPTHS)
        if stop - at >= LEAST_LINES and enough and lines[at].indent == min(depths):
            for line in lines[at:stop]:
                line.kind, line.marked = "item", True
        running = running or any(line.words >= RUNNING_WORDS for line in lines[at : stop + 1])
        at = max(stop, at + 1)


def _is_box(line: Draft) -> bool:
    return not line.marked and len(line.text) <= BOX_LENGTH and not _SENTENCE_END.search(line.text)
