"""What a store was filled from: one row for each source, kept in step with the graphs.

The order is: a source's row is marked pending, its graph is replaced, the row is marked done. A run that is killed
leaves pending rows; their graphs are whole, old or new, and the next run reads those sources again.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from migkg.errors import StoreError

_FORMAT = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    location TEXT PRIMARY KEY,    -- absolute path, address, or stdin:<sha256>
    fingerprint TEXT NOT NULL,    -- of the bytes, the version of migkg, its data and the options
    graph TEXT NOT NULL,          -- IRI of the named graph; empty: it was read, and holds nothing
    pending INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS holdings (  -- graphs that exist because of a source; while it is pending, old and new ones
    location TEXT NOT NULL,
    graph TEXT NOT NULL,
    PRIMARY KEY (location, graph)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS holders ON holdings (graph);
CREATE TABLE IF NOT EXISTS touched (iri TEXT PRIMARY KEY) WITHOUT ROWID;  -- entities whose derived facts are stale
"""
Change = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One source of a store."""

    location: str
    fingerprint: str
    graph: str
    pending: bool


class Manifest:
    """The manifest of one store folder. Every method that changes it is one transaction."""

    def __init__(self, path: Path) -> None:
        """Open or make the manifest.

        Raises:
            StoreError: it is damaged, or of a newer migkg.
        """
        self._path = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version > _FORMAT:
                raise StoreError(f"the store {path.parent} was made by a newer migkg")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.executescript(f"{_SCHEMA} PRAGMA user_version = {_FORMAT};")
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def find(self, location: str) -> Row | None:
        """The row of a source."""
        return next(self._rows("WHERE location = ?", (location,)), None)

    def rows_of(self, path: str) -> Iterator[Row]:
        """The rows of what was read from a file: its own, and those that have a mark (``#``) behind its location."""
        location = str(Path(path).absolute())
        return self._rows("WHERE location = ?1 OR location > ?1 || '#' AND location < ?1 || '$'", (location,))

    def rows(self) -> Iterator[Row]:
        """All rows, by location."""
        return self._rows("ORDER BY location", ())

    def leavings(self, changes: Iterable[Change]) -> set[str]:
        """Graphs that nothing holds any more once these sources have their new graphs.

        Args:
            changes: (location, fingerprint, graph); with an empty graph, the source is removed, or, where there is a
                fingerprint, holds nothing.
        """
        changes = list(changes)
        locations = {location for location, _, _ in changes}
        new = {graph for _, _, graph in changes}
        old = {graph for location in locations for graph in self._held(location)}
        return {graph for graph in old - new if not self._holders(graph) - locations}

    def begin(self, changes: Iterable[Change], touched: Iterable[str]) -> None:
        """Mark sources as pending, and entities as stale, before their graphs are replaced."""
        changes = [change for change in changes if change[2]]
        self._write(
            (
                "INSERT INTO documents VALUES (?, '', ?, 1) ON CONFLICT DO UPDATE SET fingerprint = '', pending = 1",
                [(location, graph) for location, _, graph in changes],
            ),
            ("INSERT OR IGNORE INTO holdings VALUES (?, ?)", [(loc, graph) for loc, _, graph in changes]),
            ("INSERT OR IGNORE INTO touched VALUES (?)", [(iri,) for iri in touched]),
        )

    def finish(self, changes: Iterable[Change]) -> None:
        """Mark sources as done, after their graphs were replaced or removed."""
        changes = list(changes)
        done = [change for change in changes if change[1]]
        gone = [(location,) for location, fingerprint, _ in changes if not fingerprint]
        self._write(
            ("DELETE FROM holdings WHERE location = ? AND graph <> ?", [(loc, graph) for loc, _, graph in changes]),
            ("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, 0)", done),
            ("DELETE FROM documents WHERE location = ?", gone),
        )

    def touched(self, limit: int) -> list[str]:
        """Some of the stale entities, in order."""
        return [iri for (iri,) in self._read("SELECT iri FROM touched ORDER BY iri LIMIT ?", (limit,))]

    def settle(self, iris: Iterable[str]) -> None:
        """Take entities off the list, after their derived facts were written."""
        self._write(("DELETE FROM touched WHERE iri = ?", [(iri,) for iri in iris]))

    def forget(self, locations: Iterable[str]) -> None:
        """Take sources for unread, because their graphs are missing."""
        rows = [(location,) for location in locations]
        self._write(("UPDATE documents SET pending = 1, fingerprint = '' WHERE location = ?", rows))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _rows(self, condition: str, values: tuple[str, ...]) -> Iterator[Row]:
        query = f"SELECT location, fingerprint, graph, pending FROM documents {condition}"
        for location, fingerprint, graph, pending in self._read(query, values):
            yield Row(location, fingerprint, graph, bool(pending))

    def _held(self, location: str) -> set[str]:
        return {graph for (graph,) in self._read("SELECT graph FROM holdings WHERE location = ?", (location,))}

    def _holders(self, graph: str) -> set[str]:
        return {location for (location,) in self._read("SELECT location FROM holdings WHERE graph = ?", (graph,))}

    def _read(self, query: str, values: tuple[object, ...]) -> list[tuple[str, ...]]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def _write(self, *steps: tuple[str, Sequence[tuple[str, ...]]]) -> None:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for statement, rows in steps:
                self._db.executemany(statement, rows)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise self._failure(error) from error

    def _failure(self, error: sqlite3.Error) -> StoreError:
        return StoreError(f"the manifest {self._path} cannot be used: {error}")
