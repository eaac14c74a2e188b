"""Finding the pages of a site: from its starts through sitemaps, feeds and pages of links to addresses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from migkg.errors import SourceSkip
from migkg.fetch.addresses import normalise
from migkg.fetch.coding import unpack_file
from migkg.fetch.failure import Failure
from migkg.fetch.links import Links, read_feed, read_listing, read_sitemap
from migkg.model import Skip
from migkg.sources.site import Site, Start

# Of a list, before and after unpacking: sitemaps may have 50 MB (52,428,800 bytes).
MOST_BYTES = 52_428_800
# Feeds and pages of links hold some hundred entries.
MOST_FEED_BYTES = 10 * 1024 * 1024
# What a site answers for a page that is there no more, and for the one behind the last page of a listing.
GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands at the address of a list, and what its server says of its encoding."""

    url: str
    data: bytes
    charset: str | None = None


# Gives the list at an address, from the site or as it is kept when it is unchanged.
Ask = Callable[[str, int], Contents | Failure]


@dataclass(slots=True)
class Discovery:
    """What the starts of a site lead to.

    Attributes:
        site: whose starts are followed.
        ask: gives the content of a list.
        sitemaps: gives the sitemaps that the robots.txt of a host names.
        is_known: whether a page is kept already: a listing, newest first, is followed to the first page of known ones.
        found: address to the last change that a sitemap states, in the order in which they were found.
        skipped: lists that could not be read.
        following: the address of the next page of the listing that is being followed.
    """

    site: Site
    ask: Ask
    sitemaps: Callable[[str], list[str]]
    is_known: Callable[[str], bool]
    found: dict[str, str] = field(default_factory=dict)
    skipped: list[Skip] = field(default_factory=list)
    following: str | None = None

    def run(self) -> None:
        """Follow all starts, in order.

        Raises:
            SiteStop: the site asks to be left alone for long.
        """
        for start in self.site.starts:
            if start.kind == "sitemap":
                self._follow_sitemaps([start.url], start)
            elif start.kind == "robots":
                named = self.sitemaps(start.url)
                if not named:
                    self.skipped.append(Skip(start.url, "names no sitemap"))
                self._follow_sitemaps(named, start)
            elif start.kind == "feed":
                self._add(self._read(start.url, MOST_FEED_BYTES, lambda one: read_feed(one.data)), start.url)
            else:
                self._follow_listing(start)

    def _follow_sitemaps(self, urls: list[str], start: Start) -> None:
        """Sitemaps and the ones that an index names, each once, breadth first."""
        waiting = [url for url in (normalise(url, start.url) for url in urls) if url]
        asked: set[str] = set()
        while waiting:
            url = waiting.pop(0)
            if url in asked:
                continue
            if len(asked) >= start.most:
                self.skipped.append(Skip(url, f"more sitemaps than the {start.most} that the source allows"))
                return
            asked.add(url)
            links = self._read(url, MOST_BYTES, _read_sitemap)
            self._add(links, url)
            waiting += [found for found in (normalise(one, url) for one in links.lists) if found]

    def _follow_listing(self, start: Start) -> None:
        """Pages of links, until one is the last, leads to nothing new, or only to pages that are kept."""
        for url in self._listing_pages(start):
            before = len(self.skipped)
            links = self._read(url, MOST_FEED_BYTES, lambda one: read_listing(one.data, one.charset, start))
            pages = [page for page in (normalise(href, url) for href, _ in links.pages) if page]
            chosen = [page for page in pages if self.site.selects(page)]
            new = [page for page in chosen if page not in self.found]
            self._add(links, url)
            if len(self.skipped) > before or not new or all(self.is_known(page) for page in chosen):
                return
            self.following = normalise(links.lists[0], url) if links.lists else None

    def _listing_pages(self, start: Start) -> Iterator[str]:
        self.following = None
        if "{page}" in start.url:
            for number in range(start.first, start.first + start.most):
                yield normalise(start.url.replace("{page}", str(number))) or start.url
            return
        url = normalise(start.url)
        for _ in range(start.most):
            if url is None:
                return
            yield url
            url = self.following

    def _read(self, url: str, limit: int, read: Callable[[Contents], Links]) -> Links:
        """The links of a list; none, and a line in ``skipped``, where it cannot be read."""
        answer = self.ask(url, limit)
        if isinstance(answer, Failure):
            if answer.status not in GONE or not self.found:
                self.skipped.append(Skip(url, answer.reason))
            return Links(())
        try:
            return read(answer)
        except SourceSkip as skip:
            self.skipped.append(Skip(url, str(skip)))
            return Links(())

    def _add(self, links: Links, base: str) -> None:
        for href, lastmod in links.pages:
            url = normalise(href, base)
            if url and self.site.selects(url) and not self.found.get(url):
                self.found[url] = lastmod


def _read_sitemap(one: Contents) -> Links:
    data = unpack_file(one.data, MOST_BYTES)
    if isinstance(data, Failure):
        raise SourceSkip(data.reason)
    return read_sitemap(data)
