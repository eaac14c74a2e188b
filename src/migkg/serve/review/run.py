"""Starts the review page on this machine and waits until it is ended."""

import socket
from collections.abc import Callable

import uvicorn

from migkg.errors import UsageError
from migkg.serve.review.app import Queue, make_app
from migkg.serve.review.guard import Keys

HOST = "127.0.0.1"


def serve_review(queue: Queue, port: int, ready: Callable[[str], None]) -> None:
    """Serve the page until the process is interrupted.

    Args:
        port: 0 lets the system choose.
        ready: called with the address to open, when it can be opened.

    Raises:
        UsageError: the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise UsageError(
            f"port {port} of {HOST} cannot be used: {error.strerror}; choose another with --port"
        ) from error
    keys = Keys()
    chosen = listener.getsockname()[1]
    config = uvicorn.Config(
        make_app(queue, keys, chosen),
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=2,
    )
    listener.listen()
    ready(f"http://{HOST}:{chosen}/?token={keys.entry}")
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        listener.close()
