"""Reads the chart of a structure page: headings, nested boxes, cards, definition lists and what introduces them."""

from dataclasses import replace

from migkg.extract.structure_frames import Frame
from migkg.extract.structure_labels import Holder, Label, LabelReader
from migkg.extract.structure_lexicon import word_list
from migkg.extract.structure_mentions import Mention, MentionReader
from migkg.extract.structure_names import Name
from migkg.extract.structure_outline import Node
from migkg.extract.structure_page import ACTORS, Box, Page, Span
from migkg.extract.structure_prose import ProseReader
from migkg.extract.structure_relations import Relations
from migkg.extract.structure_seats import SeatReader
from migkg.extract.structure_tables import TableReader
from migkg.extract.structure_titles import Titles
from migkg.text.normalize import fold


class ChartReader:
    """Walks the outline from the top, each line in the frame of the lines above it."""

    def __init__(
        self, page: Page, mentions: MentionReader, prose: ProseReader, relations: Relations, titles: Titles
    ) -> None:
        self.page, self.mentions, self.prose = page, mentions, prose
        self.relations, self.titles = relations, titles
        self.lexicon = page.lexicon
        self.labels = LabelReader(page, mentions)
        self.seats = SeatReader(page, mentions)
        self.tables = TableReader(self)
        self.texts: list[tuple[Node, Frame]] = []

    def read(self, nodes: list[Node]) -> None:
        """Read all lines; prose that introduces nothing is kept in ``texts`` for later, when all boxes are known."""
        top = Frame(self.page.organisation, owner=self.page.organisation)
        stack = [(node, top) for node in reversed(nodes) if node.parent is None]
        while stack:
            node, frame = stack.pop()
            below = self._visit(node, frame)
            cells = [c for c in node.children if c.kind == "cell"]
            if cells:
                self.tables.read(cells, below)
            stack += [(child, below) for child in reversed(node.children) if child.kind != "cell"]

    def _visit(self, node: Node, frame: Frame) -> Frame:
        if frame.mode == "skip" or node.kind == "cell":
            return frame
        if node.kind == "heading":
            return self._heading(node, frame)
        if node.kind in {"item", "term"}:
            return self._box(node, frame)
        if node.kind == "definition":
            return self._definition(node, frame)
        return self._paragraph(node, frame)

    # -- headings and paragraphs ----------------------------------------------------------------------------------

    def _heading(self, node: Node, frame: Frame) -> Frame:
        label = self.labels.read(node.start, node.end)
        section = self._section(node, label, frame)
        if section is not None:
            return section
        if label.kind == "person" and self._has_text_under(node):
            return self._card(node, label, frame)
        if label.kind in {"unit", "board", "post"} or (label.kind == "outer" and node.boxes):
            return self._enter(node, label, replace(frame, group="", group_head=""))
        if label.kind == "topic" and self._heads_list(node, label):
            return self._enter(node, label, frame)
        if label.kind == "group" and label.name is not None:
            return self._group(label, frame)
        return frame

    def _section(self, node: Node, label: Label, frame: Frame) -> Frame | None:
        """The frame under a heading that only names a section: "Composition", "Observers", "Former directors"."""
        words = word_list(self.page.text[node.start : node.end])
        lists = self.lexicon.lists
        if words and words[0] in self.lexicon.words["section_words"]:
            return frame
        if (
            lists["former_words"].find(words)
            and not label.holders
            and label.kind in {"group", "topic", "prose", "post"}
        ):
            return replace(frame, mode="former")
        if lists["observer_words"].find(words[:3]) and len(words) <= 4:
            return replace(frame, mode="observers")
        plain = self.page.text[label.core[0] : label.core[1]]
        short = len(words) < 5 and lists["member_labels"].find(words)
        if (
            plain in lists["member_labels"]
            or short
            or (words and len(words) < 7 and lists["member_labels"].match(words, 0))
        ):
            board = self._board_of(words, frame)
            if board is not None:
                return replace(frame, mode="members", board=board, owner=board)
        if plain in lists["grouping_labels"]:
            return replace(frame, group="", group_head="", mode="parts" if node.kind != "heading" else frame.mode)
        if self.page.organisation is not None and self.page.find("unit", plain) == [self.page.organisation]:
            self.page.organisation.mention(*label.core, "heading")
            return frame
        return None

    def _board_of(self, words: list[str], frame: Frame) -> Box | None:
        """The board whose members a heading announces: one that it names, the one above, else the only one."""
        boards = [b for b in self.page.boxes if b.kind == "board"]
        for board in boards:
            if board.head and board.head in " ".join(words):
                return board
        if frame.owner is not None and frame.owner.kind == "board":
            return frame.owner
        if frame.board is not None:
            return frame.board
        if len(boards) == 1 and frame.owner is self.page.organisation:
            return boards[0]
        leagues = {"IntergovernmentalOrganisation", "NonGovernmentalOrganisation", "RegionalProcess"}
        organisation = self.page.organisation
        return organisation if organisation is not None and organisation.type in leagues and not boards else None

    def _heads_list(self, node: Node, label: Label) -> bool:
        """Whether a heading without a head word is the name of a unit: it has a holder, or boxes directly under it."""
        if label.holders:
            return True
        first = node.children[0] if node.children else None
        return first is not None and first.kind in {"item", "term"} and node.depth > 1 and self._has_units(node)

    def _has_units(self, node: Node) -> bool:
        kinds = [self.labels.read(c.start, c.end).kind for c in node.boxes[:8]]
        return sum(k in {"unit", "board", "topic", "post"} for k in kinds) * 2 > len(kinds)

    def _has_text_under(self, node: Node) -> bool:
        return any(c.kind in {"paragraph", "item"} for c in node.children)

    def _paragraph(self, node: Node, frame: Frame) -> Frame:
        introduces = bool(node.boxes)
        text = self.page.text[node.start : node.end]
        short = len(text) < 160 and not text.rstrip().endswith((".", "!", "?"))
        if short and not text.rstrip().endswith(":"):
            label = self.labels.read(node.start, node.end)
            if label.kind in {"post", "person"} and (label.holders or frame.mode in {"parts", "members", "former"}):
                return self._enter(node, label, frame)
            if introduces and label.kind in {"unit", "board", "post", "topic", "group"}:
                section = self._section(node, label, frame)
                if section is not None:
                    return section
                return self._group(label, frame) if label.kind == "group" else self._enter(node, label, frame)
        if introduces:
            return self._introduction(node, frame)
        if self._enumeration(node, frame):
            return frame
        self.texts.append((node, frame))
        return frame

    def _enumeration(self, node: Node, frame: Frame) -> bool:
        """A line such as "Regional offices: Dakar (Senegal), Nairobi and Bangkok." """
        label = self.labels.read(node.start, node.end)
        if (
            label.kind != "group"
            or label.name is None
            or label.rest is None
            or ":" not in self.page.text[label.core[1] : label.rest[0]]
        ):
            return False
        before = len(self.page.boxes)
        self._group(label, frame, label.rest, label.core)
        return len(self.page.boxes) > before

    def _introduction(self, node: Node, frame: Frame) -> Frame:
        """The frame of a list by the sentence that introduces it."""
        text = self.page.text[node.start : node.end]
        label = self.labels.read(node.start, node.end)
        named = label.rest is None and label.kind in {"group", "topic", "unit", "board", "post"}
        if text.rstrip().endswith(":") and named:
            section = self._section(node, label, frame)
            if section is not None:
                return section
            if label.kind == "group":
                return self._group(label, frame)
            if label.kind != "topic":
                return self._enter(node, label, frame)
        facts = self.prose.read(node.start, node.end, self._near(frame), follows=True)
        if facts:
            return frame.introduced(facts)
        words = word_list(text)[-14:]
        if self.lexicon.lists["former_words"].find(words[:6]):
            return replace(frame, mode="former")
        if self.lexicon.lists["member_labels"].find(words):
            board = self._board_of(words, frame)
            if board is not None:
                return replace(frame, mode="members", board=board)
        return replace(frame, mode="parts")

    def _near(self, frame: Frame) -> list[Box]:
        boxes = [frame.owner, frame.container, self.page.organisation]
        found: list[Box] = []
        for box in boxes:
            if box is not None and box not in found:
                found.append(box)
        return found

    # -- boxes ----------------------------------------------------------------------------------------------------

    def _box(self, node: Node, frame: Frame) -> Frame:
        label = self.labels.read(node.start, node.end)
        if frame.mode in {"members", "observers", "former"}:
            return self._member(node, label, frame)
        if label.kind in {"prose", "none"}:
            if label.kind == "prose":
                if node.boxes:
                    return self._introduction(node, frame)
                self.texts.append((node, frame))
            return frame
        section = self._section(node, label, frame) if label.kind in {"topic", "group"} and node.boxes else None
        if section is not None:
            return section
        if label.kind == "group" and label.name is not None and self._only_groups(node, label):
            return self._group(label, frame, label.rest, label.core)
        if frame.group_head and self.seats.is_place(label, frame.group_head):
            box = self.seats.seat(label, frame.group, (node.start, node.end))
            if box is not None:
                self._attach(box, frame, label.core)
                return frame.under(box)
        if label.kind == "person":
            return self._card(node, label, frame)
        return self._enter(node, label, replace(frame, mode="parts") if frame.mode == "text" else frame)

    def _only_groups(self, node: Node, label: Label) -> bool:
        """Whether a plural only groups what follows; without that, it is a box of its own ("Regional Offices")."""
        name = label.name
        if name is None:
            return False
        return name.lone or name.kind == "group" or bool(node.boxes) or label.numbered or label.rest is not None

    def _group(self, label: Label, frame: Frame, rest: Span | None = None, core: Span | None = None) -> Frame:
        """The frame under a bare grouping label; offices named by seat in the rest of its line are read at once."""
        assert label.name is not None
        group = self.seats.singular(label)
        below = replace(frame, group=group, group_head=label.name.head, mode="parts")
        if rest is not None and core is not None:
            for box, span in self.seats.inline(group, label.name.head, rest):
                self._attach(box, below, span)
        return below

    def _enter(self, node: Node, label: Label, frame: Frame) -> Frame:
        """Make the box of a label, put it where it stands, and read its holders and description."""
        span = (node.start, node.end)
        if label.kind == "post" and label.name is not None:
            return self._enter_post(label, frame, span)
        if label.kind == "person":
            return self._card(node, label, frame)
        box = self._unit(label, frame, node.kind == "heading")
        if box is None:
            return frame
        self._notes(label, box)
        self._attach(box, frame, label.core)
        for holder in label.holders:
            self._hold(holder, box, span)
        if label.rest is not None:
            self._rest(label.rest, box, frame)
        if node.kind == "heading" and node.depth == 1 and box.kind == "unit" and not node.boxes:
            return replace(frame, owner=box)
        return frame.under(box)

    def _unit(self, label: Label, frame: Frame, heading: bool = False) -> Box | None:
        """The box of a unit; a heading with a bare head word ("Direction") names none."""
        page = self.page
        lone_section = (
            heading and label.kind != "board" and fold(page.surface(label.core)) not in self.lexicon.words["lone_heads"]
        )
        surface = page.tidy(page.surface(label.core))
        name = label.name
        head = name.head if name is not None else ""
        kind = label.kind if label.kind in {"unit", "board"} else "unit"
        title = surface
        if frame.group and not head and label.kind == "topic":
            title, head = self.lexicon.templates["group_name"].format(head=frame.group, item=surface), frame.group_head
        if name is not None and name.lone and name.plural:
            return None
        if name is not None and name.lone and lone_section:
            return None
        known = [b for b in page.find("unit", title) if b.kind in ACTORS and b.kind != "outer"]
        same = next((b for b in known if b.kind == "organisation" or self._same_place(b, frame)), None)
        box = same or page.add(kind, title, [], "box", head=head, type="OrganisationalUnit")
        box.mention(*label.core, "box")
        if box.drawn is None and box.kind != "organisation":
            box.drawn = frame.container
        if title == surface or len(word_list(surface)) > 1:
            page.name(box, surface)
        if label.acronym is not None:
            page.name(box, page.text[label.acronym[0] : label.acronym[1]])
            box.mention(*label.acronym, "acronym")
        return box

    def _same_place(self, box: Box, frame: Frame) -> bool:
        """Whether a box of the same name is the same thing: not when both are drawn under different units."""
        container = frame.container
        if box.drawn is None or container is None or box.drawn is container:
            return True
        return box.drawn.kind == "organisation" or container.kind == "organisation" or container is box

    def _notes(self, label: Label, box: Box) -> None:
        """Brackets after a name: "(abolished in 2019)", "(Vienna)", "(Ana Lopez)"."""
        for span in label.notes:
            words = word_list(self.page.text[span[0] : span[1]])
            if self.lexicon.lists["abolished_words"].find(words):
                box.abolished = True
            if self.labels.is_person(self.labels.trim(span), False):
                label.holders.append(Holder(self.labels.trim(span), []))
            else:
                self.seats.note(box, span)

    def _attach(self, box: Box, frame: Frame, span: Span) -> None:
        """Put a box into the container of its frame and under its chief."""
        if box.kind == "organisation" or box.abolished:
            return
        if frame.container is not None:
            self.page.put(box, frame.container, span, "chart", 0.9)
        if frame.chief is not None and frame.chief is not box:
            self.relations.relate(box, "report", frame.chief, span, "chart", 0.85)
        self.seats.inside(box)

    def _rest(self, span: Span, box: Box, frame: Frame) -> None:
        self.prose.read(span[0], span[1], [box, *self._near(frame)])

    # -- posts and people -----------------------------------------------------------------------------------------

    def _enter_post(self, label: Label, frame: Frame, span: Span) -> Frame:
        assert label.name is not None
        near = frame.container
        person = next((h.person for h in label.holders if h.person is not None), None)
        if person is not None:
            titles = [t for h in label.holders for t in h.titles] or [label.name]
            if label.name not in titles:
                titles.insert(0, label.name)
            self._hold(Holder(person, titles, former=any(h.former for h in label.holders)), near, span)
        post = self.titles.office(label.name, near, label.core, "box")
        if post is None:
            return frame
        if frame.chief is not None and frame.mode == "parts":
            self.relations.relate(post, "report", frame.chief, label.core, "chart", 0.85)
        if label.rest is not None:
            self._rest(label.rest, post, frame)
        return frame.under(post)

    def _card(self, node: Node, label: Label, frame: Frame) -> Frame:
        """A person's card: the name, and the title beside it or in the lines under it."""
        person = self.mentions.person(label.core)
        titles = [t for h in label.holders for t in h.titles]
        unit = frame.container
        if label.rest is not None and not titles:
            titles, unit = self._titles_in(label.rest, unit)
        for child in list(node.children):
            if not titles and child.kind in {"paragraph", "item", "definition"} and child.end - child.start < 200:
                titles, unit = self._titles_in((child.start, child.end), unit)
                if titles:
                    child.kind = "cell"  # read here; nothing more is in it
        words = word_list(self.page.text[node.start : node.end])
        former = any(w in self.lexicon.words["former_words"] for w in words)
        if not former:
            self._hold(Holder(None, titles), unit, label.core, person)
        return frame

    def _titles_in(self, span: Span, unit: Box | None) -> tuple[list[Name], Box | None]:
        """The titles of a line, and the unit that it names beside them ("Director, Legal Unit")."""
        label = self.labels.read(*span)
        if label.kind != "post" or label.name is None:
            return [], unit
        names = [label.name, *(t for h in label.holders for t in h.titles)]
        tail = label.rest or self._after_comma(label.core, span)
        if tail is not None:
            named = self.labels.read(*tail)
            if named.kind in {"unit", "board", "topic"}:
                unit = self._unit(named, Frame(self.page.organisation)) or unit
        return names, unit

    def _after_comma(self, core: Span, span: Span) -> Span | None:
        at = self.page.text.find(",", core[0], span[1])
        return self.labels.trim((at + 1, span[1])) if at > 0 else None

    def _hold(self, holder: Holder, near: Box | None, span: Span, person: Box | None = None) -> None:
        if person is None and holder.person is not None:
            if fold(self.page.surface(holder.person)) in self.lexicon.words["vacant_words"]:
                return
            person = self.mentions.person(holder.person)
        if holder.former:
            return
        for title in holder.titles:
            if person is not None:
                self.titles.hold(person, title, near, span, "holder")
            else:
                self.titles.office(title, near, span, "holder")
        if not holder.titles and person is not None:
            self.titles.hold(person, None, near, span, "holder")

    def nearest_board(self, frame: Frame) -> Box | None:
        """The board that a table of members is about."""
        return self._board_of([], frame)

    def office_of(self, mention: Mention) -> list[Box]:
        """The Post that a title without an article stands for, as in the cell of a table."""
        if mention.kind != "title" or mention.name is None:
            return []
        post = self.titles.office(mention.name, None, (mention.start, mention.end), "table")
        return [post] if post is not None else []

    def enter_cell(self, node: Node, frame: Frame) -> Frame:
        """Read a cell as a box of the chart."""
        return self._box(node, frame if frame.mode == "parts" else replace(frame, mode="parts"))

    # -- members and definitions ----------------------------------------------------------------------------------

    def _member(self, node: Node, label: Label, frame: Frame) -> Frame:
        """One line of a list of members, observers or former holders."""
        self.tables.member_line((node.start, node.end), label, frame)
        return frame

    def _definition(self, node: Node, frame: Frame) -> Frame:
        """What is said of a term: its holder, its parts, or prose about it."""
        label = self.labels.read(node.start, node.end)
        holders = self.labels.holders(self.labels.trim((node.start, node.end)))
        owner = frame.owner
        span = (node.start, node.end)
        if frame.mode in {"members", "observers", "former"}:
            return self._member(node, label, frame)
        if owner is not None and owner.kind == "post" and label.kind == "person":
            person = self.mentions.person(label.core)
            self.page.state(person, "worksFor", self.page.above(owner), span, "definition", 0.8, owner.label)
        elif holders and owner is not None:
            for holder in holders:
                self._hold(holder, owner, span)
        elif label.kind == "person" and owner is not None:
            self._card(node, label, frame)
        elif (label.kind in {"unit", "board"} and label.rest is None) or node.boxes:
            return self._box(node, frame)
        else:
            self.texts.append((node, frame))
        return frame
