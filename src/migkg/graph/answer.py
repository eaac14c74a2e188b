"""What a question gives: rows of plain values, or triples, on the way to a data frame, a graph or a page."""

import html
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, overload

from migkg.errors import MissingExtra, UsageError
from migkg.store.base import Answer as Said
from migkg.store.base import Rows, Term, Triples

if TYPE_CHECKING:
    import pandas
    import polars
    import rdflib

Value = str | int | float | bool | Decimal | None
Row = dict[str, Value]
SHOWN = 20  # rows of a notebook's table
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = frozenset(_XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"))


class Answer(Sequence[Row]):
    """The answer to a question: a sequence of rows, each a dict from column to value.

    Values are plain: whole numbers are ``int``, decimals ``Decimal``, the rest ``str`` (dates stay as they are said, as
    EDTF strings such as ``2013-03`` or ``XXXX-02-27``; things are their IRIs); what has no value is ``None``.

    Attributes:
        columns: names of the columns, in order; of triples ``subject``, ``predicate``, ``object``.
        title: what was asked, in English, where a named question was.
        meanings: column to what it means, where a named question was asked.
        yes: the answer to an ASK, else ``None``.
    """

    def __init__(self, answer: Said, title: str = "", meanings: Mapping[str, str] | None = None) -> None:
        self._answer = answer
        self.title = title
        self.meanings = dict(meanings or {})
        self.yes = answer if isinstance(answer, bool) else None
        self.columns, self._rows = _read(answer)

    @property
    def rows(self) -> list[Row]:
        """All rows, each a new dict."""
        return list(self)

    @property
    def things(self) -> frozenset[str]:
        """The IRIs of all that the answer names."""
        from migkg.lines import split_line

        if isinstance(self._answer, Rows):
            return frozenset(term.value for row in self._answer.rows for term in row if term and term.kind == "uri")
        lines = self._answer.lines if isinstance(self._answer, Triples) else ()
        ends = (end for line in lines for end in (split_line(line).subject, split_line(line).object))
        return frozenset(end[1:-1] for end in ends if end.startswith("<"))

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [dict(zip(self.columns, row, strict=True)) for row in self._rows[index]]
        return dict(zip(self.columns, self._rows[index], strict=True))

    def __iter__(self) -> Iterator[Row]:
        return (dict(zip(self.columns, row, strict=True)) for row in self._rows)

    def __bool__(self) -> bool:
        """Whether there is anything in it; for an ASK, its answer."""
        return bool(self._rows) if self.yes is None else self.yes

    def column(self, name: str) -> list[Value]:
        """The values of one column.

        Raises:
            UsageError: there is no such column.
        """
        if name not in self.columns:
            raise UsageError(f"the answer has no column {name!r}; it has: {', '.join(self.columns)}")
        index = self.columns.index(name)
        return [row[index] for row in self._rows]

    def to_pandas(self) -> "pandas.DataFrame":
        """A pandas data frame: whole numbers as ``Int64`` (with gaps), sums as ``Decimal``, the rest as text.

        Raises:
            MissingExtra: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtra("pandas is not installed: pip install pandas") from error
        frame = pandas.DataFrame(list(self._rows), columns=list(self.columns), dtype=object)
        return frame.convert_dtypes()

    def to_polars(self) -> "polars.DataFrame":
        """A polars data frame: whole numbers as ``Int64``, sums as ``Decimal``, the rest as text.

        Raises:
            MissingExtra: polars is not installed.
        """
        try:
            import polars
        except ImportError as error:
            raise MissingExtra("polars is not installed: pip install polars") from error
        return polars.DataFrame([_series(polars, name, self.column(name)) for name in self.columns])

    def to_rdflib(self) -> "rdflib.Graph":
        """The triples of a CONSTRUCT or DESCRIBE as an rdflib graph.

        Raises:
            UsageError: the answer has rows, not triples.
        """
        from migkg.rdf.parsing import parse_graph

        if not isinstance(self._answer, Triples):
            raise UsageError("the answer has rows, not triples: ask a CONSTRUCT, or take to_rdflib() of the graph")
        return parse_graph(self._answer.lines, "nt", "the answer")

    def __repr__(self) -> str:
        if self.yes is not None:
            return f"<answer: {'yes' if self.yes else 'no'}>"
        kind = "triples" if isinstance(self._answer, Triples) else "rows"
        return f"<answer: {len(self)} {kind} of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """A table for notebooks: the first rows, and how many there are."""
        if self.yes is not None:
            return f"<p>{'yes' if self.yes else 'no'}</p>"
        head = "".join(
            f'<th title="{html.escape(self.meanings.get(c, ""))}">{html.escape(c)}</th>' for c in self.columns
        )
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self._rows[:SHOWN])
        count = f"{SHOWN} of {len(self)} rows" if len(self) > SHOWN else f"{len(self)} row{'s' * (len(self) != 1)}"
        title = f"<p>{html.escape(self.title)}</p>" if self.title else ""
        return f"{title}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{count}</p>"

    def _heading(self, column: str) -> str:
        return f'<th title="{html.escape(self.meanings.get(column, ""))}">{html.escape(column)}</th>'


def _read(answer: Said) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...]]:
    if isinstance(answer, Rows):
        return answer.columns, tuple(tuple(map(to_value, row)) for row in answer.rows)
    if isinstance(answer, Triples):
        from migkg.lines import split_line

        quads = [split_line(line) for line in answer.lines]
        return ("subject", "predicate", "object"), tuple(
            (_plain(q.subject), _plain(q.predicate), _plain(q.object)) for q in quads
        )
    return ("answer",), ((answer,),)


def to_value(term: Term | None) -> Value:
    """A term as a plain value; a number whose form is broken stays the text that it is."""
    if term is None or term.kind != "literal" or term.datatype is None:
        return None if term is None else term.value
    try:
        if term.datatype in _WHOLE:
            return int(term.value)
        if term.datatype == f"{_XSD}decimal":
            return Decimal(term.value)
        if term.datatype in {f"{_XSD}double", f"{_XSD}float"}:
            return float(term.value)
    except (ValueError, InvalidOperation):
        return term.value
    if term.datatype == f"{_XSD}boolean":
        return term.value in {"true", "1"}
    return term.value


def _plain(node: str) -> Value:
    """A node of an N-Triples line as a plain value."""
    if not node.startswith('"'):
        return node[1:-1] if node.startswith("<") else node
    from migkg.lines import read_literal

    parts = read_literal(node)
    return to_value(Term("literal", parts.text, parts.language, parts.datatype))


def _series(polars: Any, name: str, values: list[Value]) -> Any:
    """A column of polars; of several kinds of values, all as text."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {Decimal}:
        return polars.Series(name, values, dtype=polars.Decimal(None, _scale(values)))
    if len(kinds) > 1:
        return polars.Series(name, [None if v is None else str(v) for v in values], dtype=polars.String)
    return polars.Series(name, values, dtype=None if kinds else polars.String)


def _scale(values: list[Value]) -> int:
    """Digits after the point of the longest decimal."""
    exponents = (value.as_tuple().exponent for value in values if isinstance(value, Decimal))
    return max((-e for e in exponents if isinstance(e, int) and e < 0), default=0)


def _cell(value: Value) -> str:
    if value is None:
        return "<td></td>"
    text = str(value)
    from migkg.query.parameters import shorten

    short = shorten(text) if text.startswith("http") else text
    title = f' title="{html.escape(text)}"' if short != text else ""
    return f"<td{title}>{html.escape(short)}</td>"
