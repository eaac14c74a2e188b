"""From sources to a store, stage by stage, and back out of it."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from migkg.build.derived import derive
from migkg.build.engine import Engine, InProcess, Run
from migkg.build.identity import find_lost, keep_sources, write_things
from migkg.build.reading import (
    PUBLISHER,
    Item,
    Kept,
    Partition,
    Shard,
    is_local,
    read_partition,
    split_sources,
    version,
)
from migkg.build.summary import count_documents, count_entities
from migkg.extract import Extractor
from migkg.linking import find_splits
from migkg.model import Skip
from migkg.model.verdict import Rulings
from migkg.rdf import People
from migkg.rdf.namespaces import SOURCE
from migkg.sources import Item as Piece
from migkg.sources import list_pieces
from migkg.store import open_store
from migkg.store.changes import ReferenceChanges
from migkg.store.folder import MANIFEST, REFERENCES, FolderStore
from migkg.store.manifest import Manifest, Row
from migkg.store.selector import select_locations

# Documents of a partition: it is read by one process, and kept as a whole.
PARTITION = 50
_MANY = 150
Progress = Callable[[str], None]


MIN_CONFIDENCE = 0.3  # at this and more, two in three held-out statements were right (docs/quality.md)


@dataclass(slots=True)
class Report:
    """What a run did.

    Attributes:
        added, replaced, unchanged, removed: numbers of sources.
        skipped: what was left out, and why.
        mentions, claims: read in this run.
        documents: number of documents in the store afterwards.
        entities: number of entities by type in the store afterwards.
        written: number of sources whose graph was written or removed.
        seconds: wall time.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    skipped: list[Skip] = field(default_factory=list)
    mentions: int = 0
    claims: int = 0
    documents: int = 0
    entities: dict[str, int] = field(default_factory=dict)
    written: int = 0
    seconds: float = 0.0

    def add(self, shard: Shard) -> None:
        """Count what was read from a partition."""
        self.added += shard.added
        self.replaced += shard.replaced
        self.unchanged += shard.unchanged
        self.skipped += shard.skipped
        self.mentions += shard.mentions
        self.claims += shard.claims


def build(
    sources: Iterable[str],
    store_path: Path | str,
    people: People = "named",
    progress: Progress | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    extractor: Extractor | None = None,
    rulings: Rulings | None = None,
    engine: Engine | None = None,
) -> Report:
    """Read sources into a store. What is unchanged since the last run is not read again.

    Args:
        sources: files, folders, globs, addresses, or ``-``.

    See ``fill`` for the other arguments and the errors.
    """
    kept = Kept(people, min_confidence, extractor)
    return fill(lambda manifest: list_pieces(sources), store_path, kept, progress, rulings, engine)


def fill(
    list_some: Callable[[Manifest], Iterable[str | Piece]],
    store_path: Path | str,
    kept: Kept,
    progress: Progress | None = None,
    rulings: Rulings | None = None,
    engine: Engine | None = None,
) -> Report:
    """Read some sources or pieces of them into a store.

    Args:
        list_some: gives them, when it is known what the store holds.
        store_path: the store folder, made when it is missing.
        kept: how they are read: people, confidence, extractor.
        rulings: what people decided about identity; ``None`` leaves what was applied last in force.
        progress: called with each source when it is done with.
        engine: what runs the stages; ``None``: this process. The store is the same, to the byte of an export.

    Raises:
        UsageError: the path is something else than a store.
        StoreError: the store is held by another process, damaged, or its disk is full.
    """
    started = time.monotonic()
    report = Report()
    with _opened(store_path) as (store, manifest, references):
        tasks = _split(list_some(manifest), kept, manifest, references)
        for shard in _read(tasks, engine or InProcess(), manifest):
            _commit(shard.items, manifest, references)
            report.add(shard)
            if progress:
                for source in shard.sources:
                    progress(source)
        report.written = write_things(store, manifest, references, rulings, engine)
        _finish(store, manifest, report)
        # Worth its time (about 2 s for 1,000 documents) when a good part of the store is new.
        if report.written >= max(_MANY, report.documents // 10):
            store.compact()
    report.seconds = time.monotonic() - started
    return report


def _split(
    sources: Iterable[str | Piece], kept: Kept, manifest: Manifest, references: ReferenceChanges
) -> Iterator[Partition]:
    """The sources in partitions: always the same ones for the same sources."""
    splits = find_splits(references)
    for some in split_sources(sources, PARTITION):
        rows = {row.location: row for source in some for row in _rows_of(source, manifest)}
        yield Partition(some, kept, version(), rows, splits)


def _rows_of(source: str | Piece, manifest: Manifest) -> Iterable[Row]:
    """What the store holds of a source or of a text in one."""
    if isinstance(source, str):
        return () if is_local(source) else manifest.rows_of(source)
    if isinstance(source, Skip):
        return ()
    found = (manifest.find(source.location), manifest.find(source.location + PUBLISHER))
    return [row for row in found if row]


def _read(tasks: Iterable[Partition], engine: Engine, manifest: Manifest) -> Iterator[Shard]:
    """What was read from each partition, in their order."""
    run = Run(engine, read_partition, singly=Partition.singly, give_up=Partition.abandoned)
    for here, some in groupby(tasks, key=lambda task: is_local(task.sources[0])):
        if here:
            yield from (read_partition(task, manifest.find) for task in some)
        else:
            yield from run.results(some)


def remove(sources: Iterable[str], store_path: Path | str, erase: bool = True) -> Report:
    """Take sources out of a store; they need not exist any more.

    Args:
        sources: what they were built from (file, folder, glob, address), or IRIs of sources in the graph.
        erase: also write the database anew, so that their words are in none of its files.

    Raises:
        UsageError: there is no store.
        StoreError: the store is held by another process, damaged, or its disk is full.
    """
    started = time.monotonic()
    report = Report()
    open_store(store_path, read_only=True).close()
    with _opened(store_path) as (store, manifest, references):
        found: dict[str, None] = {}
        for source in sources:
            locations = select_locations(source, manifest.rows())
            found |= dict.fromkeys(locations)
            found |= dict.fromkeys(x + PUBLISHER for x in locations if manifest.find(x + PUBLISHER))
            if not locations:
                report.skipped.append(Skip(source, "the store holds nothing that was read from it"))
        report.removed = sum(_is_document(location, manifest) for location in found)
        _commit([Item(location) for location in found], manifest, references)
        report.written = write_things(store, manifest, references)
        _finish(store, manifest, report)
        if erase and found:
            references.erase()
            store.rewrite()
    report.seconds = time.monotonic() - started
    return report


def _is_document(location: str, manifest: Manifest) -> bool:
    """Whether a location is one of a document, and not of what its page says around it or said earlier."""
    row = manifest.find(location)
    return row is not None and row.graph.startswith(SOURCE) and not location.endswith(PUBLISHER)


def decide(store_path: Path | str, rulings: Rulings) -> Report:
    """Bring a store up to date with what people decided about identity; no document is read.

    Args:
        rulings: these take the place of those that were applied before.

    Raises:
        UsageError: there is no store.
        StoreError: the store is held by another process, damaged, or its disk is full.
    """
    started = time.monotonic()
    report = Report()
    open_store(store_path, read_only=True).close()
    with _opened(store_path) as (store, manifest, references):
        report.written = write_things(store, manifest, references, rulings)
        _finish(store, manifest, report)
    report.seconds = time.monotonic() - started
    return report


@contextmanager
def _opened(store_path: Path | str) -> Iterator[tuple[FolderStore, Manifest, ReferenceChanges]]:
    """The parts of a store for writing; what was lost of it is noted, to be read or written again."""
    with (
        closing(open_store(store_path)) as store,
        closing(Manifest(store.folder / MANIFEST)) as manifest,
        closing(ReferenceChanges(store.folder / REFERENCES)) as references,
    ):
        done = {row.location: row.graph for row in manifest.rows() if row.graph and not row.pending}
        lost = find_lost(store, references, done.values())
        if lost:
            manifest.forget([location for location, graph in done.items() if graph in lost])
        yield store, manifest, references


def _commit(items: Iterable[Item], manifest: Manifest, references: ReferenceChanges) -> None:
    """Keep what a partition says: pending rows, then all records in one transaction, then the rows done."""
    changes = [item.change for item in items]
    if not changes:
        return
    leavings = manifest.leavings(changes)
    manifest.begin(changes, ())
    keep_sources(references, [item.packed for item in items if item.packed], leavings)
    manifest.finish(changes)


def _finish(store: FolderStore, manifest: Manifest, report: Report) -> None:
    """Bring the derived graph up to date, also what a killed run left, and count."""
    derive(store, manifest)
    report.entities = count_entities(store)
    report.documents = count_documents(store)
