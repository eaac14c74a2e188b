"""Between the references of a store and its graphs: what is kept of each source, and the graphs written from it.

The order is: what is kept of a source is durable first, then which things its references are, then its graph. A run
that is killed leaves every graph whole, old or new, and notes of what is to be written; the next run goes on there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, islice
from typing import Any, NoReturn

from migkg.build.engine import Engine, Run
from migkg.errors import MigkgError
from migkg.linking import apply_rulings, identify_record, resolve_references
from migkg.model import SourceRecord
from migkg.model.verdict import Rulings
from migkg.rdf import write_record
from migkg.rdf.namespaces import RDFS, SKOS
from migkg.store.changes import PackedSource, ReferenceChanges
from migkg.store.folder import FolderStore
from migkg.store.manifest import Manifest

# What has one of these in a source has names in the entities graph: things the first, themes the second.
_LABEL = f"{RDFS}label"
_CODE = f"{SKOS}notation"
_BATCH_GRAPHS = 250
_FEW = 5  # tasks of 400 forms


def keep_sources(references: ReferenceChanges, sources: Iterable[PackedSource], gone: Iterable[str]) -> None:
    """Take in what is kept of some sources, and take out others; durable when this returns.

    Args:
        gone: IRIs of sources that nothing holds any more.
    """
    with references.change():
        references.withdraw(sorted(gone))
        for source in sources:
            references.put(source)


def find_lost(store: FolderStore, references: ReferenceChanges, graphs: Iterable[str]) -> set[str]:
    """The sources of which nothing is kept, so that they have to be read again.

    Graphs that are missing (a lost disk write, a restored backup) though their source is kept are noted as unwritten.

    Args:
        graphs: those that a finished run has left.
    """
    present = set(store.graphs())
    wanted = set(graphs)
    lost = {graph for graph in wanted if not references.has(graph)}
    with references.change():
        references.set_unwritten(sorted(wanted - lost - present))
    return lost


def write_things(
    store: FolderStore,
    manifest: Manifest,
    references: ReferenceChanges,
    rulings: Rulings | None = None,
    engine: Engine | None = None,
) -> int:
    """Resolve what was touched and write the graphs of all sources that this changes.

    Args:
        rulings: what people decided; ``None`` leaves what was applied last in force.
        engine: what finds blocks and scores pairs, where there are many; ``None``: this process.

    Returns:
        The number of graphs that were written or removed.
    """
    if rulings is not None:
        with references.change():
            apply_rulings(references, rulings)
    resolve_references(references, partial(_run, engine) if engine else map)
    if engine:
        engine.rest()
    written = 0
    while batch := references.unwritten(_BATCH_GRAPHS):
        graphs = {graph: _write(references, record) if record else [] for graph, record in batch}
        touched = {iri for graph in graphs for name in (_LABEL, _CODE) for iri in store.subjects(graph, name)}
        touched |= {iri for lines in graphs.values() for iri in _named(lines)}
        manifest.begin((), sorted(touched))
        store.replace_graphs(graphs, (line for lines in graphs.values() for line in lines))
        store.flush()
        with references.change():
            references.set_written(graphs)
        written += len(graphs)
    return written


def _run(engine: Engine, stage: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
    """The results of a stage in order; where there is little to do, processes are not worth it."""
    tasks = iter(tasks)
    few = list(islice(tasks, _FEW))
    if len(few) < _FEW:
        return map(stage, few)
    return Run(engine, stage, singly=lambda task: [task], give_up=_give_up).results(chain(few, tasks))


def _give_up(task: Any) -> NoReturn:
    raise MigkgError("deciding what is one thing ended a worker process twice; --workers 1 decides without them")


def _write(references: ReferenceChanges, record: Mapping[str, Any]) -> list[str]:
    return write_record(identify_record(references, SourceRecord.from_json(record)))


def _named(lines: Iterable[str]) -> Iterator[str]:
    """The IRIs that some lines give a label or a code."""
    for line in lines:
        subject, predicate, _ = line.split(" ", 2)
        if predicate in (f"<{_LABEL}>", f"<{_CODE}>"):
            yield subject[1:-1]
