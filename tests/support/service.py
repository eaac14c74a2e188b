"""A real ``migkg serve`` on a free loopback port, and plain HTTP to it."""

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Response:
    """What came back; names of headers are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Service:
    """A running service."""

    def __init__(self, address: str, process: "subprocess.Popen[str]") -> None:
        self.address = address
        self.process = process
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "", parts.port or 0

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> Response:
        """One request on a connection of its own, exactly as given."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, dict(headers or {}))
            answer = connection.getresponse()
            return Response(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str | None = None, **parameters: str) -> Response:
        """GET with parameters."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        return self.send("GET", path + query, headers={"Accept": accept} if accept else {})

    def ask(self, query: str, accept: str | None = None) -> Response:
        """A query as the body of a POST."""
        headers = {"Content-Type": "application/sparql-query"} | ({"Accept": accept} if accept else {})
        return self.send("POST", "/sparql", query, headers)


@contextmanager
def serving(store: Path, *options: str, errors: Path | None = None) -> Iterator[Service]:
    """Start the service on a store; it ends with the block."""
    command = [sys.executable, "-m", "migkg", "serve", "--store", str(store), "--port", "0", *options]
    sources = str(Path(__file__).resolve().parents[2] / "src")
    environment = {**os.environ, "PYTHONPATH": sources}
    with (errors or Path(os.devnull)).open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://"), "the service did not start"
            yield Service(address, process)
        finally:
            process.terminate()
            process.wait(timeout=20)
            process.stdout.close() if process.stdout else None
