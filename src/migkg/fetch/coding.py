"""Content codings, taken off with a limit: a few kilobytes can unpack to gigabytes."""

import zlib

from migkg.fetch.failure import Failure

GZIP, ZLIB = 31, 15
# A file of very many empty members would cost quadratic time.
MOST_MEMBERS = 100
_GZIP_MAGIC = b"\x1f\x8b"


def unpack(data: bytes, coding: str, limit: int) -> bytes | Failure:
    """The data without its content coding.

    Args:
        coding: the value of ``Content-Encoding``.
        limit: largest result in bytes.
    """
    for name in reversed([part.strip().casefold() for part in coding.split(",") if part.strip()]):
        if name == "identity":
            continue
        if name not in ("gzip", "x-gzip", "deflate"):
            return Failure(f"packed in a way that was not asked for: {name}")
        unpacked = b"" if not data else _inflate(data, ZLIB if name == "deflate" else GZIP, limit)
        if isinstance(unpacked, Failure):
            return unpacked
        data = unpacked
    return data


def unpack_file(data: bytes, limit: int) -> bytes | Failure:
    """The contents of a file that may be a gzip file (``sitemap.xml.gz``), else the file itself."""
    return _inflate(data, GZIP, limit) if data.startswith(_GZIP_MAGIC) else data


def _inflate(data: bytes, mode: int, limit: int) -> bytes | Failure:
    """All members of the data, one after the other."""
    whole = bytearray()
    try:
        for _ in range(MOST_MEMBERS):
            packer = zlib.decompressobj(mode)
            whole += packer.decompress(data, limit + 1 - len(whole))
            if len(whole) > limit or packer.unconsumed_tail:
                return Failure(f"too large: it unpacks to more than {limit / 1e6:g} MB")
            if not packer.eof:
                return Failure("cut short: the packed content has no end", passing=True)
            data = packer.unused_data
            if not data:
                return bytes(whole)
    except zlib.error as error:
        return Failure(f"packed content that cannot be unpacked: {error}")
    return Failure(f"packed in more than {MOST_MEMBERS} parts")
