"""Whether two phrases speak of one thing, where a name ends, and what a word of denial leaves of a claim."""

import pytest

from migkg.extract.candidates import legal
from migkg.extract.model import strongest
from migkg.extract.release import extract_release, read_release
from migkg.model import Block, Document, Extraction


def document(code: str, text: str) -> Document:
    return Document("example", "example", text, (Block("paragraph", 0, len(text)),), code)


def read(code: str, text: str) -> Extraction:
    return extract_release(document(code, text))


NGO = "NonGovernmentalOrganisation"


def labels(extraction: Extraction, *types: str) -> set[str]:
    return {e.label for e in extraction.entities if e.type in types}


@pytest.mark.parametrize(
    ("code", "text", "events"),
    [
        # The opening of a workshop is no second event …
        ("en", "IOM organised a workshop on trafficking in Accra. Ghana and Togo attended the opening session.", 1),
        ("fr", "L’OIM a organisé un atelier sur la traite à Dakar. Le Sénégal a participé à l’ouverture.", 1),
        ("es", "La OIM organizó un taller sobre trata en Lima. El Perú y Chile participaron en la inauguración.", 1),
        # … but that of a building is one of its own.
        ("en", "IOM organised a workshop in Accra. Ghana attended the inauguration of the centre.", 2),
    ],
)
def test_a_part_of_an_event_is_that_event(code: str, text: str, events: int) -> None:
    assert len(labels(read(code, text), "Event")) == events


@pytest.mark.parametrize(
    ("code", "text", "types", "label"),
    [
        ("es", "La red «Oficios que Arraigan» colabora con la OIM.", (NGO,), "Oficios que Arraigan"),
        ("es", "La AECID financia «Paso Firme», proyecto que ejecuta la OIM.", ("Programme",), "Paso Firme"),
        ("fr", "L’Union européenne finance le projet MASE-Justice.", ("Programme",), "MASE-Justice"),
        ("es", "Asistieron el Ministerio de Salud, la Policía Nacional y la CONFIEP.", (NGO,), "CONFIEP"),
        ("en", "The project works in Baucau, Dili and Suai.", ("Place",), "Suai"),
        ("en", "The officers travelled to Holili on Monday.", ("Place",), "Holili"),
    ],
)  # fmt: skip
def test_names(code: str, text: str, types: tuple[str, ...], label: str) -> None:
    assert label in labels(read(code, text), *types)


@pytest.mark.parametrize(
    ("code", "text", "label"),
    [
        ("en", "Evidence was gathered by the University of Nairobi.", "Nairobi"),
        ("en", "The meeting was attended by the ICRC and NGOs.", "NGOs"),
        ("fr", "L’OIM a signé un accord avec la Commune de Nouakchott.", "Nouakchott"),
    ],
)
def test_no_names(code: str, text: str, label: str) -> None:
    assert label not in {e.label for e in read(code, text).entities}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Norway has never, for all that was written, been among the donors of the project that IOM implements."),
        ("fr", "Le projet que l’OIM exécute n’est pas, contrairement à ce qui a été dit, un don de la Norvège."),
        ("es", "Noruega no figura, pese a lo que se ha dicho, entre los donantes del proyecto que ejecuta la OIM."),
    ],
)
def test_what_is_denied_is_not_stated(code: str, text: str) -> None:
    extraction = read(code, text)
    norway = {e.id for e in extraction.entities if e.country == "NOR"}
    assert not [s for s in extraction.statements if s.predicate == "funds" and s.subject in norway]


def test_a_donor_between_a_project_and_its_name() -> None:
    text = (
        "The ceremony was part of an IOM project funded by the European Union: “Strengthening Borders in Mauritania”."
    )
    extraction = read("en", text)
    (donor,) = (e.id for e in extraction.entities if e.key == "org:eu")
    (project,) = (e.id for e in extraction.entities if e.type == "Programme")
    assert (donor, "funds", project) in {(s.subject, s.predicate, s.object) for s in extraction.statements}


def test_a_wish_in_another_sentence_makes_no_plan_of_this_one() -> None:
    """No rule knows the first sentence; the model pairs its ends, and "called" stands two sentences later."""
    text = (
        "The Government of Japan is providing 220 million Japanese yen to promote orderly, safe and regular migration "
        "in the Lao People’s Democratic Republic through support to the immigration and border management programming "
        "of IOM. IOM thanked the Government of Japan and called the funds very timely."
    )
    extraction = read("en", text)
    names = {e.id: e.label for e in extraction.entities}
    given = {
        (names[s.object], s.status)
        for s in (*extraction.statements, *extraction.unasserted)
        if s.predicate == "funds" and names[s.subject] == "Government of Japan" and s.amount
    }
    assert given == {("immigration and border management programming", "stated")}


def edges(extraction: Extraction) -> set[tuple[str, str, str]]:
    labels_ = {e.id: e.label for e in extraction.entities}
    return {(labels_[s.subject], s.predicate, labels_[s.object]) for s in extraction.statements if s.status == "stated"}


@pytest.mark.parametrize(
    ("code", "text"),
    [
        # The agent of one participle is not what the next one is said of.
        ("es", "El proyecto fue ejecutado por la OIM y financiado por Estados Unidos."),
        ("fr", "Le projet a été conduit par l’OIM et financé par les États-Unis."),
        ("en", "The project was implemented by IOM and funded by the United States."),
    ],
)
def test_who_funds_the_project_does_not_fund_who_runs_it(code: str, text: str) -> None:
    rules = {d.rule for d in read_release(document(code, text)).drafts if d.predicate == "funds" and d.object_.actor}
    assert not rules


@pytest.mark.parametrize(
    ("code", "text", "acting"),
    [
        # "China" says where Suzhou is.
        ("en", "The workshop in Suzhou, China, was organised by IOM.", set()),
        ("es", "El taller, organizado por la OIM en Suzhou, China, reunió a 40 funcionarios.", set()),
        ("fr", "L’atelier de Kisumu (Kenya) a été organisé par l’OIM.", set()),
        # A list of states that begins after a town.
        ("en", "After the opening in Lomé, Togo, Benin and Ghana organised a workshop.", {"Benin", "Ghana"}),
    ],
)
def test_a_country_after_its_town_does_nothing(code: str, text: str, acting: set[str]) -> None:
    found = edges(read(code, text))
    states = {subject for subject, _, _ in found if subject.startswith(("Government", "Gouvernement", "Gobierno"))}
    assert acting <= {state.removeprefix("Government of ") for state in states}
    assert bool(states) == bool(acting)


def test_an_ambassador_is_of_another_state_than_the_one_spoken_of() -> None:
    said = "Yemen needs help, the Director General of IOM told Ambassador Tariq Salem. The Government of Yemen agreed."
    assert ("Tariq Salem", "worksFor", "Government of Yemen") not in edges(read("en", said))


def test_members_are_of_the_organisation_not_of_its_secretariat() -> None:
    text = (
        "The Economic Cooperation Organization (ECO), which has its Secretariat in Tehran, unites Iran, Pakistan and"
        " Kazakhstan."
    )
    found = edges(read("en", text))
    assert {o for _, p, o in found if p == "memberOf"} <= {"Economic Cooperation Organization"}
    assert ("Secretariat in Tehran", "partOf", "Economic Cooperation Organization") in found


def test_a_name_with_the_acronym_of_a_known_body_is_that_body() -> None:
    found = read("en", "Brazil thanked UNHCR. The Office of the High Commissioner for Refugees (UNHCR) is in Geneva.")
    assert len([e for e in found.entities if e.type not in {"Government", "Place"}]) == 1


def test_a_verb_in_a_headline_is_no_part_of_a_name() -> None:
    heading = "IOM and ECO to Sign Memorandum on Managing Migration"
    text = f"{heading}\n\nIOM and the Economic Cooperation Organization sign a Memorandum of Understanding today."
    blocks = (Block("heading", 0, len(heading)), Block("paragraph", len(heading) + 2, len(text)))
    found = extract_release(Document("example", "example", text, blocks, "en"))
    assert not [e.label for e in found.entities if e.label.startswith("Sign")]


@pytest.mark.parametrize(
    ("subject", "object_", "relations"),
    [
        ("Government", "OrganisationalUnit", {"cooperatesWith", "funds"}),
        ("GovernmentBody", "Programme", {"funds", "implements", "partnersIn"}),
        ("Government", "Place", set()),
        ("Programme", "Event", {"funds"}),
        ("Event", "Programme", {"partOf"}),
        ("Government", "RegionalProcess", {"cooperatesWith", "funds", "memberOf"}),
    ],
)
def test_which_relations_two_types_can_have(subject: str, object_: str, relations: set[str]) -> None:
    assert set(legal(subject, object_)) == relations


def test_a_person_has_one_employer_the_likeliest() -> None:
    found = [("worksFor", "a", 0.4), ("partOf", "a", 0.3), ("worksFor", "a", 0.7), ("worksFor", "b", 0.5)]
    assert strongest(found) == [1, 2, 3]
