"""Stores of RDF quads behind one interface. The engines are imported only when a store is opened."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migkg.store.connection import Access
    from migkg.store.file import FileStore, Place
    from migkg.store.folder import FolderStore
    from migkg.store.memory import MemoryStore
    from migkg.store.remote import RemoteStore

__all__ = ["file_lines", "file_store", "memory_store", "open_store", "remote_store"]


def open_store(path: Path | str, *, read_only: bool = False) -> "FolderStore":
    """Open the Oxigraph store in a folder (made when it is missing, unless ``read_only``).

    Raises:
        UsageError: there is no store to read, or the path is something else.
        StoreError: another process holds the store, or it is damaged or cannot be made.
    """
    from migkg.store import folder

    return folder.open_store(path, read_only=read_only)


def file_store(path: Path | str, place: "Place") -> "FileStore":
    """A copy of a file of RDF (``.ttl``, ``.nt``, ``.nq``, ``.trig``) that can be asked, until it is closed.

    Args:
        path: the file.
        place: gives N-Triples lines outside named graphs as N-Quads lines by named graph (``migkg.rdf.placing.place``).

    Raises:
        UsageError: it is no such file, cannot be read or is malformed; the message has the file and the line.
        StoreError: the disk is full.
    """
    from migkg.store.file import FileStore

    return FileStore(Path(path), place)


def file_lines(path: Path | str) -> "Iterator[str]":
    """The quads of a file of RDF as N-Quads lines, sorted, in the graphs in which they stand there.

    Raises:
        UsageError: it is no such file, cannot be read or is malformed; the message has the file and the line.
    """
    from migkg.store.file import read_lines

    return read_lines(Path(path))


def memory_store() -> "MemoryStore":
    """A new, empty rdflib store in memory."""
    from migkg.store.memory import MemoryStore

    return MemoryStore()


def remote_store(endpoint: str, timeout: float = 60.0, access: "Access | None" = None) -> "RemoteStore":
    """A SPARQL endpoint, for reading.

    Args:
        endpoint: http or https address; a user and password in it go before those of ``access``.
        timeout: seconds that one query may take.
        access: who asks; ``None``: as $MIGKG_ENDPOINT_TOKEN, or $MIGKG_ENDPOINT_AUTH (``user:password``) and
            $MIGKG_ENDPOINT_SCHEME (``basic`` or ``digest``) say.

    Raises:
        UsageError: this is no http or https address.
    """
    from migkg.store.remote import RemoteStore

    return RemoteStore(endpoint, timeout, access)
