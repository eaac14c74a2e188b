"""Pages as the web has them: each case is one page of a small site, with the trap that it covers and what must come of it."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from migkg import __version__
from migkg.fetch import Report, fetch
from migkg.fetch.index import Index
from migkg.sources import Raw, parse_document
from migkg.sources.sites import find_site
from support.release_site import Answering, ReleaseSite, Reply, bomb, release, serve, sitemap

ROBOTS = b"User-agent: *\nDisallow: /news/forbidden\n\nUser-agent: other\nDisallow: /\n"
LATIN = release(40, "fr").decode().replace("’", "'").replace("–", "-").encode("latin-1")


def moved(target: str, status: int = 301) -> Reply:
    return Reply(b"moved", status, {"Location": target})


def after(times: int, first: Reply, then: Reply) -> Callable[[dict[str, str]], Reply]:
    """An answer that is another one after some times."""
    seen: list[int] = []

    def answer(headers: dict[str, str]) -> Reply:
        seen.append(1)
        return first if len(seen) <= times else then

    return answer


@dataclass(frozen=True)
class Case:
    """A page, and what must come of it: an outcome, or the reason why it is skipped."""

    trap: str
    replies: dict[str, Answering]
    outcome: str
    reason: str = ""
    asked: int = 1


OK, BUSY = Reply(release(1)), Reply(b"busy", 503)
# By name: the case "x" is the page /news/x. {elsewhere} is the address of a server that the source may not
# connect to.
CASES = {
    "good": Case("none", {"/news/good": Reply(release(2))}, "new"),
    "gone": Case("a page that is not there", {}, "skipped", "the server answered 404"),
    "moved": Case("a redirect", {"/news/moved": moved("/news/there"), "/news/there": Reply(release(3))}, "new"),
    "moved-home": Case("a withdrawn page that leads home", {"/news/moved-home": moved("/"), "/": OK}, "skipped", "which is no page of the source"),
    "circle": Case("two pages that lead to one another", {"/news/circle": moved("/news/circle2"), "/news/circle2": moved("/news/circle")}, "skipped", "in a circle"),
    "far": Case("six redirects", {"/news/far": moved("/news/far1")} | {f"/news/far{i}": moved(f"/news/far{i + 1}") for i in range(1, 9)}, "skipped", "more than 5 redirects"),
    "private": Case("a redirect into the network of whoever fetches", {"/news/private": moved("{elsewhere}/news/secret")}, "skipped", "127.0.0.2 is not a public address"),
    "metadata": Case("a redirect to another host", {"/news/metadata": moved("http://localhost:1/news/good")}, "skipped", "is not a host of the source"),
    "file": Case("a redirect to a file", {"/news/file": moved("file:///etc/passwd")}, "skipped", "no web address"),
    "nowhere": Case("a redirect without an address", {"/news/nowhere": Reply(b"", 302)}, "skipped", "no web address"),
    "sly": Case("a redirect to what robots.txt forbids", {"/news/sly": moved("/news/forbidden")}, "skipped", "robots.txt does not allow it"),
    "forbidden": Case("a page that robots.txt forbids", {"/news/forbidden": OK}, "skipped", "robots.txt does not allow it", asked=0),
    "unready": Case("503, then fine", {"/news/unready": after(2, BUSY, Reply(release(4)))}, "new", asked=3),
    "down": Case("503 each time", {"/news/down": BUSY}, "failed", "the server answered 503", asked=4),
    "patience": Case("429 with a pause, then fine", {"/news/patience": after(1, Reply(b"", 429, {"Retry-After": "1"}), Reply(release(5)))}, "new", asked=2),
    "short": Case("fewer bytes than declared", {"/news/short": Reply(OK.body, headers={"Content-Length": "99999"})}, "failed", "cannot be fetched", asked=4),
    "nonsense": Case("no HTTP", {"/news/nonsense": Reply([b"SSH-2.0-OpenSSH\r\n\r\n"], raw=True)}, "failed", "cannot be fetched", asked=4),
    "wrong-charset": Case("Latin-1 that is called UTF-8", {"/news/wrong-charset": Reply(LATIN)}, "new"),
    "huge": Case("more bytes than a release has", {"/news/huge": Reply(b"x" * 10_500_000)}, "skipped", "too large: the limit is 10.4858 MB"),
    "bomb": Case("20 kB that unpack to 20 MB", {"/news/bomb": Reply(bomb(20), headers={"Content-Encoding": "gzip"})}, "skipped", "unpacks to more than"),
    "packed": Case("a packed page", {"/news/packed": Reply(gzip.compress(release(6)), headers={"Content-Encoding": "gzip"})}, "new"),
    "half-packed": Case("a packed page that is cut", {"/news/half-packed": Reply(gzip.compress(release(6))[:-20], headers={"Content-Encoding": "gzip"})}, "failed", "cut short", asked=4),
    "odd-packed": Case("a coding that was not asked for", {"/news/odd-packed": Reply(b"\x0b", headers={"Content-Encoding": "br"})}, "skipped", "packed in a way that was not asked for: br"),
    "picture": Case("no page", {"/news/picture": Reply(b"\x89PNG", kind="image/png")}, "skipped", "not a page: image/png"),
    "copy": Case("a page under two addresses", {"/news/copy": Reply(release(2))}, "identical"),
    "empty": Case("nothing", {"/news/empty": Reply(b"")}, "skipped", "empty"),
    "last": Case("none, after all of these", {"/news/last": Reply(release(7))}, "new"),
}  # fmt: skip


def placed(reply: Answering, elsewhere: ReleaseSite) -> Answering:
    """The answer, with the address of the other server in it."""
    if isinstance(reply, Reply) and "Location" in reply.headers:
        reply.headers["Location"] = reply.headers["Location"].replace("{elsewhere}", elsewhere.url)
    return reply


@dataclass
class Run:
    site: ReleaseSite
    elsewhere: ReleaseSite
    folder: Path
    report: Report
    outcomes: dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("fetch")
    with serve() as site, serve("127.0.0.2") as elsewhere:
        for case in CASES.values():
            site.replies |= {path: placed(reply, elsewhere) for path, reply in case.replies.items()}
        urls = [f"{site.url}/news/{name}" for name in CASES]
        site.replies["/robots.txt"] = Reply(ROBOTS, kind="text/plain")
        site.replies["/sitemap.xml"] = Reply(sitemap(urls), kind="application/xml")
        described = find_site(str(site.describe(folder, hosts=[site.host, elsewhere.host])))
        report = fetch(described, folder / "kept", "test@example.org", pause=0.01)
        index = Index(folder / "kept" / "index.sqlite")
        outcomes = {url.rpartition("/")[2]: (outcome, reason) for url, outcome, reason in index.outcomes(1)}
        index.close()
        yield Run(site, elsewhere, folder, report, outcomes)


@pytest.mark.parametrize("name", CASES)
def test_page(run: Run, name: str) -> None:
    case = CASES[name]
    outcome, reason = run.outcomes[name]
    assert (outcome, case.reason in reason) == (case.outcome, True), f"{case.trap}: {reason}"
    assert sum(path == f"/news/{name}" for path in run.site.paths()) == case.asked
    assert "\n" not in reason


def test_nobody_else_is_asked(run: Run) -> None:
    assert run.elsewhere.asked == []
    assert "/news/far6" not in run.site.paths()


def test_one_request_at_a_time(run: Run) -> None:
    assert [one.path for one in run.site.asked if one.waiting] == []


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply([b"x"] * 40, wait=0.1), id="a body that drips"),
        pytest.param(
            Reply([b"HTTP/1.1 200 OK\r\n", *[b"X-A: b\r\n"] * 40], wait=0.1, raw=True), id="headers that drip"
        ),
    ],
)
def test_slow_page(tmp_path: Path, reply: Reply) -> None:
    """Each byte comes in time, but the whole does not."""
    with serve() as site:
        site.replies |= {"/news/slow": reply, "/sitemap.xml": Reply(sitemap([f"{site.url}/news/slow"]))}
        fetch(find_site(str(site.describe(tmp_path))), tmp_path / "kept", "test@example.org", most=0)
        described = find_site(str(site.describe(tmp_path)))
        report = fetch(described, tmp_path / "kept", "test@example.org", pause=0.01, longest=0.3)
        assert [skip.reason for skip in report.skipped] == ["no whole answer within 0.3 seconds"]
        assert site.paths().count("/news/slow") == 4


def test_every_request_names_its_sender(run: Run) -> None:
    assert {one.headers["user-agent"] for one in run.site.asked} == {f"migkg/{__version__} (+mailto:test@example.org)"}


def test_report_counts_and_lists(run: Run) -> None:
    report, wanted = run.report, [case.outcome for case in CASES.values()]
    assert (report.found, report.new, report.identical) == (len(CASES), wanted.count("new"), wanted.count("identical"))
    assert len(report.skipped) == wanted.count("skipped") + wanted.count("failed")
    assert (report.left, report.stopped, report.requests) == (0, "", len(run.site.asked))


def records(path: Path) -> list[WarcRecord]:
    found = []
    for record in ArchiveIterator(str(path), record_types=WarcRecordType.any_type, parse_http=False, fsspec_args=False):
        record.freeze()
        found.append(record)
    return found


def test_every_record_can_be_verified(run: Run) -> None:
    for path in sorted((run.folder / "kept").rglob("*.warc.gz")):
        for record in records(path):
            assert record.verify_block_digest(), record.headers
            if record.record_type == WarcRecordType.response:
                record.parse_http()
                assert record.verify_payload_digest(), record.headers


def test_pages_are_kept_with_their_requests(run: Run) -> None:
    (path,) = (run.folder / "kept").glob("*.warc.gz")
    kinds = [record.record_type for record in records(path)]
    kept = sum(case.outcome in ("new", "identical") for case in CASES.values())
    assert kinds[0] == WarcRecordType.warcinfo
    assert kinds.count(WarcRecordType.request) == kept
    assert kinds.count(WarcRecordType.response) == kept - 1
    assert kinds.count(WarcRecordType.revisit) == 1


def bodies(run: Run) -> dict[str, Raw]:
    found = {}
    (path,) = (run.folder / "kept").glob("*.warc.gz")
    for record in ArchiveIterator(str(path), record_types=WarcRecordType.response, fsspec_args=False):
        url = record.headers["WARC-Target-URI"]
        found[url.rpartition("/")[2]] = Raw(url, url, record.reader.read(), record.http_headers.get("Content-Type"))
    return found


def test_the_page_is_kept_under_the_address_that_redirects_led_to(run: Run) -> None:
    assert {"good", "there", "packed"} <= bodies(run).keys()
    assert "moved" not in bodies(run)


def test_a_packed_page_is_kept_unpacked(run: Run) -> None:
    assert bodies(run)["packed"].data == release(6)


def test_bytes_are_kept_as_they_came(run: Run) -> None:
    raw = bodies(run)["wrong-charset"]
    assert raw.data == LATIN
    assert "deux millions de dollars à l'Organisation internationale" in parse_document(raw).text
