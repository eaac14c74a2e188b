"""What the page of measures shows: the network of each year, who leads, communities, the backbone with sentences."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from migkg.network.actors import KINDS, PARTS, Actors
from migkg.network.backbone import mark_backbone
from migkg.network.evidence import Claim
from migkg.network.layout import lay_out
from migkg.network.measures import Table
from migkg.network.reading import Edge, main_label
from migkg.render.evidence import Evidence
from migkg.render.offline import about_data, render_offline, thing_data
from migkg.render.payload import clip
from migkg.render.words import country_names, theme_names

if TYPE_CHECKING:
    import networkx as nx

    Ties = nx.Graph[str]
    Graph = nx.MultiDiGraph[str]

MOST_ACTORS, MOST_PAIRS, PAIRS_A_YEAR = (
    150,
    1500,
    40,
)  # more cannot be told apart in a drawing; the table of the command has all
MOST_CLAIMS = 12  # sentences of one pair
MEASURES = ("strength", "degree", "betweenness", "eigenvector", "core")


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured.

    Attributes:
        actors: names, types and edges.
        claims: what documents say of each edge.
        whole: the network of all times.
        communities: see ``migkg.network.measures.find_communities``, of the whole.
        years: year, network and centrality, as ``migkg.cli.network`` slices them; what is undated last.
        kinds: which ties were counted.
    """

    actors: Actors
    claims: dict[Edge, tuple[Claim, ...]]
    whole: "Ties"
    communities: Table
    years: "list[tuple[int | str, Ties, Table]]"
    kinds: tuple[str, ...]


def render_analysis(measured: Measured, *, language: str = "en", title: str | None = None) -> str:
    """The page as HTML.

    Args:
        measured: see ``Measured``.
        language: ``en``, ``fr`` or ``es``.
        title: heading of the page.
    """
    actors, whole, evidence = measured.actors, measured.whole, Evidence()
    mark_backbone(whole)
    order = _strongest(measured)
    place = {iri: number for number, iri in enumerate(order)}
    pairs = _pairs(measured, place, evidence)
    group = {str(row[0]): int(str(row[4])) - 1 for row in measured.communities.rows}
    spots = _spots(actors, order, pairs)
    view = {
        "years": [year for year, _, _ in measured.years],
        "sizes": [[len(ties), ties.number_of_edges()] for _, ties, _ in measured.years],
        "measures": MEASURES,
        "actors": [[*spots[iri], group.get(iri, -1)] for iri in order],
        "values": [_values(table, place) for _, _, table in measured.years],
        "pairs": pairs,
        "communities": _communities(measured.communities, language),
        "modularity": measured.communities.summary.get("modularity"),
        "betweenness": sorted({str(table.summary["betweenness"]) for _, _, table in measured.years}),
        "all": [len(whole), whole.number_of_edges(), whole.graph["alone"]],
        "kinds": list(measured.kinds),
    }
    names = country_names(language)
    things = [thing_data(_node(actors, iri, language), names) for iri in order]
    data = {"things": things, **evidence.data(), "about": about_data(actors.read), "view": view}
    return render_offline("network", data, language=language, title=title)


def _strongest(measured: Measured) -> list[str]:
    """The actors that are drawn: those who lead in the whole, and who led in a year by strength, sorted."""
    ranked = sorted(measured.whole, key=lambda iri: (-sum(d["weight"] for d in measured.whole[iri].values()), iri))
    leaders = {str(row[0]) for _, _, table in measured.years for row in _leaders(table)}
    first = [iri for iri in ranked if iri in leaders] + [iri for iri in ranked if iri not in leaders]
    return sorted(first[:MOST_ACTORS])


def _leaders(table: Table) -> list[Any]:
    at = list(table.columns).index("strength")
    return sorted(table.rows, key=lambda row: (-float(str(row[at])), str(row[0])))[:8]


def _pairs(measured: Measured, place: dict[str, int], evidence: Evidence) -> list[list[Any]]:
    """(first, second, weight, significance, years by place, claims by place), the most significant first."""
    drawn = _drawn_pairs(measured, place)
    said = _said_of_pairs(measured, {(first, second) for *_, first, second in drawn})
    rows = []
    for significance, weight, first, second in drawn:
        times = [at for at, (_, ties, _) in enumerate(measured.years) if ties.has_edge(first, second)]
        claims = sorted({claim.iri: claim for claim in said[first, second]}.values(), key=lambda claim: claim.weight)
        shown = evidence.add(claims[:MOST_CLAIMS])
        rows.append([place[first], place[second], -weight, significance, times, shown, len(claims)])
    return rows


def _drawn_pairs(measured: Measured, place: dict[str, int]) -> list[tuple[float, float, str, str]]:
    """(significance, less the weight, first, second): the strongest pairs of each year, then the most significant."""
    inside = {
        (min(a, b), max(a, b)): (data["significance"], -data["weight"])
        for a, b, data in measured.whole.edges(data=True)
        if a in place and b in place
    }
    chosen: set[tuple[str, str]] = set()
    for _, ties, _ in measured.years:
        here = {(min(a, b), max(a, b)): float(data["weight"]) for a, b, data in ties.edges(data=True)}
        chosen |= set(sorted(here.keys() & inside.keys(), key=lambda pair: (-here[pair], pair))[:PAIRS_A_YEAR])
    rest = sorted(inside, key=lambda pair: (pair not in chosen, inside[pair], pair))
    return sorted((*inside[pair], *pair) for pair in rest[:MOST_PAIRS])


def _said_of_pairs(measured: Measured, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[Claim]]:
    """The stated claims behind each pair: of its direct ties, and of the parts of both in the same things."""
    found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    parts: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    counted = {KINDS[kind] for kind in measured.kinds}
    for subject, predicate, object_ in measured.actors.edges:
        stated = [c for c in measured.claims.get((subject, predicate, object_), ()) if c.status == "stated"]
        if predicate in PARTS and measured.actors.nodes[object_].type in counted:
            parts[object_][subject] += stated
        found[min(subject, object_), max(subject, object_)] += stated
    for said in parts.values():
        members = sorted(said)
        for at, first in enumerate(members):
            for second in members[at + 1 :]:
                if (first, second) in wanted:
                    found[first, second] += said[first] + said[second]
    return found


def _values(table: Table, place: dict[str, int]) -> list[list[Any]]:
    """For each drawn actor of a year its place, then of each measure the value and the rank among all of that year."""
    at = [list(table.columns).index(name) for name in MEASURES]
    ranks = []
    for column in at:
        found = sorted((float(str(row[column])) for row in table.rows if row[column] is not None), reverse=True)
        first: dict[float, int] = {}
        for rank, value in enumerate(found, 1):
            first.setdefault(value, rank)
        ranks.append(first)
    rows = []
    for row in table.rows:
        if str(row[0]) in place:
            told = [[row[c], None if row[c] is None else r[float(str(row[c]))]] for c, r in zip(at, ranks, strict=True)]
            rows.append([place[str(row[0])], told])
    return sorted(rows, key=lambda one: one[0])


def _spots(actors: Actors, order: list[str], pairs: list[list[Any]]) -> dict[str, tuple[float, float]]:
    """Where each actor stands in every drawing, by the ties of all times."""
    import networkx as nx

    graph: Graph = nx.MultiDiGraph()
    for iri in order:
        graph.add_node(iri, type=actors.nodes[iri].type)
    for first, second, *_ in pairs:
        graph.add_edge(order[first], order[second], "tie", claims=())
    positions = lay_out(graph).positions
    return {iri: (round(positions[iri][0], 1), round(positions[iri][1], 1)) for iri in order}


def _communities(table: Table, language: str) -> list[list[Any]]:
    """(members, names of the strongest, themes) of each community, the largest first."""
    names, found = theme_names(language), {}
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        themes = ", ".join(names.get(code, code) for code in str(cells["themes"]).split(", ") if code)
        found[cells["community"]] = [cells["members"], clip(str(cells["communityName"])), clip(themes)]
    return [found[number] for number in sorted(found, key=lambda number: int(str(number)))]


def _node(actors: Actors, iri: str, language: str) -> dict[str, Any]:
    node = actors.nodes[iri]
    return {"label": main_label(node, language), "type": node.type, "country": node.country, "when": node.when}
