"""A reconciliation service on a free loopback port: the API in version 0.2 over a table, and ways to fail."""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

MANIFEST: dict[str, Any] = {
    "versions": ["0.1", "0.2"],
    "name": "Register of bodies",
    "identifierSpace": "https://register.example/id/",
    "schemaSpace": "https://register.example/kind/",
    "view": {"url": "https://register.example/page?entry={{id}}"},
}


@dataclass
class Entry:
    """An entry of the register."""

    id: str
    name: str
    types: list[str] = field(default_factory=list)
    country: str = ""


@dataclass
class Service:
    """What the service holds, how it behaves, and what it was asked.

    Attributes:
        entries: the register.
        manifest: what it says of itself.
        answers: answers (status, headers, body) to the next questions, before the real ones.
        asked: the batches of queries that it got.
    """

    entries: list[Entry]
    manifest: Any = field(default_factory=lambda: dict(MANIFEST))
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""

    def answer(self, queries: dict[str, Any]) -> dict[str, Any]:
        """Results for a batch: entries that share a word, those of the wanted types, the most alike first."""
        return {key: {"result": self._results(query)} for key, query in queries.items()}

    def _results(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        words = set(query["query"].casefold().split())
        wanted = query.get("type", [])
        wanted = {wanted} if isinstance(wanted, str) else set(wanted)
        found = []
        for entry in self.entries:
            shared = words & set(entry.name.casefold().split())
            if not shared or (wanted and not wanted & set(entry.types)):
                continue
            result = {
                "id": entry.id,
                "name": entry.name,
                "score": 100 * len(shared) / len(words),
                "match": False,
                "type": [{"id": kind, "name": kind} for kind in entry.types],
            }
            for sent in query.get("properties", []):
                result["features"] = [{"id": sent["pid"], "value": sent["v"] == entry.country}]
            found.append(result)
        return sorted(found, key=lambda result: (-result["score"], result["id"]))[: query.get("limit", 3)]


class _Handler(http.server.BaseHTTPRequestHandler):
    service: Service

    def do_GET(self) -> None:
        manifest = self.service.manifest
        body = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
        self._send(200, {"Content-Type": "application/json"}, body)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), strict_parsing=True)
        (queries,) = form["queries"]
        self.service.asked.append(json.loads(queries))
        if self.service.answers:
            self._send(*self.service.answers.pop(0))
            return
        body = json.dumps(self.service.answer(self.service.asked[-1])).encode()
        self._send(200, {"Content-Type": "application/json"}, body)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def reconciling(entries: list[Entry]) -> Iterator[Service]:
    """Run a service; it ends with the block."""
    service = Service(entries)
    handler = type("Handler", (_Handler,), {"service": service})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    service.address = f"http://127.0.0.1:{server.server_address[1]}/reconcile"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
