"""Organisations that no table knows, found by their head word: "Liberian Immigration Service", "Ministère vietnamien
de la sécurité publique"."""

from itertools import pairwise

from migkg.extract.acronyms import read_acronym
from migkg.extract.cast import Cast, Thing
from migkg.extract.extent import Name, read_name
from migkg.extract.heads import STATE_TYPES, head_at
from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, NATIONALITY, PROGRAMME, Marker, Sentence
from migkg.lexicon.gazetteer import load_gazetteer

# Organisations that have secretariats and offices.
WHOLES = ("IntergovernmentalOrganisation", "NonGovernmentalOrganisation", "RegionalProcess")
Said = tuple[Thing, str, Thing, int, int]  # subject, predicate, object, and where the name says so


def mark_organisations(sentence: Sentence, cast: Cast) -> list[Said]:
    """Find names with a head word, and the acronyms that explain them.

    Returns:
        What the names say: the whole that a body is part of, the place where an office has its seat.
    """
    parts: list[Said] = []
    bodies: list[tuple[Marker, Name]] = []
    language = cast.language
    titled = not language.head_first and sentence.titled()
    at = 0
    while at < len(sentence.tokens):
        held = sentence.marker_at(at)
        if held is not None and held.code == ACTOR:
            read_acronym(sentence, held, cast)
            parts += _country_after(sentence, held, cast)
            at = held.last
            continue
        size = head_at(sentence, at, language)
        name = read_name(sentence, at, size, language) if size else None
        if name is not None and titled and not _said_again(sentence, name, cast):
            name = None  # "Network Keeps Reception Centres Warm"
        if name is None:
            at += 1
            continue
        marker = _enter(sentence, name, cast)
        parts += _owners(sentence, name, marker, cast)
        read_acronym(sentence, marker, cast)
        _apposition(sentence, marker, cast)
        if name.country is None and name.owner is None:
            parts += _country_after(sentence, marker, cast)
        bodies.append((marker, name))
        at = max(marker.last, at + 1)
    return parts + _shared_countries(sentence, bodies, cast)


def _said_again(sentence: Sentence, name: Name, cast: Cast) -> bool:
    """Whether a name that a headline in capitals seems to hold stands in the text below as well."""
    start, end = sentence.span(name.first, name.last)
    return cast.text.find(cast.text[start:end], end) >= 0


def _shared_countries(sentence: Sentence, bodies: list[tuple[Marker, Name]], cast: Cast) -> list[Said]:
    """A country said once for several bodies: "Iran's Ministry of Interior *and* immigration police"."""
    found: list[Said] = []
    pairs = list(pairwise(bodies))
    for (one, name), (other, following) in [*pairs, *reversed(pairs)]:
        if not _next_in_list(sentence, one, other, cast):
            continue
        for source, said, target, own in ((one, name, other, following), (other, following, one, name)):
            thing, country = target.thing, said.country
            ahead = country is not None and (country.first < source.first + 1) == (source is one)
            if thing is None or not ahead or own.country is not None or own.owner is not None or thing.country:
                continue
            assert country is not None and country.country
            thing.country = country.country
            government = cast.government(country.country, country.name)
            start, end = min(target.start, country.start), max(target.end, country.end)
            found.append((thing, "partOf", government, start, end))
    return found


def _next_in_list(sentence: Sentence, one: Marker, other: Marker, cast: Cast) -> bool:
    """Whether two state bodies stand side by side in a list."""
    if one.thing is None or other.thing is None or not {one.thing.type, other.thing.type} <= STATE_TYPES:
        return False
    between = [sentence.norm(i) for i in range(one.last, other.first)]
    return bool(between) and all(b == "," or (b,) in cast.language.phrases["and"] for b in between)


def _enter(sentence: Sentence, name: Name, cast: Cast) -> Marker:
    first = name.first
    while first < name.last - 1 and (
        cast.language.has("articles", sentence.norm(first)) or (_class_noun(sentence, first, cast))
    ):
        first += 1
    start, end = sentence.span(first, name.last)
    label = cast.text[start:end]
    country = name.country.country if name.country is not None else None
    entry = next((e for e in load_gazetteer().lookup(label) if e.kind == "organisation"), None)
    short = _without_country(sentence, name, first)
    known = cast.find("actor", label) or (cast.find("actor", short) if short and country is None else None)
    known = known or _shortened(label, name, cast)
    if entry is not None:
        thing = cast.known(entry)
    elif known is not None:
        thing = known
        if len(label) > len(thing.label) and thing.key is None:
            thing.label = label
    else:
        thing = cast.named(name.type, label, "actor", country if name.type in STATE_TYPES else None)
    thing.mention(start, end, f"head.{name.head}")
    core = _core_end(sentence, name)
    if core < name.last:
        thing.mention(*sentence.span(first, core), f"head.{name.head}")
    if short and short != label:
        cast.alias("actor", short, thing)
        thing.aliases.add(short)
    for held in {m for m in sentence.claimed[first : name.last] if m is not None and m is not name.place}:
        if held.code == LOCATION and held.thing is not None:  # "University of *Nairobi*" names no town
            held.thing.spans = [s for s in held.thing.spans if s[:2] != (held.start, held.end)]
    marker = Marker(ACTOR, first, name.last, start, end, thing, thing.country, label, rule=f"head.{name.head}")
    return sentence.claim(marker)


def _shortened(label: str, name: Name, cast: Cast) -> Thing | None:
    """A body whose name begins with all of this one, or the other way round ("la Alta Consejería" … "Presidencial")."""
    own = cast.plain(label).split()
    for thing in cast.things:
        if not thing.actor or thing.key or not thing.named or not cast.language.head_first:
            continue
        theirs = cast.plain(thing.label).split()
        shared = min(len(own), len(theirs))
        if shared < 2 or own[:shared] != theirs[:shared] or len(own) == len(theirs):
            continue
        longer = max(own, theirs, key=len)
        country = name.country.country if name.country is not None else None
        same = not (country and thing.country and country != thing.country)
        if same and (cast.language.has("name_breaks", longer[shared]) or len(own) == shared):
            cast.alias("actor", label, thing)
            return thing
    return None


def _core_end(sentence: Sentence, name: Name) -> int:
    """Where the name ends without what stands after it of its owner or its seat ("… Unit *of the Ghana Police*")."""
    last = name.last
    for marker in (name.place, name.owner):
        least = 1 if marker is name.place else 2  # "its *Secretariat* in Tehran", but no bare "Unit of the Police"
        if marker is not None and marker.last == last and marker.first > name.first + least:
            last = marker.first
            while not sentence.tokens[last - 1].capital and last > name.first + least:
                last -= 1
    return last


def _class_noun(sentence: Sentence, i: int, cast: Cast) -> bool:
    """Whether a word only says what the name after it stands for: "l'opérateur *Orange*", "l'ONG *La Strada*"."""
    token = sentence.tokens[i]
    small = not token.capital or token.acronym
    return cast.language.has("class_nouns", token.norm) and small and sentence.tokens[i + 1].capital


def _without_country(sentence: Sentence, name: Name, first: int) -> str:
    """The name without the country at its end or its beginning: what a later mention may say."""
    marker = name.country
    if marker is None or not (first <= marker.first and marker.last <= name.last):
        return ""
    tokens = sentence.tokens
    if marker.last == name.last:
        last = marker.first
        while last > first + 1 and not tokens[last - 1].capital and len(tokens[last - 1].norm) <= 3:
            last -= 1
        return sentence_text(sentence, first, last) if last > first + 1 else ""
    if marker.first == first:
        return sentence_text(sentence, marker.last, name.last)
    return ""


def sentence_text(sentence: Sentence, first: int, last: int) -> str:
    """The surface of some tokens, joined as in the text as far as spaces go."""
    words: list[str] = []
    for token, previous in zip(sentence.tokens[first:last], [None, *sentence.tokens[first : last - 1]], strict=True):
        if previous is not None and previous.end < token.start:
            words.append(" ")
        words.append(token.text)
    return "".join(words)


def _owners(sentence: Sentence, name: Name, marker: Marker, cast: Cast) -> list[Said]:
    """What the name says of the body that it is part of, and of its seat."""
    thing = marker.thing
    assert thing is not None
    found: list[Said] = []
    if name.owner is not None and name.owner.thing is not None and name.owner.thing is not thing:
        start, end = min(marker.start, name.owner.start), max(marker.end, name.owner.end)
        found.append((thing, "partOf", name.owner.thing, start, end))
    elif thing.type == "OrganisationalUnit" and cast.language.has("possessives", sentence.norm(name.first - 1)):
        whole = _possessor(sentence, name.first - 1)
        if whole is not None and whole.thing is not None and whole.thing is not thing:
            found.append((thing, "partOf", whole.thing, whole.start, marker.end))
    country = name.country
    if country is not None and country.country and thing.type in STATE_TYPES:
        government = cast.government(country.country, country.name)
        government.mention(country.start, country.end, "nationality")
        if name.owner is None:
            start, end = min(marker.start, country.start), max(marker.end, country.end)
            found.append((thing, "partOf", government, start, end))
    seat = name.place
    if seat is None and country is not None and country.code == COUNTRY and thing.type == "OrganisationalUnit":
        seat = country
    if seat is not None:
        place = seat.thing
        if seat.code == COUNTRY and seat.country:
            place = cast.country(seat.country, seat.name)
        elif place is None:
            place = cast.named("Place", seat.name, "Place")
        if place is not None:
            place.mention(seat.start, seat.end, "seat")
            found.append((thing, "basedIn", place, min(marker.start, seat.start), max(marker.end, seat.end)))
    return found


def _possessor(sentence: Sentence, at: int) -> Marker | None:
    """The body that "its" stands for: the last one before it in the sentence that is no unit itself."""
    before = [m for m in sentence.markers if m.code == ACTOR and m.last <= at and m.thing is not None]
    bodies = [m for m in before if m.thing is not None and m.thing.type in {*WHOLES, *STATE_TYPES}]
    return max(bodies, key=lambda m: m.first, default=None)


def _apposition(sentence: Sentence, marker: Marker, cast: Cast) -> None:
    """A name that the text calls a programme is one: "la Asociación Operativa Conjunta Mauritania, proyecto …"."""
    thing, language = marker.thing, cast.language
    if thing is None or thing.key or not language.head_first or thing.type in STATE_TYPES:
        return
    i = marker.last
    country = sentence.marker_at(i)
    if country is not None and country.code == COUNTRY:
        i = country.last
    if sentence.norm(i) != ",":
        return
    i += 1
    while language.has("articles", sentence.norm(i)) and i < marker.last + 4:
        i += 1
    noun = (sentence.norm(i),)
    if noun in language.phrases["programmes"] and noun in language.phrases["generic"]:
        thing.type, thing.head, marker.code = "Programme", noun[0], PROGRAMME
        cast.alias("Programme", thing.label, thing)
        if country is not None and country.code == COUNTRY:
            sentence.release(country)
            marker.last, marker.end = country.last, country.end
            sentence.claim(marker)
            thing.label = f"{thing.label} {country.name}"
            thing.mention(marker.start, marker.end, "apposition")


def _country_after(sentence: Sentence, marker: Marker, cast: Cast) -> list[Said]:
    """ "l'INM du Mexique", "la Dirección General de Migración (DGM) peruana": the owner stands after it."""
    thing = marker.thing
    if thing is None or thing.type not in STATE_TYPES or not cast.language.head_first:
        return []
    i = marker.last
    while cast.language.has("country_links", sentence.norm(i)) and i < marker.last + 2:
        i += 1
    country = sentence.marker_at(i)
    wanted = NATIONALITY if i == marker.last else COUNTRY
    if country is None or country.code != wanted or not country.country:
        return []
    thing.country = thing.country or country.country
    thing.mention(marker.start, country.end, "name.country")
    if wanted == COUNTRY:
        sentence.release(country)
        marker.last, marker.end = country.last, country.end
        for k in range(i, country.last):
            sentence.claimed[k] = marker
    government = cast.government(country.country, country.name)
    government.mention(country.start, country.end, "nationality")
    return [(thing, "partOf", government, marker.start, country.end)]
