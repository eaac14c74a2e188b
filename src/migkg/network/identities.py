"""Which thing of an older graph is which of a newer one, where its address has changed.

Three things tell. The newer graph says so (``owl:sameAs``, ``skos:exactMatch`` as in verdicts,
``dcterms:isReplacedBy``). Or one document gives the same name to exactly one thing of a type on either side: who reads
the same page again means the same thing by it. Or a page that was changed has one thing of a type less and one more,
and says the same of both: it only calls it something else now. A document that was fetched again under the same name
is the same one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field

from migkg.lines import Quad, read_literal
from migkg.model.identifiers import ID, fold_words
from migkg.model.vocabulary import ENTITY_TYPES, RELATIONS
from migkg.rdf import namespaces as ns
from migkg.rdf.placing import FILE_GRAPH
from migkg.rdf.verdicts import VERDICTS_GRAPH

Quads = Mapping[str, list[Quad]]
_TYPE, _LABEL = f"<{ns.RDF}type>", f"<{ns.RDFS}label>"
_SAME = {f"<{ns.OWL}sameAs>", f"<{ns.SKOS}exactMatch>", f"<{ns.DCTERMS}isReplacedBy>", f"<{ns.DCTERMS}replaces>"}
_DERIVED = {f"<{ns.ENTITIES_GRAPH}>", f"<{FILE_GRAPH}>", f"<{VERDICTS_GRAPH}>", ""}
_TYPES = {f"<{ns.MG}{name}>" for name in ENTITY_TYPES}
_TIES = {f"<{ns.MG}{name}>" for name in RELATIONS}
_LEAST_TIES = 2  # what a page says of a thing under both names
Mark = tuple[str, str, str]  # document, type, name: what one document calls one thing


@dataclass(slots=True)
class Identities:
    """Addresses of the older graph in terms of the newer one; all IRIs stand in angle brackets.

    Attributes:
        sources: documents that were read anew: the old version to the new one.
        everywhere: things that have one new address.
        within: things that have another address in one document only: (new version of the document, old) to new.
    """

    sources: dict[str, str] = field(default_factory=dict)
    everywhere: dict[str, str] = field(default_factory=dict)
    within: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, iri: str, source: str = "") -> str:
        """What a thing of the older graph is called in the newer one.

        Args:
            source: the document that speaks of it (its version in the older graph), where it is known.
        """
        document = self.sources.get(source, source)
        return self.within.get((document, iri)) or self.everywhere.get(iri, self.sources.get(iri, iri))

    def moved(self) -> dict[str, set[str]]:
        """Each old address with the new ones that it has become."""
        found: dict[str, set[str]] = defaultdict(set)
        for old, new in [*self.everywhere.items(), *((old, new) for (_, old), new in self.within.items())]:
            found[old].add(new)
        return dict(found)


def match_identities(old: Quads, new: Quads) -> Identities:
    """Find the things that only changed their address.

    Args:
        old, new: quads by subject, of all subjects that differ; a subject that one graph lacks is not in its mapping.
    """
    found = Identities(_match_sources(old, new))
    before, after = _marks(old, found.sources), _marks(new, {})
    for mark, gone in before.items():
        fresh = after.get(mark, set())
        left, come = gone - fresh, fresh - gone
        if len(left) == 1 and len(come) == 1:
            found.within[mark[0], min(left)] = min(come)
    for iri, others in found.moved().items():
        if len(others) == 1 and not _is_thing(new.get(iri, ())):
            found.everywhere[iri] = min(others)
    for document, left_iri, right_iri in _match_renamed(old, new, found):
        found.within[document, left_iri] = found.everywhere[left_iri] = right_iri
    for left_iri, right_iri in _said_same(old, new):
        if not _is_thing(new.get(left_iri, ())) and left_iri not in found.everywhere:
            found.everywhere[left_iri] = right_iri
    return found


def _match_sources(old: Quads, new: Quads) -> dict[str, str]:
    """The old to the new version of each document that has one name and is there once on each side."""
    gone, come = _by_name(old, new), _by_name(new, old)
    return {
        min(versions): min(come[name])
        for name, versions in gone.items()
        if len(versions) == 1 and len(come.get(name, ())) == 1
    }


def _by_name(here: Quads, there: Quads) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for iri, quads in here.items():
        if iri not in there and any(quad.object == f"<{ns.MG}Source>" for quad in quads):
            for quad in quads:
                if quad.predicate == f"<{ns.DCTERMS}identifier>":
                    found[quad.object].add(iri)
    return found


def _marks(side: Quads, sources: Mapping[str, str]) -> dict[Mark, set[str]]:
    found: dict[Mark, set[str]] = defaultdict(set)
    for iri, quads in side.items():
        types = {(quad.graph, quad.object) for quad in quads if quad.predicate == _TYPE and quad.object in _TYPES}
        if not types:
            continue
        names: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            if quad.predicate == _LABEL and quad.object.startswith('"'):
                names[quad.graph].add(" ".join(fold_words(read_literal(quad.object).text)))
        loose = names.get(f"<{FILE_GRAPH}>", set())  # a file without named graphs does not say who calls it so
        for graph, kind in types:
            if graph not in _DERIVED:
                for name in names.get(graph) or loose:
                    found[sources.get(graph, graph), kind, name].add(iri)
    return found


def _match_renamed(old: Quads, new: Quads, found: Identities) -> list[tuple[str, str, str]]:
    """(document, gone, come) for the one thing of a type that a changed page calls something else now."""
    changed = set(found.sources.values())
    known = {iri for _, iri in found.within} | set(found.within.values())
    gone = _told_alone(old, new, found.of, changed, known)
    come = _told_alone(new, old, lambda iri, _: iri, changed, known)
    pairs = []
    for place, ours in gone.items():
        theirs = come.get(place, {})
        if len(ours) == 1 and len(theirs) == 1:
            (left, said), (right, says) = *ours.items(), *theirs.items()
            if len(said & says) >= _LEAST_TIES and 2 * len(said & says) >= max(len(said), len(says)):
                pairs.append((place[0], left, right))
    return sorted(pairs)


def _told_alone(
    here: Quads, there: Quads, rename: Callable[[str, str], str], documents: Set[str], known: Set[str]
) -> dict[tuple[str, str], dict[str, set[tuple[str, ...]]]]:
    """By changed document and type: the things that only this side has, each with its ties."""
    ties: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for quads in here.values():
        for quad in quads:
            if quad.predicate in _TIES:
                ends = (rename(quad.subject, quad.graph), rename(quad.object, quad.graph))
                ties[quad.graph, quad.subject].add((quad.predicate, ends[1]))
                ties[quad.graph, quad.object].add((ends[0], quad.predicate))
    found: dict[tuple[str, str], dict[str, set[tuple[str, ...]]]] = defaultdict(dict)
    for iri, quads in here.items():
        if iri not in known and not _is_thing(there.get(iri, ())):
            for quad in quads:
                document = rename(quad.graph, "")
                if quad.predicate == _TYPE and quad.object in _TYPES and document in documents:
                    found[document, quad.object][iri] = ties[quad.graph, iri]
    return found


def _is_thing(quads: Iterable[Quad]) -> bool:
    return any(quad.predicate == _TYPE and quad.object in _TYPES for quad in quads)


def _said_same(old: Quads, new: Quads) -> list[tuple[str, str]]:
    """(gone, staying) for each pair of things of the graph that the newer one, or the older, says are one."""
    pairs = []
    for quads in (*new.values(), *old.values()):
        for quad in quads:
            if quad.predicate in _SAME and quad.object.startswith(f"<{ID}"):
                for gone, stays in ((quad.subject, quad.object), (quad.object, quad.subject)):
                    is_gone = _is_thing(old.get(gone, ())) and not _is_thing(new.get(gone, ()))
                    if is_gone and _is_thing(new.get(stays, ())):
                        pairs.append((gone, stays))
    return sorted(pairs)
