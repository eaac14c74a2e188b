"""Finding the kept answers in WARC files whose index is lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from migkg.errors import MigkgError
from migkg.fetch.discovery import GONE
from migkg.fetch.index import Page
from migkg.fetch.records import Kept, digest_of

_KINDS = WarcRecordType.response | WarcRecordType.revisit


@dataclass(frozen=True, slots=True)
class Found:
    """One answer in a file.

    Attributes:
        url: the address that was asked for.
        date: when, as the record has it.
        page: what stood there; ``None`` where the answer has no body of its own.
        gone: whether it says that there is no page any more.
    """

    url: str
    date: str
    page: Page | None = None
    gone: bool = False


def find_answers(path: Path, name: str) -> Iterator[Found]:
    """The answers in a file by which a page is there, or gone, in order.

    Args:
        name: of the file, as the index has it.

    Raises:
        MigkgError: the file cannot be read to its end.
    """
    try:
        for record in ArchiveIterator(str(path), record_types=_KINDS, fsspec_args=False):
            headers = record.http_headers
            url, date = record.headers.get("WARC-Target-URI"), record.headers.get("WARC-Date")
            if headers is None or not url or not date or not record.record_id:
                continue
            if record.record_type == WarcRecordType.revisit:
                yield Found(url, date)
            elif headers.status_code in GONE:
                yield Found(url, date, gone=True)
            elif headers.status_code == 200:
                kept = Kept(url, date, digest_of(record.reader.read()), record.record_id, name, record.stream_pos)
                etag, modified = headers.get("ETag") or "", headers.get("Last-Modified") or ""
                yield Found(url, date, Page(kept, etag, modified, date, ""))
    except (OSError, ValueError) as error:
        raise MigkgError(f"{path}: cannot be read as WARC: {' '.join(str(error).split())}") from error


class Absences:
    """Since when pages are gone, worked out from all answers in whatever order they come."""

    def __init__(self) -> None:
        self._there: dict[str, str] = {}
        self._gone: dict[str, list[str]] = {}

    def add(self, found: Found) -> None:
        """Take in an answer."""
        if found.gone:
            self._gone.setdefault(found.url, []).append(found.date)
        else:
            self._there[found.url] = max(found.date, self._there.get(found.url, ""))

    def since(self) -> Iterator[tuple[str, str]]:
        """The addresses that were gone when they were asked for last, and the first such answer in a row."""
        for url, dates in self._gone.items():
            later = [date for date in dates if date > self._there.get(url, "")]
            if later and url in self._there:
                yield url, min(later)
