"""Records of data as what a document says: the parts of the record that are read are the body, and the evidence."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from migkg.lexicon.gazetteer import Entry, load_gazetteer, read_table
from migkg.model import Document, Entity, Evidence, Extraction, Mention, Statement
from migkg.model.document import Block
from migkg.model.theme import Theme
from migkg.model.vocabulary import ACTOR_TYPES, RELATIONS
from migkg.sources.draft import SEPARATOR
from migkg.sources.formats import Opened
from migkg.sources.raw import Stated
from migkg.text.contacts import has_contact

# "Government of the Netherlands", "Gouvernement du Canada": the country is what follows.
_GOVERNMENT_OF = re.compile(
    r"^(?:government of|gouvernement d(?:es|u|e|['’])|gobierno del?)\s*(?:the |la |l['’]|los |las )?", re.I
)


class Record:
    """Gathers what one record says. Each part of it that is quoted stands once in the body, as it is in the file."""

    def __init__(self, opened: Opened, address: str, language: str, rule: str) -> None:
        self._opened, self._address, self._rule = opened, address, rule
        self.language = language
        self._parts: dict[tuple[str, str], Evidence] = {}
        self._entities: dict[str, Entity] = {}
        self._statements: dict[tuple[Any, ...], Statement] = {}
        self._themes: list[Theme] = []
        self._length = 0

    def quote(self, text: str, place: str) -> Evidence | None:
        """A part of the record as evidence; ``None`` where it holds contact details, which are never kept.

        Args:
            place: its address in the record.
        """
        if (text, place) not in self._parts:
            if has_contact(text):
                return None
            start = self._length + (len(SEPARATOR) if self._parts else 0)
            self._length = start + len(text)
            self._parts[text, place] = Evidence(text, start, self._length, place)
        return self._parts[text, place]

    def entity(self, kind: str, label: str, shown: Evidence, **facts: Any) -> str:
        """The local id of a thing; one of the same kind, key and name is the same one.

        Args:
            shown: the part that names it.
            facts: further fields of ``Entity``.
        """
        found = shown.text.find(label)
        start, end = (shown.start + found, shown.start + found + len(label)) if found >= 0 else (shown.start, shown.end)
        mention = Mention(shown.text[found : found + len(label)] if found >= 0 else shown.text, start, end, self._rule)
        same = next((e for e in self._entities.values() if _is_same(e, kind, label, facts.get("key"))), None)
        if same is not None:
            if mention not in same.mentions:
                self._entities[same.id] = replace(same, mentions=(*same.mentions, mention))
            return same.id
        key = f"e{len(self._entities) + 1}"
        self._entities[key] = Entity(key, kind, label, (mention,), **facts)
        return key

    def state(self, subject: str, predicate: str, target: str, shown: Evidence, **facts: Any) -> bool:
        """Note that the record says it; whether the relation can hold between things of such types.

        Args:
            facts: further fields of ``Statement``.
        """
        relation = RELATIONS[predicate]
        types = self._entities[subject].type, self._entities[target].type
        if subject == target or types[0] not in relation.subjects or types[1] not in relation.objects:
            return False
        statement = Statement(subject, predicate, target, shown, 1.0, rule=self._rule, **facts)
        key = (subject, predicate, target, shown.start, statement.amount, statement.status)
        self._statements.setdefault(key, statement)
        return True

    def theme(self, code: str, subject: str, shown: Evidence) -> None:
        """Note that the thing has the theme."""
        self._themes.append(Theme(code, 1.0, (shown,), subject))

    def finish(self, title: str | None, published: str | None, publisher: str | None) -> Stated:
        """What the record says."""
        source, location = self._opened.at(self._address)
        parts = list(self._parts.values())
        document = Document(
            source=source,
            name=f"{self._opened.name}#{self._address}",
            text=SEPARATOR.join(part.text for part in parts),
            blocks=tuple(Block("paragraph", part.start, part.end) for part in parts),
            language=self.language,
            kind="data",
            title=title,
            url=self._opened.location if "://" in self._opened.location else None,
            published=published,
            publisher=publisher,
            places=tuple((part.start, part.place) for part in parts if part.place),
        )
        stated = tuple(s for s in self._statements.values() if s.status == "stated")
        others = tuple(s for s in self._statements.values() if s.status != "stated")
        themes = tuple({(t.code, t.subject): t for t in reversed(self._themes)}.values())
        extraction = Extraction(document, tuple(self._entities.values()), stated, others, themes)
        return Stated(source, location, extraction)


def _is_same(entity: Entity, kind: str, label: str, key: str | None) -> bool:
    return entity.key == key if key and entity.key else (entity.type, entity.label) == (kind, label)


def identify_actor(name: str, kind: str | None, code: str | None = None) -> tuple[str, dict[str, Any]] | None:
    """Type and facts (key, country) of an organisation by its code in registers, by its name, or by the stated kind.

    Args:
        name: as the record writes it; may be empty where there is a code.
        kind: the type that the record gives it, one of the actor types.
        code: its IATI organisation identifier.

    Returns:
        ``None`` where nothing says of what type it is: it is not guessed.
    """
    known = _by_code().get(code or "") or _by_name(name)
    if known is not None and known.kind == "organisation":
        return known.type, {"key": known.key, "country": known.country}
    if known is not None and known.country and kind in (None, "Government", "GovernmentBody"):
        return "Government", {"country": known.country}
    if kind == "Government":
        kind = "GovernmentBody"  # a government is named after its country; a ministry may be called one here
    return (kind, {}) if kind in ACTOR_TYPES else None


def code_name(code: str, language: str) -> str | None:
    """The name in the tables of an organisation with an IATI identifier."""
    row = _rows_by_code().get(code)
    return (row.get(f"name_{language}") or row["name_en"]) if row else None


def country_entry(name: str) -> Entry | None:
    """The country that a name is, alone or as that of its government."""
    found = [e for e in load_gazetteer().lookup(name) if e.kind == "country" and not e.former]
    return found[0] if len({e.key for e in found}) == 1 else None


def _by_name(name: str) -> Entry | None:
    found = [e for e in load_gazetteer().lookup(name) if e.kind == "organisation" and not e.former]
    if len({e.key for e in found}) == 1:
        return found[0]
    return country_entry(_GOVERNMENT_OF.sub("", name))


@cache
def _rows_by_code() -> dict[str, dict[str, str]]:
    return {row["iati_org_id"]: row for row in read_table("organisations") if row["iati_org_id"]}


@cache
def _by_code() -> dict[str, Entry]:
    found = {}
    for code, row in _rows_by_code().items():
        entry = next((e for e in load_gazetteer().lookup(row["name_en"]) if e.key == f"org:{row['key']}"), None)
        if entry is not None:
            found[code] = entry
    return found


def read_amount(text: str) -> Decimal | None:
    """The sum that a file of data writes (digits, one point); ``None`` for anything else."""
    try:
        value = Decimal(text.strip())
    except ArithmeticError:
        return None
    return value if value.is_finite() and abs(value) < Decimal("1e15") else None
