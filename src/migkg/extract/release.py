"""Extraction from a release, from the text to its entities and statements."""

from dataclasses import dataclass

from migkg.extract.candidates import Candidate, Pairs
from migkg.extract.cast import Cast
from migkg.extract.company import mark_apposed, mark_explained, mark_listed
from migkg.extract.dating import date_events
from migkg.extract.described import mark_described
from migkg.extract.governments import mark_governments
from migkg.extract.model import decide
from migkg.extract.names import mark_known
from migkg.extract.organisations import mark_organisations
from migkg.extract.people import mark_people, mark_surnames
from migkg.extract.places import mark_places, mark_units
from migkg.extract.posts import mark_posts
from migkg.extract.references import mark_aliases, mark_other_names, mark_references
from migkg.extract.relations import Draft, Reader
from migkg.extract.result import finish
from migkg.extract.sentence import CODES, COUNTRY, DATE, LOCATION, MONEY, Marker, Sentence, read_sentences
from migkg.extract.several import mark_several
from migkg.extract.states import weigh_states
from migkg.extract.units import Shapes, grouped_units
from migkg.lexicon.gazetteer import load_gazetteer
from migkg.lexicon.language import Language, load_language
from migkg.lexicon.moments import date_words
from migkg.lexicon.money import find_money
from migkg.model import Document, Extraction
from migkg.text.dates import find_dates
from migkg.text.normalize import fold


@dataclass(frozen=True, slots=True)
class Reading:
    """A release with all that was found in it, before it is decided what is kept."""

    document: Document
    cast: Cast
    sentences: list[Sentence]
    drafts: list[Draft]
    candidates: list[Candidate]


def extract_release(document: Document) -> Extraction:
    """What a release says: its entities and statements.

    Raises:
        DataFileError: a data file of the document's language is malformed.
    """
    reading = read_release(document)
    drafts = decide(reading.candidates, reading.drafts)
    reading.cast.adopt(t for d in drafts for t in (d.subject, d.object_))
    return finish(document, reading.cast, reading.sentences, drafts)


def read_release(document: Document) -> Reading:
    """The mentions, the statements that rules find, and every pair of things that could be linked."""
    cast, sentences, drafts = mark_release(document)
    language = cast.language
    shapes = Shapes(language)
    locate_lists(sentences, shapes)
    weigh_states(cast, sentences, shapes, language)
    reader = Reader(cast, language)
    for sentence in sentences:
        drafts += reader.read(sentence)
    candidates = Pairs(cast, language).collect(sentences, drafts)
    return Reading(document, cast, sentences, drafts, candidates)


def mark_release(document: Document) -> tuple[Cast, list[Sentence], list[Draft]]:
    """The cast and the sentences of a release with all their mentions, and the statements that names make."""
    language = load_language(document.language)
    cast = Cast(document.text, language)
    folded = fold(document.text)
    hits = load_gazetteer().find(document.text, folded, document.language)
    cast.countries.update(e.country for h in hits for e in h.entries[:1] if e.country and e.kind != "organisation")
    sentences = read_sentences(document, hits, language)
    return cast, sentences, _mark(document, folded, sentences, cast, language)


def _mark(document: Document, folded: str, sentences: list[Sentence], cast: Cast, language: Language) -> list[Draft]:
    """Find all mentions. Names come first, over the whole document, so that a later name explains an earlier word."""
    drafts: list[Draft] = []
    for sentence in sentences:
        _mark_values(sentence, document, folded, cast)
        for one, predicate, other, start, end in mark_known(sentence, cast):
            drafts.append(Draft(one, predicate, other, start, end, f"name.{predicate}", 0.9))
        mark_posts(sentence, language, longer_than=1)
    for sentence in sentences:
        for one, predicate, other, start, end in (*mark_several(sentence, cast), *mark_organisations(sentence, cast)):
            drafts.append(Draft(one, predicate, other, start, end, f"name.{predicate}", 0.9))
        mark_governments(sentence, cast)
        mark_apposed(sentence, cast)
    for sentence in sentences:
        mark_aliases(sentence, cast)
        mark_explained(sentence, cast)
        mark_posts(sentence, language)
        for unit, body, place in mark_units(sentence, cast):
            drafts += _unit(unit, body, place, cast)
        mark_people(sentence, cast)
        for one, predicate, other, start, end in mark_described(sentence, cast):
            drafts.append(Draft(one, predicate, other, start, end, f"name.{predicate}", 0.8))
        mark_places(sentence, cast)
        mark_listed(sentence, cast)
        mark_other_names(sentence, cast)
        for unit, body, place in mark_units(sentence, cast):
            drafts += _unit(unit, body, place, cast)
    for sentence in sentences:
        mark_aliases(sentence, cast)
        mark_surnames(sentence, cast)
        mark_references(sentence, cast)
        _locate(sentence, language)
        for marker in sentence.markers:
            if marker.thing is not None:
                marker.thing = cast.current(marker.thing)
                marker.code = CODES.get(marker.thing.type, marker.code) if marker.code != COUNTRY else marker.code
    for draft in drafts:
        draft.subject, draft.object_ = cast.current(draft.subject), cast.current(draft.object_)
    date_events(cast, sentences, document, folded)
    return [d for d in drafts if d.subject is not d.object_]  # two names of one body, as the text itself explains later


def _mark_values(sentence: Sentence, document: Document, folded: str, cast: Cast) -> None:
    words = date_words(cast.language.code)
    for date in find_dates(folded, sentence.start, sentence.end, words, document.published):
        _claim(sentence, DATE, date.start, date.end, (date.first, date.last))
    for money in find_money(folded, sentence.start, sentence.end, document.language, cast.countries):
        _claim(sentence, MONEY, money.start, money.end, (money.amount, money.currency))


def _claim(sentence: Sentence, code: str, start: int, end: int, value: object) -> None:
    first = next((i for i, t in enumerate(sentence.tokens) if t.end > start), None)
    last = next((i for i, t in enumerate(sentence.tokens) if t.start >= end), len(sentence.tokens))
    if first is not None and first < last and sentence.free(first, last):
        sentence.claim(Marker(code, first, last, start, end, value=value, rule=code))


def _unit(unit: Marker, body: Marker, place: Marker, cast: Cast) -> list[Draft]:
    assert unit.thing is not None and body.thing is not None
    location = place.thing
    if place.code == COUNTRY and place.country:
        location = cast.country(place.country, place.name)
        location.mention(place.start, place.end, "country")
    drafts = [Draft(unit.thing, "partOf", body.thing, unit.start, unit.end, "name.unit", 0.9)]
    if location is not None:
        drafts.append(Draft(unit.thing, "basedIn", location, unit.start, unit.end, "name.unit", 0.9))
    return drafts


def _locate(sentence: Sentence, language: Language) -> None:
    """Note which countries a word makes a location ("in Niger", "au Tchad"), or a town before it ("Suzhou, China")."""
    for marker in sentence.markers:
        if marker.code == COUNTRY and _says_where(sentence, marker, language):
            marker.located = True
        elif marker.code == COUNTRY:
            i = marker.first - 1
            while language.has("articles", sentence.norm(i)) and sentence.norm(i) not in language.words["located"]:
                i -= 1
            marker.located = sentence.norm(i) in language.words["located"]


def _says_where(sentence: Sentence, country: Marker, language: Language) -> bool:
    """Whether a country only says where the town before it is: "Moshi, *Tanzania*", "Kisumu (*Kenya*)"."""
    town = sentence.marker_at(country.first - 2)
    if sentence.norm(country.first - 1) not in {",", "("} or town is None or town.code != LOCATION:
        return False
    known = town.thing.country if town.thing is not None else None
    listed = sentence.norm(country.last) == "," or (sentence.norm(country.last),) in language.phrases["and"]
    following = sentence.marker_at(country.last + 1)
    in_list = listed and following is not None and following.code == COUNTRY
    return known in {None, country.country} and not in_list


def locate_lists(sentences: list[Sentence], shapes: Shapes) -> None:
    """Where the first country of a list is a location, the others are: "in *Chad*, Niger and Mali"."""
    for sentence in sentences:
        if any(m.code == COUNTRY and m.located for m in sentence.markers):
            for unit in grouped_units(sentence, shapes):
                if unit.members and unit.members[0].code == COUNTRY and unit.members[0].located:
                    for marker in unit.members:
                        marker.located = marker.located or marker.code == COUNTRY
