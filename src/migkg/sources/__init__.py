"""From files, folders, globs, standard input and URLs to documents: body text, blocks, language, title, date."""

from migkg.sources.formats import Item
from migkg.sources.listing import list_sources
from migkg.sources.opening import list_pieces, open_source
from migkg.sources.parsing import parse_document, read_boilerplate, read_documents
from migkg.sources.raw import Raw, Stated
from migkg.sources.reading import read_source

__all__ = [
    "Item",
    "Raw",
    "Stated",
    "list_pieces",
    "list_sources",
    "open_source",
    "parse_document",
    "read_boilerplate",
    "read_documents",
    "read_source",
]
