"""How good extraction is: predicted entities and statements against annotated documents.

Entities are aligned one to one by what they are called, relations count as right when both ends are aligned and the
predicate is the same. Figures are micro-averaged precision, recall and F1.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from migkg.errors import UsageError
from migkg.extract import extract_document
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.sources import parse_document, read_source

Record = dict[str, Any]
Edges = dict[tuple[str, str, str], Record]  # subject, predicate, object → the relation or statement

# Small words of the three languages that do not tell one name from another.
_SMALL_WORDS = frozenset(
    [
        "a",
        "al",
        "an",
        "at",
        "aux",
        "by",
        "ce",
        "ces",
        "cette",
        "con",
        "d",
        "de",
        "del",
        "des",
        "du",
        "el",
        "en",
        "esta",
        "este",
        "et",
        "for",
        "from",
        "in",
        "its",
        "l",
        "la",
        "las",
        "le",
        "les",
        "los",
        "of",
        "on",
        "par",
        "para",
        "por",
        "pour",
        "sa",
        "ses",
        "son",
        "sobre",
        "su",
        "sur",
        "sus",
        "the",
        "these",
        "this",
        "that",
        "to",
        "un",
        "una",
        "une",
        "with",
        "y",
        "au",
        "and",
        "avec",
    ]
)
_LOOSE = frozenset({"Event", "Instrument", "Post", "Programme"})
NAME_IN_COMMON, STRICT_SHARE, LOOSE_SHARE = 0.9, 0.67, 0.5


@dataclass(slots=True)
class Counts:
    """Right, predicted and wanted things, and the figures that follow."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        self.right += right
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Scores:
    """Figures over a set of documents.

    Attributes:
        parts: relations by language (``language en``), kind (``kind release``) and predicate (``predicate funds``).
        shares: right and all, for exact types, event dates and amounts.
        errors: one line for each miss and each false one.
    """

    entities: Counts = field(default_factory=Counts)
    relations: Counts = field(default_factory=Counts)
    parts: dict[str, Counts] = field(default_factory=dict)
    entity_parts: dict[str, Counts] = field(default_factory=dict)
    shares: dict[str, Counts] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def evaluate_folders(folders: Iterable[Path], progress: Callable[[], None] | None = None) -> Scores:
    """Extract every annotated document of the folders and compare.

    Raises:
        UsageError: a folder holds no annotated document.
    """
    scores = Scores()
    for folder in folders:
        paths = sorted(folder.rglob("*.json")) if folder.is_dir() else []
        if not paths:
            raise UsageError(f"{folder}: no annotated documents (NAME.json beside NAME.txt or NAME.html)")
        for path in paths:
            gold = json.loads(path.read_text(encoding="utf-8"))
            document = parse_document(read_source(str(path.parent / gold["document"]["file"])))
            compare(gold, extract_document(document).to_json(), scores)
            if progress is not None:
                progress()
    return scores


def compare(gold: Record, predicted: Record, scores: Scores) -> None:
    """Add the comparison of one document to the scores."""
    aligned = align(gold["entities"], predicted["entities"])
    scores.entities.add(len(aligned), len(predicted["entities"]), len(gold["entities"]))
    part = scores.entity_parts.setdefault(f"language {gold['document']['language']}", Counts())
    part.add(len(aligned), len(predicted["entities"]), len(gold["entities"]))
    _compare_details(predicted, aligned, scores)
    wanted = {_edge(r["subject"], r["predicate"], r["object"]): r for r in gold["relations"]}
    said = {}
    for statement in predicted["statements"]:
        ends = [aligned[e]["id"] if e in aligned else f"?{e}" for e in (statement["subject"], statement["object"])]
        said[_edge(ends[0], statement["predicate"], ends[1])] = statement
    right = wanted.keys() & said.keys()
    scores.relations.add(len(right), len(said), len(wanted))
    for key in ("language", "kind"):
        group = scores.parts.setdefault(f"{key} {gold['document'][key]}", Counts())
        group.add(len(right), len(said), len(wanted))
    for predicate in {p for _, p, _ in wanted.keys() | said.keys()}:
        same = [sum(p == predicate for _, p, _ in edges) for edges in (right, said, wanted)]
        scores.parts.setdefault(f"predicate {predicate}", Counts()).add(*same)
    _compare_amounts(wanted, said, right, scores)
    _list_errors(gold, predicted, aligned, wanted, said, scores)


def judge(gold: Record, predicted: Record) -> tuple[frozenset[str], frozenset[str], tuple[tuple[str, str], ...]]:
    """What annotations say of one extraction.

    Returns:
        Ids of false entities, ids of false statements, and what was missed: (what, evidence), "" for entities.
    """
    aligned = align(gold["entities"], predicted["entities"])
    false_entities = frozenset(e["id"] for e in predicted["entities"] if e["id"] not in aligned)
    wanted = {_edge(r["subject"], r["predicate"], r["object"]): r for r in gold["relations"]}
    said: dict[tuple[str, str, str], list[str]] = {}
    for s in predicted["statements"]:
        ends = [aligned[e]["id"] if e in aligned else f"?{e}" for e in (s["subject"], s["object"])]
        said.setdefault(_edge(ends[0], s["predicate"], ends[1]), []).append(s["id"])
    false_statements = frozenset(i for edge, ids in said.items() if edge not in wanted for i in ids)
    names = {e["id"]: e["name"] for e in gold["entities"]}
    found = {e["id"] for e in aligned.values()}
    missed = [(f"{e['type']}: {e['name']}", "") for e in gold["entities"] if e["id"] not in found]
    missed += [
        (f"{names[s]} {p} {names[o]}", r.get("evidence", ""))
        for (s, p, o), r in wanted.items()
        if (s, p, o) not in said
    ]
    return false_entities, false_statements, tuple(missed)


def align(gold: list[Record], predicted: list[Record]) -> dict[str, Record]:
    """Pair predicted entities with gold ones, one to one, the most alike first: predicted id → gold entity."""
    pairs = [(alike(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)]
    aligned: dict[str, Record] = {}
    taken: set[int] = set()
    for likeness, i, j in sorted(pairs, reverse=True):
        if likeness > 0 and i not in taken and predicted[j]["id"] not in aligned:
            taken.add(i)
            aligned[predicted[j]["id"]] = gold[i]
    return aligned


def alike(gold: Record, predicted: Record) -> float:
    """How surely a gold and a predicted entity are the same thing, from 0 (not at all) to 1."""
    if _group(gold["type"]) != _group(predicted["type"]):
        return 0.0
    country = gold.get("country")
    if country and country == predicted.get("country") and gold["type"] == predicted["type"] in {"Government", "Place"}:
        return 1.0
    mine, theirs = _names(gold, "name"), _names(predicted, "label")
    if mine & theirs:
        return NAME_IN_COMMON
    share = max((len(a & b) / len(a | b) for a in mine for b in theirs), default=0.0)
    needed = LOOSE_SHARE if _group(gold["type"]) in _LOOSE else STRICT_SHARE
    return 0.8 * share if share >= needed else 0.0


def _group(kind: str) -> str:
    return "Actor" if kind in ACTOR_TYPES else kind


def _names(entity: Record, label: str) -> set[frozenset[str]]:
    surfaces = [entity.get(label), *(m if isinstance(m, str) else m.get("text") for m in entity.get("mentions", []))]
    return {_content(s) for s in surfaces if s} - {frozenset()}


def _content(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(w for w in re.findall(r"\w+", plain) if w not in _SMALL_WORDS)


def _edge(subject: str, predicate: str, object_: str) -> tuple[str, str, str]:
    if predicate == "cooperatesWith" and object_ < subject:
        subject, object_ = object_, subject
    return subject, predicate, object_


def _compare_details(predicted: Record, aligned: dict[str, Record], scores: Scores) -> None:
    for entity in predicted["entities"]:
        gold = aligned.get(entity["id"])
        if gold is None:
            continue
        scores.shares.setdefault("exact type", Counts()).add(gold["type"] == entity["type"], 1, 1)
        if gold["type"] == "Event" and gold.get("start"):
            scores.shares.setdefault("event start", Counts()).add(gold["start"] == entity.get("start"), 1, 1)


def _compare_amounts(wanted: Edges, said: Edges, right: Iterable[tuple[str, str, str]], scores: Scores) -> None:
    for edge in right:
        gold, statement = wanted[edge], said[edge]
        if edge[1] == "funds" and gold.get("amount"):
            same = abs(float(statement.get("amount") or 0) - float(gold["amount"])) < 0.01
            same = same and statement.get("currency") == gold.get("currency")
            scores.shares.setdefault("amount", Counts()).add(same, 1, 1)


def _list_errors(
    gold: Record, predicted: Record, aligned: dict[str, Record], wanted: Edges, said: Edges, scores: Scores
) -> None:
    name = gold["document"]["file"]
    labels = {e["id"]: e["name"] for e in gold["entities"]} | {f"?{e['id']}": e["label"] for e in predicted["entities"]}
    found = {e["id"] for e in aligned.values()}
    lines = [f"missed entity\t{e['type']}\t{e['name']}" for e in gold["entities"] if e["id"] not in found]
    lines += [f"false entity\t{e['type']}\t{e['label']}" for e in predicted["entities"] if e["id"] not in aligned]
    for word, edges in (("missed", wanted.keys() - said.keys()), ("false", said.keys() - wanted.keys())):
        lines += [f"{word} relation\t{labels[s]}\t{p}\t{labels[o]}" for s, p, o in sorted(edges)]
    scores.errors += [f"{name}\t{line}" for line in lines]


def report(scores: Scores) -> Iterator[tuple[str, str, str, str, str]]:
    """Rows of a table: what, precision, recall, F1, and the numbers behind them."""
    for name, counts in [
        ("entities", scores.entities),
        *((f"entities, {k}", v) for k, v in sorted(scores.entity_parts.items())),
        ("relations", scores.relations),
        *((f"relations, {k}", v) for k, v in sorted(scores.parts.items())),
    ]:
        numbers = f"{counts.right} right, {counts.predicted} predicted, {counts.gold} gold"
        yield name, f"{counts.precision:.3f}", f"{counts.recall:.3f}", f"{counts.f1:.3f}", numbers
    for name, counts in sorted(scores.shares.items()):
        yield f"{name} right", f"{counts.precision:.3f}", "", "", f"{counts.right} of {counts.predicted}"
