"""What an archive knows of each address, and how far a run has come: an SQLite file beside the WARC files.

The WARC files alone hold what was read; the index says where, so that a page is asked for only when it may have
changed.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from migkg.errors import MigkgError
from migkg.fetch.records import Kept

_TABLES = """
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, size INTEGER NOT NULL, closed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS kept (record TEXT PRIMARY KEY, url TEXT NOT NULL, date TEXT NOT NULL,
    digest TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS kept_digest ON kept (digest);
CREATE TABLE IF NOT EXISTS page (url TEXT PRIMARY KEY, record TEXT NOT NULL, etag TEXT NOT NULL,
    modified TEXT NOT NULL, asked TEXT NOT NULL, lastmod TEXT NOT NULL, gone TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS run (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS queue (run INTEGER NOT NULL, place INTEGER NOT NULL, url TEXT NOT NULL,
    lastmod TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (run, place));
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of an address.

    Attributes:
        kept: its latest answer that has a body.
        etag, modified: ``ETag`` and ``Last-Modified`` of that answer; empty where there was none.
        asked: when it was asked for last, as WARC writes dates.
        lastmod: what a sitemap said then of its last change; empty where none did.
        gone: when the server first said that it is there no more (404, 410); empty while it is there.
    """

    kept: Kept
    etag: str
    modified: str
    asked: str
    lastmod: str
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """An address that a run has found: its place in the order, and what a sitemap says of its last change."""

    place: int
    url: str
    lastmod: str = ""


class Index:
    """The index of one archive; one process at a time holds it.

    Raises:
        MigkgError: another process holds it, it is damaged, or it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._base = sqlite3.connect(path, timeout=0, isolation_level=None)
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("BEGIN EXCLUSIVE")
            for statement in _TABLES.split(";\n"):
                self._base.execute(statement)
            self._base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            held = "locked" in str(error)
            reason = "another process is fetching into this folder" if held else str(error)
            raise MigkgError(f"{path}: {reason}") from error
        except sqlite3.DatabaseError as error:
            raise MigkgError(f"{path}: not an index of migkg; delete it, and it is made again") from error

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    @contextmanager
    def step(self) -> Iterator[None]:
        """A step that is kept on the disk as a whole, or not at all.

        Raises:
            MigkgError: the index cannot be written (disk full, no right).
        """
        try:
            self._base.execute("BEGIN")
            yield
            self._base.execute("COMMIT")
        except sqlite3.Error as error:
            raise MigkgError(f"{self.path}: cannot be written: {error}") from error
        finally:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")

    def files(self, open_only: bool = False) -> dict[str, int]:
        """The WARC files by name, with the size in bytes that is kept for sure, in the order of their names.

        Args:
            open_only: only those that may be written to.
        """
        where = "WHERE NOT closed" if open_only else ""
        return dict(self._base.execute(f"SELECT name, size FROM file {where} ORDER BY name"))

    def set_size(self, name: str, size: int) -> None:
        """Note how much of a file is kept."""
        self._base.execute("INSERT OR REPLACE INTO file (name, size) VALUES (?, ?)", (name, size))

    def close_file(self, name: str) -> None:
        """Note that nothing more is written to a file."""
        self._base.execute("UPDATE file SET closed = 1 WHERE name = ?", (name,))

    def forget_file(self, name: str) -> None:
        """Forget a file that is gone, and all that stood in it."""
        self._base.execute("DELETE FROM page WHERE record IN (SELECT record FROM kept WHERE file = ?)", (name,))
        self._base.execute("DELETE FROM kept WHERE file = ?", (name,))
        self._base.execute("DELETE FROM file WHERE name = ?", (name,))

    def find(self, url: str) -> Page | None:
        """What is known of an address."""
        row = self._base.execute(
            "SELECT k.url, k.date, k.digest, k.record, k.file, k.offset, p.etag, p.modified, p.asked, p.lastmod, p.gone"
            " FROM page p JOIN kept k ON k.record = p.record WHERE p.url = ?",
            (url,),
        ).fetchone()
        return Page(Kept(*row[:6]), *row[6:]) if row else None

    def find_digest(self, digest: str) -> Kept | None:
        """The first answer that was kept with this digest."""
        row = self._base.execute(
            "SELECT url, date, digest, record, file, offset FROM kept WHERE digest = ? ORDER BY file, offset LIMIT 1",
            (digest,),
        ).fetchone()
        return Kept(*row) if row else None

    def add(self, kept: Kept) -> None:
        """Note where an answer is kept."""
        values = (kept.record, kept.url, kept.date, kept.digest, kept.file, kept.offset)
        self._base.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?)", values)

    def set_page(self, url: str, page: Page) -> None:
        """Note what is known of an address from now on."""
        values = (url, page.kept.record, page.etag, page.modified, page.asked, page.lastmod, page.gone)
        self._base.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def gone(self) -> list[tuple[str, str]]:
        """The kept pages that are there no more, and since when."""
        return list(self._base.execute("SELECT url, gone FROM page WHERE gone != '' ORDER BY url"))

    def open_run(self) -> int | None:
        """The run that was stopped before it had asked for all it had found; ``None`` where there is none."""
        row = self._base.execute("SELECT id FROM run WHERE state = 'open' ORDER BY id DESC LIMIT 1").fetchone()
        return row[0] if row else None

    def start_run(self, found: Iterable[tuple[str, str]]) -> int:
        """Note a new run with the addresses that it has found, and what sitemaps say of their last change."""
        with self.step():
            self._base.execute("DELETE FROM queue")
            number = int(self._base.execute("INSERT INTO run (state) VALUES ('open')").lastrowid or 0)
            rows = [(number, place, url, lastmod) for place, (url, lastmod) in enumerate(found)]
            self._base.executemany("INSERT INTO queue (run, place, url, lastmod) VALUES (?, ?, ?, ?)", rows)
        return number

    def finish_run(self, number: int) -> None:
        """Note that a run has nothing left to do."""
        with self.step():
            self._base.execute("UPDATE run SET state = 'done' WHERE id = ?", (number,))

    def failed(self) -> list[tuple[str, str]]:
        """The addresses that the last run could not read for a reason that may pass, with their last change."""
        return list(self._base.execute("SELECT url, lastmod FROM queue WHERE outcome = 'failed' ORDER BY place"))

    def addresses(self) -> list[str]:
        """All addresses of which an answer is kept."""
        return [row[0] for row in self._base.execute("SELECT url FROM page ORDER BY url")]

    def is_current(self, kept: Kept) -> bool:
        """Whether an answer is the latest one of its address."""
        row = self._base.execute("SELECT record FROM page WHERE url = ?", (kept.url,)).fetchone()
        return row is not None and row[0] == kept.record

    def queued(self, number: int) -> list[Queued]:
        """The addresses of a run that are not done with, in order."""
        rows = self._base.execute(
            "SELECT place, url, lastmod FROM queue WHERE run = ? AND outcome = '' ORDER BY place", (number,)
        )
        return [Queued(*row) for row in rows]

    def count(self, number: int) -> int:
        """How many addresses a run has found."""
        return int(self._base.execute("SELECT COUNT(*) FROM queue WHERE run = ?", (number,)).fetchone()[0])

    def outcomes(self, number: int) -> Iterator[tuple[str, str, str]]:
        """Address, outcome and reason of all that a run is done with, in order."""
        yield from self._base.execute(
            "SELECT url, outcome, reason FROM queue WHERE run = ? AND outcome != '' ORDER BY place", (number,)
        )

    def settle(self, number: int, place: int, outcome: str, reason: str = "") -> None:
        """Note what came of an address."""
        self._base.execute(
            "UPDATE queue SET outcome = ?, reason = ? WHERE run = ? AND place = ?", (outcome, reason, number, place)
        )
