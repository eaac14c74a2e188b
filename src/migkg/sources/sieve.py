"""The sieve: which texts of an archive are in a language that is read and on migration, before anything costly runs.

Each step sees only what the one before it let through: the language that the archive names, stems in the bytes (one
pass of an automaton), then decoding, language and the words of themes.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import BytesAhoCorasick

from migkg.errors import DataFileError, SourceSkip
from migkg.lexicon.language import read_yaml
from migkg.lexicon.themes import load_theme_words
from migkg.resources import data_path
from migkg.sources.parsing import parse_document
from migkg.sources.raw import Raw
from migkg.text.decode import decode
from migkg.text.language import guess_language
from migkg.text.normalize import fold

# Characters in which the words of themes are counted; a text that is on the matter says so early.
LOOKED_AT = 20_000
# One table for all bytes: capitals of ASCII become small, and so do those second bytes in which capitals with accents
# differ from small ones in UTF-8 (Ó is C3 93, ó is C3 B3). Patterns go through it too, so nothing is lost.
_SMALL = bytes(byte + 0x20 if 0x41 <= byte <= 0x5A or 0x80 <= byte <= 0x9E else byte for byte in range(256))


@dataclass(frozen=True, slots=True)
class Sieved:
    """A text that passed.

    Attributes:
        text: its body, or the text of the archive where that is text already.
        stems: how many stems of the matter it has.
    """

    raw: Raw
    language: str
    text: str
    stems: int


class Sieve:
    """The sieve, and what it has seen.

    Attributes:
        bytes: bytes of text that came in.
        counts: texts by how they ended: ``passed``, ``language``, ``matter`` (no such words) or ``unreadable``.
    """

    def __init__(self) -> None:
        self._rules = _rules()
        self._automaton, self._groups = _automaton()
        self.bytes = 0
        self.counts: Counter[str] = Counter()

    def admit(self, raw: Raw) -> Sieved | None:
        """The text, if it is in English, French or Spanish and on migration."""
        self.bytes += len(raw.data)
        named = raw.declared.language
        if named and len(named) == 3 and named not in self._rules["languages"]:
            self.counts["language"] += 1
            return None
        stems = self._stems(raw.data)
        if stems is None:
            self.counts["matter"] += 1
            return None
        try:
            language, text = _read(raw)
        except SourceSkip as skip:
            self.counts["language" if str(skip).startswith("language") else "unreadable"] += 1
            return None
        if language not in self._rules["languages"].values():
            self.counts["language"] += 1
            return None
        if not self._has_themes(text, language):
            self.counts["matter"] += 1
            return None
        self.counts["passed"] += 1
        return Sieved(raw, language, text, stems)

    def _stems(self, data: bytes) -> int | None:
        """How many stems the bytes have; ``None`` when they are too few, of too few groups or too far apart."""
        rules = self._rules
        wanted = max(rules["least_stems"], len(data) // rules["bytes_per_stem"])
        found = self._automaton.find_matches_as_indexes(data.translate(_SMALL))
        if len(found) < wanted:
            return None
        groups = {self._groups[index] for index, _, _ in found}
        return len(found) if len(groups) >= rules["least_groups"] else None

    def _has_themes(self, text: str, language: str) -> bool:
        text = text[:LOOKED_AT]
        hits = load_theme_words(language).find(text, fold(text))
        return sum(not hit.weak for hit in hits) >= int(self._rules["least_theme_words"])


def _read(raw: Raw) -> tuple[str, str]:
    """Language and text; pages are read as they are when they are built, texts are taken as they stand."""
    if (raw.content_type or "").startswith("text/plain"):
        text = decode(raw.data)
        return guess_language(text), text
    document = parse_document(raw)
    return document.language, document.text


@cache
def _rules() -> dict[str, Any]:
    rules = read_yaml(data_path("sieve.yaml"))
    numbers = ("least_stems", "least_groups", "bytes_per_stem", "least_theme_words")
    if not all(isinstance(rules.get(key), int) for key in numbers) or not isinstance(rules.get("groups"), dict):
        raise DataFileError(f"{data_path('sieve.yaml')}: {', '.join(numbers)} and groups are expected")
    return rules


@cache
def _automaton() -> tuple[BytesAhoCorasick, list[str]]:
    """The automaton over all stems, and the group of each; stems with accents are looked for without them too."""
    groups = {
        form.encode().translate(_SMALL): name
        for name, stems in _rules()["groups"].items()
        for stem in stems
        for form in (stem, fold(stem))
    }
    patterns = sorted(groups)
    return BytesAhoCorasick(patterns), [groups[pattern] for pattern in patterns]
