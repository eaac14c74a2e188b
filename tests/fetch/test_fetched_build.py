"""From a site to the graph: what was fetched is read from the archive alone, by the description of the site."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from migkg.build import Report, build, reading, remove
from migkg.fetch import fetch
from migkg.fetch.archive import Archive
from migkg.rdf.namespaces import MG
from migkg.sources import sites
from migkg.sources.sites import find_site
from migkg.store import open_store
from migkg.store.base import Rows
from support.release_site import TEXTS, ReleaseSite, Reply, release, serve, sitemap

SOURCES = (
    f"PREFIX mg: <{MG}>"
    + """ PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?source ?title ?date ?language ?publisher { ?source a mg:Source
  OPTIONAL { ?source dcterms:title ?title } OPTIONAL { ?source dcterms:issued ?date }
  OPTIONAL { ?source dcterms:language ?language } OPTIONAL { ?source dcterms:publisher|mg:publisherName ?publisher } } ORDER BY ?source"""
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReleaseSite]:
    monkeypatch.setenv("MIGKG_SOURCES", str(tmp_path))
    with serve() as site:
        site.describe(tmp_path)
        yield site


def publish(site: ReleaseSite, pages: dict[str, bytes]) -> None:
    site.replies = {f"/news/{name}": Reply(body) for name, body in pages.items()}
    site.replies["/sitemap.xml"] = Reply(sitemap([f"{site.url}/news/{name}" for name in pages]))


def get(site: ReleaseSite, folder: Path) -> None:
    report = fetch(find_site("example"), folder / "kept", "test@example.org", pause=0.01)
    assert (report.skipped, report.stopped) == ([], "")


def make(folder: Path, store: str = "store") -> Report:
    return build([str(folder / "kept")], folder / store)


def rows(folder: Path, query: str, store: str = "store") -> list[dict[str, str]]:
    with closing(open_store(folder / store, read_only=True)) as opened:
        answer = opened.query(query)
    assert isinstance(answer, Rows)
    found = [zip(answer.columns, row, strict=True) for row in answer.rows]
    return [{name: cell.value for name, cell in row if cell} for row in found]


def quads(folder: Path, store: str) -> list[str]:
    with closing(open_store(folder / store, read_only=True)) as opened:
        return list(opened.dump())


def test_from_the_site_to_the_graph(site: ReleaseSite, tmp_path: Path) -> None:
    """A page under two addresses is one document; lists, redirects and refusals are none."""
    publish(site, {code: release(1, code) for code in TEXTS} | {"copy": release(1, "en")})
    get(site, tmp_path)
    report = make(tmp_path)
    assert (report.skipped, report.documents) == ([], 3)
    found = rows(tmp_path, SOURCES)
    assert {row["title"] for row in found} == {f"{TEXTS[code][0]} 1" for code in TEXTS}
    assert {row["date"] for row in found} == {"2013-03-18"}
    assert {row["language"] for row in found} == set(TEXTS)
    assert len({row["publisher"] for row in found}) == 1, "the publisher is one organisation in the three languages"
    assert report.claims > 0


def titles(folder: Path) -> list[str]:
    return sorted(row["title"] for row in rows(folder, SOURCES))


def test_changed_page_takes_the_place_of_the_old_one(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {"a": release(1, "en"), "b": release(2, "en")})
    get(site, tmp_path)
    make(tmp_path)
    publish(site, {"a": release(3, "en"), "b": release(2, "en")})
    get(site, tmp_path)
    report = make(tmp_path)
    assert (report.replaced, report.unchanged, report.documents) == (1, 1, 2)
    assert titles(tmp_path) == [f"{TEXTS['en'][0]} 2", f"{TEXTS['en'][0]} 3"]


def test_graph_can_be_made_again_from_what_was_read(site: ReleaseSite, tmp_path: Path) -> None:
    for number in (1, 2, 1):
        publish(site, {"a": release(number, "fr"), "b": release(5, "es")})
        get(site, tmp_path)
        make(tmp_path)
    make(tmp_path, "again")
    assert quads(tmp_path, "again") == quads(tmp_path, "store")
    assert len(quads(tmp_path, "again")) > 50


def test_copy_stays_when_its_original_changes(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {"a": release(1, "en"), "b": release(1, "en")})
    get(site, tmp_path)
    publish(site, {"a": release(2, "en"), "b": release(1, "en")})
    get(site, tmp_path)
    assert make(tmp_path).skipped == []
    assert titles(tmp_path) == [f"{TEXTS['en'][0]} 1", f"{TEXTS['en'][0]} 2"]


def test_folder_that_is_being_fetched_into(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {"a": release(1, "en")})
    get(site, tmp_path)
    with closing(Archive(tmp_path / "kept", "example", "test@example.org")):
        (skip,) = make(tmp_path).skipped
    assert skip.reason == "pages are being fetched into this folder; build it when that has ended"
    assert make(tmp_path).added == 1


def test_pages_are_removed_by_their_folder(site: ReleaseSite, tmp_path: Path) -> None:
    publish(site, {"a": release(1, "en"), "b": release(2, "en")})
    get(site, tmp_path)
    make(tmp_path)
    assert remove([f"{tmp_path}/kept#{site.url}/news/a"], tmp_path / "store").documents == 1
    assert remove([str(tmp_path / "kept")], tmp_path / "store").documents == 0


def test_description_that_changes_is_applied(site: ReleaseSite, tmp_path: Path) -> None:
    """The pages need not be fetched again: what was read is kept."""
    publish(site, {"a": release(1, "en")})
    get(site, tmp_path)
    make(tmp_path)
    site.describe(tmp_path, selectors={"title": [".date"], "body": [".text"]})
    requests = len(site.asked)
    for cached in (reading._data_digest, sites._load, sites._hosts):
        cached.cache_clear()
    report = make(tmp_path)
    assert (report.replaced, report.unchanged, len(site.asked)) == (1, 0, requests)
    assert titles(tmp_path) == ["18/03/2013"]


def test_index_that_a_killed_run_left(site: ReleaseSite, tmp_path: Path) -> None:
    """A journal beside it holds what must be rolled back before it can be read, as after a kill during a commit."""
    publish(site, {"a": release(1, "en")})
    get(site, tmp_path)
    with closing(sqlite3.connect(tmp_path / "kept" / "index.sqlite", isolation_level=None)) as base:
        base.execute("PRAGMA cache_size = 1")
        base.execute("BEGIN IMMEDIATE")
        base.execute("UPDATE page SET record = 'half'")
        base.executemany(
            "INSERT INTO queue (run, place, url, lastmod) VALUES (9, ?, ?, '')", [(i, "x" * 900) for i in range(90)]
        )
        copy = tmp_path / "copy"
        shutil.copytree(tmp_path / "kept", copy)
        base.execute("ROLLBACK")
    assert (copy / "index.sqlite-journal").stat().st_size > 0
    assert build([str(copy)], tmp_path / "store").skipped == []
    assert titles(tmp_path) == [f"{TEXTS['en'][0]} 1"]
