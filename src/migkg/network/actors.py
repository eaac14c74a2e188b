"""The network among actors: who is tied to whom by a stated tie, or by a part that both have in the same thing.

Being at the same meeting or in the same programme is a part that both have, not cooperation: each kind of tie is
counted apart. Standing in one sentence is no tie at all.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from migkg.errors import QueryError, UsageError
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.network import reading
from migkg.network.projection import count_sources
from migkg.rdf.namespaces import PREFIXES
from migkg.store.base import Rows, Store

if TYPE_CHECKING:
    import networkx as nx

    Ties = nx.Graph[str]

# Kinds of ties, each with the type of the thing that both have a part in; direct ties are those of DIRECT.
KINDS = {"direct": None, "meetings": "Event", "programmes": "Programme", "instruments": "Instrument"}
DIRECT = frozenset({"cooperatesWith", "funds", "memberOf"})
PARTS = frozenset({"organises", "chairs", "participatesIn", "funds", "implements", "partnersIn", "signs"})
HOLDS = frozenset({"organises", "chairs"})
_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
THEMES = "SELECT DISTINCT ?thing ?theme { ?thing dcterms:subject ?theme . ?thing a ?type . FILTER(?type != mg:Source) }"


@dataclass(slots=True)
class Actors:
    """What a store says of actors and their ties.

    Attributes:
        nodes: everything with a name, by IRI.
        edges: direct edges as (subject, predicate, object).
        read: ``documents``, ``dated`` and ``languages`` of all that was read.
        themes: thing to its themes, by their codes.
    """

    nodes: dict[str, reading.Node]
    edges: list[reading.Edge]
    read: dict[str, object]
    themes: dict[str, set[str]] = field(default_factory=dict)

    def names(self, iris: Iterable[str], language: str) -> list[str]:
        """The names of things."""
        return [reading.main_label(self.nodes[iri], language) for iri in iris]

    def parts(self) -> dict[str, set[str]]:
        """Event, programme or instrument to the actors that have a part in it."""
        found: dict[str, set[str]] = defaultdict(set)
        for subject, predicate, object_ in self.edges:
            if predicate in PARTS and self.is_actor(subject) and not self.is_actor(object_):
                found[object_].add(subject)
        return found

    def is_actor(self, iri: str) -> bool:
        """Whether it is one of the eight kinds of actors; people are none."""
        return iri in self.nodes and self.nodes[iri].type in ACTOR_TYPES


def read_actors(store: Store, themes: bool = False) -> Actors:
    """Read what the measures need: names, types and direct edges, no claims.

    Args:
        themes: whether the themes of things are read too.
    """
    nodes = reading.read_nodes(store)
    edges = [edge for edge in reading.read_edges(store) if edge[0] in nodes and edge[2] in nodes]
    read = count_sources(reading.read_sources(store, nodes).values())
    return Actors(nodes, edges, read, _read_themes(store) if themes else {})


def tie_actors(
    actors: Actors, kinds: Collection[str] = tuple(KINDS), types: Collection[str] = (), weight: str = "count"
) -> "Ties":
    """The network of actors, each pair tied once.

    Args:
        actors: see ``read_actors``.
        kinds: which ties count, of ``KINDS``.
        types: types of actors to keep; empty: all.
        weight: ``count``: each thing in common counts 1; ``newman``: 1/(n-1) where n actors have a part in it (Newman
            2001), so that a large meeting ties nobody more than a small one. Direct ties count 1.

    Returns:
        A graph of IRIs, sorted. An edge has how many ties of each kind there are, and ``weight``, all of them together.
        Actors without a tie are left out; ``graph.graph["alone"]`` says how many.

    Raises:
        UsageError: a kind that there is not.
    """
    import networkx as nx

    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(f"unknown kind of tie {kind!r}; known: {', '.join(KINDS)}")
    kept = {iri for iri in actors.nodes if actors.is_actor(iri) and (not types or actors.nodes[iri].type in types)}
    ties: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    if "direct" in kinds:
        for pair in {tuple(sorted((s, o))) for s, p, o in actors.edges if p in DIRECT and s in kept and o in kept}:
            if pair[0] != pair[1]:
                ties[pair[0], pair[1]]["direct"] += 1
    shares: dict[tuple[str, str], float] = defaultdict(float)
    kind_of = {thing: kind for kind, thing in KINDS.items() if thing and kind in kinds}
    for thing, members in actors.parts().items():
        shared = kind_of.get(actors.nodes[thing].type)
        present = sorted(members & kept) if shared else []
        for pair in combinations(present, 2):
            ties[pair][str(shared)] += 1
            shares[pair] += 1 / (len(present) - 1)
    graph: Ties = nx.Graph()
    graph.add_nodes_from(sorted({iri for pair in ties for iri in pair}))
    for (first, second), counts in sorted(ties.items()):
        whole = counts.total() if weight == "count" else round(counts["direct"] + shares[first, second], 6)
        graph.add_edge(first, second, weight=whole, **{kind: n for kind, n in sorted(counts.items()) if n})
    graph.graph["alone"] = len(kept) - len(graph)
    return graph


def tie_processes(actors: Actors) -> "Ties":
    """Bodies and the regional processes that they are members of or meet in.

    A body meets in a process when it has a part in an event that the process organises or chairs, or that is part of
    the process.

    Returns:
        A two-mode graph, sorted; a node has ``process`` (true for processes).
    """
    import networkx as nx

    processes = {iri for iri, node in actors.nodes.items() if node.type == "RegionalProcess"}
    held: dict[str, set[str]] = defaultdict(set)
    pairs: set[tuple[str, str]] = set()
    for subject, predicate, object_ in actors.edges:
        if predicate in HOLDS and subject in processes:
            held[object_].add(subject)
        if predicate == "partOf" and object_ in processes and actors.nodes[subject].type == "Event":
            held[subject].add(object_)
        if predicate == "memberOf" and object_ in processes and actors.is_actor(subject):
            pairs.add((subject, object_))
    for event, members in actors.parts().items():
        pairs |= {(member, process) for member in members for process in held.get(event, ())}
    graph: Ties = nx.Graph()
    pairs = {(body, process) for body, process in pairs if body not in processes}
    graph.add_nodes_from(sorted({process for _, process in pairs}), process=True)
    graph.add_nodes_from(sorted({body for body, _ in pairs}), process=False)
    graph.add_edges_from(sorted(pairs))
    return graph


def _read_themes(store: Store) -> dict[str, set[str]]:
    answer = store.query(_PREFIXES + THEMES)
    if not isinstance(answer, Rows):
        raise QueryError("the store did not answer a SELECT with rows")
    themes: dict[str, set[str]] = defaultdict(set)
    for thing, theme in answer.rows:
        if thing and theme:
            themes[thing.value].add(reading.local_name(theme.value))
    return themes
