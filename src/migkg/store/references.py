"""The references of a store: what each source says, the forms of its things, and which forms are one thing.

One SQLite file beside the graph. From it the graph of any source can be written again without reading the source: a
merge, and the undoing of one, only changes IRIs.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from migkg.errors import StoreError
from migkg.model.identity import Form, Link, Reason, Reference

_FORMAT = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sources (      -- what is kept of each source
    graph TEXT PRIMARY KEY,
    record BLOB,                          -- compressed JSON; NULL: the source is withdrawn, its graph is to go
    written INTEGER NOT NULL              -- whether the graph is what record and forms say
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS unwritten ON sources (graph) WHERE written = 0;
CREATE TABLE IF NOT EXISTS refs (
    form TEXT NOT NULL,
    graph TEXT NOT NULL,
    entity TEXT NOT NULL,
    reference TEXT NOT NULL,              -- JSON
    PRIMARY KEY (form, graph, entity)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS refs_of_source ON refs (graph);
CREATE TABLE IF NOT EXISTS forms (
    form TEXT PRIMARY KEY,
    thing TEXT NOT NULL,                  -- IRI of the thing in the graph
    tier INTEGER NOT NULL,                -- forms of a tier are compared by what those of lower tiers are
    record TEXT NOT NULL                  -- JSON of the form
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS forms_of_thing ON forms (thing);
CREATE TABLE IF NOT EXISTS blocks (       -- forms that share a block are compared
    block INTEGER NOT NULL,
    country TEXT NOT NULL,
    form TEXT NOT NULL,
    PRIMARY KEY (block, country, form)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS blocks_of_form ON blocks (form);
CREATE TABLE IF NOT EXISTS neighbours (neighbour TEXT NOT NULL, form TEXT NOT NULL, PRIMARY KEY (neighbour, form))
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS neighbours_of_form ON neighbours (form);  -- without it, each form reads the whole table
CREATE TABLE IF NOT EXISTS links (
    left_form TEXT NOT NULL,
    right_form TEXT NOT NULL,
    score REAL NOT NULL,
    decision TEXT NOT NULL,
    reasons TEXT NOT NULL,                -- JSON
    PRIMARY KEY (left_form, right_form)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS links_of_right ON links (right_form);
CREATE INDEX IF NOT EXISTS links_by_score ON links (decision, score);
CREATE TABLE IF NOT EXISTS touched (form TEXT PRIMARY KEY) WITHOUT ROWID;  -- forms to be resolved again
CREATE TABLE IF NOT EXISTS rulings (      -- verdicts as they were applied last
    kind TEXT NOT NULL,                   -- same, different, split
    left_form TEXT NOT NULL,
    right_form TEXT NOT NULL,
    PRIMARY KEY (kind, left_form, right_form)
) WITHOUT ROWID;
"""


class References:
    """The references of one store folder. A change is durable when its ``change()`` block ends."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open or make the file.

        Raises:
            StoreError: it is damaged, missing (when reading only), or of a newer migkg.
        """
        self._path = path
        try:
            if read_only:
                self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
            else:
                self._db = sqlite3.connect(path, isolation_level=None)
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version > _FORMAT:
                raise StoreError(f"the store {path.parent} was made by a newer migkg")
            if not read_only:
                self._db.execute("PRAGMA secure_delete = ON")
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")
                self._db.executescript(f"{_SCHEMA} PRAGMA user_version = {_FORMAT};")
        except sqlite3.Error as error:
            raise self._failure(error) from error

    # Reading: for review, explanation and the stages.

    def proposals(self, minimum: float = 0.0) -> Iterator[Link]:
        """Links that wait for a person, the surest first."""
        yield from self._links("WHERE decision = 'proposed' AND score >= ? ORDER BY score DESC, 1, 2", (minimum,))

    def links_of(self, forms: Iterable[str]) -> Iterator[Link]:
        """All links that touch one of the forms, whatever their decision."""
        wanted = list(dict.fromkeys(forms))
        for part in in_parts(wanted):
            listed = marks(part)
            condition = f"WHERE left_form IN ({listed}) OR right_form IN ({listed}) ORDER BY 1, 2"
            yield from self._links(condition, (*part, *part))

    def forms_of(self, thing: str) -> list[str]:
        """The forms of a thing, sorted; of an IRI that is a form only, the forms of its thing."""
        query = "SELECT form FROM forms WHERE thing = ? ORDER BY form"
        found = [form for (form,) in self._read(query, (thing,))]
        return found or [form for (form,) in self._read(query, (self.thing_of(thing) or "",))]

    def thing_of(self, form: str) -> str | None:
        """The IRI that a form has in the graph."""
        return next((thing for (thing,) in self._read("SELECT thing FROM forms WHERE form = ?", (form,))), None)

    def things_of(self, forms: Iterable[str]) -> dict[str, str]:
        """The IRI in the graph by form; forms that are not known stay themselves."""
        wanted = list(dict.fromkeys(forms))
        found = {form: form for form in wanted}
        for part in in_parts(wanted):
            found |= dict(self._read(f"SELECT form, thing FROM forms WHERE form IN ({marks(part)})", part))
        return found

    def form(self, iri: str) -> Form | None:
        """What is known of one form."""
        rows = self._read("SELECT record FROM forms WHERE form = ?", (iri,))
        return next((Form.from_json(json.loads(record)) for (record,) in rows), None)

    def forms(self, iris: Iterable[str]) -> dict[str, Form]:
        """What is known of some forms."""
        found = {}
        for part in in_parts(list(iris)):
            for iri, record in self._read(f"SELECT form, record FROM forms WHERE form IN ({marks(part)})", part):
                found[iri] = Form.from_json(json.loads(record))
        return found

    def references_of(self, form: str) -> Iterator[Reference]:
        """The references of a form, by source and entity."""
        rows = self._read("SELECT reference FROM refs WHERE form = ? ORDER BY graph, entity", (form,))
        return (Reference.from_json(json.loads(reference)) for (reference,) in rows)

    def count_references(self, forms: Sequence[str]) -> int:
        """How many references some forms have together."""
        counts = (self._read(f"SELECT count(*) FROM refs WHERE form IN ({marks(p)})", p) for p in in_parts(forms))
        return sum(count for ((count,),) in counts)

    def find(self, text: str, limit: int = 50) -> list[str]:
        """Things whose IRI ends with a text, or one of whose forms bears it as a name (case aside), sorted."""
        pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = (
            "SELECT DISTINCT thing FROM forms WHERE form = ?1 OR thing = ?1 OR form LIKE ?2 ESCAPE '\\' "
            "OR record LIKE '%' || ?3 || '%' ESCAPE '\\' ORDER BY thing LIMIT ?4"
        )
        quoted = json.dumps(text)[1:-1].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return [thing for (thing,) in self._read(query, (text, "%/" + pattern[1:], quoted, limit))]

    def record(self, graph: str) -> dict[str, Any] | None:
        """What is kept of one source, as JSON values."""
        rows = self._read("SELECT record FROM sources WHERE graph = ? AND record IS NOT NULL", (graph,))
        return next((json.loads(zlib.decompress(record)) for (record,) in rows), None)

    def rulings(self) -> set[tuple[str, str, str]]:
        """The verdicts (kind, left, right) that were applied last."""
        return {(a, b, c) for a, b, c in self._read("SELECT kind, left_form, right_form FROM rulings", ())}

    def count(self) -> dict[str, int]:
        """Numbers of references, forms, things, and links by decision."""
        queries = {"references": "SELECT count(*) FROM refs", "forms": "SELECT count(*) FROM forms"}
        queries["things"] = "SELECT count(DISTINCT thing) FROM forms"
        for decision in ("same", "proposed", "different"):
            queries[decision] = f"SELECT count(*) FROM links WHERE decision = '{decision}'"
        return {name: int(self._read(query, ())[0][0]) for name, query in queries.items()}

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction; it is undone when the block fails."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._failure(error) from error
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _links(self, condition: str, values: Sequence[object]) -> Iterator[Link]:
        query = f"SELECT left_form, right_form, score, decision, reasons FROM links {condition}"
        for left, right, score, decision, reasons in self._read(query, values):
            yield Link(left, right, score, decision, tuple(Reason(*reason) for reason in json.loads(reasons)))

    def _read(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def _failure(self, error: sqlite3.Error) -> StoreError:
        return StoreError(f"the references {self._path} cannot be used: {error}")


def in_parts(values: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    """The values in pieces that fit into one query."""
    for first in range(0, len(values), size):
        yield values[first : first + size]


def marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))
