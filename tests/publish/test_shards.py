"""Shards of N-Quads: whole, the same whoever writes them, and only written again where something has changed."""

import gzip
import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from migkg.build import build, remove
from migkg.errors import UsageError
from migkg.publish.shards import MANIFEST, Shards, write_shards
from migkg.store import open_store
from support.gold import ROOT

SOURCES = [str(path) for path in sorted((ROOT / "data" / "samples").glob("*.txt"))[:6]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shards") / "store"
    build(SOURCES, path)
    return path


def shard(store: Path, folder: Path, state: str = "") -> Shards:
    with closing(open_store(store, read_only=True)) as opened:
        return write_shards(opened, folder, state)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_shards_together_are_the_graph(store: Path, tmp_path: Path) -> None:
    made = shard(store, tmp_path)
    with closing(open_store(store, read_only=True)) as opened:
        expected = list(opened.dump())
    lines = [json.loads(line) for line in (tmp_path / MANIFEST).read_text().splitlines()]
    found = [
        line
        for facts in lines
        for line in gzip.decompress((tmp_path / facts["file"]).read_bytes()).decode().splitlines()
    ]
    assert sorted(found) == expected
    assert len(found) == made.quads == sum(facts["quads"] for facts in lines)
    assert sum(facts["sources"] for facts in lines) == len(SOURCES)
    assert {facts["file"] for facts in lines} | {MANIFEST} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("damage", "written"),
    [
        (lambda folder: None, 0),
        (lambda folder: next(folder.glob("*.nq.gz")).unlink(), 1),
        (lambda folder: next(folder.glob("*.nq.gz")).write_bytes(b"half"), 1),
        (lambda folder: (folder / MANIFEST).unlink(), None),
        (lambda folder: (folder / MANIFEST).write_bytes((folder / MANIFEST).read_bytes()[:-40]), 1),
    ],
    ids=["nothing", "a file is lost", "a file is cut", "the manifest is lost", "the manifest is cut"],
)
@pytest.mark.parametrize("state", ["", "word"])
def test_what_is_lost_is_written_again(
    store: Path, tmp_path: Path, state: str, damage: object, written: int | None
) -> None:
    first = shard(store, tmp_path, state)
    before = contents(tmp_path)
    damage(tmp_path)  # type: ignore[operator]
    again = shard(store, tmp_path, state)
    assert again.written == (first.written if written is None else written)
    assert contents(tmp_path) == before


def test_a_word_that_is_the_same_spares_the_work(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shard(store, tmp_path, "one")

    def fail(*_: object) -> None:
        raise AssertionError("a graph was read")

    monkeypatch.setattr("migkg.publish.shards.read_graph", fail)
    assert shard(store, tmp_path, "one").written == 0
    with pytest.raises(AssertionError):
        shard(store, tmp_path, "two")


def test_a_source_that_goes_changes_its_shard(store: Path, tmp_path: Path) -> None:
    copy, folder, anew = tmp_path / "copy", tmp_path / "shards", tmp_path / "anew"
    shutil.copytree(store, copy)
    shard(copy, folder)
    remove(SOURCES[:1], copy)
    after = shard(copy, folder)
    assert after.removed + after.written <= 3  # its own, and that of names
    assert after.same >= 3
    shard(copy, anew)
    assert contents(folder) == contents(anew)


def test_a_folder_with_something_else_is_left_alone(store: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(UsageError, match=r"letter\.txt"):
        shard(store, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
