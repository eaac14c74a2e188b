"""The words that show themes: the names of the table of themes and the reviewed words of each language.

Words are compared without their plural ending, so that one entry finds "border post" and "border posts". A form may
stand for one concept only: of two concepts with one name the one of the first scheme has it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from migkg.errors import DataFileError
from migkg.lexicon.gazetteer import read_table
from migkg.lexicon.language import load_language, read_yaml
from migkg.resources import data_path
from migkg.text.normalize import fold

# Schemes from the one that is closest to what releases speak of.
SCHEMES = ("iom-thematic-area", "gcm-objective", "sdg-target", "oecd-dac-purpose")
KEYS = frozenset({"silent", "words", "weak"})
_WORD = re.compile(r"[^\W_]+|[^\s\w'-]")
_SHORT = 3  # a word of three letters or fewer has no plural ending to lose


@dataclass(frozen=True, slots=True)
class ThemeHit:
    """A word at ``text[start:end]`` that shows a theme; a weak one only strengthens what another word shows."""

    start: int
    end: int
    code: str
    weak: bool


@dataclass(frozen=True, slots=True)
class _Form:
    code: str
    weak: bool
    acronym: str | None

    def fits(self, surface: str) -> bool:
        """Whether the words of the text are this form; an acronym must be written as one."""
        return self.acronym is None or surface in (self.acronym, self.acronym + "s")


class ThemeWords:
    """All words of one language that show a theme, in one automaton."""

    def __init__(self, language: str, forms: dict[str, list[_Form]]) -> None:
        self._language = language
        patterns = sorted(forms)
        self._forms = [forms[pattern] for pattern in patterns]
        self._automaton = AhoCorasick(patterns)

    def find(self, text: str, folded: str) -> list[ThemeHit]:
        """Longest words first, none overlapping, in text order.

        Args:
            text: the document.
            folded: ``fold(text)``.
        """
        stream, places, offsets = _reduce(folded, self._language)
        hits = []
        for index, start, end in self._automaton.find_matches_as_indexes(stream, overlapping=True):
            first = offsets[bisect_right(places, start + 1) - 1]
            last = offsets[bisect_right(places, end - 2) - 1]
            surface = text[first[0] : last[1]]
            form = next((form for form in self._forms[index] if form.fits(surface)), None)
            if form is not None:
                hits.append(ThemeHit(first[0], last[1], form.code, form.weak))
        hits.sort(key=lambda hit: (hit.start - hit.end, hit.start))
        covered = bytearray(len(text))
        taken = []
        for hit in hits:
            if not any(covered[hit.start : hit.end]):
                covered[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
                taken.append(hit)
        return sorted(taken, key=lambda hit: hit.start)


def _reduce(folded: str, language: str) -> tuple[str, list[int], list[tuple[int, int]]]:
    """Words without plural endings between spaces, where each begins in that stream, and its offsets in the text.

    Hyphens and apostrophes only part words; other signs stay, so that no phrase reaches over them.
    """
    parts, places, offsets = [], [], []
    place = 1
    for found in _WORD.finditer(folded):
        word = _singular(found.group(), language)
        places.append(place)
        offsets.append(found.span())
        parts.append(word)
        place += len(word) + 1
    return f" {' '.join(parts)} ", places, offsets


def _singular(word: str, language: str) -> str:
    """A folded word without its plural ending; both numbers of a word come out the same, not always as a word."""
    if len(word) <= _SHORT or word[-1] not in "sx":
        return word
    for ending, instead in load_language(language).singular:
        singular, changed = ending.subn(instead, word)
        if changed:
            return singular
    return word


@cache
def load_theme_words(language: str) -> ThemeWords:
    """The words of one language: those of the table, and those of ``data/lexicons/<language>/themes.yaml``.

    Raises:
        DataFileError: the file is missing or malformed, or names a concept that is not in the table.
    """
    path = data_path("lexicons") / language / "themes.yaml"
    content = read_yaml(path)
    if set(content) != KEYS or not isinstance(content["silent"], list):
        raise DataFileError(f"{path}: the keys silent (a list), words and weak (code: list of words) are expected")
    rows = {row["code"]: row for row in read_table("migration_themes")}
    rank = {scheme: number for number, scheme in enumerate(SCHEMES)}
    silent = {_pattern(word, language) for word in content["silent"]}
    forms: dict[str, list[_Form]] = {}
    for key in ("words", "weak"):
        if not isinstance(content[key], dict):
            raise DataFileError(f"{path}: {key}: a mapping from code to words is expected")
        for code, words in content[key].items():
            if code not in rows or not isinstance(words, list):
                raise DataFileError(f"{path}: {key}: {code}: no code of migration_themes.csv with a list of words")
            for word in words:
                _add(forms, str(word), language, _Form(code, key == "weak", _acronym(str(word))))
    for row in sorted(rows.values(), key=lambda row: rank[row["scheme"]]):
        for word in _table_words(row, language):
            if _pattern(word, language) not in silent:
                _add(forms, word, language, _Form(row["code"], False, _acronym(word)))
    return ThemeWords(language, forms)


def _add(forms: dict[str, list[_Form]], word: str, language: str, form: _Form) -> None:
    """Note a form, unless one that was noted before takes the same words; "MIDA" and "MIDAS" differ by capitals."""
    known = forms.setdefault(_pattern(word, language), [])
    if not any(other.acronym in (None, form.acronym) for other in known):
        known.append(form)


def _table_words(row: dict[str, str], language: str) -> Iterator[str]:
    yield from filter(None, (row.get(f"name_{language}"), row.get(f"short_{language}")))
    yield from filter(None, (word.strip() for word in row.get(f"synonyms_{language}", "").split("|")))


def _pattern(word: str, language: str) -> str:
    return _reduce(fold(word), language)[0]


def _acronym(word: str) -> str | None:
    """The word, if it is written in capitals."""
    return word if " " not in word and sum(character.isupper() for character in word) >= 2 else None
