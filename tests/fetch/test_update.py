"""``migkg update`` against a site that changes from day to day: what it reads, what it says, and what the graph holds."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from migkg.build import build
from migkg.query.run import run as ask
from migkg.store import open_store
from migkg.store.base import Rows
from migkg.validation import validate_store
from support.release_site import ReleaseSite, Reply, release, serve, sitemap

HEAD = (
    "PREFIX mg: <https://w3id.org/migkg/ont#> PREFIX prov: <http://www.w3.org/ns/prov#> "
    "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
)
CORRECTED = (
    release(0).replace(b"Government of Japan has", b"Government of Canada has").replace(b"Japan funds", b"Canada funds")
)
GONE = Reply(b"gone", 410)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReleaseSite]:
    monkeypatch.setenv("MIGKG_SOURCES", str(tmp_path))
    with serve() as site:
        site.describe(tmp_path)
        yield site


def publish(site: ReleaseSite, pages: dict[str, bytes | Reply], listed: list[str] | None = None) -> None:
    replies = {name: page if isinstance(page, Reply) else Reply(page) for name, page in pages.items()}
    site.replies = {f"/news/{name}": reply for name, reply in replies.items()}
    names = [name for name, reply in replies.items() if reply.status == 200] if listed is None else listed
    site.replies["/sitemap.xml"] = Reply(sitemap([f"{site.url}/news/{name}" for name in names]))


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "migkg", "update", *(arguments or ("example",)), "--workers", "1"]
    source = Path(__file__).parents[2] / "src"
    settings = dict(
        os.environ, PYTHONPATH=str(source), MIGKG_CONTACT="me@example.org", MIGKG_STORE=str(folder / "store")
    )
    return subprocess.Popen(
        command,
        cwd=folder,
        env=settings,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def update(folder: Path, *arguments: str, code: int = 0) -> tuple[list[str], str]:
    """The pages that an update says it has read, with their kinds, and what it says on standard error."""
    process = start(folder, *arguments)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == code, errors
    return sorted(re.sub(r"\texample\thttp://[^/]+/news/", " ", line) for line in output.splitlines()), errors


def quads(folder: Path, store: str = "store") -> list[str]:
    with closing(open_store(folder / store, read_only=True)) as opened:
        return list(opened.dump())


def select(folder: Path, query: str) -> list[tuple[str, ...]]:
    with closing(open_store(folder / "store", read_only=True)) as opened:
        answer = opened.query(HEAD + query)
    assert isinstance(answer, Rows)
    return [tuple(cell.value if cell else "" for cell in row) for row in answer.rows]


def answer(folder: Path, name: str) -> list[dict[str, str]]:
    with closing(open_store(folder / "store", read_only=True)) as opened:
        found = ask(opened, name, {})
    assert isinstance(found, Rows)
    return [{k: v.value for k, v in zip(found.columns, row, strict=True) if v} for row in found.rows]


def built_at_once(folder: Path) -> list[str]:
    report = build([str(folder / "fetched" / "example")], folder / "at-once")
    assert report.skipped == []
    return quads(folder, "at-once")


def test_three_days(site: ReleaseSite, tmp_path: Path) -> None:
    """One page is new, one changes, one goes and comes back; each day only what is different is read."""
    publish(site, {"a": release(0), "b": release(2), "c": release(3, "fr")})
    read, _ = update(tmp_path)
    assert read == ["new a", "new b", "new c"]
    assert "donor" not in read and update(tmp_path)[0] == []
    first = quads(tmp_path)
    publish(
        site, {"a": CORRECTED, "b": GONE, "c": release(3, "fr"), "d": release(4, "es")}, listed=["a", "b", "c", "d"]
    )
    read, errors = update(tmp_path, code=1)
    assert read == ["changed a", "new d", "withdrawn b"]
    assert f"skipped {site.url}/news/b: the server answered 410" in errors
    ((gone, when),) = select(tmp_path, "SELECT ?url ?when { ?s mg:withdrawn ?when ; dcterms:identifier ?url }")
    assert gone == f"{site.url}/news/b" and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z", when)
    assert {row["title"] for row in answer(tmp_path, "withdrawn-sources")} == {"Japan funds border training 2"}
    dropped = answer(tmp_path, "dropped-claims")
    assert {row["subjectName"] for row in dropped} == {"Government of Japan"}
    assert all("Japan" in row["quote"] and "Canada" in row["latestTitle"] for row in dropped)
    publish(site, {"a": CORRECTED, "b": release(2), "c": release(3, "fr"), "d": release(4, "es")})
    assert update(tmp_path)[0] == ["back b"]
    assert answer(tmp_path, "withdrawn-sources") == []
    after = quads(tmp_path)
    assert {line for line in first if "/news/b" in line} <= set(after)
    assert after == built_at_once(tmp_path)
    with closing(open_store(tmp_path / "store", read_only=True)) as opened:
        assert validate_store(opened).found == ()
