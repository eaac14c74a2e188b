"""Which engine reads the documents: ``--engine`` and ``--workers`` of ``migkg build``."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.build.engine import Engine
    from migkg.extract import Extractor

Command = TypeVar("Command", bound=Callable[..., Any])
# A worker needs about 2 s until it has read its data: the time of as many documents.
_WORTH_A_WORKER = 150


def engine_options(command: Command) -> Command:
    """Add ``--engine`` and ``--workers``; ``chosen_engine`` reads them from the context."""
    options = (
        click.option(
            "--engine",
            metavar="local|dask[:ADDRESS]",
            default="local",
            show_default=True,
            expose_value=False,
            callback=_keep,
            help="local: processes of this machine; dask: Dask's processes here, or the scheduler at ADDRESS.",
        ),
        click.option(
            "--workers",
            type=click.IntRange(1, 256),
            metavar="N",
            expose_value=False,
            callback=_keep,
            help="Processes that read; 1 reads without any.  [default: one for each core, fewer for few documents]",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@contextmanager
def chosen_engine(documents: int, extractor: "Extractor | None") -> Iterator["Engine"]:
    """The engine that the command line asks for, until the block ends.

    Args:
        documents: how many will be read, to tell whether processes are worth their start.
        extractor: a language model is asked from this process, one document at a time.

    Raises:
        UsageError: there is no such engine, or it does not go with the other options.
        MissingExtra: Dask is not installed.
        MigkgError: the scheduler does not answer.
    """
    given = click.get_current_context().meta
    kind, workers = given[f"{__name__}.engine"], given.get(f"{__name__}.workers")
    name, _, address = kind.partition(":")
    if name not in {"local", "dask"} or (name == "local" and kind != name) or kind == "dask:":
        raise UsageError(f"unknown engine {kind!r}; choose local, dask or dask:ADDRESS (dask:tcp://host:8786)")
    if address and workers:
        raise UsageError("--workers goes with processes of this machine; a scheduler has workers of its own")
    if extractor and (name == "dask" or (workers or 1) > 1):
        raise UsageError("a language model is asked from one process: leave out --engine and --workers")
    with closing(_open(name, address, 1 if extractor else workers, documents)) as engine:
        yield engine


def _open(name: str, address: str, workers: int | None, documents: int) -> "Engine":
    from migkg.build.engine import InProcess

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if name == "dask":
        from migkg.build.cluster import Cluster

        return Cluster(address, workers or cores)
    number = workers or min(cores, documents // _WORTH_A_WORKER)
    if number <= 1:
        return InProcess()
    from migkg.build.processes import Processes

    return Processes(number)


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    context.meta[f"{__name__}.{parameter.name}"] = value
