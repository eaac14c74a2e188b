"""From sources to a store, stage by stage, and back out of it."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from migkg import __version__
from migkg.build.history import derive_history
from migkg.build.summary import count_documents, count_entities
from migkg.errors import MigkgError, SourceSkip
from migkg.extract import Extractor, extract_document
from migkg.extract.facts import add_facts
from migkg.model import Document, Extraction, Skip
from migkg.rdf import People, graph_iri, to_nquads
from migkg.rdf.entities import describe_entity
from migkg.rdf.facts import write_seen
from migkg.rdf.namespaces import ENTITIES_GRAPH, MG, RDF, RDFS, SKOS, THEME
from migkg.rdf.themes import describe_theme
from migkg.resolve import authority_records, resolve_extraction, successions, theme_records
from migkg.resources import data_path
from migkg.sources import Raw, list_sources, parse_document, read_boilerplate, read_source
from migkg.store import open_store
from migkg.store.folder import MANIFEST, FolderStore
from migkg.store.manifest import Manifest
from migkg.store.selector import select_locations

# What has one of these in a source has names in the entities graph: things the first, themes the second.
_LABEL = f"{RDFS}label"
_CODE = f"{SKOS}notation"
# Where a page says something of its publisher around its text, the manifest has this behind its location.
_PUBLISHER = "#publisher"
_BATCH_DOCUMENTS = 150
_BATCH_LINES = 60_000
_BATCH_ENTITIES = 2_000
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
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Item:
    """One source on its way into the store."""

    location: str
    fingerprint: str
    graph: str
    lines: tuple[str, ...] = ()

    @property
    def change(self) -> tuple[str, str, str]:
        return self.location, self.fingerprint, self.graph


def build(
    sources: Iterable[str],
    store_path: Path | str,
    people: People = "named",
    progress: Progress | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    extractor: Extractor | None = None,
) -> Report:
    """Read sources into a store. What is unchanged since the last run is not read again.

    Args:
        sources: files, folders, globs, addresses, or ``-``.
        store_path: the store folder, made when it is missing.
        people: which people are kept (``named``, ``roles``, ``none``).
        min_confidence: statements that are less sure do not enter the store.
        extractor: what reads the documents in place of ``extract_document``.
        progress: called with each source when it is done with.

    Raises:
        UsageError: the path is something else than a store.
        StoreError: the store is held by another process, damaged, or its disk is full.
    """
    started = time.monotonic()
    report, kept = Report(), Kept(people, min_confidence, extractor)
    with closing(open_store(store_path)) as store, closing(Manifest(store.folder / MANIFEST)) as manifest:
        _check_graphs(store, manifest)
        batch: list[_Item] = []
        for source in list_sources(sources):
            items = source if isinstance(source, Skip) else _read(source, manifest, kept, report)
            if isinstance(items, Skip):
                report.skipped.append(items)
            else:
                batch += items
            if len(batch) >= _BATCH_DOCUMENTS or sum(len(entry.lines) for entry in batch) >= _BATCH_LINES:
                _commit(batch, store, manifest)
                batch = []
            if progress:
                progress(source.source if isinstance(source, Skip) else source)
        _commit(batch, store, manifest)
        _finish(store, manifest, report)
        # Worth its time (about 2 s for 1,000 documents) when a good part of the store is new.
        if report.added + report.replaced >= max(_BATCH_DOCUMENTS, report.documents // 10):
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
    with closing(open_store(store_path)) as store, closing(Manifest(store.folder / MANIFEST)) as manifest:
        _check_graphs(store, manifest)
        found: dict[str, None] = {}
        for source in sources:
            locations = select_locations(source, manifest.rows())
            found |= dict.fromkeys(locations)
            found |= dict.fromkeys(x + _PUBLISHER for x in locations if manifest.find(x + _PUBLISHER))
            if not locations:
                report.skipped.append(Skip(source, "the store holds nothing that was read from it"))
        _commit([_Item(location, "", "") for location in found], store, manifest)
        report.removed = sum(not location.endswith(_PUBLISHER) for location in found)
        _finish(store, manifest, report)
        if erase and found:
            store.rewrite()
    report.seconds = time.monotonic() - started
    return report


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
        lines = to_nquads(extraction, kept.people) + (write_seen(document, boilerplate) if boilerplate else [])
        items = [_Item(raw.location, fingerprint, graph_iri(document), tuple(sorted(lines)))]
        if boilerplate:
            items.append(_read_publisher(boilerplate, raw, fingerprint, kept))
        elif around:
            items.append(_Item(raw.location + _PUBLISHER, "", ""))
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
    lines = tuple(to_nquads(extraction, kept.people))
    return _Item(raw.location + _PUBLISHER, fingerprint, graph_iri(boilerplate), lines)


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


def _check_graphs(store: FolderStore, manifest: Manifest) -> None:
    """Sources whose graphs are missing (a lost disk write, a restored backup) are read again."""
    present = set(store.graphs())
    lost = [row.location for row in manifest.rows() if not row.pending and row.graph not in present]
    if lost:
        manifest.forget(lost)


def _commit(batch: list[_Item], store: FolderStore, manifest: Manifest) -> None:
    """Put a batch into the store: pending rows, then all graphs in one transaction, then the rows done."""
    if not batch:
        return
    changes = [item.change for item in batch]
    leavings = manifest.leavings(changes)
    graphs = {item.graph: item.lines for item in batch if item.graph}
    touched = {iri for graph in (*leavings, *graphs) for name in (_LABEL, _CODE) for iri in store.subjects(graph, name)}
    touched |= {iri for lines in graphs.values() for iri in _named(lines)}
    manifest.begin(changes, sorted(touched))
    store.replace_graphs([*sorted(leavings), *graphs], (line for lines in graphs.values() for line in lines))
    store.flush()
    manifest.finish(changes)


def _named(lines: Iterable[str]) -> Iterator[str]:
    """The IRIs that some lines give a label or a code."""
    for line in lines:
        subject, predicate, _ = line.split(" ", 2)
        if predicate in (f"<{_LABEL}>", f"<{_CODE}>"):
            yield subject[1:-1]


def _finish(store: FolderStore, manifest: Manifest, report: Report) -> None:
    """Bring the derived graph up to date, also what a killed run left, and count."""
    while iris := manifest.touched(_BATCH_ENTITIES):
        lines = [line for iri in iris for line in _describe(store, iri)]
        beside, history = derive_history(store, iris)
        store.replace_subjects(ENTITIES_GRAPH, [*iris, *beside], lines + history)
        store.flush()
        manifest.settle(iris)
    report.entities = count_entities(store)
    report.documents = count_documents(store)


def _describe(store: FolderStore, iri: str) -> list[str]:
    """The lines of one thing or theme in the entities graph."""
    if iri.startswith(THEME):
        is_used = any(graph != ENTITIES_GRAPH for _, graph in store.values(iri, _CODE))
        return describe_theme(iri, is_used, theme_records().get(iri.removeprefix(THEME)))
    return describe_entity(iri, _names(store, iri), authority_records().get(iri), successions().get(iri, ()))


def _names(store: FolderStore, iri: str) -> Iterator[tuple[str, str]]:
    for term, _ in store.values(iri, _LABEL):
        yield term.value, term.language or ""
