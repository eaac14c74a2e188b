"""What an IATI activity or organisation says: who pays, who does the work, where, when, what for, and the sums."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from migkg.errors import SourceSkip
from migkg.lexicon.gazetteer import country_names, read_table
from migkg.lexicon.language import read_yaml
from migkg.model import Evidence, Skip
from migkg.resources import data_path
from migkg.sources.dates import parse_iso
from migkg.sources.formats import Item, Opened
from migkg.sources.iati import LANGUAGE, Node, identifier_of
from migkg.sources.stated import Record, code_name, identify_actor, read_amount
from migkg.text.decode import clean

LANGUAGES = ("en", "fr", "es")
_CURRENCY = re.compile(r"[A-Z]{3}")
_RULE = "iati"


def read_record(node: Node, root: Node, number: int, opened: Opened) -> Iterator[Item]:
    """One activity or organisation, and a ``Skip`` for each part of it that could not be taken over.

    Args:
        number: its place in the file, for one without an identifier.

    Raises:
        SourceSkip: it has no title, or was cancelled.
    """
    reader = (
        _Activity(node, root, number, opened)
        if node.tag == "iati-activity"
        else _Organisation(node, root, number, opened)
    )
    yield reader.read()
    yield from (Skip(f"{opened.at(reader.address)[0]}/{place}", reason) for place, reason in reader.left_out)


class _Reader:
    """What both kinds of records share."""

    def __init__(self, node: Node, root: Node, number: int, opened: Opened) -> None:
        self.node = node
        self.address = identifier_of(node) or f"{node.tag}[{number}]"
        self.spoken = _language(node.get(LANGUAGE)) or _language(root.get(LANGUAGE)) or "en"
        self.currency = node.get("default-currency") or root.get("default-currency")
        self.record = Record(opened, self.address, self.spoken, _RULE)
        self.left_out: list[tuple[str, str]] = []

    def names(self, node: Node | None) -> list[tuple[str, str]]:
        """(text, language) of the narratives in an element, that of the record first."""
        narratives = node.all("narrative") if node else []
        # One that is marked as of another language stands for the name only where there is no other.
        read = [n for n in narratives if not n.get(LANGUAGE) or _language(n.get(LANGUAGE))]
        found = [(clean(n.text), _language(n.get(LANGUAGE)) or self.spoken) for n in read or narratives]
        known = {language: text for text, language in reversed([pair for pair in found if pair[0]])}
        order = [self.spoken, *(code for code in LANGUAGES if code != self.spoken)]
        return [(known[code], code) for code in order if code in known]

    def quote(self, node: Node) -> Evidence | None:
        """An element as evidence."""
        shown = self.record.quote(node.source, node.place)
        if shown is None:
            self.left_out.append((node.place, "contact details in it, which are never kept"))
        return shown

    def actor(self, node: Node | None, shown: Evidence | None = None) -> str | None:
        """The organisation that an element names, by its reference, name and type."""
        if node is None:
            return None
        names, code = self.names(node), node.get("ref")
        name = names[0][0] if names else code_name(code, self.spoken) or ""
        found = identify_actor(name, _kinds().get(node.get("type")), code) if name else None
        if found is None:
            reason = f"no type, and not in the tables: {name}" if name else "an organisation without a name"
            self.left_out.append((node.place, reason))
            return None
        shown = shown or self.quote(node)
        return self.record.entity(found[0], name, shown, labels=tuple(names[1:]), **found[1]) if shown else None

    def money(self, value: Node | None) -> dict[str, Any] | None:
        """Sum, currency and value date; ``None`` where there is no sum above 0 or no currency."""
        amount = read_amount(value.text) if value is not None else None
        currency = (value.get("currency") if value is not None else "") or self.currency
        if value is None or amount is None or amount <= 0 or not _CURRENCY.fullmatch(currency):
            return None
        return {"amount": amount, "currency": currency, "when": parse_iso(value.get("value-date"))}


class _Activity(_Reader):
    def read(self) -> Item:
        node, codes = self.node, _codes()
        status = node.first("activity-status")
        state = status.get("code") if status else ""
        if state in codes["cancelled"]:
            raise SourceSkip("an activity that was cancelled")
        titles, title = self.names(node.first("title")), node.first("title")
        shown = self.quote(title) if title and titles else None
        if shown is None:
            raise SourceSkip("an activity without a title")
        self.status = "planned" if state in codes["planned"] else "stated"
        start, end = (self._date(codes[name]) for name in ("start", "end"))
        if start and end and end < start:
            self.left_out.append(("activity-date", f"it ends ({end}) before it starts ({start})"))
            start = end = None
        self.activity = self.record.entity(
            "Programme", titles[0][0], shown, labels=tuple(titles[1:]), start=start, end=end, country=self._country()
        )
        self.reporting = node.first("reporting-org")
        for organisation in node.all("participating-org"):
            self._role(organisation)
        self._places()
        self._sectors()
        for transaction in node.all("transaction"):
            self._transaction(transaction)
        publisher = self.names(self.reporting)
        updated = parse_iso(node.get("last-updated-datetime"))
        return self.record.finish(titles[0][0], updated, publisher[0][0] if publisher else None)

    def _date(self, kinds: list[str]) -> str | None:
        found = {d.get("type"): d for d in self.node.all("activity-date") if parse_iso(d.get("iso-date"))}
        node = next((found[kind] for kind in kinds if kind in found), None)
        return parse_iso(node.get("iso-date")) if node else None

    def _country(self) -> str | None:
        """The country, where there is only one."""
        codes = {_iso3().get(c.get("code").upper()) for c in self.node.all("recipient-country")}
        regions = self.node.all("recipient-region")
        return codes.pop() if len(codes) == 1 and not regions else None

    def _role(self, node: Node) -> None:
        relation = _codes()["roles"].get(node.get("role"))
        if relation is None:
            self.left_out.append((node.place, f"the role {node.get('role')!r} is not known"))
            return
        actor, shown = self.actor(node), self.quote(node)
        if actor and shown:
            self.record.state(actor, relation, self.activity, shown, status=self.status)

    def _places(self) -> None:
        for node in (*self.node.all("recipient-country"), *self.node.all("recipient-region")):
            iso = _iso3().get(node.get("code").upper()) if node.tag == "recipient-country" else None
            names = self.names(node)
            label = names[0][0] if names else country_names(self.spoken).get(iso or "")
            shown = self.quote(node) if label else None
            if not label or shown is None:
                self.left_out.append((node.place, f"no name for the code {node.get('code')!r}"))
                continue
            facts = {"country": iso, "key": f"country:{iso}"} if iso else {}
            place = self.record.entity("Place", label, shown, labels=tuple(names[1:]), **facts)
            self.record.state(self.activity, "covers", place, shown, status=self.status)

    def _sectors(self) -> None:
        codes = _codes()
        for node in self.node.all("sector"):
            theme = codes["theme_prefix"] + node.get("code")
            if node.get("vocabulary") in codes["sectors"] and theme in _themes():
                shown = self.quote(node)
                if shown:
                    self.record.theme(theme, self.activity, shown)

    def _transaction(self, node: Node) -> None:
        """A sum from its provider to its receiver for the activity."""
        kind = node.first("transaction-type")
        known = _codes()["transactions"].get(kind.get("code") if kind else "")
        if known is None:
            return
        sides = {"provider": node.first("provider-org"), "receiver": node.first("receiver-org")}
        money = self.money(node.first("value"))
        if money is None:
            self.left_out.append((node.place, "no sum above 0 with its currency"))
            return
        if money["when"] is None:
            date = node.first("transaction-date")
            money["when"] = parse_iso(date.get("iso-date")) if date else None
        shown = self.quote(node)
        if shown is None:
            return
        reporting = known["reporting"]
        actors = {side: self.actor(org, shown) for side, org in sides.items() if org is not None}
        if sides[reporting] is None:
            actors[reporting] = self.actor(self.reporting)
        provider, receiver = actors.get("provider"), actors.get("receiver")
        if provider is None:
            return
        facts = {**money, "amount_kind": known["kind"]}
        self.record.state(provider, "funds", self.activity, shown, **facts)
        if receiver is not None:
            self.record.state(provider, "funds", receiver, shown, **facts)


class _Organisation(_Reader):
    def read(self) -> Item:
        name = self.node.first("name")
        names = self.names(name)
        reporting = self.node.first("reporting-org")
        shown = self.quote(name) if name and names else None
        if shown is None:
            raise SourceSkip("an organisation without a name")
        # Its type stands only where it reports itself.
        itself = reporting is not None and reporting.get("ref") == self.address
        kind = _kinds().get(reporting.get("type")) if reporting and itself else None
        found = identify_actor(names[0][0], kind, self.address)
        if found is None:
            raise SourceSkip(f"no type, and not in the tables: {names[0][0]}")
        own = self.record.entity(found[0], names[0][0], shown, labels=tuple(names[1:]), **found[1])
        for budget in self.node.all("recipient-org-budget"):
            self._budget(budget, own)
        publisher = self.names(reporting)
        updated = parse_iso(self.node.get("last-updated-datetime"))
        return self.record.finish(names[0][0], updated, publisher[0][0] if publisher else None)

    def _budget(self, node: Node, own: str) -> None:
        """A sum that is meant for another organisation."""
        money, shown = self.money(node.first("value")), self.quote(node)
        if money is None:
            self.left_out.append((node.place, "no sum above 0 with its currency"))
        elif shown is not None:
            receiver = self.actor(node.first("recipient-org"), shown)
            status = _codes()["budgets"].get(node.get("status") or "1", "planned")
            if receiver is not None:
                self.record.state(own, "funds", receiver, shown, status=status, amount_kind="committed", **money)


def _language(value: str) -> str | None:
    """The language of a tag (``fr-CA``), if it is one that is read."""
    code = value.casefold().split("-")[0]
    return code if code in LANGUAGES else None


@cache
def _codes() -> dict[str, Any]:
    return read_yaml(data_path("iati.yaml"))


@cache
def _kinds() -> dict[str, str]:
    """Actor type by the code of OrganisationType; codes without one type that is sure are left out."""
    return {
        row["code"]: row["migkg_kinds"].split("|")[0] for row in read_table("organisation_types") if row["migkg_kinds"]
    }


@cache
def _iso3() -> dict[str, str]:
    return {row["iso2"]: row["iso3"] for row in read_table("countries") if row["kind"] != "historic" and row["iso2"]}


@cache
def _themes() -> frozenset[str]:
    return frozenset(row["code"] for row in read_table("migration_themes"))
