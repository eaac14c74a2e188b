"""The store folder: ``oxigraph/`` (the graph), ``manifest.sqlite`` (what it was read from) and ``lock``."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from migkg.errors import StoreError, UsageError
from migkg.store import columns
from migkg.store.columns import Columns
from migkg.store.generation import Generation
from migkg.store.lock import FolderLock
from migkg.store.oxigraph import OxigraphStore

DATABASE = "oxigraph"
MANIFEST = "manifest.sqlite"
REFERENCES = "references.sqlite"
VERDICTS = "verdicts.path"  # one line: the verdict file that is used in place of the one beside the store
LINKS = "links.csv"  # what a person has accepted as the same things elsewhere
# While a database is written anew: the copy, and the one that it takes the place of.
_NEW, _OLD = f"{DATABASE}.new", f"{DATABASE}.old"
_OWN = {
    DATABASE,
    _NEW,
    _OLD,
    MANIFEST,
    REFERENCES,
    LINKS,
    f"{MANIFEST}-wal",
    f"{MANIFEST}-shm",
    f"{MANIFEST}-journal",
    f"{REFERENCES}-wal",
    f"{REFERENCES}-shm",
    f"{REFERENCES}-journal",
    "lock",
    VERDICTS,
    "published",
    *columns.FILES,
}


class FolderStore(OxigraphStore):
    """An Oxigraph database in a store folder, locked until it is closed."""

    def __init__(self, folder: Path, *, read_only: bool) -> None:
        self.folder = folder
        self._lock = FolderLock(folder, shared=read_only)
        self._generation = None if read_only else Generation(folder)
        self._columns: Columns | None = None
        self._looked = False
        try:
            if not read_only:
                _tidy(folder)
            super().__init__(folder / DATABASE, read_only=read_only)
        except BaseException:
            self._lock.release()
            raise

    @property
    def columns(self) -> Columns | None:
        """The edges in columns, where they are there and fresh; never while the store is open for writing."""
        if self._generation is None and not self._looked:
            self._looked = True
            self._columns = columns.open_columns(self.folder)
        return self._columns

    def _change(self, graphs: set[str], old: list[Any], nquads: Iterable[str], drop: bool = False) -> None:
        if self._generation is not None and graphs:
            self._generation.bump(graphs)
        super()._change(graphs, old, nquads, drop)

    def rewrite(self) -> None:
        """Write the database anew, so that nothing of what was removed stays in its files.

        Oxigraph never takes a text out of its dictionary, not even when it compacts its files. A run that ends in the
        middle leaves the old database in its place.

        Raises:
            StoreError: the disk is full (the store is left as it was).
        """
        columns.remove(self.folder)
        old, new = self.folder / DATABASE, self.folder / _NEW
        lines = self.folder / _NEW / "lines.nq"
        try:
            new.mkdir()
            self.copy_to(new / DATABASE, lines)
            super().close()
            old.rename(self.folder / _OLD)
            (new / DATABASE).rename(old)
        except OSError as error:
            raise StoreError(f"the store {self.folder} cannot be written: {error.strerror or error}") from error
        finally:
            super().close()
            _tidy(self.folder)
            super().__init__(old)

    def close(self) -> None:
        """See ``Store.close``. After a change, the columns are brought in step first."""
        if self._columns is not None:
            self._columns.close()
            self._columns = None
        if self._generation is not None and self._database is not None:
            self._refresh(self._generation)
        super().close()
        self._lock.release()

    def _refresh(self, generation: Generation) -> None:
        def write(sparql: str, path: Path) -> None:
            from migkg.store.results import write_csv

            write_csv(self, sparql, path)

        columns.refresh(self.folder, generation, sum(1 for _ in self.graphs()), write)


def _tidy(folder: Path) -> None:
    """Finish or undo a rewriting that was cut short; needs the lock for writing."""
    try:
        if (folder / _OLD).exists() and not (folder / DATABASE).exists():
            (folder / _OLD).rename(folder / DATABASE)
    except OSError as error:
        raise StoreError(f"the store {folder} cannot be opened: {error.strerror}") from error
    for leaving in (_OLD, _NEW):
        shutil.rmtree(folder / leaving, ignore_errors=True)


def open_store(path: Path | str, *, read_only: bool = False) -> FolderStore:
    """Open a store folder; for writing it is made when it is missing.

    Args:
        path: the folder.
        read_only: open an existing store beside other readers.

    Raises:
        UsageError: there is no store, or the path is something else.
        StoreError: another process holds the store, or it is damaged or cannot be made.
    """
    folder = Path(path)
    if read_only:
        if not folder.exists():
            raise UsageError(f"there is no store at {folder}; make one with: migkg build SOURCE --store {folder}")
        if (folder / _OLD).exists() and not (folder / DATABASE).exists():
            FolderStore(folder, read_only=False).close()
        if not (folder / DATABASE / "CURRENT").is_file():
            raise UsageError(f"{folder} is not a store of migkg")
        return FolderStore(folder, read_only=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = sorted(entry.name for entry in folder.iterdir() if entry.name not in _OWN)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"{folder} is not a folder, so no store can be made there") from error
    except OSError as error:
        raise StoreError(f"the store {folder} cannot be made: {error.strerror}") from error
    if foreign:
        raise UsageError(f"{folder} is not a store of migkg: it holds {foreign[0]}; choose an empty or a new folder")
    return FolderStore(folder, read_only=False)
