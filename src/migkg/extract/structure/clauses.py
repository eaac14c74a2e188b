"""A sentence of a structure page as turns of phrase with what stands on their left and on their right."""

import re
from dataclasses import dataclass, field

from migkg.extract.structure.lexicon import StructureLexicon, Turn
from migkg.extract.structure.mentions import Mention
from migkg.text.normalize import fold
from migkg.text.tokens import tokenize

POINTERS = frozenset({"pronoun", "run", "lone", "group", "title"})
DOWN = frozenset({"comprise", "supervise", "members"})  # the right-hand side may be long
_BREAK = re.compile(r"[;]|(?:\s(?:while|whereas|tandis\s+que|mientras\s+que)\s)")


@dataclass(slots=True, eq=False)
class Use:
    """One turn of phrase where it is used.

    Attributes:
        left: subjects, coordinated ones included; empty when there are none in the sentence.
        right: what follows and belongs to it.
        fronted: whether it opens its clause, so that what follows its object are the subjects.
        status: ``stated``, ``planned`` or ``denied``.
        limit: where its clause ends.
    """

    turn: Turn
    start: int
    end: int
    left: list[Mention] = field(default_factory=list)
    right: list[Mention] = field(default_factory=list)
    fronted: bool = False
    status: str = "stated"
    limit: int = 0


class ClauseReader:
    """Finds the turns of a sentence and divides its mentions among them."""

    def __init__(self, lexicon: StructureLexicon) -> None:
        self.lexicon = lexicon

    def read(self, text: str, start: int, end: int, mentions: list[Mention]) -> list[Use]:
        """The uses of turns in one sentence, with left and right sides filled."""
        uses = self._find(fold(text[start:end]), start, mentions)
        mentions = [
            m for m in mentions if not any(u.start <= m.start and m.end <= u.end for u in uses) or m.kind == "list"
        ]
        breaks = [m.start() for m in _BREAK.finditer(text, start, end)]
        taken: set[int] = set()
        for i, use in enumerate(uses):
            use.limit = min([end, *(b for b in breaks if b >= use.end)])
            use.fronted = self._opens(text, start, use, mentions, breaks)
            use.status = self._status(text, use, mentions, start)
            if use.turn.meaning not in DOWN:
                stop = uses[i + 1].start if i + 1 < len(uses) else end
                use.right = self._objects(text, use, mentions, stop, breaks)
                taken.update(id(m) for m in use.right)
        for i, use in enumerate(uses):
            if use.turn.meaning in DOWN:
                stop = next((u.start for u in uses[i + 1 :] if u.turn.meaning in DOWN), end + 1)
                use.right = [m for m in mentions if use.end <= m.start < stop and id(m) not in taken]
        for i, use in enumerate(uses):
            use.left = self._subjects(text, start, use, uses[:i], mentions, breaks)
        return uses

    def _find(self, folded: str, offset: int, mentions: list[Mention]) -> list[Use]:
        found = []
        for turn in self.lexicon.turns:
            for match in turn.pattern.finditer(folded):
                start, end = match.start() + offset, match.end() + offset
                if not any(m.start < end and start < m.end and m.kind not in POINTERS for m in mentions):
                    found.append(Use(turn, start, end))
        found.sort(key=lambda u: (u.start - u.end, u.start))
        kept: list[Use] = []
        for use in found:
            if not any(use.start < k.end and k.start < use.end for k in kept):
                kept.append(use)
        return sorted(kept, key=lambda u: u.start)

    def _opens(self, text: str, start: int, use: Use, mentions: list[Mention], breaks: list[int]) -> bool:
        """Whether nothing but small words stands before the turn in its clause."""
        begin = max([start, *(b + 1 for b in breaks if b < use.start)])
        if any(begin <= m.start < use.start for m in mentions):
            return False
        words = [t for t in tokenize(text, begin, use.start) if t.text[0].isalnum()]
        return len(words) <= 5

    def _status(self, text: str, use: Use, mentions: list[Mention], start: int) -> str:
        begin = max([start, *(m.end for m in mentions if m.end <= use.start)])
        before = [t.norm for t in tokenize(text, begin, use.start)]
        inside = [t.norm for t in tokenize(text, use.start, use.end)]
        if self.lexicon.lists["negations"].find(before) or self.lexicon.lists["negations"].find(inside):
            return "denied"
        if self.lexicon.lists["planned_words"].find([*before, *inside]):
            return "planned"
        return "stated"

    def _objects(self, text: str, use: Use, mentions: list[Mention], stop: int, breaks: list[int]) -> list[Mention]:
        """The first thing after the turn and what is coordinated with it."""
        limit = min([stop, *(b for b in breaks if b >= use.end)])
        runs = frozenset() if use.turn.meaning in {"seat", "headed", "chaired", "chairs"} else frozenset({"run"})
        after = [m for m in mentions if use.end <= m.start < limit and m.kind not in runs | {"lone"}]
        across = next((m for m in mentions if m.kind == "run" and m.start < use.end < m.end), None)
        if across is not None and not runs:
            begin = across.end - len(text[use.end : across.end].lstrip())
            after.insert(0, Mention("run", begin, across.end, []))
        if not after:
            return []
        chain = [after[0]]
        heads = use.turn.meaning in {"headed", "heads", "chaired", "chairs"}
        for mention in after[1:]:
            joined = self.coordinated(text, chain[-1].end, mention.start, commas=not use.fronted)
            if not joined and not (heads and self._apposed(text, chain[-1], mention)):
                break
            chain.append(mention)
        return chain

    def _apposed(self, text: str, one: Mention, two: Mention) -> bool:
        """Whether a title and a person stand side by side."""
        kinds = {one.kind in {"post", "title"}, two.kind in {"post", "title"}}
        between = [t.norm for t in tokenize(text, one.end, two.start)]
        small = self.lexicon.words["honorifics"] | self.lexicon.words["articles"] | {",", ".", "("}
        return kinds == {True, False} and all(w in small for w in between)

    def coordinated(self, text: str, start: int, end: int, commas: bool = True) -> bool:
        """Whether only "and", commas, articles, prepositions and brackets stand between two offsets."""
        words = [t.norm for t in tokenize(text, start, end)]
        small = self.lexicon.words["articles"] | self.lexicon.words["definite"] | self.lexicon.words["place_links"]
        joined = False
        i = 0
        while i < len(words):
            found = self.lexicon.lists["and_words"].match(words, i)
            if found:
                joined, i = True, i + found[0]
            elif words[i] in {",", ";"} and commas:
                joined, i = True, i + 1
            elif words[i] in small or words[i] in {"(", ")"}:
                i += 1
            else:
                return False
        return joined

    def _subjects(self, text: str, start: int, use: Use, before: list[Use], mentions: list[Mention],
                  breaks: list[int]) -> list[Mention]:  # fmt: skip
        begin = max([start, *(b + 1 for b in breaks if b < use.start)])
        skip = {"run", "place"} if use.turn.meaning != "member" else {"run"}
        zone = [m for m in mentions if begin <= m.start and m.end <= use.start and m.kind not in skip]
        previous = [u for u in before if u.start >= begin]
        gap_from = max([begin, *(m.end for m in zone)])
        words = [t.norm for t in tokenize(text, gap_from, use.start)][:4]
        first = tokenize(text, use.start, use.end)[0]
        words.append(first.norm)
        apposed = first.text.lower() in self.lexicon.words["articles"]  # ", a department of the Ministry"
        if zone and (apposed or any(w in self.lexicon.words["relatives"] for w in words)):
            return [zone[-1]]
        held = {id(m) for u in previous for m in (u.right if u.turn.meaning not in DOWN else [])}
        down = {id(m) for u in previous if u.turn.meaning in DOWN for m in u.right}
        free = [m for m in zone if id(m) not in held and id(m) not in down]
        after = [m for m in free if not previous or m.start > previous[-1].start]
        if after:
            chain = [after[0]]
            for mention in after[1:]:
                joined = self.coordinated(text, chain[-1].end, mention.start)
                if joined or self._apposed(text, chain[-1], mention):
                    chain.append(mention)
            return chain
        if previous and previous[-1].left:
            return previous[-1].left
        return free[:1]
