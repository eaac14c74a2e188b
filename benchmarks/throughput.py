"""Releases a second on one core, from file to quads: CPU time of each stage, start-up left out.

Aim: 60 releases of 250 words a second.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import corpus
import report

from migkg.extract import extract_document
from migkg.rdf import to_nquads
from migkg.resolve import resolve_extraction
from migkg.sources import parse_document, read_source

STAGES: dict[str, Callable[[Any], Any]] = {
    "read": lambda path: read_source(str(path)),
    "parse": parse_document,
    "extract": extract_document,
    "resolve": resolve_extraction,
    "map to N-Quads": to_nquads,
}


def measure(paths: list[Path]) -> tuple[dict[str, float], int]:
    """CPU seconds of each stage over all documents, and the number of quads."""
    seconds = dict.fromkeys(STAGES, 0.0)
    quads = 0
    for path in paths:
        value: Any = path
        for name, stage in STAGES.items():
            start = time.process_time()
            value = stage(value)
            seconds[name] += time.process_time() - start
        quads += len(value)
    return seconds, quads


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--words", type=int, default=250)
    parser.add_argument("--repeats", type=int, default=3, help="the fastest is shown: the machine may be shared")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = corpus.write_corpus(Path(folder), chosen.documents, chosen.words)
        measure(paths[:30])  # loads lexicons and tables
        runs = [measure(paths) for _ in range(chosen.repeats)]
    seconds, quads = min(runs, key=lambda run: sum(run[0].values()))
    total = sum(seconds.values())
    rows = [
        {"stage": name, "CPU ms a document": 1000 * value / len(paths), "share %": 100 * value / total}
        for name, value in seconds.items()
    ]
    report.show(
        "From file to quads, one core",
        rows,
        chosen.json,
        documents=len(paths),
        quads_a_document=quads / len(paths),
        documents_a_second=len(paths) / total,
        documents_a_second_by_run=[round(len(paths) / sum(run[0].values()), 1) for run in runs],
    )


if __name__ == "__main__":
    main()
