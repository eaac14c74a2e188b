"""PDF files: their text, with the number of the page for each part of it."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from migkg.errors import SourceSkip
from migkg.sources.formats import Item, Opened
from migkg.sources.plain import PAGE_BREAK
from migkg.sources.raw import Raw

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

# A report with its pictures; the text in it is held to the limit of all texts.
MAX_PDF_BYTES = 50 * 1024 * 1024
MAX_PAGES = 500
# Bytes of one page that say what is drawn on it, unpacked; a page of text takes some ten thousand.
MAX_PAGE_BYTES = 4 * 1024 * 1024
# From so many pages on, a first or last line that this share of them repeats is no part of the text.
LEAST_PAGES = 3
REPEATED_SHARE = 0.6
_DIGITS = re.compile(r"\d+")
# Line ends within a page; a page break is none of them.
_CONTENT_TYPE = "text/plain; charset=utf-8"


def read(opened: Opened) -> Iterator[Item]:
    """The text of a PDF file.

    Raises:
        SourceSkip: too large, broken, encrypted, without text, or the library is not installed.
    """
    data = opened.file.read(MAX_PDF_BYTES + 1)
    if len(data) > MAX_PDF_BYTES:
        raise SourceSkip(f"too large: the limit for PDF files is {MAX_PDF_BYTES / 1e6:.0f} MB")
    yield read_bytes(Raw(opened.source, opened.location, data, opened.content_type))


def read_bytes(raw: Raw) -> Raw:
    """The text of a PDF file in place of its bytes, page breaks between its pages.

    Raises:
        SourceSkip: as ``read``.
    """
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise SourceSkip("PDF files need a library more: pip install migkg[documents]") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # broken files are said in one line, not in hundreds
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceSkip("encrypted: it opens with a password only")
        pages = _read_pages(reader)
    except SourceSkip:
        raise
    except (PyPdfError, RecursionError, ArithmeticError, LookupError, TypeError, ValueError, OSError) as error:
        if type(error).__name__ == "DependencyError":
            raise SourceSkip("encrypted in a way that needs another library") from error
        raise SourceSkip(f"a broken PDF file: {' '.join(str(error).split()) or type(error).__name__}") from error
    except AttributeError as error:  # what the library raises where an object of the file is of another kind
        raise SourceSkip("a broken PDF file") from error
    text = PAGE_BREAK.join("\n".join(lines) for lines in _drop_repeated(pages))
    if not text.strip(PAGE_BREAK + "\n "):
        raise SourceSkip("a PDF file without text: its pages are pictures")
    return replace(raw, data=text.encode("utf-8", "replace"), content_type=_CONTENT_TYPE)


def _read_pages(reader: "PdfReader") -> list[list[str]]:
    """The lines of each page."""
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise SourceSkip(f"{count} pages, the limit is {MAX_PAGES}")
    return [_read_page(page, number) for number, page in enumerate(reader.pages, 1)]


def _read_page(page: "PageObject", number: int) -> list[str]:
    contents = page.get_contents()
    size = len(contents.get_data()) if contents is not None else 0
    if size > MAX_PAGE_BYTES:
        raise SourceSkip(f"page {number} is drawn with {size / 1e6:.0f} MB, the limit is {MAX_PAGE_BYTES / 1e6:.0f} MB")
    text = page.extract_text() if size else ""
    return [line.rstrip() for line in text.replace(PAGE_BREAK, "\n").splitlines()]


def _drop_repeated(pages: list[list[str]]) -> list[list[str]]:
    """The pages without their running heads and page numbers."""
    pages = [_trim(lines) for lines in pages]
    if len(pages) < LEAST_PAGES:
        return pages
    for end in (0, -1):
        counts = Counter(_DIGITS.sub("0", lines[end]) for lines in pages if lines)
        repeated = {line for line, count in counts.items() if count >= REPEATED_SHARE * len(pages)}
        for lines in pages:
            if lines and _DIGITS.sub("0", lines[end]) in repeated:
                lines.pop(end)
    return [_trim(lines) for lines in pages]


def _trim(lines: list[str]) -> list[str]:
    """Without empty lines at the beginning and the end."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []
