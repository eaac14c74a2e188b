"""One writer or many readers at a time, told by a lock on a file that the system drops when a process dies."""

import errno
from pathlib import Path
from typing import IO

from migkg.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows: Oxigraph's own lock still keeps a second writer out
    fcntl = None  # type: ignore[assignment]


class FolderLock:
    """Holds a store folder until ``release``."""

    def __init__(self, folder: Path, *, shared: bool) -> None:
        """Take the lock at once or not at all.

        Args:
            folder: the store folder, which exists.
            shared: for reading; readers go together, a writer goes alone.

        Raises:
            StoreError: another process holds the folder.
        """
        self._file: IO[bytes] | None = _open(folder / "lock", shared)
        if self._file is None or fcntl is None:
            return
        try:
            fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            if error.errno not in {errno.EWOULDBLOCK, errno.EACCES, errno.EAGAIN}:
                raise StoreError(f"the store {folder} cannot be locked: {error.strerror}") from error
            raise StoreError(f"the store {folder} is held by another process; try again when it has ended") from error

    def release(self) -> None:
        """Let others in. Doing so twice does nothing."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _open(path: Path, shared: bool) -> IO[bytes] | None:
    try:
        return path.open("ab")
    except OSError as error:
        # A store on a read-only disk has no writers, so its readers need no lock.
        if shared and error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            return None
        raise StoreError(f"the store {path.parent} cannot be opened: {error.strerror}") from error
