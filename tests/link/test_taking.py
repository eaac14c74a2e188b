"""Accepted links in the graph, and the command from a dump to the graph."""

import io
import shutil
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from migkg.build import build
from migkg.build.links import take_links
from migkg.cli import main
from migkg.errors import DataFileError, UsageError
from migkg.model.identifiers import ID
from migkg.model.link import Link
from migkg.rdf.namespaces import SKOS
from migkg.resolve.link_table import load_links, save_links
from migkg.store import open_store
from migkg.validation import validate_store
from support.endpoint import serve
from support.reconciling import Entry, reconciling
from support.registry import CENTRE, DFID, NRC, dump

NRC_IRI, DFID_IRI = f"{ID}org/nrc", f"{ID}org/dfid"


def a_link(iri: str = NRC_IRI, key: str = "a", match: str = "exact") -> Link:
    return Link(
        iri, "a name", "Register", f"https://r.example/{key}", "a name", match, 1.0, "why", "r.json", "2026-11-25"
    )  # type: ignore[arg-type]


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built / "store", tmp_path / "store"))


def quads(store: Path) -> list[str]:
    with closing(open_store(store, read_only=True)) as opened:
        return list(opened.dump())


def said(store: Path, kind: str = "") -> set[tuple[str, str]]:
    """Things and what the register of these tests has for them."""
    lines = [line.split() for line in quads(store) if f"<{SKOS}{kind}" in line and "<https://r.example/" in line]
    return {(cells[0][1:-1], cells[2][1:-1]) for cells in lines}


def take(store: Path, *links: Link) -> None:
    path = store.with_name("links.csv")
    save_links(path, links)
    take_links(path, store)


def test_only_what_was_accepted_enters(store: Path) -> None:
    before = quads(store)
    take(
        store,
        a_link(),
        a_link(DFID_IRI, "b", "close"),
        a_link(key="c", match="proposed"),
        a_link(key="d", match="refused"),
    )
    assert said(store, "exactMatch") == {(NRC_IRI, "https://r.example/a")}
    assert said(store, "closeMatch") == {(DFID_IRI, "https://r.example/b")}
    notes = [line for line in set(quads(store)) - set(before) if f"<{SKOS}editorialNote>" in line]
    assert any("exact match https://r.example/a: Register, r.json, 2026-11-25: why" in line for line in notes)
    with closing(open_store(store, read_only=True)) as opened:
        assert validate_store(opened).found == ()


def test_a_new_file_takes_the_place_of_the_old_one(store: Path) -> None:
    before = quads(store)
    take(store, a_link(), a_link(DFID_IRI, "b"))
    take(store, a_link(key="z"))
    assert said(store) == {(NRC_IRI, "https://r.example/z")}
    take(store)
    assert quads(store) == before


def test_links_outlive_a_build_and_the_order_leaves_no_trace(built: Path, store: Path, tmp_path: Path) -> None:
    take(store, a_link(), a_link(DFID_IRI, "b", "close"))
    fresh = tmp_path / "fresh"
    for name in ("c.fr.txt", "b.en.txt", "a.en.txt"):
        build([str(built / "releases" / name)], fresh)
        take(fresh, a_link(DFID_IRI, "b", "close"), a_link())
    assert quads(fresh) == quads(store)


def test_a_link_of_a_thing_that_no_source_names_waits_for_it(built: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    build([str(built / "releases" / "c.fr.txt")], store)
    take(store, a_link())
    assert said(store) == set()
    build([str(built / "releases" / "a.en.txt")], store)
    assert said(store) == {(NRC_IRI, "https://r.example/a")}


def test_exact_goes_before_close(store: Path) -> None:
    take(store, a_link(), a_link(match="close"))
    assert said(store, "closeMatch") == set()


def test_a_wrong_file_changes_nothing(store: Path, tmp_path: Path) -> None:
    take(store, a_link())
    before = quads(store)
    (tmp_path / "wrong.csv").write_text("iri,label\n", encoding="utf-8")
    with pytest.raises(DataFileError):
        take_links(tmp_path / "wrong.csv", store)
    with pytest.raises(UsageError, match="there is no store"):
        take_links(tmp_path / "links.csv", tmp_path / "nowhere")
    assert quads(store) == before


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command line."""
    out, error = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error), pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0), out.getvalue(), error.getvalue()


def test_from_a_dump_to_the_graph(store: Path, tmp_path: Path) -> None:
    """Proposed, changed by a person, asked again, taken."""
    file = store.with_name("store.links.csv")
    path = dump(tmp_path / "ror.json", DFID, NRC, CENTRE)
    assert run("link", "--ror", path, "--store", store)[0] == 0
    assert {link.match for link in load_links(file)} == {"exact", "proposed"}
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(",proposed,", ",close,"), encoding="utf-8")
    assert run("link", "--ror", path, "--store", store)[0] == 0
    assert {link.match for link in load_links(file)} == {"exact", "close"}, "the person's word was lost"
    assert run("link", "--take", "--store", store)[0] == 0
    lines = quads(store)
    assert any(f"<{NRC_IRI}> <{SKOS}exactMatch> <https://ror.org/0000nrc00>" in line for line in lines)
    assert any(f"<{DFID_IRI}> <{SKOS}closeMatch> <https://ror.org/05rf29967>" in line for line in lines)
    # What has a link to ROR now is not looked for again.
    assert "things looked for  " in run("link", "--ror", path, "--store", store)[2]


def test_services_by_the_command_line(store: Path, tmp_path: Path) -> None:
    with reconciling([Entry("1", "Norwegian Refugee Council", ["ngo"])]) as service:
        arguments = ("--service", service.address, "--kind", "NonGovernmentalOrganisation=ngo", "--delay", "0")
        code, out, _ = run("link", *arguments, "--store", store, "--links", "-")
        assert (
            code == 0 and f"{NRC_IRI},Norwegian Refugee Council,Register of bodies,https://register.example/id/1" in out
        )
    assert not store.with_name("store.links.csv").exists()
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    with serve([f'<http://e/1> {label} "Norwegian Refugee Council"@en <http://e/g> .'], tmp_path) as address:
        assert ",proposed," in run("link", "--sparql", address, "--store", store, "-o", "-")[1]
    code, _, said = run(
        "link", "--sparql", "http://127.0.0.1:9/", "--store", store, "-o", tmp_path / "l.csv", "--refresh"
    )
    assert code == 1 and "does not answer" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param((), "give one of --ror, --service, --sparql and --take", id="nothing to ask"),
        pytest.param(("--take", "--ror", "x.json"), "give one of", id="two things"),
        pytest.param(("--take",), "there is no file of links", id="nothing to take"),
        pytest.param(("--ror", "missing.json"), "missing.json cannot be read as a dump", id="no dump"),
        pytest.param(("--ror", "x", "--types", "Person"), "no links are made for Person", id="people"),
        pytest.param(("--ror", "x", "--types", "Thing"), "no links are made for Thing", id="no such type"),
        pytest.param(("--ror", "x", "--kind", "Person=1"), "--kind is TYPE=ID", id="a kind of people"),
        pytest.param(
            ("--sparql", "http://127.0.0.1:9/", "--query", "none.rq"), "none.rq cannot be read", id="no query"
        ),
        pytest.param(("--service", "ftp://x/"), "no http or https address", id="no address"),
    ],
)
def test_wrong_use(store: Path, arguments: tuple[str, ...], message: str) -> None:
    code, _, said = run("link", *arguments, "--store", store)
    assert code == 2 and message in said and "Traceback" not in said
