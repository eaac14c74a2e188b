"""From a document to what it says. Extraction never guesses identity: its entities are local to the document."""

import gc
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Protocol

from migkg.model import Document, Extraction


class Extractor(Protocol):
    """What reads documents in place of ``extract_document``; never the default.

    Attributes:
        dropped: what was found and not kept, by reason.
        fingerprint: what the result depends on beside the document; another one makes every source changed.
    """

    dropped: Counter[str]
    fingerprint: str

    def __call__(self, document: Document) -> Extraction: ...


def extract_document(document: Document) -> Extraction:
    """Entities, statements and themes of one document, release or structure page.

    Raises:
        DataFileError: a data file of the document's language is malformed.
    """
    from migkg.extract.themes import find_themes

    extraction = _read(document)
    extraction = replace(extraction, themes=find_themes(document, extraction.entities))
    _leave_tables_alone(document.language)
    return extraction


@cache
def _leave_tables_alone(language: str) -> None:
    """Tell the garbage collector, once for each language, that its tables stay: going through them takes time."""
    gc.collect()
    gc.freeze()


def _read(document: Document) -> Extraction:
    if document.kind == "structure":
        from migkg.extract.structure import extract_structure

        return extract_structure(document)
    from migkg.extract.release import extract_release

    return extract_release(document)
