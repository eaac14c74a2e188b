"""``migkg diff``: what one graph says that an older one does not, and the other way round."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.pages import FORMATS, deliver, page_options
from migkg.cli.units import list_units, open_graph
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.network.difference import Difference
    from migkg.network.evidence import Source
    from migkg.network.fact import Fact
    from migkg.network.names import Names
    from migkg.rdf.changeset import State
    from migkg.rdf.delta import Touched
    from migkg.store.oxigraph import OxigraphStore

COLUMNS = (
    "change", "kind", "subject", "relation", "object", "what", "before", "after", "source", "date", "quote",
    "subjectIri", "objectIri", "sourceIri",
)  # fmt: skip
SHORT = ("change", "subject", "relation", "object", "what", "source")
_KINDS = ("actors", "ties", "things", "identity", "themes", "documents", "other")
_RDF = ("turtle", "trig", "patch")
_RDF_SUFFIXES = {".ttl": "turtle", ".trig": "trig", ".rdfp": "patch"}
_NO_GRAPHS = (".ttl", ".nt")  # files that have no named graphs
_LONGEST = 160


def _options(command: Callable[..., int]) -> Callable[..., int]:
    return page_options(command, (*FORMATS, *_RDF))


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path), required=False)
@click.option("--only", metavar="KIND,...", multiple=True, help=f"Kinds of facts to list: {', '.join(_KINDS)}.")
@click.option("--ignore", metavar="WHAT,...", multiple=True, help="Changes to leave out: confidence,sentence.")
@click.option("--date", metavar="DATE", help="Day to write into the RDF (2026-11-25).  [default: none]")
@click.option("--structure", metavar="ORGANISATION", help="Say what became of its units: created, renamed, moved …")
@click.option("--dates", nargs=2, metavar="OLD NEW", help="With --structure: dates of pages that give none.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where the two differ in what is listed.")
@_options
def diff(
    old: Path,
    new: Path | None,
    only: tuple[str, ...],
    ignore: tuple[str, ...],
    date: str | None,
    structure: str | None,
    dates: tuple[str, str] | None,
    exit_code: bool,
    lang: str,
    title: str | None,
    kind: str | None,
    output: str,
) -> int:
    """Say which facts are added, changed or withdrawn from OLD to NEW.

    OLD and NEW are stores or files of RDF (.ttl, .nt, .nq, .trig). A fact is the same where its two ends are the same;
    what differs in it then is a change. Things whose address was corrected count as the same thing. Withdrawn means
    that no document of NEW says it, not that it ended.

    With --structure the pages on the structure of one organisation are compared: the latest of OLD with the latest of
    NEW, or, of one graph, each with the next. A unit counts as abolished only where the later page still lists its
    neighbours; when it happened is known as the time between two pages.

    \b
    table, csv, json  one line for each fact, with its sentence and source
    html              a page that works offline, with filters
    turtle, trig      change sets with PROV
    patch             RDF Patch: applied to OLD it gives NEW

    \b
    Examples:
      migkg diff spring-store autumn-store
      migkg diff spring.nq autumn.nq --only actors,ties --format csv > facts.csv
      migkg diff spring.nq autumn.nq -o diff.html --lang fr
      migkg diff spring.nq autumn.nq -o spring-to-autumn.rdfp
      migkg diff spring.nq autumn.nq --exit-code > /dev/null || echo "they differ"
      migkg diff migkg-store --structure "Ministry of Labour Migration"
      migkg diff 2019.nq 2024.nq --structure ICMPD --dates 2019 2024 -o units.ttl
    """
    _check(old, new, only, date)
    chosen = kind or _RDF_SUFFIXES.get(Path(output).suffix.casefold())
    if structure is not None:
        if chosen in {"trig", "patch"}:
            raise UsageError("--structure has no such format; it writes a table, csv, json, html or turtle")
        differs = list_units(old, new, structure, dates, lang, title, chosen, output)
        return 1 if exit_code and differs else 0
    if new is None or dates:
        raise UsageError("give OLD and NEW; one graph and --dates are for --structure")
    if chosen in _RDF:
        differs = _write_rdf(old, new, str(chosen), output, date)
    else:
        differs = _list_facts(old, new, _words(only), _words(ignore), lang, title, chosen, output)
    return 1 if exit_code and differs else 0


def _words(given: tuple[str, ...]) -> set[str]:
    return {name.strip().casefold() for names in given for name in names.split(",") if name.strip()}


def _check(old: Path, new: Path | None, only: tuple[str, ...], date: str | None) -> None:
    for path in (old, new):
        if path and not path.exists():
            raise UsageError(f"{path}: there is no such store or file")
    unknown = _words(only) - {*_KINDS}
    if unknown:
        raise UsageError(f"--only {min(unknown)!r} is no kind of facts; known are {', '.join(_KINDS)}")
    if date is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", date):
        raise UsageError(f"--date {date!r} is no day; write 2026-11-25")


def _loose(old: Path, new: Path) -> bool:
    """Whether triples are compared, since one of the two has no named graphs."""
    return any(path.is_file() and path.suffix.casefold() in _NO_GRAPHS for path in (old, new))


def _list_facts(
    old: Path, new: Path, only: set[str], ignore: set[str], lang: str, title: str | None, kind: str | None, output: str
) -> bool:
    from migkg.network.names import Names

    with ExitStack() as stack:
        stores = [stack.enter_context(closing(open_graph(path))) for path in (old, new)]
        names = Names(stores[1], stores[0], lang)
        found, counts = _compare(stores, _loose(old, new), names)
        facts = [fact for fact in found.facts if (not only or fact.kind in only) and fact.what not in ignore]

        def page() -> str:
            from migkg.render.difference import render_difference

            return render_difference(facts, names, (old.name, new.name), counts, language=lang, title=title)

        notes = _notes(facts, counts)
        table = kind == "table" or (kind is None and not Path(output).suffix)
        rows = [(_short(fact, names) if table else _row(fact, names)) for fact in facts]
        deliver(output, kind, SHORT if table else COLUMNS, rows, page, notes)
    return bool(facts) if only or ignore else any(counts)


def _compare(stores: "list[OxigraphStore]", loose: bool, names: "Names") -> "tuple[Difference, tuple[int, int]]":
    from migkg.network.difference import compare_facts, is_needed
    from migkg.rdf.delta import compare_lines, count_lines

    old, new = (_placed(store) if loose else store.dump() for store in stores)
    touched = list(compare_lines(old, new, keep=is_needed))
    return compare_facts(touched, names), count_lines(touched)


def _placed(store: "OxigraphStore") -> Iterator[str]:
    """The union of a store, its triples given to documents as those of a file without named graphs are."""
    from migkg.lines import sort_lines
    from migkg.rdf.delta import drop_graph
    from migkg.rdf.placing import place

    graphs = place(sort_lines(drop_graph(line) for line in store.dump()))
    return sort_lines(line for lines in graphs.values() for line in lines)


def _lines(path: Path, loose: bool) -> Iterable[str]:
    """The lines of a graph as they stand there, sorted; as triples where that is what is compared."""
    from migkg.lines import sort_lines
    from migkg.rdf.delta import drop_graph
    from migkg.store import file_lines

    def read() -> Iterator[str]:
        if path.is_dir():
            with closing(open_graph(path)) as store:
                yield from store.dump()
        else:
            yield from file_lines(path)

    return sort_lines(drop_graph(line) for line in read()) if loose else read()


def _write_rdf(old: Path, new: Path, kind: str, output: str, date: str | None) -> bool:
    from migkg.network.difference import is_needed
    from migkg.rdf.changeset import State
    from migkg.rdf.delta import Fingerprint, compare_lines, count_lines

    before, after = (Fingerprint(_lines(path, _loose(old, new))) for path in (old, new))
    touched = list(compare_lines(before, after, keep=is_needed))
    states = (State(old.name, before.value), State(new.name, after.value))
    _send(output, _write(kind, touched, states, date))
    counts = count_lines(touched)
    click.echo(f"({counts[0]:,} lines added, {counts[1]:,} removed)", err=True)
    return any(counts)


def _write(kind: str, touched: "list[Touched]", states: "tuple[State, State]", date: str | None) -> Iterator[str]:
    from migkg.lines import sort_lines
    from migkg.network.difference import split_touched
    from migkg.network.identities import match_identities
    from migkg.rdf.changeset import write_changeset
    from migkg.rdf.export import RDF_WRITERS
    from migkg.rdf.patch import write_patch

    if kind == "patch":
        return write_patch(touched, states[0].iri, states[1].iri)
    sets = write_changeset(touched, *states, match_identities(*split_touched(touched)).moved(), date)
    return RDF_WRITERS[kind](sort_lines(sets))


def _send(output: str, pieces: Iterable[str]) -> None:
    if output == "-":
        for piece in pieces:
            click.echo(piece, nl=False)
        return
    from migkg.files import replace_file

    with replace_file(Path(output)) as file:
        for piece in pieces:
            file.write(piece.encode())


def _notes(facts: "list[Fact]", counts: tuple[int, int]) -> list[str]:
    from migkg.network.fact import CHANGES

    told = ", ".join(f"{name} {sum(fact.change == name for fact in facts)}" for name in CHANGES)
    return [f"({told}; in the graph {counts[0]:,} lines more and {counts[1]:,} fewer)"]


def _row(fact: "Fact", names: "Names") -> tuple[str, ...]:
    claim, source = _evidence(fact)
    origin = (source.title or source.name or source.iri, source.issued or "") if source else ("", "")
    return (
        fact.change,
        fact.kind,
        names.label(fact.subject),
        fact.predicate,
        names.label(fact.object) if fact.object else "",
        fact.what,
        fact.before,
        fact.after,
        *origin,
        claim,
        fact.subject,
        fact.object,
        source.iri if source else "",
    )


def _short(fact: "Fact", names: "Names") -> tuple[str, ...]:
    """The columns that a terminal has room for."""
    row = dict(zip(COLUMNS, _row(fact, names), strict=True))
    if fact.what or fact.before or fact.after:
        sides = (
            f"{_cut(fact.before)} → {_cut(fact.after)}" if fact.change == "changed" else _cut(fact.before or fact.after)
        )
        row["what"] = f"{fact.what}: {sides}" if fact.what else sides
    quote = f": “{_cut(row['quote'])}”" if row["quote"] else ""
    row["source"] = f"{row['source']}{quote}"
    return tuple(row[column] for column in SHORT)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _evidence(fact: "Fact") -> "tuple[str, Source | None]":
    claims = fact.new or fact.old
    if claims:
        return claims[0].quote, claims[0].source
    return "", fact.sources[0] if fact.sources else None
