"""The SQL forms that some named queries have: ``queries/<name>.sql`` beside ``queries/<name>.rq``.

Both give the same rows; a test asks both. The SQL is used when the columns beside the store are fresh.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from migkg.errors import DataFileError
from migkg.query.catalogue import NamedQuery, load_catalogue
from migkg.resources import queries_path

KINDS = ("iri", "string", "integer", "decimal")
_MARK = "--+"


@dataclass(frozen=True, slots=True)
class Twin:
    """The SQL form of a named query.

    Attributes:
        sql: the file; ``$name`` stands for a parameter.
        kinds: the columns of the answer, in order, to what their values are: one of ``KINDS``.
    """

    sql: str
    kinds: Mapping[str, str]


def find_twin(query: NamedQuery) -> Twin | None:
    """The SQL form of a query of the catalogue; ``None`` for one that has none or that only bears the same name.

    Raises:
        DataFileError: the file cannot be read, or its columns are not those of the query.
    """
    return _read(query.name) if load_catalogue().get(query.name) is query else None


@cache
def _read(name: str) -> Twin | None:
    path = queries_path(f"{name}.sql")
    if not path.is_file():
        return None
    try:
        sql = path.read_text(encoding="utf-8")
        header = yaml.safe_load("\n".join(x[len(_MARK) :] for x in sql.splitlines() if x.startswith(_MARK)))
        kinds = {str(column): str(kind) for column, kind in header["columns"].items()}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise DataFileError(f"{path.name}: there is no header of '{_MARK}' lines with columns") from error
    if list(kinds) != list(load_catalogue()[name].columns) or not set(kinds.values()) <= set(KINDS):
        raise DataFileError(f"{path.name}: columns: must be those of {name}.rq, each one of {', '.join(KINDS)}")
    return Twin(sql, kinds)
