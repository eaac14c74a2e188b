"""Which names of different documents become one thing, and which stay apart; in whatever order they come."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from migkg.linking import resolve_references, stage_record
from migkg.model import Document, Entity, Extraction
from migkg.model.identifiers import ID
from migkg.model.identity import Form
from migkg.rdf import select_record
from migkg.resolve import resolve_extraction
from migkg.resolve.blocking import find_blocks
from migkg.resolve.traits import read_traits
from migkg.store.changes import ReferenceChanges
from support.gold import read_all

GB, OU, NGO, IGO = (
    "GovernmentBody",
    "OrganisationalUnit",
    "NonGovernmentalOrganisation",
    "IntergovernmentalOrganisation",
)
Named = tuple[str, str, str, str | None, str | None]  # language, type, name, country, key of the tables


def things_of(named: Iterable[Named]) -> list[str]:
    """The things of some names, each of a document of its own."""
    references = ReferenceChanges(Path(":memory:"))
    forms = []
    with references.change():
        for number, (language, kind, label, country, key) in enumerate(named):
            name = f"{number}.txt"
            document = Document(source=name, name=name, text=f"The text of {name}.", blocks=(), language=language)
            entity = Entity("e1", kind, label, country=country, key=key)
            extraction = resolve_extraction(Extraction(document, (entity,), ()))
            stage_record(references, select_record(extraction, "named"))
            forms.append(extraction.entities[0].iri or "")
    resolve_references(references)
    found = references.things_of(forms)
    references.close()
    return [found[form] for form in forms]


@pytest.mark.parametrize(
    "named",
    [
        pytest.param(
            [("en", GB, "Ministry of the Interior", "PER", None), ("en", GB, "Ministry of the Interior", "CHL", None)],
            id="one name in two countries",
        ),
        pytest.param(
            [
                ("es", GB, "Comisión Nacional de los Derechos Humanos", "MEX", None),
                ("es", GB, "Comisión Nacional de los Derechos Humanos", "HND", None),
            ],
            id="CNDH",
        ),
        pytest.param(
            [("en", "Government", "DRC", "COD", None), ("en", NGO, "DRC", None, "org:drc-ngo")], id="state and NGO"
        ),
        pytest.param([("en", "Place", "DRC", "COD", None), ("en", NGO, "DRC", None, None)], id="place and NGO"),
        pytest.param([("en", "Place", "Georgia", "GEO", None), ("en", "Place", "Georgia", "USA", None)], id="Georgia"),
        pytest.param(
            [("fr", "Government", "Niger", "NER", None), ("en", "Government", "Nigeria", "NGA", None)], id="Niger"
        ),
        pytest.param(
            [("en", IGO, "IOM", None, "org:iom"), ("en", OU, "IOM in Libya", "LBY", None)], id="whole and office"
        ),
        pytest.param(
            [
                ("en", "Programme", "Border Security Capacity Building Project in Kenya", None, None),
                (
                    "fr",
                    "Programme",
                    "Projet de renforcement des capacités de sécurité des frontières au Niger",
                    None,
                    None,
                ),
            ],
            id="one programme in two countries",
        ),
    ],
)
def test_these_stay_apart(named: list[Named]) -> None:
    assert len(set(things_of(named))) == len(named)
    assert len(set(things_of(reversed(named)))) == len(named)


@pytest.mark.parametrize(
    ("language", "name", "key"),
    [
        pytest.param("fr", "Croix-Rouge suisse", "swiss-red-cross", id="not the first national society"),
        pytest.param("es", "Consejo Danés para los Refugiados", "drc-ngo", id="whose acronym is a country's"),
    ],
)
def test_a_name_leads_to_its_own_row(language: str, name: str, key: str) -> None:
    assert things_of([(language, NGO, name, None, None)]) == [f"{ID}org/{key}"]


def test_a_ministry_is_one_in_three_languages() -> None:
    names = {
        "en": "Ministry of Public Security",
        "fr": "Ministère de la Sécurité publique",
        "es": "Ministerio de Seguridad Pública",
    }
    assert len(set(things_of([(language, GB, name, "VNM", None) for language, name in names.items()]))) == 1


def test_a_ministry_without_a_country_is_no_bridge() -> None:
    name = "Ministry of Public Security"
    one, nowhere, other = things_of([("en", GB, name, country, None) for country in ("VNM", None, "CRI")])
    assert len({one, nowhere, other}) == 3


NOWHERE: tuple[str, str] = ("", "")


@pytest.mark.parametrize(
    ("name", "one", "other", "compared"),
    [
        # place and day of each; an archive has tens of thousands of workshops
        pytest.param("atelier", ("gulu", "2020-03-01"), ("lira", "2021-05-02"), False, id="two workshops"),
        pytest.param("formación", ("gulu", "2020-03-01"), ("lira", "2021-05-02"), False, id="two trainings"),
        pytest.param("atelier", NOWHERE, NOWHERE, False, id="nothing is known of them"),
        pytest.param("atelier", ("gulu", ""), ("gulu", "2020-03-01"), True, id="one place"),
        pytest.param("atelier", ("gulu", "2020-03-01"), ("lira", "2020-03-01"), True, id="one day"),
    ],
)
def test_events_without_a_name_are_compared_by_place_and_day(
    name: str, one: tuple[str, str], other: tuple[str, str], compared: bool
) -> None:
    blocks = []
    for number, (place, day) in enumerate((one, other)):
        around = (("place", f"{ID}place/{place}"),) if place else ()
        days = ((day, ""),) if day else ()
        iri = f"{ID}event/{number}"
        form = Form(iri, "Event", "Event", names=((name, "es"),), dates=days, around=around, named=False)
        blocks.append(find_blocks(form, read_traits(form, {thing: thing for _, thing in around})))
    assert blocks[0].isdisjoint(blocks[1]) is not compared


def test_one_at_a_time_is_all_at_once() -> None:
    """Neither the order of documents nor how many come together changes a thing."""
    records = [select_record(resolve_extraction(extraction), "named") for extraction in read_all()]
    forms = {entity.iri or "" for record in records for entity in record.entities}
    found = []
    for order, together in ((records, len(records)), (records, 1), (records[::-1], 1)):
        references = ReferenceChanges(Path(":memory:"))
        for first in range(0, len(order), together):
            with references.change():
                for record in order[first : first + together]:
                    stage_record(references, record)
            resolve_references(references)
        found.append(references.things_of(forms))
        references.close()
    assert len(set(found[0].values())) < len(forms)
    assert found[0] == found[1] == found[2]
