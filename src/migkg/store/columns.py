"""The edges of a store in columns, beside it, for questions that join very many of them.

``columns.duckdb`` is never a second truth. Before anything in the store changes, ``generation`` gets a new random word;
the columns are used only while they carry the same word. A run that dies, a file that is lost or damaged, an older
form: then the store answers, and the next run that writes makes the columns anew.
"""

import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migkg.errors import StoreError
from migkg.model.vocabulary import ENTITY_TYPES, RELATIONS
from migkg.resources import data_path, interface_languages
from migkg.store.base import Rows, Term
from migkg.store.generation import FILE, GENERATION, Generation

if TYPE_CHECKING:
    import duckdb

FILES = (FILE, f"{FILE}.wal", GENERATION)
# Below this many sources the store answers every named query in a moment, so columns would only take time to make.
LEAST_GRAPHS = 250
# Another form of the tables, or other languages of names: columns of before are made anew.
_FORMAT = f"4 {' '.join(interface_languages())}"
_QUIET = {"threads": "1", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# For reading, a query may use this much; a server runs several processes.
_READING = _QUIET | {"memory_limit": "512MB"}
# For making them too; what does not fit goes to disk. Without it 16,000 releases took 1.1 GiB.
_WRITING = _QUIET | {"memory_limit": "384MB"}
_MG, _DCTERMS, _SCHEMA = "https://w3id.org/migkg/ont#", "http://purl.org/dc/terms/", "https://schema.org/"
_RDF, _SKOS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2004/02/skos/core#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NAME, _TYPE = f"{_SKOS}prefLabel", f"{_RDF}type"
_PREDICATES = (
    *(_RDF + name for name in ("subject", "predicate", "object")),
    *(_DCTERMS + name for name in ("issued", "language", "publisher", "subject")),
    *(_MG + name for name in ("source", "status", "quote", "country", "when", "amount", "amountKind", "recipient")),
    *(_SCHEMA + name for name in ("funder", "fundedItem", "currency")),
    f"{_SKOS}notation",
    *(_MG + name for name in sorted(RELATIONS)),
)
_TYPES = tuple(_MG + name for name in (*sorted(ENTITY_TYPES), "Source"))
_FACTS = "facts (graph VARCHAR, subject VARCHAR, predicate VARCHAR, object VARCHAR, language VARCHAR)"
_COLUMNS = "{'graph': 'VARCHAR', 'subject': 'VARCHAR', 'object': 'VARCHAR', 'language': 'VARCHAR'}"
_LOAD = f"""INSERT INTO facts SELECT graph, subject, $predicate, object, coalesce(language, '')
    FROM read_csv($file, header = true, delim = ',', quote = '"', escape = '"', auto_detect = false,
                  max_line_size = 16777216, new_line = '\\r\\n', columns = {_COLUMNS})"""
# One name for each thing, as all named queries choose it: the first in the language, else the first in any.
_CALLED = "CREATE TEMP MACRO called(lang) AS TABLE SELECT thing, name FROM shown WHERE language = lang"
# The key of a text, none where the graph has no such text. The mark finds it without a look at all of them.
_KEY = "CREATE TEMP MACRO key_of(x) AS (SELECT key FROM texts WHERE mark = md5_number_lower(x) AND text = x)"
_TEXTS = "SELECT key, text FROM texts WHERE key IN (SELECT unnest($keys))"
_PARAMETER = re.compile(r"\$([a-z]\w*)", re.IGNORECASE)
Kinds = Mapping[str, str]
# Writes the answer to a SELECT as CSV into a file.
WriteCsv = Callable[[str, Path], None]


class Columns:
    """The tables of one store folder, open for reading."""

    def __init__(self, connection: "duckdb.DuckDBPyConnection") -> None:
        self._connection = connection

    def select(self, sql: str, kinds: Kinds, bindings: Mapping[str, Term]) -> Rows | None:
        """The rows of a SELECT, as the store would give them.

        Args:
            sql: reviewed SQL; ``$name`` stands for a value, NULL where there is none.
            kinds: columns to what their values are: ``iri``, ``string``, ``integer`` or ``decimal``.
            bindings: names to values.

        Returns:
            ``None`` when the tables cannot answer (a sum too big for them, no memory): the store has to.
        """
        import duckdb

        values = {name: _value(bindings.get(name)) for name in sorted(set(_PARAMETER.findall(sql)))}
        try:
            found = list(self._connection.execute(sql, values).fetchnumpy().values())
            texts = self._read_texts(kinds, found)
        except duckdb.Error:
            return None
        if len(found) != len(kinds) or any(cells.dtype.kind == "f" for cells in found):
            return None  # two columns of one name, or a number that has become inexact
        columns = (_terms(kind, cells, texts) for kind, cells in zip(kinds.values(), found, strict=True))
        return Rows(tuple(kinds), tuple(zip(*columns, strict=True)))

    def _read_texts(self, kinds: Kinds, found: "list[Any]") -> dict[int, str]:
        """The texts whose keys stand in an answer; the same keys come again and again."""
        keys: set[int] = set()
        for kind, cells in zip(kinds.values(), found, strict=False):
            if _has_keys(kind, cells):
                keys.update(key for key in set(cells.tolist()) if key is not None)
        return dict(self._connection.execute(_TEXTS, {"keys": sorted(keys)}).fetchall()) if keys else {}

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def open_columns(folder: Path) -> Columns | None:
    """The columns of a store folder, where they are there and fresh."""
    path, word = folder / FILE, Generation(folder).before
    if not word or not path.is_file():
        return None
    import duckdb

    try:
        connection = duckdb.connect(str(path), read_only=True, config=dict(_READING))
        if _read_meta(connection) != (_FORMAT, word):
            connection.close()
            return None
        connection.execute("SET default_null_order = 'nulls_first_on_asc_last_on_desc'")
        connection.execute(_CALLED)
        connection.execute(_KEY)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except duckdb.Error:
        return None
    return Columns(connection)


def refresh(folder: Path, generation: Generation, graphs: int, write_csv: WriteCsv) -> None:
    """Bring the columns in step with a store that was changed; when that fails, the store goes on alone.

    Args:
        folder: of the store, locked for writing.
        generation: knows which graphs were changed.
        graphs: how many named graphs the store has now.
        write_csv: answers a SELECT of the store into a file.
    """
    if graphs < LEAST_GRAPHS:
        remove(folder)
        return
    if not generation.read() or not (folder / FILE).exists():
        generation.renew()
    import duckdb

    try:
        with tempfile.TemporaryDirectory(prefix="migkg-columns-") as scratch:
            _fill(folder / FILE, generation, write_csv, Path(scratch) / "facts.csv")
    except (duckdb.Error, StoreError, OSError):
        remove(folder)


def remove(folder: Path) -> None:
    """Take the columns away."""
    for name in FILES[:2]:
        with suppress(OSError):
            (folder / name).unlink()


def _fill(path: Path, generation: Generation, write_csv: WriteCsv, scratch: Path) -> None:
    import duckdb

    word = generation.read()
    connection = duckdb.connect(str(path), config={**_WRITING, "temp_directory": str(scratch.parent / "spilled")})
    try:
        known = _read_meta(connection)
        if known == (_FORMAT, word):
            return
        connection.execute("BEGIN")
        # Graph by graph only when the columns held all that was there before this process changed it.
        if generation.changed and known == (_FORMAT, generation.before):
            _load_graphs(connection, sorted(generation.changed), write_csv, scratch)
        else:
            _load_all(connection, write_csv, scratch)
        connection.execute(
            "CREATE OR REPLACE TABLE relations AS SELECT unnest($names) AS predicate",
            {"names": [_MG + name for name in sorted(RELATIONS)]},
        )
        connection.execute(
            "CREATE OR REPLACE TABLE languages AS SELECT unnest($names) AS language",
            {"names": list(interface_languages())},
        )
        connection.execute(data_path("columns.sql").read_text(encoding="utf-8"))
        connection.execute(
            "CREATE OR REPLACE TABLE meta AS SELECT $form AS format, $word AS generation",
            {"form": _FORMAT, "word": word},
        )
        connection.execute("COMMIT")
    finally:
        connection.close()


def _read_meta(connection: "duckdb.DuckDBPyConnection") -> tuple[str, str]:
    """Format and generation of the columns; empty texts for a new file.

    Raises:
        duckdb.Error: the file is damaged.
    """
    known = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'meta'").fetchone()
    row = connection.execute("SELECT format, generation FROM meta").fetchone() if known else None
    return (str(row[0]), str(row[1])) if row else ("", "")


def _load_all(connection: "duckdb.DuckDBPyConnection", write_csv: WriteCsv, scratch: Path) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE {_FACTS}")
    for predicate in _PREDICATES:
        _load(connection, predicate, f"GRAPH ?graph {{ ?subject <{predicate}> ?object }}", write_csv, scratch)
    _load(connection, _NAME, f"GRAPH ?graph {{ ?subject <{_NAME}> ?object }}", write_csv, scratch)
    for kind in _TYPES:
        pattern = f"GRAPH ?graph {{ ?subject <{_TYPE}> <{kind}> }} BIND(<{kind}> AS ?object)"
        _load(connection, _TYPE, pattern, write_csv, scratch)


def _load_graphs(
    connection: "duckdb.DuckDBPyConnection", graphs: list[str], write_csv: WriteCsv, scratch: Path
) -> None:
    connection.execute("DELETE FROM facts WHERE graph IN (SELECT unnest($graphs))", {"graphs": graphs})
    names = " ".join(f"<{graph}>" for graph in graphs)
    for predicate in (*_PREDICATES, _NAME, _TYPE):
        pattern = f"VALUES ?graph {{ {names} }} GRAPH ?graph {{ ?subject <{predicate}> ?object }}"
        _load(connection, predicate, pattern, write_csv, scratch)
    connection.execute(
        "DELETE FROM facts WHERE predicate = $type AND object NOT IN (SELECT unnest($types))",
        {"type": _TYPE, "types": list(_TYPES)},
    )


def _load(
    connection: "duckdb.DuckDBPyConnection", predicate: str, pattern: str, write_csv: WriteCsv, scratch: Path
) -> None:
    language = "LANG(?object)" if predicate == _NAME else '""'
    write_csv(f"SELECT ?graph ?subject ?object ({language} AS ?language) WHERE {{ {pattern} }}", scratch)
    connection.execute(_LOAD, {"predicate": predicate, "file": str(scratch)})


def _value(term: Term | None) -> str | int | None:
    if term is None:
        return None
    return int(term.value) if term.datatype == f"{_XSD}integer" else term.value


def _has_keys(kind: str, cells: Any) -> bool:
    return kind in {"iri", "string"} and cells.dtype.kind == "i"


def _terms(kind: str, cells: Any, texts: Mapping[int, str]) -> list[Term | None]:
    """A column of an answer as terms: each value is made into a term once, however often it comes."""
    values: list[Any] = cells.tolist()
    of_keys = _has_keys(kind, cells)
    terms: dict[Any, Term | None] = {None: None}
    for value in set(values) - {None}:
        terms[value] = _MAKERS[kind](texts[value] if of_keys else value)
    return [terms[value] for value in values]


def _decimal(cell: object) -> Term:
    return Term("literal", format(Decimal(str(cell)).normalize(), "f"), None, f"{_XSD}decimal")


_MAKERS: dict[str, Callable[[object], Term]] = {
    "iri": lambda cell: Term("uri", str(cell)),
    "string": lambda cell: Term("literal", str(cell)),
    "integer": lambda cell: Term("literal", str(cell), None, f"{_XSD}integer"),
    "decimal": _decimal,
}
