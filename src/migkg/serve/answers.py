"""From a job to a response: the answer comes from memory, from the same question under way, or from a worker.

The store cannot change while it is served, so an answer stays right as long as the service runs.
"""

import asyncio
import hashlib
import json
import os
import weakref
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from migkg.errors import ServiceRefusal
from migkg.serve.messages import Job, Reply
from migkg.serve.pool import Pool
from migkg.serve.settings import MEBIBYTE

CACHE_BYTES = 64 * MEBIBYTE
FILE_WEIGHT = MEBIBYTE // 2
SPOOL_BYTES = 4096 * MEBIBYTE  # of long answers on disk, kept or still being read by slow clients
DOWNLOAD_SECONDS = 900  # to write the whole graph, once
_PIECE = 256 * 1024
_CLIENT_GONE = 499


@dataclass(slots=True)
class Answer:
    """A reply whose long body is an open file without a name: it is gone when the last reader is."""

    reply: Reply
    file: BinaryIO | None
    size: int
    tag: str


@dataclass(slots=True)
class _Flight:
    task: "asyncio.Task[Answer]"
    waiting: int = 0


class Desk:
    """Takes questions and hands out answers."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._flights: dict[str, _Flight] = {}
        self._known: OrderedDict[str, Answer] = OrderedDict()
        self._held = 0
        self._spooled = 0

    async def respond(self, request: Request, job: Job) -> Response:
        """The response to a job, for a client that may leave while it waits.

        Raises:
            ServiceRefusal: the job cannot be done, with its status.
        """
        answer = await self.fetch(request, job)
        headers = {**answer.reply.headers, "Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
        if request.method in {"GET", "HEAD"}:
            headers["ETag"] = answer.tag
            if answer.tag in {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}:
                return Response(status_code=304, headers=headers)
        if answer.file is None:
            return Response(answer.reply.body, 200, headers, answer.reply.media_type)
        headers["Content-Length"] = str(answer.size)
        return StreamingResponse(_read(answer.file, answer.size), 200, headers, answer.reply.media_type)

    async def fetch(self, request: Request, job: Job) -> Answer:
        """The answer to a job.

        Raises:
            ServiceRefusal: the job cannot be done, with its status.
        """
        key = json.dumps(job, sort_keys=True)
        if key in self._known and "no-cache" not in request.headers.get("cache-control", ""):
            self._known.move_to_end(key)
            return self._known[key]
        flight = self._flights.get(key)
        if flight is None:
            client = request.client.host if request.client else ""
            flight = self._flights[key] = _Flight(asyncio.ensure_future(self._ask(key, job, client)))
        flight.waiting += 1
        try:
            return await _unless_gone(request, flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                flight.task.cancel()
                self._flights.pop(key, None)

    async def _ask(self, key: str, job: Job, client: str) -> Answer:
        try:
            if self._spooled > SPOOL_BYTES:
                raise ServiceRefusal(
                    503, "too many long answers are being read; try again later", {"Retry-After": "60"}
                )
            timeout = DOWNLOAD_SECONDS if job["do"] == "graph" else None
            answer = await asyncio.to_thread(_take, await self._pool.run(job, client, timeout))
        finally:
            self._flights.pop(key, None)
        if answer.reply.status >= 400:
            said = answer.reply.body.decode(errors="replace").strip()
            raise ServiceRefusal(answer.reply.status, said, answer.reply.headers)
        if answer.file is not None:
            self._spooled += answer.size
            weakref.finalize(answer.file, self._release, answer.size)
        self._keep(key, answer)
        return answer

    def _release(self, size: int) -> None:
        self._spooled -= size

    def _keep(self, key: str, answer: Answer) -> None:
        self._held += _weight(key, answer) - (_weight(key, self._known[key]) if key in self._known else 0)
        self._known[key] = answer
        while self._held > CACHE_BYTES:
            old, forgotten = self._known.popitem(last=False)
            self._held -= _weight(old, forgotten)


def _weight(key: str, answer: Answer) -> int:
    """Bytes that an answer counts for; one in a file takes no memory, but the number of open files is limited too."""
    return len(key) + (answer.size if answer.file is None else max(FILE_WEIGHT, answer.size // 16))


async def _unless_gone(request: Request, task: "asyncio.Task[Answer]") -> Answer:
    """The outcome of a task, unless the client leaves before."""
    gone = asyncio.ensure_future(_leaves(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ServiceRefusal(_CLIENT_GONE, "the client has left")
        return task.result()
    finally:
        gone.cancel()


async def _leaves(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _take(reply: Reply) -> Answer:
    """Take over the file of a reply, so that it is gone with its last reader."""
    if reply.file is None:
        digest = hashlib.sha256(reply.body + reply.media_type.encode()).hexdigest()
        return Answer(reply, None, len(reply.body), f'"{digest[:32]}"')
    path = Path(reply.file)
    file = path.open("rb")
    with suppress(OSError):  # some systems keep the name of an open file; it goes with its folder
        path.unlink()
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Answer(replace(reply, file=None), file, os.fstat(file.fileno()).st_size, f'"{digest[:32]}"')


async def _read(file: BinaryIO, size: int) -> AsyncIterator[bytes]:
    for start in range(0, size, _PIECE):
        yield os.pread(file.fileno(), _PIECE, start)
