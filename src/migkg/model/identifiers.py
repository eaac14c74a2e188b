"""How identifiers of things are written: the base, readable ASCII slugs, and short hashes that keep them apart."""

import hashlib
import re
import unicodedata

ID = "https://w3id.org/migkg/id/"

_WORD = re.compile(r"\w+")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
_SLUG_LENGTH = 60


def digest(*parts: str, length: int = 16) -> str:
    """Lower-case hexadecimal hash of some texts in order; a lone surrogate in one counts as itself."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def fold_words(text: str) -> list[str]:
    """The words of a text in order: compatibility forms, case and accents folded, punctuation gone."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return _WORD.findall("".join(c for c in folded if not unicodedata.combining(c)).replace("_", " "))


def make_slug(text: str) -> str:
    """ASCII letters, digits and hyphens that a reader recognises the text by; empty when it has none."""
    slug = _NOT_ASCII_WORD.sub("-", " ".join(fold_words(text))).strip("-")
    return slug if len(slug) <= _SLUG_LENGTH else slug[:_SLUG_LENGTH].rsplit("-", 1)[0]


def mint(kind: str, name: str, *parts: str) -> str:
    """The IRI of a thing that no table knows: its type, its name, and a hash of all that tells it apart.

    Args:
        kind: type name (``GovernmentBody``), which becomes ``government-body``.
        name: the name in the form in which it is compared.
        parts: country, scope: the same name and parts give the same IRI on every machine.
    """
    folder = f"{ID}{_CAPITAL.sub('-', kind).lower()}/"
    return folder + "-".join(filter(None, (make_slug(name), digest(kind, name, *parts, length=8))))
