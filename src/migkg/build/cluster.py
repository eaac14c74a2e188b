"""The engine of a cluster: Dask's, on a scheduler that the user names, or with processes of its own on this machine.

What is started here listens on loopback only. Dask itself has each process serve HTTP on every interface, even where
its dashboard is off.
"""

import logging
import tempfile
from collections import deque
from typing import Any
from uuid import uuid4

from migkg.build.engine import Died, Stage
from migkg.errors import MigkgError, MissingExtra

_LOOPBACK = "127.0.0.1"
_START = 60  # seconds until a scheduler must have answered, and have a worker
_LOST = "10s"  # how long a scheduler that is gone is looked for


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
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        library: Any = distributed  # which has no types
        self._address = address
        self._local: Any = None
        self._folder = tempfile.TemporaryDirectory(prefix="migkg-dask-")
        self._client: Any = None
        try:
            with dask.config.set({"distributed.comm.timeouts.connect": _LOST}):
                if not address:
                    self._local = library.LocalCluster(**_local_options(workers, self._folder.name))
                self._client = library.Client(address or self._local, timeout=_START, set_as_default=False)
            self._client.wait_for_workers(1, timeout=_START)
        except (OSError, TimeoutError, ValueError) as error:
            self.close()
            raise MigkgError(f"{self._name} does not answer, or has no workers: {error}") from error
        self._results: Any = library.as_completed(loop=self._client.loop)
        self._run = uuid4().hex
        self._jobs: deque[tuple[int, Stage, Any]] = deque()
        self._futures: dict[str, tuple[int, Any]] = {}

    @property
    def _name(self) -> str:
        return f"the scheduler {self._address}" if self._address else "the Dask cluster of this machine"

    @property
    def slots(self) -> int:
        """See ``Engine.slots``; as many as the workers that are there have threads."""
        return max(1, sum(map(int, self._client.nthreads().values())))

    def submit(self, number: int, stage: Stage, task: Any) -> None:
        """See ``Engine.submit``."""
        self._jobs.append((number, stage, task))
        self._hand_out()

    def wait(self) -> tuple[int, Any]:
        """See ``Engine.wait``."""
        future = next(self._results)
        number, _ = self._futures.pop(future.key)
        self._hand_out()
        if future.status == "finished":
            return number, future.result()
        return number, self._explain(future)

    def close(self) -> None:
        """See ``Engine.close``; a scheduler that was named goes on."""
        for part in (self._client, self._local):
            if part is not None:
                part.close(timeout=5)
        self._folder.cleanup()

    def _hand_out(self) -> None:
        """Give the scheduler one task for each thread: when a worker dies, no task that waits is blamed for it."""
        while self._jobs and (not self._futures or len(self._futures) < self.slots):
            number, stage, task = self._jobs.popleft()
            future = self._client.submit(stage, task, key=f"migkg-{self._run}-{number}", pure=False)
            self._futures[future.key] = number, future
            self._results.add(future)

    def _explain(self, future: Any) -> Died:
        """What became of a task that has no result.

        Raises:
            MigkgError: it was not a worker that died.
        """
        from distributed import KilledWorker

        if future.status != "error":
            raise MigkgError(f"{self._name} is lost; run the same command again: what is complete is not read again")
        error = future.exception()
        if isinstance(error, KilledWorker):
            return Died()
        if isinstance(error, MigkgError):
            raise error
        raise MigkgError(f"a worker of {self._name} failed with {type(error).__name__}: {error}")


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
