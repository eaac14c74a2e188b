"""Links from things of the graph to the same things in registers elsewhere, as proposed and as reviewed."""

from dataclasses import dataclass
from typing import Literal, get_args

Match = Literal["exact", "close", "proposed", "refused"]
MATCHES: tuple[Match, ...] = get_args(Match)


@dataclass(frozen=True, slots=True)
class Link:
    """One line of a file of links.

    Attributes:
        iri: the thing of the graph.
        label: its name, for whoever reads the file.
        authority: the register (``ROR``), as its file or service names itself.
        identifier: IRI of the entry in the register.
        name: the entry's name there.
        match: ``exact`` and ``close`` may enter the graph; ``proposed`` waits for a person; ``refused`` was declined.
        score: likeness of the names, 0 to 1.
        why: what agrees and what does not, in words.
        source: the file or service that was asked.
        date: day on which it was asked (``2026-11-25``).
    """

    iri: str
    label: str
    authority: str
    identifier: str
    name: str
    match: Match
    score: float
    why: str
    source: str
    date: str
