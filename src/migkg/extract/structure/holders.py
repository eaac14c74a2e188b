"""People and titles in a label: "Director Ana Lopez", "Ana Lopez, Head of the Legal Unit"."""

from dataclasses import dataclass

from migkg.extract.structure.boxes import Span
from migkg.extract.structure.entries import Entries
from migkg.extract.structure.grammar import NameReader
from migkg.extract.structure.names import Name
from migkg.extract.structure.page import Page
from migkg.extract.structure.people import has_given_name, name_shape
from migkg.text.tokens import tokenize


@dataclass(slots=True)
class Holder:
    """A person with titles; either may be missing."""

    person: Span | None
    titles: list[Name]
    former: bool = False


class HolderReader:
    """Finds the holders in a stretch of text."""

    def __init__(self, page: Page, entries: Entries, reader: NameReader) -> None:
        self.page, self.entries, self.reader, self.lexicon = page, entries, reader, page.lexicon
        words = page.lexicon.words
        small = words["articles"] | words["definite"] | words["and_words"] | words["links"] | words["honorifics"]
        self._small = small | {w for phrase in words["acting_words"] for w in phrase.split()} | words["former_words"]

    def read(self, span: Span) -> list[Holder]:
        """People with titles in a stretch that holds nothing else: "Director Ana Lopez", "Ana Lopez, Head"."""
        titles: list[Name] = []
        person: Span | None = None
        covered = span[0]
        for name in self.reader.read(self.page.text, *span):
            if not self._only_small(covered, name.start):
                return []
            if self._only_small(name.start, name.end):
                pass  # "en funciones"
            elif name.kind == "post":
                titles.append(name)
            elif person is None and self.is_person((name.start, name.end), bool(titles)):
                person = (name.start, name.end)
            elif name.kind in {"unit", "board", "run"} and (titles or person) and covered > span[0]:
                pass
            else:
                return []
            covered = name.end
        if not self._only_small(covered, span[1]) or not (titles or person):
            return []
        words = [t.norm for t in tokenize(self.page.text, *span)]
        former = any(w in self.lexicon.words["former_words"] for w in words)
        return [Holder(person, titles, former)]

    def _only_small(self, start: int, end: int) -> bool:
        return all(t.norm in self._small or t.text in ",:;-–().'’" for t in tokenize(self.page.text, start, end))

    def is_person(self, span: Span, titled: bool = False) -> bool:
        """Whether a stretch is the name of a person; ``titled``: a title stands beside it."""
        tokens = tokenize(self.page.text, *span)
        if not tokens:
            return False
        if self.entries.is_place(span):
            return False
        honoured = len(tokens) > 1 and tokens[0].norm in self.lexicon.words["honorifics"]
        if honoured or self.entries.honorific_before(span[0]):
            return all(t.capital or t.norm in self.lexicon.words["name_particles"] or t.text in ".'’-" for t in tokens)
        return name_shape(tokens, self.lexicon) and (titled or has_given_name(tokens, self.lexicon))
