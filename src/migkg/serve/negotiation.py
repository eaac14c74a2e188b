"""Which of the formats on offer a client gets: Accept headers with q-values, after RFC 9110, section 12.5.1."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from migkg.errors import ServiceRefusal


class Offer(NamedTuple):
    """A format that can be had.

    Attributes:
        kind: its name here.
        types: media types that stand for it; the first one is its own, the others are asked for by older clients.
        aliases: other names of it, as clients write them into addresses.
    """

    kind: str
    types: tuple[str, ...]
    aliases: tuple[str, ...] = ()


RESULTS = (
    Offer("json", ("application/sparql-results+json", "application/json")),
    Offer("xml", ("application/sparql-results+xml", "application/xml", "text/xml")),
    Offer("csv", ("text/csv",)),
    Offer("tsv", ("text/tab-separated-values",)),
)
GRAPHS = (
    Offer("turtle", ("text/turtle", "application/x-turtle"), ("ttl", "n3")),
    Offer("ntriples", ("application/n-triples", "text/plain"), ("nt", "n-triples")),
    Offer("jsonld", ("application/ld+json", "application/json"), ("json-ld", "json")),
    Offer("rdfxml", ("application/rdf+xml", "application/xml", "text/xml"), ("rdf+xml", "rdf", "xml")),
)
HTML = Offer("html", ("text/html", "application/xhtml+xml"))
# Text is UTF-8. The types of XML, JSON and RDF say so themselves or have no such parameter.
_WITH_CHARSET = ("text/",)


def choose(accept: str | None, offers: Sequence[Offer], wanted: Sequence[str] = ()) -> tuple[str, str]:
    """The format to answer in, and the media type to call it.

    Args:
        accept: the Accept header; none, or one in which there is no media range, takes anything.
        offers: what can be had, what we like best first.
        wanted: formats that the address itself asks for by name; the first that can be had goes before the header.

    Raises:
        ServiceRefusal: 406, nothing on offer is acceptable; 400, no format has this name.
    """
    names = [name.lower() for name in wanted if name]
    for name in names:
        for offer in offers:
            if name in (offer.kind, *offer.types, *offer.aliases):
                return offer.kind, content_type(offer.types[0])
    ranges = _read(accept or "") or {"*/*": 1.0}
    if names and ranges.keys() <= {"*/*"}:
        raise ServiceRefusal(400, f"no format {names[0][:40]!r} here; there are {', '.join(o.kind for o in offers)}")
    best: tuple[float, int, int] = (0.0, 0, 0)
    chosen: tuple[str, str] | None = None
    for place, offer in enumerate(offers):
        for alias, media_type in enumerate(offer.types):
            quality = _quality(media_type, ranges)
            rank = (quality, -int(alias > 0), -place)
            if quality > 0 and (chosen is None or rank > best):
                best, chosen = rank, (offer.kind, content_type(media_type))
    if chosen is None:
        raise ServiceRefusal(406, f"none of the accepted types can be had; there are {', '.join(_own_types(offers))}")
    return chosen


def content_type(media_type: str) -> str:
    """A media type as the header says it."""
    return f"{media_type}; charset=utf-8" if media_type.startswith(_WITH_CHARSET) else media_type


def _own_types(offers: Sequence[Offer]) -> list[str]:
    return [offer.types[0] for offer in offers]


def _read(accept: str) -> Mapping[str, float]:
    """Media ranges of a header to their weights; a range that is malformed is as if it was not there."""
    ranges: dict[str, float] = {}
    for part in accept.split(","):
        name, *parameters = (text.strip().lower() for text in part.split(";"))
        if name.count("/") != 1:
            continue
        ranges[name] = max(ranges.get(name, 0.0), _weight(parameters))
    return ranges


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(media_type: str, ranges: Mapping[str, float]) -> float:
    """The weight of the most exact range that covers a type."""
    for covering in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        if covering in ranges:
            return ranges[covering]
    return 0.0
