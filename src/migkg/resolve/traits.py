"""What is compared of a form: its names as concepts, and what its sources say around it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from migkg.model.identifiers import ID
from migkg.model.identity import Form
from migkg.resolve.authority import authority_iris
from migkg.resolve.concepts import Concepts, read_concepts
from migkg.resolve.towns import find_town

_DAY = re.compile(r"(?:\d{4}|-)(-\d\d-\d\d)")
_INITIAL = re.compile(r"\b[^\W\d_]")
# Groups whose names are given anew in each state or organisation.
LOCAL = frozenset({"GovernmentBody", "OrganisationalUnit"})


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of one form.

    Attributes:
        names: the concepts of each of its names.
        countries: said of it, or in its names.
        bodies: keys of organisations in its names, and of those it is part of.
        places: towns, capitals and places that it is in.
        towns: what a place may be itself.
        dates: days (``-05-08``), months and years that it takes place in.
        around: things by role.
        acronyms: short forms of its name.
        bounded: whether anything says which of the many things of such a name it is.
    """

    names: tuple[Concepts, ...]
    countries: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    towns: frozenset[str]
    dates: frozenset[str]
    around: Mapping[str, frozenset[str]]
    acronyms: frozenset[str]
    bounded: bool


def read_traits(form: Form, things: Mapping[str, str]) -> Traits:
    """What is compared of a form.

    Args:
        things: IRI in the graph by form, for its neighbours.
    """
    names = tuple(dict.fromkeys(_Key(read_concepts(name, language)) for name, language in form.names))
    concepts = tuple(key.concepts for key in names)
    own = _body(form.iri)
    if own:
        concepts += (Concepts({f"body:{own}": 1.0}),)
    around: dict[str, set[str]] = defaultdict(set)
    for role, neighbour in form.around:
        around[role].add(things.get(neighbour, neighbour))
    # "DRC" in a list of names is an acronym of its bearer, not the country.
    spelled = [read_concepts(name, language) for name, language in form.names if not is_acronym(name)]
    said = set(form.countries) | {country for x in spelled for country in x.countries}
    bodies = {body for x in concepts for body in x.bodies} | {_body(iri) for iri in around["parent"]}
    bodies -= {"", own}
    if form.type in LOCAL and not form.known:
        # "Council", which its page calls a part of IOM, is the "IOM Council".
        concepts = tuple(replace(x, weights=x.weights | {f"body:{b}": 1.0 for b in bodies}) for x in concepts)
    places = {_place(iri) for iri in around["place"]} | {_capital(key) for x in concepts for key in x.places}
    bounded = bool(said or bodies or places or form.known)
    return Traits(
        names=concepts,
        countries=frozenset(said),
        bodies=frozenset(bodies),
        places=frozenset(places),
        towns=_towns(form) if form.group == "Place" else frozenset(),
        dates=frozenset(day for start, _ in form.dates for day in read_date(start)),
        around={role: frozenset(iris) for role, iris in around.items()},
        acronyms=frozenset(name for name, _ in form.names if is_acronym(name)),
        bounded=bounded,
    )


class _Key:
    """Concepts that can be told apart in a dictionary."""

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        self.key = (tuple(sorted(concepts.weights)), concepts.countries, concepts.above)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.key == self.key


def read_date(date: str) -> set[str]:
    """A date as what it can be found by: its day of the year where it is said, else its month, else its year."""
    day = _DAY.fullmatch(date)
    return {day.group(1)} if day else {date} if date else set()


def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym ("ONFP")."""
    letters = [c for c in name if c.isalpha()]
    return " " not in name and 2 <= len(letters) <= 10 and sum(c.isupper() for c in letters) >= len(letters) - 1


def initials(name: str) -> str:
    """The first letters of the words that begin with a capital ("Office National de la Formation" → "ONF")."""
    return "".join(letter for letter in _INITIAL.findall(name) if letter.isupper())


def _body(iri: str) -> str:
    local = iri.removeprefix(ID)
    return local.replace("/", ":", 1) if local.startswith(("org/", "process/")) else ""


def _place(iri: str) -> str:
    return iri


def _capital(key: str) -> str:
    return authority_iris().get(key, key)


def _towns(form: Form) -> frozenset[str]:
    found = {find_town(name, form.countries) for name, _ in form.names}
    return frozenset(town for town in found if town)
