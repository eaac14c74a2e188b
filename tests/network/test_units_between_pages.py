"""``migkg diff --structure``: pairs of made pages in three languages, and what became of their units."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from rdflib import RDF, Graph, Namespace, URIRef

from migkg.cli import cli
from migkg.errors import MigkgError
from migkg.network.evidence import Claim, Source
from migkg.network.reorganisation import compare_snapshots
from migkg.network.snapshots import Part, Snapshot
from migkg.rdf import namespaces as ns
from migkg.rdf.parsing import parse_graph
from migkg.rdf.shapes import validate

PAIRS = sorted((Path(__file__).parent / "structure_pairs").glob("*.yaml"))
ORG, MG, PROV = Namespace(ns.ORG), Namespace(ns.MG), Namespace(ns.PROV)


def read(path: Path) -> dict[str, Any]:
    pair = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(pair, dict)
    return pair


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="migkg")


def build(folder: Path, pages: dict[str, str]) -> Path:
    folder.mkdir(parents=True)
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8")
    store = folder / "store"
    done = run("build", *(folder / name for name in pages), "--store", store)
    assert done.exit_code == 0, done.output
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pages of all pairs in one store: each organisation is told apart by its name."""
    pages = {f"{path.stem}-{side}.html": read(path)[side] for path in PAIRS for side in ("old", "new")}
    return build(tmp_path_factory.mktemp("pairs") / "pages", pages)


def rows(*arguments: object) -> list[dict[str, str]]:
    done = run("diff", *arguments, "--format", "csv")
    assert done.exit_code == 0, f"{done.output}{done.exception}"
    return list(csv.DictReader(io.StringIO(done.stdout, newline="")))


def tell(row: dict[str, str]) -> str:
    """A row as the files of pairs write it."""
    if row["change"] == "renamed":
        return f"renamed {row['was']} > {row['unit']} ({row['why']})"
    if row["change"] == "moved":
        return f"moved {row['unit']} from {row['wasPartOf']} to {row['partOf']}"
    why = "" if row["confidence"] else f" ({row['why']})"
    return f"{row['change']} {row['unit']}{why}"


@pytest.mark.parametrize("path", PAIRS, ids=[path.stem for path in PAIRS])
def test_what_became_of_the_units(store: Path, path: Path) -> None:
    pair = read(path)
    found = rows(store, "--structure", pair["organisation"])
    assert sorted(map(tell, found)) == sorted(pair["changes"])
    for row in found:
        assert row["notBefore"] < row["notAfter"] and row["notBefore"] in pair["old"] and row["notAfter"] in pair["new"]
        assert bool(row["confidence"]) == (row["change"] not in {"unlisted", "newly listed"})
        if row["confidence"]:
            assert 0 < float(row["confidence"]) <= 0.9
        assert row["sourceBeforeIri"] != row["sourceAfterIri"]
        assert row["quoteBefore"] or row["quoteAfter"]


def test_changes_as_rdf_have_both_pages_a_period_and_conform(store: Path, tmp_path: Path) -> None:
    organisation = "Ministry of Labour Migration"
    text = run("diff", store, "--structure", organisation, "--format", "turtle").stdout
    graph = Graph().parse(data=text, format="turtle")
    whole = run("export", "--store", store, "--format", "turtle").stdout
    assert [found for found in validate(parse_graph([whole, text], "turtle")) if found.shape.startswith("Change")] == []
    events = set(graph.subjects(RDF.type, ORG.ChangeEvent))
    claimed = [row for row in rows(store, "--structure", organisation) if row["confidence"]]
    assert len(events) == len(claimed) == 6
    for event in events:
        assert [str(when) for when in graph.objects(event, MG.when)] == ["2019-03-01/2024-05-06"]
        pages = {str(iri) for iri in graph.objects(event, PROV.wasDerivedFrom) if "/source/" in str(iri)}
        assert pages == {claimed[0]["sourceBeforeIri"], claimed[0]["sourceAfterIri"]}
        assert any("/claim/" in str(iri) for iri in graph.objects(event, PROV.wasDerivedFrom))
        assert not set(graph.objects(event, ORG.originalOrganization)) & set(
            graph.objects(event, ORG.resultingOrganization)
        )
    for row in claimed:
        if row["wasIri"]:
            (event,) = graph.objects(URIRef(row["wasIri"]), ORG.changedBy)
            assert (event, ORG.originalOrganization, URIRef(row["wasIri"])) in graph
        if row["unitIri"]:
            (event,) = graph.objects(URIRef(row["unitIri"]), ORG.resultedFrom)
            assert (event, ORG.resultingOrganization, URIRef(row["unitIri"])) in graph
    assert "_:" not in text and text == run("diff", store, "--structure", organisation, "--format", "turtle").stdout


def test_two_graphs_and_pages_without_a_date(tmp_path: Path, root: Path) -> None:
    pair = read(Path(__file__).parent / "structure_pairs" / "instituto-direcciones.es.yaml")
    pages = {side: pair[side].split("<meta")[0] + pair[side].split('">', 2)[2] for side in ("old", "new")}
    stores = [build(tmp_path / side, {f"{side}.html": page}) for side, page in pages.items()]
    organisation = pair["organisation"]
    undated = rows(*stores, "--structure", organisation)
    assert sorted(map(tell, undated)) == sorted(pair["changes"])
    assert {(row["notBefore"], row["notAfter"]) for row in undated} == {("", "")}
    assert "mg:when" not in run("diff", *stores, "--structure", organisation, "--format", "turtle").stdout
    dated = rows(*stores, "--structure", organisation, "--dates", "2016", "2020-07")
    assert {(row["notBefore"], row["notAfter"]) for row in dated} == {("2016", "2020-07")}
    assert rows(stores[0], stores[0], "--structure", organisation) == []
    wrong = [
        ([*stores, "--structure", organisation, "--dates", "2021", "2020"], "is of 2021, after that of NEW"),
        ([*stores, "--structure", organisation, "--dates", "soon", "2020"], "'soon' is no date"),
        ([*stores, "--structure", "Atlantis"], "no page on the structure of 'Atlantis'"),
        ([stores[0], "--structure", organisation], "has 0 dated pages"),
        ([stores[0], "--structure", organisation, "--dates", "2019", "2020"], "--dates is for two graphs"),
        ([*stores, "--structure", organisation, "--format", "patch"], "has no such format"),
        ([stores[0]], "give OLD and NEW"),
    ]
    for arguments, message in wrong:
        done = run("diff", *arguments)
        assert isinstance(done.exception, MigkgError) and message in str(done.exception), done.output


def test_the_page_names_the_units_and_their_sentences(store: Path, tmp_path: Path) -> None:
    page = tmp_path / "units.html"
    organisation = "Délégation générale aux réfugiés"
    done = run("diff", store, "--structure", organisation, "--lang", "fr", "-o", page)
    assert done.exit_code == 0, done.output
    text = page.read_text(encoding="utf-8")
    assert f"<title>{organisation}</title>" in text and "Sous-direction des solutions durables" in text
    assert "(2018-01-15 → 2022-09-30: 9 units, then 9" in done.stderr


def test_a_unit_that_keeps_its_address_gets_a_former_name() -> None:
    from migkg.rdf.unit_changes import UnitEvent, write_unit_changes

    unit, whole = f"{ns.ID}organisational-unit/u", f"{ns.ID}org/o"
    facts = ("renamed", unit, unit, whole, whole, ("Old", "New"), "en", "2019/2020", "a note", (f"{ns.SOURCE}1",))
    graph = Graph().parse(data="\n".join(write_unit_changes([UnitEvent(*facts)])), format="nt")
    assert not set(graph.subjects(RDF.type, ORG.ChangeEvent))
    (name,) = graph.objects(URIRef(unit), URIRef(f"{ns.SKOSXL}altLabel"))
    assert [str(text) for text in graph.objects(name, URIRef(f"{ns.SKOSXL}literalForm"))] == ["Old"]
    assert not list(graph.objects(name, MG.when))  # when the old name came into use, no page says


def snapshot(*lines: str) -> Snapshot:
    """A page from lines such as ``"A < O head=Ana quote=including-A"``; the organisation is O."""
    parts = {"O": Part("O", "O", None, 0, frozenset(), frozenset(), frozenset(), ())}
    source = Source("urn:page", issued="2019")
    for number, line in enumerate(lines):
        name, _, parent, *more = line.split()
        facts = dict(word.split("=") for word in more)
        claim = Claim(f"urn:{number}", facts.get("quote", name).replace("-", " "), source, "stated", 0.9)
        found = {key: frozenset(filter(None, [facts.get(key, "")])) for key in ("head", "acronym")}
        level = parts[parent].level + 1
        parts[name] = Part(
            facts.get("iri", name), facts.get("name", name).replace("-", " "), parent, level, frozenset(),
            found["head"], found["acronym"], (claim,),
        )  # fmt: skip
    below = {one.iri: frozenset(p.iri for p in parts.values() if p.parent == one.iri) for one in parts.values()}
    return Snapshot(source, "O", {part.iri: replace(part, parts=below[part.iri]) for part in parts.values()})


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        pytest.param(["A < O", "B < O"], ["A < O", "B < O"], [], id="nothing"),
        pytest.param(
            ["A < O", "B < O name=Visa-Office head=ana"],
            ["A < O", "C < O name=Archive head=ana"],
            ["abolished B", "created C"],
            id="a head alone may lead another unit",
        ),
        pytest.param(
            ["A < O", "B < O name=Visa-Office"],
            ["A < O", "C < O name=Visa-and-Permit-Office"],
            ["abolished B", "created C"],
            id="a near name alone is no evidence",
        ),
        pytest.param(
            ["A < O", "B < O name=Visa-Office acronym=vo"],
            ["A < O", "C < O name=Travel-Service acronym=vo"],
            ["renamed B > C 0.7"],
            id="the same acronym in the same place",
        ),
        pytest.param(
            ["A < O", "B < O name=Visa-Office head=ana", "D < A", "E < A"],
            ["A < O", "D < A", "E < A", "C < A name=Visa-and-Permit-Office head=ana"],
            ["abolished B", "created C"],
            id="another place is no rename",
        ),
        pytest.param(
            ["A < O", "B < O", "C < O"],
            ["A < O quote=divisions-including-A", "B < O"],
            ["unlisted C"],
            id="a list that says it is not whole",
        ),
        pytest.param(
            ["A < O", "B < O", "X < A", "Y < A"],
            ["A < O", "B < O", "M < O", "X < M", "Y < A"],
            ["created M", "moved X"],
            id="a unit moves into a new one",
        ),
        pytest.param(
            ["A < O", "B < O", "C < O", "X < C"],
            ["A < O", "B < O", "X < B", "Z < B"],
            ["abolished C", "newly listed Z"],
            id="where the earlier page has no list, nothing is new, and what stands there did not move",
        ),
        pytest.param(
            ["A < O", "B < O", "X < A name=Support", "Y < B name=Support"],
            ["A < O", "B < O", "V < A name=Support", "W < B name=Support"],
            [],
            id="one name in two places",
        ),
        pytest.param(
            ["A < O name=Visa-Office"],
            ["A < O name=Travel-Service"],
            ["renamed A > A 0.9"],
            id="one address, two names",
        ),
    ],
)
def test_what_counts_as_a_change(old: list[str], new: list[str], wanted: list[str]) -> None:
    told = []
    for change in compare_snapshots(snapshot(*old), snapshot(*new)):
        iris = [part.iri for part in (change.old, change.new) if part]
        name = f"{' > '.join(iris)} {change.confidence}" if change.kind == "renamed" else iris[0]
        told.append(f"{change.kind} {name}")
    assert sorted(told) == sorted(wanted)
