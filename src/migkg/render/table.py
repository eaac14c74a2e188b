"""Answers as terminal tables, CSV, TSV and SPARQL JSON. Knows nothing of stores.

Whatever a label holds, it comes out as text: no markup, no terminal control, and no formula for a spreadsheet.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from migkg.store.base import Rows, Term

_NUMERIC = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NUMBERS = {"integer", "decimal", "double", "float"}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NAMED_CONTROLS = {"\n": "↵", "\r": "↵", "\t": " "}
_LEAST_COLUMN = 8

Shorten = Callable[[str], str]


def to_table(rows: Rows, width: int | None = None, shorten: Shorten = str, color: bool = False) -> str:
    """Rows as an aligned table, or one record under the other where the width is too small for the columns.

    Args:
        rows: the answer.
        width: characters in a line; ``None``: as wide as the cells are.
        shorten: turns an IRI into what is shown of it.
        color: whether to use the colours of a terminal.
    """
    cells = [[_show(term, shorten) for term in row] for row in rows.rows]
    if width is not None and len(rows.columns) * (_LEAST_COLUMN + 2) > width:
        return _records(rows.columns, cells)
    if width is None:
        return _aligned(rows, cells)
    return _grid(rows, cells, width, color)


def to_csv(rows: Rows, raw: bool = False) -> str:
    """Rows as CSV after RFC 4180 and SPARQL 1.1: header, plain values, line ends CR LF.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front, unless ``raw``.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(rows.columns)
    for row in rows.rows:
        writer.writerow(["" if term is None else _cell(term, raw) for term in row])
    return text.getvalue()


def to_tsv(rows: Rows, raw: bool = False) -> str:
    """Rows as TSV after SPARQL 1.1: each value as a term (``<iri>``, ``"text"@en``, ``12``); ``raw`` as in CSV."""
    lines = ["\t".join(f"?{column}" for column in rows.columns)]
    lines += ["\t".join("" if term is None else _term(term, raw) for term in row) for row in rows.rows]
    return "".join(f"{line}\n" for line in lines)


def to_json(answer: Rows | bool) -> str:
    """An answer as SPARQL 1.1 query results JSON."""
    document: dict[str, Any]
    if isinstance(answer, bool):
        document = {"head": {}, "boolean": answer}
    else:
        bindings = [
            {column: _json(term) for column, term in zip(answer.columns, row, strict=True) if term is not None}
            for row in answer.rows
        ]
        document = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def to_plain(text: str) -> str:
    """A text for one line of a terminal: line ends become ↵, other controls and direction marks become visible."""
    return "".join(_NAMED_CONTROLS.get(c, c) if c in _NAMED_CONTROLS else _visible(c) for c in text)


def _visible(character: str) -> str:
    if character.isprintable() or character in " \u00a0\u202f\u200d":
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def _show(term: Term | None, shorten: Shorten) -> str:
    if term is None:
        return ""
    if term.kind == "uri":
        return to_plain(shorten(term.value))
    return to_plain(term.value)


def _is_number(term: Term | None) -> bool:
    return term is not None and (term.datatype or "").removeprefix(_XSD) in _NUMBERS


def _right(rows: Rows, column: int) -> bool:
    values = [row[column] for row in rows.rows if row[column] is not None]
    return bool(values) and all(_is_number(value) for value in values)


def _columns_wide(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _aligned(rows: Rows, cells: list[list[str]]) -> str:
    """Columns side by side, two spaces between them, nothing cut."""
    table = [list(rows.columns), *cells]
    widths = [max(_columns_wide(line[i]) for line in table) for i in range(len(rows.columns))]
    rights = [_right(rows, i) for i in range(len(rows.columns))]
    lines = [_pad(line, widths, rights) for line in table]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "".join(f"{line}\n" for line in lines)


def _pad(line: list[str], widths: list[int], rights: list[bool]) -> str:
    parts = []
    for text, width, right in zip(line, widths, rights, strict=True):
        space = " " * (width - _columns_wide(text))
        parts.append(space + text if right else text + space)
    return "  ".join(parts).rstrip()


def _grid(rows: Rows, cells: list[list[str]], width: int, color: bool) -> str:
    """A table of rich, its cells folded so that it fits the width."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold" if color else "", collapse_padding=True)
    for i, column in enumerate(rows.columns):
        # Numbers and short codes stay whole; long texts give way.
        longest = max([_columns_wide(column), *(_columns_wide(line[i]) for line in cells)])
        right = _right(rows, i)
        table.add_column(
            Text(to_plain(column)),
            justify="right" if right else "left",
            overflow="fold",
            min_width=min(longest, _LEAST_COLUMN),
        )
    for line in cells:
        table.add_row(*(Text(text) for text in line))
    output = io.StringIO()
    Console(file=output, width=width, force_terminal=color, no_color=not color, highlight=False).print(table)
    return "".join(f"{line.rstrip()}\n" for line in output.getvalue().splitlines())


def _records(columns: tuple[str, ...], cells: list[list[str]]) -> str:
    """One ``column: value`` under the other, an empty line between rows."""
    width = max(map(len, columns), default=0)
    blocks = (_record(columns, line, width) for line in cells)
    return "\n".join(blocks)


def _record(columns: tuple[str, ...], line: list[str], width: int) -> str:
    pairs = zip(columns, line, strict=True)
    return "".join(f"{column.rjust(width)}  {text}\n" for column, text in pairs if text)


def _cell(term: Term, raw: bool) -> str:
    value = f"_:{term.value}" if term.kind == "bnode" else term.value
    return value if raw or _is_safe_number(term) else _defuse(value)


def _is_safe_number(term: Term) -> bool:
    return _is_number(term) and bool(_NUMERIC.fullmatch(term.value))


def _defuse(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value


def _term(term: Term, raw: bool) -> str:
    if term.kind == "uri":
        return f"<{term.value}>"
    if term.kind == "bnode":
        return f"_:{term.value}"
    if _is_safe_number(term) and _XSD + ("decimal" if "." in term.value else "integer") == term.datatype:
        return term.value
    value = term.value if raw else _defuse(term.value)
    quoted = '"' + "".join(_escape(value)) + '"'
    if term.language:
        return f"{quoted}@{term.language}"
    return f"{quoted}^^<{term.datatype}>" if term.datatype and term.datatype != _XSD + "string" else quoted


def _escape(value: str) -> Iterator[str]:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return (escapes.get(character, character) for character in value)


def _json(term: Term) -> dict[str, str]:
    record = {"type": term.kind, "value": term.value}
    if term.language:
        record["xml:lang"] = term.language
    elif term.datatype and term.datatype != _XSD + "string":
        record["datatype"] = term.datatype
    return record
