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
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from calibrate import best_threshold, nested, sure_from
from calibrate import fit as fit_calibration
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
from migkg.evaluate import align
from migkg.extract.model import choose, status_of, strongest
from migkg.extract.release import read_release
from migkg.sources import parse_document, read_source

ROOT = Path(__file__).resolve().parent.parent
MINIMUM = 3  # a feature must be seen in so many documents
ALONE, TOGETHER = 0.1, 0.1  # inverse strength of regularisation; calibration takes back what is too sure
FOLDS = 5
GENERAL = frozenset({"s:top", "o:only", "heading"})


@dataclass
class Item:
    document: int
    predicate: str
    features: list[str]
    right: bool
    edge: tuple[str, str, str]
    stated: bool


@dataclass(frozen=True)
class Wanted:
    """A relation of the annotations.

    Attributes:
        edge: subject, relation and object, as ids of the annotation, as ``edge_of`` gives them.
        missing: types of those of its ends that no candidate has.
    """

    document: int
    predicate: str
    edge: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass
class Annotated:
    """What annotated documents hold.

    Attributes:
        items: every candidate for every relation, and whether the annotation has it.
        groups: for each document, the name that it shares with documents on the same facts.
        languages: for each document.
        wanted: for each document, how many relations of each kind it has.
        relations: those relations one by one.
    """

    items: list[Item]
    groups: list[str]
    languages: list[str]
    wanted: list[Counter[str]]
    relations: list[Wanted]


def read(folders: list[Path]) -> Annotated:
    """The candidates and the annotated relations of all releases of the folders."""
    items: list[Item] = []
    groups: list[str] = []
    languages: list[str] = []
    wanted: list[Counter[str]] = []
    relations: list[Wanted] = []
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
        said = {(r["subject"], r["predicate"], r["object"]) for r in gold["relations"]}
        wanted.append(Counter(predicate for _, predicate, _ in said))
        types = {e["id"]: e["type"] for e in gold["entities"] if e["id"] not in aligned.values()}
        for s, p, o in sorted({_in_order(edge) for edge in said}):
            relations.append(Wanted(number, p, (s, p, o), tuple(types[e] for e in (s, o) if e in types)))
        for candidate in reading.candidates:
            ends = tuple(aligned.get(str(id(t)), f"?{id(t)}") for t in (candidate.subject, candidate.object_))
            for predicate in candidate.predicates:
                edge = (ends[0], predicate, ends[1])
                stated = status_of(candidate, predicate) == "stated"
                items.append(Item(number, predicate, sorted(candidate.features), edge in edges, edge, stated))
        groups.append(
            "viet-nam" if "oim-viet-nam" in path.name or path.name.startswith("000_") else path.name.split(".")[0]
        )
        languages.append(gold["document"]["language"])
        number += 1
    return Annotated(items, groups, languages, wanted, relations)


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
    together = [replace(i, features=shared(i)) for i in items]
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


def held_out(items: list[Item], groups: list[str]) -> list[tuple[int, float, Item]]:
    """(fold, probability, candidate) of every candidate by a model that has not seen its document (five folds)."""
    folds = {g: n % FOLDS for n, g in enumerate(sorted(set(groups)))}
    found = []
    for fold in range(FOLDS):
        weights = train([i for i in items if folds[groups[i.document]] != fold])
        for item in items:
            if folds[groups[item.document]] == fold and item.predicate in weights:
                found.append((fold, probability(weights[item.predicate], item), item))
    return found


@dataclass
class Judgement:
    """What would be said of documents that neither the weights nor the calibration nor the threshold have seen.

    Attributes:
        chosen: (probability, candidate) of every statement.
        sure: those of them that would be called sure.
        all: (probability, candidate) of every candidate.
    """

    chosen: list[tuple[float, Item]]
    sure: list[tuple[float, Item]]
    all: list[tuple[float, Item]]


def judge(held: list[tuple[int, float, Item]], groups: list[str], wanted: list[Counter[str]]) -> Judgement:
    """Calibrate and choose the threshold on four folds, judge the fifth, five times."""
    folds = {g: n % FOLDS for n, g in enumerate(sorted(set(groups)))}
    found = nested(held)
    judgement = Judgement([], [], [(p, i) for _, p, i in found])
    for fold in range(FOLDS):
        others = [(p, i) for f, p, i in found if f != fold]
        gold = sum(sum(w.values()) for n, w in enumerate(wanted) if folds[groups[n]] != fold)
        threshold, sure = best_threshold(others, gold), sure_from(others)
        chosen = chosen_of([(p, i) for f, p, i in found if f == fold], threshold)
        judgement.chosen += chosen
        judgement.sure += [(p, i) for p, i in chosen if p >= sure]
    return judgement


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="write data/models/relations.json")
    args = parser.parse_args()
    known = read(args.folders)
    items, groups, languages, wanted = known.items, known.groups, known.languages, known.wanted
    gold = sum(wanted, Counter())
    print(f"{len(groups)} documents, {len(items)} candidates, {sum(gold.values())} relations")
    held = held_out(items, groups)
    judgement = judge(held, groups, wanted)
    for predicate in sorted(gold):
        own = [i for _, i in judgement.chosen if i.predicate == predicate]
        print(f"{predicate:15} {figures(sum(i.right for i in own), len(own), gold[predicate])}")
    for language in sorted(set(languages)):
        own = [i for _, i in judgement.chosen if languages[i.document] == language]
        total = sum(sum(w.values()) for n, w in enumerate(wanted) if languages[n] == language)
        print(f"{language:15} {figures(sum(i.right for i in own), len(own), total)}")
    print(f"all {figures(sum(i.right for _, i in judgement.chosen), len(judgement.chosen), sum(gold.values()))}")
    if args.write:
        print(fit_and_write(known, held))
    return 0


def fit_and_write(known: Annotated, held: list[tuple[int, float, Item]]) -> str:
    """Write the model that has seen all documents, calibrated on those held out; returns what was chosen, in words."""
    calibration = fit_calibration([(p, i) for _, p, i in held])
    calibrated = [(p, i) for _, p, i in nested(held)]
    threshold, sure = best_threshold(calibrated, len(known.relations)), sure_from(calibrated)
    write(calibration.fold(train(known.items)), threshold, sure)
    return f"threshold {threshold:.3f}, sure from {sure:.3f}"


def chosen_of(pairs: list[tuple[float, Item]], threshold: float) -> list[tuple[float, Item]]:
    """The statements that would be made of candidates, one for each edge of a document."""
    scored: dict[tuple[int, str, str], list[tuple[str, float, float]]] = defaultdict(list)
    items: dict[tuple[int, str, str, str], tuple[float, Item]] = {}
    for p, item in pairs:
        if not item.stated:
            continue
        subject, _, object_ = item.edge
        scored[item.document, subject, object_].append((item.predicate, p, threshold))
        items[item.document, subject, object_, item.predicate] = (p, item)
    found: dict[tuple[object, ...], tuple[float, Item]] = {}
    for pair, possible in scored.items():
        for predicate, _ in choose(possible):
            p, item = items[(*pair, predicate)]
            found[item.document, predicate, edge_of(item)] = (p, item)
    said = list(found.values())
    return [said[n] for n in strongest((i.predicate, (i.document, i.edge[0]), p) for p, i in said)]


def edge_of(item: Item) -> tuple[str, ...]:
    """Subject, relation, object; where the order of the ends says nothing, the lesser one first."""
    return _in_order(item.edge)


def _in_order(edge: tuple[str, str, str]) -> tuple[str, str, str]:
    subject, predicate, object_ = edge
    return (object_, predicate, subject) if predicate == "cooperatesWith" and object_ < subject else edge


def figures(right: int, predicted: int, gold: int) -> str:
    precision, recall = right / max(1, predicted), right / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({right} right, {predicted} predicted, {gold} gold)"


def write(weights: Weights, threshold: float, sure: float) -> None:
    content = {
        "threshold": round(threshold, 3),
        "sure": round(sure, 3),
        "relations": {
            predicate: {
                "bias": round(own[""], 3),
                "weights": {f: round(v, 3) for f, v in sorted(own.items()) if f and abs(v) >= 0.01},
            }
            for predicate, own in weights.items()
        },
    }
    target = ROOT / "data/models/relations.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(content, indent=0, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
