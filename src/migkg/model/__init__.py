"""The nouns that pass between the stages, with their JSON form. Nothing here knows RDF, files or languages."""

from migkg.model.document import Block, Document, Skip
from migkg.model.entity import Entity, Mention
from migkg.model.extraction import Extraction
from migkg.model.record import SourceRecord
from migkg.model.statement import Evidence, Fact, Statement
from migkg.model.theme import Theme

__all__ = [
    "Block",
    "Document",
    "Entity",
    "Evidence",
    "Extraction",
    "Fact",
    "Mention",
    "Skip",
    "SourceRecord",
    "Statement",
    "Theme",
]
