"""The cast of a document: what it is about, gathered while the text is read.

A ``Thing`` grows while mentions are added; at the end the things that are kept become ``model.Entity``.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from migkg.lexicon.gazetteer import Entry, country_names, official_names
from migkg.lexicon.language import Language
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.text.normalize import fold


@dataclass(slots=True, eq=False)
class Thing:
    """One real thing in the making.

    Attributes:
        head: folded head noun of a described programme, event or instrument ("workshop").
        named: whether it has a name of its own.
        plural: whether it stands for several ("seven projects").
        aside: whether it is said to be another one than the text is about ("an earlier course").
        heading: whether it has only been seen in a heading.
        spans: (start, end, rule) of its mentions, in the order in which they were found.
        aliases: names that a later mention may use, folded.
        detail: words of a described thing that say which one it is.
    """

    type: str
    label: str
    key: str | None = None
    country: str | None = None
    named: bool = True
    head: str = ""
    plural: bool = False
    heading: bool = False
    aside: bool = False
    start: str | None = None
    end: str | None = None
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    detail: set[str] = field(default_factory=set)

    @property
    def actor(self) -> bool:
        return self.type in ACTOR_TYPES

    def mention(self, start: int, end: int, rule: str) -> None:
        """Add a mention, once."""
        if not any(s == start and e == end for s, e, _ in self.spans):
            self.spans.append((start, end, rule))


class Cast:
    """The things of one document, found again by key, name, acronym or country."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.things: list[Thing] = []
        self._by_key: dict[str, Thing] = {}
        self._entered: set[str] = set()
        self._by_name: dict[tuple[str, str], Thing] = {}
        self.acronyms: dict[str, Thing] = {}
        # Words that the text writes small: a capital on one of them says nothing of a name.
        self.small = frozenset(fold(w) for w in set(_SMALL.findall(text)))
        self.countries: Counter[str] = Counter()  # how often the text names each country, by its code
        self._merged: dict[int, tuple[Thing, Thing]] = {}

    def add(self, thing: Thing) -> Thing:
        self.things.append(thing)
        return thing

    def merge(self, one: Thing, other: Thing) -> None:
        """Let everything said of ``other`` be said of ``one``; ``current`` leads from the one to the other."""
        for start, end, rule in other.spans:
            one.mention(start, end, rule)
        one.key, one.country = one.key or other.key, one.country or other.country
        one.aliases |= other.aliases
        self.things = [t for t in self.things if t is not other]
        for names in (self._by_key, self._by_name, self.acronyms):
            for name, thing in names.items():
                if thing is other:
                    names[name] = one  # type: ignore[index]
        self._merged[id(other)] = (other, one)

    def current(self, thing: Thing) -> Thing:
        """The thing itself, or the one that it has been merged with."""
        while id(thing) in self._merged:
            thing = self._merged[id(thing)][1]
        return thing

    def known(self, entry: Entry) -> Thing:
        """The organisation or process of an authority table."""
        thing = self._by_key.get(entry.key)
        official = official_names(self.language.code).get(entry.key, entry.label)
        if thing is None:
            # A text that only knows an earlier name speaks of the body of that day.
            label = entry.label if entry.former else official
            thing = self.add(Thing(entry.type, label, key=entry.key, country=entry.country))
            self._by_key[entry.key] = thing
        elif thing.label != official and not (entry.former and entry.acronym):
            thing.label = entry.label if entry.former else official
        if entry.acronym:
            thing.aliases.add(entry.label)
        return thing

    def main_country(self) -> str | None:
        """The country that the text names more often than any other."""
        known = self.countries.most_common(2)
        return known[0][0] if known and (len(known) < 2 or known[0][1] > known[1][1]) else None

    def government(self, country: str, name: str, enter: bool = True) -> Thing:
        """The state of a country as an actor; ``name`` is the country's name in the language of the document.

        Args:
            enter: whether it is certain that the document speaks of it; otherwise it waits until it is adopted.
        """
        key = f"government:{country}"
        if key not in self._by_key:
            label = self.government_label(country, name)
            self._by_key[key] = Thing("Government", label, key=key, country=country)
        if enter:
            self.adopt([self._by_key[key]])
        return self._by_key[key]

    def government_label(self, country: str, name: str) -> str:
        """What a state is called in the language of the document."""
        return self.language.government_label.format(country=country_names(self.language.code).get(country, name))

    def country(self, country: str, name: str, enter: bool = True) -> Thing:
        """A country as a place; ``enter`` as for ``government``."""
        key = f"country:{country}"
        if key not in self._by_key:
            self._by_key[key] = Thing("Place", name, key=key, country=country)
        if enter:
            self.adopt([self._by_key[key]])
        return self._by_key[key]

    def named(self, kind: str, label: str, group: str, country: str | None = None) -> Thing:
        """A thing with a name of its own, found again by that name within its group (actor, Person, Place …)."""
        name = self.plain(label)
        thing = self._by_name.get((group, name))
        if thing is None:
            thing = self.add(Thing(kind, label, country=country))
            self._by_name[group, name] = thing
        if country and not thing.country:
            thing.country = country
        return thing

    def adopt(self, things: Iterable[Thing]) -> None:
        """Enter countries and states that wait for a relation that needs them."""
        for thing in things:
            key = thing.key or ""
            if key.startswith(("government:", "country:")) and key not in self._entered:
                self._entered.add(key)
                self.add(thing)

    def plain(self, label: str) -> str:
        """A name for comparison (``plain_name``), by the articles of the document's language."""
        return plain_name(label, self.language.words["leading_articles"])

    def find(self, group: str, name: str) -> Thing | None:
        """A thing of this group that has been seen under this name."""
        return self._by_name.get((group, self.plain(name)))

    def alias(self, group: str, name: str, thing: Thing) -> None:
        """Let a further name stand for the thing."""
        self._by_name.setdefault((group, self.plain(name)), thing)

    def latest(self, before: int, kinds: Iterable[str]) -> Thing | None:
        """The thing of one of these types whose mention stands nearest before an offset."""
        wanted = frozenset(kinds)
        best, place = None, -1
        for thing in self.things:
            if thing.type in wanted:
                position = max((s for s, _, _ in thing.spans if s < before), default=-1)
                if position > place:
                    best, place = thing, position
        return best


_SMALL = re.compile(r"(?<![\w-])[a-zß-ÿœ]{3,}(?![\w-])")
_PUNCTUATION = re.compile(r"[^\w&]+")


@lru_cache(maxsize=16384)
def plain_name(label: str, articles: frozenset[str]) -> str:
    """A name for comparison: folded, without punctuation and without a leading article."""
    words = _PUNCTUATION.sub(" ", fold(label)).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in articles else words)
