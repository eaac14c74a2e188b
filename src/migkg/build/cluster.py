"""The engine of a cluster: Dask's, on a scheduler that the user names, or with processes of its own on this machine.

What is started here listens on loopback only. Dask itself has each process serve HTTP on every interface, even where
its dashboard is off.
"""

import logging
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any
from uuid import uuid4

from migkg.build.engine import Died, Stage
from migkg.errors import MigkgError, MissingExtra

_LOOPBACK = "127.0.0.1"
_ANSWER = 10  # seconds until a scheduler must have answered
_START = 60  # seconds until it must have a worker
_LOOK = 15  # seconds without a result until somebody looks whether there are workers
_PATIENCE = 600  # seconds that a cluster may be without any


class Cluster:
    """Runs tasks on Dask's workers."""

    def __init__(self, address: str = "", workers: int = 2) -> None:
        """
        Args:
            address: of a scheduler (``tcp://host:8786``, ``tls://…``); empty: one is started here.
            workers: how many processes are started where no address is given.

        Raises:
            MissingExtra: Dask is not installed.
            MigkgError: the scheduler does not answer, or has no workers.
        """
        try:
            import dask
            import distributed
        except ImportError as error:
            raise MissingExtra("--engine dask needs Dask; install it with: pip install 'migkg[cluster]'") from error
        for name in ("distributed", "distributed.client", "distributed.scheduler", "distributed.nanny"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        library: Any = distributed  # which has no types
        self._address = address
        self._local: Any = None
        self._folder = tempfile.TemporaryDirectory(prefix="migkg-dask-")
        self._client: Any = None
        try:
            dask.config.set({"distributed.comm.timeouts.connect": f"{_ANSWER}s"})
            if not address:
                self._local = library.LocalCluster(**_local_options(workers, self._folder.name))
            self._client = library.Client(address or self._local, timeout=_ANSWER, set_as_default=False)
            self._client.wait_for_workers(1, timeout=_START)
        except (OSError, TimeoutError, ValueError) as error:
            self.close()
            raise MigkgError(f"{self._name} does not answer, or has no workers: {_first_line(error)}") from error
        self._workers = workers
        self._ended: SimpleQueue[Any] = SimpleQueue()
        self._run = uuid4().hex
        self._jobs: deque[tuple[int, Stage, Any]] = deque()
        self._futures: dict[str, tuple[int, Any]] = {}

    @property
    def _name(self) -> str:
        return f"the scheduler {self._address}" if self._address else "the Dask cluster of this machine"

    @property
    def slots(self) -> int:
        """See ``Engine.slots``; as many as the workers that are there have threads."""
        with self._asking():
            return max(1, sum(map(int, self._client.nthreads().values())))

    def submit(self, number: int, stage: Stage, task: Any) -> None:
        """See ``Engine.submit``."""
        self._jobs.append((number, stage, task))
        self._hand_out()

    def wait(self) -> tuple[int, Any]:
        """See ``Engine.wait``."""
        with self._asking():
            future = self._next()
            number, _ = self._futures.pop(future.key)
            self._hand_out()
            return number, future.result() if future.status == "finished" else self._explain(future)

    def _next(self) -> Any:
        """The next future that has ended. Meanwhile workers of this machine that are gone for good are replaced.

        Dask replaces a worker that dies, but gives up on one that dies while it starts.

        Raises:
            MigkgError: a cluster of the user has been without workers for too long.
        """
        without = 0
        while True:
            with suppress(Empty):
                return self._ended.get(timeout=_LOOK)
            present = len(self._client.nthreads())
            without = 0 if present else without + _LOOK
            if self._local is not None and present < self._workers:
                self._local.scale(0)
                self._local.scale(self._workers)
            elif without >= _PATIENCE:
                raise MigkgError(f"{self._name} has had no workers for {_PATIENCE} seconds")

    def rest(self) -> None:
        """See ``Engine.rest``; workers of a cluster are not for this run to end."""

    def close(self) -> None:
        """See ``Engine.close``; a scheduler that was named goes on."""
        for part in (self._client, self._local):
            if part is not None:
                with suppress(OSError, TimeoutError):
                    part.close(timeout=5)
        self._folder.cleanup()

    def _hand_out(self) -> None:
        """Give the scheduler one task for each thread: when a worker dies, no task that waits is blamed for it."""
        while self._jobs and (not self._futures or len(self._futures) < self.slots):
            number, stage, task = self._jobs.popleft()
            future = self._client.submit(stage, task, key=f"migkg-{self._run}-{number}", pure=False)
            self._futures[future.key] = number, future
            future.add_done_callback(self._ended.put)

    def _explain(self, future: Any) -> Died:
        """What became of a task that has no result.

        Raises:
            MigkgError: it was not a worker that died.
        """
        from distributed import KilledWorker

        if future.status != "error":
            raise self._loss()
        error = future.exception()
        if isinstance(error, KilledWorker):
            return Died()
        if isinstance(error, MigkgError):
            raise error
        raise MigkgError(f"a worker of {self._name} failed with {_first_line(error)}")

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Turns a connection that breaks into an error of the family."""
        try:
            yield
        except (OSError, TimeoutError, CancelledError) as error:
            raise self._loss() from error

    def _loss(self) -> MigkgError:
        return MigkgError(f"{self._name} is lost; run the same command again: what is complete is not read again")


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}"


def _local_options(workers: int, folder: str) -> dict[str, Any]:
    return {
        "n_workers": workers,
        "threads_per_worker": 1,
        "host": _LOOPBACK,
        "scheduler_port": 0,
        "dashboard_address": f"{_LOOPBACK}:0",
        "worker_dashboard_address": f"{_LOOPBACK}:0",
        "scheduler_kwargs": {"allowed_failures": 0},  # ``Run`` counts the deaths
        "local_directory": folder,
        "silence_logs": logging.CRITICAL,
    }
