"""Names as sets of concepts that are the same in every language: what is compared when two names are.

"Ministère vietnamien de la Sécurité publique" and "Viet Nam's Ministry of Public Security" are both the kind
*ministry*, the country VNM and the concepts *public* and *security*. The words stand in data/identity/concepts.csv, the
kinds in data/authorities/org_head_words.csv, countries, capitals and organisations in the authority tables.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from migkg.errors import DataFileError
from migkg.lexicon.gazetteer import Entry, Hit, load_gazetteer, read_table
from migkg.model.identifiers import fold_words
from migkg.resolve.names import read_settings, word_set
from migkg.resolve.towns import find_town
from migkg.resources import data_path
from migkg.text.normalize import fold

_LONGEST = 4
_TOWN = 5  # letters; shorter names of towns are too often words of another language
_WORDS = re.compile(r"[\w-]+")
_LIGHT, _KIND, _MISSION, _CONCEPT, _WORD = 0.4, 0.6, 0.2, 1.0, 1.2


@dataclass(frozen=True, slots=True)
class Concepts:
    """What a name says.

    Attributes:
        weights: weight by concept: ``security``, ``kind:ministry``, ``body:iom``, ``place:capital:VNM``, ``=kaguta``
            (a word that no table has).
        kinds: the kinds of body or event in the name, without those of the body above.
        countries: ISO 3166-1 alpha-3 codes of the countries that it names.
        bodies: keys of the organisations that it names.
        places: keys of the capitals that it names.
        above: concepts of the body that it names as its superior.
    """

    weights: dict[str, float]
    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()

    @property
    def proper(self) -> bool:
        """Whether something in it can tell it apart: an own word, an organisation, a capital."""
        return any(concept[0] == "=" or concept.startswith(("body:", "place:")) for concept in self.weights)


@lru_cache(maxsize=20_000)
def read_concepts(name: str, language: str) -> Concepts:
    """The concepts of a name.

    Args:
        language: of the text that it stands in; words of other languages are understood where its own has none.
    """
    names, rest = _take_names(name, language)
    words = [word for word in fold_words(rest) if word not in word_set("dropped")]
    weights: dict[str, float] = {}
    above: set[str] = set()
    kinds: set[str] = set()
    superior = False
    for concept in _read_words(words, language):
        is_kind = concept.startswith("kind:")
        if is_kind and weights and concept[5:] in word_set("superior"):
            superior = True
        if superior:
            above.add(concept)
        elif is_kind:
            kinds.add(concept[5:])
            weights[concept] = _MISSION if concept[5:] in word_set("mission") and names["body"] else _KIND
        else:
            weights[concept] = _weigh(concept)
    weights |= {f"body:{key}": _CONCEPT for key in names["body"]}
    weights |= {f"place:{key}": _CONCEPT for key in names["place"]}
    found = {part: frozenset(names[part]) for part in ("country", "body", "place")}
    return Concepts(weights, frozenset(kinds), found["country"], found["body"], found["place"], frozenset(above))


def likeness(left: dict[str, float], right: dict[str, float]) -> float:
    """Share of two weighted sets that they have in common (Dice), 0 to 1; kinds that stand for one another count half.

    Two empty sets have nothing in common.
    """
    total = sum(left.values()) + sum(right.values())
    if not total:
        return 0.0
    common = sum(min(weight, right[concept]) for concept, weight in left.items() if concept in right)
    mine, theirs = ([c for c in one if c.startswith("kind:") and c not in two] for one, two in _both(left, right))
    alike = [(a, b) for a in mine for b in theirs if are_alike(a[5:], b[5:])]
    if alike:
        common += min(left[alike[0][0]], right[alike[0][1]]) / 2
    return min(1.0, 2 * common / total)


def _both(left: dict[str, float], right: dict[str, float]) -> tuple[tuple[dict[str, float], dict[str, float]], ...]:
    return (left, right), (right, left)


def are_alike(left: str, right: str) -> bool:
    """Whether two kinds stand for one another in the names of one thing."""
    return left == right or any(left in group and right in group for group in _alike())


def _take_names(name: str, language: str) -> tuple[dict[str, set[str]], str]:
    """The countries, organisations and capitals that a name holds, and what is left of it."""
    found: dict[str, set[str]] = {"country": set(), "body": set(), "place": set()}
    left = list(name)
    folded = fold(name)
    hits = load_gazetteer().find(name, folded, language) if len(folded) == len(name) else []
    for start, end, entry in _choose(hits, name, language):
        if entry.kind in {"country", "adjective", "nationals"} and entry.country:
            found["country"].add(entry.country)
        elif entry.kind == "capital":
            found["place"].add(entry.key)
        elif entry.kind == "organisation":
            found["body"].add(entry.key)
        else:
            continue
        left[start:end] = " " * (end - start)
    return found, "".join(left)


def _choose(hits: list[Hit], name: str, language: str) -> Iterator[tuple[int, int, Entry]]:
    """What the names in a name stand for. Names that are read word for word give the names inside them."""
    for hit in hits:
        entry = min(hit.entries, key=lambda e: (e.kind != "country", e.kind == "organisation", e.key))
        several = len({e.key for e in hit.entries}) > 1 and entry.kind == "organisation"
        # A whole name that a table has, or that of a body of some country ("Ministry for Foreign Affairs"), is words.
        whole = hit.end - hit.start >= len(name.strip()) and " " in name.strip()
        worded = entry.kind == "organisation" and not entry.acronym and (whole or entry.country is not None)
        if not (several or worded):
            yield hit.start, hit.end, entry
            continue
        words = list(_WORDS.finditer(name, hit.start, hit.end))
        for size in range(min(3, len(words) - 1), 0, -1):
            for first in range(len(words) - size + 1):
                start, end = words[first].start(), words[first + size - 1].end()
                inner = [e for e in load_gazetteer().lookup(name[start:end]) if _is_plain(e, name[start:end], language)]
                if len({e.key for e in inner}) == 1:
                    yield start, end, inner[0]


def _is_plain(entry: Entry, text: str, language: str) -> bool:
    """Whether an entry inside a longer name is meant there."""
    if entry.languages and language not in entry.languages:
        return False
    if entry.acronym:
        return text.isupper()
    return text[:1].isupper() or entry.kind in {"adjective", "nationals"}


def _read_words(words: list[str], language: str) -> Iterator[str]:
    """The concepts of some words in order, the longest forms first."""
    position = 0
    while position < len(words):
        for length in range(min(_LONGEST, len(words) - position), 0, -1):
            concept = _find(tuple(words[position : position + length]), language)
            if concept:
                yield concept
                position += length
                break
        else:
            word = words[position]
            town = find_town(word) if len(word) >= _TOWN else None
            yield f"={town}" if town else "=" + (word[:-1] if len(word) > 4 and word.endswith("s") else word)
            position += 1


@lru_cache(maxsize=50_000)
def _find(words: tuple[str, ...], language: str) -> str | None:
    """The kind or concept that some words are, in this language before others."""
    tables = _forms()
    for code in sorted(tables, key=lambda code: (code != language, code)):
        exact, open_ended = tables[code]
        if words in exact:
            return exact[words]
        for pattern, concept in open_ended.get((len(words), words[0][:2]), ()):
            if all(_fits(form, word) for form, word in zip(pattern, words, strict=True)):
                return concept
    return None


def _fits(form: str, word: str) -> bool:
    return word.startswith(form[:-1]) if form.endswith("*") else word == form


Forms = tuple[dict[tuple[str, ...], str], dict[tuple[int, str], list[tuple[tuple[str, ...], str]]]]


@cache
def _forms() -> dict[str, Forms]:
    """By language: exact forms, and those with open endings by number of words and first letters."""
    tables: dict[str, Forms] = {}
    for language, form, concept in (*_kind_forms(), *_concept_forms()):
        exact, open_ended = tables.setdefault(language, ({}, {}))
        words = tuple(
            folded + ("*" if word.endswith("*") else "")
            for word in form.split()
            for folded in fold_words(word)
            if folded not in word_set("dropped")
        )
        if not words:
            continue
        if any(word.endswith("*") for word in words):
            open_ended.setdefault((len(words), words[0][:2]), []).append((words, concept))
        else:
            exact.setdefault(words, concept)
    for _, open_ended in tables.values():
        for patterns in open_ended.values():
            patterns.sort(key=lambda entry: (-sum(map(len, entry[0])), entry))
    return tables


def _kind_forms() -> Iterator[tuple[str, str, str]]:
    for row in read_table("org_head_words"):
        cells = (row[column] for column in ("head_word", "other_forms", "plural_forms"))
        for form in (value.strip() for cell in cells for value in cell.split("|")):
            if form and row["concept"] not in read_settings("not_kinds") and not _is_word(form):
                yield row["lang"], form, f"kind:{row['concept']}"


def _is_word(form: str) -> bool:
    return " ".join(fold_words(form)) in read_settings("not_kind_words")


def _concept_forms() -> Iterator[tuple[str, str, str]]:
    path = data_path("identity") / "concepts.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    except OSError as error:
        raise DataFileError(f"{path}: {error}") from error
    for row in rows:
        for language in row.keys() - {"concept"}:
            for form in (row[language] or "").split("|"):
                yield language, form.strip(), row["concept"]


def _weigh(concept: str) -> float:
    if concept.startswith("="):
        return _WORD
    return _LIGHT if concept.removeprefix("kind:") in read_settings("light") else _CONCEPT


@cache
def _alike() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in read_settings("alike"))
