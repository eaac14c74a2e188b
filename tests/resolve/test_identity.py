"""Which things become one node and which stay two."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from migkg.lines import is_iri
from migkg.model import Document, Entity, Evidence, Extraction, Statement
from migkg.model.identifiers import ID, make_slug
from migkg.resolve import authority_iris, authority_records, resolve_extraction
from migkg.resolve.names import plain_name
from support.gold import gold_files, read_all, read_gold


def document(name: str = "a.txt", language: str = "en") -> Document:
    return Document(source=name, name=name, text=f"The text of {name}.", blocks=(), language=language)


def resolve(*entities: Entity, parts: tuple[tuple[str, str], ...] = (), name: str = "a.txt") -> list[str]:
    """IRIs of some entities of one document; ``parts`` are its (part, whole) statements."""
    evidence = Evidence("The", 0, 3)
    statements = tuple(Statement(part, "partOf", whole, evidence) for part, whole in parts)
    resolved = resolve_extraction(Extraction(document(name), entities, statements))
    return [entity.iri or "" for entity in resolved.entities]


def one(kind: str, label: str, *, name: str = "a.txt", **facts: str | bool | None) -> str:
    return resolve(Entity("e1", kind, label, **facts), name=name)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "country", "key", "local"),
    [
        pytest.param("Government", "CAN", None, "government/CAN", id="state as actor"),
        pytest.param("Government", "CAN", "country:CAN", "government/CAN", id="key of a country"),
        pytest.param("Government", None, "org:ca-gov", "government/CAN", id="row of a government"),
        pytest.param("Place", "CAN", "country:CAN", "country/CAN", id="state as place"),
        pytest.param("IntergovernmentalOrganisation", None, "org:iom", "org/iom", id="organisation"),
        pytest.param("RegionalProcess", None, "process:bali-process", "process/bali-process", id="process"),
        pytest.param("RegionalProcess", None, "process:unnm-forum", "org/unnm", id="in two tables"),
    ],
)
def test_what_the_tables_know(kind: str, country: str | None, key: str | None, local: str) -> None:
    assert one(kind, "Any Name", country=country, key=key) == ID + local


@pytest.mark.parametrize("label", ["Ouagadougou", "Uagadugú"])
def test_a_capital_is_one_in_all_languages(label: str) -> None:
    with_country = one("Place", label, country="BFA")
    assert with_country == authority_iris()["capital:BFA"]
    government = Entity("e1", "Government", "Burkina Faso", country="BFA")
    assert resolve(government, Entity("e2", "Place", label))[1] == with_country


def test_a_town_that_only_bears_the_name_of_a_capital_is_not_it() -> None:
    assert one("Place", "San José") != authority_iris()["capital:CRI"]
    assert one("Place", "San José", country="PHL") != authority_iris()["capital:CRI"]


GB, OU, NGO = "GovernmentBody", "OrganisationalUnit", "NonGovernmentalOrganisation"

# type, name in one document, name in another, and why they are one
SAME = [
    (NGO, "Croix-Rouge malienne", "la Croix Rouge Malienne", "article, hyphen, case"),
    (GB, "Ministerio de Inclusión (España)", "MINISTERIO DE INCLUSION ESPAÑA", "accents"),
    (GB, "Ghana Immigration Service", "the Ghana Immigration Service", "a country in the name"),
    (OU, "IOM Viet Nam", "IOM Viet Nam", "an organisation in the name"),
    (OU, "IOM Council", "the IOM Council", "an organisation has one"),
    ("Person", "M’Hamada Ould Meimou", "M. M'Hamada Ould Meïmou", "form of address"),
    ("Programme", "Strengthening Border Security", "“Strengthening border security”", "quotation marks"),
    ("Instrument", "Global Compact for Migration", "the Global Compact for Migration", "article"),
]

# type, name in both documents, and why it says too little
DIFFERENT = [
    (GB, "Department of Immigration", "no country said"),
    (OU, "Regional Office", "no parent said"),
    (OU, "IOM Office", "an organisation has hundreds"),
    ("Instrument", "Memorandum of Understanding", "head words only"),
    ("Instrument", "National Migration Strategy", "relative word"),
    (NGO, "the Foundation", "head words only"),
    ("Event", "Training Workshop", "head words only"),
    ("Person", "Forster", "family name only"),
]


@pytest.mark.parametrize(("kind", "left", "right", "why"), SAME)
def test_one_thing_in_two_documents(kind: str, left: str, right: str, why: str) -> None:
    assert one(kind, left, name="a") == one(kind, right, name="b"), why


@pytest.mark.parametrize(("kind", "label", "why"), DIFFERENT)
def test_two_things_in_two_documents(kind: str, label: str, why: str) -> None:
    assert one(kind, label, name="a") != one(kind, label, name="b"), why


@pytest.mark.parametrize(("town", "same"), [("Hargeisa", True), ("Bosaso", False)], ids=["one town", "two towns"])
def test_an_office_is_where_it_is(town: str, same: bool) -> None:
    found = []
    for name, seat in (("a", "Hargeisa"), ("b", town)):
        office, place = Entity("e1", OU, "IOM Office"), Entity("e2", "Place", seat, country="SOM")
        based = Statement("e1", "basedIn", "e2", Evidence("The", 0, 3))
        found.append(resolve_extraction(Extraction(document(name), (office, place), (based,))).entities[0].iri)
    assert (found[0] == found[1]) is same


def test_country_and_type_keep_things_apart() -> None:
    assert one(GB, "Department of Immigration", country="LAO") != one(GB, "Department of Immigration", country="VNM")
    assert one(GB, "Department of Immigration", country="LAO") == one(
        GB, "Department of Immigration", country="LAO", name="b"
    )
    assert one(OU, "Regional Office", country="SEN") != one(OU, "Regional Office", country="SEN", name="b")
    assert one("Government", "Viet Nam", country="VNM") != one("Place", "Viet Nam", country="VNM", key="country:VNM")
    assert one("Programme", "Bali Project") != one("Event", "Bali Project")


def test_what_has_no_name_stays_in_its_document_and_apart_in_it() -> None:
    workshops = [Entity(f"e{n}", "Event", "a workshop", named=False) for n in range(2)]
    first, second = resolve(*workshops, name="a"), resolve(*workshops, name="b")
    assert len({*first, *second}) == 4


def test_an_event_that_comes_back_each_year_is_another_one() -> None:
    years = [one("Event", "Regional Conference on Migration", start=f"{year}-05-01") for year in (2012, 2013)]
    assert years[0] != years[1]
    assert one("Event", "Regional Conference on Migration", start="2012", name="b") == years[0]


def test_a_local_name_is_scoped_by_what_it_is_part_of() -> None:
    department = Entity("e1", "GovernmentBody", "Department of Immigration")
    ministry = Entity("e2", "GovernmentBody", "Ministry of Public Security")
    states = [
        Entity("e3", "Government", "Lao PDR", country="LAO"),
        Entity("e3", "Government", "Viet Nam", country="VNM"),
    ]
    chain = (("e1", "e2"), ("e2", "e3"))
    lao, vnm = (resolve(department, ministry, state, parts=chain, name=state.label)[0] for state in states)
    assert lao != vnm
    assert resolve(department, ministry, states[0], parts=chain, name="another release")[0] == lao


def test_parents_in_a_circle_end() -> None:
    units = [Entity(f"e{n}", "OrganisationalUnit", f"Division {n}") for n in range(3)]
    iris = resolve(*units, parts=(("e0", "e1"), ("e1", "e2"), ("e2", "e0"), ("e0", "e0")))
    assert len(set(iris)) == 3


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Organización Internacional para las Migraciones", "organizacion-internacional-para-las-migraciones"),
        ("<script>alert(1)</script>\n\"'", "script-alert-1-script"),
        ("منظمة", ""),
        ("", ""),
        ("Æ ß ﬁ", "ss-fi"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_slugs_are_plain(label: str, slug: str) -> None:
    assert make_slug(label) == slug
    assert is_iri(one("Event", label))
    assert len(one("Event", label)) < 150


def test_names_of_articles_only_keep_their_words() -> None:
    assert plain_name("The The") == "the the"


def test_every_record_of_the_tables_is_well_formed() -> None:
    records = authority_records()
    assert set(records) >= {ID + "org/iom", ID + "process/bali-process", ID + "country/VNM", ID + "government/CAN"}
    for iri, record in records.items():
        assert is_iri(iri)
        assert record.names
        assert all(is_iri(match) for match in (*record.matches, *record.close))
    iom = records[ID + "org/iom"]
    assert iom.names["fr"] == "Organisation internationale pour les migrations"
    assert "OIM" in iom.acronyms
    assert iom.close == ("http://www.wikidata.org/entity/Q472311",)
    assert iom.parent == ID + "org/un"


def test_all_annotated_entities_get_valid_iris_that_do_not_depend_on_order() -> None:
    for extraction in read_all():
        iris = {entity.id: entity.iri for entity in resolve_extraction(extraction).entities}
        assert all(iri and is_iri(iri) for iri in iris.values())


def test_annotated_entities_that_differ_are_not_merged(shared: Path) -> None:
    """The annotators' links say which entities are one; an IRI for two of them is the worst mistake."""
    with (shared / "gold" / "links.csv").open(encoding="utf-8", newline="") as file:
        links = {(row["file"], row["id"]): row["key"] for row in csv.DictReader(file)}
    keys = defaultdict(set)
    for path in gold_files():
        for entity in resolve_extraction(read_gold(path)).entities:
            keys[entity.iri].add(links.get((path.name, entity.id)))
    merged = {iri: found for iri, found in keys.items() if len(found - {None}) > 1}
    # The tables give "ECOWAS Commission" as a name of ECOWAS.
    assert set(merged) <= {ID + "org/ecowas"}
