"""The store folder: ``oxigraph/`` (the graph), ``manifest.sqlite`` (what it was read from) and ``lock``."""

from pathlib import Path

from migkg.errors import StoreError, UsageError
from migkg.store.lock import FolderLock
from migkg.store.oxigraph import OxigraphStore

DATABASE = "oxigraph"
MANIFEST = "manifest.sqlite"
_OWN = {DATABASE, MANIFEST, f"{MANIFEST}-wal", f"{MANIFEST}-shm", f"{MANIFEST}-journal", "lock"}


class FolderStore(OxigraphStore):
    """An Oxigraph database in a store folder, locked until it is closed."""

    def __init__(self, folder: Path, *, read_only: bool) -> None:
        self.folder = folder
        self._lock = FolderLock(folder, shared=read_only)
        try:
            super().__init__(folder / DATABASE, read_only=read_only)
        except BaseException:
            self._lock.release()
            raise

    def close(self) -> None:
        """See ``Store.close``."""
        super().close()
        self._lock.release()


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
