"""Blocks while a page is being read: they know their parents as objects, so that some can be taken out freely."""

from dataclasses import dataclass

from migkg.model import Block
from migkg.model.document import BlockKind

SEPARATOR = "\n\n"


@dataclass(slots=True, eq=False)
class Draft:
    """A block to be: see ``Block`` for the meaning of the fields that it shares.

    Attributes:
        chunk: number of the stretch between blank lines (plain text), or of the element (HTML), that it stands in.
        indent: columns of white space before it, for the lines of plain text.
        pages: for texts with pages, (offset in the text, number of the page that begins there), in order.
        alone: whether nothing else stands in its chunk (plain text).
        marked: whether a list marker stood in front of it, for the lines of plain text.
    """

    kind: BlockKind
    text: str
    level: int = 0
    parent: "Draft | None" = None
    row: int | None = None
    chunk: int = 0
    indent: int = 0
    marked: bool = False
    alone: bool = False
    pages: tuple[tuple[int, int], ...] = ()

    @property
    def words(self) -> int:
        """Number of words."""
        return self.text.count(" ") + 1


def assemble(drafts: list[Draft]) -> tuple[str, tuple[Block, ...]]:
    """The body text and its blocks; a parent that was taken out is replaced by the nearest one above it."""
    parts: list[str] = []
    blocks: list[Block] = []
    index: dict[int, int] = {}
    start = 0
    for draft in drafts:
        parent = draft.parent
        while parent is not None and id(parent) not in index:
            parent = parent.parent
        above = None if parent is None else index[id(parent)]
        index[id(draft)] = len(blocks)
        end = start + len(draft.text)
        blocks.append(Block(draft.kind, start, end, draft.level, above, draft.row))
        parts.append(draft.text)
        start = end + len(SEPARATOR)
    return SEPARATOR.join(parts), tuple(blocks)
