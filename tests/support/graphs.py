"""Small graphs as documents that say something of a few things, written by the mapping that writes all graphs."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from migkg.lines import write_literal
from migkg.model import Entity, Evidence, SourceRecord, Statement
from migkg.model.identifiers import digest
from migkg.rdf import namespaces as ns
from migkg.rdf.mapping import write_record

# Letter: type and name; the address follows from the letter.
THINGS = {
    "J": ("Government", "Government of Japan"),
    "C": ("Government", "Government of Canada"),
    "I": ("IntergovernmentalOrganisation", "International Organization for Migration"),
    "P": ("Programme", "Border project"),
    "E": ("Event", "Workshop in Hanoi"),
    "H": ("Person", "Ana Old"),
    "V": ("Place", "Viet Nam"),
    "U": ("OrganisationalUnit", "Office of Research"),
}
ADDRESSES = {letter: f"{ns.ID}thing/{letter.lower()}" for letter in THINGS}


def document(name: str, *ties: str, version: str = "1", issued: str | None = "2015-03-02", **more: Any) -> list[str]:
    """The lines of a document that says ties such as ``"J funds P"``.

    Args:
        name: its file name or address.
        ties: the first may be followed by words that ``_statement`` knows: ``"J funds P planned 0.5 USD=200"``.
        version: of its text; another one is another source under the same name.
        more: ``addresses`` and ``names`` of things that differ from the usual ones, ``when`` by letter; ``former`` of a
            version that another has taken the place of.
    """
    letters = sorted({letter for tie in ties for letter in tie.split()[0:3:2]})
    addresses, names = ADDRESSES | more.get("addresses", {}), more.get("names", {})
    entities = tuple(
        Entity(
            id=letter,
            type=THINGS[letter][0],
            label=names.get(letter, THINGS[letter][1]),
            iri=addresses[letter],
            start=more.get("when", {}).get(letter),
        )
        for letter in letters
    )
    record = SourceRecord(
        id=digest(name, version),
        name=name,
        kind="release",
        language="en",
        title=f"On {name}",
        published=issued,
        url=None,
        publisher=None,
        publisher_name=None,
        entities=entities,
        statements=tuple(_statement(tie) for tie in ties),
        themes=(),
        facts=(),
        sentences={},
        former=more.get("former"),
    )
    return write_record(record)


def source(name: str, version: str = "1") -> str:
    """The IRI of a document."""
    return ns.SOURCE + digest(name, version)


def derived(names: Mapping[str, str], more: Iterable[str] = ()) -> list[str]:
    """Lines of the entities graph: preferred English names by letter or address, and further triples."""
    graph = f"<{ns.ENTITIES_GRAPH}> ."
    told = [
        f"<{ADDRESSES.get(key, key)}> <{ns.SKOS}prefLabel> {write_literal(name, 'en')} {graph}"
        for key, name in names.items()
    ]
    return [*told, *(f"{triple} {graph}" for triple in more)]


def _statement(tie: str) -> Statement:
    subject, predicate, object_, *words = tie.split()
    facts: dict[str, Any] = {"status": "stated", "confidence": 0.9}
    quote = f"{subject} {predicate} {object_}."
    for word in words:
        if word in {"planned", "denied"}:
            facts["status"] = word
        elif "=" in word:
            key, _, value = word.partition("=")
            if key == "post":
                facts["post"] = value
            elif key == "quote":
                quote = value
            else:
                facts |= {"currency": key, "amount": Decimal(value)}
        else:
            facts["confidence"] = float(word)
    evidence = Evidence(quote, 0, len(quote))
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=evidence, rule="test", **facts)
