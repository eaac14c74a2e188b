"""`migkg review` from a script: proposals to standard output, one verdict at a time, wrong use in one line."""

import csv
import io
import json
from pathlib import Path

import pytest
from rdflib import Dataset, Graph

from migkg.model.identifiers import ID
from migkg.model.proposal import Proposal
from migkg.resolve.verdict_file import load_verdicts
from review.conftest import WHO, migkg


def verdicts_of(store: Path) -> Path:
    return store.with_name(f"{store.name}.verdicts.csv")


def short(iri: str) -> str:
    return iri.removeprefix(ID)


def test_proposals_go_through_pipes_in_three_formats(store: Path, proposals: list[Proposal]) -> None:
    table, text, values = (migkg("review", "--store", store, "--list", "--format", f) for f in ("table", "csv", "json"))
    assert (table.returncode, text.returncode, values.returncode) == (0, 0, 0)
    rows = list(csv.DictReader(io.StringIO(text.stdout)))
    listed = json.loads(values.stdout)
    assert [(r["left"], r["right"]) for r in rows] == [(p.left.iri, p.right.iri) for p in proposals]
    assert [(r["left"]["iri"], r["right"]["iri"]) for r in listed] == [(p.left.iri, p.right.iri) for p in proposals]
    assert len(table.stdout.splitlines()) == len(rows) + 2
    assert all(proposal["reasons"] for proposal in listed)
    sides = [proposal[end] for proposal in listed for end in ("left", "right")]
    assert all(side["witnesses"] or not side["references"] for side in sides), "only a row of a table has no source"
    assert any(w["label"] in w.get("sentence", "") for side in sides for w in side["witnesses"])


def test_limit_keeps_the_most_useful(store: Path, proposals: list[Proposal]) -> None:
    listed = json.loads(migkg("review", "--store", store, "--list", "--format", "json", "--limit", "2").stdout)
    assert [p["left"]["iri"] for p in listed] == [p.left.iri for p in proposals[:2]]


def test_a_verdict_is_written_and_the_pair_leaves_the_queue(store: Path, proposals: list[Proposal]) -> None:
    pair = proposals[0].left.iri, proposals[0].right.iri
    run = migkg("review", "--store", store, "--decide", *map(short, pair), "different", "--why", "two «bodies»")
    assert run.returncode == 0, run.stderr
    (verdict,) = load_verdicts(verdicts_of(store))
    assert (verdict.pair, verdict.choice, verdict.who, verdict.why) == (pair, "different", WHO, "two «bodies»")
    assert verdict.left_label == proposals[0].left.label
    listed = json.loads(migkg("review", "--store", store, "--list", "--format", "json").stdout)
    assert pair not in {(p["left"]["iri"], p["right"]["iri"]) for p in listed}
    assert len(listed) == len(proposals) - 1


def test_unsure_goes_to_the_end_of_the_queue(store: Path, proposals: list[Proposal]) -> None:
    migkg("review", "--store", store, "--decide", proposals[0].right.iri, proposals[0].left.iri, "unsure")
    listed = json.loads(migkg("review", "--store", store, "--list", "--format", "json").stdout)
    assert (listed[-1]["left"]["iri"], listed[-1]["unsure"]) == (proposals[0].left.iri, True)


def test_undo_works_across_runs_one_step_each(store: Path, proposals: list[Proposal]) -> None:
    pairs = [(p.left.iri, p.right.iri) for p in proposals[:2]]
    for pair in pairs:
        migkg("review", "--store", store, "--decide", *pair, "same")
    runs = [migkg("review", "--store", store, "--undo") for _ in range(3)]
    assert [run.returncode for run in runs] == [0, 0, 2]
    taken = [v.pair for v in load_verdicts(verdicts_of(store)) if v.choice == "withdrawn"]
    assert taken == [pairs[1], pairs[0]]
    assert "no verdict" in runs[2].stderr


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        pytest.param([], "this is no terminal", id="no terminal"),
        pytest.param(["--list", "--undo"], "--list and --undo cannot be done together", id="two things at once"),
        pytest.param(["--decide", "LEFT", "RIGHT", "equal"], "the verdict is same,", id="unknown verdict"),
        pytest.param(["--decide", "nonsense", "RIGHT", "same"], "knows no form 'nonsense'", id="unknown form"),
        pytest.param(["--decide", "LEFT", "LEFT", "same"], "left and right are the same", id="with itself"),
        pytest.param(["--decide", "LEFT", "source/0123", "split"], "is no source that speaks of", id="other source"),
        pytest.param(["--decide", "LEFT", "RIGHT", "same", "--why", "ask a@b.org"], "e-mail address", id="contact"),
        pytest.param(["--decide", "LEFT", "RIGHT", "same", "--who", "a@b.org"], "--who is a name", id="who by address"),
        pytest.param(["--decide", "LEFT", "RIGHT", "same", "--who", " "], "who decides?", id="nobody"),
        pytest.param(["--export", "verdicts.doc"], "no RDF format", id="unknown format"),
        pytest.param(["--undo"], "no verdict that could be taken back", id="nothing to undo"),
    ],
)
def test_wrong_use_is_one_line_and_changes_nothing(
    store: Path, proposals: list[Proposal], arguments: list[str], reason: str
) -> None:
    ends = {"LEFT": proposals[0].left.iri, "RIGHT": proposals[0].right.iri}
    run = migkg("review", "--store", store, *(ends.get(word, word) for word in arguments))
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("migkg: ")
    assert reason in run.stderr
    assert len(run.stderr.splitlines()) == 1
    assert not verdicts_of(store).exists()


@pytest.mark.parametrize(
    "command", [["review", "--list"], ["review", "--undo"], ["why", "org/iom"], ["build", "x.txt"]]
)
def test_a_broken_verdict_file_stops_every_command_with_its_line(store: Path, command: list[str]) -> None:
    verdicts_of(store).write_text("when,who,verdict,left,left_label,right,right_label,why\n<<<<<<< HEAD\n")
    run = migkg(*command, "--store", store)
    assert run.returncode == 1
    assert f"{verdicts_of(store).name}:2: git left a conflict here" in run.stderr
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [["review", "--list"], ["review", "--apply"], ["why", "org/iom"]])
def test_no_store_is_told(tmp_path: Path, command: list[str]) -> None:
    run = migkg(*command, "--store", tmp_path / "none")
    assert run.returncode == 2
    assert "there is no store" in run.stderr
    assert not (tmp_path / "none").exists()


def test_contradictions_are_listed_with_who_said_what(store: Path, proposals: list[Proposal]) -> None:
    pair = proposals[0].left.iri, proposals[0].right.iri
    quiet = migkg("review", "--store", store, "--contradictions")
    assert (quiet.returncode, quiet.stdout) == (0, "")
    migkg("review", "--store", store, "--decide", *pair, "same", "--why", "one seal")
    second = migkg("review", "--store", store, "--who", "Bo", "--decide", *pair, "different", "--why", "two seals")
    assert "contradicts" in second.stderr
    run = migkg("review", "--store", store, "--contradictions")
    assert run.returncode == 1
    for words in (WHO, "Bo", "one seal", "two seals", "same", "different"):
        assert words in run.stdout
    found = json.loads(migkg("review", "--store", store, "--contradictions", "--format", "json").stdout)
    assert [[v["who"] for v in c["verdicts"]] for c in found] == [["Bo", WHO]]


@pytest.mark.parametrize(
    ("suffix", "form"), [("ttl", "turtle"), ("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")]
)
def test_verdicts_are_exported_as_rdf(
    store: Path, proposals: list[Proposal], tmp_path: Path, suffix: str, form: str
) -> None:
    pair = proposals[0].left.iri, proposals[0].right.iri
    migkg("review", "--store", store, "--decide", *pair, "different", "--why", "two bodies")
    target = tmp_path / f"verdicts.{suffix}"
    assert migkg("review", "--store", store, "--export", target).returncode == 0
    graph = Graph() if suffix in {"ttl", "jsonld"} else Dataset(default_union=True)
    graph.parse(target, format=form)
    answer = graph.query(
        """PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?left ?right ?who ?why { ?left owl:differentFrom ?right .
        ?v rdf:subject ?left ; rdf:object ?right ; rdfs:comment ?why ; prov:wasAttributedTo/rdfs:label ?who }"""
    )
    assert [tuple(map(str, row)) for row in answer] == [(*pair, WHO, "two bodies")]
