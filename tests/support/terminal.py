"""A command of migkg in a real terminal (a pseudo-terminal of the system): what it shows, and keys that are pressed."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CONTROLS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\r")
_CLEAR = re.compile(r"\x1b\[2J|\x1b\[H|\x1b\[1;1H")


class Terminal:
    """A running command, its screen and its keyboard."""

    def __init__(self, master: int, process: subprocess.Popen[bytes], columns: int) -> None:
        self._master = master
        self._process = process
        self._columns = columns
        self._output = b""

    def press(self, keys: str) -> None:
        """Type some keys, one after another as a person does."""
        for key in keys:
            os.write(self._master, key.encode())
            time.sleep(0.02)

    def wait_for(self, text: str, seconds: float = 20) -> str:
        """Wait until a text is on the screen; gives the screen."""
        end = time.monotonic() + seconds
        while text not in self.screen():
            left = end - time.monotonic()
            assert left > 0, f"{text!r} did not come; the screen is:\n{self.screen()}"
            if not self._read(left) and text not in self.screen():
                raise AssertionError(f"{text!r} did not come before the end; the screen is:\n{self.screen()}")
        return self.screen()

    def end(self, seconds: float = 30) -> int:
        """Wait for the command to end; gives its exit code."""
        end = time.monotonic() + seconds
        while self._read(max(0.1, end - time.monotonic())):
            assert time.monotonic() < end, f"it did not end; the screen is:\n{self.screen()}"
        return self._process.wait(timeout=seconds)

    def screen(self) -> str:
        """What was written since the screen was cleared last, without colours."""
        text = self._output.decode("utf-8", "replace")
        return _CONTROLS.sub("", _CLEAR.split(text)[-1])

    def widest(self) -> int:
        """Columns of the longest line of the screen."""
        from rich.cells import cell_len

        return max(map(cell_len, self.screen().split("\n")))

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux says so when the other end is closed
            return False
        self._output += data
        return bool(data)


def _take_terminal() -> None:
    """In the new process: Ctrl-C in this terminal is a signal to it, whatever the tests were started with."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def run_in_terminal(*arguments: str, columns: int = 80, rows: int = 40, cwd: Path | None = None) -> Iterator[Terminal]:
    """Run ``migkg`` in a terminal of a size."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "NO_COLOR"}} | {"TERM": "xterm"}
    command = [sys.executable, "-m", "migkg", *arguments]
    process = subprocess.Popen(
        command,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(slave)
    try:
        yield Terminal(master, process, columns)
    finally:
        process.kill()
        process.wait()
        os.close(master)
