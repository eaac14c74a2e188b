"""Which thing a phrase speaks of: one with that name, one that the text has spoken of before, or a new one."""

from migkg.extract.cast import Cast, Thing
from migkg.extract.phrases import Phrase
from migkg.extract.sentence import ACTOR, Sentence
from migkg.extract.titles import is_determiner
from migkg.lexicon.language import Language


def find_thing(sentence: Sentence, phrase: Phrase, kind: str, head: str, group: str, cast: Cast) -> Thing | None:
    """What the phrase speaks of: by its name, by pointing back, or something new."""
    if phrase.name is not None:
        return _named(sentence, phrase, kind, head, cast)
    back = _whole(sentence, phrase, kind, cast) or _back(phrase, kind, head, group, sentence, cast)
    if back is not None or _only_points(kind, tuple(head.split()), cast.language):
        return back
    return _fresh(sentence, phrase, kind, head, cast)


def _whole(sentence: Sentence, phrase: Phrase, kind: str, cast: Cast) -> Thing | None:
    """The event whose part a bare noun names: "the opening", "a la clausura", after "a workshop"."""
    language = cast.language
    words = tuple(sentence.norm(i) for i in range(phrase.head, phrase.last))
    bare = phrase.first == 0 and not phrase.determiner
    if kind != "Event" or words not in language.phrases["event_parts"] or bare:
        return None
    if any(language.has("possession", sentence.norm(i)) for i in (phrase.last, phrase.last + 1)):
        return None  # "the opening *of the centre*"
    place = sentence.tokens[phrase.head].start
    parts = language.phrases["event_parts"]
    events = [t for t in cast.things if t.type == "Event" and not t.plural and not t.aside]
    before = [t for t in events if tuple(t.head.split()) not in parts and _latest(t, place) >= 0]
    return max(before, key=lambda t: _latest(t, place), default=None)


def _only_points(kind: str, head: tuple[str, ...], language: Language) -> bool:
    """Whether a noun without a name only points back to something ("the proceedings", "the plan")."""
    words = {"Event": "echoes", "Instrument": "named_instruments", "Programme": "named_programmes"}
    return head in language.phrases[words[kind]]


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
    own = cast.plain(label).split()
    for thing in cast.things:
        theirs = cast.plain(thing.label).split() if thing.named and thing.type == kind else []
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
    if is_determiner(sentence, first, cast.language) and first < phrase.head:
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
    words = head.split()
    noun = words[0] if any(language.has("possession", w) for w in words) else head
    return noun.endswith("s") and not noun.endswith("ss") and not language.has("singular_nouns", noun.split()[-1])


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
    apart = language.head_first and phrase.last > phrase.head_end  # "le stage *d'anglais*" is no other workshop
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
    while any(language.has(c, sentence.norm(i)) for c in ("possession", "name_articles")):
        i += 1
    marker = sentence.marker_at(i)
    if marker is not None and i > last and marker.code == ACTOR:
        last = marker.last
    words = {n for k in range(phrase.head_end, last) if len(n := sentence.norm(k)) > 3 and n.isalpha()}
    return words - language.words["durations"]


def _gathering(head: str, language: Language) -> bool:
    """Whether people meet at it: "the workshop" and "the meeting" may be one, "the ceremony" and "the visit" not."""
    return language.head_first and language.phrases["events"].get(tuple(head.split())) in {
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
        return language.has("paper_nouns", a) and language.has("paper_nouns", b)
    return kind == "Programme" and _generic(one, language) and _generic(other, language)
