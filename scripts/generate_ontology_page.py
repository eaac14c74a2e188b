"""Write docs/ontology.md from the files under ontology/.

Usage: python scripts/generate_ontology_page.py [--check]

With --check nothing is written; exit code 1 says that the page is out of date.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "ontology"
TARGET = ROOT / "docs" / "ontology.md"
EXAMPLE = "examples/valid/funding.fr.ttl"

MG = Namespace("https://w3id.org/migkg/ont#")
MGSH = Namespace("https://w3id.org/migkg/shapes#")
SCHEMA = Namespace("https://schema.org/")
DOCUMENT = URIRef("https://w3id.org/migkg/ont")
PREFIXES = {
    "mg": str(MG),
    "id": "https://w3id.org/migkg/id/",
    "schema": str(SCHEMA),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "owl": "http://www.w3.org/2002/07/owl#",
}

INTRODUCTION = """# Ontology

<!-- Written by scripts/generate_ontology_page.py; edit the files under ontology/ instead. -->

One schema for everything: what extraction may say, how the graph is written, what queries ask for and what
`migkg validate` checks. It stands under `ontology/`: `migkg.ttl` (the terms), `shapes.ttl` (the checks, in SHACL),
`alignments.ttl` (how the terms stand to those of others) and `examples/` (graphs that conform, and for each check one
that does not). The Python names in `migkg.model.vocabulary` and this page are generated from them.

An edge stands in the graph only where a source states it, and a claim beside it shows the words. What the ontology
leaves to the reader on purpose is told in [decision 6](decisions/0006-what-the-ontology-does-not-infer.md).
"""

HISTORY = """## Names and organisations in time

A body that only takes another name keeps its IRI: each name that it no longer goes by is a `mg:FormerName`, tied to it
by `skosxl:altLabel`, with `mg:when` where a table has the time and `mg:position` where it has the order. A merger, a
split or a succession is an `org:ChangeEvent` between organisations that each have their own IRI. In the graph of its
source a thing keeps the name that the source gives it (`rdfs:label`), so a claim of 1975 still speaks of the ICEM.

All of it comes from reviewed tables (`data/authorities/former_names.csv`, `successions.csv`); `skos:editorialNote` says
from which row. Why, and what the tables lack: [decision 14](decisions/0014-names-in-time.md).

To follow one body through its names and through mergers, in both directions:

```sparql
SELECT ?body ?name ?position ?when WHERE {
  VALUES ?start { id:org\\/iom }
  ?start ((org:changedBy/org:resultingOrganization)|(org:resultedFrom/org:originalOrganization))* ?body .
  OPTIONAL {
    ?body skosxl:altLabel ?former .
    ?former skosxl:literalForm ?name .
    OPTIONAL { ?former mg:position ?position }
    OPTIONAL { ?former mg:when ?when }
  }
}
ORDER BY ?body ?position ?name
```
"""


def short(term: Node) -> str:
    """A term with its prefix."""
    for prefix, namespace in PREFIXES.items():
        if str(term).startswith(namespace):
            return f"{prefix}:{str(term).removeprefix(namespace)}"
    return str(term)


def texts(graph: Graph, term: Node, predicate: URIRef, language: str = "en") -> list[str]:
    """The texts of a property in one language, sorted."""
    found = (o for o in graph.objects(term, predicate) if isinstance(o, Literal) and o.language == language)
    return sorted(str(text) for text in found)


def names(graph: Graph, term: Node) -> str:
    return " · ".join(" ".join(texts(graph, term, RDFS.label, language)) for language in ("en", "fr", "es"))


def told(graph: Graph, term: Node) -> str:
    """Definition, note and examples in English."""
    parts = texts(graph, term, SKOS.definition) + texts(graph, term, SKOS.note)
    examples = texts(graph, term, SKOS.example)
    return " ".join(parts) + (f" *{'; '.join(examples).rstrip('.')}.*" if examples else "")


def kinds(graph: Graph, term: Node, predicate: URIRef) -> str:
    return ", ".join(sorted(short(o).removeprefix("mg:") for o in graph.objects(term, predicate)))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars and line ends in cells are made harmless."""
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    for row in rows:
        cells = (" ".join(cell.split()).replace("|", "\\|").replace("<", "&lt;") for cell in row)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def own(graph: Graph, kind: URIRef) -> list[URIRef]:
    """The terms of the ontology of one kind, sorted by name."""
    return sorted(t for t in graph.subjects(RDF.type, kind) if isinstance(t, URIRef) and t in MG)


def class_tables(graph: Graph) -> Iterable[str]:
    actors = sorted(graph.subjects(RDFS.subClassOf, MG.Organisation), key=str)
    records = [MG.Claim, MG.FormerClaim, MG.FormerName, MG.FormerVersion, MG.Funding, MG.Participation, MG.Source]
    others = [c for c in own(graph, OWL.Class) if c not in {*actors, *records, MG.Organisation}]
    head = ("class", "en · fr · es", "what it is")
    sections = (
        ("## Actors", f"Each is also a `mg:Organisation`. {told(graph, MG.Organisation)}\n", actors),
        ("## Other things that documents speak of", "", others),
        ("## Facts with parts, and where facts come from", "", records),
    )
    for title, text, classes in sections:
        rows = ((f"`{short(c)}`", names(graph, c), told(graph, c)) for c in classes)
        yield f"{title}\n\n{text}{chr(10) if text else ''}{table(head, rows)}"


def property_tables(graph: Graph) -> Iterable[str]:
    relations = sorted(graph.subjects(RDFS.subPropertyOf, MG.relatesTo), key=str)
    rows = [
        (
            f"`{short(r)}`",
            names(graph, r),
            f"{kinds(graph, r, SCHEMA.domainIncludes)} → {kinds(graph, r, SCHEMA.rangeIncludes)}",
            told(graph, r),
        )
        for r in relations
    ]
    head = ("property", "en · fr · es", "from → to", "what it says")
    umbrella = f"All are sub-properties of `mg:relatesTo`. {told(graph, MG.relatesTo)}"
    yield f"## Relations\n\n{umbrella}\n\n{table(head, rows)}"
    rest = [p for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for p in own(graph, kind)]
    rows = [
        (
            f"`{short(p)}`",
            names(graph, p),
            f"{kinds(graph, p, SCHEMA.domainIncludes)} → {kinds(graph, p, SCHEMA.rangeIncludes)}",
            told(graph, p),
        )
        for p in sorted(set(rest) - set(relations) - {MG.relatesTo})
    ]
    yield f"## Properties\n\n{table(head, rows)}"
    codes = own(graph, RDFS.Datatype)
    text = "The datatype of a `skos:notation` says which register a code is of; an acronym has none.\n"
    registers = [(f"`{short(c)}`", names(graph, c), told(graph, c)) for c in codes]
    yield f"## Codes of registers\n\n{text}\n{table(('datatype', 'en · fr · es', 'what it is'), registers)}"


def concept_tables(graph: Graph) -> Iterable[str]:
    yield "## Closed lists\n"
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        concepts = sorted(graph.subjects(SKOS.inScheme, scheme), key=str)
        rows = ((f"`{short(c)}`", names(graph, c), told(graph, c)) for c in concepts)
        title = " ".join(texts(graph, scheme, RDFS.label)).capitalize()
        yield f"### {title}\n\n{told(graph, scheme)}\n\n{table(('concept', 'en · fr · es', 'what it means'), rows)}"


def borrowed_table(graph: Graph) -> str:
    terms = sorted((short(t), note) for t in graph.subjects(SKOS.scopeNote) for note in texts(graph, t, SKOS.scopeNote))
    rows = ((f"`{term}`", note) for term, note in dict(terms).items())
    return f"## Terms of others, used unchanged\n\n{table(('term', 'how it is used here'), rows)}"


def alignment_table(graph: Graph) -> str:
    """What each term is said to be in the words of other vocabularies."""
    rows = []
    terms = sorted({t for t in graph.subjects() if isinstance(t, URIRef) and t in MG})
    for term in terms:
        cells = []
        for predicates in ((RDFS.subClassOf, RDFS.subPropertyOf), (RDFS.seeAlso,)):
            found = []
            for target in (o for p in predicates for o in graph.objects(term, p)):
                inverse = graph.value(target, OWL.inverseOf) if isinstance(target, BNode) else None
                found.append(f"`{short(target)}`" if inverse is None else f"inverse of `{short(inverse)}`")
            cells.append(", ".join(sorted(found)))
        rows.append((f"`{short(term)}`", *cells))
    text = "What stands under “is” holds in every case; what stands under “near” may help, but does not always hold.\n"
    return f"## How the terms stand to those of others\n\n{text}\n{table(('term', 'is', 'near'), rows)}"


def shape_table(graph: Graph) -> str:
    rows = []
    for shape, severity in sorted(graph.subject_objects(SH.severity)):
        holder = graph.value(shape, SH.sparql) or shape
        message = " ".join(texts(graph, holder, SH.message))
        rows.append((f"`{str(shape).removeprefix(str(MGSH))}`", str(severity).removeprefix(str(SH)).lower(), message))
    text = (
        "`migkg validate` runs them. A violation means that the graph is wrong; a warning, that a reader should look.\n"
        "Each check is broken on purpose by a file under `ontology/examples/invalid/`.\n"
    )
    return f"## Checks\n\n{text}\n{table(('check', 'severity', 'what it says'), rows)}"


def render() -> str:
    """The text of the page."""
    terms, alignments, shapes = (Graph().parse(FOLDER / f"{n}.ttl") for n in ("migkg", "alignments", "shapes"))
    facts = table(
        ("", ""),
        (
            ("namespace", f"`{MG}`, prefix `mg:`"),
            ("things", f"`{PREFIXES['id']}`, prefix `id:`"),
            ("version", f"{terms.value(DOCUMENT, OWL.versionInfo)} (`{terms.value(DOCUMENT, OWL.versionIRI)}`)"),
        ),
    )
    example = (FOLDER / EXAMPLE).read_text(encoding="utf-8")
    parts = [
        INTRODUCTION,
        facts,
        *class_tables(terms),
        *property_tables(terms),
        HISTORY,
        *concept_tables(terms),
        borrowed_table(terms),
        alignment_table(alignments),
        shape_table(shapes),
        f"## An example\n\n`ontology/{EXAMPLE}`:\n\n```turtle\n{example}```\n",
    ]
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    text = render()
    if "--check" not in arguments:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} is out of date: run python scripts/{Path(__file__).name}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
