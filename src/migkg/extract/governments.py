"""States as actors, where the text says so: "the Government of Japan", "gobierno peruano", "Thai officials"."""

from migkg.extract.cast import Cast
from migkg.extract.sentence import ACTOR, COUNTRY, NATIONALITY, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language


def mark_governments(sentence: Sentence, cast: Cast) -> None:
    """Claim "government" with the country or nationality beside it as one mention of the state."""
    language = cast.language
    for at in range(len(sentence.tokens)):
        for group, rule in (("government", "government"), ("officials", "officials")):
            size = match_phrase(sentence, at, language.phrases[group])
            if size and sentence.free(at, at + size):
                extent = _beside(sentence, at, at + size, group == "officials", language)
                if extent is not None:
                    _enter(sentence, extent, cast, rule)
                    break


def _beside(
    sentence: Sentence, at: int, end: int, nationality_only: bool, language: Language
) -> tuple[int, int, Marker] | None:
    before = sentence.marker_at(at - 1)
    if before is not None and before.code == NATIONALITY:
        return before.first, end, before
    after = sentence.marker_at(end)
    if after is not None and after.code == NATIONALITY:
        return at, after.last, after
    if nationality_only:
        return None
    if before is not None and before.code == COUNTRY and not language.has("country_links", sentence.norm(end)):
        return before.first, end, before
    if language.has("genitive", sentence.norm(at - 1)):
        owner = sentence.marker_at(at - 2)
        if owner is not None and owner.code == COUNTRY:
            return owner.first, end, owner
    i = end
    while i < end + 3 and language.has("country_links", sentence.norm(i)):
        i += 1
    country = sentence.marker_at(i)
    if country is not None and country.code == COUNTRY and i > end and sentence.tokens[at].norm[-1] != "s":
        return at, country.last, country
    return None


def _enter(sentence: Sentence, extent: tuple[int, int, Marker], cast: Cast, rule: str) -> None:
    first, last, country = extent
    assert country.country is not None
    thing = cast.government(country.country, country.name)
    start, end = sentence.span(first, last)
    thing.mention(start, end, rule)
    thing.mention(country.start, country.end, rule)
    if rule == "government" and country.code == COUNTRY and not thing.aliases:
        thing.label = cast.text[start:end]
        thing.aliases.add(thing.label)
    marker = Marker(ACTOR, first, last, start, end, thing, country.country, country.name, rule=rule)
    sentence.claim(marker)
