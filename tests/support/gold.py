"""The annotated documents of the project as extractions.

Two folders have them: ``data/samples`` (faithful rewritings of real pages) and ``tests/gold`` (partly invented).
"""

from collections.abc import Iterator
from pathlib import Path

from migkg.annotations import find_all as find_all
from migkg.annotations import read_gold as read_gold
from migkg.model import Extraction

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = (ROOT / "data" / "samples", ROOT / "tests" / "gold")


def gold_files() -> list[Path]:
    """All gold files of the project, sorted."""
    return sorted(path for folder in FOLDERS for path in folder.glob("*.json"))


def read_all() -> Iterator[Extraction]:
    """The extractions of all gold files, one at a time."""
    for path in gold_files():
        yield read_gold(path)
