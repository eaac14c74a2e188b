"""The page that explains one document: what it shows, and that no text of the document becomes markup."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from migkg.cli import cli
from migkg.extract import extract_document
from migkg.model import Block, Document, Extraction
from migkg.render.explanation import Verdicts, render_explanation

TEXT = (
    "IOM and the Government of Ghana signed a memorandum of understanding in Accra. Japan may fund a project in Ghana."
)


def reading(text: str = TEXT, name: str = "note.txt") -> Extraction:
    return extract_document(Document("-", name, text, (Block("paragraph", 0, len(text)),), "en", title=name))


def test_every_statement_is_listed_with_rule_and_confidence() -> None:
    extraction = reading()
    page = render_explanation(extraction)
    assert extraction.statements
    for statement in (*extraction.statements, *extraction.unasserted):
        assert f'data-statement="{statement.id}"' in page
        assert statement.rule in page
        assert f"{statement.confidence:.2f}" in page


def test_the_text_is_there_to_the_letter() -> None:
    page = render_explanation(reading())
    article = re.search(r"<article.*?</article>", page, re.DOTALL)
    assert article is not None
    assert TEXT in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", article[0])).strip()


def test_annotations_are_shown() -> None:
    extraction = reading()
    first = extraction.statements[0]
    verdicts = Verdicts(frozenset(), frozenset({first.id}), (("Event: signing", ""), ("A funds B", "A gives to B")))
    page = render_explanation(extraction, verdicts)
    assert "A gives to B" in page
    assert re.search(rf'data-statement="{first.id}" class="wrong', page)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_page_speaks(language: str) -> None:
    assert f'<html lang="{language}">' in render_explanation(reading(), language=language)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</style><script>1</script>",
        "{{ 7*7 }}",
        "&lt;b&gt;",
    ],
)
def test_no_text_becomes_markup(hostile: str) -> None:
    page = render_explanation(reading(f"{TEXT} {hostile} IOM funds a project.", hostile))
    assert page.count("<script>") == 1
    assert page.count("<style>") == 1
    assert "<img" not in page
    assert "49" not in re.sub(r"sha256-\S+|#\w+|0\.\d+", "", page.split("<body>")[1].split("</article>")[0])


def test_command_writes_and_judges(tmp_path: Path) -> None:
    source, gold, output = tmp_path / "note.txt", tmp_path / "note.json", tmp_path / "page.html"
    source.write_text(TEXT, encoding="utf-8")
    gold.write_text(
        json.dumps(
            {
                "document": {"file": "note.txt", "kind": "release", "language": "en"},
                "entities": [{"id": "e1", "type": "Event", "name": "gala in Accra", "mentions": ["gala"]}],
                "relations": [],
            }
        )
    )
    result = CliRunner().invoke(cli, ["explain", str(source), "--gold", str(gold), "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert "Event: gala in Accra" in output.read_text(encoding="utf-8")
