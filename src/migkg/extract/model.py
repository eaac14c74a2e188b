"""The trained part of extraction: which candidate pairs are linked, and how surely.

One logistic regression for each relation (``data/models/relations.json``, written by scripts/train_relations.py). The
probability is calibrated on documents held out and is the confidence of the statement; the rule named is the one that
speaks most strongly for it.
"""

import json
import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from migkg.errors import DataFileError
from migkg.extract.candidates import Candidate
from migkg.extract.relations import Draft
from migkg.model.statement import Status
from migkg.resources import data_path

THOUSANDTHS = 1000  # weights have three decimals
UNSURE = 0.79  # the most that is said of a statement that is not sure


@dataclass(frozen=True, slots=True)
class RelationModel:
    """Weights of one relation, in thousandths: whole numbers add up to the same in any order.

    Attributes:
        threshold: probability from which a pair counts as linked.
        sure: probability from which 95 in 100 held-out statements were right; above 1 where that was never so.
        bias: weight of every pair.
        weights: weight of each feature.
    """

    threshold: float
    bias: int
    weights: dict[str, int]
    sure: float = 1.01

    def probability(self, features: Iterable[str]) -> float:
        """How surely a pair with these features is linked, 0 to 1."""
        total = self.bias + sum(map(self.weights.get, features, repeat(0)))
        return 1.0 / (1.0 + math.exp(-total / THOUSANDTHS))

    def confidence(self, probability: float) -> float:
        """The probability as it is published: 0.8 and more only for what is sure."""
        return round(probability if probability >= self.sure else min(probability, UNSURE), 2)


@cache
def load_model() -> dict[str, RelationModel]:
    """The model of every relation; empty where none has been trained, so that the rules decide alone.

    Raises:
        DataFileError: the file is not what the training script writes.
    """
    path = data_path("models/relations.json")
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {
            p: RelationModel(
                content["threshold"],
                round(m["bias"] * THOUSANDTHS),
                {f: round(w * THOUSANDTHS) for f, w in m["weights"].items()},
                content["sure"],
            )
            for p, m in content["relations"].items()
        }
    except (ValueError, KeyError, TypeError) as error:
        raise DataFileError(f"{path}: {error}; train it again with scripts/train_relations.py") from error


# Of these relations a pair has one at most: who organises or chairs a meeting is not counted as a guest as well.
EXCLUSIVE = (frozenset({"organises", "participatesIn", "chairs"}), frozenset({"implements", "partnersIn"}))


def choose(scored: list[tuple[str, float, float]]) -> list[tuple[str, float]]:
    """The relations of one pair that hold.

    Args:
        scored: (relation, probability, threshold) of every relation that could link the pair.

    Returns:
        (relation, probability) of those above their threshold, the surest one of an exclusive group.
    """
    held = {predicate: p for predicate, p, threshold in scored if p >= threshold}
    for group in EXCLUSIVE:
        inside = sorted(group & held.keys(), key=lambda predicate: (held[predicate], predicate))
        for predicate in inside[:-1]:
            del held[predicate]
    return list(held.items())


SINGLE = frozenset({"worksFor"})  # the annotations give 98 of 100 people one employer, the narrowest one said


def strongest(found: Iterable[tuple[str, Hashable, float]]) -> list[int]:
    """The statements that stay where a subject can have one object only.

    Args:
        found: (relation, subject, probability) of each statement.

    Returns:
        Numbers of those that stay, in order; of equals the first.
    """
    best: dict[tuple[str, Hashable], tuple[float, int]] = {}
    kept = []
    for number, (predicate, subject, probability) in enumerate(found):
        if predicate not in SINGLE:
            kept.append(number)
            continue
        held = best.get((predicate, subject))
        if held is None or probability > held[0]:
            best[predicate, subject] = (probability, number)
    return sorted([*kept, *(number for _, number in best.values())])


def status_of(candidate: Candidate, predicate: str) -> Status:
    """Whether a pair that no rule of the relation spoke for is denied or left open by a word between its ends.

    The words of the quote decide: what another sentence wishes or denies of the two does not make a plan of this one.
    """
    if f"rule:{predicate}" in candidate.features:
        return "stated"  # the rule has read the words around its verb itself
    return (
        "denied" if "negation:b" in candidate.doubts else "planned" if "undecided:b" in candidate.doubts else "stated"
    )


def decide(candidates: list[Candidate], drafts: list[Draft]) -> list[Draft]:
    """The statements that the model believes, with its confidence; without a model, what the rules found.

    What a rule found to be planned or denied stays a claim of that status.
    """
    model = load_model()
    if not model:
        return drafts
    spoken: dict[tuple[int, str, int], Draft] = {}
    for draft in drafts:
        key = _key(draft.subject.key or id(draft.subject), draft.predicate, draft.object_.key or id(draft.object_))
        held = spoken.get(key)
        if held is None or (draft.status == "stated", draft.confidence) > (held.status == "stated", held.confidence):
            spoken[key] = draft
    chosen = [d for d in drafts if d.status != "stated"]
    believed: list[tuple[Draft, float]] = []
    for candidate in candidates:
        possible = [(p, model[p]) for p in candidate.predicates if p in model]
        scored = [(p, m.probability(candidate.features), m.threshold) for p, m in possible]
        subject, object_ = candidate.subject, candidate.object_
        for predicate, probability in choose(scored):
            rule = spoken.get(_key(subject.key or id(subject), predicate, object_.key or id(object_)))
            if rule is None or rule.status == "stated":
                draft = _draft(candidate, predicate, model[predicate].confidence(probability), rule)
                draft.status = status_of(candidate, predicate)
                believed.append((draft, probability))
    stay = strongest((d.predicate, id(d.subject) if d.status == "stated" else id(d), p) for d, p in believed)
    return chosen + [believed[number][0] for number in stay]


def _key(subject: object, predicate: str, object_: object) -> tuple[int, str, int]:
    return hash(subject), predicate, hash(object_)


def _draft(candidate: Candidate, predicate: str, confidence: float, rule: Draft | None) -> Draft:
    if rule is not None and rule.status == "stated":
        found = Draft(candidate.subject, predicate, candidate.object_, rule.start, rule.end, rule.rule, confidence)
        found.post = rule.post
        return found
    start, end = candidate.start, candidate.end
    return Draft(candidate.subject, predicate, candidate.object_, start, end, f"model.{predicate}", confidence)
