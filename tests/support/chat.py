"""A small HTTP server on a loopback port that plays back answers, good and bad, as a chat endpoint would."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Play:
    """One answer.

    Attributes:
        status: HTTP status.
        body: what is sent, as it is.
        headers: sent beside the type and the length.
        pause: seconds before the body is sent.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0


@dataclass
class Heard:
    """What the server was asked: paths, headers, bodies as JSON."""

    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)


def completion(content: object, reason: str = "stop") -> Play:
    """A chat completion whose text is this (written as JSON where it is no text)."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    record = {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": reason}]}
    return Play(body=json.dumps(record).encode())


@contextmanager
def play(*plays: Play) -> Iterator[tuple[str, Heard]]:
    """Answer the first request with the first play and so on, the last one again and again.

    Yields:
        The base address, and what is asked.
    """
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.paths.append(self.path)
            heard.headers.append(dict(self.headers))
            heard.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            one = plays[min(len(heard.paths), len(plays)) - 1]
            self.send_response(one.status)
            for name, value in {"Content-Type": "application/json", **one.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(one.body)))
            self.end_headers()
            time.sleep(one.pause)
            with suppress(OSError):  # the client may have hung up, as it should
                self.wfile.write(one.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", heard
    finally:
        server.shutdown()
        server.server_close()
