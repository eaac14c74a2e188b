"""What one service is run with."""

import os
from dataclasses import dataclass, field
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of ``migkg serve``; the defaults suit one laptop.

    Attributes:
        store: folder of the store.
        host: address to listen at; anything but a loopback address shows the graph to others.
        port: 0 lets the system choose.
        workers: processes that answer queries, which is how many are answered at the same time.
        timeout: seconds that one query may take.
        memory: bytes that one query may take beyond what a worker needs for itself.
        max_bytes: size of the largest answer; a larger one is an error, never a part.
        max_rows: number of rows of the largest answer, likewise.
        per_client: queries of one client that are answered at the same time; the others wait.
        waiting: queries that may wait, of all clients together; a quarter of it for each client.
        origins: origins of other pages that may read answers in a browser (CORS).
        public_url: address at which a reverse proxy on this machine shows the service.
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = 8765
    workers: int = field(default_factory=lambda: max(2, min(4, os.cpu_count() or 2)))
    timeout: float = 20.0
    memory: int = 1024 * MEBIBYTE
    max_bytes: int = 64 * MEBIBYTE
    max_rows: int = 500_000
    per_client: int = 2
    waiting: int = 256
    origins: tuple[str, ...] = ()
    public_url: str | None = None
