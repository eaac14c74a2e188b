"""A file of RDF as a store: put into a database in a folder of its own, which goes when the store is closed.

On disk and not in memory, because Oxigraph in memory is many times slower around hubs.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from migkg.errors import UsageError
from migkg.lines import sort_lines
from migkg.store.oxigraph import OxigraphStore

FORMS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
}
Place = Callable[[Iterable[str]], Mapping[str, set[str]]]


class FileStore(OxigraphStore):
    """The graph of a file of RDF. It is a copy: the file is never written."""

    def __init__(self, path: Path, place: Place) -> None:
        """See ``migkg.store.file_store``."""
        graphs = _read(path, place)
        self._folder = tempfile.TemporaryDirectory(prefix="migkg-")
        try:
            super().__init__(Path(self._folder.name) / "oxigraph")
            self.replace_graphs(graphs, (line for lines in graphs.values() for line in sorted(lines)))
        except BaseException:
            self._folder.cleanup()
            raise

    def close(self) -> None:
        """See ``Store.close``; the copy is removed."""
        super().close()
        self._folder.cleanup()


def read_lines(path: Path) -> Iterator[str]:
    """The quads of a file as N-Quads lines, sorted, in the graphs in which they stand there.

    Raises:
        UsageError: it cannot be read or is malformed.
    """
    return sort_lines(f"{quad} ." for quad in _parse(path))


def _read(path: Path, place: Place) -> dict[str, set[str]]:
    """The quads of a file as N-Quads lines by named graph."""
    graphs: dict[str, set[str]] = defaultdict(set)
    loose: list[str] = []
    for quad in _parse(path):
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs[quad.graph_name.value].add(f"{quad} .")
        else:
            loose.append(f"{quad.triple} .")
    for name, lines in place(loose).items():
        graphs[name] |= lines
    return graphs


def _parse(path: Path) -> Iterator[ox.Quad]:
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise UsageError(f"{path}: this ending is no RDF that can be asked; known are {', '.join(FORMS)}")
    try:
        for quad in ox.parse(path=str(path), format=form):
            if isinstance(quad.object, ox.Triple):
                raise UsageError(
                    f"{path}: holds statements about statements (RDF 1.2), which are not read: {quad}"[:300]
                )
            yield quad
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"{path}: is malformed: {' '.join(str(error).split())[:200]}") from error
