"""Names in a stretch of a structure page: units, boards, outside bodies, posts, and groups of parts without a name."""

from dataclasses import dataclass, replace

from migkg.extract.structure.lexicon import StructureLexicon
from migkg.text.tokens import Token, tokenize


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text.

    Attributes:
        kind: ``unit``, ``board``, ``outer`` (a body of its own), ``post``, ``group`` (parts without a name), ``run``
            (only capitals).
        start: offset of its first character, without the article.
        end: offset after its last character.
        head: the head word, in the singular.
        type: entity type, for outside bodies.
        definite: whether a definite article or possessive stands before it.
        lone: whether it is only its head word.
        plural: whether the head is in the plural ("Departments of Finance and Health").
        inner: the unit that a post names ("Head of the Legal Unit").
    """

    kind: str
    start: int
    end: int
    head: str = ""
    type: str = ""
    definite: bool = False
    lone: bool = False
    plural: bool = False
    inner: "Name | None" = None


@dataclass(slots=True)
class Words:
    """The tokens of a stretch with their folded words."""

    tokens: list[Token]
    norms: list[str]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Words":
        tokens = tokenize(text, start, end)
        return cls(tokens, [t.norm for t in tokens])

    def __len__(self) -> int:
        return len(self.tokens)


class HeadWords:
    """Kind and head of a name by its words."""

    def __init__(self, lexicon: StructureLexicon) -> None:
        self.lexicon = lexicon
        self.tables = (
            ("unit", lexicon.units),
            ("plural", lexicon.plurals),
            ("post", lexicon.posts),
            ("outer", lexicon.outer),
        )

    def begins_at(self, words: Words, at: int) -> tuple[int, str, str] | None:
        """Like ``begins``, but the accent tells a unit ("Secretaría") from a title ("Secretaria")."""
        found = self.begins(words.norms, at)
        title = self.lexicon.posts.match(words.norms, at) if found and found[1] == "unit" else None
        if found is None or title is None or title[0] < found[0]:
            return found
        said = " ".join(t.text for t in words.tokens[at : at + found[0]])
        accented = said.isupper() or said.lower() == self.lexicon.written[found[2]]
        return found if accented else (title[0], "post", title[1])

    def begins(self, norms: list[str], at: int) -> tuple[int, str, str] | None:
        """(words, kind, value) of the longest head that begins at ``at``."""
        found = [(m[0], kind, m[1]) for kind, table in self.tables if (m := table.match(norms, at))]
        return max(found, key=lambda f: f[0]) if found else None

    def ends(self, norms: list[str], end: int) -> tuple[int, str, str] | None:
        """The longest head whose last word stands before ``end``."""
        found = [(m[0], kind, m[1]) for kind, table in self.tables if (m := table.match_end(norms, end))]
        return max(found, key=lambda f: f[0]) if found else None

    def make(self, head: tuple[int, str, str], size: int, words: list[str]) -> Name:
        """The name (without offsets) that has this head and ``size`` words; ``words`` are those of the head."""
        width, kind, value = head
        lone = width == size
        if kind == "outer":
            lone = lone and width == 1
            return Name("outer", 0, 0, " ".join(words), type=value, lone=lone)
        if kind == "post":
            return Name("post", 0, 0, value, lone=lone)
        board = value in self.lexicon.boards
        return Name("board" if board else "unit", 0, 0, value, lone=lone, plural=kind == "plural")

    def type_of(self, norms: list[str]) -> Name:
        """The name of words whose head may stand anywhere: before the first preposition, else at the very end."""
        links = self.lexicon.words["links"] - self.lexicon.words["and_words"]
        cut = next((i for i, w in enumerate(norms) if i > 0 and w in links), len(norms))
        last = self.ends(norms, len(norms))
        for end in range(cut, 0, -1):
            found = self.ends(norms[:cut], end)
            if found is None or (end < cut and not self._opens(norms, end - found[0], found)):
                continue
            if found[1] == "outer" and last and last[1] in {"unit", "plural"}:
                break  # "Network on Migration Secretariat"
            return self.make(found, len(norms), norms[end - found[0] : end])
        if last and last[1] != "post":
            return self.make(last, len(norms), norms[-last[0] :])
        return Name("run", 0, 0)

    def _opens(self, norms: list[str], start: int, head: tuple[int, str, str]) -> bool:
        """Whether a head that is not the last word before a preposition may still be the head of the name."""
        if head[1] != "post":
            return head[1] != "plural"
        seat = norms[start : start + head[0]]
        modifiers = self.lexicon.words["post_modifiers"] | self.lexicon.words["deputy_words"]
        return all(w in modifiers for w in norms[:start]) and " ".join(seat) not in self.lexicon.words["seat_titles"]


def place_name(name: Name, words: Words, first: int, last: int, heads: HeadWords) -> Name:
    """The name with its offsets and, for a post, the unit named inside it."""
    definite = _is_definite(words, first, heads.lexicon)
    lone = name.lone
    inner = _find_inner(words, first, last, heads) if name.kind == "post" else None
    start, end = words.tokens[first].start, words.tokens[last - 1].end
    return replace(name, start=start, end=end, definite=definite, lone=lone, inner=inner)


def _is_definite(words: Words, first: int, lexicon: StructureLexicon) -> bool:
    """Whether "the", "its" … stands before a name, perhaps with an adjective between ("the current Council")."""
    before = words.norms[max(0, first - 2) : first]
    if before[-1:] and before[-1] in lexicon.words["definite"]:
        return True
    between = first > 1 and before[-1].isalpha() and not words.tokens[first - 1].capital
    adjective = between and before[-1] not in lexicon.words["verbs"] | lexicon.words["links"]
    return adjective and before[0] in lexicon.words["definite"]


def _find_inner(words: Words, first: int, last: int, heads: HeadWords) -> Name | None:
    links, articles = heads.lexicon.words["links"], heads.lexicon.words["articles"]
    for i in range(first + 1, last):
        if words.norms[i - 1] not in links and words.norms[i - 1] not in articles:
            continue
        if words.norms[i] in articles:
            continue
        rest = words.norms[i:last]
        head = heads.begins(rest, 0) if heads.lexicon.head_first else None
        found = heads.make(head, len(rest), rest[: head[0]]) if head else heads.type_of(rest)
        if found.kind in {"unit", "board"}:
            return replace(found, start=words.tokens[i].start, end=words.tokens[last - 1].end)
        if found.kind != "run":
            return None
    return None
