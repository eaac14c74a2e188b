"""The embedded store: Oxigraph on disk, or in memory for tests and small graphs.

The union of the named graphs is kept in Oxigraph's default graph, so that it is a set and queries over it are fast;
each change keeps both in step, in one transaction. Any Oxigraph server on the folder answers the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from migkg.errors import QueryError, StoreError
from migkg.lines import sort_lines
from migkg.store.base import Answer, Rows, Term, Triples
from migkg.store.binding import bind
from migkg.store.guard import check_query, refuse

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_MANY = 5_000
_PLACE = re.compile(r"error at (\d+):(\d+): ")
# Among the words that the parser would have liked better, only whole phrases help a reader.
_PHRASE = re.compile(r"[A-Z][A-Za-z]+(?: [A-Za-z]+)+")


class OxigraphStore:
    """A writable store over one Oxigraph database."""

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        """Open a database folder, made when it is missing (unless ``read_only``); without a path: in memory.

        Raises:
            StoreError: another process holds it, or it is no database.
        """
        try:
            if path is None:
                self._database: ox.Store | None = ox.Store()
            else:
                self._database = ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
        except (OSError, RuntimeError) as error:
            raise StoreError(_explain(error, path)) from error

    @property
    def engine(self) -> ox.Store:
        """The open database, for the modules of this package."""
        if self._database is None:
            raise StoreError("the store is closed")
        return self._database

    def query(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> Answer:
        """See ``Store.query``."""
        check_query(sparql)
        bound = bind(sparql, bindings)
        with answering(sparql, bound):
            return _read_answer(self.engine.query(bound))

    def graphs(self) -> Iterator[str]:
        """See ``Store.graphs``."""
        with _reading():
            names = [graph.value for graph in self.engine.named_graphs() if isinstance(graph, ox.NamedNode)]
        return iter(sorted(name for name in names if any(True for _ in self._quads(name))))

    def dump(self) -> Iterator[str]:
        """See ``Store.dump``."""
        return sort_lines(f"{quad} ." for name in self.graphs() for quad in self._quads(name))

    def subjects(self, graph: str, predicate: str) -> set[str]:
        """The IRIs that have a value of the predicate in one named graph."""
        quads = self._quads(graph, ox.NamedNode(predicate))
        return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}

    def values(self, subject: str, predicate: str) -> Iterator[tuple[Term, str]]:
        """The values that a thing has for a predicate, with the named graph that says so."""
        with _reading():
            for quad in self.engine.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None):
                if isinstance(quad.graph_name, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                    yield _read_term(quad.object), quad.graph_name.value

    def replace_graph(self, graph: str, nquads: Iterable[str]) -> None:
        """See ``WritableStore.replace_graph``."""
        self.replace_graphs([graph], nquads)

    def remove_graph(self, graph: str) -> None:
        """See ``WritableStore.remove_graph``."""
        self.replace_graphs([graph], ())

    def replace_graphs(self, graphs: Iterable[str], nquads: Iterable[str]) -> None:
        """See ``WritableStore.replace_graphs``."""
        names = set(graphs)
        old = [quad for name in sorted(names) for quad in self._quads(name)]
        self._change(names, old, nquads, drop=True)

    def replace_subjects(self, graph: str, subjects: Iterable[str], nquads: Iterable[str]) -> None:
        """Put these N-Quads lines in the place of all that one named graph says of some things, together or not at all.

        Raises:
            StoreError: a line is malformed or belongs to another graph, or the store cannot be written.
        """
        name = ox.NamedNode(graph)
        old = [q for s in subjects for q in self.engine.quads_for_pattern(ox.NamedNode(s), None, None, name)]
        self._change({graph}, old, nquads)

    def _quads(self, graph: str, predicate: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        with _reading():
            yield from self.engine.quads_for_pattern(None, predicate, None, ox.NamedNode(graph))

    def _change(self, graphs: set[str], old: list[ox.Quad], nquads: Iterable[str], drop: bool = False) -> None:
        """Take quads out of some named graphs, put lines into them, and keep the default graph their union."""
        lines = list(nquads)
        text = "\n".join(lines).encode()
        try:
            _check_graphs({quad.graph_name for quad in ox.parse(text, ox.RdfFormat.N_QUADS)}, graphs)
            if old:
                new = list(ox.parse(text, ox.RdfFormat.N_QUADS))
                dropped = graphs - {quad.graph_name.value for quad in new} if drop else set()
                self.engine.update(_write_update(old, new, self._last_of(old, new), dropped))
            elif lines:
                # The fast ways, which are transactions as well (the second writes its few files in one step).
                load = self.engine.load if len(lines) < _MANY else self.engine.bulk_load
                load(text + b"\n" + _without_graph(text), ox.RdfFormat.N_QUADS)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the store cannot be written: {error}") from error
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"the store was given a malformed line: {error}") from error

    def _last_of(self, old: list[ox.Quad], new: list[ox.Quad]) -> list[ox.Triple]:
        """The triples that no named graph will have any more."""
        gone, kept = set(old), {quad.triple for quad in new}
        return [triple for triple in {quad.triple for quad in old} - kept if not self._is_said(triple, gone)]

    def _is_said(self, triple: ox.Triple, gone: set[ox.Quad]) -> bool:
        quads = self.engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(quad.graph_name != ox.DefaultGraph() and quad not in gone for quad in quads)

    def flush(self) -> None:
        """Make all that was written last on disk.

        Raises:
            StoreError: the disk is full or gone.
        """
        try:
            self.engine.flush()
        except OSError as error:
            raise StoreError(f"the store cannot be written: {error}") from error

    def compact(self) -> None:
        """Merge the files that many writes leave behind; a join of 9,000 look-ups took 28 instead of 65 ms after it.

        Raises:
            StoreError: the disk is full or gone (the store is left as it was).
        """
        try:
            self.engine.optimize()
        except OSError as error:
            raise StoreError(f"the store cannot be written: {error}") from error

    def copy_to(self, target: Path, lines: Path) -> None:
        """Put everything into a new database.

        Args:
            target: its folder, made here.
            lines: a file to pass it through, removed again.

        Raises:
            StoreError: the disk is full, or the target cannot be made.
        """
        try:
            self.engine.dump(str(lines), ox.RdfFormat.N_QUADS)
            copy = ox.Store(str(target))
            copy.bulk_load(path=str(lines), format=ox.RdfFormat.N_QUADS)
            copy.flush()
            lines.unlink()
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the store cannot be written: {error}") from error

    def close(self) -> None:
        """See ``Store.close``. The database is released with the last reference to it."""
        self._database = None


@contextmanager
def _reading() -> Iterator[None]:
    """Turns what goes wrong on the disk into an error of the family."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the store cannot be read: {error}") from error


@contextmanager
def answering(sparql: str, bound: str) -> Iterator[None]:
    """Turns what the engine says of a query into an error of the family.

    Args:
        sparql: the query as it was written.
        bound: the query as the engine gets it.
    """
    try:
        yield
    except SyntaxError as error:
        raise _syntax_error(sparql, bound, error) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def check_syntax(sparql: str) -> None:
    """Parse a query without asking it of anything.

    Raises:
        QueryError: it is malformed; with line and column.
    """
    try:
        ox.Store().query(sparql)
    except SyntaxError as error:
        raise _syntax_error(sparql, sparql, error) from error
    except (OSError, RuntimeError, ValueError):
        return  # well formed; only evaluating it on nothing failed


def _write_update(old: list[ox.Quad], new: list[ox.Quad], gone: list[ox.Triple], dropped: set[str]) -> str:
    """One update of several operations; Oxigraph applies all of them or none."""
    out = "\n".join([*(_pattern(quad) for quad in old), *(f"{triple} ." for triple in gone)])
    into = "\n".join(f"{_pattern(quad)} {quad.triple} ." for quad in new)
    drops = "".join(f" ; DROP SILENT GRAPH <{name}>" for name in sorted(dropped))
    return f"DELETE DATA {{ {out} }} ; INSERT DATA {{ {into} }}{drops}"


def _pattern(quad: ox.Quad) -> str:
    return f"GRAPH {quad.graph_name} {{ {quad.triple} }}"


def _without_graph(nquads: bytes) -> bytes:
    """The same lines in the default graph. Graph names hold no space, and each line ends with one and a full stop."""
    return b"\n".join(line[: line.rindex(b" ", 0, -2)] + b" ." for line in nquads.split(b"\n"))


def _check_graphs(found: set[object], allowed: set[str]) -> None:
    for name in found:
        if not isinstance(name, ox.NamedNode) or name.value not in allowed:
            raise StoreError(f"a line belongs to {name}, which is not replaced here")


def _read_answer(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        return Triples(tuple(sorted({f"{triple} ." for triple in result})))
    rows = tuple(tuple(None if term is None else _read_term(term) for term in row) for row in result)
    return Rows(tuple(variable.value for variable in result.variables), rows)


def _read_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    if isinstance(term, ox.NamedNode):
        return Term("uri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Term("literal", term.value, term.language.lower())
        datatype = term.datatype.value
        return Term("literal", term.value, None, None if datatype == _STRING else datatype)
    raise QueryError("the answer holds a triple term, which SPARQL 1.1 does not have")


def _syntax_error(sparql: str, bound: str, error: SyntaxError) -> QueryError:
    """The error in terms of the query as it was written, before its parameters were bound."""
    if bound != sparql:
        try:
            ox.Store().query(sparql)
        except SyntaxError as first:
            error = first
        except (OSError, RuntimeError, ValueError):
            return QueryError("with these parameters the query is malformed")
        else:
            return QueryError("with these parameters the query is malformed: a text stands where an IRI is needed")
    message = str(error)
    place = _PLACE.match(message)
    if not place:
        return QueryError(f"the query is malformed: {message.splitlines()[0]}")
    offset = _offset(sparql, int(place[1]), int(place[2]))
    hint = next(iter(_PHRASE.findall(message)), "")
    near = sparql[offset : offset + 20].split("\n")[0].strip()
    reason = f"cannot be read from {near!r} on" if near else "the query ends too early"
    return refuse(sparql, offset, f"{reason} ({hint})" if hint else reason)


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return min(sum(len(part) + 1 for part in lines[: line - 1]) + column - 1, len(text))


def _explain(error: Exception, path: Path | None) -> str:
    text = str(error)
    if "lock" in text.lower():
        return f"the store {path} is held by another process; wait for it to end"
    return f"the store {path} cannot be opened: {text}"
