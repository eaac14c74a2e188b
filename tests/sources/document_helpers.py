"""What the tables of this folder share: bytes in, a document or its blocks out."""

from migkg.model import Document
from migkg.sources import Raw, parse_document


def read(content: str | bytes, name: str = "page.html") -> Document:
    """The document that a file of that name with that content gives."""
    data = content.encode() if isinstance(content, str) else content
    return parse_document(Raw(name, f"/somewhere/{name}", data))


def outline(document: Document) -> list[tuple[str, int, int | None, str]]:
    """Kind, level, parent and text of each block."""
    return [(b.kind, b.level, b.parent, document.text[b.start : b.end]) for b in document.blocks]


def texts(document: Document) -> list[str]:
    """The text of each block."""
    return [document.text[b.start : b.end] for b in document.blocks]
