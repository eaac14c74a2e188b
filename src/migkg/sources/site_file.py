"""Reading a description of a site: every mistake is told with file, line and key."""

import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from migkg.errors import DataFileError
from migkg.lexicon.gazetteer import official_names
from migkg.sources.site import (
    START_KINDS,
    Expected,
    Network,
    Politeness,
    Selectors,
    Shape,
    Site,
    Start,
    host_of,
)
from migkg.text.wording import wordings

Value = TypeVar("Value")
LONGEST_DELAY = 3600.0
MOST_PAGES = 100_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_DATE_FORMAT = re.compile(r"(?:%[dmY]|[^%\w])+")
_EMPTY = LexborHTMLParser("<p></p>")


def read_site(path: Path) -> Site:
    """The site that a file describes.

    Raises:
        DataFileError: it cannot be read, is no YAML, or a key is missing, unknown or wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise DataFileError(f"{place}: not YAML: {getattr(error, 'problem', None) or error}") from error
    part = _Part(path, loader, node, 1, "the file")
    site = _read(part, path)
    part.finish()
    return site


def _read(part: "_Part", path: Path) -> Site:
    hosts = part.texts("hosts", _host, least=1)
    shape, pages = part.part("shape"), part.part("pages")
    site = Site(
        name=part.text("name", lambda name: _same_name(name, path)),
        title=part.text("title"),
        publisher=part.text("publisher", _authority),
        licence=part.text("licence"),
        terms=part.text("terms", _address, default=""),
        languages=part.texts("languages", _language, least=1),
        hosts=hosts,
        shape=Shape(shape.text("as_of"), shape.flag("tried")),
        starts=tuple(_read_start(start, hosts) for start in part.parts("starts")),
        include=pages.texts("include", _pattern, least=1),
        exclude=pages.texts("exclude", _pattern),
        selectors=_read_selectors(part.part("selectors", optional=True)),
        boilerplate=part.texts("boilerplate", _pattern),
        date_formats=part.texts("date_formats", _date_format) or ("iso", "written"),
        politeness=_read_politeness(part.part("politeness")),
        expected=_read_expected(part.part("expected")),
    )
    for inner in (shape, pages):
        inner.finish()
    return site


def _read_start(part: "_Part", hosts: tuple[str, ...]) -> Start:
    kinds = [kind for kind in START_KINDS if kind in part.nodes]
    if len(kinds) != 1:
        raise part.error(f"one of {', '.join(START_KINDS)} is expected")
    kind = kinds[0]
    url = part.text(kind, _address)
    if host_of(url) not in hosts:
        raise part.error(f"{kind}: {host_of(url)} is not among the hosts", kind)
    listing = kind == "listing"
    start = Start(
        kind,
        url,
        first=int(part.number("first", 0, MOST_PAGES, 0)) if listing else 0,
        most=int(part.number("most", 1, MOST_PAGES, 50)),
        links=part.text("links", _selector) if listing else "",
        next=part.text("next", _selector, default="") if listing else "",
    )
    part.finish()
    return start


def _read_selectors(part: "_Part") -> Selectors:
    found = {key: part.texts(key, _selector) for key in ("title", "date", "lead", "body", "drop")}
    part.finish()
    return Selectors(**found)


def _read_politeness(part: "_Part") -> Politeness:
    found = Politeness(
        delay=part.number("delay", 0, LONGEST_DELAY),
        revisit=int(part.number("revisit", 0, MOST_PAGES, 30)),
        networks=part.texts("networks", _network),
    )
    part.finish()
    return found


def _read_expected(part: "_Part") -> Expected:
    least, most = int(part.number("least", 0, 10**7)), int(part.number("most", 1, 10**7))
    if least > most:
        raise part.error(f"least ({least}) is more than most ({most})", "least")
    found = Expected(least, most, part.number("readable", 0, 1, 0.5))
    part.finish()
    return found


class _Part:
    """One mapping of the file: its values by key, each taken once and checked."""

    def __init__(self, path: Path, loader: Any, node: Any, line: int, name: str) -> None:
        self.path, self.loader, self.name = path, loader, name
        self.line = node.start_mark.line + 1 if node is not None else line
        self.nodes: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.taken: set[str] = set()
        if not isinstance(node, yaml.MappingNode):
            raise self.error(f"{name}: a mapping of keys is expected")
        for key, value in node.value:
            if key.value in self.nodes:
                raise DataFileError(f"{path}:{key.start_mark.line + 1}: {key.value}: is there twice")
            self.nodes[key.value] = value
            self.lines[key.value] = key.start_mark.line + 1

    def error(self, message: str, key: str | None = None) -> DataFileError:
        """The error of this part, with the line of a key or of the part itself."""
        return DataFileError(f"{self.path}:{self.lines.get(key or '', self.line)}: {message}")

    def finish(self) -> None:
        """Refuse keys that nothing has asked for."""
        for key in self.nodes:
            if key not in self.taken:
                raise self.error(f"{key}: unknown key", key)

    def text(self, key: str, check: Callable[[str], Any] = str, default: str | None = None) -> str:
        """A text that is not empty, as it stands in the file."""
        value = self._value(key, default)
        if value == default and key not in self.nodes:
            return str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key}: a text is expected", key)
        self._check(key, value, check)
        return value

    def texts(self, key: str, check: Callable[[str], Value], least: int = 0) -> tuple[Value, ...]:
        """A list of texts, each as ``check`` gives it."""
        values = self._value(key, None if least else [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            raise self.error(f"{key}: a list of texts is expected", key)
        if len(values) < least:
            raise self.error(f"{key}: at least {least} is expected", key)
        return tuple(self._check(key, value, check) for value in values)

    def number(self, key: str, least: float, most: float, default: float | None = None) -> float:
        """A number within bounds."""
        value = self._value(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.error(f"{key}: a number from {least:g} to {most:g} is expected", key)
        return float(value)

    def flag(self, key: str) -> bool:
        """Yes or no."""
        value = self._value(key, None)
        if not isinstance(value, bool):
            raise self.error(f"{key}: true or false is expected", key)
        return value

    def part(self, key: str, optional: bool = False) -> "_Part":
        """A mapping within this one; an empty one where it is optional and not there."""
        self.taken.add(key)
        if key not in self.nodes and optional:
            return _Part(self.path, self.loader, yaml.MappingNode("tag:yaml.org,2002:map", [], _mark(self)), 1, key)
        if key not in self.nodes:
            raise self.error(f"{key}: the key is missing")
        return _Part(self.path, self.loader, self.nodes[key], self.lines[key], key)

    def parts(self, key: str) -> list["_Part"]:
        """A list of mappings, at least one."""
        self.taken.add(key)
        node = self.nodes.get(key)
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.error(f"{key}: a list is expected", key)
        return [_Part(self.path, self.loader, inner, self.lines[key], key) for inner in node.value]

    def _value(self, key: str, default: Any) -> Any:
        self.taken.add(key)
        if key in self.nodes:
            try:
                return self.loader.construct_object(self.nodes[key], deep=True)
            except yaml.YAMLError as error:
                raise self.error(f"{key}: {error.args[0] if error.args else 'not readable'}", key) from error
        if default is None:
            raise self.error(f"{key}: the key is missing")
        return default

    def _check(self, key: str, value: str, check: Callable[[str], Value]) -> Value:
        try:
            return check(value)
        except (ValueError, re.error, SelectolaxError) as error:
            raise self.error(f"{key}: {error}", key) from error


def _mark(part: _Part) -> Any:
    return yaml.Mark(str(part.path), 0, part.line - 1, 0, None, 0)


def _same_name(name: str, path: Path) -> str:
    if not _NAME.fullmatch(name) or name != path.stem:
        raise ValueError(f"must be {path.stem}, the name of the file (small letters, digits, hyphens)")
    return name


def _authority(key: str) -> str:
    if key not in official_names("en"):
        raise ValueError(f"no such key in the authority tables: {key}")
    return key


def _language(code: str) -> str:
    if code not in wordings():
        raise ValueError(f"{code} is not a language that is read ({', '.join(wordings())})")
    return code


def _host(host: str) -> str:
    if host_of(f"https://{host}/") != host:
        raise ValueError(f"{host!r} is not a host in small letters, with or without a port")
    return host


def _address(url: str) -> str:
    if not url.startswith(("http://", "https://")) or not host_of(url) or re.search(r"[\s\x00-\x1f]", url):
        raise ValueError(f"{url!r} is not an http or https address")
    return url


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is not a pattern: {error}") from error


def _selector(text: str) -> str:
    try:
        _EMPTY.css(text)
    except SelectolaxError as error:
        raise ValueError(f"{text!r} is not a CSS selector") from error
    return text


def _date_format(text: str) -> str:
    if text not in ("iso", "written") and not (_DATE_FORMAT.fullmatch(text) and {"%d", "%m", "%Y"} <= _codes(text)):
        raise ValueError(f"{text!r} is neither iso, written nor made of %d, %m and %Y")
    return text


def _codes(text: str) -> set[str]:
    return set(re.findall(r"%.", text))


def _network(text: str) -> Network:
    return ipaddress.ip_network(text)
