"""What every store can do.

The rule for all of them: a query sees the union of all named graphs as default graph, and that union is a set. A triple
that a thousand sources say is there once: ``COUNT(*)`` counts it once, and joins over it do not multiply. (pyoxigraph's
``use_default_graph_as_union`` repeats it for each graph, so it does not give this union; see the contract test.)
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Term:
    """One RDF term of an answer, in the shape of SPARQL 1.1 JSON results.

    Attributes:
        kind: ``uri``, ``literal`` or ``bnode``.
        value: IRI, lexical form or label.
        language: language tag of a literal, lower case.
        datatype: IRI of the datatype, ``None`` for plain and language-tagged strings.
    """

    kind: str
    value: str
    language: str | None = None
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: column names in order, and rows as tuples in the same order (``None``: unbound)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE: sorted N-Triples lines, without line ends."""

    lines: tuple[str, ...]


Answer = Rows | Triples | bool


class Store(Protocol):
    """Reading side, shared by the embedded, the in-memory and the remote store."""

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """Answer a SPARQL query; ``bindings`` are bound as values, never pasted into the text.

        Raises:
            QueryError: the query is malformed (with line and column) or cannot be answered.
        """

    def graphs(self) -> Iterator[str]:
        """IRIs of all named graphs, sorted."""

    def dump(self) -> Iterator[str]:
        """All quads as N-Quads lines without line ends, sorted."""

    def close(self) -> None:
        """Release files and connections."""


class Table(Protocol):
    """The edges of a store in columns."""

    def select(self, sql: str, kinds: Mapping[str, str], bindings: Mapping[str, Term]) -> Rows | None:
        """The rows of a reviewed SQL query, as the store would give them; ``None``: the store has to answer."""


@runtime_checkable
class Columnar(Protocol):
    """A store that may have columns beside it."""

    @property
    def columns(self) -> Table | None:
        """The columns, where they are there and hold what the store holds."""


class WritableStore(Store, Protocol):
    """A store that migkg itself fills."""

    def replace_graph(self, graph: str, nquads: Iterable[str]) -> None:
        """Put these N-Quads lines in the place of the named graph, as a whole or not at all.

        Raises:
            StoreError: a line is malformed or belongs to another graph, or the store cannot be written.
        """

    def replace_graphs(self, graphs: Iterable[str], nquads: Iterable[str]) -> None:
        """Put these N-Quads lines in the place of all these named graphs, together or not at all.

        Raises:
            StoreError: a line is malformed or belongs to none of the graphs, or the store cannot be written.
        """

    def remove_graph(self, graph: str) -> None:
        """Drop the named graph, as a whole or not at all; dropping an unknown graph does nothing."""
