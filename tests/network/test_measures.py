"""Measures of the network among actors on graphs whose answers can be counted by hand."""

import io
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner

from migkg.build import build
from migkg.cli import cli
from migkg.errors import UsageError
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.network.actors import read_actors, tie_actors, tie_processes
from migkg.network.formats import write_measures
from migkg.network.measures import Table, find_bridges, find_communities, measure_actors
from migkg.rdf.export import RDF_WRITERS
from migkg.resources import data_path
from migkg.store import open_store
from migkg.store.base import Rows, Store
from support.service import serving

ID, MG, RDF = "https://w3id.org/migkg/id/", "https://w3id.org/migkg/ont#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
GRAPH = f"{ID}source/1"


def graph_of(types: str, edges: str) -> list[str]:
    """N-Quads of ``a:NonGovernmentalOrganisation b:Event …`` and of ``a organises b`` edges parted by semicolons."""
    lines = [
        f"<{GRAPH}> <{RDF}type> <{MG}Source> <{GRAPH}> .",
        f'<{GRAPH}> <http://purl.org/dc/terms/language> "en" <{GRAPH}> .',
    ]
    for word in types.split():
        name, kind = word.split(":")
        lines.append(f"<{ID}{name}> <{RDF}type> <{MG}{kind}> <{GRAPH}> .")
    for edge in filter(None, map(str.strip, edges.split(";"))):
        subject, predicate, object_ = edge.split()
        lines.append(f"<{ID}{subject}> <{MG}{predicate}> <{ID}{object_}> <{GRAPH}> .")
    return lines


def store_of(folder: Path, types: str, edges: str) -> Store:
    store = open_store(folder / "store")
    store.replace_graph(GRAPH, graph_of(types, edges))
    return store


def column(table: Table, name: str) -> dict[str, object]:
    index = list(table.columns).index(name)
    return {str(row[0]).removeprefix(ID): row[index] for row in table.rows}


ACTORS = (
    "a:Government b:Company c:Government d:Government lone:Company p:Person e:Event m:Event r:Programme i:Instrument"
)
# Traps: a person at a meeting; a pair that meets twice; a body that funds an event; a part of a body, which is no tie.
TIES = """a participatesIn e; b organises e; p participatesIn e; a chairs m; b participatesIn m; b funds r;
          c implements r; c signs i; d signs i; a cooperatesWith b; b cooperatesWith a; lone partOf a; p signs i"""


@pytest.mark.parametrize(
    ("kinds", "weights"),
    [
        ("direct meetings programmes instruments", {"a b": 3, "b c": 1, "c d": 1}),
        ("direct", {"a b": 1}),
        ("meetings", {"a b": 2}),
        ("programmes", {"b c": 1}),
        ("instruments", {"c d": 1}),
        ("programmes instruments", {"b c": 1, "c d": 1}),
    ],
)
def test_ties_of_each_kind(tmp_path: Path, kinds: str, weights: dict[str, int]) -> None:
    actors = read_actors(store_of(tmp_path, ACTORS, TIES))
    graph = tie_actors(actors, kinds.split())
    found = {f"{a.removeprefix(ID)} {b.removeprefix(ID)}": w for a, b, w in graph.edges(data="weight")}
    assert found == weights
    assert graph.graph["alone"] == 5 - len(graph)
    assert all(
        data["weight"] == sum(v for k, v in data.items() if k != "weight") for *_, data in graph.edges(data=True)
    )


def test_types_are_kept_apart_and_unknown_kinds_refused(tmp_path: Path) -> None:
    actors = read_actors(store_of(tmp_path, ACTORS, TIES))
    assert list(tie_actors(actors, types={"Government"})) == [f"{ID}c", f"{ID}d"]
    with pytest.raises(UsageError, match=r"unknown kind of tie 'friends'; known: direct, meetings"):
        tie_actors(actors, ["friends"])


def test_a_path_of_four_has_its_middle_in_between(tmp_path: Path) -> None:
    actors = read_actors(store_of(tmp_path, ACTORS, TIES))
    table = measure_actors(actors, tie_actors(actors))
    # Of the three pairs of others, two ways lead over b (a-c, a-d) and two over c (a-d, b-d).
    assert column(table, "betweenness") == {"b": 0.666667, "c": 0.666667, "a": 0, "d": 0}
    assert column(table, "degree") == {"a": 1, "b": 2, "c": 2, "d": 1}
    assert column(table, "strength") == {"a": 3, "b": 4, "c": 2, "d": 1}
    assert set(column(table, "core").values()) == {1}
    assert [str(row[0]).removeprefix(ID) for row in table.rows] == ["b", "c", "a", "d"]
    assert table.summary["documents"] == 1
    assert table.summary["actors_without_ties"] == 1
    assert table.summary["betweenness"] == "exact"


# x alone ties A to B; y and z both tie B to C; w is in one process only; v meets in A and is a member of C.
PROCESSES = """A:RegionalProcess B:RegionalProcess C:RegionalProcess u:IntergovernmentalOrganisation w:Government
               x:Government y:Government z:Government v:Company e:Event f:Event"""
MEMBERS = """x memberOf A; x memberOf B; y memberOf B; y memberOf C; z memberOf B; z memberOf C; w memberOf A;
             w memberOf u; A organises e; v participatesIn e; v memberOf C; f partOf B; w signs f"""


def test_bridges_between_processes(tmp_path: Path) -> None:
    actors = read_actors(store_of(tmp_path, PROCESSES, MEMBERS))
    table = find_bridges(actors, tie_processes(actors))
    assert column(table, "onlyLink") == {"v": 1, "w": 0, "x": 0, "y": 0, "z": 0}
    assert column(table, "processNames")["v"] == "A | C"
    assert column(table, "pairs") == {"v": 1, "w": 1, "x": 1, "y": 1, "z": 1}
    assert (table.summary["processes"], table.summary["bodies"]) == (3, 5)


def test_two_circles_are_two_communities_and_one_crosses(tmp_path: Path) -> None:
    types = " ".join(f"{side}{n}:Company" for side in "lr" for n in range(5)) + " e:Event"
    inside = "; ".join(f"{side}{n} cooperatesWith {side}{m}" for side in "lr" for n in range(5) for m in range(n))
    actors = read_actors(store_of(tmp_path, types, f"{inside}; l0 cooperatesWith r0"), themes=True)
    table = find_communities(actors, tie_actors(actors))
    place = column(table, "community")
    assert {place[f"l{n}"] for n in range(5)} == {1}
    assert {place[f"r{n}"] for n in range(5)} == {2}
    outside = column(table, "outside")
    assert (outside["l0"], outside["l1"], outside["r0"]) == (20, 0, 20)
    assert column(table, "participation")["l0"] == 0.32  # 1 - (4/5)² - (1/5)²
    assert [str(row[0]).removeprefix(ID) for row in table.rows][0::5] == ["l0", "r0"]
    assert table.summary["communities"] == 2
    assert float(str(table.summary["modularity"])) == pytest.approx(20 / 21 - 2 * (21 / 42) ** 2, abs=1e-6)


@pytest.mark.parametrize("find", [measure_actors, find_communities])
def test_nothing_is_measured_on_nothing(tmp_path: Path, find) -> None:  # type: ignore[no-untyped-def]
    actors = read_actors(store_of(tmp_path, "a:Company", ""))
    assert find(actors, tie_actors(actors)).rows == []


def test_graphml_is_read_back(tmp_path: Path) -> None:
    actors = read_actors(store_of(tmp_path, ACTORS, TIES))
    graph = tie_actors(actors)
    back = nx.read_graphml(io.BytesIO(write_measures(graph, measure_actors(actors, graph))))
    assert (len(back), back.number_of_edges()) == (4, 3)
    assert back.nodes[f"{ID}b"]["betweenness"] == 0.666667
    assert back.edges[f"{ID}a", f"{ID}b"] == {"weight": 3, "direct": 1, "meetings": 2}


@pytest.fixture
def turtle(tmp_path: Path) -> Path:
    store = store_of(tmp_path, ACTORS, TIES)
    file = tmp_path / "graph.ttl"
    file.write_text("".join(RDF_WRITERS["turtle"](store.dump())), encoding="utf-8")
    store.close()
    return file


@pytest.mark.parametrize("measure", ["centrality", "bridges", "communities"])
@pytest.mark.parametrize("kind", ["table", "csv", "json", "graphml"])
def test_the_command_says_what_it_was_measured_on(turtle: Path, measure: str, kind: str) -> None:
    done = CliRunner().invoke(cli, ["network", measure, "--input", str(turtle), "--format", kind])
    assert done.exit_code == 0, done.output
    assert "documents read 1, 0 of them dated" in done.stderr
    if kind == "json":
        said = json.loads(done.stdout)
        assert (said["measure"], said["read"]["documents"]) == (measure, 1)
    if kind == "csv":
        assert done.stdout.startswith("actor,actorName,type,country,")


def test_a_store_and_its_turtle_say_the_same(turtle: Path) -> None:
    given = [["--input", str(turtle)], ["--store", str(turtle.parent / "store")]]
    first, second = (
        CliRunner().invoke(cli, ["network", "centrality", "--format", "csv", *words]).stdout for words in given
    )
    assert first == second
    assert first.count("\n") == 5


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["centrality", "--ties", "friends"], "unknown kind of tie 'friends'"),
        (["centrality", "--types", "Planet"], "unknown type 'Planet'"),
        (["bridges", "--ties", "direct"], "--ties and --types do not apply"),
        (["centrality", "--store", "x"], "give one of --store, --endpoint and --input"),
    ],
)
def test_wrong_use_is_one_line(turtle: Path, words: list[str], message: str) -> None:
    done = CliRunner().invoke(cli, ["network", *words, "--input", str(turtle)])
    assert isinstance(done.exception, UsageError)
    assert message in str(done.exception)


def test_the_same_bytes_whatever_the_order_of_sets(turtle: Path) -> None:
    said = []
    for seed in ("1", "2"):
        words = [sys.executable, "-m", "migkg", "network", "communities", "--input", str(turtle), "--format", "json"]
        run = subprocess.run(words, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        said.append(run.stdout)
    assert said[0] == said[1]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the sixteen sample releases."""
    folder = tmp_path_factory.mktemp("samples") / "store"
    build([str(data_path("samples"))], folder)
    return folder


def measure_samples(samples: Path, *words: str) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["network", *words, "--store", str(samples), "--format", "json"])
    assert done.exit_code == 0, done.output
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_degrees_of_the_samples_are_those_that_sparql_counts(samples: Path) -> None:
    # The ends are found anew by a query: cooperation, funding and membership among actors, in either direction.
    kinds = " ".join(f"mg:{name}" for name in sorted(ACTOR_TYPES))
    query = f"""PREFIX mg: <{MG}> SELECT ?a (COUNT(DISTINCT ?b) AS ?n) {{
        VALUES ?p {{ mg:cooperatesWith mg:funds mg:memberOf }} VALUES ?t {{ {kinds} }} VALUES ?u {{ {kinds} }}
        {{ ?a ?p ?b }} UNION {{ ?b ?p ?a }} ?a a ?t . ?b a ?u FILTER(?a != ?b) }} GROUP BY ?a"""
    with closing(open_store(samples)) as store:
        answer = store.query(query)
    assert isinstance(answer, Rows)
    counted = {row[0].value: int(row[1].value) for row in answer.rows if row[0] and row[1]}
    said = measure_samples(samples, "centrality", "--ties", "direct")
    assert {row["actor"]: row["degree"] for row in said["rows"]} == counted
    assert len(counted) > 10


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("centrality", "International Organization for Migration"),
        ("communities", "International Organization for Migration"),
        # No process of the samples has a member or holds an event: nothing is between, and that is said.
        ("bridges", None),
    ],
)
def test_the_samples_with_their_denominator(samples: Path, words: str, first: str | None) -> None:
    said = measure_samples(samples, words)
    read = said["read"]
    assert (read["documents"], read["languages"]) == (16, {"en": 8, "es": 4, "fr": 4})
    assert [row["actorName"] for row in said["rows"][:1]] == ([first] if first else [])
    assert len(said["rows"]) == (read["actors"] if first else 0)


@pytest.mark.parametrize("words", ["centrality", "bridges", "communities"])
def test_an_endpoint_says_the_same_as_its_store(samples: Path, words: str) -> None:
    with serving(samples) as running:
        asked = ["network", words, "--endpoint", f"{running.address}sparql", "--format", "json"]
        done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == measure_samples(samples, words)
