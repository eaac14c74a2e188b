"""Which candidates are the thing: exact only on a full name and a second agreement, and only when one has them.

The rules and their reasons: docs/decisions/0015-what-counts-as-the-same-elsewhere.md.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from migkg.link.model import Candidate, Thing
from migkg.model.link import Link
from migkg.resolve.matching import LIKE, best_likeness

# Nearly the same name: one word in another number or spelling.
NEAR = 0.93
# More than these for one thing are no help to a reader.
MOST = 5
# Bodies that every state has under the same name: their kind tells nothing, only their country does.
_LOCAL = frozenset({"GovernmentBody", "OrganisationalUnit", "Place"})


@dataclass(frozen=True, slots=True)
class _Judged:
    candidate: Candidate
    likeness: float
    telling: float
    acronym: bool
    country: bool | None
    kind: bool | None

    @property
    def contradicts(self) -> bool:
        return self.country is False or self.kind is False or bool(self.candidate.remark)

    def is_strong(self, thing: Thing) -> bool:
        """The same full name, and the country or (where name and kind tell something) the kind agrees."""
        second = self.country or (bool(self.kind) and self.telling == 1.0 and not thing.types & _LOCAL)
        return self.likeness == 1.0 and bool(second) and not self.contradicts

    @property
    def is_near(self) -> bool:
        return self.likeness >= NEAR and bool(self.country) and not self.contradicts

    @property
    def why(self) -> str:
        parts = ["same name" if self.likeness == 1.0 else "like name" if self.likeness >= LIKE else "other name"]
        parts += ["same acronym"] if self.acronym else []
        for what, agrees in (("country", self.country), ("kind", self.kind)):
            parts.append(f"{what} unknown" if agrees is None else f"{'same' if agrees else 'other'} {what}")
        return "; ".join([*parts, *filter(None, [self.candidate.remark])])


def judge(thing: Thing, candidates: Iterable[Candidate], authority: str, source: str, date: str) -> list[Link]:
    """The links worth a look for one thing, the best first.

    Args:
        candidates: entries of one register; one that is there twice counts once.
        authority, source, date: as in ``Link``.
    """
    judged = [_compare(thing, candidate) for candidate in _unite(candidates)]
    kept = [one for one in judged if one.likeness >= LIKE or (one.acronym and one.country)]
    strong = [one for one in kept if one.is_strong(thing)]
    same = [one for one in kept if one.likeness == 1.0 and not one.contradicts]
    near = [one for one in kept if one.is_near]
    links = []
    for one in sorted(kept, key=lambda one: (-one.likeness, one.contradicts, one.candidate.identifier))[:MOST]:
        link = Link(
            iri=thing.iri,
            label=thing.label,
            authority=authority,
            identifier=one.candidate.identifier,
            name=one.candidate.name,
            match="proposed",
            score=round(one.likeness, 2),
            why=one.why,
            source=source,
            date=date,
        )
        if [one] == strong and len(same) == 1:
            link = replace(link, match="exact")
        elif not same and [one] == near:
            link = replace(link, match="close")
        links.append(link)
    return links


def demote_shared(links: Iterable[Link]) -> list[Link]:
    """The links, those of two things to one entry only proposed: one of them is wrong, or the things are one."""
    links = list(links)
    claims = Counter(link.identifier for link in links if link.match in {"exact", "close"})
    shared = {identifier for identifier, count in claims.items() if count > 1}
    return [
        replace(link, match="proposed", why=f"{link.why}; other things match it too")
        if link.identifier in shared and link.match in {"exact", "close"}
        else link
        for link in links
    ]


def _compare(thing: Thing, candidate: Candidate) -> _Judged:
    country = candidate.country_agrees
    if country is None and thing.country and candidate.country:
        country = thing.country == candidate.country
    return _Judged(
        candidate=candidate,
        likeness=best_likeness(thing.texts, candidate.names),
        telling=best_likeness(thing.texts, candidate.names, telling=True),
        acronym=bool(set(thing.acronyms) & set(candidate.acronyms)),
        country=country,
        kind=bool(thing.types & candidate.types) if candidate.types else None,
    )


def _unite(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each entry once, with all that several answers say of it."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        known = found.get(candidate.identifier)
        if known is None:
            found[candidate.identifier] = candidate
            continue
        countries = {known.country, candidate.country} - {None}
        found[candidate.identifier] = replace(
            known,
            names=tuple(dict.fromkeys((*known.names, *candidate.names))),
            acronyms=tuple(dict.fromkeys((*known.acronyms, *candidate.acronyms))),
            types=known.types | candidate.types,
            country=countries.pop() if len(countries) == 1 else None,
            country_agrees=known.country_agrees or candidate.country_agrees,
            remark=known.remark or candidate.remark,
        )
    return list(found.values())
