"""Addresses of pages in sitemaps, feeds and pages of links. All of it is hostile: no DTD, no entity, bounded sizes."""

import io
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.sax import SAXException

import feedparser
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from selectolax.lexbor import LexborHTMLParser, LexborNode

from migkg.errors import SourceSkip
from migkg.sources.page import check_size
from migkg.sources.site import Start
from migkg.text.decode import decode

MOST_ELEMENTS = 1_000_000
MOST_FEED_ELEMENTS = 200_000
MOST_DEPTH = 50
MOST_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Links:
    """What a list leads to, in its order.

    Attributes:
        pages: addresses as they stand there, with the last change that a sitemap states (else empty).
        lists: addresses of further lists: sitemaps of an index, the next page of a listing.
    """

    pages: tuple[tuple[str, str], ...]
    lists: tuple[str, ...] = ()


def read_sitemap(data: bytes) -> Links:
    """The addresses in a sitemap, or the sitemaps in an index of sitemaps (sitemaps.org, protocol 0.9).

    Raises:
        SourceSkip: not XML, with a DTD or entities, too many elements, or no sitemap.
    """
    pages: list[tuple[str, str]] = []
    lists: list[str] = []
    entry: dict[str, str] = {}
    root = ""
    above: list[Any] = []
    for event, element in _elements(data, MOST_ELEMENTS):
        name = str(element.tag).rpartition("}")[2]
        if event == "start":
            root = root or name
            above.append(element)
            continue
        above.pop()
        if len(above) == 2 and name in ("loc", "lastmod"):
            entry[name] = (element.text or "").strip()
        elif len(above) == 1:
            if entry.get("loc") and name in ("url", "sitemap"):
                pages += [(entry["loc"], entry.get("lastmod", ""))] if name == "url" else []
                lists += [entry["loc"]] if name == "sitemap" else []
            entry = {}
            above[0].clear()
    if root not in ("urlset", "sitemapindex"):
        raise SourceSkip(f"not a sitemap: its root is {root[:40]}")
    return Links(tuple(pages), tuple(lists))


def read_feed(data: bytes) -> Links:
    """The addresses of the entries of an RSS or Atom feed.

    Raises:
        SourceSkip: with a DTD or entities, or no feed.
    """
    try:
        for _ in _elements(data, MOST_FEED_ELEMENTS):
            pass
    except SourceSkip as skip:
        # A feed that is not well-formed is still read, by the tolerant parser of the library, which knows no entities.
        if not isinstance(skip.__cause__, ParseError):
            raise
    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except (SAXException, ValueError, RecursionError) as error:
        raise SourceSkip(f"not a feed: {type(error).__name__}") from error
    if not feed.get("version") and not feed.entries:
        raise SourceSkip("not a feed")
    links = (entry.get("link") for entry in feed.entries[:MOST_ENTRIES])
    return Links(tuple((str(link), "") for link in links if link))


def read_listing(data: bytes, charset: str | None, start: Start) -> Links:
    """The addresses that a page of links leads to, by the selectors of its start.

    Raises:
        SourceSkip: no text, nested too deep, or too many elements.
    """
    markup = decode(data, charset)
    check_size(markup)
    tree = LexborHTMLParser(markup)
    pages = [href for node in tree.css(start.links) if (href := _href(node))]
    following = [href for node in tree.css(start.next) if (href := _href(node))] if start.next else []
    return Links(tuple((href, "") for href in pages[:MOST_ENTRIES]), tuple(following[:1]))


def _href(node: LexborNode) -> str | None:
    link = node if node.tag == "a" or node.tag == "link" else node.css_first("a[href]")
    return (link.attributes.get("href") or "").strip() or None if link is not None else None


def _elements(data: bytes, most: int) -> Any:
    """Events of elements, bounded."""
    depth = count = 0
    try:
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            count += 1
            if depth > MOST_DEPTH or count > 2 * most:
                raise SourceSkip("XML with too many elements, or nested too deep")
            yield event, element
    except DefusedXmlException as error:
        raise SourceSkip(f"XML with a DTD or entities is not read ({type(error).__name__})") from error
    except (ParseError, LookupError, ValueError) as error:
        raise SourceSkip(f"not XML: {' '.join(str(error).split())}") from error
