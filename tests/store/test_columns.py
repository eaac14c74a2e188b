"""The columns beside a store: fresh or not used, in step graph by graph, gone when what they held was erased."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from migkg.store import columns, open_store
from migkg.store.base import Rows, Term
from migkg.store.folder import FolderStore

MG, TYPE = "https://w3id.org/migkg/ont#", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
TABLES = ("facts", "edges", "ties", "claims", "types", "names", "sources", "issued", "publishers", "countries", "years",
          "themes", "codes", "fundings", "shown", "texts", "seats", "meetings", "spoken")  # fmt: skip


@pytest.fixture(autouse=True)
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small stores have columns, too."""
    monkeypatch.setattr(columns, "LEAST_GRAPHS", 0)


def lines(graph: str, *edges: str, name: str = 'A "quoted", name') -> list[str]:
    """A document that says edges between single letters, such as ``a funds b``."""
    place = f"<http://e/{graph}> ."
    said = [f"<http://e/{graph}> {TYPE} <{MG}Source> {place}"]
    for edge in edges:
        subject, relation, value = edge.split()
        said.append(f"<http://e/{subject}> <{MG}{relation}> <http://e/{value}> {place}")
        text = name.replace('"', '\\"')
        said.append(f'<http://e/{subject}> <http://www.w3.org/2004/02/skos/core#prefLabel> "{text}"@en {place}')
    return said


def write(folder: Path, **graphs: list[str]) -> None:
    store = open_store(folder)
    for graph, said in graphs.items():
        store.replace_graph(f"http://e/{graph}", said)
    store.close()


def ties(folder: Path) -> list[str] | None:
    """The edges that the columns hold; ``None`` where they are not used."""
    store = open_store(folder, read_only=True)
    try:
        if store.columns is None:
            return None
        sql = "SELECT subject, relation, object FROM ties ORDER BY ALL"
        found = store.columns.select(sql, {"s": "iri", "r": "string", "o": "iri"}, {})
        assert found is not None
        return [" ".join(term.value.removeprefix("http://e/") for term in row if term) for row in found.rows]
    finally:
        store.close()


def tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = duckdb.connect(str(folder / columns.FILE), read_only=True)
    found = {name: connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in TABLES}
    connection.close()
    return found


def test_they_follow_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    write(folder, one=lines("one", "a funds b"), two=lines("two", "a funds b", "b partOf c"))
    assert ties(folder) == ["a funds b", "b partOf c"]
    write(folder, two=lines("two", "a signs d"))
    assert ties(folder) == ["a funds b", "a signs d"]
    write(folder, one=[])
    assert ties(folder) == ["a signs d"]


def test_graph_by_graph_gives_what_a_whole_reading_gives(tmp_path: Path) -> None:
    rng = random.Random(3)
    folder, last = tmp_path / "store", dict[str, list[str]]()
    for _ in range(6):
        for graph in rng.sample(["one", "two", "three", "four"], 2):
            relation = rng.choice(["funds", "partOf", "memberOf"])
            said = [f"{rng.choice('abc')} {relation} {rng.choice('xyz')}" for _ in range(rng.randrange(3))]
            last[graph] = lines(graph, *said, name=rng.choice(["été\\n", "x,y", "1"]))
        write(folder, **last)
    write(tmp_path / "whole", **last)
    assert tables(folder) == tables(tmp_path / "whole")
    assert len(tables(folder)["edges"]) > 2


def test_a_store_open_for_writing_answers_itself(tmp_path: Path) -> None:
    write(tmp_path / "store", one=lines("one", "a funds b"))
    store = open_store(tmp_path / "store")
    assert store.columns is None
    store.close()
    assert ties(tmp_path / "store") == ["a funds b"]


def test_small_stores_have_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "store", one=lines("one", "a funds b"), two=lines("two", "a funds b"))
    monkeypatch.setattr(columns, "LEAST_GRAPHS", 2)
    write(tmp_path / "store", one=[])
    assert ties(tmp_path / "store") is None
    assert not (tmp_path / "store" / columns.FILE).exists()
    write(tmp_path / "small", one=lines("one", "a funds b"))
    assert not (tmp_path / "small" / columns.GENERATION).exists()


@pytest.mark.parametrize("harm", ["killed", "lost word", "lost file", "damaged", "older form", "foreign"])
def test_columns_that_are_not_fresh_are_not_used(tmp_path: Path, harm: str, root: Path) -> None:
    folder = tmp_path / "store"
    write(folder, one=lines("one", "a funds b"))
    file = folder / columns.FILE
    if harm == "killed":
        code = (
            "import sys, os; from migkg.store import open_store; s = open_store(sys.argv[1]);"
            "s.replace_graph('http://e/two', sys.argv[2:]); s.flush(); print('done', flush=True);"
            f"os.kill(os.getpid(), {int(signal.SIGKILL)})"
        )
        command = [sys.executable, "-c", code, str(folder), *lines("two", "c funds d")]
        ended = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(root / "src")}, capture_output=True)
        assert ended.stdout == b"done\n"
    elif harm == "lost word":
        (folder / columns.GENERATION).unlink()
    elif harm == "lost file":
        file.unlink()
    elif harm == "damaged":
        file.write_bytes(b"no database" * 1000)
    elif harm == "older form":
        connection = duckdb.connect(str(file))
        connection.execute("UPDATE meta SET format = '0'")
        connection.close()
    else:
        file.unlink()
        duckdb.connect(str(file)).close()
    assert ties(folder) is None
    write(folder, three=lines("three", "e funds f"))
    more = ["c funds d"] if harm == "killed" else []
    if harm == "damaged" and ties(folder) is None:
        write(folder, three=lines("three", "e funds f"))  # the damaged file went; the next run makes a new one
    assert ties(folder) == sorted(["a funds b", *more, "e funds f"])


def test_what_is_erased_is_in_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    write(folder, one=lines("one", "a funds b", name="Zacharias Quince"), two=lines("two", "c funds d"))
    assert any(b"Zacharias Quince" in file.read_bytes() for file in [folder / columns.FILE])
    store: FolderStore = open_store(folder)
    store.remove_graph("http://e/one")
    store.rewrite()
    store.close()
    assert ties(folder) == ["c funds d"]
    left = [path.name for path in folder.rglob("*") if path.is_file() and b"Zacharias Quince" in path.read_bytes()]
    assert left == []


@pytest.mark.parametrize("text", ["' OR 1=1 --", "$x", "x'; DROP TABLE ties; --", "\\", "é\u202e😀", "a\nb"])
def test_values_are_values(tmp_path: Path, text: str) -> None:
    write(tmp_path / "store", one=lines("one", "a funds b"))
    store = open_store(tmp_path / "store", read_only=True)
    assert store.columns
    found = store.columns.select("SELECT $x AS x", {"x": "string"}, {"x": Term("literal", text)})
    assert found == Rows(("x",), ((Term("literal", text),),))
    assert store.columns.select("SELECT count(*) FROM ties", {"n": "integer"}, {}) is not None
    store.close()


@pytest.mark.parametrize("sql", ["SELECT * FROM read_csv('/etc/passwd')", "COPY ties TO '/tmp/x'", "DROP TABLE ties",
                                 "SET enable_external_access = true"])  # fmt: skip
def test_they_are_read_only_and_read_nothing_else(tmp_path: Path, sql: str) -> None:
    write(tmp_path / "store", one=lines("one", "a funds b"))
    store = open_store(tmp_path / "store", read_only=True)
    assert store.columns and store.columns.select(sql, {"x": "string"}, {}) is None
    store.close()
