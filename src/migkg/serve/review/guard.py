"""Who may talk to the review page: only the browser of the person who started it, and only from the page itself.

The page writes, so any other page that is open in the same browser is a danger. Against them stand four walls: it
listens on a loopback address only; the Host header must name that address (a foreign name that leads here by DNS
rebinding does not); the first address holds a random token, which becomes a cookie that no other site can send
(``SameSite=Strict``); and what writes must come from the page's own origin with a second token that only it has read.
"""

import secrets
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "migkg-review"
TOKEN_HEADER = "x-migkg-token"
LONGEST_BODY = 16_384
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Keys:
    """The two secrets of one run: for the cookie, and for what writes."""

    def __init__(self) -> None:
        self.entry = secrets.token_urlsafe(32)
        self.write = secrets.token_urlsafe(32)


class Guard:
    """Lets through what comes from the page, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, keys: Keys, port: int) -> None:
        self._app = app
        self._keys = keys
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refusal = self._refuse(Request(scope))
        if refusal is not None:
            await PlainTextResponse(f"{refusal[1]}\n", refusal[0])(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    def _refuse(self, request: Request) -> tuple[int, str] | None:
        """Status and reason, or ``None`` for what may pass."""
        hosts = request.headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return 421, "this page is reached by the address that was printed, and by no other name"
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return 403, "no other page may use this one"
        entering = request.url.path == "/" and same(request.query_params.get("token"), self._keys.entry)
        if not entering and not same(request.cookies.get(COOKIE), self._keys.entry):
            return 403, "open the address that was printed when the page was started"
        return None if request.method in {"GET", "HEAD"} else self._refuse_writing(request)

    def _refuse_writing(self, request: Request) -> tuple[int, str] | None:
        origin = urlsplit(request.headers.get("origin", ""))
        if origin.scheme != "http" or origin.netloc.lower() != request.headers["host"].lower():
            return 403, "no other page may write here"
        if not same(request.headers.get(TOKEN_HEADER), self._keys.write):
            return 403, "the page is of an earlier run: load it again"
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return 415, "JSON is expected"
        length = request.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LONGEST_BODY:
            return 413, f"at most {LONGEST_BODY:,} bytes, with their number in the header"
        return None


def same(given: str | None, secret: str) -> bool:
    """Whether a secret was given, in a time that tells nothing of it."""
    return given is not None and secrets.compare_digest(given.encode(errors="replace"), secret.encode())
