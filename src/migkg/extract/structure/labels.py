"""The label of a box: its name, acronym, notes in brackets, holders, and the description after it."""

import re
from dataclasses import dataclass, field

from migkg.extract.structure.boxes import Span
from migkg.extract.structure.entries import Entries
from migkg.extract.structure.grammar import NameReader
from migkg.extract.structure.holders import Holder, HolderReader
from migkg.extract.structure.names import Name, Words, place_name
from migkg.extract.structure.page import Page
from migkg.text.normalize import fold
from migkg.text.tokens import Token, tokenize

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_STRONG = re.compile(r"\s-\s|:(?=\s|$)|\s\|\s|\t|\s/\s|\n")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&/-]{0,8}[A-Z]|[A-Z]{2,9}\d?")
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|[a-z]\)|[ivx]+[.)]|[IVX]+\.)\s+")
_SENTENCES = re.compile(r"\w{3}[.!?]\s+[A-ZÀ-Þ]")
LINE_LIMIT = 700  # characters: a longer line is prose
LABEL_LIMIT = 22  # words: a longer text is prose


@dataclass(slots=True)
class Label:
    """What one line says.

    Attributes:
        kind: ``unit``, ``board``, ``outer``, ``post``, ``person``, ``place``, ``topic`` (a name without a head word),
            ``group`` (a plural that may only group), ``prose`` or ``none``.
        core: the name itself, without article, notes, holders and description.
        name: the core as it was read, where it has a head word.
        acronym: the acronym in brackets.
        notes: other brackets.
        holders: people and titles after the name.
        rest: the description that follows.
        numbered: whether a number stands before the name ("Nine Regional Offices").
        end: offset after the whole line.
    """

    kind: str
    core: Span
    name: Name | None = None
    acronym: Span | None = None
    notes: list[Span] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    rest: Span | None = None
    numbered: bool = False
    end: int = 0


class LabelReader:
    """Reads labels by the words of one page's language."""

    def __init__(self, page: Page, entries: Entries, reader: NameReader) -> None:
        self.page, self.entries, self.reader, self.lexicon = page, entries, reader, page.lexicon
        self.people = HolderReader(page, entries, reader)

    def read(self, start: int, end: int) -> Label:
        """The label that ``text[start:end]`` is."""
        if end - start > LINE_LIMIT:
            return Label("prose", (start, end), end=end)
        numbering = _NUMBERING.match(self.page.text, start, end)
        start = numbering.end() if numbering else start
        label = Label("none", (start, end), end=end)
        plain = self._take_brackets(start, end, label)
        split = _STRONG.search(plain)
        left = (start, start + (split.start() if split else len(plain)))
        if split and start + split.end() < end:
            label.rest = (end - len(self.page.text[start + split.end() : end].lstrip()), end)
        left = self._take_holders(self.trim(left), label)
        for note in list(label.notes):
            noted = self.people.read(self.trim(note))
            if noted:
                label.holders += noted
                label.notes.remove(note)
        label.core = self._skip_number(left, label)
        self._type(label, split is not None)
        if label.rest is not None and label.kind not in {"prose", "none"}:
            self._read_rest(label)
        return label

    # -- the parts ------------------------------------------------------------------------------------------------

    def _take_brackets(self, start: int, end: int, label: Label) -> str:
        """The text with brackets blanked out; what they held is kept in the label."""
        text = self.page.text[start:end]
        for match in _BRACKETS.finditer(text):
            group = 1 if match.group(1) is not None else 2
            span = (start + match.start(group), start + match.end(group))
            if _ACRONYM.fullmatch(match.group(group)) and label.acronym is None:
                label.acronym = span
            else:
                label.notes.append(span)
        return fold(_BRACKETS.sub(lambda m: " " * len(m.group()), text))

    def trim(self, span: Span) -> Span:
        """Without white space, articles before, and punctuation or "and" after."""
        start, end = span
        text = self.page.text
        while end > start:
            opened = text.rfind("(", start, end) if text[end - 1] == ")" else -1
            if opened > start:
                end = opened
            elif text[end - 1].isspace() or text[end - 1] in ";.,:":
                end -= 1
            else:
                break
        tokens = self._tokens((start, end))
        while len(tokens) > 1 and tokens[-1].norm in self.lexicon.words["and_words"] | {",", ";"}:
            tokens.pop()
        while len(tokens) > 1 and self._is_before(tokens[0]):
            if self.entries.is_place((tokens[0].start, tokens[-1].end)):
                break  # "La Paz"
            tokens.pop(0)
        if not tokens:
            return start, start
        while len(tokens) > 1 and tokens[-1].text in ",;.:":
            tokens.pop()
        return tokens[0].start, tokens[-1].end

    def _is_before(self, token: Token) -> bool:
        """Whether a word may stand before the name of a line: an article, a dash, a preposition in lower case."""
        words = self.lexicon.words
        return token.norm in words["articles"] | {"-", "*"} or (token.norm in words["links"] and token.text.islower())

    def pieces(self, span: Span) -> list[Span]:
        """The names of an enumeration in one line or cell, cut at semicolons, line ends and commas."""
        text = self.page.text[span[0] : span[1]]
        signs = r"[;\n|•]" if re.search(r"[;\n|•]", text) else r","
        found, at = [], 0
        for match in [*re.finditer(signs, text), None]:
            stop = match.start() if match else len(text)
            piece = self.trim((span[0] + at, span[0] + stop))
            if piece[1] > piece[0]:
                found.append(piece)
            at = match.end() if match else stop
        return found

    def _tokens(self, span: Span) -> list[Token]:
        return tokenize(self.page.text, *span)

    def _take_holders(self, span: Span, label: Label) -> Span:
        """Cut titles and people after a comma off the name."""
        tokens = self._tokens(span)
        for i, token in enumerate(tokens):
            if token.text == "," and 0 < i < len(tokens) - 1:
                tail = self.trim((tokens[i + 1].start, span[1]))
                holders = self.people.read(tail)
                if holders:
                    label.holders += holders
                    return self.trim((span[0], token.start))
        return span

    def _skip_number(self, span: Span, label: Label) -> Span:
        tokens = self._tokens(span)
        at = 0
        norms = [t.norm for t in tokens]
        while at < len(tokens) - 1:
            found = self.lexicon.lists["numbers"].match(norms, at)
            if found is None and not tokens[at].text.isdigit():
                break
            at += found[0] if found else 1
        label.numbered = 0 < at < len(tokens)
        return (tokens[at].start, span[1]) if label.numbered else span

    # -- the kind -------------------------------------------------------------------------------------------------

    def _type(self, label: Label, split: bool) -> None:
        start, end = label.core
        tokens = self._tokens(label.core)
        if not tokens or not any(c.isalpha() for c in self.page.text[start:end]):
            label.kind = "none"
            return
        names = self.reader.read(self.page.text, start, end)
        first = next((n for n in names if n.kind != "run"), None)
        if first is not None and first.kind == "post" and self._title_with_person(label, names):
            return
        if self._person_with_body(label, tokens):
            return
        unheld = not label.holders or label.holders[0].person is None
        if unheld and self.people.is_person(label.core, bool(label.holders)):
            label.kind = "person"
            return
        if self._reads_as_prose(label, tokens, names):
            return
        if _SENTENCES.search(self.page.text, start, end) and len(tokens) > 6:
            label.kind = "prose"
            return
        if len(names) > 1 and all(n.kind == "post" for n in names) and self.people.read(label.core):
            label.kind, label.name = "post", names[0]
            label.holders = [Holder(None, names[1:]), *label.holders]
            return
        whole = self.whole(tokens)
        if whole is not None:
            whole = self.reader.with_field(self.page.text, whole, self.page.text_end(label.core[1]))
            if whole.end > label.core[1]:
                label.core = (label.core[0], whole.end)
                label.notes = [n for n in label.notes if n[0] > whole.end]
            label.name = whole
            label.core = (max(label.core[0], whole.start), label.core[1])
            label.kind = "group" if whole.kind == "group" or whole.plural else whole.kind
            return
        figures = label.rest is not None and self.page.text[label.rest[0]].isdigit()
        label.kind = "none" if figures or label.numbered or not tokens[0].text[0].isalpha() else "topic"

    def whole(self, tokens: list[Token]) -> Name | None:
        """The whole label as one name, where it has a head word."""
        words = Words(tokens, [t.norm for t in tokens])
        first = self.reader.skip_topic(words, 0, len(tokens))
        heads = self.reader.heads
        if self.lexicon.head_first:
            head = heads.begins_at(words, first)
            found = heads.make(head, len(tokens) - first, words.norms[first : first + head[0]]) if head else None
        else:
            found = heads.type_of(words.norms[first:])
        if found is None or found.kind == "run":
            return None
        return place_name(found, words, first, len(tokens), heads)

    def _title_with_person(self, label: Label, names: list[Name]) -> bool:
        """ "Director General Ana Lopez": titles and then a person, nothing else."""
        holders = self.people.read(label.core)
        if not holders or holders[0].person is None:
            return False
        label.kind = "post"
        label.name = holders[0].titles[0]
        label.core = (label.name.start, label.name.end)
        label.holders = holders
        return True

    def _person_with_body(self, label: Label, tokens: list[Token]) -> bool:
        """ "Ana Lopez, University of Salamanca": a person, and what stands after the comma."""
        comma = next((t for t in tokens if t.text == ","), None)
        if comma is None or not self.people.is_person((label.core[0], comma.start)):
            return False
        label.kind = "person"
        label.rest = (comma.end, label.core[1])
        label.core = self.trim((label.core[0], comma.start))
        return True

    def _reads_as_prose(self, label: Label, tokens: list[Token], names: list[Name]) -> bool:
        """A sentence, or a name with a description after it: "the Visa Unit issues visas"."""
        name = names[0] if names and names[0].start == label.core[0] and names[0].kind != "run" else None
        verbs = self.lexicon.words["verbs"]
        relatives = self.lexicon.words["relatives"]
        for i, token in enumerate(tokens):
            if token.capital or (name is not None and token.end <= name.end):
                continue
            verb = token.norm in verbs and self._goes_on(tokens[i + 1 :], label)
            if verb or (token.norm in relatives and i > 1) or (token.text == "," and name is not None):
                if name is None:
                    label.kind = "prose"
                    return token.text != ","
                label.rest = (
                    token.start if token.text != "," else token.end,
                    label.end,
                )
                label.core = (name.start, name.end)
                label.name = name
                label.kind = "group" if name.plural or name.kind == "group" else name.kind
                return True
        if len(tokens) > LABEL_LIMIT:
            label.kind = "prose"
            return True
        return False

    def _goes_on(self, after: list[Token], label: Label) -> bool:
        """Whether a sentence goes on after a verb: "contrôle" in "Mission contrôle qualité" is none."""
        words = self.lexicon.words
        small = words["articles"] | words["links"] | words["definite"]
        ended = self.page.text[label.core[1] : label.core[1] + 1] in {".", ";"}
        return ended or len(after) > 3 or any(t.norm in small for t in after) or not after

    def _read_rest(self, label: Label) -> None:
        """What follows a colon or dash may be a holder, not a description."""
        if label.rest is None:
            return
        holders = self.people.read(self.trim(label.rest))
        if (
            not holders
            and label.kind in {"unit", "board", "topic", "post"}
            and self.people.is_person(self.trim(label.rest), True)
        ):
            holders = [Holder(self.trim(label.rest), [])]
        if holders:
            label.holders += holders
            label.rest = None
