"""The in-memory store: an rdflib Dataset. Slower, but pure Python, and a second opinion on every query."""

from collections.abc import Iterable, Iterator, Mapping

import rdflib
from pyparsing import ParseBaseException
from rdflib.plugins import sparql as rdflib_sparql
from rdflib.plugins.sparql import evaluate
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import FrozenBindings, QueryContext
from rdflib.query import Result, ResultRow

from migkg.errors import QueryError, StoreError
from migkg.lines import Quad, is_iri, read_literal, split_line, write_literal
from migkg.store.base import Answer, Rows, Term, Triples
from migkg.store.binding import bind
from migkg.store.guard import check_query, refuse

_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class MemoryStore:
    """A writable store that lives as long as the process."""

    def __init__(self) -> None:
        # Otherwise FROM <http://…> or FROM <file:…> in a query would be fetched and read.
        rdflib_sparql.SPARQL_LOAD_GRAPHS = False
        rdflib_sparql.CUSTOM_EVALS["migkg"] = _eval_groups
        self._dataset = rdflib.Dataset(default_union=True)

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """See ``Store.query``."""
        check_query(sparql)
        bound = bind(sparql, bindings)
        try:
            return _read_answer(self._dataset.query(bound))
        except ParseBaseException as error:
            raise _syntax_error(sparql, bound, error) from error
        except RecursionError as error:
            raise QueryError("the query is nested too deeply for the in-memory store") from error
        except QueryError:
            raise
        except Exception as error:  # rdflib raises bare Exception for unknown prefixes and its translator's complaints
            raise QueryError(f"the query cannot be answered: {error}") from error

    def graphs(self) -> Iterator[str]:
        """See ``Store.graphs``."""
        default = self._dataset.default_graph.identifier
        found = (graph.identifier for graph in self._dataset.graphs() if len(graph))
        return iter(sorted(str(name) for name in found if name != default))

    def dump(self) -> Iterator[str]:
        """See ``Store.dump``."""
        default = self._dataset.default_graph.identifier
        lines = []
        for subject, predicate, value, graph in self._dataset.quads((None, None, None, None)):
            name = "" if graph is None or graph == default else f" {_write(graph)}"
            lines.append(f"{_write(subject)} {_write(predicate)} {_write(value)}{name} .")
        return iter(sorted(lines))

    def replace_graph(self, graph: str, nquads: Iterable[str]) -> None:
        """See ``WritableStore.replace_graph``."""
        self.replace_graphs([graph], nquads)

    def remove_graph(self, graph: str) -> None:
        """See ``WritableStore.remove_graph``."""
        self.replace_graphs([graph], ())

    def replace_graphs(self, graphs: Iterable[str], nquads: Iterable[str]) -> None:
        """See ``WritableStore.replace_graphs``."""
        names = set(graphs)
        quads = [_read_line(line, names) for line in nquads]
        for name in names:
            self._dataset.remove_graph(rdflib.URIRef(name))
        for subject, predicate, value, graph in quads:
            self._dataset.graph(graph).add((subject, predicate, value))

    def close(self) -> None:
        """See ``Store.close``."""
        self._dataset.close()


def _eval_groups(ctx: QueryContext, part: CompValue) -> Iterable[FrozenBindings]:
    """Grouping as SPARQL has it: where nothing matches there is no group. rdflib gives one row without values.

    Raises:
        NotImplementedError: this part of a query is not grouped. rdflib asks every custom evaluation first, and this is
            how one declines, by its own contract.
    """
    if part.name != "AggregateJoin" or part.p.expr is None:
        raise NotImplementedError
    rows = list(evaluate.evalAggregateJoin(ctx, part))
    if len(rows) == 1 and not len(rows[0]) and next(iter(evaluate.evalPart(ctx, part.p)), None) is None:
        return []
    return rows


_Node = rdflib.URIRef | rdflib.BNode | rdflib.Literal
_Line = tuple[rdflib.URIRef | rdflib.BNode, rdflib.URIRef, _Node, rdflib.URIRef]


def _read_line(line: str, graphs: set[str]) -> _Line:
    try:
        quad: Quad = split_line(line)
        subject, value = _read_node(quad.subject), _read_node(quad.object)
    except ValueError as error:
        raise StoreError(f"the store was given a malformed line: {error}") from error
    if quad.graph[1:-1] not in graphs or isinstance(subject, rdflib.Literal):
        raise StoreError(f"a line belongs to {quad.graph or 'no graph'}, which is not replaced here")
    return subject, rdflib.URIRef(quad.predicate[1:-1]), value, rdflib.URIRef(quad.graph[1:-1])


def _read_node(text: str) -> _Node:
    if text.startswith("<"):
        if not is_iri(text[1:-1]):
            raise ValueError(f"not an absolute IRI: {text[:80]}")
        return rdflib.URIRef(text[1:-1])
    if text.startswith("_:"):
        return rdflib.BNode(text[2:])
    parts = read_literal(text)
    datatype = rdflib.URIRef(parts.datatype) if parts.datatype else None
    return rdflib.Literal(parts.text, lang=parts.language, datatype=datatype, normalize=False)


def _write(node: rdflib.term.Node) -> str:
    if isinstance(node, rdflib.Literal):
        return write_literal(str(node), node.language, str(node.datatype) if node.datatype else None)
    return f"_:{node}" if isinstance(node, rdflib.BNode) else f"<{node}>"


def _read_answer(result: Result) -> Answer:
    if result.type == "ASK":
        return bool(result.askAnswer)
    if result.type in {"CONSTRUCT", "DESCRIBE"}:
        # rdflib keeps what a template makes of texts as subjects; SPARQL leaves such triples out.
        triples = (t for t in result.graph or () if not isinstance(t[0], rdflib.Literal))
        return Triples(tuple(sorted({f"{_write(s)} {_write(p)} {_write(o)} ." for s, p, o in triples})))
    columns = tuple(str(variable) for variable in result.vars or ())
    rows = tuple(
        tuple(None if term is None else _read_term(term) for term in row)
        for row in result
        if isinstance(row, ResultRow)
    )
    return Rows(columns, rows)


def _read_term(term: rdflib.term.Node) -> Term:
    if isinstance(term, rdflib.Literal):
        if term.language:
            return Term("literal", str(term), term.language.lower())
        datatype = str(term.datatype) if term.datatype else None
        return Term("literal", str(term), None, None if datatype in {_STRING, _LANG_STRING} else datatype)
    return Term("bnode" if isinstance(term, rdflib.BNode) else "uri", str(term))


def _syntax_error(sparql: str, bound: str, error: ParseBaseException) -> QueryError:
    """The error in terms of the query as it was written, before its parameters were bound."""
    from migkg.store.oxigraph import check_syntax

    try:
        check_syntax(sparql)  # its places are closer to the mistake than those of rdflib
    except QueryError as closer:
        return closer
    if bound != sparql:
        return QueryError("with these parameters the query is malformed: a text stands where an IRI is needed")
    return refuse(sparql, min(error.loc, len(sparql)), "the in-memory store cannot read the query from here on")
