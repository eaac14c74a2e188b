"""Finding the kept answers in WARC files whose index is lost."""

from collections.abc import Iterator
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from migkg.errors import MigkgError
from migkg.fetch.index import Page
from migkg.fetch.records import Kept, digest_of


def find_answers(path: Path, name: str) -> Iterator[tuple[str, Page]]:
    """Address and page of every answer with a body in a file, in order.

    Args:
        name: of the file, as the index has it.

    Raises:
        MigkgError: the file cannot be read to its end.
    """
    try:
        for record in ArchiveIterator(str(path), record_types=WarcRecordType.response, fsspec_args=False):
            headers = record.http_headers
            url, date = record.headers.get("WARC-Target-URI"), record.headers.get("WARC-Date")
            if headers is None or headers.status_code != 200 or not url or not date or not record.record_id:
                continue
            kept = Kept(url, date, digest_of(record.reader.read()), record.record_id, name, record.stream_pos)
            yield url, Page(kept, headers.get("ETag") or "", headers.get("Last-Modified") or "", date, "")
    except (OSError, ValueError) as error:
        raise MigkgError(f"{path}: cannot be read as WARC: {' '.join(str(error).split())}") from error
