"""What was published where: one line for each graph that a server has taken, kept beside the store.

Lines are only added while graphs are sent, so a run that is killed loses at most the graph that it was sending; the
next run goes on from there. The server's own counts are compared too: the file is no truth about the server.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from migkg.errors import StoreError
from migkg.files import replace_file
from migkg.store.lock import FolderLock

FOLDER = "published"


@dataclass(frozen=True, slots=True)
class Sent:
    """A graph that a server has: digest of its lines, and triples as the server counted them afterwards."""

    digest: str
    triples: int


def digest(lines: Iterable[str]) -> str:
    """SHA-256 of sorted N-Triples lines, in hexadecimal."""
    hashed = hashlib.sha256()
    for line in lines:
        hashed.update(line.encode())
        hashed.update(b"\n")
    return hashed.hexdigest()


class State:
    """The file for one store and one server; nobody else may write it until ``close``."""

    def __init__(self, store: Path, address: str) -> None:
        """Open or make it.

        Raises:
            StoreError: another process publishes there now, or the file cannot be read or made.
        """
        name = hashlib.sha256(address.encode()).hexdigest()[:16]
        self._folder = store / FOLDER / name
        self._path = self._folder / "graphs.jsonl"
        self.address = address
        self.sent: dict[str, Sent] = {}
        self.fills_default = False
        self._file: IO[bytes] | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = FolderLock(self._folder, shared=False)
            self._read()
            self._rewrite()
            self._file = self._path.open("ab")
        except OSError as error:
            raise StoreError(f"{self._path}: cannot be used: {error.strerror or error}") from error

    def add(self, graph: str, sent: Sent | None) -> None:
        """Note that the server has this graph now, or (``None``) that it is gone; on disk before this returns."""
        if sent is None:
            self.sent.pop(graph, None)
        else:
            self.sent[graph] = sent
        self._write({"graph": graph, "digest": sent.digest if sent else None, "triples": sent.triples if sent else 0})

    def note_default(self, fills: bool) -> None:
        """Note whether the default graph of the server is ours to fill."""
        self.fills_default = fills
        self._write({"fills_default": fills})

    def close(self) -> None:
        """Close the file; it is written anew, each graph once."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._rewrite()
        self._lock.release()

    def _write(self, row: dict[str, object]) -> None:
        assert self._file is not None
        try:
            self._file.write(json.dumps(row).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise StoreError(f"{self._path}: cannot be written: {error.strerror or error}") from error

    def _read(self) -> None:
        """Take what can be read; the last line of a killed run may be half of one."""
        if not self._path.exists():
            return
        for line in self._path.read_bytes().splitlines():
            try:
                row = json.loads(line)
                if "fills_default" in row:
                    self.fills_default = row["fills_default"] is True
                elif "graph" in row and row["digest"] is None:
                    self.sent.pop(row["graph"], None)
                elif "graph" in row:
                    self.sent[row["graph"]] = Sent(str(row["digest"]), int(row["triples"]))
            except (ValueError, KeyError, TypeError):
                continue

    def _rewrite(self) -> None:
        rows: list[dict[str, object]] = [{"server": self.address}, {"fills_default": self.fills_default}]
        rows += [{"graph": g, "digest": s.digest, "triples": s.triples} for g, s in sorted(self.sent.items())]
        with replace_file(self._path) as file:
            file.writelines(json.dumps(row).encode() + b"\n" for row in rows)
