"""Sources: files, folders, globs, standard input and addresses, and one clear line for each that cannot be read."""

import hashlib
import io
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from migkg.errors import SourceSkip
from migkg.model import Document, Skip
from migkg.sources import list_sources, parse_document, read_documents, read_source
from migkg.sources.reading import MAX_BYTES

TEXT = (
    "Canada pays for a project\n\nThe Government of Canada has given the money for the project of the Organization.\n"
)
PAGE = f"<html><body><h1>Canada pays</h1><p>{TEXT.split(chr(10))[2]}</p></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.html", "sub/deep/c.TXT", "sub/d.htm"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE if "htm" in name else TEXT, encoding="utf-8")
    for name in ("a.json", ".hidden.txt", "image.png", ".git/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}", encoding="utf-8")
    return tmp_path


def names(found: list[str | Skip], folder: Path) -> list[str]:
    return [item.reason if isinstance(item, Skip) else str(Path(item).relative_to(folder)) for item in found]


@pytest.mark.parametrize(
    ("sources", "listed"),
    [
        ([""], ["a.html", "b.txt", "sub/d.htm", "sub/deep/c.TXT"]),
        (["sub"], ["sub/d.htm", "sub/deep/c.TXT"]),
        (["*.txt"], ["b.txt"]),
        (["**/*"], ["a.html", "b.txt", "sub/d.htm", "sub/deep/c.TXT"]),
        (["s*"], ["sub/d.htm", "sub/deep/c.TXT"]),
        # What is named itself is tried whatever its suffix, and nothing is listed twice.
        (["a.json", "b.txt", "./b.txt", ""], ["a.json", "b.txt", "a.html", "sub/d.htm", "sub/deep/c.TXT"]),
        (["x.txt"], ["no such file or folder"]),
        (["*.pdf"], ["no file matches the pattern"]),
        ([".git"], [".git/e.txt"]),
    ],
)
def test_list(folder: Path, sources: list[str], listed: list[str]) -> None:
    assert names(list(list_sources(f"{folder}/{source}" for source in sources)), folder) == listed


def test_folder_without_documents(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    assert list(list_sources([str(tmp_path)])) == [Skip(str(tmp_path), "no readable documents in the folder")]


def test_links_make_no_loop(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    assert len(list(list_sources([str(folder)]))) == 4


def test_name_with_brackets_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "release [1].txt"
    path.write_text(TEXT)
    assert list(list_sources([str(path)])) == [str(path)]


@pytest.mark.parametrize("source", ["", "a\x00b", "https://example.org/a", "-"])
def test_odd_names(source: str) -> None:
    (found,) = list_sources([source])
    assert found == source or (isinstance(found, Skip) and found.reason == "no such file or folder")


def test_raw(folder: Path) -> None:
    raw = read_source(str(folder / "b.txt"))
    assert raw.location == str(folder / "b.txt")
    assert raw.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert parse_document(raw).name == "b.txt"


def test_relative_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert read_source("b.txt").location == str(folder / "b.txt")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    (document,) = read_documents(["-"])
    assert isinstance(document, Document)
    assert (document.source, document.title) == ("-", "Canada pays for a project")
    assert document.name == f"stdin:{hashlib.sha256(TEXT.encode()).hexdigest()[:16]}"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "no body text"),
        (b"%PDF-1.4 ...", "a broken PDF file"),
        (b'{"id": 1, "text": "The text of it"}', "JSON, not a text"),
        (
            b'<?xml version="1.0"?><rss><channel><title>The feed of it</title></channel></rss>',
            "a feed without entries",
        ),
        ("Правительство Канады подписало соглашение.".encode(), "language ru is not supported"),
        (b"12 345\n67 890\n", "no words in the text"),
    ],
)
def test_skipped(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    (skip,) = read_documents([str(path)])
    assert isinstance(skip, Skip)
    assert skip.source == str(path)
    assert reason in skip.reason
    assert "\n" not in skip.reason


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(SourceSkip, match="too large: 210 MB, the limit is 10 MB"):
        read_source(str(path))


def test_device_is_not_read_for_ever() -> None:
    with pytest.raises(SourceSkip, match="too large"):
        read_source("/dev/zero")


@pytest.fixture
def plain_user() -> Iterator[None]:
    """Root may read everything: the test then goes on as nobody."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


def test_unreadable(plain_user: None) -> None:
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        Path(file.name).chmod(0)
        with pytest.raises(SourceSkip, match="no permission to read it"):
            read_source(file.name)


def test_gone_meanwhile(tmp_path: Path) -> None:
    with pytest.raises(SourceSkip, match="no such file or folder"):
        read_source(str(tmp_path / "gone.txt"))
    with pytest.raises(SourceSkip, match="is a folder"):
        read_source(str(tmp_path))


def test_one_bad_document_does_not_stop_the_rest(folder: Path) -> None:
    (folder / "a0.txt").write_bytes(b"\x00" * 1000)
    found = list(read_documents([str(folder), str(folder / "none.txt")]))
    assert [type(item).__name__ for item in found] == ["Document", "Skip", "Document", "Document", "Document", "Skip"]


class Handler(BaseHTTPRequestHandler):
    """A small site: every kind of answer that a reader of pages meets."""

    seen: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.seen.append(self.headers["User-Agent"])
        answer = {
            "/page": (200, "text/html; charset=utf-8", PAGE.encode()),
            "/latin": (200, "text/plain; charset=iso-8859-1", "Québec a reçu l\x92appui de Genève et des autres".encode("latin-1")),
            "/canonical": (200, "text/html", PAGE.replace("<body>", "<link rel=canonical href='https://example.org/x'><body>").encode()),
            "/pdf": (200, "application/pdf", b"%PDF"),
            "/large": (200, "text/html", b"x" * (MAX_BYTES + 1)),
            "/empty": (200, "text/html", b""),
            "/moved": (302, "/page", b""),
            "/loop": (302, "/loop", b""),
            "/file": (302, "file:///etc/passwd", b""),
        }.get(self.path, (404, "text/html", b"gone"))  # fmt: skip
        status, kind, body = answer
        self.send_response(status)
        self.send_header("Location" if status == 302 else "Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def test_address(site: str) -> None:
    (document,) = read_documents([f"{site}/moved"])
    assert isinstance(document, Document)
    assert (document.title, document.url, document.name) == ("Canada pays", f"{site}/page", f"{site}/page")
    assert Handler.seen[-1].startswith("migkg/")


def test_address_encoding_and_canonical(site: str) -> None:
    assert parse_document(read_source(f"{site}/latin")).text == "Québec a reçu l’appui de Genève et des autres"
    assert parse_document(read_source(f"{site}/canonical")).name == "https://example.org/x"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "the server answered 404 Not Found"),
        ("/pdf", "not a text: application/pdf"),
        ("/large", "too large: the limit is 10 MB"),
        ("/empty", "empty"),
        ("/loop", "more than 5 redirects"),
        ("/file", "cannot be fetched"),
    ],
)
def test_address_skipped(site: str, path: str, reason: str) -> None:
    (skip,) = read_documents([site + path])
    assert isinstance(skip, Skip)
    assert reason in skip.reason
    assert "\n" not in skip.reason


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://", "https://[::1", "http://exa mple/", "http://\u2028/"]
)
def test_address_not_reachable(url: str) -> None:
    (skip,) = read_documents([url])
    assert isinstance(skip, Skip)
    assert skip.reason.startswith("cannot be fetched")
