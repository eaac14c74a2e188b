"""Train the model that decides which pairs of things a document links: data/models/relations.json.

    python scripts/train_relations.py GOLD_FOLDER... [--write]

One logistic regression for each relation over the features of ``migkg.extract.candidates``; the same for every
language. Prints figures from five-fold cross-validation, documents on the same facts kept in one fold.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from migkg.evaluate import align
from migkg.extract.release import read_release
from migkg.sources import parse_document, read_source

ROOT = Path(__file__).resolve().parent.parent
MINIMUM = 3  # a feature must be seen in so many documents


@dataclass
class Item:
    document: int
    pair: tuple[str, str]
    predicate: str
    features: list[str]
    right: bool
    edge: tuple[str, str, str]


def read(folders: list[Path]) -> tuple[list[Item], list[int], list[str], Counter[str]]:
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
                items.append(Item(number, ends, predicate, sorted(candidate.features), edge in edges, edge))
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


def best_threshold(pairs: list[tuple[float, bool]], total: int) -> float:
    best, at = 0.0, 0.5
    ordered = sorted(pairs, reverse=True)
    right = 0
    for n, (p, ok) in enumerate(ordered, 1):
        right += ok
        score = 2 * right / (n + total)
        if score > best and p < 0.75:
            best, at = score, p
    return max(0.2, min(0.6, at - 1e-6))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--strength", type=float, default=0.3)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    items, groups, languages, wanted = read(args.folders)
    by_predicate: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_predicate[item.predicate].append(item)
    print(f"{len(groups)} documents, {len(items)} candidates, {sum(wanted.values())} relations")
    folds = {g: n % 5 for n, g in enumerate(sorted(set(groups)))}
    total = Counter()
    weights: dict[str, dict[str, object]] = {}
    by_language: dict[str, Counter[str]] = defaultdict(Counter)
    for predicate, own in sorted(by_predicate.items()):
        held: list[tuple[float, Item]] = []
        for fold in range(5):
            train = [i for i in own if folds[groups[i.document]] != fold]
            test = [i for i in own if folds[groups[i.document]] == fold]
            if sum(i.right for i in train) < 3 or not test:
                continue
            names, model = fit(train, args.strength)
            held += zip(model.predict_proba(matrix(test, names))[:, 1], test, strict=True)
        threshold = best_threshold([(p, i.right) for p, i in held], wanted[predicate])
        chosen = {}
        for p, item in held:
            if p >= threshold:
                edge = (
                    item.edge if predicate != "cooperatesWith" else (*sorted((item.edge[0], item.edge[2])), predicate)
                )
                chosen[item.document, edge] = item
        right = sum(i.right for i in chosen.values())
        for item in chosen.values():
            by_language[languages[item.document]].update(predicted=1, right=item.right)
        reach = len({(i.document, i.edge) for i in own if i.right})
        total.update(right=right, predicted=len(chosen), gold=wanted[predicate])
        precision, recall = right / max(1, len(chosen)), right / max(1, wanted[predicate])
        print(
            f"{predicate:15} P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(1e-9, precision + recall):.3f} reachable {reach}/{wanted[predicate]} threshold {threshold:.2f}"
        )
        names, model = fit(own, args.strength)
        values = {f: round(float(model.coef_[0][c]), 3) for f, c in names.items()}
        weights[predicate] = {
            "threshold": round(threshold, 3),
            "bias": round(float(model.intercept_[0]), 3),
            "weights": {f: v for f, v in sorted(values.items()) if abs(v) >= 0.01},
        }
    precision, recall = total["right"] / total["predicted"], total["right"] / total["gold"]
    print(f"all P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}")
    print({k: dict(v) for k, v in by_language.items()})
    if args.write:
        target = ROOT / "data/models/relations.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(weights, indent=0, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
