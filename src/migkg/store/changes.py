"""The writing side of the references of a store. Every method belongs into a ``change()`` block."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from migkg.model.identity import Form, Link, Reference
from migkg.store.references import References, in_parts, marks

Block = tuple[int, str]


@dataclass(frozen=True, slots=True)
class PackedSource:
    """What is kept of a source, as its rows in the file.

    Attributes:
        graph: IRI of the source and of its named graph.
        record: compressed JSON.
        rows: (form, graph, entity, JSON of the reference).
    """

    graph: str
    record: bytes
    rows: tuple[tuple[str, str, str, str], ...]


def pack_source(graph: str, record: Mapping[str, Any], references: Iterable[Reference]) -> PackedSource:
    """The rows of a source; needs no file, so that other processes can do it."""
    packed = zlib.compress(json.dumps(record, ensure_ascii=False, sort_keys=True).encode(), 6)
    rows = ((r.form, graph, r.entity, json.dumps(r.to_json(), ensure_ascii=False, sort_keys=True)) for r in references)
    return PackedSource(graph, packed, tuple(rows))


class ReferenceChanges(References):
    """References that can be changed."""

    def put(self, source: PackedSource) -> bool:
        """Take in what is kept of a source, in the place of what was; whether that is a change.

        The forms of the old and the new references are to be resolved again, and the graph is to be written.
        """
        if self._read("SELECT 1 FROM sources WHERE graph = ? AND record = ?", (source.graph, source.record)):
            return False
        self._drop_references(source.graph)
        self._many("INSERT INTO refs VALUES (?, ?, ?, ?)", source.rows)
        self.touch(form for form, *_ in source.rows)
        self._many("INSERT OR REPLACE INTO sources VALUES (?, ?, 0)", [(source.graph, source.record)])
        return True

    def withdraw(self, graphs: Iterable[str]) -> None:
        """Take out sources: their forms are to be resolved again, their graphs to be removed."""
        for graph in graphs:
            self._drop_references(graph)
            self._many("INSERT OR REPLACE INTO sources VALUES (?, NULL, 0)", [(graph,)])

    def move(self, graph: str, form: str, other: str) -> None:
        """Give the references that one source has of a form another form."""
        rows = self._read("SELECT entity, reference FROM refs WHERE form = ? AND graph = ?", (form, graph))
        self._many("DELETE FROM refs WHERE form = ? AND graph = ?", [(form, graph)])
        moved = [(other, graph, e, json.dumps(json.loads(r) | {"form": other}, ensure_ascii=False)) for e, r in rows]
        self._many("INSERT INTO refs VALUES (?, ?, ?, ?)", moved)
        if rows:
            self.touch((form, other))
            self._many("UPDATE sources SET written = 0 WHERE graph = ?", [(graph,)])

    def touch(self, forms: Iterable[str]) -> None:
        """Note forms that are to be resolved again."""
        self._many("INSERT OR IGNORE INTO touched VALUES (?)", [(form,) for form in forms])

    def touched(self) -> list[str]:
        """The forms that are to be resolved again, in order."""
        return [form for (form,) in self._read("SELECT form FROM touched ORDER BY form", ())]

    def settle(self) -> None:
        """Nothing is to be resolved again."""
        self._many("DELETE FROM touched", [()])

    def set_form(self, form: Form, tier: int, neighbours: Iterable[str]) -> None:
        """What is known of a form, and the forms that it is compared by."""
        record = json.dumps(form.to_json(), ensure_ascii=False)
        query = "INSERT INTO forms VALUES (?1, ?1, ?2, ?3) ON CONFLICT DO UPDATE SET tier = ?2, record = ?3"
        self._many(query, [(form.iri, tier, record)])
        self._many("DELETE FROM neighbours WHERE form = ?", [(form.iri,)])
        self._many("INSERT OR IGNORE INTO neighbours VALUES (?, ?)", [(other, form.iri) for other in neighbours])

    def drop_form(self, form: str, *, links: bool = True) -> None:
        """Forget a form that has no reference any more, and its links."""
        for query in (
            "DELETE FROM forms WHERE form = ?",
            "DELETE FROM blocks WHERE form = ?",
            "DELETE FROM neighbours WHERE form = ?",
        ):
            self._many(query, [(form,)])
        if links:
            self.drop_links([form])

    def set_blocks(self, form: str, blocks: Iterable[Block]) -> None:
        """The blocks of a form."""
        self._many("DELETE FROM blocks WHERE form = ?", [(form,)])
        self._many("INSERT OR IGNORE INTO blocks VALUES (?, ?, ?)", [(*block, form) for block in sorted(blocks)])

    def candidates(self, forms: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """Each of some forms with those that share a block with it, sorted."""
        query = (
            "SELECT DISTINCT other.form FROM blocks AS own JOIN blocks AS other ON other.block = own.block "
            "AND (own.country = '' OR other.country IN (own.country, '')) WHERE own.form = ?1 AND other.form <> ?1 "
            "ORDER BY 1"
        )
        for form in forms:
            yield form, [other for (other,) in self._read(query, (form,))]

    def drop_links(self, forms: Iterable[str]) -> None:
        """Forget all links of some forms."""
        ends = [(form,) for form in forms]
        self._many("DELETE FROM links WHERE left_form = ?", ends)
        self._many("DELETE FROM links WHERE right_form = ?", ends)

    def put_links(self, links: Iterable[Link]) -> None:
        """Take in links, in the place of those between the same forms."""
        rows = [
            (x.left, x.right, x.score, x.decision, json.dumps([[r.feature, r.value, r.weight] for r in x.reasons]))
            for x in links
        ]
        self._many("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?)", rows)

    def same_links_of(self, forms: Sequence[str]) -> Iterator[Link]:
        """The links with the decision ``same`` that touch one of the forms, without their reasons: there are many.

        The plus keeps SQLite from reading all links of that decision for each part.
        """
        for part in in_parts(forms):
            listed = marks(part)
            query = (
                f"SELECT left_form, right_form, score FROM links WHERE +decision = 'same' AND (left_form IN ({listed})"
            )
            for left, right, score in self._read(f"{query} OR right_form IN ({listed}))", (*part, *part)):
                yield Link(left, right, score, "same", ())

    def neighbours_of(self, forms: Sequence[str]) -> set[str]:
        """The forms that are compared by one of some forms."""
        found: set[str] = set()
        for part in in_parts(forms):
            query = f"SELECT form FROM neighbours WHERE neighbour IN ({marks(part)})"
            found |= {form for (form,) in self._read(query, part)}
        return found

    def tier_of(self, forms: Sequence[str]) -> dict[str, int]:
        """The tier of each form that is known."""
        found: dict[str, int] = {}
        for part in in_parts(forms):
            found |= dict(self._read(f"SELECT form, tier FROM forms WHERE form IN ({marks(part)})", part))
        return found

    def sources_of(self, form: str) -> frozenset[str]:
        """The sources that have references of a form."""
        return frozenset(graph for (graph,) in self._read("SELECT DISTINCT graph FROM refs WHERE form = ?", (form,)))

    def set_things(self, things: Mapping[str, str]) -> list[str]:
        """Set the IRI of some forms in the graph; gives those where it was another. Their graphs are to be written."""
        before = self.things_of(things)
        changed = sorted(form for form, thing in things.items() if before[form] != thing)
        self._many("UPDATE forms SET thing = ? WHERE form = ?", [(things[form], form) for form in changed])
        query = "UPDATE sources SET written = 0 WHERE graph IN (SELECT graph FROM refs WHERE form = ?)"
        self._many(query, [(form,) for form in changed])
        return changed

    def set_rulings(self, rulings: Iterable[tuple[str, str, str]]) -> None:
        """The verdicts (kind, left, right) that are in force."""
        self._many("DELETE FROM rulings", [()])
        self._many("INSERT OR IGNORE INTO rulings VALUES (?, ?, ?)", sorted(rulings))

    def unwritten(self, limit: int) -> list[tuple[str, dict[str, Any] | None]]:
        """Some sources whose graphs are to be written, with what is kept of them; ``None``: to be removed."""
        rows = self._read("SELECT graph, record FROM sources WHERE written = 0 ORDER BY graph LIMIT ?", (limit,))
        return [(graph, json.loads(zlib.decompress(record)) if record else None) for graph, record in rows]

    def count_unwritten(self) -> int:
        """How many graphs are to be written."""
        return int(self._read("SELECT count(*) FROM sources WHERE written = 0", ())[0][0])

    def set_written(self, graphs: Iterable[str]) -> None:
        """These graphs are as the references say; withdrawn sources are forgotten."""
        rows = [(graph,) for graph in graphs]
        self._many("UPDATE sources SET written = 1 WHERE graph = ? AND record IS NOT NULL", rows)
        self._many("DELETE FROM sources WHERE graph = ? AND record IS NULL", rows)

    def set_unwritten(self, graphs: Iterable[str]) -> None:
        """These graphs are to be written."""
        self._many("UPDATE sources SET written = 0 WHERE graph = ?", [(graph,) for graph in graphs])

    def has(self, graph: str) -> bool:
        """Whether something is kept of a source."""
        return bool(self._read("SELECT 1 FROM sources WHERE graph = ? AND record IS NOT NULL", (graph,)))

    def erase(self) -> None:
        """Write the file anew, so that nothing of what was taken out stays in it; outside ``change()``."""
        self._read("VACUUM", ())
        self._read("PRAGMA wal_checkpoint(TRUNCATE)", ())

    def _drop_references(self, graph: str) -> None:
        self.touch(form for (form,) in self._read("SELECT DISTINCT form FROM refs WHERE graph = ?", (graph,)))
        self._many("DELETE FROM refs WHERE graph = ?", [(graph,)])

    def _many(self, query: str, rows: Iterable[Sequence[object]]) -> None:
        self._db.executemany(query, rows)
