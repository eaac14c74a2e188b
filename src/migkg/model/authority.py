"""What the reviewed tables know of one real thing, or of one theme."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name or acronym that a thing no longer goes by.

    Attributes:
        text: the name.
        language: ``en``, ``fr`` or ``es``; ``None`` where the table does not say it, and for acronyms.
        when: the time when it was in use as an EDTF interval (``1971/1997``, ``../1984``), where a table says it.
        position: its place in the order of the names of the thing, from 1, where that is known.
        note: the table, row and column that it stands in.
    """

    text: str
    language: str | None
    when: str | None
    position: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Succession:
    """A merger, a split or a succession: other organisations come out of it than went into it.

    Attributes:
        key: its name in the table.
        original, resulting: IRIs of the organisations before and after it.
        when: EDTF date, where a table says it.
        note: kind and origin, as the table has them.
    """

    key: str
    original: tuple[str, ...]
    resulting: tuple[str, ...]
    when: str | None
    note: str

    @property
    def members(self) -> tuple[str, ...]:
        """All organisations that have a part in it."""
        return self.original + self.resulting


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """Names and identifiers of one thing, as one row of a table gives them.

    Attributes:
        iri: its identity in the graph.
        names: preferred name by language (``en``, ``fr``, ``es``); only languages that the table has.
        aliases: other names, each with its language or ``None`` where the table does not say it.
        acronyms: acronyms, and codes of no register, without language.
        codes: codes of registers without addresses: datatype (local name in the ontology) and code.
        matches: IRIs of the same thing elsewhere (Wikidata, ROR, ISNI), where the table can vouch for them.
        close: IRIs that most likely are the same thing, on the word of one source or where sources disagree.
        former: names that it no longer goes by; their texts are among the aliases or acronyms too.
        parent: IRI of what it is a part of, where the table says so.
        note: table, row and the sources that the row gives.
    """

    iri: str
    names: dict[str, str]
    aliases: tuple[tuple[str, str | None], ...] = ()
    acronyms: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    matches: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    former: tuple[FormerName, ...] = ()
    parent: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeRecord:
    """One concept of the table of themes.

    Attributes:
        code: its code in the table (``iom:border-management``).
        names: preferred name by language (``en``, ``fr``, ``es``).
    """

    code: str
    names: dict[str, str]
