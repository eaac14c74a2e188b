"""Titles and the people who hold them: whether a title is a Post of this body, and what it belongs to."""

from collections import defaultdict

from migkg.extract.structure.boxes import Box, Span
from migkg.extract.structure.lexicon import word_list
from migkg.extract.structure.names import Name
from migkg.extract.structure.page import Page
from migkg.extract.structure.relations import Relations
from migkg.text.normalize import fold


class Titles:
    """Makes the Posts of a page and says who holds them."""

    def __init__(self, page: Page, relations: Relations) -> None:
        self.page, self.relations = page, relations
        self.lexicon = page.lexicon
        self._bare: dict[str, dict[Box, Box]] = defaultdict(dict)

    def office(self, name: Name, near: Box | None, span: Span, rule: str, drawn: bool = False) -> Box | None:
        """The Post of a title; ``None`` for seats ("Delegate") and titles of other bodies ("Minister" elsewhere).

        Args:
            name: the title as it was read.
            near: the unit or body in which it stands on the page.
            span: the evidence that it belongs there.
            drawn: whether the page shows the unit to comprise it; then a head's title belongs there too.
        """
        if self.is_seat(name) or self.is_political(name):
            return None
        label = self.page.surface((name.start, name.end))
        home = near if drawn and near is not None and near.inner else self.home(name, label, near)
        if home is not None and home.kind == "outer":
            return None
        post = self._known(name, label, home) or self._new(name, label, home, rule)
        post.mention(name.start, name.end, rule)
        if home is not None:
            self.page.put(post, home, span, rule, 0.7 if post.unsure else 0.8)
        return post

    def _known(self, name: Name, label: str, home: Box | None) -> Box | None:
        """The Post of this title that is already on the page, unless it is that of another unit."""
        known = self.page.find("post", label)
        for post in known:
            if home is None or self.page.above(post) is home:
                return post
        if not known or (
            home is not None and home.inner and self.is_bare(name, label) and not self.is_top(name, label)
        ):
            return None
        free = [p for p in known if self.page.above(p) is self.page.organisation]
        if home is self.page.organisation:
            return known[-1]
        return free[-1] if free else None

    def _new(self, name: Name, label: str, home: Box | None, rule: str) -> Box:
        """A new Post; a bare title of a unit gets the unit's name, and is dropped later if it comes back elsewhere."""
        bare = home is not None and home.inner and self.is_bare(name, label)
        if not bare or home is None:
            return self.page.add("post", self.page.tidy(label), [], rule, head=name.head)
        post = self.page.add("post", f"{self.page.tidy(label)}, {home.label}", [], rule, head=name.head)
        self.page.name(post, label)
        if not self.is_top(name, label):
            post.unsure = True
            self._bare[self.lexicon.plain_title(label)][home] = post
        return post

    def hold(self, person: Box, name: Name | None, near: Box | None, span: Span, rule: str) -> None:
        """Say that a person holds a title (or, without one, works in the unit)."""
        if name is None:
            if near is not None:
                self.page.state(person, "worksFor", near, span, rule, 0.7)
            return
        label = self.page.surface((name.start, name.end))
        where = self._ministry(name, label) if self.is_political(name) else self.home(name, label, near)
        if where is None:
            return
        self.page.state(person, "worksFor", where, span, rule, 0.8, label)
        post = self.office(name, near, span, rule)
        if post is not None:
            self.relations.offices[person] = post

    def _ministry(self, name: Name, label: str) -> Box | None:
        """The ministry of a minister who is named with it elsewhere on the page."""
        heads = self.lexicon.counterparts.get(name.head, ())
        mine = self.page.content(label) - frozenset(name.head.split())
        for head in heads if mine else ():
            for box in self.page.find_words("outer", mine | frozenset(head.split())):
                if box.kind == "outer":
                    return box
        return None

    # -- what kind of title ---------------------------------------------------------------------------------------

    def is_seat(self, name: Name) -> bool:
        """ "Representative", "Delegate": a seat, never a Post."""
        label = fold(self.page.surface((name.start, name.end)))
        return name.head in self.lexicon.words["seat_titles"] or label in self.lexicon.words["seat_titles"]

    def is_political(self, name: Name) -> bool:
        """A title of a state or another body, unless the page is about a ministry."""
        if name.head not in self.lexicon.words["political_titles"]:
            return False
        organisation = self.page.organisation
        own = " ".join(word_list(organisation.label)) if organisation is not None else ""
        heads = self.lexicon.counterparts.get(name.head, ())
        if any(head in own for head in heads):
            return False
        return not any(b.inner for head in heads for b in self.page.with_head(head))

    def is_top(self, name: Name, label: str) -> bool:
        """A title of the person at the head of a body, or of a deputy, that no mere unit has ("Secretary-General")."""
        if name.head in self.lexicon.words["political_titles"]:
            return True
        deputies = self.lexicon.words["deputy_words"]
        words = [w for w in word_list(label) if w not in deputies]
        found = self.lexicon.lists["head_titles"].match(words, 0) if words else None
        return found is not None and (found[0] > 1 or "-" in words[0]) and name.inner is None

    def stands_in(self, name: Name, unit: Box | None) -> Box | None:
        """The unit that a title in prose belongs to, where the text is about a unit: plain titles ("Director", "Deputy
        Head") and titles that go with the unit do; others ("Internal Auditor") are the body's.
        """
        if unit is None or self._is_plain(name) or unit.head in self.lexicon.counterparts.get(name.head, ()):
            return unit
        return None

    def _is_plain(self, name: Name) -> bool:
        label = self.page.surface((name.start, name.end))
        rest = [w for w in word_list(label) if w not in name.head.split() and w not in self.page.small]
        plain = self.lexicon.words["deputy_words"] | self.lexicon.words["acting_words"]
        return all(w in plain or w in self.lexicon.units for w in rest)

    def is_bare(self, name: Name, label: str) -> bool:
        """Whether the title has no complement of its own ("Director", "Head of Unit")."""
        rest = [w for w in word_list(label) if w not in name.head.split() and w not in self.page.small]
        plain = (
            self.lexicon.words["post_modifiers"]
            | self.lexicon.words["deputy_words"]
            | self.lexicon.words["acting_words"]
        )
        return all(w in plain or w in self.lexicon.units for w in rest)

    # -- where it belongs -----------------------------------------------------------------------------------------

    def home(self, name: Name, label: str, near: Box | None) -> Box | None:
        """What a title belongs to: the unit it names or heads, the unit it stands in, else the body."""
        if name.inner is not None:
            known = self.page.find("unit", self.page.surface((name.inner.start, name.inner.end)))
            if known or not name.inner.lone:
                return known[-1] if known else self._inner_unit(name.inner)
        organisation = self.page.organisation
        if near is not None and near.inner:
            counterpart = near.head in self.lexicon.counterparts.get(name.head, ())
            if counterpart or not self.is_top(name, label):
                return near
            return organisation
        return self._headed_unit(name, label) or near or organisation

    def _inner_unit(self, inner: Name) -> Box:
        """The unit that a title names."""
        span = (inner.start, inner.end)
        known = self.page.find("unit", self.page.surface(span))
        unit = known[-1] if known else self.page.add(inner.kind, self.page.surface(span), [], "title", head=inner.head)
        unit.mention(*span, "title")
        return unit

    def _headed_unit(self, name: Name, label: str) -> Box | None:
        """The unit that a title is named after: "Director of Finance" heads the "Finance Department"."""
        heads = self.lexicon.counterparts.get(name.head, ())
        deputies = self.lexicon.words["deputy_words"] | self.lexicon.words["acting_words"]
        words = self.page.content(label)
        mine = words - frozenset(name.head.split())
        if words & deputies:
            return None
        if not mine:
            lone = [b for b in self.page.units_with(frozenset()) if b.head in heads]
            return lone[0] if len(lone) == 1 else None
        for box in self.page.units_with(mine):
            if box.head in heads or not box.head:
                return box
        return None

    def finish(self) -> None:
        """Drop bare titles that came back for several units, unless something reports to them."""
        chiefs = {e.object for e in self.page.edges if e.predicate == "reportsTo"}
        for offices in self._bare.values():
            if len(offices) > 1:
                for post in offices.values():
                    if post not in chiefs:
                        self.page.drop(post)
