"""Addresses of pages as IRIs that every reader accepts."""

import re
from urllib.parse import quote

_PARTS = re.compile(r"(https?)://([^/?#@\s]+)((?:[/?][^#]*)?)(?:#(.*))?", re.DOTALL | re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.?(?::\d{1,5})?")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "/?:@!$&'()*+,;=-._~%"


def write_address(url: str | None) -> str | None:
    """The address in ASCII, what may not stand in an IRI percent-encoded.

    Returns:
        ``None`` for what is no http or https address, and for one with a user name or password in it.
    """
    match = _PARTS.fullmatch(url or "")
    if not match:
        return None
    scheme, host, path, fragment = match.groups()
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        path, fragment = _encode(path), f"#{_encode(fragment)}" if fragment is not None else ""
    except UnicodeError:
        return None
    return f"{scheme.lower()}://{host}{path}{fragment}" if _HOST.fullmatch(host) else None


def _encode(text: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", text), safe=_SAFE)
