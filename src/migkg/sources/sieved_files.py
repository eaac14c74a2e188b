"""What the sieve let through, as a smaller archive or as JSON Lines."""

import gzip
import hashlib
import io
import json
import uuid
from collections.abc import Callable
from typing import BinaryIO

from fastwarc.warc import WarcRecord, WarcRecordType

from migkg.sources.sieve import Sieved

# Records are named after what is in them, so that the same input gives the same archive.
_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/migkg/id/record")
Writer = Callable[[Sieved, BinaryIO], None]


def write_line(sieved: Sieved, out: BinaryIO) -> None:
    """One line of JSON: where the text stands, its address, language and date, and the text."""
    raw = sieved.raw
    line = {
        "source": raw.source,
        "url": raw.url,
        "language": sieved.language,
        "title": raw.declared.title,
        "date": raw.declared.published,
        "stems": sieved.stems,
        "text": sieved.text,
    }
    line = {key: value for key, value in line.items() if value is not None}
    out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def write_record(sieved: Sieved, out: BinaryIO) -> None:
    """One WARC record in a gzip member: texts as conversion (as in WET files), pages as resource, with their bytes."""
    raw = sieved.raw
    is_text = (raw.content_type or "").startswith("text/plain")
    record = WarcRecord()
    content = hashlib.sha256(raw.data).hexdigest()
    name = uuid.uuid5(_NAMES, f"{raw.source.rpartition('#')[2]} {content}").urn
    record.init_headers(record_type=WarcRecordType.conversion if is_text else WarcRecordType.resource)
    record.headers["WARC-Record-ID"] = f"<{name}>"
    if raw.captured:  # what comes from no archive has the time of now
        record.headers["WARC-Date"] = raw.captured
    if raw.url:
        record.headers["WARC-Target-URI"] = raw.url
    if raw.address and raw.address.startswith("urn:"):
        record.headers["WARC-Refers-To"] = f"<{raw.address}>"
    record.headers["Content-Type"] = raw.content_type or "text/plain"
    record.set_bytes_content(raw.data)
    plain = io.BytesIO()
    record.write(plain, checksum_data=True)
    out.write(gzip.compress(plain.getvalue(), 6, mtime=0))
