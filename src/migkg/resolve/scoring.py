"""How surely two forms are one thing, with reasons. The rules and their figures: docs/decisions/0011."""

from collections.abc import Callable
from itertools import product

from rapidfuzz.distance import JaroWinkler

from migkg.model.identity import Decision, Form, Link, Reason
from migkg.resolve.concepts import Concepts, are_alike, likeness
from migkg.resolve.names import plain_name
from migkg.resolve.traits import LOCAL, Traits, initials

SAME, PROPOSED = 0.85, 0.6
# Below this two names have too little in common to be looked at further.
_TOO_LITTLE = 0.45
_NEARLY_ALIKE = 0.7  # likeness below which two names that both say something of their own mean two things
_NEARLY = 0.8  # likeness of names below which what else is missing makes it no case for a person
_ENOUGH_WORDS = 2.0  # weight of the concepts that a name of a programme or event needs to speak for itself
_SPELLING = 0.93  # Jaro-Winkler; a letter or two in a long name
Compared = tuple[Form, Traits]


def compare(left: Compared, right: Compared) -> Link | None:
    """The link between two forms of one group; ``None`` where they have too little in common to be one thing.

    Args:
        left, right: forms with their traits, in the order of their IRIs.
    """
    if find_conflict(left, right):
        return None
    rule = _RULES.get(left[0].group, _compare_works)
    found = rule(left, right)
    if found is None:
        return None
    reasons, limit = found
    score = round(max(0.0, min(1.0, sum(reason.weight for reason in reasons))), 4)
    decision: Decision = "same" if score >= SAME and not limit else "proposed"
    if score < PROPOSED:
        return None
    if limit:
        reasons = [*reasons, Reason("limit", limit, 0.0)]
    return Link(left[0].iri, right[0].iri, score, decision, tuple(reasons))


def find_conflict(left: Compared, right: Compared) -> str | None:
    """Why two forms cannot be one thing, whatever their names; ``None`` where they can."""
    (one, mine), (other, theirs) = left, right
    if one.group != other.group:
        return "group"
    if one.known and other.known:
        return "authority"
    if _differ(mine.countries, theirs.countries):
        return "country"
    if one.group == "Actor" and _differ(_bodies(one, mine), _bodies(other, theirs)):
        return "organisation"
    local = {one.type, other.type} <= LOCAL
    if (local or one.group == "Event") and _differ(mine.places, theirs.places):
        return "place"
    if one.group in {"Event", "Instrument"} and _dates_differ(one, other):
        return "date"
    return None


def _differ(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine and theirs and not mine & theirs)


def _bodies(form: Form, traits: Traits) -> frozenset[str]:
    """The organisations that a form belongs to; what is named after one only ("Fund of the EU") belongs to none."""
    return traits.bodies if form.type in LOCAL and not form.known else frozenset()


def _dates_differ(one: Form, other: Form) -> bool:
    """Whether no first day of the one can be a first day of the other."""
    mine, theirs = ({start for start, _ in form.dates if start} for form in (one, other))
    return bool(mine and theirs) and not any(_fit(a, b) for a, b in product(mine, theirs))


def _fit(one: str, other: str) -> bool:
    """Whether two days can be one: what both say is the same."""
    if one.startswith("--") or other.startswith("--"):
        return one[-6:] == other[-6:] or len(min(one, other, key=len)) <= 4
    return one.startswith(other) or other.startswith(one)


def _compare_places(left: Compared, right: Compared) -> tuple[list[Reason], str] | None:
    mine, theirs = left[1], right[1]
    common = sorted(mine.towns & theirs.towns)
    if common:
        return [Reason("town", common[0], 0.95)], ""
    if mine.towns or theirs.towns:
        return None
    pair = _best_names(mine, theirs)
    if pair is None:
        return None
    score, name, weight = pair
    limit = "" if weight >= 1 and score >= 0.99 and _several(pair) else "few words"
    return [Reason("name", name, 0.9 * score)], limit


def _several(pair: tuple[float, str, float]) -> bool:
    return len(pair[1].split(", ")) > 1


def _compare_actors(left: Compared, right: Compared) -> tuple[list[Reason], str] | None:
    (one, mine), (other, theirs) = left, right
    if _is_office_of(one, mine, other) or _is_office_of(other, theirs, one):
        return None
    pair = _best_names(mine, theirs)
    short = _matching_acronym(one, other)
    if short and (pair is None or pair[0] < 0.8):
        reasons = [Reason("acronym", short, 0.75)]
        kind = 0.0
    elif pair and pair[0] >= _TOO_LITTLE:
        reasons = [Reason("name", pair[1], round(0.75 * pair[0], 4))]
        kind = _weigh_kinds(mine, theirs)
        reasons.append(Reason("kind", _say_kinds(mine, theirs), kind))
    else:
        return None
    if _is_other_type(one.type, other.type):
        reasons.append(Reason("type", f"{one.type}, {other.type}", -0.25))
    shared = sorted(mine.countries & theirs.countries)
    if shared:
        reasons.append(Reason("country", ", ".join(shared), 0.15))
    elif not (mine.countries or theirs.countries):
        reasons.append(Reason("country", "none said", 0.1))
    else:
        reasons.append(Reason("country", "said of one only", 0.05))
    limit = _limit_actors(left, right, bool(shared))
    return None if limit and reasons[0].weight < 0.75 * _NEARLY else (reasons, limit)


def _is_other_type(one: str, other: str) -> bool:
    """Whether one is a body of a state and the other neither that nor a part of something."""
    return (one == "GovernmentBody") != (other == "GovernmentBody") and "OrganisationalUnit" not in {one, other}


def _is_office_of(unit: Form, traits: Traits, other: Form) -> bool:
    """Whether one is an office somewhere ("IOM China") and the other none: a part is no candidate for its whole."""
    return unit.type == "OrganisationalUnit" != other.type and bool(traits.countries or traits.places)


def _limit_actors(left: Compared, right: Compared, shared: bool) -> str:
    """Why a good score is not enough: bodies of a state or an organisation need one that is the same."""
    (one, mine), (other, theirs) = left, right
    if {one.type, other.type} & LOCAL and not shared and not mine.bodies & theirs.bodies:
        return "no country or organisation in common"
    if (one.type == "OrganisationalUnit") != (other.type == "OrganisationalUnit") and not shared:
        return "one is a part, perhaps of the other"
    if not any(x.proper or len(x.weights) > 1 or x.kinds for x in (*mine.names, *theirs.names)):
        return "few words"
    return ""


def _weigh_kinds(mine: Traits, theirs: Traits) -> float:
    kinds = [(a.kinds, b.kinds) for a, b in product(mine.names, theirs.names)]
    if any(a & b for a, b in kinds):
        return 0.1
    if any(not a or not b for a, b in kinds):
        return 0.05
    return 0.05 if any(are_alike(x, y) for a, b in kinds for x, y in product(a, b)) else -0.15


def _say_kinds(mine: Traits, theirs: Traits) -> str:
    sides = [sorted({kind for x in side.names for kind in x.kinds}) or ["none"] for side in (mine, theirs)]
    return " / ".join(", ".join(side) for side in sides)


def _best_names(mine: Traits, theirs: Traits, events: bool = False) -> tuple[float, str, float] | None:
    """The pair of names that are most alike: likeness, the concepts that they share, and the weight of these.

    Args:
        events: writers describe one event in quite different words, so that such names count too.
    """
    best: tuple[float, str, float] | None = None
    for a, b in product(mine.names, theirs.names):
        common = sorted(a.weights.keys() & b.weights.keys())
        if not common:
            continue
        score = likeness(*_soften(a, b))
        if not events and score < _NEARLY_ALIKE and _says_more(a, b) and _says_more(b, a):
            continue
        found = (score, ", ".join(c.removeprefix("kind:").removeprefix("=") for c in common), _weight(a, common))
        if best is None or found > best:
            best = found
    return best


def _says_more(name: Concepts, other: Concepts) -> bool:
    """Whether a name says something of weight that the other does not ("Health Office", beside "Education Office")."""
    extra = name.weights.keys() - other.weights.keys()
    return any(name.weights[c] >= 1 and not c.startswith(("body:", "place:")) for c in extra)


def _soften(a: Concepts, b: Concepts) -> tuple[dict[str, float], dict[str, float]]:
    """The weights, where an organisation that only one of two names says counts half: it often goes without saying."""
    return (
        {c: w / 2 if c.startswith("body:") and not _has_body(b) else w for c, w in a.weights.items()},
        {c: w / 2 if c.startswith("body:") and not _has_body(a) else w for c, w in b.weights.items()},
    )


def _has_body(name: Concepts) -> bool:
    return any(concept.startswith("body:") for concept in name.weights)


def _weight(name: Concepts, common: list[str]) -> float:
    return sum(name.weights[c] for c in common if not c.startswith("kind:"))


def _matching_acronym(one: Form, other: Form) -> str:
    """An acronym of the one that the other bears too, or whose letters its name begins its words with."""
    names = [{name for name, _ in form.names} for form in (one, other)]
    for short_side, long_side in ((names[0], names[1]), (names[1], names[0])):
        for name in sorted(short_side):
            if _is_short(name) and (name in long_side or any(initials(long) == name for long in long_side)):
                return name
    return ""


def _is_short(name: str) -> bool:
    return " " not in name and name.isupper() and 3 <= len(name) <= 10


def _compare_people(left: Compared, right: Compared) -> tuple[list[Reason], str] | None:
    (one, mine), (other, theirs) = left, right
    names = [
        (plain_name(a, person=True).split(), plain_name(b, person=True).split())
        for (a, _), (b, _) in product(one.names, other.names)
    ]
    alike = max((_alike_people(a, b), " ".join(b)) for a, b in names)
    if not alike[0]:
        return None
    employers = mine.around.get("employer", frozenset()) & theirs.around.get("employer", frozenset())
    reasons = [Reason("name", alike[1], alike[0])]
    if employers:
        reasons.append(Reason("employer", sorted(employers)[0], 0.2))
    return reasons, "" if employers else "no employer in common"


def _alike_people(mine: list[str], theirs: list[str]) -> float:
    """Names of which one has all words of the other, initials for words; or that differ by a letter."""
    short, long = sorted((mine, theirs), key=len)
    if len(short) < 2:
        return 0.0
    left = list(long)
    for word in short:
        match = next((w for w in left if w == word or (len(word) == 1 and w.startswith(word))), None)
        match = match or next((w for w in left if len(w) == 1 and word.startswith(w)), None)
        if match is None:
            return 0.65 if JaroWinkler.similarity(" ".join(mine), " ".join(theirs)) >= _SPELLING else 0.0
        left.remove(match)
    return 0.75 if short[0][0] == long[0][0] else 0.6


def _compare_works(left: Compared, right: Compared) -> tuple[list[Reason], str] | None:
    """Programmes, events, instruments and posts: what they are called, and what they share around them."""
    (one, mine), (other, theirs) = left, right
    pair = _best_names(mine, theirs, events=one.group == "Event")
    shared = _shared(one, other, mine, theirs)
    if pair is None and not (one.group == "Event" and {"place", "date"} <= shared.keys()):
        return None
    score, name, weight = pair or (0.0, "", 0.0)
    if one.group == "Post" and score < SAME:
        return None
    if (
        one.group in {"Event", "Programme"}
        and weight < 1
        and len(shared) < 3
        and not {"place", "date"} <= shared.keys()
    ):
        return None  # two trainings
    kind = _weigh_kinds(mine, theirs)
    if one.group == "Event" and {"place", "date"} <= shared.keys() and kind > 0.05:
        kind = 0.15
    reasons = [Reason("name", name, round(0.6 * score, 4)), *shared.values()]
    if one.group == "Event" or kind < 0:
        reasons.append(Reason("kind", _say_kinds(mine, theirs), kind))
    own = score >= SAME and (weight >= _ENOUGH_WORDS or (name.startswith("body:") and (one.known or other.known)))
    if own and (one.known or other.known or (one.named and other.named and one.group != "Event")):
        reasons.append(Reason("own name", name, 0.3))
    limit = _limit_events(mine, theirs, shared, score, own, kind) if one.group == "Event" else ""
    return reasons, limit or _limit_works(one, shared, score, own)


def _limit_events(mine: Traits, theirs: Traits, shared: dict[str, Reason], score: float, own: bool, kind: float) -> str:
    """Why a good score is not enough for events: many are called the same, a year or a street apart."""
    around = shared.keys() & {"place", "organiser", "participant", "parent", "funder"}
    if _differ(*(side.around.get("organiser", frozenset()) for side in (mine, theirs))):
        return "other organisers"
    if kind < 0 and score < 0.5:
        return "another kind of event"
    if "date" in shared:
        return "" if around & {"place", "organiser"} else "neither place nor organiser in common"
    if len(around) < 2:
        return "no date in common"
    return "" if own or len(around) >= 3 else "too few words in common"


def _limit_works(one: Form, shared: dict[str, Reason], score: float, own: bool) -> str:
    """Why a good score is not enough."""
    if one.group == "Post":
        return "" if "parent" in shared else "no organisation in common"
    if one.group == "Instrument" and not own:
        return "too few words in common"
    if one.group == "Programme" and not own and not (score >= 0.75 and shared.keys() - {"country"}):
        return "too few words in common"
    return ""


def _shared(one: Form, other: Form, mine: Traits, theirs: Traits) -> dict[str, Reason]:
    """What two works share around them, by feature."""
    found: dict[str, Reason] = {}
    if mine.places & theirs.places:
        found["place"] = Reason("place", min(mine.places & theirs.places), 0.25)
    starts = [(a, b) for (a, _), (b, _) in product(one.dates, other.dates) if a and b and _fit(a, b)]
    if starts:
        exact = any(len(a) >= 7 and len(b) >= 7 for a, b in starts)
        found["date"] = Reason("date", max(starts)[0], 0.35 if exact else 0.15)
    if mine.countries & theirs.countries:
        found["country"] = Reason("country", min(mine.countries & theirs.countries), 0.1)
    for role, weight in _ROLE_WEIGHTS.items():
        common = mine.around.get(role, frozenset()) & theirs.around.get(role, frozenset())
        needed = 2 if role == "participant" else 1
        if len(common) >= needed:
            found[role] = Reason(role, min(common), weight)
    if one.published and other.published and "date" not in found and not _near(one, other):
        found.pop("place", None)
    return found


def _near(one: Form, other: Form) -> bool:
    """Whether some of their sources were published within two months of each other."""
    months = [[int(m[:4]) * 12 + int(m[5:7]) for m in form.published if len(m) >= 7] for form in (one, other)]
    return not (months[0] and months[1]) or any(abs(a - b) <= 2 for a, b in product(*months))


_ROLE_WEIGHTS = {"organiser": 0.15, "participant": 0.15, "funder": 0.15, "implementer": 0.1, "parent": 0.3}
Rule = Callable[[Compared, Compared], tuple[list[Reason], str] | None]
_RULES: dict[str, Rule] = {"Place": _compare_places, "Actor": _compare_actors, "Person": _compare_people}
