"""One noun in the plural for several bodies: "los ministerios *de Salud y del Interior*"."""

from collections.abc import Iterator
from dataclasses import dataclass

from migkg.extract.cast import Cast, Thing
from migkg.extract.complements import completes
from migkg.extract.heads import NAMED_TYPES, STATE_TYPES
from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language

Said = tuple[Thing, str, Thing, int, int]
TYPES = STATE_TYPES | NAMED_TYPES
LONGEST = 8  # tokens of one body's own words
MOST = 12  # bodies under one noun


@dataclass(frozen=True, slots=True)
class Part:
    """What one of the bodies has of its own: tokens ``first`` … ``last - 1``, the name from ``begin``."""

    first: int
    begin: int
    last: int
    place: Marker | None


def mark_several(sentence: Sentence, cast: Cast) -> list[Said]:
    """Claim each body after a head in the plural, and say whose body it is where the text does."""
    found: list[Said] = []
    if sentence.shouted():
        return found
    for at in range(len(sentence.tokens) - 3):
        head = plural_head(sentence, at, cast.language)
        if head is None or not sentence.free(at, at + 1):
            continue
        parts = list(_parts(sentence, at + 1, cast.language))
        named = any(
            t.capital for p in parts for t in sentence.tokens[p.first : p.last]
        )  # not "their labour ministries"
        if len(parts) > 1 and named:
            for number, part in enumerate(parts):
                found += _enter(sentence, at if number == 0 else part.first, part, head, parts[0], cast)
    return found


def plural_head(sentence: Sentence, at: int, language: Language) -> tuple[str, str] | None:
    """Singular and type of a plural noun for bodies that have names; ``None`` for any other word.

    Embassies speak for their governments: "the embassies of France and Italy" are two governments.
    """
    token = sentence.tokens[at]
    for ending, singular in language.plural_endings.items():
        if token.norm.endswith(ending) and len(token.norm) > len(ending) + 3:
            text = token.text[: len(token.text) - len(ending)] + singular
            phrase = (token.norm[: len(token.norm) - len(ending)] + singular.replace("ó", "o"),)
            kind = language.phrases["organisations"].get(phrase)
            if kind in TYPES and not any(phrase in language.phrases[c] for c in ("places", "envoys")):
                return text, kind
    return None


def _parts(sentence: Sentence, at: int, language: Language) -> Iterator[Part]:
    """The bodies' own words: "de Salud", "del Interior"; ends where another phrase begins."""
    i, kind = at, ""
    for number in range(MOST):
        first = i
        linked = language.has("possession", sentence.norm(i))
        if linked:
            i += 1
            while language.has("articles", sentence.norm(i)):
                i += 1
        elif number == 0:
            return
        marker = sentence.marker_at(i)
        place = marker if marker is not None and marker.code in {COUNTRY, LOCATION} else None
        last = place.last if place is not None else _words_end(sentence, i, language)
        this = place.code if place is not None else ""
        town = kind == LOCATION and not this  # one that no table knows
        if last == i or (number and this != kind and not town and (not linked or this)):
            return
        if not linked and place is None and not sentence.tokens[i].capital:
            return
        kind = kind if number else this
        yield Part(first, first if linked else i, last, place)
        i = last
        if sentence.norm(i) == "," and (sentence.norm(i + 1),) in language.phrases["and"]:
            i += 1
        if sentence.norm(i) != "," and (sentence.norm(i),) not in language.phrases["and"]:
            return
        i += 1


def _words_end(sentence: Sentence, at: int, language: Language) -> int:
    """End of a field such as "Affaires sociales": capitals, and small words that complete them."""
    heads = language.phrases["any_organisation"]
    i = last = at
    while i < min(at + LONGEST, len(sentence.tokens)) and sentence.free(i, i + 1):
        token = sentence.tokens[i]
        if not token.text[0].isalpha() or (token.norm,) in language.phrases["and"]:
            break
        if i == at and (match_phrase(sentence, i, heads) or plural_head(sentence, i, language)):
            break
        if token.capital or (i == at and language.head_first) or completes(sentence, i, last, language):
            i = last = i + 1
        elif language.has("possession", token.norm) or language.has("articles", token.norm):
            i += 1
        else:
            break
    return last


def _enter(sentence: Sentence, at: int, part: Part, head: tuple[str, str], model: Part, cast: Cast) -> list[Said]:
    singular, kind = head
    start, end = sentence.span(part.begin, part.last)
    own = cast.text[start:end]
    if (
        part.begin == part.first
        and part is not model
        and not cast.language.has("possession", sentence.norm(part.first))
    ):
        own = f"{sentence.tokens[model.first].text} {own}"
    if part.place is not None:
        sentence.release(part.place)
    label = f"{singular} {own}"
    thing = cast.find("actor", label) or cast.named(kind, label, "actor")
    start = sentence.span(at, part.last)[0]
    thing.mention(start, end, f"several.{singular}")
    country = part.place.country if part.place is not None and part.place.code == COUNTRY else None
    said: list[Said] = []
    if country and kind in STATE_TYPES and part.place is not None:
        thing.country = thing.country or country
        government = cast.government(country, part.place.name)
        government.mention(part.place.start, part.place.end, "nationality")
        said.append((thing, "partOf", government, start, end))
    sentence.claim(Marker(ACTOR, at, part.last, start, end, thing, thing.country, label, rule=f"several.{singular}"))
    return said
