"""The service and the graph described in RDF: SPARQL 1.1 Service Description, and VoID."""

from collections.abc import Iterable
from urllib.parse import quote

from migkg.lines import is_iri, write_literal
from migkg.rdf.namespaces import DCTERMS, FOAF, ID, MG, PREFIXES, RDF, RDFS, XSD
from migkg.serve.downloads import DUMPS
from migkg.serve.overview import describe_vocabulary, summarise
from migkg.store.base import Store

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
# A description that lists more graphs than this is longer than any client wants to read before its first query.
MAX_GRAPHS = 1000
_LIST = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"
_MANY = {
    "en": "{number} named graphs, one for each document and some derived ones; rdfs:seeAlso lists them",
    "fr": "{number} graphes nommés, un par document et quelques-uns dérivés ; rdfs:seeAlso les énumère",
    "es": "{number} grafos con nombre, uno por documento y algunos derivados; rdfs:seeAlso los enumera",
}
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_TITLES = {
    "en": "Knowledge graph of migration governance",
    "fr": "Graphe de connaissances de la gouvernance des migrations",
    "es": "Grafo de conocimiento de la gobernanza de las migraciones",
}


def describe_service(store: Store, base: str) -> tuple[str, ...]:
    """The description of the query service, as sorted N-Triples lines.

    Named graphs are listed (``sd:namedGraph`` with ``sd:name``) up to ``MAX_GRAPHS``; of more it says how many there
    are and with which query they are listed.

    Args:
        store: the store that is served.
        base: address of the service, with a slash at its end.
    """
    endpoint, dataset, default = f"{base}sparql", f"{base}sparql#dataset", f"{base}sparql#default-graph"
    lines = [
        _line(endpoint, f"{RDF}type", f"{SD}Service"),
        _line(endpoint, f"{SD}endpoint", endpoint),
        _line(endpoint, f"{SD}supportedLanguage", f"{SD}SPARQL11Query"),
        _line(endpoint, f"{SD}feature", f"{SD}UnionDefaultGraph"),
        _line(endpoint, f"{SD}defaultDataset", dataset),
        _line(dataset, f"{RDF}type", f"{SD}Dataset"),
        _line(dataset, f"{SD}defaultGraph", default),
        _line(default, f"{RDF}type", f"{SD}Graph"),
        _line(default, f"{RDF}type", f"{VOID}Dataset"),
        _count(default, "triples", summarise(store)["triples"]),
        *_named_graphs(list(store.graphs()), endpoint, dataset),
        *(_line(endpoint, f"{SD}resultFormat", FORMATS + name) for name in _RESULTS),
    ]
    return tuple(sorted(lines))


def _named_graphs(names: list[str], endpoint: str, dataset: str) -> list[str]:
    if len(names) > MAX_GRAPHS:
        said = ((text.format(number=len(names)), language) for language, text in _MANY.items())
        comments = [f"<{dataset}> <{RDFS}comment> {write_literal(text, language)} ." for text, language in said]
        return [*comments, _line(dataset, f"{RDFS}seeAlso", f"{endpoint}?query={quote(_LIST, safe='')}")]
    lines = []
    for number, name in enumerate(names, 1):
        part = f"{endpoint}#graph-{number}"
        lines.append(_line(dataset, f"{SD}namedGraph", part))
        lines.append(_line(part, f"{RDF}type", f"{SD}NamedGraph"))
        lines.append(_line(part, f"{SD}name", name))
    return lines


def describe_graph(store: Store, base: str) -> tuple[str, ...]:
    """The description of the graph in VoID, as sorted N-Triples lines; arguments as in ``describe_service``."""
    graph = f"{base}.well-known/void#graph"
    counts, words = summarise(store), describe_vocabulary(store)
    lines = [
        _line(graph, f"{RDF}type", f"{VOID}Dataset"),
        *(f"<{graph}> <{DCTERMS}title> {write_literal(text, language)} ." for language, text in _TITLES.items()),
        _line(graph, f"{FOAF}homepage", base),
        _line(graph, f"{VOID}sparqlEndpoint", f"{base}sparql"),
        f"<{graph}> <{VOID}uriSpace> {write_literal(ID)} .",
        _count(graph, "triples", counts["triples"]),
        _count(graph, "documents", counts["sources"]),
        _count(graph, "classes", len(words["classes"])),
        _count(graph, "properties", len(words["properties"])),
        *(_line(graph, f"{VOID}dataDump", f"{base}graph.{suffix}") for suffix in DUMPS),
        *(_line(graph, f"{VOID}feature", FORMATS + name) for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")),
        *(_line(graph, f"{VOID}vocabulary", iri) for iri in _vocabularies(words["classes"] + words["properties"])),
    ]
    for kind, terms in (("class", words["classes"]), ("property", words["properties"])):
        for number, term in enumerate(terms, 1):
            part = f"{base}.well-known/void#{kind}-{number}"
            lines.append(_line(graph, f"{VOID}{kind}Partition", part))
            lines.append(_line(part, f"{VOID}{kind}", term["iri"]))
            lines.append(_count(part, "entities" if kind == "class" else "triples", term["uses"]))
    return tuple(sorted(lines))


def _vocabularies(terms: Iterable[dict[str, str]]) -> list[str]:
    used = {namespace for term in terms for namespace in PREFIXES.values() if term["iri"].startswith(namespace)}
    return sorted(used | {MG})


def _line(subject: str, predicate: str, value: str) -> str:
    if not is_iri(value):
        raise ValueError(f"not an IRI: {value}")
    return f"<{subject}> <{predicate}> <{value}> ."


def _count(subject: str, name: str, number: int) -> str:
    return f"<{subject}> <{VOID}{name}> {write_literal(str(number), None, f'{XSD}integer')} ."
