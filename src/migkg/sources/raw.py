"""What was read from one source, before anybody has looked into it."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one source.

    Attributes:
        source: the source as given: path, URL or ``-``.
        location: absolute path, final URL, or ``stdin:<sha256>``.
        data: the content, not decoded.
        content_type: what a server declared (``text/html; charset=utf-8``), else ``None``.
    """

    source: str
    location: str
    data: bytes
    content_type: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, hexadecimal: an unchanged source has an unchanged digest."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def is_url(self) -> bool:
        return self.location.startswith(("http://", "https://"))
