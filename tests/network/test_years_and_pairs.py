"""The network year by year, its backbone, its two modes, and the GEXF that Gephi's timeline plays."""

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner

from migkg.cli import cli
from migkg.errors import UsageError
from migkg.network.actors import Actors, read_actors, tie_actors
from migkg.network.backbone import keep_backbone, list_pairs, list_parts, mark_backbone
from migkg.network.compare import parse_period
from migkg.network.reading import Node
from migkg.network.slices import Dated, date_edges
from migkg.store import open_store
from migkg.store.base import Store

ID, MG, RDF = "https://w3id.org/migkg/id/", "https://w3id.org/migkg/ont#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCTERMS = "http://purl.org/dc/terms/"
TYPES = {"a": "Government", "b": "Company", "c": "Government", "d": "Company", "m": "Event", "p": "Programme"}
# (document, its date or none, edges): a day, an interval and no date at all.
SAID = [
    ("1", "2013-03-20", "a cooperatesWith b; a participatesIn m; b participatesIn m; a funds p"),
    ("2", "2015", "a cooperatesWith b; c implements p"),
    ("3", None, "c cooperatesWith d; a cooperatesWith b"),
]
WHEN = {"m": "2011-12-30/2012-01-02"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "store")
    for name, issued, edges in SAID:
        source = f"<{ID}source/{name}>"
        lines = [f"{source} <{RDF}type> <{MG}Source> {source} ."]
        if issued:
            lines.append(f'{source} <{DCTERMS}issued> "{issued}" {source} .')
        lines += [f"<{ID}{node}> <{RDF}type> <{MG}{kind}> {source} ." for node, kind in TYPES.items()]
        lines += [f'<{ID}{node}> <{MG}when> "{when}" {source} .' for node, when in WHEN.items()]
        for number, edge in enumerate(edges.split("; ")):
            subject, predicate, object_ = (f"<{ID}{w}>" if n != 1 else f"<{MG}{w}>" for n, w in enumerate(edge.split()))
            claim = f"<{ID}claim/{name}-{number}>"
            facts = (("type", f"<{MG}Claim>"), ("subject", subject), ("predicate", predicate), ("object", object_))
            lines += [f"{claim} <{RDF}{fact}> {value} {source} ." for fact, value in facts]
            lines += [f"{claim} <{MG}source> {source} {source} .", f'{claim} <{MG}quote> "{edge}" {source} .']
            lines.append(f"{subject} {predicate} {object_} {source} .")
        store.replace_graph(f"{ID}source/{name}", lines)
    return store


def pairs(actors: Actors) -> set[str]:
    graph = tie_actors(actors)
    return {" ".join(sorted((a.removeprefix(ID), b.removeprefix(ID)))) for a, b in graph.edges}


def test_each_year_has_the_ties_that_documents_date_into_it(store: Store) -> None:
    dated = date_edges(store, read_actors(store))
    found = {year: pairs(actors) for year, actors in dated.slices()}
    # The meeting took place at the turn of a year; the programme has no date but what is told of it, 2013 and 2015;
    # a and b are said to cooperate in 2013 and 2015, so they do between; c and d nobody dates.
    assert {year: ties for year, ties in found.items() if ties} == {
        2011: {"a b"},
        2012: {"a b"},
        **{year: {"a b", "a c"} for year in (2013, 2014, 2015)},
        "undated": {"c d"},
    }


@pytest.mark.parametrize(
    ("period", "years", "within"),
    [
        ("2012..2013", [2012, 2013], {"a b", "a c"}),
        ("..2012", [2011, 2012], {"a b"}),
        ("2014", [2014], {"a b", "a c"}),
        ("2030..", [], set()),
    ],
)
def test_a_period_never_holds_what_is_undated(store: Store, period: str, years: list[int], within: set[str]) -> None:
    dated = date_edges(store, read_actors(store))
    assert [year for year, _ in dated.slices(parse_period(period))] == years
    assert pairs(dated.within(parse_period(period))) == within


def test_all_undated_and_a_date_that_reaches_over_centuries() -> None:
    nodes = {iri: Node(iri, "Company") for iri in "ab"}
    actors = Actors(nodes, [("a", "cooperatesWith", "b")], {"documents": 1, "dated": 0, "languages": {}})
    assert [year for year, _ in Dated(actors, {actors.edges[0]: None}).slices()] == ["undated"]
    wild = Dated(actors, {actors.edges[0]: (1, 9999)})
    with pytest.raises(UsageError, match=r"reach over 9999 years, 1 to 9999: give a --period"):
        list(wild.slices())
    assert len(list(wild.slices(parse_period("2011..2012")))) == 2


def star(weights: dict[str, int]) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph(alone=0)
    for pair, weight in weights.items():
        graph.add_edge(*pair.split(), weight=weight)
    return graph


@pytest.mark.parametrize(
    ("weights", "significance"),
    [
        # (1 - w/s)^(k-1) of the better end: x has s = 10, k = 3
        ({"x a": 8, "x b": 1, "x c": 1}, {"a x": 0.04, "b x": 0.81, "c x": 0.81}),
        ({"x a": 1}, {"a x": 1}),  # an end with one tie says nothing, whatever its weight
        ({"x a": 9, "x b": 1}, {"a x": 0.1, "b x": 0.9}),
        # y has two ties as x has: the smaller of both chances counts
        ({"x y": 3, "x a": 1, "y b": 9}, {"x y": 0.25, "a x": 0.75, "b y": 0.25}),
    ],
)
def test_the_disparity_filter(weights: dict[str, int], significance: dict[str, float]) -> None:
    graph = star(weights)
    mark_backbone(graph)
    found = {" ".join(sorted((a, b))): data["significance"] for a, b, data in graph.edges(data=True)}
    assert found == pytest.approx(significance)
    kept = keep_backbone(graph, 0.25)  # below, not at
    assert kept.number_of_edges() == sum(value < 0.25 for value in significance.values())
    assert kept.graph["alone"] == len(graph) - len(kept)


def meeting(people: str, *more: str) -> Actors:
    edges = [(name, "participatesIn", "m") for name in people.split()]
    edges += [tuple(edge.split()) for edge in more]  # type: ignore[misc]
    nodes = {name: Node(name, "Company") for edge in edges for name in (edge[0],)} | {"z": Node("z", "Company")}
    nodes |= {"m": Node("m", "Event", {"en": "Meeting"}, when="2013"), "p": Node("p", "Programme")}
    return Actors(nodes, edges, {"documents": 0, "dated": 0, "languages": {}})


@pytest.mark.parametrize(
    ("weight", "expected"),
    [("count", {"a b": 3, "a c": 1, "b c": 1}), ("newman", {"a b": 2.5, "a c": 0.5, "b c": 0.5})],
)
def test_projections_of_the_two_mode_network(weight: str, expected: dict[str, float]) -> None:
    actors = meeting("a b c", "a funds p", "b implements p", "a cooperatesWith b")
    graph = tie_actors(actors, weight=weight)
    assert {f"{a} {b}": w for a, b, w in graph.edges(data="weight")} == expected
    _, table = list_pairs(actors, graph)
    first = table.rows[0]
    assert (first[0], first[4], first[-2]) == ("a", "b", expected["a b"])
    assert list(table.columns)[-2:] == ["weight", "significance"]
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_two_modes_with_roles() -> None:
    graph, table = list_parts(meeting("a b", "a organises m", "a funds p"), ["meetings"])
    shown = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert [(row["actor"], row["thing"], row["roles"], row["actors"]) for row in shown] == [
        ("a", "m", "organises | participatesIn", 2),
        ("b", "m", "participatesIn", 2),
    ]
    assert {node: data["mode"] for node, data in graph.nodes(data=True)} == {"a": "actor", "b": "actor", "m": "thing"}


def run(store: Store, *words: str) -> Any:
    quads = "\n".join(store.dump())
    with TemporaryDirectory() as folder:
        file = Path(folder) / "graph.nq"
        file.write_text(quads, encoding="utf-8")
        return CliRunner().invoke(cli, ["network", *words, "--input", str(file)])


GEXF = "{http://gexf.net/1.3}"


def test_gexf_with_years_is_dynamic_and_read_back(store: Store) -> None:
    done = run(store, "centrality", "--by-year", "--format", "gexf")
    assert done.exit_code == 0, done.output
    root = ElementTree.fromstring(done.stdout_bytes)
    graph = root.find(f"{GEXF}graph")
    assert root.get("version") == "1.3" and graph is not None
    assert {name: graph.get(name) for name in ("mode", "timeformat", "defaultedgetype")} == {
        "mode": "dynamic",
        "timeformat": "date",
        "defaultedgetype": "undirected",
    }
    kinds = {"integer", "long", "double", "float", "boolean", "string", "liststring", "anyURI"}  # of the schema
    classes = [(a.get("class"), a.get("mode")) for a in graph.iter(f"{GEXF}attributes")]
    assert ("node", "dynamic") in classes and ("edge", "dynamic") in classes
    declared = {a.get("id") for a in graph.iter(f"{GEXF}attribute")}
    assert {a.get("type") for a in graph.iter(f"{GEXF}attribute")} <= kinds
    assert {value.get("for") for value in graph.iter(f"{GEXF}attvalue")} <= declared
    ids = {node.get("id") for node in graph.iter(f"{GEXF}node")}
    assert all({edge.get("source"), edge.get("target")} <= ids for edge in graph.iter(f"{GEXF}edge"))
    assert f"{ID}d" not in ids  # its only tie has no date: in GEXF it would be there always
    spells = {
        node.get("id"): [(spell.get("start"), spell.get("end")) for spell in node.iter(f"{GEXF}spell")]
        for node in graph.iter(f"{GEXF}node")
    }
    assert spells[f"{ID}a"] == [("2011-01-01", "2015-12-31")]
    assert spells[f"{ID}c"] == [("2013-01-01", "2015-12-31")]
    back = nx.read_gexf(io.BytesIO(done.stdout_bytes))
    assert sorted(back) == sorted(ids)
    assert [value[0] for value in back.nodes[f"{ID}a"]["degree"]] == [1, 1, 2, 2, 2]


@pytest.mark.parametrize("measure", ["centrality", "communities", "bridges", "pairs", "parts"])
@pytest.mark.parametrize("words", [["gexf"], ["gexf", "--by-year"], ["json", "--by-year"], ["graphml"], ["table"]])
def test_every_measure_in_every_format(store: Store, measure: str, words: list[str]) -> None:
    done = run(store, measure, "--format", *words)
    assert done.exit_code == 0, done.output
    if words[0] == "gexf":
        assert len(nx.read_gexf(io.BytesIO(done.stdout_bytes))) >= (0 if measure == "bridges" else 3)
    if words[0] == "graphml":
        nx.read_graphml(io.BytesIO(done.stdout_bytes))
    if words[0] == "json" and measure == "pairs":
        rows = json.loads(done.stdout)["rows"]
        assert {row["year"] for row in rows if row["actor"] == f"{ID}c"} == {"undated"}
        assert [row["year"] for row in rows if row["other"] == f"{ID}b"] == [2011, 2012, 2013, 2014, 2015]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["centrality", "--by-year", "--format", "graphml"], "GraphML has no years"),
        (["centrality", "--alpha", "0.1"], "--alpha keeps pairs"),
        (["pairs", "--period", "spring"], "'spring' is no period"),
        (["report"], "the report is a page"),
        (["pairs", "--format", "html"], "the report is a page"),
    ],
)
def test_wrong_use_of_years_and_pairs(store: Store, words: list[str], message: str) -> None:
    done = run(store, *words)
    assert isinstance(done.exception, UsageError)
    assert message in str(done.exception)


@pytest.mark.parametrize("measure", ["centrality", "communities", "bridges", "pairs", "parts"])
def test_nothing_in_any_year_still_has_its_columns(tmp_path: Path, measure: str) -> None:
    file = tmp_path / "graph.nt"
    file.write_text(f"<{ID}a> <{RDF}type> <{MG}Company> .\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["network", measure, "--by-year", "--format", "csv", "--input", str(file)])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("actor,actorName,type,country,year,") and done.stdout.count("\n") == 1
    page = CliRunner().invoke(cli, ["network", "report", "--format", "html", "--input", str(file)])
    assert page.exit_code == 0 and '"years":[]' in page.stdout


def test_communities_of_each_year_say_how_they_were_found(store: Store) -> None:
    done = run(store, "communities", "--by-year", "--period", "2011..2013", "--seed", "5", "--format", "json")
    read = json.loads(done.stdout)["read"]
    assert (read["years"], read["seed"], read["resolution"]) == ("2011, 2012, 2013", "5", "1.0")
    assert read["modularity"] == "2011 0.0, 2012 0.0, 2013 0.0"


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_report_has_each_year_and_the_sentences_of_each_pair(store: Store, language: str) -> None:
    done = run(store, "report", "--format", "html", "--lang", language, "--title", "A < B")
    assert done.exit_code == 0, done.output
    assert f'<html lang="{language}">' in done.stdout and "<title>A &lt; B</title>" in done.stdout
    data = json.loads(re.findall(r'id="page-data">(.*?)</script>', done.stdout, re.S)[0])["data"]
    view, names = data["view"], [thing["label"] for thing in data["things"]]
    assert view["years"] == [2011, 2012, 2013, 2014, 2015, "undated"]
    assert view["sizes"] == [[2, 1], [2, 1], [3, 2], [3, 2], [3, 2], [2, 1]]
    told = {
        f"{names[a]} {names[b]}": (
            [view["years"][at] for at in times],
            {data["quotes"][data["claims"][c]["quote"]] for c in said},
        )
        for a, b, _, _, times, said, _ in view["pairs"]
    }
    assert told["c d"] == (["undated"], {"c cooperatesWith d"})
    assert told["a c"] == ([2013, 2014, 2015], {"a funds p", "c implements p"})
    assert told["a b"][1] == {"a cooperatesWith b", "a participatesIn m", "b participatesIn m"}
    # Each figure with its rank among all actors of the year: a leads in 2013 with four ties to two others.
    strength = {names[actor]: values[0] for actor, values in view["values"][2]}
    assert strength == {"a": [2, 1], "b": [1, 2], "c": [1, 2]}
