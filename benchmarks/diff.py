"""`migkg diff` of two made-up graphs: CPU seconds and peak memory, of two stores and of two files.

Of the newer graph one source in a hundred is gone and one is new, one claim in fifty has another confidence, and one
thing in two hundred another address. Aim: two stores of 100,000 lines in seconds; memory follows what differs.
"""

import itertools
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

import made_up
import memory
import report

from migkg.rdf import namespaces as ns
from migkg.store import open_store

SIZES = (8_000, 80_000)  # ties; about 12 lines each
FORMATS = ("csv", "patch", "trig", "html")
Graphs = dict[str, list[str]]


def change(graphs: Graphs, seed: int = 2) -> Graphs:
    """The newer graph."""
    chance = random.Random(seed)
    things = {
        line.split(" ", 1)[0] for lines in graphs.values() for line in lines if line.startswith(f"<{ns.ID}thing/")
    }
    moved = {iri: f"{iri[:-1]}-anew>" for iri in sorted(things) if chance.random() < 0.005}
    newer: Graphs = {}
    for name, lines in graphs.items():
        if chance.random() < 0.01:
            continue
        newer[name] = [_change_line(line, moved, chance) for line in lines]
        if chance.random() < 0.01:
            copy = f"{ns.SOURCE}{chance.getrandbits(64):016x}"
            claims = f"{ns.CLAIM}{copy[-6:]}"
            newer[copy] = [line.replace(f"<{name}>", f"<{copy}>").replace(ns.CLAIM, claims) for line in lines]
    return newer


def _change_line(line: str, moved: dict[str, str], chance: random.Random) -> str:
    subject, predicate, rest = line.split(" ", 2)
    if predicate == f"<{ns.MG}confidence>" and chance.random() < 0.02:
        return f'{subject} {predicate} "0.42"^^{rest.split("^^", 1)[1]}'
    for term in (subject, rest.split(" ", 1)[0]):
        if term in moved:
            line = line.replace(term, moved[term])
    return line


def measure(folder: Path, ties: int) -> list[dict[str, Any]]:
    """One row for each kind of input and format."""
    old = made_up.Network(ties // 4, ties).graphs()
    sides = {"old": old, "new": change(old)}
    for name, graphs in sides.items():
        lines = sorted(itertools.chain.from_iterable(graphs.values()))
        (folder / f"{name}.nq").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        store = open_store(folder / name)
        store.replace_graphs(list(graphs), itertools.chain.from_iterable(graphs.values()))
        store.close()
    count = sum(map(len, old.values()))
    rows = []
    for kind, suffix in (("stores", ""), ("files", ".nq")):
        for form in FORMATS:
            target = folder / f"answer.{form}"
            paths = [str(folder / f"{name}{suffix}") for name in sides]
            command = [sys.executable, "-m", "migkg", "diff", *paths, "--format", form, "-o", str(target)]
            samples, cpu, wall = memory.watch(command, 0.02)
            size = target.stat().st_size / memory.MIB
            rows.append(
                {"input": f"{kind}, {count:,} lines", "format": form, "CPU s": cpu, "wall s": wall}
                | {"peak MiB": max(samples), "answer MiB": size}
            )
    return rows


def main() -> None:
    """Measure all sizes."""
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--ties", type=int, nargs="+", default=SIZES)
    chosen = parser.parse_args()
    rows = []
    for ties in chosen.ties:
        with tempfile.TemporaryDirectory() as name:
            rows += measure(Path(name), ties)
    report.show("migkg diff of two graphs", rows, chosen.json)


if __name__ == "__main__":
    main()
