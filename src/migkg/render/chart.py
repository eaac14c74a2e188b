"""What the page of one organisation shows: its parts as a tree that folds, and its reporting lines apart."""

from collections.abc import Mapping
from typing import Any

from migkg.network.structure import Holder, Structure, Unit, holds_post
from migkg.render.evidence import Evidence
from migkg.render.offline import about_data, render_offline, thing_data
from migkg.render.payload import clip
from migkg.render.words import country_names

Place = dict[str, int]


def render_chart(
    structure: Structure,
    nodes: Mapping[str, dict[str, Any]],
    read: dict[str, Any],
    *,
    day: str | None = None,
    language: str = "en",
    title: str | None = None,
) -> str:
    """The page as HTML.

    Args:
        structure: see ``migkg.network.structure.read_structure``.
        nodes: attributes of each thing, as the nodes of a projection have them.
        read: ``documents``, ``dated`` and ``languages`` of all that was read.
        day: the day for which the page opens (``YYYY-MM-DD``); ``None``: all that was ever said.
        language: ``en``, ``fr`` or ``es``.
        title: heading of the page; by default the name of the organisation.
    """
    evidence, countries = Evidence(), country_names(language)
    order = _things(structure)
    place = {iri: number for number, iri in enumerate(order)}
    units = {unit.iri: number for number, unit in enumerate(structure.units)}
    view = {
        "units": [_unit(unit, units, place, nodes, evidence) for unit in structure.units],
        "reports": [[place[who], place[to], evidence.add(claims)] for who, to, claims in structure.reports],
        "day": day,
    }
    data = {"things": [thing_data(nodes[iri], countries) for iri in order], **evidence.data()}
    data |= {"about": about_data(read), "view": view}
    return render_offline("chart", data, language=language, title=title or nodes[structure.units[0].iri]["label"])


def _things(structure: Structure) -> list[str]:
    found: dict[str, None] = {}
    for unit in structure.units:
        others = (iri for iri, _ in (*unit.also, *unit.posts))
        found |= dict.fromkeys((unit.iri, *others, *(holder.person for holder in unit.holders)))
    for who, to, _ in structure.reports:
        found |= dict.fromkeys((who, to))
    return list(found)


def _unit(
    unit: Unit, units: Place, place: Place, nodes: Mapping[str, dict[str, Any]], evidence: Evidence
) -> dict[str, Any]:
    """A unit by places; ``offices`` are its posts, each with who holds it, and then whoever else works for it."""
    rest = list(unit.holders)
    offices = []
    for post, claims in unit.posts:
        held = [holder for holder in rest if holds_post(holder, nodes[post]["label"])]
        rest = [holder for holder in rest if holder not in held]
        offices.append({"post": place[post], "claims": evidence.add(claims), "held": _held(held, place, evidence)})
    named: dict[str, list[Holder]] = {}
    for holder in rest:
        named.setdefault(holder.post, []).append(holder)
    offices += [{"name": clip(name), "held": _held(held, place, evidence)} for name, held in named.items()]
    return {
        "thing": place[unit.iri],
        "parent": None if unit.parent is None else units[unit.parent],
        "claims": evidence.add(unit.claims),
        "also": [[place[iri], evidence.add(claims)] for iri, claims in unit.also],
        "offices": offices,
    }


def _held(holders: list[Holder], place: Place, evidence: Evidence) -> list[list[Any]]:
    return [[place[holder.person], evidence.add(holder.claims)] for holder in holders]
