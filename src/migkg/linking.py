"""Entity linking: the references of all sources become things.

References of one form are one thing from the start. Forms that share a block are compared, and the links between them
make clusters; verdicts of people win over every score. Only what was touched since the last run is resolved, and the
result is that of resolving everything (see docs/decisions/0011).
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from migkg.model import SourceRecord
from migkg.model.identity import Form, Link
from migkg.model.verdict import Rulings
from migkg.resolve.blocking import Block, find_blocks
from migkg.resolve.clustering import cluster, find_components, pairs_within, share_pairs
from migkg.resolve.forms import gather_form, gather_references, is_known, known_forms, split_iri
from migkg.resolve.scoring import Compared, compare, find_conflict
from migkg.resolve.traits import read_traits
from migkg.store.changes import PackedSource, ReferenceChanges, pack_source

# Forms are compared by what their neighbours are, so places come before actors, and both before what they do.
_TIERS = {"Place": 0, "Actor": 1}
_LAST = 2
_CACHE = 50_000
Progress = Callable[[int, int], None]
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


def resolve_references(references: ReferenceChanges, progress: Progress | None = None) -> int:
    """Resolve the forms that were touched; gives how many forms have another IRI in the graph than before.

    Args:
        progress: called with the numbers of forms that are done and of all.
    """
    with references.change():
        resolver = _Resolver(references, progress)
        changed = resolver.run(references.touched())
        references.settle()
    return changed


class _Resolver:
    """One run over what was touched."""

    def __init__(self, references: ReferenceChanges, progress: Progress | None) -> None:
        self.references = references
        self.progress = progress
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
        """Find the blocks of some forms and score them with all that share one."""
        own = set(forms)
        for iri in forms:
            form, traits = self._read(iri)
            if (
                not form.known
            ):  # links to a row of a table are found from the other end, whether or not it is referred to
                self.references.drop_links([iri])
            self.references.set_blocks(iri, () if form.known else find_blocks(form, traits))
        for done, (iri, others) in enumerate(self.references.candidates(forms)):
            mine = self._read(iri)
            others = [other for other in others if other not in own or iri < other]
            if not mine[0].known:
                others += sorted({other for block in find_blocks(*mine) for other in _known_with(block)})
            links = [self._compare(iri, other) for other in others]
            self.references.put_links(link for link in links if link)
            if self.progress:
                self.progress(done + 1, len(forms))

    def _compare(self, one: str, other: str) -> Link | None:
        left, right = sorted((one, other))
        return compare(self._read(left), self._read(right))

    def _read(self, iri: str) -> Compared:
        """A form and its traits; its neighbours go by their IRI in the graph where they are of a lower tier."""
        if iri not in self.compared:
            form = known_forms().get(iri) or self.references.form(iri)
            if form is None:
                raise LookupError(iri)
            if len(self.compared) >= _CACHE:
                self.compared.clear()
            self.compared[iri] = form, read_traits(form, self._neighbours(form))
        return self.compared[iri]

    def _neighbours(self, form: Form) -> dict[str, str]:
        around = sorted({other for _, other in form.around})
        if not around:
            return {}
        tier = _TIERS.get(form.group, _LAST)
        below = [other for other, its in self.references.tier_of(around).items() if its < tier]
        return self.references.things_of(below)

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


def _known_with(block: Block) -> Iterable[str]:
    number, country = block
    rows = _known_blocks().get(number, ())
    return (form for own, form in rows if not own or not country or own == country)


@cache
def _known_blocks() -> Mapping[int, list[tuple[str, str]]]:
    """The rows of the authority tables that can be found, by block."""
    blocks: dict[int, list[tuple[str, str]]] = {}
    for iri, form in known_forms().items():
        for number, country in sorted(find_blocks(form, read_traits(form, {}))):
            blocks.setdefault(number, []).append((country, iri))
    return blocks
