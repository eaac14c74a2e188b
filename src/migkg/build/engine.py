"""Engines: what runs a stage over many tasks, here, in processes of this machine or on a cluster.

A stage is a plain function of one task that changes nothing, so a task can be run again wherever and as often as it
takes. Whatever the engine does, results come in the order of the tasks.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
Stage = Callable[[Any], Any]
# A task that has ended so many processes is taken apart; a single thing that has done so is given up.
_MOST_DEATHS = 2


class Died:
    """Stands for the result of a task whose process died."""


class Engine(Protocol):
    """Runs stages. A task is any value that can be pickled; its number is given back with its result."""

    @property
    def slots(self) -> int:
        """How many tasks can be under way at a time."""

    def submit(self, number: int, stage: Stage, task: Any) -> None:
        """Take a task on."""

    def wait(self) -> tuple[int, Any]:
        """The number and the result (or ``Died``) of the next task that has ended, of those that were taken on.

        Raises:
            MigkgError: the stage raised it, or the engine itself is lost.
        """

    def rest(self) -> None:
        """Give back the memory of processes that have nothing to do for a while."""

    def close(self) -> None:
        """End all processes that were started for it."""


class InProcess:
    """Runs each task in this process, at once."""

    slots = 1

    def __init__(self) -> None:
        self._done: deque[tuple[int, Any]] = deque()

    def submit(self, number: int, stage: Stage, task: Any) -> None:
        """See ``Engine.submit``."""
        self._done.append((number, stage(task)))

    def wait(self) -> tuple[int, Any]:
        """See ``Engine.wait``."""
        return self._done.popleft()

    def rest(self) -> None:
        """See ``Engine.rest``."""

    def close(self) -> None:
        """See ``Engine.close``."""


@dataclass(slots=True)
class _Part(Generic[Task, Result]):
    """A task, or a piece of one that was taken apart."""

    task: Task
    deaths: int = 0
    result: list[Result] | None = None
    pieces: "list[_Part[Task, Result]]" = field(default_factory=list)

    @property
    def done(self) -> bool:
        return self.result is not None or (bool(self.pieces) and all(piece.done for piece in self.pieces))

    def results(self) -> Iterator[Result]:
        if self.result is not None:
            yield from self.result
        for piece in self.pieces:
            yield from piece.results()


class Run(Generic[Task, Result]):
    """One stage over many tasks."""

    def __init__(
        self,
        engine: Engine,
        stage: Callable[[Task], Result],
        *,
        singly: Callable[[Task], list[Task]],
        give_up: Callable[[Task], Result],
    ) -> None:
        """
        Args:
            singly: a task as tasks of one thing each.
            give_up: the result that stands for a task of one thing that ends every process that runs it.
        """
        self._engine = engine
        self._stage = stage
        self._singly = singly
        self._give_up = give_up
        self._parts: dict[int, _Part[Task, Result]] = {}
        self._number = 0

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """The results in the order of the tasks. Only as many are taken as can soon be done, so memory is bounded."""
        waiting: deque[_Part[Task, Result]] = deque()
        for task in tasks:
            part: _Part[Task, Result] = _Part(task)
            waiting.append(part)
            self._start(part)
            while len(waiting) >= 2 * self._engine.slots or (waiting and waiting[0].done):
                yield from self._next(waiting)
        while waiting:
            yield from self._next(waiting)

    def _next(self, waiting: deque[_Part[Task, Result]]) -> Iterator[Result]:
        while not waiting[0].done:
            self._wait()
        yield from waiting.popleft().results()

    def _start(self, part: _Part[Task, Result]) -> None:
        self._number += 1
        self._parts[self._number] = part
        self._engine.submit(self._number, self._stage, part.task)

    def _wait(self) -> None:
        number, result = self._engine.wait()
        part = self._parts.pop(number)
        if not isinstance(result, Died):
            part.result = [result]
            return
        part.deaths += 1
        if part.deaths < _MOST_DEATHS:
            self._start(part)
            return
        pieces = self._singly(part.task)
        if len(pieces) == 1:
            part.result = [self._give_up(part.task)]
            return
        part.pieces = [_Part(piece) for piece in pieces]
        for piece in part.pieces:
            self._start(piece)
