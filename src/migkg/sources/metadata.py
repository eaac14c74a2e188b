"""What a page says of itself: title, address, date and publisher in meta tags, links and JSON-LD."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from migkg.sources.dates import parse_iso
from migkg.text.decode import clean
from migkg.text.normalize import fold

_DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "datepublished",
    "date",
    "pubdate",
    "publication_date",
)


_PUBLISHER_NAMES = ("og:site_name", "dcterms.publisher", "dc.publisher", "publisher")
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{3,8}")
_TITLE_PARTS = re.compile(r"\s+(?:[|–—-]|::|·|•|»)\s+")
SITE_WORDS = 10
_OTHER_TIMES = ("modif", "updat", "start", "end", "event")


@dataclass(slots=True)
class Facts:
    """The facts that a page states, each ``None`` where it does not."""

    title: str | None = None
    language: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None


def read_facts(tree: LexborHTMLParser) -> Facts:
    """The facts of a parsed page. Dates of modification are never taken."""
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            metas.setdefault(name.casefold(), clean(content))
    linked = _linked(tree)
    html = tree.css_first("html")
    title = tree.css_first("title")
    return Facts(
        title=metas.get("og:title")
        or _text(linked.get("headline"))
        or (clean(title.text()) or None if title else None),
        language=html.attributes.get("lang") if html else None,
        published=_published(tree, metas, linked),
        publisher=_publisher(metas, linked) or _site_in_title(tree),
        url=_url(tree, metas),
    )


def _published(tree: LexborHTMLParser, metas: dict[str, str], linked: dict[str, Any]) -> str | None:
    for name in _DATE_NAMES:
        found = parse_iso(metas.get(name))
        if found:
            return found
    found = parse_iso(_text(linked.get("datePublished")))
    if found:
        return found
    return _shown_time(tree)


def _shown_time(tree: LexborHTMLParser) -> str | None:
    """The day of the first ``<time>`` that is not marked as the day of a modification or of an event."""
    for query in ("time[itemprop=datePublished], time[pubdate]", "main time, article time"):
        found = next(_times(tree, query), None)
        if found:
            return found
    everywhere = set(_times(tree, "time"))
    return everywhere.pop() if len(everywhere) == 1 else None


def _times(tree: LexborHTMLParser, query: str) -> Iterator[str]:
    for node in tree.css(query):
        attributes = node.attributes
        marks = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}".casefold()
        found = parse_iso(attributes.get("datetime"))
        if found and not any(word in marks for word in _OTHER_TIMES):
            yield found


def _url(tree: LexborHTMLParser, metas: dict[str, str]) -> str | None:
    link = tree.css_first("link[rel=canonical]")
    candidates = [link.attributes.get("href") if link else None, metas.get("og:url")]
    for candidate in candidates:
        if candidate and candidate.strip().startswith(("http://", "https://")):
            return candidate.strip()
    return None


def _publisher(metas: dict[str, str], linked: dict[str, Any]) -> str | None:
    """The organisation that publishes the page; an author only where it is no person for sure."""
    publisher = linked.get("publisher")
    named = _text(publisher.get("name")) if isinstance(publisher, dict) else _text(publisher)
    stated = next((metas[name] for name in _PUBLISHER_NAMES if metas.get(name)), None)
    author = metas.get("author", "")
    return stated or named or (author if _ACRONYM.fullmatch(author) else None)


def _site_in_title(tree: LexborHTMLParser) -> str | None:
    """The name of the site after the heading in ``<title>``: "Board of Directors | Harbour Aid Foundation"."""
    title, heading = tree.css_first("title"), tree.css_first("h1")
    if title is None or heading is None:
        return None
    first, *rest = _TITLE_PARTS.split(clean(title.text()))
    same = fold(first) == fold(clean(heading.text()))
    return rest[-1] if same and rest and 1 <= rest[-1].count(" ") < SITE_WORDS else None


def _text(value: Any) -> str | None:
    return (clean(value) or None) if isinstance(value, str) else None


def _linked(tree: LexborHTMLParser) -> dict[str, Any]:
    """The first JSON-LD object that has a date of publication or a headline."""
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            record = json.loads(node.text() or "")
        except (ValueError, RecursionError):
            continue
        for candidate in _objects(record):
            if "datePublished" in candidate or "headline" in candidate:
                return candidate
    return {}


def _objects(record: Any) -> Iterator[dict[str, Any]]:
    for item in record if isinstance(record, list) else [record]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (part for part in graph if isinstance(part, dict))
