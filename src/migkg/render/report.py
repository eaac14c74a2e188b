"""The report of a check of the graph, as lines of text for a reader."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from migkg.rdf.violations import Violation, shorten

# Control characters, and those that turn the direction of writing: a label must not steer a terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_WIDEST = 300


def report_lines(found: Sequence[Violation], limit: int = 10) -> Iterator[str]:
    """What was found, by shape: how often, what to do, and the places with their quotes.

    Args:
        found: violations and warnings in the order of ``sort_violations``.
        limit: places shown for each shape; 0 for all.
    """
    for (severity, shape), group in groupby(found, key=lambda v: (v.severity, v.shape)):
        places = list(group)
        shown = places[:limit] if limit else places
        yield f"{severity} {shape}, {len(places)} time{'s' if len(places) != 1 else ''}"
        yield f"  {plain(places[0].message)}"
        for place in shown:
            yield from _place_lines(place)
        if len(shown) < len(places):
            yield f"  - … and {len(places) - len(shown)} more"
        yield ""


def plain(text: str) -> str:
    """A text on one line without control characters, cut where it is very long."""
    line = re.sub(r"\s+", " ", _CONTROL.sub(" ", text)).strip()
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


def _place_lines(place: Violation) -> Iterator[str]:
    focus = shorten(place.focus)
    yield f"  - {plain(place.label)}" + (f" <{plain(focus)}>" if focus != place.label else "")
    if place.path is not None or place.value is not None:
        yield "    " + plain(" ".join(part for part in (place.path, place.value) if part is not None))
    if place.quote is not None and place.quote != place.value:
        yield f"    says: “{plain(place.quote)}”"
    if place.source is not None:
        yield f"    in: {plain(shorten(place.source))}"
