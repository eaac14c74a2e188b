"""What belongs to the page and not to the text: menus before it, links and notices after it, credits within it."""

import re
from functools import cache

from migkg.sources.draft import Draft
from migkg.text.contacts import begins_contact, has_contact
from migkg.text.wording import all_words, fold, pattern_of

PROSE_CHARACTERS = 60
LONG_WORDS = 30
LINE_WORDS = 14
TITLE_WORDS = 5
PART_WORDS = 5
LINK_LETTERS = 8
# What may stand behind a line that ends the text: more than that, and the line is part of the text.
MOST_TAIL = 0.4
MOST_TAIL_PROSE = 0.2
# The paragraph about the publisher stands in the last part of a text.
ABOUT_FROM = 0.5
ABOUT_WORDS = 5

SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]*$""")
_ACRONYM = re.compile(r"[A-Z][A-Z-]{2,9}\b")
_BARS = re.compile(r"\s?[|·•]\s?")
_ARROWS = re.compile(r"\s?›\s?|\s[>»]\s|\]\s*\[")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_URL = re.compile(r"https?://\S+|www\.\S+")
_END_MARK = re.compile(r"[#*_=\-–—\s]{3,}|[-–—]\s?(?:30|end|ends|fin)\s?[-–—]|ends?", re.I)


def is_prose(draft: Draft) -> bool:
    """Whether the block is running text rather than a label, a heading or a menu line."""
    if draft.kind in ("item", "cell"):
        telling = draft.words >= PART_WORDS and any(character.isdigit() for character in draft.text)
        return telling or draft.words >= LINE_WORDS
    if draft.words >= LONG_WORDS:
        return True
    return len(draft.text) >= PROSE_CHARACTERS and bool(SENTENCE_END.search(draft.text))


def drop_menus(drafts: list[Draft]) -> list[Draft]:
    """Without menus, paths, repeated labels, picture credits, marks of the end, and links that stand alone."""
    kept: list[Draft] = []
    before = ""
    for draft in drafts:
        folded = fold(draft.text)
        # Scraped menus show a label, then the same label glued to its description, or the label twice.
        glued = len(before) > 3 and folded.startswith(before) and folded[len(before) : len(before) + 1].isalnum()
        repeated = bool(folded) and folded == before and draft.kind != "cell"
        if repeated and (draft.kind == "heading" or draft.words >= TITLE_WORDS):
            # A title that stands in the path above it as well: one of the two stays, the heading if there is one.
            repeated = False
            if kept and fold(kept[-1].text) == before:
                kept.pop()
        elif (glued or repeated) and kept and fold(kept[-1].text) == before:
            kept.pop()
        before = folded
        if draft.text and not glued and not repeated and not _is_menu_line(draft, folded):
            kept.append(draft)
    return kept


def cut_tail(drafts: list[Draft]) -> list[Draft]:
    """Without what follows the first line that ends the text, and without the labels just above that line."""
    total = sum(len(draft.text) for draft in drafts) or 1
    prose = sum(len(draft.text) for draft in drafts if is_prose(draft)) or 1
    seen = seen_prose = 0
    for i, draft in enumerate(drafts):
        late = i > 0 and total - seen <= MOST_TAIL * total and prose - seen_prose <= MOST_TAIL_PROSE * prose
        if late and (_ends_text(draft) or _is_path(draft.text)):
            return drafts[: _above_labels(drafts, i)]
        seen += len(draft.text)
        seen_prose += len(draft.text) if is_prose(draft) else 0
    return drafts


def drop_about(drafts: list[Draft], publisher: str | None) -> list[Draft]:
    """Without the paragraph about the publisher ("About IOM") that stands under every one of its releases."""
    total = sum(len(draft.text) for draft in drafts) or 1
    kept: list[Draft] = []
    seen = 0
    dropping = False
    for draft in drafts:
        if dropping and (draft.kind == "heading" or begins_contact(draft.text)):
            dropping = False
        if seen >= ABOUT_FROM * total and _is_about(draft, publisher):
            dropping = True
        seen += len(draft.text)
        if not dropping:
            kept.append(draft)
    return kept


def _is_menu_line(draft: Draft, folded: str) -> bool:
    if draft.kind == "cell" or draft.words > 2 * LINE_WORDS:
        return False
    if draft.kind == "heading" and draft.level == 1:
        return False
    if folded.strip(" |:>•[]!") in all_words("menu_lines") or _END_MARK.fullmatch(draft.text):
        return True
    if _is_link(draft.text):
        return True
    if _is_path(draft.text):
        return True
    return draft.words <= LINE_WORDS and bool(
        _starts("menu_starts").match(folded) or _starts("credit_starts").match(folded)
    )


def _is_link(text: str) -> bool:
    """Whether a line is an address and nothing else ("(Logo: http://…)")."""
    if not _URL.search(text):
        return False
    letters = sum(1 for character in _URL.sub("", text) if character.isalpha())
    return letters <= LINK_LETTERS


def _is_path(text: str) -> bool:
    """Whether a line is a row of links: short parts between bars, arrows or brackets, and no year in them."""
    arrows = bool(_ARROWS.search(text)) and "«" not in text
    parts = [part for part in (_ARROWS if arrows else _BARS).split(text) if part.strip()]
    if len(parts) < 2 or _YEAR.search(text) or SENTENCE_END.search(text) or has_contact(text):
        return False
    if sum(part.count(" ") + 1 for part in parts) > PART_WORDS * len(parts):
        return False
    return arrows or len(parts) > 2 or any(fold(part) in all_words("menu_lines") for part in parts)


def _ends_text(draft: Draft) -> bool:
    if draft.kind == "cell" or draft.words > LINE_WORDS or (draft.text.endswith(".") and draft.words >= 8):
        return False
    return bool(_starts("tail_starts").match(fold(draft.text)))


def _above_labels(drafts: list[Draft], end: int) -> int:
    """The end of the text above the labels that stand directly over a line that ends it; contacts stay."""
    start = end
    while start > 1 and _is_label(drafts[start - 1]):
        start -= 1
    contact = any(begins_contact(draft.text) or has_contact(draft.text) for draft in drafts[max(start - 1, 0) : end])
    return end if contact else start


def _is_label(draft: Draft) -> bool:
    return draft.kind in ("paragraph", "heading") and draft.words <= 8 and not re.search(r"[.!?…;,»”\"]$", draft.text)


def _is_about(draft: Draft, publisher: str | None) -> bool:
    found = _about().match(draft.text)
    if not found:
        return False
    rest = draft.text[found.end() :]
    acronym = _ACRONYM.match(rest)
    if acronym:
        rest = rest[acronym.end() :]
    elif publisher and fold(rest).startswith(fold(publisher)):
        rest = rest[len(publisher) :]
    else:
        return False
    return draft.words <= ABOUT_WORDS or rest.lstrip()[:1] in tuple(":–—-")


@cache
def _about() -> re.Pattern[str]:
    article = r"(?:the|la|le|el|los|las|les)\s|l['’]"
    return re.compile(rf"{pattern_of('about_starts')}\s(?:{article})?", re.I)


@cache
def _starts(key: str) -> re.Pattern[str]:
    """A pattern for the beginnings of lines of one kind, in all languages."""
    return re.compile(rf"[*•\-–\s]*{pattern_of(key)}(?!\w)")
