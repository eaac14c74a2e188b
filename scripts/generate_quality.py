"""Write docs/quality.md: how good extraction is, on annotated documents and on documents left out of training.

    python scripts/generate_quality.py [--check | --train]

With ``--train`` the relation model is fitted again first (data/models/relations.json).

The second half of the page comes from five-fold cross-validation of the relation model (scripts/train_relations.py): a
document is judged by a model that has not seen it. The rules have been written with these documents in view, so even
these figures may flatter; documents that nobody has seen run lower.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from train_relations import ROOT, Item, Judgement, Wanted, edge_of, fit_and_write, held_out, judge, read

from migkg.evaluate import Counts, Scores, evaluate_folders
from migkg.extract.model import UNSURE

FOLDERS = [ROOT / "data" / "samples", ROOT / "tests" / "gold", ROOT / "tests" / "invented"]
UNSEEN = ROOT / "tests" / "unseen"
PAGE = ROOT / "docs" / "quality.md"
BINS = ((0.0, 0.4), (0.4, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
Pairs = list[tuple[float, Item]]


def page(fit: bool = False) -> str:
    """The page as Markdown.

    Args:
        fit: whether to fit and write the relation model first.
    """
    known = read(FOLDERS)
    held = held_out(known.items, known.groups)
    judgement = judge(held, known.groups, known.wanted)
    if fit:
        print(fit_and_write(known, held))
    scores = evaluate_folders(FOLDERS)
    parts = [
        "# Extraction quality",
        "This page is written by `make quality`. The"
        " documents are those of `data/samples`, `tests/gold` and `tests/invented` (rewritten or invented texts,"
        " annotated by the project's guidelines); figures are micro-averaged precision, recall and F1.",
        "## All annotated documents",
        "The rules were written with these documents in view and the relation model was trained on them. Read these"
        " figures as a ceiling.",
        *tables(scores),
        "## Documents that nobody has looked at",
        "Releases written and annotated without sight of the extractor (`tests/unseen`). No model is trained on them,"
        " no rule is written by looking at them. They are few, so that a figure may be off by several hundredths.",
        *(
            part.replace("| entities |", "| unseen entities |").replace("| relations |", "| unseen relations |")
            for part in tables(evaluate_folders([UNSEEN]))
        ),
        "## Documents left out of training",
        "Five-fold cross-validation on the releases: each document is judged by weights, a calibration and a threshold"
        " that were fitted without it (documents on the same facts stay together). Entities come from rules, which were"
        " written with these documents in view; documents that nobody has seen run lower.",
        *cross_validated(judgement.chosen, known.languages, known.wanted),
        "### Where relations are lost",
        "Every annotated relation of a release, by what became of it when its document was left out: found; an end was"
        " not recognised as an entity; both ends were, but nothing links them in the text, so that no candidate was"
        " made; another relation was stated of the same two; the candidate was thought less likely than the"
        " threshold.",
        *losses(judgement, known.relations),
        "## What confidence means",
        "The confidence of a statement is the probability of the model, calibrated on documents held out"
        " ([decision 27](decisions/0027-calibrated-confidence.md)). 0.8 and more is kept for what is sure: where 95 in"
        " 100 held-out statements were right. What is likelier than that but not sure is published as 0.79, so the"
        " probabilities below are shown before they are cut.",
        *reliability(judgement),
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


def cross_validated(chosen: Pairs, languages: list[str], wanted: list[Counter[str]]) -> Iterator[str]:
    """Figures of statements on documents left out, by relation and by language."""
    gold = sum(wanted, Counter())
    head = ("relations", "P", "R", "F1", "right", "predicted", "gold")
    rows = [figures("all", _count(chosen, sum(gold.values())))]
    for predicate in sorted(gold):
        rows.append(figures(predicate, _count([c for c in chosen if c[1].predicate == predicate], gold[predicate])))
    yield table(head, rows)
    rows = []
    for language in sorted(set(languages)):
        own = [c for c in chosen if languages[c[1].document] == language]
        rows.append(figures(language, _count(own, sum(sum(wanted[n].values()) for n in _numbers(languages, language)))))
    yield table(("language", *head[1:]), rows)


FATES = ("found", "no end", "no candidate", "other relation", "unlikely")


def losses(judgement: Judgement, relations: list[Wanted]) -> Iterator[str]:
    """What became of every annotated relation, by relation, and the types of ends that were not recognised."""
    said = {(i.document, edge_of(i)) for _, i in judgement.chosen}
    linked = {(i.document, frozenset(i.edge[::2])) for _, i in judgement.chosen}
    possible = {(i.document, edge_of(i)) for _, i in judgement.all}
    counts: Counter[tuple[str, str]] = Counter()
    missing: Counter[str] = Counter()
    for one in relations:
        key = (one.document, one.edge)
        checks = (key in said, bool(one.missing), key not in possible)
        other = (one.document, frozenset(one.edge[::2])) in linked
        fate = FATES[checks.index(True)] if any(checks) else FATES[3 if other else 4]
        counts[one.predicate, fate] += 1
        missing.update(one.missing if fate == "no end" else ())
    names = sorted({p for p, _ in counts})
    rows = [(name, *(str(counts[name, fate]) for fate in FATES)) for name in names]
    rows.append(("all", *(str(sum(counts[n, fate] for n in names)) for fate in FATES)))
    yield table(("relation", *FATES), rows)
    yield "Ends not recognised: " + ", ".join(f"{k} {v}" for k, v in missing.most_common()) + "."


def _numbers(languages: list[str], language: str) -> list[int]:
    return [n for n, code in enumerate(languages) if code == language]


def _count(chosen: Pairs, gold: int) -> Counts:
    return Counts(sum(i.right for _, i in chosen), len(chosen), gold)


def reliability(judgement: Judgement) -> Iterator[str]:
    """How often statements of a probability were right, over all and by relation; how many are sure."""
    rows: list[tuple[str, ...]] = []
    for low, high in BINS:
        inside = [(p, i.right) for p, i in judgement.chosen if low <= p < high]
        if inside:
            mean, right = (sum(x) / len(inside) for x in zip(*inside, strict=True))
            rows.append((f"{low:.2f}-{min(high, 1.0):.2f}", f"{mean:.2f}", f"{right:.2f}", str(len(inside))))
    yield table(("probability", "mean", "share right", "statements"), rows)
    sure = len(judgement.sure)
    if sure:
        share = sum(i.right for _, i in judgement.sure) / sure
        yield f"Sure (confidence 0.8 and more): {sure} statements, {share:.2f} of them right."
    else:
        likely = [i for p, i in judgement.chosen if p >= UNSURE]
        wrong = [i for i in likely if not i.right]
        unnamed = sum(any(end.startswith("?") for end in i.edge[::2]) for i in wrong)
        yield (
            f"Sure (confidence 0.8 and more): none. Of the {len(likely)} likeliest held-out statements of releases"
            f" {1 - len(wrong) / len(likely):.2f} are right by the annotations, and nothing that the model sees tells"
            f" the others apart; {unnamed} of the {len(wrong)} wrong ones have an end that the annotation names"
            " otherwise or not at all. Statements of structure pages come from rules alone, with the confidence that"
            " their authors gave them."
        )
    aligned = [(p, i) for p, i in judgement.chosen if not any(end.startswith("?") for end in i.edge[::2])]
    shares = []
    for predicate in sorted({i.predicate for _, i in judgement.chosen}):
        row = [predicate]
        for pairs in (judgement.chosen, aligned):
            for low in (0.5, 0.7):
                own = [i.right for p, i in pairs if i.predicate == predicate and p >= low]
                row.append(f"{sum(own) / len(own):.2f} of {len(own)}" if own else "none")
        shares.append(tuple(row))
    yield "By relation; on the right only statements both of whose ends the annotation has under such a name:"
    head = ("relation", "right at 0.5", "right at 0.7", "at 0.5, ends found", "at 0.7, ends found")
    yield table(head, shares)


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
    parser.add_argument("--train", action="store_true", help="fit the relation model again first")
    args = parser.parse_args()
    text = page(args.train)
    if args.check:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        print("docs/quality.md is up to date" if same else "docs/quality.md is out of date: run make quality")
        return 0 if same else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
