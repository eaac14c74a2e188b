"""Second names: acronyms that the text has explained, and phrases that point back ("the Organization", "le projet")."""

from migkg.extract.cast import Cast, Thing
from migkg.extract.complements import completes
from migkg.extract.sentence import ACTOR, CODES, LOCATION, PERSON, PRONOUN, Marker, Sentence
from migkg.lexicon.language import Language
from migkg.text.normalize import fold


def mark_aliases(sentence: Sentence, cast: Cast) -> None:
    """Claim names that were introduced elsewhere in the document: acronyms, names without their country."""
    for i, token in enumerate(sentence.tokens):
        if not token.capital or not sentence.free(i, i + 1):
            continue
        thing = cast.acronyms.get(token.text)
        last = i + 1
        if thing is None and token.text[0].isalpha():
            thing, last = _known_name(sentence, i, cast)
        if thing is not None:
            _claim(sentence, i, last, thing, "alias")


def _known_name(sentence: Sentence, at: int, cast: Cast) -> tuple[Thing | None, int]:
    for size in range(min(10, len(sentence.tokens) - at), 1, -1):
        if not sentence.free(at, at + size) or not sentence.tokens[at + size - 1].text[0].isalnum():
            continue
        start, end = sentence.span(at, at + size)
        surface = cast.text[start:end]
        for group in ("actor", "Programme", "Event", "Instrument"):
            thing = cast.find(group, surface)
            if thing is not None and thing.named:
                return thing, at + size
    return None, at + 1


def _claim(sentence: Sentence, first: int, last: int, thing: Thing, rule: str) -> None:
    start, end = sentence.span(first, last)
    code = ACTOR if thing.actor else CODES[thing.type]
    thing.mention(start, end, rule)
    sentence.claim(Marker(code, first, last, start, end, thing, thing.country, thing.label, rule=rule))


def mark_other_names(sentence: Sentence, cast: Cast) -> None:
    """ "The Colombo Process, also known as the Ministerial Consultation on …": one body under two names."""
    for marker in list(sentence.markers):
        thing = marker.thing
        if thing is None or thing.actor or not thing.named or marker.code not in CODES.values():
            continue
        before = [m for m in sentence.markers if m.last <= marker.first and m.thing is not None and m.thing.actor]
        if before and _called(sentence, marker.first, cast):
            owner = max(before, key=lambda m: m.first).thing
            assert owner is not None
            thing.spans = [s for s in thing.spans if not (marker.start <= s[0] and s[1] <= marker.end)]
            sentence.release(marker)
            owner.mention(marker.start, marker.end, "other name")


def _called(sentence: Sentence, first: int, cast: Cast) -> bool:
    """Whether "also known as" or the like stands before a token, an article between them or not."""
    ends = [first, first - 1] if cast.language.has("articles", sentence.norm(first - 1)) else [first]
    phrases = cast.language.phrases["also_called"]
    return any(
        tuple(t.norm for t in sentence.tokens[end - len(p) : end]) == p
        for end in ends
        for p in phrases
        if len(p) <= end
    )


def mark_references(sentence: Sentence, cast: Cast) -> None:
    """Claim definite phrases that point back to an actor, and pronouns that begin a clause."""
    language = cast.language
    at = 0
    while at < len(sentence.tokens):
        size, phrase = _reference(sentence, at, language)
        if size and sentence.free(at, at + size) and not _goes_on(sentence, at + size, cast):
            kinds = language.phrases["references"][phrase].split("|")
            thing = _antecedent(sentence, at, kinds, phrase, cast)
            if thing is not None:
                first = at + 1 if phrase[0] != sentence.norm(at) else at  # "du" stays a word of its own
                _claim(sentence, first, at + size, thing, "reference")
                at += size
                continue
        if language.has("pronouns", sentence.norm(at)) and sentence.free(at, at + 1):
            token = sentence.tokens[at]
            sentence.claim(Marker(PRONOUN, at, at + 1, token.start, token.end, name=token.norm, rule="pronoun"))
        at += 1


def _reference(sentence: Sentence, at: int, language: Language) -> tuple[int, tuple[str, ...]]:
    """Size and full form of a phrase that may point back, contracted articles opened ("du ministère")."""
    known = language.phrases["references"]
    first = sentence.norm(at)
    if not language.has("articles", first) and first not in known.longest:
        return 0, ()
    for size in range(min(4, len(sentence.tokens) - at), 0, -1):
        phrase = tuple(t.norm for t in sentence.tokens[at : at + size])
        if phrase in known:
            return size, phrase
        opened = (language.contractions.get(phrase[0], ""), *phrase[1:])
        if opened in known and language.head_first:
            return size, opened
    return 0, ()


def _goes_on(sentence: Sentence, at: int, cast: Cast) -> bool:
    """Whether the phrase has a complement of its own, so that it names something else ("the Centre for …")."""
    marker = sentence.marker_at(at)
    if marker is not None and marker.code not in {PERSON}:
        return True
    if cast.language.head_first and at < len(sentence.tokens) and completes(sentence, at, at, cast.language):
        return _goes_on(sentence, at + 1, cast)  # "las autoridades migratorias de Belice"
    norm = sentence.norm(at)
    if any(cast.language.has(c, norm) for c in ("possession", "purpose")):
        following = sentence.marker_at(at + 1) or sentence.marker_at(at + 2)
        return following is None or following.code != LOCATION
    return bool(at < len(sentence.tokens) and sentence.tokens[at].capital and sentence.tokens[at].text[0].isalpha())


def _antecedent(sentence: Sentence, at: int, kinds: list[str], phrase: tuple[str, ...], cast: Cast) -> Thing | None:
    place = sentence.tokens[at].start
    head = phrase[-1]
    if kinds == ["Government"]:
        return _government(place, cast)
    if kinds == ["IntergovernmentalOrganisation"]:
        return _organisation(place, head, cast)
    same = [
        t for t in cast.things
        if t.actor and t.named and head in t.label.lower() and any(s < place for s, _, _ in t.spans)
    ]  # fmt: skip
    if same:
        return max(same, key=lambda t: max(s for s, _, _ in t.spans if s < place))
    return cast.latest(place, kinds) if len(kinds) == 1 and kinds[0] != "GovernmentBody" else None


def _organisation(place: int, head: str, cast: Cast) -> Thing | None:
    """ "The Organization" with a capital is the publisher's own, which is the one named most often so far."""
    before = [
        (fold(t.label).startswith(head), sum(s < place for s, _, _ in t.spans), -min(s for s, _, _ in t.spans), t)
        for t in cast.things
        if t.type == "IntergovernmentalOrganisation" and any(s < place for s, _, _ in t.spans)
    ]
    return max(before, key=lambda b: b[:3])[3] if before else None


def _government(place: int, cast: Cast) -> Thing | None:
    """The government named most often so far, else that of the country named most often."""
    before = [t for t in cast.things if t.type == "Government" and any(s < place for s, _, _ in t.spans)]
    if before:
        return max(before, key=lambda t: (sum(s < place for s, _, _ in t.spans), -t.spans[0][0]))
    country = cast.main_country()
    return cast.government(country, "") if country else None
