"""What a document, its programmes and its events are about: concepts of the table of themes, with the words."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from migkg.lexicon.language import load_language
from migkg.lexicon.themes import ThemeHit, load_theme_words
from migkg.model import Document, Entity, Evidence, Theme
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.text.normalize import fold
from migkg.text.sentences import split_sentences

# A document has at most so many themes, a programme or event at most so many.
MOST = 5
MOST_OF_THING = 3
MOST_NEAR = 2
# Words kept as evidence of one theme.
MOST_EVIDENCE = 5
TITLE_WEIGHT, LEAD_WEIGHT, WEIGHT, WEAK_WEIGHT = 3.0, 2.0, 1.0, 0.25
# One word in passing shows no theme: it takes the lead, or two places. What is far behind the strongest is left out.
LEAST_WEIGHT = 2.0
LEAST_SHARE = 0.25
# Where no word passes, one of the body with a weak one beside it does, in at most so many themes.
LESSER_WEIGHT = 1.25
MOST_LESSER = 2
# The score is the weight over the weight and this: 0.5 for a word in the lead.
HALF = 2.0
# Forums are named after what they are for; the name of any other actor says nothing of the matter at hand.
_SILENT_NAMES = ACTOR_TYPES - {"RegionalProcess"}
Weigh = Callable[[ThemeHit], float]


def find_themes(document: Document, entities: Iterable[Entity]) -> tuple[Theme, ...]:
    """The themes of a document, then those of its programmes and events in the order of the entities.

    Args:
        entities: what the document speaks of.

    Raises:
        DataFileError: the words of the language are missing or malformed.
    """
    hits = load_theme_words(document.language).find(document.text, fold(document.text))
    if not hits:
        return ()
    entities = list(entities)
    hits = _judge(hits, document, entities)
    lead = _lead(document)
    themes = _collect(document.text, hits, lambda hit: _weigh(hit, lead), LEAST_WEIGHT, MOST)
    if not themes:
        themes = _collect(document.text, hits, lambda hit: _weigh(hit, lead), LESSER_WEIGHT, MOST_LESSER)
    things = [entity for entity in entities if entity.type in {"Programme", "Event"}]
    named = {e.id: [hit for hit in hits if _is_in(hit, e)] for e in things}
    taken = {(hit.start, hit.end) for own in named.values() for hit in own}
    free = [hit for hit in hits if (hit.start, hit.end) not in taken]
    for thing in things:
        themes += _of_thing(document, thing, named[thing.id], free)
    return tuple(themes)


def _judge(hits: list[ThemeHit], document: Document, entities: list[Entity]) -> list[ThemeHit]:
    """Without the words of contact blocks; words inside the name of an actor are weak."""
    contacts = [(block.start, block.end) for block in document.blocks if block.kind == "contact"]
    names = [(m.start, m.end) for e in entities if e.type in _SILENT_NAMES for m in e.mentions]
    inside = bytearray(len(document.text))
    for start, end in names:
        inside[start:end] = b"\x01" * (end - start)
    for start, end in contacts:
        inside[start:end] = b"\x02" * (end - start)
    judged = []
    for hit in hits:
        place = inside[hit.start]
        if place != 2:
            judged.append(hit if not place else ThemeHit(hit.start, hit.end, hit.code, weak=True))
    return judged


def _lead(document: Document) -> tuple[int, int]:
    """Where the title ends and where the first paragraph behind it does."""
    title = 0
    for block in document.blocks:
        if block.kind == "heading" and title == 0 and block.start == 0:
            title = block.end
        elif block.kind not in {"heading", "dateline", "contact"}:
            return title, block.end
    return title, title


def _weigh(hit: ThemeHit, lead: tuple[int, int]) -> float:
    place = TITLE_WEIGHT if hit.start < lead[0] else LEAD_WEIGHT if hit.start < lead[1] else WEIGHT
    return place * (WEAK_WEIGHT if hit.weak else 1.0)


def _collect(
    text: str, hits: Iterable[ThemeHit], weigh: Weigh, least: float, most: int, subject: str | None = None
) -> list[Theme]:
    """The themes that the hits show, the strongest first."""
    by_code: dict[str, list[ThemeHit]] = defaultdict(list)
    for hit in hits:
        by_code[hit.code].append(hit)
    weights = {code: sum(map(weigh, same)) for code, same in by_code.items() if any(not hit.weak for hit in same)}
    bar = max(least, LEAST_SHARE * max(weights.values(), default=0.0))
    chosen = sorted((code for code in weights if weights[code] >= bar), key=lambda code: (-weights[code], code))
    themes = []
    for code in chosen[:most]:
        strong = [hit for hit in by_code[code] if not hit.weak]
        shown = sorted(sorted(strong, key=lambda hit: (-weigh(hit), hit.start))[:MOST_EVIDENCE], key=lambda h: h.start)
        evidence = tuple(Evidence(text[hit.start : hit.end], hit.start, hit.end) for hit in shown)
        themes.append(Theme(code, round(weights[code] / (weights[code] + HALF), 3), evidence, subject))
    return themes


def _is_in(hit: ThemeHit, entity: Entity) -> bool:
    return any(mention.start <= hit.start and hit.end <= mention.end for mention in entity.mentions)


def _of_thing(document: Document, entity: Entity, own: list[ThemeHit], free: list[ThemeHit]) -> list[Theme]:
    """The themes that a programme or event has in what it is called; else, for a programme, in its first sentence.

    Args:
        own: the words within its mentions.
        free: the words that stand in no name of a programme or event: a name speaks for its own thing only.
    """
    themes = _collect(document.text, own, lambda hit: LEAD_WEIGHT, 0.0, MOST_OF_THING, entity.id)
    if themes or entity.type == "Event" or not entity.mentions:
        return themes
    start, end = _sentence(document, min(mention.start for mention in entity.mentions))
    near = [hit for hit in free if start <= hit.start and hit.end <= end]
    return _collect(document.text, near, _weigh_near, WEIGHT, MOST_NEAR, entity.id)


def _weigh_near(hit: ThemeHit) -> float:
    return WEAK_WEIGHT if hit.weak else WEIGHT


def _sentence(document: Document, offset: int) -> tuple[int, int]:
    """The sentence that an offset lies in."""
    block = next((b for b in document.blocks if b.start <= offset < b.end), None)
    if block is None:
        return offset, offset
    abbreviations = load_language(document.language).words["abbreviations"]
    spans = split_sentences(document.text, block.start, block.end, abbreviations)
    return next(((s, e) for s, e in spans if s <= offset < e), (block.start, block.end))
