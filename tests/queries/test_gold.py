"""Every named query over the graph of the annotated documents: real shapes, and the same rows in both engines."""

import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest
from stores import show, values

from migkg.extract.themes import find_themes
from migkg.query.catalogue import load_catalogue
from migkg.query.run import run
from migkg.rdf import graph_iri, to_nquads
from migkg.rdf.entities import describe_entity
from migkg.rdf.history import describe_names
from migkg.rdf.namespaces import ENTITIES_GRAPH
from migkg.resolve import authority_records, resolve_extraction
from migkg.store import memory_store, open_store
from migkg.store.base import Rows, Store, Triples
from support.gold import read_all

QUERIES = load_catalogue()
GIVEN = {
    "country": "MRT",
    "donor": "government:JPN",
    "organisation": "org:iom",
    "subject": "org:iom",
    "text": "border",
    "theme": "iom:border-management",
    "thing": "org:iom",
    "year": "2012",
}
OTHERS = {"events-in": {"country": "TZA"}, "joint-programmes": {"fund": "org:eu"}}
# No city acts in any of the documents, no two of the processes have exactly one member in common, and no programme on
# return has both a payer and a place.
EMPTY = {"cities", "dropped-claims", "process-bridges", "return-ties", "withdrawn-sources"}


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    graphs: dict[str, list[str]] = defaultdict(list)
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for extraction in map(resolve_extraction, read_all()):
        extraction = replace(extraction, themes=find_themes(extraction.document, extraction.entities))
        graphs[graph_iri(extraction.document)] = to_nquads(extraction)
        for iri, label in {(e.iri, e.label) for e in extraction.entities if e.iri}:
            names[iri].append((label, extraction.document.language))
    records = authority_records()
    graphs[ENTITIES_GRAPH] = [x for iri, said in names.items() for x in describe_entity(iri, said, records.get(iri))]
    graphs[ENTITIES_GRAPH] += [line for iri in names if iri in records for line in describe_names(records[iri])]
    oxigraph, rdflib = open_store(tmp_path_factory.mktemp("gold") / "store"), memory_store()
    for store in (oxigraph, rdflib):
        store.replace_graphs(graphs, [line for lines in graphs.values() for line in lines])
    yield {"oxigraph": oxigraph, "rdflib": rdflib}
    oxigraph.close()


@pytest.mark.parametrize("name", list(QUERIES))
def test_the_same_rows_in_both_engines(engines: dict[str, Store], name: str) -> None:
    given = {p.name: GIVEN[p.name] for p in QUERIES[name].parameters if p.required}
    given |= OTHERS.get(name, {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        first, second = (run(store, name, given) for store in engines.values())
    if isinstance(first, Triples):
        assert first == second
        assert first.lines
        return
    assert isinstance(first, Rows)
    assert isinstance(second, Rows)
    assert first.columns == second.columns == tuple(QUERIES[name].columns)
    assert list(map(values, show(first))) == list(map(values, show(second)))
    assert bool(first.rows) == (name not in EMPTY)
