"""Answers as bytes in the formats of SPARQL and RDF, written by the engine itself, whole or not at all."""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from migkg.errors import AnswerTooLarge, QueryError, StoreError
from migkg.store.base import Term, Triples
from migkg.store.binding import bind
from migkg.store.dataset import Dataset, read_dataset
from migkg.store.guard import Form, check_query
from migkg.store.oxigraph import OxigraphStore, answering

_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_JSON_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_CSV_TEXT = re.compile(rb'"[^"]*"')
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an answer may be: bytes, and rows or triples."""

    max_bytes: int
    max_rows: int


@dataclass(frozen=True, slots=True)
class Written:
    """A whole answer to SELECT or ASK: its bytes, and its number of rows (``None`` for ASK)."""

    data: bytes
    rows: int | None


def write_answer(
    store: OxigraphStore,
    sparql: str,
    choose: Callable[[Form], str],
    limits: Limits,
    bindings: Mapping[str, Term] | None = None,
    dataset: Dataset | None = None,
) -> Written | Triples:
    """Answer a query.

    Args:
        store: the store.
        sparql: the query; it may come from anyone.
        choose: the format for a form of query, asked before the engine is: ``json``, ``xml``, ``csv`` or ``tsv`` for
            SELECT and ASK. CONSTRUCT and DESCRIBE give triples, whatever it says.
        limits: how large the answer may be.
        bindings: values of variables.
        dataset: graphs that the request names; they go before those of the query.

    Raises:
        QueryError: the query is refused or malformed, names an unknown graph, or cannot be answered.
        AnswerTooLarge: the answer is larger than the limits; nothing of it is given.
    """
    kind = choose(check_query(sparql))
    if dataset is not None and not any(dataset):
        dataset = None
    _check_known(store, dataset or read_dataset(sparql))
    bound = bind(sparql, bindings)
    with answering(sparql, bound):
        result = _ask(store, bound, dataset)
        if isinstance(result, ox.QueryTriples):
            return _read_triples(result, limits)
        sink = _Sink(limits)
        result.serialize(sink, _RESULTS[kind])
    data = sink.getvalue()
    if kind == "xml" and _NO_XML.search(data):
        raise QueryError("the answer holds control characters, which XML cannot carry; ask for JSON")
    if isinstance(result, ox.QueryBoolean):
        return Written(data, None)
    rows = _count_rows(data, kind)
    if rows > limits.max_rows:
        raise _too_large(limits)
    return Written(data, rows)


def to_rdfxml(lines: Iterable[str], prefixes: Mapping[str, str]) -> bytes:
    """N-Triples lines as RDF/XML.

    Raises:
        QueryError: a text or a property is nothing that XML can hold.
    """
    triples = [quad.triple for quad in ox.parse("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES)]
    try:
        data = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=dict(prefixes)) or b""
    except (OSError, ValueError) as error:
        raise QueryError(f"the answer cannot be written as RDF/XML; ask for Turtle ({error})") from error
    if _NO_XML.search(data):
        raise QueryError("the answer holds control characters, which XML cannot carry; ask for Turtle")
    return data


def parse_triples(data: bytes, media_type: str) -> tuple[str, ...]:
    """Sorted N-Triples lines of some RDF text, each once.

    Raises:
        QueryError: the type is none that can be read, or the text is malformed.
    """
    kind = ox.RdfFormat.from_media_type(media_type)
    if kind is None:
        raise QueryError(f"the endpoint answered with {media_type or 'no type'}, which is no RDF")
    try:
        return tuple(sorted({f"{quad.triple} ." for quad in ox.parse(data, kind)}))
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"the endpoint's answer cannot be read: {error}") from error


def _ask(
    store: OxigraphStore, bound: str, dataset: Dataset | None
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    if dataset is None:
        return store.engine.query(bound)
    # A request that names graphs has these and no others: without default graphs, its default graph is empty.
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(iri) for iri in dataset.default]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in dataset.named]
    return store.engine.query(bound, default_graph=default, named_graphs=named)


def write_csv(store: OxigraphStore, sparql: str, path: Path) -> None:
    """Write the answer to a SELECT of our own into a file, as CSV.

    Raises:
        StoreError: the file or the store cannot be used.
    """
    try:
        result = store.engine.query(sparql)
        assert isinstance(result, ox.QuerySolutions)
        result.serialize(str(path), ox.QueryResultsFormat.CSV)
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"{path}: cannot be written: {error}") from error


def _check_known(store: OxigraphStore, graphs: Dataset) -> None:
    for iri in (*graphs.default, *graphs.named):
        try:
            known = store.engine.contains_named_graph(ox.NamedNode(iri))
        except ValueError as error:
            raise QueryError(f"not an IRI of a graph: {iri[:200]}") from error
        if not known:
            raise QueryError(f"there is no graph <{iri[:200]}> here, and none is fetched from elsewhere")


def _read_triples(result: ox.QueryTriples, limits: Limits) -> Triples:
    lines: set[str] = set()
    size = 0
    for triple in result:
        line = f"{triple} ."
        if line not in lines:
            lines.add(line)
            size += len(line)
        if len(lines) > limits.max_rows or size > limits.max_bytes:
            raise _too_large(limits)
    return Triples(tuple(sorted(lines)))


def _too_large(limits: Limits) -> AnswerTooLarge:
    return AnswerTooLarge(
        f"the answer is larger than {limits.max_rows:,} rows or {limits.max_bytes // 1024:,} KiB, and no part of it is "
        f"given; ask for less, with LIMIT and OFFSET page by page, or download the whole graph"
    )


def _count_rows(data: bytes, kind: str) -> int:
    """Rows of a written answer: what separates them never stands inside a value."""
    if kind == "tsv":
        return data.count(b"\n") - 1
    if kind == "xml":
        return data.count(b"<result>")
    if kind == "csv":
        return _CSV_TEXT.sub(b"", data).count(b"\n") - 1
    bare = _JSON_TEXT.sub(b"", data)
    return bare.count(b",{") + bare.count(b"[{")


class _Sink(io.BytesIO):
    """Takes what the engine writes, up to a size."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self._limits.max_bytes:
            raise _too_large(self._limits)
        return super().write(data)
