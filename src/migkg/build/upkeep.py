"""Keeping a store up to date with folders of ``migkg fetch``: only what is new or changed in them is read.

What is to be read follows from the index of a folder and the manifest of the store, without a look into the WARC files.
The graph that comes out is that of building the folders whole, so a run that is killed is simply started again.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from migkg.build.engine import Engine
from migkg.build.pipeline import Report, fill, remove
from migkg.build.reading import Kept, fetched_fingerprint
from migkg.errors import SourceSkip
from migkg.model import Skip
from migkg.model.verdict import Rulings
from migkg.sources import Item as Piece
from migkg.sources.fetched import INDEX, Version, read_pages
from migkg.sources.warc import read_version
from migkg.store.folder import MANIFEST
from migkg.store.manifest import Manifest, Row

Kind = Literal["new", "changed", "withdrawn", "back", "again"]
Find = Callable[[str], Row | None]


@dataclass(frozen=True, slots=True)
class Change:
    """A page that a store is not up to date with.

    Attributes:
        kind: ``new``; ``changed``: it has another text; ``withdrawn``: the server says that it is there no more;
            ``back``: it is there again; ``again``: the page is as it was, but is to be read in another way, or a run
            was stopped while it was being read.
        folder: in which it is kept.
        url: its address.
    """

    kind: Kind
    folder: Path
    url: str


@dataclass(slots=True)
class Plan:
    """What is to be done for a store.

    Attributes:
        changes: the pages, by folder and address.
        versions: what is to be read of them, with the folder.
        merged: locations in the store that hold pages which have become the same as others.
        skipped: folders that cannot be read.
    """

    changes: list[Change] = field(default_factory=list)
    versions: list[tuple[Path, Version]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)

    def pieces(self) -> Iterator[Piece]:
        """What is to be read, one by one."""
        yield from self.skipped
        for folder, version in self.versions:
            piece = read_version(version, str(folder.absolute()), str(folder))
            if piece is not None:
                yield piece


def plan_update(folders: Iterable[Path], store_path: Path, kept: Kept) -> Plan:
    """What an update would read; changes nothing.

    Args:
        folders: of ``migkg fetch``.
        store_path: the store folder, which may be missing.
        kept: how pages are read.

    Raises:
        StoreError: the store is damaged, or of a newer migkg.
    """
    if not (store_path / MANIFEST).is_file():
        return _plan(folders, lambda location: None, kept)
    with closing(Manifest(store_path / MANIFEST)) as manifest:
        return _plan(folders, manifest.find, kept)


def update(
    folders: Iterable[Path],
    store_path: Path,
    kept: Kept,
    progress: Callable[[str], None] | None = None,
    rulings: Rulings | None = None,
    engine: Engine | None = None,
) -> tuple[Plan, Report]:
    """Bring a store up to date with folders.

    Args:
        folders: of ``migkg fetch``; nobody may be fetching into them.
        kept: how pages are read.

    Returns:
        What was to be done, and what was. See ``fill`` for the other arguments and the errors.
    """
    folders = list(folders)
    plan = Plan()

    def list_some(manifest: Manifest) -> Iterator[Piece]:
        nonlocal plan
        plan = _plan(folders, manifest.find, kept)
        return plan.pieces()

    report = fill(list_some, store_path, kept, progress, rulings, engine)
    if plan.merged:
        report.removed = remove(plan.merged, store_path, erase=False).removed
    return plan, report


def _plan(folders: Iterable[Path], find: Find, kept: Kept) -> Plan:
    plan = Plan()
    for folder in folders:
        here = str(folder.absolute())
        if not (folder / INDEX).is_file():
            plan.skipped.append(Skip(str(folder), "nothing was fetched into this folder yet"))
            continue
        try:
            pages = read_pages(folder.absolute())
        except SourceSkip as skip:
            plan.skipped.append(Skip(str(folder), str(skip)))
            continue
        for version in pages.versions:
            row, wanted = find(version.locate(here)), fetched_fingerprint(version.state, kept)
            if row and row.fingerprint == wanted and not row.pending:
                continue
            plan.versions.append((folder, version))
            if version.next is None:
                plan.changes.append(Change(_kind(row, wanted), folder, version.url))
        plan.merged += [where for where in (f"{here}#{url}" for url in sorted(pages.merged)) if find(where)]
    return plan


def _kind(row: Row | None, wanted: str) -> Kind:
    """What has become of a page, by the fingerprint that the store has, and the one that it should have."""
    if row is None:
        return "new"
    (rules, record, gone), (new_rules, new_record, new_gone) = _parts(row.fingerprint), _parts(wanted)
    if row.pending or rules != new_rules:
        return "again"
    if bool(gone) != bool(new_gone):
        return "withdrawn" if new_gone else "back"
    return "changed" if record != new_record else "again"


def _parts(fingerprint: str) -> tuple[str, str, str]:
    rules, _, state = fingerprint.partition(" ")
    record, _, gone = state.partition(" ")
    return rules, record, gone
