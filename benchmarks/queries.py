"""Milliseconds of each named query on a store of 1,000 documents, median of 5, one process and one thread.

Aim: the starred questions under 100 ms each. The documents are the annotated ones of data/samples and tests/gold, over
and over, with countries, organisations, names, dates and sums changed: they say nothing true, but they have as many
statements as real releases, the same few organisations again and again, and many names that come once.
"""

import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import accumulate
from pathlib import Path

import report

from migkg.extract.themes import find_themes
from migkg.lexicon.gazetteer import read_table
from migkg.model import Document, Entity, Extraction, Statement
from migkg.query.catalogue import NamedQuery, load_catalogue
from migkg.query.run import ask, prepare, run
from migkg.rdf.entities import describe_entity
from migkg.rdf.mapping import graph_iri, to_nquads
from migkg.rdf.namespaces import ENTITIES_GRAPH
from migkg.resolve import authority_records, resolve_extraction
from migkg.store import open_store
from migkg.store.base import Rows, Store, WritableStore

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from support.gold import read_all

# Asked for are those of whom the graph says most.
MOST = {
    "country": "SELECT (STR(?c) AS ?x) { ?p mg:covers/mg:country ?c } GROUP BY ?c ORDER BY DESC(COUNT(?p)) ?c LIMIT 1",
    "donor": "SELECT ?x { ?x mg:funds ?o } GROUP BY ?x ORDER BY DESC(COUNT(?o)) ?x LIMIT 1",
    "organisation": "SELECT ?x { ?x mg:organises ?o } GROUP BY ?x ORDER BY DESC(COUNT(?o)) ?x LIMIT 1",
    "object": "SELECT ?x { ?c rdf:subject <SUBJECT> ; rdf:object ?x } GROUP BY ?x ORDER BY DESC(COUNT(?c)) ?x LIMIT 1",
}
COUNTRIES = tuple(row["iso3"] for row in read_table("countries") if row["kind"] == "country")
BODIES = tuple(iri for iri in sorted(authority_records()) if "/org/" in iri)


def make_extractions(number: int, seed: int = 7) -> Iterator[Extraction]:
    """So many extractions, always the same ones for the same seed."""
    rng = random.Random(seed)
    originals = list(read_all())
    for i in range(number):
        yield vary(originals[i % len(originals)], i, rng)


def vary(original: Extraction, i: int, rng: random.Random) -> Extraction:
    """The same document about other countries, other organisations, in another year and with other sums."""
    countries = {e.country: draw(COUNTRIES, rng) for e in original.entities if e.country}
    year = rng.randrange(2004, 2024)
    document: Document = original.document
    dated = rng.random() < 0.8
    document = replace(
        document, name=f"{i}-{document.name}", published=f"{year}-{i % 12 + 1:02d}-15" if dated else None
    )
    entities = tuple(vary_entity(e, i, countries, year, rng) for e in original.entities)
    statements = tuple(vary_statement(s, rng) for s in original.statements)
    return replace(original, document=document, entities=entities, statements=statements)


def vary_entity(entity: Entity, i: int, countries: dict[str, str], year: int, rng: random.Random) -> Entity:
    country = countries.get(entity.country or "")
    key, label = entity.key, entity.label
    if key and key.startswith("country:"):
        key = f"country:{country}"
    elif key and key != "org:iom" and rng.random() < 0.5:
        key = "org:" + draw(BODIES, rng).rsplit("/", 1)[1]
    elif key is None and country is None:
        # Programmes and bodies come back now and then; events and people seldom do.
        label = f"{label} {i if entity.type in {'Event', 'Person'} else int(rng.paretovariate(0.6)) % 400}"
    start, end = move(entity.start, year), move(entity.end, year)
    return replace(entity, key=key, label=label, country=country, start=start, end=end)


def vary_statement(statement: Statement, rng: random.Random) -> Statement:
    if statement.amount is None:
        return statement
    return replace(statement, amount=Decimal(rng.randrange(1, 400) * 25_000))


def move(date: str | None, year: int) -> str | None:
    return f"{year}{date[4:]}" if date and date[:4].isdigit() else date


def draw(values: tuple[str, ...], rng: random.Random) -> str:
    """One of the values, in a shuffled order of their own: the n-th comes about 1 / (n + 5) as often as it would."""
    order, weights = _ranks(values)
    return rng.choices(order, cum_weights=weights)[0]


@cache
def _ranks(values: tuple[str, ...]) -> tuple[list[str], list[float]]:
    order = random.Random(len(values)).sample(values, len(values))
    return order, list(accumulate(1 / (rank + 5) for rank in range(len(order))))


def fill(store: WritableStore, extractions: Iterator[Extraction]) -> None:
    """Put documents into a new store in one step, with the derived graph of names."""
    graphs, lines = [ENTITIES_GRAPH], []
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for extraction in map(resolve_extraction, extractions):
        extraction = replace(extraction, themes=find_themes(extraction.document, extraction.entities))
        graphs.append(graph_iri(extraction.document))
        lines += to_nquads(extraction)
        language = extraction.document.language
        for iri, label in sorted({(e.iri, e.label) for e in extraction.entities if e.iri}):
            names[iri].append((label, language))
    records = authority_records()
    for iri, said in names.items():
        lines += describe_entity(iri, said, records.get(iri))
    store.replace_graphs(graphs, lines)


def choose(store: Store) -> dict[str, str]:
    """A value for every parameter."""
    values = {"text": "border", "theme": "iom:border-management", "year": "2016"}
    for name, sparql in MOST.items():
        answer = run(store, sparql.replace("SUBJECT", values.get("organisation", "")))
        assert isinstance(answer, Rows)
        values[name] = answer.rows[0][0].value if answer.rows and answer.rows[0][0] else "VNM"
    return values | {"subject": values["organisation"], "thing": values["organisation"]}


def measure(store: Store, query: NamedQuery, values: dict[str, str], repeats: int) -> dict[str, object]:
    """Milliseconds and size of one query's answer."""
    optional = {"object"} if query.name == "evidence-of" else set()
    given = {p.name: values[p.name] for p in query.parameters if p.required or p.name in optional}
    question = prepare(query.name, given)
    times = []
    for _ in range(repeats):
        start = time.process_time()
        answer = ask(store, question)
        times.append((time.process_time() - start) * 1000)
    size = len(answer.rows) if isinstance(answer, Rows) else len(getattr(answer, "lines", ()))
    name = query.name + (" *" if query.stars else "")
    return {"query": name, "median CPU ms": statistics.median(times), "slowest": max(times), "rows": size}


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--store", type=Path, help="keep the store there, or measure the one that is there")
    parser.add_argument("--query", action="append", help="only these queries")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.store or Path(folder) / "store"
        if not path.exists():
            with_store = open_store(path)
            fill(with_store, make_extractions(chosen.documents))
            with_store.close()
        store = open_store(path, read_only=True)
        queries = [q for q in load_catalogue().values() if not chosen.query or q.name in chosen.query]
        values = choose(store)
        rows = [measure(store, query, values, chosen.repeats) for query in queries]
        counted = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        triples = [term.value for term in counted.rows[0] if term] if isinstance(counted, Rows) else []
        store.close()
    report.show("Named queries", rows, chosen.json, documents=chosen.documents, triples=int(triples[0]))


if __name__ == "__main__":
    main()
