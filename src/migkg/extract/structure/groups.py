"""Parts that are named together: "its six directorates", "these last two units", "the first of these offices"."""

from collections.abc import Callable
from functools import partial

from migkg.extract.structure.boxes import Box
from migkg.extract.structure.clauses import ClauseReader
from migkg.extract.structure.mentions import Mention
from migkg.extract.structure.page import Page
from migkg.extract.structure.sentence import Sentence
from migkg.text.normalize import fold
from migkg.text.tokens import tokenize

Saying = Callable[[Box], None]
MOST = 30  # groups of one page that are resolved: each needs a look at all its boxes


class Groups:
    """Keeps what is said of groups until all boxes of the page are known."""

    def __init__(self, page: Page, clauses: ClauseReader) -> None:
        self.page, self.clauses = page, clauses
        self.lexicon = page.lexicon
        self._kept: list[Callable[[], None]] = []

    def keep(self, group: Mention, sentence: Sentence, say: Saying) -> None:
        """Say something of each part of a group, later.

        Args:
            say: called with each box of the group.
        """
        if len(self._kept) >= MOST or self._is_listed(group):
            return
        before = fold(self.page.text[max(sentence.span[0], group.start - 40) : group.end])
        spots = self.lexicon.spots
        if spots["first_part"].search(before):
            self._kept.append(partial(self._say, lambda: self._first(group), say))
        elif spots["last_parts"].search(before):
            self._kept.append(partial(self._say, lambda: self._last(group), say))
        elif spots["all_parts"].search(before):
            owned = bool(set(before.split()) & self.lexicon.words["possessives"])
            owner = next((b for b in sentence.near if b.inner or b.kind == "organisation"), None)
            scopes = [owner] if owned else [self.page.organisation, owner]
            joined = self._is_joined(group, sentence)
            self._kept.append(partial(self._say, lambda: self._all(group, scopes, joined), say))
        elif set(before.split()[:-1]) & self.lexicon.words["numbers"]:
            self._kept.append(partial(self._say, lambda: self._drawn(group), say))

    def _is_listed(self, group: Mention) -> bool:
        """Whether the members of a group are listed after it: "the following structures"."""
        around = self.page.text[max(0, group.start - 14) : group.end + 14]
        return any(t.norm in self.lexicon.words["following_words"] for t in tokenize(around))

    def resolve(self) -> None:
        """Say what was kept."""
        for step in self._kept:
            step()

    @staticmethod
    def _say(find: Callable[[], list[Box]], say: Saying) -> None:
        for box in find():
            say(box)

    def _is_joined(self, group: Mention, sentence: Sentence) -> bool:
        """Whether two groups are named together: "its directorates and services" are all the parts."""
        text = self.page.text
        others = [m for m in sentence.mentions if m.kind == "group" and m is not group]
        return any(
            self.clauses.coordinated(text, min(m.end, group.end), max(m.start, group.start)) for m in others
        )  # fmt: skip

    def _all(self, group: Mention, scopes: list[Box | None], joined: bool) -> list[Box]:
        """The parts that a group means: those with its head word, in the first body or unit that has such parts.

        A general word ("its structures"), or two groups together, mean all parts.
        """
        name = group.name
        parts = [b for b in self.page.boxes if b.kind == "unit" and not b.dropped]
        parts = [b for b in parts if not self.page.says(b, "reportsTo")]
        general = joined or name is None or name.head not in self.lexicon.units
        if name is not None and not general:
            parts = self._alike(group, [b for b in parts if b.head.startswith(name.head)])
        for scope in scopes:
            inside = [b for b in parts if self.page.above(b) is scope]
            if inside:
                return inside
        return []

    def _alike(self, group: Mention, boxes: list[Box]) -> list[Box]:
        """Of some boxes those with all words of the group ("Regional Offices"), where there are any."""
        one = self.lexicon.make_singular(self.page.surface((group.start, group.end)))
        wanted = self.page.content(one)
        return [b for b in boxes if wanted <= self.page.content(b.label)] or boxes

    def _drawn(self, group: Mention) -> list[Box]:
        """ "Seven Regional Bureaux": the boxes of that head that a chart shows."""
        head = group.name.head if group.name is not None else ""
        drawn = [b for b in self.page.with_head(head)[::-1] if b.kind == "unit" and b.drawn is not None and head]
        return self._alike(group, drawn)

    def _first(self, group: Mention) -> list[Box]:
        return self._in_order(group)[:1]

    def _last(self, group: Mention) -> list[Box]:
        """As many of the boxes named just before as the group counts; two, where it does not count."""
        before = fold(self.page.text[max(0, group.start - 40) : group.start]).split()
        count = next((n for word, n in self.lexicon.counts.items() if word in before), 2)
        return [b for b in self._in_order(group) if b.first < group.start][-count:]

    def _in_order(self, group: Mention) -> list[Box]:
        head = group.name.head if group.name is not None else ""
        alike = [b for b in self.page.boxes if b.inner and not b.dropped and b.first >= 0 and b.head.startswith(head)]
        return sorted(alike, key=lambda b: b.first)
