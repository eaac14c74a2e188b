"""Services that speak the Reconciliation Service API, versions 0.1 and 0.2 (https://reconciliation-api.github.io/specs/).

A service describes itself in a manifest (GET) and answers batches of questions (POST, form field ``queries``).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any
from urllib.parse import quote, urlencode

from migkg.errors import QueryError, StoreError, UsageError
from migkg.link.asking import LARGEST_ANSWER, Asker, Manners
from migkg.link.cache import Cache
from migkg.link.kinds import country_name, types_of
from migkg.link.model import Candidate, Outcome, Thing
from migkg.resolve.link_table import is_address
from migkg.store.connection import Access, Connection, Reply

_VERSIONS = {"0.1", "0.2"}
_MOST_NAMES, _MOST_CANDIDATES = 3, 10
_LONGEST = 1_000


class ReconciliationService:
    """A service as a register."""

    def __init__(
        self,
        address: str,
        cache: Cache,
        manners: Manners,
        kinds: Mapping[str, frozenset[str]] | None = None,
        country_property: str | None = None,
    ) -> None:
        """Read the manifest of the service.

        Args:
            kinds: entity types by type identifier of the service; questions for those types ask for them.
            country_property: property that the name of the country is sent for.

        Raises:
            UsageError: this is no address, or nothing there speaks the protocol.
        """
        self._connection = Connection(address, Access(), manners.timeout, max_bytes=LARGEST_ANSWER)
        self._kinds = dict(kinds or {})
        self._country_property = country_property
        self._manners = manners
        self._cache = cache
        self.source = self._connection.address
        try:
            manifest = _read_json(self._connection.send("GET", self.source, headers={"Accept": "application/json"}))
        except (QueryError, StoreError) as error:
            raise UsageError(f"{self.source} is no reconciliation service: {error}") from error
        self.authority, self._space, self._view = _read_manifest(manifest, self.source)

    def find(self, things: Iterable[Thing], outcome: Outcome) -> Iterator[tuple[Thing, list[Candidate]]]:
        """See ``Register.find``."""
        space = self._space
        wanted = (t for t in things if not space or not any(match.startswith(space) for match in t.matches))
        asker = Asker(self.source, self._cache, self._manners)
        with closing(self._connection):
            for thing, answer in asker.ask(wanted, self._question, self._fetch, outcome):
                yield thing, self._read_candidates(answer, outcome)

    def _question(self, thing: Thing) -> str:
        return json.dumps(self._queries(thing), ensure_ascii=False, sort_keys=True)

    def _queries(self, thing: Thing) -> list[dict[str, Any]]:
        """One query for its name in each language; those of no known language last."""
        shown = {language for name, language in thing.names if name == thing.label}
        longest: dict[str, str] = {}
        for name, language in thing.names:
            longest[language] = max(longest.get(language, ""), name, key=len)
        rest = sorted(longest.keys() - shown, key=lambda language: (not language, language))
        names = list(dict.fromkeys([thing.label, *(longest[language] for language in rest)]))
        query: dict[str, Any] = {"limit": _MOST_CANDIDATES}
        kinds = sorted(kind for kind, types in self._kinds.items() if types & thing.types)
        if kinds:
            query |= {"type": kinds[0] if len(kinds) == 1 else kinds, "type_strict": "any"}
        country = country_name(thing.country) if thing.country else None
        if self._country_property and country:
            query["properties"] = [{"pid": self._country_property, "v": country}]
        return [{"query": name[:_LONGEST], **query} for name in names[:_MOST_NAMES]]

    def _fetch(self, things: list[Thing]) -> dict[str, list[Any]]:
        asked = [(f"q{number}", thing, query) for number, (thing, query) in enumerate(self._each(things))]
        queries = json.dumps({key: query for key, _, query in asked}, ensure_ascii=False)
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"queries": queries}).encode()
        answer = _read_json(self._connection.send("POST", self.source, body, headers))
        if not isinstance(answer, dict):
            raise QueryError(f"{self.source} answers a batch with something else than an object of JSON")
        found: dict[str, list[Any]] = {}
        silent = set()
        for key, thing, _ in asked:
            part = answer.get(key)
            results = part.get("result") if isinstance(part, dict) else None
            if isinstance(results, list):
                found.setdefault(thing.iri, []).extend(results[:_MOST_CANDIDATES])
            else:
                silent.add(thing.iri)
        return {iri: results for iri, results in found.items() if iri not in silent}

    def _each(self, things: list[Thing]) -> Iterator[tuple[Thing, dict[str, Any]]]:
        for thing in things:
            for query in self._queries(thing):
                yield thing, query

    def _read_candidates(self, results: list[Any], outcome: Outcome) -> list[Candidate]:
        found = []
        for result in results:
            candidate = self._read_candidate(result)
            if candidate:
                found.append(candidate)
            else:
                outcome.skip(f"{self.source}: entries without a name or an identifier that makes an http address")
        return found

    def _read_candidate(self, result: Any) -> Candidate | None:
        if not isinstance(result, dict):
            return None
        identifier, name = result.get("id"), result.get("name")
        if not isinstance(identifier, str) or not isinstance(name, str) or not name.strip():
            return None
        address = self._address(identifier.strip())
        if address is None:
            return None
        kinds = [kind.get("id") if isinstance(kind, dict) else kind for kind in _list(result.get("type"))]
        return Candidate(
            identifier=address,
            name=name[:_LONGEST],
            names=(name[:_LONGEST],),
            types=types_of((kind for kind in kinds if isinstance(kind, str)), self._kinds),
            country_agrees=self._country_agrees(_list(result.get("features"))),
        )

    def _address(self, identifier: str) -> str | None:
        """The IRI of an entry: its identifier itself, in the space of the service, or the page that shows it."""
        if is_address(identifier):
            return identifier
        written = quote(identifier, safe="-._~!$&'()*+,;=:@")
        if self._space.endswith(("/", "#", "=", ":")):
            address = self._space + written
        elif self._view:
            address = self._view.replace("{{id}}", written)
        else:
            return None
        return address if identifier and is_address(address) else None

    def _country_agrees(self, features: list[Any]) -> bool | None:
        """What the service says of the property that the country was sent for: true, false or a share of 1 or 100."""
        for feature in features:
            if isinstance(feature, dict) and self._country_property and feature.get("id") == self._country_property:
                value = feature.get("value")
                if isinstance(value, bool):
                    return value
                if isinstance(value, int | float):
                    return value in (1, 100)
        return None


def _read_manifest(manifest: Any, source: str) -> tuple[str, str, str]:
    """Name, space of identifiers, and template of the address that shows an entry (empty: none)."""
    if not isinstance(manifest, dict) or not isinstance(manifest.get("name"), str) or not manifest["name"].strip():
        raise UsageError(f"{source} is no reconciliation service: its manifest has no name")
    versions = manifest.get("versions", ["0.1"])
    if not isinstance(versions, list) or not _VERSIONS & {v for v in versions if isinstance(v, str)}:
        spoken = ", ".join(str(v)[:20] for v in _list(versions)[:5]) or "none"
        raise UsageError(f"{source} speaks version {spoken} of the protocol; migkg speaks 0.1 and 0.2")
    space, view = manifest.get("identifierSpace"), manifest.get("view")
    template = view.get("url") if isinstance(view, dict) else None
    return (
        manifest["name"].strip()[:100],
        space if isinstance(space, str) else "",
        template if isinstance(template, str) and "{{id}}" in template else "",
    )


def _read_json(reply: Reply) -> Any:
    if reply.status != 200:
        raise QueryError(f"the service answers {reply.status} {reply.excerpt()}".rstrip())
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise QueryError(f"the service answers with {reply.media_type or 'no type'} that is not JSON") from error


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
