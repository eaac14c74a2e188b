"""Stages and extractors that worker processes of the tests run: they are imported there by name."""

import os
import signal
from dataclasses import dataclass, field

from migkg.extract import extract_document
from migkg.model import Document, Extraction


def die_of(task: list[int]) -> list[int]:
    """The squares of some numbers; a process that meets a negative one dies."""
    if any(number < 0 for number in task):
        os.kill(os.getpid(), signal.SIGKILL)
    return [number * number for number in task]


@dataclass(frozen=True)
class Deadly:
    """Reads as the rules do, and dies of one word."""

    word: str
    fingerprint: str = "deadly"
    dropped: dict[str, int] = field(default_factory=dict)

    def __call__(self, document: Document) -> Extraction:
        if self.word in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return extract_document(document)
