"""``migkg query`` as people call it: what comes out, what is said when it goes wrong, and the exit code."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from migkg.lines import write_literal
from migkg.store import open_store
from support.endpoint import serve

SOURCES = Path(__file__).resolve().parents[2] / "src"
G = "https://w3id.org/migkg/id/source/1"
HOSTILE = '=cmd|"[red]x[/red]\x1b[2J\n<script>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "store"
    store = open_store(path)
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    lines = [f"<http://e/a> <{label}> {write_literal(HOSTILE)} <{G}> ."]
    lines += [f"<http://e/n{i}> <http://e/n> {write_literal(str(i))} <{G}> ." for i in range(5)]
    store.replace_graph(G, lines)
    store.close()
    return path


def call(*arguments: str, given: str = "") -> tuple[int, str, str]:
    command = [sys.executable, "-m", "migkg", "query", *arguments]
    here = {**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONUTF8": "1"}
    done = subprocess.run(command, input=given.encode(), capture_output=True, timeout=60, check=False, env=here)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


LABELS = "SELECT ?l { ?s rdfs:label ?l }"


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ([], 'l\n------------------------------------\n=cmd|"[red]x[/red]\\u001b[2J↵<script>\n'),
        (["--format", "csv"], 'l\r\n"\'=cmd|""[red]x[/red]\x1b[2J\n<script>"\r\n'),
        (["--format", "csv", "--raw"], 'l\r\n"=cmd|""[red]x[/red]\x1b[2J\n<script>"\r\n'),
        (["--format", "tsv"], '?l\n"\'=cmd|\\"[red]x[/red]\x1b[2J\\n<script>"\n'),
    ],
)
def test_formats(folder: Path, options: list[str], text: str) -> None:
    assert call("-", "--store", str(folder), *options, given=LABELS) == (0, text, "")


def test_json(folder: Path) -> None:
    _, out, _ = call("-", "--store", str(folder), "--format", "json", given=LABELS)
    assert json.loads(out)["results"]["bindings"] == [{"l": {"type": "literal", "value": HOSTILE}}]


def test_a_file_with_a_parameter_and_a_limit(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "n.rq"
    file.write_text("SELECT ?s { ?s <http://e/n> ?n } ORDER BY ?s", encoding="utf-8")
    code, out, _ = call(str(file), "--store", str(folder), "-p", 'n="3"', "--format", "csv")
    assert (code, out) == (0, "s\r\nhttp://e/n3\r\n")
    assert len(call(str(file), "--store", str(folder), "--limit", "2", "--format", "csv")[1].splitlines()) == 3


def test_yes_or_no_and_triples(folder: Path) -> None:
    store = ["--store", str(folder)]
    assert call("-", *store, given="ASK { ?s ?p ?o }")[1] == "true\n"
    code, out, _ = call("-", *store, "--limit", "2", given="CONSTRUCT WHERE { ?s <http://e/n> ?n }")
    assert code == 0
    assert out.count("http://e/n0") == 1
    assert "http://e/n4" not in out


def test_an_empty_answer_is_said(folder: Path) -> None:
    code, out, err = call("-", "--store", str(folder), "--format", "csv", given="SELECT ?s { ?s a mg:Event }")
    assert (code, out, err) == (0, "s\r\n", "(0 rows)\n")


@pytest.mark.parametrize(
    ("arguments", "given", "code", "message"),
    [
        ([], "", 2, "which query?"),
        (["funders"], "", 2, "did you mean funders-of?"),
        (["funders-of"], "", 2, "needs -p country=…"),
        (["funders-of", "-p", "country=VNM", "-p", "land=x"], "", 2, "has no parameter 'land'; it has: country, lang"),
        (["funders-of", "-p", "country=Atlantis"], "", 2, "is no country"),
        (["funders-of", "-p", "country"], "", 2, "written name=value"),
        (["-", "-p", "x=1"], "SELECT ?s { ?s ?p ?o }", 2, "no variable ?x"),
        (["-"], "SELECT ?s WHERE\n  ?s ?p ?o }", 1, "line 2, column 3"),
        (["-"], "SELECT ?s WHERE { ?s mg:x ?o }\nLIMIT x", 1, "line 2, column 7"),
        (["-"], "", 1, "there is no query"),
        (["-"], "DROP ALL", 1, "nothing is changed"),
        (["-"], "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", 1, "SERVICE is refused"),
        (["-", "--format", "turtle"], "SELECT ?s { ?s ?p ?o }", 2, "gives rows, not triples"),
        (["-", "--format", "csv"], "CONSTRUCT WHERE { ?s ?p ?o }", 2, "gives triples, not rows"),
        (["no/such/file.rq"], "", 2, "no query and no file"),
    ],
)
def test_errors_are_one_line(folder: Path, arguments: list[str], given: str, code: int, message: str) -> None:
    found, out, err = call(*arguments, "--store", str(folder), given=given)
    assert (found, out) == (code, "")
    assert message in err
    assert err.startswith("migkg: ")
    assert err.count("\n") == 1


def test_a_file_that_is_no_text(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "latin.rq"
    file.write_bytes("SELECT ?é { }".encode("latin-1"))
    code, _, err = call(str(file), "--store", str(folder))
    assert code == 2
    assert "not UTF-8" in err


def test_an_endpoint_answers_as_a_store_does(tmp_path: Path) -> None:
    with serve([f'<http://e/s{i}> <http://e/p> "{i}" <{G}> .' for i in range(3)], tmp_path) as address:
        query = "SELECT ?s { ?s <http://e/p> ?v } ORDER BY ?s"
        code, out, err = call("-", "--endpoint", address, "-p", 'v="1"', "--format", "csv", given=query)
        assert (code, out, err) == (0, "s\r\nhttp://e/s1\r\n", "")
        code, _, err = call("-", "--endpoint", address, given="SELECT ?s {\n ?s ?p }")
        assert code == 1
        assert re.fullmatch(r"migkg: line 2, column \d+: .+\n", err)


def test_the_catalogue_needs_no_store() -> None:
    code, out, _ = call("--list")
    assert code == 0
    assert "funders-of" in out
    assert "Qui finance" in call("--list", "--lang", "fr")[1]
    code, out, _ = call("funders-of", "--describe")
    assert code == 0
    assert "country  country, required." in out
