"""Names of people: "Deputy Director General *Coumba Seydi*", "M. *Jun Yoshida*"."""

from migkg.extract.cast import Cast, Thing
from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, NATIONALITY, PERSON, POST, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language
from migkg.lexicon.names import given_names, particles
from migkg.text.normalize import fold
from migkg.text.tokens import Token

LONGEST_NAME = 6


def mark_people(sentence: Sentence, cast: Cast) -> None:
    """Claim the names of people."""
    language = cast.language
    at = 0
    while at < len(sentence.tokens):
        last = _run(sentence, at, language)
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
        else:
            break
    return last


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
    if _post_beside(sentence, first, last, language):
        score += 2 if size > 1 else 1
    if (sentence.norm(last),) in language.phrases["speech"] or (sentence.norm(first - 1),) in language.phrases[
        "speech"
    ]:
        score += 1
    if first == 0 and language.has("articles", tokens[0].norm):
        score -= 3
    if size > 1 and _introduced(sentence, first, last, language):
        score += 2
    end = last if not language.head_first else max(first + 1, last - 1)  # "Calle Mayor", but "Ana Calle"
    if any((tokens[i].norm,) in language.phrases["no_people"] for i in range(first, end)):
        score -= 4
    if place_before(sentence, first, language):
        score -= 3  # "dans les villages d'*Ali Addeh*"
    head = any(match_phrase(sentence, i, language.phrases["any_organisation"]) for i in range(first, last))
    described = any(
        match_phrase(sentence, i, language.phrases[c])
        for i in range(first, last)
        for c in ("programmes", "instruments", "events", "places")
        if c != "places" or i == first  # "Calle" is also a surname
    )
    if head or described:
        score -= 3
    if (
        language.has("locative", sentence.norm(first - 1))
        and not _post_beside(sentence, first, last, language)
        and score < 4
    ):
        score -= 1
    if size == 1 and score < 3:
        score = 0
    return score


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


def _post_beside(sentence: Sentence, first: int, last: int, language: Language) -> bool:
    """A post right before the name, or after the name and a comma; also when a body stands between them."""
    i = first - 1
    addresses = {word for phrase in language.phrases["honorifics"] for word in phrase}
    while i >= 0 and (sentence.norm(i) in {",", "(", "."} or sentence.norm(i) in addresses):
        i -= 1
    i = _before_region(sentence, i, language)
    if sentence.norm(first - 1) == "," and _title_before(sentence, first - 2):
        return True
    for _ in range(6):
        marker = sentence.marker_at(i)
        if marker is None:
            if language.has("post_links", sentence.norm(i)):
                i -= 1
                continue
            break
        if marker.code == POST:
            return True
        if marker.code not in {ACTOR, COUNTRY, NATIONALITY, LOCATION}:
            break
        i = marker.first - 1
    k = last
    if sentence.norm(k) in {",", "("}:
        for step in range(1, 5):
            marker = sentence.marker_at(k + step)
            if marker is not None and marker.code == POST:
                return True
    return False


def _title_before(sentence: Sentence, i: int) -> bool:
    """A post with its field before the comma: "le ministre ivoirien *de l'Intégration africaine*, …"."""
    for k in range(i, max(-1, i - 11), -1):
        marker = sentence.marker_at(k)
        if marker is not None and marker.code == POST:
            return True
        word = sentence.norm(k)
        if marker is None and not (word[:1].isalpha() or word in {"-", "'"}):
            return False
    return False


def _before_region(sentence: Sentence, i: int, language: Language) -> int:
    """The token before a region that no table knows: "Director *de la OIM* para África oriental, …"."""
    for k in range(i, max(-1, i - 8), -1):
        if sentence.marker_at(k) is not None or not sentence.norm(k)[:1].isalpha():
            return i
        if language.has("purpose", sentence.norm(k)):
            return k - 1 if sentence.marker_at(k - 1) is not None else i
    return i


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
