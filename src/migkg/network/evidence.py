"""What an edge of the network keeps: the claims behind it, each with its sentence and its source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was read.

    Attributes:
        iri: IRI of the source, which is also the name of its graph.
        title: title of the release or page; empty where it has none.
        url: address of the page, where it is known.
        issued: publication date as an EDTF string, where the page gives it.
        language: ``en``, ``fr`` or ``es``.
        publisher: name of the publisher, where it is known.
        name: canonical address or file name.
        themes: codes of what it is about, sorted.
        withdrawn: the day on which it was first noticed that the page is gone.
    """

    iri: str
    title: str = ""
    url: str | None = None
    issued: str | None = None
    language: str | None = None
    publisher: str | None = None
    name: str | None = None
    themes: tuple[str, ...] = ()
    withdrawn: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as a source gives it: ``value`` is a decimal number in its lexical form."""

    value: str
    currency: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One source that says one edge.

    Attributes:
        iri: IRI of the claim.
        quote: the exact words.
        source: the document they stand in.
        status: ``stated``, ``planned`` or ``denied``.
        confidence: 0 to 1, or ``None`` where the graph has none.
        amounts: sums that the source ties to this edge.
        post: office held, for ``worksFor``.
    """

    iri: str
    quote: str
    source: Source
    status: str = "stated"
    confidence: float | None = None
    amounts: tuple[Amount, ...] = ()
    post: str | None = None

    @property
    def weight(self) -> tuple[bool, float, str]:
        """Sort key: stated claims first, then the surest, then by IRI, so that the order never changes."""
        return (self.status != "stated", -(self.confidence or 0.0), self.iri)
