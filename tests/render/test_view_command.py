"""``migkg view`` as a user runs it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from migkg.rdf.mapping import graph_iri, to_nquads
from migkg.resolve import resolve_extraction
from migkg.store import open_store
from support.endpoint import serve
from support.gold import FOLDERS, read_gold
from support.packed import unpack

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the sample releases as they were annotated."""
    folder = tmp_path_factory.mktemp("view") / "store"
    filled = open_store(folder)
    for path in sorted(FOLDERS[0].glob("*.json")):
        extraction = resolve_extraction(read_gold(path))
        filled.replace_graph(graph_iri(extraction.document), to_nquads(extraction))
    filled.close()
    return folder


def migkg(*arguments: object, cwd: Path, command: str = "view") -> "subprocess.CompletedProcess[str]":
    words = [sys.executable, "-m", "migkg", command, *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    environment.pop("MIGKG_STORE", None)
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_writes_the_page_and_says_what_is_in_it(store: Path, tmp_path: Path) -> None:
    done = migkg("--store", store, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    match = re.fullmatch(r"network\.html: (\d+) nodes, (\d+) links\n", done.stdout)
    assert match and int(match[1]) > 150 and int(match[2]) > 200
    assert [path.name for path in tmp_path.iterdir()] == ["network.html"]
    page = (tmp_path / "network.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") and page.rstrip().endswith("</html>")
    assert any("UN CERF funds IOM" in quote for quote in unpack(page)["quotes"])


def test_options_reach_the_page(store: Path, tmp_path: Path) -> None:
    wishes = ("--focus", "hanoi", "--depth", 3, "--types", "actor,Event", "--types", "place", "--limit", 10)
    done = migkg("--store", store, *wishes, "--lang", "fr", "--title", "A < B", "-o", "sub.html", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    said = r"sub\.html: 10 nodes, \d+ links \(\d+ weaker nodes left out; --size 0 shows all, 'migkg export .*\)\n"
    assert re.fullmatch(said, done.stdout)
    page = (tmp_path / "sub.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in page
    assert "<title>A &lt; B</title>" in page


@pytest.mark.parametrize(
    ("wishes", "there", "gone"),
    [
        (["--country", "Mauritanie"], ["Government of Mauritania"], ["Government of Paraguay", "Hanoi"]),
        (["--country", "MRT", "--depth", "0"], ["Government of Mauritania"], ["Government of Japan"]),
        (["--focus", "hanoi", "--focus", "European Union"], ["Hanoï", "European Union"], ["Paraguay"]),
        (["--relations", "funds"], ["Government of Japan"], ["Hanoi"]),
        (["--query", "funders-of", "-p", "country=MRT"], ["Government of Mauritania"], ["Hanoi", "Paraguay"]),
        (["--query", "funders-of", "-p", "country=MRT", "--depth", "1"], ["Government of Japan"], ["Paraguay"]),
        (["--until", "1990"], ["Hanoï"], ["Costa Rica", "Mali"]),  # what has no date is in every period
    ],
    ids=lambda value: " ".join(value),
)
def test_a_part_of_the_graph(store: Path, tmp_path: Path, wishes: list[str], there: list[str], gone: list[str]) -> None:
    done = migkg("--store", store, *wishes, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    labels = unpack((tmp_path / "network.html").read_text(encoding="utf-8"), "graph")["nodes"]["label"]
    assert [label for label in there if label not in labels] == []
    assert [label for label in gone if label in labels] == []


def test_a_query_of_ones_own_and_a_file_of_turtle(store: Path, tmp_path: Path) -> None:
    wishes = ("--store", store, "-o", "graph.ttl")
    assert migkg(*wishes, cwd=tmp_path, command="export").returncode == 0
    (tmp_path / "own.rq").write_text("CONSTRUCT { ?s mg:funds ?o } WHERE { ?s mg:funds ?o }", encoding="utf-8")
    done = migkg("--input", "graph.ttl", "--query", "own.rq", "--relations", "funds", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    graph = unpack((tmp_path / "network.html").read_text(encoding="utf-8"), "graph")
    assert graph["edges"]["relations"] == ["funds"]
    assert graph["about"]["part"] == {"query": "own.rq", "relations": ["funds"]}


def test_an_endpoint_gives_the_same_page(store: Path, tmp_path: Path) -> None:
    opened = open_store(store, read_only=True)
    lines = list(opened.dump())
    opened.close()
    migkg("--store", store, "-o", "store.html", cwd=tmp_path)
    with serve(lines, tmp_path) as endpoint:
        done = migkg("--endpoint", endpoint, "-o", "endpoint.html", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "endpoint.html").read_bytes() == (tmp_path / "store.html").read_bytes()


def test_of_a_very_large_network_the_strongest_are_shown(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from migkg.cli import view

    monkeypatch.setattr(view, "MOST_WHOLE", 100)
    monkeypatch.setattr(view, "SHOWN", 40)
    page = tmp_path / "network.html"
    done = CliRunner().invoke(view.view, ["--store", str(store), "-o", str(page)])
    assert re.search(
        r": \d\d nodes, \d+ links \(\d+ weaker nodes left out; .*migkg export -o network.gexf", done.output
    )
    graph = unpack(page.read_text(encoding="utf-8"), "graph")
    assert 20 < len(graph["nodes"]["label"]) <= 40
    assert graph["about"]["left_out"] > 100
    assert graph["about"]["documents"] == len(list(FOLDERS[0].glob("*.json")))  # of all that was read


def test_standard_output(store: Path, tmp_path: Path) -> None:
    done = migkg("--store", store, "-o", "-", cwd=tmp_path)
    assert done.stdout.startswith("<!doctype html>")
    assert re.search(r"\d+ nodes", done.stderr)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--lang", "de"], 2, "migkg: the page does not speak 'de'; it speaks en, es, fr"),
        (["--types", "Town"], 2, "migkg: unknown type 'Town'"),
        (["--focus", "Atlantis"], 2, "migkg: nothing in the graph is called 'Atlantis'"),
        (["--min-confidence", "1"], 2, "migkg: nothing is left to draw"),
        (["--min-confidence", "2"], 2, "2.0 is not in the range 0<=x<=1"),
        (["--depth", "10"], 2, "10 is not in the range"),
        (["--country", "Atlantis"], 2, "country='Atlantis' is no country"),
        (["--country", "NZL"], 2, "migkg: nothing in the graph is of the country NZL"),
        (["--theme", "weather"], 2, "theme='weather' is no theme"),
        (["--relations", "loves"], 2, "migkg: unknown relation 'loves'"),
        (["--from", "2020", "--until", "2010"], 2, "migkg: the period ends before it begins"),
        (["--query", "funder-of"], 2, "did you mean funders-of"),
        (["--query", "themes"], 2, "migkg: the answer to the question names nothing that can be drawn"),
        (["-p", "country=MRT"], 2, "migkg: -p gives a value to a question"),
        (["--input", "none.ttl"], 2, "give one of --store, --endpoint and --input"),
        (["-o", "missing/network.html"], 1, "migkg: cannot write missing/network.html: No such file or directory"),
        (["-o", "."], 2, "'.' is a directory"),
        (["--endpoint", "http://127.0.0.1:9/sparql"], 2, "not both"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_clear_line(
    store: Path, tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    done = migkg("--store", store, *arguments, cwd=tmp_path)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_old_page_stays_when_the_new_one_fails(store: Path, tmp_path: Path) -> None:
    old = tmp_path / "network.html"
    old.write_text("old")
    assert migkg("--store", store, "--focus", "Atlantis", cwd=tmp_path).returncode == 2
    assert old.read_text() == "old"


def test_no_store(tmp_path: Path) -> None:
    done = migkg("--store", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere" in done.stderr and "Traceback" not in done.stderr


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    open_store(tmp_path / "store").close()
    done = migkg("--store", "store", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "migkg: store: holds no links to draw; build it from documents first\n"
