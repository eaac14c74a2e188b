"""Names as runs of capitals, cut where both sides have a head word ("Legal Unit and Department of Finance")."""

from dataclasses import replace

from migkg.extract.structure.grammar import NAME_LIMIT, NameReader
from migkg.extract.structure.names import Name, Words, place_name
from migkg.extract.structure.people import is_person_words
from migkg.lexicon.names import given_names

Piece = tuple[int, int, str]  # first token, token after the last, what joins it to the piece before


class RunReader(NameReader):
    """Reads languages whose head words may stand anywhere in a name, which is written with capitals (English)."""

    def read_at(self, words: Words, at: int) -> tuple[list[Name], int]:
        if not words.tokens[at].capital or words.norms[at] in self.stops | self.articles | self.links:
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
        if stop < len(words) and (words.norms[stop] in self.prepositions or words.norms[stop] == "-"):
            return [], at + 1
        name = self.heads.make(head, head[0], words.norms[at:stop])
        return [place_name(replace(name, kind="pointer"), words, at, stop, self.heads)], stop

    def _split_run(self, words: Words, at: int, stop: int) -> list[Name]:
        pieces: list[Piece] = []
        begin, joint = at, ""
        for i in range(at, stop):
            if words.norms[i] in self.joints and words.norms[i] != "&":
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
        if name.kind in {"unit", "board"}:
            stop = self._before_owner(words, first, stop)
        if name.plural and not any(w in self.prepositions for w in words.norms[first:stop]):
            name = replace(name, kind="group")
        made = [place_name(name, words, first, stop, self.heads)]
        if stop < last:
            made.append(Name("run", words.tokens[stop].start, words.tokens[last - 1].end))
        return made

    def _before_owner(self, words: Words, first: int, stop: int) -> int:
        """The end of "Collegium" in "Collegium of the Ministry": a bare head of a body is no part of the name."""
        owner = self.heads.ends(words.norms[first:stop], stop - first)
        at = stop - owner[0] if owner is not None and owner[1] == "outer" else stop
        return at - 2 if at < stop and at - 2 > first and words.norms[at - 1] in self.articles else stop

    def _title_end(self, words: Words, first: int, last: int, name: Name) -> int:
        """The end of a title before the person who holds it ("Head of Mission Michael Smith")."""
        starts = (
            i for i in range(first, last) if (m := self.lexicon.posts.match(words.norms, i)) and m[1] == name.head
        )
        head = next(starts, last)
        after = head + len(name.head.split())
        for i in range(after, last - 1):
            rest = words.norms[i:last]
            if any(w in self.links | self.articles for w in rest):
                continue
            if is_person_words(rest, self.lexicon) and (i == after or rest[0] in given_names()):
                return i
        return last

    def _piece_kind(self, norms: list[str]) -> str:
        """``first`` when the piece opens a name (Department of …), ``last`` when it closes one (Legal Unit)."""
        if self.heads.ends(norms, len(norms)) and not any(w in self.prepositions for w in norms[:-1]):
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

    def _run_end(self, words: Words, at: int) -> int:
        stop = at + 1
        while stop < len(words) and stop - at < NAME_LIMIT:
            if words.tokens[stop].capital:
                stop += 1
                continue
            link = stop + 1 if words.norms[stop] in (",", "'s") else stop
            while link < len(words) and link - stop < 4 and words.norms[link] in self.links | self.articles:
                link += 1
            if link == stop or link >= len(words) or not words.tokens[link].capital:
                break
            if self.breaks(words.norms[stop:link]):
                break
            stop = link + 1
        return stop
