"""The HTML page of one thing of the graph. Every text is escaped; an address that is no web address is only text."""

from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlsplit

from migkg.lines import is_iri
from migkg.query.catalogue import LANGUAGES
from migkg.query.parameters import shorten
from migkg.rdf.namespaces import ID, MG
from migkg.render.words import load_words
from migkg.serve.records import LINKS, Link, Record, Sentence
from migkg.serve.terms import read_terms

FORMATS = (("turtle", "Turtle"), ("jsonld", "JSON-LD"), ("ntriples", "N-Triples"), ("rdfxml", "RDF/XML"))


def render_record(record: Record, language: str) -> str:
    """The page of a thing.

    Args:
        record: what to show.
        language: ``en``, ``fr`` or ``es``: the words of the page, and the names that are shown first.
    """
    words = _words(language)
    path = quote(record.iri.removeprefix(ID), safe="/:@!$&'()*+,;=-._~%")
    up = "../" * (path.count("/") + 1)
    names = sorted(record.names.items(), key=lambda item: (item[0] != language, item[0] == "", item[0]))
    until = record.first + len(record.links)
    page: str = _template().render(
        language=language,
        languages={code: _words(code)["name"] for code in LANGUAGES},
        words=words,
        iri=record.iri,
        path=path,
        up=up,
        title=names[0][1][0] if names else _call(record.iri, next(iter(record.types), None), words, language),
        types=[_type(iri, words, language) for iri in record.types],
        names=[(_language(code, words), list(dict.fromkeys(said))) for code, said in names],
        others=record.others,
        facts=[(_property(p, language), term.value, _web(term.value)) for p, term in record.facts],
        links=[_link(link, record, words, language, up) for link in record.links],
        shown=words["record"]["shown"].format(n=record.first + 1, m=until, all=record.total),
        before=_turn(max(record.first - LINKS, 0), language) if record.first else None,
        after=_turn(until, language) if until < record.total else None,
        formats=FORMATS,
    )
    return page


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader

    loader = FileSystemLoader(str(files("migkg.serve") / "templates"))
    return Environment(loader=loader, autoescape=True, trim_blocks=True).get_template("record.html.j2")


@cache
def _words(language: str) -> dict[str, Any]:
    return load_words(language)


def _language(code: str, words: dict[str, Any]) -> str:
    return str(words["languages"].get(code, code) if code else words["record"]["any_language"])


def _turn(first: int, language: str) -> str:
    return f"?from={first}&lang={language}"


def _link(link: Link, record: Record, words: dict[str, Any], language: str, up: str) -> dict[str, Any]:
    pair = words["relations"].get(link.predicate.removeprefix(MG))
    relation = pair[link.inverse] if pair else f"{_property(link.predicate, language)}{' ←' if link.inverse else ''}"
    more = words["record"]["sentences"].format(n=len(link.sentences), all=link.said)
    return {
        "relation": relation,
        "name": _name(record.labels.get(link.other, {}), language)
        or _call(link.other, record.kinds.get(link.other), words, language),
        "address": _address(link.other, up),
        "sentences": [_sentence(sentence, up) for sentence in link.sentences],
        "more": more if link.said > len(link.sentences) else "",
    }


def _sentence(sentence: Sentence, up: str) -> dict[str, Any]:
    return {
        "quote": sentence.quote,
        "status": sentence.status,
        "title": sentence.title,
        "issued": sentence.issued,
        "withdrawn": sentence.withdrawn,
        "record": _address(sentence.source, up) or "#",
        "page": _web(sentence.url or ""),
    }


def _name(names: dict[str, str], language: str) -> str | None:
    for code in (language, "en", "", *sorted(names)):
        if code in names:
            return names[code]
    return None


def _type(iri: str, words: dict[str, Any], language: str) -> str:
    pair = words["types"].get(iri.removeprefix(MG))
    return str(pair[0]) if pair else _property(iri, language)


def _call(iri: str, kind: str | None, words: dict[str, Any], language: str) -> str:
    """What to call a thing without a name: its kind and the end of its address."""
    return f"{_type(kind, words, language)} {iri.rpartition('/')[2]}" if kind else shorten(iri)


def _property(iri: str, language: str) -> str:
    return read_terms().get(iri, {}).get("label", {}).get(language) or shorten(iri)


def _address(iri: str, up: str) -> str | None:
    """Where a reader goes for a thing: its page here, else its web address."""
    if iri.startswith(ID):
        return f"{up}doc/{quote(iri.removeprefix(ID), safe='/:@!$&()*+,;=-._~%')}"
    return _web(iri)


def _web(text: str) -> str | None:
    """The text when it is a web address: nothing else may become a link."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.hostname and is_iri(text) else None
