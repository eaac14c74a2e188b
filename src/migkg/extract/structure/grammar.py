"""Where a name begins and ends: runs of capitals (English), or a head word and its complements (French, Spanish)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from migkg.extract.structure.lexicon import StructureLexicon
from migkg.extract.structure.names import HeadWords, Name, Words, place_name
from migkg.extract.structure.people import is_person_words
from migkg.lexicon.gazetteer import load_gazetteer
from migkg.lexicon.names import given_names
from migkg.text.tokens import tokenize

_FIELD = re.compile(r"\s\(([A-ZÀ-Þ][^()\n]{2,40})\)")
NAME_LIMIT = 26  # words: a longer run is a headline, not a name
Piece = tuple[int, int, str]  # first token, token after the last, what joins it to the piece before


class NameReader:
    """Finds the names of a stretch of text by head words and grammar; knows nothing of the page."""

    def __init__(self, lexicon: StructureLexicon) -> None:
        self.lexicon = lexicon
        self.heads = HeadWords(lexicon)
        words = lexicon.words
        self._links, self._articles, self._and = words["links"], words["articles"], words["and_words"]
        self._ands = self._and | {","}
        self._prepositions = self._links - self._and - self._articles
        self._has_article = self._is_title = self._is_lower = False
        self._pointers = words["pronouns"] | words["relatives"] | words["negations"]
        self._stops = words["pronouns"] | words["relatives"] | words["verbs"] | words["negations"]

    def read(self, text: str, start: int, end: int) -> list[Name]:
        """The names of ``text[start:end]`` in order, none inside another."""
        words = Words.of(text, start, end)
        names: list[Name] = []
        at = 0
        while at < len(words):
            found, stop = self._group(words, at) or (
                self._read_complements(words, at) if self.lexicon.head_first else self._read_run(words, at)
            )
            names += found
            at = max(stop, at + 1)
        return [self.with_field(text, name, end) for name in names]

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

    # -- English: a run of capitals, cut where both sides have a head ---------------------------------------------

    def _read_run(self, words: Words, at: int) -> tuple[list[Name], int]:
        if not words.tokens[at].capital or words.norms[at] in self._stops | self._articles | self._links:
            return self._read_pointer(words, at)
        stop = self._run_end(words, at)
        return self._split_run(words, at, stop), stop

    def _read_pointer(self, words: Words, at: int) -> tuple[list[Name], int]:
        """ "the division" in lower case points back to one that was named."""
        head = self.heads.begins(words.norms, at) if not words.tokens[at].capital else None
        before = words.norms[at - 1] if at else ""
        if head is None or head[1] not in {"unit", "outer"} or before not in self.lexicon.words["definite"]:
            return [], at + 1
        stop = at + head[0]
        if stop < len(words) and (words.norms[stop] in self._prepositions or words.norms[stop] == "-"):
            return [], at + 1
        name = self.heads.make(head, head[0], words.norms[at:stop])
        return [place_name(replace(name, kind="pointer"), words, at, stop, self.heads)], stop

    def _run_end(self, words: Words, at: int) -> int:
        stop = at + 1
        while stop < len(words) and stop - at < NAME_LIMIT:
            if words.tokens[stop].capital:
                stop += 1
                continue
            link = stop + 1 if words.norms[stop] in (",", "'s") else stop
            while link < len(words) and link - stop < 4 and words.norms[link] in self._links | self._articles:
                link += 1
            if link == stop or link >= len(words) or not words.tokens[link].capital:
                break
            if self._breaks(words.norms[stop:link]):
                break
            stop = link + 1
        return stop

    def _breaks(self, joined: Sequence[str]) -> bool:
        """Whether the words between two capitals end the name: an article after "and" or a comma begins a new one."""
        pairs = pairwise(joined)
        return joined[0] in self._articles or any(a in self._ands and b in self._articles for a, b in pairs)

    def _split_run(self, words: Words, at: int, stop: int) -> list[Name]:
        pieces: list[Piece] = []
        begin, joint = at, ""
        for i in range(at, stop):
            if words.norms[i] in self._ands and words.norms[i] != "&":
                if i > begin:
                    pieces.append((begin, i, joint))
                    joint = ""
                joint = joint if words.norms[i] == "," and joint else ("," if words.norms[i] == "," else "and")
                begin = i + 1
        pieces.append((begin, stop, joint))
        kinds = [self._piece_kind(words.norms[first:last]) for first, last, _ in pieces]
        groups: list[list[int]] = [[0]]
        for k in range(1, len(pieces)):
            held = [kinds[i] for i in groups[-1] if kinds[i]]
            if self._attaches(kinds, pieces, held, k):
                groups[-1].append(k)
            else:
                groups.append([k])
        spans = [(pieces[g[0]][0], pieces[g[-1]][1]) for g in groups]
        return [name for first, last in spans if last > first for name in self._make(words, first, last)]

    def _make(self, words: Words, first: int, last: int) -> list[Name]:
        """The name of some words; a person after a title is a name of its own."""
        while last - first > 1 and words.norms[first] in self.lexicon.words["numbers"]:
            first += 1
        first = self.skip_topic(words, first, last)
        name = self.heads.type_of(words.norms[first:last])
        stop = self._title_end(words, first, last, name) if name.kind == "post" else last
        if name.plural and not any(w in self._prepositions for w in words.norms[first:stop]):
            name = replace(name, kind="group")
        made = [place_name(name, words, first, stop, self.heads)]
        if stop < last:
            made.append(Name("run", words.tokens[stop].start, words.tokens[last - 1].end))
        return made

    def skip_topic(self, words: Words, first: int, last: int) -> int:
        """Past "Governance of the" in "Governance of the Lagoon Process": a topic, and then the name."""
        found = self.lexicon.lists["grouping_labels"].match(words.norms, first)
        start = first + (found[0] if found else 1)
        at = start
        while at < last and words.norms[at] in self._links | self._articles | self.lexicon.words["definite"]:
            at += 1
        if at == start or at >= last or (found is None and self.heads.begins(words.norms, first)):
            return first
        if found is None and self.lexicon.head_first:
            return first
        if found is None and not (words.norms[start] in self._prepositions and words.norms[at - 1] in self._articles):
            return first
        rest = words.norms[at:last]
        head = self.heads.begins(rest, 0) if self.lexicon.head_first else None
        if self.lexicon.head_first and head is None:
            return first
        named = self.heads.make(head, len(rest), rest[: head[0]]) if head else self.heads.type_of(rest)
        lone = named.lone and (found is None or not self.lexicon.head_first)
        return at if named.kind in {"outer", "unit", "board"} and not lone and not named.plural else first

    def _title_end(self, words: Words, first: int, last: int, name: Name) -> int:
        """The end of a title before the person who holds it ("Head of Mission Michael Smith")."""
        starts = (
            i for i in range(first, last) if (m := self.lexicon.posts.match(words.norms, i)) and m[1] == name.head
        )
        head = next(starts, last)
        after = head + len(name.head.split())
        for i in range(after, last - 1):
            rest = words.norms[i:last]
            if any(w in self._links | self._articles for w in rest):
                continue
            if is_person_words(rest, self.lexicon) and (i == after or rest[0] in given_names()):
                return i
        return last

    def _piece_kind(self, norms: list[str]) -> str:
        """``first`` when the piece opens a name (Department of …), ``last`` when it closes one (Legal Unit)."""
        if self.heads.ends(norms, len(norms)) and not any(w in self._prepositions for w in norms[:-1]):
            return "last"
        return "first" if any(self.heads.begins(norms, i) for i in range(len(norms))) else ""

    def _attaches(self, kinds: list[str], pieces: list[Piece], held: list[str], k: int) -> bool:
        """Whether piece ``k`` continues the name before it."""
        joint = pieces[k][2]
        if not held:  # "Gender and Diversity Unit", "Finance, Trade and Labour Department"
            later = [i for i in range(k, len(pieces)) if kinds[i]]
            return bool(later) and kinds[later[0]] == "last" and pieces[later[0]][2] == "and"
        if kinds[k] or held[-1] == "last":
            return False
        following = next((i for i in range(k, len(pieces)) if kinds[i]), len(pieces))
        if following == len(pieces) or kinds[following] == "first":  # "Department of Peace, Trade and Labour"
            return joint == "and" or any(p[2] == "and" for p in pieces[k:following])
        return joint == "and" and any(p[2] == "," for p in pieces[k + 1 : following + 1])

    # -- French, Spanish: a head word and what depends on it ------------------------------------------------------

    def _read_complements(self, words: Words, at: int) -> tuple[list[Name], int]:
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
        self._has_article = at > 0 and words.norms[at - 1] in self._articles | self.lexicon.words["definite"]
        while stop < len(words) and stop - at < NAME_LIMIT:
            longer = self._extend(words, stop, outer)
            if longer == stop:
                break
            stop = longer
        name = self.heads.make(head, stop - at, words.norms[at : at + head[0]])
        if name.plural and not any(w in self._links for w in words.norms[at:stop]):
            name = replace(name, kind="group")
        return [place_name(name, words, at, stop, self.heads)], stop

    def _may_begin(self, words: Words, at: int, head: tuple[int, str, str]) -> bool:
        """Whether a head word in lower case is one of a name: posts need an article, and plurals are groups."""
        if words.tokens[at].capital:
            return True
        before = words.norms[at - 1] if at else ""
        small = self.lexicon.words["definite"] | self._articles
        definite = before in small or before in {"", ",", ":", "(", "-"}
        if words.norms[at] in self.lexicon.words["capital_only"]:
            return False
        if head[1] == "post":
            return definite and (self.lexicon.lowercase_names or head[0] > 1 or at == 0)
        return self.lexicon.lowercase_names and head[1] != "plural"

    def _plain_run(self, words: Words, at: int) -> tuple[list[Name], int]:
        if not words.tokens[at].capital or words.norms[at] in self._stops | self._articles | self._links:
            return [], at + 1
        particles = self.lexicon.words["name_particles"]
        stop = at + 1
        while stop < len(words) and stop - at < NAME_LIMIT and not self.heads.begins(words.norms, stop):
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
        if norm in self._links:
            spoken = token.text.lower() in self.lexicon.words["not_links"]
            return at if spoken else self._complement(words, at, outer)
        if norm in self._stops or norm in self._articles or not norm[0].isalnum():
            return at
        if token.capital and self._is_title and (norm in given_names() or self._is_lower):
            return at
        if token.capital and self._begins_states(words, at):
            return at
        if token.capital or self._is_adjective(norm):
            return at + 1
        return at

    def _begins_states(self, words: Words, at: int) -> bool:
        """Whether a list of countries begins here ("del Foro Bolivia, Colombia y Perú")."""
        listed = at + 1 < len(words) and words.norms[at + 1] in self._ands
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
        while noun < len(words) and noun - at < 4 and words.norms[noun] in self._links | self._articles:
            noun += 1
        if noun >= len(words) or self._breaks(words.norms[at:noun]) or not words.norms[noun][0].isalpha():
            return at
        word = words.norms[noun]
        bare = words.norms[noun - 1] in self._and
        stops = self._stops | self.lexicon.words["numbers"] if bare else self._pointers
        if word in stops or not (words.tokens[noun].capital or self.lexicon.lowercase_names):
            return at
        head = self.heads.begins(words.norms, noun)
        if head and not outer and self.lexicon.lists["owner_heads"].match(words.norms, noun):
            return at
        joined = words.norms[at:noun]
        if head and joined[-1] in self._and and not self._has_article:
            return at
        if head and len(joined) > 1 and joined[0] in self._and:
            return at
        return noun + 1

    def _chain(self, words: Words, at: int, outer: bool) -> int:
        """Past ", de B et de C": a comma continues a name only where "and" closes the enumeration."""
        stop = at
        while stop < len(words) and words.norms[stop] == ",":
            after = stop + 1
            if after >= len(words) or words.norms[after] in self._articles | self._and:
                return at
            begun = self.heads.begins(words.norms, after)
            if begun or words.norms[after] in self._stops:
                return at
            nxt = self._extend(words, after, outer)
            if nxt == after:
                return at
            while nxt < len(words) and words.norms[nxt] != "," and words.norms[nxt] not in self._and:
                further = self._extend(words, nxt, outer)
                if further == nxt:
                    return at
                nxt = further
            stop = nxt
        closed = stop < len(words) and words.norms[stop] in self._and and self._extend(words, stop, outer) > stop
        return stop if closed else at
