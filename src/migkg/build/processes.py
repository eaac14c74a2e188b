"""The engine of one machine: worker processes that run one task at a time and are replaced when they die."""

import multiprocessing
import signal
from collections import deque
from multiprocessing.connection import Connection, wait
from typing import Any

from migkg.build.engine import Died, Stage
from migkg.errors import MigkgError

_CONTEXT = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
_READY = "ready"
# Worker processes in a row that die before they are ready: something else than a document is at fault.
_MOST_FAILED_STARTS = 5
_PATIENCE = 2.0


class _Worker:
    """One worker process, and the task that it has."""

    def __init__(self) -> None:
        self.connection, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=serve_tasks, args=(theirs,), daemon=True, name="migkg-worker")
        self.process.start()
        theirs.close()
        self.ready = False
        self.job: tuple[int, Stage, Any] | None = None

    def end(self, patience: float) -> None:
        """Let the process end, or kill it when it does not."""
        self.connection.close()
        self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Processes:
    """Runs tasks in worker processes of this machine."""

    def __init__(self, workers: int) -> None:
        """
        Args:
            workers: number of processes, which start with the first tasks.
        """
        self.slots = workers
        self._workers: list[_Worker] = []
        self._jobs: deque[tuple[int, Stage, Any]] = deque()
        self._failed_starts = 0

    def submit(self, number: int, stage: Stage, task: Any) -> None:
        """See ``Engine.submit``."""
        self._jobs.append((number, stage, task))
        if len(self._workers) < self.slots:
            self._workers.append(_Worker())
        self._hand_out()

    def wait(self) -> tuple[int, Any]:
        """See ``Engine.wait``."""
        while True:
            for worker in self._heard():
                job, answer = worker.job, self._receive(worker)
                if isinstance(answer, Died):
                    self._replace(worker)
                self._hand_out()
                if job is not None and answer is not None:
                    if isinstance(answer, BaseException):
                        raise answer
                    return job[0], answer

    def rest(self) -> None:
        """See ``Engine.rest``; the next tasks start new processes."""
        self.close()

    def close(self) -> None:
        """See ``Engine.close``."""
        for worker in self._workers:
            worker.end(_PATIENCE if worker.job is None else 0)
        self._workers = []

    def _heard(self) -> list[_Worker]:
        """The workers that have something to say, or that have died."""
        by_connection: dict[Any, _Worker] = {worker.connection: worker for worker in self._workers}
        return [by_connection[connection] for connection in wait(by_connection)]

    def _receive(self, worker: _Worker) -> Any:
        """The answer to the task of a worker; ``Died``; ``None`` when it says that it is ready."""
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            return Died()
        if answer == _READY:
            worker.ready, self._failed_starts = True, 0
            return None
        worker.job = None
        return answer

    def _replace(self, worker: _Worker) -> None:
        if not worker.ready:
            self._failed_starts += 1
        worker.end(0)
        self._workers.remove(worker)
        if self._failed_starts >= _MOST_FAILED_STARTS:
            raise MigkgError("worker processes end as soon as they start; --workers 1 reads without them")
        self._workers.append(_Worker())

    def _hand_out(self) -> None:
        """Give tasks to workers that have none: they are listening, so nothing here can wait for them."""
        for worker in self._workers:
            if worker.ready and worker.job is None and self._jobs:
                job = self._jobs.popleft()
                try:
                    worker.connection.send(job[1:])
                except OSError:  # it died while it had nothing to do
                    self._jobs.appendleft(job)
                    continue
                worker.job = job


def serve_tasks(connection: Connection) -> None:
    """Run tasks until there are no more, or until the process that gives them is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses Ctrl-C means the run, which then ends its workers
    try:
        connection.send(_READY)
        while True:
            stage, task = connection.recv()
            connection.send(_run(stage, task))
    except (EOFError, OSError):
        return


def _run(stage: Stage, task: Any) -> Any:
    try:
        return stage(task)
    except Exception as error:
        return error if isinstance(error, MigkgError) else MigkgError(f"{type(error).__name__}: {error}")
