"""HTML pages: parsed once, the element that holds the text found, and walked without recursion."""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from migkg.errors import SourceSkip
from migkg.sources.draft import Draft
from migkg.sources.flow import Flow
from migkg.sources.metadata import Facts, read_facts
from migkg.sources.selected import dropped_elements, select_body, select_facts, select_lead
from migkg.sources.site import Site
from migkg.text.decode import clean
from migkg.text.wording import all_words, fold

# Elements inside one another. Deeper pages cost the parser quadratic time, and no release is one.
MAX_DEPTH = 10_000
# Start and end tags of a page.
MAX_TAGS = 300_000
# An element is left out by its class or id only while it holds less than this share of the text of the page,
MOST_DROPPED = 0.4
# and only so many elements are measured for that: a page of nothing but such names would cost quadratic time.
MOST_MEASURED = 200
# More characters in each cell than this, on average, and a table is a page laid out in columns.
LAYOUT_CHARACTERS = 300


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Elements without an end tag, or whose end tag may be left out: their number says nothing about depth.
_UNCOUNTED = _words(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option"
    " optgroup colgroup rt rp html head body"
)
_DROPPED = _words(
    "script style noscript template svg math nav aside form button select iframe footer object canvas video audio"
    " dialog menu input textarea head title datalist map"
)
_VERBATIM = _words("script style")
_DROPPED_ROLES = _words("navigation banner contentinfo complementary search dialog alertdialog menu menubar form alert")
_INLINE = _words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub"
    " sup time tt u var wbr label img"
)

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NAME_PART = re.compile(r"[a-z]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def read_page(markup: str, find_site: Callable[[Facts], Site | None] = lambda facts: None) -> tuple[Facts, list[Draft]]:
    """The facts that the head states and the blocks of the body, menus by their elements left out.

    Args:
        find_site: gives the described site that a page with these facts belongs to, if there is one.

    Raises:
        SourceSkip: nested too deep, too many elements, or no body.
    """
    check_size(markup)
    tree = LexborHTMLParser(markup)
    body = tree.body
    if body is None:
        raise SourceSkip("a page without a body")
    facts = read_facts(tree)
    site = find_site(facts)
    if site is None:
        return facts, _with_title(tree, _Walk(_main(tree, body)).read())
    root = select_body(tree, site)
    drafts = _Walk(root or _main(tree, body), dropped_elements(tree, site)).read()
    if root is not None:
        drafts = select_lead(tree, site, root) + drafts
    facts = select_facts(tree, site, facts)
    if root is not None and facts.title and all(draft.kind != "heading" or draft.level != 1 for draft in drafts):
        return facts, [Draft("heading", facts.title, 1), *drafts]
    return facts, _with_title(tree, drafts)


def _with_title(tree: LexborHTMLParser, drafts: list[Draft]) -> list[Draft]:
    """The blocks of a page, with its title in front where that stands outside its main part."""
    if not any(draft.kind == "heading" and draft.level == 1 for draft in drafts):
        return _outer_title(tree) + drafts
    return drafts


def _outer_title(tree: LexborHTMLParser) -> list[Draft]:
    """The title of a page that stands outside its main part."""
    found = tree.css("h1")
    text = clean(found[0].text_lexbor() or "") if len(found) == 1 else ""
    return [Draft("heading", text, 1)] if text else []


def check_size(markup: str) -> None:
    """Refuse what would cost the parser too much time or memory; scripts may hold any number of tags."""
    if markup.count("<") <= MAX_DEPTH:
        return
    depth = deepest = tags = 0
    verbatim = ""
    for found in _TAG.finditer(markup):
        end, name = found.group(1), found.group(2).lower()
        if verbatim:
            verbatim = "" if end and name == verbatim else verbatim
            continue
        tags += 1
        if name in _VERBATIM and not end:
            verbatim = name
        elif name not in _UNCOUNTED:
            depth = max(depth - 1, 0) if end else depth + 1
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise SourceSkip(f"elements nested {deepest} deep, the limit is {MAX_DEPTH}")
    if tags > MAX_TAGS:
        raise SourceSkip(f"{tags} tags, the limit is {MAX_TAGS}")


def _main(tree: LexborHTMLParser, body: LexborNode) -> LexborNode:
    """The element that the page itself calls its main part, else the body."""
    for query in ("main", "[role=main]", "article", "[itemprop=articleBody]"):
        found = tree.css(query)
        if len(found) == 1 and len(found[0].text_lexbor() or "") > 0:
            return found[0]
    return body


class _Walk:
    """One pass over the elements below a root, in document order, by child, next and parent."""

    def __init__(self, root: LexborNode, dropped: frozenset[int] = frozenset()) -> None:
        self.root = root
        self.dropped = dropped
        self.flow = Flow()
        self.block_names = all_words("block_names")
        self.link_labels = all_words("link_labels")
        self.measured = 0
        self.inside = int(root.tag in ("article", "main"))
        self.total = len(root.text_lexbor() or "") or 1

    def read(self) -> list[Draft]:
        """The blocks below the root."""
        for node, tag, entering in self._events():
            if tag in ("article", "main"):
                self.inside += 1 if entering else -1
            if not entering:
                self.flow.close(tag)
            elif tag == "-text":
                above = node.parent
                self.flow.add(node.text_content or "", linked=above is not None and above.tag == "a")
            elif tag == "br":
                self.flow.add_break()
            elif tag == "pre":
                self.flow.add_lines(node.text(deep=True))
            else:
                self.flow.open(tag, layout=tag == "table" and _is_layout(node))
        self.flow.flush()
        return self.flow.blocks()

    def _events(self) -> Iterator[tuple[LexborNode, str, bool]]:
        """Nodes with their tag: once when they are entered, and block elements again when they are left."""
        root_id = self.root.mem_id
        node: LexborNode | None = self.root
        while node is not None:
            tag = node.tag or ""
            inner = None
            if tag == "-text" or tag in ("br", "pre"):
                yield node, tag, True
            elif not tag.startswith("-") and (node.mem_id == root_id or not self._is_dropped(node, tag)):
                if tag not in _INLINE:
                    yield node, tag, True
                inner = node.child
                if inner is None and tag not in _INLINE:
                    yield node, tag, False
            if inner is not None:
                node = inner
                continue
            while node is not None and node.mem_id != root_id and node.next is None:
                node = node.parent
                if node is not None and node.tag not in _INLINE:
                    yield node, node.tag or "", False
            if node is None or node.mem_id == root_id:
                return
            node = node.next

    def _is_dropped(self, node: LexborNode, tag: str) -> bool:
        if tag in _DROPPED or node.mem_id in self.dropped:
            return True
        if tag == "a":
            return self._is_label(node)
        if tag == "header":
            return not self.inside and self._is_small(node)
        attributes = node.attributes
        if not attributes:
            return False
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        if attributes.get("role") in _DROPPED_ROLES or _HIDDEN_STYLE.search(attributes.get("style") or ""):
            return True
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        if tag in ("main", "article", "body") or self.block_names.isdisjoint(_NAME_PART.findall(names)):
            return False
        return self._is_small(node)

    def _is_label(self, link: LexborNode) -> bool:
        """Whether a link only says "Read more"."""
        text = link.child
        if text is None or text.next is not None or text.tag != "-text":
            return False
        return fold(text.text_content or "").strip(" .…»›>[]") in self.link_labels

    def _is_small(self, node: LexborNode) -> bool:
        """Whether an element with a telling name is not the frame of the text itself ("content-sidebar-wrap")."""
        if self.measured >= MOST_MEASURED:
            return False
        self.measured += 1
        if len(node.text_lexbor() or "") > MOST_DROPPED * self.total:
            return False
        return node.css_first("h1, main, article") is None


def _is_layout(table: LexborNode) -> bool:
    """Whether a table only places things on the page: marked so, or with headings, tables or long text in it."""
    if (table.attributes.get("role") or "") in ("presentation", "none"):
        return True
    # The parser counts the table itself among those "in" it.
    if len(table.css("table")) > 1 or table.css_first("h1, h2, article, main") is not None:
        return True
    cells = table.css("td")
    return bool(cells) and len(clean(table.text_lexbor() or "")) > LAYOUT_CHARACTERS * len(cells)
