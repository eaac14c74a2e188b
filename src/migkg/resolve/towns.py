"""Towns under their names in several languages, from data/authorities/places.csv (GeoNames, CC BY 4.0)."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from migkg.lexicon.gazetteer import read_table
from migkg.model.identifiers import fold_words

# A town is meant without its country where it is this many times as large as the next of its name.
_DOMINANT = 5


def find_town(name: str, countries: Iterable[str] = ()) -> str | None:
    """The town that a name means, as ``NAME,ISO3``; ``None`` where it is unknown or several may be meant.

    Args:
        countries: ISO 3166-1 alpha-3 codes of the countries that it may lie in; none: anywhere.
    """
    allowed = set(countries)
    found = [town for town in _towns().get(" ".join(fold_words(name)), ()) if not allowed or town[1] in allowed]
    if not found:
        return None
    if len(found) > 1 and found[0][2] < _DOMINANT * found[1][2]:
        return None
    return f"{found[0][0]},{found[0][1]}"


@cache
def _towns() -> dict[str, list[tuple[str, str, int]]]:
    """(name, country, population) by folded name, the largest first."""
    codes = {row["iso2"]: row["iso3"] for row in read_table("countries") if row["iso2"] and row["kind"] != "historic"}
    towns: dict[str, set[tuple[str, str, int]]] = defaultdict(set)
    for row in read_table("places"):
        town = (row["name"], codes.get(row["iso2"], row["iso2"]), int(row["population"]))
        for name in (row["name"], *row["other_names"].split("|")):
            towns[" ".join(fold_words(name))].add(town)
    return {name: sorted(found, key=lambda town: (-town[2], town)) for name, found in towns.items()}
