"""Tables of a structure page: units with their heads, seats and superiors; boards with their members."""

from collections import Counter
from dataclasses import dataclass, replace

from migkg.extract.structure.boxes import Box, Span
from migkg.extract.structure.builder import BoxBuilder
from migkg.extract.structure.frames import Frame
from migkg.extract.structure.lexicon import word_list
from migkg.extract.structure.members import MemberReader
from migkg.extract.structure.mentions import Mention, MentionReader
from migkg.extract.structure.names import Name
from migkg.extract.structure.outline import Node

# Which kinds of label fit which column, for rows with fewer cells than the header and for tables without one.
FITTING = {
    "person": {"person"},
    "post": {"post"},
    "head": {"person", "post"},
    "body": {"outer", "organisation"},
    "unit": {"unit", "board", "topic", "group"},
    "sub": {"unit", "topic"},
    "parent": {"unit", "post", "board"},
}
GUESSED = {"person": "person", "post": "post", "outer": "body", "prose": "status", "none": "number"}
WIDEST = 16  # columns: the cells of a short row of a wider table keep their places


@dataclass(slots=True)
class Row:
    """One row: its cells by what their column holds."""

    cells: dict[str, Node]
    span: Span


class TableReader:
    """Reads the cells under one line of the outline, row by row."""

    def __init__(self, builder: BoxBuilder, members: MemberReader, mentions: MentionReader) -> None:
        self.builder, self.members, self.mentions = builder, members, mentions
        self.page, self.labels, self.titles = builder.page, builder.labels, builder.titles
        self.lexicon = builder.lexicon

    def read(self, cells: list[Node], frame: Frame, board: Box | None) -> None:
        """Read a table; without a header its columns are told by what stands in them.

        Args:
            board: the board whose members a table of people would list.
        """
        rows: dict[int, list[Node]] = {}
        for cell in cells:
            rows.setdefault(cell.row if cell.row is not None else -1, []).append(cell)
        ordered = [rows[key] for key in sorted(rows)]
        roles = self._header(ordered[0])
        body = ordered[1:] if roles else ordered
        roles = roles or self._guess(body)
        frame = self._frame(frame, roles, board)
        above: Box | None = None
        for row in body:
            above = self._read_row(self._assign(row, roles), frame, above)

    @staticmethod
    def _frame(frame: Frame, roles: list[str], board: Box | None) -> Frame:
        """A table of people and the bodies they come from is one of members, where a board is near."""
        if frame.mode in {"observers", "former"}:
            return frame
        seats = "person" in roles and ("body" in roles or frame.mode == "members") and "unit" not in roles
        if seats and (frame.board or board) is not None:
            return replace(frame, mode="members", board=frame.board or board)
        return replace(frame, mode="parts") if "unit" in roles else frame

    # -- columns --------------------------------------------------------------------------------------------------

    def _header(self, row: list[Node]) -> list[str]:
        """What each column holds, by the words of the first row; empty where that is no header."""
        roles = [self._role(cell) for cell in row]
        return _one_unit(roles) if any(roles) and sum(map(bool, roles)) * 2 >= len(roles) else []

    def _role(self, cell: Node) -> str:
        words = word_list(self.page.text[cell.start : cell.end])
        phrases = (" ".join(words[:size]) for size in (len(words), 3, 2, 1))
        return next((role for phrase in phrases if (role := self.lexicon.columns.get(phrase))), "")

    def _guess(self, rows: list[list[Node]]) -> list[str]:
        roles = []
        for column in range(max((len(row) for row in rows), default=0)):
            cells = [row[column] for row in rows if len(row) > column]
            kinds = Counter(self.labels.read(c.start, c.end).kind for c in cells)
            best = max(kinds, key=lambda kind: (kinds[kind], kind))
            roles.append(GUESSED.get(best, "unit"))
        return _one_unit(roles)

    def _assign(self, row: list[Node], roles: list[str]) -> Row:
        """The cells of a row by column; a short row keeps its order and goes where its cells fit best."""
        span = (row[0].start, row[-1].end)
        columns = list(range(len(row)))
        if len(row) < len(roles) <= WIDEST:
            columns = self._best_columns(row, roles)
        pairs = [(roles[j], cell) for j, cell in zip(columns, row, strict=True) if j < len(roles) and roles[j]]
        return Row(dict(pairs), span)

    def _best_columns(self, row: list[Node], roles: list[str]) -> list[int]:
        worst: tuple[float, list[int]] = (-1e9, [])
        best: list[tuple[float, list[int]]] = [(0.0, [])] * (len(roles) + 1)
        for i, cell in enumerate(row):
            reached: list[tuple[float, list[int]]] = [worst] * (len(roles) + 1)
            for j in range(i, len(roles)):
                score, path = best[j]
                here = (score + self._fit(cell, roles[j]), [*path, j])
                reached[j + 1] = max(reached[j], here, key=lambda option: option[0])
            best = reached
        return best[-1][1]

    def _fit(self, cell: Node, role: str) -> float:
        if role == "number":
            return 2.0 if self.page.text[cell.start : cell.end].strip(" .").isdigit() else -2.0
        kind = self.labels.read(cell.start, cell.end).kind
        if kind in FITTING.get(role, ()):
            return 1.0
        if role == "body" and kind in {"unit", "board"}:
            return 0.6
        return 0.4 if role == "person" and kind == "topic" else 0.0

    # -- rows -----------------------------------------------------------------------------------------------------

    def _read_row(self, row: Row, frame: Frame, above: Box | None) -> Box | None:
        """Read a row; returns the unit that it, or the row above, is about."""
        cells = row.cells
        if "unit" in cells:
            above = self.builder.enter_cell((cells["unit"].start, cells["unit"].end), frame)
        if above is not None and ("unit" in cells or "sub" in cells):
            self._read_about(above, cells, row.span, frame)
        elif frame.mode in {"members", "observers", "former"} or "body" in cells:
            self._read_member(cells, row.span, frame)
        elif "post" in cells:
            self._read_post(cells, row.span, frame)
        elif "person" in cells:
            self._read_holder(cells, row.span, frame.container)
        return above

    def _read_post(self, cells: dict[str, Node], span: Span, frame: Frame) -> None:
        """A row about a post: who holds it, and to whom it reports."""
        if "person" in cells:
            self._read_holder(cells, span, frame.container)
        title = self._title_in(cells["post"])
        if title is None:
            self.builder.enter_cell((cells["post"].start, cells["post"].end), frame)
            return
        post = self.titles.office(title, frame.container, span, "table")
        if post is not None and "parent" in cells:
            self._read_parent(post, cells["parent"], span)

    def _read_about(self, box: Box, cells: dict[str, Node], span: Span, frame: Frame) -> None:
        """The other cells of a unit's row."""
        if "person" in cells or "head" in cells:
            self._read_holder(cells, span, box)
        if "parent" in cells:
            self._read_parent(box, cells["parent"], span)
        if "place" in cells:
            self.builder.seats.cell(box, (cells["place"].start, cells["place"].end), span)
        if "sub" in cells:
            below = frame.under(box)
            for piece in self.labels.pieces((cells["sub"].start, cells["sub"].end)):
                self.builder.enter_cell(piece, below)
        if "status" in cells:
            words = word_list(self.page.text[cells["status"].start : cells["status"].end])
            box.abolished = box.abolished or self.lexicon.lists["abolished_words"].find(words) is not None

    def _read_parent(self, box: Box, cell: Node, span: Span) -> None:
        organisation = [b for b in (self.page.organisation,) if b is not None]
        for mention in self.mentions.read(cell.start, cell.end, organisation):
            for target in mention.boxes or self._office_of(mention):
                relation = "report" if target.kind in {"post", "board"} else "part"
                self.builder.relations.relate(box, relation, target, span, "table", 0.9)

    def _office_of(self, mention: Mention) -> list[Box]:
        """The Post that a title without an article stands for."""
        if mention.kind != "title" or mention.name is None:
            return []
        post = self.titles.office(mention.name, None, (mention.start, mention.end), "table")
        return [post] if post is not None else []

    def _read_holder(self, cells: dict[str, Node], span: Span, unit: Box | None) -> None:
        person, own = self._person_in(cells.get("person") or cells["head"])
        title = self._title_in(cells.get("post"))
        titles = own or ([title] if title is not None else [])
        if person is not None:
            for name in titles:
                self.titles.hold(person, name, unit, span, "table")
            if not titles:
                self.titles.hold(person, None, unit, span, "table")
        elif unit is not None:
            for name in own:
                self.titles.office(name, unit, span, "table")

    def _title_in(self, cell: Node | None) -> Name | None:
        label = self.labels.read(cell.start, cell.end) if cell is not None else None
        return label.name if label is not None and label.kind == "post" else None

    def _person_in(self, cell: Node) -> tuple[Box | None, list[Name]]:
        """The person of a cell, and titles that stand with the name; ``None`` for "vacant" or something else."""
        span = self.labels.trim((cell.start, cell.end))
        words = word_list(self.page.text[span[0] : span[1]])
        lists = self.lexicon.lists
        if not words or lists["vacant_words"].find(words) or lists["former_words"].find(words):
            return None, []
        label = self.labels.read(cell.start, cell.end)
        titles = [t for h in label.holders for t in h.titles]
        if label.kind == "post":
            found = next((h.person for h in label.holders if h.person is not None), None)
            names = titles or ([label.name] if label.name is not None else [])
            return (self.builder.entries.person(found) if found is not None else None), names
        if label.kind == "person" or self.labels.people.is_person(label.core, True):
            return self.builder.entries.person(label.core), titles
        return None, []

    def _read_member(self, cells: dict[str, Node], span: Span, frame: Frame) -> None:
        person, own = self._person_in(cells["person"]) if "person" in cells else (None, [])
        title = self._title_in(cells.get("post"))
        body = None
        if "body" in cells:
            body = self.builder.entries.body(self.labels.trim((cells["body"].start, cells["body"].end)))
        board = frame.board if frame.mode == "members" else None
        if frame.mode != "former":
            self.members.seat(person, own or ([title] if title else []), body, board, span, "table")


def _one_unit(roles: list[str]) -> list[str]:
    """The roles with one column of units; further ones hold parts of those units."""
    first = roles.index("unit") if "unit" in roles else -1
    return ["sub" if role == "unit" and i != first else role for i, role in enumerate(roles)]
