"""Runs over time: what is asked for again, what is kept once, what a stopped run leaves, and when a run stops itself."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from migkg.errors import MigkgError, UsageError
from migkg.fetch import Report, fetch
from migkg.fetch.archive import Archive
from migkg.fetch.hosts import hold_hosts
from migkg.fetch.index import Index
from migkg.fetch.run import agent_of
from migkg.sources.sites import find_site
from support.release_site import Asked, ReleaseSite, Reply, release, serve, sitemap

KINDS = {int(WarcRecordType.response): "response", int(WarcRecordType.revisit): "revisit"}


@pytest.fixture
def site() -> Iterator[ReleaseSite]:
    with serve() as site:
        yield site


def run(site: ReleaseSite, folder: Path, changes: dict[str, Any] | None = None, **options: Any) -> Report:
    described = find_site(str(site.describe(folder, **(changes or {}))))
    return fetch(described, folder / "kept", "test@example.org", pause=0.01, **options)


def publish(site: ReleaseSite, pages: dict[str, bytes], lastmod: str = "", **headers: str) -> None:
    """Put pages on the site, and their sitemap."""
    for name, body in pages.items():
        site.replies[f"/news/{name}"] = Reply(body, headers=dict(headers))
    urls = [f"{site.url}{path}" for path in site.replies if path.startswith("/news/")]
    site.replies["/sitemap.xml"] = Reply(sitemap(urls, lastmod), kind="application/xml")


def kept(folder: Path) -> list[tuple[str, str]]:
    """Kind and address of every record of pages, in order."""
    found = []
    for path in sorted((folder / "kept").glob("*.warc.gz")):
        for record in ArchiveIterator(str(path), record_types=WarcRecordType.any_type, fsspec_args=False):
            if record.record_type in (WarcRecordType.response, WarcRecordType.revisit):
                url = record.headers["WARC-Target-URI"]
                found.append((KINDS[int(record.record_type)], url.rpartition("/")[2]))
    return found


def conditional(tag: str, modified: str, body: bytes) -> Callable[[dict[str, str]], Reply]:
    """A page that is 304 to whoever has it."""

    def answer(headers: dict[str, str]) -> Reply:
        stated = {"ETag": tag, "Last-Modified": modified}
        if headers.get("if-none-match") == tag and headers.get("if-modified-since") == modified:
            return Reply(b"", 304, stated)
        return Reply(body, headers=stated)

    return answer


def test_unchanged_page_is_not_sent_again(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {"a": b""})
    site.replies["/news/a"] = conditional('"v1"', formatdate(0, usegmt=True), release(1))
    assert run(site, tmp_path).new == 1
    assert run(site, tmp_path).unchanged == 1
    assert kept(tmp_path) == [("response", "a"), ("revisit", "a")]


@pytest.mark.parametrize(
    ("again", "outcome"),
    [
        pytest.param(release(1), "unchanged", id="the server has no dates, but the content is the same"),
        pytest.param(release(2), "changed", id="the content is another one"),
    ],
)
def test_page_is_compared(site: ReleaseSite, tmp_path: Path, again: bytes, outcome: str) -> None:
    publish(site, {"a": release(1)})
    run(site, tmp_path)
    publish(site, {"a": again})
    assert getattr(run(site, tmp_path), outcome) == 1
    assert kept(tmp_path)[-1] == ("revisit" if outcome == "unchanged" else "response", "a")


def test_an_old_version_that_comes_back_is_the_last_one_kept(site: ReleaseSite, tmp_path: Path) -> None:
    for body in (release(1), release(2), release(1)):
        publish(site, {"a": body})
        run(site, tmp_path)
    assert kept(tmp_path) == [("response", "a")] * 3


@pytest.mark.parametrize(
    ("before", "after", "revisit", "again", "asked"),
    [
        pytest.param("2020-01-01", "2020-01-01", 0, False, 0, id="the sitemap says that it is unchanged"),
        pytest.param("2020-01-01", "2020-01-02", 30, False, 1, id="the sitemap says that it has changed"),
        pytest.param("", "", 30, False, 0, id="asked for not long ago"),
        pytest.param("", "", 0, False, 1, id="asked for long ago"),
        pytest.param("2020-01-01", "2020-01-01", 30, True, 1, id="all are wanted again"),
    ],
)
def test_what_cannot_have_changed_is_not_asked_for(
    site: ReleaseSite, tmp_path: Path, before: str, after: str, revisit: int, again: bool, asked: int
) -> None:
    changes = {"politeness": {"delay": 0, "revisit": revisit, "networks": ["127.0.0.1/32"]}}
    publish(site, {"a": release(1)}, before)
    run(site, tmp_path, changes)
    publish(site, {}, after)
    report = run(site, tmp_path, changes, again=again)
    assert (report.fresh, site.paths().count("/news/a")) == (1 - asked, 1 + asked)


def test_page_whose_file_is_lost_is_asked_for_whole(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {"a": b""})
    site.replies["/news/a"] = conditional('"v1"', formatdate(0, usegmt=True), release(1))
    run(site, tmp_path)
    (path,) = (tmp_path / "kept").glob("*.warc.gz")
    path.unlink()
    report = run(site, tmp_path)
    assert (report.unchanged, report.new) == (0, 1)
    assert kept(tmp_path) == [("response", "a")]


def test_unchanged_sitemap_is_taken_from_what_is_kept(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {"a": release(1)})
    body = sitemap([f"{site.url}/news/a"])
    site.replies["/sitemap.xml"] = conditional('"s"', formatdate(0, usegmt=True), body)
    assert (run(site, tmp_path).found, run(site, tmp_path).found) == (1, 1)
    assert "if-none-match" in [asked for asked in site.asked if asked.path == "/sitemap.xml"][-1].headers


def test_page_that_failed_is_asked_for_again_even_where_it_is_no_longer_listed(
    site: ReleaseSite, tmp_path: Path
) -> None:
    publish(site, {"a": release(1), "b": release(2)})
    site.replies["/news/b"] = Reply(b"", 503)
    assert [skip.source for skip in run(site, tmp_path).skipped] == [f"{site.url}/news/b"]
    site.replies |= {"/news/b": Reply(release(2)), "/sitemap.xml": Reply(sitemap([f"{site.url}/news/a"]))}
    report = run(site, tmp_path)
    assert (report.new, report.skipped) == (1, [])


@pytest.mark.parametrize("status", [404, 410])
def test_withdrawn_page_is_noted_and_stays_kept(site: ReleaseSite, tmp_path: Path, status: int) -> None:
    publish(site, {"a": release(1)})
    run(site, tmp_path)
    site.replies["/news/a"] = Reply(b"", status)
    assert f"the server answered {status}" in run(site, tmp_path).skipped[0].reason
    assert kept(tmp_path) == [("response", "a")]
    assert gone(tmp_path) == [f"{site.url}/news/a"]
    site.replies["/news/a"] = Reply(release(1))
    assert run(site, tmp_path).unchanged == 1
    assert gone(tmp_path) == []


def gone(folder: Path) -> list[str]:
    with closing(Index(folder / "kept" / "index.sqlite")) as index:
        return [url for url, _ in index.gone()]


def test_limit_leaves_the_rest_for_the_next_run(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {str(i): release(i) for i in range(5)})
    first, second = run(site, tmp_path, most=2), run(site, tmp_path)
    assert (first.new, first.left, second.new, second.left) == (2, 3, 3, 0)
    assert site.paths().count("/sitemap.xml") == 1


PROGRAM = """
import sys
from pathlib import Path
from migkg.fetch import fetch
from migkg.sources.sites import find_site
fetch(find_site(sys.argv[1]), Path(sys.argv[2]), "test@example.org", pause=0.01)
"""


@pytest.mark.parametrize("pages", [0, 5, 11])
def test_killed_run_goes_on_where_it_was(site: ReleaseSite, tmp_path: Path, root: Path, pages: int) -> None:
    """kill -9 while the page after so many is on its way: every page is there once, and none is asked for in vain."""
    names = [f"{i:02d}" for i in range(12)]
    publish(site, {name: release(int(name)) for name in names})
    killed: list[int] = []

    def strike(headers: dict[str, str]) -> Reply:
        if not killed:
            killed.append(child.pid)
            os.kill(child.pid, signal.SIGKILL)
            time.sleep(0.05)
        return Reply(release(pages))

    site.replies[f"/news/{names[pages]}"] = strike
    description = site.describe(tmp_path)
    command = [sys.executable, "-c", PROGRAM, str(description), str(tmp_path / "kept")]
    environment = dict(os.environ, PYTHONPATH=str(root / "src"))
    child = subprocess.Popen(command, env=environment)
    assert child.wait(30) == -signal.SIGKILL
    report = run(site, tmp_path)
    assert (report.new, report.left, report.skipped) == (12 - pages, 0, [])
    assert kept(tmp_path) == [("response", name) for name in names]
    expected = ["/sitemap.xml", *(f"/news/{name}" for name in names[: pages + 1])]
    assert site.paths() == [*expected, *(f"/news/{name}" for name in names[pages:])]


@pytest.mark.parametrize("cut", [1, 100, 2_000])
def test_half_written_records_are_cut_off(site: ReleaseSite, tmp_path: Path, cut: int) -> None:
    """What a killed process has written of its last record, before the index knew of it."""
    publish(site, {"a": release(1)})
    run(site, tmp_path)
    (path,) = (tmp_path / "kept").glob("*.warc.gz")
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:cut])
    publish(site, {"b": release(2)})
    run(site, tmp_path)
    assert kept(tmp_path) == [("response", "a"), ("revisit", "a"), ("response", "b")]


def test_files_that_are_not_ours_are_left_alone(site: ReleaseSite, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    other = tmp_path / "kept" / "example-00001.warc.gz"
    publish(site, {"a": release(1)})
    other.write_bytes(b"")
    run(site, tmp_path)
    assert sorted(path.name for path in other.parent.glob("*.warc.gz")) == [
        "example-00001.warc.gz",
        "example-00002.warc.gz",
    ]


def test_lost_index_is_made_again(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {"a": b"", "b": release(2)})
    site.replies["/news/a"] = conditional('"v1"', formatdate(0, usegmt=True), release(1))
    run(site, tmp_path)
    (tmp_path / "kept" / "index.sqlite").unlink()
    report = run(site, tmp_path)
    assert (report.new, report.unchanged) == (0, 2)
    assert site.asked[-2].headers["if-none-match"] == '"v1"'


def test_two_runs_do_not_write_into_one_folder(site: ReleaseSite, tmp_path: Path) -> None:
    first = Archive(tmp_path / "kept", "example", "test@example.org")
    publish(site, {"a": release(1)})
    with pytest.raises(MigkgError, match="another process is fetching into this folder"):
        run(site, tmp_path)
    first.close()
    assert run(site, tmp_path).new == 1


def test_two_runs_do_not_ask_one_host(site: ReleaseSite, tmp_path: Path) -> None:
    """Two sources in two folders, as the languages of a site are."""
    publish(site, {"a": release(1)})
    with hold_hosts(["www.example.org", site.host]), pytest.raises(MigkgError, match=f"fetching from {site.host}"):
        run(site, tmp_path)
    assert site.asked == []
    assert run(site, tmp_path).new == 1


def test_folder_that_cannot_be_written(site: ReleaseSite, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(MigkgError, match="cannot write"):
        run(site, tmp_path)


def test_foreign_index(site: ReleaseSite, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "index.sqlite").write_bytes(b"no database, but long enough to be read as a header of one" * 40)
    with pytest.raises(MigkgError, match="not an index of migkg"):
        run(site, tmp_path)


@pytest.mark.parametrize(
    ("expected", "stopped"),
    [
        pytest.param({"least": 3, "most": 9}, "2 pages were found, 3 to 9 are expected", id="too few"),
        pytest.param({"least": 1, "most": 1}, "2 pages were found, 1 to 1 are expected", id="too many"),
        pytest.param({"least": 2, "most": 2}, "", id="just right"),
    ],
)
def test_counts_stop_a_run(site: ReleaseSite, tmp_path: Path, expected: dict[str, int], stopped: str) -> None:
    publish(site, {"a": release(1), "b": release(2)})
    report = run(site, tmp_path, {"expected": expected})
    assert report.stopped.startswith(stopped) and bool(report.stopped) == bool(stopped)
    assert len(site.paths()) == (1 if stopped else 3)


def test_pages_of_another_shape_stop_a_run(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {f"{i:02d}": release(i).replace(b'class="text"', b'class="new"') for i in range(15)})
    report = run(site, tmp_path)
    assert report.stopped.startswith("only 0 of 10 pages have their text where the source says")
    assert (report.new, len(site.paths())) == (10, 11)


@pytest.mark.parametrize(
    ("status", "headers", "stopped", "asked"),
    [
        pytest.param(429, {"Retry-After": "3600"}, "asks to wait 3,600 seconds", 1, id="a long pause is asked for"),
        pytest.param(
            # far enough that the hours that the tests may take do not change the first figure
            503,
            {"Retry-After": formatdate(time.time() + 750_000, usegmt=True)},
            "asks to wait 7",
            1,
            id="until a date",
        ),
        pytest.param(429, {}, "429 (too many requests) 4 times", 4, id="too many each time"),
    ],
)
def test_a_site_that_wants_to_be_left_alone(
    site: ReleaseSite, tmp_path: Path, status: int, headers: dict[str, str], stopped: str, asked: int
) -> None:
    publish(site, {"a": release(1), "b": release(2), "c": release(3)})
    site.replies["/news/b"] = Reply(b"", status, headers)
    report = run(site, tmp_path)
    assert stopped in report.stopped
    assert (report.new, report.left, len(site.paths())) == (1, 2, 2 + asked)
    site.replies["/news/b"] = Reply(release(2))
    assert run(site, tmp_path).new == 2


def test_a_site_that_is_down_is_left_alone(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {f"{i:02d}": b"" for i in range(12)})
    site.replies |= {path: Reply(b"", 500) for path in site.replies if path.startswith("/news/")}
    report = run(site, tmp_path)
    assert report.stopped.startswith("10 pages in a row could not be had")
    assert (report.left, len(site.paths())) == (2, 1 + 10 * 4)


def test_delay_is_kept(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {"a": release(1), "b": release(2)})
    run(site, tmp_path, {"politeness": {"delay": 0.15, "networks": ["127.0.0.1/32"]}})
    assert len(site.asked) == 4
    assert min(gaps(site.asked)) >= 0.14


@pytest.mark.parametrize("rule", [b"Crawl-delay: 0.3", b"Request-rate: 10/3"])
def test_delay_of_robots_is_kept(site: ReleaseSite, tmp_path: Path, rule: bytes) -> None:
    publish(site, {"a": release(1)})
    site.replies["/robots.txt"] = Reply(b"User-agent: *\n" + rule, kind="text/plain")
    run(site, tmp_path)
    assert min(gaps(site.asked)) >= 0.28


def gaps(asked: list[Asked]) -> list[float]:
    return [after.start - before.start for before, after in pairwise(asked)]


@pytest.mark.parametrize(
    "contact", ["", "me", "example.org", "a@b", "a@example.org\r\nX: y", "(x)@example.org", "ü@example.org"]
)
def test_contact_must_be_one(contact: str) -> None:
    with pytest.raises(UsageError, match="neither an e-mail address nor a web address"):
        agent_of(contact)


def test_index_says_where_each_page_is(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {"a": release(1), "b": release(2)})
    run(site, tmp_path)
    base = sqlite3.connect(tmp_path / "kept" / "index.sqlite")
    for url, file, offset in base.execute("SELECT url, file, offset FROM kept WHERE url LIKE '%/news/%'"):
        with (tmp_path / "kept" / file).open("rb") as stream:
            stream.seek(offset)
            record = next(iter(ArchiveIterator(stream, fsspec_args=False)))
            assert (record.headers["WARC-Target-URI"], record.record_type) == (url, WarcRecordType.response)
    base.close()


FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
"""


def test_disk_that_is_full(site: ReleaseSite, tmp_path: Path, root: Path) -> None:
    """No file can grow beyond a size, as on a full disk: one clear line, and nothing half is left for the next run."""
    pages = {f"{i}": release(i) + f"<!-- {os.urandom(12_000).hex()} -->".encode() for i in range(9)}
    publish(site, pages)
    command = [sys.executable, "-c", FULL + PROGRAM, str(site.describe(tmp_path)), str(tmp_path / "kept")]
    environment = dict(os.environ, PYTHONPATH=str(root / "src"))
    failed = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert failed.stderr.splitlines()[-1].startswith("migkg.errors.MigkgError: cannot write")
    report = run(site, tmp_path)
    assert 0 < report.new < 9 and not report.skipped
    assert kept(tmp_path) == [("response", name) for name in pages]
