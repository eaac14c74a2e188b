"""Reads requests of the SPARQL 1.1 Protocol, query side, into jobs; refuses all else with the right status."""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from migkg.errors import ServiceRefusal
from migkg.serve.messages import Job
from migkg.store.guard import MAX_LENGTH

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
# A form of a query of the greatest length, each character of four bytes and each byte of three signs, and its graphs.
MAX_BODY = 12 * MAX_LENGTH + 256 * 1024
BODY_SECONDS = 20
# What is somewhat too long is let run in and thrown away: a client that is cut off while it sends hears no reason.
_MAX_UNREAD = 16 * MAX_BODY
_READ_ONLY = "this service is for reading only: updates are refused"
_GRAPHS = {"default-graph-uri", "named-graph-uri"}
_PROTOCOL = {"query", "update", "using-graph-uri", "using-named-graph-uri"} | _GRAPHS
_MAX_GRAPHS = 1000

Values = Mapping[str, list[str]]


async def read_query(request: Request) -> Job | None:
    """The job for a request to the query address; ``None`` when it asks for the description of the service.

    Raises:
        ServiceRefusal: 400, 403 (updates), 408, 413 or 415.
    """
    address = read_values(request.scope["query_string"], "address")
    if request.method != "POST":
        return _job(request, address, address)
    kind, charset = _content_type(request)
    if kind == UPDATE:
        raise ServiceRefusal(403, _READ_ONLY)
    if kind not in {FORM, QUERY}:
        said = f"not {kind[:80]}" if kind else "and the request says none"
        raise ServiceRefusal(415, f"the content type must be {FORM} or {QUERY}, {said}", {"Accept-Post": ACCEPT_POST})
    if charset not in {"", "utf-8", "utf8", "us-ascii"}:
        raise ServiceRefusal(415, f"a query must be UTF-8, not {charset[:40]}")
    body = await read_body(request)
    if kind == QUERY:
        if _PROTOCOL & address.keys() - _GRAPHS:
            raise ServiceRefusal(400, "the query stands in the body; the address may name graphs only")
        return _job(request, {**address, "query": [_decode(body, "body")]}, address)
    if _PROTOCOL & address.keys():
        raise ServiceRefusal(400, "a form holds all parameters in the body, none in the address")
    values = read_values(body, "body")
    if "update" not in values and "query" not in values:
        raise ServiceRefusal(400, "the parameter query is missing")
    return _job(request, values, {**address, **values})


ACCEPT_POST = f"{FORM}, {QUERY}"


async def read_body(request: Request) -> bytes:
    """The body of a request, if it comes soon and is not too long.

    Raises:
        ServiceRefusal: 408 or 413.
    """
    too_long = ServiceRefusal(413, f"the body is too long: at most {MAX_BODY:,} bytes", {"Connection": "close"})
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > _MAX_UNREAD:
        raise too_long
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                size += len(piece)
                if size <= MAX_BODY:
                    body += piece
                elif size > _MAX_UNREAD:
                    raise too_long
    except TimeoutError as error:
        raise ServiceRefusal(408, "the body did not arrive in time", {"Connection": "close"}) from error
    if size > MAX_BODY:
        raise too_long
    return bytes(body)


def read_values(data: bytes, place: str) -> dict[str, list[str]]:
    """The parameters of a form or of an address, each with its values in order.

    Raises:
        ServiceRefusal: 400, they are not UTF-8 or too many.
    """
    text = _decode(data, place)
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_GRAPHS + 100)
    except UnicodeDecodeError as error:
        raise ServiceRefusal(400, f"the {place} is not UTF-8") from error
    except ValueError as error:
        raise ServiceRefusal(400, f"too many parameters in the {place}") from error
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def read_single(values: Values, name: str) -> str | None:
    """The value of a parameter that may come once.

    Raises:
        ServiceRefusal: 400, it comes more than once.
    """
    found = values.get(name, [])
    if len(found) > 1:
        raise ServiceRefusal(400, f"the parameter {name} comes more than once")
    return found[0] if found else None


def _job(request: Request, values: Values, extra: Values) -> Job | None:
    if "update" in values:
        raise ServiceRefusal(403, _READ_ONLY)
    query = read_single(values, "query")
    if query is None:
        if _GRAPHS & values.keys():
            raise ServiceRefusal(400, "the parameter query is missing")
        return None
    default, named = values.get("default-graph-uri", []), values.get("named-graph-uri", [])
    if len(default) + len(named) > _MAX_GRAPHS:
        raise ServiceRefusal(400, f"too many graphs: at most {_MAX_GRAPHS:,}")
    return {
        "do": "query",
        "query": query,
        "default": default,
        "named": named,
        "accept": request.headers.get("accept"),
        "format": extra.get("format", []),
    }


def _content_type(request: Request) -> tuple[str, str]:
    """Media type and charset of the body, in lower case."""
    kind, *parameters = (part.strip() for part in request.headers.get("content-type", "").lower().split(";"))
    charset = next((p.partition("=")[2].strip("\"' ") for p in parameters if p.startswith("charset=")), "")
    return kind, charset


def _decode(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ServiceRefusal(400, f"the {place} is not UTF-8 (byte {error.start})") from error
