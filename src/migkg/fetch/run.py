"""One run: find the pages of a source, ask for those that may be new or changed, keep what comes."""

import re
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from migkg import __version__
from migkg.errors import SiteStop, SourceSkip, UsageError
from migkg.fetch.archive import Archive
from migkg.fetch.asking import FIRST_PAUSE, Asker
from migkg.fetch.client import LONGEST_REQUEST, Answer, Client
from migkg.fetch.discovery import GONE, Contents, Discovery
from migkg.fetch.failure import Failure
from migkg.fetch.hosts import hold_hosts
from migkg.fetch.index import Page, Queued
from migkg.fetch.records import warc_date
from migkg.fetch.robots import TOKEN, Robots
from migkg.fetch.visit import Visit, visit
from migkg.model import Skip
from migkg.sources.reading import MAX_BYTES
from migkg.sources.selected import is_readable
from migkg.sources.site import Site
from migkg.text.decode import decode

# What is kept as a page; a server that declares nothing is believed to send one.
PAGE_TYPES = ("", "text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_HTML_TYPES = ("text/html", "application/xhtml+xml")
# So many pages in a row that cannot be had stop a run, and from so many read ones on their shape is judged.
MOST_FAILURES = 10
LEAST_JUDGED = 10
_CONTACT = re.compile(r"https?://[^\s()<>]+\.[^\s()<>]+|[^\s()<>@]+@[^\s()<>@]+\.[^\s()<>@]+")


@dataclass(slots=True)
class Report:
    """What a run did.

    Attributes:
        found: addresses of pages that the starts lead to.
        new, changed, unchanged: pages that were asked for.
        identical: pages with the same content as one of another address.
        fresh: pages that were not asked for, because they cannot have changed or were asked for not long ago.
        left: pages that are left for the next run.
        skipped: pages and lists that could not be read, and why.
        stopped: why the run stopped before its end; empty where it did not.
        requests: that were sent.
        seconds: wall time.
    """

    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    identical: int = 0
    fresh: int = 0
    left: int = 0
    skipped: list[Skip] = field(default_factory=list)
    stopped: str = ""
    requests: int = 0
    seconds: float = 0.0


def agent_of(contact: str) -> str:
    """What a server is told of who asks: name, version, and where its owner can write to.

    Raises:
        UsageError: the contact is neither an e-mail address nor a web address.
    """
    if not _CONTACT.fullmatch(contact) or not contact.isascii():
        raise UsageError(f"{contact!r} is neither an e-mail address nor a web address; sites are told whom to write to")
    return f"{TOKEN}/{__version__} (+{contact if '://' in contact else 'mailto:' + contact})"


def fetch(
    site: Site,
    folder: Path,
    contact: str,
    again: bool = False,
    most: int | None = None,
    progress: Callable[[str], None] | None = None,
    pause: float = FIRST_PAUSE,
    longest: float = LONGEST_REQUEST,
) -> Report:
    """Fetch what is new or changed of a source into a folder; what an earlier run was stopped at goes on.

    Args:
        contact: e-mail address or web address that the servers are told.
        again: ask for every page, also those that cannot have changed.
        most: pages that are asked for at most; the others are left for the next run.
        progress: called with each address when it is done with.
        pause: seconds before the second try of a request that failed.
        longest: seconds that one request may take.

    Raises:
        UsageError: the contact is none.
        MigkgError: the folder cannot be written, or another process fetches into it or from the same host.
    """
    started, report, agent = time.monotonic(), Report(), agent_of(contact)
    with (
        hold_hosts(site.hosts),
        closing(Archive(folder, site.name, contact)) as archive,
        Client(agent, site.politeness.networks, longest) as client,
    ):
        run = _Run(site, archive, Asker(client, site.politeness.delay, pause), report, again)
        try:
            run.read_pages(run.find_pages(), most, progress or (lambda url: None))
        except SiteStop as stop:
            report.stopped = str(stop)
        report.requests = client.requests
    report.seconds = time.monotonic() - started
    return report


class _Run:
    """The parts of one run."""

    def __init__(self, site: Site, archive: Archive, asker: Asker, report: Report, again: bool) -> None:
        self.site, self.archive, self.asker, self.report, self.again = site, archive, asker, report, again
        self.index = archive.index
        self.robots = Robots(asker, lambda answer: archive.keep_other(answer, "found"))
        self.failures = self.judged = self.readable = 0
        self.earliest = warc_date(datetime.now(UTC) - timedelta(days=site.politeness.revisit))

    def find_pages(self) -> int:
        """The number of the run that goes on, or of a new one with the pages that the starts lead to."""
        number = self.index.open_run()
        if number is None:
            discovery = Discovery(self.site, self._ask_list, self.robots.sitemaps, self._is_known)
            discovery.run()
            self.report.skipped += discovery.skipped
            self._check_count(discovery)
            found = {**dict(self.index.failed()), **discovery.found, **self._find_missing(discovery)}
            number = self.index.start_run(found.items())
        self.report.found = self.index.count(number)
        return number

    def read_pages(self, number: int, most: int | None, progress: Callable[[str], None]) -> None:
        """Ask for the pages of a run that are not done with."""
        queued = self.index.queued(number)
        asked = 0
        self.report.left = len(queued)
        for item in queued:
            page = self.index.find(item.url)
            if page and self._is_fresh(page, item):
                self._settle(number, item, "fresh")
            elif most is not None and asked >= most:
                continue
            else:
                asked += 1
                self._read_page(number, item, page)
            self.report.left -= 1
            progress(item.url)
        if not self.report.left:
            self.index.finish_run(number)

    def _read_page(self, number: int, item: Queued, page: Page | None) -> None:
        result = visit(item.url, self.site, self.asker, self.robots, MAX_BYTES, _conditions(page), _refuse_type)
        failure = result.failure or self._check_page(result, page)
        for answer in result.answers if failure else result.answers[:-1]:
            self.archive.keep_other(answer, "found")
        if failure:
            if page and failure.status in GONE:
                self._note_gone(item, page, warc_date(result.answers[-1].date if result.answers else datetime.now(UTC)))
            self._fail(number, item, failure)
            return
        self.failures = 0
        outcome = self.archive.keep(result.page, "pages", item.lastmod, item.url)
        self._settle(number, item, outcome)
        self._judge(result.page)

    def _note_gone(self, item: Queued, page: Page, date: str) -> None:
        """Note that a page is gone, since when that is known, and that it was asked for."""
        with self.index.step():
            self.index.set_page(item.url, replace(page, gone=page.gone or date, asked=date, lastmod=item.lastmod))

    def _find_missing(self, discovery: Discovery) -> dict[str, str]:
        """Known pages that sitemaps, which hold all pages, name no more: they may be gone.

        Feeds and pages of links show the newest pages only.
        """
        whole = all(start.kind in ("sitemap", "robots") for start in self.site.starts)
        if not whole or discovery.skipped or not discovery.found:
            return {}
        return {url: "" for url in self.index.addresses() if url not in discovery.found and self.site.selects(url)}

    def _check_page(self, result: Visit, page: Page | None) -> Failure | None:
        answer = result.page
        if answer.status == 304 and page is None:
            return Failure("the server says that it is unchanged, but it was not asked that")
        if len(result.answers) > 1 and not self.site.selects(answer.url):
            return Failure(f"redirected to {answer.url}, which is no page of the source")
        return None

    def _fail(self, number: int, item: Queued, failure: Failure) -> None:
        self._settle(number, item, "failed" if failure.passing else "skipped", failure.reason)
        self.report.skipped.append(Skip(item.url, failure.reason))
        self.failures = self.failures + 1 if failure.passing else 0
        if self.failures >= MOST_FAILURES:
            self.report.left -= 1
            raise SiteStop(f"{MOST_FAILURES} pages in a row could not be had; fetch again later, it goes on from here")

    def _settle(self, number: int, item: Queued, outcome: str, reason: str = "") -> None:
        with self.index.step():
            self.index.settle(number, item.place, outcome, reason)
        if outcome in ("new", "changed", "unchanged", "identical", "fresh"):
            setattr(self.report, outcome, getattr(self.report, outcome) + 1)

    def _judge(self, answer: Answer) -> None:
        """Stop when too many pages do not have their text where the description says."""
        if answer.status != 200 or answer.content_type not in _HTML_TYPES:
            return
        self.judged += 1
        self.readable += _has_body(answer, self.site)
        if self.judged >= LEAST_JUDGED and self.readable < self.site.expected.readable * self.judged:
            raise SiteStop(
                f"only {self.readable} of {self.judged} pages have their text where the source says; "
                "the site may have changed: compare a page with the selectors of the source"
            )

    def _is_fresh(self, page: Page, item: Queued) -> bool:
        if self.again or page.lastmod != item.lastmod:
            return False
        # A page that is gone may come back without a new date in the sitemap.
        return page.asked > self.earliest if page.gone or not item.lastmod else True

    def _is_known(self, url: str) -> bool:
        return not self.again and self.index.find(url) is not None

    def _check_count(self, discovery: Discovery) -> None:
        """Stop where the starts lead to fewer or more pages than the site can have."""
        known = {url for url in self.index.addresses() if self.site.selects(url)}
        count = len(known | discovery.found.keys()) if discovery.found else 0
        least, most = self.site.expected.least, self.site.expected.most
        if not least <= count <= most:
            raise SiteStop(
                f"{count:,} pages were found, {least:,} to {most:,} are expected; the site may have changed: "
                "look at its starts, and at the counts in the description of the source"
            )

    def _ask_list(self, url: str, limit: int) -> Contents | Failure:
        """A sitemap, a feed or a page of links; the kept one where it is unchanged."""
        page = self.index.find(url)
        kept = self.archive.read(page.kept) if page else None
        conditions = _conditions(page if kept is not None else None)
        result = visit(url, self.site, self.asker, self.robots, limit, conditions)
        failure = result.failure
        if failure is None and result.page.status == 304 and kept is None:
            failure = Failure("the server says that it is unchanged, but it was not asked that")
        for answer in result.answers if failure else result.answers[:-1]:
            self.archive.keep_other(answer, "found")
        if failure:
            return failure
        self.archive.keep(result.page, "found", asked_for=url)
        body = kept if result.page.status == 304 and kept is not None else result.page.body
        return Contents(result.page.url, body, _charset(result.page))


def _conditions(page: Page | None) -> dict[str, str]:
    """The headers by which a server says that a page is unchanged instead of sending it again."""
    if page is None:
        return {}
    found = {"If-None-Match": page.etag, "If-Modified-Since": page.modified}
    return {name: value for name, value in found.items() if value}


def _refuse_type(declared: str) -> str | None:
    kind = declared.split(";")[0].strip().casefold()
    return None if kind in PAGE_TYPES else f"not a page: {kind[:60]}"


def _has_body(answer: Answer, site: Site) -> bool:
    try:
        return is_readable(decode(answer.body, _charset(answer)), site)
    except SourceSkip:
        return False


def _charset(answer: Answer) -> str | None:
    found = re.search(r"charset\s*=\s*\"?([\w.:-]+)", answer.header("content-type") or "", re.I)
    return found.group(1) if found else None
