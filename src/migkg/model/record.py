"""What is kept of one source: all that its graph is written from, so that the source need not be read again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from migkg.model.document import Document
from migkg.model.entity import Entity
from migkg.model.identifiers import ID
from migkg.model.statement import Evidence, Fact, Statement
from migkg.model.theme import Theme


@dataclass(frozen=True, slots=True)
class Former:
    """What makes a record that of an earlier version of a page.

    Attributes:
        iri: of the version, which is also that of its named graph.
        retrieved: when it was retrieved, ISO 8601 in UTC.
        replaced: when another text was retrieved from the same address.
        latest: IRI of the source that is the latest version.
    """

    iri: str
    retrieved: str
    replaced: str
    latest: str


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source after selection, before or after its things are joined with those of other sources.

    Attributes:
        id: id of the document.
        title: without the names of people who are not kept.
        publisher: local id of the entity that published it, where it is one of those kept.
        publisher_name: its name, as the page gives it.
        entities: those that are kept, each with an ``iri``.
        statements: stated, planned and denied ones between kept entities.
        lines: further N-Quads lines of its graph.
        sentences: the words around the first mention of an entity, by its id.
        withdrawn: when it was first noticed that the page is gone, ISO 8601 in UTC; ``None`` while it is there.
        former: of an earlier version of a page; ``None`` for the latest, and for what has no versions.

    ``name``, ``language``, ``kind``, ``url`` and ``published`` are those of the document.
    """

    id: str
    name: str
    language: str
    kind: str
    title: str | None
    url: str | None
    published: str | None
    publisher: str | None
    publisher_name: str | None
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    themes: tuple[Theme, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: tuple[str, ...] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)
    withdrawn: str | None = None
    former: Former | None = None

    @property
    def source(self) -> str:
        """The IRI of the source or earlier version, which is also that of its named graph."""
        return self.former.iri if self.former else f"{ID}source/{self.id}"

    def identify(self, things: Mapping[str, str]) -> "SourceRecord":
        """The record with another IRI for each entity whose form is in the mapping."""
        entities = tuple(replace(e, iri=things.get(e.iri or "", e.iri)) for e in self.entities)
        return replace(self, entities=entities)

    def to_json(self) -> dict[str, Any]:
        """The record as plain JSON values."""
        document: dict[str, Any] = {"id": self.id, "name": self.name, "language": self.language, "kind": self.kind}
        document |= {"title": self.title, "url": self.url, "date": self.published, "publisher": self.publisher_name}
        return {
            "document": document,
            "publisher": self.publisher,
            "entities": [e.to_json() for e in self.entities],
            "statements": [s.to_json() for s in self.statements],
            "themes": [t.to_json() for t in self.themes],
            "facts": [asdict(f) for f in self.facts],
            "lines": list(self.lines),
            "sentences": dict(self.sentences),
            **({"withdrawn": self.withdrawn} if self.withdrawn else {}),
            **({"former": asdict(self.former)} if self.former else {}),
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> "SourceRecord":
        document = record["document"]
        facts = [Fact(**{**fact, "evidence": Evidence(**fact["evidence"])}) for fact in record["facts"]]
        return cls(
            document["id"],
            document["name"],
            document["language"],
            document["kind"],
            document["title"],
            document["url"],
            document["date"],
            record["publisher"],
            document["publisher"],
            tuple(Entity.from_json(e) for e in record["entities"]),
            tuple(Statement.from_json(s) for s in record["statements"]),
            tuple(Theme.from_json(t) for t in record["themes"]),
            tuple(facts),
            tuple(record["lines"]),
            record["sentences"],
            record.get("withdrawn"),
            Former(**record["former"]) if "former" in record else None,
        )


def describe_document(document: Document) -> dict[str, Any]:
    """The fields of a record that are those of its document."""
    return {
        "id": document.id,
        "name": document.name,
        "language": document.language,
        "kind": document.kind,
        "url": document.url,
        "published": document.published,
        "publisher_name": document.publisher,
    }
