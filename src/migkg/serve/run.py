"""Runs the service: the address, the workers, the signals that end it."""

import asyncio
import errno
import signal
import socket
from collections.abc import Callable
from contextlib import closing

import uvicorn

from migkg.errors import StoreError, UsageError
from migkg.serve.app import make_app
from migkg.serve.connection import Connection
from migkg.serve.pool import open_pool
from migkg.serve.settings import MEBIBYTE, Settings

_LONGEST_HEAD = MEBIBYTE // 4
_CONNECTIONS = 512


def run(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until a signal ends it.

    Args:
        settings: the options.
        ready: called with the address when requests are answered.

    Raises:
        UsageError: there is no such store, or the address cannot be used.
        StoreError: the store cannot be opened, or the port is taken.
    """
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _ignore)  # what uvicorn raises again after it has ended
    with closing(bind(settings.host, settings.port)) as listener:
        asyncio.run(_serve(settings, listener, ready))


async def _serve(settings: Settings, listener: socket.socket, ready: Callable[[str], None]) -> None:
    async with open_pool(settings) as pool:
        config = uvicorn.Config(
            make_app(settings, pool),
            http=Connection,
            ws="none",
            lifespan="off",
            access_log=False,  # addresses of clients and what they ask are nobody's business
            log_config=None,
            log_level="critical",  # the shield says what goes wrong
            server_header=False,
            proxy_headers=settings.public_url is not None,
            forwarded_allow_ips="127.0.0.1,::1",
            limit_concurrency=_CONNECTIONS,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
            timeout_graceful_shutdown=2,
        )
        await _Server(config, lambda: ready(_address(settings, listener))).serve([listener])


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens at an address.

    Raises:
        UsageError: the address cannot be used.
        StoreError: the port is taken.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # With its protocol said, so that asyncio knows it as TCP and sends small answers without 40 ms of waiting.
        listener = socket.socket(family, kind, protocol or socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise StoreError(f"port {port} of {host} is taken; choose another with --port, or 0 for any") from error
        raise UsageError(f"cannot listen at {host} port {port}: {error}") from error
    return listener


def _address(settings: Settings, listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _ignore(number: int, frame: object) -> None:
    pass
