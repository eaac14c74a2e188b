"""An explanation of one thing as text for a terminal."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migkg.model.explanation import Explanation, Tie
from migkg.model.proposal import Side
from migkg.model.verdict import Verdict, write_moment
from migkg.render.table import to_plain

if TYPE_CHECKING:
    from rich.text import Text

WIDTH = 100  # where nothing says how wide the output is
FEW_SOURCES = 8


def show_explanation(
    explanation: Explanation, width: int | None = None, color: bool = False, all_of_it: bool = False
) -> str:
    """One thing, its forms with their sources, what brought them together, and what nearly was.

    Args:
        width: columns of the terminal; ``None`` where lines may be as long as they are.
        color: whether to use the colours of a terminal.
        all_of_it: every source and sentence, not only the first ones of each form.
    """
    from rich.console import Console

    output = io.StringIO()
    console = Console(
        file=output,
        width=width or 100_000,
        force_terminal=color,
        no_color=not color,
        highlight=False,
        soft_wrap=width is None,
    )
    for line in _lines(explanation, all_of_it):
        console.print(line)
    return "".join(f"{line.rstrip()}\n" for line in output.getvalue().splitlines())


def _lines(explanation: Explanation, all_of_it: bool) -> Iterator["Text"]:
    from rich.text import Text

    yield Text.assemble((to_plain(explanation.label), "bold"), f"  {explanation.type}")
    yield Text(explanation.iri, style="dim")
    for name, value in explanation.authority:
        yield Text.assemble((f"  {name}: ", "dim"), to_plain(value))
    for number, form in enumerate(explanation.forms, 1):
        yield Text("")
        yield from _form(form, number, len(explanation.forms), all_of_it)
    if explanation.ties:
        yield Text("\nMerged by", style="bold")
        for tie in explanation.ties:
            yield from _tie(tie)
    if explanation.near:
        yield Text("\nNearly merged, or kept apart", style="bold")
        for tie in explanation.near:
            yield from _tie(tie)


def _form(form: Side, number: int, forms: int, all_of_it: bool) -> Iterator["Text"]:
    from rich.text import Text

    about = ", ".join(filter(None, (form.country, form.when)))
    sources = f"{form.references:,} source{'s' * (form.references != 1)}"
    title = f"Form {number}: " if forms > 1 else ""
    yield Text.assemble((f"{title}{sources}", "bold"), f"  {about}" if about else "")
    if forms > 1:
        yield Text(f"  {form.iri}", style="dim")
    for language, name in form.names:
        yield Text.assemble(f"  {language or '—':<3}", to_plain(name))
    shown = form.witnesses if all_of_it else form.witnesses[:FEW_SOURCES]
    for witness in shown:
        gone = witness.withdrawn and f"page withdrawn, noticed {witness.withdrawn}"
        before = witness.replaced and f"earlier version, replaced {witness.replaced}"
        known = (witness.published or "undated", witness.language, witness.publisher, gone, before)
        origin = ", ".join(filter(None, known))
        yield Text.assemble((f"  · {to_plain(origin)}", "dim"), f"  {to_plain(witness.label)}")
        if witness.title:
            yield Text(f"    {to_plain(witness.title)}", style="dim")
        if witness.sentence:
            yield Text(f"    “{to_plain(witness.sentence)}”")
        yield Text(f"    {witness.url or witness.source}", style="dim")
    if form.references > len(shown):
        yield Text(f"  … and {form.references - len(shown):,} more (--all)", style="dim")


def _tie(tie: Tie) -> Iterator["Text"]:
    from rich.text import Text

    score = "" if tie.score is None else f"  score {tie.score:.2f}"
    colours = {"same": "green", "proposed": "yellow"}
    yield Text.assemble(
        (f"  {tie.decision}", colours.get(tie.decision, "red")),
        score,
        f"  {to_plain(tie.left_label)} – {to_plain(tie.right_label)}",
    )
    yield Text(f"    {tie.left}\n    {tie.right}", style="dim")
    for reason in tie.reasons:
        yield Text.assemble(
            f"    {reason.weight:+.2f} {to_plain(reason.feature)}", (f"  {to_plain(reason.value)}", "dim")
        )
    for verdict in tie.verdicts:
        yield Text(f"    {_verdict(verdict)}", style="italic")


def _verdict(verdict: Verdict) -> str:
    said = f"{verdict.who} said {verdict.choice} on {write_moment(verdict.when)[:10]}"
    return to_plain(f"{said}: {verdict.why}" if verdict.why else said)
