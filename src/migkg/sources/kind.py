"""Release or organisation-structure page, decided from the page itself."""

import re
from functools import cache

from migkg.model.document import DocumentKind
from migkg.sources.outline import Outline
from migkg.text.wording import fold, wordings

# Share of words for parts of an organisation among all words that counts as full evidence.
FULL_WORD_SHARE = 0.03
# Half as much again as the most that an annotated release has: it nearly decides, without a title or lists.
SURE_WORD_SHARE = 0.06
# Share of short items, cells, terms and headings among the blocks that counts as full evidence.
FULL_PART_SHARE = 0.4
PART_WORDS = 15
# Titles of structure pages are names ("Governing Council"); longer ones tell something.
NAME_WORDS = 7
STRUCTURE_FROM = 3.0


def guess_kind(page: Outline, published: str | None, language: str) -> DocumentKind:
    """``structure`` for a page that shows how an organisation is built, else ``release``.

    The title, the share of words for parts of organisations, and the share of short items, cells and headings speak
    for it; a dateline, a date of publication and the words of news speak against it.
    """
    titles, words, news = _patterns(language)
    blocks = [draft for draft in page.drafts if draft.kind != "contact"]
    folded = [fold(draft.text) for draft in blocks]
    total = sum(draft.words for draft in blocks) or 1
    share = sum(len(words.findall(text)) for text in folded) / total
    kinds = ("item", "cell", "heading", "term")
    parts = sum(1 for draft in blocks if draft.kind in kinds and draft.words <= PART_WORDS) / (len(blocks) or 1)
    title = fold(page.title or "")
    score = 0.0
    if titles.search(title):
        score += 2.0 if title.count(" ") < NAME_WORDS else 0.5
    score += 2.0 * min(share / FULL_WORD_SHARE, 1.0)
    score += 2.0 if share >= SURE_WORD_SHARE else 0.0
    score += 1.5 * min(parts / FULL_PART_SHARE, 1.0)
    score -= 1.5 if published or page.date_lines else 0.0
    score -= 1.5 if page.opening else 0.0
    score -= min(sum(1 for text in folded if news.search(text)), 2)
    return "structure" if score >= STRUCTURE_FROM else "release"


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for titles and parts of organisations, and for the words of news."""
    wording = wordings()[language]
    return _any(wording.structure_titles), _any(wording.structure_words), _any(wording.news_words)


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
