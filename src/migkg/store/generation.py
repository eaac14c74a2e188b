"""The word that ties the columns beside a store to what the store holds."""

import os
import secrets
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from migkg.errors import StoreError

FILE, GENERATION = "columns.duckdb", "generation"


class Generation:
    """The word that changes before the store does.

    Attributes:
        before: the word when the store was opened.
        changed: graphs that this process has changed since.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / GENERATION
        self.before = self.read()
        self.changed: set[str] = set()

    def read(self) -> str:
        """The word now; empty for a store that has none yet."""
        with suppress(OSError, UnicodeDecodeError):
            return self._path.read_text(encoding="ascii").strip()
        return ""

    def renew(self) -> None:
        """Write another word, so that columns which carry the old one are no longer used.

        Raises:
            StoreError: the folder cannot be written.
        """
        try:
            with self._path.open("w", encoding="ascii") as file:
                file.write(secrets.token_hex(16))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StoreError(f"the store {self._path.parent} cannot be written: {error.strerror}") from error

    def bump(self, graphs: Collection[str]) -> None:
        """Say that these graphs are about to change; on disk before this returns, where there are columns.

        Raises:
            StoreError: the folder cannot be written.
        """
        if not self.changed and (self._path.parent / FILE).exists():
            self.renew()
        self.changed |= set(graphs)
