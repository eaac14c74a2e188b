"""From the elements of a page to blocks: which text belongs together, what it is, and what it belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from migkg.model.document import BlockKind
from migkg.sources.draft import Draft
from migkg.sources.plain import join_lines, read_lines
from migkg.text.contacts import has_contact
from migkg.text.decode import clean

# Stands for <br> while the text of a block is collected; NUL cannot occur in a text.
_BREAK = "\x00"
_SENTENCE_END = re.compile(r"""[.!?:…]["'”’»)\]]*$""")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Lines parted by <br> are lines of their own (name, office, place) when each is at most this long.
SHORT_LINE = 60
# Characters looked at for the end of a sentence.
ENDING = 6
_CONTAINERS = ("ul", "ol", "table")


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet: what its text is, and the first block that came out of it."""

    tag: str
    kind: BlockKind = "paragraph"
    level: int = 0
    parent: Draft | None = None
    row: int | None = None
    first: Draft | None = None


class Flow:
    """Collects text between the starts and ends of block elements and turns it into blocks."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._buffer: list[str] = []
        self._links = 0
        self._plain_words = False
        self._open: list[_Open] = []
        self._holders: list[_Open] = []
        self._containers: list[tuple[_Open, bool]] = []
        self._last_text: Draft | None = None
        self._last_term: Draft | None = None
        self._headings: list[Draft] = []
        self._lists = 0
        self._row = -1
        self._chunk = 0

    def add(self, text: str, linked: bool = False) -> None:
        """Running text; ``linked`` says that it is a link."""
        self._buffer.append(text)
        if linked:
            self._links += 1
        elif not self._plain_words and any(map(str.isalnum, text)):
            self._plain_words = True

    def add_break(self) -> None:
        """A line break within a block."""
        self._buffer.append(_BREAK)

    def add_lines(self, text: str) -> None:
        """Preformatted text: its lines are read like those of a plain text."""
        self.flush()
        for draft in join_lines(read_lines(text)):
            draft.parent = draft.parent or (self._headings[-1] if self._headings else None)
            self._drafts.append(draft)

    def open(self, tag: str, layout: bool = False) -> None:
        """A block element begins."""
        self.flush()
        element = self._describe(tag)
        self._open.append(element)
        if element.kind in ("item", "cell", "definition", "term"):
            self._holders.append(element)
        if tag in _CONTAINERS:
            self._containers.append((element, layout))

    def close(self, tag: str) -> None:
        """A block element ends."""
        self.flush()
        if self._open and self._open[-1].tag == tag:
            element = self._open.pop()
            if self._holders and self._holders[-1] is element:
                self._holders.pop()
            if tag in _CONTAINERS:
                self._containers.pop()
            if tag in ("ul", "ol"):
                self._lists -= 1

    def blocks(self) -> list[Draft]:
        """All blocks so far."""
        return self._drafts

    def flush(self) -> None:
        """The text collected becomes one block, or several where empty lines or line breaks part it."""
        if not self._buffer:
            return
        text = "".join(self._buffer)
        here = self._open[-1].kind if self._open else "paragraph"
        # A row of links and nothing else is a menu; a list of links may be the list of an organisation's parts.
        is_menu = here == "paragraph" and self._links > 1 and not self._plain_words
        self._buffer.clear()
        self._links = 0
        self._plain_words = False
        if is_menu:
            return
        self._chunk += 1
        for lines in _split_breaks(text):
            first: Draft | None = None
            for line in _join_breaks(lines, here):
                draft = self._place(line)
                if first is not None and len(first.text) <= SHORT_LINE and draft.kind == "paragraph":
                    draft.parent = first
                first = first or draft
                self._drafts.append(draft)
                if draft.kind in ("paragraph", "heading"):
                    self._last_text = draft
                elif draft.kind == "term":
                    self._last_term = draft

    def _place(self, text: str) -> Draft:
        """The block for a text at this point, with its kind and parent."""
        here = self._open[-1] if self._open else None
        if here is not None and here.kind == "heading":
            return self._place_heading(text, here.level)
        draft = Draft("paragraph", text, chunk=self._chunk)
        holder = self._holders[-1] if self._holders else None
        if holder is None:
            draft.parent = self._headings[-1] if self._headings else None
        elif holder.first is None:
            draft.kind, draft.level, draft.parent, draft.row = holder.kind, holder.level, holder.parent, holder.row
            holder.first = draft
        else:
            draft.parent = holder.first
        return draft

    def _place_heading(self, text: str, level: int) -> Draft:
        while self._headings and self._headings[-1].level >= level:
            self._headings.pop()
        draft = Draft("heading", text, level, self._headings[-1] if self._headings else None, chunk=self._chunk)
        self._headings.append(draft)
        if self._holders:
            self._holders[-1].first = self._holders[-1].first or draft
        return draft

    def _describe(self, tag: str) -> _Open:
        if tag in _HEADINGS:
            return _Open(tag, "heading", _HEADINGS[tag])
        if tag in ("ul", "ol"):
            self._lists += 1
            return _Open(tag, parent=self._introducer())
        if tag == "li":
            return _Open(tag, "item", max(self._lists, 1), self._container())
        if tag == "table":
            return _Open(tag, parent=self._introducer())
        if tag == "tr":
            self._row += 1
        if tag in ("td", "th") and not (self._containers and self._containers[-1][1]):
            return _Open(tag, "cell", 1, self._container(), max(self._row, 0))
        if tag == "dt":
            return _Open(tag, "term", 1, self._headings[-1] if self._headings else None)
        if tag == "dd":
            return _Open(tag, "definition", 1, self._last_term)
        return _Open(tag)

    def _container(self) -> Draft | None:
        """What the list or table that is open belongs to."""
        return self._containers[-1][0].parent if self._containers else None

    def _introducer(self) -> Draft | None:
        """The block that a list or table that begins here belongs to."""
        if self._holders:
            return self._holders[-1].first or self._holders[-1].parent
        return self._last_text


def _split_breaks(text: str) -> Iterator[list[str]]:
    """Paragraphs (parted by two breaks or more) as lists of their lines (parted by one), cleaned."""
    lines: list[str] = []
    for piece in text.split(_BREAK):
        line = clean(piece)
        if line:
            lines.append(line)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _join_breaks(lines: list[str], kind: BlockKind) -> list[str]:
    """Lines parted by single breaks: one block, unless sentences end there, contacts are listed or all are short."""
    if len(lines) < 2 or kind != "paragraph":
        return [" ".join(lines)] if lines else []
    if any(map(has_contact, lines)) or all(len(line) <= SHORT_LINE for line in lines):
        return lines
    joined = [[lines[0]]]
    for before, line in pairwise(lines):
        if _SENTENCE_END.search(before[-ENDING:]):
            joined.append([line])
        else:
            joined[-1].append(line)
    return [" ".join(parts) for parts in joined]
