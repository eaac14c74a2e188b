"""Headers of query files: what is read from them, and what is refused."""

import pytest

from migkg.errors import DataFileError
from migkg.query.catalogue import Parameter, find, load_catalogue, parse_query

GOOD = """#+ title: {en: Title, fr: Titre, es: Título}
#+ question: {en: "Who?", fr: "Qui ?", es: "¿Quién?"}
#+ number: 13
#+ stars: 1
#+ command: migkg network bridges
#+ forms: {chart: {x: who, y: n}}
#+ parameters:
#+   country: {type: country, required: true, description: The country}
#+   lang: {type: language, default: en, description: Language of names}
#+ columns:
#+   who: The actor
#+   n: How many
# an ordinary comment
SELECT ?who ?n { }
"""


def test_a_header_is_read() -> None:
    query = parse_query("who", GOOD)
    assert query.title == {"en": "Title", "fr": "Titre", "es": "Título"}
    assert query.stars == 1
    assert query.parameters == (
        Parameter("country", "country", "The country", required=True),
        Parameter("lang", "language", "Language of names", default="en"),
    )
    assert list(query.columns) == ["who", "n"]
    assert query.text == GOOD
    assert (query.number, query.command) == (13, "migkg network bridges")
    assert query.forms == {"chart": {"x": "who", "y": "n"}}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#+ ", "# ", "who.rq: there is no header"),
        ("#+ stars: 1", "#+ stars: 2", "who.rq: stars: must be 0 or 1"),
        ("#+ stars: 1", "#+ stars: yes", "who.rq: stars: must be 0 or 1"),
        ("number: 13", "number: 0", "who.rq: number: must be a number from 1"),
        ("number: 13", "number: true", "who.rq: number: must be a number from 1"),
        ("command: migkg network bridges", "command: 7", "who.rq: command: must be a text"),
        ("{chart:", "{pie:", "who.rq: forms.pie: unknown form; known are chart, map, network, timeline"),
        ("{x: who, y: n}", "{x: who}", "who.rq: forms.chart: needs x, y and may have series"),
        ("{x: who, y: n}", "{x: who, y: n, z: n}", "who.rq: forms.chart: needs x, y and may have series"),
        ("{x: who, y: n}", "who", "who.rq: forms.chart: needs x, y and may have series"),
        ("y: n}", "y: m}", "who.rq: forms.chart.y: is no column and no parameter of this query"),
        ("#+ stars: 1", "#+ colour: red", "who.rq: colour: unknown key"),
        (", fr: Titre", "", "who.rq: title.fr: missing"),
        ("type: country", "type: land", "who.rq: parameters.country.type: must be one of country"),
        ("required: true", "required: 7", "who.rq: parameters.country.required"),
        ("required: true", "required: true, default: VNM", "who.rq: parameters.country.required"),
        (", description: The country", "", "who.rq: parameters.country.description: missing"),
        ("description: The", "text: The", "who.rq: parameters.country.text: unknown key"),
        ("{type: country", "[type: country", "who.rq: the header is no YAML in header line 8"),
        ("who: The actor", "who: 7", "who.rq: columns.who: the meaning must be a text"),
        ("#+   who: The actor\n#+   n: How many", "#+   - who", "who.rq: columns: must be keys with values"),
        ("title: {en: Title, fr: Titre, es: Título}", "title: Title", "who.rq: title: must be keys with values"),
    ],
)
def test_a_malformed_header_names_file_and_key(old: str, new: str, message: str) -> None:
    with pytest.raises(DataFileError) as caught:
        parse_query("who", GOOD.replace(old, new))
    assert str(caught.value).startswith(message)


def test_every_query_of_the_catalogue_is_read_and_found() -> None:
    names = list(load_catalogue())
    assert names == sorted(names)
    assert find("funders-of") is load_catalogue()["funders-of"]
    assert find("no-such-query") is None
