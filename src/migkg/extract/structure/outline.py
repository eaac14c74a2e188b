"""The outline of a structure page: its blocks as a tree of lines."""

from dataclasses import dataclass, field

from migkg.model import Document

BOX_KINDS = frozenset({"item", "term", "cell"})


@dataclass(eq=False, slots=True)
class Node:
    """One line of the page.

    Attributes:
        kind: the kind of its block.
        start: offset of its text.
        end: offset after its last character that is not white space.
        depth: level of the heading, nesting of the item.
        parent: the line that holds or introduces it.
        row: table row, for cells.
        children: the lines that it holds or introduces.
    """

    kind: str
    start: int
    end: int
    depth: int = 0
    parent: "Node | None" = None
    row: int | None = None
    children: list["Node"] = field(default_factory=list)

    @property
    def boxes(self) -> list["Node"]:
        """The items, terms and cells directly under it."""
        return [c for c in self.children if c.kind in BOX_KINDS]


def build_outline(document: Document) -> list[Node]:
    """The lines of the page in order, each with its parent and children; contact blocks and datelines are left out.

    A parent that does not stand before its child, or is itself left out, counts as none.
    """
    nodes: list[Node] = []
    of_block: dict[int, Node] = {}
    for index, block in enumerate(document.blocks):
        body = document.text[block.start : block.end]
        start = block.start + len(body) - len(body.lstrip())
        end = block.start + len(body.rstrip())
        if block.kind in {"contact", "dateline"} or start >= end:
            continue
        parent = of_block.get(block.parent) if block.parent is not None else None
        node = Node(block.kind, start, end, block.level, parent, block.row)
        if parent is not None:
            parent.children.append(node)
        of_block[index] = node
        nodes.append(node)
    return nodes
