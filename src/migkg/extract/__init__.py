"""From a document to what it says. Extraction never guesses identity: its entities are local to the document."""

from dataclasses import replace

from migkg.model import Document, Extraction


def extract_document(document: Document) -> Extraction:
    """Entities, statements and themes of one document, release or structure page.

    Raises:
        DataFileError: a data file of the document's language is malformed.
    """
    from migkg.extract.themes import find_themes

    extraction = _read(document)
    return replace(extraction, themes=find_themes(document, extraction.entities))


def _read(document: Document) -> Extraction:
    if document.kind == "structure":
        from migkg.extract.structure import extract_structure

        return extract_structure(document)
    from migkg.extract.release import extract_release

    return extract_release(document)
