"""Release or organisation-structure page, decided from the page itself."""

import re
from functools import cache

from migkg.model.document import DocumentKind
from migkg.sources.outline import Outline
from migkg.text.wording import fold, wordings

# Share of words for parts of an organisation among all words that counts as full evidence.
FULL_WORD_SHARE = 0.03
# Share of items, cells, terms and headings among the blocks that counts as full evidence.
FULL_PART_SHARE = 0.4
STRUCTURE_FROM = 3.0


def guess_kind(page: Outline, published: str | None, language: str) -> DocumentKind:
    """``structure`` for a page that shows how an organisation is built, else ``release``.

    The title, the share of words for parts of organisations, and the share of list items, cells and headings speak
    for it; a dateline or a date of publication speaks against it.
    """
    title_words, part_words = _patterns(language)
    blocks = [draft for draft in page.drafts if draft.kind != "contact"]
    total = sum(draft.words for draft in blocks) or 1
    share = sum(len(part_words.findall(fold(draft.text))) for draft in blocks) / total
    parts = sum(1 for draft in blocks if draft.kind in ("item", "cell", "heading", "term"))
    score = 2.0 if title_words.search(fold(page.title or "")) else 0.0
    score += 2.0 * min(share / FULL_WORD_SHARE, 1.0)
    score += 1.5 * min(parts / (len(blocks) or 1) / FULL_PART_SHARE, 1.0)
    if published or page.date_lines:
        score -= 1.0
    if page.opening:
        score -= 1.0
    return "structure" if score >= STRUCTURE_FROM else "release"


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    wording = wordings()[language]
    return _any(wording.structure_titles), _any(wording.structure_words)


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
