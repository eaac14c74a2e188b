"""Archives that ``migkg fetch`` has written: all versions of each page, and an index that says which is the latest."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from migkg.errors import SourceSkip
from migkg.sources.raw import Raw

INDEX = "index.sqlite"
# Of the answers with a body: those of pages, by address, as they came. Lists are in a hidden folder.
_VERSIONS = """SELECT kept.url, kept.record, kept.date, kept.file, kept.offset, kept.record = page.record, page.gone
FROM kept JOIN page ON page.url = kept.url WHERE kept.file NOT LIKE '.%'
ORDER BY kept.url, kept.date, kept.file, kept.offset"""
# A page that another address still gave after it was gone is not gone.
_ELSEWHERE = """SELECT DISTINCT page.url FROM page JOIN page AS other ON other.record = page.record
WHERE page.gone != '' AND other.gone = '' AND other.asked > page.gone"""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a page in a folder of ``migkg fetch``.

    Attributes:
        url: address of the page.
        record: id of the record that holds it, without its brackets.
        date: when it was retrieved first, as WARC writes dates.
        file: name of the WARC file in the folder.
        offset: where the record starts in it, in bytes.
        gone: when it was first noticed that the page is gone; empty while it is there, and for earlier versions.
        next: the version that took its place; ``None`` for the latest.
        latest: the latest version; ``None`` for itself.
    """

    url: str
    record: str
    date: str
    file: str
    offset: int
    gone: str = ""
    next: "Version | None" = None
    latest: "Version | None" = None

    @property
    def state(self) -> str:
        """What tells it from other versions of the page: another state is to be read again."""
        after = (self.next.record, self.latest.record) if self.next and self.latest else (self.gone,)
        return " ".join(filter(None, (self.record, *after)))

    def locate(self, folder: str) -> str:
        """Where it is, as a store has it: the latest version is always at the address of the page."""
        return f"{folder}#{self.url}" + (f"#{self.date}" if self.next else "")

    def place(self, raw: Raw, folder: str, after: Raw | None = None, latest: Raw | None = None) -> Raw:
        """A text as this version of its page.

        Args:
            raw: the text, as the record holds it.
            folder: absolute path of the folder.
            after, latest: the texts of ``next`` and ``latest``.
        """
        source = raw.source.removesuffix(f"#{raw.address}")
        location = self.locate(folder)
        return replace(
            raw,
            source=source + location.removeprefix(folder),
            location=location,
            address=self.url,
            captured=self.date,
            state=self.state,
            withdrawn=self.gone,
            replaced=self.next.date if self.next else "",
            next=after,
            latest=latest,
        )


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is known of one archive in a folder of ``migkg fetch``.

    Attributes:
        folder: absolute path of the folder.
        versions: the pages in it that are read, by the ids of their records without brackets.
        old: ids of its records that hold nothing that is read.
    """

    folder: str
    versions: Mapping[str, Version] = field(default_factory=dict)
    old: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages in a folder.

    Attributes:
        versions: what is read: of each page the latest version, then the earlier ones.
        records: ids of the records of all versions, without brackets.
        merged: addresses of pages that have become the same as one at another address, which is read in their place.
    """

    versions: list[Version]
    records: frozenset[str]
    merged: frozenset[str]


def find_fetched(archive: str) -> Fetched | None:
    """What the index beside an archive says of it; ``None`` where there is no index.

    Args:
        archive: absolute path of the file.

    Raises:
        SourceSkip: the index cannot be read, since pages are being fetched or it is damaged.
    """
    path = Path(archive)
    if not (path.parent / INDEX).is_file():
        return None
    pages = read_pages(path.parent)
    here = {version.record: version for version in pages.versions if version.file == path.name}
    return Fetched(str(path.parent), here, pages.records - here.keys())


def read_pages(folder: Path) -> Pages:
    """The pages in a folder, as its index has them.

    Args:
        folder: with an index.

    Raises:
        SourceSkip: the index cannot be read, since pages are being fetched or it is damaged.
    """
    index = folder / INDEX
    try:
        # Open for writing, since what a killed run has left must be rolled back before anything can be read.
        with closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=rw", uri=True, timeout=0)) as base:
            rows = base.execute(_VERSIONS).fetchall()
            elsewhere = {url for (url,) in base.execute(_ELSEWHERE)}
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise SourceSkip("pages are being fetched into this folder; build it when that has ended") from error
        raise SourceSkip(f"its {INDEX} cannot be read; delete it, and fetch again: it is made anew") from error
    versions = [v for url, some in groupby(rows, key=lambda row: row[0]) for v in _chain(list(some), url in elsewhere)]
    merged = {row[0] for row in rows} - {version.url for version in versions}
    return Pages(versions, frozenset(_bare(row[1]) for row in rows), frozenset(merged))


def _chain(rows: list[tuple[str, str, str, str, int, int, str]], is_elsewhere: bool) -> Iterator[Version]:
    """The versions of one page, the latest first."""
    latest = next((row for row in reversed(rows) if row[5]), None)
    if latest is None:
        return  # the page has become the same as one at another address, which is read
    gone = "" if is_elsewhere else latest[6]
    last = after = Version(latest[0], _bare(latest[1]), *latest[2:5], gone=gone)
    yield last
    for url, record, date, file, offset, *_ in reversed(rows[: rows.index(latest)]):
        # A version that hung on all later ones would make each page as long as its history.
        after = Version(
            url, _bare(record), date, file, offset, next=replace(after, next=None, latest=None), latest=last
        )
        yield after


def _bare(record: str) -> str:
    return record.strip("<>")
