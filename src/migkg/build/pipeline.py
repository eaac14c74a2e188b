"""From sources to a store, stage by stage, and back out of it."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from migkg import __version__
from migkg.build.derived import derive
from migkg.build.identity import find_lost, keep_records, write_things
from migkg.build.summary import count_documents, count_entities
from migkg.errors import MigkgError, SourceSkip
from migkg.extract import Extractor, extract_document
from migkg.extract.facts import add_facts
from migkg.model import Document, Extraction, Skip, SourceRecord
from migkg.model.verdict import Rulings
from migkg.rdf import People, select_record, write_record
from migkg.rdf.facts import write_seen
from migkg.rdf.namespaces import MG, RDF
from migkg.resolve import resolve_extraction
from migkg.resources import data_path
from migkg.sources import Raw, list_sources, parse_document, read_boilerplate, read_source
from migkg.store import open_store
from migkg.store.changes import ReferenceChanges
from migkg.store.folder import MANIFEST, REFERENCES, FolderStore
from migkg.store.manifest import Manifest
from migkg.store.selector import select_locations

# Where a page says something of its publisher around its text, the manifest has this behind its location.
_PUBLISHER = "#publisher"
_BATCH_DOCUMENTS = 150
Progress = Callable[[str], None]


MIN_CONFIDENCE = 0.3  # at this and more, two in three held-out statements were right (docs/quality.md)


@dataclass(frozen=True, slots=True)
class Kept:
    """How documents are read, and what of an extraction enters the store: people, and statements of a confidence."""

    people: People
    confidence: float
    extractor: Extractor | None = None

    def extract(self, document: Document) -> Extraction:
        """What the document says, without statements that are not sure enough."""
        return (self.extractor or extract_document)(document).surer_than(self.confidence)

    def parts(self) -> tuple[str, ...]:
        """What makes a source changed when it changes."""
        return (self.people, str(self.confidence), *((self.extractor.fingerprint,) if self.extractor else ()))


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


@dataclass(frozen=True, slots=True)
class _Item:
    """One source on its way into the store, or out of it."""

    location: str
    fingerprint: str = ""
    record: SourceRecord | None = None

    @property
    def change(self) -> tuple[str, str, str]:
        return self.location, self.fingerprint, self.record.source if self.record else ""


def build(
    sources: Iterable[str],
    store_path: Path | str,
    people: People = "named",
    progress: Progress | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    extractor: Extractor | None = None,
    rulings: Rulings | None = None,
) -> Report:
    """Read sources into a store. What is unchanged since the last run is not read again.

    Args:
        sources: files, folders, globs, addresses, or ``-``.
        store_path: the store folder, made when it is missing.
        people: which people are kept (``named``, ``roles``, ``none``).
        min_confidence: statements that are less sure do not enter the store.
        extractor: what reads the documents in place of ``extract_document``.
        rulings: what people decided about identity; ``None`` leaves what was applied last in force.
        progress: called with each source when it is done with.

    Raises:
        UsageError: the path is something else than a store.
        StoreError: the store is held by another process, damaged, or its disk is full.
    """
    started = time.monotonic()
    report, kept = Report(), Kept(people, min_confidence, extractor)
    with _opened(store_path) as (store, manifest, references):
        batch: list[_Item] = []
        for source in list_sources(sources):
            items = source if isinstance(source, Skip) else _read(source, manifest, kept, report)
            if isinstance(items, Skip):
                report.skipped.append(items)
            else:
                batch += items
            if len(batch) >= _BATCH_DOCUMENTS:
                _commit(batch, manifest, references)
                batch = []
            if progress:
                progress(source.source if isinstance(source, Skip) else source)
        _commit(batch, manifest, references)
        report.written = write_things(store, manifest, references, rulings)
        _finish(store, manifest, report)
        # Worth its time (about 2 s for 1,000 documents) when a good part of the store is new.
        if report.written >= max(_BATCH_DOCUMENTS, report.documents // 10):
            store.compact()
    report.seconds = time.monotonic() - started
    return report


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
            found |= dict.fromkeys(x + _PUBLISHER for x in locations if manifest.find(x + _PUBLISHER))
            if not locations:
                report.skipped.append(Skip(source, "the store holds nothing that was read from it"))
        _commit([_Item(location) for location in found], manifest, references)
        report.removed = sum(not location.endswith(_PUBLISHER) for location in found)
        report.written = write_things(store, manifest, references)
        _finish(store, manifest, report)
        if erase and found:
            references.erase()
            store.rewrite()
    report.seconds = time.monotonic() - started
    return report


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
        done = {row.location: row.graph for row in manifest.rows() if not row.pending}
        lost = find_lost(store, references, done.values())
        if lost:
            manifest.forget([location for location, graph in done.items() if graph in lost])
        yield store, manifest, references


def _read(source: str, manifest: Manifest, kept: Kept, report: Report) -> list[_Item] | Skip:
    """Read one source, and what its page says of its publisher; nothing when it is unchanged."""
    try:
        raw = read_source(source)
        known = manifest.find(raw.location)
        fingerprint = _fingerprint(raw, kept)
        around = manifest.find(raw.location + _PUBLISHER)
        if known and not known.pending and known.fingerprint == fingerprint and not (around and around.pending):
            report.unchanged += 1
            return []
        document = parse_document(raw)
        extraction = resolve_extraction(kept.extract(document))
        boilerplate = read_boilerplate(raw, document)
        seen = tuple(write_seen(document, boilerplate)) if boilerplate else ()
        record = replace(select_record(extraction, kept.people), lines=seen)
        lines = write_record(record)  # what cannot be written is skipped here, not when the graphs are written
        items = [_Item(raw.location, fingerprint, record)]
        if boilerplate:
            items.append(_read_publisher(boilerplate, raw, fingerprint, kept))
        elif around:
            items.append(_Item(raw.location + _PUBLISHER))
    except SourceSkip as skip:
        return Skip(source, str(skip))
    except MigkgError:
        raise
    except Exception as error:  # one document that trips a stage must not stop the others
        return Skip(source, f"failed with {type(error).__name__}: {error}; please report this document")
    report.replaced += known is not None
    report.added += known is None
    report.mentions += sum(len(entity.mentions) for entity in extraction.entities)
    report.claims += sum(f"<{RDF}predicate> <{MG}" in line for line in lines)
    return items


def _read_publisher(boilerplate: Document, raw: Raw, fingerprint: str, kept: Kept) -> _Item:
    """The source that all pages with one wording about their publisher share; it goes with the last of them."""
    extraction = resolve_extraction(add_facts(extract_document(boilerplate).surer_than(kept.confidence)))
    record = select_record(extraction, kept.people)
    write_record(record)
    return _Item(raw.location + _PUBLISHER, fingerprint, record)


def _fingerprint(raw: Raw, kept: Kept) -> str:
    parts = (raw.digest, raw.content_type or "", __version__, _data_digest(), *kept.parts())
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@cache
def _data_digest() -> str:
    """Hash of the data files that reading depends on: an edited rule makes every source changed."""
    digest = hashlib.sha256()
    for path in sorted(data_path().rglob("*")):
        if path.suffix in {".yaml", ".csv", ".json", ".txt"} and "samples" not in path.parts:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _commit(batch: list[_Item], manifest: Manifest, references: ReferenceChanges) -> None:
    """Keep what a batch says: pending rows, then all records in one transaction, then the rows done."""
    if not batch:
        return
    changes = [item.change for item in batch]
    leavings = manifest.leavings(changes)
    manifest.begin(changes, ())
    keep_records(references, [item.record for item in batch if item.record], leavings)
    manifest.finish(changes)


def _finish(store: FolderStore, manifest: Manifest, report: Report) -> None:
    """Bring the derived graph up to date, also what a killed run left, and count."""
    derive(store, manifest)
    report.entities = count_entities(store)
    report.documents = count_documents(store)
