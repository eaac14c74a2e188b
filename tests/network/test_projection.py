"""From a store to a network, on every store: what is kept, what is left out, and what a user may ask for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from migkg.errors import UsageError
from migkg.model.vocabulary import RELATIONS
from migkg.network.evidence import Amount
from migkg.network.projection import edges_of, find_node, project, strengths
from migkg.rdf.mapping import graph_iri, to_nquads
from migkg.resolve import resolve_extraction
from migkg.store import memory_store, open_store
from migkg.store.base import Rows, WritableStore
from support.gold import read_all

PREFIXES = {
    "mg:": "https://w3id.org/migkg/ont#",
    "id:": "https://w3id.org/migkg/id/",
    "rdf:": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs:": "http://www.w3.org/2000/01/rdf-schema#",
    "skos:": "http://www.w3.org/2004/02/skos/core#",
    "dcterms:": "http://purl.org/dc/terms/",
    "schema:": "https://schema.org/",
    "org:": "http://www.w3.org/ns/org#",
}

# One line a triple; the last word is the graph. Names with a colon become IRIs.
RELEASE_1 = """
id:source/1 rdf:type mg:Source . 1
id:source/1 dcterms:title "Japan pays"@en . 1
id:source/1 dcterms:language "en" . 1
id:source/1 dcterms:issued "2015-03-02" . 1
id:source/1 dcterms:publisher id:org/iom . 1
id:source/1 schema:url "https://example.org/1" . 1
id:government/JPN rdf:type mg:Government . 1
id:government/JPN rdfs:label "Government of Japan"@en . 1
id:government/JPN mg:country "JPN" . 1
id:org/iom rdf:type mg:IntergovernmentalOrganisation . 1
id:org/iom rdfs:label "IOM"@en . 1
id:programme/p rdf:type mg:Programme . 1
id:programme/p rdfs:label "Border project"@en . 1
id:programme/p mg:when "2015-03/2017-03" . 1
id:government/JPN mg:funds id:programme/p . 1
id:claim/1 rdf:type mg:Claim . 1
id:claim/1 rdf:subject id:government/JPN . 1
id:claim/1 rdf:predicate mg:funds . 1
id:claim/1 rdf:object id:programme/p . 1
id:claim/1 mg:source id:source/1 . 1
id:claim/1 mg:quote "Japan gives 2 million" . 1
id:claim/1 mg:status id:status/stated . 1
id:claim/1 mg:confidence "0.9"^^<http://www.w3.org/2001/XMLSchema#decimal> . 1
id:funding/1 rdf:type mg:Funding . 1
id:funding/1 schema:funder id:government/JPN . 1
id:funding/1 schema:fundedItem id:programme/p . 1
id:funding/1 mg:amount "2000000"^^<http://www.w3.org/2001/XMLSchema#decimal> . 1
id:funding/1 schema:currency "USD" . 1
id:funding/1 mg:amountKind id:amount-kind/pledged . 1
id:funding/1 mg:source id:source/1 . 1
id:place/alone rdf:type mg:Place . 1
id:place/alone rdfs:label "Nowhere"@en . 1
"""
RELEASE_2 = """
id:source/2 rdf:type mg:Source . 2
id:source/2 dcterms:language "fr" . 2
id:government/JPN rdf:type mg:Government . 2
id:government/JPN rdfs:label "gouvernement japonais"@fr . 2
id:org/iom rdf:type mg:IntergovernmentalOrganisation . 2
id:org/iom rdfs:label "OIM"@fr . 2
id:programme/p rdf:type mg:Programme . 2
id:programme/p rdfs:label "projet"@fr . 2
id:person/x rdf:type mg:Person . 2
id:person/x rdfs:label "Ana Núñez"@fr . 2
id:claim/2 rdf:type mg:Claim . 2
id:claim/2 rdf:subject id:government/JPN . 2
id:claim/2 rdf:predicate mg:funds . 2
id:claim/2 rdf:object id:programme/p . 2
id:claim/2 mg:source id:source/2 . 2
id:claim/2 mg:quote "Le Japon ne finance rien" . 2
id:claim/2 mg:status id:status/denied . 2
id:claim/2 mg:confidence "0.95"^^<http://www.w3.org/2001/XMLSchema#decimal> . 2
id:claim/3 rdf:type mg:Claim . 2
id:claim/3 rdf:subject id:org/iom . 2
id:claim/3 rdf:predicate mg:implements . 2
id:claim/3 rdf:object id:programme/p . 2
id:claim/3 mg:source id:source/2 . 2
id:claim/3 mg:quote "L’OIM espère réaliser le projet" . 2
id:claim/3 mg:status id:status/planned . 2
id:person/x mg:worksFor id:org/iom . 2
id:claim/4 rdf:type mg:Claim . 2
id:claim/4 rdf:subject id:person/x . 2
id:claim/4 rdf:predicate mg:worksFor . 2
id:claim/4 rdf:object id:org/iom . 2
id:claim/4 mg:source id:source/2 . 2
id:claim/4 mg:quote "Ana Núñez, cheffe de mission de l’OIM" . 2
id:claim/4 mg:status id:status/stated . 2
id:claim/4 mg:confidence "0.5"^^<http://www.w3.org/2001/XMLSchema#decimal> . 2
id:membership/1 rdf:type org:Membership . 2
id:membership/1 org:member id:person/x . 2
id:membership/1 org:organization id:org/iom . 2
id:membership/1 mg:postName "cheffe de mission" . 2
"""
NAMES = """
id:org/iom skos:prefLabel "International Organization for Migration"@en . names
id:org/iom skos:prefLabel "Organisation internationale pour les migrations"@fr . names
id:org/iom skos:notation "IOM" . names
"""
JAPAN, IOM, PROJECT, PERSON = (
    f"{PREFIXES['id:']}{x}" for x in ("government/JPN", "org/iom", "programme/p", "person/x")
)


def fill(store: WritableStore, text: str) -> None:
    lines: dict[str, list[str]] = {}
    for line in text.strip().splitlines():
        triple, graph = line.rsplit(" ", 1)
        for prefix, namespace in PREFIXES.items():
            words = [f"<{namespace}{w[len(prefix) :]}>" if w.startswith(prefix) else w for w in triple.split(" ")]
            triple = " ".join(words)
        name = f"{PREFIXES['id:']}source/{graph}"
        lines.setdefault(name, []).append(f"{triple[:-2]} <{name}> .")
    for name, quads in lines.items():
        store.replace_graph(name, quads)


@pytest.fixture(params=["memory", "oxigraph"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WritableStore]:
    store: Any = memory_store() if request.param == "memory" else open_store(tmp_path / "store")
    yield store
    store.close()


@pytest.fixture
def store(empty: WritableStore) -> WritableStore:
    for part in (RELEASE_1, RELEASE_2, NAMES):
        fill(empty, part)
    return empty


def test_nodes_have_their_names_in_each_language(store: WritableStore) -> None:
    graph = project(store)
    iom = graph.nodes[IOM]
    assert iom["label"] == "International Organization for Migration"
    assert iom["labels"]["fr"] == "Organisation internationale pour les migrations"
    assert {"IOM", "OIM"} <= {*iom["aliases"], *iom["labels"].values()}
    assert (graph.nodes[JAPAN]["type"], graph.nodes[JAPAN]["country"]) == ("Government", "JPN")
    assert graph.nodes[PROJECT]["when"] == "2015-03/2017-03"
    assert project(store, language="fr").nodes[JAPAN]["label"] == "gouvernement japonais"


def test_only_direct_edges_are_edges_and_they_keep_all_claims(store: WritableStore) -> None:
    edges = {(s, p, o): claims for s, p, o, claims in edges_of(project(store))}
    assert set(edges) == {(JAPAN, "funds", PROJECT), (PERSON, "worksFor", IOM)}  # what is only planned is no edge
    first, second = edges[JAPAN, "funds", PROJECT]
    assert (first.status, first.quote, first.confidence) == ("stated", "Japan gives 2 million", 0.9)
    assert first.amounts == (Amount("2000000", "USD", "pledged"),)
    assert (first.source.title, first.source.issued, first.source.url) == (
        "Japan pays",
        "2015-03-02",
        "https://example.org/1",
    )
    assert first.source.publisher == "International Organization for Migration"
    assert (second.status, second.amounts, second.source.language) == ("denied", (), "fr")
    (office,) = edges[PERSON, "worksFor", IOM]
    assert office.post == "cheffe de mission"


def test_what_was_read_is_counted(store: WritableStore) -> None:
    facts = project(store, types=["Government", "Programme"]).graph
    assert (facts["documents"], facts["dated"], facts["languages"]) == (2, 1, {"en": 1, "fr": 1})


def test_nodes_without_edges_are_kept_on_demand(store: WritableStore) -> None:
    assert len(project(store)) == 4
    assert len(project(store, isolated=True)) == 5


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        ({"focus": JAPAN}, {"Government of Japan", "Border project"}),
        ({"focus": "border PROJECT"}, {"Government of Japan", "Border project"}),
        ({"focus": "ana nunez"}, {"Ana Núñez", "International Organization for Migration"}),
        ({"focus": "oim", "depth": 3}, {"Ana Núñez", "International Organization for Migration"}),
        ({"types": ["Person", "actor"]}, {"Ana Núñez", "International Organization for Migration"}),
        ({"types": ["government", "PROGRAMME"]}, {"Government of Japan", "Border project"}),
        ({"min_confidence": 0.8}, {"Government of Japan", "Border project"}),
        ({"min_confidence": 0.92}, set()),  # the denial is surer than the statement: that is no edge
        ({"focus": JAPAN, "types": ["Person"]}, {"Government of Japan"}),
    ],
)
def test_what_a_user_may_ask_for(store: WritableStore, options: dict[str, Any], labels: set[str]) -> None:
    graph = project(store, **options)
    assert {graph.nodes[n]["label"] for n in graph} == labels


def test_limit_keeps_the_strongest_and_says_what_went(store: WritableStore) -> None:
    fill(store, "id:programme/p mg:covers id:place/alone . 3")
    graph = project(store, limit=2)
    assert {graph.nodes[n]["label"] for n in graph} == {"Border project", "Government of Japan"}
    assert graph.graph["left_out"] == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"types": ["Gouvernement"]}, "unknown type 'Gouvernement'"),
        ({"focus": "Govrnment of Japan"}, "close names: Government of Japan"),
        ({"focus": "zzz"}, "nothing in the graph is called 'zzz'$"),
        ({"focus": "m"}, "may mean several things"),
        ({"focus": JAPAN, "depth": -1}, "0 or more"),
        ({"limit": 0}, "1 or more"),
    ],
)
def test_wrong_wishes(store: WritableStore, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        project(store, **options)


def test_an_empty_store_gives_an_empty_network(empty: WritableStore) -> None:
    graph = project(empty)
    assert len(graph) == 0
    assert graph.graph["documents"] == 0


@pytest.fixture(scope="module")
def gold_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritableStore]:
    """All annotated documents of the project."""
    store = open_store(tmp_path_factory.mktemp("gold") / "store")
    for extraction in read_all():
        resolved = resolve_extraction(extraction)
        store.replace_graph(graph_iri(resolved.document), to_nquads(resolved))
    yield store
    store.close()


def test_gold_documents_come_out_whole(gold_store: WritableStore) -> None:
    graph = project(gold_store, isolated=True)
    count = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o . ?s a ?t . FILTER(%s) } }"
    relation = 'STRSTARTS(STR(?p), "https://w3id.org/migkg/ont#") && ?p IN (%s)'
    wanted = count % (relation % ", ".join(f"<https://w3id.org/migkg/ont#{r}>" for r in RELATIONS))
    answer = gold_store.query(wanted)
    assert isinstance(answer, Rows) and answer.rows[0][0]
    assert graph.number_of_edges() == int(answer.rows[0][0].value) > 800
    texts = {graph_iri(e.document): e.document.text for e in read_all()}
    for _, _, _, claims in edges_of(graph):
        assert claims
        assert all(claim.quote in texts[claim.source.iri] for claim in claims)
    assert graph.graph["documents"] == len(texts)
    strongest = max(graph, key=lambda n: strengths(graph)[n])
    assert find_node(graph, "International Organization for Migration") == strongest
