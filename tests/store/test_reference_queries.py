"""What a build asks of the references never reads a whole table of forms or links: its time would square."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from migkg.build import build
from migkg.linking import resolve_references
from migkg.model.verdict import Rulings
from migkg.store.changes import ReferenceChanges
from migkg.store.folder import REFERENCES
from support.gold import ROOT

SOURCES = [str(path) for path in sorted((ROOT / "data" / "samples").glob("*.txt"))[:8]]
LARGE = re.compile(r"SCAN (refs|forms|blocks|neighbours|links|own|other)\b")


def test_every_statement_finds_its_rows_by_an_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    statements: set[str] = set()
    whole = ReferenceChanges.__init__

    def traced(self: ReferenceChanges, path: Path, *, read_only: bool = False) -> None:
        whole(self, path, read_only=read_only)
        self._db.set_trace_callback(statements.add)

    monkeypatch.setattr(ReferenceChanges, "__init__", traced)
    build(SOURCES, tmp_path / "store")
    build(SOURCES[:2], tmp_path / "store", people="none", rulings=Rulings())
    with closing(ReferenceChanges(tmp_path / "store" / REFERENCES)) as references:
        with references.change():
            references.touch(["https://w3id.org/migkg/id/programme/gone"])
        resolve_references(references)
    monkeypatch.undo()
    plans: dict[str, list[str]] = {}
    with closing(sqlite3.connect(tmp_path / "store" / REFERENCES)) as database:
        for statement in statements:
            if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
                rows = database.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
                plans[statement] = [str(row[3]) for row in rows]
    asked = {table for table in ("refs", "forms", "blocks", "neighbours", "links") if table in " ".join(plans)}
    assert asked == {"refs", "forms", "blocks", "neighbours", "links"}
    slow = {s: plan for s, plan in plans.items() if any(LARGE.search(p) for p in plan)}
    assert slow == {}
