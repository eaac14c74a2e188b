"""What stands around a text and is about its publisher: the menu that shows its structure, and the line about it.

Thousands of pages repeat it, so it is no part of their texts. Here it becomes a document of its own, the same for every
page with the same wording.
"""

import hashlib
import re
from functools import cache
from urllib.parse import urlsplit

from migkg.model import Document
from migkg.sources.boilerplate import SENTENCE_END
from migkg.sources.draft import Draft, assemble
from migkg.text.contacts import has_contact
from migkg.text.wording import all_words, fold, pattern_of

# A menu of one part shows no structure.
LEAST_PARTS = 2
# A label of a menu that is repeated in front of the line about the publisher ("Who we areSince 1951 …").
MOST_LABEL = 60
_NUMBER = r"\\d[\\d., ]{0,6}"


def read_menu(lines: list[Draft], document: Document) -> Document | None:
    """The document about the publisher in the lines above the title of a text; ``None`` where there is none.

    Args:
        lines: all lines of the page, in order, nothing dropped.
        document: what was read from the page.
    """
    own = {block.text for block in _blocks(document)}
    end = next((i for i, line in enumerate(lines) if line.text in own), len(lines))
    about = _about(lines[:end])
    if about is None:
        return None
    parts = _parts(lines[:end])
    drafts = [about] if not parts else [Draft("heading", parts[0].text, level=1), about, *parts[1:]]
    text, blocks = assemble(drafts)
    wording = hashlib.sha256(text.encode()).hexdigest()[:16]
    host = urlsplit(document.url or "").hostname or document.publisher or "page"
    return Document(
        source=document.source,
        name=f"boilerplate:{fold(host).replace(' ', '-')}:{wording}",
        text=text,
        blocks=blocks,
        language=document.language,
        kind="structure",
        title=parts[0].text if parts else None,
        publisher=document.publisher,
    )


def _blocks(document: Document) -> list[Draft]:
    return [Draft("paragraph", document.text[block.start : block.end]) for block in document.blocks]


def _about(lines: list[Draft]) -> Draft | None:
    """The sentence about the publisher, without the label that is glued to it; it says a number or a year."""
    label = ""
    for line in lines:
        if label and len(label) <= MOST_LABEL and fold(line.text).startswith(fold(label)):
            rest = line.text[len(label) :].strip()
            if SENTENCE_END.search(rest) and _tells_counts().search(fold(rest)) and not has_contact(rest):
                return Draft("paragraph", rest)
        label = line.text
    return None


def _parts(lines: list[Draft]) -> list[Draft]:
    """The title of the menu of the structure and its items."""
    for i, line in enumerate(lines):
        if line.kind != "item" and fold(line.text) in all_words("structure_titles"):
            found = [line]
            for item in lines[i + 1 :]:
                if item.text == line.text:
                    continue
                if item.kind != "item" or not item.text:
                    break
                if fold(item.text) not in all_words("structure_titles") and not has_contact(item.text):
                    found.append(Draft("item", item.text, level=1))
            if len(found) > LEAST_PARTS:
                return found
    return []


@cache
def _tells_counts() -> re.Pattern[str]:
    forms = "|".join(pattern_of(key) for key in ("member_counts", "country_counts", "founding_years"))
    return re.compile(forms.replace("\\#", _NUMBER.replace("\\\\", "\\")))
