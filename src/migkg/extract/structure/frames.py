"""Frames: what a heading, a box or an introducing sentence says of the lines under it."""

from dataclasses import dataclass, replace

from migkg.extract.structure.boxes import Box
from migkg.extract.structure.sentence import ListFact


@dataclass(frozen=True, slots=True)
class Frame:
    """The place in the chart where a line stands.

    Attributes:
        container: the unit or body that the lines are part of.
        chief: the post or board that they report to.
        board: the board or body whose members are listed.
        mode: ``text`` (prose of a page), ``parts`` (boxes of the chart), ``members``, ``observers``, ``former`` or
            ``skip`` (nothing under it counts).
        group: head word of a bare grouping label ("Regional Offices"), as it is written in one item's name.
        owner: the box of the line above.
    """

    container: Box | None
    chief: Box | None = None
    board: Box | None = None
    mode: str = "text"
    group: str = ""
    group_head: str = ""
    owner: Box | None = None

    def under(self, box: Box) -> "Frame":
        """The frame of what stands under a box."""
        if box.kind == "post":
            return replace(self, chief=box, mode="parts", group="", group_head="", owner=box)
        return Frame(box, None, box if box.kind == "board" else None, "parts", owner=box)

    def introduced(self, facts: list[ListFact]) -> "Frame":
        """The frame of a list that a sentence introduces."""
        frame = replace(self, mode="parts", group="", group_head="")
        for fact in facts:
            if fact.relation == "member" or (fact.relation == "comprise" and fact.target.kind == "board"):
                frame = replace(frame, mode="members", board=fact.target)
            elif fact.target.kind == "post" or (fact.relation != "part" and fact.target.kind == "board"):
                frame = replace(frame, chief=fact.target)
            elif fact.target.kind in {"unit", "board", "organisation"}:
                frame = replace(frame, container=fact.target)
        return frame
