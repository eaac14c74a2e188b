"""``migkg review``: what people decide about identity."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.options import store_options
from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.build.review import Review
    from migkg.model.verdict import Choice

_FEW = 3  # sources of each side in JSON
FORMATS = ("table", "csv", "json")
_BY_SUFFIX = {".ttl": "turtle", ".nq": "nquads", ".trig": "trig", ".jsonld": "jsonld"}


@click.command()
@store_options()
@click.option("--verdicts", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The verdict file.  [default: the one the store knows, else DIR.verdicts.csv]")  # fmt: skip
@click.option("--who", metavar="NAME", envvar="MIGKG_REVIEWER",
              help="Who decides.  [default: $MIGKG_REVIEWER, else user.name of git]")  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="Print the proposals, the most useful first.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="table", show_default=True,
              help="How --list and --contradictions print.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), default=1000, show_default=True, metavar="N",
              help="Look at the first N proposals.")  # fmt: skip
@click.option("--decide", nargs=3, metavar="LEFT RIGHT VERDICT",
              help="Write one verdict: same, different, unsure, split, withdrawn or undone.")  # fmt: skip
@click.option("--why", default="", metavar="TEXT", help="The reason, with --decide.")
@click.option("--undo", is_flag=True, help="Take your latest verdict back.")
@click.option("--page", is_flag=True, help="Review in a browser of this machine instead of the terminal.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Port of the page.  [default: free]"
)
@click.option(
    "--contradictions", is_flag=True, help="List verdicts that cannot all hold; exit code 1 if there are any."
)
@click.option("--export", "target", metavar="FILE", help="Write the verdicts as RDF (.ttl, .nq, .trig, .jsonld, or -).")
@click.option("--apply/--no-apply", "apply", default=None,
              help="Bring the graph up to date with the verdicts.  [default: at the end of a review]")  # fmt: skip
def review(
    store: Path,
    verdicts: Path | None,
    who: str | None,
    listing: bool,
    kind: str,
    limit: int,
    decide: tuple[str, str, str] | None,
    why: str,
    undo: bool,
    page: bool,
    port: int,
    contradictions: bool,
    target: str | None,
    apply: bool | None,
) -> int:
    """Decide which names are one thing: in the terminal, in a browser, or from a script.

    Shows pairs that may be one thing, with what the sources say of both and each part of the score. What you decide is
    written to a text file at once, wins over every score, survives every rebuild, and can be taken back (docs/how-to/
    review-identity.md).

    \b
    Examples:
      migkg review --store migkg-store
      migkg review --store migkg-store --page
      migkg review --store migkg-store --list --format csv > proposals.csv
      migkg review --store migkg-store --decide LEFT RIGHT same --why 'one ministry, two languages' --apply
    """
    from migkg.build.review import Review

    modes = {"list": listing, "decide": decide, "undo": undo, "page": page, "contradictions": contradictions}
    _check_modes({**modes, "export": target})
    opened = Review(store, verdicts, who, limit)
    if listing:
        click.echo(_list(opened, kind).encode(), nl=False)
        return 0
    if contradictions:
        return _tell_contradictions(opened, kind)
    if target:
        _export(opened, target)
        return 0
    if decide:
        _decide(opened, decide, why)
    elif undo:
        _undo(opened)
    elif page:
        _serve(opened, port)
    elif not apply:
        _work(opened)
    if apply or (apply is None and not decide and not undo):
        _apply(opened)
    return 0


def _check_modes(modes: Mapping[str, object]) -> None:
    chosen = [f"--{name}" for name, is_on in modes.items() if is_on]
    if len(chosen) > 1:
        raise UsageError(f"{' and '.join(chosen)} cannot be done together")


def _work(opened: "Review") -> None:
    """The queue in the terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("this is no terminal: use --list, --decide, --undo or --page (migkg review --help)")
    import os

    from migkg.cli.review_queue import TerminalQueue

    opened.check_writing()
    queue = TerminalQueue(opened, color="NO_COLOR" not in os.environ)
    queue.run()
    click.echo(f"\n{queue.written} verdict{'s' * (queue.written != 1)} written to {opened.file}", err=True)


def _serve(opened: "Review", port: int) -> None:
    from migkg.serve.review.run import serve_review

    def tell(address: str) -> None:
        click.echo("Open this address in a browser of this machine; end with Ctrl-C.", err=True)
        click.echo(address)

    opened.check_writing()
    try:
        serve_review(opened, port, tell)
    except KeyboardInterrupt:
        click.echo("", err=True)


def _decide(opened: "Review", words: tuple[str, str, str], why: str) -> None:
    from migkg.model.verdict import CHOICES

    choice: Choice | None = next((name for name in CHOICES if name == words[2]), None)
    if choice is None:
        raise UsageError(f"the verdict is {', '.join(CHOICES[:-1])} or {CHOICES[-1]}, not {words[2]!r}")
    left, right = opened.find_form(words[0]), words[1]
    right = opened.find_right(left, right, choice)
    verdict = opened.decide(left, choice, right, why)
    click.echo(
        f"written to {opened.file}: {verdict.left_label or left} {choice} {verdict.right_label or right}", err=True
    )
    for contradiction in opened.contradictions():
        if verdict in contradiction.verdicts:
            click.echo("this contradicts an earlier verdict; see: migkg review --contradictions", err=True)


def _undo(opened: "Review") -> None:
    verdict = opened.undo()
    if verdict is None:
        raise UsageError("you have given no verdict that could be taken back")
    left, right = verdict.left_label or verdict.left, verdict.right_label or verdict.right
    click.echo(f"taken back: {left} {verdict.choice} {right}", err=True)


def _apply(opened: "Review") -> None:
    written = opened.apply()
    click.echo(f"graph brought up to date; sources written again: {written:,}", err=True)
    if found := len(opened.contradictions()):
        click.echo(f"{found} contradictions; the pairs stay apart: migkg review --contradictions", err=True)


def _list(opened: "Review", kind: str) -> str:
    from migkg.render import table
    from migkg.render.review import tabulate_proposals

    proposals = opened.proposals(witnesses=_FEW if kind == "json" else 0)
    if kind == "json":
        return json.dumps([p.to_json() for p in proposals], ensure_ascii=False, indent=1) + "\n"
    rows = tabulate_proposals(proposals)
    return table.to_csv(rows) if kind == "csv" else _table(rows)


def _tell_contradictions(opened: "Review", kind: str) -> int:
    from migkg.render import table
    from migkg.render.review import tabulate_contradictions

    found = opened.contradictions()
    if kind == "json":
        text = json.dumps([c.to_json() for c in found], ensure_ascii=False, indent=1) + "\n"
    elif kind == "csv":
        text = table.to_csv(tabulate_contradictions(found))
    else:
        text = _table(tabulate_contradictions(found)) if found else ""
    click.echo(text.encode(), nl=False)
    return 1 if found else 0


def _table(rows: "object") -> str:
    import shutil

    from migkg.query.parameters import shorten
    from migkg.render.table import to_table
    from migkg.store.base import Rows

    assert isinstance(rows, Rows)
    terminal = sys.stdout.isatty()
    return to_table(rows, shutil.get_terminal_size().columns if terminal else None, shorten, terminal)


def _export(opened: "Review", target: str) -> None:
    from migkg.files import replace_file
    from migkg.rdf.export import RDF_WRITERS

    kind = "turtle" if target == "-" else _BY_SUFFIX.get(Path(target).suffix.casefold())
    if kind is None:
        raise UsageError(f"{target}: the suffix says no RDF format; use {', '.join(_BY_SUFFIX)} or -")
    text = "".join(RDF_WRITERS[kind](opened.export())).encode()
    if target == "-":
        click.echo(text, nl=False)
        return
    with replace_file(Path(target)) as file:
        file.write(text)
