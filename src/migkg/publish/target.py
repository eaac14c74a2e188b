"""A server that takes graphs: by Graph Store Protocol or by SPARQL Update, and asked by query what it holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from urllib.parse import quote, urlsplit, urlunsplit

import yaml

from migkg.errors import DataFileError, StoreError, UsageError
from migkg.lines import read_literal, split_line
from migkg.resources import data_path
from migkg.store.base import Rows, Term
from migkg.store.binding import to_sparql
from migkg.store.connection import Access, Connection, Reply
from migkg.store.paging import read_graphs
from migkg.store.remote import RemoteStore

Method = Literal["store", "update"]
_UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Layout:
    """The addresses of one server.

    Attributes:
        method: how graphs are sent.
        store: Graph Store Protocol; ``None`` where it is not known.
        update: SPARQL Update; ``None`` where it is not known.
        query: SPARQL queries.
        triples: triples in one SPARQL Update.
    """

    method: Method
    store: str | None
    update: str | None
    query: str
    triples: int = 1000


@cache
def _servers() -> list[dict[str, Any]]:
    path = data_path("servers.yaml")
    try:
        rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in rows:
            if not all(str(row[key]).startswith("/") for key in ("store", "update", "query")):
                raise ValueError("store, update and query must begin with a slash")
            int(row["triples"])
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise DataFileError(f"servers.yaml: {error}") from error
    return rows


def find_layout(address: str, method: Method | None = None, query: str | None = None) -> Layout:
    """The addresses of a server, from the one that a user gave and what is known of servers.

    Args:
        address: where graphs or updates go.
        method: how they are sent; ``None``: by what the address ends with.
        query: where queries go; ``None``: by what the address ends with.

    Raises:
        UsageError: the address is of no known server, and the rest was not said.
    """
    parts = urlsplit(address)
    for row in _servers():
        for found in ("store", "update"):
            if parts.path.endswith(row[found]) and method in {None, found}:
                base = parts.path.removesuffix(row[found])
                places = {
                    name: urlunsplit(parts._replace(path=base + row[name])) for name in ("store", "update", "query")
                }
                chosen: Method = "update" if found == "update" else "store"
                return Layout(chosen, places["store"], places["update"], query or places["query"], row["triples"])
    if method is None or query is None:
        raise UsageError(
            "the address fits none of the servers that are known (they end as "
            f"{', '.join(sorted({row[name] for row in _servers() for name in ('store', 'update')}))}); "
            "say with --method how graphs are sent and with --query where queries are answered"
        )
    return Layout(method, address if method == "store" else None, address if method == "update" else None, query)


class Target:
    """One server, written to and asked."""

    def __init__(self, layout: Layout, access: Access | None = None, timeout: float = 300.0) -> None:
        """Nothing is sent yet.

        Raises:
            UsageError: an address is none.
        """
        self.layout = layout
        self._connection = Connection(layout.store or layout.update or layout.query, access, timeout)
        self._update = Connection(layout.update, access, timeout) if layout.update else None
        self._remote = RemoteStore(layout.query, timeout, access)

    @property
    def address(self) -> str:
        """Where graphs go, as it may be shown."""
        return self._connection.address

    def counts(self) -> dict[str, int]:
        """The named graphs that the server holds, with the number of triples of each.

        Raises:
            StoreError: the server does not answer, or not with all of them.
        """
        return read_graphs(self._select)

    def put(self, graph: str, triples: Sequence[str]) -> None:
        """Put N-Triples lines in the place of a named graph.

        Raises:
            StoreError: the server refuses them.
        """
        if self.layout.method == "store":
            body = "".join(f"{line}\n" for line in triples).encode()
            self._check(self._connection.send("PUT", self._place(graph), body, _TRIPLES), graph)
            return
        self.update(f"DROP SILENT GRAPH <{graph}>")
        for start in range(0, len(triples), self.layout.triples):
            part = triples[start : start + self.layout.triples]
            self.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{_statements(part)}\n}} }}")

    def remove(self, graph: str) -> None:
        """Drop a named graph; one that is not there is no matter.

        Raises:
            StoreError: the server refuses.
        """
        if self.layout.method == "store":
            reply = self._connection.send("DELETE", self._place(graph))
            if reply.status not in {404, 410}:
                self._check(reply, graph)
            return
        self.update(f"DROP SILENT GRAPH <{graph}>")

    def fill_default(self) -> None:
        """Make the default graph the union of the named graphs.

        Raises:
            StoreError: the server has no address for updates, or refuses.
        """
        self.update("DROP SILENT DEFAULT")
        self.update(_UNION)

    def update(self, text: str) -> None:
        """Run one SPARQL Update.

        Raises:
            StoreError: the server has no address for updates, or refuses.
        """
        if self._update is None:
            raise StoreError(f"for {self.address} no address for SPARQL Update is known")
        headers = {"Content-Type": "application/sparql-update", "Accept": "*/*"}
        self._check(self._update.send("POST", self._update.address, text.encode(), headers), "the update")

    def asks(self, pattern: str) -> bool:
        """Whether a pattern has an answer in the default graph that queries see."""
        return self._remote.query(f"ASK {{ {pattern} }}") is True

    def close(self) -> None:
        """Close the connections."""
        for opened in (self._connection, self._update, self._remote):
            if opened is not None:
                opened.close()

    def _select(self, sparql: str) -> Rows:
        answer = self._remote.query(sparql)
        assert isinstance(answer, Rows)
        return answer

    def _place(self, graph: str) -> str:
        return f"{self._connection.address}?graph={quote(graph, safe='')}"

    def _check(self, reply: Reply, what: str) -> None:
        if reply.status == 401:
            raise StoreError(f"{self.address} wants another user or password, or another --auth (basic, digest)")
        if reply.status >= 300:
            raise StoreError(f"{self.address} refuses {what}: {reply.status} {reply.excerpt()}".rstrip())


_TRIPLES = {"Content-Type": "application/n-triples", "Accept": "*/*"}


def _statements(triples: Iterable[str]) -> str:
    return "\n".join(map(" ".join, map(_statement, triples)))


def _statement(line: str) -> Iterator[str]:
    """A line as SPARQL writes it: there, \\u stands for a character before anything else is read."""
    quad = split_line(line)
    yield quad.subject
    yield quad.predicate
    if quad.object.startswith('"'):
        literal = read_literal(quad.object)
        yield to_sparql(Term("literal", literal.text, literal.language, literal.datatype))
    else:
        yield quad.object
    yield "."
