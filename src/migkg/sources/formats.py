"""The formats that are read beside pages and plain texts: how each is told by its first bytes, and who reads it."""

import importlib
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from migkg.model import Skip
from migkg.sources.metadata import Facts
from migkg.sources.raw import Raw, Stated

Item = Raw | Stated | Skip
Reader = Callable[["Opened"], Iterator[Item]]
# Bytes that tell the format of a file.
HEAD_BYTES = 8192
# What unpacks to more than this and to so many times its size is no archive of texts.
BOMB_BYTES = 100 * 1024 * 1024
BOMB_RATIO = 200


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is open for reading.

    Attributes:
        source: the source as given.
        location: absolute path, final URL, or ``stdin:<sha256>``.
        file: its bytes, at the beginning; it can be moved in.
        content_type: what a server declared, if it came from one.
    """

    source: str
    location: str
    file: BinaryIO
    content_type: str | None = None

    def text(self, address: str, data: bytes, content_type: str | None, declared: Facts) -> Raw:
        """One text in the file, under its address in it."""
        source, location = self.at(address)
        return Raw(source, location, data, content_type, address, declared)

    def at(self, address: str) -> tuple[str, str]:
        """Source and location of one text or record in the file."""
        return f"{self.source}#{address}", f"{self.location}#{address}"

    @property
    def name(self) -> str:
        """What names the file on every machine: its address, else its file name."""
        return self.location if "://" in self.location else Path(self.location).name


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        name: what users call it.
        fits: whether the first bytes, and the source's name where they leave a doubt, are those of the format.
        several: whether such a file may hold several texts.
        module: the module of this package whose ``read`` is the reader; imported when a file needs it.
    """

    name: str
    fits: Callable[[bytes, str], bool]
    module: str
    several: bool = True

    def reader(self) -> Reader:
        """The reader."""
        read: Reader = importlib.import_module(f"migkg.sources.{self.module}").read
        return read


# Tables: read where a mapping says what their columns mean.
MAPPED = frozenset({".csv", ".tsv"})
# The first element of an XML file, behind declarations, comments and a document type.
_ROOT = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<([\w:.-]+)", re.S
)
_FEEDS = frozenset({b"rss", b"feed", b"rdf:RDF"})
_RSS_1 = b"http://purl.org/rss/1.0/"
_RELIEFWEB = re.compile(rb'"href"\s*:\s*"https?:\\?/\\?/api\.reliefweb\.int\\?/')


def find_format(head: bytes, source: str) -> Format | None:
    """The format of a file; ``None`` for pages and plain texts, and for what nobody reads.

    Args:
        head: its first ``HEAD_BYTES``.
        source: path or address.
    """
    return next((known for known in FORMATS if known.fits(head, source)), None)


def inflate_head(head: bytes) -> bytes:
    """What a gzip file begins with; empty where it is none."""
    try:
        return zlib.decompressobj(31).decompress(head, HEAD_BYTES)
    except zlib.error:
        return b""


def _is_warc(head: bytes, source: str) -> bool:
    named = head.startswith(b"\x1f\x8b") and source.casefold().endswith((".warc.gz", ".wet.gz"))
    return head.startswith(b"WARC/") or inflate_head(head).startswith(b"WARC/") or named


def _is_zip(head: bytes, _: str) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _is_pdf(head: bytes, _: str) -> bool:
    return b"%PDF-" in head[:1024] and not head.lstrip().startswith(b"<")


def _root(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    found = _ROOT.match(head)
    return found.group(1) if found else b""


def _is_feed(head: bytes, _: str) -> bool:
    root = _root(head)
    return root in _FEEDS and (root != b"rdf:RDF" or _RSS_1 in head)


def _is_iati(head: bytes, _: str) -> bool:
    return _root(head) in (b"iati-activities", b"iati-organisations")


def _is_reliefweb(head: bytes, _: str) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and bool(_RELIEFWEB.search(head))


def _is_table(_: bytes, source: str) -> bool:
    return Path(source).suffix.casefold() in MAPPED


def mapping_of(path: Path) -> Path:
    """The file that says what the columns of a table mean: ``grants.csv.yaml`` beside ``grants.csv``."""
    return path.with_name(path.name + ".yaml")


FORMATS = (
    Format("WARC", _is_warc, "warc"),
    Format("WACZ or DOCX", _is_zip, "packages"),
    Format("PDF", _is_pdf, "pdf", several=False),
    Format("IATI", _is_iati, "iati"),
    Format("RSS or Atom", _is_feed, "feeds"),
    Format("ReliefWeb", _is_reliefweb, "reliefweb"),
    Format("CSV", _is_table, "tables"),
)
