"""What only shows with real processes: kill -9, two at one store, a full disk, exit codes and plain messages."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from migkg.lines import split_line
from migkg.rdf.namespaces import ENTITIES_GRAPH
from migkg.store import open_store
from support.endpoint import serve_folder
from support.gold import ROOT

SAMPLES, GOLD = str(ROOT / "data" / "samples"), str(ROOT / "tests" / "gold")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
# Loads all data once, then forks for each store that it is told to fill: says the process and how it ended.
# Small batches, so that a kill has many places to fall between.
BUILDER = f"""
import os, sys
from migkg.build import build, identity, pipeline, reading
from migkg.sources import list_sources, parse_document, read_source
pipeline.PARTITION, identity._BATCH_GRAPHS = 1, 1
reading.resolve_extraction(reading.extract_document(parse_document(read_source(next(list_sources([{SAMPLES!r}]))))))
for line in sys.stdin:
    process = os.fork()
    if process == 0:
        build([{SAMPLES!r}], line.strip())
        os._exit(0)
    print(process, flush=True)
    print(os.waitpid(process, 0)[1], flush=True)
"""


def migkg(*arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "migkg", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, timeout=300, **options)  # type: ignore[call-overload,no-any-return]


def by_graph(store: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with closing(open_store(store, read_only=True)) as opened:
        for line in opened.dump():
            found[split_line(line).graph].append(line)
    return found


class Builder:
    """A process that fills stores in processes of its own, which can be killed."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", BUILDER]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
        )

    def build(self, store: Path, kill_after: float | None = None) -> bool:
        """Fill a store, or kill the process after some seconds; whether it came to its end."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{store}\n")
        self.process.stdin.flush()
        process = int(self.process.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it has already come to its end
                os.kill(process, signal.SIGKILL)
        status = int(self.process.stdout.readline())
        assert status in {0, signal.SIGKILL}
        return status == 0


@pytest.fixture
def builder() -> Iterator[Builder]:
    builder = Builder()
    yield builder
    builder.process.kill()
    builder.process.communicate()


def test_kill_at_any_moment(builder: Builder, tmp_path: Path) -> None:
    whole, store = tmp_path / "whole", tmp_path / "store"
    builder.build(tmp_path / "warm")
    began = time.monotonic()
    assert builder.build(whole)
    length = time.monotonic() - began
    expected = by_graph(whole)
    moments = random.Random(20130318)
    kills = middle = 0
    while kills < 8:
        if builder.build(store, kill_after=moments.uniform(0.02, 0.5) * length):
            assert by_graph(store) == expected
            shutil.rmtree(store)  # it had come to its end: begin anew
            continue
        kills += 1
        if (store / "oxigraph" / "CURRENT").exists():
            found = {graph: lines for graph, lines in by_graph(store).items() if graph != f"<{ENTITIES_GRAPH}>"}
            assert found == {graph: expected[graph] for graph in found}
            middle += 0 < len(found) < len(expected) - 1
    assert middle, "no kill fell into the middle of a build"
    assert builder.build(store)
    assert by_graph(store) == expected


# Ends the process at the n-th of the steps by which a database is written anew.
REWRITE = """
import os, sys
from pathlib import Path
from migkg.store import open_store
from migkg.store.oxigraph import OxigraphStore
left = int(sys.argv[2])
def ending(whole):
    def step(*values):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return whole(*values)
    return step
store = open_store(sys.argv[1])
Path.rename, Path.mkdir = ending(Path.rename), ending(Path.mkdir)
OxigraphStore.copy_to, OxigraphStore.close = ending(OxigraphStore.copy_to), ending(OxigraphStore.close)
store.rewrite()
"""


@pytest.mark.parametrize("steps", range(6))
def test_a_rewriting_that_is_cut_short_loses_nothing(steps: int, tmp_path: Path) -> None:
    store = tmp_path / "store"
    migkg("build", f"{SAMPLES}/kish-border-workshop.en.txt", "--store", str(store))
    before = by_graph(store)
    done = subprocess.run([sys.executable, "-c", REWRITE, str(store), str(steps)], env=ENVIRONMENT, check=False)
    assert done.returncode == 9
    assert by_graph(store) == before
    assert migkg("build", f"{SAMPLES}/kish-border-workshop.en.txt", "--store", str(store)).returncode == 0
    assert by_graph(store) == before
    assert sorted(path.name for path in store.iterdir()) == ["lock", "manifest.sqlite", "oxigraph", "references.sqlite"]


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Path]:
    """A store that another process has open for writing."""
    store = tmp_path / "store"
    assert migkg("build", f"{SAMPLES}/kish-border-workshop.en.txt", "--store", str(store)).returncode == 0
    program = (
        "import sys; from migkg.store import open_store; s = open_store(sys.argv[1]); print(1, flush=True); input()"
    )
    command = [sys.executable, "-c", program, str(store)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        yield store
        process.kill()


@pytest.mark.parametrize(
    "command", [["build", SAMPLES], ["remove", SAMPLES], ["info"], ["export"], ["query", "ask.rq"]], ids=lambda c: c[0]
)
def test_a_store_that_another_process_holds(held: Path, command: list[str], tmp_path: Path) -> None:
    (tmp_path / "ask.rq").write_text("ASK { ?s ?p ?o }")
    done = migkg(*command, "--store", str(held), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == f"migkg: the store {held} is held by another process; try again when it has ended\n"


def test_readers_do_not_shut_each_other_out(tmp_path: Path) -> None:
    store = tmp_path / "store"
    migkg("build", f"{SAMPLES}/kish-border-workshop.en.txt", "--store", str(store))
    with closing(open_store(store, read_only=True)):
        assert migkg("info", "--store", str(store)).returncode == 0
        assert migkg("build", SAMPLES, "--store", str(store)).returncode == 1


@pytest.mark.parametrize("command", [["remove", "x"], ["info"], ["export"]], ids=lambda c: c[0])
@pytest.mark.parametrize("kind", ["missing", "empty folder", "other folder", "file"])
def test_a_reading_command_without_a_store_is_wrong_use(command: list[str], kind: str, tmp_path: Path) -> None:
    store = tmp_path / "store"
    if kind == "file":
        store.write_text("text")
    elif kind != "missing":
        store.mkdir()
        if kind == "other folder":
            (store / "letter.txt").write_text("text")
    done = migkg(*command, "--store", str(store))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("migkg: ")
    assert done.stderr.count("\n") == 1
    assert str(store) in done.stderr
    assert kind == "file" or sorted(store.glob("**/*")) == ([store / "letter.txt"] if kind == "other folder" else [])


@pytest.mark.parametrize("kind", ["other folder", "file", "below a file"])
def test_building_into_something_else_is_wrong_use(kind: str, tmp_path: Path) -> None:
    store = tmp_path / "store"
    if kind == "other folder":
        store.mkdir()
        (store / "letter.txt").write_text("text")
    else:
        store.write_text("text")
    target = store / "deeper" if kind == "below a file" else store
    done = migkg("build", SAMPLES, "--store", str(target))
    assert done.returncode == 2
    assert done.stderr.startswith("migkg: ")
    assert done.stderr.count("\n") == 1
    assert kind != "other folder" or [path.name for path in store.iterdir()] == ["letter.txt"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root and the right to mount")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_while_building(small_disk: Path) -> None:
    done = migkg("build", SAMPLES, GOLD, "--store", str(small_disk / "store"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("migkg: ")


def test_a_full_disk_while_exporting_keeps_the_old_file(small_disk: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    migkg("build", SAMPLES, GOLD, "--store", str(store))
    target = small_disk / "graph.nq"
    target.write_text("old")
    done = migkg("export", "--store", str(store), "-o", str(target))
    assert done.returncode == 1
    assert done.stderr.startswith(f"migkg: cannot write {target}: ")
    assert done.stderr.count("\n") == 1
    assert [path.name for path in small_disk.iterdir()] == ["graph.nq"]
    assert target.read_text() == "old"


def test_the_seed_of_hashes_leaves_no_trace(tmp_path: Path) -> None:
    """Sets have another order in each process; nothing in the graph may follow it."""
    exported = []
    for seed in ("1", "2", "77"):
        environment = {**ENVIRONMENT, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "migkg", "build", SAMPLES, GOLD, "--store", str(tmp_path / seed)]
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=300)
        exported.append(migkg("export", "--store", str(tmp_path / seed), "--format", "turtle").stdout)
    assert exported[0] == exported[1] == exported[2] != ""


def test_exit_codes_and_where_things_go(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    done = migkg("build", f"{SAMPLES}/kish-border-workshop.en.txt", "--store", store)
    assert (done.returncode, done.stdout) == (0, "")
    assert "documents in the store" in done.stderr
    done = migkg("build", "nowhere.txt", SAMPLES, "--store", store)
    assert done.returncode == 1
    assert "skipped nowhere.txt: no such file or folder" in done.stderr
    assert migkg("remove", "nowhere.txt", "--store", store).returncode == 1
    assert migkg("build", "--store", store).returncode == 2
    assert migkg("build", SAMPLES, "--people", "all", "--store", store).returncode == 2
    done = migkg("export", "--store", store, "--endpoint", "http://127.0.0.1:1/")
    assert (done.returncode, done.stderr) == (2, "migkg: give either --store or --endpoint, not both\n")
    done = migkg("export", "--endpoint", "http://user:secret@127.0.0.1:1/query")
    assert done.returncode == 1
    assert done.stderr.startswith("migkg: the endpoint http://127.0.0.1:1/query does not answer")
    assert "secret" not in done.stderr
    assert migkg("export", "--endpoint", "ftp://e.org/").returncode == 2
    done = migkg("export", "--store", store, "--format", "nquads")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 1000
    assert migkg("export", "--store", store, "-o", str(tmp_path / "no" / "folder.ttl")).returncode == 1


def test_standard_input_is_a_source(tmp_path: Path) -> None:
    text = Path(SAMPLES, "kish-border-workshop.en.txt").read_text(encoding="utf-8")
    store = tmp_path / "store"
    for expected in ("new        ", "unchanged  "):
        done = migkg("build", "-", "--store", str(store), input=text)
        assert done.returncode == 0
        assert any(line.startswith(expected) and line.endswith(" 1") for line in done.stderr.splitlines())
    (graph,) = (name.strip("<>") for name in by_graph(store) if name != f"<{ENTITIES_GRAPH}>")
    assert migkg("remove", graph, "--store", str(store)).returncode == 0
    assert by_graph(store) == {}


@pytest.mark.parametrize("kind", ["turtle", "nquads", "trig", "jsonld", "graphml", "gexf", "csv"])
def test_a_server_on_the_folder_gives_the_same_export(served: tuple[Path, str], kind: str) -> None:
    store, endpoint = served
    local = migkg("export", "--store", str(store), "--format", kind)
    remote = migkg("export", "--endpoint", endpoint, "--format", kind)
    assert (local.returncode, remote.returncode) == (0, 0)
    assert local.stdout == remote.stdout != ""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A store, and a read-only server on a copy of its database."""
    store = tmp_path_factory.mktemp("served") / "store"
    migkg("build", SAMPLES, "--store", str(store))
    copy = store.with_name("copy")
    shutil.copytree(store / "oxigraph", copy)
    with serve_folder(copy) as endpoint:
        yield store, endpoint


def test_the_store_comes_from_the_environment(tmp_path: Path) -> None:
    migkg("build", f"{SAMPLES}/kish-border-workshop.en.txt", "--store", str(tmp_path / "a"))
    done = subprocess.run(
        [sys.executable, "-m", "migkg", "info"],
        capture_output=True,
        text=True,
        env={**ENVIRONMENT, "MIGKG_STORE": str(tmp_path / "a")},
        check=True,
    )
    assert "documents" in done.stdout


def test_a_source_name_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    name = tmp_path / "bad\x1b[31m\nname.txt"
    name.write_bytes(b"")
    done = migkg("build", str(name), "--store", str(tmp_path / "store"))
    assert done.returncode == 1
    assert "\x1b" not in done.stderr
    assert sum(line.startswith("skipped ") and "name.txt" in line for line in done.stderr.splitlines()) == 1
