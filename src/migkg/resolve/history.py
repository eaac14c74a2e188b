"""Names and organisations in time: what the tables of former names and of successions say."""

from collections import defaultdict
from functools import cache

from migkg.lexicon.gazetteer import read_table
from migkg.model.authority import FormerName, Succession

# A state that only took another name keeps its identity; its withdrawn code leads to the present one.
_RENAMED = "renamed"


@cache
def former_names() -> dict[str, tuple[FormerName, ...]]:
    """Former names by key of the thing (``org:iom``, ``country:COD``), in the order of the table.

    Raises:
        DataFileError: the table cannot be read.
    """
    found: dict[str, list[FormerName]] = defaultdict(list)
    for row in read_table("former_names"):
        position = int(row["position"]) if row["position"] else None
        name = FormerName(row["name"], row["lang"] or None, row["when"] or None, position, row["source"])
        found[row["key"]].append(name)
    return {key: tuple(names) for key, names in found.items()}


@cache
def renamed_countries() -> dict[str, str]:
    """Withdrawn to present ISO 3166-1 alpha-3 code, for states that only took another name (``ZAR`` to ``COD``).

    Raises:
        DataFileError: the table cannot be read.
    """
    rows = [row for row in read_table("successions") if row["kind"] == _RENAMED]
    return {row["original"].removeprefix("country:"): row["resulting"].removeprefix("country:") for row in rows}


def read_successions(iris: dict[str, str]) -> tuple[Succession, ...]:
    """The mergers, splits and successions of the table, by key.

    Args:
        iris: IRI of each key of the authority tables.

    Raises:
        DataFileError: the table cannot be read.
    """
    return tuple(
        Succession(
            key=row["key"],
            original=tuple(iris[key] for key in row["original"].split("|")),
            resulting=tuple(iris[key] for key in row["resulting"].split("|")),
            when=row["when"] or None,
            note=f"successions.csv {row['key']}: {row['kind']}; {row['source'].replace('|', ', ')}",
        )
        for row in read_table("successions")
        if row["kind"] != _RENAMED
    )
