"""Archives that ``migkg fetch`` has written: all versions of each page, and an index that says which is the latest."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from migkg.errors import SourceSkip
from migkg.sources.raw import Raw

INDEX = "index.sqlite"
_OLD = """SELECT kept.record FROM kept LEFT JOIN page ON page.url = kept.url
WHERE kept.file = ? AND page.record IS NOT kept.record"""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is known of one archive in a folder of ``migkg fetch``.

    Attributes:
        folder: absolute path of the folder.
        old: ids of its records that hold an old version of a page, without their brackets.
    """

    folder: str
    old: frozenset[str]

    def place(self, raw: Raw) -> Raw:
        """A page under its address in the folder: where a newer version of it will stand too, in whatever file."""
        url = raw.url or raw.address
        source = raw.source.removesuffix(f"#{raw.address}")
        return replace(raw, source=f"{source}#{url}", location=f"{self.folder}#{url}", address=url)


def find_fetched(archive: str) -> Fetched | None:
    """What the index beside an archive says of it; ``None`` where there is no index.

    Args:
        archive: absolute path of the file.

    Raises:
        SourceSkip: the index cannot be read, since pages are being fetched or it is damaged.
    """
    path = Path(archive)
    index = path.parent / INDEX
    if not index.is_file():
        return None
    try:
        # Open for writing, since what a killed run has left must be rolled back before anything can be read.
        with closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=rw", uri=True, timeout=0)) as base:
            old = frozenset(str(record).strip("<>") for (record,) in base.execute(_OLD, (path.name,)))
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise SourceSkip("pages are being fetched into this folder; build it when that has ended") from error
        raise SourceSkip(f"its {INDEX} cannot be read; delete it, and fetch again: it is made anew") from error
    return Fetched(str(path.parent), old)
