"""From what the user names (files, folders, globs, URLs, ``-``) to single sources, in a fixed order."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from migkg.model import Skip
from migkg.sources.formats import HEAD_BYTES, MAPPED, find_format, mapping_of

READABLE = frozenset({".txt", ".text", ".html", ".htm", ".xhtml", ".md", ".warc", ".wet", ".wacz", ".pdf", ".docx"})
_PACKED = (".warc.gz", ".wet.gz")
# Files of these names may hold anything: they are listed where their first bytes are those of a format that is read.
_TO_OPEN = frozenset({".xml", ".rss", ".atom", ".rdf", ".json", ".csv", ".tsv"})
_WILD = frozenset("*?[")


def list_sources(sources: Iterable[str]) -> Iterator[str | Skip]:
    """Single sources: every file, URL or ``-`` once, folders walked in the order of their names.

    In folders and globs, hidden files and files that are not ``is_readable`` are passed over; a file that is named
    itself is always listed. What leads to nothing gives a ``Skip``.
    """
    seen: set[str] = set()
    for source in sources:
        for found in _expand(source):
            key = found if isinstance(found, Skip) or is_url(found) else str(Path(found).absolute())
            if isinstance(key, str) and key in seen:
                continue
            if isinstance(key, str):
                seen.add(key)
            yield found


def is_url(source: str) -> bool:
    """Whether the source is an address and not a path."""
    return source.casefold().startswith(("http://", "https://"))


def is_readable(path: Path) -> bool:
    """Whether a file in a folder is one to read: by its suffix, and where that says little by its first bytes."""
    suffix = path.suffix.casefold()
    if suffix in READABLE or path.name.casefold().endswith(_PACKED):
        return True
    if suffix not in _TO_OPEN:
        return False
    if suffix in MAPPED:
        return mapping_of(path).is_file()
    try:
        with path.open("rb") as file:
            return find_format(file.read(HEAD_BYTES), path.name) is not None
    except OSError:
        return True  # named as skipped when it is to be read


def _expand(source: str) -> Iterator[str | Skip]:
    if source == "-" or is_url(source):
        yield source
        return
    if "\x00" in source or not source:
        yield Skip(source.replace("\x00", ""), "no such file or folder")
        return
    path = Path(source)
    try:
        if path.is_dir():
            yield from _some(source, _walk(path), "no readable documents in the folder")
        elif path.exists() or path.is_symlink():
            yield source
        elif _WILD & set(source):
            yield from _some(source, _match(source), "no file matches the pattern")
        else:
            yield Skip(source, "no such file or folder")
    except OSError as error:
        yield Skip(source, error.strerror or "cannot be read")


def _some(source: str, found: Iterator[str | Skip], reason: str) -> Iterator[str | Skip]:
    """What was found, or one ``Skip`` when it is nothing."""
    empty = True
    for item in found:
        empty = False
        yield item
    if empty:
        yield Skip(source, reason)


def _match(pattern: str) -> Iterator[str | Skip]:
    for name in sorted(glob.iglob(pattern, recursive=True)):  # noqa: PTH207  (absolute patterns too)
        path = Path(name)
        if path.is_dir():
            if not pattern.endswith("**"):
                yield from _walk(path)
        elif is_readable(path):
            yield name


def _walk(folder: Path) -> Iterator[str | Skip]:
    """The readable files under a folder. Links to folders are not followed, so that no loop is possible."""
    problems: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and is_readable(Path(here) / name):
                yield str(Path(here) / name)
    for problem in problems:
        yield Skip(str(problem.filename or folder), problem.strerror or "cannot be read")
