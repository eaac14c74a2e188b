"""``migkg publish``: the graph of a store in a SPARQL 1.1 server."""

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migkg.cli.options import endpoint_options, read_access, store_options
from migkg.cli.progress import show_progress

if TYPE_CHECKING:
    from migkg.publish import Outcome, Plan

# Graphs that are listed one by one when their count is wrong.
MOST_LISTED = 10


@click.command()
@store_options()
@endpoint_options("--to", required=True, meaning="Where the server takes graphs or updates.", seconds=300)
@click.option("--query", "query_address", metavar="URL", help="Where it answers queries.  [default: by --to]")
@click.option(
    "--method",
    type=click.Choice(("store", "update")),
    help="Graph Store Protocol (store) or SPARQL Update.  [default: by --to]",
)
@click.option(
    "--default-graph",
    type=click.Choice(("auto", "fill", "leave")),
    default="auto",
    show_default=True,
    help="Whether the union of the graphs is put into the default graph; auto: where queries need it there.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be sent and removed.")
def publish(
    store: Path, to: str, query_address: str | None, method: str | None, default_graph: str, dry_run: bool
) -> int:
    """Put the graph of a store into a SPARQL 1.1 server and keep it there in step.

    Only what the server lacks is sent, one named graph for each source; what was taken out of the store since the last
    time is removed there. A run that was stopped goes on where it was. At the end the server is asked what it has. Exit
    code 1 when it counts something else.

    \b
    Examples:
      migkg publish --to http://localhost:7878/store
      migkg publish --to http://localhost:8890/sparql-graph-crud-auth --user dba --auth digest
      migkg publish --to http://localhost:3030/ds/update --dry-run
    """
    from migkg import publish as work
    from migkg.publish.state import State
    from migkg.store import open_store

    access, timeout = read_access(300.0)
    layout = work.find_layout(to, method, query_address)  # type: ignore[arg-type]  # one of the two methods
    with (
        closing(open_store(store, read_only=True)) as opened,
        closing(work.Target(layout, access, timeout)) as target,
        closing(State(store, target.address)) as state,
    ):
        total = sum(1 for _ in opened.graphs()) if sys.stderr.isatty() else None
        with show_progress("comparing", total) as done:
            plan = work.make_plan(opened, state, target.counts(), done)
        _say_plan(plan, dry_run)
        if dry_run:
            return 0
        with show_progress("sending", len(plan.send) + len(plan.remove)) as done:
            outcome = work.publish(opened, target, state, plan, default_graph, done)  # type: ignore[arg-type]
    _say_outcome(outcome, target.address)
    return 1 if outcome.wrong else 0


def _say_plan(plan: "Plan", dry_run: bool) -> None:
    will = "to send" if dry_run else "sent"
    lines = [
        (f"graphs {will}", len(plan.send)),
        (f"triples {will}", plan.triples),
        ("graphs to remove" if dry_run else "graphs removed", len(plan.remove)),
        ("graphs unchanged", plan.same),
        ("other graphs of the server, left alone", plan.others),
    ]
    if dry_run:
        _say(lines)
    else:
        click.get_current_context().meta[__name__] = lines


def _say_outcome(outcome: "Outcome", address: str) -> None:
    lines = click.get_current_context().meta[__name__]
    _say([*lines, ("graphs that the server holds", outcome.graphs), ("triples in them", outcome.triples)])
    told = {
        "union": "queries see the union of the named graphs",
        "filled": "the union of the named graphs was put into the default graph",
        "left": "the default graph was left alone; queries may see nothing without GRAPH",
    }
    click.echo(f"{address}: {told[outcome.default]}")
    for graph, ours, theirs in outcome.wrong[:MOST_LISTED]:
        click.echo(f"migkg: <{graph}> has {ours:,} triples here, the server counts {theirs:,}", err=True)
    if len(outcome.wrong) > MOST_LISTED:
        click.echo(f"migkg: and {len(outcome.wrong) - MOST_LISTED:,} graphs more", err=True)


def _say(lines: list[tuple[str, int]]) -> None:
    first = max(len(name) for name, _ in lines)
    second = max(len(f"{number:,}") for _, number in lines)
    for name, number in lines:
        click.echo(f"{name:<{first}}  {number:>{second},}")
