"""The end of reading a structure page: what is kept, and its final form."""

from migkg.extract.structure.boxes import Box, Edge
from migkg.extract.structure.entries import Entries
from migkg.extract.structure.lexicon import word_list
from migkg.extract.structure.page import Page
from migkg.model import Entity, Evidence, Extraction, Mention, Statement
from migkg.model.vocabulary import RELATIONS


def finish(page: Page, entries: Entries) -> Extraction:
    """The extraction: parts with no place yet belong to the organisation, parts that are gone have no relations."""
    page.boxes = [b for b in page.boxes if b.mentions and not b.dropped]
    for box in list(page.boxes):
        span = next(iter(box.mentions))
        inner = box.inner or box.kind == "post"
        if inner and page.organisation is not None and box not in page.parents and box not in page.outside:
            page.put(box, page.organisation, span, "part of the body", 0.7)
        if box.inner:
            _name_owner(box, page, entries)
    page.boxes = [b for b in page.boxes if b.mentions]
    _judge_type(page)
    edges = [e for e in (*page.parents.values(), *page.edges) if _is_kept(e)]
    used = {b for e in edges for b in (e.subject, e.object)}
    _leave_states(page, used)
    boxes = [b for b in page.boxes if b.mentions and (b in used or b.kind != "government")]
    boxes.sort(key=lambda b: (b.first, -max(end for _, end in b.mentions), b.kind))
    ids = {box: f"e{i}" for i, box in enumerate(boxes, 1)}
    edges.sort(key=lambda e: (e.start, e.end, e.predicate, int(ids[e.subject][1:]), int(ids[e.object][1:])))
    entities = tuple(_entity(box, ids[box], page) for box in boxes)
    return Extraction(page.document, entities, tuple(_statement(e, ids, page) for e in edges))


def _is_kept(edge: Edge) -> bool:
    ends = (edge.subject, edge.object)
    if any(b.abolished or b.dropped or not b.mentions for b in ends):
        return False
    relation = RELATIONS[edge.predicate]
    return edge.subject.type in relation.subjects and edge.object.type in relation.objects


def _name_owner(box: Box, page: Page, entries: Entries) -> None:
    """A unit that is named after a body other than the page's own is part of it: "UN Network Secretariat"."""
    span = next(iter(box.mentions))
    hit = entries.owner_in(span, box.head)
    if hit is None or page.holds_own_name(page.surface((hit.start, hit.end))):
        return
    owner = entries.authority(hit)
    if owner is not None and owner.kind == "outer":
        page.state(box, "partOf", owner, span, "name", 0.85)


def _judge_type(page: Page) -> None:
    """A body with states as members, itself or on its board, is an intergovernmental one; the tables know better."""
    organisation = page.organisation
    if organisation is None or organisation.key or organisation.type != "GovernmentBody":
        return
    if page.lexicon.lists["state_members"].find(word_list(page.text)) is not None:
        organisation.type = "IntergovernmentalOrganisation"
    if organisation.head not in page.lexicon.units:
        return
    for edge in page.edges:
        board = edge.object is organisation or edge.object.kind == "board"
        if edge.predicate == "memberOf" and edge.subject.kind == "government" and board:
            organisation.type = "IntergovernmentalOrganisation"


def _leave_states(page: Page, used: set[Box]) -> None:
    """A country that only stands for its government on the page is no place on it."""
    for box in page.boxes:
        state = page.keyed(f"government:{box.country}") if box.kind == "place" and box not in used else None
        if state is not None and state in used:
            box.mentions = {span: rule for span, rule in box.mentions.items() if span not in state.mentions}
            box.first = min((start for start, _ in box.mentions), default=-1)


def _entity(box: Box, local: str, page: Page) -> Entity:
    mentions = tuple(Mention(page.text[s:e], s, e, rule) for (s, e), rule in sorted(box.mentions.items()))
    return Entity(local, box.type, box.label, mentions, country=box.country, key=box.key)


def _statement(edge: Edge, ids: dict[Box, str], page: Page) -> Statement:
    evidence = Evidence(page.text[edge.start : edge.end], edge.start, edge.end)
    ends = ids[edge.subject], edge.predicate, ids[edge.object]
    return Statement(*ends, evidence, edge.confidence, rule=f"structure:{edge.rule}", post=edge.post)
