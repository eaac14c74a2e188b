"""What the reviewed tables know of one real thing, or of one theme."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuthorityRecord:
    """Names and identifiers of one thing, as one row of a table gives them.

    Attributes:
        iri: its identity in the graph.
        names: preferred name by language (``en``, ``fr``, ``es``); only languages that the table has.
        aliases: other names, each with its language or ``None`` where the table does not say it.
        acronyms: acronyms and codes, without language.
        matches: IRIs of the same thing elsewhere (Wikidata, ROR).
        parent: IRI of what it is a part of, where the table says so.
    """

    iri: str
    names: dict[str, str]
    aliases: tuple[tuple[str, str | None], ...] = ()
    acronyms: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeRecord:
    """One concept of the table of themes.

    Attributes:
        code: its code in the table (``iom:border-management``).
        names: preferred name by language (``en``, ``fr``, ``es``).
    """

    code: str
    names: dict[str, str]
