"""GEXF 1.3 of a measured network, with the years of its actors and ties, so that Gephi's timeline plays it.

A tie that nothing dates is in no year: it is left out of a network with years, for in GEXF what has no time is always.
"""

import io
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from migkg.network.actors import Actors
from migkg.network.formats import clean, drop_absent
from migkg.network.measures import Table
from migkg.network.reading import main_label

if TYPE_CHECKING:
    import networkx as nx

    Ties = nx.Graph[str]

Slice = tuple[int | str, "Ties", Table]
_FACTS = 4  # columns before what was measured: actor, name, type, country


def write_timeline(actors: Actors, slices: list[Slice], language: str = "en") -> bytes:
    """The network as GEXF, one element for each actor and each pair, with what was measured in each year.

    Args:
        actors: names, types and countries.
        slices: year, network and table; a single one whose year is a text gives a network without time.
    """
    import networkx as nx
    from networkx.readwrite.gexf import GEXFWriter

    dated = [one for one in slices if isinstance(one[0], int)]
    flat: nx.Graph[str] = nx.Graph()
    nodes: dict[str, dict[str, list[tuple[Any, int]]]] = defaultdict(lambda: defaultdict(list))
    edges: dict[tuple[str, str], dict[str, list[tuple[Any, int]]]] = defaultdict(lambda: defaultdict(list))
    for year, ties, table in dated or slices:
        number = year if isinstance(year, int) else 0
        for iri, values in _measured(ties, table).items():
            for name, value in values.items():
                nodes[iri][name].append((value, number))
        for first, second, data in ties.edges(data=True):
            for name, value in data.items():
                edges[min(first, second), max(first, second)][name].append((value, number))
    for iri in sorted(nodes):
        node = actors.nodes[iri]
        facts = drop_absent({"label": main_label(node, language), "kind": node.type, "country": node.country})
        flat.add_node(clean(iri), **facts, **_in_time(nodes[iri], bool(dated)))
    for (first, second), values in sorted(edges.items()):
        weight = max(value for value, _ in values.get("weight", [(1, 0)]))
        kept = {("ties" if name == "weight" else name): listed for name, listed in values.items()}
        flat.add_edge(clean(first), clean(second), weight=float(weight), **_in_time(kept, bool(dated)))
    writer = GEXFWriter(flat, version="1.3")
    writer.xml.set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")  # networkx 3.6 leaves out the www
    meta = writer.xml.find("meta")
    del meta.attrib["lastmodifieddate"]  # the same graph gives the same bytes on every day
    meta.find("creator").text = "migkg"
    if dated:
        writer.graph_element.set("mode", "dynamic")
        writer.graph_element.set("timeformat", "date")
        writer.graph_element.set("timerepresentation", "interval")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _measured(ties: "Ties", table: Table) -> dict[str, dict[str, Any]]:
    """For each actor of a network what its row says; every actor is there, with its presence."""
    found: dict[str, dict[str, Any]] = {iri: {"present": True} for iri in ties}
    if "other" in table.columns or "thing" in table.columns:
        return found
    names = [name for name in list(table.columns)[_FACTS:] if name != "year"]
    for row in table.rows:
        values = zip(names, row[_FACTS:], strict=True)
        found[str(row[0])] |= {name: clean(v) if isinstance(v, str) else v for name, v in values if v is not None}
    return found


def _in_time(values: dict[str, list[tuple[Any, int]]], dated: bool) -> dict[str, Any]:
    """Values as they stand, or with the years in which they hold, and the spells in which there are any."""
    listed = {name: found for name, found in values.items() if name != "present"}
    if not dated:
        return {name: found[0][0] for name, found in listed.items()}
    years = sorted({year for found in values.values() for _, year in found})
    # A measure is a float in every year: GEXF gives an attribute one type for all of its values.
    told: dict[str, Any] = {name: [_interval(_one_type(v), y, y) for v, y in found] for name, found in listed.items()}
    breaks = [0, *(at + 1 for at, (one, other) in enumerate(pairwise(years)) if other != one + 1), len(years)]
    told["spells"] = [_interval(None, years[a], years[b - 1])[1:] for a, b in pairwise(breaks)]
    return told


def _one_type(value: Any) -> Any:
    return float(value) if isinstance(value, int | float) else value


def _interval(value: Any, first: int, last: int) -> tuple[Any, str, str]:
    return value, f"{first:04}-01-01", f"{last:04}-12-31"
