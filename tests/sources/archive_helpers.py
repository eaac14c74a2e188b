"""Archives, feeds and documents that the tests make, with the libraries that read such files elsewhere too."""

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable

from fastwarc.warc import WarcRecord, WarcRecordType

HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
TEXTS = {
    "en": "GENEVA, 4 June 2024 – IOM and the Government of Canada signed an agreement on border management in Accra.",
    "fr": "Dakar, le 5 juin 2024 – L’OIM et le Gouvernement du Japon ont signé un accord sur la gestion des frontières.",
    "es": "Bogotá, 6 de junio de 2024 – La OIM y el Gobierno de España firmaron un acuerdo sobre la trata de personas.",
}


def page(title: str, body: str) -> bytes:
    """A page as the web has them."""
    return f"<!doctype html><html><body><main><h1>{title}</h1><p>{body}</p></main></body></html>".encode()


def record(url: str, block: bytes, kind: WarcRecordType = WarcRecordType.response, **headers: str) -> bytes:
    """One WARC record with its digest, not compressed; headers with ``_`` for ``-``."""
    made = WarcRecord()
    made.init_headers(record_type=kind)
    made.headers["WARC-Record-ID"] = f"<urn:test:{url.rsplit('/', 1)[-1]}>"
    made.headers["WARC-Target-URI"] = url
    made.headers["Content-Type"] = "application/http; msgtype=response"
    for name, value in headers.items():
        made.headers[name.replace("_", "-")] = value
    made.set_bytes_content(block)
    out = io.BytesIO()
    made.write(out, checksum_data=True)
    return out.getvalue()


def response(url: str, body: bytes, head: bytes = HTTP) -> bytes:
    """The answer with a page."""
    return record(url, head + b"\r\n" + body)


def conversion(url: str, text: str) -> bytes:
    """The text of a page as WET files have it."""
    return record(url, text.encode(), WarcRecordType.conversion, Content_Type="text/plain")


def pack(records: Iterable[bytes]) -> bytes:
    """Each record a gzip member, as archives are."""
    return b"".join(gzip.compress(part, mtime=0) for part in records)


def wacz(archive: bytes, digest: str | None = None) -> bytes:
    """A WACZ file with one archive, and the digest that its list of contents gives."""
    out = io.BytesIO()
    digest = digest or f"sha256:{hashlib.sha256(archive).hexdigest()}"
    resources = [{"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": digest, "bytes": len(archive)}]
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("archive/data.warc.gz", archive)
        package.writestr("datapackage.json", json.dumps({"profile": "data-package", "resources": resources}))
    return out.getvalue()


def pdf(pages: Iterable[str], password: str | None = None) -> bytes:
    """A PDF file with lines of text on each page, as a library writes it; letters of Western languages only."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    names = ("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Helvetica"), ("/Encoding", "/WinAnsiEncoding")
    font = writer._add_object(DictionaryObject({NameObject(key): NameObject(value) for key, value in names}))
    for text in pages:
        leaf = writer.add_blank_page(595, 842)
        fonts = DictionaryObject({NameObject("/F1"): font})
        leaf[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in text.split("\n")]
        drawing = "BT /F1 11 Tf 50 800 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in shown) + " ET"
        stream = DecodedStreamObject()
        stream.set_data(drawing.encode("cp1252"))
        leaf[NameObject("/Contents")] = writer._add_object(stream)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(title: str, paragraphs: Iterable[str], items: Iterable[str] = ()) -> bytes:
    """A Word document."""
    import docx as library

    document = library.Document()
    document.add_heading(title, 0)
    for text in paragraphs:
        document.add_paragraph(text)
    for item in items:
        document.add_paragraph(item, style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
