"""A SPARQL endpoint, read over HTTP with SPARQLWrapper."""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit, urlunsplit

from SPARQLWrapper import BASIC, JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from migkg import __version__
from migkg.errors import QueryError, StoreError, UsageError
from migkg.lines import sort_lines, write_literal
from migkg.store.base import Answer, Rows, Term, Triples
from migkg.store.binding import bind
from migkg.store.guard import check_query

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_GRAPH = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
_TRIPLES = "application/n-triples, text/turtle;q=0.8"


class RemoteStore:
    """The reading side of a store, on another process or machine.

    The endpoint is expected to answer over the union of its named graphs: an Oxigraph server on the ``oxigraph`` folder
    of a store does, most others do on a setting of their own.
    """

    def __init__(self, endpoint: str, timeout: float = 60.0) -> None:
        """See ``migkg.store.remote_store``."""
        parts = urlsplit(endpoint)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UsageError(f"{_without_password(endpoint)} is no http or https address of an endpoint")
        self._address = _without_password(endpoint)
        self._timeout = timeout
        self._user, self._password = _read_credentials(parts.username, parts.password)

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """See ``Store.query``."""
        form = check_query(sparql)
        bound = bind(sparql, bindings)
        try:
            return self._answer(bound, form)
        except QueryError as error:
            # The endpoint speaks of the query with its values in place; the place as written helps more.
            from migkg.store.oxigraph import check_syntax

            check_syntax(sparql)
            raise error

    def _answer(self, bound: str, form: str) -> Answer:
        if form in {"CONSTRUCT", "DESCRIBE"}:
            from migkg.store.oxigraph import parse_triples

            data, media_type = self._ask(bound, form, _TRIPLES)
            return Triples(parse_triples(data, media_type))
        data, media_type = self._ask(bound, form, "application/sparql-results+json")
        return _read_results(data, media_type)

    def graphs(self) -> Iterator[str]:
        """See ``Store.graphs``."""
        answer = self.query(_GRAPHS)
        assert isinstance(answer, Rows)
        return iter(sorted(row[0].value for row in answer.rows if row[0] and row[0].kind == "uri"))

    def dump(self) -> Iterator[str]:
        """See ``Store.dump``; one graph is fetched at a time."""
        return sort_lines(self._lines())

    def close(self) -> None:
        """See ``Store.close``. Nothing is kept open between queries."""

    def _lines(self) -> Iterator[str]:
        for graph in self.graphs():
            answer = self.query(_GRAPH, {"g": Term("uri", graph)})
            assert isinstance(answer, Rows)
            for row in answer.rows:
                yield " ".join([*(_write(term) for term in row if term), f"<{graph}>", "."])

    def _ask(self, sparql: str, form: str, accept: str) -> tuple[bytes, str]:
        wrapper = SPARQLWrapper(self._address, agent=f"migkg/{__version__}")
        wrapper.setMethod(POST)
        wrapper.setTimeout(max(1, round(self._timeout)))
        wrapper.setReturnFormat(JSON if accept != _TRIPLES else TURTLE)
        if self._user is not None:
            wrapper.setHTTPAuth(BASIC)
            wrapper.setCredentials(self._user, self._password)
        wrapper.setQuery(sparql)
        # SPARQLWrapper guesses the form by a regular expression that comments can fool.
        wrapper.queryType = form
        wrapper.addCustomHttpHeader("Accept", accept)
        try:
            response = wrapper.query().response
            return response.read(), response.headers.get_content_type()
        except (SPARQLWrapperException, HTTPError) as error:
            raise _query_error(error) from error
        except (URLError, TimeoutError, ConnectionError, OSError) as error:
            reason = getattr(error, "reason", None) or error
            raise StoreError(f"the endpoint {self._address} does not answer: {reason}") from error


def _without_password(endpoint: str) -> str:
    """The address as it may be shown and logged."""
    parts = urlsplit(endpoint)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _read_credentials(user: str | None, password: str | None) -> tuple[str | None, str]:
    if user is not None:
        return unquote(user), unquote(password or "")
    name, colon, secret = os.environ.get("MIGKG_ENDPOINT_AUTH", "").partition(":")
    return (name, secret) if colon else (None, "")


def _query_error(error: Exception) -> QueryError:
    """What the endpoint said, as one line."""
    said = " ".join(str(error).replace("\\n", " ").split())
    return QueryError(f"the endpoint refuses the query: {said[:300]}")


def _read_results(data: bytes, media_type: str) -> Answer:
    try:
        answer: dict[str, Any] = json.loads(data)
        if "boolean" in answer:
            return bool(answer["boolean"])
        columns = tuple(answer["head"]["vars"])
        rows = answer["results"]["bindings"]
        return Rows(columns, tuple(tuple(_read(row[c]) if c in row else None for c in columns) for row in rows))
    except (ValueError, KeyError, TypeError) as error:
        raise QueryError(f"the endpoint answered with {media_type or 'no type'}, not with SPARQL results") from error


def _read(cell: dict[str, str]) -> Term:
    if cell["type"] not in {"literal", "typed-literal"}:
        return Term(cell["type"], cell["value"])
    language = cell.get("xml:lang")
    if language:
        return Term("literal", cell["value"], language.lower())
    datatype = cell.get("datatype")
    return Term("literal", cell["value"], None, None if datatype == _STRING else datatype)


def _write(term: Term) -> str:
    if term.kind == "uri":
        return f"<{term.value}>"
    return f"_:{term.value}" if term.kind == "bnode" else write_literal(term.value, term.language, term.datatype)
