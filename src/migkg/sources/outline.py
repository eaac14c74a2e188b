"""What each block is for: the title, the dateline, headings, contact lines; and what stands before the title goes."""

import re
from dataclasses import dataclass, field

from migkg.sources.boilerplate import LINE_WORDS, SENTENCE_END, is_prose
from migkg.sources.dates import has_date
from migkg.sources.draft import Draft
from migkg.text.contacts import begins_contact, drop_contacts, has_contact, split_contact
from migkg.text.wording import all_words, fold

DATELINE_WORDS = 12
# Datelines stand among the first blocks.
DATELINE_BLOCKS = 8
OPENING_CHARACTERS = 120
TITLE_WORDS = 25
LEAST_TITLE_WORDS = 4
LEAST_SUBTITLE_WORDS = 15
CONTACT_SENTENCE_WORDS = 30

# "GENEVA, 4 June 2004 - …", "KUWAIT CITY, Kuwait, May 5 (UNHCR) – …"
_OPENING = re.compile(r"^(.{2,100}?)(?:\s[-–—]{1,2}\s|\)\s?[-–—]{1,2}\s?|\s?[—–]\s|\.-\s)")
_NO_HEADING_END = re.compile(r"[.!?…;,]$")


@dataclass(slots=True)
class Outline:
    """The body of a page, block by block.

    Attributes:
        drafts: the blocks that are kept.
        title: the title of the text.
        date_lines: lines near the title that show a date, also those above it, which are no part of the body.
        opening: what stands in front of the first dash of the text ("GENEVA, 4 June 2004").
    """

    drafts: list[Draft]
    title: str | None = None
    date_lines: list[str] = field(default_factory=list)
    opening: str | None = None


def outline(drafts: list[Draft], page_title: str | None, is_markup: bool) -> Outline:
    """Settle title and kinds of the blocks; contact details are dropped from all of them.

    Args:
        drafts: blocks without menus and tail.
        page_title: the title that the head of a page states.
        is_markup: whether headings are marked, so that no line has to be taken for one.
    """
    start = next((i for i, draft in enumerate(drafts) if is_prose(draft)), len(drafts))
    at = _find_heading(drafts, page_title)
    if at is None and not is_markup:
        at = _find_title(drafts, start)
    result = Outline(drafts, page_title)
    if at is not None:
        result.date_lines = [draft.text for draft in drafts[:at] if is_dateline(draft)]
        before = [draft for draft in drafts[:at] if is_prose(draft)] if is_markup else []
        result.drafts = before + drafts[at:]
        result.title = drafts[at].text
        drafts[at].kind, drafts[at].level, drafts[at].parent = "heading", 1, None
    elif not is_markup:
        result.drafts = _drop_head(drafts, start)
    _mark_datelines(result)
    _mark_headings(result, is_markup)
    result.drafts = _mark_contacts(result.drafts)
    return result


def is_dateline(draft: Draft) -> bool:
    """Whether the block is a line of its own that shows a date."""
    return draft.kind not in ("cell", "item") and draft.words <= DATELINE_WORDS and has_date(draft.text)


def _find_heading(drafts: list[Draft], page_title: str | None) -> int | None:
    """The heading of level 1; among several the one that the head of the page names."""
    found = [i for i, draft in enumerate(drafts) if draft.kind == "heading" and draft.level == 1]
    wanted = fold(page_title or "")
    named = [i for i in found if fold(drafts[i].text) in wanted or (wanted and wanted in fold(drafts[i].text))]
    return max(named, key=lambda i: len(drafts[i].text)) if named else (found[0] if found else None)


def _find_title(drafts: list[Draft], start: int) -> int | None:
    """In plain text: the last line above the text that shows no date and introduces no list."""
    if start == len(drafts):
        return next((i for i, draft in enumerate(drafts) if not draft.marked and not is_dateline(draft)), None)
    for i in range(start - 1, -1, -1):
        draft, following = drafts[i], drafts[i + 1]
        introduces = following.marked and following.chunk == draft.chunk
        if not draft.marked and not is_dateline(draft) and not (introduces and i > 0):
            return i - 1 if i > 0 and _is_title_above(drafts[i - 1], draft) else i
    # A question or an exclamation may be a title although it ends like a sentence.
    first = drafts[start]
    is_title = start == 0 and first.alone and len(drafts) > 1 and first.text[-1] in "?!"
    return 0 if is_title and first.words <= TITLE_WORDS else None


def _is_title_above(upper: Draft, lower: Draft) -> bool:
    """Whether the longer line below it is no title but what stands under one."""
    if not (upper.alone and lower.alone) or upper.marked or is_dateline(upper):
        return False
    return upper.words >= LEAST_TITLE_WORDS and lower.words >= LEAST_SUBTITLE_WORDS


def _drop_head(drafts: list[Draft], start: int) -> list[Draft]:
    """A text without a title: what is left of menus above its first sentence goes, a dateline stays."""
    return [draft for i, draft in enumerate(drafts) if i >= start or is_dateline(draft)]


def _mark_datelines(result: Outline) -> None:
    for draft in result.drafts[:DATELINE_BLOCKS]:
        if is_dateline(draft) and not (draft.kind == "heading" and draft.level == 1):
            term = draft.parent
            if term is not None and term.kind == "term" and fold(term.text) in all_words("published_cues"):
                term.text = ""
            draft.kind, draft.level, draft.parent = "dateline", 0, None
            result.date_lines.append(draft.text)
    result.drafts = [draft for draft in result.drafts if draft.text]
    first = next((draft for draft in result.drafts if draft.kind == "paragraph"), None)
    opening = _OPENING.match(first.text[:OPENING_CHARACTERS]) if first is not None else None
    result.opening = opening.group(1) if opening else None


def _mark_headings(result: Outline, is_markup: bool) -> None:
    """In plain text short lines above text or lists become headings; paragraphs know the heading above them."""
    above: Draft | None = None
    title = result.drafts[0] if result.drafts and result.drafts[0].kind == "heading" else None
    for i, draft in enumerate(result.drafts):
        if draft.kind == "heading":
            above = draft
        elif draft.kind == "paragraph" and draft.parent is None:
            following = result.drafts[i + 1] if i + 1 < len(result.drafts) else None
            if not is_markup and following is not None and _is_heading(draft, following):
                draft.kind, draft.level, draft.parent = "heading", 2, title
                above = draft
            else:
                draft.parent = above


def _is_heading(draft: Draft, following: Draft) -> bool:
    if draft.words > LINE_WORDS or _NO_HEADING_END.search(draft.text) or draft.text.endswith(":"):
        return False
    if has_contact(draft.text) or begins_contact(draft.text):
        return False
    return following.marked or is_prose(following)


def _mark_contacts(drafts: list[Draft]) -> list[Draft]:
    """Contact blocks get their kind, and every block loses its contact details."""
    marked: list[Draft] = []
    inside = False
    for draft in _split_contacts(drafts):
        details = has_contact(draft.text)
        movable = draft.kind in ("paragraph", "heading", "item") and not (draft.kind == "heading" and draft.level == 1)
        sentence = bool(SENTENCE_END.search(draft.text)) and draft.words > LINE_WORDS
        if movable and begins_contact(draft.text) and (details or draft.words <= CONTACT_SENTENCE_WORDS):
            inside = True
        elif not movable or (sentence and not details):
            inside = False
        if movable and (inside or (details and draft.words <= LINE_WORDS)):
            draft.kind, draft.level = "contact", 0
        draft.text = drop_contacts(draft.text, draft.kind == "contact")
        if draft.text.strip(" .,;:()-–—|"):
            marked.append(draft)
    return marked


def _split_contacts(drafts: list[Draft]) -> list[Draft]:
    """A paragraph that ends in a contact line becomes two blocks."""
    result: list[Draft] = []
    for draft in drafts:
        parts = split_contact(draft.text) if draft.kind == "paragraph" else None
        if parts is None:
            result.append(draft)
            continue
        draft.text = parts[0]
        result += [draft, Draft("paragraph", parts[1], parent=draft.parent, chunk=draft.chunk)]
    return result
