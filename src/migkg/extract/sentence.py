"""A sentence with its tokens and with the mentions found in it."""

from dataclasses import dataclass, field

from migkg.extract.cast import Thing
from migkg.lexicon.gazetteer import Hit
from migkg.lexicon.language import Language, Phrases
from migkg.model import Document
from migkg.text.sentences import split_sentences
from migkg.text.tokens import Token, tokenize

# One letter a kind of mention, used in the patterns: see docs/how-to/add-a-language.md.
ACTOR, COUNTRY, NATIONALITY, PERSON, LOCATION = "A", "C", "G", "P", "L"
PROGRAMME, EVENT, INSTRUMENT, POST, MONEY, DATE, PRONOUN, OTHER = "R", "E", "I", "T", "M", "D", "X", "O"
CODES = {"Person": PERSON, "Place": LOCATION, "Programme": PROGRAMME, "Event": EVENT, "Instrument": INSTRUMENT}


@dataclass(slots=True, eq=False)
class Marker:
    """A mention in a sentence, as the relation patterns see it.

    Attributes:
        code: its kind, one letter.
        first: index of its first token.
        last: index after its last token.
        start: offset of the mention's first character (a described thing's mention is wider than its head token).
        end: offset after its last character.
        thing: what it stands for; a country stands for its place or its government, decided by its use.
        country: ISO code, for countries and nationalities, and for places and bodies where it is known.
        value: amount and currency, dates, or the text of a post.
        used_as: types as which relations have used a country ("Government", "Place").
        acts: how surely a country is the state that acts and not the place, 0 to 1.
        located: whether the words before say that a country is a location here ("in Niger").
    """

    code: str
    first: int
    last: int
    start: int
    end: int
    thing: Thing | None = None
    country: str | None = None
    name: str = ""
    value: object = None
    rule: str = ""
    used_as: set[str] = field(default_factory=set)
    located: bool = False
    acts: float = 0.5


@dataclass(slots=True, eq=False)
class Unit:
    """A word, or a mention with those that stand in a list with it.

    Attributes:
        text: folded word, empty for mentions.
        members: the mentions; the first is the one that stands first.
        partners: mentions joined by "in cooperation with".
        channels: mentions joined by "through": the body or fund by which a giver gives.
        first: index of the first token.
        last: index after the last token.
    """

    text: str
    first: int
    last: int
    code: str = ""
    members: list[Marker] = field(default_factory=list)
    partners: list[Marker] = field(default_factory=list)
    channels: list[Marker] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: tokens, hits of the gazetteer, and the markers found so far."""

    index: int
    block: int
    heading: bool
    contact: bool
    start: int
    end: int
    tokens: list[Token]
    hits: list[Hit]
    markers: list[Marker] = field(default_factory=list)
    claimed: list[Marker | None] = field(default_factory=list)
    grouped: list[Unit] | None = None

    def claim(self, marker: Marker) -> Marker:
        """Enter a marker; tokens that weaker markers held are taken over from them."""
        for i in range(marker.first, marker.last):
            held = self.claimed[i]
            if held is not None and held is not marker:
                self.release(held)
        for i in range(marker.first, marker.last):
            self.claimed[i] = marker
        self.markers.append(marker)
        return marker

    def release(self, marker: Marker) -> None:
        """Take a marker out again."""
        if marker in self.markers:
            self.markers.remove(marker)
        for i in range(marker.first, marker.last):
            if self.claimed[i] is marker:
                self.claimed[i] = None

    def free(self, first: int, last: int) -> bool:
        """Whether no marker holds any of these tokens."""
        return all(self.claimed[i] is None for i in range(first, last))

    def norm(self, i: int) -> str:
        """Folded form of a token, empty outside the sentence."""
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def marker_at(self, i: int) -> Marker | None:
        return self.claimed[i] if 0 <= i < len(self.claimed) else None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the tokens ``first`` … ``last - 1``."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def titled(self) -> bool:
        """Whether it is a headline that writes every longer word with a capital, so that runs of them are no names."""
        words = [t.text for t in self.tokens if t.text.isalpha() and len(t.text) > 3]
        return self.heading and len(words) > 3 and sum(w[0].isupper() for w in words) > 0.8 * len(words)

    def shouted(self) -> bool:
        """Whether the sentence is written in capitals, so that capitals say nothing of names."""
        words = [t.text for t in self.tokens if t.text.isalpha() and len(t.text) > 3]
        return bool(words) and sum(w.isupper() for w in words) > 0.7 * len(words)


def read_sentences(document: Document, hits: list[Hit], language: Language) -> list[Sentence]:
    """The sentences of every block, each with its tokens and its hits."""
    sentences: list[Sentence] = []
    at = 0
    for number, block in enumerate(document.blocks):
        for start, end in split_sentences(document.text, block.start, block.end, language.words["abbreviations"]):
            tokens = tokenize(document.text, start, end, compounds=True)
            while at < len(hits) and hits[at].start < start:
                at += 1
            own = []
            while at < len(hits) and hits[at].end <= end:
                own.append(hits[at])
                at += 1
            if tokens:
                sentence = Sentence(
                    len(sentences), number, block.kind == "heading", block.kind == "contact", start, end, tokens, own
                )
                sentence.claimed = [None] * len(tokens)
                sentences.append(sentence)
    return sentences


def match_phrase(sentence: Sentence, at: int, phrases: Phrases, longest: int = 5) -> int:
    """Number of tokens of the longest phrase that stands at token ``at``; 0 for none."""
    tokens = sentence.tokens
    if not 0 <= at < len(tokens):
        return 0
    reach = phrases.longest.get(tokens[at].norm)
    if reach is None:
        return 0
    for size in range(min(longest, len(tokens) - at, reach), 0, -1):
        if tuple(t.norm for t in tokens[at : at + size]) in phrases:
            return size
    return 0
