"""What became of the units of an organisation between two pages: created, renamed, moved, abolished, or not told.

A page that says less than the other tells of no end. So a unit counts as abolished only where the later page still
lists others beside it, as created only where the earlier one did; what is not shown that way is "unlisted" or "newly
listed".
How the limits are set: data/reorganisation.yaml and docs/decisions/0049-between-two-pages.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from migkg.errors import DataFileError
from migkg.model.identifiers import fold_words
from migkg.network.evidence import Claim
from migkg.network.snapshots import Part, Snapshot
from migkg.resolve.names import is_generic, plain_name
from migkg.resources import data_path

KINDS = ("created", "renamed", "moved", "abolished", "newly listed", "unlisted")
CLAIMED = KINDS[:4]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What became of one unit.

    Attributes:
        kind: one of ``KINDS``; of the last two nothing is claimed.
        old, new: the unit on the earlier and on the later page.
        old_parent, new_parent: what it stands under there.
        confidence: 0 to 1, set by hand (see the data file); ``None`` where nothing is claimed.
        why: the signs, each a word of the interface.
        before, after: the claims of either page that it rests on.
    """

    kind: str
    old: Part | None
    new: Part | None
    old_parent: Part | None
    new_parent: Part | None
    confidence: float | None
    why: tuple[str, ...]
    before: tuple[Claim, ...]
    after: tuple[Claim, ...]


def compare_snapshots(old: Snapshot, new: Snapshot) -> list[UnitChange]:
    """What became of each unit that is not the same on both pages, by kind and name.

    Args:
        old, new: the same organisation on an earlier and on a later page.

    Raises:
        DataFileError: data/reorganisation.yaml is malformed.
    """
    pairs, signs = _match(old, new)
    changes = list(_renamed(old, new, pairs, signs))
    back = {late: early for early, late in pairs.items()}
    lost, come = _fates(old, new, pairs), _fates(new, old, back)
    changes += [_ended(old, new, iri, why, pairs, "abolished", "unlisted") for iri, why in lost.items()]
    changes += [_ended(new, old, iri, why, back, "created", "newly listed") for iri, why in come.items()]
    changes += _moved(old, new, pairs, lost, come)
    return sorted(changes, key=lambda change: (KINDS.index(change.kind), *_order(change)))


def _order(change: UnitChange) -> tuple[str, str]:
    part = change.new or change.old
    return (part.name, part.iri) if part else ("", "")


def _match(old: Snapshot, new: Snapshot) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """The units that are one on both pages, and the signs by which those with another name are."""
    pairs, signs = {old.root: new.root}, dict[str, tuple[str, ...]]()
    for iri in old.parts.keys() & new.parts.keys() - {old.root, new.root}:
        pairs[iri] = iri
    while True:
        known = len(pairs)
        _pair_names(old, new, pairs)
        if len(pairs) == known:
            _pair_renamed(old, new, pairs, signs)
        if len(pairs) == known:
            return pairs, signs


def _pair_names(old: Snapshot, new: Snapshot, pairs: dict[str, str]) -> None:
    """Units of one name under the same parent; failing that, of a name that stands on each page once."""
    for with_parent in (True, False):
        left, right = (
            _by_name(old, pairs, set(pairs), with_parent),
            _by_name(new, None, set(pairs.values()), with_parent),
        )
        for key, units in left.items():
            others = right.get(key, [])
            if len(units) == 1 and len(others) == 1:
                pairs[units[0].iri] = others[0].iri


def _by_name(
    side: Snapshot, pairs: dict[str, str] | None, taken: set[str], with_parent: bool
) -> dict[tuple[str, str | None], list[Part]]:
    found: dict[tuple[str, str | None], list[Part]] = {}
    for part in side.parts.values():
        if part.iri not in taken:
            parent = part.parent if pairs is None else pairs.get(part.parent or "")
            if parent or not with_parent:
                key = (plain_name(part.name) or part.name, parent if with_parent else None)
                found.setdefault(key, []).append(part)
    return found


def _pair_renamed(old: Snapshot, new: Snapshot, pairs: dict[str, str], signs: dict[str, tuple[str, ...]]) -> None:
    """The best founded pair of units with different names in the same place, if there is one."""
    taken = set(pairs.values())
    found = []
    for left in old.parts.values():
        for right in new.parts.values():
            if left.iri in pairs or right.iri in taken or pairs.get(left.parent or "") != right.parent:
                continue
            shown = tuple(_signs(left, right, pairs))
            if {"parts", "acronym"} & set(shown) or {"head", "name"} <= set(shown):
                found.append((-len(shown), left.name, right.name, left.iri, right.iri, shown))
    if found:
        *_, early, late, shown = min(found)
        pairs[early], signs[early] = late, shown


def _signs(left: Part, right: Part, pairs: dict[str, str]) -> Iterator[str]:
    settings = _settings()
    common = {pairs.get(part) for part in left.parts} & right.parts
    longest = max(len(left.parts), len(right.parts))
    if len(common) >= settings["least_parts"] and len(common) >= settings["share_of_parts"] * longest:
        yield "parts"
    if left.heads & right.heads:
        yield "head"
    if left.acronyms & right.acronyms:
        yield "acronym"
    ours, theirs = _words(left.name), _words(right.name)
    if ours and theirs and (ours <= theirs or theirs <= ours or len(ours & theirs) >= len(ours | theirs) / 2):
        yield "name"


@cache
def _words(name: str) -> frozenset[str]:
    """The words of a name that say which unit is meant: no "department", no "of"."""
    return frozenset(word for word in plain_name(name).split() if not is_generic(word))


def _renamed(
    old: Snapshot, new: Snapshot, pairs: dict[str, str], signs: dict[str, tuple[str, ...]]
) -> Iterator[UnitChange]:
    for early, late in pairs.items():
        left, right = old.parts[early], new.parts[late]
        by_address = early == late and plain_name(left.name) != plain_name(right.name) and early != old.root
        if early in signs or by_address:
            why = signs.get(early, ("identity",))
            kind = "renamed" if len(why) > 1 or by_address else "renamed_one_sign"
            yield _change("renamed", left, right, old, new, kind, why)


def _fates(here: Snapshot, there: Snapshot, pairs: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Units that only this page has, in the order of the page; with why nothing can be said, where that is so."""
    found: dict[str, tuple[str, ...]] = {}
    listed = [part for part in here.parts.values() if _has_list(there, pairs.get(part.parent or ""))]
    covered = sum(part.iri in pairs for part in listed) >= _settings()["least_share"] * len(listed)
    deepest = max(part.level for part in there.parts.values())
    for part in here.parts.values():
        if part.iri in pairs or part.parent is None:
            continue
        above = pairs.get(part.parent)
        if not covered:
            found[part.iri] = ("too few",)
        elif above:
            beside = there.parts[above].parts
            known = {pairs[sibling] for sibling in here.parts[part.parent].parts if sibling in pairs}
            if not beside & known:
                found[part.iri] = ("no list",)
            else:
                found[part.iri] = ("open list",) if any(_is_open(there.parts[iri]) for iri in beside) else ()
        else:
            found[part.iri] = found.get(part.parent, ()) or (() if part.level <= deepest else ("no list",))
    return found


def _is_open(part: Part) -> bool:
    words = f" {' '.join(word for claim in part.claims for word in fold_words(claim.quote))} "
    return any(f" {phrase} " in words for phrase in _open_words())


def _ended(
    here: Snapshot,
    there: Snapshot,
    iri: str,
    why: tuple[str, ...],
    pairs: dict[str, str],
    claimed: str,
    unclaimed: str,
) -> UnitChange:
    """A unit that only one page has; the claims of the other page are those of what it lists in the place."""
    part = here.parts[iri]
    above = there.parts.get(pairs.get(part.parent or "", ""))
    beside = sorted(above.parts) if above else []
    others = tuple(claim for one in beside for claim in there.parts[one].claims)
    sure = None if why else _sureness(claimed, part.claims, others)
    kind = unclaimed if why else claimed
    parent = here.parts.get(part.parent or "")
    if claimed == "abolished":
        return UnitChange(kind, part, None, parent, above, sure, why or ("gone",), part.claims, others)
    return UnitChange(kind, None, part, above, parent, sure, why or ("new",), others, part.claims)


def _moved(
    old: Snapshot,
    new: Snapshot,
    pairs: dict[str, str],
    lost: dict[str, tuple[str, ...]],
    come: dict[str, tuple[str, ...]],
) -> Iterator[UnitChange]:
    back = {late: early for early, late in pairs.items()}
    for early, late in pairs.items():
        left, right = old.parts[early], new.parts[late]
        if left.parent is None or right.parent is None or pairs.get(left.parent) == right.parent:
            continue
        # A parent that one page does not show, or a level that it leaves out, is no move.
        told = _has_list(new, pairs.get(left.parent)) if left.parent in pairs else lost.get(left.parent) == ()
        was = _has_list(old, back.get(right.parent)) if right.parent in back else come.get(right.parent) == ()
        if told and was:
            yield _change("moved", left, right, old, new, "moved", ("place",))


def _has_list(side: Snapshot, iri: str | None) -> bool:
    return bool(iri and side.parts[iri].parts)


def _change(
    kind: str, left: Part, right: Part, old: Snapshot, new: Snapshot, rule: str, why: tuple[str, ...]
) -> UnitChange:
    parents = (old.parts.get(left.parent or ""), new.parts.get(right.parent or ""))
    sure = _sureness(rule, left.claims, right.claims)
    return UnitChange(kind, left, right, *parents, sure, why, left.claims, right.claims)


def _sureness(rule: str, before: Iterable[Claim], after: Iterable[Claim]) -> float:
    limit = float(_settings()["confidence"][rule])
    for claims in (before, after):
        limit = min(limit, max((claim.confidence for claim in claims if claim.confidence is not None), default=limit))
    return round(limit, 4)


@cache
def _open_words() -> tuple[str, ...]:
    return tuple(" ".join(fold_words(words)) for listed in _settings()["open_lists"].values() for words in listed)


@cache
def _settings() -> dict[str, Any]:
    path = data_path("reorganisation.yaml")
    try:
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
        float(settings["least_share"]), dict(settings["confidence"]), dict(settings["open_lists"])
    except (OSError, yaml.YAMLError, TypeError, KeyError, ValueError) as error:
        raise DataFileError(f"data/reorganisation.yaml: is not as it should be: {error}") from error
    assert isinstance(settings, dict)
    return settings
