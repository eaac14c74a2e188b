"""Claims: what one source says of one possible edge, with the exact words and their place."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from migkg.lines import write_literal
from migkg.model import Evidence
from migkg.model.statement import Status
from migkg.rdf import namespaces as ns

_INTEGER, _DECIMAL = f"{ns.XSD}integer", f"{ns.XSD}decimal"


def write_claim(
    claim: str,
    subject: str,
    predicate: str,
    value: str,
    source: str,
    evidence: Evidence,
    status: Status,
    confidence: float,
    rule: str,
    *,
    former: bool = False,
) -> Iterator[str]:
    """The triples of one claim, without line ends.

    Args:
        claim, subject, predicate, source: IRIs.
        value: the object as N-Triples writes it: an IRI in angle brackets, or a literal.
        confidence: 0 to 1.
        rule: id of the rule that read it; may be empty.
        former: whether an earlier version of a page says it. Its class and two of its properties are then others, so
            that nobody who asks for what sources say gets it.
    """
    node = f"<{claim}>"
    kind, said_in, held = ("FormerClaim", "version", "formerStatus") if former else ("Claim", "source", "status")
    yield f"{node} <{ns.RDF}type> <{ns.MG}{kind}>"
    yield f"{node} <{ns.RDF}subject> <{subject}>"
    yield f"{node} <{ns.RDF}predicate> <{predicate}>"
    yield f"{node} <{ns.RDF}object> {value}"
    yield f"{node} <{ns.MG}{said_in}> <{source}>"
    yield f"{node} <{ns.MG}quote> {write_literal(evidence.text)}"
    yield f'{node} <{ns.MG}start> "{evidence.start}"^^<{_INTEGER}>'
    yield f'{node} <{ns.MG}end> "{evidence.end}"^^<{_INTEGER}>'
    yield f"{node} <{ns.MG}{held}> <{ns.STATUSES[status]}>"
    yield f'{node} <{ns.MG}confidence> "{_write_share(confidence)}"^^<{_DECIMAL}>'
    if evidence.place:
        yield f"{node} <{ns.MG}locator> {write_literal(evidence.place)}"
    if rule:
        yield f"{node} <{ns.MG}rule> {write_literal(rule)}"


@lru_cache(maxsize=1024)
def _write_share(value: float) -> str:
    return format(Decimal(str(round(min(max(value, 0.0), 1.0), 4))).normalize(), "f")
