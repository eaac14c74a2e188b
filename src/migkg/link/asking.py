"""Asking services politely: one request at a time, a pause between two, and an end when nothing comes back."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from migkg.errors import QueryError, StoreError
from migkg.link.cache import Cache
from migkg.link.model import Outcome, Thing

# After so many failures in a row, a service is left in peace.
PATIENCE = 3
# Answers are taken up to this size, far above what a batch of names needs.
LARGEST_ANSWER = 16 << 20


@dataclass(frozen=True, slots=True)
class Manners:
    """How services are asked.

    Attributes:
        delay: seconds between two requests.
        timeout: seconds that one request may take.
        batch: things in one request.
        wait: what sleeps.
    """

    delay: float = 1.0
    timeout: float = 30.0
    batch: int = 10
    wait: Callable[[float], None] = time.sleep


class Asker:
    """Questions to one service, those that were answered before out of the cache."""

    def __init__(self, service: str, cache: Cache, manners: Manners) -> None:
        """Nothing is asked yet.

        Args:
            service: its address, as it may be shown.
        """
        self._service = service
        self._cache = cache
        self._manners = manners
        self._failures = 0
        self._started = False

    def ask(
        self,
        things: Iterable[Thing],
        question: Callable[[Thing], str],
        fetch: Callable[[list[Thing]], Mapping[str, list[Any]]],
        outcome: Outcome,
    ) -> Iterator[tuple[Thing, list[Any]]]:
        """The answer for each thing that got one; the others are counted in ``outcome``.

        Args:
            question: what tells one question from another, for the cache.
            fetch: asks for some things at once; answers by IRI. It raises QueryError or StoreError when that fails.
        """
        waiting = iter(things)
        while batch := list(islice(waiting, self._manners.batch)):
            answers = {thing.iri: _read(self._cache.get(self._service, question(thing))) for thing in batch}
            missing = [thing for thing in batch if answers[thing.iri] is None]
            for iri, answer in self._fetch(missing, fetch, outcome).items():
                answers[iri] = answer
            for thing in missing:
                if (fresh := answers[thing.iri]) is not None:
                    self._cache.put(self._service, question(thing), json.dumps(fresh))
            for thing in batch:
                if (known := answers[thing.iri]) is not None:
                    yield thing, known

    def _fetch(
        self, things: list[Thing], fetch: Callable[[list[Thing]], Mapping[str, list[Any]]], outcome: Outcome
    ) -> Mapping[str, list[Any]]:
        if not things:
            return {}
        if self._failures >= PATIENCE:
            outcome.skip(f"{self._service} is not asked any more after {PATIENCE} failures", len(things))
            return {}
        if self._started:
            self._manners.wait(self._manners.delay)
        self._started = True
        try:
            answers = fetch(things)
        except (QueryError, StoreError) as error:
            self._failures += 1
            outcome.skip(str(error), len(things))
            return {}
        self._failures = 0
        if silent := sum(thing.iri not in answers for thing in things):
            outcome.skip(f"{self._service} does not answer a part of the questions", silent)
        return answers


def _read(answer: str | None) -> list[Any] | None:
    """A kept answer; one that was damaged counts as none."""
    try:
        value = json.loads(answer) if answer else None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, list) else None
