"""One thing that two graphs say differently."""

from dataclasses import dataclass

from migkg.network.evidence import Claim, Source

CHANGES = ("added", "changed", "withdrawn")
KINDS = ("actors", "ties", "units", "things", "identity", "themes", "documents", "other")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the two graphs say differently.

    Attributes:
        change: one of ``CHANGES``; kind: one of ``KINDS``.
        subject: IRI. predicate: name of the relation, empty for a property. object: IRI, or empty.
        what: what differs (``status``, ``amount``, ``name``, ``date`` …); empty where the whole fact is new or gone.
        before, after: the values of that, as text.
        old, new: the claims of either side that differ. sources: documents, where there is no claim.
        confidence: 0 to 1, of a fact that was found by comparing two pages.
    """

    change: str
    kind: str
    subject: str
    predicate: str = ""
    object: str = ""
    what: str = ""
    before: str = ""
    after: str = ""
    old: tuple[Claim, ...] = ()
    new: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    confidence: float | None = None
