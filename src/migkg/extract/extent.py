"""How far the name of an organisation reaches around its head word."""

from dataclasses import dataclass

from migkg.extract.complements import completes
from migkg.extract.heads import STATE_TYPES, head_type, last_head, stands_alone, starts_other
from migkg.extract.places import towns
from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, NATIONALITY, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language
from migkg.lexicon.names import given_names
from migkg.text.normalize import fold

LIMIT = 22  # tokens in a name
_SUFFIXES = frozenset(["ltd", "limited", "inc", "corporation", "plc", "llc", "gmbh"])  # they end a company's name


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
    elif phrase in language.phrases["national"] and (country is not None or _national(sentence, first, last, kind)):
        kind = "GovernmentBody"
    if right.place is not None and right.place.code == COUNTRY and kind in STATE_TYPES:
        country = country or right.place
    if before is not None and genitive and owner is before and last - first == size and kind == "OrganisationalUnit":
        first = before.first  # "IOM's Headquarters": the head alone is no name
    return Name(first, last, sentence.norm(at), kind, country, owner, right.place)


def _national(sentence: Sentence, first: int, last: int, kind: str) -> bool:
    """Whether a word of the name says that it is a body of a state ("*National* Agency Against …")."""
    words = {"national", "federal", "nationale", "nacional", "federale", "presidential"}
    return kind == "IntergovernmentalOrganisation" and any(sentence.norm(i) in words for i in range(first, last))


def _extend_left(sentence: Sentence, at: int, language: Language) -> int:
    if language.head_first:
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
        possessive = token.norm in language.words["genitive"] and first > 1 and sentence.tokens[first - 2].capital
        bearer = possessive and sentence.marker_at(first - 2) is None and sentence.tokens[first].capital
        if bearer and not match_phrase(sentence, first - 2, language.phrases["any_organisation"]):
            first -= 2  # "All-China Women's Federation"
            continue
        joined = token.norm in {"and", "&", "for"} and first > 1 and sentence.tokens[first - 2].capital
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
        of_office = sentence.norm(begin) == "of" and sentence.norm(begin + 1) == "the"  # "Office of the Special …"
        if (token.norm,) in language.phrases["posts"] and not (found.last == begin and i > begin) and not of_office:
            break
        if language.head_first and _person_begins(sentence, i, found, begin):
            break
        ended = language.head_first and found.country is not None and found.country.code == COUNTRY
        if ended and i == found.last and token.norm in {"a", "en"} and sentence.tokens[i + 1 : i + 2]:
            town = sentence.tokens[i + 1]
            if town.capital and sentence.marker_at(i + 1) is None:
                found.last = i + 2  # a town that no table of capitals knows
                break
        if ended and not (i == found.last and token.norm in {"a", "en", "au"}):
            break
        if found.owner is not None or found.place is not None:
            if _purpose(sentence, i, found, language):
                end = _purpose_end(sentence, i + 2, language)
                found.last = end
                break
            if token.norm in language.words["unit_prepositions"] | {"to"} and i == found.last:
                i += 1
                continue
            break
        if token.capital and token.text[0].isalpha():
            i = found.last = i + 1
        elif _may_join(sentence, i, found.last, begin, language):
            i += 1
        elif language.head_first and completes(sentence, i, found.last, language):
            i = found.last = i + 1
        else:
            break
    return found


def _person_begins(sentence: Sentence, i: int, found: _Right, begin: int) -> bool:
    """ "la viceministra de Gobernación *Carmen Lizano*": a person's name right after the name of the body."""
    token = sentence.tokens[i]
    following = sentence.tokens[i + 1 : i + 2]
    state = any(sentence.norm(k) in {"de", "du", "d'", "del"} for k in range(max(0, begin - 3), begin - 1))
    return (
        state and i == found.last and token.capital and bool(following) and following[0].capital
        and fold(token.text) in given_names()
    )  # fmt: skip


def _purpose(sentence: Sentence, i: int, found: _Right, language: Language) -> bool:
    """ "Centre de l'OIM *pour le* renforcement …": what an office is for."""
    return (
        language.head_first
        and i == found.last
        and sentence.norm(i) in {"pour", "para"}
        and language.has("articles", sentence.norm(i + 1))
        and sentence.marker_at(i + 2) is None
    )


def _purpose_end(sentence: Sentence, at: int, language: Language) -> int:
    last = i = at + 1
    while i < min(at + 9, len(sentence.tokens)) and sentence.marker_at(i) is None:
        if language.has("connectors", sentence.norm(i)) and i - last < 3:
            i += 1
        elif completes(sentence, i, last, language) or (sentence.tokens[i].capital and sentence.norm(i - 1) == "en"):
            i = last = i + 1
        else:
            break
    return last


def _take(sentence: Sentence, marker: Marker, found: _Right, language: Language) -> bool:
    """Take a mention into the name, if its kind can stand there."""
    located = sentence.norm(marker.first - 1) in language.words["unit_prepositions"] - {
        "de",
        "du",
        "d'",
        "for",
        "pour",
        "para",
    }
    if not language.head_first and sentence.norm(marker.first - 1) == "to" and marker.code in {COUNTRY, LOCATION}:
        located = True  # "OSCE Mission to Skopje"
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
    places = {"in", "en", "a", "au", "aux", "to"}
    marker = sentence.marker_at(i)
    if any(b in places for b in between):
        return marker is not None and marker.code in {LOCATION, COUNTRY} and len(between) <= 2
    return all(language.has("possession", b) or b in {"the", "la", "le", "l'", "les", "los", "las"} for b in between)


def _may_join(sentence: Sentence, i: int, last: int, begin: int, language: Language) -> bool:
    """A small word inside a name: it counts only if more of the name follows."""
    norm = sentence.norm(i)
    if i - last >= 3:
        return False
    if norm == ",":
        return _list_in_name(sentence, i, begin, language)
    if norm in {"'", "'s"} and i == last and not language.head_first:
        bearer = match_phrase(sentence, last - 1, language.phrases["any_organisation"])
        return i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].capital and not bearer  # "Foreigners' Affairs"
    if norm not in language.words["connectors"]:
        return False
    if sentence.norm(last - 1) in _SUFFIXES and i == last:
        return False
    following = sentence.norm(i + 1)
    if (norm,) in language.phrases["and"] and not language.head_first and language.has("articles", following):
        return False  # "the Smuggling Section and the Crime Programme" are two
    if norm == "in" and following == "the" and sentence.norm(last - 1) != norm:
        return sentence.tokens[i + 2 : i + 3] != [] and sentence.tokens[i + 2].capital and sentence.free(i + 2, i + 3)
    if norm == "in" and not language.head_first and i == last and _goes_on_in(sentence, i, language):
        return True
    if norm in {"in", "en", "on", "au", "aux", "with", "avec", "con", "par", "por", "at"} and not language.head_first:
        marker = sentence.marker_at(i + 1)
        return norm in {"in", "on", "with"} and (marker is not None and marker.code in {LOCATION, COUNTRY})
    return True


def _goes_on_in(sentence: Sentence, i: int, language: Language) -> bool:
    """ "Agency Against Trafficking *in Persons*": no town follows, and the word before is not the head itself."""
    if i + 1 >= len(sentence.tokens) or not sentence.tokens[i + 1].capital or not sentence.free(i + 1, i + 2):
        return False
    head = match_phrase(sentence, i - 1, language.phrases["any_organisation"])
    return not head and sentence.tokens[i + 1].norm not in towns()


def _parallel(sentence: Sentence, i: int, language: Language) -> bool:
    """ "Ministère de la Santé, *de la Population, du Travail et des Affaires sociales*": each part begins alike."""
    k = i
    while k < min(i + 20, len(sentence.tokens)):
        joint = (sentence.norm(k),) in language.phrases["and"]
        k += 1
        if not language.has("possession", sentence.norm(k)):
            return False
        k += 2 if language.has("articles", sentence.norm(k + 1)) else 1
        if k >= len(sentence.tokens) or not sentence.tokens[k].text[0].isalpha() or not sentence.free(k, k + 1):
            return False
        if match_phrase(sentence, k, language.phrases["organisations"]):
            return False
        k += 1
        if joint:
            return True
        for _ in range(2):  # an adjective or two
            word = sentence.norm(k)
            if sentence.free(k, k + 1) and word[:1].isalpha() and (word,) not in language.phrases["and"]:
                k += 1
        if sentence.norm(k) != "," and (sentence.norm(k),) not in language.phrases["and"]:
            return False
    return False


def _list_in_name(sentence: Sentence, i: int, begin: int, language: Language) -> bool:
    """ "Ministry of Labour, Social Protection *and* Family": a comma with an "and" soon after, all of it capitals."""
    if language.head_first and _parallel(sentence, i, language):
        return True
    fields = any(language.has("fields", sentence.norm(k)) for k in range(max(0, begin - 3), begin))
    reach = 12 if fields else 6
    for k in range(i + 1, min(i + reach, len(sentence.tokens))):
        token = sentence.tokens[k]
        if (token.norm,) in language.phrases["and"]:
            follows = k + 1 < len(sentence.tokens) and sentence.marker_at(k + 1) is None
            return k > i + 1 and follows and not match_phrase(sentence, k + 1, language.phrases["organisations"])
        if sentence.marker_at(k) is not None or match_phrase(sentence, k, language.phrases["organisations"]):
            return False
        comma = fields and token.norm == ","
        if not token.capital and token.norm not in language.words["connectors"] and not comma:
            return False
    return False
