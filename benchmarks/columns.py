"""Milliseconds of the twelve starred queries on a graph of a million triples: in the store, and as they are answered.

A query with a SQL form is answered from the columns beside the store, the others by the store itself; "answered" is the
whole way, from the question to its rows. Aim: the median under 150 ms, none over 1 s. The graph is that of
`queries.py` with 2,700 documents, compacted as a build leaves it. Median CPU time of 5, one process and one thread.

The facts compare two questions with DuckDB alone, on tables with whole numbers for keys that were made for nothing
else: pairs of actors in common meetings, and the chains of one donor. Aim: at most 5 times as long. The answers also
hold names, quotes, denominators and an order, which the bare tables do not know.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import report

import queries
from migkg.query.catalogue import load_catalogue
from migkg.query.run import ask, prepare
from migkg.query.twins import find_twin
from migkg.store import open_store
from migkg.store.base import Rows
from migkg.store.folder import FolderStore
from migkg.store.generation import FILE

BARE = """
CREATE TEMP TABLE keys AS SELECT thing, row_number() OVER () AS key
    FROM (SELECT subject AS thing FROM side.ties UNION SELECT object FROM side.ties);
CREATE TEMP TABLE seats AS SELECT DISTINCT a.key AS actor, e.key AS event FROM side.ties t
    JOIN keys a ON a.thing = t.subject JOIN keys e ON e.thing = t.object
    WHERE relation IN ('participatesIn', 'organises', 'chairs')
      AND subject NOT IN (SELECT thing FROM side.types WHERE type = 'Person');
CREATE TEMP TABLE links AS SELECT s.key AS subject, relation, o.key AS object FROM side.ties t
    JOIN keys s ON s.thing = t.subject JOIN keys o ON o.thing = t.object;
"""
PAIRS = """SELECT a.actor, b.actor, count(*) FROM seats a JOIN seats b ON a.event = b.event AND a.actor < b.actor
    GROUP BY a.actor, b.actor HAVING count(*) >= 3"""
CHAINS = """WITH RECURSIVE within AS (
    SELECT object AS funded, object AS part FROM links WHERE relation = 'funds' AND subject = $donor
    UNION SELECT w.funded, l.subject FROM within w JOIN links l ON l.object = w.part AND l.relation = 'partOf')
    SELECT w.funded, l.relation, l.subject FROM within w JOIN links l ON l.object = w.part WHERE relation = 'implements'
    UNION SELECT w.funded, l.relation, l.object FROM within w JOIN links l ON l.subject = w.part
    WHERE relation IN ('covers', 'takesPlaceIn')"""


def median(call: Callable[[], object], repeats: int) -> float:
    """Milliseconds of CPU."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def measure(store: FolderStore, name: str, values: dict[str, str], repeats: int) -> dict[str, object]:
    """One query both ways; it must give the same rows."""
    query = load_catalogue()[name]
    optional = {"object"} if name == "evidence-of" else set()
    question = prepare(name, {p.name: values[p.name] for p in query.parameters if p.required or p.name in optional})
    first, second = store.query(question.text, question.bindings), ask(store, question)
    assert first == second, name
    assert isinstance(second, Rows)
    row: dict[str, object] = {"query": name, "SQL form": "yes" if find_twin(query) else "no"}
    row["store ms"] = median(lambda: store.query(question.text, question.bindings), repeats)
    row["answered ms"] = median(lambda: ask(store, question), repeats)
    return row | {"rows": len(second.rows)}


def bare(folder: Path, donor: str, repeats: int) -> tuple[float, float, tuple[int, int]]:
    """Milliseconds of the pairs and of the chains in DuckDB alone, and the numbers of their rows."""
    connection = duckdb.connect(config={"threads": "1"})
    connection.execute(f"ATTACH '{folder / FILE}' AS side (READ_ONLY)")
    connection.execute(BARE)
    donor_key = "SELECT k.key FROM keys k JOIN side.texts t ON t.key = k.thing WHERE t.text = $donor"
    row = connection.execute(donor_key, {"donor": donor}).fetchone()
    assert row
    found = len(connection.execute(PAIRS).fetchall()), len(connection.execute(CHAINS, {"donor": row[0]}).fetchall())
    pairs = median(lambda: connection.execute(PAIRS).fetchall(), repeats)
    chains = median(lambda: connection.execute(CHAINS, {"donor": row[0]}).fetchall(), repeats)
    return pairs, chains, found


def count_bare(store: FolderStore, values: dict[str, str]) -> tuple[int, int]:
    """How many rows of the two answers the bare tables have, too: all pairs, and the chains behind the payments."""
    pairs = ask(store, prepare("meeting-network", {}))
    chains = ask(store, prepare("follow-the-money", {"donor": values["donor"]}))
    assert isinstance(pairs, Rows) and isinstance(chains, Rows)
    step = chains.columns.index("step")
    return len(pairs.rows), sum(cell.value != "funds" for row in chains.rows if (cell := row[step]))


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=2700)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--store", type=Path, help="keep the store there, or measure the one that is there")
    chosen = parser.parse_args()
    facts: dict[str, object] = {"documents": chosen.documents}
    with tempfile.TemporaryDirectory() as scratch:
        path = chosen.store or Path(scratch) / "store"
        if not path.exists():
            made = open_store(path)
            queries.fill(made, queries.make_extractions(chosen.documents))
            made.compact()
            start = time.process_time()
            made.close()
            facts["seconds_to_make_the_columns"] = time.process_time() - start
        store = open_store(path, read_only=True)
        values = queries.choose(store)
        rows = [measure(store, name, values, chosen.repeats) for name, q in load_catalogue().items() if q.stars]
        counted = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        facts["triples"] = int(counted.rows[0][0].value) if isinstance(counted, Rows) and counted.rows[0][0] else 0
        facts["megabytes_of_columns"] = (path / FILE).stat().st_size / 1e6
        counted_rows = count_bare(store, values)
        store.close()
        pairs, chains, found_rows = bare(path, values["donor"], chosen.repeats)
        assert found_rows == counted_rows, "both find the same pairs and chains"
    took = {str(row["query"]): float(str(row["answered ms"])) for row in rows}
    facts["median_ms"] = statistics.median(took.values())
    facts["slowest_ms"] = max(took.values())
    facts["pairs_in_bare_tables_ms"], facts["chains_in_bare_tables_ms"] = pairs, chains
    facts["pairs_times_as_long"] = took["meeting-network"] / pairs
    facts["chains_times_as_long"] = took["follow-the-money"] / chains
    report.show("Starred queries on a million triples", rows, chosen.json, **facts)


if __name__ == "__main__":
    main()
