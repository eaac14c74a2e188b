"""Contact details: gone in every form, while amounts, years, file numbers and names stay."""

import pytest

from migkg.text.contacts import drop_contacts, has_contact, split_contact

# Text of a contact block, and what is left of it.
BLOCKS = [
    ("For more information: Roshni Vakharia, Tel: + 41 00 000 0000, E-mail: r.v@example.org", "For more information: Roshni Vakharia"),
    ("Contact: Amra Begić, IFRC, +387 00 000 000, a.b@example.org", "Contact: Amra Begić, IFRC"),
    ("Radu Stanciu, IOM Bucharest, tel. 00 000 00 00", "Radu Stanciu, IOM Bucharest"),
    ("Jane Roe (tel. +1 202 555 0100), IOM Washington", "Jane Roe, IOM Washington"),
    ("Jane Roe, IOM Washington; phone: (202) 555-0100 ext. 12; fax: (202) 555-0101", "Jane Roe, IOM Washington"),
    ("Jane Roe | IOM Manila | 02 848 1260 | 0917 555 01 00", "Jane Roe | IOM Manila"),
    ("Jane Roe, jroe (at) example.org, or John Doe, jdoe[at]example[dot]org", "Jane Roe, or John Doe"),
    ("Follow Jane Roe on Twitter: @janeroe_iom", "Follow Jane Roe on"),
    ("WhatsApp: +591 700 00000, Skype: iom.lapaz", ""),
    ("Email: iom@example.org", ""),
    ("Tel:", ""),
    ("IOM Headquarters, 17 Route des Morillons, Geneva", "IOM Headquarters, Geneva"),
    ("OIM Bogotá, Carrera 14 No. 93, piso 5, Colombia", "OIM Bogotá, Colombia"),
    ("Pour en savoir plus : Awa Diop, OIM Dakar, tél. : +221 00 000 00 00, courriel : a.diop@example.org", "Pour en savoir plus : Awa Diop, OIM Dakar"),
    ("Awa Diop, portable : 06 00 00 00 00, télécopie : 01 00 00 00 00", "Awa Diop"),
    ("Awa Diop, Mél. : awa arobase example.org", "Awa Diop"),
    ("Awa Diop, mél : awa [arobase] example.org", "Awa Diop"),
    ("Prensa, OIM Bogotá, Tel: +57 1 000 00 00, Correo-e: bogota@example.org", "Prensa, OIM Bogotá"),
    ("Prensa OIM, teléfono (57) 1 000 00 00, celular 300 000 00 00.", "Prensa OIM."),
    ("Ana Ruiz, correo electrónico: ana.ruiz(arroba)example.org", "Ana Ruiz"),
]  # fmt: skip

# Running text that must come through as it is.
PROSE = [
    "The project has a budget of US$ 2,500,000 for 2013-2015, of which 1 250 000 are spent.",
    "Some 10 000 000 people and 2 500 officers from 12 provinces took part in 2004 and 2005.",
    "Between 1998 and 2014 the Organization grew from 67 to 166 members.",
    "Resolution 1373 (2001) and file no. 2013/00018/ABC were quoted on 28/04/2011 and 2011-04-28.",
    "The contract EuropeAid/135-794/DH/ACT is worth €12 345 678.",
    "An officer in one town ought to have the telephone number of one in the other.",
    "They will email it to the office, 500 000 copies in all.",
    "The hotline received 120 000 calls and the mobile teams saw 4 500 patients.",
    "Unemployment rose by +10 % and remittances by +1.5 million.",
    "The office moved to 17 Route des Morillons in 1995.",
    "Le budget de 274 098 euros couvre 2018-2020 ; 608 000 personnes ont franchi la frontière le 24 avril.",
    "Le don vaut 44.111.898 FCFA ; la loi n° 2004-572 du 17 juin 2004 s’applique.",
    "La donación de 1.400.000.000 de pesos (Decreto 501/2024, de 21 de mayo) llegó a 25.118 migrantes.",
    "El plan 2020-2024 prevé 1.350 millones de dólares; el teléfono no sonó en toda la mañana.",
    "Flight KL0566 left at 14:30 with 120 persons, IOM case numbers 100200300 to 100200420.",
]


@pytest.mark.parametrize(("text", "left"), BLOCKS)
def test_contact_blocks(text: str, left: str) -> None:
    assert drop_contacts(text, contact_block=True) == left


@pytest.mark.parametrize("text", PROSE)
def test_prose(text: str) -> None:
    assert drop_contacts(text) == text
    assert not has_contact(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Write to info@example.org before Friday.", "Write to before Friday."),
        ("He can be reached at +41 22 717 91 11, she said.", "He can be reached at, she said."),
        ("Appelez le +33 (0)1 44 00 00 00 pour vous inscrire.", "Appelez le pour vous inscrire."),
        ("Llame al tel. +34 91 000 00 00.", "Llame al."),
        ("See twitter.com/unmigration and @UNmigration for more.", "See and for more."),
    ],
)
def test_details_in_prose(text: str, left: str) -> None:
    assert drop_contacts(text) == left


def test_split() -> None:
    text = "It has 105 members. For further information: Radu Stanciu, IOM Bucharest, tel. +40 00 000 00 00"
    assert split_contact(text) == (
        "It has 105 members.",
        "For further information: Radu Stanciu, IOM Bucharest, tel. +40 00 000 00 00",
    )
    assert split_contact("It has 105 members. For more information is needed.") is None
