"""Write docs/quality.md: how good extraction is, on annotated documents and on documents left out of training.

    python scripts/generate_quality.py [--check]

The second half of the page comes from five-fold cross-validation of the relation model (scripts/train_relations.py): a
document is judged by a model that has not seen it. The rules have been written with these documents in view, so even
these figures may flatter; documents that nobody has seen run lower.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from train_relations import ROOT, Item, best_threshold, chosen_of, held_out, read

from migkg.evaluate import Counts, Scores, evaluate_folders

FOLDERS = [ROOT / "data" / "samples", ROOT / "tests" / "gold", ROOT / "tests" / "invented"]
PAGE = ROOT / "docs" / "quality.md"
BINS = ((0.12, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))


def page() -> str:
    """The page as Markdown."""
    scores = evaluate_folders(FOLDERS)
    items, groups, languages, wanted = read(FOLDERS)
    held: dict[str, list[tuple[float, Item]]] = defaultdict(list)
    for p, item in held_out(items, groups):
        held[item.predicate].append((p, item))
    parts = [
        "# Extraction quality",
        "This page is written by `make quality`. The"
        " documents are those of `data/samples`, `tests/gold` and `tests/invented` (rewritten or invented texts,"
        " annotated by the project's guidelines); figures are micro-averaged precision, recall and F1.",
        "## All annotated documents",
        "The rules were written with these documents in view and the relation model was trained on them. Read these"
        " figures as a ceiling.",
        *tables(scores),
        "## Documents left out of training",
        "Five-fold cross-validation on the releases: each document is judged by a relation model that was trained"
        " without it (documents on the same facts stay together). Entities come from rules and are not part of this.",
        *cross_validated(held, languages, wanted),
        "## What confidence means",
        "The confidence of a statement is the model's probability. Among the statements on documents left out of"
        " training, this share was right:",
        *reliability(held),
        "## Errors by kind",
        *error_kinds(scores),
    ]
    return "\n\n".join(parts) + "\n"


def tables(scores: Scores) -> Iterator[str]:
    rows = [("entities", scores.entities), ("relations", scores.relations)]
    yield table(("", "P", "R", "F1", "right", "predicted", "gold"), (figures(n, c) for n, c in rows))
    yield table(
        ("entities", "P", "R", "F1", "right", "predicted", "gold"),
        (figures(n, c) for n, c in sorted(scores.entity_parts.items())),
    )
    yield table(
        ("relations", "P", "R", "F1", "right", "predicted", "gold"),
        (figures(n, c) for n, c in sorted(scores.parts.items())),
    )
    yield table(
        ("share", "right", "of"),
        ((n, f"{c.precision:.3f}", str(c.predicted)) for n, c in sorted(scores.shares.items())),
    )


def figures(name: str, c: Counts) -> tuple[str, ...]:
    values = (c.precision, c.recall, c.f1)
    return (name, *(f"{v:.3f}" for v in values), str(c.right), str(c.predicted), str(c.gold))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join(['---'] + ['--:'] * (len(head) - 1))} |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def cross_validated(
    held: dict[str, list[tuple[float, Item]]], languages: list[str], wanted: Counter[str]
) -> Iterator[str]:
    by_predicate: dict[str, Counts] = {}
    by_language: dict[str, Counts] = defaultdict(Counts)
    total = Counts(gold=sum(wanted.values()))
    thresholds = {p: best_threshold([(q, i.right) for q, i in own], wanted[p]) for p, own in held.items()}
    found = chosen_of(held, thresholds)
    for predicate in sorted(held):
        chosen = found[predicate]
        counts = Counts(sum(i.right for i in chosen.values()), len(chosen), wanted[predicate])
        by_predicate[predicate] = counts
        total.add(counts.right, counts.predicted, 0)
        for item in chosen.values():
            by_language[languages[item.document]].add(item.right, 1, 0)
    head = ("relations", "P", "R", "F1", "right", "predicted", "gold")
    yield table(head, [figures("all", total), *(figures(n, c) for n, c in by_predicate.items())])
    yield table(
        ("language", "P", "right", "predicted"),
        ((n, f"{c.precision:.3f}", str(c.right), str(c.predicted)) for n, c in sorted(by_language.items())),
    )


def reliability(held: dict[str, list[tuple[float, Item]]]) -> Iterator[str]:
    pairs = [pair for own in held.values() for pair in own]
    rows: list[tuple[str, ...]] = []
    for low, high in BINS:
        inside = [(p, i.right) for p, i in pairs if low <= p < high]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            right = sum(ok for _, ok in inside) / len(inside)
            rows.append((f"{low:.2f}-{min(high, 1):.2f}", f"{mean:.2f}", f"{right:.2f}", str(len(inside))))
    yield table(("confidence", "mean", "share right", "statements"), rows)
    shares: list[tuple[str, ...]] = []
    for predicate, own in sorted(held.items()):
        sure = [i.right for p, i in own if p >= 0.8]
        half = [i.right for p, i in own if p >= 0.5]
        share = [f"{sum(x) / len(x):.2f} of {len(x)}" if x else "none" for x in (half, sure)]
        shares.append((predicate, *share))
    yield table(("relation", "right at 0.5 and more", "right at 0.8 and more"), shares)


def error_kinds(scores: Scores) -> Iterator[str]:
    """Misses and false finds by type and relation, the most frequent first."""
    for what in ("missed entity", "false entity", "missed relation", "false relation"):
        column = 2 if what.endswith("entity") else 3
        counts = Counter(e.split("\t")[column] for e in scores.errors if e.split("\t")[1] == what)
        yield (
            f"{what.capitalize()} ({sum(counts.values())}): "
            + ", ".join(f"{k} {v}" for k, v in counts.most_common())
            + "."
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="say whether the page is out of date, change nothing")
    args = parser.parse_args()
    text = page()
    if args.check:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        print("docs/quality.md is up to date" if same else "docs/quality.md is out of date: run make quality")
        return 0 if same else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
