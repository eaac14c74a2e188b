"""A process that answers one query at a time from a store of its own, until it is told to end or is ended.

``python -m migkg.serve.worker`` with the options as JSON; jobs come in at standard input, replies go out at standard
output. A query that takes too long cannot be stopped from inside (the engine hears no signal), so the service kills the
process. A query that takes too much memory meets the limit of the process. What a query could reach of the network is
closed before the first one is read.
"""

import ctypes
import ctypes.util
import json
import os
import select
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from migkg.errors import AnswerTooLarge, MigkgError, ServiceRefusal, StoreError, UsageError
from migkg.serve.jobs import Context, answer
from migkg.serve.messages import IN_MEMORY, Job, Reply, pack_reply, read_job
from migkg.store import open_store
from migkg.store.results import Limits

try:
    import resource
except ImportError:  # Windows has no such limits; there the wall clock alone ends a query
    resource = None  # type: ignore[assignment]

WARM_UP_AFTER = 0.1  # seconds without a job
_CLONE_NEWUSER, _CLONE_NEWNET, _PR_SET_PDEATHSIG = 0x10000000, 0x40000000, 1


def main(options: dict[str, Any]) -> None:
    """Answer jobs until there are no more.

    Args:
        options: ``store`` and ``spool`` (folders), ``memory`` (bytes), ``max_bytes``, ``max_rows``, and ``warm_up``,
            whether to load what a named question needs before the first one comes.
    """
    # Whoever presses Ctrl-C means the service, which then ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    offline = _leave_network()
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints may come between the replies
    try:
        store = open_store(options["store"], read_only=True)
    except (UsageError, StoreError) as error:
        _send(replies, Reply(400 if isinstance(error, UsageError) else 503, "text/plain", str(error).encode()))
        return
    _limit_memory(options["memory"])
    context = Context(store, Limits(options["max_bytes"], options["max_rows"]), Path(options["spool"]))
    _send(replies, Reply(200, "text/plain", headers={"offline": str(int(offline))}))
    if options["warm_up"]:
        _warm_up(context)
    while (job := read_job(sys.stdin.buffer)) is not None:
        _send(replies, _spool(run(context, job), context.spool))
    store.close()


def _warm_up(context: Context) -> None:
    """Load what the first named question will need, unless somebody is waiting already."""
    if sys.platform != "win32" and not select.select([sys.stdin], [], [], WARM_UP_AFTER)[0]:
        from migkg.query.catalogue import load_catalogue

        load_catalogue()
        _ = context.store.columns


def run(context: Context, job: Job) -> Reply:
    """The reply to a job, which says so when it cannot be done."""
    try:
        return answer(context, job)
    except ServiceRefusal as error:
        return _refusal(error.status, error, error.headers)
    except AnswerTooLarge as error:
        return _refusal(422, error)
    except StoreError as error:
        return _refusal(503, error)
    except MigkgError as error:
        return _refusal(400, error)
    except MemoryError:
        return _refusal(503, "the query needs more memory than one query may take")


def _refusal(status: int, reason: object, headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, "text/plain; charset=utf-8", f"{reason}\n".encode(errors="replace"), headers=headers or {})


def _spool(reply: Reply, folder: Path) -> Reply:
    if len(reply.body) <= IN_MEMORY:
        return reply
    handle, path = tempfile.mkstemp(dir=folder, prefix="answer-")
    with os.fdopen(handle, "wb") as file:
        file.write(reply.body)
    return Reply(reply.status, reply.media_type, b"", path, reply.headers)


def _send(stream: Any, reply: Reply) -> None:
    with suppress(BrokenPipeError):  # the service has ended; so will this
        stream.write(pack_reply(reply))
        stream.flush()


def _limit_memory(extra: int) -> None:
    """Let the process take so many bytes more than it has now."""
    if resource is None or not Path("/proc/self/statm").exists():
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    ceiling = pages * resource.getpagesize() + extra
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _die_with_parent() -> None:
    """On Linux the kernel ends this process when the service dies, even in the middle of a query."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _leave_network() -> bool:
    """Move into a network namespace without any interface, where the system allows it.

    The guard refuses whatever would call out; this is the second wall, for what it might overlook.

    Returns:
        Whether the process is cut off.
    """
    if sys.platform != "linux":
        return False
    libc = _libc()
    return bool(libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(ctypes.util.find_library("c") or "libc.so.6", use_errno=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
