"""What an older and a newer graph say differently: facts added, changed and withdrawn.

A fact is a tie between two things, a property of one thing, or a document. It is the same fact on both sides when it
has the same ends; then what differs in it (status, sum, office, documents, sentence, confidence) is a change. Addresses
that only were corrected count as the same thing (see ``migkg.network.identities``).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from migkg.lines import Quad, split_line
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.network.evidence import Claim
from migkg.network.fact import CHANGES, KINDS, Fact
from migkg.network.identities import Identities, match_identities
from migkg.network.names import Names
from migkg.network.properties import compare_documents, compare_others, compare_things
from migkg.network.side import THEME, Edge, Said, Side, read_side, turn
from migkg.rdf import namespaces as ns
from migkg.rdf.delta import Touched

_ASPECTS = ("", "status", "amount", "office", "documents", "sentence", "confidence")


@dataclass(frozen=True, slots=True)
class Difference:
    """All facts, ties between actors first; and the addresses that changed."""

    facts: list[Fact]
    identities: Identities


_NEEDED = tuple(f" <{iri}> " for iri in (ns.STATUSES["planned"], ns.STATUSES["denied"], f"{ns.MG}FormerVersion"))


def is_needed(lines: list[str]) -> bool:
    """Whether these lines are needed beside what differs: of claims that are planned or denied, of former pages."""
    return any(part in line for line in lines for part in _NEEDED)


def compare_facts(touched: Iterable[Touched], names: Names) -> Difference:
    """The facts that two graphs say differently.

    Args:
        touched: see ``migkg.rdf.delta.compare_lines``, with ``keep=is_needed``.
        names: of both graphs.
    """
    before, after = split_touched(touched)
    same = match_identities(before, after)
    old, new = read_side(before, same.of, names), read_side(after, lambda iri, _: iri, names)
    facts = [
        *_compare_ties(old, new, names),
        *compare_things(old, new, names),
        *_compare_identities(same, before, after),
        *compare_documents(old, new, names),
        *compare_others(old, new, names),
    ]
    return Difference(sorted(facts, key=lambda fact: _rank(fact, names)), same)


def split_touched(touched: Iterable[Touched]) -> tuple[dict[str, list[Quad]], dict[str, list[Quad]]]:
    """The quads of the older and of the newer graph by subject, without those of former versions of pages.

    What a page said before its text was changed is kept in the graph, but nobody says it any more (decision 46).
    """
    sides: tuple[dict[str, list[Quad]], dict[str, list[Quad]]] = ({}, {})
    for subject, *both in touched:
        for lines, quads in zip(both, sides, strict=True):
            if lines:
                quads[subject] = [split_line(line) for line in lines]
    for quads in sides:
        former = {s for s, told in quads.items() if any(quad.object == f"<{ns.MG}FormerVersion>" for quad in told)}
        for subject in [subject for subject in quads if former]:
            quads[subject] = [quad for quad in quads[subject] if quad.graph not in former]
            if not quads[subject]:
                del quads[subject]
    return sides


def _rank(fact: Fact, names: Names) -> tuple[object, ...]:
    aspect = _ASPECTS.index(fact.what) if fact.what in _ASPECTS else len(_ASPECTS)
    ends = (names.label(fact.subject), fact.subject, fact.predicate, fact.object)
    return (KINDS.index(fact.kind), CHANGES.index(fact.change), aspect, *ends, fact.what, fact.before, fact.after)


def _compare_ties(old: Side, new: Side, names: Names) -> Iterator[Fact]:
    edges = {*old.edges, *new.edges, *(edge for side in (old, new) for edge in side.claims if edge[2])}
    edges |= {turn((*ends[:1], "funds", *ends[1:])) for side in (old, new) for ends in side.sums}
    edges |= {(person, "worksFor", body) for side in (old, new) for person, body in side.offices}
    for edge in edges:
        for fact in _compare_tie(edge, old, new, names):
            yield replace(fact, kind=_kind(edge, names))


def _kind(edge: Edge, names: Names) -> str:
    if edge[1] == THEME:
        return "themes"
    return "actors" if all(names.node(end)["type"] in ACTOR_TYPES for end in (edge[0], edge[2])) else "ties"


def _compare_tie(edge: Edge, old: Side, new: Side, names: Names) -> Iterator[Fact]:
    ours, theirs = old.claims.get(edge, []), new.claims.get(edge, [])
    before, after = _status(edge, old, names, 1), _status(edge, new, names, 0)
    base = Fact("changed", "ties", *edge, old=_claims(ours), new=_claims(theirs))
    if not before or not after:
        if before or after:
            change, side, status = ("added", new, after) if after else ("withdrawn", old, before)
            details = [status] if status != "stated" else []
            details += sorted(_sums(side, edge)) + sorted(_offices(side, edge))
            text = "; ".join(details)
            yield replace(base, change=change, before="" if after else text, after=text if after else "")
        return
    if before != after:
        yield replace(base, what="status", before=before, after=after)
    for what, values in (("amount", _sums), ("office", _offices)):
        gone, come = values(old, edge) - values(new, edge), values(new, edge) - values(old, edge)
        if gone or come:
            yield replace(base, what=what, before="; ".join(sorted(gone)), after="; ".join(sorted(come)))
    gone, come = _documents(old, edge) - _documents(new, edge), _documents(new, edge) - _documents(old, edge)
    if gone or come:
        left = [said for said in ours if said[0] in gone]
        fresh = [said for said in theirs if said[0] in come]
        titles = ["; ".join(sorted(names.label(iri) for iri in documents)) for documents in (gone, come)]
        told = replace(base, old=_claims(left), new=_claims(fresh))
        yield replace(told, what="documents", before=titles[0], after=titles[1])
    for document in sorted({said[0] for said in ours} & {said[0] for said in theirs}):
        left_claim, fresh_claim = (_best(said for said in side if said[0] == document) for side in (ours, theirs))
        yield from _compare_claims(base, left_claim, fresh_claim, before == after)


def _compare_claims(base: Fact, old: Claim, new: Claim, status: bool) -> Iterator[Fact]:
    """What one document says otherwise of a tie than it did."""
    told: list[tuple[str, Callable[[Claim], str]]] = [
        ("sentence", lambda claim: claim.quote),
        ("confidence", lambda claim: "" if claim.confidence is None else f"{claim.confidence:g}"),
    ]
    if status:
        told.append(("status", lambda claim: claim.status))
    for what, read in told:
        if read(old) != read(new):
            yield replace(base, what=what, before=read(old), after=read(new), old=(old,), new=(new,))


def _status(edge: Edge, side: Side, names: Names, number: int) -> str:
    """``stated``, ``planned``, ``denied``, or nothing where this side does not speak of the tie."""
    told = {claim.status for _, claim in side.claims.get(edge, ())}
    predicate = f"{ns.DCTERMS}subject" if edge[1] == THEME else ns.MG + edge[1]
    if side.edges.get(edge) or "stated" in told:
        return "stated"
    # All lines of a subject that differs were read; of another one the graph itself has to be asked.
    if edge[0] not in side.subjects and names.has(number, edge[0], predicate, edge[2]):
        return "stated"
    return min(told, key=lambda status: (status != "planned", status), default="")


def _sums(side: Side, edge: Edge) -> set[str]:
    return side.sums.get((edge[0], edge[2]), set()) if edge[1] == "funds" else set()


def _offices(side: Side, edge: Edge) -> set[str]:
    return side.offices.get((edge[0], edge[2]), set()) if edge[1] == "worksFor" else set()


def _documents(side: Side, edge: Edge) -> set[str]:
    return side.edges.get(edge, set()) | {document for document, _ in side.claims.get(edge, ())}


def _best(said: Iterable[Said]) -> Claim:
    return min((claim for _, claim in said), key=lambda claim: claim.weight)


def _claims(said: Iterable[Said]) -> tuple[Claim, ...]:
    return tuple(sorted((claim for _, claim in said), key=lambda claim: claim.weight))


def _compare_identities(
    same: Identities, before: dict[str, list[Quad]], after: dict[str, list[Quad]]
) -> Iterator[Fact]:
    """Addresses that changed: one thing under another address, several that became one, one that became several."""
    moved = same.moved()
    into: dict[str, set[str]] = {}
    for old, places in moved.items():
        for place in places:
            into.setdefault(place, set()).add(old)
    for old, places in sorted(moved.items()):
        stays = old in after and old not in same.everywhere
        for place in sorted(places):
            what = "split" if len(places) > 1 or stays else "address"
            if what == "address" and (place in before or len(into[place]) > 1):
                what = "merged"
            yield Fact("changed", "identity", place[1:-1], what=what, before=old[1:-1], after=place[1:-1])
