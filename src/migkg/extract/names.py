"""First pass over a sentence: what the authority tables know."""

from migkg.extract.cast import Cast, Thing
from migkg.extract.sentence import ACTOR, CODES, COUNTRY, LOCATION, NATIONALITY, OTHER, Marker, Sentence
from migkg.lexicon.gazetteer import Entry, Hit, country_forms
from migkg.text.normalize import fold


def mark_known(sentence: Sentence, cast: Cast) -> list[tuple[Thing, str, Thing, int, int]]:
    """Claim the hits of the gazetteer: organisations, countries, nationalities and capitals.

    Returns:
        (body, "partOf", government, start, end) for each state body whose name says of which country it is.
    """
    said: list[tuple[Thing, str, Thing, int, int]] = []
    shouted = sentence.shouted()
    for hit in sentence.hits:
        first = next((i for i, t in enumerate(sentence.tokens) if t.start <= hit.start < t.end), None)
        last = next((i + 1 for i, t in enumerate(sentence.tokens) if t.start < hit.end <= t.end), None)
        if first is None or last is None or not sentence.free(first, last):
            continue
        if not _whole(sentence, first, last, hit):
            continue
        entry = _choose(hit, sentence, first, last, cast, shouted)
        if entry is not None:
            marker = sentence.claim(_marker(hit, entry, first, last, cast))
            thing = marker.thing
            if thing is not None and thing.country and not entry.acronym and _says_country(thing, marker.name):
                government = cast.government(thing.country, marker.name)
                government.mention(marker.start, marker.end, "nationality")
                said.append((thing, "partOf", government, marker.start, marker.end))
    return said


def _says_country(body: Thing, name: str) -> bool:
    """Whether the name of a state body says of which country it is."""
    forms = country_forms(body.country or "")
    return body.type == "GovernmentBody" and any(f" {form} " in f" {fold(name)} " for form in forms)


def _marker(hit: Hit, entry: Entry, first: int, last: int, cast: Cast) -> Marker:
    surface = cast.text[hit.start : hit.end]
    marker = Marker(OTHER, first, last, hit.start, hit.end, country=entry.country, name=surface)
    marker.rule = f"authority.{entry.key}"
    if entry.kind == "organisation":
        marker.thing = cast.known(entry)
        marker.code = CODES.get(marker.thing.type, ACTOR)
        marker.thing.mention(hit.start, hit.end, marker.rule)
    elif entry.kind == "country":
        marker.code = COUNTRY
    elif entry.kind == "adjective":
        marker.code = NATIONALITY
    elif entry.kind == "capital":
        marker.code = LOCATION
        marker.thing = cast.named("Place", surface, "Place")
        marker.thing.key = marker.thing.key or entry.key
        marker.thing.mention(hit.start, hit.end, marker.rule)
    return marker


def _whole(sentence: Sentence, first: int, last: int, hit: Hit) -> bool:
    """Whether a hit is no mere part of a compound ("SG-SICA"); "UE-OIM" is made of two that are known."""
    cut = sentence.tokens[first].start != hit.start or sentence.tokens[last - 1].end != hit.end
    if not cut:
        return True
    inside = [h for h in sentence.hits if sentence.tokens[first].start <= h.start < sentence.tokens[last - 1].end]
    return len(inside) > 1


def _noun(sentence: Sentence, last: int, cast: Cast) -> bool:
    """Whether an adjective with its article stands alone, so that it is a noun ("les Tunisiens de l'étranger")."""
    return (sentence.norm(last),) not in cast.language.phrases["officials"]


def _choose(hit: Hit, sentence: Sentence, first: int, last: int, cast: Cast, shouted: bool) -> Entry | None:
    """One reading of an ambiguous name; ``None`` where the words are no name here."""
    surface = cast.text[hit.start : hit.end]
    if shouted and cast.language.has("capital_words", sentence.norm(first)):
        return None
    entries = {e.key: e for e in reversed(hit.entries)}
    adjective = all(e.kind == "adjective" for e in hit.entries)
    if adjective and cast.language.has("language_prepositions", sentence.norm(first - 1)):
        return None  # a language: "siglas en francés"
    if adjective and cast.language.has("plural_articles", sentence.norm(first - 1)) and _noun(sentence, last, cast):
        return None  # "les Tunisiens", "los peruanos": people, no state
    if (sentence.norm(first),) in cast.language.phrases["events"] and last == first + 1:
        return None  # "su Reunión Ordinaria" is no island
    if len(entries) == 1:
        return next(iter(entries.values()))
    kinds = {e.kind for e in hit.entries}
    city = cast.language.has("country_links", sentence.norm(first - 1)) and any(
        (sentence.norm(first - k),) in cast.language.phrases["places"] for k in (2, 3)
    )
    if "capital" in kinds and city:
        return next(e for e in hit.entries if e.kind == "capital")
    if kinds >= {"capital", "country"}:  # Djibouti, Luxembourg, Panamá: the country unless the text says "city"
        return next(e for e in hit.entries if e.kind == "country")
    defined = cast.acronyms.get(surface)
    if defined is not None and defined.key in entries:
        return entries[defined.key]
    spoken = cast.countries
    if len({e.country for e in hit.entries}) > 1 and any(spoken[e.country or ""] for e in hit.entries):
        near = [e for h in sentence.hits for e in h.entries if e.kind in {"country", "adjective", "capital"}]
        return max(hit.entries, key=lambda e: (any(n.country == e.country for n in near), spoken[e.country or ""]))
    own = [e for e in hit.entries if e.label == surface]
    seen = [e for e in own or hit.entries if any(t.key == e.key for t in cast.things)]
    return (seen or own or list(hit.entries))[0]
