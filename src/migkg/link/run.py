"""One run: things of a store, one register, and the links that come of it."""

import datetime
from collections.abc import Callable, Iterable

from migkg.link.judge import demote_shared, judge
from migkg.link.model import Outcome, Register, Thing

Progress = Callable[[str], None]


def link(
    things: Iterable[Thing],
    register: Register,
    today: datetime.date | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Look for things in a register.

    Args:
        today: the date that the links get; ``None``: today, by UTC.
        progress: called with the IRI of each thing that is done with.

    Raises:
        UsageError: the register cannot be asked at all.
    """
    date = (today or datetime.datetime.now(datetime.UTC).date()).isoformat()
    outcome = Outcome()
    for thing, candidates in register.find(things, outcome):
        outcome.asked += 1
        outcome.links += judge(thing, candidates, register.authority, register.source, date)
        if progress:
            progress(thing.iri)
    outcome.links = demote_shared(outcome.links)
    return outcome
