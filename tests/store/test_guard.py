"""What the guard refuses, and that what it lets pass cannot end the process."""

import subprocess
import sys

import pytest

from migkg.errors import QueryError
from migkg.store.guard import MAX_DEPTH, MAX_LENGTH, check_query


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("prefix e: <http://e/#> base <http://e/> ask { ?s e:p ?o }", "ASK"),
        ("# INSERT\nCONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("PREFIX select: <http://e/> DESCRIBE select:x", "DESCRIBE"),
        ("SELECT ?service { ?service e:service 'SERVICE' } # SERVICE", "SELECT"),
        ('SELECT * { ?s <http://e/SERVICE> """ SERVICE <x> { """ }', "SELECT"),
        ("SELECT * {" + "{" * (MAX_DEPTH - 1) + "}" * MAX_DEPTH, "SELECT"),
        ("SELECT * { ?s ?p '" + "{" * 500 + "' }", "SELECT"),
        ("SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }", "SELECT"),
        ("SELECT * { ?s ?p 'caf\\u00e9' }", "SELECT"),
    ],
)
def test_what_passes(query: str, form: str) -> None:
    assert check_query(query) == form


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        pytest.param(
            "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "line 1, column 12: SERVICE", id="service"
        ),
        pytest.param("SELECT * { FILTER EXISTS { service silent ?x {} } }", "SERVICE", id="in exists, lower case"),
        pytest.param("SELECT * { ?s ?p 1 .SERVICE<http://e/>{} }", "SERVICE", id="no space"),
        pytest.param("SELECT * { e:a\\# SERVICE <http://e/> {} }", "SERVICE", id="a name that ends in an escaped hash"),
        pytest.param(
            "SELECT * { ?s ?p e:\u0301\\# {} SERVICE ?x {} }", "SERVICE", id="the same after a combining mark"
        ),
        pytest.param("SELECT * { <http://e/\\u00e9#x> a ?t . SERVICE ?x {} }", "SERVICE", id="hash in an IRI"),
        pytest.param("SELECT * { ?s ?p 'x\\u0027 } SERVICE ?x {} #' }", "itself", id="escaped quote"),
        pytest.param("SELECT * { ?s ?p 'x\\U00000027 } SERVICE ?x {} #' }", "itself", id="long escaped quote"),
        pytest.param("SELECT * { \\u0053ERVICE ?x {} }", "itself", id="escaped letter"),
        pytest.param("SELECT * { ?s ?p 'x\\\\u0027 } SERVICE ?x {} #' }", "itself", id="backslash before the escape"),
        pytest.param("SELECT * {" + "{" * MAX_DEPTH + "}" * (MAX_DEPTH + 1), "nested", id="65 groups"),
        pytest.param("SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5001 + "}", "nested", id="parentheses"),
        pytest.param("SELECT * { ?s ?p " + "[ ?p " * 5000 + "]" * 5000 + "}", "nested", id="brackets"),
        pytest.param(
            "SELECT * { FILTER(?a<" + "(" * 5000 + "1" + ")" * 5000 + ">2) }", "nested", id="in a would-be IRI"
        ),
        pytest.param("SELECT * { ?s ?p 'open\n" + "{" * 5000 + "}", "nested", id="string that does not end"),
        pytest.param("SELECT * {" + "OPTIONAL{?s ?p ?o}" * 600 + "}", "too big", id="many optionals"),
        pytest.param(
            "SELECT * {" + "".join(f"BIND(1 AS ?a{i})" for i in range(2500)) + "}", "too big", id="many binds"
        ),
        pytest.param("SELECT * { FILTER(" + "!" * 60_000 + "?a) }", "too big", id="many operators"),
        pytest.param("SELECT * {" + " " * MAX_LENGTH + "}", "too long", id="too long"),
        pytest.param("INSERT DATA { <http://e/a> <http://e/b> 1 }", "INSERT", id="update"),
        pytest.param("PREFIX e: <http://e/> DELETE WHERE { ?s ?p ?o }", "DELETE", id="update after a prefix"),
        pytest.param("LOAD <http://127.0.0.1/>", "LOAD", id="load"),
        pytest.param("hello", "hello", id="no query"),
        pytest.param("", "no query", id="empty"),
        pytest.param("# SELECT", "no query", id="comment only"),
        pytest.param("SELECT * { ?s ?p '\ud800' }", "surrogate", id="half a character"),
    ],
)
def test_what_is_refused(query: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        check_query(query)


# Each is as big as the guard allows, in the dimension that makes an engine run deep.
AT_THE_LIMIT = """
SHAPES = {
    "groups": "SELECT * {" + "{" * 63 + "}" * 64,
    "optionals": "SELECT * {" + "OPTIONAL{?s ?p ?o}" * 500 + "}",
    "minus": "SELECT * {" + "MINUS{?s ?p ?o}" * 500 + "}",
    "unions": "SELECT * {" + "UNION".join(["{}"] * 500) + "}",
    "binds": "SELECT * {" + "".join(f"BIND(1 AS ?a{i})" for i in range(2040)) + "}",
    "columns": "SELECT " + "".join(f"(1 AS ?a{i})" for i in range(2040)) + "{}",
    "nots": "SELECT * {FILTER(" + "!" * 2040 + "?a)}",
    "ors": "SELECT * {FILTER(1" + "||1" * 1020 + ")}",
    "sums": "SELECT * {FILTER(1" + "+1" * 2040 + ")}",
    "subqueries": "SELECT * {" + "{SELECT*{}}" * 200 + "}",
    "values": "SELECT * {VALUES ?a {" + "1 " * 16000 + "}}",
}
"""


SHAPE_NAMES = [
    "groups", "optionals", "minus", "unions", "binds", "columns", "nots", "ors", "sums", "subqueries", "values",
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPE_NAMES)
@pytest.mark.parametrize("store", ["oxigraph", "memory"])
def test_what_passes_does_not_end_the_process(shape: str, store: str) -> None:
    opened = {
        "oxigraph": "migkg.store.oxigraph import OxigraphStore",
        "memory": "migkg.store.memory import MemoryStore",
    }
    program = f"""
from migkg.errors import QueryError
from {opened[store]} as Store
{AT_THE_LIMIT}
try:
    Store().query(SHAPES[{shape!r}])
except QueryError as error:
    assert "too big" not in str(error), error
print("alive")
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=120,
        env={"PYTHONPATH": "src"},
        check=False,
    )
    assert done.stdout == "alive\n", done.stderr
