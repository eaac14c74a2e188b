"""Files that are zip archives: web archives in WACZ, and Word documents."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from migkg.errors import SourceSkip
from migkg.model import Skip
from migkg.sources.formats import BOMB_BYTES, BOMB_RATIO, Item, Opened

MAX_ENTRIES = 10_000
MAX_INDEX_BYTES = 4 * 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def read(opened: Opened) -> Iterator[Item]:
    """The texts in a WACZ file or Word document.

    Raises:
        SourceSkip: broken, cut off, a bomb, or another kind of zip archive.
    """
    try:
        with zipfile.ZipFile(opened.file) as package:
            names = set(package.namelist())
            _check(package)
            if "word/document.xml" in names:
                from migkg.sources.docx import read_package

                yield read_package(opened)
            elif any(_is_archive(name) for name in names):
                yield from _read_wacz(package, opened)
            else:
                raise SourceSkip("a zip archive that is neither a WACZ file nor a Word document")
    except _BROKEN as error:
        raise SourceSkip(f"the zip archive is broken or cut off: {' '.join(str(error).split())}") from error


def _check(package: zipfile.ZipFile) -> None:
    """Refuse what would cost too much time or memory."""
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES:
        raise SourceSkip(f"{len(entries)} files in the archive, the limit is {MAX_ENTRIES}")
    for entry in entries:
        times = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > BOMB_BYTES and times > BOMB_RATIO:
            raise SourceSkip(f"{entry.filename} unpacks to {times:.0f} times its size")


def _is_archive(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _read_wacz(package: zipfile.ZipFile, opened: Opened) -> Iterator[Item]:
    from migkg.sources.warc import read as read_warc

    digests = _digests(package)
    for name in sorted(filter(_is_archive, package.namelist())):
        try:
            with package.open(name) as file:
                wanted = digests.get(name)
                if wanted and hashlib.file_digest(cast(Any, file), "sha256").hexdigest() != wanted:
                    raise SourceSkip(f"{name} is altered: it does not have the digest that datapackage.json gives")
                file.seek(0)
                yield from read_warc(replace(opened, file=cast(BinaryIO, file)))
        except (SourceSkip, *_BROKEN) as error:
            reason = str(error) if isinstance(error, SourceSkip) else f"{name} is broken or cut off: {error}"
            yield Skip(opened.source, reason)


def _digests(package: zipfile.ZipFile) -> dict[str, str]:
    """SHA-256 of the files in a WACZ file by their names, as its list of contents gives them."""
    try:
        with package.open("datapackage.json") as file:
            content = json.loads(file.read(MAX_INDEX_BYTES))
        resources = content["resources"]
        pairs = ((entry["path"], str(entry["hash"]).partition(":")) for entry in resources if "hash" in entry)
        return {str(path): value for path, (kind, _, value) in pairs if kind == "sha256"}
    except KeyError:
        return {}
    except (ValueError, TypeError, RecursionError) as error:
        raise SourceSkip("datapackage.json cannot be read") from error
