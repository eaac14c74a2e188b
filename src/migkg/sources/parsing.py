"""From bytes to a document: the stages in their order, and the loop over many sources."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from urllib.parse import urlsplit

from migkg.errors import SourceSkip
from migkg.model import Block, Document, Extraction, Skip
from migkg.sources.boilerplate import cut_tail, drop_about, drop_menus
from migkg.sources.dates import find_published
from migkg.sources.draft import Draft, assemble
from migkg.sources.kind import guess_kind
from migkg.sources.listing import list_sources
from migkg.sources.metadata import Facts
from migkg.sources.opening import open_source
from migkg.sources.outline import Outline, outline
from migkg.sources.page import read_page
from migkg.sources.plain import join_lines, read_lines
from migkg.sources.publisher import read_menu
from migkg.sources.raw import Raw
from migkg.sources.selected import drop_lines
from migkg.sources.site import Site
from migkg.sources.sites import site_of
from migkg.text.decode import decode
from migkg.text.language import guess_language

_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.I)
# How a page begins, behind comments and declarations.
_MARKUP = re.compile(
    r"(?:<\?xml[^>]{0,200}>|<!--[^>]{0,500}-->|\s)*<(?:!doctype\s+html|html|head|body|main|article|div|p|table|h1|meta|title)\b",
    re.I,
)
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*[\s/>]", re.I)
# Characters of a text; a release has some thousand.
MAX_CHARACTERS = 1_000_000
SNIFFED = 65_536
HTML_SUFFIXES = (".html", ".htm", ".xhtml")


def read_documents(sources: Iterable[str]) -> Iterator[Document | Extraction | Skip]:
    """Every document that the sources lead to, in order; what cannot be read comes as a ``Skip`` with its reason.

    A record of data, which needs no reading, comes as what it says.
    """
    for source in list_sources(sources):
        if isinstance(source, Skip):
            yield source
            continue
        for item in open_source(source):
            if not isinstance(item, Raw):
                yield item if isinstance(item, Skip) else item.extraction
                continue
            try:
                yield parse_document(item)
            except SourceSkip as skip:
                yield Skip(item.source, str(skip))


def parse_document(raw: Raw) -> Document:
    """The document that the bytes hold.

    Raises:
        SourceSkip: binary, empty, no text, or in a language that is not supported.
    """
    text = decode(raw.data, _charset(raw.content_type))
    facts, page = _read_outline(raw, text)
    body, blocks = assemble(page.drafts)
    if not body:
        raise SourceSkip("no body text")
    language = guess_language(body, raw.declared.language or facts.language)
    paragraphs = [draft.text for draft in page.drafts if draft.kind == "paragraph"]
    dated = raw.declared.published or facts.published
    published = dated or find_published(page.date_lines, paragraphs, language)
    url = facts.url or raw.url
    return Document(
        source=raw.source,
        name=url or _file_name(raw),
        text=body,
        blocks=blocks,
        language=language,
        kind=guess_kind(page, published, language),
        title=page.title or raw.declared.title,
        url=url,
        published=published,
        publisher=raw.declared.publisher or facts.publisher,
        places=_pages(page.drafts, blocks),
    )


def _pages(drafts: list[Draft], blocks: tuple[Block, ...]) -> tuple[tuple[int, str], ...]:
    """Where each page of the source begins in the body; a block that was shortened counts for its first page."""
    places: list[tuple[int, str]] = []
    for draft, block in zip(drafts, blocks, strict=True):
        for offset, page in draft.pages:
            if offset < block.end - block.start and f"page {page}" != (places[-1][1] if places else None):
                places.append((block.start + offset, f"page {page}"))
    return tuple(places)


def read_boilerplate(raw: Raw, document: Document) -> Document | None:
    """What the page says of its publisher around the text, as a document of its own; ``None`` where it says nothing.

    Args:
        document: what ``parse_document`` made of the same bytes.
    """
    text = decode(raw.data, _charset(raw.content_type))
    return None if _is_html(raw, text) else read_menu(read_lines(text), document)


def _read_outline(raw: Raw, text: str) -> tuple[Facts, Outline]:
    if _is_html(raw, text):
        facts, page = _read_markup(text, lambda facts: _site(raw, facts))
        if not facts.published and not page.date_lines and _site(raw, facts):
            # The body that a description selects may leave out the line that shows the date.
            page.date_lines = _read_markup(text, lambda facts: None)[1].date_lines
        return facts, page
    _check_length(len(text))
    _refuse_data(text)
    drafts = join_lines(drop_menus(cut_tail(read_lines(text))))
    return Facts(), outline(drop_about(drafts, None), None, is_markup=False)


def _read_markup(text: str, find_site: Callable[[Facts], Site | None]) -> tuple[Facts, Outline]:
    facts, drafts = read_page(text, find_site)
    _check_length(sum(len(draft.text) for draft in drafts))
    site = find_site(facts)
    drafts = drop_lines(drafts, site) if site else drafts
    drafts = drop_about(drop_menus(cut_tail(drafts)), facts.publisher)
    return facts, outline(drafts, facts.title, is_markup=True)


def _site(raw: Raw, facts: Facts) -> Site | None:
    """The described site that a page comes from: by where it was read, else by the address that it gives itself."""
    return site_of(raw.url or facts.url)


def _check_length(characters: int) -> None:
    if characters > MAX_CHARACTERS:
        raise SourceSkip(f"{characters} characters of text, the limit is {MAX_CHARACTERS}: no release is that long")


def _refuse_data(text: str) -> None:
    """JSON and XML are data, not texts."""
    start = text.lstrip()[:1]
    if start in ("{", "["):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return
        raise SourceSkip("JSON, not a text")
    if text.lstrip().startswith("<?xml"):
        raise SourceSkip("XML without a page in it, not a text")


def _is_html(raw: Raw, text: str) -> bool:
    """By the content first: a page that is called ``.txt`` is read as a page, a text called ``.html`` as a text."""
    head = text[:SNIFFED].lstrip()
    declared = (raw.content_type or "").casefold()
    if raw.source.casefold().endswith(HTML_SUFFIXES) or "html" in declared:
        return bool(_ANY_TAG.search(head))
    return bool(_MARKUP.match(head))


def _charset(content_type: str | None) -> str | None:
    found = _CHARSET.search(content_type or "")
    return found.group(1) if found else None


def _file_name(raw: Raw) -> str:
    inside = f"#{raw.address}" if raw.address else ""
    file = raw.location.removesuffix(inside)
    if raw.is_url:
        return urlsplit(raw.location).geturl()
    return (file[:22] if file.startswith("stdin:") else PurePath(file).name) + inside
