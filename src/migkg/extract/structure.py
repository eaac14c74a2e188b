"""Organisation-structure pages: who is part of what, who reports to whom, who holds which office, who is a member."""

from migkg.extract.structure_chart import ChartReader
from migkg.extract.structure_frames import Frame
from migkg.extract.structure_lexicon import load_structure_lexicon
from migkg.extract.structure_mentions import MentionReader
from migkg.extract.structure_organisation import find_organisation
from migkg.extract.structure_outline import build_outline
from migkg.extract.structure_page import Box, Edge, Page
from migkg.extract.structure_prose import ProseReader
from migkg.extract.structure_relations import Relations
from migkg.extract.structure_titles import Titles
from migkg.model import Document, Entity, Evidence, Extraction, Mention, Statement
from migkg.model.vocabulary import RELATIONS


def extract_structure(document: Document) -> Extraction:
    """The units, posts, people and bodies of a structure page and how they stand to each other.

    Args:
        document: a document of kind ``structure`` in a language that has ``data/lexicons/<language>/structure.yaml``.

    Raises:
        DataFileError: the lexicon of the language is missing or malformed.
    """
    page = Page(document, load_structure_lexicon(document.language))
    relations = Relations(page)
    titles = Titles(page, relations)
    mentions = MentionReader(page, titles)
    nodes = build_outline(document)
    find_organisation(page, mentions, nodes)
    prose = ProseReader(page, mentions, relations, titles)
    chart = ChartReader(page, mentions, prose, relations, titles)
    chart.read(nodes)
    for node, frame in chart.texts:
        prose.read(node.start, node.end, _near(frame, page))
    for step in prose.deferred:
        step()
    titles.finish()
    return _finish(page, mentions)


def _near(frame: Frame, page: Page) -> list[Box]:
    boxes = (frame.owner, frame.container, page.organisation)
    return list(dict.fromkeys(b for b in boxes if b is not None))


def _judge_type(page: Page) -> None:
    """A body of no certain type that has states as members, itself or on its board, is an intergovernmental one."""
    organisation = page.organisation
    if organisation is None or organisation.key or organisation.type != "GovernmentBody":
        return
    if organisation.head not in page.lexicon.units:
        return
    boards = {b for b in page.boxes if b.kind == "board"} | {organisation}
    if any(e.predicate == "memberOf" and e.subject.kind == "government" and e.object in boards for e in page.edges):
        organisation.type = "IntergovernmentalOrganisation"


def _name_owner(box: Box, page: Page, mentions: MentionReader) -> None:
    """A unit that is named after a body other than the page's own is part of it: "UN Network Secretariat"."""
    start, end, _ = box.spans[0]
    hit = mentions.owner_in((start, end), box.head)
    own = hit is not None and page.holds_own_name(page.surface((hit.start, hit.end)))
    owner = mentions.authority(hit) if hit is not None and not own else None
    if owner is not None and owner.kind == "outer":
        page.state(box, "partOf", owner, (start, end), "name", 0.85)


def _finish(page: Page, mentions: MentionReader) -> Extraction:
    """The extraction: parts with no place yet belong to the organisation, parts that are gone have no relations."""
    organisation = page.organisation
    for box in page.boxes:
        if (
            (box.inner or box.kind == "post")
            and box not in page.parents
            and box not in page.outside
            and organisation is not None
            and box.spans
        ):
            start, end, _ = box.spans[0]
            page.put(box, organisation, (start, end), "part of the body", 0.7)
    for box in list(page.boxes):
        if box.inner and box.spans:
            _name_owner(box, page, mentions)
    _judge_type(page)
    edges = [*page.parents.values(), *page.edges]
    edges = [e for e in edges if not e.subject.abolished and not e.object.abolished]
    used = {b for e in edges for b in (e.subject, e.object)}
    _leave_states(page, used)
    boxes = [b for b in page.boxes if b.spans and (b in used or b.kind != "government")]
    boxes.sort(key=lambda b: (min(b.spans)[0], -max(e for _, e, _ in b.spans), b.kind))
    ids = {box: f"e{i}" for i, box in enumerate(boxes, 1)}
    entities = tuple(_entity(box, ids[box], page) for box in boxes)
    statements = tuple(_statement(e, ids, page) for e in _ordered(edges, ids))
    return Extraction(page.document, entities, statements)


def _leave_states(page: Page, used: set[Box]) -> None:
    """A country that only stands for its government on the page is no place on it."""
    for box in page.boxes:
        state = page.keyed(f"government:{box.country}") if box.kind == "place" and box not in used else None
        if state is not None and state in used:
            box.spans = [span for span in box.spans if span[:2] not in {s[:2] for s in state.spans}]


def _ordered(edges: list[Edge], ids: dict[Box, str]) -> list[Edge]:
    kept = [e for e in edges if e.subject in ids and e.object in ids and _allowed(e)]
    return sorted(kept, key=lambda e: (e.start, e.end, e.predicate, ids[e.subject], ids[e.object]))


def _allowed(edge: Edge) -> bool:
    relation = RELATIONS[edge.predicate]
    return edge.subject.type in relation.subjects and edge.object.type in relation.objects


def _entity(box: Box, local: str, page: Page) -> Entity:
    mentions = tuple(Mention(page.text[s:e], s, e, rule) for s, e, rule in sorted(box.spans))
    return Entity(local, box.type, box.label, mentions, country=box.country, key=box.key)


def _statement(edge: Edge, ids: dict[Box, str], page: Page) -> Statement:
    evidence = Evidence(page.text[edge.start : edge.end], edge.start, edge.end)
    return Statement(
        ids[edge.subject], edge.predicate, ids[edge.object], evidence, edge.confidence, "stated",
        f"structure:{edge.rule}", post=edge.post,
    )  # fmt: skip
