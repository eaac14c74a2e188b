"""Themes in the graph: what a source, programme or event is about, each tie with a claim that shows the words."""

from collections.abc import Iterator

from migkg.lines import write_literal
from migkg.model import Entity, Evidence, Theme
from migkg.model.authority import ThemeRecord
from migkg.model.identifiers import digest
from migkg.rdf import namespaces as ns
from migkg.rdf.claims import write_claim

_A = f"<{ns.RDF}type>"
_SUBJECT = f"{ns.DCTERMS}subject"


def theme_iri(code: str) -> str:
    """The IRI of a concept of the table of themes."""
    return ns.THEME + code


def write_themes(source: str, themes: tuple[Theme, ...], entities: dict[str, Entity]) -> Iterator[str]:
    """The triples of the themes of one document, without line ends.

    Args:
        source: IRI of the source.
        entities: the things that are kept, by local id; themes of other things are left out.
    """
    for theme in themes:
        thing = None if theme.subject is None else entities.get(theme.subject)
        subject = source if theme.subject is None else thing.iri if thing else None
        if subject is None:
            continue
        concept = f"<{theme_iri(theme.code)}>"
        yield f"<{subject}> <{_SUBJECT}> {concept}"
        yield f"{concept} {_A} <{ns.SKOS}Concept>"
        yield f"{concept} <{ns.SKOS}notation> {write_literal(theme.code)}"
        claim = ns.CLAIM + digest(subject, "subject", theme.code, source)
        yield from write_claim(
            claim, subject, _SUBJECT, concept, source, _best(theme.evidence), "stated", theme.score, "themes"
        )


def _best(evidence: tuple[Evidence, ...]) -> Evidence:
    """The longest words say most; of equals the first."""
    return min(evidence, key=lambda words: (words.start - words.end, words.start))


def describe_theme(iri: str, is_used: bool, record: ThemeRecord | None) -> list[str]:
    """The lines of one concept in the entities graph, sorted; none when no source has it as its theme.

    Args:
        record: what the table knows of it.
    """
    if not is_used or record is None:
        return []
    facts = [(f"{ns.RDF}type", f"<{ns.SKOS}Concept>"), (f"{ns.SKOS}notation", write_literal(record.code))]
    facts += [(f"{ns.SKOS}prefLabel", write_literal(name, language)) for language, name in record.names.items()]
    facts.append((f"{ns.SKOS}inScheme", f"<{ns.THEME_SCHEME}>"))
    return sorted(f"<{iri}> <{predicate}> {value} <{ns.ENTITIES_GRAPH}> ." for predicate, value in facts)
