"""SPARQL endpoints as registers: which of their things have a name that a thing of the store has."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from urllib.parse import urlsplit

from migkg.errors import QueryError, UsageError
from migkg.lexicon.gazetteer import table_languages
from migkg.lines import write_literal
from migkg.link.asking import LARGEST_ANSWER, Asker, Manners
from migkg.link.cache import Cache
from migkg.link.kinds import read_country, types_of
from migkg.link.model import Candidate, Outcome, Thing
from migkg.model.identifiers import digest
from migkg.resolve.link_table import is_address
from migkg.resolve.names import plain_name
from migkg.resources import data_path
from migkg.store.base import Rows
from migkg.store.connection import Access, read_address
from migkg.store.guard import check_query
from migkg.store.remote import RemoteStore

MARK = "{{labels}}"
_NEEDED, _COLUMNS = ("item", "label"), ("item", "label", "type", "country")
_MOST_NAMES, _LONGEST = 12, 500
_Row = list[str | None]


class Endpoint:
    """An endpoint as a register."""

    def __init__(
        self,
        address: str,
        cache: Cache,
        manners: Manners,
        template: str | None = None,
        kinds: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        """Nothing is asked yet.

        Args:
            template: a SELECT with ``{{labels}}`` in a VALUES block, and columns as in data/linking/labels.rq;
                ``None``: that file.
            kinds: entity types by IRI of a class of the endpoint.

        Raises:
            UsageError: this is no address, or no query that can be asked.
        """
        self._template = template or data_path("linking/labels.rq").read_text(encoding="utf-8")
        _check(self._template)
        self._kinds = dict(kinds or {})
        self._manners = manners
        self._cache = cache
        self._store = RemoteStore(address, manners.timeout, Access(), max_bytes=LARGEST_ANSWER)
        self.source = read_address(address)[0]
        self.authority = urlsplit(self.source).hostname or self.source

    def find(self, things: Iterable[Thing], outcome: Outcome) -> Iterator[tuple[Thing, list[Candidate]]]:
        """See ``Register.find``."""
        asker = Asker(self.source, self._cache, self._manners)
        with closing(self._store):
            for thing, answer in asker.ask(things, self._question, self._fetch, outcome):
                yield thing, self._read_candidates(answer, outcome)

    def _question(self, thing: Thing) -> str:
        return f"{digest(self._template)} {' '.join(_labels(thing))}"

    def _fetch(self, things: list[Thing]) -> dict[str, list[_Row]]:
        labels = list(dict.fromkeys(label for thing in things for label in _labels(thing)))
        answer = self._store.query(self._template.replace(MARK, " ".join(labels)))
        if not isinstance(answer, Rows) or not set(_NEEDED) <= set(answer.columns):
            raise QueryError(f"{self.source} gives no columns item and label")
        places = [answer.columns.index(name) if name in answer.columns else None for name in _COLUMNS]
        rows: defaultdict[str, list[_Row]] = defaultdict(list)
        for row in answer.rows:
            item, *rest = (row[place] if place is not None else None for place in places)
            if item and item.kind == "uri" and rest[0]:
                cells = [item.value, *(term.value[:_LONGEST] if term else None for term in rest)]
                rows[plain_name(rest[0].value)].append(cells)
        return {thing.iri: _rows_of(thing, rows) for thing in things}

    def _read_candidates(self, rows: list[_Row], outcome: Outcome) -> list[Candidate]:
        found = []
        for item, label, kind, country in (row for row in rows if len(row) == len(_COLUMNS)):
            if item is None or label is None or not is_address(item):
                outcome.skip(f"{self.source}: entries whose identifier is no http address")
                continue
            types = types_of([kind], self._kinds) if kind else frozenset[str]()
            found.append(Candidate(item, label, (label,), (), types, read_country(country) if country else None))
        return found


def _rows_of(thing: Thing, rows: Mapping[str, list[_Row]]) -> list[_Row]:
    return [row for plain in dict.fromkeys(map(plain_name, thing.texts)) for row in rows.get(plain, ())]


def _labels(thing: Thing) -> list[str]:
    """Its names as literals: plain, and with their language, or with each where it is not known."""
    labels = []
    for name, language in thing.names[:_MOST_NAMES]:
        languages = [language] if language else table_languages()
        labels += [write_literal(name), *(write_literal(name, code) for code in languages)]
    return list(dict.fromkeys(labels))


def _check(template: str) -> None:
    from migkg.store.oxigraph import check_syntax

    if template.count(MARK) != 1:
        raise UsageError(f"the query for an endpoint holds {MARK} once, where the names go")
    query = template.replace(MARK, '"name"')
    try:
        form = check_query(query)
        check_syntax(query)
    except QueryError as error:
        raise UsageError(f"the query for an endpoint: {error}") from error
    if form != "SELECT":
        raise UsageError("the query for an endpoint is a SELECT")
