"""Organisation-structure pages: who is part of what, who reports to whom, who holds which office, who is a member."""

from migkg.extract.structure.chart import ChartReader
from migkg.extract.structure.entries import Entries
from migkg.extract.structure.lexicon import load_structure_lexicon
from migkg.extract.structure.mentions import MentionReader
from migkg.extract.structure.organisation import find_organisation
from migkg.extract.structure.outline import build_outline
from migkg.extract.structure.page import Page
from migkg.extract.structure.prose import ProseReader
from migkg.extract.structure.relations import Relations
from migkg.extract.structure.result import finish
from migkg.extract.structure.seats import SeatReader
from migkg.extract.structure.titles import Titles
from migkg.model import Document, Extraction

__all__ = ["extract_structure"]


def extract_structure(document: Document) -> Extraction:
    """The units, posts, people and bodies of a structure page and how they stand to each other.

    The chart is read first, top down; prose that introduces no list is read afterwards, when all boxes are known.

    Args:
        document: a document of kind ``structure`` in a language that has ``data/lexicons/<language>/structure.yaml``.

    Raises:
        DataFileError: the lexicon of the language is missing or malformed.
    """
    page = Page(document, load_structure_lexicon(document.language))
    entries, relations = Entries(page), Relations(page)
    titles, seats = Titles(page, relations), SeatReader(page, entries)
    mentions = MentionReader(page, entries, titles)
    nodes = build_outline(document)
    find_organisation(page, entries, mentions.reader, nodes)
    prose = ProseReader(page, mentions, seats, relations, titles)
    chart = ChartReader(page, mentions, seats, prose, relations, titles)
    chart.read(nodes)
    chart.read_texts()
    prose.groups.resolve()
    titles.finish()
    return finish(page, entries)
