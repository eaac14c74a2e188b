"""The accepted links of a store: taken from a reviewed file, kept in the store folder, written by every build."""

import time
from contextlib import closing
from pathlib import Path

from migkg.build.derived import derive
from migkg.build.pipeline import Report
from migkg.build.summary import count_documents, count_entities
from migkg.resolve.link_table import load_links, save_links
from migkg.store import open_store
from migkg.store.folder import LINKS, MANIFEST
from migkg.store.manifest import Manifest


def take_links(path: Path, store_path: Path | str) -> Report:
    """Put the exact and close links of a file in the place of those that the store had.

    Args:
        path: a file of links; a missing one counts as empty, which takes all links out.
        store_path: an existing store.

    Returns:
        Numbers of links added and removed, and what the store holds afterwards.

    Raises:
        UsageError: there is no store, or the file cannot be read.
        DataFileError: a line of the file is malformed; the store stays as it was.
        StoreError: the store is held by another process, damaged, or its disk is full.
    """
    started = time.monotonic()
    report = Report()
    wanted = {link for link in load_links(path) if link.match in {"exact", "close"}}
    open_store(store_path, read_only=True).close()
    with closing(open_store(store_path)) as store, closing(Manifest(store.folder / MANIFEST)) as manifest:
        held = set(load_links(store.folder / LINKS))
        # Stale before the file changes: a run that is killed in between leaves nothing out of step.
        manifest.begin([], sorted({link.iri for link in wanted ^ held}))
        save_links(store.folder / LINKS, wanted)
        report.added, report.removed = len(wanted - held), len(held - wanted)
        derive(store, manifest)
        report.entities, report.documents = count_entities(store), count_documents(store)
    report.seconds = time.monotonic() - started
    return report
