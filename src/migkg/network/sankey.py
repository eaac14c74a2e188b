"""Places the links of a money flow as bands between columns, as wide as the sums; equal links give equal drawings."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from migkg.network.flow import ROLES, Key, Link

GAP = 16.0  # between two nodes of a column, in units of the drawing
THIN = 2.0  # width of a link without a sum
LEAST = 14.0  # height of a node, so that its name can stand beside it
MOST_STEPS = 5  # columns of things that fund things; rings of them end there
HEIGHT = 440.0  # what the sums of the fullest column take together


@dataclass(slots=True)
class Box:
    """A node of the drawing: ``column`` from 0, ``y`` of its top and ``height``, in units of the drawing."""

    key: Key
    column: int
    y: float = 0.0
    height: float = LEAST


@dataclass(frozen=True, slots=True)
class Band:
    """A link of the drawing: the places of its ends in the list of boxes, the middle of the band there, its width."""

    link: Link
    source: int
    target: int
    start: float
    end: float
    width: float


def draw_flow(links: Sequence[Link], currency: str | None) -> tuple[list[Box], list[Band]]:
    """Boxes and bands of the links, column by column from left to right.

    Args:
        links: see ``migkg.network.flow.select``.
        currency: what the widths are drawn in; ``None``: all links are thin.
    """
    columns = _columns(links)
    boxes = {key: Box(key, column) for key, column in columns.items()}
    widths = _widths(links, currency, columns)
    for key, box in boxes.items():
        box.height = max(LEAST, _side(links, widths, key, out=True), _side(links, widths, key, out=False))
    _stack(links, boxes)
    order = sorted(boxes.values(), key=lambda box: (box.column, box.y, box.key))
    place = {box.key: number for number, box in enumerate(order)}
    starts = _slots(links, widths, boxes, out=True)
    ends = _slots(links, widths, boxes, out=False)
    bands = [
        Band(link, place[link.source], place[link.target], starts[at], ends[at], widths[at])
        for at, link in enumerate(links)
    ]
    return order, bands


def _columns(links: Sequence[Link]) -> dict[Key, int]:
    """Funders first, what they pay for by the longest way to it, then actors, then places."""
    columns = {key: 0 for link in links for key in (link.source, link.target)}
    for _ in range(MOST_STEPS):
        before = dict(columns)
        for link in links:
            if link.target[0] == "thing":
                columns[link.target] = max(columns[link.target], before[link.source] + 1)
    used = sorted({column for key, column in columns.items() if key[0] in ROLES[:2]})
    last = len(used)
    places = last + any(key[0] == "actor" for key in columns)
    fixed = {"actor": last, "place": places}
    return {key: fixed[key[0]] if key[0] in fixed else used.index(column) for key, column in columns.items()}


def _widths(links: Sequence[Link], currency: str | None, columns: dict[Key, int]) -> list[float]:
    sums = [link.value(currency) if currency else Decimal(0) for link in links]
    totals: dict[int, Decimal] = defaultdict(Decimal)
    for link, value in zip(links, sums, strict=True):
        totals[columns[link.source]] += value
    scale = HEIGHT / float(max(totals.values(), default=Decimal(0)) or 1)
    return [max(THIN, float(value) * scale) if value else THIN for value in sums]


def _side(links: Sequence[Link], widths: Sequence[float], key: Key, *, out: bool) -> float:
    """What the links on one side of a node take together; one sum of several funders takes its place once."""
    taken: dict[str, float] = {}
    for at, link in enumerate(links):
        if (link.source if out else link.target) == key:
            name = link.group if link.group and not out else f"\0{at}"
            taken[name] = max(taken.get(name, 0.0), widths[at])
    return sum(taken.values())


def _stack(links: Sequence[Link], boxes: dict[Key, Box]) -> None:
    """Give every box its y: the first column by height, the others by the middle of what leads to them."""
    sources: dict[Key, list[Key]] = defaultdict(list)
    for link in links:
        sources[link.target].append(link.source)
    for column in range(max((box.column for box in boxes.values()), default=-1) + 1):
        here = [box for box in boxes.values() if box.column == column]

        def order(box: Box) -> tuple[float, float, Key]:
            before = [boxes[key] for key in sources[box.key] if boxes[key].column < box.column]
            middle = sum(one.y + one.height / 2 for one in before) / len(before) if before else -1.0
            return middle, -box.height, box.key

        y = 0.0
        for box in sorted(here, key=order):
            box.y = y
            y += box.height + GAP


def _slots(links: Sequence[Link], widths: Sequence[float], boxes: dict[Key, Box], *, out: bool) -> list[float]:
    """The middle of every link at one of its ends, ordered by where it leads, so that bands cross little."""
    near = [link.source if out else link.target for link in links]
    far = [link.target if out else link.source for link in links]
    middles = [0.0] * len(links)
    free = {key: box.y for key, box in boxes.items()}
    groups: dict[tuple[Key, str], float] = {}
    for at in sorted(range(len(links)), key=lambda at: (boxes[far[at]].y, far[at], at)):
        group = (near[at], links[at].group)
        if not out and links[at].group and group in groups:
            middles[at] = groups[group]
            continue
        middles[at] = groups[group] = free[near[at]] + widths[at] / 2
        free[near[at]] += widths[at]
    return middles
