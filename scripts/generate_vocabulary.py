"""Write src/migkg/model/vocabulary.py from ontology/migkg.ttl.

Usage: python scripts/generate_vocabulary.py [--check]

With --check nothing is written; the exit code is 1 when the file is not what the ontology gives.
"""

import subprocess
import sys
from pathlib import Path

from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology" / "migkg.ttl"
TARGET = ROOT / "src" / "migkg" / "model" / "vocabulary.py"

MG = Namespace("https://w3id.org/migkg/ont#")
SCHEMA = Namespace("https://schema.org/")
LANGUAGES = ("en", "fr", "es")
# Classes that are facts about facts, not things that a document speaks of.
RECORDS = {MG.Funding, MG.Participation, MG.Source, MG.Claim, MG.FormerName, MG.FormerVersion, MG.FormerClaim}

HEADER = '''"""The terms of the ontology that extraction needs.

Generated from ontology/migkg.ttl by scripts/generate_vocabulary.py: change the ontology, never this file.
"""

from typing import NamedTuple


class Relation(NamedTuple):
    """Which entity types a predicate may link."""

    subjects: frozenset[str]
    objects: frozenset[str]

'''


def local(term: URIRef) -> str:
    """The name of a term of the ontology without its namespace."""
    return str(term).removeprefix(str(MG))


def actor_types(graph: Graph) -> set[str]:
    """Local names of the kinds of organisation."""
    return {local(c) for c in graph.subjects(RDFS.subClassOf, MG.Organisation) if isinstance(c, URIRef)}


def other_types(graph: Graph) -> set[str]:
    """Local names of the entity classes that are no actors."""
    classes = {c for c in graph.subjects(RDF.type, OWL.Class) if isinstance(c, URIRef) and c in MG}
    return {local(c) for c in classes - RECORDS - {MG.Organisation}} - actor_types(graph)


def relations(graph: Graph) -> list[URIRef]:
    """The direct relations, sorted by name."""
    return sorted(r for r in graph.subjects(RDFS.subPropertyOf, MG.relatesTo) if isinstance(r, URIRef))


def quoted(names: set[str]) -> str:
    return ", ".join(f'"{name}"' for name in sorted(names))


def side(graph: Graph, relation: URIRef, end: str) -> str:
    """The Python expression for the types at one end of a relation; ``mg:Organisation`` means all actors."""
    classes = {local(c) for c in graph.objects(relation, SCHEMA[end]) if isinstance(c, URIRef)}
    if "Organisation" not in classes:
        return f"frozenset({{{quoted(classes)}}})"
    rest = classes - {"Organisation"} - actor_types(graph)
    return f"ACTOR_TYPES | {{{quoted(rest)}}}" if rest else "ACTOR_TYPES"


def labels(graph: Graph, term: URIRef) -> str:
    """The Python expression for the labels of a term in every language."""
    found = {label.language: str(label) for label in graph.objects(term, RDFS.label) if hasattr(label, "language")}
    return "{" + ", ".join(f'"{language}": {found[language]!r}' for language in LANGUAGES) + "}"


def render() -> str:
    """The text of vocabulary.py, formatted, as the ontology gives it."""
    graph = Graph().parse(ONTOLOGY)
    actors, others = actor_types(graph), other_types(graph)
    lines = [
        HEADER,
        f"ACTOR_TYPES: frozenset[str] = frozenset({{{quoted(actors)}}})",
        f"ENTITY_TYPES: frozenset[str] = ACTOR_TYPES | {{{quoted(others)}}}",
        "",
        "RELATIONS: dict[str, Relation] = {",
    ]
    for relation in relations(graph):
        subjects, objects = side(graph, relation, "domainIncludes"), side(graph, relation, "rangeIncludes")
        lines.append(f'"{local(relation)}": Relation({subjects}, {objects}),')
    lines += [
        "}",
        "",
        "# What a reader sees: types and relations in the three languages.",
        "LABELS: dict[str, dict[str, str]] = {",
    ]
    terms = [MG[name] for name in sorted(actors | others)] + relations(graph)
    lines += [f'"{local(term)}": {labels(graph, term)},' for term in terms]
    lines += ["}", ""]
    command = [sys.executable, "-m", "ruff", "format", "--config", str(ROOT / "pyproject.toml"), "-"]
    return subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True).stdout


def main(arguments: list[str]) -> int:
    text = render()
    if "--check" not in arguments:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} differs from the ontology: run python scripts/generate_vocabulary.py")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
