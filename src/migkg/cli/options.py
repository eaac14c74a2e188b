"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.store.base import Store
    from migkg.store.connection import Access

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

    def decorate(command: Command) -> Command:
        return store(endpoint_options()(command)) if read else store(command)

    return decorate


def selection_options(command: Command) -> Command:
    """Add what says how much of the documents enters a store: ``people``, ``min_confidence`` and ``verdicts``."""
    for option in (
        click.option(
            "--verdicts",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="What people decided about identity.  [default: the file that the store knows, else DIR.verdicts.csv]",
        ),
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            default=0.3,
            show_default=True,
            help="Leave out statements that are less sure than this; 0 keeps all that extract prints.",
        ),
        click.option(
            "--people",
            type=click.Choice(("named", "roles", "none")),
            default="named",
            show_default=True,
            help="named: keep people with an office; roles: keep the office without the name; none: keep neither.",
        ),
    ):
        command = option(command)
    return command


def input_option(command: Command) -> Command:
    """Add ``--input`` to a reading command: a file of RDF instead of a store; its function gets ``file``."""
    option = click.option(
        "--input", "file", type=click.Path(path_type=Path), metavar="FILE", help="RDF to read instead of a store."
    )
    return option(command)


def page_file_option(default: str) -> Callable[[Command], Command]:
    """Add ``-o`` to a command that writes one page; its function gets ``output``, a path or ``-``.

    Args:
        default: the file where none is named.
    """
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        default=default,
        show_default=True,
        help="Where the page goes; - for standard output.",
    )


def open_input(store: Path, endpoint: str | None, file: Path | None) -> "Store":
    """As ``open_reading``, for a command that takes ``--input`` too.

    Raises:
        UsageError: more than one of them was given, or what was given cannot be read.
        StoreError: the store is held by a writing process or damaged.
    """
    if file is None:
        return open_reading(store, endpoint)
    context = click.get_current_context()
    if endpoint or context.get_parameter_source("store") is click.core.ParameterSource.COMMANDLINE:
        raise UsageError("give one of --store, --endpoint and --input")
    return open_file(file)


def open_file(file: Path) -> "Store":
    """A file of RDF (``.ttl``, ``.nt``, ``.nq``, ``.trig``) as a store. The caller closes it.

    Raises:
        UsageError: it cannot be read or is malformed.
    """
    from migkg.rdf.placing import place
    from migkg.store import file_store

    return file_store(file, place)


def endpoint_options(
    name: str = "--endpoint", required: bool = False, meaning: str = "", seconds: float = 60.0
) -> Callable[[Command], Command]:
    """Add the address of a server, and how to ask it, to a command; its function gets the address only.

    ``open_reading`` and ``read_access`` find the rest in the context of the command.
    """
    meaning = meaning or "A SPARQL endpoint to read from instead of a store."
    options = (
        click.option(name, metavar="URL", required=required, help=meaning),
        click.option(
            "--user",
            metavar="NAME",
            envvar="MIGKG_ENDPOINT_USER",
            expose_value=False,
            callback=_keep,
            help="User at the server; the password is taken from $MIGKG_ENDPOINT_PASSWORD or asked for.",
        ),
        click.option(
            "--auth",
            type=click.Choice(("basic", "digest")),
            envvar="MIGKG_ENDPOINT_SCHEME",
            expose_value=False,
            callback=_keep,
            help="How user and password are sent.  [default: basic]",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=1, max=86_400),
            metavar="SECONDS",
            expose_value=False,
            callback=_keep,
            help=f"Longest time for one request to the server.  [default: {seconds:g}]",
        ),
    )

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def read_access(timeout: float = 60.0) -> "tuple[Access, float]":
    """Who asks the endpoint, and the seconds that a request may take (by default ``timeout``).

    Raises:
        UsageError: a user was given, but no password, and nobody can be asked for it.
    """
    import os
    import sys
    from dataclasses import replace

    from migkg.store.connection import Access

    context = click.get_current_context(silent=True)
    given = context.meta if context else {}
    access, timeout = Access.from_environment(), given.get(f"{__name__}.timeout") or timeout
    if given.get(f"{__name__}.auth") == "digest":
        access = replace(access, scheme="digest")
    user = given.get(f"{__name__}.user")
    if user is None:
        return access, timeout
    password = os.environ.get("MIGKG_ENDPOINT_PASSWORD")
    if password is None:
        if not sys.stdin.isatty():
            raise UsageError("--user needs a password: set $MIGKG_ENDPOINT_PASSWORD")
        password = click.prompt(f"Password of {user}", hide_input=True, err=True)
    return replace(access, user=user, password=password, token=None), timeout


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    context.meta[f"{__name__}.{parameter.name}"] = value


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
    access, timeout = read_access()
    return remote_store(endpoint, timeout, access)
