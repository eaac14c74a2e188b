"""The whole graph as files."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from migkg.errors import StoreError
from migkg.lines import split_line
from migkg.rdf.export import RDF_WRITERS, Writer
from migkg.store.base import Store


class Dump(NamedTuple):
    """A format of the whole graph: its media type, and what writes it from sorted N-Quads lines."""

    media_type: str
    write: Writer


def write_ntriples(lines: Iterable[str]) -> Iterator[str]:
    """The union of all graphs as N-Triples, each triple once; the lines are sorted N-Quads."""
    last = ""
    for line in lines:
        quad = split_line(line)
        triple = f"{quad.subject} {quad.predicate} {quad.object} .\n"
        if triple != last:
            yield triple
        last = triple


# By the suffix of the address.
DUMPS: Mapping[str, Dump] = {
    "ttl": Dump("text/turtle; charset=utf-8", RDF_WRITERS["turtle"]),
    "nt": Dump("application/n-triples", write_ntriples),
    "nq": Dump("application/n-quads", RDF_WRITERS["nquads"]),
    "trig": Dump("application/trig", RDF_WRITERS["trig"]),
    "jsonld": Dump("application/ld+json", RDF_WRITERS["jsonld"]),
}


def write_dump(store: Store, suffix: str, folder: Path) -> Path:
    """Write the whole graph into a new file of a folder, and give its path.

    Raises:
        StoreError: the disk is full.
    """
    handle, path = tempfile.mkstemp(dir=folder, prefix="graph-", suffix=f".{suffix}")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(DUMPS[suffix].write(store.dump()))
    except OSError as error:
        Path(path).unlink(missing_ok=True)
        raise StoreError(f"the graph cannot be written for download: {error.strerror or error}") from error
    return Path(path)
