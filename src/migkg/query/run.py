"""Runs a named or written query over a store."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from migkg.errors import QueryError
from migkg.query.catalogue import NamedQuery, find, has_header, parse_query
from migkg.query.parameters import read_free_parameters, read_parameters
from migkg.query.twins import find_twin
from migkg.rdf.namespaces import PREFIXES
from migkg.store.base import Answer, Columnar, Rows, Store, Term, Triples
from migkg.store.binding import tokens


@dataclass(frozen=True, slots=True)
class Question:
    """A query that is ready to run.

    Attributes:
        text: SPARQL, its variables not yet bound.
        bindings: values of its variables.
        query: its entry in the catalogue or its own header, where it has one.
        added: lines that were put before the query as it was written.
    """

    text: str
    bindings: Mapping[str, Term]
    query: NamedQuery | None = None
    added: int = 0


def prepare(name_or_text: str, given: Mapping[str, str], language: str | None = None) -> Question:
    """Look a query up (or take it as text) and check its parameters.

    ``language`` becomes the parameter ``lang`` where the query has one and it is not given.

    Raises:
        UsageError: a parameter is unknown, missing or of the wrong type.
        DataFileError: the header of the query is malformed.
    """
    query = find(name_or_text)
    if query is None and has_header(name_or_text):
        query = parse_query("query", name_or_text)
    if query is None:
        return _with_prefixes(Question(name_or_text, read_free_parameters(name_or_text, given)))
    if language is not None and any(parameter.name == "lang" for parameter in query.parameters):
        given = {"lang": language, **given}
    return _with_prefixes(Question(query.text, read_parameters(query, given), query))


def ask(store: Store, question: Question) -> Answer:
    """The whole answer to a question.

    Raises:
        QueryError: the query is malformed or cannot be answered; lines are counted as it was written.
    """
    try:
        return _ask_columns(store, question) or store.query(question.text, question.bindings)
    except QueryError as error:
        place = re.match(r"line (\d+)", str(error))
        if not place or not question.added:
            raise
        line = int(place[1]) - question.added
        raise QueryError(f"line {line}{str(error)[place.end() :]}") from error


def _ask_columns(store: Store, question: Question) -> Rows | None:
    """The answer from the columns beside the store, where both have them: the same rows, sooner."""
    twin = find_twin(question.query) if question.query else None
    columns = store.columns if twin and isinstance(store, Columnar) else None
    return columns.select(twin.sql, twin.kinds, question.bindings) if twin and columns else None


def run(
    store: Store, name_or_text: str, parameters: Mapping[str, str] | None = None, limit: int | None = None
) -> Answer:
    """Answer a named query (``funders-of``) or the text of one.

    Args:
        store: any store.
        name_or_text: name in the catalogue, else SPARQL.
        parameters: values as one would write them on the command line.
        limit: at most so many rows or triples; the answer is the same from run to run.

    Raises:
        UsageError: a parameter is unknown, missing or of the wrong type.
        QueryError: the query is malformed or cannot be answered.
    """
    return cut(ask(store, prepare(name_or_text, parameters or {})), limit)


def cut(answer: Answer, limit: int | None) -> Answer:
    """The first rows or triples of an answer."""
    if limit is None or isinstance(answer, bool):
        return answer
    if isinstance(answer, Rows):
        return Rows(answer.columns, answer.rows[:limit])
    return Triples(answer.lines[:limit])


def _with_prefixes(question: Question) -> Question:
    """Declare the prefixes of the graph that a query uses without saying so."""
    words = [token.text for token in tokens(question.text) if token.kind == "word"]
    declared = {right for left, right in pairwise(words) if left.upper() == "PREFIX"}
    used = {word.partition(":")[0] for word in words if ":" in word}
    missing = sorted(prefix for prefix in used & PREFIXES.keys() if f"{prefix}:" not in declared)
    if not missing:
        return question
    line = " ".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in missing)
    return replace(question, text=f"{line}\n{question.text}", added=1)
