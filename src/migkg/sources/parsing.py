"""From bytes to a document: the stages in their order, and the loop over many sources."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from urllib.parse import urlsplit

from migkg.errors import SourceSkip
from migkg.model import Document, Skip
from migkg.sources.boilerplate import trim
from migkg.sources.dates import find_published
from migkg.sources.draft import Draft, assemble
from migkg.sources.kind import guess_kind
from migkg.sources.listing import list_sources
from migkg.sources.metadata import Facts
from migkg.sources.page import read_page
from migkg.sources.plain import group_lines, split_lines
from migkg.sources.raw import Raw
from migkg.sources.reading import read_source
from migkg.text.decode import decode
from migkg.text.language import guess_language

_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.I)
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|main|article|div|p|table|h1|meta)\b[^>]*>", re.I)
HTML_SUFFIXES = (".html", ".htm", ".xhtml")


def read_documents(sources: Iterable[str]) -> Iterator[Document | Skip]:
    """Every document that the sources lead to, in order; what cannot be read comes as a ``Skip`` with its reason."""
    for source in list_sources(sources):
        if isinstance(source, Skip):
            yield source
            continue
        try:
            yield parse_document(read_source(source))
        except SourceSkip as skip:
            yield Skip(source, str(skip))


def parse_document(raw: Raw) -> Document:
    """The document that the bytes hold.

    Raises:
        SourceSkip: binary, empty, no text, or in a language that is not supported.
    """
    text = decode(raw.data, _charset(raw.content_type))
    facts, drafts = _read_drafts(raw, text)
    trimmed = trim(drafts, facts.title)
    body, blocks = assemble(trimmed.drafts)
    if not body:
        raise SourceSkip("no body text")
    language = guess_language(body, facts.language)
    published = facts.published or find_published(trimmed, body, language)
    url = facts.url or (raw.location if raw.is_url else None)
    return Document(
        source=raw.source,
        name=url or _file_name(raw),
        text=body,
        blocks=blocks,
        language=language,
        kind=guess_kind(trimmed, published, language),
        title=trimmed.title,
        url=url,
        published=published,
        publisher=facts.publisher,
    )


def _read_drafts(raw: Raw, text: str) -> tuple[Facts, list[Draft]]:
    if _is_html(raw, text):
        return read_page(text)
    return Facts(), group_lines(split_lines(text))


def _is_html(raw: Raw, text: str) -> bool:
    """By the content first: a page that is called ``.txt`` is read as a page, a text called ``.html`` as a text."""
    head = text[:2048].lstrip()
    if not _MARKUP.search(text[:65536]):
        return False
    declared = (raw.content_type or "").casefold()
    named = raw.source.casefold().endswith(HTML_SUFFIXES) or "html" in declared
    return named or head.startswith("<")


def _charset(content_type: str | None) -> str | None:
    found = _CHARSET.search(content_type or "")
    return found.group(1) if found else None


def _file_name(raw: Raw) -> str:
    if raw.source == "-":
        return raw.location[:22]
    if raw.is_url:
        return urlsplit(raw.location).geturl()
    return PurePath(raw.location).name
