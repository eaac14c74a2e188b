"""How far the name of an organisation reaches around its head word."""

import re
from dataclasses import dataclass

from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, NATIONALITY, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language, Phrases
from migkg.lexicon.names import given_names
from migkg.text.normalize import fold

LIMIT = 14  # tokens in a name
_SUFFIXES = frozenset(["ltd", "limited", "inc", "corporation", "plc", "llc", "gmbh"])  # they end a company's name
_OF = frozenset(["of", "de", "du", "des", "d'", "del"])
STATE_TYPES = frozenset({"GovernmentBody"})
NAMED_TYPES = frozenset({"NonGovernmentalOrganisation", "Company", "AcademicInstitution"})
# Endings of adjectives after a noun in French and Spanish: what completes a lower-case name.
_ADJECTIVE = re.compile(
    r".{2,}(?:al|ale|ales|aux|ique|iques|el|elle|elles|if|ive|ives|ifs|aire|aires|ien|ienne|iennes|iens|ais|aise|ier|iere"
    r"|ieres|iers|eur|eure|eures|ico|ica|icos|icas|ivo|iva|ivos|ivas|ario|aria|arios|arias|ano|ana|anos|anas|ense|enses"
    r"|ble|bles|ado|ada|ados|adas|ido|ida|oso|osa|rio|ria|rios|rias|ee|ees|es|een|eenne|eens|eennes|icites?|ointe?s?|eo|ea|eos|eas"
    r"|aine?s?|communs?|communes?|elargie?s?|civile?s?|.*partites?)$"
)


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


def head_at(sentence: Sentence, at: int, language: Language) -> int:
    heads = language.phrases["any_organisation"]
    size = match_phrase(sentence, at, heads)
    if (
        not size
        or not language.spelled(sentence.tokens[at])
        or (sentence.shouted() and size < 2)
        or not sentence.free(at, at + size)
    ):
        return 0
    for i in range(at + size, min(at + size + 3, len(sentence.tokens))):
        if not sentence.tokens[i].capital or not sentence.free(i, i + 1):
            break
        if (sentence.norm(i),) in language.phrases["posts"]:
            return 0  # "Police Affairs Officer", "Mission Director"
    if sentence.tokens[at].capital:
        return size
    # A ministry, an embassy or an office may be written small, but then it says whose it is.
    kind = _head_type(sentence, at, size, language)
    if language.code == "en":
        before = sentence.marker_at(at - 1) or (sentence.marker_at(at - 2) if sentence.norm(at - 1) == "'s" else None)
        owned = before is not None and before.code in {ACTOR, COUNTRY, LOCATION}
        after = sentence.norm(at + size) == "of" and _country_ahead(sentence, at + size)
        state = kind in STATE_TYPES and not sentence.norm(at + size - 1).endswith("guards")  # these are people
        state = state and (after or _body_of_state(sentence, at, size, before, heads))
        return size if state or (kind == "OrganisationalUnit" and (owned or after)) else 0
    if language.has("indefinite", sentence.norm(at - 1)):
        return 0  # "une police haïtienne professionnelle" is none yet
    follows = sentence.marker_at(at + size)
    if follows is not None and follows.code == NATIONALITY and (sentence.norm(at),) in language.phrases["officials"]:
        return 0  # "la délégation népalaise" speaks for the state
    k = at + size
    while k < at + size + 2 and k < len(sentence.tokens) and not sentence.tokens[k].capital:
        skipped = sentence.marker_at(k)
        small = skipped is None and "-" in sentence.tokens[k].text
        if not (small or (skipped is not None and skipped.code == NATIONALITY)):
            break
        k += 1
    named = kind in NAMED_TYPES and at > 0 and k < len(sentence.tokens) and sentence.free(k, k + 1)
    if named and sentence.tokens[k].capital and sentence.tokens[k].text[0].isalpha():
        return size  # "la fondation Orange", "l'ONG suédoise Diakonia"
    said = follows is not None and follows.code == NATIONALITY
    of = sentence.norm(at + size) in {"de", "du", "des", "d'", "del"}
    of_country = of and _country_ahead(sentence, at + size)
    if said and (sentence.norm(at),) in language.phrases["national"]:
        return size
    if of and kind in STATE_TYPES | {"AcademicInstitution"} and _name_ahead(sentence, at + size, language):
        return size  # "le ministère de la Santé", "la gobernación de Potosí"
    return size if kind in STATE_TYPES | {"OrganisationalUnit"} and (said or of_country) else 0


def _name_ahead(sentence: Sentence, at: int, language: Language) -> bool:
    """Whether a capital follows the words that may stand between a head and its name."""
    i = at
    while i < at + 3 and (language.has("articles", sentence.norm(i)) or sentence.norm(i) == "de"):
        i += 1
    return i < len(sentence.tokens) and sentence.tokens[i].capital and sentence.tokens[i].text[0].isalpha()


def _body_of_state(sentence: Sentence, at: int, size: int, before: Marker | None, heads: Phrases) -> bool:
    """Whether a body written small stands beside its country, or in a list with one that does."""
    if before is not None and before.code in {COUNTRY, NATIONALITY}:
        return True
    listed = sentence.marker_at(at - 2)
    if sentence.norm(at - 1) == "and" and listed is not None and listed.thing is not None and listed.country:
        return listed.thing.type in STATE_TYPES
    other = match_phrase(sentence, at + size + 1, heads) if sentence.norm(at + size) == "and" else 0
    after = at + size + 1 + other
    return other > 0 and sentence.norm(after) == "of" and _country_ahead(sentence, after)


def _country_ahead(sentence: Sentence, at: int) -> bool:
    """Whether a country, a body or a place follows: what says whose office or ministry it is."""
    for i in range(at, min(at + 4, len(sentence.tokens))):
        marker = sentence.marker_at(i)
        if marker is not None:
            return marker.code in {COUNTRY, ACTOR, LOCATION}
    return False


def _head_type(sentence: Sentence, at: int, size: int, language: Language) -> str:
    phrase = tuple(t.norm for t in sentence.tokens[at : at + size])
    return language.phrases["organisations"].get(phrase) or language.phrases["national"].get(phrase) or ""


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
    small = language.code == "en" and not sentence.tokens[at].capital  # head_at has seen whose it is
    if last - first == size and not (before or small or _alone(sentence, at, size, language)):
        return None
    genitive = first if before is not None else 0
    if language.code == "en":
        at, size = _last_head(sentence, at, size, language)
    kind = _head_type(sentence, at, size, language)
    phrase = tuple(t.norm for t in sentence.tokens[at : at + size])
    if owner is not None and owner.thing is not None and kind not in STATE_TYPES:
        kind = owner.thing.type if owner.thing.type in STATE_TYPES else "OrganisationalUnit"
    elif country is not None and phrase in language.phrases["national"]:
        kind = "GovernmentBody"
    if right.place is not None and right.place.code == COUNTRY and kind in STATE_TYPES:
        country = country or right.place
    if before is not None and genitive and owner is before and last - first == size and kind == "OrganisationalUnit":
        first = before.first  # "IOM's Headquarters": the head alone is no name
    return Name(first, last, sentence.norm(at), kind, country, owner, right.place)


def _last_head(sentence: Sentence, at: int, size: int, language: Language) -> tuple[int, int]:
    """In English the last noun tells what it is: "Strategic Police Matters *Unit*"."""
    heads = language.phrases["any_organisation"]
    i = at + size
    while i < len(sentence.tokens) and sentence.tokens[i].capital and sentence.free(i, i + 1):
        longer = match_phrase(sentence, i, heads)
        if longer:
            at, size = i, longer
        i += max(longer, 1)
    return at, size


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
        if _starts_other(sentence, i, begin, language):
            break
        of_office = sentence.norm(begin) == "of" and sentence.norm(begin + 1) == "the"  # "Office of the Special …"
        if (token.norm,) in language.phrases["posts"] and not (found.last == begin and i > begin) and not of_office:
            break
        if language.code != "en" and _person_begins(sentence, i, found, begin):
            break
        ended = language.code != "en" and found.country is not None and found.country.code == COUNTRY
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
        elif _may_join(sentence, i, found.last, language):
            i += 1
        elif language.code != "en" and completes(sentence, i, found.last, language):
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
        language.code != "en"
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
    if language.code == "en" and sentence.norm(marker.first - 1) == "to" and marker.code in {COUNTRY, LOCATION}:
        located = True  # "OSCE Mission to Skopje"
    if marker.code == NATIONALITY and found.owner is None and found.place is None:
        heads = language.phrases["any_organisation"]
        if language.code == "en" and match_phrase(sentence, marker.last, heads):
            return False  # "Agency of the *Georgian* Ministry of Justice"
        found.country = found.country or marker
    elif marker.code in {COUNTRY, LOCATION} and located and found.place is None:
        found.place = marker
    elif marker.code == COUNTRY and found.owner is None and found.place is None:
        found.country = found.country or marker
    elif marker.code == ACTOR and found.owner is None and found.country is None:
        found.owner = marker
    elif marker.code == LOCATION and found.owner is None and sentence.norm(marker.first - 1) in _OF:
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
    return all(b in _OF or b in {"the", "la", "le", "l'", "les", "los", "las"} for b in between)


def _starts_other(sentence: Sentence, i: int, begin: int, language: Language) -> bool:
    """Another organisation begins here: "Department of Immigration of the *Ministry*…"."""
    if i == begin:
        return False
    heads = language.phrases["any_organisation"]
    size = match_phrase(sentence, i, heads)
    if not size:
        others = (language.phrases["government"], language.phrases["programmes"])
        linked = (sentence.norm(i - 2),) in language.phrases["and"] or (sentence.norm(i - 1),) in language.phrases[
            "and"
        ]
        apart = language.code == "fr" and (sentence.norm(i - 2),) in language.phrases["and"]
        apart = apart and sentence.tokens[i].capital and sentence.norm(i - 1) in {"le", "la", "l'", "les"}
        return apart or (language.code != "en" and linked and any((sentence.norm(i),) in o for o in others))
    if not sentence.tokens[i].capital:
        return head_at(sentence, i, language) > 0
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
    if norm in {"'", "'s"} and i == last and language.code == "en":
        bearer = match_phrase(sentence, last - 1, language.phrases["any_organisation"])
        return i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].capital and not bearer  # "Foreigners' Affairs"
    if norm not in language.words["connectors"]:
        return False
    if sentence.norm(last - 1) in _SUFFIXES and i == last:
        return False
    following = sentence.norm(i + 1)
    if (norm,) in language.phrases["and"] and language.code == "en" and language.has("articles", following):
        return False  # "the Smuggling Section and the Crime Programme" are two
    if norm == "in" and following == "the" and sentence.norm(last - 1) != norm:
        return sentence.tokens[i + 2 : i + 3] != [] and sentence.tokens[i + 2].capital and sentence.free(i + 2, i + 3)
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


def completes(sentence: Sentence, i: int, last: int, language: Language) -> bool:
    """A lower-case noun after "de la", or a lower-case adjective right after the name so far."""
    token = sentence.tokens[i]
    if not token.text[0].isalpha() or language.has("insertions", token.norm) or language.has("locative", token.norm):
        return False
    if any(language.has(c, token.norm) for c in ("articles", "pronouns", "definite")):
        return False
    if token.text.lower().endswith(("ía", "ían", "ió", "ó")):
        return False  # Spanish verbs: requería, pidió
    if sentence.norm(i - 1) in {"pour", "para"} and token.norm.endswith(("er", "ir", "re", "ar")):
        return False  # what it is for, in a verb of its own
    if i == last:
        return bool(_ADJECTIVE.match(token.norm)) and not language.has("undecided", token.norm)
    between = [sentence.norm(k) for k in range(last, i)]
    return any(
        b in {"de", "du", "des", "d'", "la", "l'", "del", "los", "las", "et", "y", "e", "pour", "para"} for b in between
    )
