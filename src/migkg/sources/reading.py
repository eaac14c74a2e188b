"""Reading one source into bytes: a file, standard input or an address."""

import hashlib
import stat
import sys
from pathlib import Path

from migkg.errors import SourceSkip
from migkg.sources.listing import is_url
from migkg.sources.raw import Raw

# No release is larger; what is larger is refused before it is read.
MAX_BYTES = 10 * 1024 * 1024


def read_source(source: str) -> Raw:
    """The bytes of one source as ``list_sources`` names it.

    Raises:
        SourceSkip: missing, unreadable, empty, too large or not reachable.
    """
    if source == "-":
        data = _sized(sys.stdin.buffer.read(MAX_BYTES + 1))
        return Raw(source, f"stdin:{hashlib.sha256(data).hexdigest()}", data)
    if is_url(source):
        from migkg.sources.web import fetch

        raw = fetch(source, MAX_BYTES)
        _sized(raw.data)
        return raw
    return _read_file(source)


def _read_file(source: str) -> Raw:
    try:
        path = Path(source)
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SourceSkip("is a folder")
        if status.st_size > MAX_BYTES:
            raise SourceSkip(f"too large: {status.st_size / 1e6:.0f} MB, the limit is {MAX_BYTES / 1e6:.0f} MB")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        return Raw(source, str(path.absolute()), _sized(data))
    except FileNotFoundError as error:
        raise SourceSkip("no such file or folder") from error
    except PermissionError as error:
        raise SourceSkip("no permission to read it") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceSkip(f"cannot be read: {reason}") from error


def _sized(data: bytes) -> bytes:
    if not data:
        raise SourceSkip("empty")
    if len(data) > MAX_BYTES:
        raise SourceSkip(f"too large: the limit is {MAX_BYTES / 1e6:.0f} MB")
    return data
