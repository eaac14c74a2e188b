"""How two boxes of a structure page stand to each other, by what they are."""

from migkg.extract.structure.boxes import Box, Span
from migkg.extract.structure.lexicon import word_list
from migkg.extract.structure.page import Page

LEAGUES = frozenset({"IntergovernmentalOrganisation", "NonGovernmentalOrganisation", "RegionalProcess"})
BODIES = frozenset({"organisation", "unit", "board", "outer", "government"})
OWN_BODIES = frozenset({"GovernmentBody", "RegionalProcess"})
MASTERS = frozenset({"outer", "government", "organisation"})
MEMBERS = frozenset({"outer", "government", "person", "place", "organisation"})


class Relations:
    """Turns "A is part of B", "A reports to B", "A is a member of B" into the edges that the guidelines ask for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.offices: dict[Box, Box] = {}  # person -> post held

    def relate(self, child: Box, relation: str, target: Box, span: Span, rule: str, confidence: float = 0.8,
               post: str | None = None) -> None:  # fmt: skip
        """State ``part``, ``report``, ``member``, ``comprise`` or ``supervise``, all seen from the child.

        Args:
            child: the lower end: the part, the one who reports, the member.
            target: the upper end.
            span: the evidence.
            post: title of a person, where it is known.
        """
        if child is target or child.abolished or target.abolished:
            return
        if relation == "under":
            relation = "report" if target.kind in {"post", "board"} else "part"
        if relation == "report":
            child = self.offices.get(child, child)
        if child.kind == "outer" and relation != "member" and (relation != "report" or target.kind != "organisation"):
            self._take_in(child, target)
        if relation == "comprise":
            relation = self._kind_of_part(child, target)
        elif relation == "supervise":
            target = self.offices.get(target, target)
            relation = "report" if target.kind in {"post", "board"} else "part"
        getattr(self, f"_{relation}")(child, target, span, rule, confidence, post)

    def _take_in(self, child: Box, target: Box) -> None:
        """A body with the name of a unit is one where the page shows it as an inner part."""
        words, units = word_list(child.label), self.page.lexicon.units
        named = units.match(words, 0) or units.match_end(words, len(words))
        if named and (target.inner or target.kind in {"post", "organisation"}) and child.type not in OWN_BODIES:
            child.kind, child.type, child.head = "unit", "OrganisationalUnit", named[1]

    def _kind_of_part(self, child: Box, target: Box) -> str:
        if target.kind == "post":
            return "report"
        board = target.kind == "organisation" and target.head in self.page.lexicon.boards
        if target.kind == "board" or board:
            return "member" if child.kind in MEMBERS else "part"
        if child.kind in {"outer", "place", "government"} and target.type in LEAGUES:
            return "member"
        return "part"

    def _part(self, child: Box, target: Box, span: Span, rule: str, confidence: float, post: str | None) -> None:
        if child.kind == "person":
            self._member(child, target, span, rule, confidence, post)
        elif target.kind == "post":
            self._report(child, target, span, rule, confidence, post)
        elif target.kind in BODIES and (child.kind in BODIES or child.kind == "post"):
            if child.kind == "organisation" and target.inner:
                if target in self.page.parents or target.drawn is not None:
                    return
                target.kind, target.type = "outer", "GovernmentBody"  # what the body is part of stands outside
            self.page.put(child, target, span, rule, confidence)

    def _report(self, child: Box, target: Box, span: Span, rule: str, confidence: float, post: str | None) -> None:
        inner = child.inner or child.kind == "post"
        if inner and (target.inner or target.kind == "post"):
            self.page.state(child, "reportsTo", target, span, rule, confidence)
        elif target.kind in MASTERS and child.kind in BODIES - {"government"}:
            self.page.put(child, target, span, rule, confidence)

    def _member(self, child: Box, target: Box, span: Span, rule: str, confidence: float, post: str | None) -> None:
        if target.kind not in BODIES:
            return
        if child.kind == "person":
            if target.kind != "outer":  # who sits elsewhere does not do so for this body
                self.page.state(child, "worksFor", target, span, rule, confidence, post)
        elif child.kind == "place" and child.country:
            self.page.state(self.page.government(child), "memberOf", target, span, rule, confidence)
        elif child.kind in {"outer", "government", "organisation"}:
            self.page.state(child, "memberOf", target, span, rule, confidence)
        elif child.inner:
            self.page.put(child, target, span, rule, confidence)
