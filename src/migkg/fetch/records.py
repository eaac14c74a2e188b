"""WARC records of requests and answers (ISO 28500:2017, WARC 1.1), each packed by itself to be read alone."""

import base64
import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Literal

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from migkg.fetch.client import Answer

Repeat = Literal["identical-payload-digest", "server-not-modified"]
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
# Headers that told how the body was sent; it is kept without that, so they are kept under another name.
_SENDING = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an answer with a body is kept.

    Attributes:
        url: the address that was asked for.
        date: when, as the record has it.
        digest: SHA-256 of the body, hexadecimal.
        record: the id of its record.
        file: name of the WARC file.
        offset: where the record starts in it, in bytes.
    """

    url: str
    date: str
    digest: str
    record: str
    file: str
    offset: int


def digest_of(body: bytes) -> str:
    """The digest by which bodies are compared: SHA-256, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def write_info(software: str, contact: str, source: str) -> bytes:
    """The record that stands first in a file: which program wrote it, who ran it, and which source it read."""
    fields = {"software": software, "format": "WARC File Format 1.1", "operator": contact, "description": source}
    content = "".join(f"{key}: {value}\r\n" for key, value in fields.items()).encode()
    return _write(WarcRecordType.warcinfo, {"Content-Type": "application/warc-fields"}, content)[0]


def write_answer(answer: Answer, first: Kept | None = None, repeat: Repeat | None = None) -> tuple[bytes, bytes, str]:
    """The records of a request and its answer, packed, and the id of the second.

    Args:
        first: the kept answer that this one repeats: its body is then not written again.
        repeat: in which way it repeats it.
    """
    named = {"WARC-Target-URI": answer.url, "WARC-Date": warc_date(answer.date), "WARC-IP-Address": answer.address}
    head = _head(answer)
    if first is None or repeat is None:
        headers, content, kind = {**named, **_digest(answer.body)}, head + answer.body, WarcRecordType.response
    else:
        headers = {
            **named,
            "WARC-Profile": _PROFILE + repeat,
            "WARC-Refers-To": first.record,
            "WARC-Refers-To-Target-URI": first.url,
            "WARC-Refers-To-Date": first.date,
            **(_digest(answer.body) if repeat == "identical-payload-digest" else {}),
        }
        content, kind = head, WarcRecordType.revisit
    packed, record = _write(kind, {**headers, "Content-Type": "application/http; msgtype=response"}, content)
    asked = {**named, "WARC-Concurrent-To": record, "Content-Type": "application/http; msgtype=request"}
    return _write(WarcRecordType.request, asked, answer.request)[0], packed, record


def read_body(file: BinaryIO) -> bytes | None:
    """The body in the response record that a file stands at; ``None`` where its digest does not fit."""
    try:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            stated = record.headers.get("WARC-Payload-Digest")
            body = record.reader.read()
            return body if stated == _digest(body)["WARC-Payload-Digest"] else None
    except (OSError, ValueError):
        return None
    return None


def warc_date(moment: datetime) -> str:
    """A moment in UTC as WARC 1.1 writes it, with milliseconds."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _digest(body: bytes) -> dict[str, str]:
    # SHA-1 in base 32 is what readers of WARC compare; migkg itself compares SHA-256.
    return {"WARC-Payload-Digest": "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()}


def _head(answer: Answer) -> bytes:
    """Status line and headers of the answer as it is kept: its body without transfer and content coding."""
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}".rstrip()]
    as_sent = answer.header("content-length") == str(len(answer.body)) and not answer.header("content-encoding")
    for key, value in answer.headers:
        renamed = key.casefold() in _SENDING and not as_sent
        lines.append(f"X-Crawl-{key}: {value}" if renamed else f"{key}: {value}")
    if not as_sent:
        lines.append(f"Content-Length: {len(answer.body)}")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"


def _write(kind: WarcRecordType, headers: dict[str, str], content: bytes) -> tuple[bytes, str]:
    record = WarcRecord()
    record.init_headers(record_type=kind)
    for key, value in headers.items():
        record.headers[key] = value
    record.set_bytes_content(content)
    packed = io.BytesIO()
    with GzipWriter(packed) as writer:
        record.write(writer, checksum_data=True)
        writer.finish()
        return packed.getvalue(), record.record_id or ""
