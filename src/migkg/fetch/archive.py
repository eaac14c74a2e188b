"""A folder in which everything that was read is kept as WARC, so that the graph can be made again from it.

A record is written and flushed to the disk before the index says that it is there. What stands behind the last record
that the index knows was being written when a run was stopped, and is cut off.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from migkg import __version__
from migkg.errors import MigkgError
from migkg.fetch.client import Answer
from migkg.fetch.index import Index, Page
from migkg.fetch.rebuild import Absences, find_answers
from migkg.fetch.records import Kept, Repeat, digest_of, read_body, warc_date, write_answer, write_info
from migkg.sources.fetched import INDEX

Series = Literal["pages", "found"]
Outcome = Literal["new", "changed", "unchanged", "identical"]
# Where the lists are kept by which pages were found; "migkg build" passes hidden folders over.
FOUND = ".found"
# Bytes after which the next file is begun.
FILE_SIZE = 1_000_000_000


class Archive:
    """The kept answers of one source.

    Args:
        folder: made where it is missing.
        source: name of the source, for the names of the files.
        contact: who fetches, as the servers are told.

    Raises:
        MigkgError: the folder cannot be written, or another process fetches into it.
    """

    def __init__(self, folder: Path, source: str, contact: str) -> None:
        self.folder, self.source, self.contact = folder, source, contact
        with _told(folder):
            (folder / FOUND).mkdir(parents=True, exist_ok=True)
        new = not (folder / INDEX).exists()
        self.index = Index(folder / INDEX)
        if new:
            self._rebuild()
        self._repair()

    def close(self) -> None:
        """Let go of the folder."""
        self.index.close()

    def keep_other(self, answer: Answer, series: Series) -> None:
        """Keep an answer that is no page: a redirect, a refusal, a robots.txt."""
        packed = write_answer(answer)
        self._prepare(series)
        with self.index.step():
            self._append(series, packed[0] + packed[1])

    def keep(self, answer: Answer, series: Series, lastmod: str = "", asked_for: str = "") -> Outcome:
        """Keep a page, or that it is unchanged.

        Args:
            answer: with status 200, or 304 where ``index.find`` knows the address.
            lastmod: what a sitemap says of its last change.
            asked_for: the address that redirects led from, where they did.

        Returns:
            whether the page is ``new``, ``changed``, ``unchanged``, or ``identical`` with one of another address.
        """
        known = self.index.find(answer.url)
        kept: Kept | None
        repeat: Repeat | None
        outcome: Outcome
        if answer.status == 304:
            assert known is not None
            kept, repeat, outcome = known.kept, "server-not-modified", "unchanged"
        else:
            kept, repeat, outcome = self._same(answer, known)
        asked, packed = warc_date(answer.date), write_answer(answer, kept, repeat)
        self._prepare(series)
        with self.index.step():
            file, offset = self._append(series, packed[0] + packed[1])
            if kept is None:
                kept = Kept(answer.url, asked, digest_of(answer.body), packed[2], file, offset + len(packed[0]))
                self.index.add(kept)
            etag, modified = answer.header("etag") or "", answer.header("last-modified") or ""
            if answer.status == 304 and known is not None:
                etag, modified = etag or known.etag, modified or known.modified
            self.index.set_page(answer.url, Page(kept, etag, modified, asked, lastmod))
            if asked_for and asked_for != answer.url:
                self.index.set_page(asked_for, Page(kept, "", "", asked, lastmod))
        return outcome

    def _same(self, answer: Answer, known: Page | None) -> tuple[Kept | None, Repeat | None, Outcome]:
        """The kept answer that this one repeats, how, and what that means for its page."""
        digest = digest_of(answer.body)
        same = known is not None and known.kept.digest == digest
        outcome: Outcome = "unchanged" if same else "changed" if known else "new"
        if known and same and (known.kept.url == answer.url or self.index.is_current(known.kept)):
            return known.kept, "identical-payload-digest", outcome
        first = self.index.find_digest(digest)
        # What only an old version holds is written again: whoever reads the files takes the last one for the page.
        if first and first.url != answer.url and self.index.is_current(first):
            return first, "identical-payload-digest", outcome if known else "identical"
        return None, None, outcome

    def read(self, kept: Kept) -> bytes | None:
        """The body of a kept answer; ``None`` where its file is gone or damaged."""
        try:
            with (self.folder / kept.file).open("rb") as file:
                file.seek(kept.offset)
                return read_body(file)
        except OSError:
            return None

    def _append(self, series: Series, data: bytes) -> tuple[str, int]:
        """Write records at the end of the last file of a series; its name, and where they start."""
        name, size = self._files(series)[-1]
        path = self.folder / name
        with _told(path), path.open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self.index.set_size(name, size + len(data))
        return name, size

    def _files(self, series: Series) -> list[tuple[str, int]]:
        start = self._start(series)
        return [(name, size) for name, size in self.index.files(open_only=True).items() if name.startswith(start)]

    def _start(self, series: Series) -> str:
        return f"{FOUND}/found-" if series == "found" else f"{self.source}-"

    def _prepare(self, series: Series) -> None:
        """Begin a new file where there is none, or the last one is full. The index knows of it before it is there."""
        files = self._files(series)
        if files and files[-1][1] < FILE_SIZE:
            return
        start = self._start(series)
        number = 1 + max((_number(path.name) for path in (self.folder / start).parent.glob("*.warc.gz")), default=0)
        name = f"{start}{number:05d}.warc.gz"
        data = write_info(f"migkg/{__version__}", self.contact, self.source)
        with self.index.step():
            self.index.set_size(name, 0)
        with _told(self.folder / name), (self.folder / name).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with self.index.step():
            self.index.set_size(name, len(data))

    def _repair(self) -> None:
        """Cut off what a stopped run had begun to write; files that the index does not know are left alone.

        What stood in a file that is gone, or is shorter than it was, is forgotten: those pages are asked for again.
        """
        ours = self.index.files(open_only=True)
        for name, size in self.index.files().items():
            path = self.folder / name
            empty = name in ours and size == 0
            with _told(path):
                actual = path.stat().st_size if path.exists() else -1
                if name in ours and actual > size:
                    os.truncate(path, size)
                if empty:
                    path.unlink(missing_ok=True)
            if actual < size or empty:
                with self.index.step():
                    self.index.forget_file(name)

    def _rebuild(self) -> None:
        """Make the index of files that are there already."""
        absences = Absences()
        with self.index.step():
            for path in sorted([*self.folder.glob("*.warc.gz"), *(self.folder / FOUND).glob("*.warc.gz")]):
                name = path.relative_to(self.folder).as_posix()
                for found in find_answers(path, name):
                    absences.add(found)
                    if found.page:
                        self.index.add(found.page.kept)
                        self.index.set_page(found.url, found.page)
                # Nothing is written behind what this index has not written.
                self.index.set_size(name, path.stat().st_size)
                self.index.close_file(name)
            for url, date in absences.since():
                page = self.index.find(url)
                if page:
                    self.index.set_page(url, replace(page, gone=date))


def _number(name: str) -> int:
    digits = name.removesuffix(".warc.gz").rpartition("-")[2]
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 0


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MigkgError(f"cannot write {path}: {error.strerror or error}") from error
