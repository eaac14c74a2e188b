"""Floors under the quality of extraction, on annotated documents. They may only rise.

The rules and the models have seen these documents: what the floors guard is that nothing gets lost. Figures on
documents left out of training are in docs/quality.md.
"""

from pathlib import Path

import pytest

from migkg.evaluate import Scores, evaluate_folders

ROOT = Path(__file__).parents[2]
FOLDERS = {"dev": [ROOT / "data" / "samples", ROOT / "tests" / "gold"], "invented": [ROOT / "tests" / "invented"]}
#         entities, relations, exact types, event starts, amounts
FLOORS = {"dev": (0.90, 0.78, 0.97, 0.52, 0.60), "invented": (0.82, 0.55, 0.95, 0.33, 0.50)}


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


def test_no_language_is_left_behind(shared: Path) -> None:
    """Relations of the weakest language are at most 0.10 behind those of the best."""
    scores = evaluate_folders([shared / "gold" / "dev", shared / "gold" / "samples"])
    figures = {k: v.f1 for k, v in scores.parts.items() if k.startswith("language")}
    assert set(figures) == {"language en", "language es", "language fr"}
    assert max(figures.values()) - min(figures.values()) <= 0.10, figures
