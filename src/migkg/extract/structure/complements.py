"""Names as a head word and its complements ("direction de l'asile et de l'accueil", "Unidad de Prensa")."""

from dataclasses import replace

from migkg.extract.structure.grammar import NAME_LIMIT, NameReader
from migkg.extract.structure.lexicon import StructureLexicon
from migkg.extract.structure.names import Name, Words, place_name
from migkg.lexicon.gazetteer import load_gazetteer
from migkg.lexicon.names import given_names, towns


class ComplementReader(NameReader):
    """Reads languages whose names begin with their head word (French, Spanish)."""

    def __init__(self, lexicon: StructureLexicon) -> None:
        super().__init__(lexicon)
        self._has_article = self._is_title = self._is_lower = False

    def read_at(self, words: Words, at: int) -> tuple[list[Name], int]:
        skipped = self.skip_topic(words, at, min(len(words), at + NAME_LIMIT)) if words.tokens[at].capital else at
        if skipped > at:
            return [], skipped
        head = self.heads.begins_at(words, at)
        if head is None or not self._may_begin(words, at, head):
            return self._plain_run(words, at)
        stop = at + head[0]
        outer = head[1] == "outer"
        self._is_title = head[1] == "post"
        self._is_lower = not words.tokens[at].capital
        # In a list whose members have articles, "and" without one goes on with the same name.
        self._has_article = at > 0 and words.norms[at - 1] in self.articles | self.lexicon.words["definite"]
        seat = head[2] in self.lexicon.words["representative_titles"]  # "représentant" of a body, which is named apart
        while stop < len(words) and stop - at < NAME_LIMIT and not seat:
            longer = self._extend(words, stop, outer)
            if longer == stop:
                break
            stop = longer
        name = self.heads.make(head, stop - at, words.norms[at : at + head[0]])
        if name.plural and not any(w in self.links for w in words.norms[at:stop]):
            name = replace(name, kind="group")
        return [place_name(name, words, at, stop, self.heads)], stop

    def _may_begin(self, words: Words, at: int, head: tuple[int, str, str]) -> bool:
        """Whether a head word in lower case is one of a name: posts need an article, and plurals are groups."""
        if words.tokens[at].capital:
            return True
        before = words.norms[at - 1] if at else ""
        small = self.lexicon.words["definite"] | self.articles
        definite = before in small or before in {"", ",", ":", "(", "-"}
        if words.norms[at] in self.lexicon.words["capital_only"]:
            return False
        if head[1] == "post":
            return definite and (self.lexicon.lowercase_names or head[0] > 1 or at == 0)
        return self.lexicon.lowercase_names and head[1] != "plural"

    def _plain_run(self, words: Words, at: int) -> tuple[list[Name], int]:
        if not words.tokens[at].capital or words.norms[at] in self.stops | self.articles | self.links:
            return [], at + 1
        particles = self.lexicon.words["name_particles"]
        stop = at + 1
        while stop < len(words) and stop - at < NAME_LIMIT and not self.heads.begins(words.norms, stop):
            if words.norms[stop] in self.and_words and towns().get(" ".join(words.norms[at:stop])):
                break  # "Arica e Iquique"
            following = stop + 1 < len(words) and words.tokens[stop + 1].capital
            if not words.tokens[stop].capital and not (words.norms[stop] in particles and following):
                break
            stop += 1
        return [Name("run", words.tokens[at].start, words.tokens[stop - 1].end)], stop

    def _extend(self, words: Words, at: int, outer: bool) -> int:
        """The end of the next complement that begins at ``at``; ``at`` itself when the name is over."""
        token, norm = words.tokens[at], words.norms[at]
        if norm == ",":
            return self._chain(words, at, outer)
        if norm == "'" and at + 1 < len(words) and words.tokens[at + 1].start == token.end:
            return at + 2
        if norm in self.links:
            spoken = token.text.lower() in self.lexicon.words["not_links"]
            return at if spoken else self._complement(words, at, outer)
        if norm in self.stops or norm in self.articles or not norm[0].isalnum():
            return at
        if token.capital and self._is_title and (norm in given_names() or self._is_lower):
            return at
        if token.capital and self._begins_states(words, at):
            return at
        if token.capital or self._is_adjective(norm) or self._is_field(words, at):
            return at + 1
        return at

    def _is_field(self, words: Words, at: int) -> bool:
        """Whether a word in lower case right after a capitalised head ends the name: "la Cellule migration"."""
        before, after = words.tokens[at - 1], words.norms[at + 1 : at + 2]
        ends = not after or not after[0][0].isalnum()
        return (
            before.capital
            and ends
            and words.norms[at][0].isalpha()
            and self.heads.begins(words.norms, at - 1) is not None
        )

    def _begins_states(self, words: Words, at: int) -> bool:
        """Whether a list of countries begins here ("del Foro Bolivia, Colombia y Perú")."""
        listed = at + 1 < len(words) and words.norms[at + 1] in self.joints
        return listed and any(e.kind == "country" for e in load_gazetteer().lookup(words.norms[at]))

    def _is_adjective(self, norm: str) -> bool:
        """An adjective by its ending, or of a country ("guinéen")."""
        if self.lexicon.adjective.fullmatch(norm):
            return True
        language = self.lexicon.language
        return any(e.kind == "adjective" and language in e.languages for e in load_gazetteer().lookup(norm))

    def _complement(self, words: Words, at: int, outer: bool) -> int:
        """A preposition (or "and"), perhaps an article, and a noun."""
        noun = at
        while noun < len(words) and noun - at < 4 and words.norms[noun] in self.links | self.articles:
            noun += 1
        if noun >= len(words) or self.breaks(words.norms[at:noun]) or not words.norms[noun][0].isalpha():
            return at
        word = words.norms[noun]
        bare = words.norms[noun - 1] in self.and_words
        stops = self.stops | self.lexicon.words["numbers"] if bare else self.pointers
        if word in stops or not (words.tokens[noun].capital or self.lexicon.lowercase_names):
            return at
        head = self.heads.begins(words.norms, noun)
        if head and not outer and self.lexicon.lists["owner_heads"].match(words.norms, noun):
            return at
        joined = words.norms[at:noun]
        if head and joined[-1] in self.and_words and not self._has_article:
            return at
        if head and len(joined) > 1 and joined[0] in self.and_words:
            return at
        if word in self.lexicon.words["prenominal"] and noun + 1 < len(words) and words.norms[noun + 1][0].isalpha():
            return noun + 2
        return noun + 1

    def _chain(self, words: Words, at: int, outer: bool) -> int:
        """Past ", de B et de C": a comma continues a name only where "and" closes the enumeration."""
        stop = at
        while stop < len(words) and words.norms[stop] == ",":
            after = stop + 1
            if after >= len(words) or words.norms[after] in self.articles | self.and_words:
                return at
            begun = self.heads.begins(words.norms, after)
            if begun or words.norms[after] in self.stops:
                return at
            nxt = self._extend(words, after, outer)
            if nxt == after:
                return at
            while nxt < len(words) and words.norms[nxt] != "," and words.norms[nxt] not in self.and_words:
                further = self._extend(words, nxt, outer)
                if further == nxt:
                    return at
                nxt = further
            stop = nxt
        closed = stop < len(words) and words.norms[stop] in self.and_words and self._extend(words, stop, outer) > stop
        return stop if closed else at
