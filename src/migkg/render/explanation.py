"""One document explained: its text with the mentions coloured, and every statement with its words, rule and confidence.

The page is one file without requests. Where annotations are given it also says what is right, false and missed.
"""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any

from migkg.model import Extraction
from migkg.render.words import load_style, load_words


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What annotations say of an extraction.

    Attributes:
        false_entities: ids of entities that no annotated one matches.
        false_statements: ids of statements that are not annotated.
        missed: what is annotated and was not found, one line each, with its evidence ("" for entities).
    """

    false_entities: frozenset[str]
    false_statements: frozenset[str]
    missed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    entity: str
    type: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    statements: str
    mark: _Mark | None


def render_explanation(extraction: Extraction, verdicts: Verdicts | None = None, *, language: str = "en") -> str:
    """The page as HTML.

    Args:
        extraction: what was read from the document.
        verdicts: what annotations say of it; ``None`` where there are none.
        language: language of the page's own words.

    Raises:
        UsageError: the page does not speak this language.
    """
    from jinja2 import Environment, FileSystemLoader

    words, style = load_words(language), load_style()
    environment = Environment(
        loader=FileSystemLoader(str(files("migkg.render") / "assets")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sheet, script = _asset("explanation.css"), _asset("explanation.js")
    colours = {kind: value["colour"] for kind, value in style["types"].items()}
    sheet += "".join(
        f"\n.{kind} {{ --tint: {'var(--ink)' if colour == 'ink' else colour}; }}" for kind, colour in colours.items()
    )
    return environment.get_template("explanation.html.j2").render(
        language=language,
        words=words,
        document=extraction.document,
        blocks=list(_blocks(extraction)),
        statements=[_row(extraction, s, words, verdicts) for s in (*extraction.statements, *extraction.unasserted)],
        entities=[_entity_row(e, words, verdicts) for e in extraction.entities],
        judged=verdicts is not None,
        missed=verdicts.missed if verdicts else (),
        sheet=sheet,
        script=script,
        hashes={"script": _hash(script), "sheet": _hash(sheet)},
    )


def _blocks(extraction: Extraction) -> Iterator[tuple[str, int, list[_Piece]]]:
    """(kind, level, pieces) of every block: the text cut wherever a mention or an evidence begins or ends."""
    text = extraction.document.text
    marks = _outermost(extraction)
    evidence = [(s.evidence.start, s.evidence.end, s.id) for s in (*extraction.statements, *extraction.unasserted)]
    cuts = sorted({p for m in marks for p in (m.start, m.end)} | {p for s, e, _ in evidence for p in (s, e)})
    for block in extraction.document.blocks:
        inside = [block.start, *(c for c in cuts if block.start < c < block.end), block.end]
        yield block.kind, block.level, [_piece(text, a, b, marks, evidence) for a, b in pairwise(inside)]


def _piece(text: str, start: int, end: int, marks: list[_Mark], evidence: list[tuple[int, int, str]]) -> _Piece:
    mark = next((m for m in marks if m.start <= start and end <= m.end), None)
    ids = " ".join(i for s, e, i in evidence if s <= start and end <= e)
    return _Piece(text[start:end], ids, mark)


def _outermost(extraction: Extraction) -> list[_Mark]:
    """Mentions that lie in no longer one, in text order."""
    every = [_Mark(m.start, m.end, e.id, e.type, m.rule) for e in extraction.entities for m in e.mentions]
    chosen: list[_Mark] = []
    for mark in sorted(every, key=lambda m: (m.start - m.end, m.start, m.entity)):
        if all(mark.end <= other.start or other.end <= mark.start for other in chosen):
            chosen.append(mark)
    return sorted(chosen, key=lambda m: m.start)


def _row(extraction: Extraction, statement: Any, words: dict[str, Any], verdicts: Verdicts | None) -> dict[str, Any]:
    labels = {e.id: (e.label, e.type) for e in extraction.entities}
    money = f"{statement.amount:,} {statement.currency}" if statement.amount is not None else None
    return {
        "id": statement.id,
        "subject": labels[statement.subject],
        "predicate": words["relations"][statement.predicate][0],
        "object": labels[statement.object],
        "status": words["status"][statement.status],
        "asserted": statement.status == "stated",
        "confidence": f"{statement.confidence:.2f}",
        "rule": statement.rule,
        "notes": [n for n in (statement.post, money) if n],
        "right": None if verdicts is None else statement.id not in verdicts.false_statements,
    }


def _entity_row(entity: Any, words: dict[str, Any], verdicts: Verdicts | None) -> dict[str, Any]:
    dates = " – ".join(d for d in (entity.start, entity.end) if d)
    return {
        "id": entity.id,
        "label": entity.label,
        "type": entity.type,
        "kind": words["types"][entity.type][0],
        "notes": [n for n in (entity.country, dates, entity.key) if n],
        "count": len(entity.mentions),
        "right": None if verdicts is None else entity.id not in verdicts.false_entities,
    }


def _asset(name: str) -> str:
    return (files("migkg.render") / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
