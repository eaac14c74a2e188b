"""The words of structure pages: data/lexicons/<language>/structure.yaml, read once and made ready to match."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from migkg.errors import DataFileError
from migkg.resources import data_path
from migkg.text.normalize import fold
from migkg.text.tokens import tokenize

MEANINGS: frozenset[str] = frozenset(
    {"part", "report", "under", "comprise", "supervise", "member", "members", "headed", "heads", "chaired"}
    | {"chairs", "seat", "cooperate", "aside", "outside"}
)
_LISTS = """
abbreviations abolished_words acting_words and_words articles board_titles capital_only chair_titles copulas
definite deputy_words following_words former_words group_words grouping_labels head_titles honorifics links
lone_heads member_labels name_particles negations not_links numbers object_pronouns observer_words owner_heads
place_links planned_words plural_pronouns political_titles possessives post_modifiers prenominal pronouns
region_links region_words relatives representative_titles seat_titles section_words state_members vacant_words
verbs
"""
WORD_LISTS = tuple(_LISTS.split())
SPOTS = ("all_parts", "last_parts", "first_part", "one_seat")


class Phrases:
    """Phrases of one or more words, each with a value, found in a list of folded words; the longest one wins."""

    def __init__(self, values: Mapping[str, str] | Iterable[str]) -> None:
        pairs = values.items() if isinstance(values, Mapping) else ((v, v) for v in values)
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in pairs:
            words = tuple(word_list(phrase))
            if words:
                self._by_first.setdefault(words[0], []).append((words, fold(value) if value == phrase else value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[str], at: int) -> tuple[int, str] | None:
        """(number of words, value) of the longest phrase that begins at ``at``; ``None`` where there is none."""
        for phrase, value in self._by_first.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase), value
        return None

    def match_end(self, words: Sequence[str], end: int) -> tuple[int, str] | None:
        """The longest phrase whose last word stands before ``end``."""
        for start in range(max(0, end - 4), end):
            found = self.match(words, start)
            if found and start + found[0] == end:
                return found
        return None

    def find(self, words: Sequence[str]) -> tuple[int, int, str] | None:
        """(position, number of words, value) of the first phrase in ``words``."""
        for at in range(len(words)):
            found = self.match(words, at)
            if found:
                return at, *found
        return None

    def __contains__(self, text: str) -> bool:
        words = word_list(text)
        found = self.match(words, 0) if words else None
        return found is not None and found[0] == len(words)


def word_list(text: str) -> list[str]:
    """The folded words of a text, without punctuation; ``&`` counts as a word."""
    return [t.norm for t in tokenize(text) if t.norm[0].isalnum() or t.norm == "&"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of phrase that says how parts, posts and members stand to each other, with its examples."""

    id: str
    meaning: str
    pattern: re.Pattern[str]
    match: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StructureLexicon:
    """What is known about one language; each field is explained by the comments in its YAML file."""

    language: str
    head_first: bool
    lowercase_names: bool
    singular: Mapping[str, str]
    units: Phrases
    boards: Phrases
    plurals: Phrases
    outer: Phrases
    posts: Phrases
    lists: Mapping[str, Phrases]
    words: Mapping[str, frozenset[str]]
    columns: Mapping[str, str]
    turns: tuple[Turn, ...]
    spots: Mapping[str, re.Pattern[str]]
    templates: Mapping[str, str]
    instruments: tuple[Turn, ...]
    counterparts: Mapping[str, tuple[str, ...]]
    adjective: re.Pattern[str]
    seat_heads: frozenset[str]
    counts: Mapping[str, int]
    written: Mapping[str, str]
    endings: Mapping[str, str]
    feminine: Mapping[str, str]

    def make_singular(self, label: str) -> str:
        """A plural label as it goes into one name: "Regional Offices" becomes "Regional Office"."""
        words = label.split()
        folded = [fold(w) for w in words]
        for size in range(len(words), 0, -1):
            for at in range(len(words) - size + 1):
                one = self.singular.get(" ".join(folded[at : at + size]))
                if one is not None:
                    plain = [self.written[one], *(self._thin(w) for w in words[at + size :])]
                    text = " ".join([*words[:at], *plain])
                    return text[0].upper() + text[1:] if words[0][0].isupper() else text
        return label

    def plain_title(self, label: str) -> str:
        """A title without gender, so that "Jefa" and "Jefe" are one."""
        words = word_list(label)
        for i, word in enumerate(words):
            for ending, plain in self.feminine.items():
                if word.endswith(ending):
                    words[i] = word.removesuffix(ending) + plain
                    break
        return " ".join(words)

    def _thin(self, word: str) -> str:
        """An adjective after the head in the singular, by the endings that the language's file lists."""
        for many, one in self.endings.items():
            if word.endswith(many):
                return word.removesuffix(many) + one
        return word


@cache
def load_structure_lexicon(language: str) -> StructureLexicon:
    """The structure lexicon of a language (``en``, ``fr``, ``es``, or any other that has the file).

    Raises:
        DataFileError: the file is missing or does not have the expected form.
    """
    path = data_path(f"lexicons/{language}/structure.yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _build(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))
    except (OSError, KeyError, TypeError, AttributeError, ValueError, re.error, yaml.YAMLError) as error:
        raise DataFileError(f"{path}: {error!r}; compare it with data/lexicons/en/structure.yaml") from error


def _build(raw: dict[str, Any]) -> StructureLexicon:
    heads: dict[str, str] = raw["unit_heads"] | raw["board_heads"]
    singular = {fold(plural): fold(one) for one, plural in heads.items() if plural != one}
    lists = {name: [str(v) for v in raw.get(name, [])] for name in WORD_LISTS}
    groups = "|".join([*map(re.escape, singular), *map(fold, lists["group_words"])])
    return StructureLexicon(
        language=raw["language"],
        head_first=raw["head_position"] == "first",
        lowercase_names=bool(raw["lowercase_names"]),
        singular=singular,
        units=Phrases({h: fold(h) for h in heads}),
        boards=Phrases({h: fold(h) for h in raw["board_heads"]}),
        plurals=Phrases(singular),
        outer=Phrases({h: kind for kind, values in raw["outer_heads"].items() for h in values}),
        posts=Phrases({h: fold(h) for h in raw["post_heads"]}),
        lists={name: Phrases(values) for name, values in lists.items()},
        words={name: frozenset(map(fold, values)) for name, values in lists.items()},
        columns={fold(str(word)): role for role, values in raw["columns"].items() for word in values},
        turns=tuple(_turn(t, raw["inside_turns"]) for t in raw["turns"]),
        spots={s: compile_turn([p.replace("{groups}", f"(?:{groups})") for p in raw.get(s, [])]) for s in SPOTS},
        templates={name: raw[name] for name in ("group_name", "seat_name", "chair")},
        instruments=tuple(_instrument(i, n, raw["language"]) for n, i in enumerate(raw.get("instruments", []), 1)),
        counterparts={fold(k): tuple(map(fold, v)) for k, v in raw.get("counterparts", {}).items()},
        adjective=re.compile(raw.get("adjective", r"(?!)")),
        counts={fold(word): int(count) for word, count in raw["counts"].items()},
        seat_heads=frozenset(fold(h) for h in raw["seat_heads"]),
        written={fold(h): h for h in heads},
        endings=raw.get("plural_endings", {}),
        feminine={fold(many): fold(one) for many, one in raw.get("feminine_endings", {}).items()},
    )


def _turn(raw: dict[str, Any], inside: Sequence[str]) -> Turn:
    if raw["meaning"] not in MEANINGS:
        raise ValueError(f"unknown meaning {raw['meaning']} of {raw['id']}")
    pattern = compile_turn([raw["pattern"]], inside)
    return Turn(raw["id"], raw["meaning"], pattern, tuple(raw["match"]), tuple(raw["reject"]))


def _instrument(raw: dict[str, Any], number: int, language: str) -> Turn:
    """A pattern for the name of a law or agreement, in text as it stands."""
    pattern = re.compile(rf"(?<!\w)(?:{raw['pattern']})(?!\w)")
    return Turn(f"{language}-instrument-{number}", "instrument", pattern, tuple(raw["match"]), tuple(raw["reject"]))


def compile_turn(alternatives: Sequence[str], inside: Sequence[str] = ()) -> re.Pattern[str]:
    """One pattern for folded text, on word borders; a blank stands for any white space, accents do not matter.

    Args:
        inside: words that may stand at any blank of the pattern.
    """
    if not alternatives:
        return re.compile(r"(?!)")
    words = "|".join(fold(w).replace(" ", r"\s+") for w in inside)
    blank = rf"\s+(?:(?:{words})\s+)?" if words else r"\s+"
    plain = ["".join(c if c.isascii() else fold(c) for c in a).replace(" ", blank) for a in alternatives]
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{p})" for p in plain) + r")(?!\w)")
