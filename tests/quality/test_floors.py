"""Floors under the quality of extraction, on annotated documents. They may only rise.

The rules and the models have seen these documents: what the floors guard is that nothing gets lost. Figures on
documents left out of training are in docs/quality.md.
"""

import json
from pathlib import Path

import pytest

from migkg.evaluate import Scores, compare, evaluate_folders
from migkg.extract import extract_document
from migkg.sources import parse_document, read_source

ROOT = Path(__file__).parents[2]
FOLDERS = {"dev": [ROOT / "data" / "samples", ROOT / "tests" / "gold"], "invented": [ROOT / "tests" / "invented"]}
#         entities, relations, exact types, event starts, amounts
FLOORS = {"dev": (0.92, 0.81, 0.97, 0.55, 0.62), "invented": (0.88, 0.65, 0.96, 0.37, 0.60)}


@pytest.fixture(scope="module", params=sorted(FOLDERS))
def measured(request: pytest.FixtureRequest) -> tuple[str, Scores]:
    return request.param, evaluate_folders(FOLDERS[request.param])


def test_entities_and_relations(measured: tuple[str, Scores]) -> None:
    name, scores = measured
    assert scores.entities.f1 >= FLOORS[name][0]
    assert scores.relations.f1 >= FLOORS[name][1]


def test_types_dates_and_amounts(measured: tuple[str, Scores]) -> None:
    name, scores = measured
    for share, floor in zip(("exact type", "event start", "amount"), FLOORS[name][2:], strict=True):
        assert scores.shares[share].precision >= floor, share


def test_no_language_is_left_behind() -> None:
    """Relations of the weakest language are at most 0.05 behind those of the best, over all annotated documents."""
    scores = evaluate_folders([folder for folders in FOLDERS.values() for folder in folders])
    figures = {k: v.f1 for k, v in scores.parts.items() if k.startswith("language")}
    assert set(figures) == {"language en", "language es", "language fr"}
    assert max(figures.values()) - min(figures.values()) <= 0.05, figures


def test_what_is_called_sure_is_sure() -> None:
    """Of the statements of releases with confidence 0.8 and more at least 95 in 100 are annotated, if there are any."""
    scores, sure = Scores(), []
    for path in sorted(path for folders in FOLDERS.values() for folder in folders for path in folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        extraction = extract_document(parse_document(read_source(str(path.parent / gold["document"]["file"]))))
        compare(gold, extraction.surer_than(0.8).to_json(), scores)
        sure += [s for s in extraction.statements if s.confidence >= 0.8]
    assert sure
    assert scores.relations.precision >= 0.95
