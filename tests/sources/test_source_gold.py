"""The annotated documents: what the gold says of a page is what is read from it, and every gold string is kept."""

import json
import re
from pathlib import Path

import pytest

from migkg.sources import parse_document, read_source

ROOT = Path(__file__).resolve().parents[2]
GOLD = sorted(
    path for folder in ("tests/gold", "data/samples", "../shared/gold/dev") for path in (ROOT / folder).glob("*.json")
)


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("path", GOLD, ids=[f"{path.parent.name}/{path.stem}" for path in GOLD])
def test_gold_document(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    document = parse_document(read_source(str(path.parent / gold["document"]["file"])))
    assert document.language == gold["document"]["language"]
    assert document.kind == gold["document"]["kind"]
    text = squeeze(document.text)
    strings = [mention for entity in gold["entities"] for mention in entity["mentions"]]
    strings += [relation["evidence"] for relation in gold["relations"]]
    assert [string for string in strings if squeeze(string) not in text] == []
