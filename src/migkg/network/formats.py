"""Writes a network for other tools: GraphML, GEXF (with dates) and a CSV table of edges with their evidence."""

import csv
import io
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO

from migkg.network.evidence import Claim
from migkg.network.layout import lay_out, node_radius
from migkg.network.periods import period
from migkg.network.projection import edges_of

if TYPE_CHECKING:
    import networkx as nx

    from migkg.network.measures import Table

    Graph = nx.MultiDiGraph[str]

SEPARATOR = " | "
# What XML 1.0 cannot hold, and half a surrogate pair, which UTF-8 cannot.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A spreadsheet takes a cell that starts with one of these for a formula (full-width forms included).
_FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")

COLUMNS = (
    "subject", "subject_type", "predicate", "object", "object_type", "status", "quote", "confidence",
    "amounts", "post", "source_title", "source_date", "source_language", "source_publisher", "source_url",
    "subject_iri", "object_iri", "claim_iri",
)  # fmt: skip


def write_graphml(graph: "Graph", target: BinaryIO) -> None:
    """Write GraphML: names, type, country and date of each node; the evidence of each edge as text attributes."""
    import networkx as nx

    nx.write_graphml_xml(flatten(graph, dated=False), target)


def write_measures(graph: "nx.Graph[str]", table: "Table") -> bytes:
    """GraphML of a network of actors: what was measured of each stands on its node, what of all on the graph.

    Tables of pairs, and of several years, have more than one row for an actor: of these the network alone is written.
    """
    import networkx as nx

    flat: nx.Graph[str] = nx.Graph()
    flat.graph.update({name: str(value) for name, value in table.summary.items() if value is not None})
    for iri in graph:
        flat.add_node(clean(iri), **drop_absent(dict(graph.nodes[iri])))
    for row in table.rows if not {"other", "thing", "year"} & table.columns.keys() else ():
        flat.nodes[clean(str(row[0]))].update(drop_absent(dict(zip(list(table.columns)[1:], row[1:], strict=True))))
    for first, second, data in graph.edges(data=True):
        flat.add_edge(clean(first), clean(second), **drop_absent(dict(data)))
    target = io.BytesIO()
    nx.write_graphml_xml(flat, target)
    return target.getvalue()


def write_gexf(graph: "Graph", target: BinaryIO, colours: Mapping[str, str] = MappingProxyType({})) -> None:
    """Write GEXF 1.2; nodes and edges have ``start`` and ``end`` where a date is known, so that a timeline works.

    An edge takes the time of its event or programme; failing that it starts on the day a source first says it. Nodes
    have the position and the size that the network page gives them.

    Args:
        graph: see ``migkg.network.projection.project``.
        target: where the bytes go.
        colours: ``#rrggbb`` by type of node; types without one get none.
    """
    from networkx.readwrite.gexf import GEXFWriter

    flat = flatten(graph, dated=True)
    for iri, (x, y) in lay_out(graph).positions.items():
        look: dict[str, Any] = {"size": node_radius(len({*graph.successors(iri), *graph.predecessors(iri)} - {iri}))}
        look["position"] = {"x": round(x, 1), "y": round(-y, 1), "z": 0.0}  # in GEXF, y grows upwards
        colour = colours.get(graph.nodes[iri]["type"], "")
        if re.fullmatch("#[0-9a-fA-F]{6}", colour):
            look["color"] = {name: int(colour[at : at + 2], 16) for name, at in (("r", 1), ("g", 3), ("b", 5))}
        flat.nodes[clean(iri)]["viz"] = look
    writer = GEXFWriter(flat)
    meta = writer.xml.find("meta")
    del meta.attrib["lastmodifieddate"]  # the same graph gives the same bytes on every day
    meta.find("creator").text = "migkg"
    writer.write(target)


def write_csv(graph: "Graph", target: BinaryIO, *, raw: bool = False) -> None:
    """Write one row for each claim of each edge (and one row for an edge without claims), UTF-8.

    Cells that a spreadsheet would run as a formula begin with an apostrophe, unless ``raw``.
    """
    text = io.TextIOWrapper(target, encoding="utf-8", errors="replace", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for subject, predicate, object_, claims in edges_of(graph):
        ends = (graph.nodes[subject], graph.nodes[object_])
        for claim in claims or (None,):
            cells = [ends[0]["label"], ends[0]["type"], predicate, ends[1]["label"], ends[1]["type"]]
            cells += [*_claim_cells(claim), subject, object_, claim.iri if claim else ""]
            writer.writerow(cells if raw else [safe_cell(cell) for cell in cells])
    text.flush()
    text.detach()


def safe_cell(text: str) -> str:
    """The text of a CSV cell so that no spreadsheet runs it."""
    return "'" + text if _FORMULA.match(text) else text


def _claim_cells(claim: Claim | None) -> list[str]:
    if claim is None:
        return [""] * 10
    source = claim.source
    facts = (claim.status, claim.quote, "" if claim.confidence is None else f"{claim.confidence:g}")
    origin = (source.title, source.issued, source.language, source.publisher, source.url)
    return [*facts, _sums([claim]), claim.post or "", *(value or "" for value in origin)]


def _sums(claims: list[Claim]) -> str:
    sums = {" ".join(filter(None, (a.value, a.currency, a.kind))) for claim in claims for a in claim.amounts}
    return SEPARATOR.join(sorted(sums))


def flatten(graph: "Graph", *, dated: bool) -> "Graph":
    """A copy with text and number attributes only, for formats that hold no lists and nothing empty.

    Absent values are left out, lists joined, and characters removed that XML cannot hold.

    Args:
        graph: see ``migkg.network.projection.project``.
        dated: whether nodes and edges get ``start`` and ``end`` (days) where they are known, and edges an ``id``.
    """
    import networkx as nx

    flat: Graph = nx.MultiDiGraph()
    for iri in graph:
        data: dict[str, Any] = graph.nodes[iri]
        values: dict[str, Any] = {name: data[name] for name in ("label", "type", "country", "when")}
        values |= {f"label_{language}": name for language, name in data["labels"].items() if language}
        values["aliases"] = SEPARATOR.join(data["aliases"])
        if dated:
            values |= _interval(*period(data["when"]))
        flat.add_node(clean(iri), **drop_absent(values))
    for number, (subject, predicate, object_, claims) in enumerate(edges_of(graph)):
        values = {"predicate": predicate, "label": predicate, **_evidence(list(claims))}
        if dated:
            # In GEXF "type" and "source" are words of the format, and every edge needs an id of its own.
            values |= {"id": f"e{number}", **_edge_interval(graph, subject, object_, claims)}
        flat.add_edge(clean(subject), clean(object_), predicate, **drop_absent(values))
    return flat


def _evidence(claims: list[Claim]) -> dict[str, Any]:
    dates = sorted(claim.source.issued for claim in claims if claim.source.issued)
    best = claims[0] if claims else None
    return {
        "claims": len(claims),
        "statuses": SEPARATOR.join(dict.fromkeys(claim.status for claim in claims)),
        "confidence": best.confidence if best else None,
        "quote": best.quote if best else None,
        "quotes": SEPARATOR.join(dict.fromkeys(claim.quote for claim in claims)),
        "source_titles": SEPARATOR.join(dict.fromkeys(c.source.title for c in claims if c.source.title)),
        "source_urls": SEPARATOR.join(dict.fromkeys(c.source.url for c in claims if c.source.url)),
        "first_said": dates[0] if dates else None,
        "last_said": dates[-1] if dates else None,
        "amounts": _sums(claims),
        "posts": SEPARATOR.join(dict.fromkeys(claim.post for claim in claims if claim.post)),
    }


def _edge_interval(graph: "Graph", subject: str, object_: str, claims: tuple[Claim, ...]) -> dict[str, str]:
    for end in (object_, subject):
        span = _interval(*period(graph.nodes[end]["when"]))
        if span:
            return span
    starts = [start for start, _ in (period(claim.source.issued) for claim in claims) if start]
    return {"start": min(starts)} if starts else {}


def _interval(start: str | None, end: str | None) -> dict[str, str]:
    return {name: value for name, value in (("start", start), ("end", end)) if value}


def drop_absent(values: dict[str, Any]) -> dict[str, Any]:
    """Without ``None`` and empty texts, which the networkx writers refuse, and without what XML cannot hold."""
    kept = {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}
    return {name: value for name, value in kept.items() if value not in (None, "")}


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("", text)
