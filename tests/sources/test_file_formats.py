"""Feeds, ReliefWeb, PDF and Word files: what is read of them, and what is said of those that cannot be read."""

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from migkg.extract import extract_document
from migkg.model import Document, Skip
from migkg.sources import list_sources, read_documents
from sources.archive_helpers import TEXTS, docx, page, pdf

LINES = TEXTS["en"].replace(" and the Government", "\nand the Government")
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{0}"><title>IOM news</title>
<entry><id>tag:example.org,2024:1</id><title type="html">Accord &lt;b&gt;signé&lt;/b&gt; &amp;amp; lu</title>
<link href="https://example.org/1"/><published>2024-06-05T23:30:00-05:00</published><updated>2025-01-01T00:00:00Z</updated>
<summary>Short.</summary><content type="html">&lt;p&gt;{1}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</content></entry></feed>"""
RSS = """<rss version="2.0"><channel><title>News</title><item><link>https://example.org/1</link><title>Agreement signed</title>
<pubDate>Tue, 04 Jun 2024 10:00:00 GMT</pubDate><description>{}</description></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>News</title></channel>
<item rdf:about="y"><title>Agreement signed</title><link>https://example.org/1</link><dc:date>2024-06-04</dc:date>
<description>{}</description></item></rdf:RDF>"""
BILLION = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)
REPORT = {
    "title": "Agreement on border management signed",
    "body-html": f"<p>{TEXTS['en']}</p>",
    "date": {"created": "2024-07-01T00:00:00+00:00", "original": "2024-06-04T00:00:00+00:00"},
    "source": [{"name": "International Organization for Migration", "shortname": "IOM"}],
    "language": [{"name": "English", "code": "en"}],
    "url": "https://reliefweb.int/node/1",
    "url_alias": "https://reliefweb.int/report/ghana/agreement-signed",
}


def answer(*fields: object) -> bytes:
    href = "https://api.reliefweb.int/v2/reports"
    data = [{"id": str(i), "score": 1, "href": f"{href}/{i}", "fields": f} for i, f in enumerate(fields, 1)]
    return json.dumps({"time": 3, "href": f"{href}?appname=test", "totalCount": len(data), "data": data}).encode()


def read(tmp_path: Path, name: str, data: bytes) -> tuple[list[Document], list[str]]:
    path = tmp_path / name
    path.write_bytes(data)
    items = list(read_documents([str(path)]))
    return [x for x in items if isinstance(x, Document)], [x.reason for x in items if isinstance(x, Skip)]


@pytest.mark.parametrize(
    ("name", "data", "address"),
    [
        ("a.xml", RSS.format(TEXTS["en"]).encode(), "https://example.org/1"),
        ("a.rdf", RDF.format(TEXTS["en"]).encode(), "y"),
        ("called a page.html", RSS.format(TEXTS["en"]).encode(), "https://example.org/1"),
        ("a.json", answer(REPORT), "1"),
        ("escaped.json", answer(REPORT).replace(b"/", b"\\/"), "1"),
    ],
)
def test_entries(tmp_path: Path, name: str, data: bytes, address: str) -> None:
    (document,), skips = read(tmp_path, name, data)
    assert not skips
    assert document.source.endswith(f"{name}#{address}")
    assert (document.published, document.language) == ("2024-06-04", "en")
    assert TEXTS["en"] in document.text
    assert document.title in ("Agreement signed", "Agreement on border management signed")


def test_atom(tmp_path: Path) -> None:
    """The whole content and not the summary, the day in its own time zone, no scripts, no markup in the title."""
    (document,), _ = read(tmp_path, "a.atom", ATOM.format("fr", TEXTS["fr"]).encode())
    assert (document.title, document.published) == ("Accord signé & lu", "2024-06-05")
    assert (document.name, document.publisher) == ("https://example.org/1", "IOM news")
    assert document.text.endswith(TEXTS["fr"])


def test_reliefweb_report(tmp_path: Path) -> None:
    """The date of the report and not that of its record; the address that people see; the publisher."""
    (document,), skips = read(tmp_path, "a.json", answer(REPORT, {"title": "Map", "file": []}, None))
    assert document.name == document.url == REPORT["url_alias"]
    assert document.publisher == "International Organization for Migration"
    assert skips == ["a report without text: ask the API for body-html", "a report without fields"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("bomb.rss", f"<?xml version='1.0'?>{BILLION}]><rss><channel><title>&j;</title></channel></rss>", "refused"),
        (
            "xxe.xml",
            '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>',
            "refused",
        ),
        ("dtd.xml", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd"><rss><channel></channel></rss>', "refused"),
        ("cut.xml", RSS.format(TEXTS["en"])[:-30], "the feed is broken or cut off behind entry 1"),
        ("deep.xml", f"<rss>{'<a>' * 5000}", "nested more than"),
        ("none.xml", "<rss><channel></channel></rss>", "a feed without entries"),
        ("cut.json", answer(REPORT)[:-5].decode(), "broken or cut off"),
        ("none.json", answer().decode(), "without reports"),
    ],
)
def test_hostile_and_broken(tmp_path: Path, name: str, data: str, reason: str) -> None:
    _, skips = read(tmp_path, name, data.encode())
    assert reason in skips[-1]


def test_pages_of_a_pdf(tmp_path: Path) -> None:
    """Running heads go; each quote knows its page, also behind a page break within a paragraph."""
    filler = "The meeting was held in Geneva and dealt with many things that day.\n\n"
    texts = [
        f"IOM Report 2024\nAgreement on border management\n\n{LINES}\n\n{filler}1",
        f"IOM Report 2024\n{filler}On Monday the Government of Japan\n2",
        "IOM Report 2024\nfunded a project of IOM in Senegal.\n\nIt is good.\n3",
    ]
    (document,), skips = read(tmp_path, "a.pdf", pdf(texts))
    assert not skips
    assert "IOM Report 2024" not in document.text
    assert document.name == "a.pdf"
    extraction = extract_document(document).with_places()
    places = {s.evidence.text[:20]: s.evidence.place for s in extraction.statements}
    assert set(places.values()) >= {"page 1"}
    assert document.place_of(document.text.index("Government of Japan")) == "page 2"
    assert document.place_of(document.text.index("It is good")) == "page 3"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([LINES], "secret"), "encrypted"),
        (pdf([LINES])[:200], "a broken PDF file"),
        (pdf([""]), "its pages are pictures"),
        (pdf(["x"] * 501), "501 pages, the limit is 500"),
        (b"%PDF-1.7\n" + b"\0" * 500, "a broken PDF file"),
    ],
)
def test_pdf_that_cannot_be_read(tmp_path: Path, data: bytes, reason: str) -> None:
    documents, (skip,) = read(tmp_path, "a.pdf", data)
    assert not documents
    assert reason in skip


def test_huge_page_of_a_pdf(tmp_path: Path) -> None:
    _, (skip,) = read(tmp_path, "a.pdf", pdf(["fine", "x" * 5_000_000]))
    assert skip.startswith("page 2 is drawn with 5 MB")


def test_word_document(tmp_path: Path) -> None:
    (document,), skips = read(tmp_path, "a.docx", docx("Accord <signé> & lu", [TEXTS["fr"]], ["un", "deux"]))
    assert not skips
    assert document.title == "Accord <signé> & lu"
    assert [b.kind for b in document.blocks] == ["heading", "paragraph", "item", "item"]


def entity_bomb() -> bytes:
    bomb = f"<?xml version='1.0'?>{BILLION}]><w:document xmlns:w='x'><w:body>&j;</w:body></w:document>"
    return replaced("word/document.xml", bomb.encode())


def replaced(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx("T", ["x"]))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx("T", ["x"])[:2000], "broken or cut off"),
        (replaced("word/document.xml", b"no XML"), "a broken Word document"),
        (replaced("word/document.xml", b"<a>" + b" " * 40_000_000), "too large"),
        (replaced("word/document.xml", b"<a>" + b" " * 120_000_000), "times its size"),
        (entity_bomb(), "a broken Word document"),
    ],
)
def test_word_document_that_cannot_be_read(tmp_path: Path, data: bytes, reason: str) -> None:
    documents, (skip,) = read(tmp_path, "a.docx", data)
    assert not documents
    assert reason in skip


@pytest.mark.parametrize(
    ("module", "name", "data"), [("pypdf", "a.pdf", pdf([LINES])), ("docx", "a.docx", docx("T", ["x"]))]
)
def test_absent_libraries_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, data: bytes
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    _, (skip,) = read(tmp_path, name, data)
    assert "pip install migkg[documents]" in skip


def test_folders_list_what_can_be_read(tmp_path: Path) -> None:
    """By content where the suffix may hold anything: a table without a mapping and other JSON are passed over."""
    files = {
        "a.xml": RSS.encode(),
        "b.xml": b"<other/>",
        "c.json": b'{"url": "https://reliefweb.int/node/1"}',
        "d.json": answer(REPORT),
        "e.csv": b"a,b\n",
        "f.csv": b"a,b\n",
        "f.csv.yaml": b"",
        "g.pdf": b"%PDF",
        "h.warc.gz": b"",
        "i.gz": b"",
        "j.html": page("T", "x"),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert [Path(str(s)).name for s in list_sources([str(tmp_path)])] == [
        *("a.xml", "d.json", "f.csv", "g.pdf", "h.warc.gz", "j.html")
    ]
