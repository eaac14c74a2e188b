"""From one source to the texts and records in it: the reader is chosen by what the file holds, not by its name."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from migkg.errors import SourceSkip
from migkg.model import Skip
from migkg.sources.formats import HEAD_BYTES, Item, Opened, find_format
from migkg.sources.listing import is_url, list_sources
from migkg.sources.raw import Raw
from migkg.sources.reading import read_source


def list_pieces(sources: Iterable[str]) -> Iterator[str | Item]:
    """As ``list_sources``, with the texts and records of an archive, feed or data file in place of the file.

    They come one by one, so that those of one big file can be shared out as those of a folder are.
    """
    for source in list_sources(sources):
        if isinstance(source, str) and _holds_several(source):
            yield from open_source(source)
        else:
            yield source


def _holds_several(source: str) -> bool:
    if source == "-" or is_url(source):
        return False
    try:
        with Path(source).open("rb") as file:
            found = find_format(file.read(HEAD_BYTES), source)
    except (OSError, ValueError):
        return False
    return found is not None and found.several


def open_source(source: str) -> Iterator[Item]:
    """The texts and records of one source as ``list_sources`` names it, in the order of the file.

    What cannot be read comes as a ``Skip``: the whole source, one text in it, or all behind the place where the file
    breaks off; what stands before it is handed on all the same.
    """
    seen: Counter[str] = Counter()
    try:
        for item in _items(source):
            if isinstance(item, Skip):
                yield item
                continue
            seen[item.location] += 1
            yield item if seen[item.location] == 1 else _renamed(item, seen[item.location])
    except SourceSkip as skip:
        yield Skip(source, str(skip))


def _items(source: str) -> Iterator[Item]:
    if source == "-" or is_url(source):
        raw = read_source(source)
        yield from _open(Opened(raw.source, raw.location, io.BytesIO(raw.data), raw.content_type), raw)
        return
    try:
        path = Path(source)
        if not path.is_file():
            yield read_source(source)  # says what it is instead
            return
        with path.open("rb") as file:
            yield from _open(Opened(source, str(path.absolute()), file), None)
    except PermissionError as error:
        raise SourceSkip("no permission to read it") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceSkip(f"cannot be read: {reason}") from error


def _open(opened: Opened, raw: Raw | None) -> Iterator[Item]:
    head = opened.file.read(HEAD_BYTES)
    opened.file.seek(0)
    found = find_format(head, opened.source)
    if found is None:
        yield raw or read_source(opened.source)
    else:
        yield from found.reader()(opened)


def _renamed(item: Item, number: int) -> Item:
    """A second text under one address must not take the place of the first."""
    assert not isinstance(item, Skip)
    return replace(item, source=f"{item.source}~{number}", location=f"{item.location}~{number}")
