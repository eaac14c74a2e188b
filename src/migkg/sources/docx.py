"""Word documents: their headings, paragraphs, lists and tables as a page, so that they are read as pages are."""

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from migkg.errors import SourceSkip
from migkg.sources.formats import Opened
from migkg.sources.raw import Raw

if TYPE_CHECKING:
    from docx.table import Table

MAX_DOCX_BYTES = 50 * 1024 * 1024
# The XML of the text, unpacked; a book takes some million bytes.
MAX_XML_BYTES = 30 * 1024 * 1024
_HEADING = re.compile(r"heading ([1-6])", re.I)


def read_package(opened: Opened) -> Raw:
    """A Word document as the bytes of an HTML page.

    Raises:
        SourceSkip: too large, broken, or the library is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise SourceSkip("Word documents need a library more: pip install migkg[documents]") from error
    _check_size(opened)
    opened.file.seek(0)
    try:
        document = docx.Document(opened.file)
        body = "\n".join(_blocks(document))
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError) as error:  # lxml's errors are SyntaxErrors
        raise SourceSkip(f"a broken Word document: {' '.join(str(error).split()) or type(error).__name__}") from error
    page = f"<!doctype html><html><body><main>\n{body}\n</main></body></html>"
    return Raw(opened.source, opened.location, page.encode("utf-8", "replace"), "text/html; charset=utf-8")


def _check_size(opened: Opened) -> None:
    import zipfile

    size = opened.file.seek(0, 2)
    with zipfile.ZipFile(opened.file) as package:
        unpacked = sum(entry.file_size for entry in package.infolist() if entry.filename.endswith((".xml", ".rels")))
        whole = sum(entry.file_size for entry in package.infolist())
    if max(size, whole) > MAX_DOCX_BYTES or unpacked > MAX_XML_BYTES:
        raise SourceSkip(f"too large: {max(size, whole) / 1e6:.0f} MB unpacked, {unpacked / 1e6:.0f} MB of it text")


def _blocks(document: Any) -> Iterator[str]:
    """The blocks of the body as HTML elements, in order."""
    from docx.table import Table

    titled = False
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield _table(block)
            continue
        text = escape(block.text.strip())
        if not text:
            continue
        style = (block.style.name if block.style is not None else "") or ""
        heading = _HEADING.fullmatch(style)
        if style == "Title" and not titled:
            titled = True
            yield f"<h1>{text}</h1>"
        elif heading:
            yield f"<h{heading[1]}>{text}</h{heading[1]}>"
        elif style.startswith("List") or (block._p.pPr is not None and block._p.pPr.numPr is not None):
            yield f"<ul><li>{text}</li></ul>"
        else:
            yield f"<p>{text.replace(chr(10), '<br>')}</p>"


def _table(table: "Table") -> str:
    rows = ("".join(f"<td>{escape(cell.text.strip())}</td>" for cell in row.cells) for row in table.rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
