"""Release or organisation-structure page, decided from the page itself."""

import re
from functools import cache

from migkg.model.document import DocumentKind
from migkg.sources.boilerplate import Trimmed
from migkg.text.wording import fold, wordings


def guess_kind(page: Trimmed, published: str | None, language: str) -> DocumentKind:
    """``structure`` for a page that shows how an organisation is built, else ``release``."""
    titles, words = _patterns(language)
    title = fold(page.title or "")
    blocks = [draft.text for draft in page.drafts if draft.kind != "contact"]
    total = sum(len(text.split()) for text in blocks) or 1
    share = sum(len(words.findall(fold(text))) for text in blocks) / total
    parts = [draft for draft in page.drafts if draft.kind in ("item", "cell", "heading", "term")]
    score = 2.0 if titles.search(title) else 0.0
    score += min(share / 0.03, 2.0)
    score += min(len(parts) / max(len(page.drafts), 1) / 0.4, 1.5)
    score -= 1.0 if published or page.has_dateline else 0.0
    return "structure" if score >= 3.5 else "release"


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    wording = wordings()[language]
    return _any(wording.structure_titles), _any(wording.structure_words)


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
