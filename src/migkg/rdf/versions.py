"""Earlier versions of pages, and pages that are gone: docs/decisions/0046 and 0047."""

from collections.abc import Iterator

from migkg.lines import write_literal
from migkg.model import Document, SourceRecord
from migkg.model.identifiers import digest
from migkg.rdf import namespaces as ns


def version_iri(document: Document, address: str, retrieved: str) -> str:
    """The IRI of an earlier version: of what it says, where, and since when.

    Args:
        document: what the page said.
        address: the address that it was retrieved from.
        retrieved: when, ISO 8601 in UTC.
    """
    return ns.VERSION + digest(document.id, address, retrieved)


def write_former(record: SourceRecord) -> Iterator[str]:
    """The triples that place an earlier version in time and before the latest version.

    Args:
        record: with ``former``.
    """
    former = record.former
    if former is None:
        return
    yield f"<{former.latest}> <{ns.PROV}wasRevisionOf> <{former.iri}>"
    yield f"<{former.iri}> <{ns.MG}retrieved> {write_moment(former.retrieved)}"
    yield f"<{former.iri}> <{ns.MG}replaced> {write_moment(former.replaced)}"


def write_moment(moment: str) -> str:
    """A moment in UTC, ISO 8601, as N-Triples writes it; without the noughts that some stores drop."""
    seconds, point, fraction = moment.removesuffix("Z").partition(".")
    fraction = fraction.rstrip("0")
    moment = f"{seconds}{point if fraction else ''}{fraction}Z"
    return write_literal(moment, datatype=f"{ns.XSD}dateTime")
