"""Programmes and events by country."""

import pytest

from migkg.network.compare import Tie
from migkg.network.evidence import Claim, Source
from migkg.network.places import locate, read_countries
from migkg.store import memory_store
from support.browsing import node

NODES = {
    "urn:p": node("Project", "Programme"),
    "urn:q": node("Fund", "Programme"),
    "urn:e": node("Meeting", "Event"),
    "urn:tunis": node("Tunis", "Place"),
    "urn:sfax": node("Sfax", "Place"),
    "urn:africa": node("West Africa", "Place"),
    "urn:o": node("Office", "OrganisationalUnit"),
}
WITHIN = {"urn:tunis": "TUN", "urn:sfax": "TUN"}


def ties(*lines: str) -> list[Tie]:
    said = (Claim("urn:c", "words", Source("urn:s")),)
    return [(s, p, o, said) for s, p, o in (line.split() for line in lines)]


@pytest.mark.parametrize(
    ("lines", "programmes", "events", "regions", "placeless"),
    [
        pytest.param(["urn:p covers urn:tunis"], 1, 0, 0, 2, id="a programme"),
        pytest.param(["urn:p covers urn:tunis", "urn:p covers urn:sfax"], 1, 0, 0, 2, id="two towns, one country"),
        pytest.param(["urn:e takesPlaceIn urn:tunis"], 0, 1, 0, 2, id="an event"),
        pytest.param(["urn:p covers urn:africa"], 0, 0, 1, 2, id="a region"),
        pytest.param(["urn:p covers urn:africa", "urn:p covers urn:sfax"], 1, 0, 1, 2, id="a region and a country"),
        pytest.param(["urn:o basedIn urn:tunis"], 0, 0, 0, 3, id="where an office is says nothing of its programmes"),
    ],
)
def test_where_things_are(lines: list[str], programmes: int, events: int, regions: int, placeless: int) -> None:
    located = locate(NODES, ties(*lines), WITHIN)
    counts = [located.count("TUN", kind) if "TUN" in located.countries else 0 for kind in ("Programme", "Event")]
    assert counts == [programmes, events]
    assert len(located.regions) == regions
    assert sum(map(len, located.placeless.values())) == placeless
    assert located.totals == {"Programme": 2, "Event": 1}


def test_a_town_lies_in_the_country_of_the_table_and_a_region_of_two_in_none() -> None:
    lines = (
        ("country/TUN", "a", "mg:Place"),
        ("country/TUN", "mg:country", '"TUN"'),
        ("country/LBY", "mg:country", '"LBY"'),
        ("place/tunis", "a", "mg:Place"),
        ("place/tunis", "dcterms:isPartOf", "country/TUN"),
        ("place/medina", "a", "mg:Place"),
        ("place/medina", "dcterms:isPartOf", "place/tunis"),
        ("place/border", "a", "mg:Place"),
        ("place/border", "dcterms:isPartOf", "country/TUN"),
        ("place/border", "dcterms:isPartOf", "country/LBY"),
    )
    from migkg.rdf.namespaces import ID, PREFIXES, RDF

    def term(text: str) -> str:
        prefix, colon, name = text.partition(":")
        if text == "a":
            return f"<{RDF}type>"
        return text if text[0] == '"' else f"<{PREFIXES[prefix]}{name}>" if colon else f"<{ID}{text}>"

    store = memory_store()
    store.replace_graph("urn:g", [f"{' '.join(map(term, line))} <urn:g> ." for line in lines])
    assert read_countries(store) == {f"{ID}{p}": "TUN" for p in ("country/TUN", "place/medina", "place/tunis")}
