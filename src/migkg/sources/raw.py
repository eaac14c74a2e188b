"""What was read from one source, before anybody has looked into it."""

import hashlib
from dataclasses import dataclass, field

from migkg.model import Extraction
from migkg.sources.metadata import Facts


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one text.

    Attributes:
        source: the source as given (path, URL or ``-``), with the address inside it where it holds several texts.
        location: absolute path, final URL, or ``stdin:<sha256>``; behind ``#`` the address inside it.
        data: the content, not decoded.
        content_type: what a server declared (``text/html; charset=utf-8``), else ``None``.
        address: where in a file that holds several texts it stands.
        captured: when an archive took it from the web, as the archive writes it; no date of publication.
        declared: what the file that holds the text says of it (a feed of its entry, an archive of its record).
        state: what tells this version of a fetched page from others, without its bytes; empty for all else.
        withdrawn: when it was first noticed that a fetched page is gone; empty while it is there.
        replaced: when the text of a fetched page that took the place of this one was retrieved; empty for the latest.
        next: that text.
        latest: the latest text of that page.
    """

    source: str
    location: str
    data: bytes
    content_type: str | None = None
    address: str | None = None
    declared: Facts = field(default_factory=Facts)
    captured: str | None = None
    state: str = ""
    withdrawn: str = ""
    replaced: str = ""
    next: "Raw | None" = None
    latest: "Raw | None" = None

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes and of what is declared, hexadecimal: an unchanged source has an unchanged digest."""
        digest = hashlib.sha256(self.data)
        if self.declared != Facts():
            digest.update(repr(self.declared).encode())
        return digest.hexdigest()

    @property
    def is_url(self) -> bool:
        return self.location.startswith(("http://", "https://"))

    @property
    def url(self) -> str | None:
        """Its address on the web, as far as it is known from outside the text."""
        return self.declared.url or (self.location if self.is_url else None)


@dataclass(frozen=True, slots=True)
class Stated:
    """One record of data (an IATI activity, a row of a table): what it says is stated, and needs no reading.

    Attributes:
        source, location: as those of ``Raw``.
        extraction: what it says; its document is the record as it stands in the file.
    """

    source: str
    location: str
    extraction: Extraction

    @property
    def digest(self) -> str:
        """SHA-256 of the record as it stands in the file, hexadecimal."""
        return hashlib.sha256(self.extraction.document.text.encode(errors="surrogatepass")).hexdigest()
