"""Single keys from a terminal. Keys that are typed ahead, while a screen is drawn, are kept."""

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import click

try:
    import termios
    import tty
except ImportError:  # Windows: click reads its keys
    termios = None  # type: ignore[assignment]

_SEQUENCE = 0.03  # seconds within which the rest of an arrow key's sequence comes


class Keyboard:
    """Reads keys without Enter and without showing them, between ``with`` and its end."""

    def __enter__(self) -> "Keyboard":
        self._handle = sys.stdin.fileno()
        self._usual: list[Any] = []
        if termios is not None:
            self._usual = termios.tcgetattr(self._handle)
            self._by_keys()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._by_lines()

    def read(self) -> str:
        """The next key as a lower-case character; empty for an arrow or function key.

        Raises:
            EOFError: the terminal is gone, or Ctrl-D was pressed.
        """
        if termios is None:
            return click.getchar().lower()
        data = os.read(self._handle, 1)
        if data in {b"", b"\x04"}:
            raise EOFError
        if data == b"\x1b" and select.select([self._handle], [], [], _SEQUENCE)[0]:
            os.read(self._handle, 16)
            return ""
        while data[0] >= 0xC0 and len(data) < 4 and not _is_whole(data):
            data += os.read(self._handle, 1)
        return data.decode("utf-8", "replace").lower()

    @contextmanager
    def lines(self) -> Iterator[None]:
        """Meanwhile a whole line can be typed, seen and corrected."""
        self._by_lines()
        try:
            yield
        finally:
            self._by_keys()

    def _by_keys(self) -> None:
        if termios is not None:
            tty.setcbreak(self._handle, termios.TCSADRAIN)

    def _by_lines(self) -> None:
        if termios is not None:
            termios.tcsetattr(self._handle, termios.TCSADRAIN, self._usual)


def _is_whole(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
