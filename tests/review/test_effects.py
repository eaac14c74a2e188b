"""What a verdict does to the graph, and that taking it back leaves no trace: on a real store, without its documents."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from migkg.build.review import Review
from migkg.model.proposal import Proposal
from migkg.model.verdict import Choice
from migkg.store.folder import REFERENCES
from migkg.store.references import References
from review.conftest import WHO, dump, migkg


def nodes(store: Path, *forms: str) -> list[str]:
    """The node of each form, as the references and the graph both have it."""
    with closing(References(store / REFERENCES, read_only=True)) as references:
        things = [references.thing_of(form) or "" for form in forms]
    text = "\n".join(dump(store))
    for thing in things:
        assert f"<{thing}> " in text, f"{thing} is not in the graph"
    for form in forms:
        assert form in things or f"<{form}> " not in text, f"{form} is in the graph still"
    return things


def merged_pair(store: Path) -> tuple[str, str]:
    """Two forms with sources that the scores have merged."""
    with closing(References(store / REFERENCES, read_only=True)) as references:
        rows = references._read("SELECT left_form, right_form FROM links WHERE decision = 'same' ORDER BY 1, 2", ())
        for left, right in rows:
            have = [references.count_references([form]) for form in (left, right)]
            if all(have) and references.thing_of(left) == references.thing_of(right):
                return left, right
    raise AssertionError("the scores have merged nothing")


def decide(store: Path, left: str, choice: Choice, right: str) -> int:
    review = Review(store, who=WHO)
    review.decide(left, choice, right)
    return review.apply()


def build(sources: Path, store: Path) -> None:
    run = migkg("build", sources, "--store", store)
    assert run.returncode == 0, run.stderr


def take_back(store: Path) -> None:
    review = Review(store, who=WHO)
    assert review.undo() is not None
    review.apply()


def test_same_makes_one_node_and_undo_makes_two_again(store: Path, proposals: list[Proposal]) -> None:
    before, pair = dump(store), (proposals[0].left.iri, proposals[0].right.iri)
    assert len(set(nodes(store, *pair))) == 2
    written = decide(store, pair[0], "same", pair[1])
    assert 0 < written < 10, "only the sources that the verdict touches are written again"
    assert len(set(nodes(store, *pair))) == 1
    take_back(store)
    assert dump(store) == before


def test_different_parts_what_the_scores_have_merged_and_undo_merges_it(store: Path) -> None:
    before, pair = dump(store), merged_pair(store)
    decide(store, pair[0], "different", pair[1])
    assert len(set(nodes(store, *pair))) == 2
    take_back(store)
    assert dump(store) == before


def test_split_gives_one_source_its_own_node_and_undo_joins_it(store: Path, proposals: list[Proposal]) -> None:
    from migkg.resolve.forms import split_iri

    side = next(s for p in proposals for s in (p.left, p.right) if s.references > 1)
    source = next(w.source for w in Review(store, who=WHO).detail(proposal_of(proposals, side.iri)).left.witnesses
                  + Review(store, who=WHO).detail(proposal_of(proposals, side.iri)).right.witnesses
                  if w.source in sources_of(store, side.iri))  # fmt: skip
    before = dump(store)
    decide(store, side.iri, "split", source)
    own = split_iri(side.iri, source)
    assert nodes(store, own) != nodes(store, side.iri)
    assert source not in sources_of(store, side.iri)
    assert sources_of(store, own) == {source}
    take_back(store)
    assert dump(store) == before


def proposal_of(proposals: list[Proposal], form: str) -> Proposal:
    return next(p for p in proposals if form in {p.left.iri, p.right.iri})


def sources_of(store: Path, form: str) -> set[str]:
    with closing(References(store / REFERENCES, read_only=True)) as references:
        return {reference.source for reference in references.references_of(form)}


def test_a_verdict_wins_over_a_country_that_differs(store: Path) -> None:
    """Two governments can never be one by score; a person may know better."""
    pair = "https://w3id.org/migkg/id/government/NLD", "https://w3id.org/migkg/id/government/JPN"
    decide(store, pair[0], "same", pair[1])
    assert len(set(nodes(store, *pair))) == 1


def test_verdicts_need_no_document(store: Path, proposals: list[Proposal], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read or extracted again: the stages that would do it are out of order."""

    def fail(*_: object) -> None:
        raise AssertionError("a document was read again")

    monkeypatch.setattr("migkg.build.reading.open_source", fail)
    monkeypatch.setattr("migkg.build.reading.extract_document", fail)
    assert decide(store, proposals[0].left.iri, "same", proposals[0].right.iri) > 0


def test_a_contradiction_leaves_the_pair_apart_in_the_graph(store: Path, proposals: list[Proposal]) -> None:
    pair = proposals[0].left.iri, proposals[0].right.iri
    before = dump(store)
    decide(store, pair[0], "same", pair[1])
    other = Review(store, who="Bo")
    other.decide(pair[0], "different", pair[1])
    other.apply()
    assert len(set(nodes(store, *pair))) == 2
    Review(store, who="Bo").undo()
    Review(store, who=WHO).undo()
    Review(store, who=WHO).apply()
    assert dump(store) == before


def test_verdicts_survive_build_removal_and_a_lost_store(
    store: Path, sources: Path, proposals: list[Proposal], tmp_path: Path
) -> None:
    pair = proposals[0].left.iri, proposals[0].right.iri
    decide(store, pair[0], "same", pair[1])
    wanted = dump(store)
    build(sources, store)
    assert dump(store) == wanted, "building again"
    assert migkg("remove", *sorted(sources.iterdir())[::2], "--store", store).returncode == 0
    build(sources, store)
    assert dump(store) == wanted, "removing documents and adding them"
    shutil.rmtree(store)
    build(sources, store)
    assert dump(store) == wanted, "building from nothing, with the verdict file beside the store"


def test_build_takes_a_verdict_file_and_the_store_remembers_it(
    store: Path, sources: Path, proposals: list[Proposal], tmp_path: Path
) -> None:
    pair = proposals[0].left.iri, proposals[0].right.iri
    (tmp_path / "ours").mkdir()
    file = tmp_path / "ours" / "decided.csv"
    run = migkg("review", "--store", store, "--verdicts", file, "--decide", *pair, "same")
    assert run.returncode == 0, run.stderr
    assert not store.with_name("graph.verdicts.csv").exists()
    assert len(set(nodes(store, *pair))) == 2, "not applied yet"
    run = migkg("build", sources, "--store", store, "--verdicts", file)
    assert run.returncode == 0, run.stderr
    assert len(set(nodes(store, *pair))) == 1
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    shutil.move(store, moved / "graph")
    shutil.move(tmp_path / "ours", moved / "ours")
    # What is remembered is relative to the store, so both can be moved together.
    run = migkg("review", "--store", moved / "graph", "--undo", "--apply")
    assert run.returncode == 0, run.stderr
    assert len(set(nodes(moved / "graph", *pair))) == 2


def test_a_verdict_on_a_form_that_is_gone_rests_and_works_again(
    store: Path, sources: Path, proposals: list[Proposal]
) -> None:
    pair = proposals[0].left.iri, proposals[0].right.iri
    decide(store, pair[0], "same", pair[1])
    wanted = dump(store)
    assert migkg("remove", sources, "--store", store).returncode == 0
    assert Review(store, who=WHO).apply() == 0
    build(sources, store)
    assert dump(store) == wanted
