"""The files of the database on disk."""

from pathlib import Path

from migkg.store import open_store


def test_compacting_changes_nothing_but_the_files(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    for i in range(20):
        store.replace_graph(f"http://e/g{i}", [f"<http://e/s{i}> <http://e/p> <http://e/o> <http://e/g{i}> ."])
    store.remove_graph("http://e/g3")
    before = list(store.dump())
    assert len(before) == 19
    store.compact()
    assert list(store.dump()) == before
    store.close()
    again = open_store(tmp_path / "store", read_only=True)
    assert list(again.dump()) == before
    again.close()
