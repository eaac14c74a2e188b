"""Reads more from a server than it gives at once, and notices when it gives less than there is.

Many public servers cut answers silently at some number of rows (Virtuoso, as it comes, at 10,000). Nothing in the
answer itself says so. So what is read is counted: a whole graph against ``COUNT(*)`` of each named graph, and the
answer to any query against the count of the same query.
"""

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from migkg.errors import QueryError, StoreError
from migkg.store.base import Rows, Term
from migkg.store.binding import to_sparql, tokens

Select = Callable[[str], Rows]
# Rows asked for at once: half of the smallest limit that is common.
PAGE = 5_000
# Answers of fewer rows are taken as whole: no server is known that cuts so low.
TRUSTED = 100
_ENDS = {"LIMIT", "OFFSET", "FROM", "VALUES"}


def read_whole(select: Select, sparql: str, known: int) -> Rows:
    """The answer to a SELECT, whole or not at all.

    Args:
        select: asks the server.
        sparql: the query, its variables bound.
        known: the most rows that this server has given in one answer that was whole.

    Raises:
        QueryError: the server gives only a part, and the rest cannot be asked for in a fixed order.
    """
    answer = select(sparql)
    if len(answer.rows) < TRUSTED or len(answer.rows) <= known:
        return answer
    start, words = _shape(sparql)
    if words & {"FROM"}:
        return answer  # a counting query around it would ask another data set; what the server says of itself remains
    total = _count(select, f"{sparql[:start]}\nSELECT (COUNT(*) AS ?migkg_count) WHERE {{ {{\n{sparql[start:]}\n}} }}")
    if total <= len(answer.rows):
        return answer
    if words & _ENDS or "ORDER" not in words:
        raise QueryError(
            f"the endpoint gives only {len(answer.rows):,} of {total:,} rows; ask for less at once, "
            f"or let the query end with ORDER BY, so that the rest can be asked for page by page"
        )
    rows = list(answer.rows)
    while len(rows) < total:
        part = select(f"{sparql}\nLIMIT {len(answer.rows)} OFFSET {len(rows)}").rows
        if not part:
            raise QueryError(f"the endpoint gives only {len(rows):,} of {total:,} rows")
        rows += part
    return Rows(answer.columns, tuple(rows))


def read_graphs(select: Select) -> dict[str, int]:
    """The named graphs of a server and how many triples each has, by IRI, sorted.

    Raises:
        StoreError: the server does not tell all of them.
    """
    total = _count(select, "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
    counts: dict[str, int] = {}
    after = ""
    while True:
        condition = f"FILTER(STR(?g) > {to_sparql(Term('literal', after))})" if after else ""
        rows = select(
            f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {condition} }}\n"
            f"GROUP BY ?g ORDER BY STR(?g) LIMIT {PAGE}"
        ).rows
        found = {row[0].value: int(row[1].value) for row in rows if row[0] and row[1] and row[0].kind == "uri"}
        counts |= found
        if not found or len(counts) >= total or max(found) <= after:
            break
        after = max(found)
    if len(counts) != total:
        raise StoreError(f"the endpoint tells only {len(counts):,} of its {total:,} named graphs")
    return dict(sorted(counts.items()))


def read_quads(select: Select, counts: dict[str, int]) -> Iterator[tuple[str, Term, Term, Term]]:
    """All that the named graphs hold, as (graph, subject, predicate, object), graph by graph.

    Args:
        select: asks the server.
        counts: graphs with the number of their triples, from ``read_graphs``.

    Raises:
        StoreError: the server gives fewer or more triples than it counts, or blank nodes over several pages.
    """
    batch: list[str] = []
    for graph, number in counts.items():
        if batch and sum(counts[name] for name in batch) + number > PAGE:
            yield from _read_batch(select, batch, counts)
            batch = []
        if number > PAGE:
            yield from _read_big(select, graph, number)
        else:
            batch.append(graph)
    yield from _read_batch(select, batch, counts)


def _read_batch(select: Select, batch: list[str], counts: dict[str, int]) -> Iterator[tuple[str, Term, Term, Term]]:
    """Small graphs in one answer; when that is cut, half of them at a time."""
    if not batch:
        return
    expected = sum(counts[name] for name in batch)
    names = " ".join(f"<{name}>" for name in batch)
    rows = select(f"SELECT ?g ?s ?p ?o WHERE {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}").rows
    if len(rows) < expected and len(batch) > 1:
        middle = len(batch) // 2
        yield from _read_batch(select, batch[:middle], counts)
        yield from _read_batch(select, batch[middle:], counts)
        return
    if len(rows) < expected:
        yield from _read_big(select, batch[0], expected, page=max(len(rows), 1))
        return
    if len(rows) != expected:
        raise StoreError(f"the endpoint counts {expected:,} triples in {len(batch)} graphs but gives {len(rows):,}")
    for graph, subject, predicate, value in rows:
        assert graph and subject and predicate and value
        yield graph.value, subject, predicate, value


def _read_big(select: Select, graph: str, number: int, page: int = PAGE) -> Iterator[tuple[str, Term, Term, Term]]:
    """One graph in pages of whole subjects, in the order of their IRIs."""
    after, read = "", 0
    while True:
        condition = f"FILTER(STR(?s) > {to_sparql(Term('literal', after))})" if after else ""
        rows = select(
            f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} {condition} }} ORDER BY STR(?s) LIMIT {page}"
        ).rows
        subjects = [(key, list(group)) for key, group in groupby(rows, lambda row: row[0])]
        if read + len(rows) < number:
            subjects = subjects[:-1]  # the last one may go on behind the end of the page
        for subject, group in subjects:
            if subject is None or subject.kind == "bnode":
                raise StoreError(f"the graph <{graph}> of the endpoint holds blank nodes and too much for one answer")
            read += len(group)
            for _, predicate, value in group:
                assert predicate and value
                yield graph, subject, predicate, value
        last = subjects[-1][0] if subjects else None
        if read >= number or last is None or last.value <= after:
            break
        after = last.value
    if read != number:
        raise StoreError(f"the endpoint counts {number:,} triples in <{graph}> but gives {read:,}; nothing is written")


def _count(select: Select, sparql: str) -> int:
    rows = select(sparql).rows
    try:
        return int(float(rows[0][0].value)) if rows and rows[0][0] else 0
    except (ValueError, IndexError) as error:
        raise QueryError("the endpoint does not count its rows, so nobody can say whether all are there") from error


def _shape(sparql: str) -> tuple[int, set[str]]:
    """Where SELECT begins after the declarations, and the clauses that stand outside all braces and brackets."""
    depth, start, words = 0, 0, set()
    solid = [token for token in tokens(sparql) if token.kind not in {"space", "comment"}]
    for before, token in pairwise([solid[0], *solid]):
        if token.kind == "mark":
            depth += (token.text in "{([") - (token.text in "})]")
        elif token.kind == "word" and depth == 0 and before.text.upper() not in {"PREFIX"}:
            if token.text.upper() == "SELECT" and "SELECT" not in words:
                start = token.start
            words.add(token.text.upper())
    return start, words
