"""Verdicts as RDF: what a person said of two identities, with who, when and why, in a named graph of its own."""

from collections.abc import Iterable, Iterator, Mapping

from migkg.lines import write_literal
from migkg.model.identifiers import digest, make_slug
from migkg.model.verdict import Choice, Pair, Rulings, Verdict, write_moment
from migkg.rdf import namespaces as ns
from migkg.text.contacts import drop_contacts

VERDICTS_GRAPH = f"{ns.ID}graph/verdicts"
_PREDICATES: dict[Choice, str] = {
    "same": f"{ns.SKOS}exactMatch",
    "different": f"{ns.OWL}differentFrom",
    "split": f"{ns.OWL}differentFrom",
}


def write_verdicts(rulings: Rulings, split_forms: Mapping[Pair, str]) -> list[str]:
    """The N-Quads lines of the verdicts that count, sorted, without line ends.

    A verdict that holds is a triple of two forms and a statement about it; one that stands in a contradiction, and is
    not followed for that reason, is the statement alone. Contact details in reasons are left out.

    Args:
        rulings: what follows from all verdicts.
        split_forms: for each split (form, source), the form that the thing of this source has now; splits that are
            not there are left out.
    """
    followed = rulings.must_link | rulings.cannot_link | rulings.splits
    triples: set[str] = set()
    for verdict in _collect(rulings):
        right = split_forms.get(verdict.pair) if verdict.choice == "split" else verdict.right
        if right is None:
            continue
        holds = verdict.pair in followed and (verdict.choice == "same") == (verdict.pair in rulings.must_link)
        triples |= set(_describe(verdict, right, holds))
    return sorted(f"{triple} <{VERDICTS_GRAPH}> ." for triple in triples)


def _collect(rulings: Rulings) -> Iterable[Verdict]:
    yield from rulings.standing
    for contradiction in rulings.contradictions:
        yield from contradiction.verdicts


def _describe(verdict: Verdict, right: str, holds: bool) -> Iterator[str]:
    predicate = _PREDICATES[verdict.choice]
    moment = write_moment(verdict.when)
    node = f"<{ns.ID}verdict/{digest(*verdict.pair, verdict.choice, verdict.who, moment)}>"
    who = drop_contacts(verdict.who) or "?"
    agent = f"<{ns.ID}reviewer/{'-'.join(filter(None, (make_slug(who), digest(who, length=8))))}>"
    if holds:
        yield f"<{verdict.left}> <{predicate}> <{right}>"
    yield f"{node} <{ns.RDF}type> <{ns.RDF}Statement>"
    yield f"{node} <{ns.RDF}type> <{ns.PROV}Entity>"
    yield f"{node} <{ns.RDF}subject> <{verdict.left}>"
    yield f"{node} <{ns.RDF}predicate> <{predicate}>"
    yield f"{node} <{ns.RDF}object> <{right}>"
    yield f'{node} <{ns.PROV}generatedAtTime> "{moment}"^^<{ns.XSD}dateTime>'
    yield f"{node} <{ns.PROV}wasAttributedTo> {agent}"
    yield f"{agent} <{ns.RDF}type> <{ns.PROV}Agent>"
    yield f"{agent} <{ns.RDFS}label> {write_literal(who)}"
    why = drop_contacts(verdict.why)
    if why:
        yield f"{node} <{ns.RDFS}comment> {write_literal(why)}"
    if verdict.choice == "split":
        yield f"{node} <{ns.PROV}hadPrimarySource> <{verdict.right}>"
