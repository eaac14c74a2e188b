"""Annotated documents as extractions: what a careful reader takes from a text, in the form the stages pass on."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from migkg.lexicon.gazetteer import load_gazetteer
from migkg.model import Document, Entity, Evidence, Extraction, Mention, Statement
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.sources import parse_document, read_source


@cache
def read_gold(path: Path) -> Extraction:
    """The extraction that a gold file and its document make: every mention and evidence with its place in the body."""
    record = json.loads(path.read_text(encoding="utf-8"))
    document = _document(path, record)
    people = {e["id"] for e in record["entities"] if e["type"] == "Person"}
    entities = tuple(_entity(e, document.text) for e in record["entities"])
    statements = tuple(_statement(r, document.text, people) for r in record["relations"])
    return Extraction(document, entities, statements)


def find_all(text: str, wanted: str, whole: bool = True) -> Iterator[tuple[int, int]]:
    """Where a string stands in a text, as whole words unless told otherwise, white space aside."""
    pattern = r"\s+".join(re.escape(word) for word in wanted.split())
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)" if whole else pattern, text):
        yield match.start(), match.end()


def _document(path: Path, record: dict[str, Any]) -> Document:
    """The document as migkg reads it, with what the annotators knew of it put in where the page does not say it."""
    facts = record["document"]
    document = parse_document(read_source(str(path.with_name(facts["file"]))))
    publisher = next((e["name"] for e in record["entities"] if e["id"] == facts.get("publisher")), None)
    return replace(
        document,
        language=facts["language"],
        kind=facts["kind"],
        url=document.url or facts.get("url"),
        published=document.published or facts.get("date"),
        publisher=document.publisher or publisher,
    )


def _entity(record: dict[str, Any], text: str) -> Entity:
    places = sorted({place for wanted in record["mentions"] for place in find_all(text, wanted)})
    mentions = tuple(Mention(text[start:end], start, end, "gold") for start, end in places)
    described = record["type"] in {"Event", "Programme", "Instrument"} and record["name"][:1].islower()
    country = record.get("country")
    return Entity(
        id=record["id"],
        type=record["type"],
        label=record["name"],
        mentions=mentions,
        country=country,
        start=record.get("start"),
        end=record.get("end"),
        key=_key(record),
        named=not described,
    )


def _key(record: dict[str, Any]) -> str | None:
    """The key of the authority tables: by the country of a Place, by the exact name of an actor."""
    if record["type"] == "Place":
        return f"country:{record['country']}" if record.get("country") else None
    if record["type"] not in ACTOR_TYPES:
        return None
    keys = {entry.key for entry in load_gazetteer().lookup(record["name"]) if entry.kind == "organisation"}
    return keys.pop() if len(keys) == 1 else None


def _statement(record: dict[str, Any], text: str, people: set[str]) -> Statement:
    start, end = next(find_all(text, record["evidence"], whole=False))
    amount = record.get("amount")
    return Statement(
        subject=record["subject"],
        predicate=record["predicate"],
        object=record["object"],
        evidence=Evidence(text[start:end], start, end),
        confidence=0.9,
        rule="gold",
        amount=None if amount is None else Decimal(str(amount)),
        currency=record.get("currency"),
        post=record.get("post") if record["subject"] in people else None,
    )
