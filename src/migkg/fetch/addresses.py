"""Addresses of pages in one form, and the network addresses that are never connected to."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from migkg.sources.site import Network, host_of

LONGEST = 2_000
# Parameters by which a site counts where readers come from; the page is the same without them.
_COUNTING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\u2028\u2029\ud800-\udfff]")
_HOST = re.compile(r"(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")
_PATH = "%/:@!$&'()*+,;=~[]"
# RFC 6052: IPv4 addresses that a translator reaches through IPv6.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def normalise(url: str, base: str = "") -> str | None:
    """An http or https address as it is asked for and compared; ``None`` where it is none.

    Without fragment, user, usual port and counting parameters; the host in small letters, the path at least ``/``.

    Args:
        base: the address of the page that a relative address stands on.
    """
    text = url.strip()
    if not text or len(text) > LONGEST or _UNSAFE.search(text):
        return None
    try:
        parts = urlsplit(urljoin(base, text))
        host = host_of(urlunsplit(parts))
        if parts.scheme not in ("http", "https") or not host or parts.username is not None:
            return None
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return None
    if not _HOST.fullmatch(host):
        return None
    path, query = quote(parts.path or "/", safe=_PATH), quote(_without_counting(parts.query), safe=_PATH + "?")
    return urlunsplit((parts.scheme, host, path, query, ""))


def _without_counting(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _COUNTING.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def refuse_address(text: str, allowed: Iterable[Network] = ()) -> str | None:
    """Why a network address is not connected to; ``None`` where it is a public one, or in an allowed network.

    Private, loopback, link-local, shared, reserved and multicast addresses are refused, also where they are wrapped
    in an IPv6 address (mapped, 6to4, Teredo, translated).
    """
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return "not a network address"
    for one in _wrapped(address):
        if any(one in network for network in allowed if network.version == one.version):
            continue
        if not one.is_global or one.is_multicast or one.is_reserved or one.is_unspecified:
            return f"{one} is not a public address, and the source does not allow it"
    return None


def _wrapped(address: Address) -> list[Address]:
    """The address, or what it stands for where it carries an IPv4 address."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in _TRANSLATED:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    inner = [address.sixtofour] if address.sixtofour else list(address.teredo or ())
    return [address, *inner]
