"""Claims, sources and sentences of an offline page: each stands in the page once and is pointed to by its place."""

from collections.abc import Iterable
from typing import Any

from migkg.network.evidence import Claim, Source
from migkg.render.payload import LONGEST_QUOTE, clip, web_address


class Evidence:
    """Collects what a page shows as evidence.

    ``add`` gives the places of claims, and ``data`` what they point to. The order of the calls decides the places.
    """

    def __init__(self) -> None:
        self._claims: dict[str, int] = {}
        self._records: list[dict[str, Any]] = []
        self._sources: dict[str, int] = {}
        self._documents: list[dict[str, Any]] = []
        self._quotes: dict[str, int] = {}

    def add(self, claims: Iterable[Claim]) -> list[int]:
        """The places of these claims in the page."""
        return [self._place(claim) for claim in claims]

    def add_sources(self, sources: Iterable[Source]) -> list[int]:
        """The places of these documents in the page."""
        return [self._source(source) for source in sources]

    def data(self) -> dict[str, Any]:
        """``claims`` (quote and source by place, status, confidence, amounts, post), ``sources`` and ``quotes``."""
        quotes = [clip(quote, LONGEST_QUOTE) for quote in self._quotes]
        return {"claims": self._records, "sources": self._documents, "quotes": quotes}

    def _place(self, claim: Claim) -> int:
        if claim.iri not in self._claims:
            self._claims[claim.iri] = len(self._records)
            facts = {
                "quote": self._quotes.setdefault(claim.quote, len(self._quotes)),
                "source": self._source(claim.source),
                "status": clip(claim.status),
                "confidence": None if claim.confidence is None else round(claim.confidence, 3),
                "amounts": [[clip(part) for part in (a.value, a.currency, a.kind)] for a in claim.amounts],
                "post": clip(claim.post),
            }
            self._records.append({name: value for name, value in facts.items() if value not in (None, [])})
        return self._claims[claim.iri]

    def _source(self, source: Source) -> int:
        if source.iri not in self._sources:
            self._sources[source.iri] = len(self._documents)
            facts = {
                "title": clip(source.title or source.name),
                "url": web_address(source.url),
                "issued": clip(source.issued),
                "language": clip(source.language),
                "publisher": clip(source.publisher),
                "withdrawn": clip(source.withdrawn),
            }
            self._documents.append({name: value for name, value in facts.items() if value})
        return self._sources[source.iri]
