"""`migkg serve` on a million triples: its start, the starred questions over HTTP, and fifty clients at once.

Aim: start under 1.5 s; median of the twelve starred questions under 150 ms and none over 1 s; fifty clients for a
minute without an error, 95 of 100 answers under 2 s, and memory flat. Times are wall times, seen by a client on the
same machine, which has to share its cores with it. The first columns are answers from the engine, the third those from
the memory of the service. The fifty clients ask starred questions about changing countries, organisations and donors,
so that many of their questions have been answered before; then, for a third of the time, with nothing from memory. Each
client comes from an address of its own.
"""

import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psutil
import report

import queries
from migkg.query.catalogue import NamedQuery, load_catalogue
from migkg.query.run import run
from migkg.store import open_store
from migkg.store.base import Rows, Store

ROOT = Path(__file__).resolve().parent.parent
STARTS = 5
# What a parameter may be in the crowd: those things of which the graph says something.
POOLS = {
    "country": "SELECT DISTINCT (STR(?c) AS ?x) { ?p mg:covers/mg:country ?c } ORDER BY ?x LIMIT 60",
    "donor": "SELECT ?x { ?x mg:funds ?o } GROUP BY ?x ORDER BY DESC(COUNT(?o)) ?x LIMIT 60",
    "organisation": "SELECT ?x { ?x mg:organises ?o } GROUP BY ?x ORDER BY DESC(COUNT(?o)) ?x LIMIT 60",
}
# Ties whose sentences are asked for, those that most sources speak of first.
TIES = "SELECT ?s ?o { ?c rdf:subject ?s ; rdf:object ?o } GROUP BY ?s ?o ORDER BY DESC(COUNT(?c)) ?s ?o LIMIT 200"
Pools = dict[str, list[dict[str, str]]]


@dataclass
class Running:
    """A service: its process, its port, and the seconds until it said its address and until it answered."""

    process: psutil.Process
    port: int
    ready: float
    answered: float

    def ask(self, path: str, client: str = "127.0.0.1", fresh: bool = True) -> tuple[int, bytes, float]:
        """Status, body and seconds of a GET request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120, source_address=(client, 0))
        start = time.perf_counter()
        connection.request("GET", path, headers={"Cache-Control": "no-cache"} if fresh else {})
        response = connection.getresponse()
        body = response.read()
        seconds = time.perf_counter() - start
        connection.close()
        return response.status, body, seconds

    def memory(self) -> float:
        """MiB that the service and its workers hold (proportional set size: shared pages count once)."""
        everyone = [self.process, *self.process.children(recursive=True)]
        return sum(process.memory_full_info().pss for process in everyone) / 2**20


@dataclass
class Crowd:
    """What many clients met."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


@contextmanager
def serving(store: Path) -> Iterator[Running]:
    """Start the service; it ends with the block."""
    command = [sys.executable, "-m", "migkg", "serve", "--store", str(store), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().decode().strip()
            ready = time.perf_counter() - start
            running = Running(psutil.Process(process.pid), int(address.rstrip("/").rpartition(":")[2]), ready, 0)
            running.ask("/sparql?query=ASK%20%7B%20%3Fs%20a%20%3Ft%20%7D")
            running.answered = time.perf_counter() - start
            yield running
        finally:
            process.terminate()
            process.wait(20)


def read_pools(store: Path) -> Pools:
    """Values of parameters of which the graph says something, those of which it says most first."""
    opened = open_store(store, read_only=True)
    try:
        pools = {name: [{name: row[0]} for row in _values(opened, sparql)] for name, sparql in POOLS.items()}
        pools["tie"] = [{"subject": subject, "object": value} for subject, value in _values(opened, TIES)]
        return {"most": [queries.choose(opened)]} | pools
    finally:
        opened.close()


def _values(store: Store, sparql: str) -> list[list[str]]:
    answer = run(store, sparql)
    assert isinstance(answer, Rows)
    return [[term.value for term in row if term] for row in answer.rows]


def address(query: NamedQuery, values: Mapping[str, str]) -> str:
    """Where a question is asked with the parameters that it needs."""
    # The sentences of a tie are asked for, not all of those that an organisation of a thousand documents is in.
    optional = {"object"} if query.name == "evidence-of" else set()
    given = {p.name: values[p.name] for p in query.parameters if p.required or p.name in optional}
    return f"/questions/{quote(query.name)}?{urlencode(given)}"


def measure_start(store: Path) -> dict[str, Any]:
    """The start, several times."""
    ready, answered = [], []
    for _ in range(STARTS):
        with serving(store) as running:
            ready.append(running.ready)
            answered.append(running.answered)
    return {
        "start_s": statistics.median(ready),
        "slowest_start_s": max(ready),
        "first_answer_s": statistics.median(answered),
    }


def measure_questions(running: Running, pools: Pools, repeats: int) -> list[dict[str, Any]]:
    """Each starred question: from the engine, and again from memory."""
    rows = []
    for query in starred():
        path = address(query, _join(pool[0] for pool in pools.values()))
        answers = [running.ask(path) for _ in range(repeats)]
        assert {status for status, _, _ in answers} == {200}, answers[0][1][:300]
        times = [seconds * 1000 for _, _, seconds in answers]
        again = statistics.median(running.ask(path, fresh=False)[2] * 1000 for _ in range(repeats))
        size = len(answers[0][1]) / 1024
        row = {"question": query.name, "median ms": statistics.median(times), "slowest ms": max(times)}
        rows.append(row | {"from memory ms": again, "KiB": size})
    return rows


def _join(parts: Iterable[dict[str, str]]) -> dict[str, str]:
    return {name: value for part in parts for name, value in part.items()}


def measure_crowd(running: Running, pools: Pools, clients: int, seconds: float, fresh: bool = False) -> Crowd:
    """Many clients that ask one question after another, for some time; ``fresh``: nothing from memory."""
    crowd, end = Crowd(), time.monotonic() + seconds

    def ask(number: int) -> None:
        rng = random.Random(number)
        while time.monotonic() < end:
            path = address(rng.choice(starred()), _join(rng.choice(pool) for pool in pools.values()))
            try:
                status, body, took = running.ask(path, f"127.0.1.{number + 1}", fresh)
            except OSError as error:
                crowd.errors.append(str(error))
                continue
            crowd.times.append(took)
            if status != 200:
                crowd.errors.append(f"{status} {body[:100]!r} {path}")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    while time.monotonic() < end:
        time.sleep(seconds / 12)
        crowd.memory.append(running.memory())
    for thread in threads:
        thread.join()
    return crowd


def starred() -> list[NamedQuery]:
    """The twelve questions that are asked most."""
    return [query for query in load_catalogue().values() if query.stars]


def describe_crowd(crowd: Crowd) -> dict[str, Any]:
    """The figures of many clients."""
    cuts = statistics.quantiles(crowd.times, n=100)
    kinds: dict[str, int] = defaultdict(int)
    for error in crowd.errors:
        kinds[error[:60]] += 1
    return {
        "requests": len(crowd.times),
        "errors": len(crowd.errors),
        "kinds_of_errors": dict(kinds),
        "median_s": cuts[49],
        "p95_s": cuts[94],
        "slowest_s": max(crowd.times),
        "memory_MiB_over_time": [round(value) for value in crowd.memory],
    }


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=2670)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--store", type=Path, help="keep the store there, or measure the one that is there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.store or Path(folder) / "store"
        if not path.exists():
            with_store = open_store(path)
            queries.fill(with_store, queries.make_extractions(chosen.documents))
            with_store.compact()
            with_store.close()
        pools = read_pools(path)
        facts = measure_start(path)
        with serving(path) as running:
            rows = measure_questions(running, pools, chosen.repeats)
            crowd = describe_crowd(measure_crowd(running, pools, chosen.clients, chosen.seconds))
            engine = describe_crowd(measure_crowd(running, pools, chosen.clients, chosen.seconds / 3, fresh=True))
            crowd |= {f"{name}_without_memory": engine[name] for name in ("requests", "errors", "median_s", "p95_s")}
        opened = open_store(path, read_only=True)
        counted = opened.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        triples = [term.value for term in counted.rows[0] if term] if isinstance(counted, Rows) else []
        opened.close()
    medians = [row["median ms"] for row in rows]
    facts |= {"triples": int(triples[0]), "median_of_questions_ms": statistics.median(medians)}
    facts |= {"slowest_question_ms": max(medians), "clients": chosen.clients, "seconds": chosen.seconds}
    report.show("Service", rows, chosen.json, **facts, **crowd)


if __name__ == "__main__":
    main()
