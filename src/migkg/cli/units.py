"""``migkg diff --structure``: what became of the units of an organisation between two pages."""

from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.options import open_file
from migkg.cli.pages import deliver
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.network.evidence import Claim
    from migkg.network.fact import Fact
    from migkg.network.names import Names
    from migkg.network.reorganisation import UnitChange
    from migkg.network.snapshots import Snapshot
    from migkg.rdf.unit_changes import UnitEvent
    from migkg.store.oxigraph import OxigraphStore

    Step = tuple[Snapshot, Snapshot, UnitChange]

COLUMNS = (
    "change", "unit", "was", "partOf", "wasPartOf", "notBefore", "notAfter", "confidence", "why", "pageBefore",
    "quoteBefore", "pageAfter", "quoteAfter", "unitIri", "wasIri", "sourceBeforeIri", "sourceAfterIri",
)  # fmt: skip
SHORT = ("change", "unit", "was", "partOf", "wasPartOf", "notBefore", "notAfter", "confidence", "why")


def open_graph(path: Path) -> "OxigraphStore":
    """A store or a file of RDF, for reading. The caller closes it.

    Raises:
        UsageError: it is neither, or is malformed.
    """
    from migkg.store import open_store
    from migkg.store.oxigraph import OxigraphStore

    opened = open_store(path, read_only=True) if path.is_dir() else open_file(path)
    assert isinstance(opened, OxigraphStore)
    return opened


def list_units(
    old: Path,
    new: Path | None,
    organisation: str,
    dates: tuple[str, str] | None,
    lang: str,
    title: str | None,
    kind: str | None,
    output: str,
) -> bool:
    """Answer ``migkg diff --structure``; says whether anything changed.

    Raises:
        UsageError: the pages cannot be found or put in order.
    """
    from migkg.network.names import Names
    from migkg.network.reorganisation import compare_snapshots

    with ExitStack() as stack:
        stores = [stack.enter_context(closing(open_graph(path))) for path in (old, new) if path]
        pairs, undated = _pairs(stores, organisation, dates, lang)
        steps = [(early, late, change) for early, late in pairs for change in compare_snapshots(early, late)]
        names = Names(stores[-1], stores[0], lang)
        if kind == "turtle":
            _write_turtle([_event(*step) for step in steps], output)
        else:
            _deliver(steps, names, lang, title, kind, output)
    for early, late in pairs:
        counts = f"{len(early.parts) - 1} units, then {len(late.parts) - 1}"
        click.echo(f"({_date(early)} → {_date(late)}: {counts}; {_title(early)} → {_title(late)})", err=True)
    if undated:
        click.echo(f"({undated} pages without a date have no place in the order and were left out)", err=True)
    return any(change.confidence is not None for _, _, change in steps)


def _deliver(steps: "list[Step]", names: "Names", lang: str, title: str | None, kind: str | None, output: str) -> None:
    short = kind == "table" or (kind is None and not Path(output).suffix)
    rows = [_row(*step) for step in steps]
    if short:
        rows = [tuple(dict(zip(COLUMNS, row, strict=True))[name] for name in SHORT) for row in rows]

    def page() -> str:
        from migkg.render.difference import render_difference

        sides = (_date(steps[0][0]), _date(steps[-1][1])) if steps else ("", "")
        facts = [_fact(change) for _, _, change in steps]
        heading = title or (names.label(steps[-1][1].root) if steps else None)
        return render_difference(facts, names, sides, None, language=lang, title=heading)

    deliver(output, kind, SHORT if short else COLUMNS, rows, page, [])


def _pairs(
    stores: "list[OxigraphStore]", organisation: str, dates: tuple[str, str] | None, lang: str
) -> "tuple[list[tuple[Snapshot, Snapshot]], int]":
    """The pages to compare, and how many had to be left out for want of a date."""
    from migkg.network.projection import project
    from migkg.network.snapshots import read_snapshots

    found = [read_snapshots(store, project(store, language=lang), organisation) for store in stores]
    if not all(found):
        raise UsageError(f"no page on the structure of {organisation!r} was read; migkg chart shows what is known")
    if len(stores) == 1:
        if dates:
            raise UsageError("--dates is for two graphs; pages of one graph are ordered by the dates that they have")
        dated = [snapshot for snapshot in found[0] if snapshot.day]
        by_day = list({snapshot.day: snapshot for snapshot in dated}.values())
        if len(by_day) < 2:
            raise UsageError(f"{organisation!r} has {len(by_day)} dated pages on its structure; two are needed")
        return list(pairwise(by_day)), len(found[0]) - len(dated)
    early, late = (snapshots[-1] for snapshots in found)
    if dates:
        early, late = (_redate(snapshot, day) for snapshot, day in zip((early, late), dates, strict=True))
    if early.day and late.day and early.day > late.day:
        raise UsageError(f"the page of OLD is of {early.day}, after that of NEW ({late.day}); give them the other way")
    return [(early, late)], 0


def _redate(snapshot: "Snapshot", day: str) -> "Snapshot":
    """The page with the day that the user knows it to be of, unless it says one itself."""
    from migkg.network.periods import period

    if "/" in day or not period(day)[0]:
        raise UsageError(f"--dates {day!r} is no date; write 2019, 2019-03 or 2019-03-01")
    return snapshot if snapshot.day else replace(snapshot, source=replace(snapshot.source, issued=day))


def _date(snapshot: "Snapshot") -> str:
    return snapshot.day or "undated"


def _title(snapshot: "Snapshot") -> str:
    return snapshot.source.title or snapshot.source.name or snapshot.source.iri


def _row(early: "Snapshot", late: "Snapshot", change: "UnitChange") -> tuple[str | float | None, ...]:
    old, new = change.old, change.new
    return (
        change.kind,
        new.name if new else old.name if old else "",
        old.name if old and new and old.name != new.name else "",
        change.new_parent.name if change.new_parent and new else "",
        change.old_parent.name if change.old_parent and old and change.kind != "renamed" else "",
        early.day,
        late.day,
        change.confidence,
        ", ".join(change.why),
        _title(early),
        _quote(change.before) if old else "",
        _title(late),
        _quote(change.after) if new else "",
        new.iri if new else "",
        old.iri if old else "",
        early.source.iri,
        late.source.iri,
    )


def _quote(claims: "tuple[Claim, ...]") -> str:
    return claims[0].quote if claims else ""


def _event(early: "Snapshot", late: "Snapshot", change: "UnitChange") -> "UnitEvent | None":
    from migkg.rdf.unit_changes import UnitEvent

    if change.confidence is None:
        return None
    when = f"{early.day}/{late.day}" if early.day and late.day else None
    period = f"between {early.day} and {late.day}" if when else "between two pages that do not both have a date"
    signs = ", ".join(change.why)
    note = f"{change.kind} {period}, by comparison of two pages ({signs}); confidence {change.confidence:g}"
    old, new = change.old, change.new
    claims = [claim.iri for claim in (*change.before, *change.after)]
    return UnitEvent(
        change.kind,
        old.iri if old else None,
        new.iri if new else None,
        change.old_parent.iri if change.old_parent else early.root,
        change.new_parent.iri if change.new_parent else late.root,
        (old.name if old else "", new.name if new else ""),
        late.source.language,
        when,
        f"{note}, set by hand",
        (early.source.iri, late.source.iri, *sorted(set(claims))),
    )


def _write_turtle(events: "list[UnitEvent | None]", output: str) -> None:
    from migkg.files import replace_file
    from migkg.lines import sort_lines
    from migkg.rdf.turtle import write_turtle
    from migkg.rdf.unit_changes import write_unit_changes

    text = "".join(write_turtle(sort_lines(write_unit_changes(event for event in events if event))))
    if output == "-":
        click.echo(text, nl=False)
        return
    with replace_file(Path(output)) as file:
        file.write(text.encode())


def _fact(change: "UnitChange") -> "Fact":
    """A change of a unit as a row of the page of differences."""
    from migkg.network.fact import Fact

    old, new = change.old, change.new
    part, parent = (new, change.new_parent) if new else (old, change.old_parent)
    kinds = {"created": "added", "newly listed": "added", "abolished": "withdrawn", "unlisted": "withdrawn"}
    before, after = (old.name if old else "", new.name if new else "")
    if change.kind == "moved":
        before, after = (above.name if above else "" for above in (change.old_parent, change.new_parent))
    return Fact(
        kinds.get(change.kind, "changed"),
        "units",
        part.iri if part else "",
        "partOf",
        parent.iri if parent else "",
        change.kind,
        before,
        after,
        change.before if old else (),
        change.after if new else (),
        confidence=change.confidence,
    )
