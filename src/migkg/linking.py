"""Entity linking: the references of all sources become things.

References of one form are one thing from the start. Forms that share a block are compared, and the links between them
make clusters; verdicts of people win over every score. Only what was touched since the last run is resolved, and the
result is that of resolving everything (see docs/decisions/0011).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from migkg.model import SourceRecord
from migkg.model.identity import Link
from migkg.model.verdict import Rulings
from migkg.resolve.clustering import cluster, find_components, pairs_within, share_pairs
from migkg.resolve.forms import gather_form, gather_references, is_known, known_forms, split_iri
from migkg.resolve.pairing import Compared, Known, Pairs, block_forms, read_known, score_pairs
from migkg.resolve.scoring import find_conflict
from migkg.store.changes import PackedSource, ReferenceChanges, pack_source
from migkg.store.references import in_parts

# Forms are compared by what their neighbours are, so places come before actors, and both before what they do.
_TIERS = {"Place": 0, "Actor": 1}
_LAST = 2
_CACHE = 20_000
_PART = 400  # forms of a task
RunStage = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
Splits = Mapping[str, frozenset[str]]


def stage_record(references: ReferenceChanges, record: SourceRecord) -> bool:
    """Take in what is kept of a source; whether that is a change. The caller has opened a ``change()``."""
    return references.put(pack_record(record, find_splits(references)))


def pack_record(record: SourceRecord, splits: Splits) -> PackedSource:
    """What the references of a store take in of a source; needs no store.

    Args:
        splits: see ``find_splits``.
    """
    own = splits.get(record.source, frozenset())
    return pack_source(record.source, record.to_json(), gather_references(record, own))


def identify_record(references: ReferenceChanges, record: SourceRecord) -> SourceRecord:
    """The record with the IRI in the graph on each entity."""
    splits = find_splits(references).get(record.source, frozenset())
    forms = {e.iri: split_iri(e.iri, record.source) if e.iri in splits else e.iri for e in record.entities if e.iri}
    things = references.things_of(forms.values())
    return record.identify({first: things[form] for first, form in forms.items()})


def apply_rulings(references: ReferenceChanges, rulings: Rulings) -> None:
    """Put verdicts in the place of those that were in force; what they touch is to be resolved again."""
    new = {("same", *pair) for pair in rulings.must_link} | {("different", *pair) for pair in rulings.cannot_link}
    new |= {("split", *pair) for pair in rulings.splits}
    old = references.rulings()
    for kind, form, other in sorted(old - new):
        if kind == "split":
            references.move(other, split_iri(form, other), form)
    for kind, form, other in sorted(new - old):
        if kind == "split":
            references.move(other, form, split_iri(form, other))
    references.touch(form for kind, *pair in old ^ new if kind != "split" for form in pair)
    references.set_rulings(new)


def resolve_references(references: ReferenceChanges, run_stage: RunStage = map) -> int:
    """Resolve the forms that were touched; gives how many forms have another IRI in the graph than before.

    Args:
        run_stage: gives the results of a stage for some tasks, in their order, here or in other processes.
    """
    with references.change():
        resolver = _Resolver(references, run_stage)
        changed = resolver.run(references.touched())
        references.settle()
    return changed


class _Resolver:
    """One run over what was touched."""

    def __init__(self, references: ReferenceChanges, run_stage: RunStage) -> None:
        self.references = references
        self.run_stage = run_stage
        self.compared: dict[str, Compared] = {}
        rulings = references.rulings()
        self.together = [(left, right) for kind, left, right in rulings if kind == "same"]
        self.apart = {(left, right) for kind, left, right in rulings if kind == "different"}

    def run(self, touched: list[str]) -> int:
        """Resolve some forms, a tier at a time."""
        tiers: dict[int, set[str]] = {tier: set() for tier in range(_LAST + 1)}
        affected = self._gather(touched, tiers)
        changed = 0
        for tier, forms in tiers.items():
            self.compared.clear()
            self._link(sorted(forms))
            ends = forms | affected.get(tier, set())
            moved = self.references.set_things(self._cluster(ends))
            changed += len(moved)
            if tier < _LAST:
                again = self.references.neighbours_of(moved)
                for form, other in self.references.tier_of(sorted(again)).items():
                    if other > tier:
                        tiers[other].add(form)
        return changed

    def _gather(self, touched: list[str], tiers: dict[int, set[str]]) -> dict[int, set[str]]:
        """Read touched forms again; gives, by tier, the other forms of the things that they were of."""
        affected: dict[int, set[str]] = {}
        known = self.references.tier_of(touched)
        things = self.references.things_of(touched)
        for iri in touched:
            mates = set(self.references.forms_of(things[iri])) - {iri}
            found = [] if is_known(iri) else list(self.references.references_of(iri))
            has_any = bool(found) or self.references.count_references([iri]) > 0
            if iri in known:
                affected.setdefault(known[iri], set()).update(mates)
            if not has_any:
                self.references.drop_form(iri, links=iri not in known_forms())
                continue
            form = gather_form(iri, found)
            tier = _TIERS.get(form.group, _LAST)
            self.references.set_form(form, tier, () if form.known else {other for _, other in form.around})
            tiers[tier].add(iri)
        return affected

    def _link(self, forms: list[str]) -> None:
        """Find the blocks of some forms and score them with all that share one.

        Both are stages: forms in parts, then, shuffled by their first block, pairs of forms in parts. Those that share
        blocks mostly come into one part, so that few forms are sent twice.
        """
        first: dict[str, int] = {}
        for blocks in self.run_stage(block_forms, map(self._known, in_parts(forms, _PART))):
            for iri, own in blocks.items():
                # Links to a row of a table are found from the other end, whether or not it is referred to.
                if iri not in known_forms():
                    self.references.drop_links([iri])
                self.references.set_blocks(iri, own)
                first[iri] = min((number for number, _ in own), default=0)
        shuffled = sorted(forms, key=lambda iri: (first[iri], iri))
        tasks = (self._pairs(part, first.keys()) for part in in_parts(shuffled, _PART))
        for links in self.run_stage(score_pairs, tasks):
            self.references.put_links(links)

    def _pairs(self, forms: Sequence[str], linked: Collection[str]) -> Pairs:
        """What scoring some forms needs: each with the others that share a block, every pair once."""
        pairs = []
        for iri, others in self.references.candidates(forms):
            pairs.append((iri, [other for other in others if other not in linked or iri < other]))
        wanted = sorted({form for iri, others in pairs for form in (iri, *others)})
        return Pairs(pairs, self._known(wanted))

    def _known(self, forms: Sequence[str]) -> dict[str, Known]:
        """Forms, each with the IRIs in the graph of those of its neighbours that are of a lower tier."""
        found = {iri: known_forms().get(iri) for iri in forms}
        found |= self.references.forms([iri for iri, form in found.items() if form is None])
        around = sorted({other for form in found.values() if form for _, other in form.around})
        tiers, things = self.references.tier_of(around), self.references.things_of(around)
        known: dict[str, Known] = {}
        for iri, form in found.items():
            if form is None:
                raise LookupError(iri)
            tier = _TIERS.get(form.group, _LAST)
            below = sorted({other for _, other in form.around if tiers.get(other, _LAST) < tier})
            known[iri] = form, tuple((other, things[other]) for other in below)
        return known

    def _read(self, iri: str) -> Compared:
        if iri not in self.compared:
            if len(self.compared) >= _CACHE:
                self.compared.clear()
            self.compared[iri] = read_known(self._known([iri])[iri])
        return self.compared[iri]

    def _cluster(self, forms: Iterable[str]) -> dict[str, str]:
        """The things of some forms and of all that hang together with them."""
        links: dict[tuple[str, str], Link] = {}
        seen: set[str] = set()
        front = set(forms)
        while front:
            seen |= front
            found = [link for link in self.references.links_of(sorted(front)) if link.decision == "same"]
            new = {(link.left, link.right): link for link in found}
            links |= new
            ruled = [pair for pair in self.together if not front.isdisjoint(pair)]
            front = {end for pair in (*new, *ruled) for end in pair} - seen
        present = (seen & known_forms().keys()) | self.references.tier_of(sorted(seen)).keys()
        together = pairs_within(present, self.together)
        things: dict[str, str] = {}
        components = find_components(present, [*pairs_within(present, links), *together])
        linked, joined_by, apart = (share_pairs(components, pairs) for pairs in (links, together, self.apart))
        for component in components:
            first = component[0]
            if len(component) == 1:
                things[first] = first
                continue
            own = [links[pair] for pair in linked.get(first, ())]
            things |= cluster(component, own, joined_by.get(first, ()), apart.get(first, ()), self._in_conflict)
        return {form: thing for form, thing in things.items() if form in seen}

    def _in_conflict(self, one: str, other: str) -> bool:
        """Whether two forms cannot be one thing: by what is known of them, or since one source tells them apart."""
        left, right = sorted((one, other))
        if find_conflict(self._read(left), self._read(right)):
            return True
        if one in known_forms() or other in known_forms():
            return False
        return not self.references.sources_of(one).isdisjoint(self.references.sources_of(other))


def find_splits(references: ReferenceChanges) -> Splits:
    """By source, the forms that mean something else in it."""
    found: dict[str, set[str]] = {}
    for kind, form, source in references.rulings():
        if kind == "split":
            found.setdefault(source, set()).add(form)
    return {source: frozenset(forms) for source, forms in found.items()}
