"""`migkg validate` on real stores, a real endpoint and files."""

import io
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from rdflib import Graph

from migkg.cli import main
from migkg.rdf.violations import VIOLATION
from migkg.resources import ontology_path
from migkg.store import memory_store, open_store
from migkg.store.base import WritableStore
from migkg.validation import validate_store
from support.endpoint import serve

VALID = sorted(ontology_path("examples/valid").glob("*.ttl"))
INVALID = ontology_path("examples/invalid")


def lines_of(path: Path, graph: str) -> list[str]:
    """A Turtle file as N-Quads lines in a named graph."""
    nt = Graph().parse(path).serialize(format="nt").splitlines()
    return sorted(f"{line.removesuffix(' .')} <{graph}> ." for line in nt if line)


def fill(store: WritableStore, *paths: Path) -> None:
    for path in paths:
        graph = f"https://w3id.org/migkg/id/source/{path.stem}"
        store.replace_graph(graph, lines_of(path, graph))


@pytest.fixture(params=["memory", "folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WritableStore]:
    opened = memory_store() if request.param == "memory" else open_store(tmp_path / "store")
    with closing(opened):
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store folder with the valid examples."""
    with closing(open_store(tmp_path / "store")) as opened:
        fill(opened, *VALID)
    return tmp_path / "store"


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["validate", *map(str, arguments)])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.mark.parametrize("at_once", [1, 2, 50])
def test_store_of_valid_examples_conforms(store: WritableStore, at_once: int) -> None:
    fill(store, *VALID)
    outcome = validate_store(store, at_once=at_once)
    assert outcome.found == () and outcome.conforms
    assert outcome.sources == 6
    assert outcome.triples == sum(len(Graph().parse(path)) for path in VALID)


@pytest.mark.parametrize("at_once", [1, 50])
def test_store_finds_what_the_files_hold(store: WritableStore, at_once: int) -> None:
    wrong = [INVALID / f"{name}.ttl" for name in ("when-is-edtf", "works-for-to", "country-is-code")]
    fill(store, *VALID, *wrong)
    assert {v.shape for v in validate_store(store, at_once=at_once).found} == {
        "WhenIsEdtf",
        "WorksForTo",
        "CountryIsCode",
    }


@pytest.mark.parametrize("at_once", [1, 50], ids=["in different portions", "in one portion"])
def test_one_iri_for_two_kinds_in_two_sources_is_found(store: WritableStore, at_once: int, tmp_path: Path) -> None:
    head = "@prefix mg: <https://w3id.org/migkg/ont#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    for name, kind in (("a", "Company"), ("b", "Place"), ("c", "GovernmentBody")):
        text = f'{head} <https://w3id.org/migkg/id/x> a mg:{kind} ; rdfs:label "Geneva"@en .'
        (tmp_path / f"{name}.ttl").write_text(text, encoding="utf-8")
    fill(store, *sorted(tmp_path.glob("*.ttl")))
    found = validate_store(store, at_once=at_once).found
    assert {(v.severity, v.shape, v.label) for v in found} == {(VIOLATION, "OneKindOfThing", "Geneva")}
    assert {v.value for v in found} == {"mg:Place"}, "two kinds of actor may be one thing"


def test_progress_is_told(store: WritableStore) -> None:
    fill(store, *VALID)
    told: list[str] = []
    validate_store(store, told.append, at_once=2)
    assert told == list(store.graphs()) and len(told) == len(VALID)


def test_command_on_a_store(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--store", folder) == 0
    output = capsys.readouterr()
    assert output.out.startswith("The graph conforms: 0 violations and 0 warnings in ")
    assert output.err == ""


def test_command_on_an_endpoint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [*VALID, INVALID / "works-for-to.ttl"]
    lines = [line for path in paths for line in lines_of(path, f"https://w3id.org/migkg/id/source/{path.stem}")]
    with serve(lines, tmp_path) as endpoint:
        assert run("--endpoint", endpoint) == 1
    assert "violation WorksForTo, 1 time" in capsys.readouterr().out


def test_report_says_what_where_and_in_which_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(INVALID / "works-for-to.ttl") == 1
    assert capsys.readouterr().out.splitlines() == [
        "violation WorksForTo, 1 time",
        "  A person works for an organisation: correct the type of the object of mg:worksFor, or drop the edge.",
        "  - project <id:project>",
        "    says: “Japan pays”",
        "    in: id:s1",
        "",
        "The graph does not conform: 1 violation and 0 warnings in 22 triples of 1 source.",
    ]


def test_places_are_limited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = "@prefix mg: <https://w3id.org/migkg/ont#> .\n"
    text = head + "".join(f"<https://w3id.org/migkg/id/e{i}> a mg:Event .\n" for i in range(12))
    (tmp_path / "events.ttl").write_text(text, encoding="utf-8")
    assert run(tmp_path / "events.ttl", "--limit", "3") == 1
    output = capsys.readouterr().out
    assert "EntityHasLabel, 12 times" in output and output.count("  - id:") == 3 and "  - … and 9 more" in output
    assert run(tmp_path / "events.ttl", "--limit", "0") == 1
    assert capsys.readouterr().out.count("  - id:") == 12


def test_labels_do_not_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "@prefix mg: <https://w3id.org/migkg/ont#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        r'<https://w3id.org/migkg/id/x> a mg:Place ; rdfs:label "\u001b[2J\u202Eevil\nline\u0007"@en ; mg:country "x" .'
    )
    (tmp_path / "hostile.ttl").write_text(text, encoding="utf-8")
    assert run(tmp_path / "hostile.ttl") == 1
    output = capsys.readouterr().out
    assert "  - [2J evil line <id:x>\n" in output
    assert not set(output) & set("\x1b\x07\u202e")


def test_warnings_alone_conform(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(INVALID / "claim-has-rule.ttl") == 0
    output = capsys.readouterr().out
    assert "warning ClaimHasRule, 1 time" in output and "The graph conforms: 0 violations and 1 warning" in output


FORMS = [
    ("turtle", ".ttl"),
    ("nt", ".nt"),
    ("nquads", ".nq"),
    ("trig", ".trig"),
    ("json-ld", ".jsonld"),
    ("xml", ".rdf"),
]


@pytest.mark.parametrize(("form", "ending"), FORMS, ids=[form for form, _ in FORMS])
def test_every_form_of_rdf_is_read(form: str, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from rdflib import Dataset, URIRef

    dataset = Dataset()
    graph = dataset.graph(URIRef("https://w3id.org/migkg/id/source/s1"))
    graph.parse(INVALID / "works-for-to.ttl")
    whole = form in {"nquads", "trig", "json-ld"}
    text = (dataset if whole else graph).serialize(format=form)
    (tmp_path / f"graph{ending}").write_text(text, encoding="utf-8")
    assert run(tmp_path / f"graph{ending}") == 1
    assert "WorksForTo" in capsys.readouterr().out


def test_several_files_are_one_graph(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The claim stands in one file, its edge in another."""
    text = (INVALID / "edge-has-claim.ttl").read_text(encoding="utf-8")
    claims = (INVALID / "stated-claim-has-edge.ttl").read_text(encoding="utf-8")
    for name, part in (("edges.ttl", text), ("claims.ttl", claims)):
        (tmp_path / name).write_text(part, encoding="utf-8")
        assert run(tmp_path / name) == 1
    assert run(tmp_path / "edges.ttl", tmp_path / "claims.ttl") == 0
    assert "The graph conforms" in capsys.readouterr().out


def test_standard_input_is_turtle(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    data = (INVALID / "works-for-to.ttl").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run("-") == 1
    assert "WorksForTo" in capsys.readouterr().out


def test_empty_graph_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.ttl").write_text("", encoding="utf-8")
    assert run(tmp_path / "empty.ttl") == 0
    assert capsys.readouterr().out == "There is nothing to check: the graph is empty.\n"


WRONG_USE = [
    pytest.param(["no-such-file.ttl"], "no-such-file.ttl: cannot be read (No such file or directory)", id="no file"),
    pytest.param(["folder"], "folder: cannot be read (Is a directory)", id="a folder"),
    pytest.param(["data.csv"], "data.csv: .csv is no RDF file; known are", id="no RDF by its name"),
    pytest.param(["broken.ttl"], "broken.ttl is not turtle: ", id="broken Turtle"),
    pytest.param(["latin.ttl"], "latin.ttl: is not UTF-8, as RDF files are (byte 2)", id="Latin-1"),
    pytest.param(["broken.ttl", "--store", "x"], "give either files or --store, not both", id="file and store"),
    pytest.param(["--store", "nowhere"], "there is no store at nowhere", id="no store"),
    pytest.param(["--endpoint", "ftp://x"], "ftp://x", id="no address"),
    pytest.param(["--limit", "-1"], "--limit", id="negative limit"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG_USE)
def test_wrong_use(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("data.csv").write_text("a,b", encoding="utf-8")
    Path("broken.ttl").write_text("<a> <b", encoding="utf-8")
    Path("latin.ttl").write_bytes(b"#\xe9")
    assert run(*arguments) == 2
    output = capsys.readouterr()
    assert output.out == "" and message in output.err and "Traceback" not in output.err


def test_file_of_another_program_is_checked_without_harm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Imports are not fetched, foreign terms are let be."""
    text = (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "<urn:x> a owl:Ontology ; owl:imports <http://127.0.0.1:9/never> ; <urn:p> <urn:y> .\n"
    )
    (tmp_path / "foreign.ttl").write_text(text, encoding="utf-8")
    assert run(tmp_path / "foreign.ttl") == 0
    assert "The graph conforms" in capsys.readouterr().out
