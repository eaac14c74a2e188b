"""One publication: what differs between store and server, and the steps that make it the same."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from migkg.errors import QueryError
from migkg.publish.state import Sent, State, digest
from migkg.publish.target import Target
from migkg.rdf.namespaces import ID, RDF
from migkg.store.base import Store, Term, Triples

DefaultGraph = Literal["auto", "fill", "leave"]
_GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_NOT_NAMED = "?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Plan:
    """What one publication has to do.

    Attributes:
        send: graphs that the server lacks or has in another form.
        remove: graphs that were published earlier and that the store no longer has.
        same: how many graphs the server has as the store has them.
        triples: triples in the graphs that are to be sent.
        others: graphs of the server that this store never published; they are left alone.
    """

    send: tuple[str, ...]
    remove: tuple[str, ...]
    same: int
    triples: int
    others: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publication did.

    Attributes:
        plan: what it had to do.
        graphs: named graphs of this store that the server holds now.
        triples: triples in them, as the server counts them.
        wrong: graphs whose triples the server counts differently, as (graph, ours, the server's).
        default: what the default graph holds: ``union`` (the server's own doing), ``filled`` or ``left``.
    """

    plan: Plan
    graphs: int
    triples: int
    wrong: tuple[tuple[str, int, int], ...]
    default: Literal["union", "filled", "left"]


def make_plan(
    store: Store, state: State, counts: dict[str, int], done: Callable[[str], None] = lambda graph: None
) -> Plan:
    """Compare the graphs of a store with what was sent and what the server counts now.

    Args:
        store: what is published.
        state: what was sent before.
        counts: the graphs of the server with their triples.
        done: told of each graph that was compared.
    """
    send, same, triples = [], 0, 0
    graphs = list(store.graphs())
    for graph in graphs:
        lines = read_graph(store, graph)
        sent = state.sent.get(graph)
        if sent and sent.digest == digest(lines) and counts.get(graph) == sent.triples:
            same += 1
        else:
            send.append(graph)
            triples += len(lines)
        done(graph)
    remove = sorted(state.sent.keys() - set(graphs))
    others = len(counts.keys() - set(graphs) - set(remove))
    return Plan(tuple(send), tuple(remove), same, triples, others)


def publish(
    store: Store, target: Target, state: State, plan: Plan, default: DefaultGraph, done: Callable[[str], None]
) -> Outcome:
    """Send what differs, remove what was withdrawn, and count at the end what the server has.

    A run that ends in the middle leaves whole graphs by Graph Store Protocol; by SPARQL Update the graph that was being
    sent may be there in part. Either way the next run sends it again.

    Args:
        store: what is published.
        target: the server.
        state: is told of each step.
        plan: what differs.
        default: what becomes of the server's default graph; ``auto`` fills it with the union of the named graphs where
            the server does not show the union anyway and nothing else stands in it.
        done: told of each graph that was sent or removed.

    Raises:
        StoreError: the server refuses something or does not answer.
    """
    fills = _decide(target, state, default)
    if fills and not state.fills_default:
        state.note_default(True)
    for graph in plan.remove:
        target.remove(graph)
        state.add(graph, None)
        done(graph)
    sizes = {}
    for graph in plan.send:
        lines = read_graph(store, graph)
        target.put(graph, lines)
        state.add(graph, Sent(digest(lines), len(lines)))
        sizes[graph] = len(lines)
        done(graph)
    if fills and (plan.send or plan.remove or not target.asks("?s ?p ?o") or target.asks(_NOT_NAMED)):
        target.fill_default()
    counts = target.counts()
    wrong = _compare(state, sizes, counts)
    ours = [counts[graph] for graph in state.sent if graph in counts]
    view: Literal["union", "filled", "left"] = "filled" if fills else "union" if fills is None else "left"
    return Outcome(plan, len(ours), sum(ours), tuple(wrong), view)


def read_graph(store: Store, graph: str) -> tuple[str, ...]:
    """The triples of one named graph, as sorted N-Triples lines."""
    answer = store.query(_GRAPH, {"g": Term("uri", graph)})
    if not isinstance(answer, Triples):
        raise QueryError("the store did not answer a CONSTRUCT with triples")
    return answer.lines


def _compare(state: State, sizes: dict[str, int], counts: dict[str, int]) -> Iterable[tuple[str, int, int]]:
    """Graphs that the server counts differently. Its count is kept, so that the next run knows what to expect."""
    wrong = []
    for graph, size in sizes.items():
        found = counts.get(graph, 0)
        if found != size:
            wrong.append((graph, size, found))
            state.add(graph, Sent(state.sent[graph].digest, found))
    return wrong


def _decide(target: Target, state: State, default: DefaultGraph) -> bool | None:
    """Whether to fill the default graph; ``None`` where the server shows the union by itself."""
    if default == "leave":
        return False
    if _shows_union(target):
        return None
    if default == "fill" or state.fills_default or not target.asks("?s ?p ?o"):
        return True
    # What stands there also stands in named graphs: an earlier publication, whose notes were lost, put it there.
    return not target.asks(_NOT_NAMED)


def _shows_union(target: Target) -> bool:
    """Whether queries see the union of the named graphs: tried with one triple, which is taken away again."""
    graph = f"{ID}graph/probe-{secrets.token_hex(8)}"
    try:
        target.put(graph, (f"<{graph}> <{RDF}type> <{graph}> .",))
        return target.asks(f"<{graph}> a <{graph}>")
    finally:
        target.remove(graph)
