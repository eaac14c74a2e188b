"""The workers: as many as may answer at the same time, each replaced at once when it dies or has to be killed."""

import asyncio
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from migkg.errors import ServiceRefusal, StoreError, UsageError
from migkg.serve.messages import Job, Reply, pack, read_reply
from migkg.serve.settings import Settings
from migkg.store.lock import FolderLock

_ROOT = str(Path(__file__).resolve().parents[2])  # where this very package is
WARM_UP_TIMEOUT = 2.0
_RETRY = {"Retry-After": "5"}


class Worker:
    """One worker process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def dead(self) -> bool:
        """Whether the process has ended, for whatever reason."""
        return self._process.returncode is not None

    @classmethod
    async def start(cls, options: dict[str, Any]) -> "Worker":
        """Start a worker and wait until its store is open.

        Raises:
            UsageError: there is no such store.
            StoreError: the store cannot be opened, or the process ended at once.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # no module of the folder that the service was started in
            "-m",
            "migkg.serve.worker",
            json.dumps(options),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=1024 * 1024,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [_ROOT, os.environ.get("PYTHONPATH")]))},
        )
        worker = cls(process)
        try:
            reply = await worker._receive()
        except asyncio.IncompleteReadError as error:
            raise StoreError("a process that answers queries could not be started") from error
        if reply.status != 200:
            await worker.end()
            raise (UsageError if reply.status == 400 else StoreError)(reply.body.decode())
        return worker

    async def ask(self, job: Job) -> Reply:
        """The reply to a job.

        Raises:
            asyncio.IncompleteReadError: the process has died.
        """
        assert self._process.stdin is not None
        with suppress(ConnectionError):
            self._process.stdin.write(pack(job))
            await self._process.stdin.drain()
        return await self._receive()

    async def _receive(self) -> Reply:
        assert self._process.stdout is not None
        return await read_reply(self._process.stdout)

    async def end(self) -> None:
        """Kill the process and wait until it is gone."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


class Pool:
    """Answers jobs, some at the same time, the others one after another."""

    def __init__(self, settings: Settings, spool: Path) -> None:
        self._settings = settings
        self.spool = spool
        self._options = {
            "store": str(settings.store),
            "spool": str(spool),
            "memory": settings.memory,
            "max_bytes": settings.max_bytes,
            "max_rows": settings.max_rows,
            # Where a query may take a moment only, it must not wait for what the next one may need.
            "warm_up": settings.timeout >= WARM_UP_TIMEOUT,
        }
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._turns: dict[str, asyncio.Semaphore] = {}
        self._asked: dict[str, int] = defaultdict(int)
        self._waiting = 0
        self._closed = False
        self._lock: FolderLock | None = None

    async def open(self) -> None:
        """Start all workers.

        Raises:
            UsageError: there is no such store.
            StoreError: the store cannot be opened.
        """
        started = await asyncio.gather(
            *(Worker.start(self._options) for _ in range(self._settings.workers)), return_exceptions=True
        )
        self._workers |= {worker for worker in started if isinstance(worker, Worker)}
        failure = next((error for error in started if isinstance(error, BaseException)), None)
        if failure is not None:
            await self.close()
            raise failure
        # Each worker holds the store as a reader; while one is replaced, no writer may slip in.
        self._lock = FolderLock(self._settings.store, shared=True)
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def close(self) -> None:
        """End all workers, whatever they are doing."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._workers))
        if self._lock is not None:
            self._lock.release()

    async def run(self, job: Job, client: str, timeout: float | None = None) -> Reply:
        """The reply to a job.

        Args:
            job: see ``migkg.serve.jobs``.
            client: who asks; a few queries of each client are in the queue for a worker, the others wait for these.
            timeout: seconds that it may take; ``None``: as long as a query.

        Raises:
            ServiceRefusal: 429 and 503 when too many wait, 504 when it took too long, 503 when it ended its process.
        """
        async with self._turn(client):
            worker = await self._free_worker()
            limit = self._settings.timeout if timeout is None else timeout
            reply: Reply | None = None
            try:
                reply = await asyncio.wait_for(worker.ask(job), limit)
                return reply
            except TimeoutError as error:
                raise ServiceRefusal(504, f"the query took longer than {limit:g} seconds and was ended") from error
            except asyncio.IncompleteReadError as error:
                raise ServiceRefusal(
                    503, "the query ended the process that was to answer it, most likely for want of memory"
                ) from error
            finally:
                if reply is not None:
                    self._idle.put_nowait(worker)
                else:
                    self._replace(worker)

    async def _free_worker(self) -> Worker:
        """The next worker that lives; those that have died while nobody asked are replaced."""
        while (worker := await self._idle.get()).dead:
            self._replace(worker)
        return worker

    @asynccontextmanager
    async def _turn(self, client: str) -> AsyncIterator[None]:
        """Wait until it is the client's turn."""
        if self._waiting >= self._settings.waiting:
            raise ServiceRefusal(503, "too many queries are waiting; try again in a moment", _RETRY)
        if self._asked[client] >= self._settings.per_client + self._settings.waiting // 4:
            raise ServiceRefusal(429, "too many queries of yours are waiting; send them one after another", _RETRY)
        turns = self._turns.setdefault(client, asyncio.Semaphore(self._settings.per_client))
        self._waiting += 1
        self._asked[client] += 1
        try:
            async with turns:
                yield
        finally:
            self._waiting -= 1
            self._asked[client] -= 1
            if not self._asked[client]:
                del self._asked[client], self._turns[client]

    def _replace(self, worker: Worker) -> None:
        """Kill a worker and start another one in its place."""
        if self._closed:
            return
        task = asyncio.ensure_future(self._restart(worker))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _restart(self, worker: Worker) -> None:
        await worker.end()
        self._workers.discard(worker)
        while not self._closed:
            try:
                fresh = await Worker.start(self._options)
            except (StoreError, UsageError) as error:
                print(f"migkg: {error}", file=sys.stderr)
                await asyncio.sleep(1)
            else:
                self._workers.add(fresh)
                self._idle.put_nowait(fresh)
                return


@asynccontextmanager
async def open_pool(settings: Settings) -> AsyncIterator[Pool]:
    """A pool with its workers running, and a folder for what is too long for memory; both end with the block."""
    with tempfile.TemporaryDirectory(prefix="migkg-serve-") as spool:
        pool = Pool(settings, Path(spool))
        await pool.open()
        try:
            yield pool
        finally:
            await pool.close()
