"""Members of boards and bodies: people with the bodies that sent them, bodies, states; observers and former members."""

from migkg.extract.structure.boxes import Box, Span
from migkg.extract.structure.builder import BoxBuilder
from migkg.extract.structure.frames import Frame
from migkg.extract.structure.labels import Label
from migkg.extract.structure.mentions import Mention, MentionReader
from migkg.extract.structure.names import Name

OUTSIDE = frozenset({"outer", "government", "place"})


class MemberReader:
    """Reads lines and rows that each name one member."""

    def __init__(self, builder: BoxBuilder, mentions: MentionReader) -> None:
        self.builder, self.mentions, self.page = builder, mentions, builder.page
        self.titles, self.relations, self.lexicon = builder.titles, builder.relations, builder.lexicon

    def read_line(self, span: Span, label: Label, frame: Frame) -> None:
        """One line of a list: "Ana Lopez (Chair)", "the Ministry of Finance", "one representative of X"."""
        board = frame.board if frame.mode == "members" else None
        if label.kind == "person" or any(h.person for h in label.holders):
            self._read_person(span, label, board, frame.mode == "former")
        elif frame.mode != "former":
            self._read_bodies(span, label, board)
            if board is not None and label.kind == "post" and label.name is not None and self._is_office(label.name):
                self.titles.office(label.name, board, span, "members")

    def _read_bodies(self, span: Span, label: Label, board: Box | None) -> None:
        for note in label.notes:
            self.builder.seats.country(note)
        for mention in self.mentions.read(*span, [b for b in (board,) if b is not None]):
            if any(start <= mention.start < end for start, end in label.notes) or not mention.boxes:
                continue
            state = self._state(mention)
            if mention.kind in OUTSIDE and state is not None:
                self.seat(None, [], state, board, span, "members")
            elif board is not None and mention.kind in {"unit", "board"} and label.kind in {"unit", "board"}:
                self.relations.relate(mention.boxes[0], "part", board, span, "members", 0.7)

    def _state(self, mention: Mention) -> Box | None:
        """The box of a member; a country stands for its government, any other place for nothing."""
        box = mention.boxes[0]
        if mention.kind != "place":
            return box
        return self.page.government(box) if box.country else None

    def _read_person(self, span: Span, label: Label, board: Box | None, former: bool) -> None:
        held = next((h.person for h in label.holders if h.person is not None), None)
        where = held if label.kind != "person" and held is not None else label.core
        person = self.builder.entries.person(where)
        titles = [t for h in label.holders for t in h.titles]
        if label.kind == "post" and label.name is not None and label.name not in titles:
            titles.insert(0, label.name)
        if former or any(h.former for h in label.holders):
            return
        body = None
        for mention in self.mentions.read(where[1], span[1]):
            if mention.boxes and mention.kind in OUTSIDE | {"organisation", "unit"}:
                body = body or self._state(mention)
        self.seat(person, titles, body, board, span, "members")

    # -- one seat -------------------------------------------------------------------------------------------------

    def seat(self, person: Box | None, titles: list[Name], body: Box | None, board: Box | None, span: Span,
             rule: str) -> None:  # fmt: skip
        """A seat: the person works for the board and for the body that he or she comes from.

        The body itself is a member where no person is named for it, or where the person represents it.

        Args:
            board: ``None`` for observers, who have no relation to it.
        """
        offices = [t for t in titles if self._is_office(t)]
        others = [t for t in titles if t not in offices]
        if board is not None and person is not None:
            if offices:
                self.titles.hold(person, offices[0], board, span, rule)
            else:
                self.relations.relate(person, "member", board, span, rule, 0.9)
        represents = person is None or any(t.head in self.lexicon.words["representative_titles"] for t in titles)
        outside = body is not None and body is not self.page.organisation and not body.inner
        if board is not None and body is not None and outside and represents:
            self.relations.relate(body, "member", board, span, rule, 0.85)
        if person is not None and body is not None:
            self._work(person, others, body, span, rule)
        elif person is not None and others and board is not None:
            self._serve(person, others[0], board, span, rule)

    def _is_office(self, title: Name) -> bool:
        """An office of a board: chair, treasurer, secretary."""
        return title.head in self.lexicon.words["board_titles"]

    def _work(self, person: Box, titles: list[Name], body: Box, span: Span, rule: str) -> None:
        """The person works for the body named: with an office of it, where it is the page's own."""
        if titles and (body is self.page.organisation or body.inner):
            self.titles.hold(person, titles[0], body, span, rule)
            return
        post = self.page.surface((titles[0].start, titles[0].end)) if titles else None
        self.page.state(person, "worksFor", body, span, rule, 0.85, post)

    def _serve(self, person: Box, title: Name, board: Box, span: Span, rule: str) -> None:
        """A member with a head office of this body works for the body; other titles are of the board."""
        if not self.titles.is_seat(title):
            top = self.titles.is_top(title, self.page.surface((title.start, title.end)))
            self.titles.hold(person, title, self.page.organisation if top else board, span, rule)
