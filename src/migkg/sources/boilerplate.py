"""What belongs to the page and not to the text: menus before it, links after it, contact details in it."""

import re
from dataclasses import dataclass, field
from functools import cache

from migkg.sources.draft import Draft
from migkg.text.contacts import begins_contact, drop_contacts, has_contact
from migkg.text.wording import Wording, fold, wordings

PROSE_CHARACTERS = 60
PROSE_WORDS = 15
LINE_WORDS = 14
DATELINE_WORDS = 12
# The text may not lose more than this share behind a line that seems to end it.
MOST_TAIL = 0.4

_FINAL = re.compile(r"""[.!?…]["'”’»)\]]*$""")
_BARS = re.compile(r"\S\s?[|›»·>•]\s?\S|\]\s*\[")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)")


@dataclass(slots=True)
class Trimmed:
    """The body of a page.

    Attributes:
        drafts: the blocks that are kept.
        title: the title of the text.
        date_lines: lines near the title that show a date, also those taken out.
        has_dateline: whether a line of its own or the first paragraph begins with place and date.
    """

    drafts: list[Draft]
    title: str | None = None
    date_lines: list[str] = field(default_factory=list)
    has_dateline: bool = False


def trim(drafts: list[Draft], page_title: str | None) -> Trimmed:
    """The blocks of the text itself, contacts dropped, title found, kinds of short lines settled."""
    drafts = _drop_menus(drafts)
    start = _first_prose(drafts)
    title = _find_title(drafts, start, page_title)
    kept = drafts[title:] if title is not None else drafts
    kept = _cut_tail(kept)
    result = Trimmed(kept, kept[0].text if title is not None and kept else page_title)
    _mark_datelines(result)
    _mark_headings(result, title is not None)
    _mark_contacts(result)
    result.drafts = [draft for draft in result.drafts if draft.text]
    return result


def is_prose(draft: Draft) -> bool:
    """Whether the block is running text rather than a label, a heading or a menu line."""
    words = draft.text.count(" ") + 1
    if draft.kind in ("item", "cell"):
        return words >= 5 and (bool(re.search(r"\d", draft.text)) or words >= PROSE_WORDS)
    return words >= 2 * PROSE_WORDS or (len(draft.text) >= PROSE_CHARACTERS and bool(_FINAL.search(draft.text)))


def _drop_menus(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    before = ""
    for draft in drafts:
        folded = fold(draft.text)
        glued = len(before) > 3 and folded.startswith(before) and folded[len(before) : len(before) + 1].isalnum()
        repeated = folded == before and draft.kind != "cell"
        before = folded
        if repeated and kept and fold(kept[-1].text) == folded:
            kept.pop()
        if glued or repeated or _is_menu_line(draft, folded):
            continue
        kept.append(draft)
    return kept


def _is_menu_line(draft: Draft, folded: str) -> bool:
    words = folded.count(" ") + 1
    if draft.kind == "cell":
        return False
    if folded.strip(" |:>•[]") in _menu_lines() and draft.level != 1:
        return True
    if words > 2 * LINE_WORDS:
        return False
    if _BARS.search(draft.text) and not _FINAL.search(draft.text) and not _YEAR.search(draft.text):
        return True
    return words <= LINE_WORDS and bool(_starts("menu_starts").match(folded) or _starts("credit_starts").match(folded))


def _first_prose(drafts: list[Draft]) -> int:
    return next((i for i, draft in enumerate(drafts) if is_prose(draft)), len(drafts))


def _find_title(drafts: list[Draft], start: int, page_title: str | None) -> int | None:
    """Where the title stands: the first heading of level 1, else the last line above the text that is no date."""
    for i, draft in enumerate(drafts):
        if draft.kind == "heading" and draft.level == 1:
            return i
    first = start
    for i in range(start - 1, -1, -1):
        draft = drafts[i]
        if _is_dateline(draft.text):
            continue
        introduces = i + 1 < len(drafts) and drafts[i + 1].kind == "item" and drafts[i + 1].chunk == draft.chunk
        if draft.kind == "item" or (introduces and i > 0):
            first = i
            continue
        return i
    return first if 0 < first < start else None


def _cut_tail(drafts: list[Draft]) -> list[Draft]:
    """Without what follows the first line that ends the text, and without the labels just above that line."""
    total = sum(len(draft.text) for draft in drafts)
    seen = 0
    for i, draft in enumerate(drafts):
        if i and _ends_text(draft) and total - seen <= MOST_TAIL * total:
            end = i
            while end > 1 and _is_label(drafts[end - 1]):
                end -= 1
            return drafts[:end]
        seen += len(draft.text)
    return drafts


def _ends_text(draft: Draft) -> bool:
    words = draft.text.count(" ") + 1
    if words > LINE_WORDS or (draft.text.endswith(".") and words >= 8):
        return False
    return bool(_starts("tail_starts").match(fold(draft.text)))


def _is_label(draft: Draft) -> bool:
    return (
        draft.kind in ("paragraph", "heading")
        and draft.text.count(" ") < 8
        and not re.search(r"[.!?…:;,]", draft.text)
        and not begins_contact(draft.text)
        and not has_contact(draft.text)
    )


def _is_dateline(text: str) -> bool:
    if text.count(" ") >= DATELINE_WORDS:
        return False
    return bool(_NUMERIC_DATE.search(text) or (_YEAR.search(text) and _month_name().search(fold(text))))


def _mark_datelines(result: Trimmed) -> None:
    for draft in result.drafts[:6]:
        if is_prose(draft) and draft.kind != "heading":
            break
        if draft.kind in ("paragraph", "definition", "heading") and _is_dateline(draft.text):
            draft.kind, draft.level = "dateline", 0
            result.date_lines.append(draft.text)
            result.has_dateline = True
    first = next((draft for draft in result.drafts if draft.kind == "paragraph"), None)
    if first is not None:
        opening = re.split(r"\s[-–—]{1,2}\s|\)\s?[-–—]", first.text[:120])[0]
        if len(opening) < 100 and (opening != first.text[:120]):
            result.has_dateline = True
            result.date_lines.append(opening)


def _mark_headings(result: Trimmed, has_title: bool) -> None:
    """Titles and short lines that stand alone become headings; paragraphs know the heading above them."""
    above: Draft | None = None
    for i, draft in enumerate(result.drafts):
        if draft.kind == "heading":
            above = draft
            continue
        if draft.kind != "paragraph":
            continue
        short = draft.text.count(" ") < LINE_WORDS and not re.search(r"[.!?…:;,]$", draft.text)
        after = result.drafts[i + 1] if i + 1 < len(result.drafts) else None
        leads = after is not None and (after.kind == "item" or after.chunk != draft.chunk or is_prose(after))
        if has_title and i == 0:
            draft.kind, draft.level = "heading", 1
            above = draft
        elif short and leads and draft.parent is None and not has_contact(draft.text):
            draft.kind, draft.level, draft.parent = "heading", 2, result.drafts[0] if has_title else None
            above = draft
        elif draft.parent is None:
            draft.parent = above


def _mark_contacts(result: Trimmed) -> None:
    open_block = False
    for draft in result.drafts:
        details = has_contact(draft.text)
        begins = begins_contact(draft.text)
        sentence = bool(_FINAL.search(draft.text)) and draft.text.count(" ") > 25
        if begins and draft is not result.drafts[0] and (details or not sentence):
            open_block = True
        elif open_block and (sentence or draft.kind not in ("paragraph", "heading", "item")):
            open_block = False
        movable = draft.kind in ("paragraph", "heading", "item")
        if movable and (open_block or (details and draft.text.count(" ") < 12)):
            draft.kind, draft.level = "contact", 0
        draft.text = drop_contacts(draft.text, draft.kind == "contact")


@cache
def _menu_lines() -> frozenset[str]:
    return frozenset().union(*(wording.menu_lines for wording in wordings().values()))


@cache
def _starts(name: str) -> re.Pattern[str]:
    """A pattern for the beginnings of lines of one kind, in all languages."""
    words: set[str] = set()
    for wording in wordings().values():
        words.update(_list(wording, name))
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"[*•\-–\s]*(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def _list(wording: Wording, name: str) -> tuple[str, ...]:
    return tuple(getattr(wording, name))


@cache
def _month_name() -> re.Pattern[str]:
    names = {name for wording in wordings().values() for name in wording.months}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)")
