"""Every named query: known answers on small fixtures, nothing where there is nothing, the same in both engines."""

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import CASES, Case
from stores import FIXTURES, both, read_fixture, show, values

from migkg.lines import write_literal
from migkg.query.catalogue import load_catalogue
from migkg.query.run import prepare, run
from migkg.store.base import Rows, Store, Triples
from migkg.store.guard import check_query

QUERIES = load_catalogue()
SELECTS = [name for name, query in QUERIES.items() if query.columns]
# Something for every required parameter that exists in no fixture, or in the one that holds everything but answers.
ANYTHING = {
    "country": "VNM",
    "donor": "org:iom",
    "organisation": "org:iom",
    "subject": "org:nobody",
    "text": "zebra",
    "theme": "iom:drr",
    "thing": "org:nobody",
    "year": "2015",
}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Store]]]:
    """The two engines with each fixture, by its name."""
    made = {
        path.stem: both(tmp_path_factory.mktemp(path.stem), path.read_text(encoding="utf-8"))
        for path in sorted(FIXTURES.glob("*.trig"))
    }
    yield made
    for engines in made.values():
        for store in engines.values():
            store.close()


def ask(store: Store, name: str, given: dict[str, str]) -> Rows:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        answer = run(store, name, given)
    assert isinstance(answer, Rows)
    return answer


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_known_answers(stores: dict[str, dict[str, Store]], case: Case, engine: str) -> None:
    answer = ask(stores[case.query][engine], case.query, case.given)
    assert answer.columns == tuple(QUERIES[case.query].columns)
    assert [values(row) for row in show(answer)] == [values(tuple(row.split(" | "))) for row in case.rows]


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("name", [name for name in SELECTS if name != "sources"])
def test_no_answer_where_there_is_none(stores: dict[str, dict[str, Store]], name: str, engine: str) -> None:
    given = {p.name: ANYTHING[p.name] for p in QUERIES[name].parameters if p.required}
    answer = ask(stores["nothing"][engine], name, given)
    assert answer == Rows(tuple(QUERIES[name].columns), ())


@pytest.mark.parametrize("name", SELECTS)
def test_an_empty_store_gives_no_rows(tmp_path: Path, name: str) -> None:
    for store in both(tmp_path, "").values():
        given = {p.name: ANYTHING[p.name] for p in QUERIES[name].parameters if p.required}
        assert ask(store, name, given).rows == ()
        store.close()


def test_everything_around_one_thing(stores: dict[str, dict[str, Store]]) -> None:
    answers = {engine: run(store, "about", {"thing": "org:iom"}) for engine, store in stores["about"].items()}
    found = answers["oxigraph"]
    assert isinstance(found, Triples)
    assert found == answers["rdflib"]
    said = [re.sub(r"<[^>]*[/#]([^/#>]+)>", r"\1", line) for line in found.lines]
    assert said == [
        'e prefLabel "Workshop"@en .',
        'a prefLabel "A"@en .',
        "a funds iom .",
        "iom type IntergovernmentalOrganisation .",
        'iom prefLabel "IOM"@en .',
        "iom organises e .",
    ]
    nothing = run(stores["about"]["oxigraph"], "about", {"thing": "org:nobody"})
    assert nothing == Triples(())


def test_each_query_has_a_fixture_with_traps_and_a_case() -> None:
    names = {path.stem for path in FIXTURES.glob("*.trig")} - {"nothing"}
    assert names == set(QUERIES)
    assert set(Counter(case.query for case in CASES)) == set(SELECTS)
    for path in FIXTURES.glob("*.trig"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert sum(map(len, read_fixture(text).values())) <= 60, path.stem


@pytest.mark.parametrize("name", list(QUERIES))
def test_headers_agree_with_their_queries(name: str) -> None:
    query = QUERIES[name]
    variables = set(re.findall(r"\?(\w+)", re.sub(r"#[^\n]*", "", query.text)))
    assert {p.name for p in query.parameters} <= variables
    assert check_query(query.text) == ("SELECT" if query.columns else "CONSTRUCT")
    if query.columns:
        assert "ORDER BY" in query.text


def test_the_twelve_that_are_asked_most() -> None:
    assert sum(query.stars for query in QUERIES.values()) == 12


def test_the_thirty_questions_of_researchers() -> None:
    """Each has one query; of the two that need a graph algorithm, the header names the command."""
    numbers = {query.number: query for query in QUERIES.values() if query.number}
    assert sorted(query.number for query in QUERIES.values() if query.number) == list(range(1, 31))
    assert {number for number, query in numbers.items() if query.command} == {5, 25}
    assert sorted(number for number, query in numbers.items() if query.stars) == list(range(1, 13))


HOSTILE = [
    '" } UNION { ?s ?p ?o } #',
    "' } UNION { ?s ?p ?o } #",
    '"""',
    "\\",
    '\\"',
    "a\nb\r\nc",
    "# comment",
    "} LIMIT 0 {",
    "?programme",
    "<http://e/>",
    "\\u0022 } #",
    "\\U00000022",
    "${country}",
    "%00\x00",
    "'; DROP ALL; --",
    "😀 \u202e",
    ".*",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_parameters_are_text_and_nothing_else(tmp_path: Path, text: str) -> None:
    """A name that holds the very text is found, another one is not; the rest of the query is as before."""
    fixture = f"""<source/1> {{
      <org/with> a mg:Company ; rdfs:label {write_literal(f"x{text}y")} .
      <org/without> a mg:Company ; rdfs:label "programme" .
    }}"""
    for store in both(tmp_path, fixture).values():
        assert [row[0] for row in show(ask(store, "find", {"text": text}))] == ["org:with"]
        store.close()
    question = prepare("find", {"text": text})
    assert question.text == QUERIES["find"].text
