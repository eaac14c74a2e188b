"""What is known about one site whose releases are fetched and read: the contents of a file in ``data/sources/``."""

import re
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
START_KINDS = ("sitemap", "robots", "feed", "listing")
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Start:
    """An address from which pages are found.

    Attributes:
        kind: ``sitemap`` (also an index of sitemaps, also gzip), ``robots`` (the sitemaps that robots.txt names),
            ``feed`` (RSS or Atom) or ``listing`` (a page of links).
        url: the address; for a listing it may hold ``{page}``, the number of its page.
        first: number of the first page of a listing.
        most: most pages of a listing, or sitemaps of an index, that are asked for.
        links: CSS selector of the links to pages, for a listing.
        next: CSS selector of the link to the next page of a listing; empty where there is none.
    """

    kind: str
    url: str
    first: int = 0
    most: int = 50
    links: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors, the best first: where a page of the site has its parts. What is empty is read by general means."""

    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Politeness:
    """How a site is asked.

    Attributes:
        delay: least seconds between the end of one request and the next one; robots.txt may ask for more.
        revisit: days after which a page is asked for again where no sitemap says that it has changed.
        networks: private networks that this site may be in; without them private addresses are never connected to.
    """

    delay: float = 5.0
    revisit: int = 30
    networks: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What a run finds while the site is as it was when it was described; otherwise the run stops.

    Attributes:
        least, most: numbers of addresses of pages that the starts lead to.
        readable: least share of pages on which a selector of the body finds something.
    """

    least: int = 1
    most: int = 100_000
    readable: float = 0.5


@dataclass(frozen=True, slots=True)
class Shape:
    """How well the description is known.

    Attributes:
        as_of: what the shape is taken from and of when it is, in words.
        tried: whether it was tried against the site itself.
    """

    as_of: str
    tried: bool


@dataclass(frozen=True, slots=True)
class Site:
    """One source: a site, or the part of a site in one language.

    Attributes:
        name: the name of the file, without ending.
        title: what it is, in words.
        publisher: key of the authority tables (``org:iom``, ``process:prague-process``).
        licence: the licence or terms under which the pages stand, in words.
        terms: address of the terms; empty where none is known.
        languages: codes of the languages of its pages.
        hosts: hosts (with port, unless it is the usual one) that pages, starts and redirects may be on.
        include, exclude: patterns for the addresses of its pages.
        boilerplate: patterns for whole blocks of text that stand on every page.
        date_formats: how dates are written, tried in order: ``iso``, ``written``, or with %d, %m and %Y.
    """

    name: str
    title: str
    publisher: str
    licence: str
    terms: str
    languages: tuple[str, ...]
    hosts: tuple[str, ...]
    shape: Shape
    starts: tuple[Start, ...]
    include: tuple[re.Pattern[str], ...]
    exclude: tuple[re.Pattern[str], ...] = ()
    selectors: Selectors = field(default_factory=Selectors)
    boilerplate: tuple[re.Pattern[str], ...] = ()
    date_formats: tuple[str, ...] = ("iso", "written")
    politeness: Politeness = field(default_factory=Politeness)
    expected: Expected = field(default_factory=Expected)

    def has_host(self, url: str) -> bool:
        """Whether an address is on one of the hosts of the site."""
        return host_of(url) in self.hosts

    def selects(self, url: str) -> bool:
        """Whether an address is one of a page of this site that is to be read."""
        if not self.has_host(url) or not any(pattern.search(url) for pattern in self.include):
            return False
        return not any(pattern.search(url) for pattern in self.exclude)


def host_of(url: str) -> str:
    """The host of an address in small letters, with its port unless that is the usual one; empty where none is."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else host
    return host if port is None or port == DEFAULT_PORTS.get(parts.scheme) else f"{host}:{port}"
