"""The difference of two graphs as RDF: change sets with additions and removals, and PROV for where they come from.

The vocabulary is Changeset (http://purl.org/vocab/changeset/schema#): one set for each subject, each triple a statement
of its own. The two states of the graph are PROV entities named by the fingerprint of their lines, so that the same two
graphs give the same bytes. Nothing is dated unless the caller has a date.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from migkg.lines import split_line, write_literal
from migkg.model.identifiers import digest
from migkg.rdf import namespaces as ns
from migkg.rdf.delta import Touched

_A = f"{ns.RDF}type"


class State(NamedTuple):
    """A graph as it was compared: what the user calls it, and the SHA-256 of its sorted lines."""

    name: str
    fingerprint: str

    @property
    def iri(self) -> str:
        """The IRI of the state: equal for equal graphs."""
        return ns.STATE + self.fingerprint[:32]


def write_changeset(
    touched: Iterable[Touched],
    old: State,
    new: State,
    replaced: Mapping[str, Set[str]],
    date: str | None = None,
) -> Iterator[str]:
    """N-Quads lines, in no order: the sets in a named graph, what it was derived from outside of it.

    Args:
        touched: see ``migkg.rdf.delta.compare_lines``.
        replaced: old addresses of things with the new ones, in angle brackets.
        date: when the change was found, ``YYYY-MM-DD``; ``None``: not said.
    """
    bundle = f"<{ns.CHANGESET}{digest(old.fingerprint, new.fingerprint)}>"
    yield from _derivation(bundle, old, new, date)
    for address, others in replaced.items():
        for other in others:
            yield f"{address} <{ns.DCTERMS}isReplacedBy> {other} {bundle} ."
    for subject, before, after in touched:
        gone, come = set(before).difference(after), set(after).difference(before)
        if gone or come:
            name = f"<{ns.CHANGESET}{digest(old.fingerprint, new.fingerprint, subject)}>"
            reason = "changed" if before and after else "added" if after else "withdrawn"
            facts = [
                (_A, f"<{ns.CS}ChangeSet>"),
                (f"{ns.CS}subjectOfChange", subject),
                (f"{ns.CS}changeReason", write_literal(reason)),
                (f"{ns.DCTERMS}isPartOf", bundle),
            ]
            facts += [(f"{ns.CS}createdDate", write_literal(date))] if date else []
            facts += [(f"{ns.CS}removal", _name(line)) for line in gone]
            facts += [(f"{ns.CS}addition", _name(line)) for line in come]
            yield from (f"{name} <{predicate}> {value} {bundle} ." for predicate, value in facts)
            for line in gone | come:
                yield from (f"{fact} {bundle} ." for fact in _statement(line))


def _derivation(bundle: str, old: State, new: State, date: str | None) -> Iterator[str]:
    yield f"{bundle} <{_A}> <{ns.PROV}Bundle> ."
    if date:
        moment = write_literal(f"{date}T00:00:00Z", datatype=f"{ns.XSD}dateTime")
        yield f"{bundle} <{ns.PROV}generatedAtTime> {moment} ."
    for state in (old, new):
        yield f"{bundle} <{ns.PROV}wasDerivedFrom> <{state.iri}> ."
        yield f"<{state.iri}> <{_A}> <{ns.PROV}Entity> ."
        yield f"<{state.iri}> <{ns.DCTERMS}title> {write_literal(state.name)} ."
        yield f"<{state.iri}> <{ns.DCTERMS}identifier> {write_literal(f'sha256:{state.fingerprint}')} ."
    if old.iri != new.iri:
        yield f"<{new.iri}> <{ns.PROV}wasRevisionOf> <{old.iri}> ."


def _name(line: str) -> str:
    return f"<{ns.STATEMENT}{digest(line)}>"


def _statement(line: str) -> Iterator[str]:
    """A triple as a statement, with the named graph that it stands in, which is the document that says it."""
    quad, node = split_line(line), _name(line)
    yield f"{node} <{_A}> <{ns.RDF}Statement>"
    yield f"{node} <{ns.RDF}subject> {quad.subject}"
    yield f"{node} <{ns.RDF}predicate> {quad.predicate}"
    yield f"{node} <{ns.RDF}object> {quad.object}"
    if quad.graph:
        yield f"{node} <{ns.DCTERMS}isPartOf> {quad.graph}"
    if quad.graph.startswith(f"<{ns.SOURCE}"):
        yield f"{node} <{ns.PROV}hadPrimarySource> {quad.graph}"
