"""One request over HTTP: to an address that was checked, within limits of size and time, nothing followed."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from types import TracebackType
from typing import Self

import httpx

from migkg.fetch.addresses import refuse_address
from migkg.fetch.coding import unpack
from migkg.fetch.failure import Failure
from migkg.sources.site import DEFAULT_PORTS, Network, host_of

# Seconds for one request from the look-up of the name to the last byte, and for each step of it.
LONGEST_REQUEST = 60.0
LONGEST_STEP = 20.0
CODINGS = "gzip"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        url: the address that was asked for.
        status, reason: of the status line.
        headers: as they were received, in order.
        body: the content without transfer and content coding; empty where it was not wanted.
        request: the head of the request, as it was sent.
        address: network address of the server.
        date: when the request was sent, UTC.
    """

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    request: bytes
    address: str
    date: datetime

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its letters' case."""
        return next((value for key, value in self.headers if key.casefold() == name.casefold()), None)

    @property
    def content_type(self) -> str:
        """The declared type without parameters, in small letters; empty where there is none."""
        return (self.header("content-type") or "").split(";")[0].strip().casefold()


class Client:
    """Asks servers. Each host has its own connection, to the network address that was checked for this request.

    Args:
        agent: the name that servers are told.
        networks: private networks that may be connected to.
        longest: seconds that a request may take, all in all.

    Attributes:
        requests: that were sent.
    """

    def __init__(self, agent: str, networks: tuple[Network, ...] = (), longest: float = LONGEST_REQUEST) -> None:
        self.agent = agent
        self.networks = networks
        self.longest = longest
        self.requests = 0
        self._runner = asyncio.Runner()
        self._clients: dict[str, httpx.AsyncClient] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            self._runner.run(client.aclose())
        self._clients.clear()
        self._runner.close()

    def get(
        self,
        url: str,
        limit: int,
        headers: Mapping[str, str] | None = None,
        refuse: Callable[[str], str | None] = lambda kind: None,
    ) -> Answer | Failure:
        """The answer to a GET request; redirects are answers like others.

        Args:
            url: an http or https address in the form of ``addresses.normalise``.
            limit: largest body in bytes, before and after unpacking.
            headers: more headers, such as ``If-None-Match``.
            refuse: gives the reason why a body of some content type is not wanted; it is then not read.
        """
        return self._runner.run(self._get(url, limit, dict(headers or {}), refuse))

    async def _get(
        self, url: str, limit: int, headers: dict[str, str], refuse: Callable[[str], str | None]
    ) -> Answer | Failure:
        try:
            async with asyncio.timeout(self.longest):
                addresses = await self._look_up(url)
                if isinstance(addresses, Failure):
                    return addresses
                for address in addresses[:-1]:
                    try:
                        return await self._ask(url, address, limit, headers, refuse)
                    except (httpx.ConnectError, httpx.ConnectTimeout):
                        continue
                return await self._ask(url, addresses[-1], limit, headers, refuse)
        except TimeoutError:
            await self._drop(url)
            return Failure(f"no whole answer within {self.longest:g} seconds", passing=True)
        except httpx.TimeoutException:
            return Failure(f"no answer within {min(LONGEST_STEP, self.longest):g} seconds", passing=True)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            passing = isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)
            return Failure(f"cannot be fetched: {' '.join(str(error).split()) or type(error).__name__}", passing)

    async def _look_up(self, url: str) -> list[str] | Failure:
        """The network addresses of the host. One that is refused refuses them all: a name that leads to both kinds is
        how such checks are got around."""
        parts = httpx.URL(url)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        try:
            found = await asyncio.get_running_loop().getaddrinfo(parts.host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            return Failure(f"no such host: {parts.host}", passing=getattr(error, "errno", None) == socket.EAI_AGAIN)
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        for address in addresses:
            refused = refuse_address(address, self.networks)
            if refused:
                return Failure(refused)
        return addresses or Failure(f"no such host: {parts.host}")

    async def _ask(
        self, url: str, address: str, limit: int, headers: dict[str, str], refuse: Callable[[str], str | None]
    ) -> Answer | Failure:
        name = httpx.URL(url)
        sent = {"Host": host_of(url), "Accept-Encoding": CODINGS, **headers}
        pinned = name.copy_with(host=address)
        date = datetime.now(UTC)
        self.requests += 1
        client = self._client(f"{name.scheme}://{host_of(url)} {address}")
        async with client.stream("GET", pinned, headers=sent, extensions={"sni_hostname": name.host}) as response:
            refused = refuse(response.headers.get("content-type", "")) if response.status_code == 200 else None
            if refused:
                return Failure(refused)
            body = await self._read(response, limit)
            if isinstance(body, Failure):
                return body
            return Answer(
                url,
                response.status_code,
                response.reason_phrase,
                tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers.raw),
                body,
                _head(response.request),
                address,
                date,
            )

    async def _read(self, response: httpx.Response, limit: int) -> bytes | Failure:
        data = bytearray()
        async for chunk in response.aiter_raw():
            data += chunk
            if len(data) > limit:
                return Failure(f"too large: the limit is {limit / 1e6:g} MB")
        return await asyncio.to_thread(unpack, bytes(data), response.headers.get("content-encoding", ""), limit)

    async def _drop(self, url: str) -> None:
        """Close the connections to a host that did not answer in time."""
        for key in [key for key in self._clients if f"//{host_of(url)} " in key]:
            await self._clients.pop(key).aclose()

    def _client(self, key: str) -> httpx.AsyncClient:
        """The client for one host at one network address: a connection is never used for another host."""
        if key not in self._clients:
            self._clients[key] = httpx.AsyncClient(
                verify=_certificates(),
                follow_redirects=False,
                trust_env=False,  # a proxy would look the name up again, unchecked
                timeout=min(LONGEST_STEP, self.longest),
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
                headers={"User-Agent": self.agent, "Accept": "text/html, application/xhtml+xml, */*;q=0.5"},
            )
        return self._clients[key]


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _head(request: httpx.Request) -> bytes:
    lines = [b"GET " + request.url.raw_path + b" HTTP/1.1"]
    lines += [key + b": " + value for key, value in request.headers.raw]
    return b"\r\n".join(lines) + b"\r\n\r\n"
