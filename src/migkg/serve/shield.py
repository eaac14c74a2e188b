"""What every request passes and every answer carries: checks of its origin, headers, errors as one line."""

import asyncio
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from migkg.serve.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# Styles: the editor and the drawing of the network put sizes and colours on their elements.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Shield:
    """Stands before the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._origins = frozenset(settings.origins)
        self._hosts = _known_hosts(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        started = False

        async def send_shielded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._add_headers(MutableHeaders(scope=message))
            await send(message)

        refusal = self._check(headers, scope["method"])
        if refusal is not None:
            await refusal(scope, receive, send_shielded)
            return
        try:
            await self._app(scope, receive, send_shielded)
        except asyncio.CancelledError:  # the service ends, and this answer was not ready in time
            if not started:
                await _refuse(503, "the service is ending")(scope, receive, send_shielded)
        except Exception as error:  # a mistake of ours must not end the service or show its inside
            print(f"migkg: {scope['path']!r} failed: {type(error).__name__}: {error}", file=sys.stderr)
            if not started:
                await _refuse(500, "the service made a mistake; it is noted in its log")(scope, receive, send_shielded)

    def _check(self, headers: Headers, method: str) -> PlainTextResponse | None:
        if self._hosts is not None and _host_name(headers.get("host", "")) not in self._hosts:
            # A page elsewhere may point a name of its own at this machine; the name gives it away.
            return _refuse(421, "this service is known by another name; say it with --public-url")
        foreign = headers.get("sec-fetch-site") == "cross-site" and headers.get("origin") not in self._origins
        if foreign and not (method == "GET" and headers.get("sec-fetch-mode") == "navigate"):
            return _refuse(403, "pages of other sites may not ask this service; --allow-origin lets them")
        return None

    def _add_headers(self, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self._origins:
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _refuse(status: int, reason: str) -> PlainTextResponse:
    return PlainTextResponse(f"{reason}\n", status)


def _known_hosts(settings: Settings) -> frozenset[str] | None:
    """Names that a request may call this service; ``None``: any, since it is open to the network anyway."""
    if settings.host not in LOOPBACK and not settings.host.startswith("127."):
        return None
    public = urlsplit(settings.public_url or "").hostname
    return LOOPBACK | {settings.host} | ({public.lower()} if public else set())


def _host_name(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
