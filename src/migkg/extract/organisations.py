"""Organisations that no table knows, found by their head word: "Liberian Immigration Service", "Ministère vietnamien
de la sécurité publique"; and acronyms that the text itself explains."""

import re
from dataclasses import dataclass

from migkg.extract.cast import Cast, Thing
from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, NATIONALITY, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language
from migkg.model.vocabulary import ACTOR_TYPES

LIMIT = 14  # tokens in a name
STATE_TYPES = frozenset({"GovernmentBody"})
# Endings of adjectives after a noun in French and Spanish: what completes a lower-case name.
_ADJECTIVE = re.compile(
    r".{2,}(?:al|ale|ales|aux|ique|iques|el|elle|elles|if|ive|ives|ifs|aire|aires|ien|ienne|iennes|iens|ais|aise|ier|iere"
    r"|ieres|iers|eur|eure|eures|ico|ica|icos|icas|ivo|iva|ivos|ivas|ario|aria|arios|arias|ano|ana|anos|anas|ense|enses"
    r"|ble|bles|ado|ada|ados|adas|ido|ida|oso|osa|rio|ria|ee|ees|es)$"
)
_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ]*[A-ZÀ-Þ&][A-Za-zÀ-ÿ&-]*$")


@dataclass(frozen=True, slots=True)
class Name:
    """Extent of a name: tokens ``first`` … ``last - 1``, and what stands inside it."""

    first: int
    last: int
    head: str
    type: str
    country: Marker | None = None
    owner: Marker | None = None


def mark_organisations(sentence: Sentence, cast: Cast) -> list[tuple[Thing, Thing, int, int]]:
    """Find names with a head word, and the acronyms that explain them.

    Returns:
        (part, whole, start, end) for every body whose name says what it belongs to.
    """
    parts: list[tuple[Thing, Thing, int, int]] = []
    language = cast.language
    at = 0
    while at < len(sentence.tokens):
        held = sentence.marker_at(at)
        if held is not None and held.code == ACTOR:
            read_acronym(sentence, held, cast)
            at = held.last
            continue
        size = _head_at(sentence, at, language)
        name = _read_name(sentence, at, size, cast) if size else None
        if name is None:
            at += 1
            continue
        marker = _enter(sentence, name, cast)
        parts += _owners(sentence, name, marker, cast)
        read_acronym(sentence, marker, cast)
        at = max(marker.last, at + 1)
    return parts


def _head_at(sentence: Sentence, at: int, language: Language) -> int:
    heads = language.phrases["organisations"] | language.phrases["national"]
    size = match_phrase(sentence, at, heads)
    if not size or (sentence.shouted() and size < 2) or not sentence.free(at, at + size):
        return 0
    if (sentence.norm(at + size),) in language.phrases["posts"]:
        return 0  # "Police Affairs Officer", "Mission Director"
    if sentence.tokens[at].capital:
        return size
    # In French and Spanish a ministry or an embassy is often written small, but then it says whose it is.
    if language.code == "en":
        return 0
    kind = _head_type(sentence, at, size, language)
    follows = sentence.marker_at(at + size)
    said = follows is not None and follows.code == NATIONALITY
    of_country = sentence.norm(at + size) in {"de", "du", "des", "d'", "del"} and _country_ahead(sentence, at + size)
    return size if kind in STATE_TYPES | {"OrganisationalUnit"} and (said or of_country) else 0


def _country_ahead(sentence: Sentence, at: int) -> bool:
    for i in range(at, min(at + 4, len(sentence.tokens))):
        marker = sentence.marker_at(i)
        if marker is not None:
            return marker.code in {COUNTRY, ACTOR}
    return False


def _head_type(sentence: Sentence, at: int, size: int, language: Language) -> str:
    phrase = tuple(t.norm for t in sentence.tokens[at : at + size])
    return language.phrases["organisations"].get(phrase) or language.phrases["national"].get(phrase) or ""


def _read_name(sentence: Sentence, at: int, size: int, cast: Cast) -> Name | None:
    language = cast.language
    first = _extend_left(sentence, at, language)
    last, country, owner = _extend_right(sentence, at, at + size, language)
    for i in range(first, at):
        marker = sentence.marker_at(i)
        if marker is not None and marker.code in {NATIONALITY, COUNTRY}:
            country = country or marker
        elif marker is not None and marker.code == ACTOR:
            owner = marker
    before = sentence.marker_at(first - 2) if sentence.norm(first - 1) in language.words["genitive"] else None
    if before is not None and before.code == COUNTRY:
        country = country or before
    elif before is not None and before.code == ACTOR:
        owner = owner or before
    if last - first == size and not (before or _alone(sentence, at, size, language)):
        return None
    kind = _head_type(sentence, at, size, language)
    phrase = tuple(t.norm for t in sentence.tokens[at : at + size])
    if owner is not None and owner.thing is not None and kind not in STATE_TYPES:
        kind = owner.thing.type if owner.thing.type in STATE_TYPES else "OrganisationalUnit"
    elif country is not None and phrase in language.phrases["national"]:
        kind = "GovernmentBody"
    return Name(first, last, sentence.norm(at), kind, country, owner)


def _alone(sentence: Sentence, at: int, size: int, language: Language) -> bool:
    """A head of two words or more ("Home Office", "Police nationale") is a name even without anything beside it."""
    return size > 1 and sentence.tokens[at].capital and at > 0


def _extend_left(sentence: Sentence, at: int, language: Language) -> int:
    if language.code != "en":
        before = sentence.norm(at - 1)
        return at - 1 if at and sentence.tokens[at - 1].capital and before in {"haut", "alto", "alta", "gran"} else at
    first = at
    while first > 0 and at - first < LIMIT:
        token, marker = sentence.tokens[first - 1], sentence.marker_at(first - 1)
        if marker is not None and marker.code in {NATIONALITY, COUNTRY, ACTOR}:
            if marker.code == ACTOR and not sentence.tokens[marker.first].acronym:
                break
            first = marker.first
            continue
        if token.capital and marker is None and token.text.isalnum() | ("-" in token.text):
            if language.has("articles", token.norm) or language.has("locative", token.norm):
                break
            first -= 1
            continue
        joined = token.norm in {"and", "&", "for"} and first > 1 and sentence.tokens[first - 2].capital
        previous = sentence.marker_at(first - 2)
        if joined and previous is None and not match_phrase(sentence, first - 2, language.phrases["organisations"]):
            first -= 2
            continue
        break
    return first


def _extend_right(
    sentence: Sentence, at: int, begin: int, language: Language
) -> tuple[int, Marker | None, Marker | None]:
    """End of the name, the country and the organisation that it names."""
    last, country, owner = begin, None, None
    i = begin
    while i < min(len(sentence.tokens), begin + LIMIT):
        marker, token = sentence.marker_at(i), sentence.tokens[i]
        if marker is not None:
            if marker.code not in {NATIONALITY, COUNTRY, ACTOR, LOCATION} or not _joined(sentence, i, last, language):
                break
            if marker.code == NATIONALITY:
                country = country or marker
                i = last = marker.last
                continue
            if marker.code == COUNTRY:
                country = country or marker
            elif marker.code == ACTOR:
                owner = marker
            return marker.last, country, owner
        if _starts_other(sentence, i, begin, language) or (token.norm,) in language.phrases["posts"]:
            break
        if token.capital and (token.text[0].isalpha()):
            i = last = i + 1
        elif _may_join(sentence, i, last, language):
            i += 1
        elif language.code != "en" and _completes(sentence, i, last, language):
            i = last = i + 1
        else:
            break
    return last, country, owner


def _joined(sentence: Sentence, i: int, last: int, language: Language) -> bool:
    """Whether the words between the name so far and token ``i`` are such that ``i`` still belongs to the name."""
    between = [sentence.norm(k) for k in range(last, i)]
    if not between:
        marker = sentence.marker_at(i)
        return marker is not None and (marker.code == NATIONALITY or marker.code == COUNTRY)
    places = {"in", "en", "a", "au", "aux", "à"}
    marker = sentence.marker_at(i)
    if any(b in places for b in between):
        return marker is not None and marker.code in {LOCATION, COUNTRY} and len(between) <= 2
    return all(
        b in {"of", "the", "de", "du", "des", "d'", "la", "le", "l'", "les", "del", "los", "las"} for b in between
    )


def _starts_other(sentence: Sentence, i: int, begin: int, language: Language) -> bool:
    """Another organisation begins here: "Department of Immigration of the *Ministry*…"."""
    if i == begin:
        return False
    heads = language.phrases["organisations"] | language.phrases["national"]
    size = match_phrase(sentence, i, heads)
    if not size:
        return False
    if not sentence.tokens[i].capital:
        return _head_at(sentence, i, language) > 0
    if language.code != "en":
        return True
    return sentence.norm(i + size) in {"of", "for"} or sentence.norm(i - 1) in {"the", ","}


def _may_join(sentence: Sentence, i: int, last: int, language: Language) -> bool:
    """A small word inside a name: it counts only if more of the name follows."""
    norm = sentence.norm(i)
    if i - last >= 3:
        return False
    if norm == ",":
        return _list_in_name(sentence, i, language)
    if norm not in language.words["connectors"]:
        return False
    if norm in {"in", "en", "on", "au", "aux", "with", "avec", "con", "par", "por", "at"} and language.code == "en":
        marker = sentence.marker_at(i + 1)
        return norm in {"in", "on", "with"} and (marker is not None and marker.code in {LOCATION, COUNTRY})
    return True


def _list_in_name(sentence: Sentence, i: int, language: Language) -> bool:
    """ "Ministry of Labour, Social Protection *and* Family": a comma with an "and" soon after, all of it capitals."""
    for k in range(i + 1, min(i + 6, len(sentence.tokens))):
        token = sentence.tokens[k]
        if (token.norm,) in language.phrases["and"]:
            follows = k + 1 < len(sentence.tokens) and sentence.marker_at(k + 1) is None
            return k > i + 1 and follows and not match_phrase(sentence, k + 1, language.phrases["organisations"])
        if sentence.marker_at(k) is not None or match_phrase(sentence, k, language.phrases["organisations"]):
            return False
        if not token.capital and token.norm not in language.words["connectors"]:
            return False
    return False


def _completes(sentence: Sentence, i: int, last: int, language: Language) -> bool:
    """A lower-case noun after "de la", or a lower-case adjective right after the name so far."""
    token = sentence.tokens[i]
    if not token.text[0].isalpha() or language.has("insertions", token.norm) or language.has("locative", token.norm):
        return False
    if language.has("articles", token.norm) or language.has("pronouns", token.norm):
        return False
    if i == last:
        return bool(_ADJECTIVE.match(token.norm)) and not language.has("undecided", token.norm)
    between = [sentence.norm(k) for k in range(last, i)]
    return any(
        b in {"de", "du", "des", "d'", "la", "l'", "del", "los", "las", "et", "y", "e", "pour", "para"} for b in between
    )


def _enter(sentence: Sentence, name: Name, cast: Cast) -> Marker:
    first = name.first
    while cast.language.has("articles", sentence.norm(first)) and first < name.last - 1:
        first += 1
    start, end = sentence.span(first, name.last)
    label = cast.text[start:end]
    country = name.country.country if name.country is not None else None
    entry = next((e for e in _lookup(label) if e.kind == "organisation"), None)
    short = _without_country(sentence, name, first)
    known = cast.find("actor", label) or (cast.find("actor", short) if short and country is None else None)
    if entry is not None:
        thing = cast.known(entry)
    elif known is not None:
        thing = known
    else:
        thing = cast.named(name.type, label, "actor", country if name.type in STATE_TYPES else None)
    thing.mention(start, end, f"head.{name.head}")
    if short and short != label:
        cast.alias("actor", short, thing)
        thing.aliases.add(short)
    marker = Marker(ACTOR, first, name.last, start, end, thing, thing.country, label, rule=f"head.{name.head}")
    return sentence.claim(marker)


def _lookup(label: str):  # type: ignore[no-untyped-def]
    from migkg.lexicon.gazetteer import load_gazetteer

    return load_gazetteer().lookup(label)


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


def _owners(sentence: Sentence, name: Name, marker: Marker, cast: Cast) -> list[tuple[Thing, Thing, int, int]]:
    """What the name says of the body that it is part of."""
    thing = marker.thing
    assert thing is not None
    found = []
    if name.owner is not None and name.owner.thing is not None and name.owner.thing is not thing:
        start, end = min(marker.start, name.owner.start), max(marker.end, name.owner.end)
        found.append((thing, name.owner.thing, start, end))
    if name.country is not None and thing.type in STATE_TYPES and name.country.country:
        country = name.country
        government = cast.government(str(country.country), country.name)
        government.mention(country.start, country.end, "nationality")
        if name.owner is None:
            start, end = min(marker.start, country.start), max(marker.end, country.end)
            found.append((thing, government, start, end))
    return found


def read_acronym(sentence: Sentence, marker: Marker, cast: Cast) -> None:
    """ "… (LIS)" after a name, or a name in brackets after its acronym."""
    thing = marker.thing
    if thing is None or sentence.norm(marker.last) != "(":
        return
    close = next(
        (k for k in range(marker.last + 1, min(marker.last + 8, len(sentence.tokens))) if sentence.norm(k) == ")"), 0
    )
    if not close:
        return
    inner = sentence.tokens[marker.last + 1]
    surface = inner.text
    if _ACRONYM.match(surface) and len(surface) <= 12:
        cast.acronyms[surface] = thing
        cast.alias("actor", surface, thing)
        thing.mention(inner.start, inner.end, "acronym")
        held = sentence.marker_at(marker.last + 1)
        if held is not None and held.code == ACTOR and held.thing is not None and held.thing is not thing:
            _merge_known(held, thing, cast)
        for i in range(marker.last, close + 1):
            other = sentence.marker_at(i)
            if other is not None and other is not marker:
                sentence.release(other)
        for i in range(marker.last, close + 1):
            sentence.claimed[i] = marker
        marker.last = close + 1
    elif thing.key is None and sentence.tokens[marker.first].acronym:
        inside = sentence.marker_at(marker.last + 1)
        if inside is not None and inside.code == ACTOR and inside.last == close:
            inside_thing = inside.thing
            assert inside_thing is not None
            cast.acronyms[marker.name] = inside_thing


def _merge_known(held: Marker, thing: Thing, cast: Cast) -> None:
    """The bracket holds an acronym that a table knows for another body: in this text it stands for the name before."""
    other = held.thing
    if other is None:
        return
    other.spans = [s for s in other.spans if s[:2] != (held.start, held.end)]
    compatible = {thing.type, other.type} <= ACTOR_TYPES and thing.key is None and other.key is not None
    if compatible and _initials(thing.label) == held.name.upper():
        thing.key, thing.type = other.key, other.type


def _initials(label: str) -> str:
    return "".join(w[0] for w in re.findall(r"[A-ZÀ-Þ][\w’'-]*", label)).upper()
