"""Train the weighing that tells states from places: data/models/states.json.

    python scripts/train_states.py GOLD_FOLDER... [--write]

A logistic regression over the signs of ``migkg.extract.states``. Mentions of a country that a document annotates both
as a state and as a place are left out: the annotation does not say which mention is which.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from train_relations import ROOT

from migkg.extract.release import locate_lists, mark_release
from migkg.extract.states import country_signs
from migkg.extract.units import Shapes
from migkg.sources import parse_document, read_source

STRENGTH = 0.15  # inverse strength of regularisation, chosen by cross-validation
MINIMUM = 3  # a sign must be seen in so many documents

Row = tuple[str, set[str], bool]


def read(folders: list[Path]) -> list[Row]:
    """(document, signs, whether it is the state) of every country mention that the annotation decides."""
    rows = []
    for path in sorted((p for f in folders for p in f.glob("*.json")), key=lambda p: p.name):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["document"]["kind"] != "release":
            continue
        kinds: dict[str, set[str]] = {}
        for entity in gold["entities"]:
            if entity["type"] in {"Government", "Place"} and entity.get("country"):
                kinds.setdefault(entity["country"], set()).add(entity["type"])
        document = parse_document(read_source(str(path.parent / gold["document"]["file"])))
        cast, sentences, _ = mark_release(document)
        locate_lists(sentences, Shapes(cast.language))
        for marker, signs in country_signs(cast, sentences, Shapes(cast.language), cast.language):
            kind = kinds.get(str(marker.country), set())
            if len(kind) == 1:
                rows.append((path.name.split(".")[0], signs, kind == {"Government"}))
    return rows


def fit(rows: list[Row]) -> tuple[dict[str, int], LogisticRegression]:
    """The signs that count, with their columns, and the model."""
    seen: dict[str, set[str]] = {}
    for document, signs, _ in rows:
        for sign in signs:
            seen.setdefault(sign, set()).add(document)
    columns = {s: n for n, s in enumerate(sorted(s for s, documents in seen.items() if len(documents) >= MINIMUM))}
    model = LogisticRegression(C=STRENGTH, max_iter=2000, solver="liblinear", random_state=0)
    model.fit(matrix(rows, columns), [y for _, _, y in rows])
    return columns, model


def matrix(rows: list[Row], columns: dict[str, int]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    table = np.zeros((len(rows), len(columns)))
    for number, (_, signs, _) in enumerate(rows):
        for sign in signs:
            if sign in columns:
                table[number, columns[sign]] = 1.0
    return table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="write data/models/states.json")
    args = parser.parse_args()
    rows = read(args.folders)
    folds = {d: n % 5 for n, d in enumerate(sorted({d for d, _, _ in rows}))}
    right = 0
    for fold in range(5):
        columns, model = fit([r for r in rows if folds[r[0]] != fold])
        test = [r for r in rows if folds[r[0]] == fold]
        guesses = model.predict(matrix(test, columns))
        right += sum(bool(g) == y for g, (_, _, y) in zip(guesses, test, strict=True))
    states = sum(y for _, _, y in rows)
    print(f"{len(rows)} mentions, {states} of states; held out: {right / len(rows):.3f} right")
    if args.write:
        columns, model = fit(rows)
        weights = {"": round(float(model.intercept_[0]), 3)}
        weights |= {s: round(float(w), 3) for s, w in zip(columns, model.coef_[0], strict=True) if abs(w) >= 0.01}
        target = ROOT / "data/models/states.json"
        target.write_text(json.dumps(weights, indent=0, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
