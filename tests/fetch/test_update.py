"""``migkg update`` against a site that changes from day to day: what it reads, what it says, and what the graph holds."""

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, closing, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from migkg.build import build, remove
from migkg.cli import main
from migkg.network.reading import read_sources
from migkg.query.catalogue import load_catalogue
from migkg.query.run import run as ask
from migkg.rdf.namespaces import ID
from migkg.serve.evidence import read_evidence
from migkg.serve.records import read_record
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
MOMENT = 1.2  # seconds after which an update of a dozen pages is at work on a quiet machine, about
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


def run(folder: Path, command: str, *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a command."""
    output, errors = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with chdir(folder), redirect_stdout(output), redirect_stderr(errors), pytest.raises(SystemExit) as ended:
        main([command, *arguments])
    code = ended.value.code
    assert isinstance(code, int)
    said, complained = (stream.buffer.getvalue().decode() for stream in (output, errors))  # type: ignore[attr-defined]
    return code, said, complained


def update(folder: Path, *arguments: str, code: int = 0) -> tuple[list[str], str]:
    """The pages that an update says it has read, with their kinds, and what it says on standard error."""
    options = ("--contact", "me@example.org", "--store", "store")
    ended, output, errors = run(folder, "update", *(arguments or ("example",)), *options)
    assert ended == code, errors
    return sorted(re.sub(r"\texample\thttp://[^/]+/news/", " ", line) for line in output.splitlines()), errors


def start(folder: Path) -> subprocess.Popen[bytes]:
    """An update in a process of its own, to be killed."""
    options = ("--contact", "me@example.org", "--store", "store", "--workers", "1")
    command = [sys.executable, "-m", "migkg", "update", "example", *options]
    settings = dict(os.environ, PYTHONPATH=str(Path(__file__).parents[2] / "src"))
    return subprocess.Popen(
        command, cwd=folder, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


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
    first = quads(tmp_path)
    assert update(tmp_path)[0] == [] and quads(tmp_path) == first
    publish(
        site, {"a": CORRECTED, "b": GONE, "c": release(3, "fr"), "d": release(4, "es")}, listed=["a", "b", "c", "d"]
    )
    read, errors = update(tmp_path, code=1)
    assert read == ["changed a", "new d", "withdrawn b"]
    assert f"skipped {site.url}/news/b: the server answered 410" in errors
    ((gone, when),) = select(tmp_path, "SELECT ?url ?when { ?s mg:withdrawn ?when ; dcterms:identifier ?url }")
    assert gone == f"{site.url}/news/b" and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z", when)
    assert {row["title"] for row in answer(tmp_path, "withdrawn-sources")} == {"Japan funds border training 2"}
    assert all(place.startswith(when[:10]) for place in shown_as_withdrawn(tmp_path))
    told = run(tmp_path, "why", "org/iom", "--store", "store")[1]
    assert f"page withdrawn, noticed {when[:10]}" in told and f"earlier version, replaced {when[:10]}" in told
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


def shown_as_withdrawn(folder: Path) -> list[str]:
    """Since when the one page is gone, where readers get it from: the service, its pages, the network."""
    iom = f"{ID}org/iom"
    with closing(open_store(folder / "store", read_only=True)) as opened:
        said = read_evidence(opened, {"subject": iom})["claims"]
        record = read_record(opened, iom)
        sources = read_sources(opened, {})
    assert record
    claims = {claim["withdrawn"] for claim in said if "withdrawn" in claim}
    sentences = {s.withdrawn for link in record.links for s in link.sentences if s.withdrawn}
    drawn = {source.withdrawn for source in sources.values() if source.withdrawn}
    assert len(claims) == len(sentences) == len(drawn) == 1
    return [*claims, *sentences, *drawn]


def test_what_is_read_is_said_before(site: ReleaseSite, tmp_path: Path) -> None:
    """Nothing is sent or changed; then only what is kept is read."""
    publish(site, {"a": release(0), "b": release(2)})
    assert run(tmp_path, "fetch", "example", "--contact", "me@example.org")[0] == 0
    asked = len(site.asked)
    assert update(tmp_path, "example", "--dry-run")[0] == ["new a", "new b"]
    assert not (tmp_path / "store").exists()
    assert update(tmp_path, "--all", "--no-fetch")[0] == ["new a", "new b"]
    assert update(tmp_path, "--all", "--dry-run")[0] == []
    assert len(site.asked) == asked
    assert update(tmp_path, "example", "--no-fetch", "--people", "none")[0] == ["again a", "again b"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "name the sources to update, or say --all", id="no source"),
        pytest.param(["example", "--all"], "name the sources to update, or say --all", id="names and all"),
        pytest.param(["--all", "--no-fetch"], "nothing was fetched into fetched yet", id="an empty archive"),
        pytest.param(["nobody"], "no source is called nobody", id="no such source"),
        pytest.param(["iom-en", "--contact", "me"], "neither an e-mail address nor a web address", id="no address"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str], message: str) -> None:
    code, output, errors = run(tmp_path, "update", *arguments)
    assert (code, output) == (2, "") and message in errors
    assert list(tmp_path.iterdir()) == []


def test_source_that_fails_stops_no_other(site: ReleaseSite, tmp_path: Path) -> None:
    """One whose site is not as described, one that forbids it, and one that is well, in one run."""
    publish(site, {"a": release(0)})
    with serve() as few, serve() as shut:
        for other, name in ((few, "few"), (shut, "shut")):
            publish(other, {"x": release(7)})
            changes = {"expected": {"least": 5, "most": 9}} if name == "few" else {}
            other.describe(tmp_path, name=name, **changes).rename(tmp_path / f"{name}.yaml")
        site.describe(tmp_path)
        shut.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /", kind="text/plain")
        read, errors = update(tmp_path, "few", "shut", "example", code=1)
    assert read == ["new a"]
    assert "failed few: 1 pages were found, 5 to 9 are expected" in errors
    assert "failed shut: " in errors and "failed example" not in errors


@pytest.mark.parametrize("lost", [False, True], ids=["the index is there", "the index is lost"])
def test_page_that_the_sitemap_has_dropped(site: ReleaseSite, tmp_path: Path, lost: bool) -> None:
    """It is asked for, and its answer decides; since when it is gone can be read from the archive alone."""
    publish(site, {"a": release(0), "b": release(2), "c": release(3)})
    update(tmp_path)
    publish(site, {"a": release(0), "b": GONE, "c": release(3)}, listed=["a"])
    assert update(tmp_path, code=1)[0] == ["withdrawn b"]
    since = select(tmp_path, "SELECT ?when { ?s mg:withdrawn ?when }")
    if lost:
        (tmp_path / "fetched" / "example" / "index.sqlite").unlink()
    assert update(tmp_path, code=1)[0] == []
    assert select(tmp_path, "SELECT ?when { ?s mg:withdrawn ?when }") == since != []
    assert quads(tmp_path) == built_at_once(tmp_path)


def test_only_the_text_makes_a_version(site: ReleaseSite, tmp_path: Path) -> None:
    """Another footer is none; a text that comes back is the latest, and still was an earlier one."""
    texts = [release(0), release(0).replace(b"All rights", b"No rights"), CORRECTED, release(0)]
    for text in texts:
        publish(site, {"a": text})
        update(tmp_path)
    versions = "SELECT ?title { ?latest prov:wasRevisionOf ?version . ?version dcterms:title ?title ; mg:retrieved ?when } ORDER BY ?when"
    assert [title for (title,) in select(tmp_path, versions)] == [
        "Japan funds border training 0",
        "Canada funds border training 0",
    ]
    assert {row["subjectName"] for row in answer(tmp_path, "dropped-claims")} == {"Government of Canada"}
    assert quads(tmp_path) == built_at_once(tmp_path)
    report = remove([str(tmp_path / "fetched")], tmp_path / "store")
    assert (report.removed, report.documents, quads(tmp_path)) == (1, 0, [])


def test_earlier_versions_are_seen_by_who_asks_for_them(site: ReleaseSite, tmp_path: Path) -> None:
    """The named questions give what they give of a store that never held the earlier version."""
    publish(site, {"a": CORRECTED, "b": release(2)})
    update(tmp_path)
    (tmp_path / "store").rename(tmp_path / "never")
    for text in (release(0, "fr"), CORRECTED):
        publish(site, {"a": text, "b": release(2)})
        update(tmp_path)
    given = {"country": "JPN", "donor": "government:JPN", "organisation": "org:iom", "subject": "government:JPN"}
    given |= {"text": "Japan", "theme": "iom:drr", "thing": "government:JPN", "year": "2013"}
    with (
        closing(open_store(tmp_path / "store", read_only=True)) as now,
        closing(open_store(tmp_path / "never", read_only=True)) as never,
    ):
        for name, query in load_catalogue().items():
            if name not in ("about", "dropped-claims", "names-of"):  # names that were given stay names
                asked = {p.name: given[p.name] for p in query.parameters if p.required}
                assert ask(now, name, asked) == ask(never, name, asked), name
        assert validate_store(now).found == ()


def test_killed_and_started_again(site: ReleaseSite, tmp_path: Path) -> None:
    """At moments spread over a run, in the fetching and in the writing: in the end the store is the undisturbed one."""
    publish(site, {f"p{i}": release(i, ("en", "fr", "es")[i % 3]) for i in range(12)})
    update(tmp_path)
    pages = {f"p{i}": Reply(release(i + 20, ("en", "fr", "es")[i % 3])) for i in range(12)}
    publish(site, pages | {"p0": GONE, "new": release(40)}, listed=[*pages, "new"])
    moments = (MOMENT * share for share in (0.5, 0.8, 0.9, 1.0, 1.1, 1.2))
    for moment in moments:
        process = start(tmp_path)
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    # The run that asks for the page that is gone says so with its exit code; it may be one of those before.
    assert run(tmp_path, "update", "example", "--contact", "me@example.org", "--store", "store")[0] in (0, 1)
    assert quads(tmp_path) == built_at_once(tmp_path)
    kinds = select(
        tmp_path,
        "SELECT (COUNT(DISTINCT ?s) AS ?n) (COUNT(DISTINCT ?v) AS ?m) { { ?s a mg:Source } UNION { ?v a mg:FormerVersion } }",
    )
    assert kinds == [("13", "11")]
