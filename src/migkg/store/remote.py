"""A SPARQL endpoint, read over HTTP with SPARQLWrapper."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from migkg.errors import QueryError
from migkg.lines import is_iri, sort_lines, write_literal
from migkg.store.base import Answer, Rows, Term, Triples
from migkg.store.binding import bind
from migkg.store.connection import MAX_BYTES, Access, Connection, Reply
from migkg.store.guard import check_query
from migkg.store.paging import TRUSTED, read_graphs, read_quads, read_whole

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.8"
# By these, servers say that they have cut an answer (Virtuoso: its row limit, and its time limit).
_CUT_HEADERS = ("x-sparql-maxrows", "x-sparql-anytime", "x-sql-state")
# Graphs that Virtuoso brings along and keeps for itself.
_SERVERS_OWN = (
    "http://localuriqaserver/",
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.w3.org/ns/ldp#",
    "http://www.w3.org/2002/07/owl#",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
    "virtrdf-label",
)


class RemoteStore:
    """The reading side of a store, on another process or machine.

    The endpoint is expected to answer over the union of its named graphs: Virtuoso does, and any server does that was
    filled by ``migkg publish`` or that runs on the ``oxigraph`` folder of a store.
    """

    def __init__(
        self, endpoint: str, timeout: float = 60.0, access: Access | None = None, max_bytes: int = MAX_BYTES
    ) -> None:
        """See ``migkg.store.remote_store``; ``max_bytes`` is the most of an answer that are taken."""
        self._connection = Connection(endpoint, access, timeout, max_bytes=max_bytes)
        self._address = self._connection.address
        self._known = TRUSTED  # the most rows in an answer of this server that was whole

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """See ``Store.query``.

        Raises:
            QueryError: also when the endpoint gives only a part of the answer.
            StoreError: the endpoint does not answer.
        """
        form = check_query(sparql)
        bound = bind(sparql, bindings)
        try:
            return _restore(self._answer(bound, form), bindings or {})
        except QueryError as error:
            # The endpoint speaks of the query with its values in place; the place as written helps more.
            from migkg.store.oxigraph import check_syntax

            check_syntax(sparql)
            raise error

    def graphs(self) -> Iterator[str]:
        """See ``Store.graphs``."""
        return iter(self._counts())

    def dump(self) -> Iterator[str]:
        """See ``Store.dump``; the graphs are fetched some at a time.

        Raises:
            StoreError: the endpoint does not give all that it counts.
        """
        return sort_lines(
            f"{_write(subject)} {_write(predicate)} {_write(value)} <{graph}> ."
            for graph, subject, predicate, value in read_quads(self._select, self._counts())
        )

    def close(self) -> None:
        """See ``Store.close``."""
        self._connection.close()

    def _counts(self) -> dict[str, int]:
        return {graph: n for graph, n in read_graphs(self._select).items() if not graph.startswith(_SERVERS_OWN)}

    def _answer(self, bound: str, form: str) -> Answer:
        if form in {"CONSTRUCT", "DESCRIBE"}:
            from migkg.store.results import parse_triples

            reply = self._ask(bound, form, _TRIPLES)
            if any(name in reply.headers for name in _CUT_HEADERS):
                raise QueryError("the endpoint gives only a part of the triples; ask for less at once")
            return Triples(parse_triples(reply.body, reply.media_type))
        if form == "ASK":
            return _read_results(self._ask(bound, form, _RESULTS))
        answer = read_whole(self._select, bound, self._known)
        self._known = max(self._known, len(answer.rows))
        return answer

    def _select(self, sparql: str) -> Rows:
        answer = _read_results(self._ask(sparql, "SELECT", _RESULTS))
        if not isinstance(answer, Rows):
            raise QueryError("the endpoint answered a SELECT with true or false")
        return answer

    def _ask(self, sparql: str, form: str, accept: str) -> Reply:
        wrapper = _Wrapper(self._address, self._connection)
        wrapper.setMethod(POST)
        # Otherwise it also asks by parameters of its own, and Virtuoso's Turtle makes integers of decimals.
        wrapper.setOnlyConneg(True)
        wrapper.setReturnFormat(JSON if accept != _TRIPLES else TURTLE)
        wrapper.setQuery(sparql)
        # SPARQLWrapper guesses the form by a regular expression that comments can fool.
        wrapper.queryType = form
        wrapper.addCustomHttpHeader("Accept", accept)
        reply = cast(Reply, wrapper.query().response)  # what ``_Wrapper._query`` gives
        if reply.status >= 300:
            raise QueryError(f"the endpoint refuses the query: {reply.status} {reply.excerpt()}".rstrip())
        return reply


class _Wrapper(SPARQLWrapper):
    """Writes requests as SPARQLWrapper does; sends them where redirects, time and size are under control.

    Its own sending passes passwords on with redirects, knows no limit but that of the connection (issue 243), and sets
    digest passwords for the whole process.
    """

    def __init__(self, address: str, connection: Connection) -> None:
        super().__init__(address)
        self._connection = connection

    def _query(self) -> Any:
        request = self._createRequest()
        body = request.data if isinstance(request.data, bytes) else None
        reply = self._connection.send(request.get_method(), request.full_url, body, dict(request.header_items()))
        return reply, self.returnFormat


def _restore(answer: Answer, bindings: Mapping[str, Term]) -> Answer:
    """The answer with the IRIs that were put into the query as IRIs.

    Virtuoso 7 gives an IRI of the query back as plain text where it stands in the list of a grouping.
    """
    if not isinstance(answer, Rows):
        return answer
    known = [bindings.get(column) for column in answer.columns]
    if not any(term and term.kind == "uri" for term in known):
        return answer
    return Rows(answer.columns, tuple(tuple(map(_as_bound, row, known)) for row in answer.rows))


def _as_bound(cell: Term | None, bound: Term | None) -> Term | None:
    same = cell and bound and bound.kind == "uri" and cell == Term("literal", bound.value)
    return bound if same else cell


def _read_results(reply: Reply) -> Answer:
    try:
        answer: dict[str, Any] = json.loads(reply.body)
        if "boolean" in answer:
            return bool(answer["boolean"])
        columns = tuple(answer["head"]["vars"])
        rows = answer["results"]["bindings"]
        return Rows(columns, tuple(tuple(_read(row[c]) if c in row else None for c in columns) for row in rows))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        kind = reply.media_type or "no type"
        raise QueryError(f"the endpoint answered with {kind}, not with SPARQL results that can be read") from error


def _read(cell: dict[str, str]) -> Term:
    kind, value = cell["type"], cell["value"]
    if not isinstance(value, str) or kind not in {"uri", "bnode", "literal", "typed-literal"}:
        raise ValueError(kind)
    if kind in {"uri", "bnode"}:
        return Term(kind, value)
    language = cell.get("xml:lang")
    if language:
        return Term("literal", value, str(language).lower())
    datatype = cell.get("datatype")
    return Term("literal", value, None, None if datatype == _STRING else datatype)


def _write(term: Term) -> str:
    if term.kind == "uri":
        if not is_iri(term.value):
            raise QueryError(f"the endpoint gives something as an IRI that is none: {term.value[:80]!r}")
        return f"<{term.value}>"
    return f"_:{term.value}" if term.kind == "bnode" else write_literal(term.value, term.language, term.datatype)
