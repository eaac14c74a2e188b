"""Web archives: what is read of them, and that no break in one goes unnoticed."""

import gzip
import zlib
from pathlib import Path

import brotli
import pytest
from fastwarc.warc import WarcRecordType

from migkg.model import Document, Skip
from migkg.sources import open_source, read_documents
from migkg.sources.reading import MAX_BYTES
from sources.archive_helpers import HTTP, TEXTS, conversion, pack, page, record, response, wacz

URL = "https://example.org/en"
PAGE = page("Agreement on border management signed in Accra", TEXTS["en"])
RECORDS = [response(f"https://example.org/{code}", page(f"Title {code}", text)) for code, text in TEXTS.items()]


def read(tmp_path: Path, data: bytes, name: str = "a.warc.gz") -> tuple[list[Document], list[Skip]]:
    path = tmp_path / name
    path.write_bytes(data)
    items = list(read_documents([str(path)]))
    return [x for x in items if isinstance(x, Document)], [x for x in items if isinstance(x, Skip)]


def in_chunks(data: bytes) -> bytes:
    parts = [data[i : i + 50] for i in range(0, len(data), 50)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"", PAGE),
        (b"Transfer-Encoding: chunked\r\n", in_chunks(PAGE)),
        (b"Content-Encoding: gzip\r\n", gzip.compress(PAGE)),
        (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
        (b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", in_chunks(gzip.compress(PAGE))),
        (b"Transfer-Encoding: chunked\r\n", PAGE),  # the crawler joined the chunks and kept the header
        (b"Content-Encoding: gzip\r\n", PAGE),  # … or unpacked the body and kept the header
    ],
)
def test_bodies_are_decoded(tmp_path: Path, head: bytes, body: bytes) -> None:
    (document,), skips = read(tmp_path, pack([response(URL, body, HTTP + head)]))
    assert not skips
    assert (document.url, document.name) == (URL, URL)
    assert document.source.endswith("a.warc.gz#urn:test:en")
    assert TEXTS["en"] in document.text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc.gz", pack(RECORDS)),
        ("a.warc", b"".join(RECORDS)),
        ("packed as one.warc.gz", gzip.compress(b"".join(RECORDS))),
        ("called a text.txt", pack(RECORDS)),
        ("a.wacz", wacz(pack(RECORDS))),
        ("a.warc.wet.gz", pack(conversion(f"https://example.org/{code}", text) for code, text in TEXTS.items())),
    ],
)
def test_archives(tmp_path: Path, name: str, data: bytes) -> None:
    documents, skips = read(tmp_path, data, name)
    assert not skips
    assert [(d.language, d.url) for d in documents] == [(code, f"https://example.org/{code}") for code in TEXTS]


@pytest.mark.parametrize(
    "passed_over",
    [
        record("https://example.org/x", HTTP + b"\r\n", WarcRecordType.revisit),
        record("https://example.org/x", b"GET / HTTP/1.1\r\n\r\n", WarcRecordType.request),
        record("https://example.org/x", b"robots: obey\r\n", WarcRecordType.warcinfo),
        response("https://example.org/x", PAGE, HTTP.replace(b"200 OK", b"404 Not Found")),
        response("https://example.org/x", b"\x89PNG", HTTP.replace(b"text/html; charset=utf-8", b"image/png")),
        response("https://example.org/robots.txt", b"User-agent: *", HTTP.replace(b"text/html", b"text/plain")),
        record("dns:example.org", b"example.org 1.2.3.4", Content_Type="text/dns"),
    ],
)
def test_what_holds_no_text_is_passed_over(tmp_path: Path, passed_over: bytes) -> None:
    documents, skips = read(tmp_path, pack([RECORDS[0], passed_over, RECORDS[1]]))
    assert ([d.language for d in documents], skips) == (["en", "fr"], [])


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (RECORDS[1].replace(b"OIM", b"ONU", 1), "altered"),
        (response(URL, gzip.compress(PAGE)[:-9], HTTP + b"Content-Encoding: gzip\r\n"), "cut off: its compressed body"),
        (response(URL, PAGE, HTTP + b"Content-Encoding: weird\r\n"), "the coding 'weird' is not known"),
        (response(URL, gzip.compress(b"a" * (MAX_BYTES + 1)), HTTP + b"Content-Encoding: gzip\r\n"), "too large"),
        (response(URL, brotli.compress(b"a" * (MAX_BYTES * 10)), HTTP + b"Content-Encoding: br\r\n"), "too large"),
        (record(URL, b"\0" * (MAX_BYTES + 1)), "too large"),
        (record(URL, b"no answer at all"), "no HTTP answer"),
        (response(URL, b""), "empty"),
    ],
)
def test_one_bad_record_is_said_and_the_others_are_read(tmp_path: Path, broken: bytes, reason: str) -> None:
    documents, (skip,) = read(tmp_path, pack([RECORDS[0], broken, RECORDS[2]]))
    assert [d.language for d in documents] == ["en", "es"]
    assert reason in skip.reason
    assert "#urn:test:" in skip.source


@pytest.mark.parametrize("packed", [True, False])
def test_every_cut_is_noticed(tmp_path: Path, packed: bool) -> None:
    """Only a cut between two records leaves a whole archive; every other one must be said."""
    parts = [gzip.compress(part, mtime=0) if packed else part for part in RECORDS]
    data = b"".join(parts)
    whole = {sum(map(len, parts[:count])) for count in range(1, len(parts) + 1)}
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    step = 3 if packed else 5
    for end in sorted({*range(11, len(data), step), *range(len(data) - 12, len(data))} - whole):
        path.write_bytes(data[:end])
        items = list(open_source(str(path)))
        assert isinstance(items[-1], Skip), end
        read_whole = sum(end >= sum(map(len, parts[: count + 1])) for count in range(len(parts)))
        assert sum(not isinstance(x, Skip) for x in items) >= read_whole, end


def test_damage_in_the_middle_stops_there(tmp_path: Path) -> None:
    data = bytearray(pack(RECORDS))
    second = len(pack(RECORDS[:1]))
    data[second + 40] ^= 0xFF
    documents, skips = read(tmp_path, bytes(data))
    assert [d.language for d in documents][:1] == ["en"]
    assert "broken" in skips[-1].reason or "cut off" in skips[-1].reason


def test_altered_wacz_is_refused(tmp_path: Path) -> None:
    documents, (skip,) = read(tmp_path, wacz(pack(RECORDS), "sha256:" + "0" * 64), "a.wacz")
    assert not documents
    assert "altered" in skip.reason


@pytest.mark.parametrize("cut", [30, 400, -40, -1])
def test_cut_wacz_is_said(tmp_path: Path, cut: int) -> None:
    documents, (skip,) = read(tmp_path, wacz(pack(RECORDS))[:cut], "a.wacz")
    assert not documents
    assert "broken or cut off" in skip.reason


def test_two_records_with_one_identifier_are_two_sources(tmp_path: Path) -> None:
    other = response(URL, page("Another page", TEXTS["fr"]))
    documents, _ = read(tmp_path, pack([RECORDS[0], other]))
    assert [d.source.rsplit("#")[-1] for d in documents] == ["urn:test:en", "urn:test:en~2"]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    """A record of zeros that is passed over must not cost the time to unpack it."""
    zeros = record("https://example.org/x", b"\0" * 160_000_000, WarcRecordType.request)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(zeros, 1))
    items = list(open_source(str(path)))
    assert isinstance(items[-1], Skip)
    assert "times its size" in items[-1].reason
