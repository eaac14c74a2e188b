"""RSS and Atom: each entry of a feed is one text."""

import io
from collections.abc import Iterator
from html import escape
from typing import Any

from migkg.errors import SourceSkip
from migkg.model import Skip
from migkg.sources.dates import parse_iso
from migkg.sources.formats import Item, Opened
from migkg.sources.metadata import Facts
from migkg.sources.reading import MAX_BYTES
from migkg.sources.xml import check_xml
from migkg.text.decode import clean

MAX_ENTRIES = 5_000
_PLAIN = "text/plain"


def read(opened: Opened) -> Iterator[Item]:
    """The entries of a feed with their whole content, else their summary; their identifiers are the addresses.

    Raises:
        SourceSkip: too large, with a document type or entities, broken before its first entry, or without entries.
    """
    import feedparser

    data = opened.file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SourceSkip(f"too large: the limit is {MAX_BYTES / 1e6:.0f} MB")
    broken = check_xml(data)
    # With its answer's headers the library decides about the encoding; links and HTML are taken as they stand here.
    headers = {"content-type": opened.content_type} if opened.content_type else {}
    # As a stream: the library takes bytes for the name of a file first.
    feed = feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not feed.entries:
        raise SourceSkip(f"a feed that is broken: {broken}" if broken else "a feed without entries")
    for number, entry in enumerate(feed.entries[:MAX_ENTRIES], 1):
        yield _read_entry(entry, feed.feed, number, opened)
    if len(feed.entries) > MAX_ENTRIES:
        raise SourceSkip(f"{len(feed.entries)} entries, the limit is {MAX_ENTRIES}: the rest was not read")
    if broken:
        raise SourceSkip(f"the feed is broken or cut off behind entry {len(feed.entries)}: {broken}")


def _read_entry(entry: Any, feed: Any, number: int, opened: Opened) -> Item:
    link = entry.get("link") or ""
    address = entry.get("id") or link or f"entry[{number}]"
    title = clean(_text_of(entry.get("title_detail")))
    content = _longest(entry)
    if content is None:
        return Skip(opened.at(address)[0], "an entry without text")
    body = content.get("value", "")
    if content.get("type") == _PLAIN:
        body = "".join(f"<p>{escape(part)}</p>" for part in body.split("\n\n"))
    declared = Facts(
        title=title or None,
        language=content.get("language") or entry.get("language") or feed.get("language") or None,
        published=parse_iso(_day(entry)),
        publisher=clean((entry.get("source") or feed).get("title") or "") or None,
        url=link if link.startswith(("http://", "https://")) else None,
    )
    page = f"<!doctype html><html><body><main><h1>{escape(title)}</h1>\n{body}\n</main></body></html>"
    return opened.text(address, page.encode("utf-8", "replace"), "text/html; charset=utf-8", declared)


def _longest(entry: Any) -> Any:
    """The part of an entry that says most: feeds give the whole text, a summary, or both."""
    parts = [*entry.get("content", ()), entry.get("summary_detail")]
    filled = (part for part in parts if part and part.get("value"))
    return max(filled, key=lambda part: len(part["value"]), default=None)


def _text_of(detail: Any) -> str:
    """A title as plain text, of HTML too."""
    if not detail:
        return ""
    value = str(detail.get("value") or "")
    if "<" not in value and "&" not in value:
        return value
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(value).text() if detail.get("type") != _PLAIN else value


def _day(entry: Any) -> str | None:
    """The day of publication as the entry writes it in its own time zone where that is ISO 8601, else by its time."""
    written = parse_iso(entry.get("published"))
    if written:
        return written
    moment = entry.get("published_parsed")
    return f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}" if moment else None
