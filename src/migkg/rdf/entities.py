"""The entities graph: what the sources together, and the authority tables, say of the names of each thing.

It is derived: a pure function of the source graphs and the tables, so the order of building leaves no trace in it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from migkg.lines import write_literal
from migkg.model.authority import AuthorityRecord, Succession
from migkg.model.link import Link
from migkg.rdf import namespaces as ns
from migkg.rdf.history import change_facts, name_iri

Name = tuple[str, str]


def describe_entity(
    iri: str,
    said: Iterable[Name],
    record: AuthorityRecord | None,
    changes: Iterable[Succession] = (),
    links: Iterable[Link] = (),
) -> list[str]:
    """The lines of one thing in the entities graph, sorted; none when no source speaks of it.

    Args:
        said: its names in the sources, each with its language (``""``: none), once for each source that says it.
        record: what the tables know of it.
        changes: the mergers, splits and successions that it has a part in.
        links: what a person has accepted as the same thing elsewhere.
    """
    counts = Counter(said)
    if not counts:
        return []
    preferred = _choose(counts) | (record.names if record else {})
    acronyms = set(record.acronyms) if record else set()
    others = set(counts) | ({(name, language or "") for name, language in record.aliases} if record else set())
    others -= {(name, language) for language, name in preferred.items()}
    facts = [(f"{ns.SKOS}prefLabel", write_literal(name, language)) for language, name in preferred.items()]
    facts += [(f"{ns.SKOS}altLabel", write_literal(*name)) for name in others if name[0] not in acronyms]
    facts += [(f"{ns.SKOS}notation", write_literal(acronym)) for acronym in acronyms]
    facts += change_facts(iri, changes)
    if record:
        facts += _table_facts(record)
    facts += _link_facts(links, facts)
    return sorted(f"<{iri}> <{predicate}> {value} <{ns.ENTITIES_GRAPH}> ." for predicate, value in facts)


def _table_facts(record: AuthorityRecord) -> Iterator[tuple[str, str]]:
    """Identifiers, former names, parent and origin."""
    for datatype, code in record.codes:
        yield f"{ns.SKOS}notation", write_literal(code, datatype=ns.MG + datatype)
    for match in record.matches:
        yield f"{ns.SKOS}exactMatch", f"<{match}>"
    for match in record.close:
        yield f"{ns.SKOS}closeMatch", f"<{match}>"
    for name in record.former:
        yield f"{ns.SKOSXL}altLabel", f"<{name_iri(record.iri, name)}>"
    if record.parent:
        yield f"{ns.DCTERMS}isPartOf", f"<{record.parent}>"
    if record.note:
        yield f"{ns.SKOS}editorialNote", write_literal(record.note)


def _link_facts(links: Iterable[Link], known: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The accepted links; where the tables or another link say exact, none is only close."""
    chosen = [link for link in links if link.match in {"exact", "close"}]
    exact = {value for predicate, value in known if predicate == f"{ns.SKOS}exactMatch"}
    exact |= {f"<{link.identifier}>" for link in chosen if link.match == "exact"}
    for link in chosen:
        value = f"<{link.identifier}>"
        if link.match == "exact" or value not in exact:
            yield f"{ns.SKOS}{link.match}Match", value
        note = f"{link.match} match {link.identifier}: {link.authority}, {link.source}, {link.date}: {link.why}"
        yield f"{ns.SKOS}editorialNote", write_literal(note.rstrip(": "))


def _choose(counts: Counter[Name]) -> dict[str, str]:
    """For each language the name said by most sources, then the longest, then the first in code point order."""
    chosen: dict[str, str] = {}
    for name, language in sorted(counts, key=lambda entry: (-counts[entry], -len(entry[0]), entry)):
        chosen.setdefault(language, name)
    return chosen
