"""Walks the outline of a structure page: headings, lists, definition lists, and the sentences that introduce them."""

from dataclasses import replace

from migkg.extract.structure.boxes import Box
from migkg.extract.structure.builder import BoxBuilder
from migkg.extract.structure.frames import Frame
from migkg.extract.structure.labels import Label
from migkg.extract.structure.lexicon import word_list
from migkg.extract.structure.members import MemberReader
from migkg.extract.structure.mentions import MentionReader
from migkg.extract.structure.outline import Node
from migkg.extract.structure.page import Page
from migkg.extract.structure.prose import ProseReader
from migkg.extract.structure.relations import LEAGUES, Relations
from migkg.extract.structure.seats import SeatReader
from migkg.extract.structure.tables import TableReader
from migkg.extract.structure.titles import Titles

SHORT = 160  # characters: a longer paragraph is never a label
INTRODUCING = 14  # words at the end of a sentence that tell what kind of list follows
NAMED = frozenset({"unit", "board", "post"})


class ChartReader:
    """Reads every line in the frame of the lines above it."""

    def __init__(self, page: Page, mentions: MentionReader, seats: SeatReader, prose: ProseReader,
                 relations: Relations, titles: Titles) -> None:  # fmt: skip
        self.page, self.prose, self.lexicon = page, prose, page.lexicon
        self.builder = BoxBuilder(page, mentions, seats, prose, relations, titles)
        self.labels = self.builder.labels
        self.members = MemberReader(self.builder, mentions)
        self.tables = TableReader(self.builder, self.members, mentions)
        self._texts: list[tuple[Node, Frame]] = []

    def read(self, nodes: list[Node]) -> None:
        """Read the chart; prose that introduces no list is kept for ``read_texts``."""
        top = Frame(self.page.organisation, owner=self.page.organisation)
        stack = [(node, top) for node in reversed(nodes) if node.parent is None]
        while stack:
            node, frame = stack.pop()
            below = self._visit(node, frame)
            cells = [c for c in node.children if c.kind == "cell"]
            if cells:
                self.tables.read(cells, below, self._board([], below))
            stack += [(child, below) for child in reversed(node.children) if child.kind != "cell"]

    def read_texts(self) -> None:
        """Read the prose that was kept."""
        for node, frame in self._texts:
            self.prose.read(node.start, node.end, self.builder.near(frame))

    def _visit(self, node: Node, frame: Frame) -> Frame:
        readers = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "item": self._box,
            "term": self._box,
            "definition": self._definition,
        }
        reader = readers.get(node.kind)
        return reader(node, frame) if reader is not None else frame

    def _keep(self, node: Node, frame: Frame) -> Frame:
        self._texts.append((node, frame))
        return frame

    # -- headings -------------------------------------------------------------------------------------------------

    def _heading(self, node: Node, frame: Frame) -> Frame:
        label = self.labels.read(node.start, node.end)
        section = self._section(node, label, frame)
        if section is not None:
            return section
        if label.kind == "person":
            under = any(c.kind in {"paragraph", "item"} for c in node.children)
            return self.builder.enter_card(node, label, frame) if under else frame
        if label.kind == "group":
            return self.builder.enter_group(label, frame)
        if label.kind in NAMED or (label.kind == "outer" and node.boxes):
            return self.builder.enter(node, label, replace(frame, group="", group_head=""))
        if label.kind == "topic" and self._heads_list(node, label):
            return self.builder.enter(node, label, frame)
        return frame

    def _heads_list(self, node: Node, label: Label) -> bool:
        """Whether a heading without a head word is the name of a unit: it has a holder, or boxes directly under it."""
        if label.holders:
            return True
        first = node.children[0] if node.children else None
        if first is None or first.kind not in {"item", "term"} or node.depth < 2:
            return False
        kinds = [self.labels.read(c.start, c.end).kind for c in node.boxes[:8]]
        return sum(k in NAMED | {"topic"} for k in kinds) * 2 > len(kinds)

    def _section(self, node: Node, label: Label, frame: Frame) -> Frame | None:
        """The frame under a line that only names a section: "Composition", "Observers", "Former directors"."""
        words = word_list(self.page.text[node.start : node.end])
        lists, plain = self.lexicon.lists, self.page.text[label.core[0] : label.core[1]]
        if words and words[0] in self.lexicon.words["section_words"]:
            return frame
        if lists["former_words"].find(words) and not label.holders and label.kind not in {"unit", "board", "person"}:
            return replace(frame, mode="former")
        if len(words) <= 4 and lists["observer_words"].find(words[:3]):
            return replace(frame, mode="observers")
        if self._tells_members(words, plain):
            board = self._board(words, frame)
            if board is not None:
                return replace(frame, mode="members", board=board, owner=board)
        if plain in lists["grouping_labels"]:
            return replace(frame, group="", group_head="", mode=frame.mode if node.kind == "heading" else "parts")
        if self.page.organisation is not None and self.page.find("unit", plain) == [self.page.organisation]:
            self.page.organisation.mention(*label.core, "heading")
            return frame
        return None

    def _tells_members(self, words: list[str], plain: str) -> bool:
        labels = self.lexicon.lists["member_labels"]
        if not words or plain in labels:
            return bool(words)
        short = len(words) < 5 and labels.find(words) is not None
        return short or (len(words) < 7 and labels.match(words, 0) is not None)

    def _board(self, words: list[str], frame: Frame) -> Box | None:
        """The board whose members are announced: one that the words name, the one above, else the only one."""
        boards, said = self.page.boards(), " ".join(words)
        for board in boards if words else []:
            if board.head and board.head in said:
                return board
        if frame.owner is not None and frame.owner.kind == "board":
            return frame.owner
        organisation = self.page.organisation
        if frame.board is not None or organisation is None:
            return frame.board
        if len(boards) == 1 and frame.owner is organisation:
            return boards[0]
        return organisation if organisation.type in LEAGUES and not boards else None

    # -- paragraphs -----------------------------------------------------------------------------------------------

    def _paragraph(self, node: Node, frame: Frame) -> Frame:
        text = self.page.text[node.start : node.end].rstrip()
        if len(text) < SHORT and not text.endswith((".", "!", "?", ":")):
            below = self._label(node, frame)
            if below is not None:
                return below
        if node.boxes:
            return self._introduction(node, frame)
        return frame if self._enumeration(node, frame) else self._keep(node, frame)

    def _label(self, node: Node, frame: Frame) -> Frame | None:
        """The frame under a short line that is a label: a card, or the name over a list."""
        label = self.labels.read(node.start, node.end)
        if label.kind in {"post", "person"} and (label.holders or frame.mode in {"parts", "members", "former"}):
            return self.builder.enter(node, label, frame)
        if not node.boxes or label.kind not in NAMED | {"topic", "group"}:
            return None
        section = self._section(node, label, frame)
        if section is not None:
            return section
        if label.kind == "group":
            return self.builder.enter_group(label, frame)
        return self.builder.enter(node, label, frame)

    def _enumeration(self, node: Node, frame: Frame) -> bool:
        """A line such as "Regional offices: Dakar (Senegal), Nairobi and Bangkok." """
        label = self.labels.read(node.start, node.end)
        if label.kind != "group" or label.rest is None or ":" not in self.page.text[label.core[1] : label.rest[0]]:
            return False
        before = len(self.page.boxes)
        self.builder.enter_group(label, frame, label.rest)
        return len(self.page.boxes) > before

    def _introduction(self, node: Node, frame: Frame) -> Frame:
        """The frame of a list by the sentence that introduces it."""
        text = self.page.text[node.start : node.end]
        label = self.labels.read(node.start, node.end)
        if text.rstrip().endswith(":") and label.rest is None and label.kind in NAMED | {"group", "topic"}:
            section = self._section(node, label, frame)
            if section is not None:
                return section
            if label.kind == "group":
                return self.builder.enter_group(label, frame)
            if label.kind != "topic":
                return self.builder.enter(node, label, frame)
        facts = self.prose.read(node.start, node.end, self.builder.near(frame), follows=True)
        if facts:
            return frame.introduced(facts)
        words = word_list(text)[-INTRODUCING:]
        if self.lexicon.lists["former_words"].find(words[:6]):
            return replace(frame, mode="former")
        board = self._board(words, frame) if self.lexicon.lists["member_labels"].find(words) else None
        return replace(frame, mode="members" if board else "parts", board=board or frame.board)

    # -- items, terms, definitions --------------------------------------------------------------------------------

    def _box(self, node: Node, frame: Frame) -> Frame:
        label = self.labels.read(node.start, node.end)
        if frame.mode in {"members", "observers", "former"}:
            self.members.read_line((node.start, node.end), label, frame)
            return frame
        if label.kind == "none":
            return frame
        if label.kind == "prose":
            return self._introduction(node, frame) if node.boxes else self._keep(node, frame)
        section = self._section(node, label, frame) if label.kind in {"topic", "group"} and node.boxes else None
        return section if section is not None else self.builder.enter_box(node, label, frame)

    def _definition(self, node: Node, frame: Frame) -> Frame:
        """What is said of a term: its holder, its parts, or prose about it."""
        span, owner = (node.start, node.end), frame.owner
        label = self.labels.read(*span)
        if frame.mode in {"members", "observers", "former"}:
            self.members.read_line(span, label, frame)
            return frame
        holders = self.labels.people.read(self.labels.trim(span))
        if owner is not None and owner.kind == "post" and label.kind == "person":
            person = self.builder.entries.person(label.core)
            self.page.state(person, "worksFor", self.page.above(owner), span, "definition", 0.8, owner.label)
        elif holders and owner is not None:
            for holder in holders:
                self.builder.hold(holder, owner, span)
        elif label.kind == "person" and owner is not None:
            self.builder.enter_card(node, label, frame)
        elif (label.kind in {"unit", "board"} and label.rest is None) or node.boxes:
            return self._box(node, frame)
        else:
            return self._keep(node, frame)
        return frame
