"""Acronyms that the text itself explains: "… (LIS)" after a name, or a name in brackets after its acronym."""

import re

from migkg.extract.cast import Cast, Thing
from migkg.extract.sentence import ACTOR, Marker, Sentence
from migkg.model.vocabulary import ACTOR_TYPES

ACRONYM = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ]*[A-ZÀ-Þ&][A-Za-zÀ-ÿ&-]*$")


def read_acronym(sentence: Sentence, marker: Marker, cast: Cast) -> None:
    """ "… (LIS)" after a name, or a name in brackets after its acronym."""
    thing = marker.thing
    if thing is None or sentence.norm(marker.last) != "(":
        return
    close = next(
        (k for k in range(marker.last + 1, min(marker.last + 12, len(sentence.tokens))) if sentence.norm(k) == ")"), 0
    )
    if not close:
        return
    inner = sentence.tokens[marker.last + 1]
    surface = inner.text
    if ACRONYM.match(surface) and len(surface) <= 12:
        cast.acronyms[surface] = thing
        cast.alias("actor", surface, thing)
        thing.mention(inner.start, inner.end, "acronym")
        held = sentence.marker_at(marker.last + 1)
        if held is not None and held.code == ACTOR and held.thing is not None and held.thing is not thing:
            _merge_known(held, thing, cast)
        for i in range(marker.last, close + 1):
            other = sentence.marker_at(i)
            if other is not None and other is not marker:
                sentence.release(other)
        for i in range(marker.last, close + 1):
            sentence.claimed[i] = marker
        marker.last = close + 1
    elif thing.key is None and sentence.tokens[marker.first].acronym:
        inside = sentence.marker_at(marker.last + 1)
        if inside is not None and inside.code == ACTOR and inside.last == close:
            inside_thing = inside.thing
            assert inside_thing is not None
            cast.acronyms[marker.name] = inside_thing


def _merge_known(held: Marker, thing: Thing, cast: Cast) -> None:
    """The bracket holds an acronym that a table knows for another body: in this text it stands for the name before.

    So it does where the name has its initials, or is a shorter form of the official one: "Office of the High
    Commissioner for Refugees (UNHCR)".
    """
    other = held.thing
    if other is None:
        return
    other.spans = [s for s in other.spans if s[:2] != (held.start, held.end)]
    compatible = {thing.type, other.type} <= ACTOR_TYPES and thing.key is None and other.key is not None
    within = set(cast.plain(thing.label).split()) <= set(cast.plain(other.label).split())
    if compatible and (within or _initials(thing.label) == held.name.upper()):
        thing.type, thing.country = other.type, thing.country or other.country
        cast.merge(thing, other)


def _initials(label: str) -> str:
    return "".join(w[0] for w in re.findall(r"[A-ZÀ-Þ][\w’'-]*", label)).upper()
