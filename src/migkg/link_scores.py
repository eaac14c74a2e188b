"""How good identity across documents is: which entities of all annotated documents became one thing.

The figures are B-cubed precision and recall (Bagga and Baldwin 1998): for each entity, the share of its thing that is
really the same, and the share of what is the same that is in its thing, averaged over the entities.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from migkg.annotations import read_gold
from migkg.errors import UsageError
from migkg.evaluate import align
from migkg.extract import extract_document
from migkg.linking import resolve_references, stage_record
from migkg.model import Extraction
from migkg.model.vocabulary import ACTOR_TYPES
from migkg.rdf import select_record
from migkg.resolve import resolve_extraction
from migkg.sources import parse_document, read_source
from migkg.store.changes import ReferenceChanges

Pair = tuple[str, str]  # thing, key
_GROUPS = {"actors, persons, places": ACTOR_TYPES | {"Person", "Place"}, "programmes, events": {"Programme", "Event"}}


@dataclass(frozen=True, slots=True)
class BCubed:
    """Precision, recall and F1 over ``entities`` entities."""

    precision: float
    recall: float
    entities: int

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class LinkScores:
    """Figures over entities whose key is known.

    Attributes:
        groups: by group of types.
        linked: how many entities of the folders the links name, found or not.
        things: things that hold at least one of the entities; ``mixed``: those that hold two keys.
        pairs: pairs of entities that are one thing; ``wrong``: those with two keys.
        errors: one line for each thing that holds two keys.
    """

    groups: dict[str, BCubed] = field(default_factory=dict)
    linked: int = 0
    things: int = 0
    mixed: int = 0
    pairs: int = 0
    wrong: int = 0
    errors: list[str] = field(default_factory=list)

    def report(self, name: str) -> Iterator[tuple[str, str, str, str, str]]:
        """Rows of a table: what, precision, recall, F1, and the numbers behind them."""
        for group, b in self.groups.items():
            yield f"{name}: {group}", f"{b.precision:.3f}", f"{b.recall:.3f}", f"{b.f1:.3f}", f"{b.entities} entities"
        found = sum(b.entities for b in self.groups.values())
        numbers = f"{self.mixed} of {self.things} things, {self.wrong} of {self.pairs} pairs"
        yield f"{name}: wrong merges", "", "", "", f"{numbers}; {found} of {self.linked} entities found"


def score_links(links: Path, folders: Iterable[Path], *, extract: bool = False) -> LinkScores:
    """Resolve the entities of all annotated documents of some folders together, and compare with known links.

    Args:
        links: CSV file with the columns ``file`` (name of the annotation file), ``id`` and ``key``; entities of one key
            are the same thing.
        extract: take the entities that extraction finds, as far as they match annotated ones; else the annotated ones.

    Raises:
        UsageError: the links cannot be read, or none of them is about a document of the folders.
    """
    keys = _read_links(links)
    forms: dict[tuple[str, str], tuple[str, str]] = {}
    linked = 0
    references = ReferenceChanges(Path(":memory:"))
    try:
        with references.change():
            for path in sorted(path for folder in folders for path in folder.rglob("*.json")):
                gold = {e["id"]: e["type"] for e in json.loads(path.read_text(encoding="utf-8"))["entities"]}
                linked += sum((path.name, i) in keys and bool(_group(kind)) for i, kind in gold.items())
                for own, iri in _stage(references, path, extract).items():
                    if (path.name, own) in keys and own in gold:
                        forms[path.name, own] = _group(gold[own]), iri
        if not linked:
            raise UsageError(f"{links}: no link is about an annotated document of these folders")
        resolve_references(references)
        things = references.things_of({iri for _, iri in forms.values()})
    finally:
        references.close()
    scores = _count(
        {group: [(things[iri], keys[i]) for i, (g, iri) in forms.items() if g == group] for group in _GROUPS}
    )
    scores.linked = linked
    return scores


def b_cubed(pairs: Iterable[Pair]) -> BCubed:
    """Precision and recall of (thing, key) pairs, one for each entity."""
    cells = Counter(pairs)
    things: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    for (thing, key), number in cells.items():
        things[thing] += number
        keys[key] += number
    total = cells.total()
    if not total:
        return BCubed(0.0, 0.0, 0)
    precision = sum(n * n / things[thing] for (thing, _), n in cells.items()) / total
    recall = sum(n * n / keys[key] for (_, key), n in cells.items()) / total
    return BCubed(precision, recall, total)


def _group(kind: str) -> str:
    return next((name for name, kinds in _GROUPS.items() if kind in kinds), "")


def _read_links(path: Path) -> dict[tuple[str, str], str]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if not {"file", "id", "key"} <= set(rows.fieldnames or ()):
                raise UsageError(f"{path}: needs the columns file, id, key")
            return {(row["file"], row["id"]): row["key"] for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: cannot be read as links: {error}") from error


def _stage(references: ReferenceChanges, path: Path, extract: bool) -> dict[str, str]:
    """Take in the entities of one document; their forms by annotated id. People without an office count here too."""
    extraction = resolve_extraction(_extract(path) if extract else read_gold(path))
    record = replace(select_record(extraction, "named"), entities=extraction.entities, statements=extraction.statements)
    stage_record(references, record)
    own = {e.id: e.id for e in extraction.entities}
    if extract:
        gold = json.loads(path.read_text(encoding="utf-8"))["entities"]
        own = {i: entity["id"] for i, entity in align(gold, extraction.to_json()["entities"]).items()}
    return {own[e.id]: e.iri for e in extraction.entities if e.id in own and e.iri}


def _extract(path: Path) -> Extraction:
    name = json.loads(path.read_text(encoding="utf-8"))["document"]["file"]
    return extract_document(parse_document(read_source(str(path.parent / name))))


def _count(groups: dict[str, list[Pair]]) -> LinkScores:
    scores = LinkScores({name: b_cubed(pairs) for name, pairs in groups.items()})
    members: dict[str, Counter[str]] = {}
    for thing, key in (pair for pairs in groups.values() for pair in pairs):
        members.setdefault(thing, Counter())[key] += 1
    scores.things = len(members)
    for thing, keys in sorted(members.items()):
        total, right = keys.total(), sum(n * (n - 1) // 2 for n in keys.values())
        scores.pairs += total * (total - 1) // 2
        scores.wrong += total * (total - 1) // 2 - right
        if len(keys) > 1:
            scores.mixed += 1
            scores.errors.append(f"wrong merge\t{thing}\t{', '.join(sorted(keys))}")
    return scores
