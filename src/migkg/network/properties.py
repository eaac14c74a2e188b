"""What two graphs say differently of single things and of documents: names, dates, codes, numbers, versions."""

from collections.abc import Iterable, Iterator, Mapping

from migkg.lines import read_literal
from migkg.network.evidence import Source
from migkg.network.fact import Fact
from migkg.network.names import Names
from migkg.network.reading import local_name
from migkg.network.side import Side
from migkg.rdf import namespaces as ns

# What a reader calls a property; the order is that of the answer.
OF_THINGS = {
    f"{ns.SKOS}notation": "code",
    f"{ns.MG}when": "date",
    f"{ns.MG}country": "country",
    f"{ns.RDF}type": "type",
    f"{ns.SCHEMA}foundingDate": "founded",
    f"{ns.MG}memberCount": "members",
    f"{ns.MG}countryCount": "countries",
    f"{ns.MG}count": "number",
    f"{ns.DCTERMS}isPartOf": "parent",
    f"{ns.SKOS}exactMatch": "same elsewhere",
    f"{ns.SKOS}closeMatch": "close elsewhere",
    f"{ns.ORG}changedBy": "changed by",
    f"{ns.ORG}resultedFrom": "resulted from",
}
OF_DOCUMENTS = {
    f"{ns.MG}withdrawn": "source withdrawn",
    f"{ns.MG}contentHash": "text",
    f"{ns.DCTERMS}title": "title",
    f"{ns.DCTERMS}issued": "date",
    f"{ns.SCHEMA}url": "address",
    f"{ns.DCTERMS}publisher": "publisher",
    f"{ns.MG}publisherName": "publisher name",
    f"{ns.DCTERMS}language": "language",
    f"{ns.MG}documentKind": "kind",
}
_PREFERRED, _OTHER, _LABEL = f"{ns.SKOS}prefLabel", f"{ns.SKOS}altLabel", f"{ns.RDFS}label"


def compare_things(old: Side, new: Side, names: Names) -> Iterator[Fact]:
    """Things that are new or gone, and what differs in those that stand in both graphs."""
    for iri in old.things.keys() | new.things.keys():
        if iri not in old.things or iri not in new.things:
            side, change = (new, "added") if iri in new.things else (old, "withdrawn")
            kinds = "; ".join(sorted(side.things[iri]))
            shown = ("", kinds) if change == "added" else (kinds, "")
            yield Fact(change, "things", iri, "", "", "", *shown, sources=_sources(side, iri, f"{ns.RDF}type", names))
            continue
        yield from _compare_names(iri, old, new, names)
        yield from _compare_properties("things", iri, OF_THINGS, old, new, names)


def compare_documents(old: Side, new: Side, names: Names) -> Iterator[Fact]:
    """Documents that are new or gone, and what differs in those that were read again."""
    for iri in old.documents | new.documents:
        if iri not in old.documents or iri not in new.documents:
            change = "added" if iri in new.documents else "withdrawn"
            yield Fact(change, "documents", iri, sources=(names.source(iri),))
            continue
        yield from _compare_properties("documents", iri, OF_DOCUMENTS, old, new, names)


def compare_others(old: Side, new: Side, names: Names) -> Iterator[Fact]:
    """Former names, changes of organisations and verdicts."""
    told = [_describe(side, names) for side in (old, new)]
    for iri in old.others | new.others:
        before, after = (texts.get(iri, "") for texts in told)
        if before != after:
            change = "changed" if before and after else "added" if after else "withdrawn"
            yield Fact(change, "other", iri, before=before, after=after)


def _describe(side: Side, names: Names) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for iri, predicate in sorted(side.properties):
        if iri in side.others:
            text = f"{local_name(predicate)}: {_texts(side.properties[iri, predicate], names)}"
            found.setdefault(iri, []).append(text)
    return {iri: "; ".join(texts) for iri, texts in found.items()}


def _compare_properties(
    kind: str, iri: str, known: Mapping[str, str], old: Side, new: Side, names: Names
) -> Iterator[Fact]:
    for predicate, what in known.items():
        before, after = (_held(side, iri, predicate) for side in (old, new))
        gone, come = before.keys() - after.keys(), after.keys() - before.keys()
        if not gone and not come:
            continue
        change = "changed" if before and after else "added" if after else "withdrawn"
        claims = [
            tuple(claim for _, claim in side.claims.get((iri, local_name(predicate), ""), ())) for side in (old, new)
        ]
        sources = () if any(claims) else _sources(new if come else old, iri, predicate, names, come or gone)
        texts = (_texts(gone, names), _texts(come, names))
        yield Fact(change, kind, iri, "", "", what, *texts, claims[0], claims[1], sources)


def _held(side: Side, iri: str, predicate: str) -> dict[str, set[str]]:
    """The values of a property; a verdict that two things of the graph are one is no link to elsewhere."""
    held = side.properties.get((iri, predicate), {})
    return {
        value: graphs for value, graphs in held.items() if not ("Match" in predicate and value[1:].startswith(ns.ID))
    }


def _compare_names(iri: str, old: Side, new: Side, names: Names) -> Iterator[Fact]:
    """The preferred name by language, and the other names; a name that only took another rank is no news."""
    preferred = [_by_language(side, iri, _PREFERRED) or _by_language(side, iri, _LABEL) for side in (old, new)]
    for language in sorted(preferred[0].keys() | preferred[1].keys()):
        before, after = (", ".join(sorted(found.get(language, ()))) for found in preferred)
        if before != after:
            change = "changed" if before and after else "added" if after else "withdrawn"
            sources = _sources(new if after else old, iri, _LABEL, names)
            yield Fact(change, "things", iri, "", "", "name", before, after, sources=sources)
    known = [{name for p in (_PREFERRED, _OTHER, _LABEL) for name in _literals(side, iri, p)} for side in (old, new)]
    others = [_literals(side, iri, _OTHER) for side in (old, new)]
    gone, come = others[0] - known[1], others[1] - known[0]
    if gone or come:
        change = "changed" if gone and come else "added" if come else "withdrawn"
        texts = ("; ".join(sorted(text for text, _ in gone)), "; ".join(sorted(text for text, _ in come)))
        sources = _sources(new if come else old, iri, _LABEL, names)
        yield Fact(change, "things", iri, "", "", "other name", *texts, sources=sources)


def _by_language(side: Side, iri: str, predicate: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for text, language in _literals(side, iri, predicate):
        found.setdefault(language, set()).add(text)
    return found


def _literals(side: Side, iri: str, predicate: str) -> set[tuple[str, str]]:
    terms = side.properties.get((iri, predicate), {})
    parts = [read_literal(term) for term in terms if term.startswith('"')]
    return {(part.text, part.language or "") for part in parts}


def _texts(terms: Iterable[str], names: Names) -> str:
    """Values as a reader wants them: texts without quotes, things by name, other addresses as they are."""
    shown = []
    for term in terms:
        if term.startswith('"'):
            shown.append(read_literal(term).text)
        else:
            iri = term[1:-1]
            known = names.label(iri) if iri.startswith(ns.ID) else None
            shown.append(known or (local_name(iri) if iri.startswith(ns.MG) else iri))
    return "; ".join(sorted(shown))


def _sources(
    side: Side, iri: str, predicate: str, names: Names, values: Iterable[str] | None = None
) -> tuple[Source, ...]:
    """The documents whose graphs hold some values of a property; none where only derived graphs do."""
    held = side.properties.get((iri, predicate), {})
    graphs = {graph for value in (held if values is None else values) for graph in held.get(value, ())}
    return tuple(names.source(graph) for graph in sorted(graphs) if graph.startswith(ns.SOURCE))
