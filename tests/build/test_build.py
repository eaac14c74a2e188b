"""Building, building again, removing: what is in the store afterwards, to the byte."""

import random
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from migkg.build import Report, build, pipeline, reading, remove, summarise
from migkg.errors import StoreError, UsageError
from migkg.lines import split_line
from migkg.rdf.namespaces import ENTITIES_GRAPH, ID, SKOS
from migkg.store import open_store
from support.gold import ROOT

HANOI = """Viet Nam and Canada Discuss Border Management

Hanoi, 18 March 2013 – The Government of Canada and the International Organization for Migration (IOM) organised a
workshop on border management in Hanoi. The workshop was funded by the Government of Canada.
"""
DAKAR = """Le Sénégal et l’OIM forment les gardes-frontières

Dakar, le 4 mai 2014 – L’Organisation internationale pour les migrations (OIM) a organisé un atelier à Dakar avec le
ministère de l’Intérieur du Sénégal. L’atelier a été financé par le gouvernement du Japon.
"""
GERMAN = "Die Bundesregierung und die Internationale Organisation für Migration haben gestern in Berlin ein Abkommen."


class _Killed(BaseException):
    """Stands for the end of the process at this point."""


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    folder.mkdir()
    (folder / "hanoi.txt").write_text(HANOI, encoding="utf-8")
    (folder / "dakar.txt").write_text(DAKAR, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def dump(store: Path) -> list[str]:
    with closing(open_store(store, read_only=True)) as opened:
        return list(opened.dump())


def graphs(store: Path) -> set[str]:
    return {split_line(line).graph[1:-1] for line in dump(store)} - {ENTITIES_GRAPH}


def run(store: Path, *sources: Path | str) -> Report:
    return build([str(source) for source in sources], store)


def test_a_first_build(releases: Path, store: Path) -> None:
    report = run(store, releases)
    assert (report.added, report.replaced, report.unchanged, report.skipped) == (2, 0, 0, [])
    assert report.documents == len(graphs(store)) == 2
    assert report.mentions > 5
    assert report.claims > 2
    assert report.entities["Government"] >= 2


def test_what_is_unchanged_is_not_read_again(releases: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(store, releases)
    before = dump(store)
    monkeypatch.setattr(reading, "parse_document", _refuse)
    report = run(store, releases)
    assert (report.added, report.replaced, report.unchanged, report.skipped) == (0, 0, 2, [])
    assert dump(store) == before


def _refuse(*_: object) -> None:
    raise AssertionError("an unchanged source was parsed")


@pytest.mark.parametrize("change", ["version", "data", "people"])
def test_another_version_or_other_options_read_everything(
    releases: Path, store: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store, releases)
    before = dump(store)
    if change == "version":
        monkeypatch.setattr(reading, "__version__", "99")
    if change == "data":
        monkeypatch.setattr(reading, "_data_digest", lambda: "other rules")
    report = build([str(releases)], store, people="none" if change == "people" else "named")
    assert (report.replaced, report.unchanged) == (2, 0)
    assert dump(store) == before


def test_a_changed_source_replaces_its_graph_and_leaves_the_others(releases: Path, store: Path) -> None:
    run(store, releases)
    before = dump(store)
    (releases / "hanoi.txt").write_text(HANOI.replace("Canada", "Australia"), encoding="utf-8")
    report = run(store, releases)
    assert (report.added, report.replaced, report.unchanged) == (0, 1, 1)
    assert len(graphs(store)) == 2
    assert "government/AUS" in "".join(dump(store))
    assert "government/CAN" not in "".join(dump(store))
    (releases / "hanoi.txt").write_text(HANOI, encoding="utf-8")
    run(store, releases)
    assert dump(store) == before


def test_the_order_and_the_pieces_of_building_leave_no_trace(tmp_path: Path) -> None:
    sources = sorted((ROOT / "data" / "samples").glob("*.txt")) + sorted((ROOT / "tests" / "gold").glob("*.en.txt"))
    run(tmp_path / "whole", *sources)
    whole = dump(tmp_path / "whole")
    shuffled = list(sources)
    random.Random(3).shuffle(shuffled)
    for piece in (shuffled[:5], shuffled[5:6], shuffled[3:]):
        run(tmp_path / "pieces", *piece)
    assert dump(tmp_path / "pieces") == whole
    extra = tmp_path / "extra.txt"
    extra.write_text(HANOI, encoding="utf-8")
    run(tmp_path / "pieces", extra)
    assert dump(tmp_path / "pieces") != whole
    remove([str(extra)], tmp_path / "pieces")
    assert dump(tmp_path / "pieces") == whole


def test_one_text_in_two_places_is_one_graph_until_both_are_gone(releases: Path, store: Path) -> None:
    copy = releases / "copies"
    copy.mkdir()
    shutil.copy(releases / "hanoi.txt", copy / "hanoi.txt")
    report = run(store, releases)
    assert (report.added, report.documents) == (3, 2)
    assert remove([str(releases / "hanoi.txt")], store).documents == 2
    (copy / "hanoi.txt").write_text(HANOI.replace("Canada", "Australia"), encoding="utf-8")
    assert run(store, copy).documents == 2
    assert remove([str(copy)], store).documents == 1
    assert "Hanoi" not in "".join(dump(store))


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param("{folder}/hanoi.txt", id="file"),
        pytest.param("{folder}", id="folder"),
        pytest.param("{folder}/", id="folder with a slash"),
        pytest.param("{folder}/h*.txt", id="glob"),
        pytest.param("{folder}/../*", id="glob of folders"),
        pytest.param("{folder}/../**/ha?oi.txt", id="glob across folders"),
        pytest.param("{graph}", id="IRI of the source"),
    ],
)
def test_removing_works_without_the_file(releases: Path, store: Path, wanted: str) -> None:
    (releases / "dakar.txt").unlink()
    run(store, releases)
    (graph,) = graphs(store)
    (releases / "hanoi.txt").unlink()
    report = remove([wanted.format(folder=releases, graph=graph)], store)
    assert (report.removed, report.documents, report.skipped) == (1, 0, [])
    assert dump(store) == []


@pytest.mark.parametrize(
    "wanted",
    ["{folder}/other.txt", "{folder}/han", "{folder}/*.html", "*.txt", "{folder}x", "https://e.org/hanoi.txt", ""],
)
def test_removing_what_is_not_there_says_so(releases: Path, store: Path, wanted: str) -> None:
    run(store, releases)
    report = remove([wanted.format(folder=releases)], store)
    assert report.removed == 0
    assert report.documents == 2
    assert [skip.reason for skip in report.skipped] == ["the store holds nothing that was read from it"]


def test_removing_needs_a_store(store: Path) -> None:
    with pytest.raises(UsageError, match="no store"):
        remove(["x"], store)
    assert not store.exists()


def test_bad_documents_are_listed_and_the_rest_goes_on(releases: Path, store: Path) -> None:
    (releases / "a-binary.txt").write_bytes(bytes(range(256)) * 20)
    (releases / "b-empty.txt").write_bytes(b"")
    (releases / "c-german.txt").write_text(GERMAN * 4, encoding="utf-8")
    report = run(store, releases, "nowhere.txt")
    assert report.added == 2
    assert sorted(Path(skip.source).name for skip in report.skipped) == [
        "a-binary.txt",
        "b-empty.txt",
        "c-german.txt",
        "nowhere.txt",
    ]
    assert all(skip.reason and "\n" not in skip.reason for skip in report.skipped)


def test_a_stage_that_trips_over_one_document_does_not_stop_the_run(
    releases: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = reading.extract_document

    def trip(document: object) -> object:
        if "Dakar" in document.text:  # type: ignore[attr-defined]
            raise RecursionError("too deep")
        return whole(document)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "extract_document", trip)
    report = run(store, releases)
    assert report.added == 1
    assert "RecursionError" in report.skipped[0].reason


def test_a_source_that_turns_bad_keeps_what_is_known_of_it(releases: Path, store: Path) -> None:
    run(store, releases)
    before = dump(store)
    (releases / "hanoi.txt").write_bytes(b"")
    assert len(run(store, releases).skipped) == 1
    assert dump(store) == before


def test_names_of_the_tables_and_of_the_texts(releases: Path, store: Path) -> None:
    run(store, releases)
    facts = [line for line in dump(store) if line.startswith(f"<{ID}org/iom> <{SKOS}")]
    text = "\n".join(facts)
    assert 'prefLabel> "International Organization for Migration"@en' in text
    assert 'prefLabel> "Organización Internacional para las Migraciones"@es' in text
    assert 'notation> "OIM"' in text
    assert "wikidata.org/entity/Q472311" in text
    assert all(split_line(line).graph == f"<{ENTITIES_GRAPH}>" for line in facts)


def test_derived_names_go_with_the_last_source(releases: Path, store: Path) -> None:
    run(store, releases)
    remove([str(releases / "hanoi.txt"), str(releases / "dakar.txt")], store)
    assert dump(store) == []


def test_what_is_removed_is_in_no_file_of_the_store(releases: Path, store: Path) -> None:
    def holds(words: str) -> bool:
        return any(words.encode() in path.read_bytes() for path in store.rglob("*") if path.is_file())

    secret = "Zebulon Quagmire, Chief of Mission of IOM in Viet Nam"
    (releases / "hanoi.txt").write_text(HANOI + f"{secret}, opened the workshop.\n", encoding="utf-8")
    run(store, releases)
    whole = dump(store)
    assert "Zebulon Quagmire" in "".join(whole)
    assert holds("Zebulon Quagmire")
    remove([str(releases / "hanoi.txt")], store)
    assert not holds("Zebulon Quagmire")
    assert dump(store)
    assert sorted(path.name for path in store.iterdir()) == ["lock", "manifest.sqlite", "oxigraph", "references.sqlite"]
    run(store, releases)
    assert dump(store) == whole


# --- Interrupted and damaged stores ---


@pytest.mark.parametrize("step", ["begin", "replace_graphs", "flush", "finish", "replace_subjects", "settle"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_run_that_ends_between_two_steps_is_completed_by_the_next(
    releases: Path, store: Path, step: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(store.with_name("undisturbed"), releases)
    run(store, releases / "dakar.txt")
    (releases / "dakar.txt").write_text(DAKAR.replace("Japon", "Canada"), encoding="utf-8")
    run(store.with_name("changed"), releases)
    for owner in (pipeline.Manifest, pipeline.FolderStore):
        if hasattr(owner, step):
            _end_at(owner, step, after, monkeypatch)
    with pytest.raises(_Killed):
        run(store, releases)
    monkeypatch.undo()
    assert len(graphs(store)) in {1, 2}
    run(store, releases)
    assert dump(store) == dump(store.with_name("changed"))
    assert run(store, releases).unchanged == 2


def _end_at(owner: type, step: str, after: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = getattr(owner, step)

    def end(self: object, *values: object) -> None:
        values = tuple(list(value) if isinstance(value, Iterator) else value for value in values)
        if after:
            whole(self, *values)
        raise _Killed

    monkeypatch.setattr(owner, step, end)


def test_a_lost_manifest_is_made_anew(releases: Path, store: Path) -> None:
    run(store, releases)
    before = dump(store)
    for file in store.glob("manifest.sqlite*"):
        file.unlink()
    assert run(store, releases).added == 2
    assert dump(store) == before


def test_a_lost_graph_is_written_again(releases: Path, store: Path) -> None:
    run(store, releases)
    before = dump(store)
    with closing(open_store(store)) as opened:
        opened.remove_graph(sorted(graphs_of(opened.graphs()))[0])
    report = run(store, releases)
    assert (report.unchanged, report.written) == (2, 1)
    assert dump(store) == before


def test_a_source_of_which_nothing_is_kept_is_read_again(releases: Path, store: Path) -> None:
    """As in a store of an earlier migkg, which kept no references."""
    run(store, releases)
    before = dump(store)
    (store / "references.sqlite").unlink()
    assert run(store, releases).unchanged == 0
    assert dump(store) == before


def graphs_of(names: Iterable[str]) -> list[str]:
    return [name for name in names if name != ENTITIES_GRAPH]


def test_a_damaged_manifest_is_told(releases: Path, store: Path) -> None:
    run(store, releases)
    (store / "manifest.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="manifest"):
        run(store, releases)


def test_a_manifest_of_a_newer_migkg_is_left_alone(releases: Path, store: Path) -> None:
    run(store, releases)
    with closing(sqlite3.connect(store / "manifest.sqlite")) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer"):
        run(store, releases)


def test_a_damaged_database_is_told(releases: Path, store: Path) -> None:
    run(store, releases)
    (store / "oxigraph" / "CURRENT").write_bytes(b"nonsense\n")
    with pytest.raises(StoreError, match="cannot be opened"):
        run(store, releases)


def test_figures(releases: Path, store: Path) -> None:
    report = run(store, releases)
    with closing(open_store(store, read_only=True)) as opened:
        summary = summarise(opened)
    assert summary.documents == 2
    assert summary.languages == {"en": 1, "fr": 1}
    assert summary.kinds == {"release": 2}
    assert summary.dated == 2
    assert sum(summary.claims.values()) == report.claims
    assert summary.entities == report.entities
