"""How alike two names are, and which of many things a name may be: for links to registers."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from migkg.resolve.names import is_generic, plain_name

# Below this, two names are not even proposed as one.
LIKE = 0.85
# Things that are compared with one name; a name made of common words only would be compared with too many.
_MOST_COMPARED = 50


def compare_names(one: str, other: str) -> float:
    """Likeness of two names, 0 to 1: 1 only when their words are the same, in order, apart from case, accents,
    articles and prepositions.

    Otherwise the normalised indel similarity of the sorted words (``rapidfuzz.fuzz.token_sort_ratio``), just below 1.
    """
    left, right = plain_name(one), plain_name(other)
    if left == right:
        return 1.0 if left else 0.0
    return min(fuzz.token_sort_ratio(left, right) / 100, 0.99)


def best_likeness(ones: Iterable[str], others: Iterable[str], telling: bool = False) -> float:
    """Likeness of the two most alike names of two things. A head word alone ("Foundation") is no name here.

    Args:
        telling: leave out names that many bodies bear, each in its country ("National Police").
    """
    left = [name for name in ones if not _is_common(name, telling)]
    right = [name for name in others if not _is_common(name, telling)]
    return max((compare_names(one, other) for one in left for other in right), default=0.0)


def _is_common(name: str, many_words: bool = False) -> bool:
    return is_generic(name) and (many_words or " " not in plain_name(name))


class NameIndex:
    """Finds the things that a name may stand for, among very many, by the rarest word that they share."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        """Index the names of things, each with the number of its thing."""
        self._things: defaultdict[str, set[int]] = defaultdict(set)
        self._plain: defaultdict[str, set[int]] = defaultdict(set)
        for thing, name in names:
            if _is_common(name):
                continue
            plain = plain_name(name)
            self._plain[plain].add(thing)
            for word in plain.split():
                self._things[word].add(thing)

    def find(self, name: str) -> set[int]:
        """The things worth comparing with a name: those of the same plain name, and those that share rare words."""
        plain = plain_name(name)
        found = set(self._plain.get(plain, ()))
        shared = Counter[int]()
        words = [word for word in dict.fromkeys(plain.split()) if word in self._things]
        for word in sorted(words, key=lambda word: (len(self._things[word]), word)):
            if len(self._things[word]) > _MOST_COMPARED and shared:
                break
            shared.update(sorted(self._things[word])[:_MOST_COMPARED])
        enough = [thing for thing, count in shared.items() if 2 * count >= len(plain.split())]
        return found | set(sorted(enough, key=lambda thing: (-shared[thing], thing))[:_MOST_COMPARED])
