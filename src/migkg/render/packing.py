"""Values as text that a page can hold and a browser unpacks by itself: JSON, deflated, in base64."""

import base64
import json
import zlib
from collections.abc import Iterable
from typing import Any


def pack(value: Any) -> str:
    """A JSON value as base64 of raw deflate, which ``DecompressionStream("deflate-raw")`` reads."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    deflate = zlib.compressobj(7, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    # Half of a surrogate pair, which a hostile file may hold, is no text; it becomes a question mark.
    return base64.b64encode(deflate.compress(text.encode("utf-8", "replace")) + deflate.flush()).decode()


def steps(numbers: Iterable[int]) -> list[int]:
    """The first number and then the difference of each to the one before: small where numbers ascend."""
    before, found = 0, []
    for number in numbers:
        found.append(number - before)
        before = number
    return found


class Dictionary:
    """Values that come again and again, each kept once and named by its place."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}

    def place(self, value: Any) -> int:
        """The place of a value, which is a text or a tuple; a new one goes to the end."""
        return self._places.setdefault(value, len(self._places))

    def values(self) -> list[Any]:
        """All values in the order of their places."""
        return list(self._places)
