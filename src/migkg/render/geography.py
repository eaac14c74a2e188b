"""What the page of a map shows: programmes and events by country, on the outlines of Natural Earth."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from migkg.network.places import TYPES, Located, Spot
from migkg.render.evidence import Evidence
from migkg.render.offline import about_data, render_offline, thing_data
from migkg.render.payload import clip
from migkg.render.words import country_names

# The outlines are vendored for the page of the service; both pages draw the same ones.
WORLD = "serve/page/vendor/world.json"


def render_map(
    located: Located,
    nodes: Mapping[str, dict[str, Any]],
    read: dict[str, Any],
    *,
    period: str | None = None,
    language: str = "en",
    title: str | None = None,
) -> str:
    """The page as HTML.

    Args:
        located: see ``migkg.network.places.locate``.
        nodes: attributes of each thing, as the nodes of a projection have them.
        read: ``documents``, ``dated`` and ``languages`` of all that was read.
        period: name of the period that was asked for; ``None``: any time.
        language: ``en``, ``fr`` or ``es``.
        title: heading of the page.
    """
    evidence, names = Evidence(), country_names(language)
    every = [spot for spots in located.countries.values() for spot in spots] + located.regions
    missing = [iri for kind in TYPES for iri in located.placeless[kind]]
    order = sorted({iri for spot in every for iri in (spot.thing, spot.place)} | set(missing))
    place = {iri: number for number, iri in enumerate(order)}

    def spot_data(spot: Spot) -> list[Any]:
        return [place[spot.thing], spot.relation, place[spot.place], evidence.add(spot.claims)]

    claims = {claim.iri: claim for spot in every for claim in spot.claims}.values()
    view = {
        "countries": {code: [spot_data(spot) for spot in spots] for code, spots in located.countries.items()},
        "names": {code: clip(names.get(code, code)) for code in located.countries},
        "regions": [spot_data(spot) for spot in located.regions],
        "placeless": [place[iri] for iri in missing],
        "totals": located.totals,
        "said": [len(claims), sum(1 for claim in claims if claim.source.issued)],
        "period": clip(period),
        "world": _world(),
    }
    data = {"things": [thing_data(nodes[iri], names) for iri in order], **evidence.data()}
    return render_offline("map", data | {"about": about_data(read), "view": view}, language=language, title=title)


@cache
def _world() -> dict[str, Any]:
    world: dict[str, Any] = json.loads((files("migkg") / WORLD).read_text(encoding="utf-8"))
    return world
