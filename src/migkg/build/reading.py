"""The first stage: a partition of the sources in, what the store keeps of each of them out.

It needs no store and changes nothing, so any process on any machine can do it, and do it again.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from migkg import __version__
from migkg.errors import MigkgError, SourceSkip
from migkg.extract import Extractor, extract_document
from migkg.extract.facts import add_facts
from migkg.linking import Splits, pack_record
from migkg.model import Document, Extraction, Skip
from migkg.model.record import Former
from migkg.rdf import People, graph_iri, select_record, write_record
from migkg.rdf.facts import write_seen
from migkg.rdf.namespaces import MG, RDF
from migkg.rdf.versions import version_iri
from migkg.resolve import resolve_extraction
from migkg.resources import data_path
from migkg.sources import Item as Piece
from migkg.sources import Raw, Stated, open_source, parse_document, read_boilerplate
from migkg.sources.sites import site_paths
from migkg.store.changes import PackedSource
from migkg.store.manifest import Row

# Where a page says something of its publisher around its text, the manifest has this behind its location.
PUBLISHER = "#publisher"
Find = Callable[[str], Row | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """How documents are read, and what of an extraction enters the store: people, and statements of a confidence."""

    people: People
    confidence: float
    extractor: Extractor | None = None

    def extract(self, document: Document) -> Extraction:
        """What the document says, without statements that are not sure enough."""
        return (self.extractor or extract_document)(document).surer_than(self.confidence).with_places()

    def parts(self) -> tuple[str, ...]:
        """What makes a source changed when it changes."""
        return (self.people, str(self.confidence), *((self.extractor.fingerprint,) if self.extractor else ()))


@dataclass(frozen=True, slots=True)
class Partition:
    """Some sources, in order, with all that reading them depends on.

    Attributes:
        sources: as ``list_pieces`` gives them; what it could not find is passed on.
        version: of migkg and its data (see ``version``): a process that has another one reads nothing.
        rows: what the store holds of them, by location.
        splits: forms that mean something else in one source (see ``migkg.linking.find_splits``).
    """

    sources: tuple[str | Piece, ...]
    kept: Kept
    version: str
    rows: Mapping[str, Row] = field(default_factory=dict)
    splits: Splits = field(default_factory=dict)

    def singly(self) -> list["Partition"]:
        """The same sources, a partition each."""
        return [replace(self, sources=(source,)) for source in self.sources]

    def abandoned(self) -> "Shard":
        """What stands in the place of a single source that ends every process that reads it."""
        names = [source if isinstance(source, str) else source.source for source in self.sources]
        return Shard(names, skipped=[Skip(name, "reading it ended a worker process twice") for name in names])


@dataclass(frozen=True, slots=True)
class Item:
    """One source on its way into the store, or out of it (with its location alone)."""

    location: str
    fingerprint: str = ""
    packed: PackedSource | None = None

    @property
    def change(self) -> tuple[str, str, str]:
        """As the manifest of the store takes it: with a fingerprint alone it is read and holds nothing."""
        return self.location, self.fingerprint, self.packed.graph if self.packed else ""


@dataclass(slots=True)
class Shard:
    """What was read from a partition: what the store is to take in, and the figures that ``Report`` explains."""

    sources: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    mentions: int = 0
    claims: int = 0


def read_partition(partition: Partition, find: Find | None = None) -> Shard:
    """Read the sources of a partition; a source that cannot be read is listed and stops nothing.

    Args:
        find: what the store holds of a location; ``None``: the rows of the partition.

    Raises:
        MigkgError: something else than a source is at fault (a data file, a language model, another version).
    """
    if partition.version != version():
        raise MigkgError("a worker has another version of migkg or of its data than the process that gives it work")
    shard = Shard()
    for source in partition.sources:
        shard.sources.append(source if isinstance(source, str) else source.source)
        for piece in open_source(source) if isinstance(source, str) else (source,):
            _read_piece(piece, partition, find or partition.rows.get, shard)
    return shard


def _read_piece(piece: Piece, partition: Partition, find: Find, shard: Shard) -> None:
    if isinstance(piece, Skip):
        shard.skipped.append(piece)
        return
    try:
        shard.items += _read(piece, partition, find, shard)
    except SourceSkip as skip:
        shard.skipped.append(Skip(piece.source, str(skip)))
    except MigkgError:
        raise
    except Exception as error:  # one document that trips a stage must not stop the others
        reason = f"failed with {type(error).__name__}: {error}; please report this document"
        shard.skipped.append(Skip(piece.source, reason))


def _read(raw: Raw | Stated, partition: Partition, find: Find, shard: Shard) -> list[Item]:
    """One source, and what its page says of its publisher; nothing when it is unchanged."""
    kept = partition.kept
    known, around = find(raw.location), find(raw.location + PUBLISHER)
    fingerprint = _fingerprint(raw, kept)
    if known and not known.pending and known.fingerprint == fingerprint and not (around and around.pending):
        shard.unchanged += not is_former(raw)
        return []
    if isinstance(raw, Raw) and raw.next and raw.latest:
        return [_read_former(raw, raw.next, raw.latest, fingerprint, partition)]
    extraction, boilerplate = _read_words(raw, kept)
    document = extraction.document
    seen = tuple(write_seen(document, boilerplate)) if boilerplate else ()
    withdrawn = raw.withdrawn or None if isinstance(raw, Raw) else None
    record = replace(select_record(extraction, kept.people), lines=seen, withdrawn=withdrawn)
    lines = write_record(record)  # what cannot be written is skipped here, not when the graphs are written
    items = [Item(raw.location, fingerprint, pack_record(record, partition.splits))]
    if boilerplate:
        items.append(_read_publisher(boilerplate, raw.location, fingerprint, partition))
    elif around:
        items.append(Item(raw.location + PUBLISHER))
    shard.replaced += known is not None
    shard.added += known is None
    shard.mentions += sum(len(entity.mentions) for entity in extraction.entities)
    shard.claims += sum(f"<{RDF}predicate> <{MG}" in line for line in lines)
    return items


def is_former(raw: Raw | Stated) -> bool:
    """Whether it is an earlier version of a page."""
    return isinstance(raw, Raw) and raw.next is not None


def _read_former(raw: Raw, after: Raw, latest: Raw, fingerprint: str, partition: Partition) -> Item:
    """What an earlier version of a page said, without people; nothing, where only what is around the text changed."""
    try:
        document, following, last = (parse_document(one) for one in (raw, after, latest))
    except SourceSkip:
        return Item(raw.location, fingerprint)
    if following.id == document.id:
        return Item(raw.location, fingerprint)
    extraction = resolve_extraction(partition.kept.extract(document), last.id)
    address, retrieved = raw.url or raw.location, raw.captured or ""
    former = Former(version_iri(document, address, retrieved), retrieved, raw.replaced, graph_iri(last))
    record = replace(select_record(extraction, "none"), themes=(), former=former)
    write_record(record)
    return Item(raw.location, fingerprint, pack_record(record, partition.splits))


def _read_words(raw: Raw | Stated, kept: Kept) -> tuple[Extraction, Document | None]:
    """What a source says, each thing with its first form of identity, and the document about its publisher."""
    if isinstance(raw, Stated):
        return resolve_extraction(raw.extraction.surer_than(kept.confidence)), None
    document = parse_document(raw)
    return resolve_extraction(kept.extract(document)), read_boilerplate(raw, document)


def _read_publisher(boilerplate: Document, location: str, fingerprint: str, partition: Partition) -> Item:
    """The source that all pages with one wording about their publisher share; it goes with the last of them."""
    kept = partition.kept
    extraction = resolve_extraction(add_facts(extract_document(boilerplate).surer_than(kept.confidence)))
    record = select_record(extraction, kept.people)
    write_record(record)
    return Item(location + PUBLISHER, fingerprint, pack_record(record, partition.splits))


def _fingerprint(raw: Raw | Stated, kept: Kept) -> str:
    if isinstance(raw, Raw) and raw.state:
        return fetched_fingerprint(raw.state, kept)
    kind = raw.content_type if isinstance(raw, Raw) else None
    parts = (raw.digest, kind or "", version(), *kept.parts())
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def fetched_fingerprint(state: str, kept: Kept) -> str:
    """The fingerprint of a version of a fetched page: how it is read, a space, and its state. It needs no bytes."""
    return f"{hashlib.sha256(chr(31).join((version(), *kept.parts())).encode()).hexdigest()} {state}"


def version() -> str:
    """The version of migkg and the hash of the data that reading depends on: with another one all is read again."""
    return f"{__version__}\x1f{_data_digest()}"


@cache
def _data_digest() -> str:
    """Hash of the data files that reading depends on: an edited rule makes every source changed."""
    digest = hashlib.sha256()
    for path in sorted({*data_path().rglob("*"), *site_paths()}):
        if path.suffix in {".yaml", ".csv", ".json", ".txt"} and "samples" not in path.parts:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def split_sources(sources: Iterable[str | Piece], size: int) -> Iterator[tuple[str | Piece, ...]]:
    """The sources in runs of at most ``size``, in order; what only this process can read stands in runs of its own."""
    run: list[str | Piece] = []
    for source in sources:
        if run and (len(run) >= size or is_local(run[0]) != is_local(source)):
            yield tuple(run)
            run = []
        run.append(source)
    if run:
        yield tuple(run)


def is_local(source: str | Piece) -> bool:
    """Whether only this process can read the source: standard input, and addresses, which are asked one at a time."""
    return isinstance(source, str) and (source == "-" or source.casefold().startswith(("http://", "https://")))
