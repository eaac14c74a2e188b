"""Floors under identity across documents, with the links that annotators made. They may only rise."""

from pathlib import Path

import pytest

from migkg.link_scores import LinkScores, b_cubed, score_links

ACTORS, WORKS = "actors, persons, places", "programmes, events"


@pytest.mark.parametrize(
    ("pairs", "precision", "recall"),
    [
        ([("t", "a"), ("t", "a"), ("u", "b")], 1.0, 1.0),
        ([("t", "a"), ("t", "b")], 0.5, 1.0),  # all in one thing
        ([("t", "a"), ("u", "a")], 1.0, 0.5),  # nothing joined
        ([("t", "a"), ("t", "a"), ("t", "b"), ("u", "b")], (2 * 2 / 3 + 1 / 3 + 1) / 4, (2 + 0.5 + 0.5) / 4),
    ],
)
def test_b_cubed(pairs: list[tuple[str, str]], precision: float, recall: float) -> None:
    found = b_cubed(pairs)
    assert (found.precision, found.recall) == pytest.approx((precision, recall))


@pytest.fixture(scope="module", params=["annotated", "extracted"])
def measured(request: pytest.FixtureRequest) -> LinkScores:
    gold = Path(__file__).parents[3] / "shared" / "gold"
    if not gold.is_dir():
        pytest.skip("there is no ../shared beside the repository")
    return score_links(gold / "links.csv", [gold / "dev", gold / "samples"], extract=request.param == "extracted")


def test_links_of_annotated_documents(measured: LinkScores) -> None:
    assert measured.groups[ACTORS].f1 >= 0.95
    assert measured.groups[WORKS].f1 >= 0.85


def test_hardly_any_merge_is_wrong(measured: LinkScores) -> None:
    assert measured.pairs > 1000
    assert measured.mixed < 0.01 * measured.things
    assert measured.wrong < 0.01 * measured.pairs
