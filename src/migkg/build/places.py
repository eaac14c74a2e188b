"""What belongs to a store beside its graph: its references, and the verdict file that it knows."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from migkg.errors import UsageError
from migkg.files import replace_file
from migkg.model.verdict import Rulings
from migkg.resolve.verdict_file import default_path, load_verdicts
from migkg.resolve.verdicts import weigh_verdicts
from migkg.store.folder import REFERENCES, VERDICTS
from migkg.store.references import References


@contextmanager
def open_references(store: Path) -> Iterator[References]:
    """The references of a store, for reading.

    Raises:
        UsageError: there is no store, or it was built before migkg kept references.
        StoreError: they are damaged.
    """
    if not store.is_dir():
        raise UsageError(f"there is no store at {store}; make one with: migkg build SOURCE --store {store}")
    if not (store / REFERENCES).is_file():
        raise UsageError(f"{store} holds no references of things; build it again: migkg build SOURCE --store {store}")
    with closing(References(store / REFERENCES, read_only=True)) as references:
        yield references


def find_verdicts(store: Path, given: Path | None = None) -> Path:
    """The verdict file of a store: the one that is given, else the one that it remembers, else the one beside it."""
    if given is not None:
        return given
    note = store / VERDICTS
    try:
        remembered = note.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return default_path(store)
    except (OSError, ValueError) as error:
        raise UsageError(f"{note} cannot be read: {error}") from error
    return Path(os.path.normpath(store / remembered)) if remembered else default_path(store)


def remember_verdicts(store: Path, given: Path | None) -> Path:
    """The verdict file of a store, which from now on is the given one, where one is given.

    It is kept relative to the store where that is possible, so that both can be moved together.

    Raises:
        MigkgError: the store cannot be written.
    """
    path = find_verdicts(store, given)
    if given is not None:
        try:
            kept = os.path.relpath(given.absolute(), store.absolute())
        except ValueError:  # another drive
            kept = str(given.absolute())
        store.mkdir(parents=True, exist_ok=True)
        with replace_file(store / VERDICTS) as file:
            file.write(f"{kept}\n".encode())
    return path


def read_rulings(store: Path, given: Path | None = None) -> Rulings | None:
    """What follows from the verdict file of a store; ``None`` where there is none, so that what was applied stays.

    Raises:
        UsageError: a file is named that is not there.
        DataFileError: a line of the file is malformed.
    """
    path = find_verdicts(store, given)
    if not path.exists():
        if given is not None:
            raise UsageError(f"there is no verdict file {given}")
        return None
    return weigh_verdicts(load_verdicts(path))
