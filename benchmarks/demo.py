"""Wall time of `make demo` in a fresh clone, the first time (with the install) and the second.

Aim: under 3 minutes the first time, under 20 s the second.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

import report

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("HOME", "PATH", "LANG", "SSL_CERT_FILE", "PIP_CERT")


def main() -> None:
    chosen = report.options(__doc__.split("\n")[0]).parse_args()
    rows = []
    environment = {k: v for k, v in os.environ.items() if k in KEPT}
    environment["PIP_NO_CACHE_DIR"] = "1"  # as on a machine that has never installed anything
    environment["PATH"] = os.pathsep.join(p for p in environment["PATH"].split(os.pathsep) if "venv" not in p)
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "migkg"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        for run in ("first, fresh clone", "second"):
            start = time.monotonic()
            subprocess.run(["make", "demo"], cwd=clone, env=environment, check=True, stdout=subprocess.DEVNULL)
            rows.append({"make demo": run, "wall s": time.monotonic() - start})
    report.show("make demo", rows, chosen.json)


if __name__ == "__main__":
    main()
