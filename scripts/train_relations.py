"""Train the model that decides which pairs of things a document links: data/models/relations.json.

    python scripts/train_relations.py GOLD_FOLDER... [--write]

One logistic regression for each relation over the features of ``migkg.extract.candidates``; the same for every
language. Prints figures from five-fold cross-validation, documents on the same facts kept in one fold.
"""

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from migkg.evaluate import align
from migkg.extract.model import choose
from migkg.extract.release import read_release
from migkg.sources import parse_document, read_source

ROOT = Path(__file__).resolve().parent.parent
MINIMUM = 3  # a feature must be seen in so many documents
ALONE, TOGETHER = 0.1, 0.2  # inverse strength of regularisation, by cross-validation: more fits these documents only
CLOSE = 0.98  # share of the best F1 that is given up at most for precision
GENERAL = frozenset({"s:top", "o:only", "heading"})


@dataclass
class Item:
    document: int
    predicate: str
    features: list[str]
    right: bool
    edge: tuple[str, str, str]


def read(folders: list[Path]) -> tuple[list[Item], list[str], list[str], Counter[str]]:
    items: list[Item] = []
    groups: list[str] = []
    languages: list[str] = []
    wanted: Counter[str] = Counter()
    paths = sorted((p for f in folders for p in f.glob("*.json")), key=lambda p: p.name)
    number = 0
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["document"]["kind"] != "release":
            continue
        document = parse_document(read_source(str(path.parent / gold["document"]["file"])))
        reading = read_release(document)
        things = {id(t): t for c in reading.candidates for t in (c.subject, c.object_)}
        predicted = [
            {
                "id": str(key),
                "type": t.type,
                "label": t.label,
                "country": t.country,
                "mentions": [{"text": document.text[s:e]} for s, e, _ in t.spans],
            }
            for key, t in things.items()
        ]
        aligned = {k: g["id"] for k, g in align(gold["entities"], predicted).items()}
        edges = {(r["subject"], r["predicate"], r["object"]) for r in gold["relations"]}
        edges |= {(o, p, s) for s, p, o in edges if p == "cooperatesWith"}
        for _, predicate, _ in {(r["subject"], r["predicate"], r["object"]) for r in gold["relations"]}:
            wanted[predicate] += 1
        for candidate in reading.candidates:
            ends = tuple(aligned.get(str(id(t)), f"?{id(t)}") for t in (candidate.subject, candidate.object_))
            for predicate in candidate.predicates:
                edge = (ends[0], predicate, ends[1])
                items.append(Item(number, predicate, sorted(candidate.features), edge in edges, edge))
        groups.append(
            "viet-nam" if "oim-viet-nam" in path.name or path.name.startswith("000_") else path.name.split(".")[0]
        )
        languages.append(gold["document"]["language"])
        number += 1
    return items, groups, languages, wanted


def matrix(items: list[Item], names: dict[str, int]) -> csr_matrix:
    rows, columns = [], []
    for row, item in enumerate(items):
        for feature in item.features:
            column = names.get(feature)
            if column is not None:
                rows.append(row)
                columns.append(column)
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(items), len(names)))


def vocabulary(items: list[Item]) -> dict[str, int]:
    seen: dict[str, set[int]] = defaultdict(set)
    for item in items:
        for feature in item.features:
            seen[feature].add(item.document)
    return {f: i for i, f in enumerate(sorted(f for f, d in seen.items() if len(d) >= MINIMUM))}


def fit(items: list[Item], strength: float) -> tuple[dict[str, int], LogisticRegression]:
    names = vocabulary(items)
    model = LogisticRegression(C=strength, max_iter=2000, solver="liblinear", random_state=0)
    model.fit(matrix(items, names), [i.right for i in items])
    return names, model


def shared(item: Item) -> list[str]:
    """Features of a candidate for the model that all relations share: its own, marked with the relation, and a few
    that mean the same for every relation."""
    own = [f"{item.predicate}|{f}" for f in item.features]
    general = [f"*|{f}" for f in item.features if f in GENERAL or f == "rule" or f.startswith("same") or f[1:3] == ":d"]
    if f"rule:{item.predicate}" in item.features:
        general.append("*|own-rule")
    return [*own, *general, f"{item.predicate}|"]


Weights = dict[str, dict[str, float]]  # relation → feature → weight; the empty feature is the bias


def train(items: list[Item]) -> Weights:
    """Two logistic regressions, one of each relation alone and one of all together, averaged.

    Each alone does worse in cross-validation; the mean of two linear models is a linear model again.
    """
    weights: Weights = {}
    by_predicate: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_predicate[item.predicate].append(item)
    for predicate, own in by_predicate.items():
        if sum(i.right for i in own) >= MINIMUM:
            names, model = fit(own, ALONE)
            weights[predicate] = {f: float(model.coef_[0][c]) / 2 for f, c in names.items()}
            weights[predicate][""] = float(model.intercept_[0]) / 2
    together = [Item(i.document, i.predicate, shared(i), i.right, i.edge) for i in items]
    names, model = fit(together, TOGETHER)
    for feature, column in names.items():
        predicate, _, name = feature.partition("|")
        for target in weights if predicate == "*" else [predicate]:
            if target in weights:
                key = f"rule:{target}" if name == "own-rule" else name
                weights[target][key] = weights[target].get(key, 0.0) + float(model.coef_[0][column]) / 2
    for target in weights:
        weights[target][""] += float(model.intercept_[0]) / 2
    return weights


def probability(weights: dict[str, float], item: Item) -> float:
    total = weights[""] + sum(weights.get(f, 0.0) for f in item.features)
    return 1.0 / (1.0 + math.exp(-total))


def best_threshold(pairs: list[tuple[float, bool]], total: int) -> float:
    """The highest threshold whose F1 on held-out documents is close to the best: precision before recall."""
    scores, right = [], 0
    for n, (p, ok) in enumerate(sorted(pairs, reverse=True), 1):
        right += ok
        scores.append((2 * right / (n + total), p))
    best = max(score for score, _ in scores)
    at = max(p for score, p in scores if score >= CLOSE * best)
    return max(0.12, min(0.6, at - 1e-6))


def held_out(items: list[Item], groups: list[str]) -> list[tuple[float, Item]]:
    """Probability of every candidate by a model that has not seen its document (five folds)."""
    folds = {g: n % 5 for n, g in enumerate(sorted(set(groups)))}
    found = []
    for fold in range(5):
        weights = train([i for i in items if folds[groups[i.document]] != fold])
        for item in items:
            if folds[groups[item.document]] == fold and item.predicate in weights:
                found.append((probability(weights[item.predicate], item), item))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="write data/models/relations.json")
    args = parser.parse_args()
    items, groups, languages, wanted = read(args.folders)
    print(f"{len(groups)} documents, {len(items)} candidates, {sum(wanted.values())} relations")
    held: dict[str, list[tuple[float, Item]]] = defaultdict(list)
    for p, item in held_out(items, groups):
        held[item.predicate].append((p, item))
    total: Counter[str] = Counter()
    thresholds = {
        predicate: best_threshold([(p, i.right) for p, i in pairs], wanted[predicate])
        for predicate, pairs in held.items()
    }
    found = chosen_of(held, thresholds)
    parts: dict[str, Counter[str]] = defaultdict(Counter)
    for predicate, pairs in sorted(held.items()):
        threshold = thresholds[predicate]
        chosen = found[predicate]
        right = sum(i.right for i in chosen.values())
        for item in chosen.values():
            parts[languages[item.document]].update(predicted=1, right=item.right)
        total.update(right=right, predicted=len(chosen))
        reach = len({(i.document, edge_of(i)) for _, i in pairs if i.right})
        print(
            f"{predicate:15} {figures(right, len(chosen), wanted[predicate])} reach {reach} threshold {threshold:.2f}"
        )
    print(f"all {figures(total['right'], total['predicted'], sum(wanted.values()))}")
    print({k: dict(v) for k, v in sorted(parts.items())})
    if args.write:
        write(train(items), thresholds)
    return 0


def chosen_of(
    held: dict[str, list[tuple[float, Item]]], thresholds: dict[str, float]
) -> dict[str, dict[tuple[object, ...], Item]]:
    """The statements that would be made of held-out documents: relation → (document, edge) → candidate."""
    pairs: dict[tuple[int, str, str], list[tuple[str, float, float]]] = defaultdict(list)
    items: dict[tuple[int, str, str, str], Item] = {}
    for predicate, own in held.items():
        for p, item in own:
            subject, _, object_ = item.edge
            pairs[item.document, subject, object_].append((predicate, p, thresholds[predicate]))
            items[item.document, subject, object_, predicate] = item
    found: dict[str, dict[tuple[object, ...], Item]] = defaultdict(dict)
    for pair, scored in pairs.items():
        for predicate, _ in choose(scored):
            item = items[(*pair, predicate)]
            found[predicate][item.document, edge_of(item)] = item
    return found


def edge_of(item: Item) -> tuple[str, ...]:
    return tuple(sorted((item.edge[0], item.edge[2]))) if item.predicate == "cooperatesWith" else item.edge


def figures(right: int, predicted: int, gold: int) -> str:
    precision, recall = right / max(1, predicted), right / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({right} right, {predicted} predicted, {gold} gold)"


def write(weights: Weights, thresholds: dict[str, float]) -> None:
    content = {
        predicate: {
            "threshold": round(thresholds.get(predicate, 0.5), 3),
            "bias": round(own[""], 3),
            "weights": {f: round(v, 3) for f, v in sorted(own.items()) if f and abs(v) >= 0.01},
        }
        for predicate, own in weights.items()
    }
    target = ROOT / "data/models/relations.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(content, indent=0, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
