"""Which extractor reads the documents: options of the commands that read, and the connection of a language model."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import click

from migkg.errors import UsageError

if TYPE_CHECKING:
    from migkg.extract import Extractor

Command = TypeVar("Command", bound=Callable[..., Any])
KEY = "MIGKG_LLM_KEY"
MAX_ANSWER_BYTES = 4 * 1024 * 1024
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def extractor_options(command: Command) -> Command:
    """Add ``--extractor`` and the options of a language model; ``chosen_extractor`` reads them from the context."""
    options = (
        click.option(
            "--extractor",
            type=click.Choice(("rules", "llm")),
            default="rules",
            show_default=True,
            expose_value=False,
            callback=_keep,
            help="rules: offline and the same each time; llm: a language model that you name, every claim checked.",
        ),
        click.option("--llm-endpoint", metavar="URL", expose_value=False, callback=_keep, help=_ENDPOINT_HELP),
        click.option(
            "--llm-model", metavar="NAME", expose_value=False, callback=_keep, help="Name of the model there."
        ),
        click.option(
            "--llm-timeout",
            type=click.FloatRange(min=0.1, max=3600),
            metavar="SECONDS",
            default=120.0,
            show_default=True,
            expose_value=False,
            callback=_keep,
            help="Longest time for one answer.",
        ),
        click.option(
            "--llm-cache",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="DIR",
            expose_value=False,
            callback=_keep,
            help="Where answers are kept.  [default: $XDG_CACHE_HOME/migkg/llm, else ~/.cache/migkg/llm]",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


_MODEL_HELP = "Name of the model there."
_ENDPOINT_HELP = (
    "Base address of an OpenAI-compatible service (http://localhost:8080/v1); the texts are sent there. "
    f"A key is taken from ${KEY} only."
)


def chosen_extractor() -> "Extractor | None":
    """The language model that the command line asks for; ``None``: the rules.

    Raises:
        UsageError: address or name is missing or wrong, or a key would be sent in the clear.
    """
    given = click.get_current_context().meta
    endpoint, model = given.get(f"{__name__}.llm_endpoint"), given.get(f"{__name__}.llm_model")
    if given.get(f"{__name__}.extractor") != "llm":
        if endpoint or model:
            raise UsageError("--llm-endpoint and --llm-model need --extractor llm")
        return None
    if not endpoint or not model:
        raise UsageError("--extractor llm needs --llm-endpoint and --llm-model")
    from migkg.extract.llm import LanguageModel
    from migkg.extract.llm.cache import AnswerCache, default_folder

    send = connect(endpoint, given[f"{__name__}.llm_timeout"])
    return LanguageModel(endpoint, model, send, AnswerCache(given.get(f"{__name__}.llm_cache") or default_folder()))


def connect(endpoint: str, timeout: float) -> Callable[[str, bytes], tuple[int, bytes]]:
    """What posts JSON to an endpoint, with the key of the environment; see ``migkg.store.connection``.

    Raises:
        UsageError: this is no address, or a key would be sent without encryption to another machine.
    """
    from migkg.store.connection import Access, Connection, read_address

    key = os.environ.get(KEY)
    read_address(endpoint)
    parts = urlsplit(endpoint)
    if key and parts.scheme == "http" and parts.hostname not in _LOCAL:
        raise UsageError(f"${KEY} is not sent over http to another machine; use https")
    connection = Connection(endpoint, Access(token=key), timeout, max_bytes=MAX_ANSWER_BYTES)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}

    def send(address: str, body: bytes) -> tuple[int, bytes]:
        reply = connection.send("POST", address, body, headers)
        return reply.status, reply.body

    return send


def say_dropped(extractor: "Extractor | None") -> list[tuple[str, str]]:
    """Lines for the end of a run: what a language model said that was not kept."""
    if extractor is None or not extractor.dropped:
        return []
    total = ("dropped from answers", f"{sum(extractor.dropped.values()):,}")
    ordered = sorted(extractor.dropped.items(), key=lambda item: (-item[1], item[0]))
    return [total, *((f"  {reason}", f"{number:,}") for reason, number in ordered)]


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    context.meta[f"{__name__}.{parameter.name}"] = value
