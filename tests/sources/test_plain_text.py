"""Plain text: wrapped lines become paragraphs; lists, headings and contact lines stay what they are."""

import textwrap

import pytest
from document_helpers import outline, read, texts

# Every line is broken at sixty characters; blank lines part the paragraphs.
WRAPPED = """\
LA OIM ABRE OFICINA EN DJIBOUTI, ENCRUCIJADA DE RUTAS
MIGRATORIAS

Djibouti tendrá desde el 13 de mayo una oficina permanente
de la OIM.  Ese mismo
día la Organización y el Representante regional de la OIM para
África oriental firmarán un acuerdo.

Cede el local el propio Gobierno de Djibouti.

Para más información:

Servicio de Prensa
OIM Ginebra
Tel: +41 00 000 00 00
"""

# Wrapped as well, but nothing parts the paragraphs and the title.
UNSPACED = """\
IOM and Independent States to Sign Memorandum
Closer cooperation between IOM and the Commonwealth of
Independent States (CIS) is the object of a Memorandum to
which Thornton DeWitt and the Executive Secretary, Viktor
Drozhin, will put their names in Minsk today.
The Permanent Representatives of CIS Member States, among
them Armenia, Azerbaijan and Ukraine, will attend it, and
it is to be followed by a press conference.
For further information, please contact:
Marc-Olivier Verney
IOM Geneva
"""

LIST = """\
Directorates

The Centre keeps its hierarchies flat and is led by a Director General in Vienna.

Office of the Director General, Michael Spindelegger

  • Secretariat
  • Information and Communications
Technology
  • Research
      - Statistics
      - Library

DIRECTION OF OPERATIONS
--> Emergencies
------> Logistics
--> Peace
"""


def test_wrapped() -> None:
    assert outline(read(WRAPPED, "a.txt")) == [
        ("heading", 1, None, "LA OIM ABRE OFICINA EN DJIBOUTI, ENCRUCIJADA DE RUTAS MIGRATORIAS"),
        (
            "paragraph",
            0,
            0,
            "Djibouti tendrá desde el 13 de mayo una oficina permanente de la OIM. Ese mismo día la Organización y el "
            "Representante regional de la OIM para África oriental firmarán un acuerdo.",
        ),
        ("paragraph", 0, 0, "Cede el local el propio Gobierno de Djibouti."),
        ("contact", 0, 0, "Para más información:"),
        ("contact", 0, 0, "Servicio de Prensa"),
        ("contact", 0, 0, "OIM Ginebra"),
    ]


@pytest.mark.parametrize("width", [60, 100, 120, 132])
def test_wrapped_at_any_usual_width(width: int) -> None:
    """A line may end before a capital or a quotation mark."""
    said = (
        "The Permanent Representatives of the Member States met in Minsk on Monday with the Executive Secretary of the "
        "Commonwealth of Independent States, Viktor Drozhin. “We have waited for this day since we first spoke of an "
        "office here,” Thornton DeWitt of IOM said after the Ministry of Labour and Social Protection of the Republic of "
        "Belarus and the Government of Sweden had signed. Work begins in May."
    )
    lines = ["A NEW OFFICE", "", *textwrap.wrap(said, width), "", *textwrap.wrap(said, width)]
    assert texts(read("\n".join(lines), "a.txt")) == [
        "A NEW OFFICE",
        said,
        said,
    ]


def test_wrapped_without_blank_lines() -> None:
    assert texts(read(UNSPACED, "a.txt")) == [
        "IOM and Independent States to Sign Memorandum",
        "Closer cooperation between IOM and the Commonwealth of Independent States (CIS) is the object of a Memorandum to "
        "which Thornton DeWitt and the Executive Secretary, Viktor Drozhin, will put their names in Minsk today.",
        "The Permanent Representatives of CIS Member States, among them Armenia, Azerbaijan and Ukraine, will attend it, "
        "and it is to be followed by a press conference.",
        "For further information, please contact:",
        "Marc-Olivier Verney",
        "IOM Geneva",
    ]


def test_lists() -> None:
    assert outline(read(LIST, "a.txt"))[2:] == [
        ("heading", 2, 0, "Office of the Director General, Michael Spindelegger"),
        ("item", 1, 2, "Secretariat"),
        # The rest of an item on a line of its own, in a list that blank lines set off.
        ("item", 1, 2, "Information and Communications Technology"),
        ("item", 1, 2, "Research"),
        ("item", 2, 5, "Statistics"),
        ("item", 2, 5, "Library"),
        # A heading straight above its list is not the rest of the item before.
        ("heading", 2, 0, "DIRECTION OF OPERATIONS"),
        ("item", 1, 8, "Emergencies"),
        ("item", 2, 9, "Logistics"),
        ("item", 1, 8, "Peace"),
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # Title and place run into the first sentence: one flow, as the wrapping shows.
        (
            "Tunisia - More Charter Flights for Egyptians Who Fled\nLibya - As many as 8,800 Egyptian migrants are\n"
            "to be flown from Djerba in Tunisia to Cairo, thanks to charter\nplanes which the British government has "
            "given.\n\nIn nine days more than 75,000 people have poured out of Libya and\ninto Tunisia. Tens of thousands more are stuck on the Libyan side\nof the crossing.",
            "Tunisia - More Charter Flights for Egyptians Who Fled Libya - As many as 8,800 Egyptian migrants are to be flown "
            "from Djerba in Tunisia to Cairo, thanks to charter planes which the British government has given.",
        ),
        # One line a paragraph: each stays one.
        (
            "The Minister opened the meeting that the Organization holds in Dakar every year.\n"
            "The Ambassador of Japan spoke after him and praised the work of all who were there.",
            "The Minister opened the meeting that the Organization holds in Dakar every year.",
        ),
        # A single break within a sentence of a text that is not wrapped.
        (
            "Fuera de la Sede, la Organización es la que hace lo que los Estados le piden y es lo que\n"
            "le permite atender los pedidos de todos.\nLa segunda frase del texto está en una línea y es larga también.",
            "Fuera de la Sede, la Organización es la que hace lo que los Estados le piden y es lo que le permite atender los "
            "pedidos de todos.",
        ),
        # Windows and old Macintosh ends of lines.
        ("The Government of Canada and the Organization have\r\ngiven the money.", "The Government of Canada and the Organization have given the money."),
        # A number of a year at the start of a line is no list marker.
        (
            "The plan that was adopted by the Council in the year of\n2013. It was the first of its kind in the region and the\n"
            "last one that the Council has adopted since it was set up.",
            "The plan that was adopted by the Council in the year of 2013. It was the first of its kind in the region and the "
            "last one that the Council has adopted since it was set up.",
        ),
    ],
    ids=["flow", "line-a-paragraph", "single-break", "crlf", "year"],
)  # fmt: skip
def test_first_block(text: str, first: str) -> None:
    assert texts(read(text, "a.txt"))[0] == first


def test_title_and_dateline() -> None:
    document = read(
        "Comunicado\nGlobal\n\nMERCOSUR y OIM suscriben un memorando\nMiércoles, 13 de noviembre de 2019\n"
        "El Mercado Común del Sur y la OIM acaban de suscribir un memorando que les permitirá trabajar.\n",
        "a.txt",
    )
    assert document.title == "MERCOSUR y OIM suscriben un memorando"
    assert document.published == "2019-11-13"
    assert [(kind, text) for kind, _, _, text in outline(document)][:2] == [
        ("heading", "MERCOSUR y OIM suscriben un memorando"),
        ("dateline", "Miércoles, 13 de noviembre de 2019"),
    ]


def test_date_above_title() -> None:
    document = read(
        "10/10/2025\n\nConcluye el proyecto\n\nLa Asociación y la FIAP tocan a su fin y es lo que se ha dicho.\n",
        "a.txt",
    )
    assert (document.title, document.published) == ("Concluye el proyecto", "2025-10-10")
    assert not document.text.startswith("10/10")


SUBTITLE = "Twelve vehicles and three boats are to help the border police of the country watch over its northern coast"
PROSE = "The Government of Canada has given the money for the project of the Organization in Viet Nam."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # A subtitle is longer than a title and stands alone under it.
        (f"Canada pays for a project\n\n{SUBTITLE}\n\n{PROSE}\n", "Canada pays for a project"),
        # A letterhead is shorter than the title under it.
        (f"International Organization for Migration\n\nCanada pays for a project in Viet Nam\n\n{PROSE}\n", "Canada pays for a project in Viet Nam"),
        # A question ends like a sentence.
        (f"How can states protect their nationals in a country that falls into crisis overnight?\n\n{PROSE}\n", "How can states protect their nationals in a country that falls into crisis overnight?"),
        # Straight into the text.
        (f"{PROSE}\n\n{PROSE[4:]}\n", None),
    ],
    ids=["subtitle", "letterhead", "question", "none"],
)  # fmt: skip
def test_titles(text: str, title: str | None) -> None:
    assert read(text, "a.txt").title == title
