"""Runs a named or written query over a store."""

from collections.abc import Mapping
from dataclasses import dataclass

from migkg.query.catalogue import NamedQuery, find, has_header, parse_query
from migkg.query.parameters import read_free_parameters, read_parameters
from migkg.store.base import Answer, Rows, Store, Term, Triples


@dataclass(frozen=True, slots=True)
class Question:
    """A query that is ready to run.

    Attributes:
        text: SPARQL, its variables not yet bound.
        bindings: values of its variables.
        query: its entry in the catalogue or its own header, where it has one.
    """

    text: str
    bindings: Mapping[str, Term]
    query: NamedQuery | None = None


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
        return Question(name_or_text, read_free_parameters(name_or_text, given))
    if language is not None and any(parameter.name == "lang" for parameter in query.parameters):
        given = {"lang": language, **given}
    return Question(query.text, read_parameters(query, given), query)


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
    question = prepare(name_or_text, parameters or {})
    return cut(store.query(question.text, question.bindings), limit)


def cut(answer: Answer, limit: int | None) -> Answer:
    """The first rows or triples of an answer."""
    if limit is None or isinstance(answer, bool):
        return answer
    if isinstance(answer, Rows):
        return Rows(answer.columns, answer.rows[:limit])
    return Triples(answer.lines[:limit])
