"""Which forms are one thing: a function of the links and verdicts of one connected group of forms, and of nothing else.

So whatever else is in a store, and in whatever order it came, has no influence, and adding documents gives the same
result as resolving all of them at once.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from migkg.model.identity import Link
from migkg.resolve.forms import is_known

Pair = tuple[str, str]
Conflict = Callable[[str, str], bool]


def find_components(forms: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """The forms that hang together by some pairs: sorted lists, in the order of their first form."""
    leaders: dict[str, str] = {form: form for form in forms}

    def lead(form: str) -> str:
        while leaders[form] != form:
            leaders[form] = leaders[leaders[form]]
            form = leaders[form]
        return form

    for left, right in pairs:
        one, other = lead(left), lead(right)
        leaders[max(one, other)] = min(one, other)
    groups: dict[str, list[str]] = defaultdict(list)
    for form in sorted(leaders):
        groups[lead(form)].append(form)
    return [groups[leader] for leader in sorted(groups)]


def cluster(
    forms: Collection[str],
    links: Iterable[Link],
    together: Iterable[Pair],
    apart: Collection[Pair],
    in_conflict: Conflict,
) -> dict[str, str]:
    """The thing of each form of one component: its IRI in the graph.

    People's verdicts come first, then the links from the surest on; two clusters are joined only where no form of the
    one is in conflict with, or set apart from, a form of the other.

    Args:
        forms: of one component.
        links: between them, with the decision ``same``.
        together, apart: verdicts, free of contradictions.
        in_conflict: whether two forms can never be one thing.
    """
    clusters: dict[str, frozenset[str]] = {form: frozenset({form}) for form in forms}
    barred = {frozenset(pair) for pair in apart}

    def join(left: str, right: str) -> None:
        joined = clusters[left] | clusters[right]
        for form in joined:
            clusters[form] = joined

    def may_join(left: str, right: str, ruled: bool) -> bool:
        pairs = [(a, b) for a in clusters[left] for b in clusters[right]]
        if any(frozenset(pair) in barred for pair in pairs):
            return False
        return ruled or not any(in_conflict(a, b) for a, b in pairs)

    for left, right in sorted(together):
        if clusters[left] is not clusters[right] and may_join(left, right, ruled=True):
            join(left, right)
    for link in sorted(links, key=lambda link: (-link.score, link.left, link.right)):
        if clusters[link.left] is not clusters[link.right] and may_join(link.left, link.right, ruled=False):
            join(link.left, link.right)
    return {form: name_thing(members) for form, members in clusters.items()}


def name_thing(forms: Iterable[str]) -> str:
    """The IRI of the thing that some forms are: that of a table where one has it, else the first."""
    return min(forms, key=lambda form: (not is_known(form), form))


def pairs_within(forms: Collection[str], pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs both of whose ends are among some forms."""
    return [pair for pair in pairs if pair[0] in forms and pair[1] in forms]


def share_pairs(components: Iterable[Iterable[str]], pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    """The pairs of each component, by its first form; in one pass, however many components there are.

    Args:
        components: lists of forms, none in two of them.
        pairs: those whose ends are not in one component are left out.
    """
    first_of = {form: component[0] for component in map(list, components) for form in component}
    shared: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        first = first_of.get(pair[0])
        if first is not None and first == first_of.get(pair[1]):
            shared[first].append(pair)
    return shared
