"""Tables of a structure page: units with their heads, seats and superiors; boards with their members."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from migkg.extract.structure_frames import Frame
from migkg.extract.structure_labels import Holder, Label
from migkg.extract.structure_lexicon import word_list
from migkg.extract.structure_names import Name
from migkg.extract.structure_outline import Node
from migkg.extract.structure_page import Box, Span
from migkg.text.normalize import fold

if TYPE_CHECKING:
    from migkg.extract.structure_chart import ChartReader


FITTING = {
    "person": {"person"},
    "post": {"post"},
    "head": {"person", "post"},
    "body": {"outer", "organisation"},
    "unit": {"unit", "board", "topic", "group"},
    "sub": {"unit", "topic"},
    "parent": {"unit", "post", "board"},
}


@dataclass(slots=True)
class Row:
    """One row: its cells by what their column holds."""

    cells: dict[str, Node]
    span: Span


class TableReader:
    """Reads the cells under one line of the outline, row by row."""

    def __init__(self, chart: ChartReader) -> None:
        self.chart, self.page = chart, chart.page
        self.lexicon = chart.lexicon

    def read(self, cells: list[Node], frame: Frame) -> None:
        """Read a table; without a header its columns are told by what stands in them."""
        rows: dict[int, list[Node]] = {}
        for cell in cells:
            rows.setdefault(cell.row if cell.row is not None else -1, []).append(cell)
        ordered = [rows[key] for key in sorted(rows)]
        roles = self._roles(ordered[0])
        body = ordered[1:] if roles else ordered
        if not roles:
            roles = self._guess(body)
        frame = self._frame(frame, roles)
        above: Box | None = None
        for row in body:
            above = self._row(self._assign(row, roles), frame, above)

    def _frame(self, frame: Frame, roles: list[str]) -> Frame:
        """A table of people and the bodies they come from is one of members where a board is near."""
        if frame.mode in {"observers", "former"}:
            return frame
        if "person" in roles and ("body" in roles or frame.mode == "members") and "unit" not in roles:
            board = frame.board or self.chart.nearest_board(frame)
            if board is not None:
                return replace(frame, mode="members", board=board)
        return replace(frame, mode="parts") if "unit" in roles else frame

    def _roles(self, header: list[Node]) -> list[str]:
        roles = [self._role(cell) for cell in header]
        if roles.count("unit") > 1:
            first = roles.index("unit")
            roles = [r if r != "unit" or i == first else "sub" for i, r in enumerate(roles)]
        return roles if sum(bool(r) for r in roles) * 2 >= len(roles) and any(roles) else []

    def _role(self, cell: Node) -> str:
        words = word_list(self.page.text[cell.start : cell.end])
        for size in (len(words), 3, 2, 1):
            role = self.lexicon.columns.get(" ".join(words[:size]))
            if role:
                return role
        return ""

    def _guess(self, rows: list[list[Node]]) -> list[str]:
        width = max((len(r) for r in rows), default=0)
        roles = []
        for column in range(width):
            kinds = [self.chart.labels.read(r[column].start, r[column].end).kind for r in rows if len(r) > column]
            best = max(set(kinds), key=lambda k: (kinds.count(k), k))
            roles.append(
                {"person": "person", "post": "post", "outer": "body", "prose": "status", "none": "number"}.get(
                    best, "unit"
                )
            )
        if "unit" in roles and roles.count("unit") > 1:
            first = roles.index("unit")
            roles = [r if r != "unit" or i == first else "sub" for i, r in enumerate(roles)]
        return roles

    def _assign(self, row: list[Node], roles: list[str]) -> Row:
        """The cells of a row by column; a short row keeps its order and goes where its cells fit best."""
        span = (row[0].start, row[-1].end)
        if len(row) >= len(roles):
            return Row({r: c for r, c in zip(roles, row, strict=False) if r}, span)
        fits = [[self._fit(cell, role) for role in roles] for cell in row]
        best: list[tuple[float, list[int]]] = [(0.0, [])] * (len(roles) + 1)
        for i in range(len(row)):
            nxt: list[tuple[float, list[int]]] = [(-1e9, [])] * (len(roles) + 1)
            for j in range(i, len(roles)):
                score, path = best[j] if i or not j else (0.0, [])
                here = (score + fits[i][j], [*path, j])
                nxt[j + 1] = max(nxt[j], here, key=lambda t: t[0])
            best = nxt
        columns = best[-1][1]
        return Row({roles[j]: c for j, c in zip(columns, row, strict=False) if roles[j]}, span)

    def _fit(self, cell: Node, role: str) -> float:
        text = self.page.text[cell.start : cell.end].strip()
        if role == "number":
            return 2.0 if text.rstrip(".").isdigit() else -2.0
        kind = self.chart.labels.read(cell.start, cell.end).kind
        if role == "body" and kind in {"unit", "board"}:
            return 0.6
        if kind in FITTING.get(role, set()):
            return 1.0
        return 0.4 if role == "person" and kind == "topic" else 0.0

    # -- rows -----------------------------------------------------------------------------------------------------

    def _row(self, row: Row, frame: Frame, above: Box | None) -> Box | None:
        cells = row.cells
        if "unit" in cells:
            above = self._unit(cells["unit"], frame)
        elif "sub" in cells and above is not None:
            pass
        elif frame.mode in {"members", "observers", "former"} or "body" in cells:
            self._member(cells, row.span, frame)
            return above
        elif "person" in cells and ("post" in cells or frame.container is not None):
            self._person(cells, row.span, frame.container, frame)
            return above
        elif "post" in cells:
            self._post(cells, frame)
            return above
        if above is not None:
            self._about(above, cells, row.span, frame)
        return above

    def _unit(self, cell: Node, frame: Frame) -> Box | None:
        """The unit of a row; a title in the column is a Post, "Dakar (Senegal)" an office by its seat."""
        before = len(self.page.boxes)
        below = self.chart.enter_cell(cell, frame)
        return below.owner if below.owner is not frame.owner or len(self.page.boxes) > before else None

    def _about(self, box: Box, cells: dict[str, Node], span: Span, frame: Frame) -> None:
        chart = self.chart
        if "person" in cells or "head" in cells:
            self._person(cells, span, box, frame)
        if "parent" in cells:
            cell = cells["parent"]
            for mention in chart.mentions.read(cell.start, cell.end, [b for b in (self.page.organisation,) if b]):
                targets = mention.boxes or chart.office_of(mention)
                for target in targets:
                    relation = "report" if target.kind in {"post", "board"} else "part"
                    chart.relations.relate(box, relation, target, span, "table", 0.9)
        if "place" in cells:
            chart.seats.cell(box, (cells["place"].start, cells["place"].end), span)
        if "sub" in cells:
            below = frame.under(box)
            for piece in chart.labels.pieces((cells["sub"].start, cells["sub"].end)):
                chart.enter_cell(replace_node(cells["sub"], piece), below)
        if "status" in cells:
            cell = cells["status"]
            words = word_list(self.page.text[cell.start : cell.end])
            if self.lexicon.lists["abolished_words"].find(words):
                box.abolished = True

    def _person(self, cells: dict[str, Node], span: Span, unit: Box | None, frame: Frame) -> None:
        cell = cells.get("person") or cells.get("head")
        assert cell is not None
        title = self._title(cells.get("post"))
        person, own = self._person_in(cell)
        if person is None:
            if own and unit is not None:
                for name in own:
                    self.chart.titles.office(name, unit, span, "table")
            return
        titles = own or ([title] if title else [])
        if not titles and "head" in cells and unit is not None:
            titles = []
        for name in titles:
            self.chart.titles.hold(person, name, unit, span, "table")
        if not titles:
            self.chart.titles.hold(person, None, unit, span, "table")

    def _title(self, cell: Node | None) -> Name | None:
        label = self.chart.labels.read(cell.start, cell.end) if cell is not None else None
        return label.name if label is not None and label.kind == "post" else None

    def _person_in(self, cell: Node) -> tuple[Box | None, list[Name]]:
        """The person of a cell, and titles that stand with the name; ``None`` for "vacant" or something else."""
        span = self.chart.labels.trim((cell.start, cell.end))
        words = word_list(self.page.text[span[0] : span[1]])
        if (
            not words
            or self.lexicon.lists["vacant_words"].find(words)
            or self.lexicon.lists["former_words"].find(words)
        ):
            return None, []
        label = self.chart.labels.read(cell.start, cell.end)
        if label.kind == "post":
            found = next((h.person for h in label.holders if h.person), None)
            names = [t for h in label.holders for t in h.titles] or ([label.name] if label.name else [])
            return (self.chart.mentions.person(found) if found else None), names
        titles = [t for h in label.holders for t in h.titles]
        if label.kind == "person" or self.chart.labels.is_person(label.core, True):
            return self.chart.mentions.person(label.core), titles
        return None, []

    def _post(self, cells: dict[str, Node], frame: Frame) -> None:
        self.chart.enter_cell(cells["post"], frame)

    # -- members --------------------------------------------------------------------------------------------------

    def _member(self, cells: dict[str, Node], span: Span, frame: Frame) -> None:
        person, own = self._person_in(cells["person"]) if "person" in cells else (None, [])
        title = self._title(cells.get("post"))
        titles = own or ([title] if title else [])
        body = self._body(cells["body"]) if "body" in cells else None
        board = frame.board if frame.mode == "members" else None
        self.membership(person, titles, body, board, span, "table")

    def membership(self, person: Box | None, titles: list[Name], body: Box | None, board: Box | None, span: Span,
                   rule: str) -> None:  # fmt: skip
        """A seat on a board: the person works for it and for the body that sent him or her, the body is a member.

        Args:
            board: ``None`` for observers and former members, who have no relation to it.
        """
        chairs = [t for t in titles if self._is_chair(t)]
        others = [t for t in titles if t not in chairs]
        relate = self.chart.relations.relate
        if board is not None:
            if person is not None and chairs:
                self.chart.titles.hold(person, chairs[0], board, span, rule)
            elif person is not None:
                relate(person, "member", board, span, rule, 0.9)
            represents = person is None or any(t.head in self.lexicon.words["representative_titles"] for t in titles)
            if body is not None and represents and body is not self.page.organisation and not body.inner:
                relate(body, "member", board, span, rule, 0.85)
        if person is not None and body is not None:
            self._own_body(person, others, body, span, rule)
        elif person is not None and others and board is not None:
            self._own_title(person, others, board, span, rule)

    def _is_chair(self, title: Name) -> bool:
        return title.head in self.lexicon.words["board_titles"]

    def _own_body(self, person: Box, titles: list[Name], body: Box, span: Span, rule: str) -> None:
        if body is self.page.organisation or body.inner:
            for title in titles[:1]:
                self.chart.titles.hold(person, title, body, span, rule)
            if titles:
                return
        post = self.page.surface((titles[0].start, titles[0].end)) if titles else None
        self.page.state(person, "worksFor", body, span, rule, 0.85, post)

    def _own_title(self, person: Box, titles: list[Name], board: Box, span: Span, rule: str) -> None:
        """A member with a head office of this body works for the body; others ("Treasurer") for the board."""
        for title in titles[:1]:
            label = self.page.surface((title.start, title.end))
            if not self.chart.titles.is_seat(title):
                top = self.chart.titles.is_top(title, label)
                self.chart.titles.hold(person, title, self.page.organisation if top else board, span, rule)

    def _body(self, cell: Node) -> Box | None:
        """The body that a cell names."""
        return self.chart.mentions.read_label(self.chart.labels.trim((cell.start, cell.end)))

    def member_line(self, span: Span, label: Label, frame: Frame) -> None:
        """One line of a list of members: "Ana Lopez (Chair)", "the Ministry of Finance", "one representative of X"."""
        board = frame.board if frame.mode == "members" else None
        chart = self.chart
        if label.kind == "person" or any(h.person for h in label.holders):
            self._member_person(span, label, board, frame)
            return
        if frame.mode == "former":
            return
        for note in label.notes:
            chart.seats.country(note)
        for mention in chart.mentions.read(span[0], span[1], [b for b in (board,) if b]):
            if any(start <= mention.start < end for start, end in label.notes):
                continue
            if mention.kind in {"outer", "government", "place"} and mention.boxes:
                if mention.kind != "place" or mention.boxes[0].country:
                    self.membership(None, [], self._state(mention.boxes[0]), board, span, "members")
            elif mention.kind in {"unit", "board"} and mention.boxes and label.kind in {"unit", "board"} and board:
                chart.relations.relate(mention.boxes[0], "part", board, span, "members", 0.7)
        chair = label.name if label.kind == "post" and label.name is not None else None
        if board is not None and chair is not None and self._is_chair(chair):
            chart.titles.office(chair, board, span, "members")

    def _state(self, box: Box) -> Box:
        return self.page.government(box) if box.kind == "place" and box.country else box

    def _member_person(self, span: Span, label: Label, board: Box | None, frame: Frame) -> None:
        chart = self.chart
        holder: Holder | None = next((h for h in label.holders if h.person), None)
        where = label.core if label.kind == "person" else holder.person if holder and holder.person else label.core
        person = chart.mentions.person(where)
        titles = [t for h in label.holders for t in h.titles]
        if label.kind == "post" and label.name is not None and label.name not in titles:
            titles.insert(0, label.name)
        if frame.mode == "former" or any(h.former for h in label.holders):
            return
        body = None
        for mention in chart.mentions.read(where[1], span[1]):
            actor = mention.kind in {"outer", "government", "organisation", "unit"}
            if mention.boxes and (actor or (mention.kind == "place" and mention.boxes[0].country)):
                body = self._state(mention.boxes[0])
                break
        self.membership(person, titles, body, board, span, "members")


def replace_node(node: Node, span: Span) -> Node:
    """A cell with another stretch of text."""
    return Node(node.kind, span[0], span[1], node.depth, node.parent, node.row)


def same_text(one: str, two: str) -> bool:
    """Whether two texts are the same but for case and accents."""
    return fold(one) == fold(two)
