"""HTML pages: the facts that the head states, and the blocks of the body, read without recursion."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from migkg.errors import SourceSkip
from migkg.model.document import BlockKind
from migkg.sources.draft import Draft
from migkg.sources.metadata import Facts, read_facts
from migkg.text.decode import clean

# Elements inside one another; deeper pages cost the parser quadratic time and are no releases.
MAX_DEPTH = 10_000


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that have no end tag, or whose end tag may be left out: their number says nothing about depth.
_UNCOUNTED = _words(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option"
    " optgroup colgroup rt rp html head body"
)
_DROPPED = _words(
    "script style noscript template svg math nav aside form button select iframe footer object canvas video audio"
    " dialog menu input textarea head title datalist map"
)
_INLINE = _words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub"
    " sup time tt u var wbr label img"
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_DROPPED_ROLES = _words("navigation banner contentinfo complementary search dialog alertdialog menu menubar form alert")
_NAME_PART = re.compile(r"[a-z]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DROPPED_NAMES = _words(
    "cookie cookies consent crumbs crumb breadcrumb breadcrumbs share sharing social related newsletter subscribe"
    " sidebar widget menu navbar nav topbar skip comments popup pagination pager banner footer migas relacionadas"
    " relacionados relacionado compartir etiquetas partage partager outils fil pied tarteaucitron popin"
)


@dataclass(slots=True)
class _Open:
    """An element that the walk is inside of."""

    tag: str
    kind: BlockKind = "paragraph"
    level: int = 0
    parent: Draft | None = None
    row: int | None = None
    first: Draft | None = None


@dataclass(slots=True)
class _Walk:
    """State of the walk: the open elements, the text collected, the blocks found."""

    drafts: list[Draft] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    headings: list[Draft] = field(default_factory=list)
    lists: int = 0
    row: int = -1
    chunk: int = 0

    def flush(self) -> None:
        """The text collected becomes blocks."""
        if not self.buffer:
            return
        text = "".join(self.buffer)
        self.buffer.clear()
        self.chunk += 1
        for part in re.split(r"\n\s*\n", text):
            cleaned = clean(part)
            if cleaned:
                self._add(cleaned)

    def _add(self, text: str) -> None:
        here = self.open[-1] if self.open else _Open("body")
        holder = next((o for o in reversed(self.open) if o.kind != "paragraph"), None)
        draft = Draft("paragraph", text, chunk=self.chunk)
        if here.kind == "heading":
            draft.kind, draft.level = "heading", here.level
            while self.headings and self.headings[-1].level >= here.level:
                self.headings.pop()
            draft.parent = self.headings[-1] if self.headings else None
            self.headings.append(draft)
        elif holder is not None and holder.first is None:
            draft.kind, draft.level, draft.parent, draft.row = holder.kind, holder.level, holder.parent, holder.row
        elif holder is not None:
            draft.parent = holder.first
        else:
            draft.parent = self.headings[-1] if self.headings else None
        if holder is not None and holder.first is None:
            holder.first = draft
        self.drafts.append(draft)

    def introducer(self) -> Draft | None:
        """What a list or table that begins here belongs to."""
        for holder in reversed(self.open):
            if holder.kind in ("item", "definition", "cell"):
                return holder.first or holder.parent
        for draft in reversed(self.drafts):
            if draft.kind in ("paragraph", "heading"):
                return draft
        return None


def read_page(markup: str) -> tuple[Facts, list[Draft]]:
    """The facts of the head and the blocks of the body.

    Raises:
        SourceSkip: nested too deep, or no body.
    """
    _check_depth(markup)
    tree = LexborHTMLParser(markup)
    facts = read_facts(tree)
    root = _main(tree)
    if root is None:
        raise SourceSkip("a page without a body")
    walk = _Walk()
    _walk(root, walk)
    return facts, walk.drafts


def _check_depth(markup: str) -> None:
    if markup.count("<") <= MAX_DEPTH:
        return
    depth = deepest = 0
    for end, name in _TAG.findall(markup):
        if name.lower() in _UNCOUNTED:
            continue
        depth += -1 if end else 1
        if depth < 0:
            depth = 0
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise SourceSkip(f"elements nested {deepest} deep, the limit is {MAX_DEPTH}")


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    for query in ("main", "[role=main]", "article"):
        found = tree.css(query)
        if len(found) == 1:
            return found[0]
    return tree.body


def _walk(root: LexborNode, walk: _Walk) -> None:
    node: LexborNode | None = root
    while node is not None:
        if _enter(node, walk, node.mem_id == root.mem_id) and node.child is not None:
            node = node.child
            continue
        while node is not None:
            if node.tag != "-text":
                _leave(node, walk)
            if node.mem_id == root.mem_id:
                return
            if node.next is not None:
                node = node.next
                break
            node = node.parent


def _enter(node: LexborNode, walk: _Walk, is_root: bool) -> bool:
    """Take in one node; whether to go on into its children."""
    tag = node.tag
    if tag == "-text":
        walk.buffer.append(node.text_content or "")
        return False
    if tag is None or tag.startswith("-"):
        return False
    if not is_root and _is_dropped(node, tag, walk):
        return False
    if tag == "br":
        walk.buffer.append("\n")
        return False
    if tag in _INLINE:
        return True
    walk.flush()
    walk.open.append(_context(tag, walk))
    return True


def _leave(node: LexborNode, walk: _Walk) -> None:
    tag = node.tag
    if tag in _INLINE or not walk.open or walk.open[-1].tag != tag:
        return
    walk.flush()
    walk.open.pop()
    if tag in ("ul", "ol"):
        walk.lists -= 1


def _context(tag: str, walk: _Walk) -> _Open:
    if tag in _HEADINGS:
        return _Open(tag, "heading", _HEADINGS[tag])
    if tag in ("ul", "ol"):
        walk.lists += 1
        return _Open(tag, parent=walk.introducer())
    if tag == "li":
        above = next((o.parent for o in reversed(walk.open) if o.tag in ("ul", "ol")), None)
        return _Open(tag, "item", max(walk.lists, 1), above)
    if tag == "table":
        return _Open(tag, parent=walk.introducer())
    if tag == "tr":
        walk.row += 1
    if tag in ("td", "th"):
        above = next((o.parent for o in reversed(walk.open) if o.tag == "table"), None)
        return _Open(tag, "cell", 1, above, walk.row)
    if tag == "dt":
        return _Open(tag, "term", 1, walk.headings[-1] if walk.headings else None)
    if tag == "dd":
        term = next((d for d in reversed(walk.drafts) if d.kind == "term"), None)
        return _Open(tag, "definition", 1, term)
    return _Open(tag)


def _is_dropped(node: LexborNode, tag: str, walk: _Walk) -> bool:
    if tag in _DROPPED:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if attributes.get("role") in _DROPPED_ROLES:
        return True
    if _HIDDEN_STYLE.search(attributes.get("style") or ""):
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    return tag != "body" and not _DROPPED_NAMES.isdisjoint(_NAME_PART.findall(names))
