"""Where the reviewed files of the project are: ontology/, data/ and queries/.

In a checkout they stand at the top level; in a wheel they are packed as ``migkg/_resources``.
"""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def resource_root() -> Path:
    """The folder that holds ontology/, data/ and queries/.

    Raises:
        FileNotFoundError: neither the packed nor the checked-out resources are there (a broken installation).
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parent.parent):
        if (root / "ontology").is_dir() and (root / "data").is_dir():
            return root
    raise FileNotFoundError("migkg is installed without its data files; install it again")


@cache
def interface_languages() -> tuple[str, ...]:
    """Codes of the languages in which migkg answers, sorted: one file each in data/interface/."""
    return tuple(sorted(path.stem for path in data_path("interface").glob("??.yaml")))


def ontology_path(name: str = "") -> Path:
    """A file under ontology/."""
    return resource_root() / "ontology" / name


def data_path(name: str = "") -> Path:
    """A file under data/."""
    return resource_root() / "data" / name


def queries_path(name: str = "") -> Path:
    """A file under queries/."""
    return resource_root() / "queries" / name
