"""Given names and small words of names in many languages, and the spellings of one name."""

import csv
import re
from functools import cache

from migkg.resources import data_path
from migkg.text.normalize import fold


@cache
def given_names() -> frozenset[str]:
    """Given names of many languages, folded (data/names/given_names.txt, more_given_names.txt)."""
    return _read("given_names") | _read("more_given_names")


@cache
def _family_endings() -> tuple[str, ...]:
    return tuple(sorted(_read("family_endings")))


def ends_like_family(word: str) -> bool:
    """Whether a word with a capital ends as only family names do (data/names/family_endings.txt)."""
    form = fold(word)
    return len(form) > 6 and word[:1].isupper() and not word.isupper() and form.endswith(_family_endings())


@cache
def towns() -> dict[str, int]:
    """Folded name of every town in data/authorities/places.csv, with the population of the largest of that name."""
    found: dict[str, int] = {}
    with data_path("authorities/places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            size = int(row["population"])
            for name in [row["name"], *row["other_names"].split("|")]:
                form = fold(name)
                if len(form) > 3 and size > found.get(form, 0):
                    found[form] = size
    return found


@cache
def particles() -> frozenset[str]:
    """Small words inside the names of people, folded (data/names/particles.txt)."""
    return _read("particles")


@cache
def place_particles() -> frozenset[str]:
    """Small words inside the names of places, folded (data/names/place_particles.txt)."""
    return _read("place_particles")


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    """Spellings that stand for one another (data/names/spellings.csv)."""
    with data_path("names/spellings.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["one"], row["other"]) for row in csv.DictReader(file))


def spellings(name: str) -> list[str]:
    """The name with its British, American and shortened spellings."""
    if not name:
        return []
    forms = [name.removeprefix("The ")]
    for one, other in _pairs():
        for form in list(forms):
            for old, new in ((one, other), (other, one)):
                changed = re.sub(rf"\b{re.escape(old)}\b" if old.isalpha() else re.escape(old), new, form)
                if changed != form and not changed.startswith(("ONU ",)) and changed not in forms:
                    forms.append(changed)
    return forms


def _read(name: str) -> frozenset[str]:
    lines = data_path(f"names/{name}.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))
