"""Small queries that would run for ever or take all memory: each is ended in time, and the next one is answered."""

import concurrent.futures
import time

import pytest

from serve.conftest import TIMEOUT, check_alive, check_refused
from support.service import Response, Service

_TWO = "?a ?b ?c . ?d ?e ?f"
_THREE = f"{_TWO} . ?g ?h ?i"
_FOUR = f"{_THREE} . ?j ?k ?l"
_BOTH = "CONCAT(STR(?c), STR(?f))"
_COUNT = "SELECT (COUNT(*) AS ?n)"
_DOUBLING = " ".join(f"BIND(CONCAT(?t{i}, ?t{i}) AS ?t{i + 1})" for i in range(40))
_VALUES = " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(300)))} }}" for i in range(6))
_SHAPES = {
    "cross product": f"{_COUNT} {{ {_FOUR} }}",
    "cross product of six": f"{_COUNT} {{ {_FOUR} . ?m ?n ?o . ?p ?q ?r }}",
    "rows of a cross product": f"SELECT * {{ {_FOUR} }}",
    "distinct": f"SELECT DISTINCT ?a ?d ?g {{ {_THREE} }}",
    "order": f"SELECT * {{ {_TWO} }} ORDER BY ?c ?f",
    "order by an expression": f"SELECT * {{ {_TWO} }} ORDER BY SHA512({_BOTH})",
    "group": f"SELECT ?a ?d (GROUP_CONCAT(?c) AS ?x) {{ {_TWO} }} GROUP BY ?a ?d",
    "group of everything": f"SELECT (GROUP_CONCAT({_BOTH}) AS ?x) {{ {_TWO} }}",
    "sum": f"SELECT (SUM(STRLEN(STR(?c)) * STRLEN(STR(?f))) AS ?n) {{ {_THREE} }}",
    "path of anything": f"{_COUNT} {{ ?a (!<x:y>)* ?b . ?c (!<x:y>)* ?d }}",
    "path there and back": f"{_COUNT} {{ ?a (!<x:y>|^!<x:y>)+ ?b . ?b (!<x:y>|^!<x:y>)+ ?c }}",
    "path in a path": f"{_COUNT} {{ ?a ((!<x:y>/!<x:z>)*/(!<x:y>)*)* ?b . ?c (!<x:y>)+ ?d }}",
    "optional": f"{_COUNT} {{ ?a ?b ?c OPTIONAL {{ ?d ?e ?f OPTIONAL {{ ?g ?h ?i }} }} }}",
    "union": f"{_COUNT} {{ {{ {_FOUR} }} UNION {{ {_FOUR} }} }}",
    "minus": f"{_COUNT} {{ {_TWO} MINUS {{ ?d ?x ?y . ?f ?z ?w }} }}",
    "exists": f"{_COUNT} {{ ?a ?b ?c FILTER NOT EXISTS {{ ?d ?e ?f . ?g ?h ?i FILTER(?f > ?i && ?f < ?i) }} }}",
    "regex": f'{_COUNT} {{ {_TWO} FILTER(REGEX({_BOTH}, "(a+)+(b+)+$")) }}',
    "replace": f'SELECT (COUNT(?x) AS ?n) {{ {_TWO} BIND(REPLACE({_BOTH}, "(.+)(.+)", "$2$1") AS ?x) }}',
    "counted repetition": f'{_COUNT} {{ {_TWO} FILTER(REGEX({_BOTH}, "(.{{0,500}}){{0,500}}x{{900}}")) }}',
    "hashes": f"SELECT (COUNT(DISTINCT SHA512({_BOTH})) AS ?n) {{ {_TWO} }}",
    "random": f"SELECT (COUNT(DISTINCT RAND()) AS ?n) {{ {_TWO} }}",
    "growing text": f"SELECT (STRLEN(?t40) AS ?n) {{ ?a ?b ?c BIND(STR(?c) AS ?t0) {_DOUBLING} }}",
    "values times values": f"{_COUNT} {{ {_VALUES} }}",
    "construct": f"CONSTRUCT {{ ?a ?e ?f . ?d ?b ?c }} {{ {_THREE} }}",
    "ask": f"ASK {{ {_FOUR} FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j))) > 100000) }}",
}
_FORMATS = {
    "SELECT": ("application/sparql-results+json", "text/csv"),
    "CONSTRUCT": ("text/turtle", "application/ld+json"),
    "ASK": ("application/sparql-results+json", "application/sparql-results+xml"),
}
BOMBS = {
    f"{name}, {accept}": (query, accept)
    for name, query in _SHAPES.items()
    for accept in _FORMATS[query.split(maxsplit=1)[0]]
}


@pytest.fixture(scope="module")
def exploded(strict: Service) -> dict[str, tuple[Response, float]]:
    """What came back for each bomb, and after how many seconds; two at a time, as one client may."""

    def ask(bomb: tuple[str, str]) -> tuple[Response, float]:
        start = time.monotonic()
        response = strict.ask(*bomb)
        seconds = time.monotonic() - start
        check_alive(strict)
        return response, seconds

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return dict(zip(BOMBS, pool.map(ask, BOMBS.values()), strict=True))


def test_number_of_bombs() -> None:
    assert len(BOMBS) == 50


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_ended_in_time(exploded: dict[str, tuple[Response, float]], name: str) -> None:
    response, seconds = exploded[name]
    check_refused(response)
    # The limit, the wait for a worker, and a second more on an idle machine; this may be a busy one.
    assert seconds < 3 * TIMEOUT + 4


_NESTS = {
    "groups": ("SELECT * {", "{", "", "}", "}"),
    "parentheses": ("SELECT * { FILTER", "(", "true", ")", "}"),
    "brackets": ("SELECT * { ?s ?p ", "[ ?p ", "1", "]", "}"),
    "lists": ("SELECT * { ?s ?p ", "(", "1", ")", "}"),
    "paths": ("SELECT * { ?s ", "(", "<x:p>", ")*", " ?o }"),
    "inverse paths": ("SELECT * { ?s ", "^(", "<x:p>", ")", " ?o }"),
    "exists": ("SELECT * {", "FILTER EXISTS {", "?s ?p ?o", "}", "}"),
    "optionals": ("SELECT * {", "OPTIONAL {", "?s ?p ?o", "}", "}"),
    "subqueries": ("SELECT * {", "{ SELECT * WHERE ", "{ ?s ?p ?o }", "}", "}"),
    "nots": ("SELECT * { FILTER(", "!(", "true", ")", ") }"),
}


@pytest.mark.parametrize("depth", [64, 65, 5000, 100_000])
@pytest.mark.parametrize("kind", _NESTS)
def test_nesting(strict: Service, kind: str, depth: int) -> None:
    """64 levels pass the guard (and may be refused by the grammar or the limits); more are refused before parsing."""
    head, opening, middle, closing, tail = _NESTS[kind]
    levels = depth - (head + middle).count("{") - (head + middle).count("(")
    response = strict.ask(head + opening * levels + middle + closing * levels + tail)
    if depth == 64:
        assert response.status in {200, 400, 422, 503, 504}
        assert "nested" not in response.text
    else:
        check_refused(response)
        assert response.status == (413 if len(head + opening * levels) > 65_000 else 400) or "nested" in response.text
    check_alive(strict)
