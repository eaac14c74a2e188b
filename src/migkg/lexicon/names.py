"""Given names of many languages: what tells a person's name from other words with capitals."""

from functools import cache

from migkg.resources import data_path
from migkg.text.normalize import fold


@cache
def given_names() -> frozenset[str]:
    """Given names of many languages, folded (data/names/given_names.txt)."""
    return frozenset(fold(n) for n in data_path("names/given_names.txt").read_text(encoding="utf-8").split("\n") if n)
