"""Answers that have gone through migkg itself, in the formats of SPARQL and RDF."""

from collections.abc import Iterable
from json.encoder import encode_basestring as encode
from xml.sax.saxutils import escape, quoteattr

from migkg.errors import AnswerTooLarge
from migkg.rdf.jsonld import write_jsonld
from migkg.rdf.namespaces import PREFIXES
from migkg.rdf.turtle import write_turtle
from migkg.render.table import to_csv, to_tsv
from migkg.store.base import Rows, Term
from migkg.store.results import Limits, to_rdfxml

_RESULTS = "http://www.w3.org/2005/sparql-results#"


def write_table(answer: Rows | bool, kind: str, limits: Limits) -> bytes:
    """Rows (or yes and no) as ``json``, ``xml``, ``csv`` or ``tsv``; CSV without formulas, for spreadsheets.

    Raises:
        AnswerTooLarge: there are more rows or bytes than the limits.
    """
    if isinstance(answer, Rows) and len(answer.rows) > limits.max_rows:
        raise AnswerTooLarge(f"the answer has more than {limits.max_rows:,} rows; ask for less")
    if kind == "json":
        text = _json(answer)
    elif kind == "xml":
        text = _xml(answer)
    elif isinstance(answer, bool):
        text = str(answer).lower()
    else:
        text = to_csv(answer) if kind == "csv" else to_tsv(answer, raw=True)
    return _check(text.encode(), limits)


def write_triples(lines: Iterable[str], kind: str, limits: Limits) -> bytes:
    """Sorted N-Triples lines as ``turtle``, ``ntriples``, ``jsonld`` or ``rdfxml``: the same bytes for the same set.

    Raises:
        AnswerTooLarge: there are more bytes than the limits.
        QueryError: the format cannot hold them.
    """
    if kind == "rdfxml":
        return _check(to_rdfxml(lines, PREFIXES), limits)
    if kind == "ntriples":
        return _check("".join(f"{line}\n" for line in lines).encode(), limits)
    write = write_turtle if kind == "turtle" else write_jsonld
    return _check("".join(write(lines)).encode(), limits)


def _check(data: bytes, limits: Limits) -> bytes:
    if len(data) > limits.max_bytes:
        raise AnswerTooLarge(f"the answer is larger than {limits.max_bytes // 1024:,} KiB; ask for less")
    return data


def _json(answer: Rows | bool) -> str:
    """SPARQL 1.1 results JSON, written piece by piece: a dictionary for each cell takes four times as long."""
    if isinstance(answer, bool):
        return f'{{"head":{{}},"boolean":{str(answer).lower()}}}'
    names = [encode(column) for column in answer.columns]
    rows = (
        ",".join(f"{name}:{_json_term(term)}" for name, term in zip(names, row, strict=True) if term is not None)
        for row in answer.rows
    )
    bindings = ",".join(f"{{{row}}}" for row in rows)
    return f'{{"head":{{"vars":[{",".join(names)}]}},"results":{{"bindings":[{bindings}]}}}}'


def _json_term(term: Term) -> str:
    extra = ""
    if term.language:
        extra = f',"xml:lang":{encode(term.language)}'
    elif term.datatype:
        extra = f',"datatype":{encode(term.datatype)}'
    return f'{{"type":"{term.kind}","value":{encode(term.value)}{extra}}}'


def _xml(answer: Rows | bool) -> str:
    head, body = "", ""
    if isinstance(answer, bool):
        body = f"<boolean>{str(answer).lower()}</boolean>"
    else:
        head = "".join(f"<variable name={quoteattr(column)}/>" for column in answer.columns)
        rows = (_xml_row(answer.columns, row) for row in answer.rows)
        body = f"<results>{''.join(rows)}</results>"
    return f'<?xml version="1.0"?>\n<sparql xmlns="{_RESULTS}"><head>{head}</head>{body}</sparql>\n'


def _xml_row(columns: tuple[str, ...], row: tuple[Term | None, ...]) -> str:
    cells = (
        f"<binding name={quoteattr(column)}>{_xml_term(term)}</binding>"
        for column, term in zip(columns, row, strict=True)
        if term is not None
    )
    return f"<result>{''.join(cells)}</result>"


def _xml_term(term: Term) -> str:
    if term.kind != "literal":
        return f"<{term.kind}>{escape(term.value)}</{term.kind}>"
    extra = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    extra = f" datatype={quoteattr(term.datatype)}" if term.datatype else extra
    return f"<literal{extra}>{escape(term.value)}</literal>"
