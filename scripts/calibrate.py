"""Turn what a model says of candidates into the share of such statements that is right, measured on documents held out.

One logistic regression over held-out candidates: the model's log-odds, the relation, and whether a rule spoke for this
relation or for another one of the pair (Platt, "Probabilistic outputs for support vector machines", 1999, with these
inputs beside the score). It is linear in what the model sums up, so it is folded into the model's weights.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from sklearn.linear_model import LogisticRegression

LEAST = 0.04  # candidates below this are no statements and would only outweigh the others
STRENGTH = 0.3  # inverse strength of regularisation
CLOSE = 1.0  # share of the best F1 that the threshold must reach: below 1, precision is bought with recall
SURE, ENOUGH = 0.95, 100  # what 0.8 and more stands for: so many right, among so many statements at least


class Judged(Protocol):
    """A candidate of a document, and whether the annotation has it."""

    predicate: str
    features: list[str]
    right: bool


One = TypeVar("One", bound=Judged)
Held = Sequence[tuple[float, One]]  # probability by a model that has not seen the document


@dataclass(frozen=True, slots=True)
class Calibration:
    """``slope`` times the log-odds, plus what relation and rules add."""

    slope: float
    offsets: dict[str, float]
    own: float
    rule: float

    def probability(self, p: float, item: Judged) -> float:
        """The calibrated probability of a candidate."""
        total = self.slope * _log_odds(p) + self.offsets.get(item.predicate, self.offsets[""])
        total += self.own * (f"rule:{item.predicate}" in item.features) + self.rule * ("rule" in item.features)
        return 1.0 / (1.0 + math.exp(-total))

    def fold(self, weights: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        """The weights of a model (relation → feature → weight, "" is the bias) with the calibration in them."""
        folded = {}
        for predicate, own in weights.items():
            new = {feature: self.slope * weight for feature, weight in own.items()}
            new[""] += self.offsets.get(predicate, self.offsets[""])
            for feature, more in ((f"rule:{predicate}", self.own), ("rule", self.rule)):
                new[feature] = new.get(feature, 0.0) + more
            folded[predicate] = new
        return folded


def fit(held: Held[One]) -> Calibration:
    """The calibration that held-out candidates of some documents show."""
    pairs = [(p, i) for p, i in held if p >= LEAST]
    predicates = sorted({i.predicate for _, i in pairs})
    table = np.zeros((len(pairs), len(predicates) + 3))
    for row, (p, item) in enumerate(pairs):
        table[row, :3] = _log_odds(p), f"rule:{item.predicate}" in item.features, "rule" in item.features
        table[row, 3 + predicates.index(item.predicate)] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(table, [i.right for _, i in pairs])
    slope, own, rule, *offsets = (float(c) for c in model.coef_[0])
    bias = float(model.intercept_[0])
    return Calibration(slope, {"": bias} | {p: bias + o for p, o in zip(predicates, offsets, strict=True)}, own, rule)


def best_threshold(calibrated: Held[One], total: int) -> float:
    """The highest probability from which statements are made whose F1 is the best, or as close to it as ``CLOSE``.

    Args:
        total: how many relations the annotations have.
    """
    scores, right = [], 0
    for n, (p, item) in enumerate(sorted(calibrated, key=lambda pair: -pair[0]), 1):
        right += item.right
        scores.append((2 * right / (n + total), p))
    best = max(score for score, _ in scores)
    return max(p for score, p in scores if score >= CLOSE * best)


def sure_from(calibrated: Held[One]) -> float:
    """The least probability from which ``SURE`` of at least ``ENOUGH`` statements are right; above 1 where none is."""
    found, right = 1.01, 0
    for n, (p, item) in enumerate(sorted(calibrated, key=lambda pair: -pair[0]), 1):
        right += item.right
        if n >= ENOUGH and right / n >= SURE:
            found = p
    return found


def nested(held: Iterable[tuple[int, float, One]]) -> list[tuple[int, float, One]]:
    """Held-out candidates with probabilities calibrated on the other folds.

    Args:
        held: (fold, probability, candidate); the probability is by a model that has not seen the fold.
    """
    by_fold: dict[int, list[tuple[float, One]]] = defaultdict(list)
    for fold, p, item in held:
        by_fold[fold].append((p, item))
    found = []
    for fold, own in sorted(by_fold.items()):
        calibration = fit([pair for other, pairs in sorted(by_fold.items()) if other != fold for pair in pairs])
        found += [(fold, calibration.probability(p, item), item) for p, item in own]
    return found


def _log_odds(p: float) -> float:
    p = min(max(p, 1e-9), 1 - 1e-9)
    return math.log(p / (1 - p))
