"""Graphs in real servers: Oxigraph and Virtuoso, by Graph Store Protocol and by SPARQL Update."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from servers import Server

from migkg.errors import StoreError, UsageError
from migkg.publish import Outcome, find_layout, make_plan, publish
from migkg.publish.state import State
from migkg.store import open_store
from migkg.store.base import Rows
from migkg.store.connection import Access

METHODS = ("store", "update")
# What a server may get wrong: escapes, languages, numbers that it would shorten, a text that looks like an escape.
TRICKY = [
    r'<http://e/a> <http://e/p> "tab\tquote\"back\\slash" <http://e/g1> .',
    r'<http://e/a> <http://e/p> "\\u0041 is no A" <http://e/g1> .',
    '<http://e/a> <http://e/p> "réunion à Tunis"@fr <http://e/g1> .',
    '<http://e/a> <http://e/p> "}} ; DROP ALL ; {{ #" <http://e/g1> .',
    '<http://e/a> <http://e/p> <http://e/%7Bx%7D?q=a&b=\'c\'> <http://e/g1> .',
    '<http://e/a> <http://e/p> "2013-03-18"^^<http://www.w3.org/2001/XMLSchema#date> <http://e/g1> .',
    '<http://e/a> <http://e/p> "7"^^<http://www.w3.org/2001/XMLSchema#integer> <http://e/g1> .',
    '<http://e/b> <http://e/p> "in two graphs" <http://e/g1> .',
]  # fmt: skip
SECOND = ['<http://e/b> <http://e/p> "in two graphs" <http://e/g2> .']


def run(folder: Path, server: Server, method: str = "store", default: str = "auto") -> Outcome:
    with publishing(folder, server, method) as (store, target, state):
        plan = make_plan(store, state, target.counts())
        return publish(store, target, state, plan, default, lambda graph: None)  # type: ignore[arg-type]


@contextmanager
def publishing(folder: Path, server: Server, method: str) -> Iterator[tuple]:  # type: ignore[type-arg]
    store, target = open_store(folder, read_only=True), server.target(method)
    state = State(folder, target.address)
    try:
        yield store, target, state
    finally:
        state.close()
        target.close()
        store.close()


def write(folder: Path, **graphs: list[str]) -> None:
    store = open_store(folder)
    for name, lines in graphs.items():
        store.replace_graph(f"http://e/{name}", lines)
    store.close()


def dump(server: Server) -> list[str]:
    store = server.read()
    lines = [line for line in store.dump() if "<http://e/" in line]
    store.close()
    return lines


@pytest.mark.parametrize("method", METHODS)
def test_what_is_sent_comes_back(tmp_path: Path, server: Server, method: str) -> None:
    write(tmp_path / "store", g1=TRICKY, g2=SECOND)
    outcome = run(tmp_path / "store", server, method)
    assert (outcome.graphs, outcome.triples, outcome.wrong) == (2, len(TRICKY) + 1, ())
    assert dump(server) == sorted([*TRICKY, *SECOND])
    answer = server.read().query("SELECT DISTINCT ?o { ?s <http://e/p> ?o }")
    assert isinstance(answer, Rows)
    assert len(answer.rows) == len(TRICKY), "queries without GRAPH see all of it"


@pytest.mark.parametrize("method", METHODS)
def test_only_what_differs_is_sent(tmp_path: Path, server: Server, method: str) -> None:
    folder = tmp_path / "store"
    write(folder, g1=TRICKY, g2=SECOND)
    assert run(folder, server, method).plan.send == ("http://e/g1", "http://e/g2")
    again = run(folder, server, method).plan
    assert (again.send, again.remove, again.same) == ((), (), 2)
    write(folder, g1=TRICKY[:3], g2=[], g3=[TRICKY[2].replace("g1", "g3")])
    changed = run(folder, server, method)
    assert (changed.plan.send, changed.plan.remove) == (("http://e/g1", "http://e/g3"), ("http://e/g2",))
    assert dump(server) == sorted([*TRICKY[:3], TRICKY[2].replace("g1", "g3")])
    gone = server.read().query('ASK { ?s ?p "in two graphs" }')
    assert gone is False, "what was withdrawn is in the default graph neither"


def test_what_the_server_lost_or_changed_is_sent_again(tmp_path: Path, server: Server) -> None:
    folder = tmp_path / "store"
    write(folder, g1=TRICKY, g2=SECOND)
    run(folder, server)
    target = server.target()
    target.remove("http://e/g2")
    target.put("http://e/g1", ["<http://e/x> <http://e/y> <http://e/z> ."])
    target.close()
    assert run(folder, server).plan.send == ("http://e/g1", "http://e/g2")
    assert dump(server) == sorted([*TRICKY, *SECOND])


def test_graphs_of_others_are_left_alone(tmp_path: Path, server: Server) -> None:
    target = server.target()
    target.put("http://e/others", ["<http://e/x> <http://e/y> <http://e/z> ."])
    target.close()
    write(tmp_path / "store", g1=TRICKY)
    assert run(tmp_path / "store", server).plan.others >= 1
    assert "<http://e/x> <http://e/y> <http://e/z> <http://e/others> ." in dump(server)


def test_a_default_graph_of_others_is_left_alone(tmp_path: Path, oxigraph: Server) -> None:
    target = oxigraph.target()
    target.update("DROP ALL")
    target.update("INSERT DATA { <http://e/mine> <http://e/y> <http://e/z> }")
    write(tmp_path / "store", g1=TRICKY)
    assert run(tmp_path / "store", oxigraph).default == "left"
    assert target.asks("<http://e/mine> ?p ?o") and not target.asks("<http://e/a> ?p ?o")
    assert run(tmp_path / "store", oxigraph, default="fill").default == "filled"
    assert not target.asks("<http://e/mine> ?p ?o") and target.asks("<http://e/a> ?p ?o")
    target.close()


def test_a_lost_state_file_does_no_harm(tmp_path: Path, server: Server) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, g1=TRICKY, g2=SECOND)
        assert run(tmp_path / name, server).plan.send == ("http://e/g1", "http://e/g2")
    assert dump(server) == sorted([*TRICKY, *SECOND])


def command(folder: Path, server: Server, *options: str) -> list[str]:
    return [sys.executable, "-m", "migkg", "publish", "--store", str(folder), "--to", server.store, *options]


def environment(server: Server, root: Path) -> dict[str, str]:
    access = server.access
    known = {"MIGKG_ENDPOINT_AUTH": f"{access.user}:{access.password}", "MIGKG_ENDPOINT_SCHEME": access.scheme}
    return os.environ | {"PYTHONPATH": str(root / "src")} | (known if access.user else {})


@pytest.mark.parametrize("after", [1, 5])
def test_a_run_that_is_killed_goes_on(sample: Path, server: Server, root: Path, after: int) -> None:
    """The process is ended as soon as so many graphs are noted; the next run sends the others only."""
    with publishing(sample, server, "store") as (_, _, state):
        for graph in list(state.sent):
            state.add(graph, None)
        notes = state._path
    process = subprocess.Popen(command(sample, server), env=environment(server, root), stdout=subprocess.DEVNULL)
    while process.poll() is None and notes.read_bytes().count(b'"digest": "') < after:
        pass
    process.send_signal(signal.SIGKILL)
    process.wait()
    noted = notes.read_bytes().count(b'"digest": "')
    with notes.open("ab") as file:
        file.write(b'{"graph": "https://w3id.org/migkg/id/so')  # the line that the killed run did not finish
    outcome = run(sample, server)
    assert noted >= after
    assert outcome.plan.same >= min(noted, outcome.graphs) - 1
    assert outcome.wrong == ()
    store = open_store(sample, read_only=True)
    assert outcome.graphs == sum(1 for _ in store.graphs())
    store.close()


def test_the_command_says_what_it_does(sample: Path, server: Server, root: Path) -> None:
    with publishing(sample, server, "store") as (_, _, state):
        for graph in list(state.sent):
            state.add(graph, None)

    def call(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(sample, server, *options), env=environment(server, root), capture_output=True, text=True
        )

    dry = call("--dry-run")
    assert dry.returncode == 0 and "graphs to send" in dry.stdout
    assert not any(graph.startswith("https://w3id.org/migkg/") for graph in server.read().graphs())
    done = call()
    assert (done.returncode, done.stderr) == (0, "")
    assert "graphs sent" in done.stdout
    again = call()
    assert [line.split()[-1] for line in again.stdout.splitlines() if line.startswith("graphs sent")] == ["0"]


def test_a_wrong_password_is_said_in_one_line(sample: Path, virtuoso: Server) -> None:
    for access in (Access("dba", "wrong-one", scheme="digest"), Access(), Access("dba", "wrong-one")):
        target = type(virtuoso.target())(virtuoso.layout("store"), access, 20)
        with pytest.raises(StoreError, match="wants another user") as caught:
            target.put("http://e/g", ["<http://e/x> <http://e/y> <http://e/z> ."])
        assert "wrong-one" not in str(caught.value)
        target.close()


def test_one_publication_at_a_time(tmp_path: Path) -> None:
    state = State(tmp_path, "http://e/store")
    with pytest.raises(StoreError, match="held by another"):
        State(tmp_path, "http://e/store")
    State(tmp_path, "http://e/other").close()
    state.close()
    State(tmp_path, "http://e/store").close()


@pytest.mark.parametrize(
    ("address", "method", "query"),
    [
        ("http://e:8890/sparql-graph-crud-auth", "store", "http://e:8890/sparql"),
        ("http://e:8890/sparql-auth", "update", "http://e:8890/sparql"),
        ("http://e:7878/store", "store", "http://e:7878/query"),
        ("https://e/kg/update", "update", "https://e/kg/query"),
        ("http://e:3030/ds/data", "store", "http://e:3030/ds/query"),
    ],
)
def test_addresses_of_known_servers(address: str, method: str, query: str) -> None:
    layout = find_layout(address)
    assert (layout.method, layout.query) == (method, query)


def test_an_unknown_server_needs_more_words() -> None:
    with pytest.raises(UsageError, match="--method"):
        find_layout("http://e/repositories/kg/statements")
    layout = find_layout("http://e/repositories/kg/statements", "update", "http://e/repositories/kg")
    assert (layout.update, layout.query, layout.store) == (
        "http://e/repositories/kg/statements",
        "http://e/repositories/kg",
        None,
    )
