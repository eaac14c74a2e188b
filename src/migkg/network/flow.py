"""Money from funder over programme and implementer to country, as links; sums only where a document states them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from migkg.errors import QueryError
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.network.compare import Edge, Tie
from migkg.network.evidence import Amount, Claim
from migkg.network.reading import local_name
from migkg.rdf.namespaces import PREFIXES
from migkg.store.base import Rows, Store

_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
FUNDINGS = """SELECT DISTINCT ?funding ?funder ?item ?recipient ?amount ?currency ?kind ?source {
  ?funding a mg:Funding ; schema:funder ?funder ; schema:fundedItem ?item ; mg:amount ?amount ; mg:source ?source .
  OPTIONAL { ?funding mg:recipient ?recipient } OPTIONAL { ?funding schema:currency ?currency }
  OPTIONAL { ?funding mg:amountKind ?kind } }"""

# What a node of the flow is: money goes from left to right.
ROLES = ("funder", "thing", "actor", "place")
Key = tuple[str, str]
Nodes = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Funding:
    """One sum from one funder for one thing; ``sources`` are IRIs of the documents that tell of it."""

    iri: str
    funder: str
    item: str
    recipient: str | None
    amount: Amount
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the flow.

    Attributes:
        source, target: (role, IRI); role is one of ``ROLES``; for a place that lies in one country its ISO code.
        edge: (subject, predicate, object) that says so.
        amounts: the sums that documents state for this step; empty: none does.
        claims: the evidence.
        group: links with one sum that documents tell of several funders have the same group; else empty.
    """

    source: Key
    target: Key
    edge: Edge
    claims: tuple[Claim, ...]
    amounts: tuple[Amount, ...] = ()
    group: str = ""

    def value(self, currency: str) -> Decimal:
        """The largest sum in a currency, 0 where there is none: several sums may be the same money, told twice."""
        return max((worth(amount) for amount in self.amounts if amount.currency == currency), default=Decimal(0))


def read_fundings(store: Store) -> list[Funding]:
    """All sums of a store, sorted."""
    answer = store.query(_PREFIXES + FUNDINGS)
    if not isinstance(answer, Rows):
        raise QueryError("the store did not answer a SELECT with rows")
    found: dict[str, Funding] = {}
    for row in answer.rows:
        iri, funder, item, recipient, value, currency, kind, source = (term.value if term else None for term in row)
        if not (iri and funder and item and value and source):
            continue
        amount = Amount(value, currency, local_name(kind) if kind else None)
        old = found.get(iri, Funding(iri, funder, item, recipient, amount, frozenset()))
        found[iri] = replace(old, sources=old.sources | {source})
    return [found[iri] for iri in sorted(found)]


def worth(amount: Amount) -> Decimal:
    """The number of a sum; 0 where it is none."""
    try:
        value = Decimal(amount.value)
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() and value > 0 else Decimal(0)


def trace_money(
    nodes: Nodes, ties: Iterable[Tie], fundings: Sequence[Funding], within: Mapping[str, str]
) -> list[Link]:
    """The steps that documents tell of: funder to thing or actor, thing to implementer or recipient, thing to place.

    A sum belongs to the step from its funder to what it is for and, where the document names who receives it, to the
    step from there to the recipient. Other steps have no sum: nobody said how much of it went there.

    Args:
        nodes: ``type`` of each thing.
        ties: edges with their claims, as ``migkg.network.projection.edges_of`` gives them.
        fundings: see ``read_fundings``.
        within: country by place, see ``migkg.network.places.read_countries``.

    Returns:
        Links sorted by source and target, those of a thing only where somebody funds it or it funds something.
    """
    said = {(subject, predicate, object_): claims for subject, predicate, object_, claims in ties}
    links: dict[tuple[Key, Key], Link] = {}
    shared = _shared_sums(fundings)
    through = set()
    for funding in fundings:
        for link in _money(funding, nodes, said, shared.get(funding.iri, "")):
            _join(links, link)
        if funding.recipient and funding.recipient != funding.item:
            through.add((funding.funder, "funds", funding.recipient))
    for edge, claims in said.items():
        if edge[1] == "funds" and edge not in through:
            _join(links, Link(_giver(edge[0], nodes), _taker(edge[2], nodes), edge, claims))
    for link in _onward({key[1] for pair in links for key in pair if key[0] == "thing"}, within, said):
        _join(links, link)
    return [links[pair] for pair in sorted(links)]


def currencies(links: Iterable[Link]) -> list[tuple[str, int]]:
    """Each currency with the number of funded steps that have a sum in it, the most frequent first."""
    counts: dict[str, int] = defaultdict(int)
    for link in links:
        for currency in {amount.currency for amount in link.amounts if amount.currency and link.edge[1] == "funds"}:
            counts[currency] += 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def select(links: Sequence[Link], currency: str | None) -> list[Link]:
    """The links to draw for one currency: those with a sum in it, and what is known of the things that they reach.

    Args:
        links: see ``trace_money``.
        currency: ISO 4217 code; ``None``: what no sum at all is told of.
    """
    if currency is None:
        paid = {key for link in links if link.amounts for key in (link.source, link.target) if key[0] == "thing"}
        return [k for k in links if not k.amounts and not {k.source, k.target} & paid]
    money = [link for link in links if link.value(currency)]
    things = {link.target for link in money if link.target[0] == "thing"}
    return [k for k in links if k.value(currency) or k.source in things or k.target in things]


def _giver(iri: str, nodes: Nodes) -> Key:
    return ("funder" if nodes[iri]["type"] in ACTOR_TYPES else "thing", iri)


def _taker(iri: str, nodes: Nodes) -> Key:
    return ("actor" if nodes[iri]["type"] in ACTOR_TYPES else "thing", iri)


def _money(funding: Funding, nodes: Nodes, said: Mapping[Edge, tuple[Claim, ...]], group: str) -> Iterator[Link]:
    if funding.funder not in nodes or funding.item not in nodes:
        return
    edge = (funding.funder, "funds", funding.item)
    source, target = _giver(funding.funder, nodes), _taker(funding.item, nodes)
    yield Link(source, target, edge, said.get(edge, ()), (funding.amount,), group)
    recipient = funding.recipient
    if recipient and recipient in nodes and recipient != funding.item:
        edge = (funding.funder, "funds", recipient)
        if edge in said and target[0] == "thing":
            yield Link(target, ("actor", recipient), edge, said[edge], (funding.amount,))


def _shared_sums(fundings: Iterable[Funding]) -> dict[str, str]:
    """Fundings of one thing with one sum, told by one document of several funders: their group."""
    alike: dict[tuple[str, str, str | None, str], list[str]] = defaultdict(list)
    for funding in fundings:
        for source in sorted(funding.sources):
            alike[funding.item, funding.amount.value, funding.amount.currency, source].append(funding.iri)
    return {iri: min(iris) for iris in alike.values() if len(iris) > 1 for iri in iris}


def _onward(things: set[str], within: Mapping[str, str], said: Mapping[Edge, tuple[Claim, ...]]) -> Iterator[Link]:
    for edge, claims in said.items():
        subject, predicate, object_ = edge
        if predicate == "implements" and object_ in things:
            yield Link(("thing", object_), ("actor", subject), edge, claims)
        elif predicate in ("covers", "takesPlaceIn") and subject in things:
            yield Link(("thing", subject), ("place", within.get(object_, object_)), edge, claims)


def _join(links: dict[tuple[Key, Key], Link], new: Link) -> None:
    """Add a link; where there is one between the same two, it gets the sums and claims of both."""
    pair = (new.source, new.target)
    old = links.get(pair)
    if old is None:
        links[pair] = new
        return
    amounts = dict.fromkeys((*old.amounts, *new.amounts))
    claims = {claim.iri: claim for claim in (*old.claims, *new.claims)}
    links[pair] = replace(old, amounts=tuple(amounts), claims=tuple(claims.values()), group=old.group or new.group)
