"""Where the head word of an organisation's name stands ("ministry", "service"), and what type it gives."""

import re

from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, NATIONALITY, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language

STATE_TYPES = frozenset({"GovernmentBody"})
NAMED_TYPES = frozenset({"NonGovernmentalOrganisation", "Company", "AcademicInstitution"})
_NUMBER = re.compile(r"[IVXL]+$|\d+(?:er|e|ème|º|ª|°)$")


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
        if (sentence.norm(i),) in language.phrases["posts"] and not language.head_first:
            return 0  # "Police Affairs Officer", "Mission Director"
    if sentence.tokens[at].capital:
        if language.has("national_only", sentence.norm(at)):
            beside = sentence.marker_at(at + size)
            return size if beside is not None and beside.code == NATIONALITY else 0
        numbered = _NUMBER.match(sentence.tokens[at - 1].text) if at else None  # "III Diálogo Andino" is an event
        return 0 if numbered and head_type(sentence, at, size, language) == "RegionalProcess" else size
    if language.has("capital_heads", sentence.norm(at)):
        return 0
    # A ministry, an embassy or an office may be written small, but then it says whose it is.
    kind = head_type(sentence, at, size, language)
    if not language.head_first:
        owner = language.has("genitive", sentence.norm(at - 1))
        before = sentence.marker_at(at - 1) or (sentence.marker_at(at - 2) if owner else None)
        owned = before is not None and before.code in {ACTOR, COUNTRY, LOCATION}
        after = language.has("possession", sentence.norm(at + size)) and _country_ahead(sentence, at + size)
        state = kind in STATE_TYPES and not language.has(
            "people_heads", sentence.norm(at + size - 1)
        )  # these are people
        state = state and (after or _body_of_state(sentence, at, size, before, language))
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
    of = language.has("possession", sentence.norm(at + size))
    of_country = of and _country_ahead(sentence, at + size)
    if said and (sentence.norm(at),) in language.phrases["national"]:
        return size
    if of and kind in STATE_TYPES | {"AcademicInstitution"} and _name_ahead(sentence, at + size, language):
        return size  # "le ministère de la Santé", "la gobernación de Potosí"
    return size if kind in STATE_TYPES | {"OrganisationalUnit"} and (said or of_country) else 0


def _name_ahead(sentence: Sentence, at: int, language: Language) -> bool:
    """Whether a capital follows the words that may stand between a head and its name."""
    i = at
    while i < at + 3 and any(language.has(c, sentence.norm(i)) for c in ("articles", "possession")):
        i += 1
    return i < len(sentence.tokens) and sentence.tokens[i].capital and sentence.tokens[i].text[0].isalpha()


def _body_of_state(sentence: Sentence, at: int, size: int, before: Marker | None, language: Language) -> bool:
    """Whether a body written small stands beside its country, or in a list with one that does."""
    if before is not None and before.code in {COUNTRY, NATIONALITY}:
        return True
    joints, heads = language.phrases["and"], language.phrases["any_organisation"]
    listed = sentence.marker_at(at - 2)
    if (sentence.norm(at - 1),) in joints and listed is not None and listed.thing is not None and listed.country:
        return listed.thing.type in STATE_TYPES
    other = match_phrase(sentence, at + size + 1, heads) if (sentence.norm(at + size),) in joints else 0
    after = at + size + 1 + other
    return other > 0 and language.has("possession", sentence.norm(after)) and _country_ahead(sentence, after)


def _country_ahead(sentence: Sentence, at: int) -> bool:
    """Whether a country, a body or a place follows: what says whose office or ministry it is."""
    for i in range(at, min(at + 4, len(sentence.tokens))):
        marker = sentence.marker_at(i)
        if marker is not None:
            return marker.code in {COUNTRY, ACTOR, LOCATION}
    return False


def head_type(sentence: Sentence, at: int, size: int, language: Language) -> str:
    phrase = tuple(t.norm for t in sentence.tokens[at : at + size])
    return language.phrases["organisations"].get(phrase) or language.phrases["national"].get(phrase) or ""


def last_head(sentence: Sentence, at: int, size: int, language: Language) -> tuple[int, int]:
    """In English the last noun tells what it is: "Strategic Police Matters *Unit*"."""
    heads = language.phrases["any_organisation"]
    i = at + size
    while i < len(sentence.tokens) and sentence.tokens[i].capital and sentence.free(i, i + 1):
        longer = match_phrase(sentence, i, heads)
        if longer:
            at, size = i, longer
        i += max(longer, 1)
    return at, size


def stands_alone(sentence: Sentence, at: int, size: int, language: Language) -> bool:
    """A head of two words or more ("Home Office", "Police nationale") is a name even without anything beside it."""
    return size > 1 and sentence.tokens[at].capital and at > 0


def starts_other(sentence: Sentence, i: int, begin: int, language: Language) -> bool:
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
        apart = language.head_first and (sentence.norm(i - 2),) in language.phrases["and"]
        apart = apart and sentence.tokens[i].capital and language.has("joined_articles", sentence.norm(i - 1))
        return apart or (language.head_first and linked and any((sentence.norm(i),) in o for o in others))
    if not sentence.tokens[i].capital:
        inside = language.head_first and not any(t.capital for t in sentence.tokens[begin:i])
        inside = inside and begin < i <= begin + 3  # "Direction générale de la *protection civile*"
        return not inside and head_at(sentence, i, language) > 0
    alone = language.has("national_only", sentence.norm(i)) and sentence.norm(i - 1) != ","
    if alone and head_at(sentence, i, language) == 0:
        return False  # "Ministère des Affaires étrangères et de la *Coopération*"
    if language.head_first:
        return True
    return any(language.has(c, sentence.norm(i + size)) for c in ("possession", "purpose")) or (
        sentence.norm(i - 1) == "," or language.has("name_articles", sentence.norm(i - 1))
    )
