"""The body that a structure page is about."""

import re
from collections import Counter

from migkg.extract.structure.boxes import Box, Span
from migkg.extract.structure.entries import Entries
from migkg.extract.structure.grammar import NameReader
from migkg.extract.structure.lexicon import word_list
from migkg.extract.structure.mentions import ACRONYM
from migkg.extract.structure.names import Name
from migkg.extract.structure.outline import Node
from migkg.extract.structure.page import Page
from migkg.lexicon.gazetteer import Hit
from migkg.text.normalize import fold

# A name that a text opens with and gives an acronym for, whatever its words: "The Harbour Watch (HW) …".
_ARTICLE = r"(?:The |Le |La |Les |L['’]|El |Los |Las )"
_OPENING = re.compile(rf"{_ARTICLE}?(?!{_ARTICLE})([A-ZÀ-Þ][^(),;:.\n]{{4,90}}?) \((?=[A-Z][A-Za-z&/-]{{1,14}}\))")
OPENING = 12  # lines in which a page usually names its body
OPENING_LENGTH = 3000  # characters of one such line that are looked at


def find_organisation(page: Page, entries: Entries, reader: NameReader, nodes: list[Node]) -> None:
    """Set ``page.organisation``: the best of the bodies named in the opening, the title and the publisher's name."""
    candidates: dict[frozenset[str], tuple[float, Span, Name | Hit]] = {}
    prose = [n for n in nodes if n.kind in {"paragraph", "heading"}][:OPENING]
    repeats = Counter(word_list(page.text))
    for place, node in enumerate(prose):
        for span, thing in _bodies(page, entries, reader, node):
            content = page.content(page.text[span[0] : span[1]])
            score = _score(page, node, span, thing, place, repeats)
            if content and (content not in candidates or candidates[content][0] < score):
                candidates[content] = (score, span, thing)
    if not candidates:
        return
    _, span, thing = max(candidates.values(), key=lambda c: (c[0], -c[1][0]))
    page.organisation = _make(page, span, thing)


def _bodies(page: Page, entries: Entries, reader: NameReader, node: Node) -> list[tuple[Span, Name | Hit]]:
    found: list[tuple[Span, Name | Hit]] = []
    end = min(node.end, node.start + OPENING_LENGTH)
    hits = [h for h in entries.hits_in(node.start, end) if any(e.kind == "organisation" for e in h.entries)]
    names = reader.read(page.text, node.start, end)
    for name in names:
        inside = [h for h in hits if name.start <= h.start and h.end <= name.end]
        if any((h.start, h.end) == (name.start, name.end) for h in inside):
            continue
        if name.kind in {"unit", "board", "outer"} and not name.lone and not name.plural:
            found.append(((name.start, name.end), name))
    opening = _OPENING.match(page.text, node.start, end)
    taken = opening and any(n.start < opening.end(1) and opening.start(1) < n.end and n.kind != "run" for n in names)
    verbs = page.lexicon.words["verbs"]
    if opening and not taken and not any(w in verbs for w in word_list(opening.group(1))):
        found.append((opening.span(1), Name("outer", *opening.span(1), type="NonGovernmentalOrganisation")))
    for span in _published(page, node.start, end):
        if not any(n.start <= span[0] and span[1] <= n.end and n.kind in {"unit", "board", "outer"} for n in names):
            found.append((span, Name("outer", *span, type="NonGovernmentalOrganisation")))
    for hit in hits:
        if not any(n.start <= hit.start and hit.end <= n.end and (n.end - n.start) > hit.end - hit.start
                   and n.kind in {"unit", "board"} for n in names):  # fmt: skip
            found.append(((hit.start, hit.end), hit))
    return found


def _published(page: Page, start: int, end: int) -> list[Span]:
    """Where the name of the publisher stands in a line."""
    publisher = fold(page.document.publisher or "")
    at = fold(page.text[start:end]).find(publisher) if len(publisher) > 3 else -1
    return [(start + at, start + at + len(publisher))] if at >= 0 else []


def _score(page: Page, node: Node, span: Span, thing: Name | Hit, place: int, repeats: Counter[str]) -> float:
    text = page.text[span[0] : span[1]]
    folded = fold(text)
    title = fold(page.document.title or "")
    publisher = fold(page.document.publisher or "")
    acronym = ACRONYM.match(page.text, span[1])
    subject = node.kind == "paragraph" and span[0] - node.start <= 4
    score = 3.0 / (1 + place)
    score += 3 if folded in publisher or (publisher and publisher in folded) else 0
    score += 2 if folded in title else 0
    score += 1 + min(3, repeats[fold(acronym.group(1))]) if acronym else 0
    score += 2.5 if subject else 0
    if isinstance(thing, Hit):
        score += 1 if not text.isupper() else -1
    else:
        score += {"outer": 1.5, "unit": 0.0, "board": -1.0}[thing.kind]
        words = word_list(text)
        if any(page.lexicon.posts.match(words, i) for i in range(1, len(words))):
            score -= 3  # "Office of the Director General"
    if node.kind == "heading" and node.depth > 1:
        score -= 2
    return score


def _make(page: Page, span: Span, thing: Name | Hit) -> Box:
    label = page.tidy(page.surface(span))
    if isinstance(thing, Hit):
        entry = next(e for e in thing.entries if e.kind == "organisation")
        name = entry.label if entry.acronym else label
        country = entry.country if entry.type in {"GovernmentBody", "Government"} else None
        box = page.add("organisation", name, [span], "organisation", type=entry.type, key=entry.key, country=country)
        for other in thing.entries:
            if other.kind == "organisation" and other.key == entry.key:
                page.name(box, other.label)
    else:
        kind = thing.type or "GovernmentBody"
        box = page.add("organisation", label, [span], "organisation", type=kind, head=thing.head)
    acronym = ACRONYM.match(page.text, span[1])
    if acronym:
        page.name(box, acronym.group(1))
        box.mention(acronym.start(1), acronym.end(1), "acronym")
    return box
