"""Extraction from a release, from the text to its entities and statements."""

from dataclasses import dataclass
from functools import cache

from migkg.extract.candidates import Candidate, Pairs
from migkg.extract.cast import Cast, Thing
from migkg.extract.company import mark_apposed, mark_explained, mark_listed
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
from migkg.extract.sentence import CODES, COUNTRY, DATE, EVENT, MONEY, Marker, Sentence, read_sentences
from migkg.extract.several import mark_several
from migkg.extract.states import weigh_states
from migkg.extract.units import Shapes, grouped_units
from migkg.lexicon.gazetteer import load_gazetteer
from migkg.lexicon.language import Language, load_language
from migkg.lexicon.money import find_money
from migkg.model import Document, Extraction
from migkg.text.dates import DateWords, find_dates
from migkg.text.normalize import fold
from migkg.text.wording import wordings


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
        _date_events(sentence)
        for marker in sentence.markers:
            if marker.thing is not None:
                marker.thing = cast.current(marker.thing)
                marker.code = CODES.get(marker.thing.type, marker.code) if marker.code != COUNTRY else marker.code
    for draft in drafts:
        draft.subject, draft.object_ = cast.current(draft.subject), cast.current(draft.object_)
    date_main_event(cast, sentences)
    return drafts


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


@cache
def date_words(code: str) -> DateWords:
    """The words of a language that dates are made of."""
    language = load_language(code)
    return DateWords(
        tuple(language.months.items()),
        tuple(language.weekdays.items()),
        language.words["today"],
        language.words["yesterday"],
        language.words["tomorrow"],
        language.words["future"],
        wordings()[code].numeric_dates if code in wordings() else "unknown",
    )


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
    """Note which countries stand after a word that makes them a location ("in Niger", "au Tchad")."""
    for marker in sentence.markers:
        if marker.code == COUNTRY:
            i = marker.first - 1
            while language.has("articles", sentence.norm(i)) and sentence.norm(i) not in language.words["located"]:
                i -= 1
            marker.located = sentence.norm(i) in language.words["located"]


def locate_lists(sentences: list[Sentence], shapes: Shapes) -> None:
    """Where the first country of a list is a location, the others are: "in *Chad*, Niger and Mali"."""
    for sentence in sentences:
        if any(m.code == COUNTRY and m.located for m in sentence.markers):
            for unit in grouped_units(sentence, shapes):
                if unit.members and unit.members[0].code == COUNTRY and unit.members[0].located:
                    for marker in unit.members:
                        marker.located = marker.located or marker.code == COUNTRY


def _date_events(sentence: Sentence) -> None:
    """Give the dates of a sentence to the event that it speaks of."""
    events = [m for m in sentence.markers if m.code == EVENT and m.thing is not None]
    dates = [m for m in sentence.markers if m.code == DATE and not _dateline(sentence, m)]
    for marker in events:
        thing = marker.thing
        assert thing is not None
        if thing.start is None and dates:
            nearest = min(dates, key=lambda d: (d.start < marker.start, abs(d.start - marker.start)))
            _date(thing, nearest)


def _date(thing: Thing, marker: Marker) -> None:
    first, last = cast_dates(marker.value)
    if len(first) >= 7:
        thing.start, thing.end = first, last


def cast_dates(value: object) -> tuple[str, str | None]:
    """First and last day of a date marker."""
    assert isinstance(value, tuple)
    return value[0], value[1]


def date_main_event(cast: Cast, sentences: list[Sentence]) -> None:
    """The event that a release is about, where no sentence dates it: the one date of the opening sentences is its own.

    A dateline alone ("GENEVA, 4 June 2004 -") is the day of the release, not of the event.
    """
    events = [t for t in cast.things if t.type == "Event" and not t.plural]
    main = max(events, key=lambda t: len(t.spans), default=None)
    if main is None or main.start is not None or any(t.start for t in events if len(t.spans) > 1):
        return
    dates = [
        m
        for s in [s for s in sentences if not s.heading and not s.contact][:4]
        for m in s.markers
        if m.code == DATE and len(cast_dates(m.value)[0]) >= 7 and not _dateline(s, m)
    ]
    ranges = [m for m in dates if cast_dates(m.value)[1]]
    if len({m.value for m in ranges or dates}) == 1:
        _date(main, (ranges or dates)[0])


def _dateline(sentence: Sentence, marker: Marker) -> bool:
    """Whether a date stands in a dateline ("GENEVA, 4 June 2004 -"): the day of the release, not of what it tells."""
    return marker.first <= 6 and (sentence.norm(marker.last) in {"-", ".", ":"} or marker.last == len(sentence.tokens))
