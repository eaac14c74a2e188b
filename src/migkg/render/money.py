"""What the page of a money flow shows: for each currency the steps from funder to country, as wide as the sums."""

from collections.abc import Mapping, Sequence
from typing import Any

from migkg.network.flow import Key, Link, currencies, select
from migkg.network.sankey import draw_flow
from migkg.render.evidence import Evidence
from migkg.render.offline import about_data, render_offline, thing_data
from migkg.render.payload import clip
from migkg.render.words import country_names

MOST_DRAWN = 60  # steps in one drawing; of more the largest are drawn, and the table has all of them


def render_flow(
    links: Sequence[Link],
    nodes: Mapping[str, dict[str, Any]],
    read: dict[str, Any],
    *,
    period: str | None = None,
    language: str = "en",
    title: str | None = None,
) -> str:
    """The page as HTML.

    Args:
        links: see ``migkg.network.flow.trace_money``.
        nodes: attributes of each thing, as the nodes of a projection have them.
        read: ``documents``, ``dated`` and ``languages`` of all that was read.
        period: name of the period that was asked for; ``None``: any time.
        language: ``en``, ``fr`` or ``es``.
        title: heading of the page.
    """
    evidence, names = Evidence(), country_names(language)
    ends = {iri for link in links for iri in (link.source[1], link.target[1], link.edge[0], link.edge[2])}
    order = sorted(iri for iri in ends if iri in nodes)
    place = {iri: number for number, iri in enumerate(order)}
    rows = [_link(link, place, evidence) for link in links]
    number = {(link.source, link.target): at for at, link in enumerate(links)}
    shown = [(code, select(links, code)) for code, _ in currencies(links)] + [(None, select(links, None))]
    programmes = {iri for iri, data in nodes.items() if data["type"] == "Programme"}
    view = {
        "links": rows,
        "drawings": [_drawing(code, some, number, place, names) for code, some in shown if some],
        "programmes": _programmes(links, programmes),
        "period": clip(period),
    }
    data = {"things": [thing_data(nodes[iri], names) for iri in order], **evidence.data()}
    return render_offline("flow", data | {"about": about_data(read), "view": view}, language=language, title=title)


def _link(link: Link, place: dict[str, int], evidence: Evidence) -> list[Any]:
    """(subject, predicate, object, sums, claims) of a link."""
    subject, predicate, object_ = link.edge
    sums = [[clip(part) for part in (amount.value, amount.currency, amount.kind)] for amount in link.amounts]
    return [place[subject], predicate, place[object_], sums, evidence.add(link.claims)]


def _drawing(
    currency: str | None,
    links: Sequence[Link],
    number: dict[tuple[Key, Key], int],
    place: dict[str, int],
    names: dict[str, str],
) -> dict[str, Any]:
    boxes, bands = draw_flow(_greatest(links, currency), currency)

    def name(key: Key) -> int | str:
        return place[key[1]] if key[1] in place else clip(names.get(key[1], key[1]))

    return {
        "currency": clip(currency),
        "links": [number[link.source, link.target] for link in links],
        "boxes": [[name(box.key), box.column, round(box.y, 1), round(box.height, 1)] for box in boxes],
        "bands": [
            [
                number[b.link.source, b.link.target],
                b.source,
                b.target,
                round(b.start, 1),
                round(b.end, 1),
                round(b.width, 1),
            ]
            for b in bands
        ],
    }


def _greatest(links: Sequence[Link], currency: str | None) -> list[Link]:
    """The links that are drawn, in their order: the largest sums first, then what most documents say."""

    def rank(link: Link) -> tuple[Any, ...]:
        documents = len({claim.source.iri for claim in link.claims})
        return -link.value(currency) if currency else 0, link.edge[1] != "funds", -documents, link.source, link.target

    chosen = {(link.source, link.target) for link in sorted(links, key=rank)[:MOST_DRAWN]}
    return [link for link in links if (link.source, link.target) in chosen]


def _programmes(links: Sequence[Link], programmes: set[str]) -> dict[str, int]:
    """How many programmes there are, how many have a funder, and for how many a sum is told."""
    funded = {link.target[1] for link in links if link.edge[1] == "funds"} & programmes
    paid = {link.target[1] for link in links if link.edge[1] == "funds" and link.amounts} & programmes
    return {"all": len(programmes), "funded": len(funded), "paid": len(paid)}
