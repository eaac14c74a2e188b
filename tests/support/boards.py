"""The pages of compare, diff, chart, map and flow, made of one small graph whose every text is given."""

from collections.abc import Iterator
from typing import Any

from migkg.network.actors import KINDS, Actors, tie_actors
from migkg.network.compare import Tie, compare_ties
from migkg.network.evidence import Amount, Claim, Source
from migkg.network.fact import Fact
from migkg.network.flow import Funding, trace_money
from migkg.network.measures import find_communities, measure_actors
from migkg.network.names import Names
from migkg.network.places import locate
from migkg.network.reading import Node
from migkg.network.structure import read_structure
from migkg.rdf import namespaces as ns
from migkg.render.analysis import Measured, render_analysis
from migkg.render.chart import render_chart
from migkg.render.comparison import Side, render_comparison
from migkg.render.difference import render_difference
from migkg.render.geography import render_map
from migkg.render.money import render_flow
from migkg.store.base import Term
from support.browsing import node

READ = {"documents": 3, "dated": 2, "languages": {"en": 2, "fr": 1}}
DATED = Source("urn:s1", "Japan funds borders", "https://example.org/1", "2015-03-02", "en", "IOM")
LATER = Source("urn:s2", "Nouveau directeur", "https://example.org/2", "2018-06", "fr", "IOM")
BARE = Source("urn:s3", "Undated page", None, None, "en")
NODES = {
    "urn:jpn": node("Government of Japan", "Government", country="JPN"),
    "urn:iom": node("International Organization for Migration", "IntergovernmentalOrganisation"),
    "urn:office": node("Office of Research", "OrganisationalUnit"),
    "urn:desk": node("Data Desk", "OrganisationalUnit"),
    "urn:head": node("Director, Office of Research", "Post"),
    "urn:old": node("Ana Old", "Person"),
    "urn:new": node("Bo New", "Person"),
    "urn:project": node("Border project", "Programme", when="2015-03/2017-03"),
    "urn:meeting": node("Meeting in Hanoï", "Event", when="XXXX-02-27"),
    "urn:mali": node("Mali", "Place", country="MLI"),
    "urn:viet": node("Viet Nam", "Place", country="VNM"),
    "urn:sahel": node("Sahel", "Place"),
}
WITHIN = {"urn:mali": "MLI", "urn:viet": "VNM"}


def ties() -> list[Tie]:
    """What the documents say: Japan pays a project, IOM carries it out and has an office with a director."""
    money = (Amount("2000000", "USD"),)
    lines: list[tuple[str, str, str, Source, dict[str, Any]]] = [
        ("urn:jpn", "funds", "urn:project", DATED, {"amounts": money}),
        ("urn:iom", "implements", "urn:project", DATED, {}),
        ("urn:project", "covers", "urn:mali", DATED, {}),
        ("urn:project", "covers", "urn:sahel", BARE, {}),
        ("urn:meeting", "takesPlaceIn", "urn:viet", LATER, {}),
        ("urn:iom", "organises", "urn:meeting", LATER, {}),
        ("urn:jpn", "cooperatesWith", "urn:iom", LATER, {}),
        ("urn:office", "partOf", "urn:iom", DATED, {}),
        ("urn:desk", "partOf", "urn:office", LATER, {}),
        ("urn:head", "partOf", "urn:office", BARE, {}),
        ("urn:desk", "reportsTo", "urn:head", BARE, {}),
        ("urn:old", "worksFor", "urn:office", DATED, {"post": "Director"}),
        ("urn:new", "worksFor", "urn:office", LATER, {"post": "Director"}),
    ]
    return [
        (s, p, o, (Claim(f"urn:c{n}", f"{NODES[s]['label']} {p} {NODES[o]['label']}.", source, "stated", 0.9, **more),))
        for n, (s, p, o, source, more) in enumerate(lines)
    ]


def hostile(text: str) -> tuple[dict[str, dict[str, Any]], list[Tie]]:
    """The same graph with this text in every place that a document or a server fills."""
    facts = {"labels": {"en": text, text: text}, "aliases": (text,), "country": text, "when": text}
    nodes = {iri: node(text, data["type"], **facts) for iri, data in NODES.items()}
    source = Source(f"urn:s{text}", text, text, text, text, text, text)
    amounts = (Amount("2000000", "USD"), Amount(text, text, text), Amount("1", text, text))
    told = []
    for subject, predicate, object_, _ in ties():
        said = amounts if predicate == "funds" else ()
        iri = f"urn:c{subject}{predicate}{object_}{text}"
        claims = (Claim(iri, text, source, text, 0.5, said, text), Claim(f"{iri}2", text, DATED, "stated", None, said))
        told.append((subject, predicate, object_, claims))
    return nodes, told


def draw_pages(
    nodes: dict[str, dict[str, Any]], told: list[Tie], read: dict[str, Any], **options: Any
) -> dict[str, str]:
    """The pages by kind; the comparison is of the first half of the ties and what shares no third with it."""
    edges = {(s, p, o): claims for s, p, o, claims in told}
    before = dict(list(edges.items())[:8])
    after = {edge: (*claims, *extra(claims)) for edge, claims in list(edges.items())[3:]}
    sides = (Side(options.get("title") or "2015", read), Side("2018", read))
    amount = next(a for claims in edges.values() for claim in claims for a in claim.amounts)
    sums = [Funding("urn:f", "urn:jpn", "urn:project", "urn:iom", amount, frozenset({"urn:s1"}))]
    structure = read_structure("urn:iom", nodes, told)
    links = trace_money(nodes, told, sums, WITHIN)
    return {
        "compare": render_comparison(compare_ties(before, after), nodes, sides, undated=2, **options),
        "chart": render_chart(structure, nodes, read, **options),
        "map": render_map(locate(nodes, told, WITHIN), nodes, read, period=options.get("title"), **options),
        "flow": render_flow(links, nodes, read, period=options.get("title"), **options),
        "diff": draw_difference(nodes, told, **options),
        "network": draw_measures(nodes, told, read, **options),
    }


def draw_measures(nodes: dict[str, dict[str, Any]], told: list[Tie], read: dict[str, Any], **options: Any) -> str:
    """The page of measures of these ties, in two years and without a date."""
    things = {iri: Node(iri, d["type"], d["labels"], set(d["aliases"]), d["country"]) for iri, d in nodes.items()}
    edges = sorted((s, p, o) for s, p, o, _ in told)
    actors = Actors(things, edges, read)
    whole = tie_actors(actors)
    years = [(year, whole, measure_actors(actors, whole)) for year in (2015, 2018, "undated")]
    communities = find_communities(actors, whole)
    claims = {(s, p, o): said for s, p, o, said in told}
    return render_analysis(Measured(actors, claims, whole, communities, years, tuple(KINDS)), **options)


class Held:
    """Nodes as a store that can be asked for the values of one thing."""

    def __init__(self, nodes: dict[str, dict[str, Any]]) -> None:
        self.nodes = nodes

    def values(self, subject: str, predicate: str) -> Iterator[tuple[Term, str]]:
        """See ``migkg.network.names.Lookup``."""
        data = self.nodes.get(subject)
        if data and predicate == f"{ns.RDF}type":
            yield Term("uri", ns.MG + data["type"]), ""
        elif data and predicate == f"{ns.SKOS}prefLabel":
            yield from ((Term("literal", text, language), "") for language, text in data["labels"].items())
        elif data and predicate in {f"{ns.MG}country", f"{ns.MG}when"} and data[predicate.removeprefix(ns.MG)]:
            yield Term("literal", data[predicate.removeprefix(ns.MG)]), ""


def draw_difference(nodes: dict[str, dict[str, Any]], told: list[Tie], **options: Any) -> str:
    """The page of a difference in which the first ties are gone, the last are new, and the rest changed in some way."""
    facts = []
    for number, (subject, predicate, object_, claims) in enumerate(told):
        text = claims[0].quote
        if number < 3:
            fact = Fact("withdrawn", "actors", subject, predicate, object_, "", "planned", "", claims)
        elif number < 8:
            what = ("status", "amount", "date", "sentence", "office")[number - 3]
            fact = Fact("changed", "ties", subject, predicate, object_, what, text, text, claims, claims)
        else:
            fact = Fact("added", "ties", subject, predicate, object_, "", "", text, (), claims)
        facts.append(fact)
    sources = tuple({claim.source.iri: claim.source for *_, claims in told for claim in claims}.values())
    facts += [
        Fact("changed", "things", "urn:iom", "", "", "name", sources[0].title, sources[0].title, sources=sources),
        Fact("added", "things", "urn:mali", "", "", "", "", "Place", sources=sources),
        Fact("changed", "identity", "urn:old", "", "", "merged", "urn:new", "urn:old"),
    ]
    held = Held(nodes)
    names = Names(held, held, options.get("language", "en"))
    side = options.get("title") or "2015"
    return render_difference(facts, names, (side, "2018"), (30, 4), **options)


def extra(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """One more document that states what the undated page states."""
    if claims[0].source is not BARE:
        return ()
    return (Claim(f"{claims[0].iri}x", "Another page says so too.", LATER, "stated", 0.8),)
