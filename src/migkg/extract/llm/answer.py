"""What of a model's answer is kept: what quotes the document to the letter and fits the ontology. The rest is counted.

An answer is as hostile as any input: it may be wrong in every field, or say what the document told the model to say.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, cast

from migkg.extract.llm.prompt import TYPES
from migkg.lexicon.gazetteer import Hit, country_names, load_gazetteer
from migkg.lexicon.language import load_language
from migkg.lexicon.money import find_money
from migkg.model import Document, Entity, Evidence, Extraction, Mention, Statement
from migkg.model.vocabulary import ACTOR_TYPES, RELATIONS
from migkg.text.normalize import fold
from migkg.text.tokens import tokenize

MOST_ENTITIES, MOST_CLAIMS, MOST_MENTIONS = 400, 800, 50
LONGEST_NAME, LONGEST_QUOTE = 300, 1_200  # characters
# What share of a model's claims is right was not measured: all have the same middling confidence.
CONFIDENCE = 0.5
# Without something said of them, these are no nodes.
_ONLY_IN_CLAIMS = frozenset({"Programme", "Event", "Instrument", "Person"})
Span = tuple[int, int]
Status = Literal["stated", "planned", "denied"]


class _Dropped(Exception):
    """Why a part of an answer is not kept."""


@dataclass(slots=True, eq=False)
class _Thing:
    """An entity of the answer that stands in the text."""

    type: str
    label: str
    spans: list[Span]
    key: str | None = None
    country: str | None = None
    posts: list[str] = field(default_factory=list)


def check_answer(document: Document, answer: dict[str, Any], rule: str) -> tuple[Extraction, Counter[str]]:
    """What an answer says of a document, as far as the document says it.

    Args:
        answer: the JSON object that a model wrote.
        rule: id that every mention and statement gets.

    Returns:
        The extraction, and how many parts of the answer were dropped, by reason.
    """
    checker = _Checker(document, rule)
    things = checker.read_things(answer.get("entities"))
    statements = checker.read_claims(answer.get("claims"), things)
    return checker.finish(things.values(), statements), checker.dropped


class _Checker:
    def __init__(self, document: Document, rule: str) -> None:
        self.document = document
        self.rule = rule
        self.dropped: Counter[str] = Counter()
        self.folded = fold(document.text)
        self._contacts = [(b.start, b.end) for b in document.blocks if b.kind == "contact"]
        self._hits = load_gazetteer().find(document.text, self.folded, document.language)
        self._language = load_language(document.language)

    def read_things(self, records: Any) -> dict[str, _Thing]:
        """The entities that stand in the text, by the ids of the answer; two of one key are one."""
        things: dict[str, _Thing] = {}
        known: dict[tuple[str, str], _Thing] = {}
        for record in self._records(records, MOST_ENTITIES, "entity"):
            try:
                name, thing = self._thing(record)
            except _Dropped as reason:
                self.dropped[f"entity: {reason}"] += 1
                continue
            same = known.setdefault((thing.key or thing.type, "" if thing.key else fold(thing.label)), thing)
            if same is not thing:
                same.spans = sorted({*same.spans, *thing.spans})
            things[name] = same
        return things

    def read_claims(self, records: Any, things: dict[str, _Thing]) -> list[tuple[_Thing, _Thing, Statement]]:
        """The claims that hold, in the order of the answer; those on people without an office fall with them."""
        found: dict[tuple[int, str, int, str], tuple[_Thing, _Thing, Statement]] = {}
        for record in self._records(records, MOST_CLAIMS, "claim"):
            try:
                subject, object_, statement = self._claim(record, things)
                key = (id(subject), statement.predicate, id(object_), statement.status)
                if key in found:
                    raise _Dropped("said twice")
            except _Dropped as reason:
                self.dropped[f"claim: {reason}"] += 1
                continue
            found[key] = (subject, object_, statement)
            if statement.predicate == "worksFor" and statement.post:
                subject.posts.append(statement.post)
        kept = []
        for subject, object_, statement in found.values():
            if any(t.type == "Person" and not t.posts for t in (subject, object_)):
                self.dropped["claim: a person without an office"] += 1
            else:
                kept.append((subject, object_, statement))
        return kept

    def finish(self, things: Iterable[_Thing], claims: list[tuple[_Thing, _Thing, Statement]]) -> Extraction:
        """The model's form, entities in text order."""
        used = {id(t) for s, o, _ in claims for t in (s, o)}
        kept = {id(t): t for t in things if t.type not in _ONLY_IN_CLAIMS or id(t) in used}
        order = sorted(kept.values(), key=lambda t: (t.spans[0], t.type, t.label))
        names = {id(t): f"e{n}" for n, t in enumerate(order, 1)}
        entities = tuple(self._entity(names[id(t)], t) for t in order)
        statements = [replace(statement, subject=names[id(s)], object=names[id(o)]) for s, o, statement in claims]
        statements.sort(key=lambda s: (s.evidence.start, s.predicate, s.subject, s.object))
        stated = tuple(s for s in statements if s.status == "stated")
        return Extraction(self.document, entities, stated, tuple(s for s in statements if s.status != "stated"))

    def _records(self, records: Any, most: int, what: str) -> Iterator[dict[str, Any]]:
        if not isinstance(records, list):
            self.dropped[f"{what}: no list of them"] += 1
            return
        if len(records) > most:
            self.dropped[f"{what}: more than {most}"] += len(records) - most
        for record in records[:most]:
            if isinstance(record, dict):
                yield record
            else:
                self.dropped[f"{what}: no object"] += 1

    def _thing(self, record: dict[str, Any]) -> tuple[str, _Thing]:
        name, type_, label = (_text(record.get(key), LONGEST_NAME) for key in ("id", "type", "name"))
        if type_ not in TYPES:
            raise _Dropped("no type of the ontology")
        quotes = record.get("mentions")
        texts = [q for q in quotes[:MOST_MENTIONS] if isinstance(q, str)] if isinstance(quotes, list) else []
        spans = sorted({span for text in (label, *texts) for span in self._find(text, LONGEST_NAME)})[:MOST_MENTIONS]
        if not spans:
            raise _Dropped("not in the text")
        longest = max(spans, key=lambda s: (s[1] - s[0], -s[0]))
        start, end = next(self._find(label, LONGEST_NAME), longest)
        thing = _Thing(type_, self.document.text[start:end], spans)
        self._identify(thing)
        return name, thing

    def _identify(self, thing: _Thing) -> None:
        """Key and country by the authority tables; what they know of the type goes before what the model says."""
        inside = [h for h in self._hits if any(s <= h.start and h.end <= e for s, e in thing.spans)]
        if thing.type == "Government":
            thing.country = next((e.country for h in inside for e in h.entries if e.kind != "organisation"), None)
            if thing.country is None:
                raise _Dropped("a state of no known country")
            thing.key = f"government:{thing.country}"
            name = country_names(self._language.code).get(thing.country, thing.country)
            thing.label = self._language.government_label.format(country=name)
            return
        whole = [h for h in inside if self._covers(h, thing.spans)]
        for entry in (e for h in whole for e in h.entries):
            if entry.kind == "organisation" and thing.type in ACTOR_TYPES | {"Programme"}:
                thing.key, thing.type, thing.country = entry.key, entry.type, entry.country
                return
            if entry.kind in {"country", "capital"} and thing.type == "Place":
                thing.key, thing.country = entry.key, entry.country if entry.kind == "country" else None
                return

    def _covers(self, hit: Hit, spans: list[Span]) -> bool:
        """Whether a name of the tables is all of a mention, an article before it aside."""
        for start, end in spans:
            if hit.end == end and start <= hit.start:
                before = [t.norm for t in tokenize(self.document.text, start, hit.start)]
                if all(self._language.has("name_articles", word) for word in before):
                    return True
        return False

    def _claim(self, record: dict[str, Any], things: dict[str, _Thing]) -> tuple[_Thing, _Thing, Statement]:
        predicate = record.get("predicate")
        if not isinstance(predicate, str) or predicate not in RELATIONS:
            raise _Dropped("no relation of the ontology")
        ends = [record.get("subject"), record.get("object")]
        subject, object_ = (things.get(e) if isinstance(e, str) else None for e in ends)
        if subject is None or object_ is None:
            raise _Dropped("an end that is not kept")
        relation = RELATIONS[predicate]
        if subject is object_ or subject.type not in relation.subjects or object_.type not in relation.objects:
            raise _Dropped("types that the relation does not link")
        status = record.get("status", "stated")
        if status not in {"stated", "planned", "denied"}:
            raise _Dropped("no known status")
        start, end = self._evidence(record.get("quote"), subject, object_)
        post = self._post(record.get("post")) if predicate == "worksFor" else None
        amount, currency = self._sum(record, start, end) if predicate == "funds" else (None, None)
        evidence = Evidence(self.document.text[start:end], start, end)
        statement = Statement(
            "", predicate, "", evidence, CONFIDENCE, cast(Status, status), self.rule, amount, currency, None, post
        )
        return subject, object_, statement

    def _evidence(self, quote: Any, *ends: _Thing) -> Span:
        """Where the quote stands: the first place at which it names an end of the claim."""
        found = list(self._find(quote, LONGEST_QUOTE)) if isinstance(quote, str) else []
        if not found:
            raise _Dropped("a quote that is not in the text")
        for start, end in found:
            if any(start <= s and e <= end for thing in ends for s, e in thing.spans):
                return start, end
        raise _Dropped("a quote that names neither end")

    def _find(self, text: str, longest: int) -> Iterator[Span]:
        """Every place where the text stands to the letter, as whole words and outside contact blocks."""
        body = self.document.text
        if not text.strip() or len(text) > longest:
            return
        for match in re.finditer(re.escape(text), body):
            start, end = match.span()
            cut = (start and body[start - 1].isalnum() and text[0].isalnum()) or (
                end < len(body) and body[end].isalnum() and text[-1].isalnum()
            )
            if not cut and not any(s < end and start < e for s, e in self._contacts):
                yield start, end

    def _post(self, post: Any) -> str | None:
        """The office, where the text says it and the lexicon knows it as one."""
        if not isinstance(post, str) or next(self._find(post, LONGEST_NAME), None) is None:
            return None
        words = tuple(t.norm for t in tokenize(post))
        offices = self._language.phrases["posts"]
        known = any(words[i : i + n] in offices for i in range(len(words)) for n in range(1, len(words) - i + 1))
        return post if known else None

    def _sum(self, record: dict[str, Any], start: int, end: int) -> tuple[Decimal | None, str | None]:
        """The sum, where the quote itself says it."""
        amount, currency = record.get("amount"), record.get("currency")
        if amount is None:
            return None, None
        for said in find_money(self.folded, start, end, self.document.language):
            number = isinstance(amount, int | float) and not isinstance(amount, bool)
            if number and said.currency == currency and said.amount == Decimal(str(amount)):
                return said.amount, said.currency
        self.dropped["sum: not in the quote"] += 1
        return None, None

    def _entity(self, name: str, thing: _Thing) -> Entity:
        text = self.document.text
        mentions = tuple(Mention(text[s:e], s, e, self.rule) for s, e in thing.spans)
        capitals = sum(word[:1].isupper() for word in thing.label.split())
        named = thing.type not in _ONLY_IN_CLAIMS or thing.type == "Person" or capitals > 1 or thing.label.isupper()
        return Entity(name, thing.type, thing.label, mentions, thing.country, key=thing.key, named=named)


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise _Dropped("id, type or name is missing")
    return value
