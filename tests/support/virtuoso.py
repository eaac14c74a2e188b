"""A real Virtuoso server with files, ports and settings of its own; it ends with the block."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.endpoint import free_port, wait_for

# The password that a new Virtuoso has; the server listens on loopback only, and its files go with the test.
USER, PASSWORD = "dba", "dba"
_SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = .
CaseMode = 2
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
CheckpointInterval = 0
SchedulerInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""


@contextmanager
def serve_virtuoso(folder: Path, rows: int = 10_000) -> Iterator[str]:
    """Start a server that cuts answers after so many rows, as it comes, and give its address without path."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (Debian: apt-get install virtuoso-opensource)")
    http = free_port()
    folder.mkdir()
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(sql=free_port(), http=http, rows=rows))
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{http}/sparql", process, seconds=60)
        yield f"http://127.0.0.1:{http}"
    finally:
        # Its files are of no use to anybody, so it need not write them out.
        process.kill()
        process.wait(timeout=20)
