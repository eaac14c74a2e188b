"""A small site of releases over HTTP, in the shape of those of international organisations, with every trap of the web.

It is written for the tests; its releases are invented.
"""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

RELEASE = """<!DOCTYPE html><html lang="{language}"><head><title>{title} | Example</title></head><body>
<header><nav>Home News Contact</nav></header>
<p>This line stands on every page of the site and says nothing about the release below it at all.</p>
<h1>{title}</h1><div class="date">{date}</div>
<div class="lead"><p>{lead}</p></div>
<div class="text"><p>{text}</p><div class="box"><p>Read also another release that has nothing to do with this one.</p></div>
<p>Every release of this site ends with this paragraph, whatever it is about.</p></div>
<footer>All rights reserved</footer></body></html>"""
TEXTS = {
    "en": (
        "Japan funds border training",
        "18/03/2013",
        "Hanoi – The Government of Japan has given USD 2 million to the International Organization for Migration (IOM).",
        "The International Organization for Migration (IOM) and the Government of Viet Nam organised a workshop in Hanoi.",
    ),
    "fr": (
        "Le Japon finance un atelier",
        "18/03/2013",
        "Dakar – Le Gouvernement du Japon a donné deux millions de dollars à l’Organisation internationale pour les migrations (OIM).",
        "L’Organisation internationale pour les migrations (OIM) a organisé un atelier à Dakar avec le Gouvernement du Sénégal.",
    ),
    "es": (
        "Japón financia un taller",
        "18/03/2013",
        "Lima – El Gobierno de Japón ha donado dos millones de dólares a la Organización Internacional para las Migraciones (OIM).",
        "La Organización Internacional para las Migraciones (OIM) organizó un taller en Lima con el Gobierno del Perú.",
    ),
}


def release(number: int = 0, language: str = "en") -> bytes:
    """A release of the site; each number gives another one."""
    title, date, lead, text = TEXTS[language]
    return RELEASE.format(
        language=language, title=f"{title} {number}", date=date, lead=lead, text=f"{text} ({number})"
    ).encode()


def sitemap(urls: list[str], lastmod: str = "", index: bool = False) -> bytes:
    """A sitemap of pages, or an index of sitemaps."""
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    rows = "".join(f"<{inner}><loc>{url}</loc>{changed}</{inner}>" for url in urls)
    return (
        f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{outer}>'.encode()
    )


@dataclass
class Reply:
    """What the site answers; ``wait`` seconds pass before each part of the body. A raw one is sent as it stands."""

    body: bytes | list[bytes] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    wait: float = 0.0
    raw: bool = False


@dataclass(frozen=True)
class Asked:
    """One request that came in: when (on a clock that only goes forward), and how many were not answered yet."""

    path: str
    headers: dict[str, str]
    start: float
    waiting: int


Answering = Reply | Callable[[dict[str, str]], Reply]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Silent: that a client goes away, or is killed, is what some tests do."""


class ReleaseSite:
    """The server: what it answers by path, and what it was asked."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.replies: dict[str, Answering] = {}
        self.asked: list[Asked] = []
        self.waiting = 0
        self.lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with site.lock:
                    start, waiting = time.monotonic(), site.waiting
                    site.waiting += 1
                headers = {key.lower(): value for key, value in self.headers.items()}
                reply = site.replies.get(self.path, Reply(b"gone", 404))
                reply = reply(headers) if callable(reply) else reply
                site.asked.append(Asked(self.path, headers, start, waiting))
                self.answered = False
                try:
                    self._send(reply)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True
                finally:
                    self._end()

            def _end(self) -> None:
                """Called before the last bytes are sent: when they are, the client may ask again."""
                if not self.answered:
                    self.answered = True
                    with site.lock:
                        site.waiting -= 1

            def _send(self, reply: Reply) -> None:
                parts = reply.body if isinstance(reply.body, list) else [reply.body]
                if reply.raw:
                    self._send_parts(parts, reply.wait)
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                if reply.kind and reply.status not in (304, 204):
                    self.send_header("Content-Type", reply.kind)
                for key, value in reply.headers.items():
                    self.send_header(key, value)
                if "Content-Length" not in reply.headers:
                    self.send_header("Content-Length", str(sum(map(len, parts))))
                if not any(parts):
                    self._end()
                self.end_headers()
                self._send_parts(parts, reply.wait)
                self.close_connection = "Content-Length" in reply.headers

            def _send_parts(self, parts: list[bytes], wait: float) -> None:
                for i, part in enumerate(parts):
                    time.sleep(wait)
                    if i == len(parts) - 1:
                        self._end()
                    self.wfile.write(part)
                    self.wfile.flush()

            def log_message(self, *_: Any) -> None:
                """Silent."""

        self.server = _Server((host, 0), Handler)
        self.host = f"{host}:{self.server.server_port}"
        self.url = f"http://{self.host}"

    def paths(self) -> list[str]:
        """The paths that were asked for, in order, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def describe(self, folder: Path, **changes: Any) -> Path:
        """A description of the site as a file; ``changes`` take the place of its keys."""
        description = {
            "name": "example",
            "title": "A site for the tests",
            "publisher": "org:iom",
            "licence": "invented for the tests",
            "languages": ["en", "fr", "es"],
            "hosts": [self.host],
            "shape": {"as_of": "the tests", "tried": True},
            "starts": [{"sitemap": f"{self.url}/sitemap.xml"}],
            "pages": {"include": [r"/news/[^/]+$"]},
            "selectors": {"title": ["h1"], "date": [".date"], "lead": [".lead p"], "body": [".text"], "drop": [".box"]},
            "boilerplate": ["Every release of this site .*"],
            "date_formats": ["%d/%m/%Y"],
            "politeness": {"delay": 0, "revisit": 0, "networks": ["127.0.0.1/32"]},
            "expected": {"least": 1, "most": 1000},
        }
        path = folder / "example.yaml"
        path.write_text(yaml.safe_dump(description | changes, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return path


@contextmanager
def serve(host: str = "127.0.0.1") -> Iterator[ReleaseSite]:
    """A running site."""
    site = ReleaseSite(host)
    thread = threading.Thread(target=lambda: site.server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
        thread.join()


def bomb(megabytes: int) -> bytes:
    """A gzip file of zeros that is a thousandth of what it unpacks to."""
    return gzip.compress(b"0" * megabytes * 1_000_000)
