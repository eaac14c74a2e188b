"""CPU time of `migkg --help` and of other short calls, whole process.

Aim: `migkg --help` under 0.3 s.
"""

import os
import statistics
import subprocess
import sys

import report

CALLS = (["--help"], ["--version"], ["build", "--help"], ["query", "--help"], ["view", "--help"])


def cpu_seconds(arguments: list[str]) -> float:
    """User and system seconds of one call."""
    process = subprocess.Popen([sys.executable, "-m", "migkg", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"migkg {' '.join(arguments)}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=10)
    chosen = parser.parse_args()
    rows = []
    for arguments in CALLS:
        times = sorted(cpu_seconds(arguments) for _ in range(chosen.repeats))
        rows.append(
            {
                "call": f"migkg {' '.join(arguments)}",
                "fastest s": round(times[0], 3),
                "median s": round(statistics.median(times), 3),
                "slowest s": round(times[-1], 3),
            }
        )
    report.show("CPU time of short calls", [{k: str(v) for k, v in row.items()} for row in rows], chosen.json)


if __name__ == "__main__":
    main()
