"""Read one or more paragraphs as a release, and list what was found."""

from migkg.extract.release import Reading, read_release
from migkg.model import Block, Document
from migkg.model.vocabulary import ACTOR_TYPES


def read(code: str, text: str, published: str | None = None, heading: str = "") -> Reading:
    """A text, with a headline where one is given, as a release of this language."""
    whole = f"{heading}\n{text}" if heading else text
    blocks = [Block("heading", 0, len(heading))] if heading else []
    blocks.append(Block("paragraph", len(whole) - len(text), len(whole)))
    return read_release(Document("example", "example", whole, tuple(blocks), code, published=published))


def found(reading: Reading, *kinds: str) -> set[tuple[str, str]]:
    """(type, name) of the things of some types that have a mention; ``actor`` stands for all types of actors."""
    wanted = set(kinds) | (ACTOR_TYPES if "actor" in kinds else set())
    return {(t.type, t.label) for t in reading.cast.things if t.type in wanted and t.spans}


def names(reading: Reading, *kinds: str) -> set[str]:
    """Names of the things of some types."""
    return {label for _, label in found(reading, *kinds)}
