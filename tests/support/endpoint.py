"""A real Oxigraph server on a free loopback port."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def serve(lines: list[str], folder: Path) -> Iterator[str]:
    """Start a server that holds these N-Quads lines, and give its query address; it ends with the block."""
    data = folder / "data.nq"
    # The union of the named graphs stands in the default graph, as in a store folder of migkg.
    union = [line[: line.rindex(" ", 0, -2)] + " ." for line in lines]
    data.write_text("".join(f"{line}\n" for line in lines + union), encoding="utf-8", newline="\n")
    location = folder / "served"
    load = [_program(), "load", "--location", str(location), "--file", str(data)]
    subprocess.run(load, check=True, capture_output=True)
    with serve_folder(location) as address:
        yield address


@contextmanager
def serve_folder(location: Path, *options: str) -> Iterator[str]:
    """Start a server on an Oxigraph database, and give its query address; it ends with the block."""
    port = free_port()
    command = [_program(), "serve", "--location", str(location), "--bind", f"127.0.0.1:{port}", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    """A port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program() -> str:
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the oxigraph server of the PyPI package is not installed")
    return program


def wait_for(address: str, process: "subprocess.Popen[bytes]", seconds: float = 10) -> None:
    """Wait until a server answers."""
    for _ in range(round(seconds * 20)):
        assert process.poll() is None, "the server ended at once"
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")
