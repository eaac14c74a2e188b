"""`kill -9` of a worker, of the run and of the scheduler at random moments, and whether the result is that without.

The documents are generated (`releases.py`), the partitions small, so that a kill has many places to fall between. Runs
on one store are killed several times, then one comes to its end; its Turtle and its list of sources must be those of an
undisturbed run. Workers are killed while the run goes on. Moments come from a seed; where they fall depends on the
machine.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import releases
import report
from scale import digest

# Partitions of three documents and five graphs a transaction.
RUN = """
from migkg.build import identity, pipeline
pipeline.PARTITION, identity._BATCH_GRAPHS = 3, 5
from migkg.cli import main
main()
"""
LOCAL, DASK, ALONE = ["--workers", "2"], ["--engine", "dask", "--workers", "2"], ["--workers", "1"]
LOOPBACK = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
A_STORE = 5  # kills before the result is looked at


@dataclass
class Trial:
    """One kind of process that is killed, and what came of it."""

    name: str
    kills: int = 0
    results: int = 0
    same: int = 0

    def row(self) -> dict[str, object]:
        return {"killed": self.name, "kills": self.kills, "results": self.results, "the same": self.same}


class Bench:
    """Documents, and what an undisturbed run makes of them."""

    def __init__(self, folder: Path, documents: int, seed: int) -> None:
        self.folder = folder
        self.documents = documents
        self.moments = random.Random(seed)
        releases.write_releases(folder / "releases", documents)
        self.finish(folder / "whole", ALONE)
        self.expected = digest(folder / "whole")
        self.stores = 0

    def start(self, store: Path, options: list[str]) -> "subprocess.Popen[bytes]":
        """Start a run."""
        command = [sys.executable, "-c", RUN, "build", str(self.folder / "releases"), "--store", str(store), *options]
        return subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def finish(self, store: Path, options: list[str]) -> float:
        """A run that comes to its end; its seconds."""
        begin = time.monotonic()
        if code := self.start(store, options).wait():
            raise SystemExit(f"a run that nobody disturbed ended with exit code {code}")
        return time.monotonic() - begin

    def new_store(self) -> Path:
        """A store that is not there yet."""
        self.stores += 1
        return self.folder / f"store-{self.stores}"

    def check(self, store: Path, trial: Trial) -> None:
        """Compare a finished store with that of the undisturbed run."""
        with closing(sqlite3.connect(store / "manifest.sqlite")) as manifest:
            query = "SELECT count(*) FROM documents WHERE pending = 0 AND location NOT LIKE '%#publisher'"
            (sources,) = manifest.execute(query).fetchone()
        trial.results += 1
        trial.same += sources == self.documents and digest(store) == self.expected


def kill(process: int) -> bool:
    """Kill a process at once; whether it was there."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
        return True
    return False


def workers_of(process: int) -> list[int]:
    """The worker processes of a run."""
    with suppress(psutil.Error):
        return [
            c.pid for c in psutil.Process(process).children(recursive=True) if "spawn_main" in " ".join(c.cmdline())
        ]
    return []


def kill_workers(bench: Bench, trial: Trial, options: list[str], wanted: int) -> None:
    """Runs go on while their workers are killed."""
    length = bench.finish(bench.new_store(), options)
    while trial.kills < wanted:
        store = bench.new_store()
        running = bench.start(store, options)
        killed = 0
        while running.poll() is None and killed < A_STORE:
            time.sleep(bench.moments.uniform(0.05, 0.4) * length)
            alive = workers_of(running.pid)
            killed += bool(alive) and kill(bench.moments.choice(alive))
        if running.wait() == 0:
            bench.check(store, trial)
        else:
            trial.results += 1
        trial.kills += killed


def kill_runs(bench: Bench, trial: Trial, options: list[str], wanted: int) -> None:
    """Runs are killed, started again, and killed again, until one is left to end."""
    length = bench.finish(bench.new_store(), options)
    while trial.kills < wanted:
        store = bench.new_store()
        for _ in range(A_STORE):
            running = bench.start(store, options)
            time.sleep(bench.moments.uniform(0.1, 0.95) * length)
            trial.kills += running.poll() is None and kill(running.pid)
            running.wait()
        bench.finish(store, options)
        bench.check(store, trial)


def kill_schedulers(bench: Bench, trial: Trial, wanted: int) -> None:
    """Schedulers are killed below runs, which then end by themselves, until one is left to end."""
    with cluster(bench.folder) as (_, address):
        length = bench.finish(bench.new_store(), ["--engine", f"dask:{address}"])
    while trial.kills < wanted:
        store = bench.new_store()
        for _ in range(A_STORE):
            with cluster(bench.folder) as (scheduler, address):
                running = bench.start(store, ["--engine", f"dask:{address}"])
                time.sleep(bench.moments.uniform(0.1, 0.95) * length)
                trial.kills += running.poll() is None and kill(scheduler)
                if running.wait() not in {0, 1}:
                    raise SystemExit(f"without its scheduler a run ended with exit code {running.returncode}")
        bench.finish(store, ALONE)
        bench.check(store, trial)


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[int, str]]:
    """A scheduler with two workers on loopback: its process, and its address."""
    note = folder / "scheduler.json"
    note.unlink(missing_ok=True)
    names = {"scheduler": ["--port", "0"], "worker": ["--nthreads", "1", "--nworkers", "2"]}
    names["worker"] += ["--local-directory", str(folder / "spill")]
    started = []
    for name, options in names.items():
        command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *LOOPBACK, "--scheduler-file", str(note)]
        started.append(subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL))
    while not note.exists():
        time.sleep(0.1)
    try:
        yield started[0].pid, json.loads(note.read_text(encoding="utf-8"))["address"]
    finally:
        for process in started:
            with suppress(psutil.Error):
                for child in psutil.Process(process.pid).children(recursive=True):
                    child.kill()
            process.kill()
            process.wait()


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=45)
    parser.add_argument("--kills", type=int, default=20, help="of each kind of process")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--only", metavar="KIND", help="a worker, the run, the scheduler, a worker of Dask")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), chosen.documents, chosen.seed)
        kinds: dict[str, Callable[[Trial], None]] = {
            "a worker": lambda t: kill_workers(bench, t, LOCAL, chosen.kills),
            "the run": lambda t: kill_runs(bench, t, LOCAL, chosen.kills),
            "the scheduler": lambda t: kill_schedulers(bench, t, chosen.kills),
            "a worker of Dask": lambda t: kill_workers(bench, t, DASK, chosen.kills),
        }
        rows = []
        for kind, run in kinds.items():
            if chosen.only not in {None, kind}:
                continue
            trial = Trial(kind)
            run(trial)
            rows.append(trial.row())
            print(rows[-1], file=sys.stderr, flush=True)
    report.show("kill -9 at random moments", rows, chosen.json, documents=chosen.documents, seed=chosen.seed)
    if any(row["results"] != row["the same"] for row in rows):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
