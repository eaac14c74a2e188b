"""IATI 2 files: activities and organisations, record by record, with the words of each element as they stand there."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from migkg.errors import SourceSkip
from migkg.model import Skip
from migkg.sources.formats import HEAD_BYTES, Item, Opened
from migkg.sources.reading import MAX_BYTES
from migkg.sources.xml import MAX_DEPTH, REFUSED, make_parser
from migkg.text.decode import clean

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CHUNK = 64 * 1024
_DECLARED = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']""")
_RECORDS = ("iati-activity", "iati-organisation")


@dataclass(slots=True)
class Node:
    """One element.

    Attributes:
        source: the element to the letter, as the file has it.
        place: its address in its record (``transaction[2]``); empty for the record itself.
        text: the characters in it, those of its children not counted.
    """

    tag: str
    attributes: dict[str, str]
    start: int
    place: str = ""
    source: str = ""
    text: str = ""
    children: "list[Node]" = field(default_factory=list)

    def all(self, tag: str) -> "list[Node]":
        """Its children of one name."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Node | None":
        """Its first child of one name."""
        return next((child for child in self.children if child.tag == tag), None)

    def get(self, name: str) -> str:
        """An attribute, empty where there is none."""
        return self.attributes.get(name, "").strip()


def read(opened: Opened) -> Iterator[Item]:
    """The activities and organisations of a file, each under its identifier, and what of them had to be left out.

    Raises:
        SourceSkip: it has a document type, is of version 1, or is broken; records before that were handed on.
    """
    from migkg.sources.iati_records import read_record

    count = 0
    for root, node in _records(opened):
        if not root.get("version").startswith("2"):
            raise SourceSkip(f"IATI of version {root.get('version') or '1'}: version 2 is read")
        count += 1
        try:
            yield from read_record(node, root, count, opened)
        except SourceSkip as skip:
            yield Skip(opened.at(identifier_of(node) or f"{node.tag}[{count}]")[0], str(skip))
    if not count:
        raise SourceSkip("an IATI file without activities or organisations")


def identifier_of(node: Node) -> str:
    """The identifier of a record; empty where it has none."""
    named = node.first("iati-identifier" if node.tag == "iati-activity" else "organisation-identifier")
    return clean(named.text if named else "")


def _records(opened: Opened) -> Iterator[tuple[Node, Node]]:
    """The root and each record, as soon as its end was read."""
    target = _Target()
    parser = make_parser(target, "utf-8")
    target.parser = parser.parser
    try:
        for data in _chunks(opened):
            target.buffer += data
            parser.feed(data)
            yield from target.take()
        parser.close()
        yield from target.take()
    except DefusedXmlException as error:
        raise SourceSkip(REFUSED) from error
    except (ParseError, ValueError, LookupError) as error:
        yield from target.take()
        raise SourceSkip(f"the XML is broken or cut off: {' '.join(str(error).split())}") from error


def _chunks(opened: Opened) -> Iterator[bytes]:
    """The file as UTF-8, whatever encoding it is in."""
    head = opened.file.read(HEAD_BYTES)
    opened.file.seek(0)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    else:
        found = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
        name = found[1].decode() if found else "utf-8"
    if codecs.lookup(name).name == "utf-8":
        name = "utf-8-sig"
    decoder = codecs.getincrementaldecoder(name)()
    while data := opened.file.read(_CHUNK):
        yield decoder.decode(data).encode()
    yield decoder.decode(b"", final=True).encode()


class _Target:
    """Builds the records; what was read of the file is kept only as far back as the record that is open."""

    def __init__(self) -> None:
        self.parser: Any = None
        self.buffer = bytearray()
        self._offset = 0
        self._open: list[Node] = []
        self._done: list[tuple[Node, Node]] = []

    def take(self) -> list[tuple[Node, Node]]:
        """The records that are whole since the last time; memory of what lies before the open one is given back.

        Raises:
            SourceSkip: the open one is too large.
        """
        done, self._done = self._done, []
        keep = self._open[1].start if len(self._open) > 1 else self.parser.CurrentByteIndex
        if keep > self._offset:
            del self.buffer[: keep - self._offset]
            self._offset = keep
        if len(self.buffer) > MAX_BYTES:
            raise SourceSkip(f"a record of more than {MAX_BYTES / 1e6:.0f} MB")
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        node = Node(tag, attributes, self.parser.CurrentByteIndex)
        if len(self._open) > MAX_DEPTH:
            raise SourceSkip(f"elements nested more than {MAX_DEPTH} deep")
        if len(self._open) > 1:
            above = self._open[-1]
            step = f"{tag}[{len(above.all(tag)) + 1}]"
            node.place = f"{above.place}/{step}" if above.place else step
            above.children.append(node)
        self._open.append(node)

    def data(self, text: str) -> None:
        """Characters."""
        if len(self._open) > 1:
            self._open[-1].text += text

    def end(self, _: str) -> None:
        """An element ends: where the place of an empty element's end is behind it, that of another before its tag."""
        node = self._open.pop()
        if not self._open:
            return
        at = self.parser.CurrentByteIndex - self._offset
        empty = not node.children and not node.text and self.buffer[at - 2 : at] == b"/>"
        end = at if empty else self.buffer.index(b">", at) + 1
        node.source = self.buffer[node.start - self._offset : end].decode("utf-8", "replace")
        if len(self._open) == 1:
            if node.tag in _RECORDS:
                self._done.append((self._open[0], node))
            self._open[0].children.clear()

    def close(self) -> None:
        """The end of the file."""
