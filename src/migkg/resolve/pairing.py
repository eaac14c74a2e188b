"""The stages between forms and links: blocks of forms, and scores of pairs that share one.

Both are plain functions of what they are given, so they can run in any process; the tables are read where they run.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from migkg.model.identity import Form, Link
from migkg.resolve.blocking import Block, find_blocks
from migkg.resolve.forms import known_forms
from migkg.resolve.scoring import Compared, compare
from migkg.resolve.traits import read_traits

__all__ = ["Compared", "Known", "Pairs", "block_forms", "read_known", "score_pairs"]

# A form, and the IRI in the graph of each of its neighbours that is decided already.
Known = tuple[Form, tuple[tuple[str, str], ...]]


class Pairs(NamedTuple):
    """A part of the pairs to be scored: forms, each with those it is compared with, and what is known of all."""

    pairs: list[tuple[str, list[str]]]
    known: Mapping[str, Known]


def block_forms(forms: Mapping[str, Known]) -> dict[str, set[Block]]:
    """The blocks of each form; rows of the tables have none here, since they are found by those of the other form."""
    return {iri: set() if known[0].known else find_blocks(*read_known(known)) for iri, known in forms.items()}


def score_pairs(task: Pairs) -> list[Link]:
    """The links between forms of a part, and between them and the rows of the tables that share a block."""
    compared = {iri: read_known(known) for iri, known in task.known.items()}
    links = []
    for iri, others in task.pairs:
        wanted = list(others)
        if not compared[iri][0].known:
            wanted += sorted({row for block in find_blocks(*compared[iri]) for row in _rows_with(block)})
        for other in wanted:
            left, right = sorted((iri, other))
            found = compare(compared.get(left) or _row(left), compared.get(right) or _row(right))
            if found:
                links.append(found)
    return links


@lru_cache(maxsize=5_000)
def read_known(known: Known) -> Compared:
    """A form and its traits."""
    return known[0], read_traits(known[0], dict(known[1]))


@cache
def _row(iri: str) -> Compared:
    form = known_forms()[iri]
    return form, read_traits(form, {})


def _rows_with(block: Block) -> Iterable[str]:
    number, country = block
    rows = _blocks_of_rows().get(number, ())
    return (form for own, form in rows if not own or not country or own == country)


@cache
def _blocks_of_rows() -> Mapping[int, list[tuple[str, str]]]:
    """The rows of the authority tables that can be found, by block."""
    blocks: dict[int, list[tuple[str, str]]] = {}
    for iri in known_forms():
        for number, country in sorted(find_blocks(*_row(iri))):
            blocks.setdefault(number, []).append((country, iri))
    return blocks
