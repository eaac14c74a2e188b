"""Whether two phrases speak of one thing, where a name ends, and what a word of denial leaves of a claim."""

import pytest

from migkg.extract.release import extract_release
from migkg.model import Block, Document, Extraction


def read(code: str, text: str) -> Extraction:
    return extract_release(Document("example", "example", text, (Block("paragraph", 0, len(text)),), code))


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
