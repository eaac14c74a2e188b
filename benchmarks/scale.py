"""Rate, memory and disk of `migkg build` over very many generated releases, in each tenth of the run.

The releases are those of `releases.py`: three languages, and ever more different names. Rates are documents for each
second of CPU time of all processes together: the machine may be shared. `--folder` keeps releases and store, so that a
run that was stopped goes on; its table then holds the part of this run. `--compare` also builds with the other engines
and says whether the Turtle is the same.
"""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import psutil
import releases
import report

MIB = 1024 * 1024
MIGKG = [sys.executable, "-m", "migkg"]
ENGINES = {
    "one process": ["--workers", "1"],
    "local": ["--workers", "2"],
    "dask": ["--engine", "dask", "--workers", "2"],
}
# What is counted while it grows, in the order of the run.
PHASES = {
    "read": ("manifest.sqlite", "SELECT count(*) FROM documents WHERE pending = 0 AND location NOT LIKE '%#publisher'"),
    "write": ("references.sqlite", "SELECT count(*) FROM sources WHERE written = 1"),
}


class Sample(NamedTuple):
    """The state of a run at one moment: MiB of the writing process and of all, CPU and wall seconds, documents."""

    writer: float
    everyone: float
    cpu: float
    wall: float
    read: int
    write: int


def watch(command: Sequence[str], store: Path, interval: float) -> Iterator[Sample]:
    """Run a command and look at it at each interval."""
    start = time.monotonic()
    ended = 0.0
    before: dict[int, float] = {}
    process = psutil.Popen(command, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        family = {}
        for member in [process, *process.children(recursive=True)]:
            try:
                with member.oneshot():
                    times = member.cpu_times()
                    family[member.pid] = (member.memory_info().rss / MIB, times.user + times.system)
            except psutil.Error:
                continue
        ended += sum(cpu for pid, cpu in before.items() if pid not in family)
        before = {pid: cpu for pid, (_, cpu) in family.items()}
        memory = {pid: rss for pid, (rss, _) in family.items()}
        counts = [count(store / file, query) for file, query in PHASES.values()]
        cpu = ended + sum(before.values())
        yield Sample(memory.get(process.pid, 0), sum(memory.values()), cpu, time.monotonic() - start, *counts)
        time.sleep(interval)
    if process.returncode != 0:
        raise SystemExit(f"exit code {process.returncode}: {' '.join(command)}")


def count(path: Path, query: str) -> int:
    """What a query counts in a database that another process writes; 0 while it is not there."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as database:
            return int(database.execute(query).fetchone()[0])
    except sqlite3.Error:
        return 0


def tenths(samples: Sequence[Sample], phase: str, documents: int) -> list[float]:
    """Documents for each CPU second in each tenth of the documents of this run."""
    counts = [getattr(sample, phase) for sample in samples]
    first = counts[0]
    marks = [first + (documents - first) * i / 10 for i in range(11)]
    rates = []
    for low, high in pairwise(marks):
        begin = max((i for i, n in enumerate(counts) if n <= low), default=0)
        end = next((i for i, n in enumerate(counts) if n >= high), len(counts) - 1)
        seconds = samples[end].cpu - samples[begin].cpu
        rates.append((counts[end] - counts[begin]) / seconds if seconds else 0.0)
    return rates


def digest(store: Path) -> str:
    """SHA-256 of the Turtle of a store."""
    command = [*MIGKG, "export", "--store", str(store), "--format", "turtle"]
    hashed = hashlib.sha256()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while piece := process.stdout.read(MIB):
            hashed.update(piece)
    return hashed.hexdigest()


def measure(
    folder: Path, documents: int, engine: str, interval: float
) -> tuple[list[dict[str, object]], dict[str, object]]:
    """One row for each tenth, and the facts of the whole run."""
    words = releases.write_releases(folder / "releases", documents)
    store = folder / "store"
    command = [*MIGKG, "build", str(folder / "releases"), "--store", str(store), *ENGINES[engine]]
    samples = list(watch(command, store, interval))
    done = samples[0].read
    read, write = (tenths(samples, phase, documents) for phase in PHASES)
    all_read = next((s for s in samples if s.read >= documents), samples[-1])
    first_written = next((s for s in samples if s.write > 0 and s.wall >= all_read.wall), samples[-1])
    all_written = next((s for s in samples if s.write >= documents), samples[-1])
    size = max(1, len(samples) // 10)
    rows: list[dict[str, object]] = []
    for i in range(10):
        part = samples[i * size : (i + 1) * size] or samples[-1:]
        row: dict[str, object] = {"tenth": f"{10 * i}-{10 * (i + 1)} %", "read a CPU s": read[i]}
        row |= {"written a CPU s": write[i], "writer MiB": max(s.writer for s in part)}
        rows.append(row | {"all processes MiB": max(s.everyone for s in part)})
    files = {
        path.name: sum(f.stat().st_size for f in path.rglob("*")) if path.is_dir() else path.stat().st_size
        for path in store.iterdir()
    }
    facts: dict[str, object] = {
        "engine": engine,
        "documents": documents,
        "found from an earlier run": done,
        "words a document": words / documents,
        "CPU seconds": samples[-1].cpu,
        "wall seconds": samples[-1].wall,
        "CPU seconds reading": all_read.cpu,
        "CPU seconds linking": first_written.cpu - all_read.cpu,
        "CPU seconds writing": all_written.cpu - first_written.cpu,
        "CPU seconds after that": samples[-1].cpu - all_written.cpu,
        "last tenth to first, reading %": 100 * read[-1] / read[0] if read[0] else 0.0,
        "last tenth to first, writing %": 100 * write[-1] / write[0] if write[0] else 0.0,
        "peak MiB of the writer": max(s.writer for s in samples),
        "peak MiB of all processes": max(s.everyone for s in samples),
        "KB on disk a document": sum(files.values()) / 1000 / documents,
    }
    facts |= {
        f"KB of {name} a document": size / 1000 / documents for name, size in sorted(files.items()) if size > documents
    }
    return rows, facts


def compare(folder: Path, documents: int) -> dict[str, object]:
    """Whether all engines give the same Turtle."""
    digests = {"the measured one": digest(folder / "store")}
    for name, options in ENGINES.items():
        store = folder / f"store-{name.replace(' ', '-')}"
        command = [*MIGKG, "build", str(folder / "releases"), "--store", str(store), *options]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        digests[name] = digest(store)
        shutil.rmtree(store)
    return {"documents compared": documents, "same Turtle": len(set(digests.values())) == 1}


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--engine", choices=tuple(ENGINES), default="local")
    parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks")
    parser.add_argument("--folder", type=Path, help="keep releases and store here")
    parser.add_argument("--compare", action="store_true", help="also build with the other engines")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = chosen.folder or Path(name)
        rows, facts = measure(folder, chosen.documents, chosen.engine, chosen.interval)
        if chosen.compare:
            facts |= compare(folder, chosen.documents)
    report.show(f"migkg build, {chosen.documents:,} generated releases", rows, chosen.json, **facts)


if __name__ == "__main__":
    main()
