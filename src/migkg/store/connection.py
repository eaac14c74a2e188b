"""HTTP to a SPARQL server: who asks, how long and how often it is tried, and how much is taken from it.

A server is as hostile as any input. Credentials go to the address that the user named and to no other: a redirect to
another host is refused, and neither the environment's .netrc nor cookies are used. An answer is read only up to a size
and a time.
"""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

import httpx

from migkg import __version__
from migkg.errors import StoreError, UsageError

Scheme = Literal["basic", "digest"]
# An answer that is bigger than this is no answer that a laptop can hold as rows.
MAX_BYTES = 512 * 1024 * 1024
# 502 and 504 come from a proxy that lost its server for a moment, 429 and 503 from a server that is busy.
_AGAIN = frozenset({429, 502, 503, 504})
_MOVED = frozenset({301, 302, 307, 308})
_TRIES = 4
_FIRST_PAUSE, _MAX_WAIT = 0.5, 60.0  # seconds
_MAX_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Access:
    """Who asks a server. Its text shows no secret, so that none can get into a log or a traceback.

    Attributes:
        user: name of the user; ``None``: nobody in particular.
        password: the password that goes with it.
        token: a bearer token, which goes before user and password.
        scheme: how user and password are sent: ``basic`` at once, ``digest`` as an answer to the server's challenge.
    """

    user: str | None = None
    password: str = field(default="", repr=False)
    token: str | None = field(default=None, repr=False)
    scheme: Scheme = "basic"

    @classmethod
    def from_environment(cls) -> "Access":
        """What ``$MIGKG_ENDPOINT_TOKEN``, ``$MIGKG_ENDPOINT_AUTH`` (user:password) and ``…_SCHEME`` say.

        Raises:
            UsageError: the scheme is neither basic nor digest.
        """
        user, colon, password = os.environ.get("MIGKG_ENDPOINT_AUTH", "").partition(":")
        token = os.environ.get("MIGKG_ENDPOINT_TOKEN") or None
        scheme = os.environ.get("MIGKG_ENDPOINT_SCHEME") or "basic"
        if scheme not in {"basic", "digest"}:
            raise UsageError("$MIGKG_ENDPOINT_SCHEME must be basic or digest")
        chosen: Scheme = "digest" if scheme == "digest" else "basic"
        return cls(user if colon else None, password, token, chosen)

    def handler(self) -> httpx.Auth:
        """What puts the credentials on a request."""
        if self.token:
            return _Bearer(self.token)
        if self.user is None:
            return httpx.Auth()
        if self.scheme == "digest":
            return httpx.DigestAuth(self.user, self.password)
        return httpx.BasicAuth(self.user, self.password)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said: status, headers (names in lower case) and the body, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters; empty where the server gives none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def excerpt(self) -> str:
        """The beginning of the body as one line that may be shown."""
        text = self.body[:2000].decode("utf-8", "replace")
        return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


class Connection:
    """Requests to one server, over connections that are kept open until ``close``."""

    def __init__(
        self,
        address: str,
        access: Access | None = None,
        timeout: float = 60.0,
        wait: Callable[[float], None] = time.sleep,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """Nothing is sent yet.

        Args:
            address: http or https address; a user and password in it go before those of ``access``.
            access: who asks; ``None``: as the environment says.
            timeout: seconds that one request may take, from its start to the last byte of the answer.
            wait: what sleeps between two tries.
            max_bytes: size above which an answer is not read.

        Raises:
            UsageError: this is no http or https address, or the environment names no scheme that is known.
        """
        self.address, self._origin = read_address(address)
        self._access = _with_user(access or Access.from_environment(), address)
        self._timeout = timeout
        self._wait = wait
        self._max_bytes = max_bytes
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=min(timeout, 20.0)),
            headers={"User-Agent": f"migkg/{__version__}"},
            follow_redirects=False,
            auth=self._access.handler(),
        )

    def send(
        self, method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send a request that may be repeated, and again after a while when the server is busy or hangs up.

        Args:
            method: ``GET``, ``PUT``, ``POST``, ``DELETE`` or ``HEAD``.
            address: where to, on the host of this connection.
            body: what to send.
            headers: names to values; ``Accept`` and ``Content-Type`` belong here.

        Raises:
            StoreError: no answer in time, too big an answer, or one that sends on to another host.
        """
        for attempt in range(_TRIES):
            last = attempt == _TRIES - 1
            try:
                reply = self._follow(method, address, body, dict(headers or {}))
            except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
                if last or isinstance(error, httpx.ConnectError):
                    raise self._silent(error) from error
                self._wait(_pause(attempt, None))
                continue
            except httpx.TimeoutException as error:
                raise self._silent(f"no answer within {self._timeout:g} seconds") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise self._silent(error) from error
            if reply.status not in _AGAIN or last:
                return reply
            pause = _pause(attempt, reply.headers.get("retry-after"))
            if pause > _MAX_WAIT:
                raise self._silent(f"it is busy and asks to come back in {pause:,.0f} seconds")
            self._wait(pause)
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _follow(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        """One request, and those that it is sent on to on the same host."""
        for _ in range(_MAX_REDIRECTS + 1):
            reply = self._once(method, address, body, headers)
            if reply.status not in _MOVED or "location" not in reply.headers:
                return reply
            address = self._check_target(address, reply.headers["location"])
        raise self._silent("it sends from one address to the next")

    def _check_target(self, address: str, location: str) -> str:
        """Where a request is sent on to: only within its host, or from http to https there."""
        try:
            target = urljoin(address, location)
            shown, origin = read_address(target)
        except (UsageError, ValueError) as error:
            raise self._silent("it sends on to something that is no address") from error
        scheme, host, _ = self._origin
        upgrade = scheme == "http" and origin[0] == "https" and origin[1] == host
        if origin != self._origin and not upgrade:
            raise self._silent(f"it sends on to another place, {shown}; give that address if you trust it")
        return target

    def _once(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        end = time.monotonic() + self._timeout
        with self._client.stream(method, address, content=body, headers=headers) as response:
            parts: list[bytes] = []
            size = 0
            for part in response.iter_bytes():
                size += len(part)
                if size > self._max_bytes:
                    raise self._silent(f"its answer is bigger than {self._max_bytes >> 20} MB", "is not read")
                if time.monotonic() > end:
                    raise self._silent(f"its answer is not complete after {self._timeout:g} seconds", "is too slow")
                parts.append(part)
            names = {name.lower(): value for name, value in response.headers.items()}
            return Reply(response.status_code, names, b"".join(parts))

    def _silent(self, reason: object, what: str = "does not answer") -> StoreError:
        return StoreError(f"the endpoint {self.address} {what}: {str(reason) or type(reason).__name__}")


def read_address(endpoint: str) -> tuple[str, tuple[str, str, int]]:
    """An address as it may be shown (without user and password), and its scheme, host and port.

    Raises:
        UsageError: this is no http or https address.
    """
    try:
        parts = urlsplit(endpoint)
        shown = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        httpx.URL(shown)
    except (ValueError, httpx.InvalidURL) as error:
        raise UsageError("this is no http or https address of an endpoint") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(f"{shown} is no http or https address of an endpoint")
    return shown, (parts.scheme, parts.hostname, port)


def _with_user(access: Access, address: str) -> Access:
    parts = urlsplit(address)
    if parts.username is None:
        return access
    return replace(access, user=unquote(parts.username), password=unquote(parts.password or ""), token=None)


def _pause(attempt: int, asked: str | None) -> float:
    """Seconds to wait: what the server asks for (a number or a date), else half a second, then twice as long."""
    if asked is None:
        return _FIRST_PAUSE * 2.0**attempt
    if asked.strip().isdecimal():
        return min(float(asked.strip()), 1e9)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return _FIRST_PAUSE * 2.0**attempt


class _Bearer(httpx.Auth):
    """Puts a token on each request."""

    def __init__(self, token: str) -> None:
        if not token.isascii() or not token.isprintable():
            raise UsageError("$MIGKG_ENDPOINT_TOKEN holds characters that no token has")
        self._token = token

    def auth_flow(self, request: httpx.Request):  # type: ignore[no-untyped-def]
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request
