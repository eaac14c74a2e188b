"""What links are made of: things of the graph, and entries of registers that may be them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from migkg.model.link import Link


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the graph that is looked for.

    Attributes:
        iri: its IRI.
        label: the name to show.
        names: all its names, each with its language (empty: none).
        acronyms: its acronyms.
        types: entity types, one or more.
        country: ISO 3166-1 alpha-3 code.
        matches: IRIs of the same thing elsewhere that the graph already has.
    """

    iri: str
    label: str
    names: tuple[tuple[str, str], ...]
    acronyms: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    country: str | None = None
    matches: frozenset[str] = frozenset()

    @property
    def texts(self) -> tuple[str, ...]:
        """Its names without their languages, each once, in order."""
        return tuple(dict.fromkeys(name for name, _ in self.names))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry of a register that may be a thing.

    Attributes:
        identifier: its IRI.
        name: the name to show.
        names: all its names.
        acronyms: its acronyms.
        types: entity types that its kinds go with; empty: the register says nothing of it.
        country: ISO 3166-1 alpha-3 code, where the register says it.
        country_agrees: what a service itself says of the country that it was asked for.
        remark: what a reader should know of it ("inactive").
    """

    identifier: str
    name: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    country: str | None = None
    country_agrees: bool | None = None
    remark: str = ""


@dataclass(slots=True)
class Outcome:
    """What a run found.

    Attributes:
        links: one for each pair that is worth a look.
        asked: how many things were looked for.
        skipped: reasons with how often each happened; empty when all went well.
    """

    links: list[Link] = field(default_factory=list)
    asked: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def skip(self, reason: str, number: int = 1) -> None:
        """Count what was left out for a reason."""
        self.skipped[reason] = self.skipped.get(reason, 0) + number


class Register(Protocol):
    """A register that can be asked for things."""

    @property
    def authority(self) -> str:
        """What it is called."""

    @property
    def source(self) -> str:
        """The file or address that is asked, as it may be shown."""

    def find(self, things: Iterable[Thing], outcome: Outcome) -> Iterator[tuple[Thing, list[Candidate]]]:
        """Candidates for each thing; what cannot be read is counted in ``outcome``.

        Raises:
            UsageError: the register cannot be asked at all.
        """
