"""Tables (CSV): each row is a record of data, and a mapping beside the table says what its columns mean."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from migkg.errors import DataFileError, SourceSkip
from migkg.lexicon.language import read_yaml
from migkg.model import Evidence, Skip
from migkg.model.vocabulary import ACTOR_TYPES, ENTITY_TYPES, RELATIONS
from migkg.sources.dates import parse_iso
from migkg.sources.formats import Item, Opened, mapping_of
from migkg.sources.stated import Record, country_entry, identify_actor, read_amount
from migkg.text.decode import clean

_KEYS = {"language", "encoding", "delimiter", "dates", "decimal", "id", "title", "published", "things", "statements"}
_STATEMENT_KEYS = {"subject", "relation", "object", "amount", "currency", "kind", "when", "status"}
_KINDS = ("pledged", "committed", "disbursed", "ceiling")
_RULE = "table"


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns of a table mean; docs/how-to/formats.md explains the keys of the file."""

    path: Path
    things: dict[str, dict[str, Any]]
    statements: list[dict[str, Any]]
    options: dict[str, str]

    def columns(self) -> set[str]:
        """The columns that it names."""
        own = [self.options[key] for key in ("id", "title", "published") if key in self.options]
        told = [thing.get("type") for thing in self.things.values()]
        told += [statement.get(key) for statement in self.statements for key in ("amount", "currency", "when")]
        named = {value["column"] for value in told if isinstance(value, dict)}
        return {*own, *named, *(thing["column"] for thing in self.things.values())}


def read(opened: Opened) -> Iterator[Item]:
    """The rows of a table, each under its number (the heading is row 1) or the identifier that the mapping names.

    Raises:
        SourceSkip: no mapping, one that does not fit the table, or a broken table; rows before that were handed on.
        DataFileError: the mapping is malformed.
    """
    path = mapping_of(Path(opened.location))
    if "://" in opened.location or not path.is_file():
        raise SourceSkip(f"a table: a file {path.name} beside it has to say what its columns mean")
    mapping = read_mapping(path)
    text = io.TextIOWrapper(opened.file, encoding=mapping.options.get("encoding", "utf-8-sig"), newline="")
    try:
        yield from _rows(text, mapping, opened)
    except UnicodeDecodeError as error:
        raise SourceSkip(f"not in the encoding that {path.name} names: {error.reason}") from error
    except csv.Error as error:
        raise SourceSkip(f"the table is broken: {error}") from error
    finally:
        text.detach()


def _rows(text: Iterable[str], mapping: Mapping, opened: Opened) -> Iterator[Item]:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=mapping.options.get("delimiter", ","), strict=True)
    head = [clean(name) for name in next(reader, [])]
    missing = sorted(mapping.columns() - set(head))
    if missing:
        raise SourceSkip(f"the table has no column {missing[0]!r}, which {mapping.path.name} names")
    lines.take()
    for number, cells in enumerate(reader, 2):
        row = lines.take()
        if not any(cells):
            continue
        if len(cells) != len(head):
            yield Skip(opened.at(f"row={number}")[0], f"{len(cells)} cells under {len(head)} headings")
            continue
        try:
            yield _Row(dict(zip(head, map(clean, cells), strict=True)), row, number, mapping, opened).read()
        except SourceSkip as skip:
            yield Skip(opened.at(f"row={number}")[0], str(skip))


class _Lines:
    """The lines of a table, remembered until the row that they make is taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        self._taken.append(next(self._lines))
        return self._taken[-1]

    def take(self) -> str:
        """The row to the letter, without its line end."""
        row = "".join(self._taken).rstrip("\r\n")
        self._taken = []
        return row


class _Row:
    """One row on its way to what it says."""

    def __init__(self, cells: dict[str, str], row: str, number: int, mapping: Mapping, opened: Opened) -> None:
        self.cells, self.mapping = cells, mapping
        identifier = cells.get(mapping.options.get("id", ""), "")
        self.record = Record(opened, identifier or f"row={number}", mapping.options["language"], _RULE)
        shown = self.record.quote(row, f"row {number}")
        if shown is None:
            raise SourceSkip("contact details in the row, which are never kept")
        self.shown: Evidence = shown

    def read(self) -> Item:
        things = {name: self._thing(thing) for name, thing in self.mapping.things.items()}
        said = 0
        for statement in self.mapping.statements:
            subject, target = things[statement["subject"]], things[statement["object"]]
            if subject and target:
                facts = self._facts(statement)
                said += self.record.state(subject, statement["relation"], target, self.shown, **facts)
        if not said:
            raise SourceSkip("the row says nothing: things are empty, or of a type that is not known")
        options = self.mapping.options
        published = self._date(self.cells.get(options.get("published", ""), ""))
        return self.record.finish(self.cells.get(options.get("title", "")) or None, published, None)

    def _thing(self, thing: dict[str, Any]) -> str | None:
        """The local id of what a cell names; ``None`` where it is empty or its type is not known."""
        label, kind = self.cells[thing["column"]], thing.get("type")
        if isinstance(kind, dict):
            kind = kind.get("values", {}).get(self.cells[kind["column"]])
        if not label:
            return None
        if kind is None or kind in ACTOR_TYPES:
            found = identify_actor(label, kind)
            return self.record.entity(found[0], label, self.shown, **found[1]) if found else None
        country = country_entry(label) if kind == "Place" else None
        facts = {"key": country.key, "country": country.country} if country else {}
        return self.record.entity(kind, label, self.shown, **facts)

    def _facts(self, statement: dict[str, Any]) -> dict[str, Any]:
        facts: dict[str, Any] = {"status": statement.get("status", "stated")}
        amount, currency = self._value(statement.get("amount")), self._value(statement.get("currency"))
        if amount and currency:
            value = read_amount(self._plain(amount))
            if value is None or value <= 0:
                raise SourceSkip(f"{amount!r} is no sum above 0")
            facts |= {"amount": value, "currency": currency.upper(), "amount_kind": statement.get("kind")}
            facts["when"] = self._date(self._value(statement.get("when")))
        return facts

    def _value(self, value: Any) -> str:
        return self.cells[value["column"]] if isinstance(value, dict) else str(value or "")

    def _plain(self, number: str) -> str:
        """A number with a point and without marks between its thousands."""
        decimal = self.mapping.options.get("decimal", ".")
        other = "," if decimal == "." else "."
        return number.replace(other, "").replace(" ", "").replace(decimal, ".")

    def _date(self, text: str) -> str | None:
        form = self.mapping.options.get("dates")
        if not text or not form:
            return parse_iso(text)
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError as error:
            raise SourceSkip(f"{text!r} is no date of the form {form}") from error


def read_mapping(path: Path) -> Mapping:
    """The mapping of a table.

    Raises:
        DataFileError: it is malformed; the message names the key.
    """
    content = read_yaml(path)
    unknown = sorted(set(content) - _KEYS)
    things, statements = content.get("things"), content.get("statements")
    if unknown or not isinstance(things, dict) or not isinstance(statements, list):
        raise DataFileError(
            f"{path}: " + (f"unknown key {unknown[0]}" if unknown else "things and statements are needed")
        )
    if content.get("language") not in ("en", "fr", "es"):
        raise DataFileError(f"{path}: language: en, fr or es is expected")
    for name, thing in things.items():
        _check_thing(path, name, thing)
    for number, statement in enumerate(statements, 1):
        _check_statement(path, number, statement, things)
    options = {key: str(value) for key, value in content.items() if key not in ("things", "statements")}
    return Mapping(path, things, statements, options)


def _check_thing(path: Path, name: str, thing: Any) -> None:
    if not isinstance(thing, dict) or not isinstance(thing.get("column"), str) or set(thing) - {"column", "type"}:
        raise DataFileError(f"{path}: things: {name}: a column and a type are expected")
    kind = thing.get("type")
    kinds = kind.get("values", {}).values() if isinstance(kind, dict) else [kind] if kind else []
    wrong = next((k for k in kinds if k not in ENTITY_TYPES or k == "Person"), None)
    if wrong or (isinstance(kind, dict) and not isinstance(kind.get("column"), str)):
        raise DataFileError(f"{path}: things: {name}: type: {wrong or kind} is none that a table can give")


def _check_statement(path: Path, number: int, statement: Any, things: dict[str, Any]) -> None:
    where = f"{path}: statements: {number}"
    if not isinstance(statement, dict) or set(statement) - _STATEMENT_KEYS:
        raise DataFileError(f"{where}: only {', '.join(sorted(_STATEMENT_KEYS))} are expected")
    if statement.get("relation") not in RELATIONS:
        raise DataFileError(f"{where}: relation: {statement.get('relation')} is none of the ontology")
    if statement.get("subject") not in things or statement.get("object") not in things:
        raise DataFileError(f"{where}: subject and object are to be names of things")
    if statement.get("kind", "committed") not in _KINDS or statement.get("status", "stated") not in (
        "stated",
        "planned",
    ):
        raise DataFileError(f"{where}: kind is one of {', '.join(_KINDS)}, status is stated or planned")
