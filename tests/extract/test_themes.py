"""Themes: which words show them, which do not, and what weighs more."""

import csv
from pathlib import Path

import pytest
import yaml

from migkg.errors import DataFileError
from migkg.extract import extract_document
from migkg.lexicon import themes
from migkg.lexicon.themes import load_theme_words
from migkg.model import Block, Document, Extraction
from migkg.resources import data_path
from migkg.text.normalize import fold

LANGUAGES = ("en", "fr", "es")


def read(*paragraphs: str, language: str = "en", title: str | None = None) -> Extraction:
    parts = [title, *paragraphs] if title else list(paragraphs)
    blocks, start = [], 0
    for number, part in enumerate(parts):
        kind = "heading" if title and number == 0 else "paragraph"
        blocks.append(Block(kind, start, start + len(part), level=1 if kind == "heading" else 0))
        start += len(part) + 2
    return extract_document(Document("t", "t", "\n\n".join(parts), tuple(blocks), language, title=title))


def codes(extraction: Extraction) -> list[str]:
    return [theme.code for theme in extraction.themes if theme.subject is None]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "They visited three border posts.", ["border posts"]),
        ("en", "They visited a border post.", ["border post"]),
        ("en", "Asylum-seekers and asylum seekers", ["Asylum-seekers", "asylum seekers"]),
        ("en", "a TIP on IDPs", ["TIP", "IDPs"]),
        ("en", "a tip of the idps", []),  # acronyms in capitals only
        ("en", "MIDAS is no MIDA", ["MIDAS", "MIDA"]),  # one is the plural of the other by its letters
        ("en", "refugee, camp", ["refugee"]),  # no phrase over a comma
        ("en", "the borderline", []),  # whole words only
        ("fr", "les postes-frontières du poste frontière", ["postes-frontières", "poste frontière"]),
        ("fr", "LUTTE CONTRE LA TRAITE", ["LUTTE CONTRE LA TRAITE"]),
        ("fr", "gestion des frontieres", ["gestion des frontieres"]),
        ("es", "las inundaciones y la inundación", ["inundaciones", "inundación"]),
        ("es", "las migraciones irregulares", ["migraciones irregulares"]),
        ("es", "solicitante de asilo", ["solicitante de asilo"]),
    ],
)
def test_words(language: str, text: str, found: list[str]) -> None:
    hits = load_theme_words(language).find(text, fold(text))
    assert [text[hit.start : hit.end] for hit in hits if not hit.weak] == found


@pytest.mark.parametrize(
    ("language", "title", "text", "expected"),
    [
        ("en", "Workshop on human trafficking", "Police officers met in Dakar.", ["iom:counter-trafficking"]),
        ("en", None, "The ceremony took place in Dakar.", []),
        # the name of an actor is not what the text is about
        ("en", None, "The UN High Commissioner for Refugees visited Dakar.", []),
        ("fr", "Les migrations de travail en débat", "Une réunion a eu lieu à Dakar.", ["iom:labour-migration"]),
        ("es", "La trata de personas", "Hubo un taller en Quito.", ["iom:counter-trafficking"]),
        ("es", None, "Las remesas crecieron en Ecuador.", ["iom:remittances"]),
    ],
)
def test_themes_of_a_document(language: str, title: str | None, text: str, expected: list[str]) -> None:
    assert codes(read(text, language=language, title=title)) == expected


def test_a_word_in_passing_is_no_theme() -> None:
    lead = "IOM opened an office in Dakar today."
    assert codes(read(lead, "It will work on remittances as well.")) == []
    assert codes(read(lead, "It will work on remittances.", "Remittances grow.")) == ["iom:remittances"]


def test_the_title_and_the_lead_weigh_more() -> None:
    found = read("Migrants met in Dakar.", "Floods came.", "Floods came again.", title="Remittances to Senegal")
    assert codes(found) == ["iom:remittances", "iom:drr"]
    scores = [theme.score for theme in found.themes]
    assert scores == sorted(scores, reverse=True) and all(0 < score < 1 for score in scores)


def test_at_most_five_and_evidence_is_in_the_text() -> None:
    text = "Refugees, remittances, floods, human trafficking, migrant smuggling, resettlement, reintegration, diaspora."
    found = read(text, text)
    assert len(codes(found)) == 5
    for theme in found.themes:
        assert theme.evidence and all(found.document.text[e.start : e.end] == e.text for e in theme.evidence)


def test_themes_of_a_programme_and_an_event() -> None:
    found = read(
        "IOM implements the Counter Trafficking Programme, funded by Japan. "
        "Japan also funds the Samba Project of IOM, which helps victims of trafficking and returnees. "
        "The Government of Japan organised a workshop on border management in Dakar."
    )
    labels = {entity.id: entity.label for entity in found.entities}
    shown = {(labels[theme.subject], theme.code) for theme in found.themes if theme.subject}
    assert ("Counter Trafficking Programme", "iom:counter-trafficking") in shown
    # the sentence that introduces it speaks for a programme whose name says nothing
    assert any(label.startswith("Samba Project") and code == "iom:reintegration" for label, code in shown)
    assert all(code != "iom:reintegration" for label, code in shown if label == "Counter Trafficking Programme")


def test_json() -> None:
    (record,) = read("Remittances.", title="Remittances").to_json()["themes"]
    assert record["code"] == "iom:remittances" and "subject" not in record
    assert [words["text"] for words in record["evidence"]] == ["Remittances", "Remittances"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_data_files_have_no_word_for_two_themes(language: str) -> None:
    content = yaml.safe_load((data_path("lexicons") / language / "themes.yaml").read_text(encoding="utf-8"))
    seen: dict[str, str] = {}
    for key in ("words", "weak"):
        for code, words in content[key].items():
            for word in words:
                pattern = themes._pattern(word, language)
                assert seen.setdefault(pattern, code) == code, f"{word}: {seen[pattern]} and {code}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_thematic_area_can_be_found(language: str) -> None:
    with (data_path("authorities") / "migration_themes.csv").open(encoding="utf-8", newline="") as file:
        areas = {row["code"] for row in csv.DictReader(file) if row["scheme"] == "iom-thematic-area"}
    found = {form.code for forms in load_theme_words(language)._forms for form in forms if not form.weak}
    assert areas - found == set()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("silent: []\nwords: {}\n", "the keys silent"),
        ("silent: []\nwords: {iom:nothing: [word]}\nweak: {}\n", "words: iom:nothing: no code"),
        ("silent: []\nwords: [word]\nweak: {}\n", "words: a mapping"),
    ],
)
def test_malformed_data_names_the_file(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "themes.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(themes, "data_path", lambda name: tmp_path)
    with pytest.raises(DataFileError, match=f"themes.yaml: {message}"):
        load_theme_words.__wrapped__("xx")
