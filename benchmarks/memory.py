"""Peak memory of `migkg build`, and whether it is flat: resident memory in each tenth of the run.

Aim: under 600 MiB for 5,000 documents and flat after that.
"""

import sys
import tempfile
import time
from pathlib import Path

import corpus
import psutil
import report

MIB = 1024 * 1024


def watch(command: list[str], interval: float) -> tuple[list[float], float, float]:
    """Run a command; its resident memory in MiB at each interval, its CPU seconds, its wall seconds."""
    samples: list[float] = []
    cpu = 0.0
    start = time.monotonic()
    process = psutil.Popen(command)
    while process.poll() is None:
        try:
            samples.append(process.memory_info().rss / MIB)
            times = process.cpu_times()
            cpu = times.user + times.system
        except psutil.Error:
            break
        time.sleep(interval)
    if process.wait() != 0:
        raise SystemExit(f"exit code {process.returncode}: {' '.join(command)}")
    return samples, cpu, time.monotonic() - start


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--words", type=int, default=250)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus.write_corpus(folder / "releases", chosen.documents, chosen.words)
        command = [sys.executable, "-m", "migkg", "build", str(folder / "releases"), "--store", str(folder / "store")]
        samples, cpu, wall = watch(command, 0.05)
    size = max(1, len(samples) // 10)
    parts = [samples[i : i + size] for i in range(0, size * 10, size)]
    rows = [
        {"part of the run": f"{10 * i}-{10 * (i + 1)} %", "peak MiB": max(part), "mean MiB": sum(part) / len(part)}
        for i, part in enumerate(parts)
        if part
    ]
    report.show(
        f"Resident memory of migkg build, {chosen.documents:,} documents",
        rows,
        chosen.json,
        documents=chosen.documents,
        peak_MiB=max(samples),
        CPU_seconds=cpu,
        wall_seconds=wall,
        documents_a_CPU_second=chosen.documents / cpu,
    )


if __name__ == "__main__":
    main()
