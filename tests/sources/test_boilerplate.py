"""Menus, slogans, links and notices of real page shapes are out of the body; sentences next to them stay."""

import pytest
from document_helpers import outline, read, texts

from migkg.sources import parse_document, read_source

# Lines of the annotated pages that belong to the page and not to the text (in tests/gold).
JUNK = [
    ("minsk-cis-iom-memorandum.en.txt", ["WHO WE ARE", "road to the 2030 Agenda", "Where we work", "Take Action", "Partnerships"]),
    ("minsk-cis-iom-memorandum.en.txt", ["SHARE THIS STORY", "Newsletter", "Terms of use", "overney", "Tel", "000"]),
    ("geneva-seydi-second-term.en.txt", ["comunicate", "Acasă", "Misiunea din", "Attachments", "Trimite", "Toate drepturile", "tel."]),
    ("cameroun-minjec-memorandum.fr.txt", ["INFOS GENERALES", "Rechercher", "Abonnez-vous", "Mots-clés", "Réagir", "La rédaction"]),
    ("cote-divoire-magic-system.fr.txt", ["Organisation apparentée", "Organigramme", "Directeur général", "PARTAGER", "bulletin", "tél"]),
    ("niger-burkina-formation-frontieres.fr.txt", ["A propos de nous", "rattachée aux Nations", "Priorités", "Dernières", "Offres d'emploi", "courriel"]),
    ("mercosur-memorando-oim.es.txt", ["Quiénes Somos", "componen 175", "OIM Global", "Comparte", "Facebook", "perfil migratorio", "Acuerdo sobre Residencia"]),
    ("plan-regional-rmrp-bogota.es.txt", ["Saltar", "Portada", "BUSCAR", "Suscríbase", "Internacionales >", "Etiquetas", "comentario", "café", "aves"]),
    ("nrc-ikea-foundation-self-reliance.en.txt", ["Donate", "Expert deployment", "Menu", "Read more", "thousands cross", "hotline", "Prinsens gate"]),
    ("oim-estructura.es.txt", ["English |", "Qué hacemos", "Historia de", "Compartir", "boletín", "Route des Morillons"]),
    ("icmpd-directorates.en.txt", ["Jump to", "Careers", "You are here", "Download", "Making migration better", "Imprint"]),
    ("ministerio-inclusion-organigrama.es.txt", ["Saltar", "[Inicio]", "Inicio >", "útil", "Aviso legal"]),
    ("mexico-inm-estaciones-migratorias.es.txt", ["Comunicado"]),
    ("dili-mtv-exit-concert.en.txt", ["Logo", "http"]),
    ("colombia-cacao-desmovilizados.es.txt", ["Tel:", "+57", "Correo-e", "example.org"]),
    ("accra-sbs-ghana-handover.en.html", ["Our work", "Home >", "cookies", "Further news", "Vienna Migration", "Gonzagagasse", "info@"]),
    ("corea-contribucion-acnur.es.html", ["cookies", "Portada", "WhatsApp", "También te puede", "Medellín", "dólar cierra", "Términos"]),
    ("dgef-directions-services.fr.html", ["Aller directement", "mesure d'audience", "Accueil", "Info-ressources", "Imprimer", "Plan du site"]),
    ("ghana-immigration-governing-council.en.html", ["24/7", "Recruitment", "Quick links", "tip-off", "rights reserved"]),
    ("iom-office-director-general.en.html", ["cookies", "Take Action", "Learn more", "Share this page", "Facebook", "newsletter", "Morillons"]),
    ("luxembourg-entrevue-oim.fr.html", ["Aller au", "cookies", "portail", "Accueil", "Partager", "même dossier", "Agenda des", "légaux"]),
    ("montevideo-plenaria-conferencias.es.html", ["Saltar", "gub.uy", "Trámites", "Inicio", "Política exterior", "Últimas", "Finlandia", "Horario"]),
    ("osce-mongolia-police-course.en.html", ["cookies", "Arms control", "Albania", "Share:", "Read also", "Skopje", "Wallnerstrasse"]),
    ("sarajevo-mediterranean-red-cross.en.html", ["Cookies", "Our promise", "Tweet", "Latest from", "Greece:", "Jobs", "+387"]),
    ("tunisie-comite-pilotage-progres.fr.html", ["traceurs", "Visas", "Partager", "Voir aussi", "Campus France", "Plan du site"]),
    ("ukraine-danish-programme-conference.en.html", ["Skip to", "Українська", "Share this", "Related", "choir", "Mykhailivska", "nkryv", "Local"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines"), JUNK, ids=[f"{name}-{lines[0]}" for name, lines in JUNK])
def test_annotated_pages(name: str, lines: list[str], gold_folder: str) -> None:
    document = parse_document(read_source(f"{gold_folder}/{name}"))
    assert [line for line in lines if line in document.text] == []


SCRAPED = """\
-
Who we are
WHO WE ARESince 1951 the Organization has stood for migration that is orderly and humane; it works in 171 countries.
Structure
Structure
- Offices
- 2030 Agenda
Canada pays for a project in Hanoi
Viet Nam – The Government of Canada has given the money for the project of the Organization.
"The office is grateful for it," said the Chief of Mission in Hanoi on the day of the signing.
For more information, please contact:
Florian Muster
OIM Viet Nam
Tel: +84 9 00000000
Share this page
Read more
"""


def test_scraped_menus() -> None:
    document = read(SCRAPED, "a.txt")
    assert [(kind, text) for kind, _, _, text in outline(document)] == [
        ("heading", "Canada pays for a project in Hanoi"),
        ("paragraph", "Viet Nam – The Government of Canada has given the money for the project of the Organization."),
        ("paragraph", '"The office is grateful for it," said the Chief of Mission in Hanoi on the day of the signing.'),
        ("contact", "For more information, please contact:"),
        ("contact", "Florian Muster"),
        ("contact", "OIM Viet Nam"),
    ]


BODY = "The Government of Canada has given the money for the project of the Organization."


@pytest.mark.parametrize(
    "line",
    [
        # Sentences that begin like a line that ends a text, or hold a bar, an arrow or a year.
        "Share the burden: that is what the High Commissioner asked of the states in the region.",
        "Newsletter writers and journalists of the region were trained in Dakar for a week.",
        "Contact between the two agencies was made in 2003 by the Minister, who had asked for it.",
        "About 500 officers of the Ghana Immigration Service were trained in the course of 2013.",
        "Related activities in the three countries are paid for by the European Union as well.",
        "Home is where the hardest leg of the journey begins, said the Minister of the Interior.",
        "Photographs of the ceremony were shown to the Ambassador of Japan on the same evening.",
    ],
)
def test_sentences_stay(line: str) -> None:
    assert line in read(f"Title of it\n\n{BODY}\n\n{line}\n", "a.txt").text
    assert line in read(f"<h1>Title of it</h1><p>{BODY}</p><p>{line}</p>").text


@pytest.mark.parametrize(
    "about",
    [
        "About IOM\n\nEstablished in 1951, the agency of junk works in 172 countries and is the leading one.",
        "About IOM: Established in 1951, the agency of junk works in 172 countries and is the leading one.",
        "À propos de l’OIM\n\nFondée en 1951, l’organisation de junk est la première de toutes dans le monde.",
        "Acerca de la OIM\n\nFundada en 1951, la organización de junk es la primera de todas las del mundo.",
    ],
)
def test_about_the_publisher(about: str) -> None:
    text = f"Title of it\n\n{BODY}\n\n{BODY[4:]}\n\n{about}\n\nFor more information: Awa Diop, OIM Dakar, tel. +221 00 000 00 00\n"
    assert texts(read(text, "a.txt")) == [
        "Title of it",
        BODY,
        BODY[4:],
        "For more information: Awa Diop, OIM Dakar",
    ]


def test_about_a_project_stays() -> None:
    text = f"Title of it\n\n{BODY}\n\n{BODY[4:]}\n\nAbout the project\n\nThe project is paid for by Norway and runs for two years.\n"
    assert "paid for by Norway" in read(text, "a.txt").text


def test_nothing_but_a_list() -> None:
    text = "Board of Directors\n\n- Ana Ruiz, Chair\n- Awa Diop, Secretary of the Board\n- Office of the Treasurer\n"
    document = read(text, "a.txt")
    assert [(kind, parent) for kind, _, parent, _ in outline(document)] == [("heading", None)] + [("item", 0)] * 3
    assert document.kind == "structure"
