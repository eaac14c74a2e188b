"""Which graphs a query names as its dataset: its FROM and FROM NAMED clauses, read from its words."""

from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin

from migkg.store.binding import Token, tokens


class Dataset(NamedTuple):
    """IRIs of graphs; both empty: the union of all graphs as default graph, and all of them by name."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def read_dataset(sparql: str) -> Dataset:
    """The graphs of the FROM clauses of a query that the guard has let pass.

    The word FROM stands nowhere else in a query. A name whose prefix is not declared is left out: the engine refuses
    the query for it.
    """
    solid = [token for token in tokens(sparql) if token.kind not in {"space", "comment"}]
    prefixes: dict[str, str] = {}
    base = ""
    default: list[str] = []
    named: list[str] = []
    for i, token in enumerate(solid):
        word = token.text.upper() if token.kind == "word" else ""
        after = list(islice(solid, i + 1, i + 3))
        if word == "BASE" and after:
            base = _resolve(after[0], prefixes, base) or base
        elif word == "PREFIX" and len(after) == 2:
            prefixes[after[0].text.removesuffix(":")] = _resolve(after[1], prefixes, base) or ""
        elif word == "FROM" and after:
            by_name = after[0].text.upper() == "NAMED"
            iri = _resolve(after[by_name], prefixes, base) if len(after) > by_name else None
            if iri is not None:
                (named if by_name else default).append(iri)
    return Dataset(tuple(default), tuple(named))


def _resolve(token: Token, prefixes: dict[str, str], base: str) -> str | None:
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1]) if base else token.text[1:-1]
    prefix, colon, local = token.text.partition(":")
    return prefixes[prefix] + local.replace("\\", "") if colon and prefix in prefixes else None
