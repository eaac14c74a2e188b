"""Names and organisations in time, as a store holds them and as SPARQL follows them."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from migkg.build import build, remove
from migkg.rdf.namespaces import ENTITIES_GRAPH, ID, PREFIXES
from migkg.store import open_store
from migkg.store.base import Rows
from migkg.validation import validate_store

RELEASES = {
    "icem.en.txt": "Geneva, 12 May 1975 – The Intergovernmental Committee for European Migration (ICEM) organised a "
    "workshop in Geneva. The workshop was funded by the Government of Canada.",
    "iom.fr.txt": "Dakar, le 4 mai 2014 – L’Organisation internationale pour les migrations (OIM) a organisé un "
    "atelier à Dakar, financé par le Gouvernement du Japon.",
    "dfid.en.txt": "London, 4 May 2011 – The Department for International Development (DFID) funds a project of IOM.",
    "fcdo.en.txt": "London, 4 May 2022 – The Foreign, Commonwealth and Development Office (FCDO) funds an IOM project.",
    "zaire.en.txt": "Kinshasa, 3 March 1996 – IOM organised a workshop in Zaire.",
}


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    folder.mkdir()
    for name, text in RELEASES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def build_these(releases: Path, store: Path, *names: str) -> Path:
    report = build([str(releases / name) for name in names], store)
    assert not report.skipped
    return store


def entities(store: Path) -> list[str]:
    with closing(open_store(store, read_only=True)) as opened:
        return [line for line in opened.dump() if f"<{ENTITIES_GRAPH}>" in line]


def ask(store: Path, sparql: str) -> list[tuple[str | None, ...]]:
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    with closing(open_store(store, read_only=True)) as opened:
        answer = opened.query(prefixes + sparql)
    assert isinstance(answer, Rows)
    return [tuple(term.value if term else None for term in row) for row in answer.rows]


def follow(root: Path, store: Path, start: str) -> list[tuple[str | None, ...]]:
    """The answer to the query of the page on the ontology, from another body."""
    page = (root / "docs" / "ontology.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"```sparql\n(.*?)```", page, re.S)
    assert r"id:org\/iom" in query
    return ask(store, query.replace(r"id:org\/iom", f"<{ID}{start}>"))


def test_one_body_is_followed_through_its_names(root: Path, releases: Path, tmp_path: Path) -> None:
    store = build_these(releases, tmp_path / "store", *RELEASES)
    found = follow(root, store, "org/iom")
    assert {row[0] for row in found} == {f"{ID}org/iom"}
    assert [row[1] for row in found] == [
        "PICMME",
        "ICEM",
        "Intergovernmental Committee for European Migration",
        "ICM",
        "Intergovernmental Committee for Migration",
    ]
    assert [row[3] for row in found] == [None] * 5, "no table has a date"
    assert [row[1:] for row in follow(root, store, "country/COD")] == [
        ("Zaire", None, "1971/1997"),
        ("Zaire", None, "1971/1997"),
        ("Zaïre", None, "1971/1997"),
    ]
    with closing(open_store(store, read_only=True)) as opened:
        assert validate_store(opened).found == ()


@pytest.mark.parametrize("start", ["org/dfid", "org/fcdo", "org/fco"])
def test_a_merger_is_followed_from_each_side(root: Path, releases: Path, tmp_path: Path, start: str) -> None:
    """Also from a body that no source speaks of: its own ends are not in the graph, those of the others are."""
    store = build_these(releases, tmp_path / "store", "dfid.en.txt", "fcdo.en.txt")
    bodies = {row[0] for row in follow(root, store, start)}
    assert bodies == ({f"{ID}org/fco"} if start == "org/fco" else {f"{ID}org/{k}" for k in ("dfid", "fco", "fcdo")})


def test_a_claim_keeps_the_name_of_its_day(releases: Path, tmp_path: Path) -> None:
    store = build_these(releases, tmp_path / "store", "icem.en.txt", "iom.fr.txt")
    labels = ask(
        store,
        f"SELECT ?label WHERE {{ GRAPH ?source {{ <{ID}org/iom> rdfs:label ?label }} }} ORDER BY ?label",
    )
    assert labels == [
        ("Intergovernmental Committee for European Migration",),
        ("Organisation internationale pour les migrations",),
    ]
    preferred = ask(store, f'SELECT ?n {{ <{ID}org/iom> skos:prefLabel ?n FILTER(LANG(?n) = "en") }}')
    assert preferred == [("International Organization for Migration",)]


@pytest.mark.parametrize(
    ("first", "second", "gone"),
    [
        pytest.param(("dfid.en.txt",), ("fcdo.en.txt",), ("dfid.en.txt",), id="the old body goes, the change stays"),
        pytest.param(("dfid.en.txt", "fcdo.en.txt"), (), ("dfid.en.txt", "fcdo.en.txt"), id="the change goes too"),
        pytest.param(("icem.en.txt",), ("iom.fr.txt", "zaire.en.txt"), ("icem.en.txt",), id="names stay with the body"),
        pytest.param(("zaire.en.txt", "iom.fr.txt"), (), ("zaire.en.txt",), id="names go with the place"),
    ],
)
def test_what_is_derived_follows_what_is_said(
    releases: Path, tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    store = build_these(releases, tmp_path / "store", *first)
    if second:
        build_these(releases, store, *second)
    remove([str(releases / name) for name in gone], store)
    left = [name for name in (*first, *second) if name not in gone]
    fresh = build_these(releases, tmp_path / "fresh", *left) if left else None
    assert entities(store) == (entities(fresh) if fresh else [])


def test_what_an_older_table_left_is_replaced(releases: Path, tmp_path: Path) -> None:
    """A name that is no longer in the table goes when its thing is described again."""
    store = build_these(releases, tmp_path / "store", "zaire.en.txt")
    good = entities(store)
    thing, node = f"{ID}country/COD", f"{ID}name/ffffffffffffffff"
    stale = [
        f"<{thing}> <{PREFIXES['skosxl']}altLabel> <{node}> <{ENTITIES_GRAPH}> .",
        f'<{node}> <{PREFIXES["skosxl"]}literalForm> "Congo Free State" <{ENTITIES_GRAPH}> .',
    ]
    with closing(open_store(store)) as opened:
        opened.replace_graph(ENTITIES_GRAPH, good + stale)
    (releases / "zaire.en.txt").write_text(RELEASES["zaire.en.txt"] + " IOM left.", encoding="utf-8")
    build_these(releases, store, "zaire.en.txt")
    assert not [line for line in entities(store) if node in line]
