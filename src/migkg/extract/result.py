"""The end of extraction: which things are kept, what a country mention stands for, and the statements' final form."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from migkg.extract.cast import Cast, Thing
from migkg.extract.relations import Draft
from migkg.extract.sentence import COUNTRY, MONEY, Sentence
from migkg.model import Document, Entity, Evidence, Extraction, Mention, Statement
from migkg.model.vocabulary import RELATIONS

# Described things without a name are nodes only where something is said of them.
ONLY_IN_RELATIONS = frozenset({"Programme", "Event", "Instrument"})


def finish(document: Document, cast: Cast, sentences: list[Sentence], drafts: list[Draft]) -> Extraction:
    """Choose what is kept and write it in the model's form."""
    drafts = _legal(drafts)
    settle_countries(cast, sentences)
    best = _best(drafts)
    kept = _kept(cast, best)
    entities = {thing: _entity(thing, f"e{n}", document) for n, thing in enumerate(kept, 1)}
    statements = [
        _statement(d, entities, sentences, document) for d in best if d.subject in entities and d.object in entities
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
        if d.subject is not d.object
        and d.subject.type in RELATIONS[d.predicate].subjects
        and d.object.type in RELATIONS[d.predicate].objects
    ]  # fmt: skip


def settle_countries(cast: Cast, sentences: list[Sentence]) -> None:
    """A country that no relation has used as a state is a place."""
    for sentence in sentences:
        for marker in sentence.markers:
            if marker.code == COUNTRY and marker.country and "Government" not in marker.used_as:
                thing = cast.country(marker.country, marker.name)
                thing.mention(marker.start, marker.end, "country")


def _best(drafts: list[Draft]) -> list[Draft]:
    """One draft for each edge: the surest, then the shortest evidence; a denial beside an assertion is dropped."""
    edges: dict[tuple[int, str, int], list[Draft]] = defaultdict(list)
    for draft in drafts:
        one, other = id(draft.subject), id(draft.object)
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
    used = {id(d.subject) for d in drafts} | {id(d.object) for d in drafts}
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


def _statement(draft: Draft, entities: dict[Thing, Entity], sentences: list[Sentence], document: Document) -> Statement:
    amount, currency = _amount(draft, sentences) if draft.predicate == "funds" else (None, None)
    return Statement(
        entities[draft.subject].id,
        draft.predicate,
        entities[draft.object].id,
        Evidence(document.text[draft.start : draft.end], draft.start, draft.end),
        draft.confidence,
        draft.status,
        draft.rule,
        amount,
        currency,
        post=draft.post,
    )


def _amount(draft: Draft, sentences: list[Sentence]) -> tuple[Decimal | None, str | None]:
    """The one sum that the sentence of the evidence names; several sums belong to nobody for certain."""
    for sentence in sentences:
        if sentence.start <= draft.start < sentence.end:
            sums = [m for m in sentence.markers if m.code == MONEY]
            inside = [m for m in sums if draft.start <= m.start < draft.end] or sums
            if len(inside) == 1:
                amount, currency = inside[0].value  # type: ignore[misc]
                return amount, currency
    return None, None
