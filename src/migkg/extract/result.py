"""The end of extraction: which things are kept, what a country mention stands for, and the statements' final form."""

from collections import defaultdict
from dataclasses import replace

from migkg.extract.amounts import Sum, find_sum
from migkg.extract.cast import Cast, Thing
from migkg.extract.relations import Draft
from migkg.extract.sentence import COUNTRY, NATIONALITY, Sentence
from migkg.extract.units import Shapes, grouped_units
from migkg.lexicon.language import Language
from migkg.model import Document, Entity, Evidence, Extraction, Mention, Statement
from migkg.model.vocabulary import RELATIONS

# Described things without a name are nodes only where something is said of them.
ONLY_IN_RELATIONS = frozenset({"Programme", "Event", "Instrument"})


def finish(document: Document, cast: Cast, sentences: list[Sentence], drafts: list[Draft]) -> Extraction:
    """Choose what is kept and write it in the model's form."""
    drafts = _narrowest(_legal(drafts))
    _use_countries(drafts, sentences)
    settle_countries(cast, sentences, Shapes(cast.language))
    best = _best(drafts)
    kept = _kept(cast, best)
    sums = _sums(best, sentences, cast.language)
    entities = {thing: _entity(thing, f"e{n}", document) for n, thing in enumerate(kept, 1)}
    statements = [
        _statement(d, entities, sums.get(id(d)), document)
        for d in best
        if d.subject in entities and d.object_ in entities
    ]
    statements.sort(key=lambda s: (s.evidence.start, s.predicate, s.subject, s.object))
    return Extraction(
        document,
        tuple(entities.values()),
        tuple(s for s in statements if s.status == "stated"),
        tuple(s for s in statements if s.status != "stated"),
    )


def _legal(drafts: list[Draft]) -> list[Draft]:
    return [
        d for d in drafts
        if d.subject is not d.object_
        and d.subject.type in RELATIONS[d.predicate].subjects
        and d.object_.type in RELATIONS[d.predicate].objects
    ]  # fmt: skip


def _narrowest(drafts: list[Draft]) -> list[Draft]:
    """Without the employers of a person that the text itself makes wider than another one it names."""
    stated = [d for d in drafts if d.status == "stated"]
    wholes = {(id(d.subject), id(d.object_)) for d in stated if d.predicate == "partOf"}
    employers: dict[int, list[Draft]] = defaultdict(list)
    for draft in stated:
        if draft.predicate == "worksFor":
            employers[id(draft.subject)].append(draft)
    wider = {
        id(one)
        for own in employers.values()
        for one in own
        for other in own
        if (id(other.object_), id(one.object_)) in wholes
        or (one.rule.endswith(".of-state") and not other.rule.endswith(".of-state"))
    }
    return [d for d in drafts if id(d) not in wider]


def _use_countries(drafts: list[Draft], sentences: list[Sentence]) -> None:
    """Let the country mentions that a statement rests on stand for what they are in it: the state or the place."""
    for draft in drafts:
        for thing in (draft.subject, draft.object_):
            if not thing.country or not (thing.key or "").startswith(("government:", "country:")):
                continue
            for sentence in sentences:
                if sentence.start <= draft.end and draft.start <= sentence.end:
                    for marker in sentence.markers:
                        if marker.code in {COUNTRY, NATIONALITY} and marker.country == thing.country:
                            marker.used_as.add(thing.type)
                            thing.mention(marker.start, marker.end, "country")


def settle_countries(cast: Cast, sentences: list[Sentence], shapes: Shapes) -> None:
    """A country that no relation has used stands for the state where it acts, and for the place elsewhere.

    The countries of one list are of one kind: where a relation has used one as a state, the others are states too.
    """
    for sentence in sentences:
        if not any(m.code == COUNTRY for m in sentence.markers):
            continue
        for unit in grouped_units(sentence, shapes):
            countries = [m for m in (*unit.members, *unit.partners, *unit.channels) if m.code == COUNTRY and m.country]
            used = any("Government" in m.used_as for m in countries)
            for marker in countries:
                if not marker.used_as:
                    acts = used or marker.acts >= 0.5
                    thing = (cast.government if acts else cast.country)(str(marker.country), marker.name)
                    thing.mention(marker.start, marker.end, "country")


def _best(drafts: list[Draft]) -> list[Draft]:
    """One draft for each edge: the surest, then the shortest evidence; a denial beside an assertion is dropped."""
    edges: dict[tuple[int, str, int], list[Draft]] = defaultdict(list)
    for draft in drafts:
        one, other = id(draft.subject), id(draft.object_)
        if draft.predicate == "cooperatesWith":
            one, other = sorted((one, other))
        edges[one, draft.predicate, other].append(draft)
    best = []
    for same in edges.values():
        stated = [d for d in same if d.status == "stated"] or same
        chosen = min(stated, key=lambda d: (-d.confidence, d.end - d.start, d.start))
        chosen = replace(chosen, post=chosen.post or next((d.post for d in stated if d.post), None))
        best.append(chosen)
    return best


def _kept(cast: Cast, drafts: list[Draft]) -> list[Thing]:
    used = {id(d.subject) for d in drafts} | {id(d.object_) for d in drafts}
    kept = [
        t for t in cast.things
        if t.spans and (id(t) in used or (t.named and not (t.type == "Person" and len(t.label.split()) < 2)))
        and not (t.type in ONLY_IN_RELATIONS and not t.named and id(t) not in used)
    ]  # fmt: skip
    return sorted(kept, key=lambda t: min(s for s, _, _ in t.spans))


def _entity(thing: Thing, identifier: str, document: Document) -> Entity:
    mentions = tuple(Mention(document.text[s:e], s, e, rule) for s, e, rule in sorted(set(thing.spans)))
    return Entity(
        identifier, thing.type, thing.label, mentions, thing.country, thing.start, thing.end, thing.key, thing.named
    )


def _sums(drafts: list[Draft], sentences: list[Sentence], language: Language) -> dict[int, Sum]:
    """The sum of money of each gift, where the text says it; its sentence then is the evidence of the gift."""
    shapes = Shapes(language)
    found = {}
    gifts = [d for d in drafts if d.predicate == "funds"]
    for draft in gifts:
        only = sum(d.subject is draft.subject for d in gifts) == 1
        said = find_sum(draft.subject, draft.object_, draft.start, sentences, shapes, language, only)
        if said is not None:
            found[id(draft)] = said
            low, high = min(draft.start, said.marker.start), max(draft.end, said.marker.end)
            if said.sentence.start <= low and high <= said.sentence.end:
                draft.start, draft.end = low, high
            else:
                draft.start, draft.end = said.sentence.start, said.sentence.end
    return found


def _statement(draft: Draft, entities: dict[Thing, Entity], said: Sum | None, document: Document) -> Statement:
    return Statement(
        entities[draft.subject].id,
        draft.predicate,
        entities[draft.object_].id,
        Evidence(document.text[draft.start : draft.end], draft.start, draft.end),
        draft.confidence,
        draft.status,
        draft.rule,
        amount=said.amount if said else None,
        currency=said.currency if said else None,
        amount_kind=said.kind if said else None,
        post=draft.post,
    )
