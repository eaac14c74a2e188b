"""The parts of a page where the description of its site says they are. What it does not find is read as any page is."""

import re
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from migkg.lexicon.gazetteer import official_names
from migkg.sources.dates import find_dates, make_date, parse_iso
from migkg.sources.draft import Draft
from migkg.sources.metadata import Facts
from migkg.sources.site import Site
from migkg.text.decode import clean

# An element that is only a frame, with less text than this, in characters, is not taken for a part of the text.
LEAST_BODY = 40
MOST_TITLE = 400


def select_body(tree: LexborHTMLParser, site: Site) -> LexborNode | None:
    """The element that holds the text; ``None`` where no selector finds one with text in it."""
    for query in site.selectors.body:
        for node in tree.css(query):
            if len(clean(node.text_lexbor() or "")) >= LEAST_BODY:
                return node
    return None


def is_readable(markup: str, site: Site) -> bool:
    """Whether a page has its text where the description of the site says, or the description leaves that open."""
    return not site.selectors.body or select_body(LexborHTMLParser(markup), site) is not None


def select_lead(tree: LexborHTMLParser, site: Site, body: LexborNode) -> list[Draft]:
    """The paragraphs that stand above the body and belong to the text, unless they are inside the body."""
    inside = {node.mem_id for query in site.selectors.lead for node in body.css(query)}
    for query in site.selectors.lead:
        found = [node for node in tree.css(query) if node.mem_id not in inside]
        drafts = [Draft("paragraph", text) for node in found if (text := clean(node.text_lexbor() or ""))]
        if drafts:
            return drafts
    return []


def select_facts(tree: LexborHTMLParser, site: Site, facts: Facts) -> Facts:
    """The facts of a page, with title, date and publisher as the description of its site has them.

    Args:
        facts: what the page says of itself; it stands where the description finds nothing.
    """
    stated = (facts.language or "")[:2].lower()
    language = stated if stated in site.languages else site.languages[0]
    return Facts(
        title=_title(tree, site) or facts.title,
        language=facts.language or language,
        published=_date(tree, site, language) or facts.published,
        publisher=official_names(language).get(site.publisher) or facts.publisher,
        url=facts.url,
    )


def dropped_elements(tree: LexborHTMLParser, site: Site) -> frozenset[int]:
    """The ids of the elements that the site repeats on its pages."""
    return frozenset(node.mem_id for query in site.selectors.drop for node in tree.css(query))


def drop_lines(drafts: list[Draft], site: Site) -> list[Draft]:
    """Without the blocks of text that the site repeats on its pages."""
    if not site.boilerplate:
        return drafts
    return [draft for draft in drafts if not any(pattern.fullmatch(draft.text) for pattern in site.boilerplate)]


def _title(tree: LexborHTMLParser, site: Site) -> str | None:
    for query in site.selectors.title:
        for node in tree.css(query):
            text = clean(node.attributes.get("content") or node.text_lexbor() or "")
            if text:
                return text[:MOST_TITLE]
    return None


def _date(tree: LexborHTMLParser, site: Site, language: str) -> str | None:
    for query in site.selectors.date:
        for node in tree.css(query):
            for text in (node.attributes.get("datetime"), node.attributes.get("content"), node.text_lexbor()):
                found = _read_date(clean(text or ""), site, language)
                if found:
                    return found
    return None


def _read_date(text: str, site: Site, language: str) -> str | None:
    """The one date in a text, by the first format that fits."""
    for form in site.date_formats if text else ():
        if form == "iso":
            found = parse_iso(text)
        elif form == "written":
            readings = [item[2] for item in find_dates(text, language)]
            found = readings[0][0] if readings and len(readings[0]) == 1 else None
        else:
            found = _read_numbers(text, form)
        if found:
            return found
    return None


def _read_numbers(text: str, form: str) -> str | None:
    pattern = re.escape(form).replace("%d", r"\d{1,2}").replace("%m", r"\d{1,2}").replace("%Y", r"\d{4}")
    found = re.search(rf"(?<!\d){pattern}(?!\d)", text)
    if not found:
        return None
    try:
        day = datetime.strptime(found[0], form)
    except ValueError:
        return None
    return make_date(day.year, day.month, day.day)
