"""Towns, provinces and other places below the country."""

from migkg.extract.cast import Cast
from migkg.extract.sentence import ACTOR, COUNTRY, DATE, LOCATION, PERSON, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language
from migkg.lexicon.names import place_particles, towns
from migkg.text.normalize import fold

LARGE = 300_000  # a town of this size needs no preposition before it to be recognised


def mark_places(sentence: Sentence, cast: Cast) -> None:
    """Claim capitalised words that are places: known towns, "X Province", and names after "in" before a country."""
    at = 0
    while at < len(sentence.tokens):
        last = _run(sentence, at)
        if last == at:
            at += 1
            continue
        first, end = _place(sentence, at, last, cast)
        if end > first:
            _enter(sentence, first, end, cast)
            at = end
        else:
            at = last


def _run(sentence: Sentence, at: int) -> int:
    last = at
    while last < len(sentence.tokens) and last - at < 6:
        token = sentence.tokens[last]
        small = token.norm in place_particles()
        following = last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].capital
        if (token.capital and token.text[0].isalpha() and sentence.free(last, last + 1)) or (
            last > at and small and following and sentence.free(last, last + 2)
        ):
            last += 1
        else:
            break
    return last


def _place(sentence: Sentence, first: int, last: int, cast: Cast) -> tuple[int, int]:
    """The part of a capitalised run that is a place; an empty range if none is."""
    language = cast.language
    before = sentence.norm(first - 1)
    locative = language.has("locative", before) or (
        language.has("articles", before) and language.has("locative", sentence.norm(first - 2))
    )
    listed = _in_list_of_places(sentence, first, language)
    for size in range(last - first, 0, -1):
        for begin in range(first, last - size + 1):
            name = fold(" ".join(t.text for t in sentence.tokens[begin : begin + size]))
            size_of_town = 0 if size == 1 and (_is_word(name, language) or name in cast.small) else towns().get(name, 0)
            dateline = begin == 0 and sentence.norm(begin + size) in {",", "-", "(", "."} and not sentence.heading
            sure = locative or listed or dateline or _said_beside(sentence, begin + size, language)
            if size_of_town and (size == last - first or size > 1) and (sure or size_of_town >= LARGE):
                return begin, begin + size
    if cast.find("Place", sentence_name(sentence, first, last, cast)) is not None and last - first < 4:
        return first, last
    if match_phrase(sentence, last, language.phrases["places"]) == 1 and not language.head_first:
        return first, last
    inside = last - first > 1 and any((t.norm,) in language.phrases["places"] for t in sentence.tokens[first:last])
    if inside or _head_before(sentence, first, cast) or _office_before(sentence, first, language):
        return first, last
    if _dateline(sentence, first, last, language):
        return first, last
    if (locative or listed) and _country_follows(sentence, last) and last - first <= 3:
        return first, last
    listing = sentence.norm(last) == "," and any(t.capital for t in sentence.tokens[last + 1 : last + 2])
    if language.has("list_place_prepositions", before) and listing:
        return first, last
    placed = language.has("place_prepositions", before) and last - first <= 3
    if placed and not sentence.tokens[first].acronym and not sentence.shouted():
        weak = any(
            match_phrase(sentence, i, language.phrases[c])
            for i in range(first, last)
            for c in ("programmes", "instruments", "events")
        )
        plain = _plain_words(sentence, first, last, cast)
        return (first, last) if not (weak or _of_calendar(sentence, first, last, language) or plain) else (first, first)
    listed = listed and not _of_calendar(sentence, first, last, language)
    return (first, last) if listed and last - first <= 3 else (first, first)


def _of_calendar(sentence: Sentence, first: int, last: int, language: Language) -> bool:
    return any(t.norm in language.months or t.norm in language.weekdays for t in sentence.tokens[first:last])


def _said_beside(sentence: Sentence, at: int, language: Language) -> bool:
    """Whether the words after a town's name show a place: ", Kenya", "au Mali", "-based"."""
    following = sentence.marker_at(at + 1)
    located = following is not None and following.code == COUNTRY and language.has("located", sentence.norm(at))
    based = sentence.norm(at) == "-" and at > 0 and sentence.tokens[at].start == sentence.tokens[at - 1].end
    return located or (based and sentence.norm(at + 1) == "based") or _country_follows(sentence, at)


def _office_before(sentence: Sentence, first: int, language: Language) -> bool:
    """ "the Mayor *of* X", "le préfet *de* X": an office that is only held over a place."""
    if not language.has("possession", sentence.norm(first - 1)) or sentence.tokens[first].acronym:
        return False
    return (sentence.norm(first - 2),) in language.phrases["local_posts"]


def _dateline(sentence: Sentence, first: int, last: int, language: Language) -> bool:
    """ "Kédougou, le 27 février 2020": capitals at the beginning with a date right after them."""
    if first or last - first > 3 or sentence.norm(last) not in {",", "("}:
        return False
    at = last + 1 + language.has("articles", sentence.norm(last + 1))
    marker = sentence.marker_at(at)
    calendar = _of_calendar(sentence, first, last, language)
    return marker is not None and marker.code == DATE and not calendar


def _plain_words(sentence: Sentence, first: int, last: int, cast: Cast) -> bool:
    """Whether capitals after "in" are words of a title: written small elsewhere, or after a capital ("Trafficking in
    Persons")."""
    held = sentence.marker_at(first - 2)
    title = first > 2 and sentence.tokens[first - 2].capital and (held is None or held.code not in {ACTOR, PERSON})
    return title or all(t.norm in cast.small for t in sentence.tokens[first:last] if t.capital)


def _is_word(name: str, language: Language) -> bool:
    """Whether a town is called like a small word of the language (Para, Man, Of)."""
    return any(name in forms for forms in language.words.values()) or name in language.months


def sentence_name(sentence: Sentence, first: int, last: int, cast: Cast) -> str:
    start, end = sentence.span(first, last)
    return cast.text[start:end]


def _country_follows(sentence: Sentence, at: int) -> bool:
    if sentence.norm(at) not in {",", "("}:
        return False
    for i in (at + 1, at + 2):
        marker = sentence.marker_at(i)
        if marker is not None:
            return marker.code == COUNTRY
    return False


def _in_list_of_places(sentence: Sentence, first: int, language: Language) -> bool:
    """ "in Adamaoua, Littoral *and Centre*": the word before is a comma or an "and" after a place."""
    i = first - 1
    for _ in range(3):
        if sentence.norm(i) == "," or language.has("place_list_words", sentence.norm(i)):
            i -= 1
    marker = sentence.marker_at(i)
    article = not language.head_first and language.has("name_articles", sentence.norm(first - 1))
    return i < first - 1 and marker is not None and marker.code == LOCATION and not article


def _head_before(sentence: Sentence, first: int, cast: Cast) -> bool:
    """ "the city of X", "la province de X", "l'île de X"."""
    i = first - 1
    for _ in range(3):
        if any(cast.language.has(c, sentence.norm(i)) for c in ("possession", "name_articles")):
            i -= 1
    if i == first - 1 and not cast.language.head_first:
        return False
    return (sentence.norm(i),) in cast.language.phrases["places"]


def _enter(sentence: Sentence, first: int, last: int, cast: Cast) -> None:
    start, end = sentence.span(first, last)
    label = cast.text[start:end]
    thing = cast.named("Place", label.title() if label.isupper() else label, "Place")
    thing.mention(start, end, "place")
    if cast.language.has("continents", sentence.norm(first)):
        thing.named = False
    sentence.claim(Marker(LOCATION, first, last, start, end, thing, name=label, rule="place"))


def _mark_national(sentence: Sentence, marker: Marker, cast: Cast) -> None:
    """ "Caritas Senegal" is the national organisation, not the worldwide one that the table knows."""
    country = sentence.marker_at(marker.last)
    if country is None or country.code != COUNTRY or not country.country:
        return
    label = cast.text[marker.start : country.end]
    thing = marker.thing
    assert thing is not None
    thing.spans = [s for s in thing.spans if s[:2] != (marker.start, marker.end)]
    own = cast.named(thing.type, label, "actor", country.country)
    own.mention(marker.start, country.end, "national")
    sentence.release(marker)
    sentence.release(country)
    first, last, name = marker.first, country.last, country.country
    sentence.claim(Marker(ACTOR, first, last, marker.start, country.end, own, name, label, rule="national"))


def mark_units(sentence: Sentence, cast: Cast) -> list[tuple[Marker, Marker, Marker]]:
    """ "IOM in Libya", "UNHCR Colombia": a unit of an organisation, named by its place.

    Returns:
        (unit, organisation, place) for each.
    """
    from migkg.extract.cast import Thing

    found = []
    language = cast.language
    for marker in list(sentence.markers):
        thing = marker.thing
        if marker.code != ACTOR or thing is None:
            continue
        if thing.type == "NonGovernmentalOrganisation" and thing.key:
            _mark_national(sentence, marker, cast)
        if not sentence.tokens[marker.first].acronym:
            continue
        i = marker.last
        preposition = language.has("unit_prepositions", sentence.norm(i))
        preposition = preposition and not any(language.has(c, sentence.norm(i)) for c in ("possession", "purpose"))
        place = sentence.marker_at(i + 1 if preposition else i)
        if place is None or place.code not in {COUNTRY, LOCATION} or sentence.norm(i) == ",":
            continue
        if preposition and place.code == LOCATION:
            continue
        places = [place, *_further(sentence, place, language)] if preposition else [place]
        if preposition and _complement(sentence, marker, language):
            continue
        start, end = marker.start, places[-1].end
        label = language.unit_label.format(organisation=marker.name, place=", ".join(p.name for p in places))
        unit: Thing = cast.named("OrganisationalUnit", label, "actor", None)
        unit.mention(start, end, "unit")
        office = _office_word(sentence, marker.first, language)
        if office < marker.first:
            unit.mention(sentence.tokens[office].start, end, "unit.office")
        for part in (marker, *places):
            sentence.release(part)
        whole = Marker(ACTOR, marker.first, places[-1].last, start, end, unit, place.country, label, rule="unit")
        sentence.claim(whole)
        found += [(whole, marker, p) for p in places]
    return found


def _office_word(sentence: Sentence, first: int, language: Language) -> int:
    """The token of "Oficina" in "Oficina *del ACNUR* en Argentina", held by a title; else ``first``."""
    i = first - 1
    while any(language.has(c, sentence.norm(i)) for c in ("possession", "name_articles")):
        i -= 1
    unit = language.phrases["organisations"].get((sentence.norm(i),)) == "OrganisationalUnit"
    return i if unit and i < first - 1 else first


def _complement(sentence: Sentence, marker: Marker, language: Language) -> bool:
    """Whether the organisation only completes a noun ("le travail *de l'OIM* au Yémen"): no unit then."""
    i = marker.first - 1
    while language.has("articles", sentence.norm(i)) and not language.has("possession", sentence.norm(i)):
        i -= 1
    if not language.has("possession", sentence.norm(i)) or not language.head_first:
        return False
    return (sentence.norm(i - 1),) in language.phrases["activities"]


def _further(sentence: Sentence, place: Marker, language: Language) -> list[Marker]:
    """The other countries of "IOM in El Salvador, Guatemala and Honduras"."""
    found: list[Marker] = []
    i = place.last
    while True:
        ended = (sentence.norm(i),) in language.phrases["and"]
        if not ended and sentence.norm(i) != ",":
            break
        following = sentence.marker_at(i + 1)
        if following is None or following.code != COUNTRY:
            break
        found.append(following)
        if ended:
            return found
        i = following.last
    return []
