"""How pages are found: sitemaps, feeds and pages of links, each with its traps."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from migkg.fetch import Report, fetch
from migkg.sources.sites import find_site
from support.release_site import Answering, ReleaseSite, Reply, bomb, release, serve, sitemap

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title><link>{site}</link>
<description>News</description>{items}</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>x</id>
<updated>2020-01-01T00:00:00Z</updated>{items}</feed>"""
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY {chr(i + 1)} "{f"&{chr(i)};" * 10}">' for i in range(ord("b"), ord("i")))
    + "]>"
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.fixture(scope="module")
def server() -> Iterator[ReleaseSite]:
    with serve() as site:
        yield site


@pytest.fixture
def site(server: ReleaseSite) -> ReleaseSite:
    server.replies.clear()
    server.asked.clear()
    for i in range(9):
        server.replies[f"/news/{i}"] = Reply(release(i))
    return server


def run(site: ReleaseSite, folder: Path, replies: dict[str, Answering], *starts: dict[str, Any]) -> Report:
    for path, reply in replies.items():
        site.replies[path] = reply
    described = site.describe(folder, starts=[{k: place(site, v) for k, v in start.items()} for start in starts])
    return fetch(find_site(str(described)), folder / "kept", "test@example.org", pause=0.01)


def place(site: ReleaseSite, value: Any) -> Any:
    return value.replace("{site}", site.url) if isinstance(value, str) else value


def xml(text: str | bytes, site: ReleaseSite) -> Reply:
    data = text.replace("{site}", site.url).encode() if isinstance(text, str) else text
    return Reply(data, kind="application/xml")


def pages(site: ReleaseSite) -> list[str]:
    return [path.removeprefix("/news/") for path in site.paths() if path.startswith("/news/")]


def items(*names: str, atom: bool = False) -> str:
    if atom:
        return "".join(f'<entry><id>{n}</id><title>t</title><link href="/news/{n}"/></entry>' for n in names)
    return "".join(f"<item><title>t</title><link>{{site}}/news/{n}?utm_source=rss</link></item>" for n in names)


SITEMAP = {"sitemap": "{site}/sitemap.xml"}
FEED = {"feed": "{site}/feed"}


def urls(*names: str) -> str:
    return sitemap([f"{{site}}/news/{name}" for name in names]).decode()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(urls("1", "2"), ["1", "2"], id="a sitemap"),
        pytest.param(urls("1", "1#top", "1?utm_source=x", "2"), ["1", "2"], id="one page under several addresses"),
        pytest.param(urls("1").replace("/news/1", "/about/1").replace("</urlset>", "<url><loc>{site}/news/2</loc></url></urlset>"), ["2"], id="other pages of the site"),
        pytest.param(sitemap(["https://elsewhere.example/news/1", "{site}/news/2"]).decode(), ["2"], id="pages of another site"),
        pytest.param(sitemap(["javascript:alert(1)", "ftp://x/news/1", "{site}/news/2", " ", "//", "http://[::1"]).decode(), ["2"], id="what is no web address"),
        pytest.param(urls("1").replace(' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', ""), ["1"], id="without a namespace"),
        pytest.param(urls("1").replace("<url>", '<url><image:image xmlns:image="i"><image:loc>{site}/news/5</image:loc></image:image>'), ["1"], id="addresses of pictures inside"),
    ],
)  # fmt: skip
def test_sitemap(site: ReleaseSite, tmp_path: Path, content: str, found: list[str]) -> None:
    report = run(site, tmp_path, {"/sitemap.xml": xml(content, site)}, SITEMAP)
    assert (pages(site), report.skipped) == (found, [])


def test_index_of_packed_sitemaps(site: ReleaseSite, tmp_path: Path) -> None:
    """The index names itself and one sitemap twice; a packed file is known by its bytes, whatever it is called."""
    index = sitemap([f"{site.url}/{name}" for name in ("a.xml.gz", "sitemap.xml", "b", "a.xml.gz")], index=True)
    parts = {"/a.xml.gz": urls("1"), "/b": urls("2", "1")}
    packed = {path: xml(gzip.compress(place(site, text).encode()), site) for path, text in parts.items()}
    run(site, tmp_path, {"/sitemap.xml": xml(index, site), **packed}, SITEMAP)
    assert pages(site) == ["1", "2"]
    assert site.paths().count("/a.xml.gz") == site.paths().count("/sitemap.xml") == 1


def test_index_that_never_ends(site: ReleaseSite, tmp_path: Path) -> None:
    for i in range(20):
        site.replies[f"/s{i}"] = xml(sitemap([f"{site.url}/s{i + 1}", f"{site.url}/t{i}"], index=True), site)
        site.replies[f"/t{i}"] = xml(urls(str(i % 9)), site)
    report = run(site, tmp_path, {}, {"sitemap": "{site}/s0", "most": 6})
    assert "more sitemaps than the 6 that the source allows" in [skip.reason for skip in report.skipped]
    assert sum(path[1] in "st" and path.count("/") == 1 for path in site.paths()) == 6


def test_sitemaps_that_robots_name(site: ReleaseSite, tmp_path: Path) -> None:
    robots = Reply(f"User-agent: *\nDisallow:\nSitemap: {site.url}/found.xml\n".encode(), kind="text/plain")
    run(site, tmp_path, {"/robots.txt": robots, "/found.xml": xml(urls("3"), site)}, {"robots": "{site}/robots.txt"})
    assert pages(site) == ["3"]
    assert sum(one.path == "/robots.txt" for one in site.asked) == 1


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(RSS.replace("{items}", items("1", "2")), ["1", "2"], id="RSS"),
        pytest.param(ATOM.replace("{items}", items("1", "2", atom=True)), ["1", "2"], id="Atom, relative addresses"),
        pytest.param(RSS.replace("{items}", items("1") + "<item><title>a & b</title></item>" + items("2")), ["1", "2"], id="not well-formed"),
    ],
)  # fmt: skip
def test_feed(site: ReleaseSite, tmp_path: Path, content: str, found: list[str]) -> None:
    report = run(site, tmp_path, {"/feed": xml(content, site)}, FEED)
    assert (pages(site), report.skipped) == (found, [])


@pytest.mark.parametrize(
    ("start", "content", "reason"),
    [
        pytest.param(SITEMAP, LAUGHS + "<urlset>&i;</urlset>", "XML with a DTD or entities is not read", id="entity bomb in a sitemap"),
        pytest.param(SITEMAP, EXTERNAL + "<urlset>&a;</urlset>", "XML with a DTD or entities is not read", id="a file in a sitemap"),
        pytest.param(SITEMAP, "<!DOCTYPE urlset><urlset/>", "XML with a DTD or entities is not read", id="a DTD"),
        pytest.param(SITEMAP, "<urlset><url>", "not XML", id="a sitemap that is cut"),
        pytest.param(SITEMAP, "<html><body>Not found</body></html>", "not a sitemap: its root is html", id="a page in its place"),
        pytest.param(SITEMAP, "<a>" * 60 + "</a>" * 60, "nested too deep", id="a deep sitemap"),
        pytest.param(SITEMAP, bomb(60), "unpacks to more than 52.4288 MB", id="a packed bomb"),
        pytest.param(FEED, LAUGHS + "<rss version='2.0'><channel>&i;</channel></rss>", "XML with a DTD or entities is not read", id="entity bomb in a feed"),
        pytest.param(FEED, EXTERNAL + "<rss version='2.0'><channel>&a;</channel></rss>", "XML with a DTD or entities is not read", id="a file in a feed"),
        pytest.param(FEED, "<html><body>Not found</body></html>", "not a feed", id="a page in the place of a feed"),
        pytest.param(FEED, b"\x00\x01\x02", "not a feed", id="bytes in the place of a feed"),
    ],
)  # fmt: skip
def test_list_that_is_not_read(
    site: ReleaseSite, tmp_path: Path, start: dict[str, str], content: str | bytes, reason: str
) -> None:
    """The list is told with its reason, and the other start of the source is read all the same."""
    other = {"/other.xml": xml(urls("4"), site), "/sitemap.xml": xml(content, site), "/feed": xml(content, site)}
    report = run(site, tmp_path, other, start, {"sitemap": "{site}/other.xml"})
    assert [skip.source for skip in report.skipped] == [place(site, next(iter(start.values())))]
    assert reason in report.skipped[0].reason
    assert pages(site) == ["4"]


LISTING = {"listing": "{site}/news?page={page}", "links": "main .card a"}
FOLLOWED = {"listing": "{site}/news", "links": "main .card", "next": "a[rel=next]"}


def listing(*names: str, following: str = "") -> Reply:
    cards = "".join(f'<div class="card"><h2><a href="news/{name}">T</a></h2></div>' for name in names)
    more = f'<a rel="next" href="{following}">more</a>' if following else ""
    return Reply(f'<html><body><nav><a href="/news/8">8</a></nav><main>{cards}</main>{more}</body></html>'.encode())


@pytest.mark.parametrize(
    ("start", "replies", "found", "lists"),
    [
        pytest.param(LISTING, {"/news?page=0": listing("1", "2"), "/news?page=1": listing("2", "3")}, ["1", "2", "3"], 3, id="numbered, the page behind the last is not there"),
        pytest.param(LISTING | {"first": 1}, {"/news?page=1": listing("1"), "/news?page=2": listing("1")}, ["1"], 2, id="numbered, the last page comes again for ever"),
        pytest.param(LISTING | {"most": 1}, {"/news?page=0": listing("1"), "/news?page=1": listing("2")}, ["1"], 1, id="no more pages than the source allows"),
        pytest.param(FOLLOWED, {"/news": listing("1", following="?p=1"), "/news?p=1": listing("2")}, ["1", "2"], 2, id="followed"),
        pytest.param(FOLLOWED, {"/news": listing("1", following="/news")}, ["1"], 2, id="followed in a circle"),
    ],
)  # fmt: skip
def test_listing(
    site: ReleaseSite,
    tmp_path: Path,
    start: dict[str, Any],
    replies: dict[str, Answering],
    found: list[str],
    lists: int,
) -> None:
    report = run(site, tmp_path, replies, start)
    assert (pages(site), report.skipped) == (found, [])
    assert sum(path.startswith("/news?") or path == "/news" for path in site.paths()) == lists


def test_listing_is_followed_to_what_is_known(site: ReleaseSite, tmp_path: Path) -> None:
    old = {f"/news?page={i}": listing(str(i)) for i in range(5)}
    assert run(site, tmp_path, old, LISTING).new == 5
    site.asked.clear()
    report = run(site, tmp_path, {"/news?page=0": listing("7"), "/news?page=1": listing("0")}, LISTING)
    assert (report.new, [path for path in site.paths() if "?" in path]) == (1, ["/news?page=0", "/news?page=1"])


@pytest.mark.parametrize(
    ("robots", "asked", "reason"),
    [
        pytest.param(Reply(b"", 404), True, "", id="no robots.txt: all is allowed"),
        pytest.param(Reply(b"", 403), True, "", id="robots.txt is not shown (RFC 9309, 2.3.1.3): all is allowed"),
        pytest.param(Reply(b"", 503), False, "robots.txt cannot be read (the server answered 503", id="the server fails: nothing is allowed"),
        pytest.param(Reply(b"", 301, {"Location": "/moved.txt"}), False, "robots.txt does not allow it", id="moved: the rules are read where it is"),
        pytest.param(Reply(b"", 301, {"Location": "/robots.txt"}), False, "more than 5 redirects", id="moved in a circle: nothing is allowed"),
        pytest.param(Reply(b"", 301, {"Location": "http://127.0.0.2/robots.txt"}), False, "127.0.0.2 is not a public address", id="moved into a private network"),
        pytest.param(Reply(b"User-agent: *\nDisallow: /"), False, "robots.txt does not allow it", id="nothing is allowed"),
        pytest.param(Reply(b"User-agent: *\nDisallow: /\n\nUser-agent: MigKG\nDisallow:"), True, "", id="migkg is allowed by name"),
        pytest.param(Reply(b"User-agent: migkg\nDisallow: /\nAllow: /sitemap.xml\nAllow: /news/"), True, "", id="the longest rule wins"),
        pytest.param(Reply(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /sitemap"), False, "robots.txt does not allow it", id="byte order mark"),
        pytest.param(Reply(b"<html>Not found</html>" * 1000), True, "", id="a page in the place of rules"),
        pytest.param(Reply(b"User-agent: *\nCrawl-delay: 86400"), False, "it wants 86,400 seconds between two requests", id="a pause of a day"),
        pytest.param(Reply(b"User-agent: *\nCrawl-delay: 9e999"), True, "", id="a pause that is too large a number"),
        pytest.param(Reply(b"User-agent: *\nCrawl-delay: nan"), True, "", id="a pause that is no number"),
        pytest.param(Reply(b"#" * 600_000), False, "robots.txt cannot be read (too large", id="more than is read"),
    ],
)  # fmt: skip
def test_robots(site: ReleaseSite, tmp_path: Path, robots: Reply, asked: bool, reason: str) -> None:
    moved = Reply(b"User-agent: *\nDisallow: /sitemap", kind="text/plain")
    replies = {"/robots.txt": robots, "/moved.txt": moved, "/sitemap.xml": xml(urls("1"), site)}
    report = run(site, tmp_path, replies, SITEMAP)
    assert ("/sitemap.xml" in site.paths(), pages(site)) == (asked, ["1"] if asked else [])
    assert [skip.reason.startswith(reason) or reason in skip.reason for skip in report.skipped] == (
        [] if asked else [True]
    )
    assert bool(report.stopped) is not asked
