"""Answers of registers on disk, so that the same question is asked once."""

import hashlib
import sqlite3
from pathlib import Path

from migkg.errors import MigkgError, UsageError

_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL) WITHOUT ROWID"
_SUFFIX = ".link-cache.sqlite"


def cache_path(store: Path) -> Path:
    """Where the answers are kept: beside the store."""
    folder = store.absolute()
    return folder.with_name(folder.name + _SUFFIX)


class Cache:
    """Answers by service and question."""

    def __init__(self, path: Path, refresh: bool = False) -> None:
        """Open the file, made when it is missing.

        Args:
            refresh: give no answers, only keep new ones.

        Raises:
            UsageError: this is something else than a cache.
        """
        self._path = path
        self._refresh = refresh
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute(_SCHEMA)
        except sqlite3.Error as error:
            raise UsageError(f"{path} is no cache that can be used ({error}); remove it to start anew") from error

    def get(self, service: str, question: str) -> str | None:
        """The answer to a question, if it was asked before."""
        if self._refresh:
            return None
        try:
            row = self._db.execute("SELECT answer FROM answers WHERE key = ?", (_key(service, question),)).fetchone()
        except sqlite3.Error as error:
            raise self._failure(error) from error
        return row[0] if row and isinstance(row[0], str) else None

    def put(self, service: str, question: str, answer: str) -> None:
        """Keep an answer.

        Raises:
            MigkgError: the file cannot be written.
        """
        try:
            self._db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (_key(service, question), answer))
        except sqlite3.Error as error:
            raise self._failure(error) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _failure(self, error: sqlite3.Error) -> MigkgError:
        return MigkgError(f"the cache {self._path} cannot be used: {error}; remove it to start anew")


def _key(service: str, question: str) -> str:
    return hashlib.sha256(f"{service}\x1f{question}".encode("utf-8", "surrogatepass")).hexdigest()
