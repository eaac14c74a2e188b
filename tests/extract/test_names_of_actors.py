"""Organisations, governments, offices at places: which words are a name, how far it reaches, and what it is."""

import pytest

from support.reading import found, read

BODY, NGO, UNIT = "GovernmentBody", "NonGovernmentalOrganisation", "OrganisationalUnit"
STATE, IGO, COMPANY, SCHOOL = "Government", "IntergovernmentalOrganisation", "Company", "AcademicInstitution"

ORGANISATIONS = [
    # --- the head word and how far the name reaches
    ("en", "The Liberian Immigration Service sent ten men.", (BODY, "Liberian Immigration Service")),
    ("en", "He met the Ministry of Labour, Social Protection and Family of Moldova.",
     (BODY, "Ministry of Labour, Social Protection and Family of Moldova")),
    ("en", "It was checked by the University of Nairobi last year.", (SCHOOL, "University of Nairobi")),
    ("en", "The All-China Women's Federation took part.", (NGO, "All-China Women's Federation")),
    ("en", "It came from the Office of the Special Representative for Migration.",
     (UNIT, "Office of the Special Representative for Migration")),
    ("en", "The Service for Foreigners' Affairs runs the centre.", (BODY, "Service for Foreigners' Affairs")),
    ("en", "The National Agency Against Trafficking in Persons spoke.",
     (BODY, "National Agency Against Trafficking in Persons")),
    ("en", "He spoke for the OSCE Mission to Skopje.", (UNIT, "OSCE Mission to Skopje")),
    ("en", "An officer works at IOM's Headquarters.", (UNIT, "IOM's Headquarters")),
    # two bodies, not one with a long name
    ("en", "Experts of the Migrant Smuggling Section and the Crime Unit came.", (UNIT, "Migrant Smuggling Section")),
    ("en", "Meghna Overseas Ltd and Al-Noor Ltd signed.", (COMPANY, "Meghna Overseas Ltd")),
    # the nationality belongs to the second body
    ("en", "The Development Agency of the Georgian Ministry of Justice spoke.", (BODY, "Georgian Ministry of Justice")),
    ("fr", "Le Ministère vietnamien de la sécurité publique a invité des agents.",
     (BODY, "Ministère vietnamien de la sécurité publique")),
    ("es", "El Ministerio de Relaciones Exteriores del Paraguay firmó el acta.",
     (BODY, "Ministerio de Relaciones Exteriores del Paraguay")),
    # --- written small, but it says whose it is
    ("en", "Cars went to the gendarmerie and police of Mauritania.", (BODY, "gendarmerie")),
    ("en", "Cars went to the gendarmerie and police of Mauritania.", (BODY, "police of Mauritania")),
    # --- no head word: the company that a name keeps
    ("en", "It was studied by the consultancy firm Samuel Hall in May.", (COMPANY, "Samuel Hall")),
    ("en", "Lorena Iraheta, of the Salvadoran think tank FUSADES, spoke.", (SCHOOL, "FUSADES")),
    ("en", "The non-governmental organizations La Strada Belarus and Gender Perspectives helped.",
     (NGO, "Gender Perspectives")),
    ("en", "The stage was shared by Superman Is Dead (SID) and others.", (NGO, "Superman Is Dead")),
    ("fr", "Le projet est mené avec l'ONG Terre Nouvelle depuis mars.", (NGO, "Terre Nouvelle")),
    ("es", "El taller fue impartido por la ONG Manos Abiertas ayer.", (NGO, "Manos Abiertas")),
    # an office does not take the name of the body it is held in; small words of a name explain its acronym
    ("fr", "Le secrétaire général de l'Union générale tunisienne du travail est venu.",
     (NGO, "Union générale tunisienne du travail")),
    ("fr", "Il a vu Solidarité paysanne sans frontières (SPSF) hier.", (NGO, "Solidarité paysanne sans frontières")),
    ("es", "La Coordinadora Mesoamericana de Pueblos vino.", (NGO, "Coordinadora Mesoamericana de Pueblos")),
    ("es", "Dirigió el Hospital Erasmo Meoz.", (BODY, "Hospital Erasmo Meoz")),
    # a national charity is not the worldwide one
    ("en", "IOM and Caritas Senegal opened a shelter.", (NGO, "Caritas Senegal")),
    ("fr", "L'OIM et Caritas Sénégal ont ouvert un centre.", (NGO, "Caritas Sénégal")),
    # --- offices at places
    ("en", "Staff of UNHCR Colombia visited the camp.", (UNIT, "UNHCR Colombia")),
    ("es", "El personal de ACNUR Colombia visitó el campamento.", (UNIT, "ACNUR Colombia")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "wanted"), ORGANISATIONS, ids=[f"{o[0]}:{o[2][1]}" for o in ORGANISATIONS])
def test_an_organisation_is_found_with_its_type(code, text, wanted):
    assert wanted in found(read(code, text), "actor")


NO_ORGANISATIONS = [
    # groups of people, not their body
    ("en", "Chinese border guards were trained.", {"Chinese border guards"}),
    # the start of a long name
    ("en", "Vehicles of the Sardar Patel (SVP) National Police Academy arrived.", {"Sardar Patel"}),
    # a headline with a capital on every word
    ("en", "IFRC Network Keeps Reception Centres Warm", {"IFRC Network Keeps Reception Centres Warm"}),
]


@pytest.mark.parametrize(("code", "text", "wrong"), NO_ORGANISATIONS, ids=[n[1][:30] for n in NO_ORGANISATIONS])
def test_words_that_are_no_organisation(code, text, wrong):
    reading = read(code, "It was a long day.", heading=text) if text.endswith("Warm") else read(code, text)
    assert not wrong & {label for _, label in found(reading, "actor")}


GOVERNMENTS = [
    ("en", "The Government of Japan pays for it.", "JPN"),
    ("en", "Thai officials took part.", "THA"),
    ("en", "It was handed to the Tanzanian Government.", "TZA"),
    ("fr", "Le gouvernement péruvien finance le projet.", "PER"),
    ("fr", "Le Gouvernement de la République du Niger a signé l'accord.", "NER"),
    ("es", "El gobierno peruano financia el proyecto.", "PER"),
    ("es", "Autoridades hondureñas asistieron al taller.", "HND"),
]


@pytest.mark.parametrize(("code", "text", "country"), GOVERNMENTS, ids=[f"{g[0]}:{g[2]}" for g in GOVERNMENTS])
def test_a_state_that_acts_is_a_government(code, text, country):
    states = [t for t in read(code, text).cast.things if t.type == STATE and t.spans]
    assert [t.country for t in states] == [country]


@pytest.mark.parametrize(
    ("code", "text", "body", "whole"),
    [
        # the country said once for two bodies
        ("en", "He thanked the gendarmerie and police of Mauritania.", "gendarmerie", "MRT"),
        ("en", "Staff of the Ghana Immigration Service came.", "Ghana Immigration Service", "GHA"),
        ("fr", "La Police nationale du Niger a reçu des motos.", "Police nationale du Niger", "NER"),
        ("es", "La Policía Nacional de Honduras recibió motos.", "Policía Nacional de Honduras", "HND"),
    ],
)
def test_a_body_is_part_of_the_state_that_its_name_says(code, text, body, whole):
    drafts = read(code, text).drafts
    assert (body, whole) in {(d.subject.label, d.object_.country) for d in drafts if d.predicate == "partOf"}
