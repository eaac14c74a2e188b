"""Every named query gives the same rows on every server as in the store that was published there."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
from servers import Server

from migkg.build import build
from migkg.publish import make_plan, publish
from migkg.publish.state import State
from migkg.query.catalogue import load_catalogue
from migkg.query.run import ask, prepare
from migkg.store import open_store
from migkg.store.base import Answer, Rows, Store, Term, Triples
from migkg.store.remote import RemoteStore

QUERIES = load_catalogue()
# Of whom the samples say enough; for each parameter that a query needs, or that makes its answer another one.
VALUES = {
    "address": ("iom.int",),
    "country": ("COL", "GHA"),
    "donor": ("org:usaid", "org:eu"),
    "from": ("2010",),
    "fund": ("org:eu",),
    "kind": ("date",),
    "lang": ("fr",),
    "language": ("es",),
    "least": ("1",),
    "meeting-network least": ("2",),
    "object": ("government:JPN",),
    "organisation": ("org:iom",),
    "other": ("org:eu",),
    "theme-map other": ("iom:migrant-children",),
    "predicate": ("mg:funds",),
    "process": ("process:bali",),
    "publisher": ("org:iom",),
    "subject": ("org:iom",),
    "text": ("border",),
    "theme": ("iom:border-management",),
    "thing": ("org:iom",),
    "to": ("2012",),
    "type": ("Government",),
    "year": ("2012",),
    "years": ("2",),
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A store of all sample documents and annotated documents."""
    folder = tmp_path_factory.mktemp("documents") / "store"
    build([str(root / "data/samples"), str(root / "tests/gold")], folder)
    return folder


@contextmanager
def published(server: Server, folder: Path) -> Iterator[tuple[Store, RemoteStore]]:
    """The store, and a server that holds the same."""
    store, target = open_store(folder, read_only=True), server.target()
    for graph in target.counts():
        if graph.startswith("https://w3id.org/migkg/"):
            target.remove(graph)
    if server.name == "oxigraph":
        target.update("DROP ALL")
    state = State(folder, target.address)
    outcome = publish(store, target, state, make_plan(store, state, target.counts()), "auto", lambda graph: None)
    assert outcome.wrong == () and outcome.default != "left"
    state.close()
    target.close()
    remote = server.read()
    yield store, remote
    remote.close()
    store.close()


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def pair(request: pytest.FixtureRequest, documents: Path) -> Iterator[tuple[str, Store, RemoteStore]]:
    """Each server in turn, with the documents."""
    with published(request.getfixturevalue(request.param), documents) as (store, remote):
        yield request.param, store, remote


def calls() -> Iterator[tuple[str, dict[str, str]]]:
    """Each query with what it needs; then with each parameter that may be left out, names in another language."""
    for name, query in QUERIES.items():
        needed = [p.name for p in query.parameters if p.required]
        for n in range(max((len(VALUES[p]) for p in needed), default=1)):
            yield name, {p: VALUES[p][min(n, len(VALUES[p]) - 1)] for p in needed}
        first = {p: VALUES[p][0] for p in needed}
        language = {p.name: "fr" for p in query.parameters if p.name == "lang"}
        free = [p.name for p in query.parameters if not p.required and p.name != "lang"]
        chosen = [{p: VALUES.get(f"{name} {p}", VALUES[p])[0]} for p in free]
        for more in chosen or [{}]:
            yield name, first | more | language


@pytest.mark.parametrize(("name", "given"), list(calls()), ids=lambda value: str(value).strip("{}").replace("'", ""))
def test_the_same_rows(pair: tuple[str, Store, RemoteStore], name: str, given: dict[str, str]) -> None:
    server, store, remote = pair
    expected, found = (ask(each, prepare(name, given)) for each in (store, remote))
    if server == "oxigraph":
        assert found == expected
    else:
        # Virtuoso keeps values, not the way they are written, and puts what is missing at another end of the order.
        assert rows(found) == rows(expected)


def test_the_whole_graph_comes_back(pair: tuple[str, Store, RemoteStore]) -> None:
    server, store, remote = pair
    expected = list(store.dump())
    found = [line for line in remote.dump() if line.rsplit(" ", 2)[1].startswith("<https://w3id.org/migkg/")]
    if server == "virtuoso":  # 0.80 is 0.8 there
        expected, found = ([line for line in lines if "#decimal>" not in line] for lines in (expected, found))
    assert found == expected


def test_triples_keep_their_types(pair: tuple[str, Store, RemoteStore]) -> None:
    """Whole sums and full confidence are decimals in a CONSTRUCT, too."""
    _, store, remote = pair
    sparql = "CONSTRUCT { ?s mg:value ?v } WHERE { ?s mg:confidence|mg:amount ?v FILTER(?v = 1 || ?v > 1000) }"
    found, expected = ask(remote, prepare(sparql, {})), ask(store, prepare(sparql, {}))
    assert isinstance(expected, Triples) and len(expected.lines) > 5
    assert found == expected


def test_enough_is_asked(documents: Path) -> None:
    """Most calls have an answer: rows that are not there are easily the same."""
    store = open_store(documents, read_only=True)
    sizes = {(name, str(given)): len(rows(ask(store, prepare(name, given)))) for name, given in calls()}
    store.close()
    assert sum(size > 0 for size in sizes.values()) > len(sizes) * 0.7, sizes


def rows(answer: Answer) -> list[tuple[object, ...]]:
    if not isinstance(answer, Rows):
        return sorted((line,) for line in answer.lines) if not isinstance(answer, bool) else [(answer,)]
    return sorted((tuple(map(value, row)) for row in answer.rows), key=str)


def value(term: Term | None) -> object:
    if term is None or term.kind != "literal" or term.datatype is None:
        return term
    try:
        return Decimal(term.value)
    except InvalidOperation:
        return term
