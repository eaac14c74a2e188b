"""From ``-p name=value`` to the terms that a query's variables are bound to."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from migkg.errors import UsageError
from migkg.lexicon.gazetteer import read_table
from migkg.query.catalogue import LANGUAGES, NamedQuery, Parameter
from migkg.rdf.namespaces import COUNTRY, GOVERNMENT, ID, MG, ORGANISATION, PREFIXES, PROCESS, THEME, XSD
from migkg.resolve import authority_iris, authority_records
from migkg.store.base import Term
from migkg.store.binding import tokens
from migkg.text.normalize import fold, squeeze

# Short forms of things in the graph; they go before the prefixes of vocabularies ("org:iom" is the organisation).
_SHORT = {
    "org": ORGANISATION,
    "process": PROCESS,
    "country": COUNTRY,
    "government": GOVERNMENT,
    "source": ID + "source/",
    "theme": THEME,
}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_YEAR = re.compile(r"[0-9]{4}")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")


def split_parameters(given: Iterable[str]) -> dict[str, str]:
    """``name=value`` texts as names to values.

    Raises:
        UsageError: one has no equals sign, or a name comes twice.
    """
    values: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        name = name.strip().removeprefix("?")
        if not equals or not name:
            raise UsageError(f"a parameter is written name=value, not {text!r}")
        if name in values:
            raise UsageError(f"the parameter {name} is given twice")
        values[name] = value
    return values


def read_parameters(query: NamedQuery, given: Mapping[str, str]) -> dict[str, Term]:
    """What the variables of a named query are bound to: the given values, then the defaults.

    Raises:
        UsageError: a parameter that the query does not have, a missing one, or a value of the wrong type.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            listed = ", ".join(known) or "none"
            raise UsageError(f"the query {query.name} has no parameter {name!r}; it has: {listed}")
    terms: dict[str, Term] = {}
    for name, parameter in known.items():
        value = given.get(name, parameter.default)
        if value is not None:
            terms[name] = read_value(parameter, value)
        elif parameter.required:
            raise UsageError(f"the query {query.name} needs -p {name}=…: {parameter.description}")
    return terms


def read_free_parameters(sparql: str, given: Mapping[str, str]) -> dict[str, Term]:
    """Values for the variables of a query without header: ``<…>`` is an IRI, digits are an integer, the rest is text.

    Raises:
        UsageError: the query has no such variable.
    """
    variables = sorted({token.text[1:] for token in tokens(sparql) if token.kind == "variable"})
    for name in given:
        if name not in variables:
            raise UsageError(f"the query has no variable ?{name}; it has: {', '.join(variables) or 'none'}")
    return {name: _read_free(name, value) for name, value in given.items()}


def read_value(parameter: Parameter, value: str) -> Term:
    """One value, checked against the type of its parameter.

    Raises:
        UsageError: it is not of that type.
    """
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise UsageError(f"the value of {parameter.name} is not valid text")
    return _READERS[parameter.type](parameter.name, value)


def _read_free(name: str, value: str) -> Term:
    if value.startswith("<") and value.endswith(">"):
        return _read_full_iri(name, value[1:-1])
    if _INTEGER.fullmatch(value):
        return _read_integer(name, value)
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    return Term("literal", value)


def _read_string(name: str, value: str) -> Term:
    return Term("literal", value)


def _read_integer(name: str, value: str) -> Term:
    if not _INTEGER.fullmatch(value):
        raise UsageError(f"{name} must be a whole number, not {value!r}")
    return Term("literal", str(int(value)), datatype=XSD + "integer")


def _read_year(name: str, value: str) -> Term:
    if not _YEAR.fullmatch(value):
        raise UsageError(f"{name} must be a year with four digits, not {value!r}")
    return Term("literal", str(int(value)), datatype=XSD + "integer")


def _read_language(name: str, value: str) -> Term:
    if value not in LANGUAGES:
        raise UsageError(f"{name} must be one of {', '.join(LANGUAGES)}, not {value!r}")
    return Term("literal", value)


def _read_country(name: str, value: str) -> Term:
    """ISO 3166-1 alpha-3; alpha-2 and names in three languages are turned into it."""
    names = _country_names()
    codes = names.get(_fold(value), ())
    if len(codes) == 1:
        return Term("literal", codes[0])
    if codes:
        raise UsageError(f"{name}={value!r} may be {' or '.join(codes)}; give the code")
    near = get_close_matches(_fold(value), names, n=3, cutoff=0.75)
    hint = f"; did you mean {' or '.join(sorted({names[n][0] for n in near}))}?" if near else ""
    raise UsageError(f"{name}={value!r} is no country: give an ISO code such as VNM, or its name{hint}")


def _read_iri(name: str, value: str) -> Term:
    """A full IRI, a short form (``org:iom``, ``mg:funds``), a relation's name, or a name of the authority tables."""
    value = value.strip().removeprefix("<").removesuffix(">")
    if value in authority_iris():
        return Term("uri", authority_iris()[value])
    prefix, colon, rest = value.partition(":")
    if colon and not rest.startswith("//"):
        namespace = _SHORT.get(prefix) or (ID if prefix == "id" else PREFIXES.get(prefix))
        if namespace:
            return _read_full_iri(name, namespace + rest)
    if colon and _IRI.fullmatch(value):
        return Term("uri", value)
    if name == "predicate" and re.fullmatch(r"[A-Za-z]+", value):
        return Term("uri", MG + value)
    iris = _organisation_names().get(_fold(value), ())
    if len(iris) == 1:
        return Term("uri", iris[0])
    if iris:
        raise UsageError(f"{name}={value!r} may be {' or '.join(map(shorten, iris))}; give one of them")
    raise UsageError(
        f"{name}={value!r} is no IRI, no short form such as org:iom, and no name in the authority tables; "
        f"'migkg query find -p text=…' looks for names in the graph"
    )


def _read_theme(name: str, value: str) -> Term:
    """A code of the table of themes (``iom:avrr``), one of its names in three languages, or the IRI of the concept."""
    value = value.strip().removeprefix("<").removesuffix(">").removeprefix(THEME).removeprefix("theme:")
    names = _theme_names()
    codes = names.get(_fold(value), ())
    if len(codes) == 1:
        return Term("uri", THEME + codes[0])
    if codes:
        raise UsageError(f"{name}={value!r} may be {' or '.join(codes)}; give the code")
    near = get_close_matches(_fold(value), names, n=3, cutoff=0.7)
    hint = f"; did you mean {' or '.join(sorted({names[n][0] for n in near}))}?" if near else ""
    raise UsageError(f"{name}={value!r} is no theme: give a code such as iom:border-management, or its name{hint}")


def _read_full_iri(name: str, value: str) -> Term:
    if not _IRI.fullmatch(value):
        raise UsageError(f"{name}: not an IRI: {value!r}")
    return Term("uri", value)


def known_names() -> dict[str, Mapping[str, tuple[str, ...]]]:
    """What a typed value may mean, for whoever reads values elsewhere (a page in a browser).

    Returns:
        ``country``: folded codes and names to ISO codes; ``theme``: to codes of the table of themes; ``iri``: to IRIs
        of organisations and processes; ``key``: keys of the authority tables, as they stand, to IRIs; ``short``:
        prefixes of short forms to namespaces.
    """
    return {
        "country": _country_names(),
        "theme": _theme_names(),
        "iri": _organisation_names(),
        "key": {key: (iri,) for key, iri in authority_iris().items()},
        "short": {prefix: (namespace,) for prefix, namespace in {**PREFIXES, **_SHORT, "id": ID}.items()},
    }


def shorten(iri: str) -> str:
    """An IRI in the short form that ``iri`` parameters accept, where there is one."""
    for prefix, namespace in (*_SHORT.items(), *((p, n) for p, n in PREFIXES.items() if p not in _SHORT)):
        rest = iri[len(namespace) :]
        if iri.startswith(namespace) and rest and re.fullmatch(r"[\w./:-]+", rest):
            return f"{prefix}:{rest}"
    return iri


def _fold(text: str) -> str:
    return squeeze(fold(unicodedata.normalize("NFC", text)))


@cache
def _country_names() -> dict[str, tuple[str, ...]]:
    """Folded codes and names to alpha-3 codes; a state that is no more never takes the name of one that is."""
    present: dict[str, set[str]] = defaultdict(set)
    historic: dict[str, set[str]] = defaultdict(set)
    for row in read_table("countries"):
        table = historic if row["kind"] == "historic" else present
        names = [row["iso3"], row["iso2"]]
        for language in LANGUAGES:
            names += [row[f"name_{language}"], row[f"official_{language}"], *row[f"variants_{language}"].split("|")]
        for form in filter(None, map(_fold, names)):
            table[form].add(row["iso3"])
    return {form: tuple(sorted(codes)) for form, codes in {**historic, **present}.items()}


@cache
def _organisation_names() -> dict[str, tuple[str, ...]]:
    """Folded keys, names and acronyms of the authority tables to IRIs; places are left to their codes."""
    names: dict[str, set[str]] = defaultdict(set)
    for key, iri in authority_iris().items():
        kind, _, rest = key.partition(":")
        if kind in {"org", "process"}:
            names[_fold(rest)].add(iri)
    for iri, record in authority_records().items():
        if iri.startswith((ORGANISATION, PROCESS, GOVERNMENT)):
            for form in (*record.names.values(), *(name for name, _ in record.aliases), *record.acronyms):
                names[_fold(form)].add(iri)
    return {form: tuple(sorted(iris)) for form, iris in names.items() if form}


@cache
def _theme_names() -> dict[str, tuple[str, ...]]:
    """Folded codes and names of the table of themes to codes; a synonym never takes a name from another concept."""
    named: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    for row in read_table("migration_themes"):
        short = row["code"].partition(":")[2]
        names = [row["code"], short, short.replace("-", " ")]
        for language in LANGUAGES:
            names += [row[f"name_{language}"], row[f"short_{language}"]]
            for form in filter(None, map(_fold, row[f"synonyms_{language}"].split("|"))):
                others[form].add(row["code"])
        for form in filter(None, map(_fold, names)):
            named[form].add(row["code"])
    return {form: tuple(sorted(codes)) for form, codes in {**others, **named}.items()}


_READERS: Mapping[str, Callable[[str, str], Term]] = {
    "country": _read_country,
    "integer": _read_integer,
    "iri": _read_iri,
    "language": _read_language,
    "string": _read_string,
    "theme": _read_theme,
    "year": _read_year,
}
