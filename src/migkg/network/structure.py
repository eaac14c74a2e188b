"""The structure of one organisation: its parts, who reports to whom, posts and who holds them, with claims."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from migkg.errors import UsageError
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.network.compare import Tie
from migkg.network.evidence import Claim
from migkg.network.periods import period
from migkg.network.projection import find_node
from migkg.text.normalize import fold, squeeze

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

Nodes = Mapping[str, Mapping[str, Any]]
Claims = tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """A person and the office that a source gives to them; ``post`` is empty where it gives none."""

    person: str
    post: str
    claims: Claims


@dataclass(slots=True)
class Unit:
    """One part of the organisation.

    Attributes:
        iri: the part; the first unit of a structure is the organisation itself.
        parent: what it is drawn under; ``None`` for the organisation.
        level: 0 for the organisation, 1 for what is drawn under it, and so on.
        claims: what says that it is part of ``parent``.
        also: other things that it is said to be part of, with their claims.
        posts: posts that belong to it, with their claims.
        holders: persons that work for it, by post and name.
    """

    iri: str
    parent: str | None
    level: int
    claims: Claims = ()
    also: list[tuple[str, Claims]] = field(default_factory=list)
    posts: list[tuple[str, Claims]] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Structure:
    """Units, the organisation first and each before its parts; reporting lines as (who, to whom, claims)."""

    units: list[Unit]
    reports: list[tuple[str, str, Claims]]


def read_structure(root: str, nodes: Nodes, ties: Iterable[Tie]) -> Structure:
    """The structure of an organisation.

    What is said to be part of two things is drawn once: under the narrower of them where one is part of the other, else
    under the one that more documents name. Rings (A is part of B, B of A) are cut where they lead back.

    Args:
        root: IRI of the organisation.
        nodes: ``type`` and ``label`` of each thing.
        ties: edges with their claims, as ``migkg.network.projection.edges_of`` gives them.
    """
    above: dict[str, dict[str, Claims]] = defaultdict(dict)
    below: dict[str, list[str]] = defaultdict(list)
    works: dict[str, list[tuple[str, Claims]]] = defaultdict(list)
    reporting = []
    for subject, predicate, object_, claims in ties:
        if predicate == "partOf" and (nodes[subject]["type"] in ACTOR_TYPES or nodes[subject]["type"] == "Post"):
            above[subject][object_] = claims
            below[object_].append(subject)
        elif predicate == "worksFor":
            works[object_].append((subject, claims))
        elif predicate == "reportsTo":
            reporting.append((subject, object_, claims))
    distance = _reach(root, below)
    parents = _choose_parents(root, distance, above)
    units = list(_units(root, parents, above, nodes))
    for unit in units:
        unit.posts.sort(key=lambda post: (nodes[post[0]]["label"], post[0]))
        unit.holders = _holders(works.get(unit.iri, ()), nodes)
    return Structure(units, sorted(line for line in reporting if line[0] in distance or line[1] in distance))


def find_organisation(graph: "Graph", name: str) -> str:
    """The IRI of the organisation that a name or an IRI means: of several, the only one whose structure is known.

    Raises:
        UsageError: nothing has this name, or several organisations with a known structure have it.
    """
    known = {whole for _, whole, relation in graph.edges(keys=True) if relation in ("partOf", "worksFor")}
    try:
        return find_node(graph.subgraph(known), name)
    except UsageError:
        return find_node(graph, name)


def first_said(claims: Iterable[Claim]) -> str | None:
    """The first day on which a dated source states it (``YYYY-MM-DD``); ``None`` where no source has a date."""
    days = [period(claim.source.issued)[0] for claim in claims]
    return min((day for day in days if day), default=None)


def is_said(claims: Claims, day: str | None) -> bool:
    """Whether it was said by a day; what has no date always was, and so was everything where no day is given."""
    first = first_said(claims)
    undated = any(period(claim.source.issued)[0] is None for claim in claims)
    return day is None or first is None or undated or first <= day


def holds_post(holder: Holder, post: str) -> bool:
    """Whether the office of a holder is a post of this name ("Director", "Director, Office of Research")."""
    said, name = fold(squeeze(holder.post)), fold(squeeze(post))
    return bool(said) and (said == name or name.startswith(f"{said},"))


def _reach(root: str, below: Mapping[str, list[str]]) -> dict[str, int]:
    """Steps from the organisation down to each of its parts."""
    distance, waiting = {root: 0}, deque([root])
    while waiting:
        whole = waiting.popleft()
        for part in sorted(below.get(whole, ())):
            if part not in distance:
                distance[part] = distance[whole] + 1
                waiting.append(part)
    return distance


def _choose_parents(
    root: str, distance: Mapping[str, int], above: Mapping[str, Mapping[str, Claims]]
) -> dict[str, str]:
    inside = {part: {whole for whole in above.get(part, ()) if whole in distance} for part in distance}
    wholes = {part: _ancestors(part, inside) for part in distance}
    parents = {}
    for part in distance.keys() - {root}:
        # A whole that is itself part of this one leads into a ring; one of which another is part says nothing new.
        open_ = {whole for whole in inside[part] if part not in wholes[whole] and whole != part}
        narrow = {one for one in open_ if not any(one in wholes[other] for other in open_ - {one})}
        nearest = [whole for whole in inside[part] if distance[whole] == distance[part] - 1]
        claims = above[part]
        parents[part] = min(narrow or nearest, key=lambda whole: (-_documents(claims[whole]), distance[whole], whole))
    return parents


def _ancestors(part: str, inside: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(inside[part])
    while waiting:
        whole = waiting.pop()
        if whole not in found:
            found.add(whole)
            waiting += inside[whole]
    return found


def _documents(claims: Claims) -> int:
    return len({claim.source.iri for claim in claims})


def _units(
    root: str, parents: Mapping[str, str], above: Mapping[str, Mapping[str, Claims]], nodes: Nodes
) -> Iterable[Unit]:
    """Units in the order in which they are drawn; posts stand in the unit that they belong to."""
    parts: dict[str, list[str]] = defaultdict(list)
    for part, whole in parents.items():
        parts[whole].append(part)
    waiting = [Unit(root, None, 0)]
    while waiting:
        unit = waiting.pop()
        children = sorted(parts[unit.iri], key=lambda part: (nodes[part]["label"], part), reverse=True)
        unit.posts = [(p, above[p][unit.iri]) for p in children if nodes[p]["type"] == "Post"]
        for part in children:
            if nodes[part]["type"] != "Post":
                also = [(w, said) for w, said in sorted(above[part].items()) if w not in (unit.iri, part)]
                waiting.append(Unit(part, unit.iri, unit.level + 1, above[part][unit.iri], also))
        yield unit


def _holders(people: Iterable[tuple[str, Claims]], nodes: Nodes) -> list[Holder]:
    """Persons by office: a person with two offices stands there twice."""
    found = []
    for person, claims in people:
        posts: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            for post in (claim.post or "").split("; "):
                posts[post].append(claim)
        if len(posts) > 1:
            posts.pop("", None)  # who has an office in one source has no second one without a name
        found += [Holder(person, post, tuple(said)) for post, said in posts.items()]
    return sorted(found, key=lambda h: (not h.post, fold(h.post), nodes[h.person]["label"], h.person))
