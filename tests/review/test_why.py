"""`migkg why`: which sources, from where, merged by what, and what was nearly merged."""

import json
from pathlib import Path
from typing import Any

import pytest

from migkg.build.review import Review
from migkg.model.proposal import Proposal
from review.conftest import WHO, migkg
from review.test_effects import merged_pair


def why(store: Path, text: str) -> list[dict[str, Any]]:
    run = migkg("why", text, "--store", store, "--format", "json")
    assert run.returncode == 0, run.stderr
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


def test_a_thing_of_the_tables_is_told_with_its_row_and_every_source(store: Path) -> None:
    (found,) = why(store, "org/iom")
    facts = [(fact["fact"], fact["value"]) for fact in found["authority"]]
    assert ("row", "org/iom") in facts
    assert ("name (fr)", "Organisation internationale pour les migrations") in facts
    witnesses = [witness for form in found["forms"] for witness in form["witnesses"]]
    assert {witness["language"] for witness in witnesses} == {"en", "fr", "es"}
    assert all(witness["source"].startswith("https://w3id.org/migkg/id/source/") for witness in witnesses)


@pytest.mark.parametrize("text", ["{iri}", "{suffix}", "{name}"])
def test_a_thing_is_found_by_iri_end_of_it_or_name(store: Path, proposals: list[Proposal], text: str) -> None:
    side = proposals[0].left
    words = {"iri": side.iri, "suffix": side.iri.removeprefix("https://w3id.org/migkg/id/"), "name": side.names[0][1]}
    assert side.iri in {form["iri"] for found in why(store, text.format(**words)) for form in found["forms"]}


def test_what_the_scores_merged_is_told_with_reasons_that_make_the_score(store: Path) -> None:
    pair = merged_pair(store)
    (found,) = why(store, pair[0])
    assert set(pair) <= {form["iri"] for form in found["forms"]}
    assert len(found["mergedBy"]) == len(found["forms"]) - 1
    assert all(tie["score"] >= 0.85 and tie["reasons"] and not tie["verdicts"] for tie in found["mergedBy"])


def test_a_verdict_is_told_with_who_when_and_why(store: Path, proposals: list[Proposal]) -> None:
    review = Review(store, who=WHO)
    pair = proposals[0].left.iri, proposals[0].right.iri
    near = {(tie["left"], tie["right"]): tie for tie in why(store, pair[0])[0]["near"]}
    assert near[pair]["decision"] == "proposed"
    review.decide(pair[0], "same", pair[1], "one body, two languages")
    review.apply()
    (found,) = why(store, pair[1])
    tie = next(tie for tie in found["mergedBy"] if (tie["left"], tie["right"]) == pair)
    (verdict,) = tie["verdicts"]
    assert (verdict["who"], verdict["verdict"], verdict["why"]) == (WHO, "same", "one body, two languages")
    shown = migkg("why", pair[1], "--store", store).stdout
    assert f"{WHO} said same on {verdict['when'][:10]}: one body, two languages" in shown
    assert "Merged by" in shown


def test_what_is_kept_apart_by_a_verdict_is_told(store: Path) -> None:
    review, pair = Review(store, who=WHO), merged_pair(store)
    review.decide(pair[0], "different", pair[1], "two bodies")
    review.apply()
    for form in pair:
        (found,) = why(store, form)
        near = {(tie["left"], tie["right"]): tie for tie in found["near"]}
        assert (near[pair]["decision"], near[pair]["verdicts"][0]["why"]) == ("different", "two bodies")


def test_several_things_of_one_name_are_listed(store: Path) -> None:
    run = migkg("why", "Ministry", "--store", store)
    assert run.returncode == 0
    assert len(run.stdout.splitlines()) > 3
    assert "ask again with one of the IRIs" in run.stderr


@pytest.mark.parametrize("text", ["no such body", "", "%", "_", "'; DROP TABLE forms; --", "\x1b[2J", "x" * 5000])
def test_what_is_not_there_is_told_in_one_line(store: Path, text: str) -> None:
    run = migkg("why", text, "--store", store)
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert "\x1b" not in run.stderr
