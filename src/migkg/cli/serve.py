"""``migkg serve``: the graph at an address."""

from pathlib import Path
from urllib.parse import urlsplit

import click

from migkg.cli.options import store_options
from migkg.errors import UsageError


@click.command()
@store_options()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; others see what it shows.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any free port.")
@click.option("--public-url", metavar="URL", help="Where a reverse proxy on this machine shows the service.")
@click.option(
    "--allow-origin", "origins", metavar="ORIGIN", multiple=True, help="Let pages of this origin read answers."
)
@click.option("--workers", type=click.IntRange(1, 64), help="Queries answered at the same time.  [default: the cores]")
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=20, show_default=True, help="Seconds that a query may take."
)
@click.option(
    "--memory", type=click.IntRange(64), default=1024, show_default=True, help="MiB of memory that a query may take."
)
@click.option("--max-rows", type=click.IntRange(1), default=500_000, show_default=True, help="Rows of an answer.")
def serve(
    store: Path,
    host: str,
    port: int,
    public_url: str | None,
    origins: tuple[str, ...],
    workers: int | None,
    timeout: float,
    memory: int,
    max_rows: int,
) -> None:
    """Serve the graph over HTTP: a page for hands, SPARQL 1.1 for programs, linked data and downloads.

    Reading only. The address goes to standard output when the service is ready. A query that takes too long, too much
    memory or too many rows is ended with an error; part of an answer is never given. Building into the store has to
    wait until the service ends.

    \b
    Examples:
      migkg serve --store migkg-store
      migkg serve --store migkg-store --port 0 --timeout 60
      curl 'http://127.0.0.1:8765/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D'
    """
    from dataclasses import replace

    from migkg.serve.run import run
    from migkg.serve.settings import MEBIBYTE, Settings

    settings = Settings(
        store=store,
        host=host,
        port=port,
        timeout=timeout,
        memory=memory * MEBIBYTE,
        max_rows=max_rows,
        origins=tuple(_check_origin(origin) for origin in origins),
        public_url=_check_url(public_url),
    )
    run(replace(settings, workers=workers) if workers else settings, lambda address: _say(address, store))


def _say(address: str, store: Path) -> None:
    click.echo(address)
    click.echo(f"serving {store} for reading; a build of it has to wait until this ends (Ctrl-C)", err=True)


def _check_origin(origin: str) -> str:
    parts = urlsplit(origin)
    if parts.scheme not in {"http", "https"} or not parts.netloc or origin != f"{parts.scheme}://{parts.netloc}":
        raise UsageError(f"--allow-origin takes scheme and host such as https://example.org, not {origin!r}")
    return origin


def _check_url(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(f"--public-url takes an address such as https://example.org/graph/, not {url!r}")
    return url.rstrip("/") + "/"
