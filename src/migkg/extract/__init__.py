"""From a document to what it says. Extraction never guesses identity: its entities are local to the document."""

from migkg.model import Document, Extraction


def extract_document(document: Document) -> Extraction:
    """Entities and statements of one document, release or structure page.

    Raises:
        DataFileError: a data file of the document's language is malformed.
    """
    if document.kind == "structure":
        from migkg.extract.structure import extract_structure

        return extract_structure(document)
    from migkg.extract.release import extract_release

    return extract_release(document)
