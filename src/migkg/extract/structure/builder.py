"""Makes the boxes of a chart from labels: units, posts, people's cards, offices by seat; puts them where they stand."""

from dataclasses import replace

from migkg.extract.structure.boxes import ACTORS, Box, Span
from migkg.extract.structure.frames import Frame
from migkg.extract.structure.holders import Holder
from migkg.extract.structure.labels import Label, LabelReader
from migkg.extract.structure.lexicon import word_list
from migkg.extract.structure.mentions import MentionReader
from migkg.extract.structure.names import Name
from migkg.extract.structure.outline import Node
from migkg.extract.structure.page import Page
from migkg.extract.structure.prose import ProseReader
from migkg.extract.structure.relations import Relations
from migkg.extract.structure.seats import SeatReader
from migkg.extract.structure.titles import Titles
from migkg.text.normalize import fold

CARD_LENGTH = 200  # characters: a longer line under a name is no title


class BoxBuilder:
    """Enters labels into the page, each in its frame."""

    def __init__(self, page: Page, mentions: MentionReader, seats: SeatReader, prose: ProseReader,
                 relations: Relations, titles: Titles) -> None:  # fmt: skip
        self.page, self.seats, self.prose = page, seats, prose
        self.relations, self.titles, self.lexicon = relations, titles, page.lexicon
        self.entries = mentions.entries
        self.labels = LabelReader(page, mentions.entries, mentions.reader)

    def near(self, frame: Frame) -> list[Box]:
        """What the text in a frame is about, the nearest first."""
        boxes = (frame.owner, frame.container, self.page.organisation)
        return list(dict.fromkeys(b for b in boxes if b is not None))

    def enter(self, node: Node, label: Label, frame: Frame) -> Frame:
        """Enter the label of a line; the frame of what stands under it."""
        if label.kind == "post" and label.name is not None:
            return self._enter_post(label, label.name, frame, node)
        if label.kind == "person":
            return self.enter_card(node, label, frame)
        box = self.unit(label, frame, node.kind == "heading")
        if box is None:
            return frame
        self._read_notes(label, box)
        self.attach(box, frame, label.core)
        for holder in label.holders:
            self.hold(holder, box, (node.start, node.end))
        if label.rest is not None:
            self.prose.read(*label.rest, [box, *self.near(frame)])
        if node.kind == "heading" and node.depth == 1 and box.kind == "unit" and not node.boxes:
            return replace(frame, owner=box)
        return frame.under(box)

    def enter_box(self, node: Node, label: Label, frame: Frame) -> Frame:
        """Enter a box of the chart: a group of boxes, an office by its seat, or what ``enter`` enters."""
        if label.kind == "group" and label.name is not None and self._only_groups(node, label):
            return self.enter_group(label, frame, label.rest)
        if frame.group_head and self.seats.is_place(label, frame.group_head):
            box = self.seats.seat(label, frame.group, (node.start, node.end))
            self.attach(box, frame, label.core)
            return frame.under(box)
        return self.enter(node, label, replace(frame, mode="parts") if frame.mode == "text" else frame)

    def enter_cell(self, span: Span, frame: Frame) -> Box | None:
        """Enter one cell or piece of a cell as a box; ``None`` where it names none."""
        label = self.labels.read(*span)
        if label.kind in {"prose", "none"}:
            return None
        below = self.enter_box(Node("cell", *span), label, replace(frame, mode="parts"))
        return below.owner if below.owner is not frame.owner else None

    # -- units ----------------------------------------------------------------------------------------------------

    @staticmethod
    def _only_groups(node: Node, label: Label) -> bool:
        """Whether a plural only groups what follows; without that, it is a box of its own ("Regional Offices")."""
        name = label.name
        grouping = bool(node.boxes) or label.numbered or label.rest is not None
        return name is not None and (name.lone or name.kind == "group" or grouping)

    def enter_group(self, label: Label, frame: Frame, rest: Span | None = None) -> Frame:
        """The frame under a bare grouping label; offices named by seat in the rest of its line are entered at once."""
        head = label.name.head if label.name is not None else ""
        group = self.seats.singular(label)
        below = replace(frame, group=group, group_head=head, mode="parts")
        for box, span in self.seats.inline(group, head, rest) if rest is not None else []:
            self.attach(box, below, span)
        return below

    def unit(self, label: Label, frame: Frame, heading: bool = False) -> Box | None:
        """The box of a unit, found again or made; a bare plural, or a bare head word as a heading, names none."""
        name, surface = label.name, self.page.tidy(self.page.surface(label.core))
        if name is not None and (name.lone or self._is_own(name, surface)):
            named = label.kind == "board" or fold(surface) in self.lexicon.words["lone_heads"]
            own = self.page.organisation is not None and self.page.organisation.head == name.head
            if name.plural or (heading and (own or not named)):
                return None
        title, head = surface, name.head if name is not None else ""
        if frame.group and not head and label.kind == "topic":
            title, head = self.lexicon.templates["group_name"].format(head=frame.group, item=surface), frame.group_head
        known = [b for b in self.page.find("unit", title) if b.kind in ACTORS and b.kind != "outer"]
        same = next((b for b in known if b.kind == "organisation" or self._same_place(b, frame)), None)
        kind = label.kind if label.kind in {"unit", "board"} else "unit"
        box = same or self.page.add(kind, title, [], "box", head=head, type="OrganisationalUnit")
        box.mention(*label.core, "box")
        if box.drawn is None and box.kind != "organisation":
            box.drawn = frame.container
        if title == surface or len(word_list(surface)) > 1:
            self.page.name(box, surface)
        if label.acronym is not None:
            self.page.name(box, self.page.text[label.acronym[0] : label.acronym[1]])
            box.mention(*label.acronym, "acronym")
        return box

    def _is_own(self, name: Name, label: str) -> bool:
        """Whether a name is only a head word and the body's own: "Dirección de la Agencia"."""
        own = set(word_list(self.page.organisation.label)[:1]) if self.page.organisation is not None else set()
        return not self.page.content(label) - set(name.head.split()) - own

    @staticmethod
    def _same_place(box: Box, frame: Frame) -> bool:
        """Whether a box of the same name is the same thing: not when both are drawn under different units."""
        container = frame.container
        if box.drawn is None or container is None or box.drawn is container:
            return True
        return box.drawn.kind == "organisation" or container.kind == "organisation" or container is box

    def _read_notes(self, label: Label, box: Box) -> None:
        """Brackets after a name: "(abolished in 2019)", "(Vienna)", "(Ana Lopez)"."""
        for note in label.notes:
            span = self.labels.trim(note)
            if self.lexicon.lists["abolished_words"].find(word_list(self.page.text[note[0] : note[1]])):
                box.abolished = True
            if self.labels.people.is_person(span):
                label.holders.append(Holder(span, []))
            else:
                self.seats.note(box, note)

    def attach(self, box: Box, frame: Frame, span: Span) -> None:
        """Put a box into the container of its frame and under its chief."""
        if box.kind == "organisation" or box.abolished:
            return
        if frame.container is not None:
            self.page.put(box, frame.container, span, "chart", 0.9)
        if frame.chief is not None and frame.chief is not box:
            self.relations.relate(box, "report", frame.chief, span, "chart", 0.85)
        self.seats.inside(box, span)

    # -- posts and people -----------------------------------------------------------------------------------------

    def _enter_post(self, label: Label, name: Name, frame: Frame, node: Node) -> Frame:
        person = next((h.person for h in label.holders if h.person is not None), None)
        titles = [t for h in label.holders for t in h.titles]
        titles = titles if name in titles else [name, *titles]
        if person is not None:
            self.hold(
                Holder(person, titles, any(h.former for h in label.holders)), frame.container, (node.start, node.end)
            )
        drawn = person is None and node.kind in {"item", "term"}
        post = self.titles.office(name, frame.container, label.core, "box", drawn)
        if post is None:
            return frame
        if frame.chief is not None and frame.mode == "parts":
            self.relations.relate(post, "report", frame.chief, label.core, "chart", 0.85)
        if label.rest is not None:
            self.prose.read(*label.rest, [post, *self.near(frame)])
        return frame.under(post)

    def enter_card(self, node: Node, label: Label, frame: Frame) -> Frame:
        """A person's card: the name, and the title beside it or in the lines under it."""
        person = self.entries.person(label.core)
        titles = [t for h in label.holders for t in h.titles]
        unit = frame.container
        if label.rest is not None and not titles:
            titles, unit = self._titles_in(label.rest, unit)
        for child in node.children:
            if titles:
                break
            if child.kind in {"paragraph", "item", "definition"} and child.end - child.start < CARD_LENGTH:
                titles, unit = self._titles_in((child.start, child.end), unit)
                child.kind = "read" if titles else child.kind
        words = word_list(self.page.text[node.start : node.end])
        if not any(w in self.lexicon.words["former_words"] for w in words):
            self.hold(Holder(None, titles), unit, label.core, person)
        return frame

    def _titles_in(self, span: Span, unit: Box | None) -> tuple[list[Name], Box | None]:
        """The titles of a line, and the unit that it names beside them ("Director, Legal Unit")."""
        label = self.labels.read(*span)
        if label.kind != "post" or label.name is None:
            return [], unit
        names = [label.name, *(t for h in label.holders for t in h.titles)]
        comma = self.page.text.find(",", label.core[0], span[1])
        tail = label.rest or (self.labels.trim((comma + 1, span[1])) if comma > 0 else None)
        if tail is not None:
            named = self.labels.read(*tail)
            if named.kind in {"unit", "board", "topic"}:
                unit = self.unit(named, Frame(self.page.organisation)) or unit
        return names, unit

    def hold(self, holder: Holder, near: Box | None, span: Span, person: Box | None = None) -> None:
        """State what a holder holds; titles without a person become Posts."""
        if person is None and holder.person is not None:
            if fold(self.page.surface(holder.person)) in self.lexicon.words["vacant_words"]:
                return
            person = self.entries.person(holder.person)
        if holder.former:
            return
        for title in holder.titles:
            if person is not None:
                self.titles.hold(person, title, near, span, "holder")
            else:
                self.titles.office(title, near, span, "holder")
        if not holder.titles and person is not None:
            self.titles.hold(person, None, near, span, "holder")
