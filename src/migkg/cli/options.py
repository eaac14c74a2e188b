"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.store.base import Store

Command = TypeVar("Command", bound=Callable[..., Any])
DEFAULT_STORE = "migkg-store"


def store_options(read: bool = False) -> Callable[[Command], Command]:
    """Add ``--store`` (a ``Path`` named ``store``) and, where reading is enough, ``--endpoint`` to a command.

    Args:
        read: whether the command only reads; its function then also gets ``endpoint``, a string or ``None``.
    """
    store = click.option(
        "--store",
        metavar="DIR",
        type=click.Path(path_type=Path),
        envvar="MIGKG_STORE",
        default=DEFAULT_STORE,
        show_default="$MIGKG_STORE, else ./migkg-store",
        help="The folder of the store.",
    )
    endpoint = click.option("--endpoint", metavar="URL", help="A SPARQL endpoint to read from instead of a store.")

    def decorate(command: Command) -> Command:
        return store(endpoint(command)) if read else store(command)

    return decorate


def open_reading(store: Path, endpoint: str | None) -> "Store":
    """Open what a reading command was pointed to. The caller closes it.

    Raises:
        UsageError: there is no such store, the address is none, or both were given on the command line.
        StoreError: the store is held by a writing process or damaged.
    """
    from migkg.store import open_store, remote_store

    if endpoint is None:
        return open_store(store, read_only=True)
    context = click.get_current_context(silent=True)
    given = context.get_parameter_source("store") if context else None
    if given is click.core.ParameterSource.COMMANDLINE:
        raise UsageError("give either --store or --endpoint, not both")
    return remote_store(endpoint)
