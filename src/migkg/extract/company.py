"""Organisations without a head word of their own, known by the company they keep: a noun before the name ("the think
tank FUSADES"), the acronym after it ("Superman Is Dead (SID)"), or other organisations around it in a list."""

import re

from migkg.extract.acronyms import read_acronym
from migkg.extract.cast import Cast
from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language

LONGEST = 6  # tokens in such a name
_CLOSE = frozenset('"”»“')
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,8}$")


def mark_apposed(sentence: Sentence, cast: Cast) -> None:
    """Claim the capitals after a noun that says what they are: "the NGO X", "l'association X", "the firms X and Y"."""
    nouns = cast.language.phrases["kinds"]
    if sentence.shouted() or sentence.heading:
        return
    at = 0
    while at < len(sentence.tokens):
        size = match_phrase(sentence, at, nouns)
        if not size or not sentence.free(at, at + size) or (sentence.tokens[at].capital and at > 0):
            at += max(size, 1)
            continue
        kind = nouns[tuple(t.norm for t in sentence.tokens[at : at + size])]
        at += size
        plural = sentence.norm(at - 1).endswith("s")
        at = _enter_run(sentence, at, kind, f"kind.{sentence.norm(at - 1)}", cast)
        while plural and ((sentence.norm(at),) in cast.language.phrases["and"] or sentence.norm(at) == ","):
            after = _enter_run(sentence, at + 1, kind, "kind.list", cast)
            if after == at + 1:
                break
            at = after


def _enter_run(sentence: Sentence, at: int, kind: str, rule: str, cast: Cast) -> int:
    """Claim the capitalised run at a token as an organisation; returns the token after it, or ``at``."""
    quoted = sentence.norm(at) in {'"', "“", "«", "„"}
    first = at + quoted
    last = run_end(sentence, first, cast)
    if last == first:
        return at
    if quoted:  # the name is all that the quotes hold: "la red «Oficios *que Arraigan*»"
        closed = next((i for i in range(last, min(last + 8, len(sentence.tokens))) if sentence.norm(i) in _CLOSE), last)
        last = closed if sentence.free(last, closed) else last
    enter(sentence, first, last, kind, rule, cast)
    return last + (quoted and sentence.norm(last) in _CLOSE)


def run_end(sentence: Sentence, first: int, cast: Cast) -> int:
    """End of a run of capitalised words that no mention holds, small words of names included."""
    language = cast.language
    last = i = first
    while i < len(sentence.tokens) and i - first < LONGEST:
        token = sentence.tokens[i]
        held = sentence.marker_at(i)
        place = held is not None and held.code in {COUNTRY, LOCATION} and i > first and i == last
        if held is not None and not place:
            break
        if token.capital and token.text[0].isalpha():
            i = last = held.last if held is not None else i + 1
        elif last > first and (_small(token.norm, i - last, language)):
            i += 1
        else:
            break
    return last


def _small(norm: str, gap: int, language: Language) -> bool:
    """Whether a small word may stand inside such a name, ``gap`` tokens after its last capitalised one."""
    if language.has("genitive", norm) and norm != "'":
        return gap == 0
    return gap < 2 and language.has("connectors", norm) and not language.has("company_limits", norm)


def enter(sentence: Sentence, first: int, last: int, kind: str, rule: str, cast: Cast) -> Marker:
    """Make the tokens the mention of an organisation of this type."""
    start, end = sentence.span(first, last)
    label = cast.text[start:end]
    for held in {m for m in sentence.claimed[first:last] if m is not None}:
        sentence.release(held)
        if held.thing is not None:
            held.thing.spans = [s for s in held.thing.spans if s[:2] != (held.start, held.end)]
    thing = cast.find("actor", label) or cast.named(kind, label, "actor")
    thing.mention(start, end, rule)
    marker = sentence.claim(Marker(ACTOR, first, last, start, end, thing, thing.country, label, rule=rule))
    read_acronym(sentence, marker, cast)
    return marker


def mark_explained(sentence: Sentence, cast: Cast) -> None:
    """Claim capitalised words whose initials stand in brackets after them, where nothing else has claimed them."""
    for at in range(2, len(sentence.tokens) - 2):
        if sentence.norm(at) != "(" or sentence.norm(at + 2) != ")" or not sentence.free(at - 1, at):
            continue
        acronym = sentence.tokens[at + 1]
        if not _ACRONYM.match(acronym.text) or not sentence.free(at + 1, at + 2):
            continue
        if at + 3 < len(sentence.tokens) and sentence.tokens[at + 3].capital:
            continue  # "Sardar Vallabhbhai Patel (SVP) National Police Academy"
        first = _initials_begin(sentence, at, acronym.text, cast)
        if first < at and not _something_else(sentence, first, at, cast):
            enter(sentence, first, at, "NonGovernmentalOrganisation", "acronym", cast)


def _initials_begin(sentence: Sentence, end: int, acronym: str, cast: Cast) -> int:
    """First token of the words before a bracket whose capitals spell the acronym; ``end`` if they do not."""
    letters, i = acronym.lower(), end
    while i > 0 and sentence.free(i - 1, i) and end - i < 2 * len(acronym) + 2:
        token = sentence.tokens[i - 1]
        initials = "".join(part[:1] for part in token.norm.split("-"))
        if token.capital and initials and letters.endswith(initials):
            letters = letters[: -len(initials)]
        elif token.capital:
            return end
        elif not (token.norm in cast.language.words["connectors"] or token.norm in {"'s", "-"}):
            # "Action éducative en milieu ouvert (AEMO)": where heads come first, small words count too
            if not (cast.language.head_first and len(letters) > 1 and letters.endswith(token.norm[:1])):
                return end
            letters = letters[:-1]
        i -= 1
        if not letters:
            return i
    return end


def _something_else(sentence: Sentence, first: int, last: int, cast: Cast) -> bool:
    """Whether the words name a programme, an event, an instrument or an office."""
    phrases = cast.language.phrases
    classes = ("programmes", "events", "instruments", "named_instruments", "posts", "places")
    return any(match_phrase(sentence, i, phrases[c]) for i in range(first, last) for c in classes)


def mark_listed(sentence: Sentence, cast: Cast) -> None:
    """Claim capitalised words that stand in a list between organisations: "UNICEF, Save the Children and the IFRC"."""
    if sentence.shouted() or sentence.heading:
        return
    nouns = cast.language.phrases["kinds"]
    for marker in [m for m in sentence.markers if m.code == ACTOR]:
        at = marker.last
        runs: list[tuple[int, int]] = []
        while _separates(sentence, at, cast):
            at += 1
            while cast.language.has("list_prefixes", sentence.norm(at)) or _separates(sentence, at, cast):
                at += 1
            held = sentence.marker_at(at)
            if held is not None:
                if held.code == ACTOR:
                    for first, last in runs:
                        enter(sentence, first, last, "NonGovernmentalOrganisation", "list", cast)
                    runs = []
                break
            last = run_end(sentence, at, cast)
            if last == at or _something_else(sentence, at, last, cast):
                break
            runs.append((at, last))
            at = last
        for first, last in runs:  # no body closes the list: only an acronym is sure to be one
            token = sentence.tokens[first]
            noun = (token.norm,) in nouns or cast.language.has("class_nouns", token.norm)  # "the ICRC and NGOs"
            if last - first == 1 and token.acronym and len(token.text) > 2 and not noun and sentence.free(first, last):
                enter(sentence, first, last, "NonGovernmentalOrganisation", "list", cast)


def _separates(sentence: Sentence, at: int, cast: Cast) -> bool:
    norm = sentence.norm(at)
    return norm in {",", ";"} or (norm,) in cast.language.phrases["and"]
