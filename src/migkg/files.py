"""Files that are whole or not there: written aside, flushed to the disk, then put in place."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from migkg.errors import MigkgError


@contextmanager
def replace_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside ``path`` for writing; it takes the place of ``path`` when the block ends without an error.

    Raises:
        MigkgError: the file cannot be written (no such folder, no right, disk full); what stood there stays.
    """
    aside: str | None = None
    try:
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(_mode(path))
        os.replace(aside, path)  # noqa: PTH105 (says what the rest of this module is for)
        aside = None
        _sync_folder(path.parent)
    except OSError as error:
        raise MigkgError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        if aside is not None:
            with suppress(OSError):
                Path(aside).unlink()


def _mode(path: Path) -> int:
    """The mode that the file has, or that a new one gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the new name last; systems that cannot open folders go without."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
