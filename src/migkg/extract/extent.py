"""How far the name of an organisation reaches around its head word."""

from dataclasses import dataclass

from migkg.extract.complements import completes
from migkg.extract.heads import STATE_TYPES, head_type, last_head, stands_alone, starts_other
from migkg.extract.joints import may_join
from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, NATIONALITY, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language
from migkg.lexicon.names import given_names
from migkg.text.normalize import fold

LIMIT = 22  # tokens in a name


@dataclass(frozen=True, slots=True)
class Name:
    """Extent of a name: tokens ``first`` … ``last - 1``, and what stands inside it or owns it.

    Attributes:
        head: folded head word.
        type: entity type that the head and its surroundings give.
        country: country or nationality whose body it is.
        owner: organisation that it is a part of.
        place: place where it has its seat ("Regional Office in *Dakar*").
    """

    first: int
    last: int
    head: str
    type: str
    country: Marker | None = None
    owner: Marker | None = None
    place: Marker | None = None


@dataclass(slots=True)
class _Right:
    """What the walk to the right has found so far."""

    last: int
    country: Marker | None = None
    owner: Marker | None = None
    place: Marker | None = None


def read_name(sentence: Sentence, at: int, size: int, language: Language) -> Name | None:
    """The name around the head at token ``at``; ``None`` where the head stands alone."""
    first = _extend_left(sentence, at, language)
    right = _extend_right(sentence, at + size, language)
    last, country, owner = right.last, right.country, right.owner
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
    small = not language.head_first and not sentence.tokens[at].capital  # head_at has seen whose it is
    if last - first == size and not (before or small or stands_alone(sentence, at, size, language)):
        return None
    genitive = first if before is not None else 0
    if not language.head_first:
        at, size = last_head(sentence, at, size, language)
    kind = head_type(sentence, at, size, language)
    phrase = tuple(t.norm for t in sentence.tokens[at : at + size])
    if owner is not None and owner.thing is not None and kind not in STATE_TYPES:
        kind = owner.thing.type if owner.thing.type in STATE_TYPES else "OrganisationalUnit"
    elif phrase in language.phrases["national"] and (
        country is not None or _national(sentence, first, last, kind, language)
    ):
        kind = "GovernmentBody"
    if right.place is not None and right.place.code == COUNTRY and kind in STATE_TYPES:
        country = country or right.place
    if before is not None and genitive and owner is before and last - first == size and kind == "OrganisationalUnit":
        first = before.first  # "IOM's Headquarters": the head alone is no name
    return Name(first, last, sentence.norm(at), kind, country, owner, right.place)


def _national(sentence: Sentence, first: int, last: int, kind: str, language: Language) -> bool:
    """Whether a word of the name says that it is a body of a state ("*National* Agency Against …")."""
    said = any(language.has("national_words", sentence.norm(i)) for i in range(first, last))
    return kind == "IntergovernmentalOrganisation" and said


def _extend_left(sentence: Sentence, at: int, language: Language) -> int:
    if language.head_first:
        before = language.has("before_heads", sentence.norm(at - 1))
        return at - 1 if at and sentence.tokens[at - 1].capital and before else at
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
        possessive = token.norm in language.words["genitive"] and first > 1 and sentence.tokens[first - 2].capital
        bearer = possessive and sentence.marker_at(first - 2) is None and sentence.tokens[first].capital
        if bearer and not match_phrase(sentence, first - 2, language.phrases["any_organisation"]):
            first -= 2  # "All-China Women's Federation"
            continue
        joined = language.has("name_joints", token.norm) and first > 1 and sentence.tokens[first - 2].capital
        previous = sentence.marker_at(first - 2)
        if joined and previous is None and not match_phrase(sentence, first - 2, language.phrases["organisations"]):
            first -= 2
            continue
        break
    return first


def _extend_right(sentence: Sentence, begin: int, language: Language) -> _Right:
    """Walk to the right as long as the words belong to the name."""
    found = _Right(begin)
    i = begin
    while i < min(len(sentence.tokens), begin + LIMIT):
        marker, token = sentence.marker_at(i), sentence.tokens[i]
        if marker is not None:
            if not _joined(sentence, i, found.last, language) or not _take(sentence, marker, found, language):
                break
            i = found.last
            continue
        if starts_other(sentence, i, begin, language):
            break
        of_office = not language.head_first and language.has("possession", sentence.norm(begin))
        of_office = of_office and language.has("name_articles", sentence.norm(begin + 1))  # "Office of the Special …"
        if (token.norm,) in language.phrases["posts"] and not (found.last == begin and i > begin) and not of_office:
            break
        if language.head_first and _person_begins(sentence, i, found, begin, language):
            break
        ended = language.head_first and found.country is not None and found.country.code == COUNTRY
        seated = i == found.last and language.has("town_prepositions", token.norm)
        if ended and seated and sentence.tokens[i + 1 : i + 2]:
            town = sentence.tokens[i + 1]
            if town.capital and sentence.marker_at(i + 1) is None:
                found.last = i + 2  # a town that no table of capitals knows
                break
        if ended and not seated:
            break
        if found.owner is not None or found.place is not None:
            if _purpose(sentence, i, found, language):
                end = _purpose_end(sentence, i + 2, language)
                found.last = end
                break
            between = language.has("unit_prepositions", token.norm) or language.has("mission_prepositions", token.norm)
            if between and i == found.last:
                i += 1
                continue
            break
        if token.capital and token.text[0].isalpha():
            i = found.last = i + 1
        elif may_join(sentence, i, found.last, begin, language):
            i += 1
        elif language.head_first and completes(sentence, i, found.last, language):
            i = found.last = i + 1
        else:
            break
    return found


def _person_begins(sentence: Sentence, i: int, found: _Right, begin: int, language: Language) -> bool:
    """ "la viceministra de Gobernación *Carmen Lizano*": a person's name right after the name of the body."""
    token = sentence.tokens[i]
    following = sentence.tokens[i + 1 : i + 2]
    state = any(language.has("possession", sentence.norm(k)) for k in range(max(0, begin - 3), begin - 1))
    return (
        state and i == found.last and token.capital and bool(following) and following[0].capital
        and fold(token.text) in given_names()
    )  # fmt: skip


def _purpose(sentence: Sentence, i: int, found: _Right, language: Language) -> bool:
    """ "Centre de l'OIM *pour le* renforcement …": what an office is for."""
    return (
        language.head_first
        and i == found.last
        and language.has("purpose", sentence.norm(i))
        and language.has("articles", sentence.norm(i + 1))
        and sentence.marker_at(i + 2) is None
    )


def _purpose_end(sentence: Sentence, at: int, language: Language) -> int:
    last = i = at + 1
    inside = language.words["place_prepositions"]
    while i < min(at + 9, len(sentence.tokens)) and sentence.marker_at(i) is None:
        if language.has("connectors", sentence.norm(i)) and i - last < 3:
            i += 1
        elif completes(sentence, i, last, language) or (sentence.tokens[i].capital and sentence.norm(i - 1) in inside):
            i = last = i + 1
        else:
            break
    return last


def _take(sentence: Sentence, marker: Marker, found: _Right, language: Language) -> bool:
    """Take a mention into the name, if its kind can stand there."""
    before = sentence.norm(marker.first - 1)
    located = _seat_word(before, language)
    if marker.code == NATIONALITY and found.owner is None and found.place is None:
        heads = language.phrases["any_organisation"]
        if not language.head_first and match_phrase(sentence, marker.last, heads):
            return False  # "Agency of the *Georgian* Ministry of Justice"
        found.country = found.country or marker
    elif marker.code in {COUNTRY, LOCATION} and located and found.place is None:
        found.place = marker
    elif marker.code == COUNTRY and found.owner is None and found.place is None:
        found.country = found.country or marker
    elif marker.code == ACTOR and found.owner is None and found.country is None:
        found.owner = marker
    elif (
        marker.code == LOCATION and found.owner is None and language.has("possession", sentence.norm(marker.first - 1))
    ):
        pass  # "University of Nairobi": the town is part of the name
    else:
        return False
    found.last = marker.last
    return True


def _joined(sentence: Sentence, i: int, last: int, language: Language) -> bool:
    """Whether the words between the name so far and token ``i`` are such that ``i`` still belongs to the name."""
    between = [sentence.norm(k) for k in range(last, i)]
    if not between:
        marker = sentence.marker_at(i)
        return marker is not None and (marker.code == NATIONALITY or marker.code == COUNTRY)
    marker = sentence.marker_at(i)
    if any(_seat_word(b, language) for b in between):
        return marker is not None and marker.code in {LOCATION, COUNTRY} and len(between) <= 2
    return all(language.has("possession", b) or language.has("name_articles", b) for b in between)


def _seat_word(form: str, language: Language) -> bool:
    """Whether a word stands between a body and the place where it is: "*in* Libya", "*à* Dakar", "Mission *to* …"."""
    if language.has("possession", form) or language.has("purpose", form):
        return False
    return language.has("unit_prepositions", form) or language.has("mission_prepositions", form)
