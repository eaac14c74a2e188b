"""Texts made to break extraction: it must come to an end, and every quote must stand in the text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migkg.extract import extract_document
from migkg.model import Block, Document, Extraction

CHUNKS = {
    "no full stop": "the IOM project in Ghana and Mali funded by Japan with officials from Kenya ",
    "commas only": "Ghana, ",
    "nested brackets": "(IOM (",
    "mixed scripts": "Организация IOM 国際 منظمة Ghana project ",
    "capitals only": "IOM UNHCR ICMPD EU WORKSHOP IN GHANA ",
    "one post after another": "Dr. John Smith, Director of the Ministry of Health, ",
    "open quotation marks": "project “",
    "heads without end": "Ministry of Health of the Department of ",
    "apostrophes": "l’OIM d’Haïti l’",
    "semicolons": "Ghana; officials of Mali; ",
}
WORDS = st.sampled_from(
    [
        "IOM",
        "the",
        "Government",
        "of",
        "Ghana",
        "Japan",
        "funded",
        "funds",
        "workshop",
        ",",
        ".",
        ";",
        "(",
        ")",
        "“",
        "”",
        "«",
        "»",
        "officials",
        "from",
        "attended",
        "in",
        "Accra",
        "project",
        "a",
        "OIM",
        "le",
        "Mali",
        "financé",
        "par",
        "programme",
        "réunion",
        "de",
        "l’",
        "Ministerio",
        "Chile",
        "taller",
        "del",
        "firmaron",
        "convenio",
        "Mr.",
        "Smith",
        "Director",
        "5",
        "million",
        "dollars",
        "May",
        "2014",
        "3",
        "and",
        "y",
        "et",
    ]
)


def read(text: str, language: str) -> Extraction:
    return extract_document(Document("-", "hostile.txt", text, (Block("paragraph", 0, len(text)),), language))


def quotes_stand(extraction: Extraction) -> bool:
    text = extraction.document.text
    said = (*extraction.statements, *extraction.unasserted)
    mentions = [m for e in extraction.entities for m in e.mentions]
    return all(text[s.evidence.start : s.evidence.end] == s.evidence.text for s in said) and all(
        text[m.start : m.end] == m.text for m in mentions
    )


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("chunk", CHUNKS.values(), ids=CHUNKS)
def test_hostile_text(chunk: str, language: str) -> None:
    text = (chunk * (8_000 // len(chunk) + 1))[:8_000]
    assert quotes_stand(read(text, language))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=60), st.sampled_from(["en", "fr", "es"]))
def test_any_words(words: list[str], language: str) -> None:
    extraction = read(" ".join(words), language)
    assert quotes_stand(extraction)
    ids = {e.id for e in extraction.entities}
    assert all({s.subject, s.object} <= ids for s in (*extraction.statements, *extraction.unasserted))


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=300), st.sampled_from(["en", "fr", "es"]))
def test_any_text(text: str, language: str) -> None:
    assert quotes_stand(read(text, language))
