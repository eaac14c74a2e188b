"""Names of people: "Deputy Director General *Coumba Seydi*", "M. *Jun Yoshida*"."""

from migkg.extract.cast import Cast, Thing
from migkg.extract.offices import post_beside
from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, PERSON, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language
from migkg.lexicon.names import ends_like_family, given_names, particles, towns
from migkg.text.normalize import fold
from migkg.text.tokens import Token

LONGEST_NAME = 6


def mark_people(sentence: Sentence, cast: Cast) -> None:
    """Claim the names of people."""
    language = cast.language
    at = 0
    while at < len(sentence.tokens):
        last = _run(sentence, at, language)
        last = last if last > at else _run_from_town(sentence, at, language)
        if last == at:
            at += 1
            continue
        first = at
        if _score(sentence, first, last, language) >= 2:
            _enter(sentence, first, last, cast)
        at = last


def _run(sentence: Sentence, at: int, language: Language) -> int:
    """End of a run of capitalised words, particles included, that starts at a token; ``at`` itself if there is none."""
    if not _name_token(sentence, at, language):
        return at
    last = i = at + 1
    while i < len(sentence.tokens) and i - at < LONGEST_NAME:
        token = sentence.tokens[i]
        if _name_token(sentence, i, language) or _town_as_name(sentence, i, at, language):
            last = i = i + 1
        elif (
            (token.norm,) in language.phrases["and"]
            and i + 1 < len(sentence.tokens)
            and _given(sentence.tokens[i + 1].text)
        ):
            break  # "Wilma Rojas *y Hernán* Pastorutti"
        elif (
            (_particle(token) and _name_token(sentence, i + 1, language))
            or (
                _particle(token)
                and sentence.norm(i + 1) in particles()
                and _name_token(sentence, i + 2, language)  # "Reinout van der Veer"
            )
            or (
                token.text == "."
                and i - 1 >= at
                and len(sentence.tokens[i - 1].text) == 1
                and _name_token(sentence, i + 1, language)
            )
            or (token.norm == "'" and _name_token(sentence, i + 1, language))
        ):
            i += 1
        elif _inner_apostrophe(sentence, i):
            last = i = i + 2
        else:
            break
    return last


def _run_from_town(sentence: Sentence, at: int, language: Language) -> int:
    """End of a name whose given name is that of a town or country ("*Washington* Larre Borda"); ``at`` for none.

    Only beside an office or a form of address: else "Washington" is the town.
    """
    marker = sentence.marker_at(at)
    if marker is None or marker.code not in {LOCATION, COUNTRY} or marker.last - at != 1:
        return at
    if not _given(sentence.tokens[at].text) or not _name_token(sentence, at + 1, language):
        return at
    last = _run(sentence, at + 1, language)
    addressed = match_phrase(sentence, at - 1, language.phrases["honorifics"]) == 1 and at > 0
    return last if addressed or post_beside(sentence, at, last, language) else at


def _inner_apostrophe(sentence: Sentence, i: int) -> bool:
    """Whether an apostrophe stands inside a name that goes on small: "Fa'asavalu"."""
    parts = sentence.tokens[i - 1 : i + 2]
    if len(parts) < 3 or sentence.norm(i) != "'" or parts[2].capital or not parts[2].text.isalpha():
        return False
    return parts[0].end == parts[1].start and parts[1].end == parts[2].start and len(parts[2].text) > 2


def _particle(token: Token) -> bool:
    return token.norm in particles() and (token.capital or not token.norm.endswith("'"))


def _name_token(sentence: Sentence, i: int, language: Language) -> bool:
    if not 0 <= i < len(sentence.tokens):
        return False
    token, marker = sentence.tokens[i], sentence.marker_at(i)
    if not token.capital or not token.text[0].isalpha():
        return False
    begins = i == 0 or sentence.tokens[i - 1].text in ':«“"('
    following = sentence.tokens[i + 1 : i + 2]
    if begins and following and fold(following[0].text) in given_names() and token.norm not in given_names():
        return False  # "Atiende Noelia Quesada": a verb begins the sentence
    if begins and any(token.norm in forms for forms in language.words.values()):
        return False
    if language.has("definite", token.norm) and not begins:
        return False
    if (token.norm,) in language.phrases["honorifics"] and i + 1 < len(sentence.tokens):
        return False
    if sentence.norm(i + 1) == "." and (token.norm, ".") in language.phrases["honorifics"]:
        return False
    if language.has("continents", token.norm) or (len(token.text) > 3 and token.text.endswith(".")):
        return False  # "Afrique du Nord", "S.E.M."
    if marker is not None:
        # "Jordan" or "Chad" as a given name: only where another part of a name stands beside it.
        return False
    return not (token.acronym and len(token.text) <= 3 and not sentence.heading)


def _town_as_name(sentence: Sentence, i: int, at: int, language: Language) -> bool:
    """A surname that is a town too, between a given name and another surname: "Edna *Lima* Évora"."""
    marker = sentence.marker_at(i)
    if marker is None or marker.code != LOCATION or marker.last - marker.first != 1 or i != at + 1:
        return False
    return _given(sentence.tokens[at].text) and _name_token(sentence, i + 1, language)


def _score(sentence: Sentence, first: int, last: int, language: Language) -> int:
    tokens = sentence.tokens
    size = last - first
    score = 0
    if (match_phrase(sentence, first - 1, language.phrases["honorifics"]) == 1 and first > 0) or (
        sentence.norm(first - 1) == "." and _honorific_before(sentence, first - 1, language)
    ):
        score += 3
    if any(_given(tokens[i].text) for i in range(first, min(first + 2, last))):
        score += 2 if size > 1 else 0
        score += 1 if _given(tokens[first].text) and size > 1 else 0
    if post_beside(sentence, first, last, language):
        score += 2 if size > 1 else 1
    if (sentence.norm(last),) in language.phrases["speech"] or (sentence.norm(first - 1),) in language.phrases[
        "speech"
    ]:
        score += 1
    if first == 0 and language.has("articles", tokens[0].norm):
        score -= 3
    if size > 1 and _introduced(sentence, first, last, language):
        score += 2
    if any(ends_like_family(tokens[i].text) for i in range(first + 1, last)):
        score += 2
    score -= _against(sentence, first, last, score, language)
    if size == 1 and score < 3:
        score = 0
    return score


def _against(sentence: Sentence, first: int, last: int, score: int, language: Language) -> int:
    """What speaks against a person, given what speaks for one: words of places, bodies and programmes."""
    against = 0
    end = last if not language.head_first else max(first + 1, last - 1)  # "Calle Mayor", but "Ana Calle"
    if any((sentence.tokens[i].norm,) in language.phrases["no_people"] for i in range(first, end)):
        against += 4
    if place_before(sentence, first, language) or language.has("never_people", sentence.norm(first - 1)):
        against += 3  # "dans les villages d'*Ali Addeh*", "en *Elías Piña*"
    elif last - first > 1 and _named_like_town(sentence, first, last, language):
        against += 3
    head = any(match_phrase(sentence, i, language.phrases["any_organisation"]) for i in range(first, last))
    described = any(
        match_phrase(sentence, i, language.phrases[c])
        for i in range(first, last)
        for c in ("programmes", "instruments", "events", "places")
        if c != "places" or i == first  # "Calle" is also a surname
    )
    if head or described:
        against += 3
    if (
        language.has("locative", sentence.norm(first - 1))
        and not post_beside(sentence, first, last, language)
        and score - against < 4
    ):
        against += 1
    return against


def _named_like_town(sentence: Sentence, first: int, last: int, language: Language) -> bool:
    """Whether a run is the name of a town, or stands in a list after one, with nothing that shows a person."""
    if post_beside(sentence, first, last, language) or _introduced(sentence, first, last, language):
        return False
    if match_phrase(sentence, first - 1, language.phrases["honorifics"]) or sentence.norm(first - 1) == ".":
        return False
    spoken = {(sentence.norm(first - 1),), (sentence.norm(last),)} & language.phrases["speech"].keys()
    if spoken:
        return False
    return _town(sentence, first, last) or _after_town(sentence, first, language)


def _town(sentence: Sentence, first: int, last: int) -> bool:
    return fold(" ".join(t.text for t in sentence.tokens[first:last])) in towns()


def _after_town(sentence: Sentence, first: int, language: Language) -> bool:
    """ "San Juan, Azua *y* Elías Piña": a town that the table knows stands before the comma or the "and"."""
    end = first - 1
    if sentence.norm(end) != "," and (sentence.norm(end),) not in language.phrases["and"]:
        return False
    marker = sentence.marker_at(end - 1)
    if marker is not None:
        return marker.code == LOCATION
    begin = end
    while begin > max(0, end - 3) and sentence.tokens[begin - 1].capital and sentence.free(begin - 1, begin):
        begin -= 1
    return begin < end and _town(sentence, begin, end)


def place_before(sentence: Sentence, first: int, language: Language) -> bool:
    """Whether a noun for a place stands before a name, with a word between the two: "the city *of* X"."""
    i = first - 1
    while i > first - 4 and any(language.has(c, sentence.norm(i)) for c in ("possession", "name_articles")):
        i -= 1
    return i < first - 1 and (sentence.norm(i),) in language.phrases["places"]


def _given(text: str) -> bool:
    """A given name, also a double one: "Jean-Sébastien"."""
    return fold(text) in given_names() or ("-" in text and all(p and fold(p) in given_names() for p in text.split("-")))


def _introduced(sentence: Sentence, first: int, last: int, language: Language) -> bool:
    """Whether the words around show a person: "contact: X", "X, who heads …"."""
    contact = sentence.norm(first - 1) == ":" and (sentence.norm(first - 2),) in language.phrases["contact_words"]
    follows = sentence.norm(last + 1) if sentence.norm(last) == "," else ""
    return (
        contact or sentence.contact or (follows,) in language.phrases["personal"] or _of_body(sentence, last, language)
    )


def _of_body(sentence: Sentence, last: int, language: Language) -> bool:
    """Whether the name goes on with the body it belongs to: "X, *de l'OIM Cameroun*, …"."""
    if sentence.norm(last) != "," or (sentence.norm(last + 1),) not in language.phrases["of"]:
        return False
    i = last + 2
    while language.has("articles", sentence.norm(i)):
        i += 1
    marker = sentence.marker_at(i)
    return marker is not None and marker.code == ACTOR


def _honorific_before(sentence: Sentence, dot: int, language: Language) -> bool:
    word = sentence.norm(dot - 1)
    return (word, ".") in language.phrases["honorifics"] or (word,) in language.phrases["honorifics"]


def _enter(sentence: Sentence, first: int, last: int, cast: Cast) -> Marker:
    start, end = sentence.span(first, last)
    label = cast.text[start:end]
    for held in {m for m in sentence.claimed[first:last] if m is not None}:
        sentence.release(held)
        if held.thing is not None:
            held.thing.spans = [s for s in held.thing.spans if s[:2] != (held.start, held.end)]
    known = cast.find("Person", label) or _by_surname(label, cast)
    thing = known or cast.named("Person", label, "Person")
    if len(label) > len(thing.label):
        thing.label = label
        cast.alias("Person", label, thing)
    thing.mention(start, end, "person")
    surname = label.split()[-1]
    if len(surname) > 2:
        cast.alias("Person", surname, thing)
    return sentence.claim(Marker(PERSON, first, last, start, end, thing, name=label, rule="person"))


def _by_surname(label: str, cast: Cast) -> Thing | None:
    words = label.split()
    if len(words) == 1:
        return cast.find("Person", words[0])
    known = cast.find("Person", words[-1])
    if known is None:
        return None
    own = {fold(w) for w in words}
    theirs = {fold(w) for w in known.label.split()}
    return known if own <= theirs or theirs <= own else None


def mark_surnames(sentence: Sentence, cast: Cast) -> None:
    """A single capitalised word that is the surname of somebody already named."""
    for i, token in enumerate(sentence.tokens):
        if token.capital and sentence.free(i, i + 1) and len(token.text) > 2:
            thing = cast.find("Person", token.text)
            if thing is not None and thing.label.split()[-1] == token.text:
                thing.mention(token.start, token.end, "surname")
                sentence.claim(Marker(PERSON, i, i + 1, token.start, token.end, thing, name=token.text, rule="surname"))
