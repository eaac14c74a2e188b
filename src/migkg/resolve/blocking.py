"""Candidates: which forms are compared at all. Two forms are when they share a block."""

import hashlib
from collections.abc import Iterator
from itertools import combinations, product

from migkg.model.identifiers import ID
from migkg.model.identity import Form
from migkg.resolve.concepts import Concepts
from migkg.resolve.names import plain_name, word_set
from migkg.resolve.traits import LOCAL, Traits, read_date

# Blocks of pairs of concepts are made of the heaviest ones of a name.
_CONCEPTS = 6
_TRIPLES = 5
_TELLING = 1.0
_GUESTS = 8  # of a long list of participants those that come first; two reports of one meeting share most of them
_COUNTRY = f"{ID}country/"
Block = tuple[int, str]


def find_blocks(form: Form, traits: Traits) -> set[Block]:
    """The blocks of a form: a 64-bit number, and the country or year that it is bounded by ("": none).

    Forms of one block and one bound, or of which one has no bound, are compared.
    """
    return {(_number(form.group, *key), bound) for key, bound in _keys(form, traits)}


def _keys(form: Form, traits: Traits) -> Iterator[tuple[tuple[str, ...], str]]:
    if form.group == "Place":
        yield from ((("town", town), "") for town in traits.towns)
    if form.group == "Person":
        yield from ((key, "") for key in _person_keys(form))
        return
    countries = sorted(traits.countries)
    for names in traits.names:
        for key in _name_keys(form, traits, names):
            for country in countries or [""]:
                yield key, country
    if form.group == "Event":
        yield from _event_keys(form, traits)
    for acronym in traits.acronyms if _is_bounded(form, traits) or form.type not in LOCAL else ():
        yield from ((("acronym", acronym), country) for country in countries or [""])


def _name_keys(form: Form, traits: Traits, names: Concepts) -> Iterator[tuple[str, ...]]:
    """Pairs of concepts; a lone one where nothing else is said. Forms that nothing bounds need a word of their own."""
    if form.type in LOCAL and len(names.weights) == 1 and not _is_bounded(form, traits):
        return  # "MoPS" is no more of a name than "Ministry of Public Security"
    if not (_is_bounded(form, traits) or names.proper or form.group not in {"Actor", "Event", "Programme"}):
        return
    weights = names.weights
    heavy = sorted(weights, key=lambda concept: (-weights[concept], concept))[:_CONCEPTS]
    own = [concept for concept in heavy if not concept.startswith("kind:")]
    if form.group == "Instrument" and not own:
        return  # "the Agreement"
    nowhere = form.type == "OrganisationalUnit" and own and not traits.countries
    if nowhere and names.kinds <= word_set("mission") and all(concept.startswith("body:") for concept in own):
        yield from (("seat", *own, place) for place in sorted(traits.places))
        return  # "IOM Office", one of hundreds
    unnamed = form.group in {"Event", "Programme"} and not form.named and not form.known
    anchors = _anchors(traits) if unnamed else []
    # "The workshop" is compared with those of one place or day, not with all of an archive.
    if unnamed and (len(heavy) == 1 or not own):
        yield from (("anchored", concept, *anchor) for concept in heavy for anchor in anchors)
    elif len(heavy) == 1 or (len(own) == 1 and own[0].startswith("body:")):
        yield ("one", (own or heavy)[0])
    if form.group in {"Event", "Programme"} and not unnamed:
        subjects = sorted(concept for concept in own if not concept.startswith("body:"))
        yield from (("triple", *triple) for triple in combinations(subjects[:_TRIPLES], 3))
    if unnamed:
        yield from (("anchored", *pair, *anchor) for pair in combinations(sorted(heavy), 2) for anchor in anchors)
        return
    # Two words that half of all names have ("national", "programme") are no reason to compare.
    telling = {concept for concept in heavy if weights[concept] >= _TELLING} or set(heavy)
    # Nor is the organisation alone where a name has a word of its own: "IOM Office in Gulu" is compared with Gulu.
    telling = {concept for concept in telling if concept.startswith(("=", "place:"))} or telling
    yield from (("pair", *pair) for pair in combinations(sorted(heavy), 2) if not telling.isdisjoint(pair))


def _anchors(traits: Traits) -> list[tuple[str, ...]]:
    """What two works without a name have in common if they are compared: a town, a day, a funder, two guests."""
    countries = {place for place in traits.places if place.startswith(_COUNTRY)}
    alone = (traits.places - countries) | traits.dates | traits.around.get("funder", frozenset())
    guests = sorted(traits.around.get("participant", ()))[:_GUESTS]
    met = ((country, *pair) for country, pair in product(sorted(countries), combinations(guests, 2)))
    return [*((anchor,) for anchor in sorted(alone)), *met]


def _is_bounded(form: Form, traits: Traits) -> bool:
    """Whether anything says which of the many things of such a name it is: every state has a ministry of health."""
    if form.type in LOCAL and not form.known:
        return bool(traits.countries or traits.bodies)
    return traits.bounded


def _event_keys(form: Form, traits: Traits) -> Iterator[tuple[tuple[str, ...], str]]:
    """An event is where and when it is, and who holds it when; bounded by the year, where it is said."""
    for start, _ in form.dates:
        year = start[:4] if start[:4].isdigit() else ""
        for date in sorted(read_date(start)):
            where = sorted(traits.places | traits.around.get("organiser", frozenset()))
            yield from ((("held", date, other), year) for other in where)


def _person_keys(form: Form) -> Iterator[tuple[str, ...]]:
    """Any word of the name after the first, with the first letter of the first."""
    for name, _ in form.names:
        words = plain_name(name, person=True).split()
        yield from (("person", words[0][0], word) for word in words[1:] if len(word) > 1)


def _number(*parts: str) -> int:
    hashed = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(hashed, "big", signed=True)
