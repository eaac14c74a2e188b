"""A document as the later stages see it: its body text, the blocks of that text, and what its page says of itself."""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "item", "cell", "term", "definition", "dateline", "contact"]
DocumentKind = Literal["release", "structure", "data"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the body, in document order: ``text[start:end]`` of the document.

    Attributes:
        kind: what the page makes of it; ``contact`` blocks name a press contact and never reach a store.
        start: offset of its first character in the body.
        end: offset after its last character.
        level: heading level 1-6 for headings, nesting depth 1… for list items and cells, 0 for the rest.
        parent: index (in ``Document.blocks``) of the block that holds it: the item above a nested item, the
            heading or paragraph that introduces a list, the heading above a paragraph; ``None`` at the top.
        row: for cells, the number of the table row; otherwise ``None``.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    parent: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text that was read. Every offset of every later stage refers to ``text``.

    Attributes:
        source: the place it was read from, as given (path, URL or ``-``); never stored in the graph.
        name: what names it on every machine: its canonical URL, else its file name.
        text: the body, white space cleaned, without boilerplate, telephone numbers and e-mail addresses.
        blocks: the parts of ``text`` in order.
        language: ``en``, ``fr`` or ``es``.
        kind: ``release``, ``structure`` (a page that shows how an organisation is built) or ``data`` (a record).
        title: title of the release or page, where there is one.
        url: address of the page, where it is known.
        published: publication date, ISO 8601 (``2013-03-18``, ``2013-03``), where the page gives it.
        publisher: name of the publisher, as the page gives it.
        places: where the parts of the body stand in the source, if it has addresses for them: (offset of the first
            character, ``page 3``), in order.
    """

    source: str
    name: str
    text: str
    blocks: tuple[Block, ...]
    language: str
    kind: DocumentKind = "release"
    title: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    places: tuple[tuple[int, str], ...] = ()

    def place_of(self, offset: int) -> str | None:
        """Where the character at an offset stands in the source; ``None`` where its parts have no addresses."""
        index = bisect_right(self.places, offset, key=lambda place: place[0])
        return self.places[index - 1][1] if index else None

    @property
    def id(self) -> str:
        """Hash of name, date and body, 16 hexadecimal digits: the same content has the same id on every machine."""
        parts = (self.name, self.published or "", self.text)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """The document as plain JSON values, without the text (which the source keeps)."""
        return {
            "source": self.source,
            "name": self.name,
            "id": self.id,
            "language": self.language,
            "kind": self.kind,
            "title": self.title,
            "url": self.url,
            "date": self.published,
            "publisher": self.publisher,
        }


@dataclass(frozen=True, slots=True)
class Skip:
    """A source that was left out, and why: one clear line for the user."""

    source: str
    reason: str
