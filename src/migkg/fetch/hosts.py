"""One process at a time for each host, also where two sources share it: two would ask it twice as often."""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from migkg.errors import MigkgError


def lock_folder() -> Path:
    """The folder of the files by which processes of one user keep clear of one another."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "migkg" / "hosts"


@contextmanager
def hold_hosts(hosts: Iterable[str]) -> Iterator[None]:
    """Hold hosts, so that no other process of this user asks them; a process that is killed lets go of them.

    Raises:
        MigkgError: another process holds one of them, or the files cannot be written.
    """
    folder = lock_folder()
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for host in sorted(hosts):
                file = stack.enter_context((folder / host.replace(":", "_")).open("ab"))
                if not _lock(file):
                    raise MigkgError(f"another process is fetching from {host}; one at a time asks a host")
        except OSError as error:
            raise MigkgError(f"cannot write {folder}: {error.strerror or error}") from error
        yield


def _lock(file: BinaryIO) -> bool:
    """Whether nobody else holds the file; where the system has no such locks, nobody does."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
