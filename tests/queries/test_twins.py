"""The SQL forms of named queries give the rows of the SPARQL forms: on the fixtures and on a big generated graph."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import CASES, Case
from stores import FIXTURES, fill, read_fixture

from migkg.errors import DataFileError
from migkg.query import run, twins
from migkg.query.catalogue import load_catalogue
from migkg.query.run import ask, prepare
from migkg.query.twins import find_twin
from migkg.resources import queries_path
from migkg.store import columns, open_store
from migkg.store.base import Rows
from migkg.store.folder import FolderStore

QUERIES = {name: query for name, query in load_catalogue().items() if find_twin(query)}
DOCUMENTS = 150


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[dict[str, FolderStore]]:
    """Each fixture of a query that has two forms, and the generated graph, as stores with columns."""
    sys.path.insert(0, str(root / "benchmarks"))
    import queries as generator

    made: dict[str, FolderStore] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "LEAST_GRAPHS", 0)
        for name in (*QUERIES, "nothing", "generated"):
            folder = tmp_path_factory.mktemp(name) / "store"
            store = open_store(folder)
            if name == "generated":
                generator.fill(store, generator.make_extractions(DOCUMENTS))
            else:
                fill(store, read_fixture((FIXTURES / f"{name}.trig").read_text(encoding="utf-8")))
            store.close()
            made[name] = open_store(folder, read_only=True)
    yield made
    for store in made.values():
        store.close()


@pytest.fixture(scope="module")
def most_said(stores: dict[str, FolderStore]) -> dict[str, str]:
    """A value for each parameter: that of which the generated graph says most."""
    import queries as generator

    return generator.choose(stores["generated"])


def both(store: FolderStore, name: str, given: dict[str, str]) -> tuple[Rows, Rows]:
    """The answer of the store, and that of the columns."""
    question, twin = prepare(name, given), find_twin(QUERIES[name])
    assert twin and store.columns
    first, second = (
        store.query(question.text, question.bindings),
        store.columns.select(twin.sql, twin.kinds, question.bindings),
    )
    assert isinstance(first, Rows) and second is not None
    assert ask(store, question) == second, "the columns are used"
    return first, second


@pytest.mark.parametrize("place", ["fixture", "nothing", "generated"])
@pytest.mark.parametrize("case", [case for case in CASES if case.query in QUERIES], ids=lambda case: case.id)
def test_the_same_rows(stores: dict[str, FolderStore], case: Case, place: str) -> None:
    first, second = both(stores[case.query if place == "fixture" else place], case.query, case.given)
    assert first == second
    assert place != "fixture" or bool(first.rows) == bool(case.rows)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("name", list(QUERIES))
def test_the_same_rows_where_there_are_many(
    stores: dict[str, FolderStore], most_said: dict[str, str], name: str, language: str
) -> None:
    """With and without each parameter that may be left out, and with values of which the graph says most."""
    store, values = stores["generated"], most_said
    parameters = QUERIES[name].parameters
    given = {p.name: values[p.name] for p in parameters if p.required} | {"lang": language}
    chosen = [{}, *({p.name: values.get(p.name, "2010")} for p in parameters if not p.required and p.name != "lang")]
    sizes = []
    for more in chosen:
        if more.get("predicate") == "2010":
            more = {"predicate": "mg:funds"}
        elif more.get("publisher") == "2010" or more.get("process") == "2010":
            kind = next(iter(more))
            more = {kind: most(store, name, kind)}
        elif "least" in more or "language" in more:
            more = {"least": "2"} if "least" in more else {"language": language}
        first, second = both(store, name, given | more)
        assert first == second
        sizes.append(len(first.rows))
    assert max(sizes) > 5, "there is something to compare"


def most(store: FolderStore, name: str, column: str) -> str:
    """A value of a column of an answer: one that can be asked for."""
    first = ask(store, prepare(name, {}))
    assert isinstance(first, Rows)
    place = first.columns.index({"publisher": "only"}.get(column, column))
    cell = first.rows[0][place]
    assert cell
    return cell.value


@pytest.mark.parametrize("name", list(load_catalogue()))
def test_no_two_rows_have_one_place_in_the_order(
    stores: dict[str, FolderStore], most_said: dict[str, str], name: str
) -> None:
    """Rows that the order does not tell apart come in another order from another engine, or after a restart."""
    query, store = load_catalogue()[name], stores["generated"]
    given = {p.name: most_said[p.name] for p in query.parameters if p.required}
    answer = ask(store, prepare(name, given))
    if not isinstance(answer, Rows):
        return  # triples are sorted
    order = set(re.findall(r"\?(\w+)", query.text[query.text.rindex("ORDER BY") :]))
    places = [i for i, column in enumerate(answer.columns) if column in order]
    assert len({tuple(row[i] for i in places) for row in answer.rows}) == len(set(answer.rows))


def test_every_sql_file_belongs_to_a_query() -> None:
    assert {path.stem for path in queries_path().glob("*.sql")} == set(QUERIES)
    assert len(QUERIES) >= 7


def test_a_header_that_differs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twins, "queries_path", lambda name: tmp_path / name)
    twins._read.cache_clear()
    for text in ("SELECT 1", "--+ columns: {donor: iri}\nSELECT 1", "--+ columns: [\n"):
        (tmp_path / "donor-mix.sql").write_text(text)
        with pytest.raises(DataFileError, match=r"donor-mix\.sql"):
            find_twin(load_catalogue()["donor-mix"])
    twins._read.cache_clear()


def test_a_query_of_the_same_name_has_no_twin(stores: dict[str, FolderStore]) -> None:
    """What a user writes with a header of its own is answered by the store."""
    text = load_catalogue()["donor-mix"].text
    question = prepare(text, {})
    assert question.query and find_twin(question.query) is None
    assert run.ask(stores["generated"], question)
