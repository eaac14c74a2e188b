"""Web archives: the pages in WARC files, and the texts of WET files.

A library that meets the end of a broken archive often hands on a short record, or nothing, as if all were well
(measured with fastwarc 2.0.1; others do the same). So each record is held against the length that it declares, gzip
members against their check sums, and the last record against the empty lines that must stand behind it.
"""

import base64
import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from fastwarc.stream_io import BrotliReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from migkg.errors import SourceSkip
from migkg.model import Skip
from migkg.sources.fetched import Version, find_fetched
from migkg.sources.formats import BOMB_BYTES, BOMB_RATIO, Item, Opened
from migkg.sources.metadata import Facts
from migkg.sources.raw import Raw
from migkg.sources.reading import MAX_BYTES

_RECORDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")
_READ = {"eng": "en", "fra": "fr", "spa": "es"}
_END = b"\r\n\r\n"


def read(opened: Opened) -> Iterator[Item]:
    """The pages, texts and PDF files of an archive, each with the identifier of its record as address.

    Other records (requests, images, errors, repeated pages) hold nothing to read and are passed over. Of an archive
    that was fetched, the latest version of each page is read, under the address of the page, and the earlier ones, each
    with the version that took its place.

    Raises:
        SourceSkip: the archive is cut off or broken; what stands before that was handed on.
    """
    fetched = find_fetched(opened.location)
    for record, block in read_records(opened.file):
        address = record_address(record)
        if fetched and address in fetched.old:
            continue
        version = fetched.versions.get(address) if fetched else None
        try:
            raw = _read_text(record, block, opened, address)
        except SourceSkip as skip:
            if version is None or version.next is None:
                yield Skip(opened.at(address)[0], str(skip))
            continue
        if raw is not None and version and fetched:
            raw = _place(raw, version, fetched.folder)
        if raw is not None:
            yield raw


def read_version(version: Version, folder: str, source: str) -> Item | None:
    """One version of a page in a folder of ``migkg fetch``, as ``read`` gives it; ``None`` where it holds no text.

    Args:
        folder: absolute path of the folder.
        source: the folder as the user named it.
    """
    try:
        raw = _read_at(version, folder, source)
    except SourceSkip as skip:
        return Skip(f"{source}#{version.url}", str(skip)) if version.next is None else None
    return _place(raw, version, folder) if raw else None


def _place(raw: Raw, version: Version, folder: str) -> Raw | None:
    """A text as a version of its page; ``None`` for an earlier one without a text that came later."""
    if version.next is None or version.latest is None:
        return version.place(raw, folder)
    try:
        after, latest = (_read_at(one, folder, raw.source) for one in (version.next, version.latest))
    except SourceSkip:
        return None
    return version.place(raw, folder, after, latest) if after and latest else None


def _read_at(version: Version, folder: str, source: str) -> Raw | None:
    """The text of one record, read alone."""
    path = Path(folder) / version.file
    try:
        with path.open("rb") as file:
            file.seek(version.offset)
            for record in ArchiveIterator(file, record_types=_RECORDS, parse_http=False):
                opened = Opened(source, str(path), file)
                return _read_text(record, _read_block(record), opened, record_address(record))
    except (EOFError, OSError, zlib.error) as error:
        raise SourceSkip(f"{path} is broken: {' '.join(str(error).split())}") from error
    raise SourceSkip(f"{path} ends before its record")


def read_records(file: BinaryIO) -> Iterator[tuple[WarcRecord, bytes | SourceSkip]]:
    """Responses, resources and conversions of an archive that is compressed with gzip or not compressed.

    Each comes with its bytes, or with what is wrong with them.

    Raises:
        SourceSkip: the archive is cut off or broken.
    """
    stream = _Stream(file)
    count = 0
    try:
        for record in ArchiveIterator(stream, record_types=_RECORDS, parse_http=False, stream_detect=False):
            count += 1
            yield record, _read_block(record)
    except (EOFError, OSError, zlib.error) as error:
        reason = " ".join(str(error).split())
        raise SourceSkip(f"the archive is broken behind record {count}: {reason}") from error
    if not stream.whole:
        raise SourceSkip(f"the archive is cut off behind record {count}: its last record is not whole")


def record_address(record: WarcRecord) -> str:
    """The identifier of a record without its brackets; where it has none, its place in the archive."""
    return (record.headers.get("WARC-Record-ID") or f"<offset:{record.stream_pos}>").strip("<>")


def _read_block(record: WarcRecord) -> bytes | SourceSkip:
    """The bytes of a record, held against its length and digest."""
    declared = record.content_length
    if declared > MAX_BYTES:
        return SourceSkip(f"too large: {declared / 1e6:.0f} MB, the limit is {MAX_BYTES / 1e6:.0f} MB")
    block = record.reader.read()
    if len(block) < declared:
        return SourceSkip(f"cut off: {len(block)} of {declared} bytes")
    if not _is_unaltered(block, record.headers.get("WARC-Block-Digest")):
        return SourceSkip("altered: the bytes do not have the digest that the archive gives")
    return bytes(block)


def _read_text(record: WarcRecord, block: bytes | SourceSkip, opened: Opened, address: str) -> Raw | None:
    """The text of one record, that of a PDF file too; ``None`` where it holds none."""
    raw = _read_record(record, block, opened, address)
    if raw is None or not raw.data.startswith(b"%PDF-"):
        return raw
    from migkg.sources.pdf import read_bytes

    return read_bytes(raw)


def _read_record(record: WarcRecord, block: bytes | SourceSkip, opened: Opened, address: str) -> Raw | None:
    """The text of one record; ``None`` where it holds none."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    captured = record.headers.get("WARC-Date")
    named = record.headers.get("WARC-Identified-Content-Language")
    declared = Facts(url=url if url.startswith(("http://", "https://")) else None, language=_language(named))
    if record.record_type != WarcRecordType.response:
        kind = record.headers.get("Content-Type") or ""
        if not _is_text(kind, url):
            return None
        return replace(opened.text(address, _bytes(block), kind, declared), captured=captured)
    if not url.startswith(("http://", "https://")):
        return None  # the answer of a name server, for example
    page = _parse_response(_bytes(block))
    kind = page.http_headers.get("Content-Type") or "" if page else ""
    if page is None or not _is_text(kind, url):
        return None
    body = _decode_body(page)
    if not body:
        raise SourceSkip("empty")
    return replace(opened.text(address, body, kind, declared), captured=captured)


def _language(named: str | None) -> str | None:
    """The language that the archive names (``eng,fra``): the first that is read, else the first (ISO 639-3)."""
    codes = [code.strip() for code in (named or "").split(",") if code.strip()]
    return next((_READ[code] for code in codes if code in _READ), codes[0] if codes else None)


def _bytes(block: bytes | SourceSkip) -> bytes:
    if isinstance(block, SourceSkip):
        raise block
    return block


def _is_text(kind: str, url: str) -> bool:
    name = kind.split(";")[0].strip().casefold()
    return name in (*_TEXTS, "application/pdf") and not url.endswith("/robots.txt")


def _parse_response(block: bytes) -> WarcRecord | None:
    """A good answer with its headers read; ``None`` for redirects and errors."""
    for decoding in ("transfer", "none"):  # some archives keep the header of chunks, but not the chunks
        record = WarcRecord()
        record.init_headers(record_type=WarcRecordType.response)
        record.set_bytes_content(block)
        record.is_http = True
        try:
            record.parse_http(auto_decode=decoding)
            status = record.http_headers.status_code if record.http_headers is not None else None
            if status is None:
                break
            if status != 200:
                return None
            record.freeze()
            return record
        except OSError:
            continue
    raise SourceSkip("no HTTP answer in the record")


def _decode_body(record: WarcRecord) -> bytes:
    """The body without compression.

    Raises:
        SourceSkip: larger than a page may be, cut off, or in a coding that is not known.
    """
    coding = (record.http_headers.get("Content-Encoding") or "identity").strip().casefold()
    data = bytes(record.reader.read())
    if coding in ("identity", "") or (coding in ("gzip", "x-gzip") and not data.startswith(b"\x1f\x8b")):
        return data  # crawlers that unpack a body often keep its header
    if coding in ("gzip", "x-gzip", "deflate"):
        body, whole = _inflate(data)
    elif coding == "br":
        body, whole = _read_brotli(data), True
    else:
        raise SourceSkip(f"the coding {coding!r} is not known")
    if len(body) > MAX_BYTES:
        raise SourceSkip(f"too large: unpacked it is over the limit of {MAX_BYTES / 1e6:.0f} MB")
    if not whole:
        raise SourceSkip("cut off: its compressed body is not whole")
    return body


def _inflate(data: bytes) -> tuple[bytes, bool]:
    for bits in (47, -15):  # with a head of gzip or zlib, or bare
        unpacker = zlib.decompressobj(bits)
        try:
            return unpacker.decompress(data, MAX_BYTES + 1), unpacker.eof
        except zlib.error:
            continue
    raise SourceSkip("its compressed body is broken")


def _read_brotli(data: bytes) -> bytes:
    try:
        return bytes(BrotliReader(io.BytesIO(data)).read(MAX_BYTES + 1))
    except OSError as error:
        raise SourceSkip("its compressed body is broken") from error


def _is_unaltered(block: bytes, digest: str | None) -> bool:
    """Whether the block has the digest; also where there is none, or one of a kind that is not known."""
    name, _, value = (digest or "").partition(":")
    if name.casefold() not in ("sha1", "sha256", "sha512", "md5"):
        return True
    found = hashlib.new(name.casefold(), block, usedforsecurity=False)
    return value.strip().rstrip("=").casefold() in (
        found.hexdigest(),
        base64.b32encode(found.digest()).decode().rstrip("=").casefold(),
    )


class _Stream(io.RawIOBase):
    """The bytes of an archive, unpacked, with an eye on how they end."""

    def __init__(self, file: BinaryIO) -> None:
        self._packed = file
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        # "read1" hands on what stands before a broken place, where "read" would lose it.
        self._read: Callable[[int], bytes] = gzip.GzipFile(fileobj=file).read1 if packed else file.read
        self._tail = b""
        self._place = 0

    def read(self, size: int = -1) -> bytes:
        data = self._read(size)
        if self._place > BOMB_BYTES and self._place > BOMB_RATIO * self._packed.tell():
            raise OSError(f"it unpacks to more than {BOMB_RATIO} times its size")
        if data:
            self._tail = (self._tail + data[-4:])[-4:]
            self._place += len(data)
        return data

    def tell(self) -> int:
        return self._place

    @property
    def whole(self) -> bool:
        """Whether the last record ends as records do."""
        return self._tail == _END
