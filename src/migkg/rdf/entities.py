"""The entities graph: what the sources together, and the authority tables, say of the names of each thing.

It is derived: a pure function of the source graphs and the tables, so the order of building leaves no trace in it.
"""

from collections import Counter
from collections.abc import Iterable

from migkg.lines import write_literal
from migkg.model.authority import AuthorityRecord
from migkg.rdf import namespaces as ns

Name = tuple[str, str]


def describe_entity(iri: str, said: Iterable[Name], record: AuthorityRecord | None) -> list[str]:
    """The lines of one thing in the entities graph, sorted; none when no source speaks of it.

    Args:
        said: its names in the sources, each with its language (``""``: none), once for each source that says it.
        record: what the tables know of it.
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
    if record:
        facts += [(f"{ns.SKOS}exactMatch", f"<{match}>") for match in record.matches]
        if record.parent:
            facts.append((f"{ns.DCTERMS}isPartOf", f"<{record.parent}>"))
    return sorted(f"<{iri}> <{predicate}> {value} <{ns.ENTITIES_GRAPH}> ." for predicate, value in facts)


def _choose(counts: Counter[Name]) -> dict[str, str]:
    """For each language the name said by most sources, then the longest, then the first in code point order."""
    chosen: dict[str, str] = {}
    for name, language in sorted(counts, key=lambda entry: (-counts[entry], -len(entry[0]), entry)):
        chosen.setdefault(language, name)
    return chosen
