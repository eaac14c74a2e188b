"""Engines: the same graph from every one of them, whatever dies in between, and nothing that listens elsewhere."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psutil
import pytest

from migkg import linking
from migkg.build import build, identity, pipeline
from migkg.build.engine import Engine, Run
from migkg.build.processes import Processes
from migkg.rdf.turtle import write_turtle
from migkg.store import open_store
from support.gold import ROOT
from support.stages import Deadly, die_of

DOCUMENTS = sorted((ROOT / "tests" / "gold").glob("*.txt"))[:24] + sorted((ROOT / "tests" / "gold").glob("*.html"))[:6]
SOURCES = [str(path) for path in DOCUMENTS]
COMMAND = [sys.executable, "-m", "migkg"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def turtle(store: Path) -> str:
    with closing(open_store(store, read_only=True)) as opened:
        return "".join(write_turtle(opened.dump()))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one process makes of the documents, all in one partition."""
    store = tmp_path_factory.mktemp("expected") / "store"
    assert build(SOURCES, store).added == len(SOURCES) == 30
    return turtle(store)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks so small that thirty documents make many, of reading and of deciding what is one thing."""
    monkeypatch.setattr(pipeline, "PARTITION", 4)
    monkeypatch.setattr(linking, "_PART", 40)
    monkeypatch.setattr(identity, "_FEW", 1)


# --- Tasks: order, and what dies ---


@pytest.mark.parametrize(
    ("tasks", "results"),
    [
        ([], []),
        ([[1, 2], [3], [4]], [[1, 4], [9], [16]]),
        # The second task ends two processes, is taken apart, and only its third number is given up.
        ([[1], [2, 3, -1, 4], [5]], [[1], [4], [9], ["given up", -1], [16], [25]]),
        ([[-1], [-2]], [["given up", -1], ["given up", -2]]),
    ],
    ids=["none", "order", "one of many", "all"],
)
def test_results_come_in_order_whatever_dies(tasks: list[list[int]], results: list[object]) -> None:
    with closing(Processes(2)) as engine:
        run = Run(engine, die_of, singly=lambda t: [[n] for n in t], give_up=lambda t: ["given up", *t])
        assert list(run.results(tasks)) == results


def test_no_more_tasks_are_taken_than_can_soon_be_done() -> None:
    taken = []

    def tasks() -> Iterator[list[int]]:
        for number in range(40):
            taken.append(number)
            yield [number]

    with closing(Processes(2)) as engine:
        run = Run(engine, die_of, singly=lambda t: [t], give_up=lambda t: t)
        for done, _ in enumerate(run.results(tasks())):
            assert len(taken) - done <= 2 * engine.slots
    assert len(taken) == 40


# --- Builds ---


def test_processes_give_the_same_turtle(expected: str, small: None, tmp_path: Path) -> None:
    """A worker is killed from outside after the first partition: that costs time and nothing else."""
    killed = []

    def kill(source: str) -> None:
        if not killed:
            killed.append(engine._workers[0].process.pid)
            os.kill(killed[0], signal.SIGKILL)

    with closing(Processes(2)) as engine:
        report = build(SOURCES, tmp_path / "store", progress=kill, engine=engine)
        assert build(SOURCES, tmp_path / "store", engine=engine).unchanged == 30
    assert killed
    assert (report.added, report.skipped) == (30, [])
    assert turtle(tmp_path / "store") == expected


def test_a_document_that_ends_processes_is_skipped_and_said(small: None, tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    folder.mkdir()
    for path in DOCUMENTS[:6]:
        (folder / path.name).write_bytes(path.read_bytes())
    build([str(folder)], tmp_path / "without")
    (folder / "b-deadly.txt").write_text("The Zugunglück office of IOM in Ghana opened today.\n", encoding="utf-8")
    with closing(Processes(2)) as engine:
        report = build([str(folder)], tmp_path / "store", engine=engine, extractor=Deadly("Zugunglück"))
    assert [(Path(skip.source).name, skip.reason) for skip in report.skipped] == [
        ("b-deadly.txt", "reading it ended a worker process twice")
    ]
    assert report.added == 6
    assert turtle(tmp_path / "store") == turtle(tmp_path / "without")


def test_the_run_itself_is_killed(expected: str, tmp_path: Path) -> None:
    store = tmp_path / "store"
    command = [*COMMAND, "build", *SOURCES, "--store", str(store), "--workers", "2"]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as process:
        while not (workers := psutil.Process(process.pid).children(recursive=True)):
            time.sleep(0.05)
        time.sleep(2)
        process.kill()
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert alive == []
    subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True)
    assert turtle(store) == expected


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--engine", "spark"], "unknown engine 'spark'; choose local, dask or dask:ADDRESS (dask:tcp://host:8786)"),
        (["--engine", "local:x"], "unknown engine 'local:x'; choose local, dask or dask:ADDRESS"),
        (["--engine", "dask:"], "unknown engine 'dask:'"),
        (["--engine", "dask:tcp://h:1", "--workers", "2"], "--workers goes with processes of this machine"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_engines_that_are_not_there(options: list[str], message: str, tmp_path: Path) -> None:
    command = [*COMMAND, "build", SOURCES[0], "--store", str(tmp_path / "store"), *options]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(f"migkg: {message}")
    assert done.stderr.count("\n") == 1


def test_a_scheduler_that_does_not_answer(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="needs Dask: pip install 'migkg[cluster]'")
    command = [*COMMAND, "build", SOURCES[0], "--store", str(tmp_path / "store"), "--engine", "dask:127.0.0.1:1"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("migkg: the scheduler 127.0.0.1:1 does not answer")
    assert done.stderr.count("\n") == 1


# --- Dask ---


@pytest.fixture(scope="module")
def cluster() -> Iterator[Engine]:
    pytest.importorskip("distributed", reason="needs Dask: pip install 'migkg[cluster]'")
    from migkg.build.cluster import Cluster

    with closing(Cluster(workers=2)) as engine:
        yield engine


def test_dask_gives_the_same_turtle(cluster: Engine, expected: str, small: None, tmp_path: Path) -> None:
    """One of its workers is killed after the first partition."""
    killed = []

    def kill(source: str) -> None:
        if not killed:
            nanny = next(iter(cluster._local.workers.values()))  # type: ignore[attr-defined]
            killed.append(nanny.process.pid)
            os.kill(killed[0], signal.SIGKILL)

    report = build(SOURCES, tmp_path / "store", progress=kill, engine=cluster)
    assert killed
    assert (report.added, report.skipped) == (30, [])
    assert turtle(tmp_path / "store") == expected


def test_dask_listens_on_loopback_only(cluster: Engine) -> None:
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    ports = [c.laddr for process in family for c in process.net_connections("all") if c.status == psutil.CONN_LISTEN]
    assert len([address for address in ports if address]) >= 4, "the scheduler, its page and two workers"
    assert {address.ip for address in ports if address} == {"127.0.0.1"}


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """A scheduler and a worker as an administrator starts them, and the address."""
    pytest.importorskip("distributed", reason="needs Dask: pip install 'migkg[cluster]'")
    note = tmp_path / "scheduler.json"
    own = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(note)]
    parts = {"scheduler": ["--port", "0"], "worker": ["--nthreads", "1", "--local-directory", str(tmp_path / "spill")]}
    started = []
    for name, options in parts.items():
        command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *own, *options]
        started.append(subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL))
    while not note.exists():
        time.sleep(0.05)
    yield started[0], json.loads(note.read_text())["address"]
    for process in started:
        for each in [*psutil.Process(process.pid).children(recursive=True), process]:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        process.wait()


def test_a_scheduler_that_is_killed(
    scheduler: tuple["subprocess.Popen[bytes]", str], expected: str, tmp_path: Path
) -> None:
    process, address = scheduler
    command = [*COMMAND, "build", *SOURCES, "--store", str(tmp_path / "store")]
    run = [*command, "--engine", f"dask:{address}"]
    with subprocess.Popen(run, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True) as running:
        while not (tmp_path / "store" / "manifest.sqlite").exists():
            time.sleep(0.05)
        process.kill()
        _, errors = running.communicate()
    assert running.returncode == 1
    assert (
        errors
        == f"migkg: the scheduler {address} is lost; run the same command again: what is complete is not read again\n"
    )
    subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True)
    assert turtle(tmp_path / "store") == expected
