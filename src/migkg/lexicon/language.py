"""What is known about one language: the files of ``data/lexicons/<code>/``, checked and folded once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from migkg.errors import DataFileError
from migkg.resources import data_path
from migkg.text.normalize import fold
from migkg.text.tokens import Token, tokenize

Words = frozenset[str]


class Phrases(dict[tuple[str, ...], str]):
    """Phrases by their folded token forms, with what each stands for (itself, or a type).

    Attributes:
        longest: for each token that begins a phrase, the number of tokens of the longest one. Most tokens of a text
            begin none, and one look says so.
    """

    def __init__(self, phrases: Mapping[tuple[str, ...], str]) -> None:
        super().__init__(phrases)
        self.longest: dict[str, int] = {}
        for phrase in phrases:
            self.longest[phrase[0]] = max(len(phrase), self.longest.get(phrase[0], 0))


@dataclass(frozen=True, slots=True)
class Language:
    """The closed classes and head words of one language; every form is folded (see ``text.normalize.fold``).

    Phrases are tuples of token forms, so that they can be compared with the tokens of a text.
    """

    code: str
    words: dict[str, Words]
    phrases: dict[str, Phrases]
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    accents: dict[str, frozenset[str]]
    prepositions: dict[str, str]
    money_kinds: dict[str, str]
    government_label: str
    unit_label: str
    head_first: bool
    plural_endings: dict[str, str]
    endings: dict[str, tuple[str, ...]]
    adjective: re.Pattern[str]
    early: re.Pattern[str]
    contractions: dict[str, str]
    singular: tuple[tuple[re.Pattern[str], str], ...]
    decimal: str
    lower_names: frozenset[str]

    def has(self, word_class: str, form: str) -> bool:
        """Whether the folded form belongs to a closed class (``articles``, ``locative`` …)."""
        return form in self.words[word_class]

    def ends(self, form: str, word_class: str) -> bool:
        """Whether a word in small letters has one of the endings of a class (``verb_endings`` …)."""
        return form.endswith(self.endings[word_class])

    def accented(self, token: Token) -> bool:
        """Whether the token is a word that only its accent tells from another ("à", not "a")."""
        return token.text.lower() in self.accents.get(token.norm, frozenset())

    def spelled(self, token: Token) -> bool:
        """Whether a form that the lexicon writes with an accent to tell it from another word has it ("traité")."""
        return token.norm not in self.accents or token.text.isupper() or self.accented(token)


WORD_CLASSES = (
    "abbreviations", "articles", "definite", "indefinite", "connectors", "list_prefixes", "insertions", "pronouns",
    "locative", "today", "yesterday", "tomorrow", "range_words", "unit_prepositions", "capital_words", "negation",
    "undecided", "genitive", "located", "states", "auxiliaries", "relatives", "future", "others", "demonstratives",
    "plural_articles", "country_links", "class_nouns", "general_words", "national_only", "capital_heads", "fields",
    "durations", "relation_nouns", "continents", "possession",
    "gifts", "asides",
)  # fmt: skip
GRAMMAR_CLASSES = (
    "complement_links", "complement_ends", "further_links", "field_words", "post_links", "name_articles",
    "leading_articles", "joined_articles", "completion_links",
    "place_prepositions", "list_place_prepositions", "place_list_words", "before_heads",
    "name_joints", "town_prepositions", "purpose", "mission_prepositions", "inner_prepositions",
    "outward_prepositions", "outward_places", "national_words", "company_suffixes", "company_limits", "people_heads",
    "language_prepositions", "name_inner", "possessives", "infinitive", "paper_nouns", "singular_nouns", "travelling",
    "never_people", "clause_openers", "clause_joints", "name_breaks", "early_adjectives", "early_stems", "dative",
    "dative_nouns",
)  # fmt: skip
ENDINGS = ("verb_endings", "infinitive_endings", "participle_endings")
PHRASE_CLASSES = ("of", "and", "jointly", "through", "adverbs")
HEAD_CLASSES = (
    "officials", "government", "programmes", "instruments", "named_instruments", "places", "named_by", "posts",
    "post_modifiers", "former", "no_heads", "also_called", "mission_posts", "government_posts", "honorifics", "speech",
    "generic", "named_programmes", "activities", "response", "echoes", "no_people", "compounds", "contact_words",
    "personal", "envoys", "event_parts", "local_posts",
)  # fmt: skip


def languages() -> tuple[str, ...]:
    """Codes of the languages that have a folder, sorted."""
    return tuple(sorted(p.name for p in data_path("lexicons").iterdir() if (p / "language.yaml").is_file()))


@cache
def load_language(code: str) -> Language:
    """Load and check the folder of one language.

    Raises:
        DataFileError: a file is missing or malformed; the message names the file and the key.
    """
    folder = data_path("lexicons") / code
    closed, heads = read_yaml(folder / "language.yaml"), read_yaml(folder / "heads.yaml")
    grammar = read_yaml(folder / "grammar.yaml")
    words = {key: _words(closed, key, folder / "language.yaml") for key in WORD_CLASSES}
    words |= {key: _words(grammar, key, folder / "grammar.yaml") for key in GRAMMAR_CLASSES}
    phrases = {key: _phrases(closed, key, folder / "language.yaml") for key in PHRASE_CLASSES}
    phrases |= {key: _phrases(heads, key, folder / "heads.yaml") for key in HEAD_CLASSES}
    phrases["organisations"] = _typed(heads, "organisations", folder / "heads.yaml")
    phrases["events"] = _typed(heads, "events", folder / "heads.yaml")
    phrases["kinds"] = _typed(heads, "kinds", folder / "heads.yaml")
    for key in ("national", "references", "aliases"):
        phrases[key] = Phrases({split_phrase(k): str(v) for k, v in heads.get(key, {}).items()})
    described = ("events", "echoes", "instruments", "programmes")
    phrases["described"] = Phrases({phrase: "" for key in described for phrase in phrases[key]})
    phrases["any_organisation"] = Phrases(phrases["organisations"] | phrases["national"])
    return Language(
        code=code,
        words=words,
        phrases=phrases,
        months={fold(k): int(v) for k, v in closed["months"].items()},
        weekdays={fold(k): int(v) for k, v in closed["weekdays"].items()},
        numbers={fold(k): int(v) for k, v in closed["numbers"].items()},
        accents=_accents(closed.get("accents", [])),
        money_kinds={" ".join(split_phrase(w)): k for k, words in closed["money_kinds"].items() for w in words},
        prepositions={fold(w): str(kind) for kind, words in closed["prepositions"].items() for w in words},
        government_label=closed["government_label"],
        unit_label=closed["unit_label"],
        head_first=bool(closed["head_first"]),
        plural_endings={str(k): str(v) for k, v in closed["plural_endings"].items()},
        **_forms(grammar, folder / "grammar.yaml"),
    )


def _forms(grammar: dict[str, Any], path: Path) -> dict[str, Any]:
    """What the grammar file says of the forms of words and numbers."""
    try:
        adjectives = [str(e) for e in grammar["adjective_endings"]] or [r"(?!)"]
        stems = [re.escape(fold(s)) for s in grammar["early_stems"]] or [r"(?!)"]
        return {
            "endings": {key: tuple(str(e) for e in grammar[key]) for key in ENDINGS},
            "adjective": re.compile(rf".{{2,}}(?:{'|'.join(adjectives)})$"),
            "early": re.compile("|".join(stems)),
            "contractions": {fold(k): fold(v) for k, v in grammar["contractions"].items()},
            "singular": tuple((re.compile(ending), str(instead)) for ending, instead in grammar["singular"]),
            "decimal": str(grammar["decimal"]),
            "lower_names": frozenset(str(kind) for kind in grammar["lower_names"]),
        }
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise DataFileError(f"{path}: {error!r}; compare it with data/lexicons/en/grammar.yaml") from error


def read_yaml(path: Path) -> dict[str, Any]:
    """A mapping from a YAML file.

    Raises:
        DataFileError: the file is absent, not YAML, or not a mapping.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise DataFileError(f"{path}: {error}") from error
    if not isinstance(content, dict):
        raise DataFileError(f"{path}: a mapping of keys is expected")
    return content


def split_phrase(phrase: str) -> tuple[str, ...]:
    """The folded token forms of a phrase as they come out of ``text.tokens.tokenize``."""
    return tuple(token.norm for token in tokenize(phrase))


def _accents(words: list[str]) -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for word in words:
        forms.setdefault(fold(word), set()).add(word)
    return {form: frozenset(same) for form, same in forms.items()}


def _words(content: dict[str, Any], key: str, path: Path) -> Words:
    values = content.get(key)
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise DataFileError(f"{path}: {key}: a list of words is expected (quote yes, no, on, off and y)")
    return frozenset(fold(v) for v in values)


def _phrases(content: dict[str, Any], key: str, path: Path) -> Phrases:
    # Sorted: a set has another order in each process, and the first phrase that fits decides.
    return Phrases({split_phrase(v): v for v in sorted(_words(content, key, path))})


def _typed(content: dict[str, Any], key: str, path: Path) -> Phrases:
    groups = content.get(key)
    if not isinstance(groups, dict):
        raise DataFileError(f"{path}: {key}: a mapping from type to words is expected")
    return Phrases({split_phrase(v): kind for kind in groups for v in sorted(_words(groups, kind, path))})
