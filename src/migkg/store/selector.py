"""Which sources of a store a user means: by path, folder, glob, address or IRI, whether or not files still exist."""

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from migkg.store.manifest import Row

_WILD = frozenset("*?[")


def select_locations(wanted: str, rows: Iterable[Row]) -> list[str]:
    """The locations of the rows that are meant.

    Args:
        wanted: a file, a folder (all below it), a glob (``*`` within one name, ``**`` across folders), an address,
            ``stdin:<sha256>``, or the IRI of a source in the graph.
    """
    path = os.path.abspath(wanted)  # noqa: PTH100  (also for what is no path on this system)
    below = path.rstrip(os.sep) + os.sep
    parts = Path(path).parts if _WILD & set(wanted) and "://" not in wanted else None
    return [row.location for row in rows if _is_meant(row, wanted, path, below, parts)]


def _is_meant(row: Row, wanted: str, path: str, below: str, parts: tuple[str, ...] | None) -> bool:
    if row.location in {wanted, path} or row.graph == wanted or row.location.startswith(below):
        return True
    if row.location.startswith((f"{wanted}#", f"{path}#")):  # a text inside a file
        return True
    if parts is None or "://" in row.location:
        return False
    # A pattern that matches a folder means all that is in it, as it does when it is built.
    ways = (Path(row.location).parts, Path(row.location.partition("#")[0]).parts)
    return any(_matches(parts, found[:end]) for found in ways for end in range(1, len(found) + 1))


def _matches(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(pattern[1:], parts[start:]) for start in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(pattern[1:], parts[1:])
