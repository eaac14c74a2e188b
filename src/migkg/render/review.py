"""A proposal as a screen of a terminal: the two things side by side, their sentences, and the parts of the score."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from migkg.model.identity import Reason
from migkg.model.proposal import Proposal, Side, Witness
from migkg.model.verdict import Contradiction, write_moment
from migkg.render.table import to_plain
from migkg.store.base import Rows, Term

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

FEW_WITNESSES = 2
NARROWEST = 40
KEYS = (
    ("s", "same"), ("d", "different"), ("u", "unsure"), ("x", "split"), ("z", "undo"),
    ("n", "next"), ("w", "reason"), ("m", "more"), ("q", "quit"),
)  # fmt: skip


def show_proposal(
    proposal: Proposal, place: str, width: int, color: bool = False, *, full: bool = False, why: str = ""
) -> str:
    """One proposal as text.

    Args:
        place: where it stands in the queue (``3 of 120``).
        width: columns of the terminal; 80 are enough, fewer than 40 are taken for 40.
        color: whether to use the colours of a terminal.
        full: show every sentence that is known, not only the first ones.
        why: the reason that will be written with the next verdict.
    """
    from rich.table import Table
    from rich.text import Text

    sides = Table(box=None, pad_edge=False, show_header=False, expand=True, padding=(0, 2, 0, 0))
    sides.add_column(ratio=1, overflow="fold")
    sides.add_column(ratio=1, overflow="fold")
    for left, right in zip(_side(proposal.left, full), _side(proposal.right, full), strict=True):
        sides.add_row(left, right)
    head = Text(f"{place}   score {proposal.score:.2f}, merged from {proposal.threshold:.2f}", style="bold")
    if proposal.unsure:
        head.append("   somebody was unsure", style="yellow")
    parts: list[RenderableType] = [head, Text(""), sides, Text("")]
    parts += [_reason(reason) for reason in proposal.reasons]
    if why:
        parts.append(Text(f"\nreason: {to_plain(why)}", style="italic"))
    return _print([*parts, Text(""), _keys()], max(width, NARROWEST), color)


def tabulate_proposals(proposals: Sequence[Proposal]) -> Rows:
    """Proposals as rows, one each, in their order."""
    columns = ("score", "type", "left", "leftName", "leftCountry", "leftSources",
               "right", "rightName", "rightCountry", "rightSources", "reasons")  # fmt: skip
    rows = []
    for proposal in proposals:
        reasons = "; ".join(f"{reason.feature} {reason.weight:+.2f}" for reason in proposal.reasons)
        cells = [_number(f"{proposal.score:.2f}", "decimal"), _text(proposal.left.type)]
        for side in (proposal.left, proposal.right):
            count = _number(str(side.references), "integer")
            cells += [Term("uri", side.iri), _text(side.label), _text(side.country), count]
        rows.append((*cells, _text(reasons)))
    return Rows(columns, tuple(rows))


def tabulate_contradictions(found: Sequence[Contradiction]) -> Rows:
    """Contradictions as rows, one for each verdict that takes part; the first of each keeps the pair apart."""
    columns = ("number", "kind", "who", "when", "said", "left", "right", "why")
    rows = []
    for number, contradiction in enumerate(found, 1):
        for verdict in contradiction.verdicts:
            left, right = verdict.left_label or verdict.left, verdict.right_label or verdict.right
            moment = write_moment(verdict.when)
            cells = (contradiction.kind, verdict.who, moment, verdict.choice, left, right, verdict.why)
            rows.append((_number(str(number), "integer"), *map(_text, cells)))
    return Rows(columns, tuple(rows))


def _text(value: str) -> Term:
    return Term("literal", value)


def _number(value: str, kind: str) -> Term:
    return Term("literal", value, None, f"http://www.w3.org/2001/XMLSchema#{kind}")


def _side(side: Side, full: bool) -> list["Text"]:
    """Type and place, names by language, then its sentences: three cells, so that both sides start at one height."""
    from rich.text import Text

    about = " · ".join(filter(None, (side.type, side.country, side.when, _count(side.references))))
    head = Text(to_plain(about), style="dim")
    names = Text("\n").join(
        Text.assemble((f"{language or '—':<3}", "dim"), (to_plain(name), "bold")) for language, name in side.names
    )
    shown = side.witnesses if full else side.witnesses[:FEW_WITNESSES]
    said = Text("\n").join(_witness(witness) for witness in shown)
    rest = side.references - len(shown)
    if rest > 0:
        said.append(f"\n… and {rest} more", style="dim")
    return [head, names, said]


def _witness(witness: Witness) -> "Text":
    from rich.text import Text

    origin = ", ".join(filter(None, (witness.published or "undated", witness.language, witness.publisher)))
    text = Text(f"\n{to_plain(origin)}\n", style="dim")
    sentence = to_plain(witness.sentence) or to_plain(witness.label)
    quote = Text(f"“{sentence}”")
    quote.stylize("not dim")
    if witness.label:
        quote.highlight_words([to_plain(witness.label)], style="underline")
    text.append_text(quote)
    return text


def _reason(reason: Reason) -> "Text":
    from rich.text import Text

    style = "green" if reason.weight > 0 else "red" if reason.weight < 0 else "dim"
    return Text.assemble(
        (f"{reason.weight:+.2f} ", style), to_plain(reason.feature), (f"  {to_plain(reason.value)}", "dim")
    )


def _keys() -> "Text":
    from rich.text import Text

    return Text("  ").join(Text.assemble((key, "bold"), f" {word}") for key, word in KEYS)


def _count(references: int) -> str:
    return f"{references:,} source{'s' * (references != 1)}"


def _print(parts: list["RenderableType"], width: int, color: bool) -> str:
    from rich.console import Console

    output = io.StringIO()
    console = Console(
        file=output, width=width, force_terminal=color, no_color=not color, highlight=False, legacy_windows=False
    )
    for part in parts:
        console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in output.getvalue().splitlines())
