"""What every store promises, tried on each of them: Oxigraph on disk, rdflib in memory, and a real endpoint."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from migkg.errors import MigkgError, QueryError, StoreError
from migkg.lines import write_literal
from migkg.store import memory_store, open_store, remote_store
from migkg.store.base import Rows, Store, Term, Triples, WritableStore
from support.endpoint import serve

XSD = "http://www.w3.org/2001/XMLSchema#"
NASTY = 'quote " slash \\ line\nreturn\rtab\tnul\x00 del\x7f <script>&é😀\u2028 } # ?s $o \\u0041'
G1, G2 = "http://e/g1", "http://e/g2"
ONE = [
    f"<http://e/a> <http://e/label> {write_literal(NASTY)} <{G1}> .",
    f'<http://e/a> <http://e/label> "Viêt Nam"@fr <{G1}> .',
    f'<http://e/a> <http://e/n> "7"^^<{XSD}integer> <{G1}> .',
    f"<http://e/a> <http://e/knows> <http://e/b> <{G1}> .",
]
TWO = [
    f'<http://e/b> <http://e/n> "1.5"^^<{XSD}decimal> <{G2}> .',
    f"<http://e/a> <http://e/knows> <http://e/b> <{G2}> .",
]


@pytest.fixture(params=["oxigraph", "memory"])
def writable(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WritableStore]:
    store: WritableStore = open_store(tmp_path / "store") if request.param == "oxigraph" else memory_store()
    yield store
    store.close()


@pytest.fixture(scope="module", params=["oxigraph", "memory", "remote"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "remote":
        with serve(ONE + TWO, folder) as address:
            yield remote_store(address)
        return
    store: WritableStore = open_store(folder / "store") if request.param == "oxigraph" else memory_store()
    store.replace_graphs([G1, G2], ONE + TWO)
    yield store
    store.close()


def rows(store: Store, query: str, **bindings: Term) -> list[tuple[Term | None, ...]]:
    answer = store.query(query, bindings)
    assert isinstance(answer, Rows)
    return sorted(answer.rows, key=str)


def test_graphs_and_dump_are_sorted_and_whole(filled: Store) -> None:
    assert list(filled.graphs()) == [G1, G2]
    assert list(filled.dump()) == sorted(ONE + TWO)


def test_default_graph_is_the_union_as_a_set(filled: Store) -> None:
    answer = filled.query("SELECT ?o ?s WHERE { ?s <http://e/knows> ?o }")
    assert answer == Rows(("o", "s"), ((Term("uri", "http://e/b"), Term("uri", "http://e/a")),))


def test_nothing_in_groups_is_no_row_and_nothing_counted_is_zero(filled: Store) -> None:
    nothing = "?s <http://e/nothing> ?o"
    assert rows(filled, f"SELECT ?s (COUNT(?o) AS ?n) WHERE {{ {nothing} }} GROUP BY ?s") == []
    inner = f"{{ SELECT ?s (COUNT(?o) AS ?n) WHERE {{ {nothing} }} GROUP BY ?s }}"
    assert rows(filled, f"SELECT ?s ?n WHERE {{ {inner} OPTIONAL {{ ?s <http://e/knows> ?x }} }}") == []
    zero = Term("literal", "0", None, f"{XSD}integer")
    assert rows(filled, f"SELECT (COUNT(?o) AS ?n) WHERE {{ {nothing} }}") == [(zero,)]


def test_named_graphs_stay_apart(filled: Store) -> None:
    found = rows(filled, "SELECT ?g WHERE { GRAPH ?g { ?s <http://e/knows> ?o } }")
    assert found == [(Term("uri", G1),), (Term("uri", G2),)]


def test_terms_keep_language_datatype_and_every_character(filled: Store) -> None:
    found = rows(filled, "SELECT ?o ?none WHERE { ?s <http://e/label>|<http://e/n> ?o }")
    terms = {term for term, none in found if none is None}
    assert terms == {
        Term("literal", NASTY),
        Term("literal", "Viêt Nam", "fr"),
        Term("literal", "7", None, f"{XSD}integer"),
        Term("literal", "1.5", None, f"{XSD}decimal"),
    }


def test_construct_gives_sorted_lines(filled: Store) -> None:
    answer = filled.query("CONSTRUCT { ?o <http://e/of> ?s } WHERE { ?s <http://e/knows>|<http://e/label> ?o }")
    assert answer == Triples(("<http://e/b> <http://e/of> <http://e/a> .",))
    answer = filled.query("CONSTRUCT { ?s <http://e/x> ?o } WHERE { ?s <http://e/label> ?o }")
    assert answer == Triples(tuple(sorted(line.replace("e/label", "e/x").replace(f" <{G1}>", "") for line in ONE[:2])))


def test_describe_and_ask(filled: Store) -> None:
    assert isinstance(filled.query("DESCRIBE <http://e/b>"), Triples)
    assert filled.query("ASK { <http://e/a> <http://e/knows> <http://e/b> }") is True
    assert filled.query("ASK { <http://e/b> <http://e/knows> <http://e/a> }") is False


def test_bindings_are_values(filled: Store) -> None:
    assert rows(filled, "SELECT ?s WHERE { ?s <http://e/label> ?v }", v=Term("literal", NASTY)) == [
        (Term("uri", "http://e/a"),)
    ]
    assert rows(filled, "SELECT ?s WHERE { ?s <http://e/label> ?v }", v=Term("literal", "x } UNION { ?s ?p ?v")) == []


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <http://e/x> <http://e/p> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX e: <http://e/> DROP ALL",
        "CLEAR GRAPH <http://e/g1>",
        "LOAD <http://127.0.0.1:1/x>",
        "# SELECT\nINSERT DATA { <http://e/x> <http://e/p> 1 }",
        "SELECT * WHERE { ?s ?p ?o } ; DROP ALL",
        "",
        "PREFIX e: <http://e/>",
    ],
)
def test_nothing_is_changed_by_a_query(filled: Store, query: str) -> None:
    with pytest.raises(QueryError):
        filled.query(query)
    assert list(filled.dump()) == sorted(ONE + TWO)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        pytest.param("SELECT * WHERE {\n  ?s ?p\n}", "line 3, column [12]", id="object missing"),
        pytest.param("SELECT ?s WHERE { ?s ?p ?o ", "line 1, column 2[78]", id="brace missing"),
        pytest.param("SELECT ?s\nWHERE { ?s ?p ?o } LIMIT x", "line 2, column 2[0-9]", id="no number"),
    ],
)
def test_a_syntax_error_has_line_and_column(filled: Store, query: str, place: str) -> None:
    with pytest.raises(QueryError, match=place):
        filled.query(query)


def test_the_place_of_an_error_is_that_of_the_query_as_written(filled: Store) -> None:
    with pytest.raises(QueryError, match=r"line 1, column 3\d:"):
        filled.query("SELECT ?s WHERE { ?s ?p ?v . ?s }", {"v": Term("literal", "a long value " * 9)})


def test_a_text_as_subject_finds_nothing(filled: Store) -> None:
    try:
        assert rows(filled, "SELECT ?o WHERE { ?v ?p ?o }", v=Term("literal", "text")) == []
    except QueryError as error:
        assert "parameters" in str(error)  # rdflib does not parse it


def test_an_unknown_prefix_is_an_error(filled: Store) -> None:
    with pytest.raises(QueryError):
        filled.query("SELECT ?s WHERE { ?s nowhere:p ?o }")


def test_replacing_takes_the_whole_graph_and_leaves_the_others(writable: WritableStore) -> None:
    writable.replace_graph(G1, ONE)
    writable.replace_graph(G2, TWO)
    writable.replace_graph(G1, ONE[:1])
    assert list(writable.dump()) == sorted(ONE[:1] + TWO)
    writable.replace_graph(G1, ONE[:1])
    assert list(writable.dump()) == sorted(ONE[:1] + TWO)


def test_several_graphs_are_replaced_together(writable: WritableStore) -> None:
    writable.replace_graphs([G1], ONE)
    writable.replace_graphs([G1, G2], TWO)
    assert list(writable.dump()) == sorted(TWO)


def test_the_union_follows_every_change(writable: WritableStore) -> None:
    def knows() -> list[tuple[Term | None, ...]]:
        return rows(writable, "SELECT ?s ?o WHERE { ?s <http://e/knows> ?o }")

    edge = [(Term("uri", "http://e/a"), Term("uri", "http://e/b"))]
    writable.replace_graph(G1, ONE)
    writable.replace_graph(G2, TWO)
    assert knows() == edge
    writable.replace_graph(G1, ONE[:1])
    assert knows() == edge
    writable.remove_graph(G2)
    assert knows() == []
    writable.replace_graphs([G1, G2], ONE + TWO)
    writable.replace_graphs([G1, G2], [])
    assert rows(writable, "SELECT ?s WHERE { ?s ?p ?o }") == []


def test_many_lines_at_once(writable: WritableStore) -> None:
    lines = [f'<http://e/s{n}> <http://e/p> "{n}" <{G1}> .' for n in range(6000)]
    writable.replace_graph(G1, lines)
    assert list(writable.dump()) == sorted(lines)
    assert len(rows(writable, "SELECT ?s WHERE { ?s <http://e/p> ?o }")) == 6000


def test_removing(writable: WritableStore) -> None:
    writable.replace_graph(G1, ONE)
    writable.remove_graph("http://e/never")
    writable.remove_graph(G1)
    assert list(writable.dump()) == []
    assert list(writable.graphs()) == []


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(f"<http://e/a> <http://e/p> <{G1}> .", id="no graph"),
        pytest.param(f'<http://e/a> <http://e/p> "x" <{G2}> .', id="another graph"),
        pytest.param(f'<http://e/a> <http://e/p> "x <{G1}> .', id="open quote"),
        pytest.param(f'<http://e/a b> <http://e/p> "x" <{G1}> .', id="space in an IRI"),
        pytest.param(f'"text" <http://e/p> "x" <{G1}> .', id="a text as subject"),
        pytest.param("nonsense", id="no line"),
    ],
)
@pytest.mark.parametrize("before", [[], ONE], ids=["new", "known"])
def test_a_bad_line_changes_nothing(writable: WritableStore, before: list[str], bad: str) -> None:
    if before:
        writable.replace_graph(G1, before)
    with pytest.raises(StoreError):
        writable.replace_graph(G1, [f"<http://e/new> <http://e/p> <http://e/o> <{G1}> .", bad])
    assert list(writable.dump()) == sorted(before)


def test_every_error_is_of_the_family() -> None:
    assert issubclass(QueryError, MigkgError)
    assert issubclass(StoreError, MigkgError)
