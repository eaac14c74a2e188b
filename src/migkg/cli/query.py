"""``migkg query``: a named or written question to a store."""

import sys
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.options import open_reading, store_options
from migkg.errors import UsageError
from migkg.resources import interface_languages

if TYPE_CHECKING:
    from migkg.query.catalogue import NamedQuery
    from migkg.store.base import Answer, Rows, Triples

FORMATS = ("table", "csv", "tsv", "json", "turtle")
LANGUAGES = interface_languages()


@click.command()
@click.argument("question", metavar="NAME|FILE|-", required=False)
@store_options(read=True)
@click.option("-p", "--parameter", "parameters", metavar="NAME=VALUE", multiple=True, help="A value for the query.")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="Default: table, and turtle for CONSTRUCT.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of names and of the catalogue.  [default: en]")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Show the first N rows only.")
@click.option("--raw", is_flag=True, help="CSV and TSV: leave cells alone that a spreadsheet would run as formulas.")
@click.option("--list", "listing", is_flag=True, help="List the named queries; needs no store.")
@click.option("--describe", is_flag=True, help="Show the question, the parameters and the columns; needs no store.")
def query(
    question: str | None,
    store: Path,
    endpoint: str | None,
    parameters: tuple[str, ...],
    kind: str | None,
    lang: str | None,
    limit: int | None,
    raw: bool,
    listing: bool,
    describe: bool,
) -> None:
    """Answer a named or written SPARQL query.

    NAME is one of the named queries (see --list), FILE holds SPARQL, - reads it from standard input. Parameters are
    bound as values and never become part of the query's text. In a file without header, <…> is an IRI and digits are a
    number.

    \b
    Examples:
      migkg query --list
      migkg query funders-of -p country=VNM
      migkg query partners-of -p organisation=org:iom --format csv > partners.csv
      echo 'SELECT ?s WHERE { ?s a mg:Programme }' | migkg query - --limit 5
    """
    if listing:
        click.echo(_list_queries(lang or "en", kind), nl=False)
        return
    if question is None:
        raise UsageError("which query? give a name, a file or -; 'migkg query --list' shows the names")
    from migkg.query.parameters import split_parameters
    from migkg.query.run import ask, cut, prepare

    text = read_question(question)
    if describe:
        click.echo(_describe(text, lang or "en"), nl=False)
        return
    ready = prepare(text, split_parameters(parameters), lang)
    with closing(open_reading(store, endpoint)) as opened:
        answer = ask(opened, ready)
    _check_format(answer, kind)
    # As bytes: text would lose what looks like a terminal sequence, and CSV its line ends on Windows.
    click.echo(_write(cut(answer, limit), kind, raw).encode(), nl=False)
    _say_size(answer, limit)


def read_question(question: str) -> str:
    """The name of a named query, or the text of a query with the usual prefixes in reach."""
    from migkg.query.catalogue import find, load_catalogue

    if find(question):
        return question
    if question == "-":
        return _decode(sys.stdin.buffer.read(), "standard input")
    path = Path(question)
    if path.is_file():
        try:
            return _decode(path.read_bytes(), question)
        except OSError as error:
            raise UsageError(f"{question}: cannot be read: {error.strerror}") from error
    near = get_close_matches(question, load_catalogue(), n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "'migkg query --list' shows the names"
    raise UsageError(f"there is no query and no file {question!r}; {hint}")


def _decode(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{place}: the query is not UTF-8 (byte {error.start})") from error


def _check_format(answer: "Answer", kind: str | None) -> None:
    from migkg.store.base import Triples

    if isinstance(answer, Triples) and kind not in {None, "turtle"}:
        raise UsageError(f"the query gives triples, not rows: use --format turtle, not {kind}")
    if not isinstance(answer, Triples) and kind == "turtle":
        raise UsageError("the query gives rows, not triples: use --format table, csv, tsv or json")


def _write(answer: "Answer", kind: str | None, raw: bool) -> str:
    from migkg.render import table
    from migkg.store.base import Rows, Triples

    if isinstance(answer, Triples):
        return _turtle(answer)
    if kind == "json":
        return table.to_json(answer)
    if not isinstance(answer, Rows):
        return f"{str(answer).lower()}\n"
    if kind == "csv":
        return table.to_csv(answer, raw)
    return table.to_tsv(answer, raw) if kind == "tsv" else _table(answer)


def _table(rows: "Rows") -> str:
    from migkg.query.parameters import shorten
    from migkg.render.table import to_table

    terminal = sys.stdout.isatty()
    return to_table(rows, _width() if terminal else None, shorten, terminal)


def _width() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _turtle(answer: "Triples") -> str:
    from migkg.rdf.turtle import write_turtle

    return "".join(write_turtle(answer.lines))


def _say_size(answer: "Answer", limit: int | None) -> None:
    """On a terminal, say how much there is; an empty answer is always said, since nothing else is seen of it."""
    from migkg.store.base import Rows

    if not isinstance(answer, Rows):
        return
    count = len(answer.rows)
    if count and not sys.stdout.isatty():
        return
    shown = f"{limit} of {count} rows" if limit is not None and limit < count else f"{count} row{'s' * (count != 1)}"
    click.echo(f"({shown})", err=True)


def _list_queries(lang: str, kind: str | None) -> str:
    from migkg.query.catalogue import load_catalogue
    from migkg.store.base import Rows, Term

    columns = ("name", "stars", "question", "parameters")
    rows = Rows(
        columns,
        tuple(
            tuple(
                Term("literal", text)
                for text in (q.name, "★" * q.stars, q.question[lang], ", ".join(map(_signature, q.parameters)))
            )
            for q in load_catalogue().values()
        ),
    )
    return _write(rows, kind, raw=False)


def _signature(parameter: object) -> str:
    from migkg.query.catalogue import Parameter

    assert isinstance(parameter, Parameter)
    return parameter.name if parameter.required else f"[{parameter.name}]"


def _describe(name_or_text: str, lang: str) -> str:
    from migkg.query.catalogue import find, has_header, parse_query

    found = find(name_or_text)
    if found is None:
        if not has_header(name_or_text):
            raise UsageError("this query has no '#+' header that would describe it")
        found = parse_query("query", name_or_text)
    return "\n".join(_description(found, lang))


def _description(query: "NamedQuery", lang: str) -> list[str]:
    lines = [query.title[lang], query.question[lang], "", "Parameters"]
    for p in query.parameters:
        note = "required" if p.required else f"default {p.default}" if p.default else "optional"
        lines.append(f"  {p.name}  {p.type}, {note}. {p.description}.")
    lines += ["", "Columns"] if query.columns else []
    lines += [f"  {name}  {meaning}." for name, meaning in query.columns.items()]
    return [*lines, ""]
