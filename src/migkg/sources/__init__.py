"""From files, folders, globs, standard input and URLs to documents: body text, blocks, language, title, date."""

from migkg.sources.listing import list_sources
from migkg.sources.parsing import parse_document, read_boilerplate, read_documents
from migkg.sources.raw import Raw
from migkg.sources.reading import read_source

__all__ = ["Raw", "list_sources", "parse_document", "read_boilerplate", "read_documents", "read_source"]
