"""The ontology as a vocabulary: nothing is missing, nothing is left over, every term is told in three languages."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from migkg.model import vocabulary
from migkg.rdf import namespaces
from migkg.resources import ontology_path

MG = Namespace(namespaces.MG)
SCHEMA = Namespace(namespaces.SCHEMA)
ID = Namespace(namespaces.ID)
LANGUAGES = {"en", "fr", "es"}
ONTOLOGY = Graph().parse(ontology_path("migkg.ttl"))
FILES = sorted(ontology_path().rglob("*.ttl"))
TERMS = sorted({t for t in ONTOLOGY.subjects(RDF.type) if isinstance(t, URIRef) and (t in MG or t in ID)})
TERM = pytest.mark.parametrize("term", TERMS, ids=[str(t).rpartition("/")[2].removeprefix("ont#") for t in TERMS])


def load_script(root: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, root / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def languages(term: URIRef, predicate: URIRef) -> list[str | None]:
    return sorted(str(o.language) for o in ONTOLOGY.objects(term, predicate) if isinstance(o, Literal))


@TERM
def test_term_has_label_and_definition_in_three_languages(term: URIRef) -> None:
    assert languages(term, RDFS.label) == languages(term, SKOS.definition) == sorted(LANGUAGES)


@TERM
def test_translations_are_translations(term: URIRef) -> None:
    definitions = {str(o) for o in ONTOLOGY.objects(term, SKOS.definition)}
    assert len(definitions) == 3, "two languages have the same text"
    for definition in definitions:
        assert re.fullmatch(r"\S.*\S\.", definition) and "  " not in definition


@TERM
def test_term_is_typed_placed_and_defined_by_the_ontology(term: URIRef) -> None:
    assert list(ONTOLOGY.objects(term, RDFS.isDefinedBy)) == [URIRef(namespaces.ONTOLOGY)]
    kinds = set(ONTOLOGY.objects(term, RDF.type))
    allowed = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDFS.Datatype, SKOS.Concept, SKOS.ConceptScheme}
    assert len(kinds & allowed) == 1
    if kinds & {OWL.ObjectProperty, OWL.DatatypeProperty} and term != MG.relatesTo:
        assert ONTOLOGY.value(term, SCHEMA.domainIncludes) and ONTOLOGY.value(term, SCHEMA.rangeIncludes)
    if OWL.DatatypeProperty in kinds:
        assert all(str(o).startswith(namespaces.XSD) for o in ONTOLOGY.objects(term, SCHEMA.rangeIncludes))


def test_labels_tell_the_terms_apart() -> None:
    """Two classes, or two properties, never have one label in one language (a legend could not tell them apart)."""
    for kinds in ((OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)):
        terms = {t for kind in kinds for t in ONTOLOGY.subjects(RDF.type, kind) if t in MG}
        labels = [label for term in terms for label in ONTOLOGY.objects(term, RDFS.label)]
        assert len(labels) == len(set(labels)) == 3 * len(terms)


def test_every_term_named_anywhere_is_defined() -> None:
    """In the ontology's own files and in the queries: no mg: name without a definition."""
    graph = Graph()
    for path in FILES:
        if "invalid" not in path.parts:
            graph.parse(path)
    named = {t for triple in graph for t in triple if isinstance(t, URIRef) and t in MG}
    assert named - set(TERMS) == set()


def test_every_mg_name_in_queries_and_code_is_defined(root: Path) -> None:
    defined = {str(t).removeprefix(namespaces.MG) for t in TERMS if t in MG}
    files = [*root.glob("queries/**/*.rq"), *root.glob("src/migkg/**/*.py"), *root.glob("docs/**/*.md")]
    unknown = {}
    for path in files:
        text = path.read_text(encoding="utf-8")
        found = re.findall(r"""\bmg:([A-Za-z]\w*)|\bMG \+ "(\w+)"|\bMG\}([A-Za-z]\w*)""", text)
        names = {name for groups in found for name in groups if name}
        if names - defined:
            unknown[str(path.relative_to(root))] = sorted(names - defined)
    assert not unknown


def test_no_term_is_an_orphan() -> None:
    """Every term is reached from another one, or stands in a valid example."""
    examples = Graph()
    for path in FILES:
        if "valid" in path.parts:
            examples.parse(path)
    used = {t for triple in examples for t in triple} | {o for _, _, o in ONTOLOGY} | {p for _, p, _ in ONTOLOGY}
    used |= {o.datatype for o in examples.objects() if isinstance(o, Literal)}
    assert [t for t in TERMS if t not in used] == []


def test_kinds_are_declared_disjoint() -> None:
    (axiom,) = ONTOLOGY.subjects(RDF.type, OWL.AllDisjointClasses)
    members = ONTOLOGY.value(axiom, OWL.members)
    assert members is not None
    apart = set(Collection(ONTOLOGY, members))
    tops = {c for c in TERMS if (c, RDF.type, OWL.Class) in ONTOLOGY and ONTOLOGY.value(c, RDFS.subClassOf) is None}
    assert apart == tops | {URIRef(namespaces.ORG + name) for name in ("Membership", "ChangeEvent")}


def test_nothing_retypes_data() -> None:
    """rdfs:domain and rdfs:range would give wrong data a type instead of telling of it."""
    for path in FILES:
        graph = Graph().parse(path)
        assert not list(graph.subject_objects(RDFS.domain)) + list(graph.subject_objects(RDFS.range)), path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_addresses_of_vocabularies_are_the_right_ones(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "http://schema.org" not in text, "schema.org is written with https"
    assert not re.search(r"https://(www\.w3\.org|purl\.org|xmlns\.com)", text), "these namespaces are http"
    assert "owl:sameAs" not in re.sub(r"^#.*$", "", text, flags=re.M)


def test_heads_say_one_version_and_the_licence() -> None:
    versions = set()
    for name in ("migkg.ttl", "shapes.ttl", "alignments.ttl"):
        graph = Graph().parse(ontology_path(name))
        (head,) = graph.subjects(RDF.type, OWL.Ontology)
        version = graph.value(head, OWL.versionInfo)
        versions.add(version)
        assert graph.value(head, OWL.versionIRI) == URIRef(f"{head}/{version}")
        assert graph.value(head, URIRef(namespaces.DCTERMS + "license"))
        assert not list(graph.objects(head, OWL.imports)), "nothing is fetched"
    assert len(versions) == 1


@pytest.mark.parametrize(
    ("scheme", "concepts"),
    [
        (namespaces.STATUS_SCHEME, namespaces.STATUSES),
        (namespaces.ROLE_SCHEME, namespaces.ROLES),
        (namespaces.AMOUNT_KIND_SCHEME, namespaces.AMOUNT_KINDS),
    ],
    ids=["status", "role", "amount-kind"],
)
def test_constants_of_concepts_agree(scheme: str, concepts: dict[str, str]) -> None:
    assert set(ONTOLOGY.subjects(SKOS.inScheme, URIRef(scheme))) == {URIRef(c) for c in concepts.values()}
    for code, concept in concepts.items():
        assert ONTOLOGY.value(URIRef(concept), SKOS.notation) == Literal(code)


@pytest.mark.parametrize(
    ("script", "target"),
    [
        ("generate_vocabulary", "src/migkg/model/vocabulary.py"),
        ("generate_ontology_page", "docs/ontology.md"),
    ],
    ids=["vocabulary", "page"],
)
def test_generated_file_is_up_to_date(root: Path, script: str, target: str) -> None:
    text = load_script(root, script).render()
    assert (root / target).read_text(encoding="utf-8") == text, f"run python scripts/{script}.py"


def test_vocabulary_is_cheap_to_import(root: Path) -> None:
    code = "import sys, migkg.model.vocabulary, migkg.rdf.namespaces; print('rdflib' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], cwd=root / "src", capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_vocabulary_agrees_with_the_checker_of_the_gold(shared: Path) -> None:
    check = {"__name__": "check"}
    exec(compile((shared / "gold" / "check.py").read_text(encoding="utf-8"), "check.py", "exec"), check)
    assert check["ACTORS"] == vocabulary.ACTOR_TYPES
    assert check["TYPES"] == vocabulary.ENTITY_TYPES
    assert {name: tuple(map(set, r)) for name, r in vocabulary.RELATIONS.items()} == check["RELATIONS"]
    assert set(vocabulary.LABELS) == vocabulary.ENTITY_TYPES | set(vocabulary.RELATIONS)
