"""How the service and its workers talk: lengths, a header as JSON, and bytes; nothing that could run code."""

import asyncio
import json
import struct
from dataclasses import dataclass, field
from typing import Any, BinaryIO

Job = dict[str, Any]
_LENGTHS = struct.Struct(">II")
# Longer answers go through a file, so that a slow reader of many long ones holds no memory.
IN_MEMORY = 256 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker made of a job.

    Attributes:
        status: as HTTP has it; below 400 the body is the whole answer, else the reason as one line.
        media_type: of the body.
        body: the answer itself, where it is short.
        file: path of a file that holds it, where it is long; whoever takes the reply removes it.
        headers: more headers for the client.
    """

    status: int
    media_type: str
    body: bytes = b""
    file: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


def pack(header: Job, body: bytes = b"") -> bytes:
    """A message as bytes."""
    text = json.dumps(header).encode()
    return _LENGTHS.pack(len(text), len(body)) + text + body


def pack_reply(reply: Reply) -> bytes:
    """A reply as bytes."""
    header = {"status": reply.status, "type": reply.media_type, "file": reply.file, "headers": reply.headers}
    return pack(header, reply.body)


def read_job(stream: BinaryIO) -> Job | None:
    """The next job from the service; ``None`` when there will be no more."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header, body = _LENGTHS.unpack(lengths)
    job: Job = json.loads(stream.read(header))
    stream.read(body)
    return job


async def read_reply(stream: asyncio.StreamReader) -> Reply:
    """The next reply of a worker.

    Raises:
        asyncio.IncompleteReadError: the worker has ended in the middle of its work.
    """
    header, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    said = json.loads(await stream.readexactly(header))
    data = await stream.readexactly(body)
    return Reply(said["status"], said["type"], data, said["file"], said["headers"])
