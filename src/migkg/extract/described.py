"""Programmes, events and instruments: with a name of their own, or described ("a two-day workshop", "le projet")."""

from migkg.extract.acronyms import ACRONYM
from migkg.extract.cast import Cast, Thing
from migkg.extract.organisations import Said
from migkg.extract.phrases import Phrase, find_head, fullest_end, read_phrase
from migkg.extract.returning import find_thing
from migkg.extract.sentence import (
    ACTOR,
    CODES,
    COUNTRY,
    Marker,
    Sentence,
)
from migkg.extract.titles import CLOSE, is_determiner
from migkg.lexicon.language import Language
from migkg.text.normalize import fold


def mark_described(sentence: Sentence, cast: Cast) -> list[Said]:
    """Claim the phrases whose head is a programme, an event or an instrument, in text order.

    Returns:
        What the names of programmes say: who runs them, which country they cover.
    """
    said: list[Said] = []
    at = 0
    while at < len(sentence.tokens):
        kind, size, group = find_head(sentence, at, cast.language)
        if not size:
            at += 1
            continue
        phrase = read_phrase(sentence, at, size, cast.language)
        if _short_for_body(sentence, phrase, cast):
            at += size
            continue
        kind = _kind(sentence, phrase, kind, cast)
        marker = _beside_name(sentence, phrase, kind) or _enter(sentence, phrase, kind, group, cast, said)
        at = max(at + size, marker.last if marker is not None else 0)
        if cast.language.head_first and phrase.name is None:
            at = max(at, phrase.last)  # "un programme de formation" is one thing
    return said


def _short_for_body(sentence: Sentence, phrase: Phrase, cast: Cast) -> bool:
    """Whether a noun with a capital is short for a body named before ("el Foro" for the Foro Especializado …)."""
    head = sentence.tokens[phrase.head]
    if phrase.name is not None or not head.capital or phrase.head == 0 or not cast.language.head_first:
        return False
    return any(t.actor and t.named and fold(t.label).startswith(head.norm + " ") for t in cast.things)


def _kind(sentence: Sentence, phrase: Phrase, kind: str, cast: Cast) -> str:
    """A response plan is a programme; and so is what "the plan" points back to when no paper has been named."""
    if kind != "Instrument":
        return kind
    words = {sentence.norm(i) for i in range(phrase.head, phrase.last)}
    if phrase.name is not None:
        i = phrase.last
        while i < len(sentence.tokens) and (sentence.norm(i) == "," or is_determiner(sentence, i, cast.language)):
            i += 1
        apposed = i > phrase.last + 1 and (sentence.norm(i),) in cast.language.phrases["programmes"]
        answers = any((w,) in cast.language.phrases["response"] for w in words)
        return "Programme" if answers or (apposed and cast.language.head_first) else kind
    head = sentence.norm(phrase.head)
    same = [t for t in cast.things if t.head.split()[:1] == [head] and t.type in {"Programme", "Instrument"}]
    return same[-1].type if same else kind


def _bare(sentence: Sentence, phrase: Phrase, language: Language) -> bool:
    """A small noun with nothing that makes it a thing: no determiner, no owner, not in a headline."""
    determined = phrase.determiner.isdigit() or any(
        language.has(c, phrase.determiner) for c in ("definite", "indefinite")
    )
    owner = sentence.marker_at(phrase.head - 1)
    if language.has("travelling", sentence.norm(phrase.head - 1)):  # "en visite officielle"
        determined = determined or language.phrases["events"].get((sentence.norm(phrase.head),), "").startswith("visit")
    genitive = language.has("genitive", sentence.norm(phrase.head - 1))
    return not (determined or phrase.name or owner is not None or genitive or sentence.heading)


def _beside_name(sentence: Sentence, phrase: Phrase, kind: str) -> Marker | None:
    """The name of a programme that stands right after its noun and is known already ("le projet JEM")."""
    marker = sentence.marker_at(phrase.head_end)
    if kind != "Programme" or marker is None or marker.code != CODES[kind] or marker.thing is None:
        return None
    marker.thing.mention(sentence.tokens[phrase.first].start, marker.end, "described.name")
    return marker


def _enter(sentence: Sentence, phrase: Phrase, kind: str, group: str, cast: Cast, said: list[Said]) -> Marker | None:
    if _bare(sentence, phrase, cast.language):
        return None
    head = fold(" ".join(t.text for t in sentence.tokens[phrase.head : phrase.head_end]))
    thing = find_thing(sentence, phrase, kind, head, group, cast)
    if thing is None:
        return None
    if thing.heading and not sentence.heading:
        thing.heading = False
    start, end = sentence.span(phrase.first, phrase.last)
    thing.mention(start, end, f"described.{head}")
    if phrase.first < phrase.head or phrase.last > phrase.head_end:
        thing.mention(*sentence.span(phrase.head, phrase.head_end), f"described.{head}")
    code = CODES[kind]
    first, last = phrase.name if phrase.name and phrase.name[0] <= phrase.head else (phrase.head, phrase.head_end)
    if phrase.name and _apart(sentence, phrase):
        _claim_name(sentence, phrase.name, thing, code, cast)
    elif phrase.name:
        last = max(last, phrase.name[1])
        if last < len(sentence.tokens) and sentence.tokens[last].text in CLOSE:
            last += 1
    elif cast.language.head_first:
        # The head comes first; what completes it belongs to the mention, up to a name in it.
        last = next((i for i in range(last, phrase.last) if sentence.marker_at(i) is not None), phrase.last)
    inside = {m for m in (sentence.marker_at(i) for i in range(first, last)) if m is not None}
    for held in inside:
        if phrase.name is None:
            return None
        _forget(held)
        if kind == "Programme" and cast.language.head_first:
            said += _inside(sentence, held, thing, cast)
    marker = Marker(code, first, last, start, end, thing, name=thing.label, rule=f"described.{head}")
    sentence.claim(marker)
    _bracket(sentence, marker, thing, cast)
    end = fullest_end(sentence, marker.last, cast.language)
    if end > max(phrase.last, marker.last):
        thing.mention(*sentence.span(phrase.first, end), f"described.{head}")
    return marker


def _apart(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether others are named between a noun and its name: "a project funded by *the EU*: “…”"."""
    assert phrase.name is not None
    between = range(phrase.head_end, phrase.name[0])
    return any((marker := sentence.marker_at(i)) is not None and marker.code in {ACTOR, COUNTRY} for i in between)


def _claim_name(sentence: Sentence, name: tuple[int, int], thing: Thing, code: str, cast: Cast) -> None:
    """Claim a name that stands apart from its noun; what it holds is no mention of its own."""
    for held in {m for m in sentence.claimed[name[0] : name[1]] if m is not None}:
        _forget(held)
    marker = Marker(code, *name, *sentence.span(*name), thing, name=thing.label, rule="described.name")
    sentence.claim(marker)
    _bracket(sentence, marker, thing, cast)


def _inside(sentence: Sentence, held: Marker, thing: Thing, cast: Cast) -> list[Said]:
    """What a name inside the name of a programme says: "Fonds *de l'OIM* …" is IOM's, "… *Tunisie*" covers it."""
    part = cast.language.has("possession", sentence.norm(held.first - 1)) and sentence.tokens[held.first - 2].capital
    if held.code == COUNTRY and held.country and not part:  # but "Sur de México"
        place = cast.country(held.country, held.name)
        place.mention(held.start, held.end, "name")
        return [(thing, "covers", place, held.start, held.end)]
    i = held.first - 1
    while cast.language.has("articles", sentence.norm(i)) and not cast.language.has("possession", sentence.norm(i)):
        i -= 1
    owned = cast.language.has("possession", sentence.norm(i))
    if held.code == ACTOR and held.thing is not None and owned and held.thing is not thing:
        held.thing.mention(held.start, held.end, "owner")
        return [(held.thing, "implements", thing, held.start, held.end)]
    return []


def _forget(held: Marker) -> None:
    """A name inside the name of a programme or event is no mention of its own."""
    if held.thing is not None:
        held.thing.spans = [s for s in held.thing.spans if s[:2] != (held.start, held.end)]


def _bracket(sentence: Sentence, marker: Marker, thing: Thing, cast: Cast) -> None:
    """ "… (MIDA)": the acronym of a programme, event or instrument."""

    if sentence.norm(marker.last) != "(" or sentence.norm(marker.last + 2) not in {")", ","}:
        if sentence.norm(marker.last) in CLOSE and sentence.norm(marker.last + 1) == "(":
            marker.last += 1
        else:
            return
    close = next(
        (k for k in range(marker.last + 1, min(marker.last + 12, len(sentence.tokens))) if sentence.norm(k) == ")"), 0
    )
    if not close:
        return
    inner = sentence.tokens[marker.last + 1]
    if ACRONYM.match(inner.text):
        start, end = sentence.span(marker.last + 1, close)
        cast.alias(thing.type, cast.text[start:end], thing)
        cast.acronyms[cast.text[start:end]] = thing
        thing.mention(start, end, "acronym")
        for i in range(marker.last, close + 1):
            held = sentence.marker_at(i)
            if held is not None and held is not marker:
                sentence.release(held)
                if held.thing is not None and held.thing is not thing and held.thing.key and i == marker.last + 1:
                    cast.merge(thing, held.thing)  # a fund that the tables list among the bodies
        for i in range(marker.last, close + 1):
            sentence.claimed[i] = marker
        marker.last = close + 1
