"""Values of parameters as people write them."""

import pytest

from migkg.errors import UsageError
from migkg.query.catalogue import Parameter, parse_query
from migkg.query.parameters import read_free_parameters, read_parameters, read_value, shorten, split_parameters
from migkg.rdf.namespaces import ID, MG, XSD
from migkg.store.base import Term

QUERY = parse_query(
    "sample",
    """#+ title: {en: t, fr: t, es: t}
#+ question: {en: q, fr: q, es: q}
#+ parameters:
#+   country: {type: country, required: true, description: The country}
#+   from: {type: year, description: First year}
#+   lang: {type: language, default: en, description: Language of names}
SELECT * { }
""",
)


def value(kind: str, text: str, name: str = "p") -> Term:
    return read_value(Parameter(name, kind, "…"), text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("VNM", "VNM"),
        ("vnm", "VNM"),
        ("VN", "VNM"),
        ("Viet Nam", "VNM"),
        ("Viêt Nam", "VNM"),
        ("Socialist Republic of Viet Nam", "VNM"),
        ("Côte d’Ivoire", "CIV"),
        ("costa de marfil", "CIV"),
        ("République démocratique du Congo", "COD"),
        ("États-Unis", "USA"),
        ("Estados Unidos", "USA"),
        ("Níger", "NER"),  # not Nigeria
        ("CS", "SCG"),  # a code of two withdrawn states would be ambiguous; see below
    ],
)
def test_countries(text: str, code: str) -> None:
    if text == "CS":
        with pytest.raises(UsageError, match="may be CSK or SCG"):
            value("country", text)
    else:
        assert value("country", text) == Term("literal", code)


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("country", "Atlantis", "is no country"),
        ("country", "Veit Nam", "did you mean VNM"),
        ("country", "", "is no country"),
        ("country", "VNM} UNION {?s ?p ?o", "is no country"),
        ("year", "16", "four digits"),
        ("year", "2016-01", "four digits"),
        ("year", "２０１６", "four digits"),
        ("integer", "1e3", "whole number"),
        ("integer", "9" * 30, "whole number"),
        ("language", "de", "one of en, es, fr"),
        ("iri", "nobody knows this", "is no IRI"),
        ("iri", "http://e/a b", "is no IRI"),
        ("iri", "http://e/a> ?x ?y . <http://e/b", "is no IRI"),
        ("iri", "org:a b", "not an IRI"),
        ("iri", "ISS", "may be"),
        ("string", "\ud800", "not valid text"),
    ],
)
def test_refused(kind: str, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        value(kind, text)


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("org:iom", ID + "org/iom"),
        ("process:bali-process", ID + "process/bali-process"),
        ("government:VNM", ID + "government/VNM"),
        ("country:VNM", ID + "country/VNM"),
        ("org:at-gov", ID + "government/AUT"),  # a government that the table of organisations lists
        ("id:event/x-1", ID + "event/x-1"),
        ("mg:funds", MG + "funds"),
        ("https://example.org/a", "https://example.org/a"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("IOM", ID + "org/iom"),
        ("oim", ID + "org/iom"),
        ("Organisation internationale pour les migrations", ID + "org/iom"),
        ("Government of Australia", ID + "government/AUS"),
        ("Abu Dhabi Dialogue", ID + "process/abu-dhabi-dialogue"),
    ],
)
def test_things(text: str, iri: str) -> None:
    assert value("iri", text) == Term("uri", iri)


def test_a_relation_by_its_name() -> None:
    assert value("iri", "funds", "predicate") == Term("uri", MG + "funds")


def test_numbers_and_texts() -> None:
    assert value("year", "2016") == Term("literal", "2016", datatype=XSD + "integer")
    assert value("integer", "-07") == Term("literal", "-7", datatype=XSD + "integer")
    assert value("string", ' " } # ') == Term("literal", ' " } # ')
    assert value("language", "fr") == Term("literal", "fr")


def test_defaults_fill_what_is_not_given() -> None:
    assert read_parameters(QUERY, {"country": "Canada"}) == {
        "country": Term("literal", "CAN"),
        "lang": Term("literal", "en"),
    }


def test_unknown_and_missing_parameters_name_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no parameter 'land'; it has: country, from, lang"):
        read_parameters(QUERY, {"land": "VNM"})
    with pytest.raises(UsageError, match="needs -p country=…: The country"):
        read_parameters(QUERY, {})


def test_splitting() -> None:
    assert split_parameters(["a=b=c", "?x=1", "e="]) == {"a": "b=c", "x": "1", "e": ""}
    for wrong in (["a"], ["=b"], ["a=1", "a=2"]):
        with pytest.raises(UsageError):
            split_parameters(wrong)


def test_variables_of_a_query_without_header() -> None:
    given = {"s": "<http://e/a>", "n": "12", "t": "12a", "q": '"12"'}
    assert read_free_parameters("SELECT * { ?s ?n ?t . ?q ?r ?t }", given) == {
        "s": Term("uri", "http://e/a"),
        "n": Term("literal", "12", datatype=XSD + "integer"),
        "t": Term("literal", "12a"),
        "q": Term("literal", "12"),
    }
    with pytest.raises(UsageError, match=r"no variable \?x; it has: p, s"):
        read_free_parameters('SELECT ?s { ?s ?p "?x" }', {"x": "1"})


def test_short_forms_read_back() -> None:
    for iri in (ID + "org/iom", ID + "event/x-1", MG + "funds", "https://schema.org/funder"):
        assert value("iri", shorten(iri)) == Term("uri", iri)
    assert shorten("urn:x") == "urn:x"
