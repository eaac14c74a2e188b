"""The named queries: files under queries/ whose ``#+`` comment lines are a YAML header."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from migkg.errors import DataFileError
from migkg.resources import interface_languages, queries_path

LANGUAGES = interface_languages()
TYPES = ("country", "integer", "iri", "language", "string", "theme", "year")
_MARK = "#+"
_KEYS = {"title", "question", "number", "stars", "command", "forms", "parameters", "columns"}
# How an answer may be shown beside its table: the parts that are needed, then those that may be there.
FORMS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "chart": (("x", "y"), ("series",)),
    "map": (("country", "value"), ("label",)),
    "network": (("from", "to"), ("label", "weight")),
    "timeline": (("date", "label"), ("group",)),
}
_PARAMETER_KEYS = {"type", "required", "default", "description"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query asks for.

    Attributes:
        name: the variable of the query, without question mark.
        type: one of ``TYPES``.
        description: what it means, one sentence.
        required: whether the query makes no sense without it.
        default: the value when none is given, as one would write it; ``None``: the variable stays free.
    """

    name: str
    type: str
    description: str
    required: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with what its header says.

    Attributes:
        name: file name without ending.
        text: the whole file, header included (which SPARQL reads as comments).
        title: language to title.
        question: language to the question that it answers.
        stars: 1 for the questions that are asked most, else 0.
        number: which of the thirty questions that researchers ask it answers, ``None`` for the others.
        command: the command that computes what SPARQL cannot (betweenness, communities); else empty.
        forms: how the answer may be shown beside its table, the best first: one of ``FORMS`` to which column (or
            parameter) plays which part, such as ``{"network": {"from": "a", "to": "b", "weight": "meetings"}}``.
        parameters: in the order of the header.
        columns: name to meaning, in the order of the answer; empty for a query that gives triples.
    """

    name: str
    text: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    stars: int
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str]
    number: int | None = None
    command: str = ""
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@cache
def load_catalogue() -> Mapping[str, NamedQuery]:
    """All named queries by name, in alphabetical order.

    Raises:
        DataFileError: a header is missing or malformed; the message names the file and the key.
    """
    return {path.stem: read_query(path) for path in sorted(queries_path().glob("*.rq"))}


def find(name: str) -> NamedQuery | None:
    """The query of this name, or ``None``."""
    return load_catalogue().get(name)


def read_query(path: Path) -> NamedQuery:
    """One query file.

    Raises:
        DataFileError: it cannot be read, or its header is missing or malformed.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(f"{path.name}: cannot be read: {error}") from error
    return parse_query(path.stem, text)


def has_header(text: str) -> bool:
    """Whether a query text brings a header of its own."""
    return any(line.startswith(_MARK) for line in text.splitlines())


def parse_query(name: str, text: str) -> NamedQuery:
    """A query text with a header.

    Raises:
        DataFileError: the header is missing or malformed; the message names the query and the key.
    """
    lines = [line[len(_MARK) :] for line in text.splitlines() if line.startswith(_MARK)]
    try:
        header = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" in header line {mark.line + 1}" if mark else ""
        raise DataFileError(f"{name}.rq: the header is no YAML{place}") from error
    reader = _Header(f"{name}.rq", header)
    return NamedQuery(
        name=name,
        text=text,
        title=reader.translations("title"),
        question=reader.translations("question"),
        stars=reader.stars(),
        parameters=tuple(reader.parameters()),
        columns=reader.columns(),
        number=reader.number(),
        command=reader.command(),
        forms=reader.forms(),
    )


class _Header:
    """Reads the values of a header and says where one is wrong."""

    def __init__(self, file: str, header: object) -> None:
        self.file = file
        if not isinstance(header, dict):
            raise DataFileError(f"{file}: there is no header of '#+' lines with keys and values")
        self.header: dict[str, Any] = header
        for key in header:
            if key not in _KEYS:
                raise self.error(str(key), f"unknown key; known are {', '.join(sorted(_KEYS))}")

    def error(self, key: str, reason: str) -> DataFileError:
        return DataFileError(f"{self.file}: {key}: {reason}")

    def mapping(self, key: str) -> dict[str, Any]:
        value = self.header.get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, "must be keys with values")
        return value

    def translations(self, key: str) -> dict[str, str]:
        value = self.mapping(key)
        for language in LANGUAGES:
            if not isinstance(value.get(language), str):
                raise self.error(f"{key}.{language}", "missing, or no text")
        return {language: value[language] for language in LANGUAGES}

    def stars(self) -> int:
        value = self.header.get("stars", 0)
        if value not in (0, 1) or isinstance(value, bool):
            raise self.error("stars", "must be 0 or 1")
        return int(value)

    def number(self) -> int | None:
        value = self.header.get("number")
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise self.error("number", "must be a number from 1")
        return value

    def command(self) -> str:
        value = self.header.get("command", "")
        if not isinstance(value, str):
            raise self.error("command", "must be a text")
        return value

    def forms(self) -> dict[str, dict[str, str]]:
        value, named = self.mapping("forms"), {*self.columns(), *self.mapping("parameters")}
        for form, parts in value.items():
            if form not in FORMS:
                raise self.error(f"forms.{form}", f"unknown form; known are {', '.join(sorted(FORMS))}")
            needed, possible = FORMS[form]
            if not isinstance(parts, dict) or not set(needed) <= set(parts) <= {*needed, *possible}:
                raise self.error(f"forms.{form}", f"needs {', '.join(needed)} and may have {', '.join(possible)}")
            for part, column in parts.items():
                if column not in named:
                    raise self.error(f"forms.{form}.{part}", "is no column and no parameter of this query")
        return value

    def columns(self) -> dict[str, str]:
        value = self.mapping("columns")
        for name, meaning in value.items():
            if not isinstance(meaning, str):
                raise self.error(f"columns.{name}", "the meaning must be a text")
        return value

    def parameters(self) -> Iterator[Parameter]:
        for name, value in self.mapping("parameters").items():
            yield self.parameter(str(name), value)

    def parameter(self, name: str, value: object) -> Parameter:
        key = f"parameters.{name}"
        if not isinstance(value, dict):
            raise self.error(key, "must be keys with values")
        for unknown in set(value) - _PARAMETER_KEYS:
            raise self.error(f"{key}.{unknown}", f"unknown key; known are {', '.join(sorted(_PARAMETER_KEYS))}")
        if value.get("type") not in TYPES:
            raise self.error(f"{key}.type", f"must be one of {', '.join(TYPES)}")
        if not isinstance(value.get("description"), str):
            raise self.error(f"{key}.description", "missing, or no text")
        required, default = value.get("required", False), value.get("default")
        if not isinstance(required, bool) or (required and default is not None):
            raise self.error(f"{key}.required", "must be true or false, and true only without a default")
        return Parameter(name, value["type"], value["description"], required, None if default is None else str(default))
