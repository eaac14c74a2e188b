"""Programmes, events and instruments: with a name of their own, or described ("a two-day workshop", "le projet")."""

import re
from dataclasses import dataclass

from migkg.extract.cast import Cast, Thing, plain_name
from migkg.extract.extent import completes
from migkg.extract.organisations import Said
from migkg.extract.sentence import (
    ACTOR,
    CODES,
    COUNTRY,
    DATE,
    LOCATION,
    NATIONALITY,
    PERSON,
    Marker,
    Sentence,
    match_phrase,
)
from migkg.lexicon.language import Language
from migkg.text.normalize import fold

GROUPS = (("Event", "events"), ("Event", "echoes"), ("Instrument", "instruments"), ("Programme", "programmes"))
# Small words within the name of a programme or event under way.
IN_NAMES = frozenset(["by", "through", "from", "into", "via", "par", "vers", "por", "hacia", "desde"])
# What must stand between a French or Spanish head and the noun that completes it.
LINKS = frozenset("de du des d' del pour para sur sobre contre contra a au aux al en et y e".split())  # noqa: SIM905
OPEN, CLOSE = '«“"„‘', '»”"“’'


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase around a head: tokens ``first`` … ``last - 1``, head at ``head`` … ``head_end - 1``."""

    first: int
    last: int
    head: int
    head_end: int
    determiner: str
    name: tuple[int, int] | None


def mark_described(sentence: Sentence, cast: Cast) -> list[Said]:
    """Claim the phrases whose head is a programme, an event or an instrument, in text order.

    Returns:
        What the names of programmes say: who runs them, which country they cover.
    """
    said: list[Said] = []
    at = 0
    while at < len(sentence.tokens):
        kind, size, group = _head(sentence, at, cast.language)
        if not size:
            at += 1
            continue
        phrase = _read(sentence, at, size, cast.language)
        if _short_for_body(sentence, phrase, cast):
            at += size
            continue
        kind = _kind(sentence, phrase, kind, cast)
        marker = _beside_name(sentence, phrase, kind) or _enter(sentence, phrase, kind, group, cast, said)
        at = max(at + size, marker.last if marker is not None else 0)
        if cast.language.code != "en" and phrase.name is None:
            at = max(at, phrase.last)  # "un programme de formation" is one thing
    return said


def _short_for_body(sentence: Sentence, phrase: Phrase, cast: Cast) -> bool:
    """Whether a noun with a capital is short for a body named before ("el Foro" for the Foro Especializado …)."""
    head = sentence.tokens[phrase.head]
    if phrase.name is not None or not head.capital or phrase.head == 0 or cast.language.code == "en":
        return False
    return any(t.actor and t.named and fold(t.label).startswith(head.norm + " ") for t in cast.things)


def _kind(sentence: Sentence, phrase: Phrase, kind: str, cast: Cast) -> str:
    """A response plan is a programme; and so is what "the plan" points back to when no paper has been named."""
    if kind != "Instrument":
        return kind
    words = {sentence.norm(i) for i in range(phrase.head, phrase.last)}
    if phrase.name is not None:
        i = phrase.last
        while i < len(sentence.tokens) and (sentence.norm(i) == "," or _determiner(sentence, i, cast.language)):
            i += 1
        apposed = i > phrase.last + 1 and (sentence.norm(i),) in cast.language.phrases["programmes"]
        answers = any((w,) in cast.language.phrases["response"] for w in words)
        return "Programme" if answers or (apposed and cast.language.code != "en") else kind
    head = sentence.norm(phrase.head)
    same = [t for t in cast.things if t.head.split()[:1] == [head] and t.type in {"Programme", "Instrument"}]
    return same[-1].type if same else kind


def _head(sentence: Sentence, at: int, language: Language) -> tuple[str, int, str]:
    best = ("", 0, "")
    if sentence.tokens[at].norm not in language.phrases["described"].longest:
        return best
    if at and (sentence.norm(at - 1), sentence.norm(at)) in language.phrases["no_heads"]:
        return best
    for kind, phrases in GROUPS:
        size = match_phrase(sentence, at, language.phrases[phrases], 4) if language.spelled(sentence.tokens[at]) else 0
        if size > best[1] and sentence.free(at, at + size):
            phrase = tuple(t.norm for t in sentence.tokens[at : at + size])
            best = (kind, size, language.phrases[phrases][phrase] if phrases == "events" else "")
    if best[1] and (sentence.norm(at + best[1]),) in language.phrases["compounds"]:
        return "", 0, ""  # "reception centre", "training materials"
    return best


def _read(sentence: Sentence, at: int, size: int, language: Language) -> Phrase:
    first, determiner = _left(sentence, at, language)
    name = _quoted(sentence, at + size, language) or _capital_name(sentence, first, at, at + size, language)
    if name is not None and language.code == "en" and sentence.titled() and not _quoted(sentence, at + size, language):
        name = None  # "Reintegration Project Starts in Georgia"
    name = name or _of_town(sentence, at, at + size, determiner, language)
    last = max(at + size, name[1] if name else 0)
    if name is None and not language.has("demonstratives", determiner):
        last = _complement(sentence, at + size, language)
    return Phrase(first, last, at, at + size, determiner, name)


def _of_town(sentence: Sentence, at: int, end: int, determiner: str, language: Language) -> tuple[int, int] | None:
    """ "la conférence *de Marrakech*", "la cumbre *de La Valeta*": an event that goes by the name of its town."""
    if language.code == "en" or not language.has("definite", determiner) or sentence.norm(end) not in {"de", "d'"}:
        return None
    if (sentence.norm(at),) not in language.phrases["events"]:
        return None
    town = sentence.marker_at(end + 1)
    return (at, town.last) if town is not None and town.code == LOCATION else None


def _left(sentence: Sentence, at: int, language: Language) -> tuple[int, str]:
    """Begin of the noun phrase, and its determiner ("" if it has none)."""
    first = at
    for i in range(at - 1, max(-1, at - 6), -1):
        token, marker = sentence.tokens[i], sentence.marker_at(i)
        if (
            language.has("definite", token.norm)
            or language.has("indefinite", token.norm)
            or language.has("articles", token.norm)
        ):
            pointed = language.has("indefinite", token.norm) and language.has("definite", sentence.norm(i - 1))
            return (i - 1, sentence.norm(i - 1)) if pointed else (i, token.norm)
        if token.text.isdigit():
            return i, token.norm
        if marker is not None and marker.code in {ACTOR, NATIONALITY, COUNTRY}:
            first = marker.first
            continue
        if marker is not None and marker.code not in {DATE, LOCATION}:
            return (at, "")  # "the High Commissioner held talks"
        word = token.text[0].isalpha() or token.norm in {"-", "'s", "'"}
        small = language.has("auxiliaries", token.norm) or language.has("locative", token.norm)
        joint = language.has("connectors", token.norm) and (token.norm,) not in language.phrases["and"]
        if not word or small or joint or (token.norm,) in language.phrases["speech"]:
            break
        linked = (token.norm,) in language.phrases["and"] and _before_noun(sentence.norm(i - 1))
        if language.code != "en" and not _before_noun(token.norm) and not linked:
            break
        if language.code == "en" or token.capital:
            first = i
    near = sentence.marker_at(at - 1)
    return (first, "") if first == at - 1 or near is not None else (at, "")


def _before_noun(norm: str) -> bool:
    """French and Spanish adjectives that may stand before the noun."""
    return bool(
        re.match(
            r"(?:nouve|nuev|prem|prim|secon|segun|trois|terc|quatr|cuart|cinqui|quint|grand|gran|proch|proxim|dern|ultim|ancien|antig|vast|vast|recent|quelque|autre|otr|pet|deux|dos|sept|siet|dix|diez|plusieurs|vari|divers|import|seul|solo)",
            norm,
        )
    )


def _quoted(sentence: Sentence, at: int, language: Language) -> tuple[int, int] | None:
    """A quoted name right after the head, also after "entitled" or a comma."""
    i = at
    while i < min(at + 9, len(sentence.tokens)) and sentence.tokens[i].text not in OPEN:
        i += 1
        if sentence.norm(i) in {";", ".", ":"} and sentence.norm(i) != ":":
            return None
    if i >= len(sentence.tokens) or sentence.tokens[i].text not in OPEN:
        return None
    near = (
        i - at <= 2
        or any((sentence.norm(k),) in language.phrases["named_by"] for k in range(at, i))
        or sentence.norm(i - 1) == ","
    )
    if not near:
        return None
    for k in range(i + 1, min(i + 40, len(sentence.tokens))):
        if sentence.tokens[k].text in CLOSE:
            return (i + 1, k) if k > i + 1 and sentence.tokens[i + 1].capital else None
    return None


def _capital_name(
    sentence: Sentence, first: int, head: int, head_end: int, language: Language
) -> tuple[int, int] | None:
    """A name in capitals around the head: "Regional Training Workshop on …", "Fonds fiduciaire pour l'Afrique"."""
    if sentence.shouted():
        return None
    begin = head
    capital_head = sentence.tokens[head].capital and not (head == 0 and not sentence.tokens[head_end - 1].capital)
    if language.code == "en":
        while begin > first and _capital(sentence, begin - 1) and not _determiner(sentence, begin - 1, language):
            if sentence.norm(begin - 2) == "to":
                break  # "IOM and ECO to *Sign* Memorandum"
            begin -= 1
        if begin == 1 and sentence.heading and capital_head and sentence.tokens[0].capital and sentence.free(0, 1):
            begin = 0
        if not capital_head and begin < head and _only_owners(sentence, begin, head):
            begin = head  # "NRC project" is no name
        if not capital_head and begin == head:
            return _called(sentence, head_end, language)
        if begin == head and head == 0:
            capital_head = False
    else:
        while begin > first and _capital(sentence, begin - 1) and not _determiner(sentence, begin - 1, language):
            begin -= 1
    if not capital_head:
        named = begin < head and (language.code == "en" or sentence.tokens[head].capital)
        return (begin, head_end) if named and head - begin >= 1 and begin > 0 else _called(sentence, head_end, language)
    last = _name_end(sentence, head_end, language)
    small = language.code != "en" and not any(t.capital for t in sentence.tokens[head_end:last]) and begin == head
    if (last > head_end or begin < head) and not (small and last - head_end < 2):
        return begin, last
    return _called(sentence, head_end, language)


def _only_owners(sentence: Sentence, first: int, last: int) -> bool:
    """Whether all words are mentions of actors and countries: they say whose it is, and are no name."""
    return all(sentence.marker_at(i) is not None for i in range(first, last))


def _capital(sentence: Sentence, i: int) -> bool:
    token, marker = sentence.tokens[i], sentence.marker_at(i)
    if marker is not None:
        return marker.code in {ACTOR, COUNTRY, NATIONALITY} and token.capital
    made = re.search(r"-[a-z]+ed$", token.text)  # "OSCE-supported"
    return token.capital and token.text[0].isalpha() and i > 0 and not made


def _determiner(sentence: Sentence, i: int, language: Language) -> bool:
    norm = sentence.norm(i)
    return language.has("articles", norm) or language.has("definite", norm) or language.has("indefinite", norm)


def _name_end(sentence: Sentence, at: int, language: Language) -> int:
    """End of the capitalised complement after a head, small words between included."""
    last, i = at, at
    while i < min(at + 26, len(sentence.tokens)):
        token, marker = sentence.tokens[i], sentence.marker_at(i)
        if (token.capital and token.text[0].isalpha()) or (token.text.isdigit() and i == last):
            if marker is not None and marker.code == ACTOR and i - last > 2:
                break
            i = last = marker.last if marker is not None else i + 1
            continue
        if marker is not None:
            if marker.code == NATIONALITY and i == last:
                i = last = marker.last
                continue
            break
        if language.code != "en" and token.norm in {",", *(p[0] for p in language.phrases["and"])}:
            end = _enumeration(sentence, i, language)
            if end:
                i = last = end
                continue
        small = token.norm in language.words["connectors"] or (token.norm in IN_NAMES and last - at > 2)
        article = language.code != "en" and language.has("indefinite", token.norm) and i > last
        if (small or article) and i - last < 3:
            i += 1
        elif language.code != "en" and _small_word_of_name(sentence, i, last, language):
            i = last = i + 1
        else:
            break
    return last


def _enumeration(sentence: Sentence, at: int, language: Language) -> int:
    """End of "…, ordonnée et régulière" or "…, la migration et l'intégration" after a name in small letters; else 0."""
    i, words = at, 0
    closed = False
    while i < min(at + 14, len(sentence.tokens)):
        token = sentence.tokens[i]
        joint = (token.norm,) in language.phrases["and"]
        if token.norm == "," and not closed:
            i += 1
        elif joint and not closed:
            closed = True
            i += 1
        elif sentence.marker_at(i) is not None or token.capital or not token.text[0].isalpha():
            break
        else:
            while language.has("articles", sentence.norm(i)):
                i += 1
            if not sentence.norm(i).isalpha() or sentence.marker_at(i) is not None or sentence.tokens[i].capital:
                return 0
            words, i = words + 1, i + 1
            if closed:
                break
            if sentence.norm(i) != "," and (sentence.norm(i),) not in language.phrases["and"]:
                return 0
    after = sentence.norm(i)
    before = sentence.tokens[at - 1]
    return i if closed and words > 1 and not before.capital and not after[:1].isalpha() else 0


def _small_word_of_name(sentence: Sentence, i: int, last: int, language: Language) -> bool:
    return i - last <= 3 and completes(sentence, i, last, language)


def _called(sentence: Sentence, at: int, language: Language) -> tuple[int, int] | None:
    """A name in capitals right after the head ("the campaign MTV EXIT", "un projet intitulé Enhancing …")."""
    i = at
    called = False
    while i < at + 3 and (size := match_phrase(sentence, i, language.phrases["named_by"])):
        if sentence.norm(i) == "the":
            break
        i += size
        called = True
    if i >= len(sentence.tokens) or not sentence.tokens[i].capital or not sentence.tokens[i].text[0].isalpha():
        return None
    marker = sentence.marker_at(i)
    if marker is not None and not called:
        return None
    last = _name_end(sentence, i, language)
    return (i, last) if last - i >= (1 if called else 2) or sentence.tokens[i].acronym else None


def _complement(sentence: Sentence, at: int, language: Language) -> int:
    """End of what completes a described head: "… on questions of immigration and border management"."""
    i = last = at
    while i < min(at + 9, len(sentence.tokens)):
        token, marker = sentence.tokens[i], sentence.marker_at(i)
        if marker is not None and marker.code == NATIONALITY and language.code != "en" and i == last:
            i = last = marker.last  # "programme régional *canadien* de lutte …"
            continue
        if marker is not None or not token.text[0].isalpha() or token.capital:
            break
        norm = token.norm
        if norm in {"by", "par", "por", "with", "avec", "con", "in", "en", "dans", "at", "will", "is", "was", "has"}:
            break
        if language.has("insertions", norm) or (norm,) in language.phrases["speech"]:
            break
        if language.has("auxiliaries", norm) and not language.accented(token):
            break
        if last == at and (norm,) in language.phrases["and"]:
            break
        if norm in language.words["connectors"] or language.has("articles", norm):
            i += 1
            continue
        if language.code != "en" and i > last and not any(sentence.norm(k) in LINKS for k in range(last, i)):
            break  # an article alone begins another phrase
        if i == last and not (completes(sentence, i, last, language) if language.code != "en" else i > at):
            break
        if language.code != "en" and i > last + 1 and _head(sentence, i, language)[1]:
            break  # "premier comité de pilotage du *projet* …": another thing
        i += 1
        last = i
    return last


def _fullest(sentence: Sentence, at: int, language: Language) -> int:
    """End of the noun phrase with all that completes it: "… (ToT) *on the detection of fraud*", "… *in Mozambique*"."""
    last = _complement(sentence, at, language)
    i = last
    while sentence.norm(i) in {"in", "to", "of", "for", "on"} and i < len(sentence.tokens) - 1:
        i += 1
        while language.has("articles", sentence.norm(i)):
            i += 1
        marker = sentence.marker_at(i)
        if marker is None or marker.code not in {ACTOR, COUNTRY, LOCATION, NATIONALITY, PERSON}:
            break
        i = last = marker.last
    return last


def _bare(sentence: Sentence, phrase: Phrase, language: Language) -> bool:
    """A small noun with nothing that makes it a thing: no determiner, no owner, not in a headline."""
    determined = phrase.determiner.isdigit() or any(
        language.has(c, phrase.determiner) for c in ("definite", "indefinite")
    )
    owner = sentence.marker_at(phrase.head - 1)
    if language.code != "en" and sentence.norm(phrase.head - 1) == "en":  # "en visite officielle"
        determined = determined or language.phrases["events"].get((sentence.norm(phrase.head),), "").startswith("visit")
    genitive = sentence.norm(phrase.head - 1) in {"'s", "'"}
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
    thing = _thing(sentence, phrase, kind, head, group, cast)
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
    if phrase.name:
        last = max(last, phrase.name[1])
        if last < len(sentence.tokens) and sentence.tokens[last].text in CLOSE:
            last += 1
    elif cast.language.code != "en":
        # The head comes first; what completes it belongs to the mention, up to a name in it.
        last = next((i for i in range(last, phrase.last) if sentence.marker_at(i) is not None), phrase.last)
    inside = {m for m in (sentence.marker_at(i) for i in range(first, last)) if m is not None}
    for held in inside:
        if phrase.name is None:
            return None
        _forget(held)
        if kind == "Programme" and cast.language.code != "en":
            said += _inside(sentence, held, thing, cast)
    marker = Marker(code, first, last, start, end, thing, name=thing.label, rule=f"described.{head}")
    sentence.claim(marker)
    _bracket(sentence, marker, thing, cast)
    end = _fullest(sentence, marker.last, cast.language) if cast.language.code == "en" else marker.last
    if end > max(phrase.last, marker.last):
        thing.mention(*sentence.span(phrase.first, end), f"described.{head}")
    return marker


def _thing(sentence: Sentence, phrase: Phrase, kind: str, head: str, group: str, cast: Cast) -> Thing | None:
    """What the phrase speaks of: by its name, by pointing back, or something new."""
    if phrase.name is not None:
        return _named(sentence, phrase, kind, head, cast)
    back = _back(phrase, kind, head, group, sentence, cast)
    if back is not None or _only_points(kind, tuple(head.split()), cast.language):
        return back
    return _fresh(sentence, phrase, kind, head, cast)


def _inside(sentence: Sentence, held: Marker, thing: Thing, cast: Cast) -> list[Said]:
    """What a name inside the name of a programme says: "Fonds *de l'OIM* …" is IOM's, "… *Tunisie*" covers it."""
    part = sentence.norm(held.first - 1) in {"de", "du", "del"} and sentence.tokens[held.first - 2].capital
    if held.code == COUNTRY and held.country and not part:  # but "Sur de México"
        place = cast.country(held.country, held.name)
        place.mention(held.start, held.end, "name")
        return [(thing, "covers", place, held.start, held.end)]
    i = held.first - 1
    while cast.language.has("articles", sentence.norm(i)) and sentence.norm(i) not in {"de", "du", "d'", "del"}:
        i -= 1
    owned = sentence.norm(i) in {"de", "du", "d'", "del"}
    if held.code == ACTOR and held.thing is not None and owned and held.thing is not thing:
        held.thing.mention(held.start, held.end, "owner")
        return [(held.thing, "implements", thing, held.start, held.end)]
    return []


def _only_points(kind: str, head: tuple[str, ...], language: Language) -> bool:
    """Whether a noun without a name only points back to something ("the proceedings", "the plan")."""
    words = {"Event": "echoes", "Instrument": "named_instruments", "Programme": "named_programmes"}
    return head in language.phrases[words[kind]]


def _forget(held: Marker) -> None:
    """A name inside the name of a programme or event is no mention of its own."""
    if held.thing is not None:
        held.thing.spans = [s for s in held.thing.spans if s[:2] != (held.start, held.end)]


def _named(sentence: Sentence, phrase: Phrase, kind: str, head: str, cast: Cast) -> Thing:
    assert phrase.name is not None
    start, end = sentence.span(*phrase.name)
    label = cast.text[start:end]
    thing = cast.find(kind, label) or _longer_or_shorter(kind, label, cast)
    if thing is None:
        waiting = _waiting(kind, head, cast) or _unnamed(sentence, phrase, kind, head, cast)
        thing = waiting or cast.named(kind, label, kind)
        if waiting is not None:
            thing.label, thing.named = label, True
            cast.alias(kind, label, thing)
    thing.named = True
    thing.head = thing.head or head
    thing.mention(start, end, "name")
    thing.heading = thing.heading or (sentence.heading and len(thing.spans) == 1)
    return thing


def _longer_or_shorter(kind: str, label: str, cast: Cast) -> Thing | None:
    """A thing whose name begins like this one: a long name is given once, then shortened, or the other way round."""
    own = plain_name(label).split()
    for thing in cast.things:
        theirs = plain_name(thing.label).split() if thing.named and thing.type == kind else []
        shared = min(len(own), len(theirs))
        if shared > 3 and own[:shared] == theirs[:shared]:
            cast.alias(kind, label, thing)
            return thing
    return None


def _unnamed(sentence: Sentence, phrase: Phrase, kind: str, head: str, cast: Cast) -> Thing | None:
    """The one thing of this head, so far without a name ("a workshop … the Regional Workshop")."""
    if sentence.heading or not cast.language.has("definite", phrase.determiner):
        return None
    place = sentence.tokens[phrase.head].start
    known = [
        t
        for t in cast.things
        if t.type == kind
        and not t.named
        and not t.plural
        and t.head.split()[-1:] == head.split()[-1:]
        and any(s < place for s, _, _ in t.spans)
    ]
    return known[0] if len(known) == 1 else None


def _waiting(kind: str, head: str, cast: Cast) -> Thing | None:
    """A thing that only the headline has spoken of, of the same kind."""
    for thing in cast.things:
        if (
            thing.type == kind
            and thing.heading
            and not thing.named
            and same_head(thing.head, head, kind, cast.language)
        ):
            return thing
    return None


def _fresh(sentence: Sentence, phrase: Phrase, kind: str, head: str, cast: Cast) -> Thing:
    waiting = _waiting(kind, head, cast)
    if waiting is not None and not sentence.heading:
        return waiting
    first = phrase.first
    if _determiner(sentence, first, cast.language) and first < phrase.head:
        first += 1
    start, end = sentence.span(first, phrase.last)
    plural = _plural(head, cast.language)
    thing = Thing(kind, cast.text[start:end], named=False, head=head, plural=plural, heading=sentence.heading)
    thing.aside = _other(sentence, phrase, cast.language)
    thing.detail = _detail(sentence, phrase, cast.language)
    return cast.add(thing)


def _other(sentence: Sentence, phrase: Phrase, language: Language) -> bool:
    """Whether the phrase sets its thing apart from what the text is about."""
    first, last = max(phrase.first, phrase.head - 4), min(phrase.head_end + 1, len(sentence.tokens))
    return any(language.has("others", sentence.norm(i)) for i in range(first, last))


def _plural(head: str, language: Language) -> bool:
    if tuple(head.split()) in language.phrases["echoes"]:
        return False
    noun = head.split()[0] if " of " in head or " de " in head or " d'" in head else head
    return noun.endswith("s") and not noun.endswith(("ss", "cours", "talks"))


def _back(phrase: Phrase, kind: str, head: str, group: str, sentence: Sentence, cast: Cast) -> Thing | None:
    """The thing that a definite phrase returns to: the last one of the same head, else of the same kind."""
    language = cast.language
    if phrase.determiner.isdigit() or (
        language.has("indefinite", phrase.determiner) and not language.has("definite", phrase.determiner)
    ):
        return None
    plural = _plural(head, language)
    place = sentence.tokens[phrase.head].start
    other = _other(sentence, phrase, language)
    same, exact, any_kind = None, None, None
    for thing in cast.things:
        if thing.type != kind or thing.plural != plural or not thing.spans or thing.aside != other:
            continue
        latest = max((s for s, _, _ in thing.spans if s < place), default=-1)
        if latest < 0:
            continue
        if same_head(thing.head, head, kind, language):
            same = thing if same is None or latest >= _latest(same, place) else same
            if thing.head.rstrip("s") == head.rstrip("s"):
                exact = thing if exact is None or latest >= _latest(exact, place) else exact
        any_kind = thing if any_kind is None or latest >= _latest(any_kind, place) else any_kind
    apart = language.code != "en" and phrase.last > phrase.head_end  # "le stage *d'anglais*" is no other workshop
    if exact is not None and apart and _differs(sentence, phrase, exact, language):
        exact = None
    if exact is not None or (same is not None and not apart):
        return exact or same
    long = phrase.last - phrase.head_end > 2 or phrase.head - phrase.first > 2
    pointing = phrase.last == phrase.head_end and phrase.name is None and _gathering(head, language)
    if (
        any_kind is not None
        and not long
        and (_generic(head, language) or (pointing and _gathering(any_kind.head, language)))
    ):
        return any_kind
    return None


def _differs(sentence: Sentence, phrase: Phrase, thing: Thing, language: Language) -> bool:
    """Whether what completes a noun is not what completes that of a thing seen before ("la reunión *de ministros*")."""
    own = _detail(sentence, phrase, language)
    return bool(own and thing.detail) and not any(a[:5] == b[:5] for a in own for b in thing.detail)


def _detail(sentence: Sentence, phrase: Phrase, language: Language) -> set[str]:
    """The words that say which one it is, a name after "of" included."""
    last = phrase.last
    i = last
    while sentence.norm(i) in {"de", "du", "del", "d'", "la", "el", "l'", "le", "los", "las", "les"}:
        i += 1
    marker = sentence.marker_at(i)
    if marker is not None and i > last and marker.code == ACTOR:
        last = marker.last
    words = {n for k in range(phrase.head_end, last) if len(n := sentence.norm(k)) > 3 and n.isalpha()}
    return words - language.words["durations"]


def _gathering(head: str, language: Language) -> bool:
    """Whether people meet at it: "the workshop" and "the meeting" may be one, "the ceremony" and "the visit" not."""
    return language.code != "en" and language.phrases["events"].get(tuple(head.split())) in {
        "meeting",
        "training",
        "show",
    }


def _generic(head: str, language: Language) -> bool:
    """Whether a noun may point back to any programme or event ("the project", "the proceedings")."""
    noun = tuple(head.split())
    return noun in language.phrases["generic"] or noun in language.phrases["echoes"]


def _latest(thing: Thing, before: int) -> int:
    return max((s for s, _, _ in thing.spans if s < before), default=-1)


def same_head(one: str, other: str, kind: str, language: Language) -> bool:
    """Whether two head nouns may speak of the same thing."""
    if not one or not other:
        return False
    a, b = one.split()[0].rstrip("s"), other.split()[0].rstrip("s")
    if a == b or one.split()[-1].rstrip("s") == other.split()[-1].rstrip("s"):
        return True
    if kind == "Event":
        groups = language.phrases["events"]
        return groups.get(tuple(one.split())) is not None and groups.get(tuple(one.split())) == groups.get(
            tuple(other.split())
        )
    if kind == "Instrument":
        return {a, b} <= {"memorandum", "mou", "agreement", "accord", "memorando", "acuerdo", "convenio"}
    return kind == "Programme" and _generic(one, language) and _generic(other, language)


def _bracket(sentence: Sentence, marker: Marker, thing: Thing, cast: Cast) -> None:
    """ "… (MIDA)": the acronym of a programme, event or instrument."""
    from migkg.extract.organisations import _ACRONYM

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
    if _ACRONYM.match(inner.text):
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
