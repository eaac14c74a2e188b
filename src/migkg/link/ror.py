"""The data dump of the Research Organization Registry (https://ror.org), in schema 2 or 1, as JSON or in its ZIP file.

A dump has some 120,000 records and 300 MB; it is read record by record, and only those that may be a thing of the
store are kept.
"""

import codecs
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from migkg.errors import UsageError
from migkg.link.kinds import kinds_of, read_country, types_of
from migkg.link.model import Candidate, Outcome, Thing
from migkg.resolve.link_table import is_address
from migkg.resolve.matching import LIKE, NameIndex, best_likeness

_CHUNK = 1 << 20
_LARGEST = 4 << 30  # bytes of a dump, unpacked
_LONGEST = 4 << 20  # characters of one record
_IDENTIFIER = "https://ror.org/"
_BLANK = re.compile(r"\s*")


class RorDump:
    """A dump as a register."""

    authority = "ROR"

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self._path = path
        self.source = path.name

    def find(self, things: Iterable[Thing], outcome: Outcome) -> Iterator[tuple[Thing, list[Candidate]]]:
        """See ``Register.find``: the dump is read once for all things."""
        wanted = [thing for thing in things if not any(match.startswith(_IDENTIFIER) for match in thing.matches)]
        index = NameIndex((number, name) for number, thing in enumerate(wanted) for name in thing.texts)
        acronyms: defaultdict[tuple[str, str | None], set[int]] = defaultdict(set)
        for number, thing in enumerate(wanted):
            for acronym in thing.acronyms:
                acronyms[acronym, thing.country].add(number)
        found: defaultdict[int, list[Candidate]] = defaultdict(list)
        for record in read_records(self._path):
            candidate = read_record(record)
            if candidate is None:
                outcome.skip(f"{self.source}: records without an identifier or a name")
                continue
            for number in {number for name in candidate.names for number in index.find(name)}:
                if best_likeness(wanted[number].texts, candidate.names) >= LIKE:
                    found[number].append(candidate)
            if candidate.country:
                for number in {n for a in candidate.acronyms for n in acronyms.get((a, candidate.country), ())}:
                    found[number].append(candidate)
        for number, thing in enumerate(wanted):
            yield thing, found.get(number, [])


def read_records(path: Path) -> Iterator[Any]:
    """The values of the JSON array in a file, one at a time; for a ZIP file, that of its newest schema.

    Raises:
        UsageError: the file cannot be read, is no array of JSON, or is too big.
    """
    try:
        with _open(path) as file:
            yield from _split(file, path)
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise UsageError(f"{path} cannot be read as a dump: {error}") from error


def read_record(record: Any) -> Candidate | None:
    """An organisation of either schema; ``None`` for what is none, or was withdrawn."""
    if not isinstance(record, dict) or record.get("status") == "withdrawn":
        return None
    identifier = record.get("id")
    if not isinstance(identifier, str) or not identifier.startswith(_IDENTIFIER) or not is_address(identifier):
        return None
    shown, names, acronyms = _names_2(record) if isinstance(record.get("names"), list) else _names_1(record)
    if not names:
        return None
    kinds = [kind.lower() for kind in _list(record.get("types")) if isinstance(kind, str)]
    return Candidate(
        identifier=identifier,
        name=shown or names[0],
        names=tuple(dict.fromkeys(names)),
        acronyms=tuple(dict.fromkeys(acronyms)),
        types=types_of(kinds, kinds_of("ror")),
        country=_country(record),
        remark="inactive" if record.get("status") == "inactive" else "",
    )


def _names_2(record: dict[str, Any]) -> tuple[str, list[str], list[str]]:
    shown = ""
    names: list[str] = []
    acronyms: list[str] = []
    for entry in record["names"]:
        if not isinstance(entry, dict) or not isinstance(entry.get("value"), str) or not entry["value"].strip():
            continue
        kinds = _list(entry.get("types"))
        shown = entry["value"] if "ror_display" in kinds else shown
        (acronyms if kinds == ["acronym"] else names).append(entry["value"])
    return shown, names, acronyms


def _names_1(record: dict[str, Any]) -> tuple[str, list[str], list[str]]:
    labels = [entry.get("label") for entry in _list(record.get("labels")) if isinstance(entry, dict)]
    names = [record.get("name"), *_list(record.get("aliases")), *labels]
    kept = [name for name in names if isinstance(name, str) and name.strip()]
    return kept[0] if kept else "", kept, [a for a in _list(record.get("acronyms")) if isinstance(a, str) and a]


def _country(record: dict[str, Any]) -> str | None:
    """The country, where all locations of the record lie in one."""
    places = [place.get("geonames_details") for place in _list(record.get("locations")) if isinstance(place, dict)]
    places.append(record.get("country"))
    codes = [place.get("country_code") for place in places if isinstance(place, dict)]
    found = {read_country(code) for code in codes if isinstance(code, str)}
    return found.pop() if len(found) == 1 else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if member.filename.lower().endswith(".json")]
        if not members:
            raise UsageError(f"{path} holds no JSON file")
        newest = max(members, key=lambda member: ("schema_v2" in member.filename, member.filename))
        with archive.open(newest) as file:
            yield file


def _split(file: IO[bytes], path: Path) -> Iterator[Any]:
    text = _Text(file, path)
    if text.take() != "[":
        raise UsageError(f"{path} is no dump of ROR: an array of JSON is expected")
    while (mark := text.peek()) != "]":
        if not mark:
            raise UsageError(f"{path} ends in the middle of its array")
        yield text.read_value()
        if text.peek() == ",":
            text.take()


class _Text:
    """The text of a file, of which only the part that is being read is held."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
        self._read_json = json.JSONDecoder().raw_decode
        self._file = file
        self._path = path
        self._buffer = ""
        self._place = 0
        self._bytes = 0

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            match = _BLANK.match(self._buffer, self._place)
            self._place = match.end() if match else self._place
            if self._place < len(self._buffer) or not self._more():
                return self._buffer[self._place : self._place + 1]

    def take(self) -> str:
        """The next character that is no white space, passed over."""
        mark = self.peek()
        self._place += 1
        return mark

    def read_value(self) -> Any:
        """The value of JSON that stands here."""
        while True:
            try:
                value, self._place = self._read_json(self._buffer, self._place)
                return value
            except (ValueError, RecursionError) as error:
                if len(self._buffer) - self._place > _LONGEST or not self._more():
                    raise UsageError(f"{self._path}: in the first {self._bytes:,} bytes: not JSON: {error}") from error

    def _more(self) -> bool:
        """Read on; whether there was more."""
        data = self._file.read(_CHUNK)
        self._bytes += len(data)
        if self._bytes > _LARGEST:
            raise UsageError(f"{self._path} is bigger than {_LARGEST >> 30} GB")
        self._buffer = self._buffer[self._place :] + self._decode(data, not data)
        self._place = 0
        return bool(data)
