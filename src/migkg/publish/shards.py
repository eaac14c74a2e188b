"""The graph as N-Quads in many files with a manifest, for the bulk loaders of other stores.

A source is always in the shard of the first two digits of its id, so the files are the same whoever writes them and in
whatever order the store was filled, and a changed source changes one of them. The manifest has a line for each shard
that is complete; a run that was stopped goes on after the last of them.
"""

import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from migkg import __version__
from migkg.errors import UsageError
from migkg.files import replace_file
from migkg.model.identifiers import ID
from migkg.publish.run import read_graph
from migkg.store.base import Store

MANIFEST = "manifest.jsonl"
_SUFFIX = ".nq.gz"
_SOURCE = f"{ID}source/"
_DIGITS = 2


class Shards(NamedTuple):
    """What a run did: numbers of shards written, left as they were, and removed; quads in all of them."""

    written: int
    same: int
    removed: int
    quads: int


def write_shards(
    store: Store, folder: Path, state: str = "", done: Callable[[str], None] = lambda name: None
) -> Shards:
    """Bring the shards in a folder in step with a store.

    Args:
        folder: made when it is missing; holds nothing but shards.
        state: a word that is another one whenever the graph is; shards that were written at the same word are not even
            computed. Empty: all are.
        done: told of each shard.

    Raises:
        UsageError: the folder holds something else.
        MigkgError: it cannot be written; each file is whole, old or new.
    """
    known = _open(folder)
    kept: dict[str, dict[str, Any]] = {}
    written = same = 0
    for name, graphs in groupby(sorted(store.graphs(), key=lambda graph: (shard_of(graph), graph)), key=shard_of):
        path, before = folder / f"{name}{_SUFFIX}", known.get(name, {})
        if not (state and before.get("state") == state and _is_whole(path, before)):
            packed, facts = _pack(store, list(graphs))
            if before.get("sha256") == facts["sha256"] and _is_whole(path, before):
                same += 1
            else:
                written += 1
                with replace_file(path) as file:
                    file.write(packed)
            kept[name] = {"shard": name, "file": path.name, **facts, "state": state, "migkg": __version__}
            _write(folder, {**known, **kept})
        else:
            same += 1
            kept[name] = before
        done(name)
    gone = known.keys() - kept.keys()
    _write(folder, kept)
    for name in gone:
        (folder / f"{name}{_SUFFIX}").unlink(missing_ok=True)
    return Shards(written, same, len(gone), sum(facts["quads"] for facts in kept.values()))


def shard_of(graph: str) -> str:
    """The shard that a named graph is in: ``00`` to ``ff`` for sources, ``derived`` for what follows from them."""
    return graph.removeprefix(_SOURCE)[:_DIGITS] if graph.startswith(_SOURCE) else "derived"


def _open(folder: Path) -> dict[str, dict[str, Any]]:
    """The lines of the manifest by shard; a line that a power cut left in pieces counts as missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = [p.name for p in folder.iterdir() if p.name != MANIFEST and not p.name.endswith((_SUFFIX, ".tmp"))]
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines() if (folder / MANIFEST).exists() else []
    except OSError as error:
        raise UsageError(f"{folder} cannot be used: {error.strerror or error}") from error
    if foreign:
        raise UsageError(f"{folder} holds {min(foreign)}, which is no shard; choose an empty or a new folder")
    known = {}
    for line in lines:
        try:
            facts = json.loads(line)
            known[str(facts["shard"])] = facts
        except (ValueError, TypeError, KeyError):
            continue
    return known


def _write(folder: Path, known: dict[str, dict[str, Any]]) -> None:
    with replace_file(folder / MANIFEST) as file:
        file.writelines((json.dumps(known[name], sort_keys=True) + "\n").encode() for name in sorted(known))


def _is_whole(path: Path, facts: dict[str, Any]) -> bool:
    return path.is_file() and path.stat().st_size == facts.get("bytes")


def _pack(store: Store, graphs: Iterable[str]) -> tuple[bytes, dict[str, Any]]:
    """A shard as it stands in its file, and what the manifest says of it."""
    quads, sources = 0, 0
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=6, mtime=0) as file:
        for graph in graphs:
            lines = read_graph(store, graph)
            file.writelines(f"{line.removesuffix(' .')} <{graph}> .\n".encode() for line in lines)
            quads += len(lines)
            sources += graph.startswith(_SOURCE)
    data = packed.getvalue()
    return data, {
        "sources": sources,
        "quads": quads,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
