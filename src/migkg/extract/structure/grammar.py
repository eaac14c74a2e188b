"""What the grammars of names share: head words, small words, groups of parts, topics before a name."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from migkg.extract.structure.lexicon import StructureLexicon
from migkg.extract.structure.names import HeadWords, Name, Words
from migkg.extract.structure.people import is_person_words
from migkg.lexicon.gazetteer import load_gazetteer
from migkg.text.tokens import tokenize

_FIELD = re.compile(r"\s\(([A-ZÀ-Þ][^()\n]{2,40})\)")
NAME_LIMIT = 26  # words: a longer run is a headline, not a name


class NameReader(ABC):
    """Finds the names of a stretch of text by head words and the grammar of a language; knows nothing of the page."""

    def __init__(self, lexicon: StructureLexicon) -> None:
        self.lexicon = lexicon
        self.heads = HeadWords(lexicon)
        words = lexicon.words
        self.links, self.articles, self.and_words = words["links"], words["articles"], words["and_words"]
        self.joints = self.and_words | {","}
        self.prepositions = self.links - self.and_words - self.articles
        self.pointers = words["pronouns"] | words["relatives"] | words["negations"]
        self.stops = words["pronouns"] | words["relatives"] | words["verbs"] | words["negations"]

    def read(self, text: str, start: int, end: int) -> list[Name]:
        """The names of ``text[start:end]`` in order, none inside another."""
        words = Words.of(text, start, end)
        names: list[Name] = []
        at = 0
        while at < len(words):
            found, stop = self._group(words, at) or self.read_at(words, at)
            names += found
            at = max(stop, at + 1)
        return [self.with_field(text, name, end) for name in names]

    @abstractmethod
    def read_at(self, words: Words, at: int) -> tuple[list[Name], int]:
        """The names that begin at a token, and the token from which to go on."""

    def with_field(self, text: str, name: Name, end: int) -> Name:
        """A title with its field in brackets: "Deputy Director (Operations)"."""
        field = _FIELD.match(text, name.end, end) if name.kind == "post" else None
        if field is None or field.group(1).isupper():
            return name
        words = [t.norm for t in tokenize(field.group(1))]
        plain = not is_person_words(words, self.lexicon) and words[0] not in self.lexicon.words["acting_words"]
        known = any(e.type == "Place" for e in load_gazetteer().lookup(field.group(1)))
        return replace(name, end=field.end(), lone=False) if plain and not known else name

    def _group(self, words: Words, at: int) -> tuple[list[Name], int] | None:
        """A plural head in lower case that no name follows ("three sub-directorates", "the following structures")."""
        if words.tokens[at].capital:
            return None
        found = self.lexicon.plurals.match(words.norms, at) or self.lexicon.lists["group_words"].match(words.norms, at)
        if found is None:
            return None
        stop = at + found[0]
        start, end = words.tokens[at].start, words.tokens[stop - 1].end
        return [Name("group", start, end, found[1], plural=True)], stop

    def breaks(self, joined: Sequence[str]) -> bool:
        """Whether the words between two capitals end the name: an article after "and" or a comma begins a new one."""
        pairs = pairwise(joined)
        return joined[0] in self.articles or any(a in self.joints and b in self.articles for a, b in pairs)

    def skip_topic(self, words: Words, first: int, last: int) -> int:
        """Past "Governance of the" in "Governance of the Lagoon Process": a topic, and then the name."""
        found = self.lexicon.lists["grouping_labels"].match(words.norms, first)
        start = first + (found[0] if found else 1)
        at = start
        while at < last and words.norms[at] in self.links | self.articles | self.lexicon.words["definite"]:
            at += 1
        if at == start or at >= last or (found is None and self.heads.begins(words.norms, first)):
            return first
        if found is None and self.lexicon.head_first:
            return first
        if found is None and not (words.norms[start] in self.prepositions and words.norms[at - 1] in self.articles):
            return first
        rest = words.norms[at:last]
        head = self.heads.begins(rest, 0) if self.lexicon.head_first else None
        if self.lexicon.head_first and head is None:
            return first
        named = self.heads.make(head, len(rest), rest[: head[0]]) if head else self.heads.type_of(rest)
        lone = named.lone and (found is None or not self.lexicon.head_first)
        return at if named.kind in {"outer", "unit", "board"} and not lone and not named.plural else first
